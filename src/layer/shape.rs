//! A file's tree against its JSON Schema: keys that nobody knows, keys that lack, values of the
//! wrong type, words that are not in the list.

use serde_json::Value;

use super::marked::{Kind, Marked};
use crate::say;
use crate::text::near::nearest;
use crate::text::{Key, Message};

/// One departure from the schema.
#[derive(Debug)]
pub(super) struct Departure {
    /// Keys and indices that lead to it, joined by dots.
    pub(super) path: String,
    /// Its line.
    pub(super) line: usize,
    /// What is wrong.
    pub(super) message: Message,
}

/// Every departure of a tree from a schema made by [`super::schema::of`].
pub(super) fn departures(schema: &Value, tree: &Marked) -> Vec<Departure> {
    let mut walk = Walk {
        root: schema,
        found: Vec::new(),
    };
    walk.value(
        schema,
        tree,
        &At {
            path: String::new(),
            line: tree.line,
        },
    );
    walk.found
}

struct Walk<'a> {
    root: &'a Value,
    found: Vec<Departure>,
}

/// Where the walk stands.
struct At {
    path: String,
    line: usize,
}

impl At {
    fn below(&self, step: &str, line: usize) -> Self {
        let dot = if self.path.is_empty() { "" } else { "." };
        Self {
            path: format!("{}{dot}{step}", self.path),
            line,
        }
    }

    /// The path as a person writes it: without the indices of lists.
    fn shown(&self) -> String {
        let steps = self
            .path
            .split('.')
            .filter(|step| step.parse::<usize>().is_err());
        steps.collect::<Vec<_>>().join(".")
    }
}

impl<'a> Walk<'a> {
    fn say(&mut self, at: &At, message: Message) {
        self.found.push(Departure {
            path: at.path.clone(),
            line: at.line,
            message,
        });
    }

    fn resolved(&self, schema: &'a Value) -> &'a Value {
        schema
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|name| self.root.pointer(name.trim_start_matches('#')))
            .unwrap_or(schema)
    }

    fn value(&mut self, schema: &'a Value, node: &Marked, at: &At) {
        let schema = self.resolved(schema);
        if let Some(options) = schema.get("anyOf").and_then(Value::as_array) {
            let fitting = options.iter().find(|option| {
                let option = self.resolved(option);
                option
                    .get("type")
                    .and_then(Value::as_str)
                    .is_some_and(|kind| is_of(kind, node))
            });
            if let Some(schema) = fitting.or(options.first()) {
                self.value(schema, node, at);
            }
            return;
        }
        if let Some(words) = words(schema) {
            self.word(&words, node, at);
            return;
        }
        let Some(kind) = schema.get("type").and_then(Value::as_str) else {
            return;
        };
        if !is_of(kind, node) {
            self.say(at, wrong_type(kind, &at.shown(), node));
            return;
        }
        match kind {
            "object" => self.table(schema, node, at),
            "array" => {
                let Some(items) = schema.get("items") else {
                    return;
                };
                for (index, element) in node.elements().iter().enumerate() {
                    self.value(items, element, &at.below(&index.to_string(), element.line));
                }
            }
            "integer" | "number" => self.range(schema, node, at),
            _ => {}
        }
    }

    fn table(&mut self, schema: &'a Value, node: &Marked, at: &At) {
        let known = schema.get("properties").and_then(Value::as_object);
        // A table whose keys are names has a schema for whatever stands under them.
        let any = schema
            .get("additionalProperties")
            .filter(|any| any.is_object());
        for entry in node.entries() {
            let here = at.below(&entry.key, entry.line);
            if let Some(schema) = known.and_then(|known| known.get(&entry.key)) {
                self.value(schema, &entry.value, &here);
            } else if let Some(schema) = any {
                self.value(schema, &entry.value, &here);
            } else {
                let names: Vec<&str> = known
                    .into_iter()
                    .flatten()
                    .map(|(name, _)| name.as_str())
                    .collect();
                self.say(&here, unknown_key(&entry.key, &names));
            }
        }
        let required = schema
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        for key in required
            .filter_map(Value::as_str)
            .filter(|key| node.get(key).is_none())
        {
            let words = known
                .and_then(|known| known.get(key))
                .and_then(|of| words(self.resolved(of)));
            self.say(
                &at.below(key, at.line),
                missing_key(key, &at.shown(), words.as_deref()),
            );
        }
    }

    fn word(&mut self, words: &[&str], node: &Marked, at: &At) {
        let key = at.shown();
        let known = words.join(", ");
        match node.text() {
            Some(word) if words.contains(&word) => {}
            Some(word) => self.say(
                at,
                match nearest(word, words.iter().copied()) {
                    Some(near) => say!(
                        Key::LayerCheckUnknownWordNear,
                        key = key,
                        value = word,
                        near = near,
                        known = known
                    ),
                    None => {
                        say!(
                            Key::LayerCheckUnknownWord,
                            key = key,
                            value = word,
                            known = known
                        )
                    }
                },
            ),
            None => self.say(
                at,
                say!(
                    Key::LayerCheckWantsWord,
                    key = key,
                    found = node.shown(),
                    known = known
                ),
            ),
        }
    }

    fn range(&mut self, schema: &Value, node: &Marked, at: &At) {
        let Some(number) = node.number() else { return };
        let least = schema.get("minimum").and_then(Value::as_f64);
        let most = match schema.get("format").and_then(Value::as_str) {
            Some("uint32") => Some(f64::from(u32::MAX)),
            _ => schema.get("maximum").and_then(Value::as_f64),
        };
        if let (Some(min), Some(max)) = (least, most)
            && !(min..=max).contains(&number)
        {
            let message = say!(
                Key::LayerCheckOutOfRange,
                key = at.shown(),
                value = node.shown(),
                min = min,
                max = max
            );
            self.say(at, message);
        }
    }
}

/// The words of an enumeration.
fn words(schema: &Value) -> Option<Vec<&str>> {
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return Some(words.iter().filter_map(Value::as_str).collect());
    }
    let options = schema.get("oneOf").and_then(Value::as_array)?;
    options
        .iter()
        .map(|option| option.get("const").and_then(Value::as_str))
        .collect()
}

fn is_of(kind: &str, node: &Marked) -> bool {
    match (kind, &node.kind) {
        ("object", Kind::Table(_))
        | ("array", Kind::List(_))
        | ("string", Kind::Text(_))
        | ("boolean", Kind::Boolean(_))
        | ("integer" | "number", Kind::Integer(_)) => true,
        ("number", Kind::Number(number)) => number.is_finite(),
        _ => false,
    }
}

fn wrong_type(kind: &str, key: &str, node: &Marked) -> Message {
    let found = node.shown();
    let sentence = match kind {
        "object" => Key::LayerCheckWantsTable,
        "array" => Key::LayerCheckWantsList,
        "boolean" => Key::LayerCheckWantsBoolean,
        "integer" => Key::LayerCheckWantsInteger,
        "number" => Key::LayerCheckWantsNumber,
        _ => Key::LayerCheckWantsText,
    };
    say!(sentence, key = key, found = found)
}

fn unknown_key(key: &str, known: &[&str]) -> Message {
    match nearest(key, known.iter().copied()) {
        Some(near) => say!(Key::LayerCheckUnknownKeyNear, key = key, near = near),
        None => say!(
            Key::LayerCheckUnknownKey,
            key = key,
            known = known.join(", ")
        ),
    }
}

fn missing_key(key: &str, within: &str, words: Option<&[&str]>) -> Message {
    match (key, within, words) {
        ("public_form", "", _) => say!(Key::LayerCheckMissingPublicForm),
        ("licence", _, _) => say!(Key::LayerCheckMissingLicence),
        (_, "", Some(words)) => {
            say!(
                Key::LayerCheckMissingWord,
                key = key,
                known = words.join(", ")
            )
        }
        (_, "", None) => say!(Key::LayerCheckMissingKey, key = key),
        (_, _, Some(words)) => say!(
            Key::LayerCheckMissingWordWithin,
            key = key,
            within = within,
            known = words.join(", ")
        ),
        (_, _, None) => say!(Key::LayerCheckMissingKeyWithin, key = key, within = within),
    }
}
