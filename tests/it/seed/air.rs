//! The demonstration air data.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::Rows;
use super::stored;

#[test]
fn the_layers_of_air_are_as_dense_as_they_are_meant_to_be() {
    insta::assert_debug_snapshot!(stored("air"), @r#"
    {
        "air-readings": 903,
        "air-stations": 16,
    }
    "#);
}

#[test]
fn every_month_is_a_stations_its_days_fit_and_the_gaps_are_there() {
    let stations = Rows::of("air-stations");
    let readings = Rows::of("air-readings");
    let mut months: BTreeMap<&str, BTreeSet<(i16, i8)>> = BTreeMap::new();
    let mut empty = 0;
    for reading in readings.iter() {
        let station = reading.text("station_id");
        assert!(stations.find("station_id", station).is_some(), "{station}");
        let (year, month, day) = reading.day("month");
        assert!((2021..=2025).contains(&year) && day == 1);
        assert!(months.entry(station).or_default().insert((year, month)));
        let [good, heavy, valid] =
            ["good_days", "heavy_days", "valid_days"].map(|days| reading.number(days).unwrap());
        assert!(good + heavy <= valid, "{station} {year}-{month}");
        empty += usize::from(reading.number("pm25").is_none());
    }
    assert_eq!(months.len(), stations.iter().count());
    assert!(
        months.values().any(|months| months.len() == 60),
        "none is complete"
    );
    assert!(months.values().filter(|months| months.len() < 60).count() > 5);
    assert!(empty > 0);
}

#[test]
fn the_seasons_are_those_of_beijing() {
    let readings = Rows::of("air-readings");
    let mean = |field: &str, months: &[i8]| {
        let values: Vec<f64> = readings
            .iter()
            .filter(|r| months.contains(&r.day("month").1))
            .filter_map(|r| r.number(field))
            .collect();
        values.iter().sum::<f64>() / onemap::geom::cast::usize_to_f64(values.len())
    };
    let (winter, summer, spring) = ([12, 1, 2], [6, 7, 8], [3, 4]);
    assert!(mean("pm25", &winter) > 1.3 * mean("pm25", &summer));
    assert!(mean("o3", &summer) > 2.0 * mean("o3", &winter));
    assert!(mean("pm10", &spring) > 1.2 * mean("pm10", &winter));
}

#[test]
fn the_mean_of_a_year_is_told_only_from_ten_months_and_agrees_with_them() {
    let readings = Rows::of("air-readings");
    for station in Rows::of("air-stations").iter() {
        let id = station.text("station_id");
        let values: Vec<f64> = readings
            .iter()
            .filter(|r| r.text("station_id") == id && r.day("month").0 == 2025)
            .filter_map(|r| r.number("pm25"))
            .collect();
        let count = onemap::geom::cast::usize_to_f64(values.len());
        assert_eq!(station.number("months_2025"), Some(count), "{id}");
        match station.number("pm25_2025") {
            Some(told) => {
                assert!(values.len() >= 10, "{id}");
                assert!(
                    (told - values.iter().sum::<f64>() / count).abs() < 0.051,
                    "{id}"
                );
            }
            None => assert!(values.len() < 10, "{id}"),
        }
    }
}
