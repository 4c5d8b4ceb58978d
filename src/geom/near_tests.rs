//! Distances, overlaps and lengths against other ways of finding them.

#![cfg(test)]

use geo::{BooleanOps as _, Rotate as _, Translate as _};
use geo_types::{Coord, Geometry, LineString, Polygon};
use proptest::prelude::*;

use super::frame::Frame;
use super::geodesic::{self, area_m2, distance_m};
use super::{Contact, Meeting, Nearest, Parts, Target, cast, wkt};

pub(super) fn target(text: &str) -> Target {
    Target::new(&wkt::read(text).unwrap()).unwrap()
}

fn meet(a: &Geometry<f64>, b: &Geometry<f64>) -> Meeting {
    Target::new(a).unwrap().meet(Parts::of(b).runs())
}

fn nearest(a: &Geometry<f64>, b: &Geometry<f64>, limit_m: f64) -> Option<Nearest> {
    Target::new(a)
        .unwrap()
        .nearest(Parts::of(b).runs(), limit_m)
}

fn meeting(a: &str, b: &str) -> Meeting {
    target(a).meet(Parts::of(&wkt::read(b).unwrap()).runs())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn distances_and_bearings_in_a_frame_are_those_of_the_geodesic(
        lat in -88.0..88.0f64, lon in -180.0..180.0f64,
        up in -20e3..20e3f64, azimuth in 0.0..360.0f64, metres in 0.01..20e3f64,
    ) {
        use geographiclib_rs::{DirectGeodesic as _, Geodesic};
        let frame = Frame::at(Coord { x: lon, y: lat });
        let from = Coord { x: lon, y: lat + up / 111e3 };
        let (lat2, lon2): (f64, f64) = Geodesic::wgs84().direct(from.y, from.x, azimuth, metres);
        prop_assume!((lon2 - lon).abs() < 180.0);
        let to = Coord { x: lon2, y: lat2 };
        let ours = frame.distance_m(from, to);
        prop_assert!((ours - metres).abs() < 1e-7 * metres + 1e-7, "{ours} {metres}");
        let bearing = frame.bearing_deg(from, to).unwrap();
        let off = (bearing - azimuth + 180.0).rem_euclid(360.0) - 180.0;
        prop_assert!(off.abs() < 1e-3 + 1e-6 / metres, "{bearing} {azimuth}");
    }
}

/// A star-shaped ring about a place, degrees: as many corners as radii (metres).
fn star(lon: f64, lat: f64, radii: &[f64]) -> LineString<f64> {
    let frame = Frame::at(Coord { x: lon, y: lat });
    let step = std::f64::consts::TAU / cast::usize_to_f64(radii.len());
    let corners = radii.iter().enumerate().map(|(at, radius)| {
        let (sin, cos) = (step * cast::usize_to_f64(at)).sin_cos();
        frame.degrees(Coord {
            x: radius * cos,
            y: radius * sin,
        })
    });
    corners.collect()
}

/// A polygon within 500 m about a place some hundred metres from (116.45, 39.95), perhaps with a
/// hole, perhaps with vertices on a coarse grid, so that they coincide with others'.
pub(super) fn polygon() -> impl Strategy<Value = Polygon<f64>> {
    (
        -400.0..400.0f64,
        -400.0..400.0f64,
        proptest::collection::vec(60.0..500.0f64, 3..14),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(east, north, radii, has_hole, is_coarse)| {
            let frame = Frame::at(Coord {
                x: 116.45,
                y: 39.95,
            });
            let at = frame.degrees(Coord { x: east, y: north });
            let holes = has_hole.then(|| {
                let small: Vec<f64> = radii.iter().map(|_| 20.0).collect();
                star(at.x, at.y, &small)
            });
            let polygon = Polygon::new(star(at.x, at.y, &radii), holes.into_iter().collect());
            let snapped = |ring: &LineString<f64>| {
                let step = 1.0 / 1024.0;
                let grid = |x: f64| (x / step).round() * step;
                ring.0
                    .iter()
                    .map(|at| Coord {
                        x: grid(at.x),
                        y: grid(at.y),
                    })
                    .collect::<LineString<f64>>()
            };
            if is_coarse
                && geo::algorithm::Validation::is_valid(&Polygon::new(
                    snapped(polygon.exterior()),
                    vec![],
                ))
            {
                Polygon::new(snapped(polygon.exterior()), vec![])
            } else {
                polygon
            }
        })
}

/// The points of an edge, cut in so many pieces.
fn along(from: Coord<f64>, to: Coord<f64>, pieces: usize) -> impl Iterator<Item = Coord<f64>> {
    (0..=pieces)
        .map(move |at| from + (to - from) * (cast::usize_to_f64(at) / cast::usize_to_f64(pieces)))
}

/// The least distance between points on the borders of two polygons, by Karney's method.
fn sampled(a: &Polygon<f64>, b: &Polygon<f64>, pieces: usize) -> f64 {
    let points = |p: &Polygon<f64>| -> Vec<Coord<f64>> {
        let rings = std::iter::once(p.exterior()).chain(p.interiors());
        rings
            .flat_map(LineString::lines)
            .flat_map(|edge| along(edge.start, edge.end, pieces))
            .collect()
    };
    let theirs = points(b);
    points(a)
        .iter()
        .flat_map(|p| {
            theirs
                .iter()
                .map(move |q| distance_m((p.x, p.y), (q.x, q.y)))
        })
        .fold(f64::INFINITY, f64::min)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_area_two_polygons_share_is_that_of_their_intersection(a in polygon(), b in polygon()) {
        let shared = area_m2(&Geometry::MultiPolygon(a.intersection(&b)));
        let (a, b) = (Geometry::Polygon(a), Geometry::Polygon(b));
        for (a, b) in [(&a, &b), (&b, &a)] {
            let ours = meet(a, b);
            // The other method rounds to a grid of some micrometres.
            prop_assert!((ours.overlap_m2 - shared).abs() < 0.02, "{ours:?} {shared}");
        }
        let one = meet(&a, &b).overlap_m2;
        prop_assert!((one - meet(&b, &a).overlap_m2).abs() < 1e-6);
        let whole = Target::new(&a).unwrap().area_m2();
        prop_assert!((meet(&a, &a).overlap_m2 - whole).abs() < 1e-6);
        prop_assert!((whole - area_m2(&a)).abs() < 1e-5);
    }

    #[test]
    fn what_two_halves_share_adds_up(a in polygon(), b in polygon(), turn in 0.0..180.0f64) {
        // b cut by the lines through its middle: four quarters that share edges.
        let centre = geo_types::Point::new(116.45, 39.95);
        let quarter = |east: f64, north: f64| {
            let far = 0.05;
            let half = Polygon::new(
                vec![(0.0, 0.0), (east * far, 0.0), (east * far, north * far), (0.0, north * far)].into(),
                vec![],
            );
            half.translate(116.45, 39.95).rotate_around_point(turn, centre)
        };
        let a = Geometry::Polygon(a);
        let whole = area_m2(&a);
        let mut sum = 0.0;
        for (east, north) in [(1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0), (1.0, -1.0)] {
            sum += meet(&a, &Geometry::Polygon(quarter(east, north))).overlap_m2;
        }
        // A hole's or a turned quarter's edges are rounded to 1e-14 degrees.
        prop_assert!((sum - whole).abs() < 1e-5, "{sum} {whole}");
        let b = Geometry::Polygon(b);
        prop_assert!(meet(&a, &b).overlap_m2 <= whole + 1e-6);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn the_nearest_points_are_those_of_dense_sampling(
        a in polygon(), b in polygon(), east in 0.0..4000.0f64, north in 0.0..4000.0f64,
    ) {
        let b = b.translate(east / 85_000.0, north / 111_000.0);
        let (ga, gb) = (Geometry::Polygon(a.clone()), Geometry::Polygon(b.clone()));
        let is_apart = meet(&ga, &gb).contact == Contact::Apart;
        prop_assert_eq!(is_apart, meet(&gb, &ga).contact == Contact::Apart);
        prop_assert_eq!(is_apart, !geo::Intersects::intersects(&a, &b));
        prop_assume!(is_apart);
        let ours = nearest(&ga, &gb, 20_000.0).unwrap();
        let back = nearest(&gb, &ga, 20_000.0).unwrap();
        prop_assert!((ours.distance_m - back.distance_m).abs() < 1e-5 + 1e-8 * ours.distance_m, "{ours:?} {back:?}");
        let sampled = sampled(&a, &b, 24);
        prop_assert!(ours.distance_m <= sampled * (1.0 + 1e-7) + 1e-7, "{} {sampled}", ours.distance_m);
        // Sampled points lie within some twenty metres of the nearest.
        let off = 25.0;
        prop_assert!(sampled <= (ours.distance_m.powi(2) + off * off).sqrt() + 25.0);
        let direct = distance_m((ours.from.x, ours.from.y), (ours.to.x, ours.to.y));
        prop_assert!((direct - ours.distance_m).abs() < 1e-7 * direct + 1e-7);
        prop_assert!(nearest(&ga, &gb, ours.distance_m - 1e-3).is_none());
        prop_assert!(nearest(&ga, &gb, ours.distance_m).is_some());
    }
}

#[test]
fn neighbours_touch_and_share_nothing() {
    let square = "POLYGON((0 0,1 0,1 1,0 1,0 0))";
    for (other, contact, area) in [
        ("POLYGON((1 0,2 0,2 1,1 1,1 0))", Contact::Touching, 0.0),
        (
            "POLYGON((1 0.3,2 0.3,2 0.7,1 0.7,1 0.3))",
            Contact::Touching,
            0.0,
        ),
        ("POLYGON((1 1,2 1,2 2,1 2,1 1))", Contact::Touching, 0.0),
        ("POLYGON((1 0.5,2 0,2 1,1 0.5))", Contact::Touching, 0.0),
        (
            "POLYGON((-1 -1,2 -1,2 2,-1 2,-1 -1),(0 0,1 0,1 1,0 1,0 0))",
            Contact::Touching,
            0.0,
        ),
        ("POLYGON((1.1 0,2 0,2 1,1.1 0))", Contact::Apart, 0.0),
        (
            "POLYGON((0.5 0,1 0,1 1,0.5 1,0.5 0))",
            Contact::Overlapping,
            0.5,
        ),
        (
            "POLYGON((-1 -1,2 -1,2 2,-1 2,-1 -1))",
            Contact::Overlapping,
            1.0,
        ),
        ("POLYGON((0 0,0 1,1 1,1 0,0 0))", Contact::Overlapping, 1.0),
        ("POLYGON((0 0,1 1,0 1,0 0))", Contact::Overlapping, 0.5),
        ("LINESTRING(-1 0.5,2 0.5)", Contact::Overlapping, 0.0),
        ("LINESTRING(0 0,1 0)", Contact::Touching, 0.0),
        ("LINESTRING(1 1,2 2)", Contact::Touching, 0.0),
        ("LINESTRING(0.2 0.2,0.4 0.4)", Contact::Overlapping, 0.0),
        ("POINT(0.5 0.5)", Contact::Overlapping, 0.0),
        ("POINT(0 0)", Contact::Touching, 0.0),
        ("POINT(0.5 1)", Contact::Touching, 0.0),
        ("POINT(0.5 1.0000001)", Contact::Apart, 0.0),
    ] {
        // At the scale of a parcel.
        let small = |text: &str| {
            let mut geometry = wkt::read(text).unwrap();
            geo::MapCoordsInPlace::map_coords_in_place(&mut geometry, |at| Coord {
                x: 116.5 + at.x / 512.0,
                y: 39.5 + at.y / 512.0,
            });
            geometry
        };
        let (a, b) = (small(square), small(other));
        for (a, b) in [(&a, &b), (&b, &a)] {
            let found = meet(a, b);
            assert_eq!(found.contact, contact, "{other} {found:?}");
            assert_eq!(found.at.is_some(), contact != Contact::Apart, "{other}");
            let share = found.overlap_m2 / area_m2(&small(square));
            assert!((share - area).abs() < 1e-4, "{other} {found:?}");
            if area == 0.0 {
                assert!(found.overlap_m2 < 1e-6, "{other} {found:?}");
            }
        }
    }
}

#[test]
fn a_line_counts_as_far_as_it_lies_in_the_polygon_or_on_its_border() {
    let square = "POLYGON((116 39,116.01 39,116.01 39.01,116 39.01,116 39))";
    for (line, inside) in [
        (
            "LINESTRING(115.99 39.005,116.02 39.005)",
            "LINESTRING(116 39.005,116.01 39.005)",
        ),
        (
            "LINESTRING(115.99 39,116.02 39)",
            "LINESTRING(116 39,116.01 39)",
        ),
        (
            "LINESTRING(116.01 38,116.01 40)",
            "LINESTRING(116.01 39,116.01 39.01)",
        ),
        (
            "LINESTRING(116.002 39.002,116.008 39.007)",
            "LINESTRING(116.002 39.002,116.008 39.007)",
        ),
        (
            "LINESTRING(115.99 38.99,116 39,116.01 39.01,116.02 39)",
            "LINESTRING(116 39,116.01 39.01)",
        ),
        (
            "LINESTRING(115.995 39.005,116 39.01,116.005 39.015)",
            "LINESTRING(0 0,0 0)",
        ),
    ] {
        let expected = geodesic::length_m(&wkt::read(inside).unwrap());
        let found = meeting(square, line);
        assert!(
            (found.length_m - expected).abs() < 1e-6,
            "{line} {found:?} {expected}"
        );
    }
}

/// A ring with a vertex put in the middle of each edge, or as near to it as numbers go.
fn halved(ring: &LineString<f64>) -> LineString<f64> {
    let corners = ring.lines().flat_map(|edge| {
        let middle = edge.start + (edge.end - edge.start) * 0.5;
        [edge.start, middle]
    });
    let mut halved: LineString<f64> = corners.collect();
    halved.close();
    halved
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_copy_is_the_same_however_it_is_written(
        a in polygon(), first in 0..20usize, is_back in any::<bool>(),
    ) {
        let whole = Target::new(&Geometry::Polygon(a.clone())).unwrap();
        let turned = |ring: &LineString<f64>| {
            let mut corners = ring.0[1..].to_vec();
            let places = corners.len();
            corners.rotate_left(first % places);
            if is_back {
                corners.reverse();
            }
            let mut ring = LineString::new(corners);
            ring.close();
            ring
        };
        let holes = |ring: &dyn Fn(&LineString<f64>) -> LineString<f64>| -> Vec<LineString<f64>> {
            a.interiors().iter().map(ring).collect()
        };
        let copy = Polygon::new(turned(a.exterior()), holes(&turned));
        let found = whole.meet(Parts::of(&Geometry::Polygon(copy)).runs());
        prop_assert!((found.overlap_m2 - whole.area_m2()).abs() < 1e-6, "{found:?}");
        // With a vertex in each edge, which lies on it or beside it by the last digit.
        let copy = Polygon::new(halved(a.exterior()), holes(&halved));
        let found = whole.meet(Parts::of(&Geometry::Polygon(copy)).runs());
        prop_assert!((found.overlap_m2 - whole.area_m2()).abs() < 1e-5, "{found:?}");
    }

    #[test]
    fn what_lies_around_a_polygon_touches_it_and_shares_nothing(a in polygon()) {
        let whole = Target::new(&Geometry::Polygon(a.clone())).unwrap();
        let (west, south, east, north) = (116.43, 39.93, 116.47, 39.97);
        let frame: LineString<f64> =
            vec![(west, south), (east, south), (east, north), (west, north), (west, south)].into();
        // The same border, and with a vertex in each edge: T-junctions.
        for ring in [a.exterior().clone(), halved(a.exterior())] {
            let around = Geometry::Polygon(Polygon::new(frame.clone(), vec![ring]));
            let found = whole.meet(Parts::of(&around).runs());
            prop_assert!(found.overlap_m2 < 1e-5, "{found:?}");
            prop_assert_eq!(found.contact, Contact::Touching);
        }
        // What a hole leaves out is not shared with what fills it.
        for hole in a.interiors() {
            let filling = Geometry::Polygon(Polygon::new(hole.clone(), vec![]));
            let found = whole.meet(Parts::of(&filling).runs());
            prop_assert!(found.overlap_m2 < 1e-6, "{found:?}");
            prop_assert_eq!(found.contact, Contact::Touching);
        }
    }

    #[test]
    fn a_line_is_as_long_inside_as_its_pieces_are(
        a in polygon(),
        from in (-600.0..600.0f64, -600.0..600.0f64),
        to in (-600.0..600.0f64, -600.0..600.0f64),
    ) {
        use geo::Intersects as _;
        let frame = Frame::at(Coord { x: 116.45, y: 39.95 });
        let place = |(x, y)| frame.degrees(Coord { x, y });
        let (from, to) = (place(from), place(to));
        let line = Geometry::LineString(vec![from, to].into());
        let found = meet(&Geometry::Polygon(a.clone()), &line);
        // As many points along it as lie inside.
        let pieces = 2000;
        let inside = along(from, to, pieces).filter(|at| a.intersects(at)).count();
        let inside = cast::usize_to_f64(inside);
        let whole = distance_m((from.x, from.y), (to.x, to.y));
        let counted = whole * inside / cast::usize_to_f64(pieces + 1);
        prop_assert!(
            (found.length_m - counted).abs() < 0.02 * whole + 0.01,
            "{found:?} {counted}"
        );
    }
}
