//! What a tessellation is: areas that share their edges vertex for vertex, cross nowhere, and leave
//! nothing out. Exact, on the integers in which the data are written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use geo_types::{Coord, LineString, MultiPolygon, Polygon};
use onemap::geom::cast::{f64_to_i64, i64_to_f64};
use onemap::geom::{Geometry, gcj02, geodesic, validity};
use serde_json::Value;

use super::root;

/// A vertex in steps of 1e-7 degrees.
pub(super) type Node = (i64, i64);
/// A name and the rings of its parts, first vertices not repeated.
pub(super) type Area = (String, Vec<Vec<Vec<Node>>>);

/// A GeoJSON file below `seeds`.
pub(super) fn read(path: &str) -> Value {
    let text = fs::read_to_string(root().join("seeds").join(path)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// A ring of positions as vertices.
pub(super) fn ring(positions: &Value) -> Vec<Node> {
    let steps = |v: &Value| f64_to_i64(v.as_f64().unwrap() * 1e7);
    let mut ring: Vec<Node> = positions
        .as_array()
        .unwrap()
        .iter()
        .map(|at| (steps(&at[0]), steps(&at[1])))
        .collect();
    if ring.first() == ring.last() {
        ring.pop();
    }
    ring.dedup();
    ring
}

/// The polygons of a feature, each its rings.
pub(super) fn polygons(feature: &Value) -> Vec<Vec<Vec<Node>>> {
    let coordinates = &feature["geometry"]["coordinates"];
    let rings = |polygon: &Value| polygon.as_array().unwrap().iter().map(ring).collect();
    match feature["geometry"]["type"].as_str().unwrap() {
        "Polygon" => vec![rings(coordinates)],
        _ => coordinates.as_array().unwrap().iter().map(rings).collect(),
    }
}

/// A polygon in degrees.
pub(super) fn degrees(rings: &[Vec<Node>]) -> Polygon<f64> {
    let at = |v: i64| i64_to_f64(v) / 1e7;
    let mut lines = rings.iter().map(|ring| -> LineString {
        let coords = ring.iter().map(|(x, y)| Coord {
            x: at(*x),
            y: at(*y),
        });
        coords.collect()
    });
    Polygon::new(lines.next().unwrap(), lines.collect())
}

/// The edges of a ring.
pub(super) fn edges(ring: &[Node]) -> impl Iterator<Item = (Node, Node)> {
    (0..ring.len()).map(|i| (ring[i], ring[(i + 1) % ring.len()]))
}

/// The real boundary without its shift.
pub(super) fn district() -> MultiPolygon<f64> {
    let file = read("base/district-boundary.geojson");
    let ring = |part: &Value| -> LineString<f64> {
        let positions = part[0].as_array().unwrap().iter();
        positions
            .map(|at| gcj02::to_wgs84(at[0].as_f64().unwrap(), at[1].as_f64().unwrap()))
            .collect::<Vec<_>>()
            .into()
    };
    let parts = file["features"][0]["geometry"]["coordinates"]
        .as_array()
        .unwrap();
    MultiPolygon(
        parts
            .iter()
            .map(|part| Polygon::new(ring(part), vec![]))
            .collect(),
    )
}

/// Metres from a place to a line, in the plane around 40° N.
fn metres_from(at: Coord, (ax, ay, bx, by): (f64, f64, f64, f64)) -> f64 {
    let plane = |x: f64, y: f64| ((x - at.x) * 85_390.0, (y - at.y) * 111_040.0);
    let ((ax, ay), (bx, by)) = (plane(ax, ay), plane(bx, by));
    let (dx, dy) = (bx - ax, by - ay);
    let t = (-(ax * dx + ay * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    (ax + t * dx).hypot(ay + t * dy)
}

/// Twice the area of the triangle, positive when it turns to the left.
fn turn(a: Node, b: Node, c: Node) -> i64 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}

/// Fails unless no two edges cross or run into each other but at their ends.
fn assert_no_edges_cross(edges: &BTreeSet<(Node, Node)>) {
    const CELL: i64 = 20_000;
    let mut cells: BTreeMap<(i64, i64), Vec<(Node, Node)>> = BTreeMap::new();
    for &(a, b) in edges {
        for x in a.0.min(b.0).div_euclid(CELL)..=a.0.max(b.0).div_euclid(CELL) {
            for y in a.1.min(b.1).div_euclid(CELL)..=a.1.max(b.1).div_euclid(CELL) {
                cells.entry((x, y)).or_default().push((a, b));
            }
        }
    }
    let opposed = |s: i64, t: i64| s.signum() * t.signum() < 0;
    for near in cells.values() {
        for (i, &(a, b)) in near.iter().enumerate() {
            for &(c, d) in &near[i + 1..] {
                let (s, t) = (turn(a, b, c), turn(a, b, d));
                let (u, v) = (turn(c, d, a), turn(c, d, b));
                assert!(
                    !(opposed(s, t) && opposed(u, v)),
                    "{a:?}–{b:?} crosses {c:?}–{d:?}"
                );
            }
        }
    }
}

/// Fails unless areas cover the district, share every inner edge, and overlap nowhere: no edge is
/// walked twice the same way, none crosses another, what is walked one way only runs along the
/// district's boundary, `slack_m` beside it at most, and the areas sum up to the district's.
pub(super) fn assert_tessellation(areas: &[Area], slack_m: f64) {
    let mut walked: BTreeMap<(Node, Node), &str> = BTreeMap::new();
    let mut sum = 0.0;
    for (name, polygons) in areas {
        for rings in polygons {
            let polygon = degrees(rings);
            sum += geodesic::polygon_area_m2(&polygon);
            let faults = validity::faults(&Geometry::Polygon(polygon));
            assert!(faults.is_empty(), "{name}: {faults:?}");
            for edge in rings.iter().flat_map(|ring| edges(ring)) {
                assert_eq!(
                    walked.insert(edge, name),
                    None,
                    "{name} overlaps at {edge:?}"
                );
            }
        }
    }
    let undirected = walked.keys().map(|(a, b)| (*a.min(b), *a.max(b))).collect();
    assert_no_edges_cross(&undirected);
    let district = district();
    let border: Vec<(f64, f64, f64, f64)> = district
        .iter()
        .flat_map(|part| part.exterior().lines())
        .map(|l| (l.start.x, l.start.y, l.end.x, l.end.y))
        .collect();
    let outline = walked
        .keys()
        .filter(|(a, b)| !walked.contains_key(&(*b, *a)));
    for (from, _) in outline {
        let at = degrees(&[vec![*from]]).exterior().0[0];
        let near = border.iter().any(|line| metres_from(at, *line) < slack_m);
        assert!(near, "{at:?} lies beside the boundary");
    }
    let whole = geodesic::area_m2(&Geometry::MultiPolygon(district));
    assert!((sum / whole - 1.0).abs() < 1e-6, "{sum} m² of {whole} m²");
}
