//! Which reader a file needs: by its extension, as every program on a desk does. What is inside must
//! then be that and nothing else.

use std::borrow::Cow;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf, absolute};

use encoding_rs::Encoding;
use zip::ZipArchive;

use super::ogr::Opening;
use super::shapefile::Part;
use super::{Place, Request, dxf, encoding, files, ogr, shapefile};
use crate::say;
use crate::text::{Key, Problem};

/// The extensions this room reads, for messages.
const KNOWN: &str = ".gpkg .geojson .json .geojsonl .shp .zip .gdb .fgb .kml .kmz .dxf .osm.pbf \
                     .csv .tsv .txt .xlsx .xlsm .xls";

/// The reader for a file.
#[derive(Debug)]
pub(super) enum Format {
    /// Delimited text.
    Csv,
    /// A workbook of Excel's.
    Sheet,
    /// The ministry's exchange format for the points of parcel boundaries.
    Parcels,
    /// One GeoJSON object.
    GeoJson,
    /// A sequence of them.
    GeoJsonSequence,
    /// Through GDAL.
    Ogr(Opening),
}

/// Finds the reader for a file.
pub(super) fn of(request: &Request<'_>) -> Result<Format, Problem> {
    let path = request.path;
    let about = fs::metadata(path).map_err(|error| files::unreadable(path, error))?;
    if about.is_file() && about.len() == 0 {
        return Err(say!(Key::SourceEmpty, path = path.display()).into());
    }
    let extension = files::extension(path);
    if about.is_dir() {
        return if extension == "gdb" {
            through(path, ogr::FILE_GDB)
        } else {
            shapefile::in_folder(request).map(Format::Ogr)
        };
    }
    match extension.as_str() {
        "gz" => compressed(path),
        "gpkg" => through(path, ogr::GEOPACKAGE),
        "fgb" => through(path, "FlatGeobuf"),
        "kml" | "kmz" => through(path, "LIBKML"),
        "pbf" | "osm" => through(path, ogr::OSM),
        "dxf" => dxf::opening(request).map(Format::Ogr),
        "shp" => shapefile::alone(request).map(Format::Ogr),
        "zip" => zipped(request).map(Format::Ogr),
        "gdb" => Err(say!(Key::SourceGdbIsFile, path = path.display()).into()),
        "xlsx" | "xlsm" | "xls" => Ok(Format::Sheet),
        "txt" if *request.place == Place::Geometry => Ok(Format::Parcels),
        other => text(path, other),
    }
}

fn through(path: &Path, driver: &'static str) -> Result<Format, Problem> {
    let dataset = full(path)?;
    Ok(Format::Ogr(Opening {
        driver,
        dataset,
        options: Vec::new(),
        setting: None,
        raw: None,
        chosen: false,
    }))
}

/// The path from the root, so that no part of it can be taken for anything but a file's name.
pub(super) fn full(path: &Path) -> Result<PathBuf, Problem> {
    absolute(path).map_err(|error| files::unreadable(path, error))
}

/// A text format that may be compressed.
fn text(path: &Path, extension: &str) -> Result<Format, Problem> {
    match extension {
        "csv" | "tsv" | "txt" => Ok(Format::Csv),
        "geojson" | "json" => Ok(Format::GeoJson),
        "geojsonl" | "geojsons" | "ndjson" | "jsonl" => Ok(Format::GeoJsonSequence),
        _ => Err(say!(
            Key::SourceFormatUnknown,
            path = path.display(),
            known = KNOWN
        )
        .into()),
    }
}

fn compressed(path: &Path) -> Result<Format, Problem> {
    let inner = Path::new(path.file_stem().unwrap_or_default());
    text(path, &files::extension(inner))
}

/// A zipped Shapefile or file geodatabase.
fn zipped(request: &Request<'_>) -> Result<Opening, Problem> {
    let path = request.path;
    let mut archive = Archive::open(path)?;
    if let Some(gdb) = archive.names.iter().find_map(|name| gdb_folder(&name.path)) {
        return Ok(Opening {
            driver: ogr::FILE_GDB,
            dataset: archive.place(gdb)?,
            options: Vec::new(),
            setting: None,
            raw: None,
            chosen: false,
        });
    }
    shapefile::zipped(request, &mut archive)
}

/// The `.gdb` folder within which an entry of an archive lies.
fn gdb_folder(name: &str) -> Option<&str> {
    let end = name.to_ascii_lowercase().find(".gdb/")? + ".gdb".len();
    name.get(..end)
}

/// A zip archive: what it holds, by the names GDAL knows.
#[derive(Debug)]
pub(super) struct Archive {
    path: PathBuf,
    zip: ZipArchive<File>,
    /// Its files, in the archive's order.
    pub(super) names: Vec<Name>,
}

/// The name of a file in an archive.
#[derive(Debug, Clone)]
pub(super) struct Name {
    index: usize,
    /// As GDAL spells it: code page 437 where the archive does not say UTF-8.
    pub(super) path: String,
    /// As its maker meant it: GB 18030 where it is not UTF-8.
    pub(super) meant: String,
}

impl Archive {
    fn open(path: &Path) -> Result<Self, Problem> {
        let file = File::open(path).map_err(|error| files::unreadable(path, error))?;
        let bad = |error| {
            Problem::because(
                say!(Key::SourceArchiveDamaged, path = path.display()),
                error,
            )
        };
        let mut archive = ZipArchive::new(file).map_err(bad)?;
        let mut names = Vec::with_capacity(archive.len());
        for i in 0..archive.len() {
            let entry = archive.by_index_raw(i).map_err(bad)?;
            let path = entry.name().map_err(bad)?.into_owned();
            if entry.is_file() && !path.starts_with("__MACOSX/") {
                let raw = entry.name_raw();
                let meant = encoding::decode(raw, encoding_rs::UTF_8)
                    .or_else(|| encoding::decode(raw, encoding_rs::GB18030))
                    .map_or_else(|| path.clone(), Cow::into_owned);
                names.push(Name {
                    index: i,
                    path,
                    meant,
                });
            }
        }
        Ok(Self {
            path: path.to_owned(),
            zip: archive,
            names,
        })
    }

    /// A file or folder of the archive, as GDAL opens it.
    pub(super) fn place(&self, name: &str) -> Result<PathBuf, Problem> {
        let archive = full(&self.path)?;
        Ok(PathBuf::from(format!(
            "/vsizip/{{{}}}/{name}",
            archive.display()
        )))
    }

    /// The beginning of a file, at most `most` bytes of it.
    pub(super) fn part(&mut self, name: &Name, most: u64) -> Result<Part, Problem> {
        let path = &self.path;
        let bad = |error| {
            Problem::because(
                say!(Key::SourceArchiveDamaged, path = path.display()),
                error,
            )
        };
        let mut beginning = Vec::new();
        let entry = self.zip.by_index(name.index).map_err(bad)?;
        let length = entry.size();
        entry
            .take(most)
            .read_to_end(&mut beginning)
            .map_err(|error| bad(error.into()))?;
        Ok(Part { beginning, length })
    }
}

/// The encoding a request declares, if it declares one.
pub(super) fn declared(request: &Request<'_>) -> Result<Option<&'static Encoding>, Problem> {
    Ok(request.encoding.map(encoding::by_label).transpose()?)
}
