//! Looking a store over.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use rusqlite::{Connection, ErrorCode};

use super::fault::Fault;
use super::names::{GEOM, Tables, quoted, rtree};
use super::{kept, spatial, table};
use crate::say;
use crate::text::{Key, Problem};

/// Everything that is wrong, each with what to do.
pub(super) fn findings(connection: &Connection, path: &Path) -> Result<Vec<Problem>, Fault> {
    let mut found = Vec::new();
    // What is damaged is not worth asking further.
    match integrity(connection) {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseCorrupt) => {
            let message = say!(Key::StoreDoctorDamaged, path = path.display());
            return Ok(vec![Problem::because(message, error)]);
        }
        Err(error) => return Err(error.into()),
        Ok(lines) if lines != ["ok"] => {
            let message = say!(Key::StoreDoctorDamaged, path = path.display());
            return Ok(vec![Problem::because(message, lines.join("\n"))]);
        }
        Ok(_) => {}
    }
    foreign_keys(connection, &mut found)?;
    revisions(connection, &mut found)?;
    for tables in table::all(connection)? {
        layer(connection, &tables, &mut found)?;
    }
    for id in kept::damaged(connection)? {
        found.push(say!(Key::StoreKeptDamaged, id = id).into());
    }
    private(path, &mut found);
    Ok(found)
}

/// One number, by a query on tables of ours.
fn number(connection: &Connection, sql: &str) -> rusqlite::Result<i64> {
    connection.query_row(sql, [], |row| row.get(0))
}

fn integrity(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut check = connection.prepare("PRAGMA integrity_check")?;
    check.query_map([], |row| row.get(0))?.collect()
}

fn foreign_keys(connection: &Connection, found: &mut Vec<Problem>) -> Result<(), Fault> {
    let mut check = connection.prepare("PRAGMA foreign_key_check")?;
    let mut rows = check.query([])?;
    while let Some(row) = rows.next()? {
        let (table, id, parent): (String, Option<i64>, String) =
            (row.get(0)?, row.get(1)?, row.get(2)?);
        found.push(
            say!(
                Key::StoreDoctorForeignKey,
                table = table,
                row = id.unwrap_or_default(),
                parent = parent
            )
            .into(),
        );
    }
    Ok(())
}

fn revisions(connection: &Connection, found: &mut Vec<Problem>) -> Result<(), Fault> {
    let missing = number(
        connection,
        "SELECT ifnull(max(revision), 0) - count(*) FROM onemap_revision WHERE revision >= 1",
    )?;
    if missing != 0 {
        found.push(say!(Key::StoreDoctorRevisionGap, missing = missing).into());
    }
    Ok(())
}

fn layer(connection: &Connection, tables: &Tables, found: &mut Vec<Problem>) -> Result<(), Fault> {
    let (current, history) = (&tables.current, &tables.history);
    for table in [current, history] {
        if !table::has_table(connection, table)? {
            found.push(say!(Key::StoreDoctorTableMissing, table = table).into());
            return Ok(());
        }
        search_tree(connection, table, found)?;
    }
    let (current, history) = (quoted(current), quoted(history));
    let shown = &tables.current;
    let stated = Tables::layer(shown).map_or_else(
        || Ok(None),
        |id| {
            connection.query_row(
                "SELECT max(revision), added + changed + unchanged FROM onemap_revision \
             WHERE layer = ?1",
                [id.as_str()],
                |row| row.get::<_, Option<i64>>(1),
            )
        },
    )?;
    let rows = number(connection, &format!("SELECT count(*) FROM {current}"))?;
    if stated.unwrap_or(0) != rows {
        let stated = stated.unwrap_or(0);
        found.push(
            say!(
                Key::StoreDoctorCount,
                table = shown,
                rows = rows,
                stated = stated
            )
            .into(),
        );
    }
    let checks = [
        // A version that ends before it begins, or at a revision that is none.
        format!(
            "SELECT count(*) FROM {history} WHERE recorded_from >= recorded_to \
             OR recorded_to NOT IN (SELECT revision FROM onemap_revision)"
        ),
        // A version recorded at a revision that is none.
        format!(
            "SELECT (SELECT count(*) FROM {history} WHERE recorded_from NOT IN \
             (SELECT revision FROM onemap_revision)) + (SELECT count(*) FROM {current} WHERE \
             recorded_from NOT IN (SELECT revision FROM onemap_revision))"
        ),
        // Two versions of a feature at one revision.
        format!(
            "SELECT count(*) FROM (SELECT recorded_from, lag(recorded_to) OVER \
             (PARTITION BY fid ORDER BY recorded_from) AS before FROM (SELECT fid, recorded_from, \
             recorded_to FROM {history} UNION ALL SELECT fid, recorded_from, NULL FROM {current})) \
             WHERE before > recorded_from"
        ),
        // A number that was given twice.
        format!(
            "SELECT count(*) FROM (SELECT fid FROM (SELECT fid, onemap_identity FROM {history} \
             UNION SELECT fid, onemap_identity FROM {current}) GROUP BY fid HAVING count(*) > 1)"
        ),
    ];
    for check in checks {
        let rows = number(connection, &check)?;
        if rows != 0 {
            found.push(say!(Key::StoreDoctorHistory, table = shown, rows = rows).into());
        }
    }
    Ok(())
}

/// The R-tree of a table against its rows.
fn search_tree(
    connection: &Connection,
    table: &str,
    found: &mut Vec<Problem>,
) -> Result<(), Fault> {
    let columns = table::declared(connection, table)?;
    if !columns.iter().any(|column| column.name == GEOM) {
        return Ok(());
    }
    if !spatial::has_rtree(connection, table)? {
        found.push(say!(Key::StoreDoctorTreeMissing, table = table).into());
        return Ok(());
    }
    let tree = rtree(table);
    let sound: String =
        connection.query_row("SELECT rtreecheck('main', ?1)", [&tree], |row| row.get(0))?;
    if sound != "ok" {
        let message = say!(Key::StoreDoctorTree, table = table);
        found.push(Problem::because(message, sound));
        return Ok(());
    }
    let astray = number(
        connection,
        &format!(
            "SELECT (SELECT count(*) FROM {tree}) - (SELECT count(*) FROM {rows} \
             WHERE {GEOM} NOT NULL AND NOT ST_IsEmpty({GEOM})) + (SELECT count(*) FROM {rows} \
             WHERE {GEOM} NOT NULL AND NOT ST_IsEmpty({GEOM}) AND {number} NOT IN \
             (SELECT id FROM {tree})) * 2",
            tree = quoted(&tree),
            rows = quoted(table),
            number = spatial::number_column(table),
        ),
    )?;
    if astray != 0 {
        found.push(say!(Key::StoreDoctorTree, table = table).into());
    }
    Ok(())
}

/// Whether others on this machine may read the file.
fn private(path: &Path, found: &mut Vec<Problem>) {
    if let Ok(meta) = std::fs::metadata(path)
        && meta.permissions().mode() & 0o077 != 0
    {
        found.push(say!(Key::StoreDoctorReadable, path = path.display()).into());
    }
}
