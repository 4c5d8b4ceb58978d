//! Shapefiles: a file in at least three files, whose text has an encoding that a fourth one or a
//! byte of the second may name.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use encoding_rs::{Encoding, UTF_8};

use super::format::{Archive, Name, declared, full};
use super::ogr::Opening;
use super::place::listed;
use super::{Request, encoding, files};
use crate::say;
use crate::text::{Key, Problem};

/// How much of a `.cpg` or a `.dbf` says which encoding it is.
const BEGINNING: u64 = 64;

/// Where the byte stands in a `.dbf` that names a language.
const LANGUAGE: usize = 29;

/// A Shapefile in a folder.
pub(super) fn beside(request: &Request<'_>, shp: &Path) -> Result<Opening, Problem> {
    let part = |extension| files::companion(shp, extension);
    for extension in ["shx", "dbf"] {
        if part(extension)?.is_none() {
            return Err(missing(&shp.display().to_string(), extension));
        }
    }
    let encoding = match declared(request)? {
        Some(encoding) => encoding,
        None => claimed(&beginning(part("cpg")?)?, &beginning(part("dbf")?)?)?,
    };
    Ok(opening(full(shp)?, encoding))
}

/// The Shapefile that a folder holds, or the one of several that is asked for.
pub(super) fn in_folder(request: &Request<'_>) -> Result<Opening, Problem> {
    let shapefiles: Vec<PathBuf> = files::entries(request.path)?
        .into_iter()
        .filter(|path| files::extension(path) == "shp")
        .collect();
    let names: Vec<String> = shapefiles.iter().map(|path| stem(path)).collect();
    let index = choose(request, &names)?;
    let opening = beside(request, &shapefiles[index])?;
    Ok(opening)
}

/// The Shapefile in an archive, or the one of several that is asked for.
pub(super) fn zipped(request: &Request<'_>, archive: &mut Archive) -> Result<Opening, Problem> {
    let names = archive.names.clone();
    let shapefiles: Vec<&Name> = names
        .iter()
        .filter(|name| files::extension(Path::new(&name.path)) == "shp")
        .collect();
    let stems: Vec<String> = shapefiles
        .iter()
        .map(|name| stem(Path::new(&name.meant)))
        .collect();
    let shp = shapefiles[choose(request, &stems)?];
    let part = |extension: &str| {
        let path = Path::new(&shp.path).with_extension("");
        names.iter().find(|name| {
            let other = Path::new(&name.path);
            files::extension(other) == extension && other.with_extension("") == path
        })
    };
    for extension in ["shx", "dbf"] {
        if part(extension).is_none() {
            let shown = format!("{}/{}", request.path.display(), shp.meant);
            return Err(missing(&shown, extension));
        }
    }
    let encoding = if let Some(declared) = declared(request)? {
        declared
    } else {
        let mut read = |extension| {
            part(extension).map_or(Ok(Vec::new()), |name| archive.beginning(name, BEGINNING))
        };
        claimed(&read("cpg")?, &read("dbf")?)?
    };
    Ok(opening(archive.place(&shp.path)?, encoding))
}

/// GDAL hands the bytes on as Latin-1, in which none is lost.
fn opening(dataset: PathBuf, encoding: &'static Encoding) -> Opening {
    Opening {
        driver: "ESRI Shapefile",
        dataset,
        options: vec!["ENCODING=ISO-8859-1".to_owned()],
        raw: Some(encoding),
    }
}

/// Which of several is meant.
fn choose(request: &Request<'_>, names: &[String]) -> Result<usize, Problem> {
    let path = request.path.display();
    let message = match (request.layer, names) {
        (_, []) => say!(Key::SourceNoShapefile, path = path),
        (None, [_]) => return Ok(0),
        (None, _) => say!(Key::SourceLayerUnnamed, path = path, layers = listed(names)),
        (Some(asked), _) => match names.iter().position(|name| name == asked) {
            Some(index) => return Ok(index),
            None => say!(
                Key::SourceLayerMissing,
                path = path,
                layer = asked,
                layers = listed(names),
            ),
        },
    };
    Err(message.into())
}

fn missing(shp: &str, extension: &str) -> Problem {
    say!(
        Key::SourceShapefilePart,
        path = shp,
        part = format!(".{extension}")
    )
    .into()
}

fn stem(path: &Path) -> String {
    path.file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// The encoding that the `.cpg` names, or else the `.dbf`; UTF-8 if neither does.
fn claimed(cpg: &[u8], dbf: &[u8]) -> Result<&'static Encoding, Problem> {
    let label = String::from_utf8_lossy(cpg);
    let label = label.trim_matches(|c: char| c.is_whitespace() || c == '\0' || c == '\u{feff}');
    if !label.is_empty() {
        return Ok(encoding::by_label(label)?);
    }
    Ok(dbf
        .get(LANGUAGE)
        .and_then(|&byte| encoding::of_dbase(byte))
        .unwrap_or(UTF_8))
}

/// The first bytes of a file; none if there is no file.
fn beginning(path: Option<PathBuf>) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    if let Some(path) = path {
        fs::File::open(&path)
            .and_then(|file| file.take(BEGINNING).read_to_end(&mut bytes))
            .map_err(|error| files::unreadable(&path, error))?;
    }
    Ok(bytes)
}
