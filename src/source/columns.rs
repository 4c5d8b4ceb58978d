//! The header of a table, and what stands in a cell.

use std::collections::BTreeMap;
use std::path::Path;

use crate::say;
use crate::text::{Key, Problem};

/// Every column has a name, and no two share one.
pub(super) fn check(path: &Path, line: u64, names: &[String]) -> Result<(), Problem> {
    let path = path.display();
    let mut seen = BTreeMap::new();
    for (i, name) in names.iter().enumerate() {
        if name.is_empty() {
            let column = letters(i);
            return Err(say!(
                Key::SourceHeaderEmpty,
                path = path,
                line = line,
                column = column
            )
            .into());
        }
        if let Some(first) = seen.insert(name, i) {
            return Err(say!(
                Key::SourceHeaderTwice,
                path = path,
                name = name,
                first = letters(first),
                second = letters(i),
            )
            .into());
        }
    }
    Ok(())
}

/// The text of a cell, trimmed; empty is `None`.
pub(super) fn cell(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A column as spreadsheets name it: 0 is A, 26 is AA.
pub(super) fn letters(mut index: usize) -> String {
    const ALPHABET: &[u8; 26] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let mut name = Vec::new();
    loop {
        name.push(char::from(ALPHABET[index % 26]));
        match index / 26 {
            0 => break,
            rest => index = rest - 1,
        }
    }
    name.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        for (index, name) in [
            (0, "A"),
            (25, "Z"),
            (26, "AA"),
            (51, "AZ"),
            (52, "BA"),
            (702, "AAA"),
        ] {
            assert_eq!(letters(index), name);
        }
    }
}
