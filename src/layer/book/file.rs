//! The shape of profiles and rule sets as written: `layers/profiles/<id>.toml`,
//! `layers/rules/<id>.toml`, and the table `[screening]` of `layers/district.toml`. The JSON Schemas
//! that `onemap check` holds files against, and that editors use, are generated from these types.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::layer::file::Words;

/// `layers/profiles/<id>.toml`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "OneMap profile")]
pub struct ProfileFile {
    /// Its name: the file's, without `.toml`.
    pub id: String,
    /// Raised with every change.
    #[schemars(range(min = 1))]
    pub version: u32,
    /// What people call it.
    pub title: Words,
    /// Where its numbers come from, and what they are not.
    pub note: Words,
    /// The rules it applies: `layers/rules/<rules>.toml`.
    pub rules: String,
    /// The soil background set it judges by; without it the district's `soil_background`.
    pub background: Option<String>,
    /// The outer edges of the rings, metres, ascending.
    pub rings_m: Vec<u32>,
    /// Something is adjoining across a road whose width is below this, metres.
    pub road_width_m: f64,
    /// The uses that are roads, every code of them, by classification.
    pub road_uses: BTreeMap<String, Vec<String>>,
    /// An overlap below this is a sliver, m².
    pub sliver_m2: f64,
    /// Positions known to within this are taken as they are; others are intervals. Metres.
    pub precise_to_m: f64,
    /// The least share of the parcel that must have been looked at, 0..1.
    pub least_share_on_site: f64,
    /// The least share of a ring that must have been looked at, 0..1.
    pub least_share_rings: f64,
    /// A survey older than this no longer counts as having looked, years; without it, it always does.
    pub survey_age_years: Option<u32>,
    /// For how many days a report may be relied on.
    #[schemars(range(min = 1))]
    pub valid_days: u32,
    /// Layers that are left out although they have a part in risk answers.
    #[serde(default)]
    pub leave_out: Vec<String>,
}

/// `layers/rules/<id>.toml`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "OneMap rules")]
pub struct RuleSetFile {
    /// Its name: the file's, without `.toml`.
    pub id: String,
    /// Raised with every change.
    #[schemars(range(min = 1))]
    pub version: u32,
    /// What people call it.
    pub title: Words,
    /// What must be known of its texts: in which version, whether still in force.
    pub note: Option<Words>,
    /// Sets whose rules are counted in, before its own.
    #[serde(default)]
    pub includes: Vec<String>,
    /// Its own rules.
    #[serde(default)]
    pub rules: Vec<RuleTable>,
}

/// `[[rules]]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleTable {
    /// Its name, e.g. `R1`: unique among all sets.
    pub id: String,
    /// Raised with every change.
    #[schemars(range(min = 1))]
    pub version: u32,
    /// What it does in an answer.
    pub kind: KindWord,
    /// What people call it.
    pub title: Words,
    /// What it says, in a plain sentence.
    pub sentence: Words,
    /// The article it rests on.
    pub article: Words,
    /// Where its text was met.
    pub source: String,
    /// How its text was met.
    pub read: ReadWord,
    /// What it looks at, one at a time; without it: a step that hangs on other rules.
    pub subject: Option<SubjectWord>,
    /// With `subject = "feature"`: of which layer.
    pub layer: Option<String>,
    /// With `subject = "feature"`: in which rings; without it in all.
    pub rings: Option<Vec<RingWord>>,
    /// When it fires, in CQL2 text; without it: whenever there is a subject.
    pub when: Option<String>,
    /// What it comes to when it fires; without it, it is noted and changes no verdict.
    pub verdict: Option<VerdictWord>,
    /// Where the substance comes from; without it: the subject, where that is a source.
    pub pollutant_source: Option<Words>,
    /// How it reaches whom it harms.
    pub pathway: Option<Words>,
    /// Whom it harms; without it: the subject, where that is a receptor, else who will use the parcel.
    pub receptor: Option<Words>,
    /// What to do next.
    pub next_step: Option<Words>,
    /// By when.
    pub deadline: Option<Words>,
    /// The rules on whose findings it hangs, as a step that follows from them.
    #[serde(default)]
    pub follows: Vec<String>,
    /// Cases that `onemap check` runs: at least two of every rule with a condition.
    #[serde(default)]
    pub examples: Vec<ExampleTable>,
}

/// `[[rules.examples]]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExampleTable {
    /// What it shows.
    pub title: String,
    /// The properties that are known, by name. Days are written as texts, `"2025-06-30"`.
    #[serde(default)]
    pub given: BTreeMap<String, GivenWord>,
    /// Whether the condition holds.
    pub fires: FiresWord,
}

/// The value of a property in an example.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum GivenWord {
    /// Yes or no.
    Boolean(bool),
    /// A number.
    Number(f64),
    /// A text, a code, a day or a moment.
    Text(String),
}

/// Whether a condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words of the file")]
pub enum FiresWord {
    Yes,
    No,
    Unknown,
}

/// What a rule does in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words of the file")]
pub enum KindWord {
    Trigger,
    Limit,
    Procedure,
    Policy,
}

/// How the text of a rule was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words of the file")]
pub enum ReadWord {
    Primary,
    Secondary,
    Recalled,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words of the file")]
pub enum SubjectWord {
    Parcel,
    Change,
    Feature,
    Sample,
}

/// Where something is, seen from the parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words of the file")]
pub enum RingWord {
    OnSite,
    Adjoining,
    Within,
}

/// What a rule comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words of the file")]
pub enum VerdictWord {
    Prohibited,
    ConstructionBarred,
    SurveyRequired,
    Attention,
}

/// `[screening]` of `layers/district.toml`: which layers a screening knows by their part in it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScreeningTable {
    /// The parcels that can be asked for.
    pub parcels: Option<ParcelTable>,
    /// What land is used for now.
    pub current_use: Option<CurrentUseTable>,
    /// The parcels of before, from which today's were made.
    pub former_parcels: Option<FormerTable>,
}

/// `parcels` of `[screening]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ParcelTable {
    /// The layer.
    pub layer: String,
    /// Its field of the present use.
    pub current_use: Option<String>,
    /// Its field of the planned use.
    pub planned_use: Option<String>,
    /// Its field of the registered area, m².
    pub area_m2: Option<String>,
}

/// `current_use` of `[screening]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CurrentUseTable {
    /// The layer.
    pub layer: String,
    /// Its field with the code, of the code list of a classification.
    pub field: String,
}

/// `former_parcels` of `[screening]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormerTable {
    /// The layer.
    pub layer: String,
    /// Its field of the use when it was struck off.
    pub land_use: Option<String>,
}
