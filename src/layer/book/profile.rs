//! A profile: the distances and shares a screening works with, and the rules it applies. None of
//! them is a constant of the program: local practice differs, and a profile says where its numbers
//! come from.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::LayerId;
use crate::text::Bilingual;

/// One way to screen: `layers/profiles/<id>.toml`.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Its name.
    pub id: String,
    /// Raised with every change.
    pub version: u32,
    /// What people call it.
    pub title: Bilingual,
    /// Where its numbers come from.
    pub note: Bilingual,
    /// The outer edges of the rings, metres, ascending.
    pub rings_m: Vec<u32>,
    /// Something is adjoining across a road whose width is below this, metres.
    pub road_width_m: f64,
    /// The uses that are roads, by classification.
    pub road_uses: BTreeMap<String, BTreeSet<String>>,
    /// An overlap below this is a sliver, m².
    pub sliver_m2: f64,
    /// Positions known to within this are taken as they are; others are intervals. Metres.
    pub precise_to_m: f64,
    /// The least share of the parcel that must have been looked at, 0..1.
    pub least_share_on_site: f64,
    /// The least share of a ring that must have been looked at, 0..1.
    pub least_share_rings: f64,
    /// A survey older than this no longer counts as having looked, years; `None`: it always does.
    pub survey_age_years: Option<u32>,
    /// For how many days a report may be relied on.
    pub valid_days: u32,
    /// The rules it applies: the id of a rule set.
    pub rules: String,
    /// The soil background set it judges by.
    pub background: String,
    /// Layers that are left out although they have a part in risk answers.
    pub leave_out: BTreeSet<LayerId>,
}
