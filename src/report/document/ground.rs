//! The parcel, its uses, the rings around it, and what was looked at there.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Words;

/// The parcel that was screened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ScreenedParcel")]
pub struct Parcel {
    /// What tells it from others; null: it was drawn, or this audience does not see it.
    pub id: Option<String>,
    /// The layer of parcels; null: it was drawn.
    pub layer: Option<String>,
    /// Its number there; null: it was drawn.
    pub feature: Option<i64>,
    /// What people call it; null: it was drawn.
    pub title: Option<String>,
    /// Its outline.
    pub geometry: Outline,
    /// Its area on the ellipsoid.
    pub area_m2: f64,
    /// Its registered area; null: it has none on record.
    pub registered_area_m2: Option<f64>,
    /// How many parts it has.
    pub parts: usize,
    /// What it is used for now, as the one who asked said or the record has it; null: only the map
    /// of present use tells (see `land_use_change`).
    pub current_use: Option<LandUse>,
    /// Where the present use comes from; null: there is none.
    pub current_use_origin: Option<UseOrigin>,
    /// Former parcels of this ground.
    pub lineage: Vec<Former>,
}

/// A use of land.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LandUse {
    /// The classification in which the code means it: codes of different ones collide.
    pub system: String,
    /// The code.
    pub code: String,
    /// What it means; null: the classification does not list it.
    pub title: Option<Words>,
}

/// What a parcel is to become.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlannedUse {
    /// The classification; null: nothing is decided.
    pub system: Option<String>,
    /// The code; null: nothing is decided.
    pub code: Option<String>,
    /// What it means; null: nothing is decided, or the classification does not list it.
    pub title: Option<Words>,
    /// The other uses of a mixed parcel.
    pub also: Vec<LandUse>,
    /// Where it comes from.
    pub origin: UseOrigin,
    /// On what rests what it means for the soil, an entry a use; `own derivation`: no published
    /// source says it.
    pub basis: Vec<String>,
}

/// Where a use comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum UseOrigin {
    /// The one who asked named it.
    Asked,
    /// It is on record with the parcel.
    Record,
    /// Nobody has named one.
    Unknown,
}

/// A former parcel of the same ground.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Former {
    /// Its layer.
    pub layer: String,
    /// Its number there.
    pub feature: i64,
    /// What people called it.
    pub name: String,
    /// Its use when it was struck off; null: not known.
    pub land_use: Option<LandUse>,
    /// The first day it was a parcel; null: not known.
    pub from: Option<String>,
    /// The last day it was a parcel; null: not known.
    pub to: Option<String>,
    /// The share of today's parcel it covers: what was found out of it holds for that share only.
    pub covers_share: f64,
}

/// A row of the table of present and planned use.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UseChange {
    /// What it is used for now; null: see `from_state`.
    pub from: Option<LandUse>,
    /// What the map of present use says of it.
    pub from_state: FromState,
    /// What it is to become; empty: not decided.
    pub to: Vec<LandUse>,
    /// The ground concerned.
    pub area_m2: f64,
    /// Whether the use changes; null: not known.
    pub changes: Option<bool>,
}

/// What the map of present use says of a piece of ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FromState {
    /// Its use.
    Mapped,
    /// Nothing: it leaves it out.
    NotMapped,
    /// It has it more than once.
    MappedTwice,
}

/// An outline: a `MultiPolygon` of `GeoJSON`, degrees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Outline {
    /// What this is.
    #[serde(rename = "type")]
    pub kind: OutlineKind,
    /// Polygons of rings of longitude and latitude.
    pub coordinates: Vec<Vec<Vec<[f64; 2]>>>,
}

/// That an outline is a `MultiPolygon`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub enum OutlineKind {
    /// The only one.
    #[default]
    MultiPolygon,
}

/// What is known of something that was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "KnownState")]
#[serde(rename_all = "snake_case")]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "UnknownReason")]
#[serde(rename_all = "snake_case")]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThemeCoverage {
    /// The theme.
    pub theme: String,
    /// What people call it.
    pub title: Words,
    /// What is known: of all its layers together.
    pub state: State,
    /// Why not all is known; null: all is.
    pub reason: Option<Reason>,
    /// State and reason, in a sentence.
    pub sentence: Words,
    /// Ring by ring: the least of its layers.
    pub rings: Vec<RingCoverage>,
    /// Layer by layer.
    pub layers: Vec<LayerCoverage>,
}

/// What was looked at in a layer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct LayerCoverage {
    /// The layer.
    pub layer: String,
    /// What people call it.
    pub title: Words,
    /// What is known.
    pub state: State,
    /// Why not all is known; null: all is.
    pub reason: Option<Reason>,
    /// State and reason, in a sentence.
    pub sentence: Words,
    /// How many features were found.
    pub found: usize,
    /// Ring by ring.
    pub rings: Vec<RingCoverage>,
}

/// What was looked at in a ring.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RingCoverage {
    /// `on_site`, `adjoining`, or `within_…m`.
    pub ring: String,
    /// In words.
    pub title: Words,
    /// The share of it, as far as it lies in the district, that was looked at; null: not known.
    pub covered_share: Option<f64>,
    /// When: the oldest of the surveys that covered it; null: not known.
    pub surveyed: Option<String>,
    /// The share of it that lies beyond the district and was cut off.
    pub cut_share: f64,
}
