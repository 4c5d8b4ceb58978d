//! Validity and repair against shapes drawn for it, and against chance.

use proptest::collection::vec;
use proptest::prelude::*;

use super::Key::{
    GeomFaultCrossesItself as Crosses, GeomFaultHoleInHole as HoleInHole,
    GeomFaultHoleOutside as HoleOutside, GeomFaultInteriorCut as Cut,
    GeomFaultPartsOverlap as Overlap, GeomFaultPartsShareEdge as PartsShare,
    GeomFaultRepeated as Repeated, GeomFaultRingsCross as RingsCross,
    GeomFaultRingsShareEdge as RingsShare, GeomFaultRunsAlongItself as RunsAlong,
    GeomFaultTooFew as TooFew, GeomFaultTouchesItself as Touches,
};
use super::repair::resolved;
use super::*;
use crate::geom::{geodesic, wkt};

fn keys(text: &str) -> Vec<Key> {
    faults(&wkt::read(text).unwrap())
        .iter()
        .map(Message::key)
        .collect()
}

fn repaired(text: &str) -> Repaired {
    repair(wkt::read(text).unwrap()).unwrap()
}

/// Geometries and what is wrong with them.
const CASES: &[(&str, &[Key])] = &[
    ("POLYGON((0 0,1 0,1 1,0 1,0 0))", &[]),
    ("POLYGON((0 0,1 0,1 0,1 1,0 1,0 0))", &[Repeated]),
    ("POLYGON((0 0,2 2,2 0,0 2,0 0))", &[Crosses]),
    // Spikes: outward from a corner, and there and back within an edge.
    (
        "POLYGON((0 0,1 0,1 1,2 1,1 1,0 1,0 0))",
        &[RunsAlong, Touches],
    ),
    ("POLYGON((0 0,4 0,2 0,4 4,0 4,0 0))", &[RunsAlong, Touches]),
    // A figure eight through a vertex; an inverted hole.
    ("POLYGON((0 0,1 1,2 0,2 2,1 1,0 2,0 0))", &[Touches]),
    ("POLYGON((0 0,4 0,4 4,0 4,0 0,1 2,2 1,0 0))", &[Touches]),
    ("POLYGON((0 0,1 1,0 0))", &[TooFew]),
    (
        "POLYGON((0 0,4 0,4 4,0 4,0 0),(5 5,6 5,6 6,5 5))",
        &[HoleOutside],
    ),
    (
        "POLYGON((0 0,4 0,4 4,0 4,0 0),(3 1,5 2,3 3,3 1))",
        &[RingsCross],
    ),
    (
        "POLYGON((0 0,4 0,4 4,0 4,0 0),(0 1,2 2,0 3,0 1))",
        &[RingsShare],
    ),
    // A hole outside that touches the exterior at a point; one inside that does is valid.
    (
        "POLYGON((0 0,4 0,4 4,0 4,0 0),(4 2,5 1,5 3,4 2))",
        &[HoleOutside],
    ),
    ("POLYGON((0 0,4 0,4 4,0 4,0 0),(4 2,3 1,3 3,4 2))", &[]),
    // A hole that leaves and comes back through vertices of the exterior.
    (
        "POLYGON((0 0,2 0,4 0,4 2,4 4,0 4,0 0),(2 0,5 -1,4 2,1 3,2 0))",
        &[HoleOutside, Cut],
    ),
    (
        "POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,5 1,5 5,1 5,1 1),(2 2,3 2,3 3,2 2))",
        &[HoleInHole],
    ),
    // Two holes that cut off what lies between them; one hole from side to side.
    (
        "POLYGON((0 0,8 0,8 8,0 8,0 0),(2 4,4 2,4 3,3 4,4 5,4 6,2 4),(4 2,6 4,4 6,5 4,4 2))",
        &[Cut],
    ),
    (
        "POLYGON((0 0,4 0,4 4,0 4,0 0),(0 2,2 1,4 2,2 3,0 2))",
        &[Cut],
    ),
    (
        "MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((2 2,6 2,6 6,2 6,2 2)))",
        &[Overlap],
    ),
    (
        "MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((1 1,2 1,2 2,1 1)))",
        &[Overlap],
    ),
    (
        "MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((4 1,6 1,6 3,4 3,4 1)))",
        &[PartsShare],
    ),
    (
        "MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((4 4,6 4,6 6,4 4)))",
        &[],
    ),
    // A part in the hole of another, touching it at a corner, is valid.
    (
        "MULTIPOLYGON(((0 0,9 0,9 9,0 9,0 0),(2 2,2 7,7 7,7 2,2 2)),((2 2,4 3,3 4,2 2)))",
        &[],
    ),
    (
        "MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((0 0,4 4,0 4,0 0)))",
        &[PartsShare],
    ),
    ("LINESTRING(0 0,2 2,2 0,0 2)", &[]),
    ("LINESTRING(1 1,1 1)", &[TooFew, Repeated]),
];

#[test]
fn every_kind_of_fault_is_found_and_named() {
    for (text, expected) in CASES {
        assert_eq!(keys(text), *expected, "{text}");
    }
    let nan = G::Point((f64::NAN, 1.0).into());
    assert_eq!(faults(&nan)[0].key(), Key::GeomFaultNotFinite);
    assert_eq!(
        faults(&G::MultiPolygon(geo_types::MultiPolygon(vec![])))[0].key(),
        Key::GeomFaultEmpty
    );
}

#[test]
fn a_fault_says_where_it_is_and_how_often() {
    let found = faults(&wkt::read("POLYGON((0 0,2 2,2 0,0 2,0 0))").unwrap());
    assert_eq!(
        (found[0].arg("x"), found[0].arg("y")),
        (Some("1"), Some("1"))
    );
    assert_eq!(
        (found[0].arg("ring"), found[0].arg("count")),
        (Some("1"), Some("1"))
    );
}

#[test]
fn a_bow_tie_is_refused_and_a_knot_is_mended() {
    let bow_tie = wkt::read("POLYGON((0 0,2 2,2 0,0 2,0 0))").unwrap();
    let reasons = repair(bow_tie).unwrap_err();
    assert!(
        reasons
            .iter()
            .any(|reason| reason.key() == Key::GeomRepairArea)
    );
    let knot = "POLYGON((0 0,4 0,4 4,0 4,0 1.9,0.002 2,-0.002 1.95,0 0))";
    assert_eq!(keys(knot), [Crosses]);
    let Repaired { geometry, notes } = repaired(knot);
    assert!(faults(&geometry).is_empty());
    assert_eq!(notes[0].key(), Key::GeomRepairRebuilt);
}

#[test]
fn a_spike_is_cut_off_and_an_inverted_hole_becomes_a_hole() {
    let spike = repaired("POLYGON((0 0,1 0,1 1,2 1,1 1,0 1,0 0))");
    let G::Polygon(polygon) = &spike.geometry else {
        panic!("{spike:?}")
    };
    assert_eq!(polygon.exterior().0.len(), 5);
    let hole = repaired("POLYGON((0 0,4 0,4 4,0 4,0 0,1 2,2 1,0 0))");
    let G::Polygon(polygon) = &hole.geometry else {
        panic!("{hole:?}")
    };
    assert_eq!(polygon.interiors().len(), 1);
}

#[test]
fn repeated_vertices_and_rings_without_area_are_dropped_and_counted() {
    let text = "POLYGON((0 0,4 0,4 0,4 4,4 4,0 4,0 0),(1 1,2 2,1 1))";
    let Repaired { geometry, notes } = repaired(text);
    assert_eq!(
        geometry,
        wkt::read("POLYGON((0 0,4 0,4 4,0 4,0 0))").unwrap()
    );
    assert_eq!(
        notes,
        [
            say!(Key::GeomRepairRepeated, count = 2),
            say!(Key::GeomRepairDropped, count = 1)
        ]
    );
}

#[test]
fn parts_that_share_an_edge_are_joined() {
    let text = "MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((4 1,6 1,6 3,4 3,4 1)))";
    let Repaired { geometry, .. } = repaired(text);
    let G::MultiPolygon(parts) = &geometry else {
        panic!("{geometry:?}")
    };
    assert_eq!(parts.0.len(), 1);
}

#[test]
fn what_would_change_the_area_is_refused_with_every_reason() {
    for text in [
        // Parts that overlap by a quarter; a hole half outside; nothing but a line.
        "MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((2 2,6 2,6 6,2 6,2 2)))",
        "POLYGON((0 0,4 0,4 4,0 4,0 0),(3 1,5 2,3 3,3 1))",
        "POLYGON((0 0,4 4,2 2,0 0))",
        "POLYGON((0 0,1 1,0 0))",
        "LINESTRING(1 1,1 1)",
    ] {
        let reasons = repair(wkt::read(text).unwrap()).unwrap_err();
        assert!(!reasons.is_empty(), "{text}");
    }
    let overlap = "MULTIPOLYGON(((0 0,4 0,4 4,0 4,0 0)),((2 2,6 2,6 6,2 6,2 2)))";
    let reasons = repair(wkt::read(overlap).unwrap()).unwrap_err();
    let keys: Vec<_> = reasons.iter().map(Message::key).collect();
    assert_eq!(keys, [Key::GeomFaultPartsOverlap, Key::GeomRepairArea]);
    assert!(repair(G::Point((f64::INFINITY, 0.0).into())).is_err());
}

#[test]
fn a_clockwise_exterior_is_turned_without_a_note() {
    let Repaired { geometry, notes } = repaired("POLYGON((0 0,0 1,1 1,1 0,0 0))");
    assert_eq!(
        geometry,
        wkt::read("POLYGON((0 0,1 0,1 1,0 1,0 0))").unwrap()
    );
    assert!(notes.is_empty());
}

/// Rings of random vertices: on a coarse lattice, where vertices and edges coincide, or anywhere.
fn ring() -> impl Strategy<Value = LineString<f64>> {
    let lattice = (0..6i32, 0..6i32)
        .prop_map(|(x, y)| (116.0 + f64::from(x) * 0.01, 39.0 + f64::from(y) * 0.01));
    let anywhere = (116.0..116.06f64, 39.0..39.06f64);
    prop_oneof![vec(lattice, 3..9), vec(anywhere, 3..12)].prop_map(LineString::from)
}

fn polygon() -> impl Strategy<Value = geo_types::Polygon<f64>> {
    (ring(), vec(ring(), 0..3)).prop_map(|(shell, holes)| geo_types::Polygon::new(shell, holes))
}

fn polygonal() -> impl Strategy<Value = Geometry> {
    prop_oneof![
        3 => polygon().prop_map(G::Polygon),
        1 => vec(polygon(), 1..4).prop_map(|parts| G::MultiPolygon(parts.into())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn what_is_resolved_is_valid_also_by_another_judge(geometry in polygonal()) {
        use geo::Validation as _;
        let parts = match geometry {
            G::Polygon(polygon) => vec![polygon],
            G::MultiPolygon(parts) => parts.0,
            _ => vec![],
        };
        if let Some(whole) = resolved(&parts) {
            let whole = G::MultiPolygon(whole.into());
            prop_assert_eq!(faults(&whole), vec![]);
            prop_assert!(whole.is_valid(), "{:?}", whole);
            prop_assert!(geodesic::area_m2(&whole) > 0.0);
        }
    }

    #[test]
    fn a_repair_keeps_the_area_that_the_rings_state(geometry in polygonal()) {
        let before = geodesic::area_m2(&geometry);
        if let Ok(Repaired { geometry: mended, .. }) = repair(geometry) {
            prop_assert_eq!(faults(&mended), vec![]);
            let after = geodesic::area_m2(&mended);
            // Of a sliver the arithmetic leaves no digit right: below a square centimetre nothing
            // is asked.
            let slack = 0.001 * before + 1e-4;
            prop_assert!((after - before).abs() < slack, "{} {}", before, after);
        }
    }

    #[test]
    fn what_is_valid_keeps_every_vertex(geometry in polygonal()) {
        if faults(&geometry).is_empty() {
            let Repaired { geometry: mended, notes } = repair(geometry.clone()).unwrap();
            prop_assert!(notes.is_empty());
            let sorted = |geometry: &Geometry| {
                use geo::CoordsIter as _;
                let mut all: Vec<_> = geometry.coords_iter().map(|c| (c.x, c.y)).collect();
                all.sort_by(|a, b| a.partial_cmp(b).unwrap());
                all
            };
            prop_assert_eq!(sorted(&geometry), sorted(&mended));
            prop_assert_eq!(repair(mended.clone()).unwrap().geometry, mended);
        }
    }

    #[test]
    fn repairing_again_changes_nothing(geometry in polygonal()) {
        if let Ok(once) = repair(geometry) {
            let again = repair(once.geometry.clone()).unwrap();
            prop_assert_eq!(again.geometry, once.geometry);
            prop_assert!(again.notes.is_empty());
        }
    }
}
