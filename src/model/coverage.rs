//! What was looked at: without it, "nothing found" and "not looked" cannot be told apart.

use geo_types::MultiPolygon;

/// One area that was surveyed, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// The area, degrees.
    pub polygons: MultiPolygon<f64>,
    /// When: a year, a month or a day as ISO 8601 (`2025`, `2025-06`, `2025-06-30`).
    pub surveyed: String,
}

/// What a layer's survey looked at. A layer without one is *not known* everywhere it is empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Coverage {
    /// The surveyed areas.
    pub areas: Vec<Area>,
}
