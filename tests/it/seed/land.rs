//! The demonstration parcels: a true tessellation.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use geo::{BoundingRect as _, Contains as _};
use geo_types::{Coord, LineString, MultiPolygon, Point, Polygon};
use onemap::geom::{Geometry, gcj02, geodesic, validity};
use serde_json::Value;

use super::{root, stored};

#[test]
fn the_layers_of_land_are_as_dense_as_they_are_meant_to_be() {
    insta::assert_debug_snapshot!(stored("land"), @r#"
    {
        "parcels": 20703,
    }
    "#);
}

/// A vertex in steps of 1e-7 degrees.
type Node = (i64, i64);

/// The parcels that are meant to be stored, their rings as integers of 1e-7 degrees.
fn parcels() -> Vec<(String, Vec<Node>)> {
    let text = fs::read_to_string(root().join("seeds/land/parcels.geojson")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for feature in file["features"].as_array().unwrap() {
        let id = feature["properties"]["ZDDM"].as_str().unwrap().to_owned();
        if id.starts_with("110105999") || !seen.insert(id.clone()) {
            continue;
        }
        let steps = |v: &Value| geom_steps(v.as_f64().unwrap());
        let mut ring: Vec<Node> = feature["geometry"]["coordinates"][0]
            .as_array()
            .unwrap()
            .iter()
            .map(|at| (steps(&at[0]), steps(&at[1])))
            .collect();
        if ring.first() == ring.last() {
            ring.pop();
        }
        ring.dedup();
        found.push((id, ring));
    }
    found
}

fn geom_steps(degrees: f64) -> i64 {
    onemap::geom::cast::f64_to_i64(degrees * 1e7)
}

fn degrees(ring: &[Node]) -> Polygon<f64> {
    let at = |v: i64| onemap::geom::cast::i64_to_f64(v) / 1e7;
    let line: Vec<Coord> = ring
        .iter()
        .map(|(x, y)| Coord {
            x: at(*x),
            y: at(*y),
        })
        .collect();
    Polygon::new(LineString::new(line), vec![])
}

fn edges(ring: &[Node]) -> impl Iterator<Item = (Node, Node)> {
    (0..ring.len()).map(|i| (ring[i], ring[(i + 1) % ring.len()]))
}

/// The real boundary without its shift.
pub(super) fn district() -> MultiPolygon<f64> {
    let text = fs::read_to_string(root().join("seeds/base/district-boundary.geojson")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
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

#[test]
fn the_parcels_share_every_inner_edge_and_fill_the_district() {
    let parcels = parcels();
    assert!(
        (18_000..22_000).contains(&parcels.len()),
        "{}",
        parcels.len()
    );
    let mut walked: BTreeMap<(Node, Node), &str> = BTreeMap::new();
    for (id, ring) in &parcels {
        let faults = validity::faults(&Geometry::Polygon(degrees(ring)));
        assert!(faults.is_empty(), "{id}: {faults:?}");
        for edge in edges(ring) {
            // An edge walked twice the same way would be an overlap.
            assert_eq!(walked.insert(edge, id), None, "{id} overlaps at {edge:?}");
        }
    }
    // What is walked one way only is the outline: it must run along the boundary.
    let district = district();
    let outline: Vec<_> = walked
        .keys()
        .filter(|(a, b)| !walked.contains_key(&(*b, *a)))
        .collect();
    assert!((1700..6000).contains(&outline.len()), "{}", outline.len());
    let border: Vec<(f64, f64, f64, f64)> = district
        .iter()
        .flat_map(|part| {
            part.exterior()
                .lines()
                .map(|l| (l.start.x, l.start.y, l.end.x, l.end.y))
        })
        .collect();
    for (from, _) in outline {
        let at = degrees(&[*from]).exterior().0[0];
        let near = border.iter().any(|line| metres_from(at, *line) < 0.03);
        assert!(near, "{at:?} lies beside the boundary");
    }
    let sum: f64 = parcels
        .iter()
        .map(|(_, r)| geodesic::polygon_area_m2(&degrees(r)))
        .sum();
    let whole = geodesic::area_m2(&Geometry::MultiPolygon(district));
    assert!((sum / whole - 1.0).abs() < 1e-6, "{sum} m² of {whole} m²");
}

/// Metres from a place to a line, in the plane around 40° N.
fn metres_from(at: Coord, (ax, ay, bx, by): (f64, f64, f64, f64)) -> f64 {
    let plane = |x: f64, y: f64| ((x - at.x) * 85_390.0, (y - at.y) * 111_040.0);
    let ((ax, ay), (bx, by)) = (plane(ax, ay), plane(bx, by));
    let (dx, dy) = (bx - ax, by - ay);
    let t = (-(ax * dx + ay * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    (ax + t * dx).hypot(ay + t * dy)
}

#[test]
fn every_place_of_the_district_lies_in_exactly_one_parcel() {
    let parcels: Vec<_> = parcels()
        .iter()
        .map(|(_, ring)| degrees(ring))
        .map(|polygon| (polygon.bounding_rect().unwrap(), polygon))
        .collect();
    let district = district();
    let mut tried = 0;
    // A lattice whose steps share no divisor with the parcels' grid.
    for i in 0..150 {
        for j in 0..150 {
            let at = Point::new(
                116.344_000_37 + 0.001_970_13 * f64::from(i),
                39.808_000_41 + 0.001_990_17 * f64::from(j),
            );
            if district.contains(&at) {
                tried += 1;
                let holders = parcels
                    .iter()
                    .filter(|(bounds, polygon)| bounds.contains(&at) && polygon.contains(&at))
                    .count();
                assert_eq!(holders, 1, "{at:?}");
            }
        }
    }
    assert!(tried > 9_000, "{tried}");
}
