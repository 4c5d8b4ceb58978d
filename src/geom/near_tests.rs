//! Distances, overlaps and lengths against other ways of finding them.

#![cfg(test)]

use geo::{BooleanOps as _, Rotate as _, Translate as _};
use geo_types::{Coord, Geometry, LineString, Polygon};
use proptest::prelude::*;

use super::frame::Frame;
use super::geodesic::{self, area_m2, distance_m};
use super::{Contact, Meeting, Nearest, Parts, Target, ZoneShare, Zones, wkt};

fn target(text: &str) -> Target {
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
    let step = std::f64::consts::TAU / radii.len() as f64;
    let corners = radii.iter().enumerate().map(|(at, radius)| {
        let (sin, cos) = (step * at as f64).sin_cos();
        frame.degrees(Coord {
            x: radius * cos,
            y: radius * sin,
        })
    });
    corners.collect()
}

/// A polygon within 500 m about a place some hundred metres from (116.45, 39.95), perhaps with a
/// hole, perhaps with vertices on a coarse grid, so that they coincide with others'.
fn polygon() -> impl Strategy<Value = Polygon<f64>> {
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
    (0..=pieces).map(move |at| from + (to - from) * (at as f64 / pieces as f64))
}

/// The least distance between points on the borders of two polygons, by Karney's method.
fn sampled(a: &Polygon<f64>, b: &Polygon<f64>, pieces: usize) -> f64 {
    let points = |p: &Polygon<f64>| -> Vec<Coord<f64>> {
        let rings = std::iter::once(p.exterior()).chain(p.interiors());
        rings
            .flat_map(|ring| ring.lines())
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

/// Shares of zones by throwing points at them: a sunflower of so many about the parcel.
fn thrown(
    parcel: &Target,
    radii: &[f64],
    reach_m: f64,
    count: usize,
    is_covered: impl Fn(Coord<f64>) -> bool,
) -> Vec<(f64, f64)> {
    let frame = parcel.frame();
    let mut tally = vec![(0.0, 0.0); radii.len() + 1];
    for at in 0..count {
        let radius = reach_m * ((at as f64 + 0.5) / count as f64).sqrt();
        let (sin, cos) = (2.399_963_229_728_653 * at as f64).sin_cos();
        let point = frame.degrees(Coord {
            x: radius * cos,
            y: radius * sin,
        });
        let run = Parts::of(&Geometry::Point(point.into()));
        let metres = if parcel.holds(point) {
            0.0
        } else {
            match parcel.nearest(run.runs(), radii[radii.len() - 1]) {
                Some(nearest) => nearest.distance_m,
                None => continue,
            }
        };
        let zone = if parcel.holds(point) {
            0
        } else {
            1 + radii.iter().position(|&radius| metres <= radius).unwrap()
        };
        let square = std::f64::consts::PI * reach_m * reach_m / count as f64;
        tally[zone].0 += square;
        if is_covered(point) {
            tally[zone].1 += square;
        }
    }
    tally
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn the_shares_of_zones_are_those_of_points_thrown_at_them(
        parcel in polygon(), covers in proptest::collection::vec(polygon(), 0..4), twice in 1.0..4.0f64,
    ) {
        use geo::Scale as _;
        let covers: Vec<Polygon<f64>> = covers.iter().map(|cover| cover.scale(twice)).collect();
        let parcel = Target::new(&Geometry::Polygon(parcel)).unwrap();
        let radii = [100.0, 500.0, 1000.0];
        let zones = Zones::new(&parcel, &radii);
        let cover = zones.cover(covers.iter().map(|cover| Parts::of(&Geometry::Polygon(cover.clone()))));
        let shares: Vec<Option<f64>> = (0..4).map(|zone| zones.share(zone, &[&cover]).covered).collect();
        let extents = zones.extents();
        let thrown = thrown(&parcel, &radii, 2000.0, 40_000, |at| {
            covers.iter().any(|cover| geo::Intersects::intersects(cover, &at))
        });
        prop_assert!((extents[0].area_m2 / parcel.area_m2() - 1.0).abs() < 1e-6);
        for ((extent, share), (area, covered)) in extents.iter().zip(&shares).zip(&thrown) {
            // An error of the order of the root of the points that the border may mistake.
            prop_assert!((extent.area_m2 - area).abs() < 0.01 * area + 4000.0, "{extent:?} {area}");
            let share = share.unwrap();
            prop_assert!((share - covered / area).abs() < 0.03 + 3000.0 / area, "{share} {covered} {area}");
        }
    }

    #[test]
    fn what_polygons_cover_of_a_parcel_adds_up(
        parcel in polygon(), others in proptest::collection::vec(polygon(), 0..5),
    ) {
        let target = Target::new(&Geometry::Polygon(parcel.clone())).unwrap();
        let parts: Vec<Parts> =
            others.iter().map(|other| Parts::of(&Geometry::Polygon(other.clone()))).collect();
        let tenure = target.tenure(&parts);
        let sum = tenure.alone_m2.iter().sum::<f64>() + tenure.several_m2 + tenure.none_m2;
        prop_assert!((sum - target.area_m2()).abs() < 1e-6, "{tenure:?}");
        for (at, other) in others.iter().enumerate() {
            let mut alone = parcel.intersection(other);
            for (_, rest) in others.iter().enumerate().filter(|(place, _)| *place != at) {
                alone = alone.difference(&geo_types::MultiPolygon::new(vec![rest.clone()]));
            }
            let alone = area_m2(&Geometry::MultiPolygon(alone));
            prop_assert!((alone - tenure.alone_m2[at]).abs() < 0.1, "{alone} {tenure:?}");
        }
        let mut none = geo_types::MultiPolygon::new(vec![parcel]);
        for other in &others {
            none = none.difference(&geo_types::MultiPolygon::new(vec![other.clone()]));
        }
        let none = area_m2(&Geometry::MultiPolygon(none));
        prop_assert!((none - tenure.none_m2).abs() < 0.1, "{none} {tenure:?}");
    }
}

#[test]
fn a_zone_that_polygons_hold_whole_is_covered_and_one_they_miss_is_not() {
    let parcel = target("POLYGON((116 39,116.001 39,116.001 39.001,116 39.001,116 39))");
    let zones = Zones::new(&parcel, &[500.0, 1000.0]);
    let shares = |text: &str| -> Vec<Option<f64>> {
        let polygons = geo_types::MultiPolygon::try_from(wkt::read(text).unwrap());
        let polygons = polygons
            .unwrap_or_else(|_| Polygon::try_from(wkt::read(text).unwrap()).unwrap().into());
        let each = polygons.into_iter();
        let cover = zones.cover(each.map(|one| Parts::of(&Geometry::Polygon(one))));
        (0..3)
            .map(|zone| zones.share(zone, &[&cover]).covered)
            .collect()
    };
    assert_eq!(
        shares("POLYGON((115 38,117 38,117 40,115 40,115 38))"),
        [Some(1.0); 3]
    );
    assert_eq!(
        shares("POLYGON((117 38,118 38,118 40,117 40,117 38))"),
        [Some(0.0); 3]
    );
    // The parcel alone, with neighbours that adjoin, and in a hole.
    let alone = shares("POLYGON((116 39,116.001 39,116.001 39.001,116 39.001,116 39))");
    assert_eq!(alone, [Some(1.0), Some(0.0), Some(0.0)]);
    let halves = shares(
        "MULTIPOLYGON(((115 38,116.0004 38,116.0004 40,115 40,115 38)),((116.0004 38,117 38,117 40,116.0004 40,116.0004 38)))",
    );
    assert_eq!(halves, [Some(1.0); 3]);
    let twice = shares(
        "MULTIPOLYGON(((115 38,116.0004 38,116.0004 40,115 40,115 38)),((116.0002 38,117 38,117 40,116.0002 40,116.0002 38)))",
    );
    assert_eq!(twice, [Some(1.0); 3]);
    let around = shares(
        "POLYGON((115 38,117 38,117 40,115 40,115 38),(116 39,116.001 39,116.001 39.001,116 39.001,116 39))",
    );
    assert_eq!(around, [Some(0.0), Some(1.0), Some(1.0)]);
}

#[test]
fn a_territory_cuts_zones_off() {
    let parcel = target("POLYGON((116 39,116.001 39,116.001 39.001,116 39.001,116 39))");
    let polygon = |text: &str| Parts::of(&wkt::read(text).unwrap());
    // The parcel lies at the border of the territory, which has what lies north of it.
    let territory = polygon("POLYGON((115 39,117 39,117 40,115 40,115 39))");
    let zones = Zones::new(&parcel, &[500.0]).cut_off([territory.clone()]);
    let extents = zones.extents();
    assert!((extents[0].within_m2 / extents[0].area_m2 - 1.0).abs() < 1e-6);
    let side = (
        distance_m((116.0, 39.0), (116.001, 39.0)),
        distance_m((116.0, 39.0), (116.0, 39.001)),
    );
    let disc = std::f64::consts::PI * 500.0 * 500.0;
    let whole = disc + 2.0 * 500.0 * (side.0 + side.1);
    assert!(
        (extents[1].area_m2 / whole - 1.0).abs() < 2e-4,
        "{extents:?} {whole}"
    );
    let within = disc / 2.0 + 500.0 * (side.0 + 2.0 * side.1);
    assert!(
        (extents[1].within_m2 / within - 1.0).abs() < 2e-4,
        "{extents:?} {within}"
    );
    let shares = |zones: &Zones<'_>, text: &str| -> Vec<ZoneShare> {
        let cover = zones.cover([polygon(text)]);
        (0..2).map(|zone| zones.share(zone, &[&cover])).collect()
    };
    let cut = extents[1].area_m2 / extents[1].within_m2;
    let is = |share: &ZoneShare, covered: f64, cut: f64| {
        assert!(
            (share.covered.unwrap() - covered).abs() < 1e-3,
            "{share:?} {covered}"
        );
        assert!((share.cut - cut).abs() < 1e-3, "{share:?} {cut}");
    };
    // What was looked at reaches as far as the territory: nothing is missing.
    let whole = shares(&zones, "POLYGON((115 39,117 39,117 40,115 40,115 39))");
    assert_eq!(
        whole[0],
        ZoneShare {
            covered: Some(1.0),
            cut: 0.0
        }
    );
    assert_eq!(whole[1].covered, Some(1.0));
    is(&whole[1], 1.0, 1.0 - 1.0 / cut);
    // The half of it; the same and what lies beyond, which counts where it was looked at.
    let west = shares(
        &zones,
        "POLYGON((115 39,116.0005 39,116.0005 40,115 40,115 39))",
    );
    is(&west[0], 0.5, 0.0);
    is(&west[1], 0.5, 1.0 - 1.0 / cut);
    let beyond = shares(
        &zones,
        "POLYGON((115 38,116.0005 38,116.0005 40,115 40,115 38))",
    );
    is(&beyond[0], 0.5, 0.0);
    let half = cut / 2.0;
    let known = half + 0.5;
    is(&beyond[1], half / known, 1.0 - known / cut);
    let nowhere = ZoneShare {
        covered: None,
        cut: 1.0,
    };
    let elsewhere = polygon("POLYGON((110 39,111 39,111 40,110 40,110 39))");
    let zones = Zones::new(&parcel, &[500.0]).cut_off([elsewhere]);
    assert_eq!(
        shares(&zones, "POLYGON((120 39,121 39,121 40,120 40,120 39))"),
        [nowhere; 2]
    );
    assert_eq!(
        shares(&zones, "POLYGON((115 38,117 38,117 40,115 40,115 38))"),
        [ZoneShare {
            covered: Some(1.0),
            cut: 0.0
        }; 2]
    );
}

#[test]
fn a_gap_is_covered_if_every_point_of_it_lies_in_a_road() {
    let way = [
        Coord { x: 116.0, y: 39.0 },
        Coord {
            x: 116.0005,
            y: 39.0,
        },
    ];
    let road = |text: &str| Parts::of(&wkt::read(text).unwrap());
    let whole = road("POLYGON((116 38,116.0005 38,116.0005 40,116 40,116 38))");
    let west = road("POLYGON((116 38,116.0002 38,116.0002 40,116 40,116 38))");
    let east = road("POLYGON((116.0003 38,116.0005 38,116.0005 40,116.0003 40,116.0003 38))");
    let adjoining = road("POLYGON((116.0002 39,116.0005 39,116.0005 40,116.0002 40,116.0002 39))");
    let short =
        road("POLYGON((116.000001 38,116.0005 38,116.0005 40,116.000001 40,116.000001 38))");
    let uncovered = |roads: &[&Parts], ends_m: f64| {
        super::uncovered_m(way, roads.iter().map(|road| road.runs()), ends_m)
    };
    let gap = distance_m((116.0002, 39.0), (116.0003, 39.0));
    assert!(uncovered(&[&whole], 0.0) < 1e-9);
    assert!((uncovered(&[&west, &east], 0.1) - gap).abs() < 1e-6);
    assert!(uncovered(&[&west, &adjoining], 0.0) < 1e-9);
    assert!(uncovered(&[&short], 0.1) < 1e-9 && uncovered(&[&short], 0.01) > 0.05);
    assert!((uncovered(&[], 0.0) - distance_m((116.0, 39.0), (116.0005, 39.0))).abs() < 1e-6);
}
