//! Drawings: in which encoding their text is.

use std::fs::File;
use std::io::{BufRead as _, Read as _, Seek as _, SeekFrom};

use encoding_rs::UTF_8;

use super::format::{declared, full};
use super::ogr::Opening;
use super::{Request, encoding, files};
use crate::say;
use crate::text::{Key, Problem};

/// The first version whose text is always UTF-8, of 2007.
const UTF_8_SINCE: &str = "AC1021";

/// How many lines of a drawing are searched for what it says about itself.
const HEADER: usize = 4_000;

/// How GDAL is to open a drawing: older ones have the code page they name. GDAL hands the bytes on
/// untouched.
pub(super) fn opening(request: &Request<'_>) -> Result<Opening, Problem> {
    let (version, code_page) = header(request)?;
    check_end(request)?;
    let newer = version.is_some_and(|version| version.as_str() >= UTF_8_SINCE);
    let text = match (declared(request)?, code_page) {
        _ if newer => UTF_8,
        (Some(declared), _) => declared,
        (None, Some(label)) => encoding::by_label(&label)?,
        (None, None) => UTF_8,
    };
    Ok(Opening {
        driver: "DXF",
        dataset: full(request.path)?,
        options: Vec::new(),
        setting: Some(("DXF_ENCODING", "ISO-8859-1")),
        raw: Some(text),
        chosen: false,
    })
}

/// Refuses a drawing without its last word: GDAL reads what is left of it without one of its own.
fn check_end(request: &Request<'_>) -> Result<(), Problem> {
    const LAST: u64 = 64;
    let mut end = Vec::new();
    File::open(request.path)
        .and_then(|mut file| {
            let length = file.metadata()?.len();
            file.seek(SeekFrom::Start(length.saturating_sub(LAST)))?;
            file.take(LAST).read_to_end(&mut end)
        })
        .map_err(|error| files::unreadable(request.path, error))?;
    if end.trim_ascii_end().ends_with(b"EOF") {
        Ok(())
    } else {
        Err(say!(Key::SourceDxfCut, path = request.path.display()).into())
    }
}

/// The version and the code page of a drawing: the value stands two lines below the variable.
fn header(request: &Request<'_>) -> Result<(Option<String>, Option<String>), Problem> {
    let failed = |error| files::unreadable(request.path, error);
    let mut input = files::text(request.path)?;
    if input
        .fill_buf()
        .map_err(failed)?
        .starts_with(b"AutoCAD Binary DXF")
    {
        return Err(say!(Key::SourceDxfBinary, path = request.path.display()).into());
    }
    let (mut version, mut code_page) = (None, None);
    let mut before = [String::new(), String::new()];
    for line in input.split(b'\n').take(HEADER) {
        let line = String::from_utf8_lossy(&line.map_err(failed)?)
            .trim()
            .to_owned();
        match before[0].as_str() {
            "$ACADVER" => version = Some(line.clone()),
            "$DWGCODEPAGE" => code_page = Some(line.clone()),
            _ => {}
        }
        if line == "ENDSEC" {
            break;
        }
        before.rotate_left(1);
        before[1] = line;
    }
    Ok((version, code_page))
}
