//! `seeds/soil`: points of the third national soil survey, which the public does not see.

use super::ground::{Sketch, coverage, drawn, of_use, place_in, spread};
use crate::seed::carrier::{Csv, SeedFile, numbered};
use crate::seed::parcels::{City, Parcel};
use crate::seed::place::{degree_text, in_ring};
use crate::seed::random::Random;

const HEADER: [&str; 17] = [
    "样点编号",
    "样点类型",
    "土地利用",
    "土壤类型",
    "采样日期",
    "采样深度",
    "质地",
    "容重",
    "pH",
    "有机质",
    "全氮",
    "有效磷",
    "速效钾",
    "经度",
    "纬度",
    "调查人",
    "备注",
];

/// Cultivated land, orchards, woods, grass and vacant land: what the survey samples.
const SAMPLED: &[&str] = &["01", "02", "03", "04", "23"];

/// Where the survey has been, and when: not yet in the north.
const SURVEYED: &[Sketch] = &[
    (
        "东南普查片",
        "2023-11",
        &[
            (116.4400, 39.8080),
            (116.5450, 39.8080),
            (116.6600, 39.8300),
            (116.6600, 39.9050),
            (116.4400, 39.9050),
        ],
    ),
    (
        "东北普查片",
        "2024-10",
        &[
            (116.5200, 39.9060),
            (116.6600, 39.9060),
            (116.6600, 40.0350),
            (116.5600, 40.0400),
            (116.5300, 39.9900),
        ],
    ),
];

/// The table and its coverage.
pub(super) fn files(city: &City) -> Vec<SeedFile> {
    let mut dice = Random::of("survey-points");
    let areas = drawn(SURVEYED);
    let mut fitting = of_use(city, SAMPLED);
    fitting.retain(|parcel| {
        areas
            .iter()
            .any(|(_, _, rings)| in_ring(&rings[0], parcel.centre))
    });
    let mut rows: Vec<Vec<String>> = Vec::new();
    // Where there are few parcels, several points in each.
    let rounds = 1 + 220 / fitting.len().max(1);
    let chosen = spread(&fitting, 220);
    for parcel in chosen.iter().cycle().take((chosen.len() * rounds).min(220)) {
        rows.push(row(rows.len() + 1, parcel, &mut dice));
    }
    let mut csv = Csv::new(&HEADER);
    for row in rows.iter().chain(&dirt(&rows)) {
        csv.row(row);
    }
    vec![
        SeedFile {
            path: "soil/soil-survey-points.csv",
            bytes: csv.into_gbk(),
        },
        SeedFile {
            path: "soil/soil-survey-points-coverage.geojson",
            bytes: coverage("soil-survey-points-coverage", &areas),
        },
    ]
}

fn row(number: usize, parcel: &Parcel, dice: &mut Random) -> Vec<String> {
    let at = place_in(parcel, dice);
    let profile = number % 9 == 4;
    let organic = 15.0 * (0.3 * dice.normal()).exp();
    let day = |dice: &mut Random| {
        let (month, day) = (9 + dice.below(3), 1 + dice.below(28));
        format!(
            "{}-{month:02}-{day:02}",
            if at.1 < 399_060_000 { 2023 } else { 2024 }
        )
    };
    let number_text = |value: f64, decimals: usize| format!("{value:.decimals$}");
    vec![
        numbered("CY-SP-", number, 4),
        if profile { "profile" } else { "topsoil" }.to_owned(),
        parcel.current_use.to_owned(),
        dice.weighted(&[
            ("fluvo-aquic", 5.0),
            ("meadow-cinnamon", 3.0),
            ("sandy-fluvo-aquic", 1.5),
            ("wet-fluvo-aquic", 0.8),
            ("cinnamon", 0.8),
            ("made-ground", 1.0),
        ])
        .to_owned(),
        day(dice),
        if profile { "120" } else { "20" }.to_owned(),
        dice.weighted(&[
            ("loam", 5.0),
            ("sandy-loam", 2.5),
            ("clay-loam", 2.0),
            ("clay", 0.6),
            ("sand", 0.4),
        ])
        .to_owned(),
        number_text(0.07f64.mul_add(dice.normal(), 1.34), 2),
        number_text(0.25f64.mul_add(dice.normal(), 8.1), 2),
        number_text(organic, 1),
        number_text(organic * 0.058 * dice.between(0.85, 1.15), 2),
        number_text(18.0 * (0.6 * dice.normal()).exp(), 1),
        number_text(130.0 * (0.3 * dice.normal()).exp(), 0),
        degree_text(at.0),
        degree_text(at.1),
        format!("演示调查人 {}", 1 + number % 4),
        "演示数据".to_owned(),
    ]
}

/// Rows with one fault each, made from good ones.
fn dirt(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut number = 9_000;
    let mut spoilt = |from: usize, faults: &[(usize, &str)]| {
        number += 1;
        let mut row = rows[from].clone();
        row[0] = numbered("CY-SP-", number, 4);
        for (column, value) in faults {
            (*value).clone_into(&mut row[*column]);
        }
        row
    };
    let swapped = (rows[8][14].clone(), rows[8][13].clone());
    vec![
        spoilt(5, &[(3, "潮土")]),
        spoilt(8, &[(13, &swapped.0), (14, &swapped.1)]),
        spoilt(11, &[(7, "13.4")]),
        spoilt(14, &[(0, "CY-SP-0002")]),
        spoilt(17, &[(4, "2023年10月")]),
    ]
}
