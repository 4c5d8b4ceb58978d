//! Which taxa are shown how coarsely: `layers/codes/<name>.csv` with the columns
//! `taxon,life_stage,months,grid`.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// How coarsely a record is shown. Ordered from the finest to withheld, so that the greatest is the
/// strictest.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub enum Grid {
    /// As the centre of a cell of this many degrees.
    Degrees(f64),
    /// Not at all.
    Withheld,
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
