//! A whole, consistent copy while others read and write.

use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::open;
use crate::say;
use crate::store::StoreError;
use crate::text::{Key, Problem};

/// Copies the store in `from` to `to`, which must not exist. The copy appears under its name only
/// once it is whole and on the disk.
pub(super) fn write(from: &Path, patience: Duration, to: &Path) -> Result<(), StoreError> {
    let refused = |error: std::io::Error| {
        StoreError::Unwritable(Problem::because(
            say!(Key::StoreNotMade, path = to.display()),
            error,
        ))
    };
    match fs::symlink_metadata(to) {
        Ok(_) => {
            let message = say!(Key::StoreBackupExists, path = to.display());
            return Err(StoreError::Unwritable(message.into()));
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(refused(error)),
    }
    let part = part_of(to);
    let made = copy(from, patience, &part).and_then(|()| {
        File::open(&part)
            .and_then(|file| file.sync_all())
            .map_err(refused)?;
        fs::rename(&part, to).map_err(refused)?;
        // The folder, so that the new name survives a power cut; some file systems cannot.
        let folder = to
            .parent()
            .filter(|p| !p.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        if let Ok(folder) = File::open(folder) {
            folder.sync_all().ok();
        }
        Ok(())
    });
    if made.is_err() {
        fs::remove_file(&part).ok();
    }
    made
}

fn copy(from: &Path, patience: Duration, part: &Path) -> Result<(), StoreError> {
    fs::remove_file(part).ok();
    open::make_file(part)?;
    let connection = open::reader(from, patience).map_err(|fault| fault.at(from))?;
    connection
        .execute("VACUUM INTO ?1", [part.to_string_lossy()])
        .map(|_| ())
        .map_err(|error| super::Fault::from(error).at(part))
}

/// The name of a copy that is not whole yet.
fn part_of(to: &Path) -> PathBuf {
    let mut name = to.file_name().map_or_else(OsString::new, OsString::from);
    name.push(format!(".{}.part", std::process::id()));
    to.with_file_name(name)
}
