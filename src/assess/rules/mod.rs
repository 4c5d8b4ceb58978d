//! Rules over facts: which fire, what they come to, and what could not be decided.
//!
//! A rule is tried on each of its subjects, once for each planned use, and fires if it does for any:
//! a mixed parcel counts as a whole. What is not known is null, a condition on it is unknown, and an
//! unknown neither fires nor passes for "no": it is told as one.

mod steps;
mod told;
mod values;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use self::values::{Case, Use};
use super::answer::{Finding, FoundFeature, Reason, SampleValue, Unknown};
use super::facts::Facts;
use crate::filter::Truth;
use crate::layer::book::RuleSet;
use crate::layer::book::rules::{RingKind, Rule, Subject};
use crate::layer::book::vocabulary::Meaning;
use crate::model::{FeatureId, LayerId, Ring, Verdict};
use crate::say;
use crate::text::Key;

/// What the rules of a set say of facts: a finding for each rule that fired, and for each feature
/// found that fired none; and what could not be decided. Findings come with the most severe first,
/// then by ring and distance.
pub fn evaluate(set: &RuleSet, facts: &Facts<'_>) -> (Vec<Finding>, Vec<Unknown>) {
    let uses = values::uses(facts);
    let mut findings = Vec::new();
    let mut unknowns = Vec::new();
    for rule in &set.rules {
        let Some(subject) = &rule.subject else {
            continue;
        };
        let mut trial = Trial::new(set, rule, facts, &uses);
        trial.run(subject);
        findings.append(&mut trial.findings);
        unknowns.extend(trial.unknown(subject));
    }
    let fired: BTreeSet<(LayerId, FeatureId)> = findings
        .iter()
        .filter_map(|finding: &Finding| finding.feature.as_ref())
        .map(|feature| (feature.layer.clone(), feature.id))
        .collect();
    for found in &facts.found {
        if !fired.contains(&(found.feature.layer.clone(), found.feature.id)) {
            findings.push(told::quiet(found));
        }
    }
    findings.sort_by(by_weight);
    (findings, unknowns)
}

/// What findings and unknowns come to: the most severe that fired; else whether anything is not
/// known. And whether everything that was asked is known.
pub fn verdict(findings: &[Finding], unknowns: &[Unknown]) -> (Verdict, bool) {
    let complete = unknowns.is_empty();
    let fired = findings.iter().filter_map(|finding| finding.verdict).max();
    let quiet = if complete {
        Verdict::NoKnownTrigger
    } else {
        Verdict::Incomplete
    };
    (fired.unwrap_or(quiet), complete)
}

/// The most severe first; then what concerns the parcel as a whole, then by ring and distance.
fn by_weight(a: &Finding, b: &Finding) -> std::cmp::Ordering {
    let place = |finding: &Finding| {
        let feature = finding.feature.as_ref();
        (
            Reverse(finding.verdict),
            finding.rule.is_none(),
            feature.map(|feature| feature.ring),
        )
    };
    let distance = |finding: &Finding| {
        let feature = finding.feature.as_ref();
        feature.map_or(0.0, |feature| feature.distance_m)
    };
    let name = |finding: &Finding| {
        let feature = finding.feature.as_ref();
        (
            feature.map(|feature| (feature.layer.clone(), feature.id)),
            finding.rule.as_ref().map(|rule| rule.id.clone()),
        )
    };
    place(a)
        .cmp(&place(b))
        .then_with(|| distance(a).total_cmp(&distance(b)))
        .then_with(|| name(a).cmp(&name(b)))
}

/// A rule while it is tried.
struct Trial<'a> {
    set: &'a RuleSet,
    rule: &'a Arc<Rule>,
    facts: &'a Facts<'a>,
    uses: &'a [Use],
    /// The places of the condition's properties.
    places: Vec<usize>,
    /// Whether the condition speaks of one planned use.
    by_use: bool,
    findings: Vec<Finding>,
    /// The nearest ring in which it could not be decided, and for want of which properties.
    undecided: Option<(Option<Ring>, BTreeSet<String>)>,
    /// Whether a word of the use was among them.
    for_want_of_use: bool,
}

/// The uses for which a rule fired: their places among the planned uses. And what it looked at.
struct Fired {
    uses: Vec<usize>,
    inputs: Vec<(String, String)>,
}

impl<'a> Trial<'a> {
    fn new(set: &'a RuleSet, rule: &'a Arc<Rule>, facts: &'a Facts<'a>, uses: &'a [Use]) -> Self {
        let condition = rule.condition.as_ref();
        let places = condition.map_or_else(Vec::new, |condition| condition.expression.places());
        let by_use = condition.is_some_and(|condition| {
            let planned = |place: &usize| match condition.vocabulary.meaning(*place) {
                Some(Meaning::Word(word)) => word.is_of_planned_use(),
                _ => false,
            };
            places.iter().any(planned)
        });
        Self {
            set,
            rule,
            facts,
            uses,
            places,
            by_use,
            findings: Vec::new(),
            undecided: None,
            for_want_of_use: false,
        }
    }

    fn run(&mut self, subject: &Subject) {
        let facts = self.facts;
        match subject {
            Subject::Parcel => self.tried(Case::Parcel, None),
            Subject::Change => {
                self.changes();
            }
            Subject::Feature { layer, rings } => {
                let of_layer = |feature: &FoundFeature| {
                    feature.layer == *layer && rings.contains(&RingKind::of(feature.ring))
                };
                for found in facts.found.iter().filter(|found| of_layer(&found.feature)) {
                    self.tried(Case::Feature(found), Some(&found.feature));
                }
            }
            Subject::Sample => self.samples(),
        }
    }

    fn tried(&mut self, case: Case<'a>, feature: Option<&FoundFeature>) {
        if let Some(fired) = self.fires(case, feature.map(|feature| feature.ring)) {
            let finding = self.finding(fired, feature.cloned());
            self.findings.push(finding);
        }
    }

    /// One finding for the ground, however many pieces of it fire.
    fn changes(&mut self) {
        let mut whole: Option<Fired> = None;
        for change in &self.facts.changes {
            let Some(fired) = self.fires(Case::Change(change), None) else {
                continue;
            };
            match &mut whole {
                None => whole = Some(fired),
                Some(whole) => {
                    whole.inputs.extend(fired.inputs);
                    whole.uses.extend(fired.uses);
                    whole.uses.sort_unstable();
                    whole.uses.dedup();
                }
            }
        }
        if let Some(fired) = whole {
            let finding = self.finding(fired, None);
            self.findings.push(finding);
        }
    }

    /// One finding for a sample, however many of its values fire.
    fn samples(&mut self) {
        let mut samples: BTreeMap<(&LayerId, FeatureId), Vec<&'a SampleValue>> = BTreeMap::new();
        for value in &self.facts.samples {
            let values = samples.entry((&value.layer, value.id)).or_default();
            values.push(value);
        }
        for ((layer, id), values) in samples {
            let mut whole: Option<Fired> = None;
            for value in &values {
                let Some(fired) = self.fires(Case::Sample(value), Some(value.ring)) else {
                    continue;
                };
                let inputs = told::measured(value);
                match &mut whole {
                    Some(whole) => whole.inputs.extend(inputs),
                    None => whole = Some(Fired { inputs, ..fired }),
                }
            }
            let (Some(fired), Some(value)) = (whole, values.first()) else {
                continue;
            };
            let mut found = self.facts.found.iter().map(|found| &found.feature);
            let feature = found.find(|feature| feature.layer == *layer && feature.id == id);
            let feature = feature.cloned().unwrap_or_else(|| told::sample(value));
            let finding = self.finding(fired, Some(feature));
            self.findings.push(finding);
        }
    }

    /// Whether the condition holds, for which of the planned uses; what it cannot say is noted.
    fn fires(&mut self, case: Case<'_>, ring: Option<Ring>) -> Option<Fired> {
        let every: Vec<usize> = (0..self.uses.len()).collect();
        let Some(condition) = &self.rule.condition else {
            return Some(Fired {
                uses: every,
                inputs: Vec::new(),
            });
        };
        let tried = if self.by_use {
            self.uses
        } else {
            &self.uses[..1]
        };
        let mut fired: Vec<usize> = Vec::new();
        let mut inputs = Vec::new();
        let mut lacking: Vec<(String, bool)> = Vec::new();
        for (nth, planned) in tried.iter().enumerate() {
            let row = values::row(condition, &self.places, self.facts, planned, case);
            match condition.expression.holds(&row) {
                Truth::True => {
                    if fired.is_empty() {
                        inputs = told::inputs(condition, &self.places, &row);
                    }
                    fired.push(nth);
                }
                Truth::Unknown => lacking.extend(told::lacking(condition, &self.places, &row)),
                Truth::False => {}
            }
        }
        if fired.is_empty() {
            self.note(ring, lacking);
            return None;
        }
        let uses = if self.by_use { fired } else { every };
        Some(Fired { uses, inputs })
    }

    fn note(&mut self, ring: Option<Ring>, lacking: Vec<(String, bool)>) {
        if lacking.is_empty() {
            return;
        }
        self.for_want_of_use |= lacking.iter().any(|(_, of_use)| *of_use);
        let (nearest, names) = self.undecided.get_or_insert((ring, BTreeSet::new()));
        *nearest = (*nearest).min(ring);
        names.extend(lacking.into_iter().map(|(name, _)| name));
    }

    /// That the rule could not be decided, if so: once, however often.
    fn unknown(self, subject: &Subject) -> Option<Unknown> {
        let (ring, names) = self.undecided?;
        let layer = match subject {
            Subject::Feature { layer, .. } => Some(layer.clone()),
            Subject::Sample => self.facts.samples.first().map(|value| value.layer.clone()),
            Subject::Parcel | Subject::Change => None,
        };
        let held = layer
            .as_ref()
            .and_then(|id| self.facts.world.layers.get(id));
        let reason = match subject {
            _ if self.for_want_of_use => Reason::Use,
            Subject::Sample => Reason::Measurement,
            Subject::Feature { .. } => Reason::Value,
            Subject::Parcel | Subject::Change => Reason::Use,
        };
        let names: Vec<String> = names.into_iter().collect();
        Some(Unknown {
            theme: held.map(|layer| layer.view().theme),
            layer,
            ring,
            rule: Some(self.rule.id.clone()),
            reason,
            sentence: say!(
                Key::AssessRuleUndecided,
                rule = self.rule.id,
                names = names.join(", ")
            ),
        })
    }

    fn finding(&self, fired: Fired, feature: Option<FoundFeature>) -> Finding {
        let uses: Vec<&Use> = fired
            .uses
            .iter()
            .filter_map(|&nth| self.uses.get(nth))
            .collect();
        let words = told::Words {
            rule: self.rule,
            facts: self.facts,
            uses: &uses,
            by_use: self.by_use,
            feature: feature.as_ref(),
        };
        let weak = feature.as_ref().is_some_and(|f| f.possible || f.sliver);
        Finding {
            rule: Some(Arc::clone(self.rule)),
            verdict: self.rule.verdict.map(|verdict| {
                if weak {
                    verdict.min(Verdict::Attention)
                } else {
                    verdict
                }
            }),
            inputs: fired.inputs,
            source: words.source(),
            pathway: self.rule.pathway.clone(),
            receptor: Some(words.receptor()),
            steps: steps::after(self.set, self.rule, self.facts, &uses),
            remarks: words.remarks(&self.places),
            feature,
        }
    }
}
