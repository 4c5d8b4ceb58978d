//! The answer to a screening, before it is written down.
//!
//! Distances are metres, areas square metres, shares 0..1, bearings degrees clockwise from north.
//! Every entry names the layer, feature or rule it comes from.

use std::sync::Arc;

use crate::layer::book::rules::Rule;
use crate::model::{CodedUse, FeatureId, LayerId, Period, Ring, Theme, Verdict};
use crate::text::{Bilingual, Message};

use super::question::{Meaning, Question};

/// The answer to a [`Question`].
#[derive(Debug, Clone)]
pub struct Screening {
    /// What was asked.
    pub question: Question,
    /// The parcel's ellipsoidal area.
    pub area_m2: f64,
    /// How many parts it has.
    pub parts: usize,
    /// What the planned uses mean for the soil.
    pub meaning: Meaning,
    /// The worst of what fired; else whether anything is not known.
    pub verdict: Verdict,
    /// Whether everything that was asked is known.
    pub complete: bool,
    /// What was looked at, theme by theme.
    pub themes: Vec<ThemeState>,
    /// What was found, and which rules it fired: the most severe first, then by ring and distance.
    pub findings: Vec<Finding>,
    /// Present use against planned use; adds up to the parcel.
    pub changes: Vec<Change>,
    /// Former parcels of this ground.
    pub lineage: Vec<Former>,
    /// Measured values against limits: those that exceed first. Of samples farther away than next
    /// door only those that do not keep their limit.
    pub samples: Vec<SampleValue>,
    /// The others, ring by ring.
    pub samples_passed: Vec<Passed>,
    /// Indices of each sample on the parcel.
    pub indices: Vec<IndexValue>,
    /// What could be anywhere: known no better than the outermost ring.
    pub unplaced: Vec<Unplaced>,
    /// What is not known.
    pub unknowns: Vec<Unknown>,
    /// The layers it rests on.
    pub layers: Vec<LayerUsed>,
}

/// What is known of something that was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// There is some.
    Found,
    /// It was looked for, everywhere it was asked for, and there is none.
    NoneFound,
    /// It was looked for in some places or layers only, and there is none.
    PartlyKnown,
    /// It was not looked for, or what was found may not be said.
    NotKnown,
}

/// Why something is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The authority holds it, and this audience may not see it.
    HeldByAuthority,
    /// The layer has never been read in, or could not be.
    NotLoaded,
    /// The layer does not say what was looked at.
    NoCoverage,
    /// Too little of the ring was looked at.
    OutsideCoverage,
    /// What was looked at was looked at too long ago.
    TooOld,
    /// The ring reaches beyond the district.
    BeyondDistrict,
    /// Its position is not known well enough.
    Position,
    /// A value that a rule needs is not recorded, or this audience may not see it.
    Value,
    /// Nobody has said what the parcel is, or is to become.
    Use,
    /// A measurement cannot be held against its limit.
    Measurement,
}

/// What was looked at in a theme.
#[derive(Debug, Clone)]
pub struct ThemeState {
    /// The theme.
    pub theme: Theme,
    /// What is known: of all its layers together.
    pub state: State,
    /// Why not all is known.
    pub reason: Option<Reason>,
    /// Ring by ring: the least of its layers.
    pub rings: Vec<RingState>,
    /// Layer by layer.
    pub layers: Vec<LayerState>,
}

/// What was looked at in a layer.
#[derive(Debug, Clone)]
pub struct LayerState {
    /// The layer.
    pub layer: LayerId,
    /// What people call it.
    pub title: Bilingual,
    /// What is known.
    pub state: State,
    /// Why not all is known.
    pub reason: Option<Reason>,
    /// Ring by ring.
    pub rings: Vec<RingState>,
    /// How many features were found.
    pub found: usize,
}

/// What was looked at in a ring.
#[derive(Debug, Clone, PartialEq)]
pub struct RingState {
    /// The ring.
    pub ring: Ring,
    /// The share of it, as far as it lies in the district, that was looked at; `None`: not known.
    pub covered_share: Option<f64>,
    /// When: the oldest of the surveys that covered it, as the coverage says.
    pub surveyed: Option<String>,
    /// The share of it that lies beyond the district and was cut off.
    pub cut_share: f64,
}

/// Something found, and one rule that it fired; something that fired none is one finding without.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule; `None`: it is there, and no rule speaks of it.
    pub rule: Option<Arc<Rule>>,
    /// What it comes to.
    pub verdict: Option<Verdict>,
    /// The feature; `None`: the rule speaks of the parcel as a whole, or of its change of use.
    pub feature: Option<FoundFeature>,
    /// The values the rule's condition looked at, by property name, in words.
    pub inputs: Vec<(String, String)>,
    /// The source of harm; `None`: not known.
    pub source: Option<Bilingual>,
    /// The way it takes; `None`: not known.
    pub pathway: Option<Bilingual>,
    /// Whom or what it harms; `None`: not known.
    pub receptor: Option<Bilingual>,
    /// What follows, in order: the rule's own next step, then those of rules that hang on it.
    pub steps: Vec<Arc<Rule>>,
    /// What must be said of it, in whole sentences: that it is possible only, that the use now is not known …
    pub remarks: Vec<Message>,
}

/// A feature on or near the parcel.
#[derive(Debug, Clone)]
pub struct FoundFeature {
    /// Its layer.
    pub layer: LayerId,
    /// Its number there.
    pub id: FeatureId,
    /// What people call it; empty: it has no name.
    pub name: String,
    /// The ring it stands in.
    pub ring: Ring,
    /// Whether it may as well be farther away: its position is known too poorly.
    pub possible: bool,
    /// Whether it shares less ground with the parcel than counts.
    pub sliver: bool,
    /// Whether only a road lies between.
    pub across_road: bool,
    /// How far, to the parcel's border; 0 on site.
    pub distance_m: f64,
    /// Least and greatest distance its precision allows; `None`: the precision is not stated.
    pub distance_interval_m: Option<[f64; 2]>,
    /// In which direction from the parcel's nearest point; `None` on site.
    pub bearing: Option<f64>,
    /// The ground shared with the parcel, of polygons.
    pub overlap_m2: Option<f64>,
    /// The share of the parcel that is.
    pub overlap_share: Option<f64>,
    /// When it was so, in the world.
    pub valid: Period,
}

/// A row of the table of present and planned use.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What it is used for now.
    pub from: FromUse,
    /// What it is to become; empty: not decided.
    pub to: Vec<CodedUse>,
    /// The ground concerned.
    pub area_m2: f64,
    /// Whether the use changes; `None`: not known.
    pub changes: Option<bool>,
}

/// What a piece of ground is used for now.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FromUse {
    /// This.
    Use(CodedUse),
    /// The map of present use leaves it out.
    NotMapped,
    /// The map of present use has it more than once.
    MappedTwice,
}

/// A former parcel of the same ground.
#[derive(Debug, Clone, PartialEq)]
pub struct Former {
    /// Its layer.
    pub layer: LayerId,
    /// Its number there.
    pub id: FeatureId,
    /// What people called it.
    pub name: String,
    /// Its use when it was struck off.
    pub land_use: Option<CodedUse>,
    /// When it was a parcel.
    pub valid: Period,
    /// The share of today's parcel it covers: what was found out of it holds for that share only.
    pub covers_share: f64,
}

/// A measured value and the limit it was held against.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleValue {
    /// The layer of the sample.
    pub layer: LayerId,
    /// Its number there.
    pub id: FeatureId,
    /// What it is called.
    pub name: String,
    /// The ring it stands in.
    pub ring: Ring,
    /// How far from the parcel.
    pub distance_m: f64,
    /// The substance's symbol.
    pub substance: String,
    /// The value in the limit's unit; of `<LOD` the limit of detection.
    pub value: f64,
    /// Whether it is below the limit of detection.
    pub below_detection: bool,
    /// The unit of value and limit.
    pub unit: String,
    /// The unit it was recorded in, where it was converted.
    pub recorded_unit: Option<String>,
    /// From and to which depth, metres.
    pub depth_m: Option<[f64; 2]>,
    /// The day it was taken.
    pub date: Option<jiff::civil::Date>,
    /// The standard: `GB 36600-2018` or `GB 15618-2018`; `None`: none has a limit.
    pub standard: Option<&'static str>,
    /// The screening value.
    pub screening: Option<f64>,
    /// The intervention value.
    pub intervention: Option<f64>,
    /// For which class: `I`, `II`, or the kind of farmland and pH band.
    pub class: Option<String>,
    /// Value over screening value; `None` where it is not known.
    pub ratio: Option<f64>,
    /// What it exceeds.
    pub exceeds: Exceeds,
    /// In how many published places the limit was met; 0 also where there is none.
    pub verified: u8,
    /// What must be said of it: the class is assumed, no pH is recorded, within the background …
    pub remarks: Vec<Message>,
}

/// Measured values that are within their limits, or have none, told by their number alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passed {
    /// The ring the samples stand in.
    pub ring: Ring,
    /// How many samples.
    pub samples: usize,
    /// How many values.
    pub values: usize,
}

/// What a measured value exceeds. A value equal to a limit passes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exceeds {
    /// No limit.
    Nothing,
    /// Above the screening value, and within the natural background where that is what counts.
    WithinBackground,
    /// The screening value.
    Screening,
    /// The intervention value.
    Intervention,
    /// It cannot be said.
    NotKnown,
}

/// An index of a sample.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexValue {
    /// The layer of the sample.
    pub layer: LayerId,
    /// Its number there.
    pub id: FeatureId,
    /// Its name.
    pub name: String,
    /// Which index: `Pi`, `PN`, `CF`, `PLI`, `Igeo`, `Er`, `RI`.
    pub index: &'static str,
    /// Of which substance; `None`: of all together.
    pub substance: Option<String>,
    /// Its value.
    pub value: f64,
    /// Its grade, where the source has one for the value.
    pub grade: Option<Bilingual>,
    /// The standard whose screening values it was computed with; `None`: it needs none.
    pub standard: Option<&'static str>,
    /// The background set it was computed with; `None`: it needs none.
    pub background: Option<String>,
    /// What it was computed from: the substances, in order.
    pub substances: Vec<String>,
    /// In how many published places formula, grades, factors and backgrounds were met: the least.
    pub verified: u8,
    /// What must be said of it: which substances were not detected and so not used, that the formula
    /// is an own derivation.
    pub remarks: Vec<Message>,
}

/// Something known too poorly to say where it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Unplaced {
    /// Its layer.
    pub layer: LayerId,
    /// Its number there.
    pub id: FeatureId,
    /// What people call it.
    pub name: String,
    /// How poorly, metres.
    pub precision_m: f64,
}

/// Something that is not known.
#[derive(Debug, Clone, PartialEq)]
pub struct Unknown {
    /// In which theme; `None`: of the parcel itself.
    pub theme: Option<Theme>,
    /// In which layer.
    pub layer: Option<LayerId>,
    /// In which ring.
    pub ring: Option<Ring>,
    /// Which rule could not be decided.
    pub rule: Option<String>,
    /// Why.
    pub reason: Reason,
    /// In a whole sentence.
    pub sentence: Message,
}

/// A layer an answer rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerUsed {
    /// The layer.
    pub layer: LayerId,
    /// What people call it.
    pub title: Bilingual,
    /// 16 hexadecimal letters that change with its content.
    pub version: String,
    /// When its data were last brought up to date.
    pub updated: String,
    /// Who publishes it.
    pub publisher: Bilingual,
    /// Under which terms.
    pub licence: String,
    /// Whether it is demonstration data.
    pub demonstration: bool,
}
