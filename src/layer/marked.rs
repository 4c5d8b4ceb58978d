//! A TOML or JSON file as a tree that still knows the line of each of its parts.

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A part of a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Marked {
    /// The line where it begins, counted from 1.
    pub(super) line: usize,
    /// What stands there.
    pub(super) kind: Kind,
}

/// What stands in a part of a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// JSON's null.
    Null,
    /// True or false.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Number(f64),
    /// A text.
    Text(String),
    /// A date or time of TOML, as written.
    Moment(String),
    /// An array.
    List(Vec<Marked>),
    /// A table or object, in the order of the file (of its keys in TOML).
    Table(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    /// The key.
    pub(super) key: String,
    /// The line of the key.
    pub(super) line: usize,
    /// Its value.
    pub(super) value: Marked,
}

/// A syntax error: its line and the parser's words.
pub(super) type SyntaxError = (usize, String);

impl Marked {
    /// The tree of a TOML text, or every syntax error, one a line.
    pub(super) fn of_toml(text: &str) -> Result<Self, Vec<SyntaxError>> {
        let lines = Lines::of(text);
        let (table, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() {
            return Ok(Self {
                line: 1,
                kind: toml_table(table.get_ref(), &lines),
            });
        }
        let unclosed = errors
            .iter()
            .any(|error| error.message().contains("unclosed"));
        let mut found: Vec<(usize, usize, String)> = errors
            .iter()
            .map(|error| {
                let at = error.span().map_or(0, |span| span.start);
                (lines.line(at), at, error.message().to_owned())
            })
            .collect();
        found.sort();
        found.dedup_by_key(|(line, ..)| *line);
        // What follows something left open is read as part of it: noise.
        found.truncate(if unclosed { 1 } else { found.len() });
        Err(found
            .into_iter()
            .map(|(line, _, message)| (line, message))
            .collect())
    }

    /// What stands under a key of a table.
    pub(super) fn get(&self, key: &str) -> Option<&Self> {
        self.entries()
            .iter()
            .find(|entry| entry.key == key)
            .map(|entry| &entry.value)
    }

    /// The entries of a table; of anything else none.
    pub(super) fn entries(&self) -> &[Entry] {
        match &self.kind {
            Kind::Table(entries) => entries,
            _ => &[],
        }
    }

    /// The elements of a list; of anything else none.
    pub(super) fn elements(&self) -> &[Self] {
        match &self.kind {
            Kind::List(elements) => elements,
            _ => &[],
        }
    }

    /// The text, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub(super) fn number(&self) -> Option<f64> {
        match &self.kind {
            Kind::Integer(number) => number.to_string().parse().ok(),
            Kind::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The part at a path of keys and indices, joined by dots, and the line a person looks for it:
    /// that of its key. A part that is absent has the line of the nearest one around it.
    pub(super) fn find(&self, path: &str) -> (Option<&Self>, usize) {
        let mut here = self;
        let mut line = self.line;
        for step in path.split('.').filter(|step| !step.is_empty()) {
            let next = match &here.kind {
                Kind::Table(entries) => entries
                    .iter()
                    .find(|entry| entry.key == step)
                    .map(|entry| (&entry.value, entry.line)),
                Kind::List(elements) => step
                    .parse::<usize>()
                    .ok()
                    .and_then(|index| elements.get(index))
                    .map(|element| (element, element.line)),
                _ => None,
            };
            let Some((part, its_line)) = next else {
                return (None, line);
            };
            here = part;
            line = its_line;
        }
        (Some(here), line)
    }

    /// The tree without its lines.
    pub(super) fn to_json(&self) -> Value {
        match &self.kind {
            Kind::Null => Value::Null,
            Kind::Boolean(value) => Value::from(*value),
            Kind::Integer(value) => Value::from(*value),
            Kind::Number(value) => Value::from(*value),
            Kind::Text(value) | Kind::Moment(value) => Value::from(value.as_str()),
            Kind::List(elements) => elements.iter().map(Self::to_json).collect(),
            Kind::Table(entries) => entries
                .iter()
                .map(|entry| (entry.key.clone(), entry.value.to_json()))
                .collect::<serde_json::Map<_, _>>()
                .into(),
        }
    }

    /// As a message shows it: a scalar as it is written, a list or table as `[…]`.
    pub(super) fn shown(&self) -> String {
        match &self.kind {
            Kind::Null => "null".to_owned(),
            Kind::Boolean(value) => value.to_string(),
            Kind::Integer(value) => value.to_string(),
            Kind::Number(value) => value.to_string(),
            Kind::Text(value) => format!("\"{value}\""),
            Kind::Moment(value) => value.clone(),
            Kind::List(_) | Kind::Table(_) => "[…]".to_owned(),
        }
    }
}

/// Where the lines of a text begin.
#[derive(Debug)]
pub(super) struct Lines(Vec<usize>);

impl Lines {
    /// The lines of a text.
    pub(super) fn of(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self(
            std::iter::once(0)
                .chain(ends.map(|(at, _)| at + 1))
                .collect(),
        )
    }

    /// The line, counted from 1, of a byte of the text.
    pub(super) fn line(&self, at: usize) -> usize {
        self.0.partition_point(|start| *start <= at).max(1)
    }
}

fn toml_table(table: &DeTable<'_>, lines: &Lines) -> Kind {
    let entries = table.iter().map(|(key, value)| Entry {
        key: key.get_ref().to_string(),
        line: lines.line(key.span().start),
        value: toml_value(value, lines),
    });
    Kind::Table(entries.collect())
}

fn toml_value(value: &Spanned<DeValue<'_>>, lines: &Lines) -> Marked {
    let kind = match value.get_ref() {
        DeValue::String(text) => Kind::Text(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(Kind::Number(f64::NAN), Kind::Integer),
        DeValue::Float(number) => Kind::Number(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(value) => Kind::Boolean(*value),
        DeValue::Datetime(moment) => Kind::Moment(moment.to_string()),
        DeValue::Array(elements) => Kind::List(
            elements
                .iter()
                .map(|element| toml_value(element, lines))
                .collect(),
        ),
        DeValue::Table(table) => toml_table(table, lines),
    };
    Marked {
        line: lines.line(value.span().start),
        kind,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_toml_file_is_found_on_its_line() {
        let text = "a = 1\n\n[source]\npath = \"x\"\n\n[[fields]]\nname = \"a\"\n\n[[fields]]\n\
                    name = \"b\"\nlist = [\n  1,\n  2,\n]\n";
        let tree = Marked::of_toml(text).unwrap();
        for (path, line) in [
            ("a", 1),
            ("source", 3),
            ("source.path", 4),
            ("source.absent", 3),
            ("fields.1", 9),
            ("fields.1.name", 10),
            ("fields.1.list.1", 13),
            ("fields.1.title", 9),
            ("absent", 1),
        ] {
            assert_eq!(tree.find(path).1, line, "{path}");
        }
        assert_eq!(tree.find("fields.1.name").0.unwrap().text(), Some("b"));
        assert!(tree.find("fields.2").0.is_none());
    }

    #[test]
    fn every_line_with_a_syntax_error_is_named_once() {
        let errors = Marked::of_toml("a = \nb = 1\nc = = 2\nd = 'x\n").unwrap_err();
        let lines: Vec<usize> = errors.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 3, 4], "{errors:?}");
    }

    #[test]
    fn what_follows_an_unclosed_list_is_not_reported() {
        let errors = Marked::of_toml("a = [1,\nb = 2\nc = 3\n[d]\n").unwrap_err();
        assert_eq!(errors.len(), 1, "{errors:?}");
    }
}
