//! Questions against brute force.

use std::sync::Arc;

use geo::dimensions::{Dimensions, HasDimensions as _};
use geo::{BoundingRect as _, Intersects as _};
use geo_types::{Coord, Geometry, LineString, MultiPolygon, Point, Polygon, Rect};
use onemap::geom::BBox;
use onemap::index::Snapshot;
use onemap::layer::Shape;
use onemap::model::{FeatureId, FieldType, Value};
use onemap::query::{Filter, PageRequest, in_box, page};
use proptest::prelude::*;

use super::samples;

/// Places on a coarse lattice, so that boxes and geometries often share corners and borders.
fn coord() -> impl Strategy<Value = Coord<f64>> {
    (0..40_i8, 0..40_i8).prop_map(|(x, y)| Coord {
        x: f64::from(x) / 4.0 + 110.0,
        y: f64::from(y) / 4.0 + 30.0,
    })
}

fn rectangle() -> impl Strategy<Value = Rect<f64>> {
    (coord(), coord()).prop_map(|(a, b)| Rect::new(a, b))
}

fn geometry() -> impl Strategy<Value = Geometry> {
    let line = || proptest::collection::vec(coord(), 2..6).prop_map(LineString::new);
    let triangle = (coord(), coord(), coord())
        .prop_map(|(a, b, c)| Polygon::new(vec![a, b, c].into(), Vec::new()))
        .prop_filter("has an area", |p| geo::Area::unsigned_area(p) > 0.0);
    // A rectangle with a rectangular hole that is as wide as the lattice allows.
    let ring = (rectangle(), 0.25..0.75).prop_map(|(outer, part): (Rect<f64>, f64)| {
        let (min, max) = (outer.min(), outer.max());
        let inner = Rect::new(
            min + (max - min) * (part / 2.0),
            max - (max - min) * (part / 3.0),
        );
        Polygon::new(
            outer.to_polygon().exterior().clone(),
            vec![inner.to_polygon().exterior().clone()],
        )
    });
    let ring = ring
        .prop_filter("has an area", |p| geo::Area::unsigned_area(p) > 0.0)
        .boxed();
    prop_oneof![
        coord().prop_map(|c| Geometry::Point(Point(c))),
        proptest::collection::vec(coord(), 1..4)
            .prop_map(|all| Geometry::MultiPoint(all.into_iter().map(Point).collect())),
        line().prop_map(Geometry::LineString),
        triangle.prop_map(Geometry::Polygon),
        ring.clone().prop_map(Geometry::Polygon),
        ring.prop_map(|p| Geometry::MultiPolygon(MultiPolygon(vec![p]))),
    ]
}

fn bbox(rectangle: &Rect<f64>) -> BBox {
    BBox {
        west: rectangle.min().x,
        south: rectangle.min().y,
        east: rectangle.max().x,
        north: rectangle.max().y,
    }
}

/// Whether a geometry and a box share a point, by `geo`. A box without width or height is a line or
/// a point there.
fn meets(geometry: &Geometry, rectangle: &Rect<f64>) -> bool {
    match rectangle.dimensions() {
        Dimensions::ZeroDimensional => geometry.intersects(&Point(rectangle.min())),
        Dimensions::OneDimensional => {
            geometry.intersects(&LineString::new(vec![rectangle.min(), rectangle.max()]))
        }
        _ => geometry.intersects(&rectangle.to_polygon()),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn what_meets_a_box_is_what_brute_force_finds(
        geometries in proptest::collection::vec(geometry(), 0..60),
        rectangles in proptest::collection::vec(rectangle(), 1..8),
    ) {
        let layer = samples::layer(Shape::Polygon, geometries.clone());
        for rectangle in &rectangles {
            let mut found: Vec<i64> =
                in_box(&layer, &bbox(rectangle)).into_iter().map(|row| layer.id(row).0).collect();
            found.sort_unstable();
            let expected: Vec<i64> =
                (1..).zip(&geometries).filter(|(_, g)| meets(g, rectangle)).map(|(id, _)| id).collect();
            prop_assert_eq!(found, expected, "{:?}", rectangle);
        }
        let all = geometries.iter().filter_map(Geometry::bounding_rect).map(|r| bbox(&r));
        prop_assert_eq!(layer.bounds(), all.reduce(|a, b| a.union(&b)));
    }

    #[test]
    fn pages_put_together_are_the_whole_list_once(
        ids in proptest::collection::btree_set(1..500_i64, 0..80),
        limit in 1..30_usize,
        wanted in proptest::collection::vec(rectangle(), 0..3),
        places in proptest::collection::vec(coord(), 80),
        kind in proptest::option::of(0..4_i64),
    ) {
        let features = ids.iter().zip(&places).map(|(&id, &c)| {
            let kind = Value::Integer(id % 3);
            samples::feature(id, Some(Geometry::Point(Point(c))), vec![kind])
        });
        let mut view = samples::view("sample", Shape::Point);
        view.fields = vec![samples::field("kind", FieldType::Integer)];
        let layer = Snapshot::build(Arc::new(view), features.collect());
        let filter = Filter {
            equal: kind.map(|kind| (0, Value::Integer(kind))).into_iter().collect(),
            when: None,
        };
        let expected: Vec<i64> = ids
            .iter()
            .zip(&places)
            .filter(|(id, _)| kind.is_none_or(|kind| **id % 3 == kind))
            .filter(|(_, c)| wanted.is_empty() || wanted.iter().any(|r| r.intersects(*c)))
            .map(|(&id, _)| id)
            .collect();
        let boxes: Vec<BBox> = wanted.iter().map(bbox).collect();
        let mut listed = Vec::new();
        let mut after: Option<FeatureId> = None;
        loop {
            let found = page(&layer, &PageRequest { boxes: &boxes, filter: &filter, after, limit });
            prop_assert_eq!(found.matched, expected.len());
            prop_assert!(found.rows.len() <= limit);
            listed.extend(found.rows.iter().map(|&row| layer.id(row).0));
            after = found.next;
            if after.is_none() {
                break;
            }
        }
        prop_assert_eq!(listed, expected);
    }
}

#[test]
fn a_polygon_around_the_box_meets_it_and_its_hole_does_not() {
    let square = |a: f64, b: f64| Rect::new(Coord { x: a, y: a }, Coord { x: b, y: b });
    let ring = Polygon::new(
        square(0.0, 10.0).to_polygon().exterior().clone(),
        vec![square(2.0, 8.0).to_polygon().exterior().clone()],
    );
    let layer = samples::layer(Shape::Polygon, [Geometry::Polygon(ring)]);
    let met = |a, b| !in_box(&layer, &bbox(&square(a, b))).is_empty();
    assert!(met(0.5, 1.5), "in the polygon's flesh");
    assert!(!met(3.0, 7.0), "in its hole");
    assert!(met(3.0, 8.0), "touching the hole's border from within");
    assert!(!met(11.0, 12.0), "outside");
    assert!(met(10.0, 12.0), "touching its corner");
    assert!(met(-1.0, 11.0), "around it");
}
