//! The demonstration noise data.

use std::collections::{BTreeMap, BTreeSet};

use geo::{BoundingRect as _, Contains as _};
use geo_types::{Point, Polygon};
use onemap::geom::{Geometry, geodesic};

use super::rows::Rows;
use super::stored;
use super::tessellation::district;
use crate::support::shared;

#[test]
fn the_layers_of_noise_are_as_dense_as_they_are_meant_to_be() {
    insta::assert_debug_snapshot!(stored("noise"), @r#"
    {
        "noise-readings": 811,
        "noise-sensitive-zones": 963,
        "noise-stations": 73,
        "noise-zones": 287,
    }
    "#);
}

fn polygon(geometry: &Geometry) -> &Polygon<f64> {
    match geometry {
        Geometry::Polygon(polygon) => polygon,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_zones_fill_the_district_and_no_place_lies_in_two() {
    let zones = Rows::of("noise-zones");
    let polygons: Vec<(geo_types::Rect, &Polygon<f64>)> = zones
        .iter()
        .map(|zone| polygon(zone.geometry()))
        .map(|polygon| (polygon.bounding_rect().unwrap(), polygon))
        .collect();
    let sum: f64 = zones
        .iter()
        .map(|zone| geodesic::area_m2(zone.geometry()))
        .sum();
    let district = district();
    let whole = geodesic::area_m2(&Geometry::MultiPolygon(district.clone()));
    assert!((sum / whole - 1.0).abs() < 1e-5, "{sum} m² of {whole} m²");
    let mut tried = 0;
    for i in 0..90 {
        for j in 0..90 {
            let at = Point::new(
                116.344_000_37 + 0.003_283_55 * f64::from(i),
                39.808_000_41 + 0.003_316_95 * f64::from(j),
            );
            if district.contains(&at) {
                tried += 1;
                let near = polygons.iter().filter(|(bounds, _)| bounds.contains(&at));
                assert_eq!(near.filter(|(_, p)| p.contains(&at)).count(), 1, "{at:?}");
            }
        }
    }
    assert!(tried > 3_000, "{tried}");
}

/// Day and night limits by class, as the standard's transcription has them.
fn limits() -> Option<BTreeMap<String, (f64, f64)>> {
    let text = std::fs::read_to_string(shared("standards/noise_gb3096_2008.csv")?).unwrap();
    let mut lines = csv::Reader::from_reader(text.as_bytes());
    let limit = |line: csv::StringRecord| {
        (
            line[0].to_owned(),
            (line[1].parse().unwrap(), line[2].parse().unwrap()),
        )
    };
    Some(lines.records().map(Result::unwrap).map(limit).collect())
}

#[test]
fn the_limits_are_the_standards_and_the_years_are_judged_by_them() {
    let Some(limits) = limits() else { return };
    let zones = Rows::of("noise-zones");
    let mut classes: BTreeSet<&str> = BTreeSet::new();
    for zone in zones.iter() {
        let class = zone.text("noise_class");
        let told = (
            zone.number("limit_day").unwrap(),
            zone.number("limit_night").unwrap(),
        );
        assert_eq!(told, limits[class]);
        classes.insert(class);
    }
    assert_eq!(classes, BTreeSet::from(["0", "1", "2", "3", "4a"]));
    let readings = Rows::of("noise-readings");
    let mut results: BTreeSet<&str> = BTreeSet::new();
    for station in Rows::of("noise-stations").iter() {
        let id = station.text("station_id");
        let zone = zones.find("zone_id", station.text("zone_id")).unwrap();
        assert_eq!(zone.text("noise_class"), station.text("noise_class"));
        assert!(
            polygon(zone.geometry()).contains(&Point(station.point())),
            "{id}"
        );
        let mean = |field: &str| {
            let of_2025 = readings
                .iter()
                .filter(|r| r.text("station_id") == id && r.day("quarter").0 == 2025);
            let levels: Vec<f64> = of_2025.filter_map(|r| r.number(field)).collect();
            let count = onemap::geom::cast::usize_to_f64(levels.len());
            (levels.len() >= 3).then(|| levels.iter().sum::<f64>() / count)
        };
        let (day, night) = limits[station.text("noise_class")];
        for (told, mean) in [("ld_2025", mean("ld")), ("ln_2025", mean("ln"))] {
            let apart = station
                .number(told)
                .zip(mean)
                .map(|(told, mean)| (told - mean).abs());
            assert!(apart.is_none_or(|apart| apart < 0.051), "{id}");
            assert_eq!(station.number(told).is_some(), mean.is_some(), "{id}");
        }
        let levels = station.number("ld_2025").zip(station.number("ln_2025"));
        let expected = match levels.map(|(ld, ln)| (ld <= day, ln <= night)) {
            Some((true, true)) => "both",
            Some((true, false)) => "day",
            Some((false, true)) => "night",
            Some((false, false)) => "neither",
            None => "not-assessed",
        };
        assert_eq!(station.text("result_2025"), expected, "{id}");
        results.insert(expected);
    }
    assert!(results.len() >= 3, "{results:?}");
}

#[test]
fn every_quarter_is_a_stations_and_the_gaps_are_there() {
    let stations = Rows::of("noise-stations");
    let mut quarters: BTreeMap<String, usize> = BTreeMap::new();
    let mut nights = 0;
    for reading in Rows::of("noise-readings").iter() {
        let station = reading.text("station_id");
        assert!(stations.find("station_id", station).is_some(), "{station}");
        let (year, month, day) = reading.day("quarter");
        assert!((2023..=2025).contains(&year) && [1, 4, 7, 10].contains(&month) && day == 1);
        *quarters.entry(station.to_owned()).or_default() += 1;
        nights += usize::from(reading.number("ln").is_none());
    }
    assert_eq!(quarters.len(), stations.iter().count());
    assert!(quarters.values().any(|count| *count == 12));
    assert!(quarters.values().any(|count| *count < 12));
    assert!(nights > 0);
}
