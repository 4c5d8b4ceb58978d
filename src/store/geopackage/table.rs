//! The tables of a layer: made, and brought in line with a definition that has changed.

use rusqlite::{Connection, OptionalExtension as _};

use super::fault::Fault;
use super::names::{Column, GEOM, Kind, Tables, columns_of, quoted, rtree};
use super::{blob, spatial};
use crate::geom::BBox;
use crate::layer::Layer;
use crate::model::Revision;

/// Where our own extension is described, as `gpkg_extensions` has it.
const EXTENSION: (&str, &str) = ("onemap_revisions", "docs/store-format.md of OneMap");

/// A layer's tables as an import finds them.
#[derive(Debug)]
pub(super) struct Ready {
    /// Their names.
    pub(super) tables: Tables,
    /// The columns of the layer's content.
    pub(super) columns: Vec<Column>,
    /// Columns of the current table that the layer no longer has. Their values move to the history
    /// with the versions that hold them; at the end of the import they are dropped.
    pub(super) leaving: Vec<String>,
}

/// A column as a table declares it.
#[derive(Debug)]
pub(super) struct Declared {
    pub(super) name: String,
    pub(super) kind: String,
}

/// The columns of a table; empty: there is no such table.
pub(super) fn declared(connection: &Connection, table: &str) -> rusqlite::Result<Vec<Declared>> {
    connection
        .prepare_cached("SELECT name, type FROM pragma_table_info(?1)")?
        .query_map([table], |row| {
            Ok(Declared {
                name: row.get(0)?,
                kind: row.get(1)?,
            })
        })?
        .collect()
}

/// Makes a layer's tables if they are not there, and gives them the columns its definition asks
/// for. `revision` is the one that is being made.
pub(super) fn ready(
    connection: &Connection,
    layer: &Layer,
    revision: Revision,
) -> Result<Ready, Fault> {
    let tables = Tables::of(&layer.id);
    let columns = columns_of(layer).map_err(Fault::refused)?;
    if declared(connection, &tables.current)?.is_empty() {
        create(connection, layer, &tables, &columns)?;
        return Ok(Ready {
            tables,
            columns,
            leaving: Vec::new(),
        });
    }
    for table in [&tables.current, &tables.history] {
        fit(connection, table, &columns, revision)?;
    }
    let leaving: Vec<String> = declared(connection, &tables.current)?
        .into_iter()
        .filter(|has| !["fid", "onemap_identity", "recorded_from"].contains(&has.name.as_str()))
        .filter(|has| !columns.iter().any(|c| c.is_declared(&has.name, &has.kind)))
        .map(|has| has.name)
        .collect();
    match (layer.shape, is_spatial(connection, &tables.current)?) {
        (Some(_), false) => {
            spatial::register(connection, &tables.current)?;
            spatial::create_rtree(connection, &tables.current)?;
            if !spatial::has_rtree(connection, &tables.history)? {
                spatial::create_rtree(connection, &tables.history)?;
            }
        }
        (None, true) => spatial::unregister(connection, &tables.current)?,
        _ => {}
    }
    Ok(Ready {
        tables,
        columns,
        leaving,
    })
}

/// Adds the columns a table lacks; one of the same name and another type steps aside under the name
/// `<name>__until_r<revision>`.
fn fit(
    connection: &Connection,
    table: &str,
    columns: &[Column],
    revision: Revision,
) -> Result<(), Fault> {
    let present = declared(connection, table)?;
    for column in columns {
        let same_name = present
            .iter()
            .find(|has| has.name.eq_ignore_ascii_case(&column.name));
        match same_name {
            Some(has) if column.is_declared(&has.name, &has.kind) => continue,
            Some(has) => connection.execute_batch(&format!(
                "ALTER TABLE {} RENAME COLUMN {} TO {}",
                quoted(table),
                quoted(&has.name),
                quoted(&format!("{}__until_r{revision}", has.name)),
            ))?,
            None => {}
        }
        connection.execute_batch(&format!(
            "ALTER TABLE {} ADD COLUMN {} {}",
            quoted(table),
            quoted(&column.name),
            column.kind.sql(),
        ))?;
    }
    Ok(())
}

fn create(
    connection: &Connection,
    layer: &Layer,
    tables: &Tables,
    columns: &[Column],
) -> Result<(), Fault> {
    let content: Vec<String> = columns
        .iter()
        .map(|column| {
            format!(
                "    {} {},
",
                quoted(&column.name),
                column.kind.sql()
            )
        })
        .collect();
    let content = content.concat();
    let history = quoted(&tables.history);
    connection.execute_batch(&format!(
        "CREATE TABLE {current} (\n    fid INTEGER PRIMARY KEY NOT NULL,\n{content}    \
             onemap_identity TEXT NOT NULL UNIQUE,\n    recorded_from INTEGER NOT NULL\n);\n\
         CREATE TABLE {history} (\n    onemap_version INTEGER PRIMARY KEY NOT NULL,\n    \
             fid INTEGER NOT NULL,\n{content}    onemap_identity TEXT NOT NULL,\n    \
             recorded_from INTEGER NOT NULL,\n    recorded_to INTEGER NOT NULL\n);\n\
         CREATE UNIQUE INDEX {of_feature} ON {history} (fid, recorded_from);\n\
         CREATE INDEX {of_identity} ON {history} (onemap_identity, fid);",
        current = quoted(&tables.current),
        of_feature = quoted(&format!("{}_of_feature", tables.history)),
        of_identity = quoted(&format!("{}_of_identity", tables.history)),
    ))?;
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) \
         VALUES (?1, 'attributes', ?2, NULL)",
        (&tables.current, layer.id.as_str()),
    )?;
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) \
         VALUES (?1, 'onemap', ?1, NULL)",
        [&tables.history],
    )?;
    connection.execute(
        "INSERT INTO gpkg_extensions VALUES (?1, NULL, ?2, ?3, 'write-only')",
        (&tables.history, EXTENSION.0, EXTENSION.1),
    )?;
    if layer.shape.is_some() {
        spatial::register(connection, &tables.current)?;
        for table in [&tables.current, &tables.history] {
            spatial::create_rtree(connection, table)?;
        }
    }
    Ok(())
}

fn is_spatial(connection: &Connection, table: &str) -> rusqlite::Result<bool> {
    connection
        .query_row(
            "SELECT 1 FROM gpkg_geometry_columns WHERE table_name = ?1",
            [table],
            |_| Ok(()),
        )
        .optional()
        .map(|found| found.is_some())
}

/// Drops the columns that left, whose values are in the history now.
pub(super) fn drop_left(connection: &Connection, ready: &Ready) -> Result<(), Fault> {
    for column in &ready.leaving {
        connection.execute_batch(&format!(
            "ALTER TABLE {} DROP COLUMN {}",
            quoted(&ready.tables.current),
            quoted(column),
        ))?;
    }
    Ok(())
}

/// Every layer that has tables here: its current table and its history.
pub(super) fn all(connection: &Connection) -> rusqlite::Result<Vec<Tables>> {
    connection
        .prepare_cached(
            "SELECT table_name FROM gpkg_contents WHERE data_type IN ('features', 'attributes') \
             ORDER BY table_name",
        )?
        .query_map([], |row| {
            let current: String = row.get(0)?;
            Ok(Tables {
                history: format!("{current}_history"),
                current,
            })
        })?
        .collect()
}

/// Writes what GeoPackage tells others of a layer: its title, its box, the kind of its geometry.
pub(super) fn describe(
    connection: &Connection,
    layer: &Layer,
    ready: &Ready,
    contents: &Contents,
) -> Result<(), Fault> {
    let sides = contents.bounds.map(BBox::to_array);
    let side = |at: usize| sides.and_then(|s| s.get(at).copied());
    connection.execute(
        "UPDATE gpkg_contents SET description = ?2, last_change = ?3, \
         min_x = ?4, min_y = ?5, max_x = ?6, max_y = ?7 WHERE table_name = ?1",
        (
            &ready.tables.current,
            format!("{} / {}", layer.title.zh, layer.title.en),
            &contents.changed_at,
            side(0),
            side(1),
            side(2),
            side(3),
        ),
    )?;
    if let Some(shape) = layer.shape {
        let kind = if contents.multipoints {
            "GEOMETRY"
        } else {
            Kind::Geometry(shape).sql()
        };
        connection.execute(
            "UPDATE gpkg_geometry_columns SET geometry_type_name = ?2, column_name = ?3, \
             srs_id = ?4 WHERE table_name = ?1",
            (&ready.tables.current, kind, GEOM, blob::SRS),
        )?;
    }
    Ok(())
}

/// What an import has seen of a layer's current features.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// Their box, degrees.
    pub(super) bounds: Option<BBox>,
    /// Whether a multipoint is among them: then the column is declared for any geometry.
    pub(super) multipoints: bool,
    /// When they changed.
    pub(super) changed_at: String,
}

/// Whether a table has an R-tree of its own.
pub(super) fn has_table(connection: &Connection, name: &str) -> rusqlite::Result<bool> {
    connection
        .query_row(
            "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1",
            [name],
            |_| Ok(()),
        )
        .optional()
        .map(|found| found.is_some())
}

/// The name of a table's R-tree, if it has one.
pub(super) fn rtree_of(connection: &Connection, table: &str) -> rusqlite::Result<Option<String>> {
    let name = rtree(table);
    Ok(has_table(connection, &name)?.then_some(name))
}
