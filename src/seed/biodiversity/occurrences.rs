//! `seeds/biodiversity`: species occurrences in Darwin Core terms, and where surveys went.

use serde_json::json;

use crate::seed::arrangement::Node;
use crate::seed::carrier::{Csv, GeoJson, SeedFile, numbered, properties};
use crate::seed::city::{PARKS, blob, rivers};
use crate::seed::parcels::City;
use crate::seed::place::{degree_text, moved, node};
use crate::seed::random::Random;

/// Where a species is met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Habitat {
    Park,
    Water,
    Town,
}
use Habitat::{Park, Town, Water};

/// A species: scientific and Chinese name, group, habitat, months, how often, how many at a time.
type Species = (
    &'static str,
    &'static str,
    &'static str,
    Habitat,
    (usize, usize),
    f64,
    usize,
);

/// Common in Beijing, or known from it. Names only: the records are made up.
const SPECIES: &[Species] = &[
    ("Passer montanus", "树麻雀", "bird", Town, (1, 12), 14.0, 30),
    ("Pica serica", "喜鹊", "bird", Town, (1, 12), 11.0, 8),
    ("Cyanopica cyanus", "灰喜鹊", "bird", Town, (1, 12), 9.0, 20),
    (
        "Spilopelia chinensis",
        "珠颈斑鸠",
        "bird",
        Town,
        (1, 12),
        7.0,
        4,
    ),
    ("Apus apus", "普通雨燕", "bird", Town, (4, 7), 4.0, 40),
    (
        "Pycnonotus sinensis",
        "白头鹎",
        "bird",
        Park,
        (1, 12),
        6.0,
        12,
    ),
    ("Turdus mandarinus", "乌鸫", "bird", Park, (1, 12), 5.0, 3),
    ("Parus minor", "大山雀", "bird", Park, (1, 12), 5.0, 6),
    (
        "Dendrocopos major",
        "大斑啄木鸟",
        "bird",
        Park,
        (1, 12),
        4.0,
        2,
    ),
    ("Upupa epops", "戴胜", "bird", Park, (3, 10), 3.0, 3),
    (
        "Anas platyrhynchos",
        "绿头鸭",
        "bird",
        Water,
        (9, 12),
        5.0,
        60,
    ),
    (
        "Tachybaptus ruficollis",
        "小䴙䴘",
        "bird",
        Water,
        (3, 11),
        4.0,
        6,
    ),
    (
        "Nycticorax nycticorax",
        "夜鹭",
        "bird",
        Water,
        (4, 10),
        4.0,
        25,
    ),
    ("Egretta garzetta", "白鹭", "bird", Water, (4, 10), 3.5, 12),
    ("Aix galericulata", "鸳鸯", "bird", Water, (3, 10), 3.0, 8),
    ("Falco tinnunculus", "红隼", "bird", Town, (1, 12), 2.4, 2),
    ("Accipiter nisus", "雀鹰", "bird", Park, (9, 12), 1.0, 1),
    ("Asio otus", "长耳鸮", "bird", Park, (1, 3), 1.0, 4),
    ("Aythya baeri", "青头潜鸭", "bird", Water, (3, 4), 0.35, 3),
    (
        "Erinaceus amurensis",
        "东北刺猬",
        "mammal",
        Park,
        (4, 10),
        2.5,
        1,
    ),
    ("Mustela sibirica", "黄鼬", "mammal", Town, (1, 12), 1.6, 1),
    (
        "Sciurotamias davidianus",
        "岩松鼠",
        "mammal",
        Park,
        (1, 12),
        1.0,
        2,
    ),
    (
        "Prionailurus bengalensis",
        "豹猫",
        "mammal",
        Water,
        (1, 12),
        0.3,
        1,
    ),
    (
        "Bufo gargarizans",
        "中华蟾蜍",
        "amphibian",
        Water,
        (3, 9),
        2.0,
        5,
    ),
    (
        "Pelophylax nigromaculatus",
        "黑斑侧褶蛙",
        "amphibian",
        Water,
        (4, 9),
        2.2,
        12,
    ),
    (
        "Pelophylax plancyi",
        "金线侧褶蛙",
        "amphibian",
        Water,
        (5, 8),
        0.8,
        4,
    ),
    (
        "Orychophragmus violaceus",
        "诸葛菜",
        "plant",
        Park,
        (3, 5),
        4.0,
        200,
    ),
    (
        "Viola prionantha",
        "早开堇菜",
        "plant",
        Park,
        (3, 5),
        3.0,
        60,
    ),
    (
        "Taraxacum mongolicum",
        "蒲公英",
        "plant",
        Town,
        (4, 9),
        3.0,
        80,
    ),
    (
        "Nymphoides peltata",
        "荇菜",
        "plant",
        Water,
        (6, 9),
        1.6,
        50,
    ),
    (
        "Phragmites australis",
        "芦苇",
        "plant",
        Water,
        (5, 10),
        2.2,
        500,
    ),
    ("Spiranthes sinensis", "绶草", "plant", Park, (6, 8), 0.7, 6),
    (
        "Cypripedium macranthos",
        "大花杓兰",
        "plant",
        Park,
        (5, 6),
        0.25,
        2,
    ),
];

const HEADER: [&str; 15] = [
    "occurrenceID",
    "basisOfRecord",
    "scientificName",
    "vernacularName",
    "taxonGroup",
    "eventDate",
    "lifeStage",
    "individualCount",
    "occurrenceStatus",
    "decimalLongitude",
    "decimalLatitude",
    "coordinateUncertaintyInMeters",
    "recordedBy",
    "datasetName",
    "samplingProtocol",
];

/// The records and their coverage.
pub(super) fn files(city: &City) -> Vec<SeedFile> {
    let mut dice = Random::of("occurrences");
    let water: Vec<(f64, f64)> = rivers().into_iter().flatten().collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    while rows.len() < 1500 {
        let weighted: Vec<(Species, f64)> = SPECIES.iter().map(|s| (*s, s.5)).collect();
        let species = dice.weighted(&weighted);
        let at = place(species.3, city, &water, &mut dice);
        if city.boundary.holds(at) {
            rows.push(row(rows.len() + 1, species, at, &mut dice));
        }
    }
    let mut csv = Csv::new(&HEADER);
    let mut dirty = dirt(&rows);
    for (i, row) in rows.iter().enumerate() {
        csv.row(row);
        if i % 110 == 109 && !dirty.is_empty() {
            csv.row(&dirty.remove(0));
        }
    }
    vec![
        SeedFile {
            path: "biodiversity/occurrences.csv",
            bytes: csv.into_utf8(),
        },
        SeedFile {
            path: "biodiversity/occurrences-coverage.geojson",
            bytes: coverage(),
        },
    ]
}

fn place(habitat: Habitat, city: &City, water: &[(f64, f64)], dice: &mut Random) -> Node {
    let near = |at: Node, spread_m: f64, dice: &mut Random| {
        moved(at, spread_m * dice.normal(), spread_m * dice.normal())
    };
    match habitat {
        Park => {
            let (lon, lat, half_x, half_y) = dice.pick(PARKS);
            moved(
                node(lon, lat),
                dice.between(-0.8, 0.8) * half_x,
                dice.between(-0.8, 0.8) * half_y,
            )
        }
        Water => {
            // Much of it in a few good places.
            let pick = if dice.chance(0.5) {
                dice.below(12) * (water.len() / 12)
            } else {
                dice.below(water.len())
            };
            near(node(water[pick].0, water[pick].1), 55.0, dice)
        }
        Town => {
            let parcel = &city.parcels[dice.below(city.parcels.len())];
            near(parcel.centre, 70.0, dice)
        }
    }
}

fn row(number: usize, species: Species, at: Node, dice: &mut Random) -> Vec<String> {
    let (scientific, vernacular, group, _, (first, last), _, most) = species;
    let month = first + dice.below(last - first + 1);
    let date = format!(
        "{}-{month:02}-{:02}",
        2019 + dice.below(6),
        1 + dice.below(28)
    );
    let stage = match group {
        "plant" if dice.chance(0.6) => "flowering",
        "plant" => "vegetative",
        "amphibian" if month < 7 && dice.chance(0.4) => "larva",
        "bird" if (5..8).contains(&month) && dice.chance(0.12) => "nestling",
        _ if dice.chance(0.15) => "",
        _ if dice.chance(0.12) => "juvenile",
        _ => "adult",
    };
    let absent = dice.chance(0.015);
    let flock = 1 + dice.below(most);
    let count = if absent { 0 } else { 1 + dice.below(flock) };
    let count = if dice.chance(0.06) && !absent {
        String::new()
    } else {
        count.to_string()
    };
    let basis = dice.weighted(&[
        ("HumanObservation", 9.0),
        ("MachineObservation", 1.2),
        ("PreservedSpecimen", 0.15),
    ]);
    let basis = if scientific.starts_with("Cypripedium") {
        "LivingSpecimen"
    } else {
        basis
    };
    let uncertainty = dice.weighted(&[
        ("5", 2.0),
        ("20", 4.0),
        ("100", 2.0),
        ("500", 0.7),
        ("", 0.8),
    ]);
    vec![
        numbered("CY-OCC-", number, 5),
        basis.to_owned(),
        scientific.to_owned(),
        vernacular.to_owned(),
        group.to_owned(),
        date,
        stage.to_owned(),
        count,
        if absent { "absent" } else { "present" }.to_owned(),
        degree_text(at.0),
        degree_text(at.1),
        uncertainty.to_owned(),
        format!("演示观察者 {}", 1 + dice.below(14)),
        "演示数据".to_owned(),
        if basis == "MachineObservation" {
            "红外相机"
        } else {
            "样线法"
        }
        .to_owned(),
    ]
}

/// Rows with one fault each; the first is kept all the same, its unlisted name taken as the most
/// sensitive of all.
fn dirt(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut number = 90_000;
    let mut spoilt = |from: usize, faults: &[(usize, &str)]| {
        number += 1;
        let mut row = rows[from].clone();
        row[0] = numbered("CY-OCC-", number, 5);
        for (column, value) in faults {
            (*value).clone_into(&mut row[*column]);
        }
        row
    };
    let swapped = (rows[700][10].clone(), rows[700][9].clone());
    vec![
        spoilt(100, &[(2, "Passer montanu"), (3, "树麻雀")]),
        spoilt(200, &[(5, "")]),
        spoilt(300, &[(5, "2024-04")]),
        spoilt(400, &[(1, "HumanObservaton")]),
        spoilt(500, &[(0, "CY-OCC-00123")]),
        spoilt(600, &[(7, "一群")]),
        spoilt(700, &[(9, &swapped.0), (10, &swapped.1)]),
        spoilt(800, &[(9, "117.2512")]),
        spoilt(900, &[(3, "小\u{fffd}\u{fffd}")]),
    ]
}

/// The parks and stretches of river that surveys went to.
fn coverage() -> Vec<u8> {
    let mut out = GeoJson::new("occurrences-coverage", None);
    let mut dice = Random::of("transects");
    for (i, (lon, lat, half_x, half_y)) in PARKS.iter().enumerate().filter(|(i, _)| i % 4 != 3) {
        let ring = blob((*lon, *lat, half_x * 0.9, half_y * 0.9), &mut dice);
        let year = 2021 + i % 4;
        let about = properties([
            ("name", json!(format!("演示样区 {:02}", i + 1))),
            ("surveyed", json!(year.to_string())),
        ]);
        out.polygon(about, Some(&ring));
    }
    out.finish()
}
