//! Code lists: `layers/codes/<name>.csv`, UTF-8, columns `code,zh,en` and, if wanted, `parent` and
//! `basis`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::fault::Fault;
use super::levels::Levels;
use super::table::{Table, is_excel_date, is_excel_power};
use crate::say;
use crate::text::{Bilingual, Key};

/// A list of codes and what they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeList {
    /// Its name: the file's, without `.csv`.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// Every code with its words, in the order of the codes.
    pub entries: BTreeMap<String, Bilingual>,
    /// The codes whose words no published source confirms: `basis` says [`OWN_DERIVATION`].
    pub own_derivations: BTreeSet<String>,
    /// The code above each code that has one.
    pub parents: BTreeMap<String, String>,
    /// How its codes grow out of those above them.
    pub levels: Levels,
    /// The line of each code.
    pub lines: BTreeMap<String, usize>,
}

/// The basis of what no published source says: every answer that rests on it must say so.
pub const OWN_DERIVATION: &str = "own derivation";

impl CodeList {
    /// What a code means.
    pub fn words(&self, code: &str) -> Option<&Bilingual> {
        self.entries.get(code)
    }

    /// The code at the top of the list above a listed code; itself where it has none above it.
    pub fn top<'a>(&'a self, code: &str) -> Option<&'a str> {
        let mut top = self.entries.get_key_value(code)?.0;
        // A list whose parents run in a circle is no deeper than it is long.
        for _ in 0..self.parents.len() {
            match self.parents.get(top) {
                Some(above) => top = above,
                None => break,
            }
        }
        Some(top)
    }

    /// The listed code that a padded `code` is: Excel turns 0701 into 701, so leading zeros are
    /// added until a listed code is met.
    pub fn padded(&self, code: &str) -> Option<String> {
        if code.is_empty() || !code.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        (1..=3)
            .map(|zeros| "0".repeat(zeros) + code)
            .find(|c| self.entries.contains_key(c))
    }

    /// The listed code that `code`, which is not listed, is a child of: a district may divide a
    /// class further than the list does. `None` where the list does not show that codes which begin
    /// so belong there, or where no code of the list is built like this one (`07O1` is no child of
    /// 07, whose children are digits).
    pub fn parent_of_unlisted(&self, code: &str) -> Option<&str> {
        self.levels.parent_of_unlisted(code)
    }
}

/// A code list's file: the list, or everything that is wrong with it.
pub(super) fn parse(
    name: &str,
    path: &Path,
    shown: &Path,
    bytes: &[u8],
) -> Result<CodeList, Vec<Fault>> {
    let mut table = Table::parse(shown, bytes, &["code", "zh", "en"], &["parent", "basis"]);
    let mut entries: BTreeMap<String, Bilingual> = BTreeMap::new();
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    let mut parents: BTreeMap<String, String> = BTreeMap::new();
    let mut own_derivations = BTreeSet::new();
    for row in std::mem::take(&mut table.rows) {
        let line = row.line;
        let [code, zh, en, parent, basis] = row.cells.as_slice() else {
            continue;
        };
        for (column, cell) in [("code", code), ("zh", zh), ("en", en)] {
            if cell.is_empty() {
                table.fault(shown, line, say!(Key::LayerCheckListEmpty, column = column));
            }
        }
        if is_excel_date(code) || is_excel_power(code) {
            table.fault(shown, line, say!(Key::LayerCheckListExcel, value = code));
        }
        if let Some(earlier) = lines.get(code).filter(|_| !code.is_empty()) {
            let message = say!(Key::LayerCheckListTwice, value = code, line = earlier);
            table.fault(shown, line, message);
            continue;
        }
        lines.insert(code.clone(), line);
        entries.insert(
            code.clone(),
            Bilingual {
                zh: zh.clone(),
                en: en.clone(),
            },
        );
        if !parent.is_empty() {
            parents.insert(code.clone(), parent.clone());
        }
        match basis.as_str() {
            "" => {}
            OWN_DERIVATION => {
                own_derivations.insert(code.clone());
            }
            other => {
                let known = OWN_DERIVATION;
                let message = say!(Key::LayerCheckListBasis, value = other, known = known);
                table.fault(shown, line, message);
            }
        }
    }
    for (code, parent) in &parents {
        if !entries.contains_key(parent) {
            let line = lines.get(code).copied().unwrap_or(1);
            table.fault(shown, line, say!(Key::LayerCheckListParent, value = parent));
        }
    }
    if entries.is_empty() && table.faults.is_empty() {
        table.fault(shown, 1, say!(Key::LayerCheckListNothing));
    }
    if table.faults.is_empty() {
        let codes: Vec<&str> = entries.keys().map(String::as_str).collect();
        Ok(CodeList {
            name: name.to_owned(),
            path: path.to_owned(),
            levels: Levels::of(&codes, &parents),
            parents,
            entries,
            own_derivations,
            lines,
        })
    } else {
        Err(table.faults)
    }
}
