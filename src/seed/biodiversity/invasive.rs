//! `seeds/biodiversity`: invasive alien species, where they were found and what was done.

use std::collections::BTreeSet;

use serde_json::json;

use crate::geom::bd09;
use crate::seed::arrangement::Node;
use crate::seed::carrier::{Csv, GeoJson, SeedFile, numbered, properties};
use crate::seed::city::{PARKS, blob, rivers};
use crate::seed::parcels::City;
use crate::seed::place::{degrees, moved, node};
use crate::seed::random::Random;

/// Where a species spreads.
#[derive(Debug, Clone, Copy)]
enum Ground {
    /// Rivers and ponds.
    Water,
    /// Verges, rubble and fallow.
    Waste,
    /// Trees of parks and streets.
    Trees,
}
use Ground::{Trees, Waste, Water};

/// Scientific and Chinese name, group, where, how often, months.
type Alien = (
    &'static str,
    &'static str,
    &'static str,
    Ground,
    f64,
    (usize, usize),
);

#[rustfmt::skip]
const ALIENS: &[Alien] = &[
    ("Hyphantria cunea", "美国白蛾", "insect", Trees, 9.0, (5, 9)),
    ("Corythucha ciliata", "悬铃木方翅网蝽", "insect", Trees, 4.0, (5, 10)),
    ("Ambrosia artemisiifolia", "豚草", "plant", Waste, 6.0, (6, 9)),
    ("Ambrosia trifida", "三裂叶豚草", "plant", Waste, 5.0, (6, 9)),
    ("Flaveria bidentis", "黄顶菊", "plant", Waste, 3.0, (7, 10)),
    ("Galinsoga parviflora", "牛膝菊", "plant", Waste, 5.0, (6, 10)),
    ("Galinsoga quadriradiata", "粗毛牛膝菊", "plant", Waste, 4.0, (6, 10)),
    ("Erigeron canadensis", "小蓬草", "plant", Waste, 6.0, (6, 10)),
    ("Erigeron annuus", "一年蓬", "plant", Waste, 3.0, (5, 9)),
    ("Amaranthus retroflexus", "反枝苋", "plant", Waste, 4.0, (6, 9)),
    ("Amaranthus palmeri", "长芒苋", "plant", Waste, 2.0, (7, 9)),
    ("Phytolacca americana", "垂序商陆", "plant", Waste, 3.0, (6, 10)),
    ("Datura stramonium", "曼陀罗", "plant", Waste, 2.0, (6, 9)),
    ("Ipomoea purpurea", "圆叶牵牛", "plant", Waste, 4.0, (6, 10)),
    ("Sicyos angulatus", "刺果瓜", "plant", Waste, 2.0, (7, 10)),
    ("Solanum rostratum", "黄花刺茄", "plant", Waste, 1.2, (6, 9)),
    ("Cenchrus spinifex", "少花蒺藜草", "plant", Waste, 1.0, (7, 10)),
    ("Pontederia crassipes", "凤眼莲", "plant", Water, 2.0, (6, 10)),
    ("Trachemys scripta elegans", "红耳彩龟", "reptile", Water, 6.0, (4, 10)),
    ("Lithobates catesbeianus", "美洲牛蛙", "amphibian", Water, 1.6, (5, 9)),
    ("Gambusia affinis", "食蚊鱼", "fish", Water, 2.0, (5, 9)),
    ("Procambarus clarkii", "克氏原螯虾", "crustacean", Water, 2.4, (5, 9)),
];

const HEADER: [&str; 12] = [
    "occurrenceID",
    "scientificName",
    "vernacularName",
    "taxonGroup",
    "eventDate",
    "isFirstRecord",
    "degreeOfEstablishment",
    "affectedArea_m2",
    "controlStatus",
    "bd_lon",
    "bd_lat",
    "coordinateUncertaintyInMeters",
];

/// The records and the areas that were searched.
pub(super) fn files(city: &City) -> Vec<SeedFile> {
    let rows = rows(city);
    let mut csv = Csv::new(&[&HEADER[..], &["recordedBy", "datasetName"]].concat());
    let mut dirty = dirt(&rows);
    for (i, row) in rows.iter().enumerate() {
        csv.row(row);
        if i % 60 == 59 && !dirty.is_empty() {
            csv.row(&dirty.remove(0));
        }
    }
    vec![
        SeedFile {
            path: "biodiversity/invasive-records.csv",
            bytes: csv.into_utf8_with_bom(),
        },
        SeedFile {
            path: "biodiversity/invasive-records-coverage.geojson",
            bytes: coverage(city),
        },
    ]
}

fn rows(city: &City) -> Vec<Vec<String>> {
    let mut dice = Random::of("invasive records");
    let weighted: Vec<(Alien, f64)> = ALIENS.iter().map(|alien| (*alien, alien.4)).collect();
    let water: Vec<(f64, f64)> = rivers().into_iter().flatten().collect();
    let mut found: Vec<(String, Alien, Node)> = Vec::new();
    while found.len() < 360 {
        let alien = dice.weighted(&weighted);
        let at = somewhere(city, &water, alien.3, &mut dice);
        let year = dice.weighted(&[
            (2021, 1.0),
            (2022, 1.2),
            (2023, 1.6),
            (2024, 2.2),
            (2025, 1.0),
        ]);
        let (first, last) = alien.5;
        let month = first + dice.below(last + 1 - first);
        if city.boundary.holds(at) && (year < 2025 || month <= 6) {
            let day = 1 + dice.below(28);
            found.push((format!("{year}-{month:02}-{day:02}"), alien, at));
        }
    }
    found.sort_by(|a, b| (&a.0, a.2).cmp(&(&b.0, b.2)));
    let mut seen = BTreeSet::new();
    (1..)
        .zip(found)
        .map(|(number, (date, alien, at))| {
            let first = seen.insert(alien.0);
            row(number, &date, &alien, at, first, &mut dice)
        })
        .collect()
}

fn row(
    number: usize,
    date: &str,
    alien: &Alien,
    at: Node,
    first: bool,
    dice: &mut Random,
) -> Vec<String> {
    let (name, zh, group, ground, ..) = *alien;
    let (lon, lat) = degrees(at);
    let (lon, lat) = bd09::from_wgs84(lon, lat);
    let degree = if first {
        "casual"
    } else {
        dice.weighted(&[
            ("reproducing", 2.0),
            ("established", 3.0),
            ("colonising", 2.0),
            ("invasive", 1.2),
        ])
    };
    let area = match ground {
        Water => String::new(),
        Trees => (20 * (1 + dice.below(60))).to_string(),
        Waste => (5 * (1 + dice.below(160))).to_string(),
    };
    let control = dice.weighted(&[
        ("none", 1.2),
        ("monitored", 2.0),
        ("under-control", 2.0),
        ("removed", 1.4),
    ]);
    vec![
        numbered("CY-RQ-", number, 4),
        name.to_owned(),
        zh.to_owned(),
        group.to_owned(),
        date.to_owned(),
        if first { "是" } else { "否" }.to_owned(),
        degree.to_owned(),
        area,
        control.to_owned(),
        format!("{lon:.7}"),
        format!("{lat:.7}"),
        dice.weighted(&[("5", 3.0), ("20", 2.0), ("50", 1.0)])
            .to_owned(),
        format!("演示观察者 {}", 1 + dice.below(14)),
        "演示数据".to_owned(),
    ]
}

fn somewhere(city: &City, water: &[(f64, f64)], ground: Ground, dice: &mut Random) -> Node {
    let uses: &[&str] = match ground {
        Water => {
            let (lon, lat) = dice.pick(water);
            return moved(node(lon, lat), 22.0 * dice.normal(), 22.0 * dice.normal());
        }
        Waste => &["1207", "12", "16", "23", "1402", "01", "10"],
        Trees => &["14", "03", "07", "1207"],
    };
    loop {
        let parcel = &city.parcels[dice.below(city.parcels.len())];
        if uses
            .iter()
            .any(|class| parcel.current_use.starts_with(class))
        {
            return moved(parcel.centre, 30.0 * dice.normal(), 30.0 * dice.normal());
        }
    }
}

/// Rows with one fault each.
fn dirt(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut number = 9000;
    let mut spoilt = |from: usize, faults: &[(usize, &str)]| {
        number += 1;
        let mut row = rows[from].clone();
        row[0] = numbered("CY-RQ-", number, 4);
        for (column, value) in faults {
            (*value).clone_into(&mut row[*column]);
        }
        row
    };
    let swapped = (rows[90][10].clone(), rows[90][9].clone());
    vec![
        spoilt(40, &[(5, "疑似")]),
        spoilt(70, &[(7, "-20")]),
        spoilt(90, &[(9, &swapped.0), (10, &swapped.1)]),
        spoilt(130, &[(3, "plnat")]),
        spoilt(170, &[(11, "")]),
    ]
}

/// Where people searched, and in which year.
fn coverage(city: &City) -> Vec<u8> {
    let mut dice = Random::of("invasive searches");
    let mut out = GeoJson::new("invasive-records-coverage", None);
    let mut area = |ring: &[Node], name: String, year: usize| {
        let about = properties([("name", json!(name)), ("surveyed", json!(year.to_string()))]);
        out.polygon(about, Some(ring));
    };
    for (i, (lon, lat, half_x, half_y)) in PARKS.iter().enumerate() {
        let ring = blob((*lon, *lat, half_x * 1.35, half_y * 1.35), &mut dice);
        if ring.iter().all(|at| city.boundary.holds(*at)) {
            area(&ring, format!("演示排查片区 {:02}", i + 1), 2022 + i % 4);
        }
    }
    let mut works: Vec<_> = city
        .parcels
        .iter()
        .filter(|p| p.current_use.starts_with("16") || p.current_use.starts_with("23"))
        .collect();
    works.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2).then(a.id.cmp(&b.id)));
    for (i, parcel) in works.iter().take(24).enumerate() {
        area(
            &parcel.ring,
            format!("演示排查地块 {:02}", i + 1),
            2023 + i % 3,
        );
    }
    out.finish()
}
