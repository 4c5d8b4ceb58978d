//! Reading a layer as it is, or as it was.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use super::cell::{date_of, number, value_of};
use super::fault::Fault;
use super::names::{GEOM, Tables, column_of, columns_of, lod_column_of, quoted, rtree};
use super::{blob, table};
use crate::geom::BBox;
use crate::layer::Layer;
use crate::model::{Exact, Feature, FeatureId, Period, Value};
use crate::say;
use crate::store::{At, StoreError};
use crate::text::{Key, Problem};

/// What is read once a feature: `{columns}` are `fid`, identity, geometry, precision, the two days,
/// then a pair for every field, its value and its limit of detection. A column that the table does
/// not have, or has with another type, is NULL: the next import of the layer brings it.
const NOW: &str = "SELECT {columns} FROM {current} ORDER BY fid";

/// Those whose entry in the R-tree meets the box. Its entries are rounded outwards to 32 bits:
/// candidates, which the caller refines.
const NOW_WITHIN: &str = "SELECT {columns} FROM {current} WHERE fid IN (SELECT id FROM {rtree} \
     WHERE maxx >= ?1 AND minx <= ?2 AND maxy >= ?3 AND miny <= ?4) ORDER BY fid";

/// What stood at revision ?1: recorded by then, and not yet followed by another version.
const THEN: &str = "SELECT {columns} FROM {current} WHERE recorded_from <= ?1 \
     UNION ALL SELECT {past_columns} FROM {history} WHERE recorded_from <= ?1 AND recorded_to > ?1 \
     ORDER BY 1";

/// The same, in a box.
const THEN_WITHIN: &str = "SELECT {columns} FROM {current} WHERE recorded_from <= ?5 AND fid IN \
     (SELECT id FROM {rtree} WHERE maxx >= ?1 AND minx <= ?2 AND maxy >= ?3 AND miny <= ?4) \
     UNION ALL SELECT {past_columns} FROM {history} WHERE recorded_from <= ?5 AND recorded_to > ?5 \
     AND onemap_version IN (SELECT id FROM {past_rtree} \
     WHERE maxx >= ?1 AND minx <= ?2 AND maxy >= ?3 AND miny <= ?4) ORDER BY 1";

/// Gives `sink` the features of a layer, as [`crate::store::Store::features`] promises.
pub(super) fn features(
    connection: &Connection,
    layer: &Layer,
    at: At,
    within: Option<BBox>,
    sink: &mut dyn FnMut(Exact<Feature>),
) -> Result<(), Fault> {
    let tables = Tables::of(&layer.id);
    let Some(sql) = query(connection, layer, &tables, at, within.is_some())? else {
        return Ok(());
    };
    let mut statement = connection.prepare_cached(&sql)?;
    let sides = within.map(|b| [b.west, b.east, b.south, b.north]);
    let sides = sides.iter().flatten().map(|side| ValueRef::Real(*side));
    let revision = match at {
        At::Now => None,
        At::Revision(revision) => Some(ValueRef::Integer(revision.0)),
    };
    for (place, value) in sides.chain(revision).enumerate() {
        statement.raw_bind_parameter(place + 1, rusqlite::types::ToSqlOutput::Borrowed(value))?;
    }
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        if let Some(wanted) = within
            && !meets(row, wanted)?
        {
            continue;
        }
        sink(Exact::new(feature(layer, &tables, row)?));
    }
    Ok(())
}

/// The text of the query; `None`: there can be no such feature.
pub(super) fn query(
    connection: &Connection,
    layer: &Layer,
    tables: &Tables,
    at: At,
    boxed: bool,
) -> Result<Option<String>, Fault> {
    let has_tree = table::rtree_of(connection, &tables.current)?.is_some();
    if !table::has_table(connection, &tables.current)? || (boxed && !has_tree) {
        return Ok(None);
    }
    let form = match (at, boxed) {
        (At::Now, false) => NOW,
        (At::Now, true) => NOW_WITHIN,
        (At::Revision(_), false) => THEN,
        (At::Revision(_), true) => THEN_WITHIN,
    };
    Ok(Some(
        form.replace("{current}", &quoted(&tables.current))
            .replace("{history}", &quoted(&tables.history))
            .replace("{rtree}", &quoted(&rtree(&tables.current)))
            .replace("{past_rtree}", &quoted(&rtree(&tables.history)))
            .replace(
                "{past_columns}",
                &columns(connection, layer, &tables.history)?,
            )
            .replace("{columns}", &columns(connection, layer, &tables.current)?),
    ))
}

/// What to read of a table, in the order that [`feature`] takes it.
fn columns(connection: &Connection, layer: &Layer, table: &str) -> Result<String, Fault> {
    let declared = table::declared(connection, table)?;
    let wanted = columns_of(layer).map_err(Fault::refused)?;
    let read = |name: &str| -> String {
        let there = wanted
            .iter()
            .filter(|column| column.name == name)
            .any(|column| {
                declared
                    .iter()
                    .any(|has| column.is_declared(&has.name, &has.kind))
            });
        if there {
            quoted(name)
        } else {
            "NULL".to_owned()
        }
    };
    let mut list = vec!["fid".to_owned(), "onemap_identity".to_owned(), read(GEOM)];
    list.extend(["precision_m", "valid_from", "valid_to"].map(read));
    for field in &layer.fields {
        list.push(read(&column_of(field)));
        list.push(lod_column_of(field).map_or_else(|| "NULL".to_owned(), |lod| read(&lod)));
    }
    Ok(list.join(", "))
}

/// Whether the box of a row's geometry meets a box: the refinement of the R-tree's candidates.
fn meets(row: &Row<'_>, wanted: BBox) -> Result<bool, Fault> {
    let bbox = row.get_ref(2)?.as_blob().ok().and_then(blob::bbox);
    Ok(bbox.is_some_and(|bbox| bbox.intersects(&wanted)))
}

fn feature(layer: &Layer, tables: &Tables, row: &Row<'_>) -> Result<Feature, Fault> {
    let fid: i64 = row.get(0)?;
    let damaged = |column: &str| {
        Fault::Ours(StoreError::Damaged(Problem::new(say!(
            Key::StoreValueDamaged,
            table = tables.current,
            fid = fid,
            column = column
        ))))
    };
    let geometry = match row.get_ref(2)? {
        ValueRef::Null => None,
        ValueRef::Blob(bytes) => Some(blob::decode(bytes).ok_or_else(|| damaged(GEOM))?),
        _ => return Err(damaged(GEOM)),
    };
    let precision_m = match row.get_ref(3)? {
        ValueRef::Null => None,
        cell => Some(number(cell).ok_or_else(|| damaged("precision_m"))?),
    };
    let day = |at: usize, column: &str| match row.get_ref(at)? {
        ValueRef::Null => Ok(None),
        cell => date_of(cell).map(Some).ok_or_else(|| damaged(column)),
    };
    let valid = Period {
        from: day(4, "valid_from")?,
        to: day(5, "valid_to")?,
    };
    let mut values: Vec<Value> = Vec::with_capacity(layer.fields.len());
    for (at, field) in layer.fields.iter().enumerate() {
        let (cell, limit) = (row.get_ref(6 + 2 * at)?, row.get_ref(7 + 2 * at)?);
        values.push(value_of(field.kind, cell, limit).ok_or_else(|| damaged(&field.name))?);
    }
    let Ok(identity) = row.get_ref(1)?.as_str() else {
        return Err(damaged("onemap_identity"));
    };
    Ok(Feature {
        id: Some(FeatureId(fid)),
        identity: identity.into(),
        geometry,
        values,
        precision_m,
        valid,
    })
}
