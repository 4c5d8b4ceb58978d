//! Zones, divisions of a parcel and gaps against other ways of finding them.

#![cfg(test)]

use geo::BooleanOps as _;
use geo_types::{Coord, Geometry, Polygon};
use proptest::prelude::*;

use super::geodesic::{area_m2, distance_m};
use super::near_tests::{polygon, target};
use super::{Parts, Target, ZoneShare, Zones, cast, wkt};

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
        let radius = reach_m * ((cast::usize_to_f64(at) + 0.5) / cast::usize_to_f64(count)).sqrt();
        let (sin, cos) = (2.399_963_229_728_653 * cast::usize_to_f64(at)).sin_cos();
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
        let square = std::f64::consts::PI * reach_m * reach_m / cast::usize_to_f64(count);
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
