//! From what SQLite said to what a person is told.

use std::path::Path;

use rusqlite::ErrorCode;

use crate::say;
use crate::store::StoreError;
use crate::text::{Key, Message, Problem};

/// Something went wrong within the engine: SQLite's error, which becomes a sentence once the file
/// is known, or one of ours.
#[derive(Debug)]
pub(super) enum Fault {
    /// What SQLite said.
    Sql(rusqlite::Error),
    /// A sentence of our own.
    Ours(StoreError),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Ours(error)
    }
}

impl Fault {
    /// What was given does not fit.
    pub(super) fn refused(message: Message) -> Self {
        Self::Ours(StoreError::Refused(message.into()))
    }

    /// As an error of the store in `path`.
    pub(super) fn at(self, path: &Path) -> StoreError {
        match self {
            Self::Ours(error) => error,
            Self::Sql(error) => sql(path, error),
        }
    }
}

/// SQLite's `SQLITE_IOERR_SHORT_READ`: the file ends where a page should be.
const SHORT_READ: i32 = 522;

fn sql(path: &Path, error: rusqlite::Error) -> StoreError {
    let path = path.display();
    let short = error
        .sqlite_error()
        .is_some_and(|e| e.extended_code == SHORT_READ);
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => {
            StoreError::Full(Problem::because(say!(Key::StoreFull, path = path), error))
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            StoreError::Unwritable(Problem::because(say!(Key::StoreBusy, path = path), error))
        }
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
            StoreError::Unwritable(Problem::because(
                say!(Key::StoreUnwritable, path = path),
                error,
            ))
        }
        Some(ErrorCode::NotADatabase) => StoreError::NotOurs(Problem::because(
            say!(Key::StoreNotSqlite, path = path),
            error,
        )),
        Some(ErrorCode::DatabaseCorrupt) => damaged(&path.to_string(), error),
        Some(ErrorCode::SystemIoFailure) if short => damaged(&path.to_string(), error),
        _ => StoreError::Engine(Problem::because(say!(Key::StoreEngine, path = path), error)),
    }
}

fn damaged(path: &str, error: rusqlite::Error) -> StoreError {
    StoreError::Damaged(Problem::because(
        say!(Key::StoreDamaged, path = path),
        error,
    ))
}
