//! Workbooks of Excel's: one sheet is a table whose first row that is not empty names its columns.

use std::fs::File;
use std::io::BufReader;
use std::ops::ControlFlow;

use calamine::{
    Data, Dimensions, ExcelDateTime, Range, Reader, SheetType, SheetVisible, Xls, Xlsx,
    open_workbook,
};

use super::place::{Found, listed};
use super::{Diagnostic, Opened, Reading, Record, Request, Sink, columns, files};
use crate::say;
use crate::text::{Key, Message, Problem};

type Input = BufReader<File>;

/// Serial days of which Excel makes a date.
const DATES: std::ops::Range<f64> = 0.0..2_958_466.0;

/// Reads a sheet of a workbook.
pub(super) fn read(request: &Request<'_>, sink: &mut dyn Sink) -> Result<(), Problem> {
    let sheet = if files::extension(request.path) == "xls" {
        let mut book: Xls<Input> = open_workbook(request.path).map_err(|e| bad(request, e))?;
        let mut sheet = Sheet::choose(request, &mut book)?;
        sheet.merged = book
            .merge_cells_by_sheet_name(&sheet.name)
            .map_err(|e| bad(request, e))?;
        sheet
    } else {
        let mut book: Xlsx<Input> = open_workbook(request.path).map_err(|e| bad(request, e))?;
        let mut sheet = Sheet::choose(request, &mut book)?;
        sheet.merged = book
            .merge_cells_by_sheet_name(&sheet.name)
            .map_err(|e| bad(request, e))?;
        sheet
    };
    sheet.give(request, sink)
}

fn bad(request: &Request<'_>, error: impl std::error::Error + Send + Sync + 'static) -> Problem {
    let detail = error.to_string();
    let path = request.path.display();
    let message = say!(
        Key::SourceNotOpened,
        path = path,
        driver = "Excel",
        detail = detail
    );
    Problem::because(message, error)
}

/// A sheet, as it stands in its file.
struct Sheet {
    name: String,
    cells: Range<Data>,
    formulas: Range<String>,
    merged: Vec<Dimensions>,
}

impl Sheet {
    /// The sheet that is asked for, or the only visible one with anything in it.
    fn choose<B>(request: &Request<'_>, book: &mut B) -> Result<Self, Problem>
    where
        B: Reader<Input>,
        B::Error: std::error::Error + Send + Sync + 'static,
    {
        let path = request.path.display();
        let failed = |error| bad(request, error);
        let all: Vec<_> = book.sheets_metadata().to_vec();
        let names: Vec<String> = all.iter().map(|sheet| sheet.name.clone()).collect();
        if let Some(asked) = request.layer {
            if !names.iter().any(|name| name == asked) {
                let layers = listed(&names);
                return Err(say!(
                    Key::SourceLayerMissing,
                    path = path,
                    layer = asked,
                    layers = layers
                )
                .into());
            }
            let cells = book.worksheet_range(asked).map_err(failed)?;
            return Self::new(asked.to_owned(), cells, book).map_err(failed);
        }
        let mut filled = Vec::new();
        for sheet in all {
            if sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible {
                let cells = book.worksheet_range(&sheet.name).map_err(failed)?;
                if cells.used_cells().next().is_some() {
                    filled.push((sheet.name, cells));
                }
            }
        }
        let names: Vec<String> = filled.iter().map(|(name, _)| name.clone()).collect();
        match (filled.pop(), filled.is_empty()) {
            (Some((name, cells)), true) => Self::new(name, cells, book).map_err(failed),
            (None, _) => Err(say!(Key::SourceEmpty, path = path).into()),
            (Some(_), false) => Err(say!(
                Key::SourceSheetUnnamed,
                path = path,
                sheets = listed(&names)
            )
            .into()),
        }
    }

    fn new<B: Reader<Input>>(
        name: String,
        cells: Range<Data>,
        book: &mut B,
    ) -> Result<Self, B::Error> {
        let formulas = book.worksheet_formula(&name)?;
        Ok(Self {
            name,
            cells,
            formulas,
            merged: Vec::new(),
        })
    }

    /// Gives the rows below the header.
    fn give(&self, request: &Request<'_>, sink: &mut dyn Sink) -> Result<(), Problem> {
        let empty = || say!(Key::SourceEmpty, path = request.path.display());
        let (first_row, first_column) = self.cells.start().ok_or_else(empty)?;
        let mut rows = (first_row..).zip(self.cells.rows());
        let (header_row, header) = rows
            .find(|(_, row)| !row.iter().all(is_blank))
            .ok_or_else(empty)?;
        let width = self.width();
        let mut names = Vec::with_capacity(width);
        for (column, cell) in (first_column..).zip(header).take(width) {
            let name = self
                .text((header_row, column), cell)
                .map_err(|fault| fault.1)?;
            names.push(name.unwrap_or_default());
        }
        columns::check(request.path, number(header_row), &names)?;
        let found = Found::in_table(request.place, &names)?;
        sink.opened(&Opened {
            columns: names.clone(),
            rows: None,
            crs: None,
        })?;
        for (row, cells) in rows {
            if self.is_empty_row(row, first_column, cells) {
                continue;
            }
            let reading = self.record(row, first_column, cells, &names, found);
            if sink.row(reading) == ControlFlow::Break(()) {
                break;
            }
        }
        Ok(())
    }

    /// How many columns there are, less those at the end with nothing in them.
    fn width(&self) -> usize {
        let filled = |row: &[Data]| row.iter().rposition(|cell| !is_blank(cell));
        self.cells
            .rows()
            .filter_map(filled)
            .max()
            .map_or(0, |last| last + 1)
    }

    /// Whether nothing stands in a row, not even a formula.
    fn is_empty_row(&self, row: u32, first_column: u32, cells: &[Data]) -> bool {
        (first_column..)
            .zip(cells)
            .all(|(column, cell)| is_blank(cell) && self.formula((row, column)).is_none())
    }

    fn record(
        &self,
        row: u32,
        first_column: u32,
        cells: &[Data],
        names: &[String],
        found: Found,
    ) -> Reading {
        let at = number(row);
        let mut values = Vec::with_capacity(names.len());
        let mut faults = Vec::new();
        for ((column, cell), name) in (first_column..).zip(cells).zip(names) {
            match self.text((row, column), cell) {
                Ok(value) => values.push(value),
                Err((value, reason)) => {
                    values.push(None);
                    let column = Some(name.clone());
                    faults.push(Diagnostic {
                        row: at,
                        column,
                        value,
                        reason,
                    });
                }
            }
        }
        if faults.is_empty() {
            match found.read(at, names, &values) {
                Ok(geometry) => {
                    return Reading::Record(Record {
                        row: at,
                        cells: values,
                        geometry,
                        notes: Vec::new(),
                    });
                }
                Err(reasons) => faults = reasons,
            }
        }
        Reading::Rejected(faults)
    }

    /// The text of a cell, or what stands in it and why it cannot be read.
    fn text(
        &self,
        at: (u32, u32),
        cell: &Data,
    ) -> Result<Option<String>, (Option<String>, Message)> {
        let text = match cell {
            Data::Empty => {
                if let Some(formula) = self.formula(at) {
                    let reason = say!(Key::SourceFormulaEmpty);
                    return Err((Some(format!("={formula}")), reason));
                }
                if let Some(merged) = self.hidden_by(at) {
                    let reason = say!(
                        Key::SourceMerged,
                        first = name_of(merged.start),
                        last = name_of(merged.end),
                    );
                    return Err((None, reason));
                }
                return Ok(None);
            }
            Data::Error(error) => {
                return Err((Some(error.to_string()), say!(Key::SourceCellError)));
            }
            Data::Int(number) => number.to_string(),
            Data::Float(number) => number.to_string(),
            Data::Bool(value) => value.to_string(),
            Data::DateTime(moment) => iso_8601(moment)
                .ok_or_else(|| (Some(moment.as_f64().to_string()), say!(Key::SourceDateOut)))?,
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
                if text.contains(char::REPLACEMENT_CHARACTER) {
                    let reason = say!(Key::SourceReplacementCharacter);
                    return Err((Some(text.clone()), reason));
                }
                text.clone()
            }
        };
        Ok(columns::cell(&text))
    }

    fn formula(&self, at: (u32, u32)) -> Option<&str> {
        self.formulas
            .get_value(at)
            .map(String::as_str)
            .filter(|formula| !formula.is_empty())
    }

    /// The merged area whose first cell holds what this one seems to show.
    fn hidden_by(&self, (row, column): (u32, u32)) -> Option<&Dimensions> {
        self.merged.iter().find(|area| {
            area.contains(row, column)
                && area.start != (row, column)
                && self
                    .cells
                    .get_value(area.start)
                    .is_some_and(|cell| !is_blank(cell))
        })
    }
}

/// The number of a row, as Excel shows it.
fn number(row: u32) -> u64 {
    u64::from(row) + 1
}

/// The name of a cell, as Excel shows it.
fn name_of((row, column): (u32, u32)) -> String {
    format!(
        "{}{}",
        columns::letters(usize::try_from(column).unwrap_or_default()),
        number(row)
    )
}

fn is_blank(cell: &Data) -> bool {
    match cell {
        Data::Empty => true,
        Data::String(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// A date, a time of day, both, or a length of time in hours; `None` for what Excel itself shows as
/// `#####`.
fn iso_8601(moment: &ExcelDateTime) -> Option<String> {
    let serial = moment.as_f64();
    if !DATES.contains(&serial) {
        return None;
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    let fraction = if milli == 0 {
        String::new()
    } else {
        format!(".{milli:03}")
    };
    let clock = format!("{minute:02}:{second:02}{fraction}");
    Some(if moment.is_duration() {
        // The whole days count as hours.
        let hours = serial.trunc() * 24.0 + f64::from(hour);
        format!("{hours:02}:{clock}")
    } else if serial < 1.0 {
        format!("{hour:02}:{clock}")
    } else if (hour, minute, second, milli) == (0, 0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{clock}")
    })
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    use super::*;

    #[test]
    fn moments_are_written_as_iso_8601() {
        for (serial, kind, iso) in [
            (45_838.0, DateTime, Some("2025-06-30")),
            (
                45_838.354_166_666_664,
                DateTime,
                Some("2025-06-30T08:30:00"),
            ),
            (0.5, DateTime, Some("12:00:00")),
            (1.5, TimeDelta, Some("36:00:00")),
            (-1.0, DateTime, None),
        ] {
            let moment = ExcelDateTime::new(serial, kind, false);
            assert_eq!(iso_8601(&moment).as_deref(), iso, "{serial}");
        }
    }
}
