//! What a finding says: the values looked at, source and receptor, and what must be remarked.

use crate::assess::answer::{Finding, FoundFeature, SampleValue};
use crate::assess::facts::{Facts, Found};
use crate::layer::Role;
use crate::layer::book::rules::{Condition, Rule};
use crate::layer::book::vocabulary::{Meaning, Values, Word};
use crate::model::{Period, Value};
use crate::query::LayerView;
use crate::say;
use crate::text::{Bilingual, Key, Lang, Message};

use super::values::Use;

/// A feature of which no rule speaks.
pub(super) fn quiet(found: &Found<'_>) -> Finding {
    let view = found.layer.view();
    let named = || Some(named(view, &found.feature.name));
    Finding {
        rule: None,
        verdict: None,
        inputs: Vec::new(),
        source: (view.role == Role::Source).then(named).flatten(),
        pathway: (view.role == Role::Pathway).then(named).flatten(),
        receptor: (view.role == Role::Receptor).then(named).flatten(),
        steps: Vec::new(),
        remarks: weak(&found.feature).collect(),
        feature: Some(found.feature.clone()),
    }
}

/// The values that a condition looked at, in the order in which it names them.
pub(super) fn inputs(
    condition: &Condition,
    places: &[usize],
    row: &Values,
) -> Vec<(String, String)> {
    let shown = |place: &usize| {
        let value = row.0.get(*place).filter(|value| !value.is_null());
        let value = value.map_or_else(|| "–".to_owned(), Value::to_plain_text);
        (condition.vocabulary.name(*place).to_owned(), value)
    };
    places.iter().map(shown).collect()
}

/// The properties for want of which a condition could not be decided, and whether each is a word of
/// the use.
pub(super) fn lacking(
    condition: &Condition,
    places: &[usize],
    row: &Values,
) -> Vec<(String, bool)> {
    let unknown = |place: &&usize| {
        matches!(
            row.0.get(**place),
            None | Some(Value::Null | Value::BelowDetection(_))
        )
    };
    let shown = |place: &usize| {
        let vocabulary = &condition.vocabulary;
        let meaning = vocabulary.meaning(*place);
        let of_use = matches!(meaning, Some(Meaning::Word(word)) if word.is_of_use());
        (vocabulary.name(*place).to_owned(), of_use)
    };
    places.iter().filter(unknown).map(shown).collect()
}

/// What a measured value is, for the finding it led to.
pub(super) fn measured(sample: &SampleValue) -> Vec<(String, String)> {
    let value = if sample.below_detection {
        format!("<{}", sample.value)
    } else {
        sample.value.to_string()
    };
    let mut inputs = vec![
        (Word::Substance.name().to_owned(), sample.substance.clone()),
        (
            Word::Measured.name().to_owned(),
            format!("{value} {}", sample.unit),
        ),
    ];
    for (name, limit) in [
        ("screening", sample.screening),
        ("intervention", sample.intervention),
    ] {
        inputs.extend(limit.map(|limit| (name.to_owned(), format!("{limit} {}", sample.unit))));
    }
    inputs
}

/// A sample as a feature, where its layer was not looked into.
pub(super) fn sample(sample: &SampleValue) -> FoundFeature {
    FoundFeature {
        layer: sample.layer.clone(),
        id: sample.id,
        name: sample.name.clone(),
        ring: sample.ring,
        possible: false,
        sliver: false,
        across_road: false,
        distance_m: sample.distance_m,
        distance_interval_m: None,
        bearing: None,
        overlap_m2: None,
        overlap_share: None,
        valid: Period::default(),
    }
}

/// What a finding of a rule is told from.
pub(super) struct Words<'a> {
    pub(super) rule: &'a Rule,
    pub(super) facts: &'a Facts<'a>,
    /// The uses for which it fired.
    pub(super) uses: &'a [&'a Use],
    /// Whether it spoke of one planned use.
    pub(super) by_use: bool,
    pub(super) feature: Option<&'a FoundFeature>,
}

impl Words<'_> {
    /// The feature, if its layer has this part in a risk answer.
    fn subject(&self, role: Role) -> Option<Bilingual> {
        let feature = self.feature?;
        let view = self.facts.world.layers.get(&feature.layer)?.view();
        (view.role == role).then(|| named(view, &feature.name))
    }

    /// Where harm comes from.
    pub(super) fn source(&self) -> Option<Bilingual> {
        let own = self.rule.pollutant_source.clone();
        own.or_else(|| self.subject(Role::Source))
    }

    /// Whom it harms: as the rule says, else the subject, else who will use the parcel.
    pub(super) fn receptor(&self) -> Bilingual {
        let own = self.rule.receptor.clone();
        own.or_else(|| self.subject(Role::Receptor))
            .unwrap_or_else(|| self.users())
    }

    fn users(&self) -> Bilingual {
        let systems = &self.facts.book.systems;
        let words: Vec<Option<&Bilingual>> = self
            .uses
            .iter()
            .map(|planned| {
                let coded = planned.coded.as_ref()?;
                systems.get(&coded.system)?.words(&coded.code)
            })
            .collect();
        let said = |lang: Lang| {
            let named: Vec<&str> = words.iter().flatten().map(|w| w.in_lang(lang)).collect();
            if named.is_empty() {
                return say!(Key::AssessUsersUnknown).in_lang(lang);
            }
            let comma = match lang {
                Lang::Zh => "、",
                Lang::En => ", ",
            };
            say!(Key::AssessUsers, uses = named.join(comma)).in_lang(lang)
        };
        Bilingual {
            zh: said(Lang::Zh),
            en: said(Lang::En),
        }
    }

    /// What must be said of the finding, in whole sentences.
    pub(super) fn remarks(&self, places: &[usize]) -> Vec<Message> {
        let asks = |wanted: &[Word]| {
            let condition = self.rule.condition.as_ref();
            condition.is_some_and(|condition| {
                let meaning = |place: &usize| condition.vocabulary.meaning(*place);
                let asked = |meaning: &Meaning| match meaning {
                    Meaning::Word(word) => wanted.contains(word),
                    Meaning::Field(_) => false,
                };
                places.iter().filter_map(meaning).any(asked)
            })
        };
        let mut remarks: Vec<Message> = self.feature.into_iter().flat_map(weak).collect();
        if asks(&[Word::UseChanges, Word::Changes]) && self.facts.use_changes().is_none() {
            remarks.push(say!(Key::AssessUseCountsAsChange));
        }
        if self.by_use && self.facts.question.planned.uses.len() > 1 {
            let uses = self
                .uses
                .iter()
                .filter_map(|planned| planned.coded.as_ref());
            let uses: Vec<String> = uses.map(ToString::to_string).collect();
            remarks.push(say!(Key::AssessFiredFor, uses = uses.join(", ")));
        }
        if asks(&[
            Word::PlannedTrigger,
            Word::PlannedClass,
            Word::PresentTrigger,
        ]) {
            let derived = self.uses.iter().filter(|planned| planned.own_derivation);
            let derived = derived.filter_map(|planned| planned.coded.as_ref());
            let derived: Vec<String> = derived.map(ToString::to_string).collect();
            if !derived.is_empty() {
                remarks.push(say!(Key::AssessOwnDerivation, uses = derived.join(", ")));
            }
        }
        remarks
    }
}

/// Why a finding is no more than a hint.
fn weak(feature: &FoundFeature) -> impl Iterator<Item = Message> + use<> {
    let possible = feature.possible.then(|| say!(Key::AssessRulePossible));
    let sliver = feature.sliver.then(|| say!(Key::AssessRuleSliver));
    possible.into_iter().chain(sliver)
}

/// A feature as people call it, with what it is.
fn named(view: &LayerView, name: &str) -> Bilingual {
    if name.is_empty() {
        return view.title.clone();
    }
    Bilingual {
        zh: format!("{}：{name}", view.title.zh),
        en: format!("{}: {name}", view.title.en),
    }
}
