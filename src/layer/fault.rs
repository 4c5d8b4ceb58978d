//! What is wrong with a file of `layers/`, where, and what would be right.

use std::fmt;
use std::path::PathBuf;

use crate::text::{Lang, Message};

/// One thing that is wrong with a file of `layers/`. Ordered by file, then line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, from the folder that holds `layers/`.
    pub file: PathBuf,
    /// The line, counted from 1; `None` where the whole file is meant.
    pub line: Option<usize>,
    /// What is wrong, and what would be right.
    pub message: Message,
}

impl Fault {
    /// The fault as a person reads it: `layers/soil/x.toml:12: …`.
    pub fn in_lang(&self, lang: Lang) -> String {
        let file = self.file.display();
        let message = self.message.in_lang(lang);
        match self.line {
            Some(line) => format!("{file}:{line}: {message}"),
            None => format!("{file}: {message}"),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_lang(Lang::En))
    }
}
