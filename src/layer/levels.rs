//! How the codes of a list grow out of those above them, read from the list itself.

use std::collections::{BTreeMap, BTreeSet};

/// The levels of a code list, as its `parent` column shows them. A list without that column, or one
/// whose codes do not begin with their parents', has none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Levels {
    /// Each code that others may be children of, with the shapes of what they add to it. A code that
    /// begins others which the list counts elsewhere is not among them: to begin with it says nothing.
    parents: BTreeMap<String, BTreeSet<String>>,
    /// For each length of a parent's code: the shapes of what children add to it.
    steps: BTreeMap<usize, BTreeSet<String>>,
}

impl Levels {
    /// The levels of a list's codes, with the parent of each that has one.
    pub fn of(codes: &[&str], parents: &BTreeMap<String, String>) -> Self {
        let mut levels = Self::default();
        for (child, parent) in parents {
            if let Some(shape) = child.strip_prefix(parent.as_str()).and_then(shape) {
                let step = levels.steps.entry(parent.len()).or_default();
                step.insert(shape.clone());
                let own = levels.parents.entry(parent.clone()).or_default();
                own.insert(shape);
            }
        }
        for &code in codes {
            let mut begun = codes.iter().filter(|other| begins(code, other));
            if begun.any(|other| !is_below(other, code, parents)) {
                levels.parents.remove(code);
            } else if levels.steps.contains_key(&code.len()) {
                levels.parents.entry(code.to_owned()).or_default();
            }
        }
        levels
    }

    /// The listed code that an unlisted one is a child of: the longest that it begins with, if the
    /// rest is built like what children add to codes of that length, level by level.
    pub fn parent_of_unlisted(&self, code: &str) -> Option<&str> {
        let (parent, own) = self
            .parents
            .iter()
            .filter(|(parent, _)| begins(parent, code))
            .max_by_key(|(parent, _)| parent.len())?;
        let added = shape(code.strip_prefix(parent.as_str())?)?;
        let shapes = if own.is_empty() {
            self.steps.get(&parent.len())?
        } else {
            own
        };
        self.grows(parent.len(), shapes, &added)
            .then_some(parent.as_str())
    }

    /// Whether a shape is one of these, or one of these with further levels below it.
    fn grows(&self, length: usize, shapes: &BTreeSet<String>, added: &str) -> bool {
        shapes.iter().any(|shape| {
            added.strip_prefix(shape.as_str()).is_some_and(|rest| {
                let length = length + shape.len();
                let below = self.steps.get(&length);
                rest.is_empty() || below.is_some_and(|below| self.grows(length, below, rest))
            })
        })
    }
}

fn begins(parent: &str, code: &str) -> bool {
    code.len() > parent.len() && code.starts_with(parent)
}

/// Whether the list says that a code stands below another, at any depth.
fn is_below(code: &str, ancestor: &str, parents: &BTreeMap<String, String>) -> bool {
    let mut above = parents.get(code);
    // A list whose parents run in a circle is no deeper than it is long.
    for _ in 0..parents.len() {
        match above {
            Some(parent) if parent == ancestor => return true,
            Some(parent) => above = parents.get(parent),
            None => return false,
        }
    }
    false
}

/// What a piece of a code is built of: `9` for a digit, `A` for a capital. Codes that are words have
/// no shape, so that a word is never taken for the beginning of another.
fn shape(text: &str) -> Option<String> {
    text.chars()
        .map(|c| match c {
            '0'..='9' => Some('9'),
            'A'..='Z' => Some('A'),
            _ => None,
        })
        .collect::<Option<String>>()
        .filter(|shape| !shape.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(list: &[(&str, &str)]) -> Levels {
        let parents = list.iter().filter(|(_, parent)| !parent.is_empty());
        let parents = parents.map(|(code, parent)| ((*code).to_owned(), (*parent).to_owned()));
        let codes: Vec<&str> = list.iter().map(|(code, _)| *code).collect();
        Levels::of(&codes, &parents.collect())
    }

    #[test]
    fn an_unlisted_code_is_a_child_where_the_list_is_built_so() {
        let list = levels(&[
            ("07", ""),
            ("0701", "07"),
            ("070101", "0701"),
            ("0702", "07"),
            ("16", ""),
        ]);
        for (code, parent) in [
            ("0799", Some("07")),
            ("079901", Some("07")),
            ("070199", Some("0701")),
            ("070201", Some("0702")),
            ("1601", Some("16")),
            // A letter O; a level too deep; half a level; a class that there is not.
            ("07O1", None),
            ("07010101", None),
            ("079", None),
            ("2501", None),
            ("0701 ", None),
        ] {
            assert_eq!(list.parent_of_unlisted(code), parent, "{code}");
        }
    }

    #[test]
    fn a_beginning_that_the_list_counts_elsewhere_tells_no_parent() {
        let list = levels(&[
            ("00", ""),
            ("03", ""),
            ("0301", "03"),
            ("0303", "00"),
            ("08", ""),
            ("08H2", "08"),
            ("08H2A", "08H2"),
            ("0810", "08"),
        ]);
        for (code, parent) in [
            ("0399", None),
            ("0899", Some("08")),
            ("08H9", Some("08")),
            ("08H2B", Some("08H2")),
            ("0301K", Some("0301")),
            ("0303K", Some("0303")),
            ("08H22", None),
        ] {
            assert_eq!(list.parent_of_unlisted(code), parent, "{code}");
        }
    }

    #[test]
    fn letters_with_digits_grow_by_one_digit_a_level() {
        let list = levels(&[
            ("R", ""),
            ("R1", "R"),
            ("A", ""),
            ("A3", "A"),
            ("A33", "A3"),
            ("U", ""),
        ]);
        for (code, parent) in [
            ("R2", Some("R")),
            ("R22", Some("R")),
            ("A39", Some("A3")),
            ("U12", Some("U")),
            ("A333", None),
            ("Ra", None),
            ("R一", None),
            ("X1", None),
        ] {
            assert_eq!(list.parent_of_unlisted(code), parent, "{code}");
        }
    }

    #[test]
    fn a_list_of_words_or_without_parents_has_no_children_to_add() {
        let flat = levels(&[("1", ""), ("2", "")]);
        assert_eq!(flat.parent_of_unlisted("11"), None);
        let words = levels(&[("open", ""), ("open-pit", "open")]);
        assert_eq!(words.parent_of_unlisted("open-air"), None);
        let circle = levels(&[("1", "11"), ("11", "1")]);
        assert_eq!(circle.parent_of_unlisted("12"), Some("1"));
    }
}
