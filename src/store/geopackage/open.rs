//! Opening: what is in the file, and connections to it.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, OptionalExtension as _};

use super::fault::Fault;
use super::{GeoPackage, migrate, spatial};
use crate::say;
use crate::store::StoreError;
use crate::text::{Key, Problem};

/// The format this program writes: the number in `onemap_format`.
pub(super) const FORMAT: i64 = 3;

const SCHEMA: &str = include_str!("schema.sql");

/// What format 3 brought.
pub(super) const SCREENINGS: &str = include_str!("screenings.sql");

/// Only the owner may read what is not public.
const MODE: u32 = 0o600;

/// What a file holds.
enum Holds {
    /// Nothing yet.
    Nothing,
    /// A store of this format.
    Store(i64),
}

/// A connection that only reads.
pub(super) fn reader(path: &Path, patience: Duration) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(patience)?;
    connection.set_prepared_statement_cache_capacity(32);
    spatial::register_functions(&connection)?;
    Ok(connection)
}

/// A connection that writes.
pub(super) fn writer(store: &GeoPackage) -> Result<Connection, Fault> {
    if store.writable {
        writing_to(&store.path, store.patience)
    } else {
        Err(reading_only(&store.path))
    }
}

/// The store in `path` was opened to be read.
pub(super) fn reading_only(path: &Path) -> Fault {
    Fault::Ours(StoreError::Unwritable(
        say!(Key::StoreOpenForReading, path = path.display()).into(),
    ))
}

pub(super) fn writing_to(path: &Path, patience: Duration) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(patience)?;
    connection.set_prepared_statement_cache_capacity(64);
    spatial::register_functions(&connection)?;
    connection.execute_batch("PRAGMA foreign_keys = ON; PRAGMA cache_size = -65536;")?;
    connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
    connection.execute_batch("PRAGMA synchronous = FULL;")?;
    Ok(connection)
}

/// Writes the log back into the file, so that a copy of the file alone is whole. Where a reader or
/// an importer is in the way for longer than `patience`, the next import does it.
pub(super) fn fold_log(connection: &Connection, patience: Duration) {
    let fold = || {
        connection.busy_timeout(patience)?;
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
    };
    match fold() {
        Ok(0_i64) => {}
        Ok(_) => tracing::info!("the store's log is in use; a later import folds it in"),
        Err(error) => tracing::warn!(%error, "the store's log could not be folded in"),
    }
}

/// Looks at an existing file without touching it, and refuses what is not a store this program
/// knows. The format.
pub(super) fn check(path: &Path, patience: Duration) -> Result<i64, StoreError> {
    match existing(path)? {
        None => Err(StoreError::Missing(
            say!(Key::StoreMissing, path = path.display()).into(),
        )),
        Some(_) => match look(path, patience).map_err(|fault| fault.at(path))? {
            Holds::Store(version) => Ok(version),
            Holds::Nothing => Err(StoreError::Missing(
                say!(Key::StoreMissing, path = path.display()).into(),
            )),
        },
    }
}

/// The store in `path`, made if there is none and brought up to date if it is older.
pub(super) fn make_or_check(path: &Path, patience: Duration) -> Result<(), StoreError> {
    static MAKING: Mutex<()> = Mutex::new(());
    // Closing any handle of a file drops the process's locks on it: nobody else in this process may
    // be at the same file while it is made.
    let _alone = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
    let holds = match existing(path)? {
        None => {
            make_file(path)?;
            Holds::Nothing
        }
        Some(0) => Holds::Nothing,
        Some(_) => look(path, patience).map_err(|fault| fault.at(path))?,
    };
    match holds {
        Holds::Nothing => lay_out(path, patience),
        Holds::Store(FORMAT) => writing_to(path, patience)
            .map(|_| ())
            .map_err(|fault| fault.at(path)),
        Holds::Store(older) => migrate::up(path, patience, older),
    }
}

/// The length of the file; `None`: there is none.
fn existing(path: &Path) -> Result<Option<u64>, StoreError> {
    match fs::metadata(path) {
        Ok(meta) if meta.is_dir() => Err(StoreError::NotOurs(
            say!(Key::StoreIsFolder, path = path.display()).into(),
        )),
        // SQLite would take anything shorter than its least page for an empty file.
        Ok(meta) if (1..512).contains(&meta.len()) => Err(StoreError::NotOurs(
            say!(Key::StoreNotSqlite, path = path.display()).into(),
        )),
        Ok(meta) => Ok(Some(meta.len())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::Unwritable(Problem::because(
            say!(Key::StoreUnwritable, path = path.display()),
            error,
        ))),
    }
}

/// Makes an empty file that only its owner may read; SQLite gives its companions the same mode.
pub(super) fn make_file(path: &Path) -> Result<(), StoreError> {
    let made = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(MODE)
        .open(path);
    match made {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) if error.kind() == ErrorKind::StorageFull => Err(StoreError::Full(
            Problem::because(say!(Key::StoreFull, path = path.display()), error),
        )),
        Err(error) => Err(StoreError::Unwritable(Problem::because(
            say!(Key::StoreNotMade, path = path.display()),
            error,
        ))),
    }
}

fn look(path: &Path, patience: Duration) -> Result<Holds, Fault> {
    let connection = reader(path, patience)?;
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let application: i64 = connection.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if tables == 0 && application == 0 {
        return Ok(Holds::Nothing);
    }
    let marked = connection
        .query_row(
            "SELECT 1 FROM sqlite_schema WHERE name = 'onemap_format'",
            [],
            |_| Ok(()),
        )
        .optional()?;
    let path = path.display();
    if marked.is_none() {
        return Err(StoreError::NotOurs(say!(Key::StoreNotOurs, path = path).into()).into());
    }
    let version = connection
        .query_row("SELECT version FROM onemap_format", [], |row| row.get(0))
        .optional()?;
    match version {
        Some(version @ 1..=FORMAT) => Ok(Holds::Store(version)),
        Some(newer) if newer > FORMAT => Err(StoreError::Newer(
            say!(Key::StoreNewer, path = path, found = newer, known = FORMAT).into(),
        )
        .into()),
        _ => Err(StoreError::Damaged(say!(Key::StoreDamaged, path = path).into()).into()),
    }
}

/// Writes the tables of a new store, unless another process was quicker.
fn lay_out(path: &Path, patience: Duration) -> Result<(), StoreError> {
    let run = || -> Result<(), Fault> {
        let connection = writing_to(path, patience)?;
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let tables: i64 =
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if tables == 0 {
            connection.execute_batch(SCHEMA)?;
            connection.execute_batch(SCREENINGS)?;
            connection.execute("INSERT INTO onemap_format VALUES (1, ?1)", [FORMAT])?;
        }
        connection.execute_batch("COMMIT")?;
        fold_log(&connection, patience);
        Ok(())
    };
    let only_ours = fs::Permissions::from_mode(MODE);
    fs::set_permissions(path, only_ours).map_err(|error| {
        StoreError::Unwritable(Problem::because(
            say!(Key::StoreUnwritable, path = path.display()),
            error,
        ))
    })?;
    run().map_err(|fault| fault.at(path))
}
