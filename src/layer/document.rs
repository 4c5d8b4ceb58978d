//! One TOML file of `layers/` while it is checked: its tree, the parts of the right shape as typed
//! values, and the faults found so far.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::fault::Fault;
use super::marked::Marked;
use super::shape;
use crate::say;
use crate::text::{Key, Message};

/// A TOML file while it is checked. A part that departs from the schema is not given out, so that
/// what depends on it is left unsaid; everything else is still checked.
#[derive(Debug)]
pub(super) struct Document {
    file: PathBuf,
    tree: Marked,
    broken: Vec<String>,
    faults: Vec<Fault>,
    absent: Vec<Fault>,
}

impl Document {
    /// A text held against a schema.
    pub(super) fn parse(file: &Path, text: &str, schema: &Value) -> Self {
        let mut document = Self {
            file: file.to_owned(),
            tree: Marked {
                line: 1,
                kind: super::marked::Kind::Null,
            },
            broken: Vec::new(),
            faults: Vec::new(),
            absent: Vec::new(),
        };
        match Marked::of_toml(text) {
            Ok(tree) => {
                for departure in shape::departures(schema, &tree) {
                    document.push(Some(departure.line), departure.message);
                    document.broken.push(departure.path);
                }
                document.tree = tree;
            }
            Err(errors) => {
                for (line, reason) in errors {
                    document.push(Some(line), say!(Key::LayerCheckTomlSyntax, reason = reason));
                }
                document.broken.push(String::new());
            }
        }
        document
    }

    /// Whether nothing is wrong so far.
    pub(super) const fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }

    /// Whether the file is not TOML at all.
    pub(super) fn is_unreadable(&self) -> bool {
        self.is_lost("")
    }

    /// What was found: faults of the file, and source files that are not there.
    pub(super) fn into_faults(self) -> (Vec<Fault>, Vec<Fault>) {
        (self.faults, self.absent)
    }

    /// The file, as shown.
    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// Whether something stands at a path, right or wrong.
    pub(super) fn has(&self, path: &str) -> bool {
        self.tree.find(path).0.is_some()
    }

    /// How many elements the list at a path has.
    pub(super) fn len(&self, path: &str) -> usize {
        self.tree
            .find(path)
            .0
            .map_or(0, |list| list.elements().len())
    }

    /// The text at a path, whatever is wrong around it.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        self.tree.find(path).0.and_then(Marked::text)
    }

    /// The line of a path: of its key, or of what it would stand in.
    pub(super) fn line(&self, path: &str) -> usize {
        self.tree.find(path).1
    }

    /// The part at a path, if it is there and nothing in it departs from the schema.
    pub(super) fn part<T: DeserializeOwned>(&mut self, path: &str) -> Option<T> {
        if self.is_broken(path) {
            return None;
        }
        match serde_json::from_value(self.tree.find(path).0?.to_json()) {
            Ok(part) => Some(part),
            Err(error) => {
                self.fault(path, say!(Key::LayerCheckUnreadable, reason = error));
                None
            }
        }
    }

    /// Says that something is wrong at a path.
    pub(super) fn fault(&mut self, path: &str, message: Message) {
        let line = self.line(path);
        self.push(Some(line), message);
    }

    /// Says that a source file named at a path is not there.
    pub(super) fn absence(&mut self, path: &str, message: Message) {
        let line = Some(self.line(path));
        self.absent.push(Fault {
            file: self.file.clone(),
            line,
            message,
        });
    }

    fn push(&mut self, line: Option<usize>, message: Message) {
        self.faults.push(Fault {
            file: self.file.clone(),
            line,
            message,
        });
    }

    /// Whether a departure stands at the path or around it: then nothing is known of it.
    pub(super) fn is_lost(&self, path: &str) -> bool {
        self.broken.iter().any(|broken| within(path, broken))
    }

    /// Whether a departure stands at the path, around it or in it.
    fn is_broken(&self, path: &str) -> bool {
        self.is_lost(path) || self.broken.iter().any(|broken| within(broken, path))
    }
}

/// Whether one path is the other, or leads into what the other leads to.
fn within(inner: &str, outer: &str) -> bool {
    outer.is_empty()
        || inner
            .strip_prefix(outer)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
