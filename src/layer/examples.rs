//! `<id>.examples.toml`: rows that a layer must accept or reject, kept beside it and run by
//! `onemap check`.
//!
//! ```toml
//! [[accept]]
//! row = { STATUS = "701" }             # by the file's column names
//! geometry = "POINT (116.44 39.92)"    # in the source's coordinates; not for CSV with columns
//! want = { status = "0701" }           # by the served names, as a person reads them
//!
//! [[reject]]
//! row = { STATUS = "??" }
//! reasons = [{ field = "STATUS", contains = "代码表" }]
//! ```

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::tz::TimeZone;
use serde::Deserialize;
use toml::Spanned;

use super::accept::{Accepted, Acceptor, Positions};
use super::definition::{Layer, SourceFile};
use super::district::Atlas;
use super::fault::Fault;
use crate::geom::{Geometry, ToLonLat, wkt};
use crate::say;
use crate::source::{Diagnostic, Opened, Place, Record};
use crate::text::{Key, Lang, Message};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExamplesFile {
    #[serde(default)]
    accept: Vec<Spanned<Accept>>,
    #[serde(default)]
    reject: Vec<Spanned<Reject>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Accept {
    row: BTreeMap<String, Cell>,
    geometry: Option<String>,
    #[serde(default)]
    want: BTreeMap<String, Cell>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reject {
    row: BTreeMap<String, Cell>,
    geometry: Option<String>,
    reasons: Vec<Reason>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    field: Option<String>,
    #[serde(default)]
    contains: String,
}

/// A cell or a served value, written as text or as a bare number, day or yes/no.
#[derive(Debug, Deserialize)]
#[serde(from = "toml::Value")]
struct Cell(String);

impl From<toml::Value> for Cell {
    fn from(value: toml::Value) -> Self {
        Self(match value {
            toml::Value::String(text) => text,
            toml::Value::Float(number) => number.to_string(),
            other => other.to_string(),
        })
    }
}

/// Runs every layer's examples. A layer without a file of examples has none to fail.
pub fn run_examples(atlas: &Atlas) -> Vec<Fault> {
    let mut faults = Vec::new();
    for layer in atlas.layers.values() {
        let Some(path) = examples_path(layer) else {
            continue;
        };
        let shown = path
            .strip_prefix(&atlas.root)
            .unwrap_or(&path)
            .to_path_buf();
        match std::fs::read_to_string(&path) {
            Ok(text) => faults.extend(run_text(layer, &atlas.district.time_zone, &shown, &text)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => {
                let message = say!(Key::LayerExamplesUnreadable, reason = error);
                faults.push(Fault {
                    file: shown,
                    line: None,
                    message,
                });
            }
        }
    }
    faults
}

fn run_text(layer: &Layer, zone: &TimeZone, shown: &Path, text: &str) -> Vec<Fault> {
    let line_of = |at: usize| 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
    let file: ExamplesFile = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => {
            let line = error.span().map(|span| line_of(span.start));
            let message = say!(Key::LayerExamplesInvalid, reason = error.message());
            return vec![Fault {
                file: shown.to_path_buf(),
                line,
                message,
            }];
        }
    };
    let told = |at: usize, message| Fault {
        file: shown.to_path_buf(),
        line: Some(line_of(at)),
        message,
    };
    let accepts = file.accept.iter().filter_map(|example| {
        let found = try_row(
            layer,
            zone,
            &example.get_ref().row,
            example.get_ref().geometry.as_deref(),
        );
        accept_fault(layer, example.get_ref(), found).map(|m| told(example.span().start, m))
    });
    let rejects = file.reject.iter().filter_map(|example| {
        let found = try_row(
            layer,
            zone,
            &example.get_ref().row,
            example.get_ref().geometry.as_deref(),
        );
        reject_fault(example.get_ref(), found).map(|m| told(example.span().start, m))
    });
    accepts.chain(rejects).collect()
}

type Tried = Result<Result<Accepted, Vec<Diagnostic>>, Message>;

fn accept_fault(layer: &Layer, example: &Accept, tried: Tried) -> Option<Message> {
    let accepted = match tried {
        Err(message) => return Some(message),
        Ok(Err(faults)) => {
            return Some(say!(
                Key::LayerExampleRejected,
                reasons = reasons_of(&faults)
            ));
        }
        Ok(Ok(accepted)) => accepted,
    };
    let feature = accepted.feature.get();
    example.want.iter().find_map(|(name, want)| {
        let found = match layer.field(name) {
            None => return Some(say!(Key::LayerExampleFieldUnknown, field = name)),
            Some((index, _)) => feature
                .values
                .get(index)
                .map(crate::model::Value::to_plain_text)
                .unwrap_or_default(),
        };
        (found != want.0).then(|| {
            say!(
                Key::LayerExampleOther,
                field = name,
                want = want.0,
                found = found
            )
        })
    })
}

fn reject_fault(example: &Reject, tried: Tried) -> Option<Message> {
    let faults = match tried {
        Err(message) => return Some(message),
        Ok(Ok(_)) => return Some(say!(Key::LayerExampleAccepted)),
        Ok(Err(faults)) => faults,
    };
    let says = |fault: &Diagnostic, reason: &Reason| {
        let column = reason.field.is_none() || reason.field == fault.column;
        let words = [Lang::Zh, Lang::En].map(|lang| fault.reason.in_lang(lang));
        let mut told = words.iter().chain(&fault.value);
        column && told.any(|words| words.contains(&reason.contains))
    };
    let missing = example
        .reasons
        .iter()
        .find(|reason| !faults.iter().any(|f| says(f, reason)))?;
    let found = reasons_of(&faults);
    Some(say!(
        Key::LayerExampleReasonMissing,
        contains = missing.contains,
        found = found
    ))
}

fn reasons_of(faults: &[Diagnostic]) -> String {
    let told = faults.iter().map(|fault| {
        let column = fault.column.as_deref().unwrap_or("–");
        format!("{column}: {}", fault.reason.in_lang(Lang::Zh))
    });
    told.collect::<Vec<_>>().join("; ")
}

/// One row through the layer, as if its source held nothing else.
fn try_row(
    layer: &Layer,
    zone: &TimeZone,
    row: &BTreeMap<String, Cell>,
    geometry: Option<&str>,
) -> Tried {
    let mut columns: Vec<String> = layer
        .fields
        .iter()
        .map(|field| field.from.clone())
        .collect();
    columns.extend(layer.source.points.iter().map(|(_, key)| key.clone()));
    let place_columns: &[&String] = match &layer.source.table.place {
        Place::Columns { x, y } => &[x, y],
        _ => &[],
    };
    if let Some(unknown) = row
        .keys()
        .find(|name| !columns.contains(name) && !place_columns.contains(name))
    {
        return Err(say!(Key::LayerExampleColumnUnknown, column = unknown));
    }
    let cells = columns
        .iter()
        .map(|name| {
            row.get(name)
                .map(|cell| cell.0.trim().to_owned())
                .filter(|c| !c.is_empty())
        })
        .collect();
    let drawn = geometry.map(wkt::read).transpose()?;
    let place = drawn.or_else(|| point_of(&layer.source.table, row));
    let opened = Opened {
        columns,
        rows: Some(1),
        crs: None,
    };
    let failed = |problem: crate::text::Problem| problem.message().clone();
    let positions = match &layer.source.points {
        Some((file, key)) => Some(position(file, key, row, place.clone()).map_err(failed)?),
        None => None,
    };
    let mut acceptor =
        Acceptor::new(layer, &opened, zone, None, positions.as_ref()).map_err(failed)?;
    Ok(acceptor.accept(&Record {
        row: 1,
        cells,
        geometry: place,
        notes: Vec::new(),
    }))
}

/// The point that a row's own coordinate columns say.
fn point_of(table: &SourceFile, row: &BTreeMap<String, Cell>) -> Option<Geometry> {
    let Place::Columns { x, y } = &table.place else {
        return None;
    };
    let number = |name: &String| row.get(name)?.0.trim().parse::<f64>().ok();
    Some(Geometry::Point(geo_types::Point::new(
        number(x)?,
        number(y)?,
    )))
}

/// A file of positions with the example's own, if it has one.
fn position(
    file: &SourceFile,
    key: &str,
    row: &BTreeMap<String, Cell>,
    place: Option<Geometry>,
) -> Result<Positions, crate::text::Problem> {
    let mut positions = Positions::new(key.to_owned(), file.shown.clone());
    if let (Some(place), Some(crs)) = (place, &file.crs) {
        let record = Record {
            row: 1,
            cells: vec![row.get(key).map(|cell| cell.0.clone())],
            geometry: Some(place),
            notes: Vec::new(),
        };
        // A position that cannot be taken shows as a row that cannot be placed.
        let _ = positions.take(record, 0, &ToLonLat::new(crs)?);
    }
    Ok(positions)
}

/// Where a layer's examples stand: beside its TOML, the one such file of its definition.
pub fn examples_path(layer: &Layer) -> Option<PathBuf> {
    layer
        .definition_files
        .iter()
        .find(|file| file.extension().is_some_and(|ending| ending == "toml"))
        .map(|file| file.with_extension("examples.toml"))
}
