//! `seeds/soil`: what farming puts into the soil: fields, orchards, crops under cover, livestock and
//! fish, as GeoJSON.

use serde_json::{Map, Value, json};

use super::ground::{Sketch, coverage, drawn, of_use, shrunk, spread};
use crate::seed::arrangement::Node;
use crate::seed::carrier::{GeoJson, SeedFile, numbered, properties};
use crate::seed::parcels::{City, Parcel};
use crate::seed::place::{area_m2, in_ring, moved};
use crate::seed::random::Random;

/// A kind (`non-point-kind`): its code, what it is called, the uses of its parcels, what share of a
/// parcel's width it takes, and how many there are at most.
type Kind = (
    &'static str,
    &'static str,
    &'static [&'static str],
    f64,
    usize,
);

const KINDS: &[Kind] = &[
    ("crops", "大田", &["01"], 1.0, 150),
    ("orchard", "果园", &["02"], 1.0, 50),
    ("facility", "设施农业园", &["060201"], 0.8, 40),
    ("facility", "温室大棚", &["0703", "0301"], 0.35, 24),
    ("livestock", "养殖场", &["060202", "0703", "0403"], 0.3, 18),
    ("aquaculture", "鱼塘", &["1704"], 0.9, 20),
];

/// Where somebody asked, and when: not in the built-up city, and not in the south-west.
const ASKED: &[Sketch] = &[
    (
        "东南面源调查片",
        "2024-10",
        &[
            (116.5400, 39.8080),
            (116.6600, 39.8300),
            (116.6600, 39.9000),
            (116.5600, 39.8980),
            (116.5350, 39.8600),
        ],
    ),
    (
        "东北面源调查片",
        "2023-10",
        &[
            (116.5450, 39.9450),
            (116.6600, 39.9400),
            (116.6600, 40.0350),
            (116.5750, 40.0400),
            (116.5400, 40.0000),
        ],
    ),
    (
        "北部面源调查片",
        "2022-11",
        &[
            (116.4900, 40.0250),
            (116.5650, 40.0250),
            (116.5650, 40.0750),
            (116.4900, 40.0750),
        ],
    ),
];

/// The file and its coverage.
pub(super) fn files(city: &City) -> Vec<SeedFile> {
    let mut dice = Random::of("non-point");
    let areas = drawn(ASKED);
    let asked = |p: &&Parcel| {
        areas
            .iter()
            .any(|(_, _, rings)| in_ring(&rings[0], p.centre))
    };
    let mut rows: Vec<(Map<String, Value>, Vec<Node>)> = Vec::new();
    for kind in KINDS {
        let mut fitting = of_use(city, kind.2);
        fitting.retain(asked);
        for parcel in spread(&fitting, kind.4) {
            let ring = if kind.3 < 1.0 {
                shrunk(parcel, kind.3)
            } else {
                parcel.ring.clone()
            };
            rows.push((about(rows.len() + 1, kind, &ring, &mut dice), ring));
        }
    }
    let mut out = GeoJson::new("non-point-sources", None);
    for (about, ring) in &rows {
        out.polygon(about.clone(), Some(ring));
    }
    dirt(&rows, &mut out);
    vec![
        SeedFile {
            path: "soil/non-point-sources.geojson",
            bytes: out.finish(),
        },
        SeedFile {
            path: "soil/non-point-sources-coverage.geojson",
            bytes: coverage("non-point-sources-coverage", &areas),
        },
    ]
}

fn about(number: usize, kind: &Kind, ring: &[Node], dice: &mut Random) -> Map<String, Value> {
    let (code, word, ..) = *kind;
    let area_ha = area_m2(ring) / 10_000.0;
    let grown = matches!(code, "crops" | "orchard" | "facility");
    let amount = |usual: f64, decimals: i32, dice: &mut Random| {
        let ten = 10_f64.powi(decimals);
        json!((usual * (0.25 * dice.normal()).exp() * ten).round() / ten)
    };
    let (fertiliser, pesticide) = match code {
        "crops" => (330.0, 3.2),
        "orchard" => (420.0, 7.5),
        _ => (560.0, 9.0),
    };
    let kept = code == "livestock";
    let pigs = (dice.between(120.0, 900.0) / 10.0).round() * 10.0;
    // Keeping livestock was given up in most places.
    let ended = if kept && dice.chance(0.7) {
        json!(dice.day(2016, 2021))
    } else {
        Value::Null
    };
    properties([
        ("BH", json!(numbered("CY-MY-", number, 4))),
        ("MC", json!(format!("演示{word} {number:04}"))),
        ("LX", json!(code)),
        (
            "ZT",
            json!(if ended.is_null() { "active" } else { "ended" }),
        ),
        ("MJ", json!((area_ha * 100.0).round() / 100.0)),
        (
            "HFL",
            if grown {
                amount(fertiliser, 0, dice)
            } else {
                Value::Null
            },
        ),
        (
            "NYL",
            if grown {
                amount(pesticide, 1, dice)
            } else {
                Value::Null
            },
        ),
        (
            "NML",
            if code == "facility" {
                amount(42.0, 0, dice)
            } else {
                Value::Null
            },
        ),
        (
            "CLL",
            if kept {
                json!(format!("{pigs:.0}"))
            } else {
                Value::Null
            },
        ),
        (
            "ZYH",
            if kept {
                json!(dice.between(62.0, 98.0).round())
            } else {
                Value::Null
            },
        ),
        ("QSRQ", json!(dice.day(1992, 2016))),
        ("ZZRQ", ended),
        ("JYZ", json!(format!("演示经营者 {number:03}"))),
        ("BZ", json!("演示数据")),
    ])
}

/// Features with one fault each.
fn dirt(rows: &[(Map<String, Value>, Vec<Node>)], out: &mut GeoJson) {
    let mut number = 9_000;
    let mut spoilt = |from: usize, field: &str, value: Value| {
        number += 1;
        let mut about = rows[from].0.clone();
        about.insert("BH".to_owned(), json!(numbered("CY-MY-", number, 4)));
        about.insert(field.to_owned(), value);
        about
    };
    let ring = |from: usize| Some(rows[from].1.as_slice());
    out.polygon(spoilt(2, "QSRQ", Value::Null), ring(2));
    out.polygon(spoilt(4, "ZYH", json!(850)), ring(4));
    out.polygon(spoilt(6, "LX", json!("大棚")), ring(6));
    out.polygon(spoilt(8, "BZ", json!("演示数据")), None);
    // A bow-tie, which no repair mends without changing its area.
    let at = rows[10].1[0];
    let corners = [(0.0, 0.0), (120.0, 120.0), (120.0, 0.0), (0.0, 120.0)];
    let tie: Vec<Node> = corners.iter().map(|(x, y)| moved(at, *x, *y)).collect();
    out.polygon(spoilt(10, "BZ", json!("演示数据")), Some(&tie));
}
