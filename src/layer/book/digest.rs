//! The digest of the files a book was read from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

/// The files, as messages name them, each with its SHA-256.
#[derive(Debug, Default)]
pub(in crate::layer) struct FileDigests(BTreeMap<PathBuf, String>);

impl FileDigests {
    /// Counts a file in; one that is counted already, anew.
    pub(in crate::layer) fn add(&mut self, shown: &Path, bytes: &[u8]) {
        self.0.insert(shown.to_owned(), hex(bytes));
    }

    /// SHA-256 over the names and digests of all files in the order of their names, lower-case
    /// hexadecimal.
    pub(in crate::layer) fn all(&self) -> String {
        let lines: Vec<String> = self
            .0
            .iter()
            .map(|(shown, digest)| format!("{digest}  {}\n", shown.display()))
            .collect();
        hex(lines.concat().as_bytes())
    }
}

fn hex(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let letter = |half: u8| char::from_digit(u32::from(half), 16);
    let halves = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves.filter_map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_tells_of_content_and_name_and_not_of_the_order_of_reading() {
        let of = |files: &[(&str, &str)]| {
            let mut digests = FileDigests::default();
            for (shown, text) in files {
                digests.add(Path::new(shown), text.as_bytes());
            }
            digests.all()
        };
        let both = of(&[("a.csv", "1"), ("b.csv", "2")]);
        assert_eq!(both.len(), 64);
        assert_eq!(both, of(&[("b.csv", "2"), ("a.csv", "1")]));
        for other in [
            &[("a.csv", "1")][..],
            &[("a.csv", "1"), ("b.csv", "3")],
            &[("a.csv", "1"), ("c.csv", "2")],
            &[("a.csv", "2"), ("b.csv", "1")],
        ] {
            assert_ne!(both, of(other));
        }
    }
}
