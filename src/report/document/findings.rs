//! What was found, which rule it fired, and what follows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Verdict, Words};

/// Something found, and one rule that it fired; or something that fired none; or a rule that speaks
/// of the parcel as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// The rule; null: it is there, and no rule speaks of it.
    pub rule: Option<FindingRule>,
    /// What it comes to; null: it changes no verdict.
    pub verdict: Option<Verdict>,
    /// The layer of the feature; null: the rule speaks of the parcel.
    pub layer: Option<String>,
    /// What people call that layer.
    pub layer_title: Option<Words>,
    /// The feature's number in its layer.
    pub feature: Option<i64>,
    /// What people call it; null: it has no name.
    pub name: Option<String>,
    /// The ring it stands in: `on_site`, `adjoining`, or `within_…m`.
    pub ring: Option<String>,
    /// The ring, in words.
    pub ring_title: Option<Words>,
    /// Whether it may as well be farther away: its position is known too poorly.
    pub possible: bool,
    /// Whether it shares less ground with the parcel than counts.
    pub sliver: bool,
    /// Whether only a road lies between.
    pub across_road: bool,
    /// How far it is from the parcel's border; 0 on site.
    pub distance_m: Option<f64>,
    /// Least and greatest distance that its precision allows; null: the precision is not stated.
    pub distance_interval_m: Option<DistanceInterval>,
    /// In which direction from the parcel; null on site.
    pub bearing: Option<f64>,
    /// The ground it shares with the parcel; null: it is no area.
    pub overlap_m2: Option<f64>,
    /// The share of the parcel that is; null: it is no area.
    pub overlap_share: Option<f64>,
    /// When it was so, in the world; null: of the parcel.
    pub valid: Option<FeatureSpan>,
    /// Where harm comes from; null: not known.
    pub source: Option<Words>,
    /// The way it takes; null: not known.
    pub pathway: Option<Words>,
    /// Whom or what it harms; null: not known.
    pub receptor: Option<Words>,
    /// Which of the three are not known.
    pub not_known: Vec<NotKnown>,
    /// The article it rests on; null: no rule speaks of it.
    pub basis: Option<Basis>,
    /// What it is, in a plain sentence.
    pub sentence: Words,
    /// What to do next; null: nothing is said.
    pub next_step: Option<Words>,
    /// By when; null: nothing is said.
    pub deadline: Option<Words>,
    /// What follows from it under other rules, in order.
    pub steps: Vec<Step>,
    /// The values the rule's condition looked at.
    pub inputs: Vec<Input>,
    /// What must be said of it, in whole sentences.
    pub remarks: Vec<Words>,
}

/// The least and the greatest distance, metres.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DistanceInterval(pub [f64; 2]);

/// When a feature was so, in the world, both days counted in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FeatureSpan {
    /// The first day; null: open or not known.
    pub from: Option<String>,
    /// The last day; null: open or not known.
    pub to: Option<String>,
}

/// The rule a finding fired.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FindingRule {
    /// Its name.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// What people call it.
    pub title: Words,
    /// What it does.
    pub kind: RuleKind,
    /// How its text was met.
    pub read: Read,
}

/// What a rule does in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RuleKind {
    /// It decides by what is there.
    Trigger,
    /// It decides by a value against a limit.
    Limit,
    /// It is a step that hangs on findings.
    Procedure,
    /// It is a policy that hangs on findings.
    Policy,
}

/// How the text of a rule was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "RuleRead")]
#[serde(rename_all = "lowercase")]
pub enum Read {
    /// In the primary source.
    Primary,
    /// In an excerpt or another's account.
    Secondary,
    /// From general knowledge.
    Recalled,
}

/// The article something rests on, and where it was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Basis {
    /// The article.
    pub article: Words,
    /// Where its text was met.
    pub source: String,
    /// How its text was met.
    pub read: Read,
}

/// A step that follows from a finding under another rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Step {
    /// That rule.
    pub rule: FindingRule,
    /// The article it rests on.
    pub basis: Basis,
    /// What it says.
    pub sentence: Words,
    /// What to do; null: nothing is said beyond the sentence.
    pub next_step: Option<Words>,
    /// By when; null: nothing is said.
    pub deadline: Option<Words>,
}

/// A value that a rule's condition looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Input {
    /// The name it has in the rule's condition.
    pub name: String,
    /// The value, as a person reads it; empty: not recorded.
    pub value: String,
}

/// What of source, pathway and receptor is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NotKnown {
    /// Where harm comes from.
    Source,
    /// The way it takes.
    Pathway,
    /// Whom it harms.
    Receptor,
}
