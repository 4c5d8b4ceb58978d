//! The cells of `layers/limits/*.csv`: numbers, units, substances and sources, each with its fault.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{Cited, UNITS, power_of_mg_per_kg};
use crate::layer::codes::OWN_DERIVATION;
use crate::layer::fault::Fault;
use crate::layer::table::Table;
use crate::say;
use crate::text::near::listed;
use crate::text::{Bilingual, Key, Message};

/// A table while it is read: its rows by the names of their columns, and what is wrong with it.
#[derive(Debug)]
pub(super) struct Sheet {
    shown: PathBuf,
    columns: Vec<&'static str>,
    /// What is wrong.
    pub(super) faults: Vec<Fault>,
    seen: BTreeMap<Vec<String>, usize>,
}

/// A row of a sheet.
#[derive(Debug)]
pub(super) struct Line {
    /// Its line in the file.
    pub(super) number: usize,
    cells: Vec<String>,
}

impl Sheet {
    /// The rows of a file, and the sheet that judges their cells. `may_lack` are columns whose cells
    /// may be empty; an empty cell of any other is a fault.
    pub(super) fn open(
        (shown, bytes): (&Path, &[u8]),
        columns: &[&'static str],
        may_lack: &[&str],
    ) -> (Self, Vec<Line>) {
        let mut table = Table::parse(shown, bytes, columns, &[]);
        let mut lines = Vec::new();
        for row in std::mem::take(&mut table.rows) {
            let mut lacking = columns
                .iter()
                .zip(&row.cells)
                .filter(|(column, cell)| cell.is_empty() && !may_lack.contains(column))
                .map(|(column, _)| *column)
                .peekable();
            if lacking.peek().is_none() {
                lines.push(Line {
                    number: row.line,
                    cells: row.cells,
                });
                continue;
            }
            for column in lacking {
                table.fault(
                    shown,
                    row.line,
                    say!(Key::LayerCheckListEmpty, column = column),
                );
            }
        }
        let sheet = Self {
            shown: shown.to_owned(),
            columns: columns.to_vec(),
            faults: table.faults,
            seen: BTreeMap::new(),
        };
        (sheet, lines)
    }

    /// Says that something is wrong on a line.
    pub(super) fn fault(&mut self, line: usize, message: Message) {
        self.faults.push(Fault {
            file: self.shown.clone(),
            line: Some(line),
            message,
        });
    }

    /// A cell.
    pub(super) fn text<'a>(&self, line: &'a Line, column: &str) -> &'a str {
        let place = self.columns.iter().position(|name| *name == column);
        place
            .and_then(|place| line.cells.get(place))
            .map_or("", String::as_str)
    }

    /// A cell in both languages: the columns `zh` and `en`.
    pub(super) fn words(&self, line: &Line) -> Bilingual {
        Bilingual {
            zh: self.text(line, "zh").to_owned(),
            en: self.text(line, "en").to_owned(),
        }
    }

    /// Whether no earlier row has these cells too; else a fault that names its line.
    pub(super) fn is_new(&mut self, line: &Line, columns: &[&str]) -> bool {
        let key: Vec<String> = columns
            .iter()
            .map(|column| self.text(line, column).to_owned())
            .collect();
        if let Some(earlier) = self.seen.get(&key) {
            let message = say!(
                Key::LayerCheckListTwice,
                value = key.join(" "),
                line = earlier
            );
            self.fault(line.number, message);
            return false;
        }
        self.seen.insert(key, line.number);
        true
    }

    /// A number; an empty cell is none.
    pub(super) fn number(&mut self, line: &Line, column: &str) -> Option<f64> {
        let cell = self.text(line, column).to_owned();
        if cell.is_empty() {
            return None;
        }
        let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-');
        let number = cell.parse().ok().filter(|_| cell.chars().all(plain));
        if number.is_none() {
            let message = say!(Key::LayerCheckLimitNumber, column = column, value = cell);
            self.fault(line.number, message);
        }
        number
    }

    /// A number above zero; an empty cell is none.
    pub(super) fn positive(&mut self, line: &Line, column: &str) -> Option<f64> {
        let number = self.number(line, column)?;
        if number <= 0.0 {
            let message = say!(
                Key::LayerCheckLimitPositive,
                column = column,
                value = number
            );
            self.fault(line.number, message);
            return None;
        }
        Some(number)
    }

    /// A unit of content.
    pub(super) fn unit(&mut self, line: &Line) -> Option<String> {
        let cell = self.text(line, "unit").to_owned();
        if power_of_mg_per_kg(&cell).is_none() {
            let known: Vec<&str> = UNITS.iter().map(|(name, _)| *name).collect();
            let known = listed(&known);
            let message = say!(Key::LayerCheckLimitUnit, value = cell, known = known);
            self.fault(line.number, message);
            return None;
        }
        Some(cell)
    }

    /// A substance that the list of them has.
    pub(super) fn substance<T>(
        &mut self,
        line: &Line,
        known: &BTreeMap<String, T>,
    ) -> Option<String> {
        let cell = self.text(line, "substance").to_owned();
        if !known.contains_key(&cell) {
            self.fault(
                line.number,
                say!(Key::LayerCheckLimitSubstance, value = cell),
            );
            return None;
        }
        Some(cell)
    }

    /// A word of a closed list.
    pub(super) fn word<T: Copy>(
        &mut self,
        line: &Line,
        column: &str,
        word: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let found = words.iter().find(|(known, _)| *known == word);
        if found.is_none() {
            let known: Vec<&str> = words.iter().map(|(known, _)| *known).collect();
            let message = say!(
                Key::LayerCheckUnknownWord,
                value = word,
                key = column,
                known = listed(&known)
            );
            self.fault(line.number, message);
        }
        found.map(|(_, meaning)| *meaning)
    }

    /// What a row rests on: where it was met and in how many places. None, if and only if it is an own
    /// derivation.
    pub(super) fn cited(&mut self, line: &Line, source: &str, verified: &str) -> Option<Cited<()>> {
        let (words, count) = (self.text(line, source), self.text(line, verified));
        let (words, count) = (words.to_owned(), count.to_owned());
        let places = count.parse::<u8>().ok();
        let places = places.filter(|places| (*places == 0) == (words == OWN_DERIVATION));
        if words.is_empty() || places.is_none() {
            let message = say!(
                Key::LayerCheckLimitVerified,
                value = count,
                own = OWN_DERIVATION
            );
            self.fault(line.number, message);
        }
        Some(Cited {
            value: (),
            source: words,
            verified: places?,
        })
    }

    /// A closed list of words in one cell, separated by spaces, none twice.
    pub(super) fn several<T: Copy + Ord>(
        &mut self,
        line: &Line,
        column: &str,
        words: &[(&str, T)],
    ) -> Vec<T> {
        let cell = self.text(line, column).to_owned();
        let found: BTreeSet<T> = cell
            .split_whitespace()
            .filter_map(|word| self.word(line, column, word, words))
            .collect();
        found.into_iter().collect()
    }
}
