//! The condition of a rule: typed against what it may speak of, and tried on its examples.

use std::sync::Arc;

use super::Book;
use super::file::{FiresWord, GivenWord, RuleTable};
use super::known::{Known, Layers};
use super::rules::{Condition, Subject};
use super::vocabulary::{Values, Vocabulary};
use crate::filter::{Expression, Kind, Property, Schema as _, Truth};
use crate::layer::definition::Layer;
use crate::layer::document::Document;
use crate::model::Value;
use crate::say;
use crate::text::Key;

/// The condition of the rule at a path, if it has one and nothing in it or its examples is wrong.
pub(super) fn check(
    doc: &mut Document,
    at: &str,
    table: &RuleTable,
    subject: Option<&Subject>,
    (book, layers): (&Book, &Layers<'_>),
) -> Option<Condition> {
    let layer = match subject {
        // Of a layer that is wrong itself nothing can be said.
        Some(Subject::Feature { layer, .. }) => Some(layers.right.get(layer)?.as_ref()),
        _ => None,
    };
    if let Some(layer) = layer {
        hidden_words(doc, at, layer);
    }
    let vocabulary = Vocabulary::of(subject, layer, book);
    let text = table.when.as_deref()?;
    let expression = Expression::parse_text(text, &vocabulary)
        .map_err(|fault| {
            let message = say!(Key::LayerBookCondition, id = table.id).with_why(fault.message);
            doc.fault(&format!("{at}.when"), message);
        })
        .ok()?;
    for nth in 0..table.examples.len() {
        example(doc, at, nth, table, (&expression, &vocabulary));
    }
    Some(Condition {
        text: text.to_owned(),
        expression,
        vocabulary: Arc::new(vocabulary),
    })
}

/// Fields that could not be told from words of features.
fn hidden_words(doc: &mut Document, at: &str, layer: &Layer) {
    for field in &layer.fields {
        if Vocabulary::is_word_of_features(&field.name) {
            let message = say!(
                Key::LayerBookFieldIsWord,
                layer = layer.id,
                name = field.name
            );
            doc.fault(&format!("{at}.layer"), message);
        }
    }
}

/// Tries the condition on an example.
fn example(
    doc: &mut Document,
    at: &str,
    nth: usize,
    table: &RuleTable,
    (expression, vocabulary): (&Expression, &Vocabulary),
) {
    let Some(example) = table.examples.get(nth) else {
        return;
    };
    let at = format!("{at}.examples.{nth}");
    let mut values = vec![Value::Null; vocabulary.len()];
    let mut sound = true;
    for (name, given) in &example.given {
        let at = format!("{at}.given.{name}");
        let Some(property) = vocabulary.property(name) else {
            let names = vocabulary.names();
            Known::Word.fault(doc, &at, name, names.iter());
            sound = false;
            continue;
        };
        if let Some(value) = typed(given, &property) {
            values[property.place] = value;
        } else {
            let message = say!(Key::LayerBookGivenType, name = name, kind = property.kind);
            doc.fault(&at, message);
            sound = false;
        }
        if let (GivenWord::Text(code), Some(codes)) = (given, &property.codes)
            && !codes.contains(code)
        {
            Known::ValueOf(name).fault(doc, &at, code, codes.iter());
            sound = false;
        }
    }
    let found = match expression.holds(&Values(values)) {
        Truth::True => FiresWord::Yes,
        Truth::False => FiresWord::No,
        Truth::Unknown => FiresWord::Unknown,
    };
    if sound && found != example.fires {
        let message = say!(
            Key::LayerBookExampleFires,
            id = table.id,
            want = shown(example.fires),
            found = shown(found)
        );
        doc.fault(&format!("{at}.fires"), message);
    }
}

const fn shown(fires: FiresWord) -> &'static str {
    match fires {
        FiresWord::Yes => "yes",
        FiresWord::No => "no",
        FiresWord::Unknown => "unknown",
    }
}

/// The value of an example as one of the property's kind.
fn typed(given: &GivenWord, property: &Property) -> Option<Value> {
    match (given, property.kind) {
        (GivenWord::Boolean(yes), Kind::Boolean) => Some(Value::Boolean(*yes)),
        (GivenWord::Number(number), Kind::Number) => Some(Value::Number(*number)),
        (GivenWord::Text(text), Kind::Text) => Some(Value::Text(text.as_str().into())),
        (GivenWord::Text(text), Kind::Date) => text.parse().ok().map(Value::Date),
        (GivenWord::Text(text), Kind::DateTime) => text.parse().ok().map(Value::DateTime),
        _ => None,
    }
}
