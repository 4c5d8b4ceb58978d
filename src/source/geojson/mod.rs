//! GeoJSON, as one collection or as a sequence of features. Read here and not by GDAL, which makes
//! a null of a geometry type it does not know, a date of a text and a double of a long integer.
//!
//! The file is read twice: columns, their number of rows and the reference system may stand at its
//! end, and a collection of any size must not be held.

mod feature;
mod stream;

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader};
use std::ops::ControlFlow;

use encoding_rs::UTF_8;
use serde_json::value::RawValue;

use self::feature::{Feature, Properties};
use self::stream::Kind;
use crate::say;
use crate::source::place::Found;
use crate::source::{
    Diagnostic, FileCrs, Opened, Reading, Record, Request, Sink, crs, encoding, files,
};
use crate::text::{Key, Problem};

/// The name of the column that holds the features' own `id`, where they have one and no property of
/// that name.
const ID: &str = "id";

/// Reads a file that holds one GeoJSON object.
pub(super) fn read(request: &Request<'_>, sink: &mut dyn Sink) -> Result<(), Problem> {
    let path = request.path;
    let bad = |error: serde_json::Error| {
        let detail = error.to_string();
        if error.is_io() {
            return files::unreadable(path, error.into());
        }
        Problem::because(
            say!(
                Key::SourceGeojsonBad,
                path = path.display(),
                detail = detail
            ),
            error,
        )
    };
    let mut survey = Survey::default();
    let root = stream::features(open(request)?, &mut |feature| {
        survey.look_at(feature);
        ControlFlow::Continue(())
    })
    .map_err(bad)?;

    let single = match root.kind() {
        Kind::Collection => None,
        Kind::Single => {
            let whole: Box<RawValue> = serde_json::from_reader(open(request)?).map_err(bad)?;
            survey.look_at(&whole);
            Some(whole)
        }
        Kind::Other(found) => {
            return Err(say!(
                Key::SourceGeojsonOther,
                path = path.display(),
                found = found
            )
            .into());
        }
    };
    let claimed = crs::of_geojson(root.crs.as_ref())?;
    let rows = survey.open(request, claimed, sink)?;
    let mut row = 0;
    let mut each = |feature: &RawValue| {
        row += 1;
        sink.row(rows.reading(row, feature.get()))
    };
    match single {
        Some(whole) => {
            let _ = each(&whole);
        }
        None => {
            stream::features(open(request)?, &mut each).map_err(bad)?;
        }
    }
    Ok(())
}

/// Reads a file with a feature a line, or features set apart by record separators (RFC 8142). A row
/// is counted by its line, or by its place among the separators.
pub(super) fn read_sequence(request: &Request<'_>, sink: &mut dyn Sink) -> Result<(), Problem> {
    let mut survey = Survey::default();
    texts(request, &mut |_, text| {
        match serde_json::from_slice(text) {
            Ok(feature) => survey.look_at(feature),
            Err(_) => survey.rows += 1,
        }
        ControlFlow::Continue(())
    })?;
    if survey.rows == 0 {
        return Err(say!(Key::SourceEmpty, path = request.path.display()).into());
    }
    if survey.features == 0 {
        return Err(say!(Key::SourceGeojsonNoFeature, path = request.path.display()).into());
    }
    let rows = survey.open(request, crs::of_geojson(None)?, sink)?;
    texts(request, &mut |line, text| {
        sink.row(match str::from_utf8(text) {
            Ok(text) => rows.reading(line, text),
            Err(_) => Reading::Rejected(vec![Diagnostic {
                row: line,
                column: None,
                value: Some(encoding::shown(text, UTF_8)),
                reason: say!(Key::SourceUndecodable, encoding = UTF_8.name()),
            }]),
        })
    })
}

/// The file, behind its byte order mark if it has one.
fn open(request: &Request<'_>) -> Result<Box<dyn BufRead>, Problem> {
    let failed = |error| files::unreadable(request.path, error);
    let mut input = files::text(request.path)?;
    let start = input.fill_buf().map_err(failed)?;
    if start.is_empty() {
        return Err(say!(Key::SourceEmpty, path = request.path.display()).into());
    }
    if start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF") {
        return Err(say!(Key::SourceUtf16, path = request.path.display()).into());
    }
    if start.starts_with(b"\xEF\xBB\xBF") {
        input.consume(3);
    }
    Ok(input)
}

/// Each text of a sequence that is not blank, with its number.
fn texts(
    request: &Request<'_>,
    each: &mut dyn FnMut(u64, &[u8]) -> ControlFlow<()>,
) -> Result<(), Problem> {
    const RECORD_SEPARATOR: u8 = 0x1E;
    let mut input = BufReader::new(open(request)?);
    let mut run = || -> io::Result<()> {
        let separated = input.fill_buf()?.first() == Some(&RECORD_SEPARATOR);
        let end = if separated { RECORD_SEPARATOR } else { b'\n' };
        let mut text = Vec::new();
        let mut number = 0;
        while input.read_until(end, &mut text)? > 0 {
            let json = text.strip_suffix(&[end]).unwrap_or(&text).trim_ascii();
            number += u64::from(!separated || !json.is_empty());
            if !json.is_empty() && each(number, json) == ControlFlow::Break(()) {
                break;
            }
            text.clear();
        }
        Ok(())
    };
    run().map_err(|error| files::unreadable(request.path, error))
}

/// What the first look at a file finds.
#[derive(Debug, Default)]
struct Survey {
    /// The names of the properties, in the order in which they first occur, with their place.
    columns: Vec<String>,
    index: BTreeMap<String, usize>,
    /// Whether a feature has an `id` of its own.
    has_id: bool,
    rows: u64,
    /// How many of the rows are features at all.
    features: u64,
}

impl Survey {
    fn look_at(&mut self, feature: &RawValue) {
        self.rows += 1;
        let Ok(feature) = Feature::parse(feature.get()) else {
            return;
        };
        self.features += 1;
        self.has_id |= feature.id.is_some();
        let Some(properties) = feature.properties else {
            return;
        };
        let Ok(Properties(properties)) = serde_json::from_str(properties.get()) else {
            return;
        };
        for (name, _) in properties {
            if !self.index.contains_key(&*name) {
                self.index
                    .insert(name.clone().into_owned(), self.columns.len());
                self.columns.push(name.into_owned());
            }
        }
    }

    /// Tells the sink what the file says about itself.
    fn open(
        mut self,
        request: &Request<'_>,
        crs: Option<FileCrs>,
        sink: &mut dyn Sink,
    ) -> Result<Rows, Problem> {
        let id_column = (self.has_id && !self.index.contains_key(ID)).then(|| {
            self.columns.push(ID.to_owned());
            self.columns.len() - 1
        });
        let found = Found::among(request.place, &self.columns)?;
        sink.opened(&Opened {
            columns: self.columns.clone(),
            rows: Some(self.rows),
            crs,
        })?;
        Ok(Rows {
            columns: self.columns,
            index: self.index,
            id_column,
            found,
        })
    }
}

/// Makes readings of features.
#[derive(Debug)]
struct Rows {
    columns: Vec<String>,
    index: BTreeMap<String, usize>,
    id_column: Option<usize>,
    found: Found,
}

impl Rows {
    /// A feature as a record, or every reason why it is none.
    fn reading(&self, row: u64, text: &str) -> Reading {
        match self.record(row, text) {
            Ok(record) => Reading::Record(record),
            Err(faults) => Reading::Rejected(faults),
        }
    }

    fn record(&self, row: u64, text: &str) -> Result<Record, Vec<Diagnostic>> {
        let whole = |reason| {
            vec![Diagnostic {
                row,
                column: None,
                value: None,
                reason,
            }]
        };
        let json = |error: serde_json::Error| whole(say!(Key::SourceFeatureBad, detail = error));
        let feature = Feature::parse(text).map_err(whole)?;
        let mut cells = vec![None; self.columns.len()];
        let mut faults = Vec::new();
        let mut put = |i: usize, value: &RawValue| {
            let column = || self.columns.get(i).cloned();
            let fault = |reason| Diagnostic {
                row,
                column: column(),
                value: Some(value.get().to_owned()),
                reason,
            };
            match (feature::cell(value), cells.get_mut(i)) {
                (Err(reason), _) => faults.push(fault(reason)),
                (Ok(_), Some(Some(_))) => faults.push(fault(say!(Key::SourcePropertyTwice))),
                (Ok(text), Some(cell)) => *cell = text,
                (Ok(_), None) => {}
            }
        };
        if let Some(properties) = feature.properties {
            let Properties(properties) = serde_json::from_str(properties.get()).map_err(json)?;
            for (name, value) in properties {
                if let Some(&i) = self.index.get(&*name) {
                    put(i, value);
                }
            }
        }
        if let (Some(i), Some(id)) = (self.id_column, feature.id) {
            put(i, id);
        }
        let mut notes = Vec::new();
        let own = || {
            let geometry = feature.geometry.map(RawValue::get);
            geometry.map_or(Ok(None), |text| feature::geometry(text, &mut notes))
        };
        let geometry = self
            .found
            .read_or(own, row, &self.columns, &cells, &mut faults);
        if faults.is_empty() {
            Ok(Record {
                row,
                cells,
                geometry,
                notes,
            })
        } else {
            Err(faults)
        }
    }
}
