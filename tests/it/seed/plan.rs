//! The demonstration plan: what it may say, and what it says of what is not known.

use std::collections::BTreeMap;

use super::rows::Rows;
use super::stored;

#[test]
fn the_layers_of_the_plan_are_as_dense_as_they_are_meant_to_be() {
    insta::assert_debug_snapshot!(stored("plan"), @r#"
    {
        "plan-indicators": 18,
        "plan-values": 54,
    }
    "#);
}

#[test]
fn only_the_targets_the_plan_is_known_to_name_are_told_as_its_own() {
    let indicators = Rows::of("plan-indicators");
    let of_plan: Vec<(&str, &str, f64)> = indicators
        .iter()
        .filter(|row| row.text("basis") == "plan")
        .map(|row| {
            (
                row.text("name_en"),
                row.text("direction"),
                row.number("target").unwrap(),
            )
        })
        .collect();
    assert_eq!(
        of_plan,
        [
            ("PM2.5, mean of the year", "at_most", 32.0),
            ("Days of good air quality", "at_least", 78.0),
            ("Days of heavy air pollution", "at_most", 3.0),
            ("River sections inferior to class V", "at_most", 0.0),
        ]
    );
    for row in indicators.iter() {
        let has_target = row.number("target").is_some();
        assert_eq!(
            has_target,
            row.text("direction") != "none",
            "{}",
            row.text("name")
        );
        assert_eq!(has_target, row.number("target_year").is_some());
        assert_eq!(
            has_target,
            matches!(row.text("basis"), "plan" | "demonstration")
        );
    }
}

#[test]
fn every_value_is_an_indicators_and_some_indicators_have_none() {
    let indicators = Rows::of("plan-indicators");
    let mut years: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for value in Rows::of("plan-values").iter() {
        let id = value.text("indicator_id");
        assert!(indicators.find("indicator_id", id).is_some(), "{id}");
        years
            .entry(id.to_owned())
            .or_default()
            .push(value.number("year").unwrap());
    }
    let without = indicators
        .iter()
        .filter(|row| !years.contains_key(row.text("indicator_id")));
    assert_eq!(without.count(), 4);
    // A year that is left out is a gap, not a zero.
    assert!(
        years
            .values()
            .any(|years| years.len() < 5 && years.contains(&2021.0))
    );
}

#[test]
fn the_values_of_the_air_are_those_of_its_stations() {
    let readings = Rows::of("air-readings");
    let indicators = Rows::of("plan-indicators");
    let id = |name: &str| {
        indicators
            .find("name_en", name)
            .unwrap()
            .text("indicator_id")
    };
    let good = id("Days of good air quality");
    for value in Rows::of("plan-values")
        .iter()
        .filter(|v| v.text("indicator_id") == good)
    {
        let year = value.number("year").unwrap();
        let sum = |field: &str| -> f64 {
            let of_year = readings
                .iter()
                .filter(|r| (f64::from(r.day("month").0) - year).abs() < 0.1);
            of_year.filter_map(|r| r.number(field)).sum()
        };
        let share = 100.0 * sum("good_days") / sum("valid_days");
        let told = value.number("value").unwrap();
        assert!(
            (told - share).abs() < 0.051,
            "{year}: {told}, computed {share}"
        );
    }
}
