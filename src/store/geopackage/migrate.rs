//! Older formats, brought up to date.
//!
//! | format | what is different |
//! |---|---|
//! | 1 | history tables have no R-tree: a box at an older revision reads all of the history |
//! | 2 | no reports are kept |
//! | 3 | today's |

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::fault::Fault;
use super::{backup, open, rtree, spatial, table};
use crate::say;
use crate::store::StoreError;
use crate::text::Key;

/// Brings the store in `path` from format `found` to today's, in one transaction, after a copy of
/// the file as it was has been written beside it.
pub(super) fn up(path: &Path, patience: Duration, found: i64) -> Result<(), StoreError> {
    backup::write(path, patience, &copy_beside(path, found)?)?;
    let run = || -> Result<(), Fault> {
        let connection = open::writing_to(path, patience)?;
        connection.execute_batch("BEGIN IMMEDIATE")?;
        // Another process may have been quicker.
        let now: i64 =
            connection.query_row("SELECT version FROM onemap_format", [], |row| row.get(0))?;
        if now == 1 {
            history_rtrees(&connection)?;
            connection.execute_batch(
                "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) \
                 SELECT table_name, 'onemap', table_name, NULL FROM gpkg_extensions \
                 WHERE extension_name = 'onemap_revisions'",
            )?;
        }
        if now <= 2 {
            connection.execute_batch(open::SCREENINGS)?;
        }
        connection.execute("UPDATE onemap_format SET version = ?1", [open::FORMAT])?;
        connection.execute_batch("COMMIT")?;
        open::fold_log(&connection, patience);
        Ok(())
    };
    run().map_err(|fault| fault.at(path))
}

/// Format 1 → 2: every history with a geometry gets its R-tree.
fn history_rtrees(connection: &rusqlite::Connection) -> Result<(), Fault> {
    for tables in table::all(connection)? {
        let columns = table::declared(connection, &tables.history)?;
        let spatial = columns
            .iter()
            .any(|column| column.name == super::names::GEOM);
        if spatial && !spatial::has_rtree(connection, &tables.history)? {
            spatial::create_rtree(connection, &tables.history)?;
            rtree::fill(connection, &tables.history)?;
        }
    }
    Ok(())
}

/// A free name for the copy: `onemap.gpkg.format-1`, or that with `-2`, `-3`… behind it.
fn copy_beside(path: &Path, found: i64) -> Result<PathBuf, StoreError> {
    for number in 1..100 {
        let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
        name.push(format!(".format-{found}"));
        if number > 1 {
            name.push(format!("-{number}"));
        }
        let copy = path.with_file_name(name);
        if matches!(copy.try_exists(), Ok(false)) {
            return Ok(copy);
        }
    }
    Err(StoreError::Unwritable(
        say!(Key::StoreNotMade, path = path.display()).into(),
    ))
}
