//! A feature of a layer.

use std::sync::Arc;

use jiff::civil::Date;

use super::{FeatureId, Value};
use crate::geom::Geometry;

/// How well a position is known: the radius, in metres, in which the true place lies. `None` is
/// "not stated", never "exact".
pub type Precision = Option<f64>;

/// A time in the world, by the day, both ends counted in. `None` is an open or unknown end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Period {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

/// One feature, as a layer's file told it and its layer accepted it.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// The store's number; `None` before it is stored.
    pub id: Option<FeatureId>,
    /// What makes it the same thing in the next import: the values of the layer's identity fields,
    /// or a hash of its content.
    pub identity: Arc<str>,
    /// Where it is: degrees, valid. `None` in a layer without geometry.
    pub geometry: Option<Geometry>,
    /// One value per field, in the order of the layer's fields (of the view's fields once published).
    pub values: Vec<Value>,
    /// How well its position is known, metres.
    pub precision_m: Precision,
    /// When it was so, in the world.
    pub valid: Period,
}
