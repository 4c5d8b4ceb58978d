//! The embedded engine: a GeoPackage, which QGIS, GDAL and `sqlite3` open as it is.
//!
//! `docs/store-format.md` describes the file. Reads go through a few connections that cannot write;
//! each import has a connection and a transaction of its own, and waits for another one's.

mod backup;
mod blob;
mod cell;
mod doctor;
mod fault;
mod import;
mod kept;
mod migrate;
mod names;
mod open;
mod read;
mod revisions;
mod rtree;
mod spatial;
mod table;
mod tests;

use std::fmt;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::Connection;

use self::fault::Fault;
use super::{At, Import, ImportRecord, KeepBounds, KeptReport, Store, StoreError};
use crate::geom::BBox;
use crate::layer::Layer;
use crate::model::{Audience, Exact, Feature, LayerId, Revision};
use crate::say;
use crate::text::{Key, Problem};

/// How long an import waits for another one, unless told otherwise.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a report that is to be kept waits for an import: somebody waits for it.
const KEEP_PATIENCE: Duration = Duration::from_secs(2);

/// How many idle reading connections are kept.
const READERS: usize = 4;

/// A store in a GeoPackage.
pub struct GeoPackage {
    path: PathBuf,
    /// Which file stood at `path` when it was opened: device and inode.
    file: Option<(u64, u64)>,
    writable: bool,
    /// Whether reports are kept, though nothing is imported.
    keeps: bool,
    patience: Duration,
    /// Idle reading connections.
    readers: Mutex<Vec<Connection>>,
    /// The connection that notices what others import.
    watch: Mutex<Connection>,
}

impl GeoPackage {
    /// Opens a store that exists, for reading only: nothing is written, not even to bring an older
    /// format up to date ([`StoreError::Older`]).
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let format = open::check(path, PATIENCE)?;
        if format < open::FORMAT {
            return Err(StoreError::Older(
                say!(
                    Key::StoreOlder,
                    path = path.display(),
                    found = format,
                    known = open::FORMAT
                )
                .into(),
            ));
        }
        Self::over(path, false)
    }

    /// Opens a store for importing into it: makes it if there is none (only its owner may read the
    /// file), and brings an older format up to date, keeping a copy of the old file beside it.
    pub fn create_or_open(path: &Path) -> Result<Self, StoreError> {
        open::make_or_check(path, PATIENCE)?;
        Self::over(path, true)
    }

    /// The same store, with another time for which an import waits for another process's.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The same store, open for keeping reports as well: nothing is written until one is kept.
    #[must_use]
    pub const fn keeping(mut self) -> Self {
        self.keeps = true;
        self
    }

    fn over(path: &Path, writable: bool) -> Result<Self, StoreError> {
        let watch = open::reader(path, PATIENCE).map_err(|fault| fault.at(path))?;
        Ok(Self {
            path: path.to_owned(),
            file: file_at(path),
            writable,
            keeps: writable,
            patience: PATIENCE,
            readers: Mutex::default(),
            watch: Mutex::new(watch),
        })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether another file stands in its place now, such as a backup that was moved there: what
    /// happens to that one is not seen through this store.
    pub fn is_replaced(&self) -> bool {
        file_at(&self.path).is_some_and(|now| Some(now) != self.file)
    }

    /// Runs `read` in one transaction: it sees the store at one moment.
    fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, StoreError> {
        let run = || -> Result<T, Fault> {
            let idle = lock(&self.readers).pop();
            let connection = match idle {
                Some(connection) => connection,
                None => open::reader(&self.path, self.patience)?,
            };
            connection.execute_batch("BEGIN")?;
            let result = read(&connection)?;
            // What was read was read; a connection that cannot end its transaction is closed.
            let ended = connection.execute_batch("COMMIT");
            let mut readers = lock(&self.readers);
            if ended.is_ok() && readers.len() < READERS {
                readers.push(connection);
            }
            Ok(result)
        };
        run().map_err(|fault| fault.at(&self.path))
    }

    /// Runs `write`, which begins and ends its own transaction; what it leaves open is undone.
    fn write_kept<T>(
        &self,
        write: impl FnOnce(&Connection) -> Result<T, Fault>,
    ) -> Result<T, StoreError> {
        let run = || -> Result<T, Fault> {
            if !self.keeps {
                return Err(open::reading_only(&self.path));
            }
            let patience = self.patience.min(KEEP_PATIENCE);
            write(&open::writing_to(&self.path, patience)?)
        };
        run().map_err(|fault| fault.at(&self.path))
    }

    fn after_failure(&self) -> StoreError {
        StoreError::Engine(Problem::new(say!(
            Key::StoreImportFailed,
            path = self.path.display()
        )))
    }
}

impl Store for GeoPackage {
    fn revision(&self) -> Result<Revision, StoreError> {
        self.read(|connection| Ok(revisions::newest(connection)?))
    }

    fn revision_at(&self, moment: Timestamp) -> Result<Option<Revision>, StoreError> {
        self.read(|connection| Ok(revisions::at(connection, moment)?))
    }

    fn imports_at(&self, at: At) -> Result<Vec<(LayerId, ImportRecord)>, StoreError> {
        self.read(|connection| revisions::imports(connection, at))
    }

    fn begin<'a>(&'a self, layer: &'a Arc<Layer>) -> Result<Box<dyn Import + 'a>, StoreError> {
        let writing = import::Writing::begin(self, layer).map_err(|f| f.at(&self.path))?;
        Ok(Box::new(writing))
    }

    fn features(
        &self,
        layer: &Layer,
        at: At,
        within: Option<BBox>,
        sink: &mut dyn FnMut(Exact<Feature>),
    ) -> Result<(), StoreError> {
        self.read(|connection| read::features(connection, layer, at, within, sink))
    }

    fn change_mark(&self) -> Result<i64, StoreError> {
        let watch = lock(&self.watch);
        revisions::mark(&watch).map_err(|error| Fault::from(error).at(&self.path))
    }

    fn keep(&self, report: &KeptReport, bounds: KeepBounds) -> Result<(), StoreError> {
        self.write_kept(|connection| kept::keep(connection, report, bounds))
    }

    fn kept(&self, id: &str, audience: Audience) -> Result<Option<KeptReport>, StoreError> {
        self.read(|connection| kept::kept(connection, id, audience))
    }

    fn prune(&self, before: Timestamp) -> Result<u64, StoreError> {
        self.write_kept(|connection| kept::prune(connection, before))
    }

    fn backup(&self, to: &Path) -> Result<(), StoreError> {
        backup::write(&self.path, self.patience, to)
    }

    fn doctor(&self) -> Result<Vec<Problem>, StoreError> {
        self.read(|connection| doctor::findings(connection, &self.path))
    }
}

impl Drop for GeoPackage {
    /// Folds the log in, so that the file alone is the whole store.
    fn drop(&mut self) {
        if self.keeps {
            lock(&self.readers).clear();
            if let Ok(connection) = open::writing_to(&self.path, self.patience) {
                open::fold_log(&connection, Duration::ZERO);
            }
        }
    }
}

impl fmt::Debug for GeoPackage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GeoPackage")
            .field("path", &self.path)
            .field("writable", &self.writable)
            .finish_non_exhaustive()
    }
}

fn file_at(path: &Path) -> Option<(u64, u64)> {
    let about = std::fs::metadata(path).ok()?;
    Some((about.dev(), about.ino()))
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
