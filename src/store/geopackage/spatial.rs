//! What makes a table spatial: its entries in GeoPackage's own tables, its R-tree and the triggers
//! that keep it (GeoPackage 1.3, annex F.3).

use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};

use super::names::{GEOM, quoted, rtree};
use super::{blob, table};
use crate::geom::BBox;

/// Registers the functions that the triggers of a GeoPackage's R-tree call.
pub(super) fn register_functions(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8
        | FunctionFlags::SQLITE_DETERMINISTIC
        | FunctionFlags::SQLITE_INNOCUOUS;
    connection.create_scalar_function("ST_IsEmpty", 1, flags, |context| {
        Ok(box_of(context).is_none())
    })?;
    connection.create_scalar_function("ST_MinX", 1, flags, |c| Ok(box_of(c).map(|b| b.west)))?;
    connection.create_scalar_function("ST_MaxX", 1, flags, |c| Ok(box_of(c).map(|b| b.east)))?;
    connection.create_scalar_function("ST_MinY", 1, flags, |c| Ok(box_of(c).map(|b| b.south)))?;
    connection.create_scalar_function("ST_MaxY", 1, flags, |c| Ok(box_of(c).map(|b| b.north)))?;
    Ok(())
}

/// The box of the geometry a function was given.
fn box_of(context: &Context<'_>) -> Option<BBox> {
    context.get_raw(0).as_blob().ok().and_then(blob::bbox)
}

/// Names a table as one of features.
pub(super) fn register(connection: &Connection, table: &str) -> rusqlite::Result<()> {
    connection.execute(
        "UPDATE gpkg_contents SET data_type = 'features', srs_id = ?2 WHERE table_name = ?1",
        (table, blob::SRS),
    )?;
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, ?2, 'GEOMETRY', ?3, 0, 0)",
        (table, GEOM, blob::SRS),
    )?;
    connection.execute(
        "INSERT INTO gpkg_extensions VALUES (?1, ?2, 'gpkg_rtree_index', \
         'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
        (table, GEOM),
    )?;
    Ok(())
}

/// Names a table as one without geometry, and takes its R-tree away.
pub(super) fn unregister(connection: &Connection, table: &str) -> rusqlite::Result<()> {
    drop_triggers(connection, table)?;
    connection.execute_batch(&format!("DROP TABLE IF EXISTS {}", quoted(&rtree(table))))?;
    for statement in [
        "DELETE FROM gpkg_extensions WHERE table_name = ?1 AND extension_name = 'gpkg_rtree_index'",
        "DELETE FROM gpkg_geometry_columns WHERE table_name = ?1",
        "UPDATE gpkg_contents SET data_type = 'attributes', srs_id = NULL WHERE table_name = ?1",
    ] {
        connection.execute(statement, [table])?;
    }
    Ok(())
}

/// Whether a table has an R-tree.
pub(super) fn has_rtree(connection: &Connection, table: &str) -> rusqlite::Result<bool> {
    table::has_table(connection, &rtree(table))
}

/// Makes the R-tree of a table and its triggers.
pub(super) fn create_rtree(connection: &Connection, table: &str) -> rusqlite::Result<()> {
    connection.execute_batch(&format!(
        "CREATE VIRTUAL TABLE {} USING rtree(id, minx, maxx, miny, maxy)",
        quoted(&rtree(table))
    ))?;
    create_triggers(connection, table)
}

/// The column that numbers the rows of a table: a current table has one a feature, a history one a
/// version.
pub(super) fn number_column(table: &str) -> &'static str {
    if table.ends_with("_history") {
        "onemap_version"
    } else {
        "fid"
    }
}

/// The triggers' names end so.
const TRIGGERS: [&str; 6] = [
    "insert", "update1", "update2", "update3", "update4", "delete",
];

/// Takes the triggers away, so that many rows can be written before the R-tree is built at once.
pub(super) fn drop_triggers(connection: &Connection, table: &str) -> rusqlite::Result<()> {
    for end in TRIGGERS {
        let name = quoted(&format!("{}_{end}", rtree(table)));
        connection.execute_batch(&format!("DROP TRIGGER IF EXISTS {name}"))?;
    }
    Ok(())
}

/// Makes the triggers that keep a table's R-tree, as GeoPackage words them.
pub(super) fn create_triggers(connection: &Connection, table: &str) -> rusqlite::Result<()> {
    let id = number_column(table);
    let tree = quoted(&rtree(table));
    let put = format!(
        "INSERT OR REPLACE INTO {tree} VALUES (NEW.\"{id}\", ST_MinX(NEW.\"{GEOM}\"), \
         ST_MaxX(NEW.\"{GEOM}\"), ST_MinY(NEW.\"{GEOM}\"), ST_MaxY(NEW.\"{GEOM}\"));"
    );
    let take = format!("DELETE FROM {tree} WHERE id = OLD.\"{id}\";");
    let there = format!("(NEW.\"{GEOM}\" NOTNULL AND NOT ST_IsEmpty(NEW.\"{GEOM}\"))");
    let gone = format!("(NEW.\"{GEOM}\" ISNULL OR ST_IsEmpty(NEW.\"{GEOM}\"))");
    let same = format!("OLD.\"{id}\" = NEW.\"{id}\"");
    let other = format!("OLD.\"{id}\" != NEW.\"{id}\"");
    let bodies = [
        ("AFTER INSERT ON", there.clone(), put.clone()),
        (
            "AFTER UPDATE OF \"geom\" ON",
            format!("{same} AND {there}"),
            put.clone(),
        ),
        (
            "AFTER UPDATE OF \"geom\" ON",
            format!("{same} AND {gone}"),
            take.clone(),
        ),
        (
            "AFTER UPDATE ON",
            format!("{other} AND {there}"),
            format!("{take} {put}"),
        ),
        (
            "AFTER UPDATE ON",
            format!("{other} AND {gone}"),
            format!("DELETE FROM {tree} WHERE id IN (OLD.\"{id}\", NEW.\"{id}\");"),
        ),
        (
            "AFTER DELETE ON",
            format!("OLD.\"{GEOM}\" NOT NULL"),
            take.clone(),
        ),
    ];
    for (end, (on, when, body)) in TRIGGERS.into_iter().zip(bodies) {
        connection.execute_batch(&format!(
            "CREATE TRIGGER {name} {on} {table} WHEN {when} BEGIN {body} END",
            name = quoted(&format!("{}_{end}", rtree(table))),
            table = quoted(table),
        ))?;
    }
    Ok(())
}
