//! What can be asked of a screening.

use schemars::JsonSchema;
use serde::Serialize;

use crate::report::document::Words;

/// `GET /screenings/options`: what can be asked for.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct ScreeningOptions {
    /// The classification meant when only a code is given.
    pub(in crate::http) default_system: String,
    /// The profile meant when none is named; null: one must be named.
    pub(in crate::http) default_profile: Option<String>,
    /// The classifications of land use.
    pub(in crate::http) systems: Vec<UseSystem>,
    /// The profiles.
    pub(in crate::http) profiles: Vec<ProfileOption>,
}

/// A classification of land use.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct UseSystem {
    /// Its name.
    pub(in crate::http) id: String,
    /// Its uses, in the order of their codes.
    pub(in crate::http) uses: Vec<UseOption>,
}

/// A use of a classification.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct UseOption {
    /// Its code.
    pub(in crate::http) code: String,
    /// What it means.
    pub(in crate::http) title: Words,
    /// The code above it; null: it is at the top.
    pub(in crate::http) parent: Option<String>,
}

/// A profile.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct ProfileOption {
    /// Its name.
    pub(in crate::http) id: String,
    /// Its version.
    pub(in crate::http) version: u32,
    /// What people call it.
    pub(in crate::http) title: Words,
    /// Where its numbers come from.
    pub(in crate::http) note: Words,
    /// The outer edges of its rings, metres.
    pub(in crate::http) rings_m: Vec<u32>,
    /// For how many days a report may be relied on.
    pub(in crate::http) valid_days: u32,
}
