//! Values of a GeoPackage that are not of their column's type. SQLite lets `<0.005` stand in a column
//! of numbers, and GDAL reads it as 0 without a word.

use std::collections::BTreeMap;

use gdal::errors::GdalError;
use gdal::vector::{Layer, LayerAccess as _};

use super::value::Column;

/// The columns, by feature id, in which a value is not of its column's type. One pass over the file
/// where all is well.
pub(super) fn mistyped(
    layer: &mut Layer<'_>,
    columns: &[Column],
) -> Result<BTreeMap<u64, Vec<usize>>, GdalError> {
    let mut found: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    let filters: Vec<String> = columns
        .iter()
        .map(|column| {
            let name = column.name.replace('"', "\"\"");
            format!("typeof(\"{name}\") NOT IN ({})", column.sqlite_types())
        })
        .collect();
    if filters.is_empty() || matching(layer, &filters.join(" OR "))?.is_empty() {
        return Ok(found);
    }
    for (i, filter) in filters.iter().enumerate() {
        for id in matching(layer, filter)? {
            found.entry(id).or_default().push(i);
        }
    }
    Ok(found)
}

/// The ids of the features for which a condition holds.
fn matching(layer: &mut Layer<'_>, filter: &str) -> Result<Vec<u64>, GdalError> {
    layer.set_attribute_filter(filter)?;
    let ids = layer
        .features()
        .filter_map(|feature| feature.fid())
        .collect();
    layer.clear_attribute_filter();
    Ok(ids)
}
