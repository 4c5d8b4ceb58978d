//! What a screening says on the wire, field by field in the order in which it is written.
//!
//! Distances are metres and areas square metres, both to 0.01; shares are 0..1 to 0.0001, bearings
//! degrees clockwise from north to 0.1, coordinates degrees to 1e-9. Null means not known or not
//! there, as each field says; never none.

mod findings;
mod ground;
mod measured;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::Lang;

pub use findings::{
    Basis, DistanceInterval, FeatureSpan, Finding, FindingRule, Input, NotKnown, Read, RuleKind,
    Step,
};
pub use ground::{
    Former, FromState, LandUse, LayerCoverage, Outline, OutlineKind, Parcel, PlannedUse, Reason,
    RingCoverage, State, ThemeCoverage, UseChange, UseOrigin,
};
pub use measured::{Exceeds, IndexValue, LimitKind, SampleValue, SamplesPassed};

/// `/screenings`: what is on a parcel and near it, which rules fire, what follows, and what is not
/// known. Keys may be added to it, so let pass what you do not know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "Screening")]
pub struct Document {
    /// Its name under `/screenings/`; null: it is not kept.
    pub id: Option<String>,
    /// When it was made, RFC 3339.
    pub made_at: String,
    /// By which program, with its version.
    pub engine: String,
    /// 16 hexadecimal letters that change with the visible content of the layers it rests on, and
    /// with nothing else.
    pub revision: String,
    /// The moment whose records were asked for, RFC 3339; null: the present.
    pub as_of: Option<String>,
    /// The day on which it was judged what is in force.
    pub valid_on: String,
    /// The rules it went by.
    pub rules: RulesUsed,
    /// The distances and shares it went by.
    pub profile: ProfileUsed,
    /// For whom it was made.
    pub audience: Audience,
    /// The district.
    pub district: District,
    /// Whether any layer it rests on holds demonstration data: made up or adapted, not the real
    /// situation.
    pub demonstration: bool,
    /// What to call it by: the district's code and the beginning of the hash.
    pub report_number: String,
    /// The last day on which it may be relied on, as the profile has it.
    pub valid_until: String,
    /// The parcel.
    pub parcel: Parcel,
    /// What it is to become.
    pub planned_use: PlannedUse,
    /// Whether a change to the planned use calls for a soil survey. Another axis than the class.
    pub survey_trigger: SurveyTrigger,
    /// By which class of GB 36600-2018 its soil is judged.
    pub limit_class: LimitClass,
    /// What it comes to.
    pub verdict: Verdict,
    /// Whether everything that was asked is known.
    pub complete: bool,
    /// The verdict, in a sentence.
    pub verdict_sentence: Words,
    /// What was looked at, theme by theme.
    pub themes: Vec<ThemeCoverage>,
    /// What was found and which rules it fired: the most severe first.
    pub findings: Vec<Finding>,
    /// Present use against planned use; adds up to the parcel.
    pub land_use_change: Vec<UseChange>,
    /// Measured values against limits: those that exceed first.
    pub samples: Vec<SampleValue>,
    /// Values farther away than next door that are within their limits or have none: how many.
    pub samples_passed: Vec<SamplesPassed>,
    /// Indices of the samples on the parcel.
    pub indices: Vec<IndexValue>,
    /// What could be anywhere: its position is known no better than the outermost ring.
    pub unplaced: Vec<Unplaced>,
    /// What is not known.
    pub unknowns: Vec<Unknown>,
    /// The layers it rests on.
    pub provenance: Vec<LayerUsed>,
    /// SHA-256 of the canonical JSON (RFC 8785) of this document without `id`, `made_at`,
    /// `report_number` and `hash`; lower-case hexadecimal.
    pub hash: String,
}

/// Words in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Words {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Words {
    /// The words in one language.
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// The rules a screening went by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RulesUsed {
    /// The rule set.
    pub id: String,
    /// Its version; null: the profile names a set that is not there.
    pub version: Option<u32>,
    /// What people call it.
    pub title: Option<Words>,
    /// What must be known of the texts they rest on: in which version, whether still in force.
    pub notes: Vec<Words>,
    /// SHA-256 over all files of rules, profiles, limits and codes: another digest, other rules.
    pub digest: String,
}

/// The profile a screening went by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProfileUsed {
    /// Its name.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// What people call it.
    pub title: Words,
    /// Where its numbers come from.
    pub note: Words,
    /// The outer edges of the rings, metres.
    pub rings_m: Vec<u32>,
    /// Something is adjoining across a road whose width is below this.
    pub road_width_m: f64,
    /// An overlap below this is a sliver.
    pub sliver_m2: f64,
    /// The least share of the parcel that must have been looked at.
    pub least_share_on_site: f64,
    /// The least share of a ring that must have been looked at.
    pub least_share_rings: f64,
    /// A survey older than this does not count, years; null: none is too old.
    pub survey_age_years: Option<u32>,
    /// The soil background set it judges by.
    pub background: String,
}

/// For whom a screening was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ScreeningAudience")]
#[serde(rename_all = "lowercase")]
pub enum Audience {
    /// Anyone.
    Public,
    /// The authority's own departments.
    Department,
}

/// The district a screening was made for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ScreeningDistrict")]
pub struct District {
    /// Its name.
    pub name: Words,
    /// Its administrative code; null: not said.
    pub code: Option<String>,
    /// Who publishes the map.
    pub publisher: Words,
    /// Where to ask; null: not said.
    pub contact: Option<String>,
}

/// Whether a change to a use calls for a soil survey first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SurveyTrigger {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// Not known, or some of what the code covers does.
    Unknown,
}

/// By which class of GB 36600-2018 the soil is judged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LimitClass {
    /// The class.
    pub class: SoilClass,
    /// Whether class I is taken only because the class of the planned use is not known.
    pub assumed: bool,
    /// What that rests on, an entry a planned use.
    pub basis: Vec<String>,
}

/// A class of GB 36600-2018.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum SoilClass {
    /// The first, stricter class.
    I,
    /// The second class.
    II,
    /// The standard does not class it.
    #[serde(rename = "unknown")]
    Unknown,
}

/// What a screening comes to.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// No rule was triggered by what is known, and everything that was asked is known.
    NoKnownTrigger,
    /// No rule was triggered, and something that was asked is not known.
    Incomplete,
    /// Something wants to be looked at.
    Attention,
    /// A soil survey is required first.
    SurveyRequired,
    /// Nothing may be built until risk control or remediation has reached its targets.
    ConstructionBarred,
    /// The planned use is not allowed there.
    Prohibited,
}

/// Something known too poorly to say where it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Unplaced {
    /// Its layer.
    pub layer: String,
    /// What people call the layer.
    pub layer_title: Words,
    /// Its number there.
    pub feature: i64,
    /// What people call it; empty: it has no name.
    pub name: String,
    /// How poorly: the true place lies within so many metres.
    pub precision_m: f64,
}

/// Something that is not known.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Unknown {
    /// In which theme; null: of the parcel itself.
    pub theme: Option<String>,
    /// In which layer.
    pub layer: Option<String>,
    /// In which ring.
    pub ring: Option<String>,
    /// Which rule could not be decided.
    pub rule: Option<String>,
    /// Why.
    pub reason: Reason,
    /// In a whole sentence.
    pub sentence: Words,
}

/// A layer a screening rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LayerUsed {
    /// The layer.
    pub layer: String,
    /// What people call it.
    pub title: Words,
    /// 16 hexadecimal letters that change with its visible content.
    pub version: String,
    /// When its data were last brought up to date: a year, a month or a day, ISO 8601.
    pub updated: String,
    /// Who publishes it.
    pub publisher: Words,
    /// Under which terms.
    pub licence: String,
    /// Whether it is demonstration data.
    pub demonstration: bool,
}
