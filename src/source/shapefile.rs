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

/// How much of a part says what it is.
const BEGINNING: u64 = 100;

/// Where the byte stands in a `.dbf` that names a language.
const LANGUAGE: usize = 29;

/// The beginning of a part, and how long all of it is.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) beginning: Vec<u8>,
    pub(super) length: u64,
}

/// A Shapefile, by its `.shp`.
pub(super) fn alone(request: &Request<'_>) -> Result<Opening, Problem> {
    choose(request, &[stem(request.path)])?;
    beside(request, request.path)
}

/// A Shapefile whose parts lie beside its `.shp`.
fn beside(request: &Request<'_>, shp: &Path) -> Result<Opening, Problem> {
    let read = |path: &Path| -> Result<Part, Problem> {
        let mut beginning = Vec::new();
        let length = fs::File::open(path)
            .and_then(|file| {
                let length = file.metadata()?.len();
                file.take(BEGINNING).read_to_end(&mut beginning)?;
                Ok(length)
            })
            .map_err(|error| files::unreadable(path, error))?;
        Ok(Part { beginning, length })
    };
    let mut part = |extension: &str| match extension {
        "shp" => read(shp).map(Some),
        _ => files::companion(shp, extension)?
            .map(|path| read(&path))
            .transpose(),
    };
    let encoding = check(request, &shp.display().to_string(), &mut part)?;
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
    beside(request, &shapefiles[index])
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
    let stem = Path::new(&shp.path).with_extension("");
    let mut part = |extension: &str| {
        let entry = names.iter().find(|name| {
            let other = Path::new(&name.path);
            files::extension(other) == extension && other.with_extension("") == stem
        });
        entry.map(|name| archive.part(name, BEGINNING)).transpose()
    };
    let shown = format!("{}/{}", request.path.display(), shp.meant);
    let encoding = check(request, &shown, &mut part)?;
    Ok(opening(archive.place(&shp.path)?, encoding))
}

/// Makes sure that the parts are there, whole and of one Shapefile: GDAL reads on without a part, or
/// with half of it. The encoding of its text: the declared one, or else what it claims.
fn check(
    request: &Request<'_>,
    shp: &str,
    part: &mut dyn FnMut(&str) -> Result<Option<Part>, Problem>,
) -> Result<&'static Encoding, Problem> {
    let mut needed = |extension: &str| {
        part(extension)?.ok_or_else(|| {
            let part = format!(".{extension}");
            Problem::from(say!(Key::SourceShapefilePart, path = shp, part = part))
        })
    };
    let (shapes, index, table) = (needed("shp")?, needed("shx")?, needed("dbf")?);
    for (part, extension) in [(&shapes, "shp"), (&index, "shx")] {
        // The length stands in 16-bit words.
        let said = number(&part.beginning, 24, 4, true).map(|words| words * 2);
        if !part.beginning.starts_with(&[0, 0, 0x27, 0x0A]) || said.is_none_or(|n| n > part.length)
        {
            return Err(cut(shp, extension));
        }
    }
    let rows = number(&table.beginning, 4, 4, false);
    let header = number(&table.beginning, 8, 2, false);
    let row = number(&table.beginning, 10, 2, false);
    let (Some(rows), Some(header), Some(row)) = (rows, header, row) else {
        return Err(cut(shp, "dbf"));
    };
    if header + rows * row > table.length {
        return Err(cut(shp, "dbf"));
    }
    let shapes = number(&index.beginning, 24, 4, true).unwrap_or(0) * 2;
    let shapes = shapes.saturating_sub(BEGINNING) / 8;
    if shapes != rows {
        let message = say!(
            Key::SourceShapefileCounts,
            path = shp,
            shapes = shapes,
            rows = rows
        );
        return Err(message.into());
    }
    match declared(request)? {
        Some(declared) => Ok(declared),
        None => claimed(
            &part("cpg")?.unwrap_or_default().beginning,
            &table.beginning,
        ),
    }
}

fn cut(shp: &str, extension: &str) -> Problem {
    say!(
        Key::SourceShapefileCut,
        path = shp,
        part = format!(".{extension}")
    )
    .into()
}

/// An unsigned number of so many bytes.
fn number(bytes: &[u8], at: usize, length: usize, big_endian: bool) -> Option<u64> {
    let bytes = bytes.get(at..at + length)?;
    let add = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
    Some(if big_endian {
        bytes.iter().fold(0, add)
    } else {
        bytes.iter().rev().fold(0, add)
    })
}

/// GDAL hands the bytes on as Latin-1, in which none is lost.
fn opening(dataset: PathBuf, encoding: &'static Encoding) -> Opening {
    Opening {
        driver: "ESRI Shapefile",
        dataset,
        options: vec!["ENCODING=ISO-8859-1".to_owned()],
        setting: None,
        raw: Some(encoding),
        chosen: true,
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
