//! Code lists: `layers/codes/<name>.csv`, UTF-8, columns `code,zh,en` and, if wanted, `parent`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::text::Bilingual;

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
