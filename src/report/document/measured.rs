//! Measured values against limits, and indices.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Words;

/// Measured values that are within their limits, or have none, told by their number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SamplesPassed {
    /// The ring the samples stand in.
    pub ring: String,
    /// How many samples.
    pub samples: u32,
    /// How many values.
    pub values: u32,
    /// The same, in a sentence.
    pub sentence: Words,
}

/// A measured value and the limit it was held against.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SampleValue {
    /// The layer of the sample.
    pub layer: String,
    /// Its number there.
    pub feature: i64,
    /// What it is called; empty: it has no name.
    pub name: String,
    /// The ring it stands in.
    pub ring: String,
    /// The ring, in words.
    pub ring_title: Words,
    /// How far from the parcel's border; 0 on site.
    pub distance_m: f64,
    /// The substance's symbol.
    pub substance: String,
    /// What people call it; null: the lists of limits do not name it.
    pub substance_title: Option<Words>,
    /// The value; of one below detection the limit of detection.
    pub value: f64,
    /// The unit of value and limits.
    pub unit: String,
    /// The unit it was recorded in, where it was converted.
    pub recorded_unit: Option<String>,
    /// `<LOD`: it lies below the limit of detection, which is neither zero nor that limit.
    pub qualifier: Option<String>,
    /// From and to which depth, metres; null: not recorded.
    pub depth_m: Option<[f64; 2]>,
    /// The day it was taken; null: not recorded.
    pub date: Option<String>,
    /// The standard; null: none has a limit.
    pub standard: Option<String>,
    /// The limit that `ratio` is of; null: there is none, or it cannot be said which.
    pub limit: Option<f64>,
    /// What that limit is.
    pub limit_kind: Option<LimitKind>,
    /// The intervention value; null: there is none.
    pub intervention: Option<f64>,
    /// For which class: `I`, `II`, or the kind of farmland and pH; null: not known.
    pub class: Option<String>,
    /// Value over limit; null: not known.
    pub ratio: Option<f64>,
    /// What it exceeds. A value equal to a limit passes it.
    pub exceeds: Exceeds,
    /// In how many published places the limit was met; 0: an own derivation.
    pub verified: u8,
    /// What must be said of it, in whole sentences.
    pub remarks: Vec<Words>,
}

/// What a limit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum LimitKind {
    /// A screening value: above it there may be a risk that wants a closer look.
    Screening,
    /// An intervention value: above it there is a risk that is not acceptable.
    Intervention,
}

/// What a measured value exceeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Exceeds {
    /// No limit.
    Nothing,
    /// The screening value, within the natural background where that is what counts.
    WithinBackground,
    /// The screening value.
    Screening,
    /// The intervention value.
    Intervention,
    /// It cannot be said.
    NotKnown,
}

/// An index of a sample.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IndexValue {
    /// The layer of the sample.
    pub layer: String,
    /// Its number there.
    pub feature: i64,
    /// What it is called; empty: it has no name.
    pub name: String,
    /// Which index: `Pi`, `PN`, `CF`, `PLI`, `Igeo`, `Er`, `RI`.
    pub index: String,
    /// Of which substance; null: of all together.
    pub substance: Option<String>,
    /// Its value.
    pub value: f64,
    /// Its grade; null: the source has none for the value.
    pub grade: Option<Words>,
    /// The standard whose screening values it was computed with; null: it needs none.
    pub standard: Option<String>,
    /// The background set it was computed with; null: it needs none.
    pub background: Option<String>,
    /// What it was computed from.
    pub substances: Vec<String>,
    /// In how many published places formula, grades, factors and backgrounds were met: the least;
    /// 0: an own derivation.
    pub verified: u8,
    /// What must be said of it, in whole sentences.
    pub remarks: Vec<Words>,
}
