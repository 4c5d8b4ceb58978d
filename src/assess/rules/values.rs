//! What the words of rules hold: of the parcel and a planned use, of a row of the table of uses, of
//! a feature and its fields, of a measured value.

use crate::assess::answer::{Change, Exceeds, FromUse, SampleValue};
use crate::assess::facts::{Facts, Found};
use crate::layer::book::rules::Condition;
use crate::layer::book::vocabulary::{Meaning, Values, Word};
use crate::layer::{Book, SoilClass, SurveyTrigger, UseClass};
use crate::model::{CodedUse, Ring, Value};

/// A planned use, and what every rule may ask of it and the parcel.
pub(super) struct Use {
    /// The use; `None`: nobody has named one.
    pub(super) coded: Option<CodedUse>,
    /// Whether what it means for the soil is no published source's word.
    pub(super) own_derivation: bool,
    /// By [`Word::COMMON`].
    words: [Value; Word::COMMON.len()],
}

/// What a rule is tried on.
#[derive(Clone, Copy)]
pub(super) enum Case<'a> {
    Parcel,
    Change(&'a Change),
    Feature(&'a Found<'a>),
    Sample(&'a SampleValue),
}

/// The planned uses, one at least: where none is named, one of which nothing is known.
pub(super) fn uses(facts: &Facts<'_>) -> Vec<Use> {
    let planned = &facts.question.planned.uses;
    let present = present_trigger(facts);
    let of = |coded: Option<&CodedUse>| {
        let class = coded.and_then(|used| class(facts.book, used));
        Use {
            coded: coded.cloned(),
            own_derivation: class.is_some_and(UseClass::is_own_derivation),
            words: Word::COMMON.map(|word| match word {
                Word::PlannedSystem => text(coded.map(|used| used.system.as_str())),
                Word::PlannedCode => text(coded.map(|used| used.code.as_str())),
                Word::PlannedGroup => text(coded.and_then(|used| group(facts.book, used))),
                Word::PlannedTrigger => text(class.and_then(trigger)),
                Word::PlannedClass => text(class.and_then(soil_class)),
                Word::PlannedCount => i64::try_from(planned.len()).map_or(Value::Null, |count| {
                    if count == 0 {
                        Value::Null
                    } else {
                        Value::Integer(count)
                    }
                }),
                Word::UseChanges => boolean(facts.use_changes()),
                Word::PresentTrigger => text(present),
                Word::ParcelAreaM2 => Value::Number(facts.area_m2),
                _ => Value::Null,
            }),
        }
    };
    if planned.is_empty() {
        vec![of(None)]
    } else {
        planned.iter().map(|used| of(Some(used))).collect()
    }
}

/// The values that a condition asks for, of a case and a planned use.
pub(super) fn row(
    condition: &Condition,
    places: &[usize],
    facts: &Facts<'_>,
    planned: &Use,
    case: Case<'_>,
) -> Values {
    let mut values = vec![Value::Null; condition.vocabulary.len()];
    for &place in places {
        let value = match condition.vocabulary.meaning(place) {
            Some(Meaning::Word(word)) => {
                let common = Word::COMMON.iter().position(|common| common == word);
                match common.and_then(|nth| planned.words.get(nth)) {
                    Some(value) => value.clone(),
                    None => of_case(*word, facts, case),
                }
            }
            Some(Meaning::Field(name)) => field(name, case),
            None => Value::Null,
        };
        if let Some(slot) = values.get_mut(place) {
            *slot = value;
        }
    }
    Values(values)
}

fn of_case(word: Word, facts: &Facts<'_>, case: Case<'_>) -> Value {
    match case {
        Case::Parcel => Value::Null,
        Case::Change(change) => of_change(word, facts, change),
        Case::Feature(found) => of_feature(word, found),
        Case::Sample(value) => of_sample(word, value),
    }
}

fn of_change(word: Word, facts: &Facts<'_>, change: &Change) -> Value {
    let from = match &change.from {
        FromUse::Use(used) => Some(used),
        FromUse::NotMapped | FromUse::MappedTwice => None,
    };
    match word {
        Word::FromSystem => text(from.map(|used| used.system.as_str())),
        Word::FromCode => text(from.map(|used| used.code.as_str())),
        Word::FromGroup => text(from.and_then(|used| group(facts.book, used))),
        Word::FromTrigger => text(
            from.and_then(|used| class(facts.book, used))
                .and_then(trigger),
        ),
        Word::Mapped => text(Some(match &change.from {
            FromUse::Use(_) => "once",
            FromUse::NotMapped => "not_mapped",
            FromUse::MappedTwice => "twice",
        })),
        Word::Changes => boolean(change.changes),
        Word::AreaM2 => Value::Number(change.area_m2),
        // A row that is the whole parcel must not seem a part of it by the last bit of a sum.
        Word::AreaShare => Value::Number(round(change.area_m2 / facts.area_m2)),
        _ => Value::Null,
    }
}

/// A share to a millionth.
fn round(share: f64) -> f64 {
    (share * 1e6).round() / 1e6
}

fn of_feature(word: Word, found: &Found<'_>) -> Value {
    let feature = &found.feature;
    match word {
        Word::Ring => ring(feature.ring),
        Word::DistanceM => Value::Number(feature.distance_m),
        Word::OverlapM2 => number(feature.overlap_m2),
        Word::OverlapShare => number(feature.overlap_share),
        Word::Possible => Value::Boolean(feature.possible),
        Word::Sliver => Value::Boolean(feature.sliver),
        _ => Value::Null,
    }
}

fn of_sample(word: Word, sample: &SampleValue) -> Value {
    match word {
        Word::Standard => text(Some(sample.standard.unwrap_or("none"))),
        Word::Substance => text(Some(&sample.substance)),
        Word::Exceeds => text(match sample.exceeds {
            Exceeds::Nothing => Some("nothing"),
            Exceeds::WithinBackground => Some("background"),
            Exceeds::Screening => Some("screening"),
            Exceeds::Intervention => Some("intervention"),
            Exceeds::NotKnown => None,
        }),
        Word::Ratio => number(sample.ratio),
        Word::Class => text(sample.class.as_deref()),
        Word::Ring => ring(sample.ring),
        Word::DistanceM => Value::Number(sample.distance_m),
        Word::Measured if sample.below_detection => Value::BelowDetection(sample.value),
        Word::Measured => Value::Number(sample.value),
        _ => Value::Null,
    }
}

/// A field that the audience does not see is not recorded, as far as it is concerned.
fn field(name: &str, case: Case<'_>) -> Value {
    let Case::Feature(found) = case else {
        return Value::Null;
    };
    let fields = &found.layer.view().fields;
    let place = fields.iter().position(|field| field.name == name);
    place.map_or(Value::Null, |place| found.layer.value(found.row, place))
}

/// Whether the present uses are such that call for a survey: all of them, or not all.
fn present_trigger(facts: &Facts<'_>) -> Option<&'static str> {
    let each = || {
        facts.changes.iter().map(|change| match &change.from {
            FromUse::Use(used) => class(facts.book, used).and_then(trigger),
            FromUse::NotMapped | FromUse::MappedTwice => None,
        })
    };
    if each().any(|trigger| trigger == Some("no")) {
        Some("no")
    } else if facts.changes.is_empty() || each().any(|trigger| trigger.is_none()) {
        None
    } else {
        Some("yes")
    }
}

fn class<'a>(book: &'a Book, used: &CodedUse) -> Option<&'a UseClass> {
    book.crosswalk.of(&used.system, &used.code)
}

/// The code at the top of its own classification.
fn group<'a>(book: &'a Book, used: &CodedUse) -> Option<&'a str> {
    book.systems.get(&used.system)?.top(&used.code)
}

const fn trigger(class: &UseClass) -> Option<&'static str> {
    match class.survey_trigger {
        SurveyTrigger::Yes => Some("yes"),
        SurveyTrigger::No => Some("no"),
        SurveyTrigger::Unknown => None,
    }
}

const fn soil_class(class: &UseClass) -> Option<&'static str> {
    match class.gb36600_class {
        SoilClass::I => Some("I"),
        SoilClass::II => Some("II"),
        SoilClass::Unknown => None,
    }
}

fn ring(ring: Ring) -> Value {
    text(Some(match ring {
        Ring::OnSite => "on_site",
        Ring::Adjoining => "adjoining",
        Ring::Within(_) => "within",
    }))
}

fn text(text: Option<&str>) -> Value {
    text.map_or(Value::Null, |text| Value::Text(text.into()))
}

fn boolean(yes: Option<bool>) -> Value {
    yes.map_or(Value::Null, Value::Boolean)
}

fn number(number: Option<f64>) -> Value {
    number.map_or(Value::Null, Value::Number)
}
