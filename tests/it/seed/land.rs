//! The demonstration land: parcels as a true tessellation, their past, and plans.

use std::collections::{BTreeMap, BTreeSet};

use geo::{BoundingRect as _, Contains as _};
use geo_types::Point;
use serde_json::Value;

use super::stored;
use super::tessellation::{Area, assert_tessellation, degrees, district, polygons, read};

#[test]
fn the_layers_of_land_are_as_dense_as_they_are_meant_to_be() {
    insta::assert_debug_snapshot!(stored("land"), @r#"
    {
        "former-parcels": 397,
        "land-use-current": 8178,
        "land-use-plan": 9672,
        "land-use-plan-2010": 2296,
        "parcels": 20703,
    }
    "#);
}

/// The parcels that are meant to be stored.
fn parcels() -> Vec<Value> {
    let mut file = read("land/parcels.geojson");
    let Value::Array(features) = file["features"].take() else {
        panic!("no features");
    };
    let mut seen = BTreeSet::new();
    features
        .into_iter()
        .filter(|feature| {
            let id = text(feature, "ZDDM");
            !id.starts_with("110105999") && seen.insert(id)
        })
        .collect()
}

fn text(feature: &Value, name: &str) -> String {
    feature["properties"][name]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// The area of a feature of one ring in the plane around 40° N, square metres.
fn area_m2(feature: &Value) -> f64 {
    let polygon = degrees(&polygons(feature)[0]);
    onemap::geom::geodesic::polygon_area_m2(&polygon)
}

fn areas(parcels: &[Value]) -> Vec<Area> {
    parcels
        .iter()
        .map(|parcel| (text(parcel, "ZDDM"), polygons(parcel)))
        .collect()
}

#[test]
fn the_parcels_share_every_inner_edge_and_fill_the_district() {
    let parcels = parcels();
    assert!(
        (18_000..22_000).contains(&parcels.len()),
        "{}",
        parcels.len()
    );
    assert_tessellation(&areas(&parcels), 0.03);
}

#[test]
fn every_place_of_the_district_lies_in_exactly_one_parcel() {
    // By columns of the lattice, so that each place asks few.
    let mut columns: BTreeMap<i64, Vec<_>> = BTreeMap::new();
    for parcel in parcels() {
        let polygon = degrees(&polygons(&parcel)[0]);
        let bounds = polygon.bounding_rect().unwrap();
        let column = |lon: f64| onemap::geom::cast::f64_to_i64((lon * 500.0).floor());
        for column in column(bounds.min().x)..=column(bounds.max().x) {
            columns
                .entry(column)
                .or_default()
                .push((bounds, polygon.clone()));
        }
    }
    let district = district();
    let mut tried = 0;
    // A lattice whose steps share no divisor with the parcels' grid.
    for i in 0..150 {
        for j in 0..150 {
            let at = Point::new(
                116.344_000_37 + 0.001_970_13 * f64::from(i),
                39.808_000_41 + 0.001_990_17 * f64::from(j),
            );
            if district.contains(&at) {
                tried += 1;
                let column = onemap::geom::cast::f64_to_i64((at.x() * 500.0).floor());
                let holders = columns[&column]
                    .iter()
                    .filter(|(bounds, polygon)| bounds.contains(&at) && polygon.contains(&at))
                    .count();
                assert_eq!(holders, 1, "{at:?}");
            }
        }
    }
    assert!(tried > 9_000, "{tried}");
}

/// The shares of the EULUC classes among the built-up parcels, per cent of their area.
fn shares(parcels: &[Value]) -> BTreeMap<&'static str, f64> {
    let mut sums: BTreeMap<&'static str, f64> = BTreeMap::new();
    for parcel in parcels {
        let land_use = text(parcel, "DLBM");
        let class = match land_use.get(..2).unwrap_or_default() {
            "07" => "residential",
            "09" => "commercial",
            "10" | "11" => "industrial",
            "08" | "13" | "14" | "15" => "public",
            // Streets lie between EULUC's parcels.
            "12" if land_use != "1207" => "transport",
            _ => continue,
        };
        *sums.entry(class).or_default() += area_m2(parcel);
    }
    let all: f64 = sums.values().sum();
    for sum in sums.values_mut() {
        *sum *= 100.0 / all;
    }
    sums
}

#[test]
fn land_is_used_in_shares_like_those_of_beijing() {
    // EULUC-China 2018, Beijing: 35.2, 1.8, 12.0, 2.8, 48.2. The district holds a business centre and
    // an airport, so that trade and transport have more, the rest a little less.
    let shares = shares(&parcels());
    for (class, low, high) in [
        ("residential", 33.0, 38.0),
        ("commercial", 1.8, 4.0),
        ("industrial", 10.5, 14.0),
        ("transport", 2.8, 7.5),
        ("public", 41.0, 48.5),
    ] {
        assert!((low..high).contains(&shares[class]), "{class}: {shares:?}");
    }
}

#[test]
fn parcels_are_smaller_in_the_old_town_than_at_the_edge() {
    let parcels = parcels();
    let areas = |within: &dyn Fn(f64) -> bool| {
        let mut areas: Vec<f64> = parcels
            .iter()
            .filter(|parcel| {
                let at = polygons(parcel)[0][0][0];
                within(onemap::geom::cast::i64_to_f64(at.0) / 1e7)
                    && !text(parcel, "DLBM").starts_with("12")
            })
            .map(area_m2)
            .collect();
        areas.sort_by(f64::total_cmp);
        areas
    };
    let mean =
        |areas: &[f64]| areas.iter().sum::<f64>() / onemap::geom::cast::usize_to_f64(areas.len());
    let (old, edge) = (areas(&|lon| lon < 116.48), areas(&|lon| lon > 116.55));
    let median = old[old.len() / 2];
    assert!((5_000.0..12_000.0).contains(&median), "{median}");
    // Fields and woods are large; the villages between them are not.
    assert!(
        mean(&edge) > 1.6 * mean(&old),
        "{}, {}",
        mean(&edge),
        mean(&old)
    );
}

#[test]
fn every_former_parcel_is_what_became_of_it() {
    let file = read("land/former-parcels.geojson");
    let former: BTreeMap<String, &Value> = file["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|feature| (text(feature, "ZDDM"), feature))
        .filter(|(id, _)| !id.starts_with("110105999"))
        .collect();
    let parcels = parcels();
    let derived: BTreeMap<String, &Value> = parcels
        .iter()
        .filter(|parcel| !text(parcel, "YZDDM").is_empty())
        .map(|parcel| (text(parcel, "ZDDM"), parcel))
        .collect();
    assert!(
        former.len() > 150 && derived.len() > 150,
        "{} {}",
        former.len(),
        derived.len()
    );
    for (id, parcel) in &derived {
        for origin in text(parcel, "YZDDM").split(';') {
            let successors = text(former[origin], "XZDDM");
            assert!(
                successors.split(';').any(|one| one == id),
                "{origin} knows nothing of {id}"
            );
            assert_eq!(text(former[origin], "ZXSJ"), text(parcel, "DJSJ"), "{id}");
        }
        if text(parcel, "YZDDM").contains(';') {
            let before: f64 = text(parcel, "YZDDM")
                .split(';')
                .map(|o| area_m2(former[o]))
                .sum();
            let now = area_m2(parcel);
            assert!(
                (before - now).abs() < 1.0 + 1e-4 * now,
                "{id}: {before} m², {now} m²"
            );
        }
    }
    for (id, feature) in &former {
        assert!(text(feature, "DJSJ") < text(feature, "ZXSJ"), "{id}");
        let successors = text(feature, "XZDDM");
        for successor in successors.split(';') {
            let origins = text(derived[successor], "YZDDM");
            assert!(
                origins.split(';').any(|one| one == id),
                "{successor} knows nothing of {id}"
            );
        }
        if text(feature, "BGLX") == "split" {
            let now: f64 = successors.split(';').map(|s| area_m2(derived[s])).sum();
            let before = area_m2(feature);
            assert!(
                (before - now).abs() < 1.0 + 1e-4 * now,
                "{id}: {before} m², {now} m²"
            );
        }
    }
}

#[test]
fn the_plan_leaves_some_sub_districts_out() {
    let whole: f64 = district()
        .iter()
        .map(onemap::geom::geodesic::polygon_area_m2)
        .sum();
    let covered: f64 = read("land/land-use-plan-coverage.geojson")["features"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(polygons)
        .map(|rings| onemap::geom::geodesic::polygon_area_m2(&degrees(&rings)))
        .sum();
    assert!(
        (0.8..0.97).contains(&(covered / whole)),
        "{covered} of {whole}"
    );
}
