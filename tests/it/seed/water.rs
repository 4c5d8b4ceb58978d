//! The demonstration water data: a network that flows, and what lies on it.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::{Row, Rows, beside};
use super::stored;
use super::tessellation::district;
use crate::support::shared;

#[test]
fn the_layers_of_water_are_as_dense_as_they_are_meant_to_be() {
    insta::assert_debug_snapshot!(stored("water"), @r#"
    {
        "drinking-water-intakes": 12,
        "outfalls": 150,
        "overflow-points": 24,
        "rivers": 47,
        "section-readings": 1118,
        "water-sections": 32,
    }
    "#);
}

/// Each reach's lower node by its upper one.
fn flows(rivers: &Rows) -> Vec<(&str, &str)> {
    let ends = rivers
        .iter()
        .map(|r| (r.text("from_node"), r.text("to_node")));
    ends.collect()
}

#[test]
fn every_reach_drains_to_an_outlet_and_nothing_flows_in_a_circle() {
    let rivers = Rows::of("rivers");
    let flows = flows(&rivers);
    let outlets: BTreeSet<&str> = rivers
        .iter()
        .filter(|reach| reach.text("to_kind") == "outlet")
        .map(|reach| reach.text("to_node"))
        .collect();
    assert!(outlets.len() >= 5, "{outlets:?}");
    let mut below: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (from, to) in &flows {
        below.entry(from).or_default().insert(to);
    }
    for from in below.keys() {
        // Down every way there is: each ends at an outlet, after fewer steps than there are reaches.
        let mut here = BTreeSet::from([*from]);
        for _ in 0..=flows.len() {
            for node in &here {
                let ends = !below.contains_key(node);
                assert_eq!(ends, outlets.contains(node), "{from} ends at {node}");
            }
            let down = here.iter().filter_map(|node| below.get(node));
            here = down.flatten().copied().collect();
        }
        assert_eq!(here, BTreeSet::new(), "{from} flows in a circle");
    }
}

#[test]
fn reaches_meet_at_their_nodes_and_run_from_the_upper_to_the_lower() {
    let rivers = Rows::of("rivers");
    let mut nodes: BTreeMap<&str, Vec<(f64, f64)>> = BTreeMap::new();
    for reach in rivers.iter() {
        let line = reach.line();
        let (first, last) = (line.0[0], line.0[line.0.len() - 1]);
        nodes
            .entry(reach.text("from_node"))
            .or_default()
            .push((first.x, first.y));
        nodes
            .entry(reach.text("to_node"))
            .or_default()
            .push((last.x, last.y));
        let length = onemap::geom::geodesic::length_m(reach.geometry());
        let told = reach.number("length_m").unwrap();
        assert!((length - told).abs() < 0.5, "{length} m, told {told} m");
    }
    for (node, places) in &nodes {
        let apart = |a: &(f64, f64)| onemap::geom::geodesic::distance_m(*a, places[0]);
        assert!(
            places.iter().all(|at| apart(at) < 0.02),
            "{node}: {places:?}"
        );
    }
    assert_eq!(
        nodes.len(),
        nodes
            .values()
            .map(|at| at[0])
            .map(|(x, y)| format!("{x:.6} {y:.6}"))
            .collect::<BTreeSet<_>>()
            .len()
    );
    // What comes in and goes out does so at the edge of the district.
    let border: Vec<_> = district()
        .iter()
        .map(|part| part.exterior().clone())
        .collect();
    for reach in rivers.iter() {
        for (kind, node) in [("from_kind", "from_node"), ("to_kind", "to_node")] {
            let (x, y) = nodes[reach.text(node)][0];
            let edge = border
                .iter()
                .map(|ring| beside(ring, geo_types::Coord { x, y }).0);
            let away = edge.fold(f64::INFINITY, f64::min);
            let crosses = matches!(reach.text(kind), "inflow" | "outlet");
            assert_eq!(
                away < 0.5,
                crosses,
                "{} is {away} m from the edge",
                reach.text(node)
            );
        }
    }
}

#[test]
fn the_order_of_a_reach_is_strahlers() {
    let rivers = Rows::of("rivers");
    for reach in rivers.iter() {
        let above: Vec<f64> = rivers
            .iter()
            .filter(|up| up.text("to_node") == reach.text("from_node"))
            .map(|up| up.number("stream_order").unwrap())
            .collect();
        let Some(most) = above.iter().copied().reduce(f64::max) else {
            continue;
        };
        let twice = above
            .iter()
            .filter(|order| (**order - most).abs() < 0.1)
            .count()
            > 1;
        let expected = if twice { most + 1.0 } else { most };
        assert_eq!(
            reach.number("stream_order"),
            Some(expected),
            "{}",
            reach.text("reach_id")
        );
    }
}

#[test]
fn what_lies_on_a_river_lies_on_its_reach() {
    let rivers = Rows::of("rivers");
    for layer in ["water-sections", "outfalls", "overflow-points"] {
        for row in Rows::of(layer).iter() {
            let reach = rivers.find("reach_id", row.text("reach_id")).unwrap();
            assert_eq!(row.text("river"), reach.text("name"));
            let (away, along) = beside(reach.line(), row.point());
            assert!(
                away < 1.0,
                "{layer} {} lies {away} m aside",
                row.text("name")
            );
            if layer == "outfalls" {
                let told = row.number("measure_m").unwrap();
                assert!((along - told).abs() < 1.0, "{along} m along, told {told} m");
            }
        }
    }
}

/// COD, ammonia nitrogen and total phosphorus of rivers: the limits of class Ⅰ to Ⅴ, as the standard's
/// transcription has them.
fn limits() -> Option<Vec<Vec<f64>>> {
    let text = std::fs::read_to_string(shared("standards/surface_water_gb3838_2002.csv")?).unwrap();
    let row = |name: &str| {
        let mut lines = csv::Reader::from_reader(text.as_bytes());
        let found = lines
            .records()
            .map(Result::unwrap)
            .find(|line| &line[0] == name);
        let found = found.unwrap();
        (4..9)
            .map(|column| found[column].parse().unwrap())
            .collect()
    };
    Some(["化学需氧量", "氨氮", "总磷(河流)"].map(row).to_vec())
}

const CLASSES: [&str; 6] = ["I", "II", "III", "IV", "V", "inferior-V"];

fn class(limits: &[Vec<f64>], values: &[f64]) -> usize {
    let of =
        |(limits, value): (&Vec<f64>, &f64)| limits.iter().filter(|limit| value > limit).count();
    limits.iter().zip(values).map(of).max().unwrap()
}

fn values(reading: Row<'_>) -> Option<Vec<f64>> {
    let items = ["cod", "nh3n", "tp"].map(|item| reading.number(item));
    items.into_iter().collect()
}

#[test]
fn the_classes_are_those_of_the_worst_item_by_the_standard() {
    let Some(limits) = limits() else { return };
    let readings = Rows::of("section-readings");
    let mut met: BTreeSet<&str> = BTreeSet::new();
    for reading in readings.iter() {
        let expected = values(reading).map_or("", |values| CLASSES[class(&limits, &values)]);
        assert_eq!(reading.text("water_class"), expected);
        assert_eq!(reading.text("state") == "sampled", !expected.is_empty());
        met.insert(expected);
    }
    assert!(met.len() >= 6, "{met:?}");
    for section in Rows::of("water-sections").iter() {
        let of_2025: Vec<Vec<f64>> = readings
            .iter()
            .filter(|r| r.text("section_id") == section.text("section_id"))
            .filter(|r| r.day("month").0 == 2025)
            .filter_map(values)
            .collect();
        let count = onemap::geom::cast::usize_to_f64(of_2025.len());
        let mean = |item: usize| of_2025.iter().map(|v| v[item]).sum::<f64>() / count;
        let told = section.text("water_class");
        if of_2025.len() < 9 {
            assert_eq!((told, section.text("target_met")), ("", "not-assessed"));
            continue;
        }
        let class = class(&limits, &[mean(0), mean(1), mean(2)]);
        assert_eq!(told, CLASSES[class]);
        let target = CLASSES
            .iter()
            .position(|c| *c == section.text("target_class"))
            .unwrap();
        let expected = if class <= target { "met" } else { "not-met" };
        assert_eq!(section.text("target_met"), expected);
    }
}

#[test]
fn every_reading_is_a_sections_and_the_gaps_are_there() {
    let sections = Rows::of("water-sections");
    let readings = Rows::of("section-readings");
    let mut months: BTreeMap<&str, usize> = BTreeMap::new();
    for reading in readings.iter() {
        let section = reading.text("section_id");
        assert!(sections.find("section_id", section).is_some(), "{section}");
        let (year, _, day) = reading.day("month");
        assert!((2023..=2025).contains(&year) && day == 1);
        *months.entry(section).or_default() += 1;
    }
    assert_eq!(months.len(), sections.iter().count());
    assert!(months.values().any(|count| *count == 36), "{months:?}");
    assert!(months.values().any(|count| *count < 36), "{months:?}");
    let states: BTreeSet<&str> = readings.iter().map(|r| r.text("state")).collect();
    assert_eq!(
        states,
        BTreeSet::from(["sampled", "dry", "frozen", "unsafe"])
    );
}
