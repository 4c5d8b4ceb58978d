//! The small CSV tables of `layers/codes`: UTF-8, a header, one entry a line; with the marks that
//! Excel leaves on them named as what they are.

use std::path::Path;

use super::fault::Fault;
use super::marked::Lines;
use crate::say;
use crate::text::{Key, Message};

/// A table with the columns asked for, and what is wrong with it so far.
#[derive(Debug)]
pub(super) struct Table {
    /// Its rows.
    pub(super) rows: Vec<Row>,
    /// What is wrong.
    pub(super) faults: Vec<Fault>,
}

/// A row of a table.
#[derive(Debug)]
pub(super) struct Row {
    /// Its line.
    pub(super) line: usize,
    /// Its cells in the order of the columns asked for; a column that may lack is then empty.
    pub(super) cells: Vec<String>,
}

impl Table {
    /// The columns `required` and, where the file has them, `optional`, of a CSV file.
    pub(super) fn parse(shown: &Path, bytes: &[u8], required: &[&str], optional: &[&str]) -> Self {
        let mut table = Self {
            rows: Vec::new(),
            faults: Vec::new(),
        };
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => {
                let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
                let line = Lines::of(&String::from_utf8_lossy(good)).line(error.valid_up_to());
                table.fault(shown, line, say!(Key::LayerCheckListNotUtf8));
                return table;
            }
        };
        table.read(shown, text, required, optional);
        table
    }

    /// Says that something is wrong on a line.
    pub(super) fn fault(&mut self, shown: &Path, line: usize, message: Message) {
        self.faults.push(Fault {
            file: shown.to_owned(),
            line: Some(line),
            message,
        });
    }

    fn read(&mut self, shown: &Path, text: &str, required: &[&str], optional: &[&str]) {
        let lines = Lines::of(text);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut places: Option<Vec<Option<usize>>> = None;
        // What `csv` refuses is not UTF-8 or of unequal width: the first is excluded, the second
        // judged below.
        for record in reader.records().flatten() {
            let line = record
                .position()
                .map_or(1, |at| first_line(&lines, text, at));
            let cells: Vec<&str> = record.iter().map(str::trim).collect();
            if let Some(places) = &places {
                self.row(shown, line, &cells, places);
            } else if let Some(found) = self.header(shown, line, &cells, required, optional) {
                places = Some(found);
            } else {
                return;
            }
        }
        if places.is_none() {
            let known = required.join(",");
            let message = say!(Key::LayerCheckListColumns, found = "", known = known);
            self.fault(shown, 1, message);
        }
    }

    /// Takes in a row, or says what is wrong with it; a row without content is none.
    fn row(&mut self, shown: &Path, line: usize, cells: &[&str], places: &[Option<usize>]) {
        if cells.iter().all(|cell| cell.is_empty()) {
            return;
        }
        let width = places.iter().flatten().max().map_or(0, |last| last + 1);
        if cells.iter().any(|cell| cell.contains(['\n', '\r'])) {
            self.fault(shown, line, say!(Key::LayerCheckListLineBreak));
        } else if cells.iter().skip(width).any(|cell| !cell.is_empty()) {
            let found = cells.len();
            let message = say!(Key::LayerCheckListCells, found = found, want = width);
            self.fault(shown, line, message);
        } else {
            let cell = |place: &Option<usize>| {
                let cell = place.and_then(|place| cells.get(place));
                cell.copied().unwrap_or_default().to_owned()
            };
            let cells = places.iter().map(cell).collect();
            self.rows.push(Row { line, cells });
        }
    }

    /// Where the columns stand; `None` after saying what is wrong.
    fn header(
        &mut self,
        shown: &Path,
        line: usize,
        cells: &[&str],
        required: &[&str],
        optional: &[&str],
    ) -> Option<Vec<Option<usize>>> {
        let known: Vec<&str> = required.iter().chain(optional).copied().collect();
        let used: Vec<&str> = cells
            .iter()
            .copied()
            .filter(|cell| !cell.is_empty())
            .collect();
        let place = |column: &&str| cells.iter().position(|cell| cell == column);
        let whole = required.iter().all(|column| place(column).is_some());
        let strange = used.iter().any(|cell| !known.contains(cell));
        let twice = used
            .iter()
            .enumerate()
            .any(|(nth, cell)| used.iter().skip(nth + 1).any(|c| c == cell));
        if whole && !strange && !twice {
            return Some(known.iter().map(place).collect());
        }
        let found = cells.join(",");
        let message = if found.contains([';', '\t']) {
            say!(Key::LayerCheckListSeparator)
        } else {
            let optional: Vec<String> = optional.iter().map(|name| format!("[,{name}]")).collect();
            let known = format!("{}{}", required.join(","), optional.concat());
            say!(Key::LayerCheckListColumns, found = found, known = known)
        };
        self.fault(shown, line, message);
        None
    }
}

/// The line on which a record begins: the reader places it before the empty lines it skips.
fn first_line(lines: &Lines, text: &str, at: &csv::Position) -> usize {
    let byte = usize::try_from(at.byte()).unwrap_or(usize::MAX);
    let skipped = text.as_bytes().get(byte..).map_or(0, |rest| {
        rest.iter()
            .take_while(|b| matches!(b, b'\n' | b'\r'))
            .count()
    });
    lines.line(byte.saturating_add(skipped))
}

/// Whether Excel has made a date of it: `4-7` becomes `4月7日`, `7-Apr`, `Apr-07` or `2025/4/7`.
pub(super) fn is_excel_date(cell: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let lower = cell.to_ascii_lowercase();
    let named = lower.split('-').any(|part| MONTHS.contains(&part));
    let slashed = lower.split('/').count() == 3
        && lower
            .split('/')
            .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    (cell.contains('月') && cell.ends_with('日')) || named || slashed
}

/// Whether Excel has made a power of ten of it: `110105001` becomes `1.1E+08`.
pub(super) fn is_excel_power(cell: &str) -> bool {
    cell.split_once(['E', 'e']).is_some_and(|(number, power)| {
        number.starts_with(|c: char| c.is_ascii_digit())
            && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && power.starts_with(['+', '-'])
            && power.bytes().skip(1).all(|b| b.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_excel_makes_of_a_range_and_of_a_long_code_is_recognised() {
        for date in ["4月7日", "2025年4月7日", "7-Apr", "Apr-07", "2025/4/7"] {
            assert!(is_excel_date(date), "{date}");
        }
        for other in ["4-7", "4 5 6", "", "月", "a/b"] {
            assert!(!is_excel_date(other), "{other}");
        }
        assert!(is_excel_power("1.1E+08") && is_excel_power("1E-05"));
        assert!(!is_excel_power("E1") && !is_excel_power("1E5") && !is_excel_power("0701"));
    }

    #[test]
    fn a_row_is_found_on_its_line_behind_empty_lines_and_a_byte_order_mark() {
        let text = "\u{feff}code,zh,en\r\n\r\n\r\na,甲,A\r\n,,\r\n\"b\",乙,B,\r\n";
        let table = Table::parse(
            Path::new("x.csv"),
            text.as_bytes(),
            &["code", "zh", "en"],
            &[],
        );
        assert!(table.faults.is_empty(), "{:?}", table.faults);
        let lines: Vec<usize> = table.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [4, 6]);
    }
}
