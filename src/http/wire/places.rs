//! The answer to a search.

use schemars::JsonSchema;
use serde::Serialize;

use super::Bbox;

/// `GET /places`: what a search has found.
#[derive(Debug, Serialize, JsonSchema)]
#[expect(clippy::struct_field_names, reason = "so it is called on the wire")]
pub(in crate::http) struct Places {
    /// What was asked.
    pub(in crate::http) query: String,
    /// The best first.
    pub(in crate::http) places: Vec<Place>,
    /// Why coordinates that were asked for are no place; null otherwise.
    pub(in crate::http) note: Option<String>,
}

/// A place.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct Place {
    /// What was found.
    pub(in crate::http) kind: PlaceKind,
    /// Its name.
    pub(in crate::http) title: String,
    /// What it is and where, in words.
    pub(in crate::http) detail: String,
    /// The layer it is a feature of.
    pub(in crate::http) layer: Option<String>,
    /// Its number there; of several of one name, the first's.
    pub(in crate::http) id: Option<i64>,
    /// How many features bear this name: more than one where they are told as one place; null for
    /// coordinates.
    pub(in crate::http) count: Option<usize>,
    /// Longitude, latitude.
    pub(in crate::http) center: [f64; 2],
    /// Around it; null for a point.
    pub(in crate::http) bbox: Option<Bbox>,
    /// How coordinates were read; null for a feature.
    pub(in crate::http) reading: Option<Reading>,
}

/// What was found.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::http) enum PlaceKind {
    /// A feature, or several of one name.
    Feature,
    /// A place in coordinates.
    Coordinate,
}

/// How coordinates were read.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct Reading {
    /// The reference system, as declared in layers; `CRS84` where none is named.
    pub(in crate::http) crs: String,
    /// Whether it was named.
    pub(in crate::http) named: bool,
    /// Which number was taken for what.
    pub(in crate::http) order: ReadOrder,
    /// Whether that is the order of the registry, or said by letters.
    pub(in crate::http) usual: bool,
    /// Whether the place lies in the district; null where its boundary is not shown.
    pub(in crate::http) inside: Option<bool>,
}

/// Which number was taken for what.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub(in crate::http) enum ReadOrder {
    /// Degrees, the longitude first.
    #[serde(rename = "lon,lat")]
    LonLat,
    /// Degrees, the latitude first.
    #[serde(rename = "lat,lon")]
    LatLon,
    /// Metres, the easting first.
    #[serde(rename = "easting,northing")]
    EastingNorthing,
    /// Metres, the northing first.
    #[serde(rename = "northing,easting")]
    NorthingEasting,
}
