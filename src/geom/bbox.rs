//! A box of longitudes and latitudes.

use geo::BoundingRect as _;

use super::Geometry;

/// A box in degrees: `west ≤ east`, `south ≤ north`; it never crosses the antimeridian.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BBox {
    /// Least longitude, degrees.
    pub west: f64,
    /// Least latitude, degrees.
    pub south: f64,
    /// Greatest longitude, degrees.
    pub east: f64,
    /// Greatest latitude, degrees.
    pub north: f64,
}

impl BBox {
    /// The whole globe.
    pub const WORLD: Self = Self {
        west: -180.0,
        south: -90.0,
        east: 180.0,
        north: 90.0,
    };

    /// The box of a geometry; `None` for an empty one.
    pub fn of(geometry: &Geometry) -> Option<Self> {
        geometry.bounding_rect().map(|r| Self {
            west: r.min().x,
            south: r.min().y,
            east: r.max().x,
            north: r.max().y,
        })
    }

    /// Whether the boxes share at least a point.
    pub fn intersects(&self, other: &Self) -> bool {
        self.west <= other.east
            && other.west <= self.east
            && self.south <= other.north
            && other.south <= self.north
    }

    /// Whether a point lies in the box or on its border.
    pub fn contains(&self, lon: f64, lat: f64) -> bool {
        self.west <= lon && lon <= self.east && self.south <= lat && lat <= self.north
    }

    /// The least box that holds both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// The box grown so that it holds every point within `metres` of it: never less, up to a few per
    /// cent more. Kept on the globe; where it would reach over a pole or the antimeridian it spans
    /// all longitudes.
    #[must_use]
    pub fn grown_m(&self, metres: f64) -> Self {
        // A degree of latitude is at least 110 574 m; one of longitude at least that times the
        // cosine of the latitude farthest from the equator.
        let lat_deg = metres.max(0.0) / 110_000.0;
        let farthest = self.south.abs().max(self.north.abs()) + lat_deg;
        let lon_deg = if farthest < 89.9 {
            lat_deg / farthest.to_radians().cos()
        } else {
            f64::INFINITY
        };
        let (mut west, mut east) = (self.west - lon_deg, self.east + lon_deg);
        if west < -180.0 || east > 180.0 {
            (west, east) = (-180.0, 180.0);
        }
        let south = (self.south - lat_deg).max(-90.0);
        Self {
            west,
            south,
            east,
            north: (self.north + lat_deg).min(90.0),
        }
    }

    /// `[west, south, east, north]`, the order of GeoJSON and of OGC API.
    pub const fn to_array(self) -> [f64; 4] {
        [self.west, self.south, self.east, self.north]
    }
}
