//! The shifted degrees of Chinese web maps as a datum of whole maps: what is drawn on such a map is
//! shifted vertex by vertex.

use super::{BBox, bd09, gcj02};

/// The degrees a map is drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Datum {
    /// Those of CGCS2000 and WGS 84.
    #[default]
    Plain,
    /// Those of GCJ-02 (高德, 腾讯).
    Gcj02,
    /// Those of BD-09 (百度).
    Bd09,
}

/// No place is shifted farther, degrees: found by measuring, and held by a test.
const FARTHEST_DEG: f64 = 0.03;
/// Shifts of two places in China differ by at most so many degrees for each degree between the
/// places, counted along both axes: Baidu's waves are the steepest. Held by a test.
const STEEPEST: f64 = 0.05;

impl Datum {
    /// The datum of a name: `wgs84`, `gcj02`, `bd09`.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Plain, Self::Gcj02, Self::Bd09]
            .into_iter()
            .find(|datum| datum.as_str() == name)
    }

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "wgs84",
            Self::Gcj02 => "gcj02",
            Self::Bd09 => "bd09",
        }
    }

    /// Where a place is drawn, degrees.
    pub fn shifted(self, lon: f64, lat: f64) -> (f64, f64) {
        match self {
            Self::Plain => (lon, lat),
            Self::Gcj02 => gcj02::from_wgs84(lon, lat),
            Self::Bd09 => bd09::from_wgs84(lon, lat),
        }
    }

    /// A box that holds everything of which a part may be drawn in `drawn`: every place that is
    /// shifted into it, and every point between two shifted vertices, however far apart they are.
    #[must_use]
    pub fn origins(self, drawn: &BBox) -> BBox {
        match self {
            Self::Plain => *drawn,
            Self::Gcj02 | Self::Bd09 => grown(drawn, FARTHEST_DEG),
        }
    }

    /// A box that holds everything drawn of what lies in `bbox`, whichever of its points are joined:
    /// in China little larger than what is needed.
    #[must_use]
    pub fn shifted_box(self, bbox: &BBox) -> BBox {
        if self == Self::Plain {
            return *bbox;
        }
        let corners = [
            (bbox.west, bbox.south),
            (bbox.east, bbox.north),
            (bbox.west, bbox.north),
            (bbox.east, bbox.south),
        ];
        let middle = (
            f64::midpoint(bbox.west, bbox.east),
            f64::midpoint(bbox.south, bbox.north),
        );
        let differs = STEEPEST * ((bbox.east - middle.0) + (bbox.north - middle.1));
        // Beyond China's box nothing is shifted, so across its border the shift jumps.
        if differs > FARTHEST_DEG || !corners.iter().all(|c| gcj02::in_china(c.0, c.1)) {
            return grown(bbox, FARTHEST_DEG);
        }
        let (lon, lat) = self.shifted(middle.0, middle.1);
        let (east, north) = (lon - middle.0, lat - middle.1);
        let moved = BBox {
            west: bbox.west + east,
            south: bbox.south + north,
            east: bbox.east + east,
            north: bbox.north + north,
        };
        grown(&moved, differs + 1e-9)
    }
}

fn grown(bbox: &BBox, degrees: f64) -> BBox {
    BBox {
        west: bbox.west - degrees,
        south: bbox.south - degrees,
        east: bbox.east + degrees,
        north: bbox.north + degrees,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_is_read_as_it_is_written() {
        for datum in [Datum::Plain, Datum::Gcj02, Datum::Bd09] {
            assert_eq!(Datum::parse(datum.as_str()), Some(datum));
        }
        for other in ["", "plain", "GCJ02", "gcj-02"] {
            assert_eq!(Datum::parse(other), None, "{other}");
        }
    }

    fn datum() -> impl Strategy<Value = Datum> {
        prop_oneof![Just(Datum::Gcj02), Just(Datum::Bd09)]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5000))]

        #[test]
        fn nothing_is_shifted_farther_than_the_bound(
            datum in datum(), lon in -180.0..180.0f64, lat in -85.0..85.0f64
        ) {
            let (x, y) = datum.shifted(lon, lat);
            prop_assert!((x - lon).abs() < FARTHEST_DEG && (y - lat).abs() < FARTHEST_DEG);
        }

        #[test]
        fn what_lies_in_a_box_is_drawn_in_the_shifted_box_and_comes_from_its_origins(
            datum in datum(),
            west in 70.0..139.0f64, south in 0.5..56.0f64, wide in 0.0..1.0f64, high in 0.0..1.0f64,
            a in (0.0..=1.0f64, 0.0..=1.0f64), b in (0.0..=1.0f64, 0.0..=1.0f64), t in 0.0..=1.0f64,
        ) {
            let bbox = BBox { west, south, east: west + wide, north: south + high };
            let at = |(x, y): (f64, f64)| datum.shifted(west + x * wide, south + y * high);
            // Any point of an edge between two shifted vertices.
            let ((x1, y1), (x2, y2)) = (at(a), at(b));
            let (x, y) = (x1 + t * (x2 - x1), y1 + t * (y2 - y1));
            prop_assert!(datum.shifted_box(&bbox).contains(x, y));
            let drawn = BBox { west: x, south: y, east: x, north: y };
            prop_assert!(datum.origins(&drawn).intersects(&bbox));
        }
    }
}
