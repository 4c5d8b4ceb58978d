//! Places: degrees on the grid, metres around them, and the surveyors' planes.

use super::arrangement::{Node, area_x2, ring_edges, within};
use crate::geom::cast::{f64_to_i64, i64_to_f64};
use crate::geom::{Crs, FromLonLat};
use crate::text::Problem;

/// Grid steps in a degree.
const STEPS: f64 = 1e7;
/// The equatorial radius of CGCS2000, metres.
const A: f64 = 6_378_137.0;
/// Its flattening.
const F: f64 = 1.0 / 298.257_222_101;

/// The grid's vertex nearest to a place.
pub(super) fn node(lon: f64, lat: f64) -> Node {
    (f64_to_i64(lon * STEPS), f64_to_i64(lat * STEPS))
}

/// The degrees of a vertex.
pub(super) fn degrees(at: Node) -> (f64, f64) {
    (i64_to_f64(at.0) / STEPS, i64_to_f64(at.1) / STEPS)
}

/// Metres in a degree of longitude and of latitude at a latitude.
pub(super) fn metres_per_degree(lat: f64) -> (f64, f64) {
    let (e2, phi) = (F * (2.0 - F), lat.to_radians());
    let w2 = 1.0 - e2 * phi.sin() * phi.sin();
    let east = A / w2.sqrt() * phi.cos();
    let north = A * (1.0 - e2) / (w2 * w2.sqrt());
    (east.to_radians(), north.to_radians())
}

/// The vertex some metres east and north of a place.
pub(super) fn moved(from: Node, east_m: f64, north_m: f64) -> Node {
    let (lon, lat) = degrees(from);
    let (x, y) = metres_per_degree(lat);
    node(lon + east_m / x, lat + north_m / y)
}

/// Metres between two places near each other, in their local plane.
pub(super) fn apart_m(a: Node, b: Node) -> f64 {
    let ((a_lon, a_lat), (b_lon, b_lat)) = (degrees(a), degrees(b));
    let (x, y) = metres_per_degree(f64::midpoint(a_lat, b_lat));
    ((b_lon - a_lon) * x).hypot((b_lat - a_lat) * y)
}

/// The area of a ring in its local plane, square metres; within 1e-5 for rings of some kilometres.
pub(super) fn area_m2(ring: &[Node]) -> f64 {
    let (_, lat) = degrees(inner_point(ring));
    let (x, y) = metres_per_degree(lat);
    i64_to_f64(area_x2(ring)).abs() / 2.0 / (STEPS * STEPS) * x * y
}

/// The length of a ring, metres.
pub(super) fn perimeter_m(ring: &[Node]) -> f64 {
    ring_edges(ring).map(|(a, b)| apart_m(*a, *b)).sum()
}

/// A vertex well within a ring: the middle of the widest stretch of the line half way up.
pub(super) fn inner_point(ring: &[Node]) -> Node {
    let (low, high) = ring
        .iter()
        .fold((i64::MAX, i64::MIN), |(l, h), p| (l.min(p.1), h.max(p.1)));
    // Half a step beside the middle, so that no vertex lies on the line.
    let y = i64_to_f64(i64::midpoint(low, high)) + 0.5;
    let mut crossings: Vec<f64> = ring_edges(ring)
        .filter_map(|(a, b)| {
            let (ay, by) = (i64_to_f64(a.1), i64_to_f64(b.1));
            let (ax, bx) = (i64_to_f64(a.0), i64_to_f64(b.0));
            ((ay > y) != (by > y)).then(|| ax + (y - ay) / (by - ay) * (bx - ax))
        })
        .collect();
    crossings.sort_by(f64::total_cmp);
    let widest = crossings
        .chunks_exact(2)
        .max_by(|p, q| (p[1] - p[0]).total_cmp(&(q[1] - q[0])));
    widest.map_or_else(
        || ring.first().copied().unwrap_or_default(),
        |pair| (f64_to_i64(f64::midpoint(pair[0], pair[1])), f64_to_i64(y)),
    )
}

/// Whether a vertex lies within a ring.
pub(super) fn in_ring(ring: &[Node], at: Node) -> bool {
    within(ring_edges(ring), (2 * at.0, 2 * at.1))
}

/// A degree value on the grid as decimal text: `116.4435`.
pub(super) fn degree_text(steps: i64) -> String {
    let text = format!("{}.{:07}", steps / 10_000_000, steps % 10_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A surveyors' plane.
#[derive(Debug)]
pub(super) struct Plane(FromLonLat);

impl Plane {
    /// The plane of an EPSG code.
    pub(super) fn of(epsg: u32) -> Result<Self, Problem> {
        FromLonLat::new(&Crs::Epsg(epsg)).map(Self)
    }

    /// A place in it: easting and northing in metres, to the millimetre.
    pub(super) fn point(&self, at: Node) -> Result<(f64, f64), Problem> {
        let (lon, lat) = degrees(at);
        let (east, north) = self.0.coord(lon, lat)?;
        Ok((
            (east * 1000.0).round() / 1000.0,
            (north * 1000.0).round() / 1000.0,
        ))
    }

    /// A ring in it, turning right as Shapefiles and surveyors have it, closed.
    pub(super) fn ring(&self, ring: &[Node]) -> Result<Vec<(f64, f64)>, Problem> {
        let mut plane = ring
            .iter()
            .map(|at| self.point(*at))
            .collect::<Result<Vec<_>, _>>()?;
        if area_x2(ring) > 0 {
            plane.reverse();
        }
        plane.extend(plane.first().copied());
        Ok(plane)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_are_written_without_idle_zeros() {
        assert_eq!(degree_text(1_164_435_000), "116.4435");
        assert_eq!(degree_text(400_000_000), "40");
        assert_eq!(degree_text(399_000_001), "39.9000001");
    }

    #[test]
    fn an_inner_point_of_a_crooked_ring_is_within_it() {
        let ring = [
            (0, 0),
            (1000, 0),
            (1000, 100),
            (100, 100),
            (100, 900),
            (1000, 900),
            (1000, 1000),
            (0, 1000),
        ];
        assert!(in_ring(&ring, inner_point(&ring)));
    }
}
