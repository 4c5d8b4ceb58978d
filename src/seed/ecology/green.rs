//! `seeds/ecology`: the garden city's green spaces.

use serde_json::{Map, Value, json};

use crate::geom::cast::{f64_to_i64, i64_to_f64};
use crate::seed::arrangement::Node;
use crate::seed::carrier::{GeoJson, SeedFile, numbered, properties};
use crate::seed::parcels::{City, Parcel};
use crate::seed::place::{area_m2, in_ring};
use crate::seed::random::Random;

/// How many of each use at most, the largest first; of homes, schools and offices a few.
const TAKEN: &[(&str, usize)] = &[
    ("1401", 260),
    ("1402", 220),
    ("1403", 60),
    ("03", 14),
    ("0701", 70),
    ("0804", 30),
    ("0902", 20),
];

/// What a space is called, by its class (CJJ/T 85-2017).
fn called(kind: &str) -> &'static str {
    match kind {
        "G11" => "综合公园",
        "G12" => "社区公园",
        "G13" => "专类公园",
        "G14" => "游园",
        "G2" => "防护绿地",
        "G3" => "广场",
        "XG" => "附属绿地",
        _ => "区域绿地",
    }
}

/// Its class by the parcel's use and size.
fn class(parcel: &Parcel, dice: &mut Random) -> &'static str {
    match parcel.current_use.get(..4).unwrap_or(parcel.current_use) {
        "1401" if dice.chance(0.07) => "G13",
        "1401" if parcel.area_m2 > 200_000.0 => "G11",
        "1401" if parcel.area_m2 > 12_000.0 => "G12",
        "1401" => "G14",
        "1402" => "G2",
        "1403" => "G3",
        other if other.starts_with("03") => "EG",
        _ => "XG",
    }
}

/// The green spaces and where they were counted.
pub(super) fn files(city: &City) -> Vec<SeedFile> {
    let mut dice = Random::of("green spaces");
    let mut rows: Vec<(Map<String, Value>, Vec<Node>)> = Vec::new();
    for &(land_use, count) in TAKEN {
        let mut fitting: Vec<&Parcel> = city
            .parcels
            .iter()
            .filter(|p| p.current_use.starts_with(land_use))
            .collect();
        fitting.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2).then(a.id.cmp(&b.id)));
        for parcel in fitting.into_iter().take(count) {
            let kind = class(parcel, &mut dice);
            let ring = if kind == "XG" {
                court(parcel)
            } else {
                Some(parcel.ring.clone())
            };
            if let Some(ring) = ring {
                rows.push((about(rows.len() + 1, kind, &ring, &mut dice), ring));
            }
        }
    }
    let mut out = GeoJson::new("green-spaces", None);
    for (i, (about, ring)) in rows.iter().enumerate() {
        if i == 7 {
            // Drawn with one point twice: can be mended.
            let mut twice = ring.clone();
            twice.insert(2, ring[1]);
            out.polygon(about.clone(), Some(&twice));
        } else {
            out.polygon(about.clone(), Some(ring));
        }
    }
    for (about, ring) in dirt(&rows) {
        out.polygon(about, Some(ring));
    }
    vec![
        SeedFile {
            path: "ecology/green-spaces.geojson",
            bytes: out.finish(),
        },
        SeedFile {
            path: "ecology/green-spaces-coverage.geojson",
            bytes: coverage(city),
        },
    ]
}

fn about(number: usize, kind: &str, ring: &[Node], dice: &mut Random) -> Map<String, Value> {
    let access = match kind {
        "XG" => "residents",
        "EG" | "G2" => dice.weighted(&[("open", 3.0), ("closed", 1.0)]),
        "G11" | "G13" => dice.weighted(&[("hours", 2.0), ("open", 1.0)]),
        _ => "open",
    };
    let canopy = match kind {
        "G3" => dice.between(12.0, 30.0),
        "EG" => dice.between(60.0, 88.0),
        _ => dice.between(28.0, 72.0),
    };
    let year = 1985 + dice.below(40);
    properties([
        ("LDBH", json!(numbered("CY-LD-", number, 4))),
        ("LDMC", json!(format!("演示{} {number:03}", called(kind)))),
        ("LDLB", json!(kind)),
        ("KFQK", json!(access)),
        ("MJ", json!((area_m2(ring) / 10.0).round() / 1000.0)),
        ("GFL", json!((canopy * 10.0).round() / 10.0)),
        (
            "JCNF",
            if dice.chance(0.06) {
                Value::Null
            } else {
                json!(year)
            },
        ),
        ("YHDW", json!(format!("演示养护单位 {}", 1 + number % 9))),
    ])
}

/// The green court of a parcel: its outline drawn in; `None` where that would leave it.
fn court(parcel: &Parcel) -> Option<Vec<Node>> {
    let toward = |from: i64, to: i64| from + f64_to_i64(i64_to_f64(to - from) * 0.42);
    let (x, y) = parcel.centre;
    let ring: Vec<Node> = parcel
        .ring
        .iter()
        .map(|at| (toward(x, at.0), toward(y, at.1)))
        .collect();
    let inside = ring.iter().all(|at| in_ring(&parcel.ring, *at));
    (inside && area_m2(&ring) > 400.0).then_some(ring)
}

/// Rows with one fault each.
fn dirt(rows: &[(Map<String, Value>, Vec<Node>)]) -> Vec<(Map<String, Value>, &[Node])> {
    let mut number = 9000;
    let mut spoilt = |from: usize, name: &str, value: Value| {
        number += 1;
        let (about, ring) = &rows[from];
        let mut about = about.clone();
        about.insert("LDBH".to_owned(), json!(numbered("CY-LD-", number, 4)));
        about.insert(name.to_owned(), value);
        (about, ring.as_slice())
    };
    vec![
        spoilt(11, "LDBH", json!("CY-LD-0003")),
        spoilt(14, "LDLB", json!("G5")),
        spoilt(17, "GFL", json!(128.0)),
        spoilt(21, "MJ", Value::Null),
    ]
}

/// The main part of the district, in which green spaces were counted; its exclave was not.
fn coverage(city: &City) -> Vec<u8> {
    let mut out = GeoJson::new("green-spaces-coverage", None);
    let about = properties([
        ("name", json!("演示绿地普查范围")),
        ("surveyed", json!("2024")),
    ]);
    out.polygon(about, city.boundary.parts.first().map(Vec::as_slice));
    out.finish()
}
