//! The demonstration base map.

use std::collections::BTreeSet;
use std::fs;

use super::stored;
use super::tessellation::{Area, assert_tessellation, polygons, read};
use crate::support::shared;

#[test]
fn the_layers_of_base_are_as_dense_as_they_are_meant_to_be() {
    insta::assert_debug_snapshot!(stored("base"), @r#"
    {
        "district-boundary": 1,
        "roads": 2323,
        "subdistricts": 43,
    }
    "#);
}

fn subdistricts() -> Vec<Area> {
    read("base/subdistricts.geojson")["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|feature| {
            let code = feature["properties"]["XZQDM"].as_str().unwrap().to_owned();
            (code, polygons(feature))
        })
        .collect()
}

#[test]
fn the_sub_districts_share_every_inner_edge_and_fill_the_district() {
    let subdistricts = subdistricts();
    assert_eq!(subdistricts.len(), 43);
    // Their outlines leave out vertices within some centimetres of a straight line.
    assert_tessellation(&subdistricts, 0.2);
}

#[test]
fn each_sub_district_is_one_piece_and_none_is_tiny() {
    for (code, polygons) in subdistricts() {
        assert_eq!(polygons.len(), 1, "{code}");
    }
    for feature in read("base/subdistricts.geojson")["features"]
        .as_array()
        .unwrap()
    {
        let area = feature["properties"]["MJ_KM2"].as_f64().unwrap();
        assert!((0.6..45.0).contains(&area), "{}", feature["properties"]);
    }
}

#[test]
fn the_sub_districts_have_their_real_names_and_codes() {
    let Some(path) = shared("data/boundary/chaoyang_43_streets.csv") else {
        return;
    };
    let real: BTreeSet<(String, String)> = fs::read_to_string(path)
        .unwrap()
        .lines()
        .skip(1)
        .map(|line| {
            let mut cells = line.trim_end().split(',');
            (
                cells.next().unwrap().to_owned(),
                cells.next().unwrap().to_owned(),
            )
        })
        .collect();
    let text = |feature: &serde_json::Value, name: &str| {
        feature["properties"][name].as_str().unwrap().to_owned()
    };
    let ours = read("base/subdistricts.geojson")["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|feature| (text(feature, "XZQDM"), text(feature, "XZQMC")))
        .collect();
    assert_eq!(real, ours);
}
