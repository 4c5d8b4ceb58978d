//! Features as `GeoJSON`. `export` writes them straight into bytes: what is said of them here is the
//! description alone, and tests hold answers against it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::Link;

/// `GET /collections/{id}/items`: a page of features.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct ItemList {
    #[serde(flatten)]
    head: PageHead,
    /// The features, in the order of their numbers.
    features: Vec<Item>,
}

/// What stands before the features of a page.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::http) struct PageHead {
    /// What this is.
    #[serde(rename = "type")]
    pub(in crate::http) kind: FeatureCollectionType,
    /// When it was written.
    pub(in crate::http) time_stamp: String,
    /// How many features the query has in all.
    pub(in crate::http) number_matched: usize,
    /// How many are on this page.
    pub(in crate::http) number_returned: usize,
    /// Where this is, and the next page (`next`) where there is one.
    pub(in crate::http) links: Vec<Link>,
}

/// That this is a list of features.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) enum FeatureCollectionType {
    /// The only one.
    FeatureCollection,
}

/// That this is a feature.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) enum FeatureType {
    /// The only one.
    Feature,
}

/// `GET /collections/{id}/items/{fid}`: a feature.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct Item {
    /// What this is.
    #[serde(rename = "type")]
    kind: FeatureType,
    /// Its number in its layer, the same from import to import.
    id: i64,
    /// Where it is; null: not known, or a row of a table.
    geometry: Option<Geometry>,
    /// The values of its fields; null: not recorded, or below detection where the companion
    /// `<name>_lod` tells the limit.
    properties: BTreeMap<String, Option<Scalar>>,
    /// Radius in metres in which the true place lies; null: not stated.
    precision_m: Option<f64>,
    /// When it was so.
    valid: Valid,
    /// Where it and its layer are; only of one asked for by its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Link>")]
    links: Option<Vec<Link>>,
}

/// A time in the world, by the day, both days included.
#[derive(Debug, Serialize, JsonSchema)]
struct Valid {
    /// The first day; null: open or not known.
    from: Option<String>,
    /// The last day; null: open or not known.
    to: Option<String>,
}

/// A value of a field.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "it describes what export writes")]
enum Scalar {
    Text(String),
    Number(f64),
    Boolean(bool),
}

/// Longitude, latitude; degrees.
type Position = [f64; 2];

/// A geometry of `GeoJSON` (RFC 7946).
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type")]
#[expect(dead_code, reason = "it describes what export writes")]
#[expect(clippy::enum_variant_names, reason = "so RFC 7946 calls it")]
enum Geometry {
    Point {
        coordinates: Position,
    },
    MultiPoint {
        coordinates: Vec<Position>,
    },
    LineString {
        coordinates: Vec<Position>,
    },
    MultiLineString {
        coordinates: Vec<Vec<Position>>,
    },
    Polygon {
        coordinates: Vec<Vec<Position>>,
    },
    MultiPolygon {
        coordinates: Vec<Vec<Vec<Position>>>,
    },
    GeometryCollection {
        geometries: Vec<Self>,
    },
}
