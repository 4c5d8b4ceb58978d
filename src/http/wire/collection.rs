//! The answers that tell the layers.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::features::{FeatureCollectionType, FeatureType};
use super::{Bbox, Link};
use crate::layer;
use crate::query;

/// `GET /collections`
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct Collections {
    /// Where this is.
    pub(in crate::http) links: Vec<Link>,
    /// Every layer the audience knows of.
    pub(in crate::http) collections: Vec<Collection>,
}

/// `GET /collections/{id}`: a layer.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::http) struct Collection {
    /// Its name in addresses and tiles.
    pub(in crate::http) id: String,
    /// What people call it.
    pub(in crate::http) title: String,
    /// What it holds; empty: not said.
    pub(in crate::http) description: String,
    /// What it is made of.
    pub(in crate::http) item_type: ItemType,
    /// The reference systems in which it can be had.
    pub(in crate::http) crs: [&'static str; 1],
    /// The reference system in which it is kept.
    pub(in crate::http) storage_crs: &'static str,
    /// Where and when its features are; absent where nothing is held or only existence is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Extent")]
    pub(in crate::http) extent: Option<Extent>,
    /// Who is to be named with it.
    pub(in crate::http) attribution: String,
    /// Under which terms it may be used.
    pub(in crate::http) license: String,
    /// Where its parts are.
    pub(in crate::http) links: Vec<Link>,
    /// What is `OneMap`'s own.
    pub(in crate::http) onemap: CollectionOwn,
}

/// What collections are made of.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::http) enum ItemType {
    /// Features.
    Feature,
}

/// Where and when features are.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct Extent {
    /// Where; absent where none has a geometry.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "SpatialExtent")]
    pub(in crate::http) spatial: Option<SpatialExtent>,
    /// When; absent where features have no time.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "TemporalExtent")]
    pub(in crate::http) temporal: Option<TemporalExtent>,
}

/// Where features are.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct SpatialExtent {
    /// Around all of them.
    pub(in crate::http) bbox: [Bbox; 1],
    /// The reference system of that.
    pub(in crate::http) crs: &'static str,
}

/// When features were so.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct TemporalExtent {
    /// From the first moment to the last, RFC 3339; null: open or not known.
    pub(in crate::http) interval: [[Option<String>; 2]; 1],
    /// The calendar.
    pub(in crate::http) trs: &'static str,
}

/// What a collection says beyond the standard.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct CollectionOwn {
    /// The part of the one map it belongs to.
    pub(in crate::http) theme: Theme,
    /// In which form this audience has it.
    pub(in crate::http) form: Form,
    /// What its features are; null: a table.
    pub(in crate::http) geometry: Option<Shape>,
    /// Its part in a risk answer.
    pub(in crate::http) role: Role,
    #[serde(flatten)]
    pub(in crate::http) uses: Option<Uses>,
    /// First zoom with features.
    pub(in crate::http) minzoom: u8,
    /// Last zoom served.
    pub(in crate::http) maxzoom: u8,
    /// How many features it has; absent where only existence is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "usize")]
    pub(in crate::http) count: Option<usize>,
    /// Who made it, under which terms.
    pub(in crate::http) provenance: Provenance,
    #[serde(flatten)]
    pub(in crate::http) content: Option<Content>,
}

/// A theme.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct Theme {
    /// Its name in settings.
    pub(in crate::http) id: &'static str,
    /// What people call it.
    pub(in crate::http) title: String,
}

/// In which form an audience has a layer.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::http) enum Form {
    /// Every feature.
    Full,
    /// Every feature, on a grid.
    Generalised,
    /// That it exists, and nothing of its content.
    Existence,
}

impl From<query::Form> for Form {
    fn from(form: query::Form) -> Self {
        match form {
            query::Form::Full => Self::Full,
            query::Form::Generalised => Self::Generalised,
            query::Form::Existence => Self::Existence,
        }
    }
}

/// What features are.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::http) enum Shape {
    /// Points.
    Point,
    /// Lines.
    Line,
    /// Areas.
    Polygon,
}

impl From<layer::Shape> for Shape {
    fn from(shape: layer::Shape) -> Self {
        match shape {
            layer::Shape::Point => Self::Point,
            layer::Shape::Line => Self::Line,
            layer::Shape::Polygon => Self::Polygon,
        }
    }
}

/// A layer's part in a risk answer.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::http) enum Role {
    /// Where pollution may come from.
    Source,
    /// How it may come here.
    Pathway,
    /// Who or what it may reach.
    Receptor,
    /// What the law says of the place.
    Constraint,
    /// What helps to find one's way.
    Context,
}

impl From<layer::Role> for Role {
    fn from(role: layer::Role) -> Self {
        match role {
            layer::Role::Source => Self::Source,
            layer::Role::Pathway => Self::Pathway,
            layer::Role::Receptor => Self::Receptor,
            layer::Role::Constraint => Self::Constraint,
            layer::Role::Context => Self::Context,
        }
    }
}

/// What the fields of a layer are for, as far as the audience sees them; absent where only existence
/// is told.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::http) struct Uses {
    /// The field that names a feature.
    pub(in crate::http) label: Option<String>,
    /// The fields that make a feature the same in the next import.
    pub(in crate::http) identity: Option<Vec<String>>,
    /// Whose feature a row belongs to.
    pub(in crate::http) part_of: Option<PartOf>,
    /// That the rows are values over time.
    pub(in crate::http) series: Option<Series>,
    /// Whether features have a time in the world.
    pub(in crate::http) temporal: bool,
}

/// Whose feature a row belongs to.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct PartOf {
    /// That feature's layer.
    pub(in crate::http) layer: String,
    /// The field with its identity.
    pub(in crate::http) field: String,
}

/// Values over time.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct Series {
    /// The field with the time.
    pub(in crate::http) time: String,
    /// The fields with the values.
    pub(in crate::http) values: Vec<String>,
}

/// Who made a layer, under which terms.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct Provenance {
    /// Who answers for it.
    pub(in crate::http) publisher: String,
    /// Under which terms it may be used.
    pub(in crate::http) licence: String,
    /// How new it is: a year, a month or a day, ISO 8601.
    pub(in crate::http) updated: String,
    /// Whether it is made up, to show what the map can do.
    pub(in crate::http) demonstration: bool,
    /// Where it is from; null: not said.
    pub(in crate::http) source: Option<String>,
}

/// What depends on the content; absent where only existence is told.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct Content {
    /// What was looked at; null: not known.
    pub(in crate::http) coverage: Option<Coverage>,
    /// Another when what is published of it is another.
    pub(in crate::http) version: String,
}

/// What was looked at: a feature an area.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct Coverage {
    /// What this is.
    #[serde(rename = "type")]
    pub(in crate::http) kind: FeatureCollectionType,
    /// The areas.
    pub(in crate::http) features: Vec<CoveredArea>,
}

/// An area that was looked at.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct CoveredArea {
    /// What this is.
    #[serde(rename = "type")]
    pub(in crate::http) kind: FeatureType,
    /// Where.
    #[schemars(with = "MultiPolygon")]
    pub(in crate::http) geometry: Value,
    /// When.
    pub(in crate::http) properties: Survey,
}

/// When an area was looked at.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct Survey {
    /// The year, month or day, ISO 8601.
    pub(in crate::http) surveyed: String,
}

/// Areas, as `GeoJSON` has them.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "type")]
#[expect(dead_code, reason = "it describes what export writes")]
enum MultiPolygon {
    MultiPolygon {
        /// Polygons of rings of longitude and latitude.
        coordinates: Vec<Vec<Vec<[f64; 2]>>>,
    },
}
