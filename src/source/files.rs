//! The files a source consists of, and how a text file is opened.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

use crate::say;
use crate::text::{Key, Problem};

/// The extensions a Shapefile's files have beside `.shp`.
const SHAPEFILE: [&str; 12] = [
    "shx", "dbf", "prj", "cpg", "cst", "sbn", "sbx", "qix", "qpj", "idm", "ind", "shp.xml",
];

/// Every file a source consists of, for digests, sorted: a Shapefile's companions, all that lies in
/// a `.gdb` folder or a folder of Shapefiles, a GeoPackage's write-ahead log, else the file alone.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, Problem> {
    let about = fs::metadata(path).map_err(|error| unreadable(path, error))?;
    let mut found = Vec::new();
    if about.is_dir() {
        collect(path, &mut found)?;
    } else {
        found.push(path.to_owned());
        match extension(path).as_str() {
            "shp" => found.extend(companions(path, &SHAPEFILE)?),
            "gpkg" => found.extend(write_ahead_log(path)?),
            _ => {}
        }
    }
    found.sort();
    Ok(found)
}

/// The files beside `path` that share its stem and have one of the extensions, in any case.
fn companions(path: &Path, extensions: &[&str]) -> Result<Vec<PathBuf>, Problem> {
    let (Some(stem), Some(folder)) = (path.file_stem(), folder_of(path)) else {
        return Ok(Vec::new());
    };
    let stem = stem.to_string_lossy();
    let mut found = Vec::new();
    for entry in entries(folder)? {
        let name = entry
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        let extension = name
            .as_deref()
            .and_then(|n| n.strip_prefix(&*stem))
            .and_then(|n| n.strip_prefix('.'));
        if extension.is_some_and(|e| extensions.iter().any(|known| known.eq_ignore_ascii_case(e))) {
            found.push(entry);
        }
    }
    Ok(found)
}

/// The companion of a Shapefile with this extension, in any case, if there is one.
pub(super) fn companion(path: &Path, extension: &str) -> Result<Option<PathBuf>, Problem> {
    Ok(companions(path, &[extension])?.into_iter().next())
}

/// What a GeoPackage's last writer has not yet moved into it.
fn write_ahead_log(path: &Path) -> Result<Option<PathBuf>, Problem> {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    let log = PathBuf::from(name);
    match log.try_exists() {
        Ok(there) => Ok(there.then_some(log)),
        Err(error) => Err(unreadable(&log, error)),
    }
}

/// Everything below a folder. Links are not followed: they could lead around in a circle.
fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Result<(), Problem> {
    for entry in entries(folder)? {
        let about = fs::symlink_metadata(&entry).map_err(|error| unreadable(&entry, error))?;
        if about.is_dir() {
            collect(&entry, found)?;
        } else {
            found.push(entry);
        }
    }
    Ok(())
}

/// What lies in a folder, sorted.
pub(super) fn entries(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let failed = |error| unreadable(folder, error);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        found.push(entry.map_err(failed)?.path());
    }
    found.sort();
    Ok(found)
}

/// The folder a file lies in.
fn folder_of(path: &Path) -> Option<&Path> {
    path.parent().map(|folder| {
        if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        }
    })
}

/// The extension of a path in lower case, without its dot; empty if it has none.
pub(super) fn extension(path: &Path) -> String {
    path.extension()
        .map(|e| e.to_string_lossy().to_lowercase())
        .unwrap_or_default()
}

/// Opens a text file, unpacking it where its name ends in `.gz`.
pub(super) fn text(path: &Path) -> Result<Box<dyn BufRead>, Problem> {
    const BUFFER: usize = 1 << 17;
    let file = File::open(path).map_err(|error| unreadable(path, error))?;
    Ok(if extension(path) == "gz" {
        Box::new(BufReader::with_capacity(
            BUFFER,
            MultiGzDecoder::new(BufReader::new(file)),
        ))
    } else {
        Box::new(BufReader::with_capacity(BUFFER, file))
    })
}

/// A file that could not be opened or read to its end.
pub(super) fn unreadable(path: &Path, error: io::Error) -> Problem {
    let path = path.display();
    let message = match error.kind() {
        io::ErrorKind::NotFound => say!(Key::SourceFileMissing, path = path),
        io::ErrorKind::PermissionDenied => say!(Key::SourceFileForbidden, path = path),
        io::ErrorKind::IsADirectory => say!(Key::SourceFileIsFolder, path = path),
        _ => say!(Key::SourceFileUnreadable, path = path),
    };
    Problem::because(message, error)
}
