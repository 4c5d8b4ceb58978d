//! Tables as a GeoPackage, through GDAL: one layer of polygons in degrees of WGS 84.

use std::path::Path;

use gdal::config;
use gdal::errors::GdalError;
use gdal::spatial_ref::SpatialRef;
use gdal::vector::{
    Feature, FieldDefn, LayerAccess as _, LayerOptions, OGRFieldType, OGRwkbGeometryType,
};
use gdal::{DriverManager, vector};
use geo_types::{Geometry, MultiPolygon};

use super::table::{Cell, Column, ColumnKind};
use crate::geom::wkb;
use crate::say;
use crate::text::{Key, Problem};

/// A row: its ground, and a cell a column.
pub type Row = (Option<MultiPolygon<f64>>, Vec<Cell>);

/// Writes a file that does not exist yet. `date` is what the file says of when it was last changed
/// (`2026-01-02T03:04:05Z`), so that equal rows make equal files. Rows are taken as they come; the
/// first failure among them ends the writing.
pub fn write(
    path: &Path,
    name: &str,
    columns: &[Column],
    date: &str,
    rows: &mut dyn Iterator<Item = Result<Row, Problem>>,
) -> Result<(), Problem> {
    let failed = |error: GdalError| {
        Problem::because(say!(Key::ExportNotWritten, path = path.display()), error)
    };
    let _date = Dated::new(date).map_err(failed)?;
    let driver = DriverManager::get_driver_by_name("GPKG").map_err(failed)?;
    let mut dataset = driver.create_vector_only(path).map_err(failed)?;
    let mut writing = dataset.start_transaction().map_err(failed)?;
    {
        let srs = SpatialRef::from_epsg(4326).map_err(failed)?;
        let layer = writing
            .create_layer(LayerOptions {
                name,
                srs: Some(&srs),
                ty: OGRwkbGeometryType::wkbMultiPolygon,
                options: None,
            })
            .map_err(failed)?;
        for column in columns {
            FieldDefn::new(&column.name, kind(column.kind))
                .and_then(|field| field.add_to_layer(&layer))
                .map_err(failed)?;
        }
        for row in rows {
            let (ground, cells) = row?;
            put(&layer, ground, &cells).map_err(failed)?;
        }
    }
    writing.commit().map_err(failed)?;
    dataset.close().map_err(failed)
}

const fn kind(kind: ColumnKind) -> OGRFieldType::Type {
    match kind {
        ColumnKind::Text => OGRFieldType::OFTString,
        ColumnKind::Integer => OGRFieldType::OFTInteger64,
        ColumnKind::Number => OGRFieldType::OFTReal,
        // One or nought: GDAL's interface in Rust knows no boolean.
        ColumnKind::Boolean => OGRFieldType::OFTInteger,
    }
}

fn put(
    layer: &vector::Layer<'_>,
    ground: Option<MultiPolygon<f64>>,
    cells: &[Cell],
) -> Result<(), GdalError> {
    let mut feature = Feature::new(layer.defn())?;
    if let Some(ground) = ground {
        let bytes = wkb::to_vec(&Geometry::MultiPolygon(ground));
        feature.set_geometry(vector::Geometry::from_wkb(&bytes)?)?;
    }
    for (place, cell) in cells.iter().enumerate() {
        match cell {
            Cell::Null => feature.set_field_null(place)?,
            Cell::Text(words) => feature.set_field_string(place, words)?,
            Cell::Integer(number) => feature.set_field_integer64(place, *number)?,
            Cell::Number(number) => feature.set_field_double(place, *number)?,
            Cell::Boolean(yes) => feature.set_field_integer(place, i32::from(*yes))?,
        }
    }
    feature.create(layer)
}

/// The moment that GDAL takes for now on this thread, while this lives.
struct Dated;

const DATE: &str = "OGR_CURRENT_DATE";

impl Dated {
    fn new(date: &str) -> Result<Self, GdalError> {
        config::set_thread_local_config_option(DATE, date)?;
        Ok(Self)
    }
}

impl Drop for Dated {
    fn drop(&mut self) {
        // An option that cannot be cleared only dates what this thread writes later.
        let _ = config::clear_thread_local_config_option(DATE);
    }
}
