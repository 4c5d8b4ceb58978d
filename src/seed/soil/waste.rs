//! `seeds/soil`: facilities for hazardous and other solid waste, a table with BD-09 degrees.

use super::ground::{Sketch, coverage, drawn, of_use, place_in, spread};
use crate::geom::bd09;
use crate::seed::arrangement::Node;
use crate::seed::carrier::{Csv, SeedFile, numbered};
use crate::seed::parcels::{City, Parcel};
use crate::seed::place::{apart_m, degrees};
use crate::seed::random::Random;

const HEADER: [&str; 14] = [
    "设施编号",
    "设施名称",
    "设施类别",
    "废物属性",
    "设计能力",
    "许可证编号",
    "许可起始日期",
    "许可截止日期",
    "经度",
    "纬度",
    "定位精度",
    "转移联单数",
    "联系人",
    "备注",
];

/// A kind: its code, kind of waste, what it is called, least and greatest capacity in t/a, how many
/// years a licence lasts (0: it needs none), and the uses of the parcels it stands on.
type Kind = (
    &'static str,
    &'static str,
    &'static str,
    (f64, f64),
    usize,
    &'static [&'static str],
);

const WORKS: &[&str] = &["1001", "1101", "1309"];
const CARE: &[&str] = &["1309", "1302", "0806"];
const YARDS: &[&str] = &["1309", "1208", "16", "1101"];

/// Each kind, and how many there are of it.
const KINDS: &[(Kind, usize)] = &[
    (
        (
            "hazardous-storage",
            "hazardous",
            "危险废物收集站",
            (300.0, 5_000.0),
            5,
            WORKS,
        ),
        9,
    ),
    (
        (
            "hazardous-treatment",
            "hazardous",
            "危险废物处置设施",
            (5_000.0, 40_000.0),
            5,
            WORKS,
        ),
        3,
    ),
    (
        (
            "medical-waste",
            "hazardous",
            "医疗废物处置设施",
            (2_000.0, 12_000.0),
            5,
            CARE,
        ),
        2,
    ),
    (
        (
            "incineration",
            "solid",
            "生活垃圾焚烧设施",
            (400_000.0, 900_000.0),
            10,
            YARDS,
        ),
        2,
    ),
    (
        (
            "landfill",
            "solid",
            "生活垃圾填埋场",
            (100_000.0, 500_000.0),
            10,
            YARDS,
        ),
        2,
    ),
    (
        (
            "transfer-station",
            "solid",
            "生活垃圾转运站",
            (20_000.0, 200_000.0),
            0,
            YARDS,
        ),
        14,
    ),
    (
        (
            "kitchen-waste",
            "solid",
            "厨余垃圾处理设施",
            (20_000.0, 150_000.0),
            5,
            YARDS,
        ),
        4,
    ),
    (
        (
            "construction-waste",
            "solid",
            "建筑垃圾资源化设施",
            (200_000.0, 1_500_000.0),
            3,
            YARDS,
        ),
        5,
    ),
    (
        (
            "industrial-solid",
            "solid",
            "工业固体废物贮存场",
            (2_000.0, 60_000.0),
            0,
            WORKS,
        ),
        5,
    ),
    (
        (
            "sludge",
            "solid",
            "污泥处理设施",
            (30_000.0, 300_000.0),
            5,
            CARE,
        ),
        3,
    ),
];

/// How far apart facilities of different kinds are at least, metres.
const APART_M: f64 = 400.0;

/// Where somebody checked, and when: not the north-east, not the north-west.
const CHECKED: &[Sketch] = &[
    (
        "南部核查片",
        "2025-04",
        &[
            (116.4400, 39.8080),
            (116.5450, 39.8080),
            (116.6600, 39.8300),
            (116.6600, 39.9010),
            (116.4400, 39.9010),
        ],
    ),
    (
        "中部核查片",
        "2024-10",
        &[
            (116.4300, 39.9020),
            (116.6600, 39.9020),
            (116.6600, 39.9560),
            (116.5050, 39.9720),
            (116.4300, 39.9680),
        ],
    ),
    (
        "北部核查片",
        "2023-09",
        &[
            (116.4500, 39.9740),
            (116.5200, 39.9760),
            (116.5450, 40.0300),
            (116.4900, 40.0560),
            (116.4500, 40.0200),
        ],
    ),
];

/// The table and its coverage.
pub(super) fn files(city: &City) -> Vec<SeedFile> {
    let mut dice = Random::of("waste");
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut taken: Vec<Node> = Vec::new();
    for (kind, count) in KINDS {
        let mut fitting = of_use(city, kind.5);
        let free = |at: Node| taken.iter().all(|other| apart_m(*other, at) > APART_M);
        fitting.retain(|parcel| free(parcel.centre));
        for parcel in spread(&fitting, *count) {
            rows.push(row(rows.len() + 1, kind, parcel, &mut dice));
            taken.push(parcel.centre);
        }
    }
    let mut csv = Csv::new(&HEADER);
    for row in rows.iter().chain(&dirt(&rows)) {
        csv.row(row);
    }
    vec![
        SeedFile {
            path: "soil/waste-facilities.csv",
            bytes: csv.into_utf8_with_bom(),
        },
        SeedFile {
            path: "soil/waste-facilities-coverage.geojson",
            bytes: coverage("waste-facilities-coverage", &drawn(CHECKED)),
        },
    ]
}

fn row(number: usize, kind: &Kind, parcel: &Parcel, dice: &mut Random) -> Vec<String> {
    let &(code, group, word, (least, most), years, _) = kind;
    let (lon, lat) = degrees(place_in(parcel, dice));
    let (lon, lat) = bd09::from_wgs84(lon, lat);
    let capacity = (dice.between(least.ln(), most.ln()).exp() / 100.0).round() * 100.0;
    let (licence, from, to) = if years == 0 {
        (String::new(), String::new(), String::new())
    } else {
        // Some have run out: what is past is kept, and shown as past.
        let start = 2025 - years - dice.below(2) + dice.below(years);
        let month = 1 + dice.below(12);
        (
            format!("演示许可 {number:03}"),
            format!("{start}-{month:02}-01"),
            format!("{}-{month:02}-01", start + years),
        )
    };
    let manifests = if group == "hazardous" {
        (40 + dice.below(900)).to_string()
    } else {
        String::new()
    };
    vec![
        numbered("CY-GF-", number, 3),
        format!("演示{word} {number:03}"),
        code.to_owned(),
        group.to_owned(),
        format!("{capacity:.0}"),
        licence,
        from,
        to,
        format!("{lon:.6}"),
        format!("{lat:.6}"),
        dice.weighted(&[("5", 3.0), ("20", 4.0), ("100", 1.5), ("", 0.5)])
            .to_owned(),
        manifests,
        format!("演示联系人 {number:02}"),
        "演示数据".to_owned(),
    ]
}

/// Rows with one fault each, made from good ones.
fn dirt(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut number = 900;
    let mut spoilt = |from: usize, faults: &[(usize, &str)]| {
        number += 1;
        let mut row = rows[from].clone();
        row[0] = numbered("CY-GF-", number, 3);
        for (column, value) in faults {
            (*value).clone_into(&mut row[*column]);
        }
        row
    };
    let swapped = (rows[4][9].clone(), rows[4][8].clone());
    vec![
        spoilt(1, &[(4, "约3000")]),
        spoilt(2, &[(7, "2028-02-30")]),
        spoilt(4, &[(8, &swapped.0), (9, &swapped.1)]),
        spoilt(6, &[(2, "危废贮存")]),
        spoilt(9, &[(0, "CY-GF-010")]),
    ]
}
