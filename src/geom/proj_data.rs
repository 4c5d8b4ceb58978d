//! PROJ's database, carried in the program and laid into a folder where PROJ can open it.
//!
//! It must be the database of the very PROJ that is built in: another version's fails. So neither
//! `PROJ_DATA` nor any folder of the system is looked at, and none is set, since GDAL's own PROJ in
//! the same process goes by them.

use std::fs::{self, DirBuilder, File};
use std::io::{self, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use xxhash_rust::xxh3::xxh3_64;

use crate::say;
use crate::text::{Key, Problem};

/// The database that belongs to the PROJ built in.
static DATABASE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/proj.db"));

static CACHE_DIR: OnceLock<PathBuf> = OnceLock::new();
static LAID: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Sets the folder for the database, once, before anything is transformed. Without it: a folder of
/// the user's own below the system's folder for temporary files. `false`: it was set before, and
/// stays as it was.
pub fn set_cache_dir(folder: PathBuf) -> bool {
    CACHE_DIR.set(folder).is_ok()
}

/// Where the database lies, laid there if need be. What is found is compared byte for byte with
/// what the program carries, once in the life of a process.
pub(super) fn database() -> Result<PathBuf, Problem> {
    let mut laid = LAID.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(path) = &*laid {
        return Ok(path.clone());
    }
    let path = match CACHE_DIR.get() {
        Some(folder) => lay_into(folder)?,
        None => lay_into(&own_folder(&std::env::temp_dir())?)?,
    };
    *laid = Some(path.clone());
    Ok(path)
}

fn lay_into(cache: &Path) -> Result<PathBuf, Problem> {
    let folder = cache.join(format!("proj-{:016x}", xxh3_64(DATABASE)));
    let path = folder.join("proj.db");
    if fs::read(&path).is_ok_and(|found| found == DATABASE) {
        return Ok(path);
    }
    write(&folder, &path).map_err(|cause| {
        let message = say!(Key::GeomProjFolder, path = folder.display(), reason = cause);
        Problem::because(message, cause)
    })?;
    Ok(path)
}

/// Writes beside the place and renames, so that another process never sees half a database.
fn write(folder: &Path, path: &Path) -> io::Result<()> {
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    let beside = folder.join(format!("proj.db.{}", std::process::id()));
    let written = File::create(&beside).and_then(|mut file| {
        file.write_all(DATABASE)?;
        file.sync_all()
    });
    written
        .and_then(|()| fs::rename(&beside, path))
        .inspect_err(|_| {
            // What is left of a failed write is in nobody's way, but not to be kept either.
            let _ = fs::remove_file(&beside);
        })
}

/// A folder of the user's own within a folder that all share: made if need be, refused when it is
/// someone else's or others may write into it.
fn own_folder(shared: &Path) -> Result<PathBuf, Problem> {
    let user = fs::metadata("/proc/self").map(|process| process.uid());
    let folder = match &user {
        Ok(number) => shared.join(format!("onemap-{number}")),
        Err(_) => shared.join("onemap"),
    };
    let made = DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(&folder);
    let found = made
        .and_then(|()| fs::symlink_metadata(&folder))
        .map_err(|cause| {
            let message = say!(Key::GeomProjFolder, path = folder.display(), reason = cause);
            Problem::because(message, cause)
        })?;
    let own = user.is_ok_and(|number| number == found.uid());
    if own && found.is_dir() && found.mode() & 0o022 == 0 {
        Ok(folder)
    } else {
        Err(say!(Key::GeomProjForeign, path = folder.display()).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_database_is_laid_anew_and_a_good_one_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = lay_into(folder.path()).unwrap();
        assert_eq!(fs::read(&path).unwrap(), DATABASE);
        let first = fs::metadata(&path).unwrap().ino();
        assert_eq!(lay_into(folder.path()).unwrap(), path);
        assert_eq!(
            fs::metadata(&path).unwrap().ino(),
            first,
            "written again without need"
        );

        fs::write(&path, &DATABASE[..1000]).unwrap();
        lay_into(folder.path()).unwrap();
        assert_eq!(fs::read(&path).unwrap(), DATABASE);
        let left = fs::read_dir(path.parent().unwrap()).unwrap().count();
        assert_eq!(left, 1, "temporary files were left");
    }

    #[test]
    fn a_shared_folder_gets_one_of_the_users_own_that_others_cannot_write() {
        use std::os::unix::fs::PermissionsExt as _;

        let shared = tempfile::tempdir().unwrap();
        let own = own_folder(shared.path()).unwrap();
        assert_eq!(fs::metadata(&own).unwrap().mode() & 0o777, 0o700);
        assert_eq!(own_folder(shared.path()).unwrap(), own);
        fs::set_permissions(&own, fs::Permissions::from_mode(0o777)).unwrap();
        let problem = own_folder(shared.path()).unwrap_err();
        assert_eq!(problem.message().key(), Key::GeomProjForeign);
        fs::remove_dir(&own).unwrap();
        std::os::unix::fs::symlink("/tmp", &own).unwrap();
        assert!(own_folder(shared.path()).is_err(), "a link was followed");
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a-file");
        fs::write(&file, "").unwrap();
        let problem = lay_into(&file).unwrap_err();
        assert_eq!(problem.message().key(), Key::GeomProjFolder);
        assert!(problem.message().arg("path").unwrap().contains("a-file"));
    }
}
