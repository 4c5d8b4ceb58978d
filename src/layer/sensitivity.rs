//! Which taxa are shown how coarsely: `layers/codes/<name>.csv` with the columns
//! `taxon,life_stage,months,grid`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::fault::Fault;
use super::table::{Table, is_excel_date};
use crate::say;
use crate::text::Key;

/// The cells that positions may be shown by, degrees.
pub(super) const GRIDS: [f64; 4] = [0.001, 0.01, 0.1, 1.0];

/// How coarsely a record is shown. Ordered from the finest to withheld, so that the greatest is the
/// strictest.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub enum Grid {
    /// As the centre of a cell of this many degrees.
    Degrees(f64),
    /// Not at all.
    Withheld,
}

impl Grid {
    /// Whether it is coarser than the finest there is: what is shown so is sensitive.
    pub fn is_coarse(self) -> bool {
        let [finest, ..] = GRIDS;
        self > Self::Degrees(finest)
    }
}

/// One row of the list.
#[derive(Debug, Clone, PartialEq)]
pub struct SensitivityRow {
    /// For records of this life stage only; `None`: any.
    pub life_stage: Option<String>,
    /// For these months (1–12) only; empty: all year.
    pub months: Vec<i8>,
    /// How coarsely.
    pub grid: Grid,
}

/// Every taxon of a list with its rows.
#[derive(Debug, Clone, PartialEq)]
pub struct TaxonList {
    /// Its file.
    pub path: PathBuf,
    /// Scientific name → rows.
    pub taxa: BTreeMap<String, Vec<SensitivityRow>>,
    /// The strictest grid of the whole list: what an unlisted taxon gets.
    pub strictest: Grid,
}

impl TaxonList {
    /// The grid of a record. What is not known is taken as the strictest: an unlisted or missing
    /// taxon gets the list's strictest row, a missing stage or month the strictest of its taxon.
    pub fn grid(&self, taxon: Option<&str>, life_stage: Option<&str>, month: Option<i8>) -> Grid {
        let Some(rows) = taxon.and_then(|name| self.taxa.get(name)) else {
            return self.strictest;
        };
        rows.iter()
            .filter(|row| match (&row.life_stage, life_stage) {
                (Some(of_row), Some(stage)) => of_row == stage,
                _ => true,
            })
            .filter(|row| match month {
                Some(month) => row.months.is_empty() || row.months.contains(&month),
                None => true,
            })
            .map(|row| row.grid)
            .reduce(|a, b| if b > a { b } else { a })
            .unwrap_or(self.strictest)
    }
}

/// A sensitivity list's file: the list, or everything that is wrong with it.
pub(super) fn parse(path: &Path, shown: &Path, bytes: &[u8]) -> Result<TaxonList, Vec<Fault>> {
    let columns = ["taxon", "life_stage", "months", "grid"];
    let mut table = Table::parse(shown, bytes, &columns, &[]);
    let mut taxa: BTreeMap<String, Vec<SensitivityRow>> = BTreeMap::new();
    let mut lines: BTreeMap<(String, String, Vec<i8>), usize> = BTreeMap::new();
    for row in std::mem::take(&mut table.rows) {
        let line = row.line;
        let [taxon, stage, months_cell, grid_cell] = row.cells.as_slice() else {
            continue;
        };
        if taxon.is_empty() {
            table.fault(
                shown,
                line,
                say!(Key::LayerCheckListEmpty, column = "taxon"),
            );
        }
        let months = months(months_cell);
        if months.is_none() {
            let sentence = if is_excel_date(months_cell) {
                Key::LayerCheckMonthsExcel
            } else {
                Key::LayerCheckMonths
            };
            table.fault(shown, line, say!(sentence, value = months_cell));
        }
        let grid = grid(grid_cell);
        if grid.is_none() {
            table.fault(
                shown,
                line,
                say!(Key::LayerCheckListGrid, value = grid_cell),
            );
        }
        let (Some(months), Some(grid)) = (months, grid) else {
            continue;
        };
        let earlier = lines.insert((taxon.clone(), stage.clone(), months.clone()), line);
        if let Some(earlier) = earlier.filter(|_| !taxon.is_empty()) {
            let message = say!(Key::LayerCheckListTwice, value = taxon, line = earlier);
            table.fault(shown, line, message);
        }
        let life_stage = (!stage.is_empty()).then(|| stage.clone());
        taxa.entry(taxon.clone()).or_default().push(SensitivityRow {
            life_stage,
            months,
            grid,
        });
    }
    let strictest = taxa
        .values()
        .flatten()
        .map(|row| row.grid)
        .reduce(|a, b| if b > a { b } else { a });
    match strictest {
        Some(strictest) if table.faults.is_empty() => Ok(TaxonList {
            path: path.to_owned(),
            taxa,
            strictest,
        }),
        Some(_) => Err(table.faults),
        None => {
            if table.faults.is_empty() {
                table.fault(shown, 1, say!(Key::LayerCheckListNothing));
            }
            Err(table.faults)
        }
    }
}

/// `4-7`, `4 5 6`, `11-2` (over the new year) or nothing, which is all year; sorted.
fn months(cell: &str) -> Option<Vec<i8>> {
    let mut found = Vec::new();
    let separators = [' ', ',', '、', '，', '\u{3000}'];
    for part in cell.split(separators).filter(|part| !part.is_empty()) {
        let (first, last) = part
            .split_once(['-', '–', '—', '~'])
            .unwrap_or((part, part));
        let (first, last) = (month(first)?, month(last)?);
        let mut here = first;
        found.push(here);
        while here != last {
            here = here % 12 + 1;
            found.push(here);
        }
    }
    found.sort_unstable();
    found.dedup();
    Some(found)
}

fn month(text: &str) -> Option<i8> {
    text.parse().ok().filter(|month| (1..=12).contains(month))
}

fn grid(cell: &str) -> Option<Grid> {
    if cell == "withheld" {
        return Some(Grid::Withheld);
    }
    let degrees: f64 = cell.parse().ok()?;
    GRIDS.contains(&degrees).then_some(Grid::Degrees(degrees))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_ranges_and_lists_and_may_run_over_the_new_year() {
        for (cell, expected) in [
            ("", Some(vec![])),
            ("4-7", Some(vec![4, 5, 6, 7])),
            ("4 5 6", Some(vec![4, 5, 6])),
            ("4、5、9-10", Some(vec![4, 5, 9, 10])),
            ("11-2", Some(vec![1, 2, 11, 12])),
            ("5", Some(vec![5])),
            ("0-3", None),
            ("4-13", None),
            ("spring", None),
            ("4月7日", None),
        ] {
            assert_eq!(months(cell), expected, "{cell}");
        }
    }

    #[test]
    fn what_is_not_known_is_taken_as_the_strictest() {
        let text = "taxon,life_stage,months,grid\nA a,,,0.01\nA a,nest,4-7,withheld\nB b,,,1E-03\n";
        let list = parse(Path::new("p"), Path::new("x.csv"), text.as_bytes()).unwrap();
        assert_eq!(list.strictest, Grid::Withheld);
        assert_eq!(list.grid(Some("B b"), None, None), Grid::Degrees(0.001));
        assert_eq!(
            list.grid(Some("A a"), Some("adult"), Some(5)),
            Grid::Degrees(0.01)
        );
        assert_eq!(
            list.grid(Some("A a"), Some("nest"), Some(12)),
            Grid::Degrees(0.01)
        );
        assert_eq!(list.grid(Some("A a"), None, Some(5)), Grid::Withheld);
        assert_eq!(list.grid(Some("A a"), Some("nest"), None), Grid::Withheld);
        assert_eq!(
            list.grid(Some("C c"), Some("adult"), Some(1)),
            Grid::Withheld
        );
        assert_eq!(list.grid(None, None, None), Grid::Withheld);
    }
}
