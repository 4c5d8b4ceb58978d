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

#[cfg(test)]
mod tests {
    use geographiclib_rs::{DirectGeodesic as _, Geodesic};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_box_holds_its_border_and_meets_what_touches_it() {
        let one = BBox {
            west: 0.0,
            south: 0.0,
            east: 1.0,
            north: 1.0,
        };
        let beside = BBox {
            west: 1.0,
            south: 1.0,
            east: 2.0,
            north: 2.0,
        };
        let apart = BBox {
            west: 1.1,
            south: 0.0,
            east: 2.0,
            north: 1.0,
        };
        assert!(one.contains(1.0, 0.0) && !one.contains(1.0, -0.1));
        assert!(one.intersects(&beside) && !one.intersects(&apart));
        let both = BBox {
            west: 0.0,
            south: 0.0,
            east: 2.0,
            north: 2.0,
        };
        assert_eq!(one.union(&beside), both);
        assert_eq!(
            BBox::of(&Geometry::MultiPoint(geo_types::MultiPoint(vec![]))),
            None
        );
    }

    #[test]
    fn a_grown_box_is_at_most_a_few_per_cent_too_large() {
        let chaoyang = BBox {
            west: 116.35,
            south: 39.81,
            east: 116.64,
            north: 40.1,
        };
        let grown = chaoyang.grown_m(10_000.0);
        let north_m = crate::geom::geodesic::distance_m((116.5, 40.1), (116.5, grown.north));
        let east_m = crate::geom::geodesic::distance_m((116.64, 40.0), (grown.east, 40.0));
        assert!((10_000.0..10_300.0).contains(&north_m), "{north_m}");
        assert!((10_000.0..10_400.0).contains(&east_m), "{east_m}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn a_grown_box_holds_everything_within_reach(
            west in -180.0..180.0f64, south in -90.0..90.0f64,
            wide in 0.0..2.0f64, high in 0.0..2.0f64,
            across in 0.0..=1.0f64, up in 0.0..=1.0f64,
            azimuth in -180.0..180.0f64, metres in 0.0..200_000.0f64,
        ) {
            let bbox = BBox {
                west, south, east: (west + wide).min(180.0), north: (south + high).min(90.0)
            };
            let lon = bbox.west + across * (bbox.east - bbox.west);
            let lat = bbox.south + up * (bbox.north - bbox.south);
            let (lat2, lon2): (f64, f64) = Geodesic::wgs84().direct(lat, lon, azimuth, metres);
            prop_assert!(
                bbox.grown_m(metres).contains(lon2, lat2),
                "{:?} {} {} {} {}", bbox.grown_m(metres), lon, lat, lon2, lat2
            );
        }
    }
}
