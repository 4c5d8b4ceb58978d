//! Distances, lengths and areas on the ellipsoid of WGS 84, from degrees.
//!
//! Between two points the distance is that of the geodesic (Karney 2013). An *edge* of a line or a
//! polygon is straight in longitude and latitude (RFC 7946 § 3.1.1), so its length and the area
//! beneath it are integrals along that straight line, not along a geodesic; for edges under 500 m
//! the two agree to 1e-9.

use std::sync::LazyLock;

use geo_types::{Coord, Geometry as G, LineString, Polygon};
use geographiclib_rs::{Geodesic, InverseGeodesic as _};

use super::Geometry;

/// Semi-major axis of WGS 84, metres.
pub(super) const A: f64 = 6_378_137.0;
/// Flattening of WGS 84.
const F: f64 = 1.0 / 298.257_223_563;
/// First eccentricity squared.
pub(super) const E2: f64 = F * (2.0 - F);

static WGS84: LazyLock<Geodesic> = LazyLock::new(Geodesic::wgs84);

/// Five-point Gauss–Legendre quadrature on 0..1: places and weights.
const GAUSS: [(f64, f64); 5] = [
    (0.046_910_077_030_668_01, 0.118_463_442_528_094_54),
    (0.230_765_344_947_158_45, 0.239_314_335_249_683_23),
    (0.5, 0.284_444_444_444_444_44),
    (0.769_234_655_052_841_5, 0.239_314_335_249_683_23),
    (0.953_089_922_969_331_9, 0.118_463_442_528_094_54),
];

/// Edges are integrated in pieces no longer than this, degrees: the quadrature is then exact to the
/// last digits.
const PIECE_DEG: f64 = 2.0;

/// The length of the geodesic between two points (longitude, latitude), metres.
pub fn distance_m(a: (f64, f64), b: (f64, f64)) -> f64 {
    WGS84.inverse(a.1, a.0, b.1, b.0)
}

/// The length of the lines of a geometry, metres; of a polygon that of all its rings, of a point 0.
pub fn length_m(geometry: &Geometry) -> f64 {
    match geometry {
        G::Point(_) | G::MultiPoint(_) => 0.0,
        G::Line(line) => edge_length_m(line.start, line.end),
        G::LineString(line) => line_length_m(line),
        G::MultiLineString(lines) => lines.iter().map(line_length_m).sum(),
        G::Polygon(polygon) => perimeter_m(polygon),
        G::MultiPolygon(polygons) => polygons.iter().map(perimeter_m).sum(),
        G::Rect(rect) => perimeter_m(&rect.to_polygon()),
        G::Triangle(triangle) => perimeter_m(&triangle.to_polygon()),
        G::GeometryCollection(collection) => collection.iter().map(length_m).sum(),
    }
}

/// The area of the polygons of a geometry, square metres: exteriors less their holes, whichever way
/// the rings run. Of points and lines 0.
pub fn area_m2(geometry: &Geometry) -> f64 {
    match geometry {
        G::Polygon(polygon) => polygon_area_m2(polygon),
        G::MultiPolygon(polygons) => polygons.iter().map(polygon_area_m2).sum(),
        G::Rect(rect) => polygon_area_m2(&rect.to_polygon()),
        G::Triangle(triangle) => polygon_area_m2(&triangle.to_polygon()),
        G::GeometryCollection(collection) => collection.iter().map(area_m2).sum(),
        _ => 0.0,
    }
}

/// The area of a polygon, square metres: its exterior less its holes, whichever way the rings run.
pub fn polygon_area_m2(polygon: &Polygon<f64>) -> f64 {
    let holes: f64 = polygon
        .interiors()
        .iter()
        .map(|ring| ring_area_m2(ring).abs())
        .sum();
    ring_area_m2(polygon.exterior()).abs() - holes
}

/// The signed area of a closed ring, square metres: positive when it runs counter-clockwise.
///
/// Green's theorem: the area is −∮ S(φ) dλ, where S(φ) is the area of the ellipsoid between the
/// equator and the latitude φ, a radian wide (Snyder 1987, eq. 3-12: S = b²/2 · q/(1 − e²) …). Along
/// an edge φ is linear in λ, so the integral of an edge is Δλ times the mean of S over its latitudes.
pub fn ring_area_m2(ring: &LineString<f64>) -> f64 {
    let Some(first) = ring.0.first() else {
        return 0.0;
    };
    let reference = zone(first.y);
    -ring
        .lines()
        .map(|edge| {
            let (start, dy) = (edge.start.y, edge.end.y - edge.start.y);
            let mean = if dy == 0.0 {
                zone(start) - reference
            } else {
                along(dy, |t| zone(start + t * dy) - reference)
            };
            (edge.end.x - edge.start.x).to_radians() * mean
        })
        .sum::<f64>()
}

/// The area between the equator and a latitude, a radian of longitude wide, square metres.
fn zone(lat: f64) -> f64 {
    let sin = lat.to_radians().sin();
    let e = E2.sqrt();
    A * A * (1.0 - E2) / 2.0 * (sin / (1.0 - E2 * sin * sin) + (e * sin).atanh() / e)
}

fn perimeter_m(polygon: &Polygon<f64>) -> f64 {
    line_length_m(polygon.exterior()) + polygon.interiors().iter().map(line_length_m).sum::<f64>()
}

fn line_length_m(line: &LineString<f64>) -> f64 {
    line.lines()
        .map(|edge| edge_length_m(edge.start, edge.end))
        .sum()
}

/// The length of an edge that is straight in longitude and latitude: the integral of the line
/// element √((M φ′)² + (N cos φ λ′)²).
pub(super) fn edge_length_m(start: Coord<f64>, end: Coord<f64>) -> f64 {
    let (dx, dy) = (end.x - start.x, end.y - start.y);
    let (dlon, dlat) = (dx.to_radians(), dy.to_radians());
    along(dx.abs().max(dy.abs()), |t| {
        let (sin, cos) = (start.y + t * dy).to_radians().sin_cos();
        let w2 = 1.0 - E2 * sin * sin;
        let prime_vertical = A / w2.sqrt();
        let meridian = prime_vertical * (1.0 - E2) / w2;
        (meridian * dlat).hypot(prime_vertical * cos * dlon)
    })
}

/// The mean of `f` over 0..1, in pieces that suit an edge `span_deg` degrees long.
fn along(span_deg: f64, f: impl Fn(f64) -> f64) -> f64 {
    let pieces = (span_deg.abs() / PIECE_DEG).ceil().clamp(1.0, 360.0);
    let mut sum = 0.0;
    let mut piece = 0.0;
    while piece < pieces {
        sum += GAUSS
            .iter()
            .map(|(at, weight)| weight * f((piece + at) / pieces))
            .sum::<f64>();
        piece += 1.0;
    }
    sum / pieces
}

#[cfg(test)]
mod tests {
    use geo_types::MultiPolygon;
    use proptest::prelude::*;

    use super::*;
    use crate::geom::wkt;

    /// Computed with pyproj 3.7.2 (`Geod.polygon_area_perimeter` of `GeographicLib`, WGS 84): every
    /// edge cut into n = 8,000 and 32,000 pieces that are equal in longitude and latitude, and the
    /// two areas, whose error falls with n², extrapolated to n → ∞; the parcel from n = 1 and 5,
    /// beyond which the sum's rounding prevails.
    const KNOWN: [(&str, f64, f64); 4] = [
        (
            "POLYGON((116 39,117 39,117 40,116 40,116 39))",
            9_549_520_094.031_2,
            394_070.351_964_5,
        ),
        (
            "POLYGON((116 39.5,117 40.2,116.3 41,116 39.5))",
            6_094_971_413.454_3,
            390_891.550_242_2,
        ),
        (
            "POLYGON((70 10,130 20,110 50,70 10))",
            10_910_371_220_105.9,
            16_168_208.266_65,
        ),
        (
            "POLYGON((116.443 39.9215,116.4443 39.9217,116.4441 39.9226,116.4429 39.9224,116.443 39.9215))",
            10_963.630_66,
            419.976_912_05,
        ),
    ];

    #[test]
    fn areas_and_lengths_are_those_of_geographiclib_along_straight_degrees() {
        for (text, area, length) in KNOWN {
            let polygon = wkt::read(text).unwrap();
            let (ours, long) = (area_m2(&polygon), length_m(&polygon));
            // GeographicLib's own sum over so many pieces is good to some 1e-3 m².
            assert!(
                (ours - area).abs() < 1e-10 * area + 1e-3,
                "{text}: {ours} {area}"
            );
            assert!(
                (long - length).abs() < 1e-10 * length + 1e-6,
                "{text}: {long} {length}"
            );
        }
    }

    #[test]
    fn distances_are_those_of_geographiclib() {
        // pyproj 3.7.2, Geod(ellps="WGS84").inv; the third is nearly antipodal.
        for (a, b, metres) in [
            (
                (116.443, 39.9215),
                (116.617, 40.056),
                21_068.370_363_464_663,
            ),
            (
                (116.4, 39.9),
                (116.400_011_7, 39.9),
                1.000_564_031_252_329_2,
            ),
            ((0.0, 0.0), (179.5, 0.5), 19_936_288.578_965_314),
            ((-73.78, 40.64), (-0.45, 51.47), 5_555_408.658_207_163),
        ] {
            assert!((distance_m(a, b) - metres).abs() < 1e-8, "{a:?} {b:?}");
        }
    }

    #[test]
    fn the_globe_has_the_area_of_the_ellipsoid() {
        let globe = wkt::read("POLYGON((-180 -90,180 -90,180 90,-180 90,-180 -90))").unwrap();
        // 510 065 621.724 km², the authalic surface of WGS 84.
        assert!((area_m2(&globe) / 510_065_621_724_088.4 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn holes_count_against_and_the_sense_of_rings_for_nothing() {
        let text = "POLYGON((0 0,4 0,4 4,0 4,0 0),(1 1,2 1,2 2,1 2,1 1))";
        let turned = "POLYGON((0 0,0 4,4 4,4 0,0 0),(1 1,2 1,2 2,1 2,1 1))";
        let hole = area_m2(&wkt::read("POLYGON((1 1,2 1,2 2,1 2,1 1))").unwrap());
        let whole = area_m2(&wkt::read("POLYGON((0 0,4 0,4 4,0 4,0 0))").unwrap());
        for text in [text, turned] {
            let area = area_m2(&wkt::read(text).unwrap());
            assert!((area - (whole - hole)).abs() < 1e-3);
        }
        assert!(area_m2(&wkt::read("LINESTRING(0 0,1 1)").unwrap()).abs() < f64::MIN_POSITIVE);
    }

    proptest! {
        #[test]
        fn an_area_is_that_of_its_halves(
            west in -179.0..170.0f64, south in -89.0..80.0f64, wide in 1e-4..9.0f64, high in 1e-4..9.0f64
        ) {
            let cell = |west: f64, east: f64| {
                let rect = geo_types::Rect::new((west, south), (east, south + high));
                G::MultiPolygon(MultiPolygon(vec![rect.to_polygon()]))
            };
            let (middle, east) = (west + wide / 3.0, west + wide);
            let whole = area_m2(&cell(west, east));
            let halves = area_m2(&cell(west, middle)) + area_m2(&cell(middle, east));
            prop_assert!((whole - halves).abs() <= 1e-9 * whole + 1e-4, "{} {}", whole, halves);
        }

        #[test]
        fn a_short_edge_is_as_long_as_its_geodesic(
            lon in -179.0..179.0f64, lat in -89.0..88.0f64, east in -0.005..0.005f64, north in -0.004..0.004f64
        ) {
            let line = G::LineString(vec![(lon, lat), (lon + east, lat + north)].into());
            let geodesic = distance_m((lon, lat), (lon + east, lat + north));
            prop_assert!((length_m(&line) - geodesic).abs() < 1e-6 * geodesic + 1e-6);
        }
    }
}
