//! Code lists: `layers/codes/<name>.csv`, UTF-8, columns `code,zh,en` and, if wanted, `parent`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::fault::Fault;
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
}

impl CodeList {
    /// What a code means.
    pub fn words(&self, code: &str) -> Option<&Bilingual> {
        self.entries.get(code)
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
}

/// A code list's file: the list, or everything that is wrong with it.
pub(super) fn parse(
    name: &str,
    path: &Path,
    shown: &Path,
    bytes: &[u8],
) -> Result<CodeList, Vec<Fault>> {
    let mut table = Table::parse(shown, bytes, &["code", "zh", "en"], &["parent"]);
    let mut entries: BTreeMap<String, Bilingual> = BTreeMap::new();
    let mut lines: BTreeMap<String, usize> = BTreeMap::new();
    let mut parents: Vec<(usize, String)> = Vec::new();
    for row in std::mem::take(&mut table.rows) {
        let line = row.line;
        let [code, zh, en, parent] = row.cells.as_slice() else {
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
        parents.extend((!parent.is_empty()).then(|| (line, parent.clone())));
    }
    for (line, parent) in parents {
        if !entries.contains_key(&parent) {
            table.fault(shown, line, say!(Key::LayerCheckListParent, value = parent));
        }
    }
    if entries.is_empty() && table.faults.is_empty() {
        table.fault(shown, 1, say!(Key::LayerCheckListNothing));
    }
    if table.faults.is_empty() {
        Ok(CodeList {
            name: name.to_owned(),
            path: path.to_owned(),
            entries,
        })
    } else {
        Err(table.faults)
    }
}
