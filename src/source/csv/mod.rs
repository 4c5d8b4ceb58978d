//! Delimited text: strict where other readers are kind, for a kind reader loses rows. A line is a
//! row or a reason; an unclosed quote costs the row it stands in and no other.

mod split;

use std::io::{self, BufRead};
use std::ops::ControlFlow;
use std::path::Path;

use encoding_rs::{Encoding, UTF_8};

use self::split::{Flaw, Split, Splitter};
use crate::say;
use crate::source::place::Found;
use crate::source::{Diagnostic, Opened, Reading, Record, Request, Sink, columns, encoding, files};
use crate::text::{Key, Problem};

/// Reads a file of delimited text.
pub(super) fn read(request: &Request<'_>, sink: &mut dyn Sink) -> Result<(), Problem> {
    let encoding = request.encoding.map_or(Ok(UTF_8), encoding::by_label)?;
    let mut input = files::text(request.path)?;
    check_beginning(request.path, &mut *input, encoding)?;
    let mut splitter = Splitter::new(input, b',');
    let failed = |error: io::Error| files::unreadable(request.path, error);
    splitter.choose_delimiter().map_err(failed)?;

    let header = match splitter.next().map_err(failed)? {
        Some(Split::Row(line)) => header(request.path, line, &splitter, encoding)?,
        Some(Split::Flawed { line, flaw }) => return Err(flaw.message(line).into()),
        None => return Err(say!(Key::SourceEmpty, path = request.path.display()).into()),
    };
    let found = Found::in_table(request.place, &header)?;
    sink.opened(&Opened {
        columns: header.clone(),
        rows: None,
        crs: None,
    })?;

    while let Some(split) = splitter.next().map_err(failed)? {
        let reading = match split {
            Split::Row(row) => record(row, &splitter, &header, found, encoding),
            Split::Flawed { line, flaw } => Reading::Rejected(vec![Diagnostic {
                row: line,
                column: None,
                value: Some(encoding::shown(splitter.flawed(), encoding)),
                reason: flaw.message(line),
            }]),
        };
        if sink.row(reading) == ControlFlow::Break(()) {
            break;
        }
    }
    Ok(())
}

/// Refuses what is no text in the encoding asked for, and steps over a UTF-8 byte order mark.
fn check_beginning(
    path: &Path,
    input: &mut dyn BufRead,
    encoding: &'static Encoding,
) -> Result<(), Problem> {
    let start = input
        .fill_buf()
        .map_err(|error| files::unreadable(path, error))?;
    if start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF") {
        return Err(say!(Key::SourceUtf16, path = path.display()).into());
    }
    if start.starts_with(b"PK\x03\x04")
        || start.starts_with(b"\xD0\xCF\x11\xE0")
        || start.contains(&0)
    {
        return Err(say!(Key::SourceNotText, path = path.display()).into());
    }
    if start.starts_with(b"\xEF\xBB\xBF") {
        if encoding != UTF_8 {
            let declared = encoding.name();
            return Err(say!(
                Key::SourceBomContradicts,
                path = path.display(),
                encoding = declared
            )
            .into());
        }
        input.consume(3);
    }
    Ok(())
}

/// The names in the header line: every column has one, and no two share one.
fn header<R: BufRead>(
    path: &Path,
    line: u64,
    splitter: &Splitter<R>,
    encoding: &'static Encoding,
) -> Result<Vec<String>, Problem> {
    let names = splitter
        .cells()
        .map(|cell| {
            let name = encoding::decode(cell, encoding).ok_or_else(|| {
                say!(
                    Key::SourceHeaderUndecodable,
                    path = path.display(),
                    value = encoding::shown(cell, encoding),
                    encoding = encoding.name(),
                )
            })?;
            Ok(name.trim().to_owned())
        })
        .collect::<Result<Vec<_>, Problem>>()?;
    columns::check(path, line, &names)?;
    Ok(names)
}

/// A row of text as a record, or every reason why it is none.
fn record<R: BufRead>(
    row: u64,
    splitter: &Splitter<R>,
    header: &[String],
    found: Found,
    encoding: &'static Encoding,
) -> Reading {
    let count = splitter.cells().len();
    if count != header.len() {
        let (expected, line) = (header.len(), splitter.last_line());
        return Reading::Rejected(vec![Diagnostic {
            row,
            column: None,
            value: None,
            reason: if line > row {
                say!(
                    Key::SourceRaggedLines,
                    count = count,
                    expected = expected,
                    line = line
                )
            } else {
                say!(Key::SourceRagged, count = count, expected = expected)
            },
        }]);
    }
    let mut cells = Vec::with_capacity(count);
    let mut faults = Vec::new();
    for (column, bytes) in header.iter().zip(splitter.cells()) {
        let fault = |reason| Diagnostic {
            row,
            column: Some(column.clone()),
            value: Some(encoding::shown(bytes, encoding)),
            reason,
        };
        match encoding::decode(bytes, encoding) {
            Some(text) if text.contains('\0') => faults.push(fault(say!(Key::SourceNul))),
            Some(text) => cells.push(columns::cell(&text)),
            None => faults.push(fault(say!(
                Key::SourceUndecodable,
                encoding = encoding.name()
            ))),
        }
    }
    if !faults.is_empty() {
        return Reading::Rejected(faults);
    }
    match found.read(row, header, &cells) {
        Ok(geometry) => Reading::Record(Record {
            row,
            cells,
            geometry,
            notes: Vec::new(),
        }),
        Err(faults) => Reading::Rejected(faults),
    }
}

impl Flaw {
    /// What is wrong with the row that begins on a line.
    fn message(self, line: u64) -> crate::text::Message {
        match self {
            Self::Unclosed { opened } => {
                say!(Key::SourceQuoteUnclosed, line = line, opened = opened)
            }
            Self::AfterQuote { at } => say!(Key::SourceQuoteFollowed, line = line, at = at),
        }
    }
}
