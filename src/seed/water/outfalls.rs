//! `outfalls.csv` and `overflow-points.csv`: pipes that do not exist, on the rivers' reaches, and the
//! stretches of river along which somebody looked for them.

use serde_json::json;

use super::network::Reach;
use crate::geom::{bd09, gcj02};
use crate::seed::arrangement::Node;
use crate::seed::carrier::{Csv, GeoJson, SeedFile, numbered, properties};
use crate::seed::city::strip;
use crate::seed::place::degrees;
use crate::seed::random::Random;

/// How many outfalls and overflows there are.
const OUTFALLS: usize = 150;
const OVERFLOWS: usize = 24;
/// How wide a strip along a river a walk covers, metres.
const WALK_M: f64 = 240.0;

/// The rivers that were walked, and when. The others were not.
const WALKED: &[(&str, &str)] = &[
    ("清河", "2023-10"),
    ("坝河", "2024-05"),
    ("亮马河", "2024-05"),
    ("北小河", "2024-06"),
    ("通惠河", "2024-09"),
    ("二道沟", "2024-09"),
    ("凉水河", "2025-04"),
    ("大羊坊沟", "2025-04"),
];

/// Those whose combined sewers were modelled.
const MODELLED: &[&str] = &["坝河", "亮马河", "通惠河", "二道沟", "凉水河", "土城沟"];

const OUTFALL: [&str; 16] = [
    "PKBH", "PKMC", "HDBH", "HLMC", "LCZ", "PKLX", "PKZT", "XKZT", "GJ", "RPSL", "PCRQ", "XKBH",
    "ZRDW", "LON", "LAT", "BZ",
];

const OVERFLOW: [&str; 13] = [
    "编号",
    "名称",
    "受纳河段",
    "受纳河流",
    "控制设施",
    "起溢雨量",
    "2024年次数",
    "2024年水量",
    "最近溢流",
    "液位计",
    "百度经度",
    "百度纬度",
    "备注",
];

/// The tables and what they cover.
pub(super) fn files(reaches: &[Reach]) -> Vec<SeedFile> {
    let walked = |reach: &&Reach| WALKED.iter().any(|(river, _)| *river == reach.river.name.0);
    let modelled = |reach: &&Reach| MODELLED.contains(&reach.river.name.0);
    vec![
        SeedFile {
            path: "water/outfalls.csv",
            bytes: outfalls(&reaches.iter().filter(walked).collect::<Vec<_>>()),
        },
        SeedFile {
            path: "water/outfalls-coverage.geojson",
            bytes: coverage("outfalls-coverage", reaches, |river| {
                let walk = WALKED.iter().find(|(name, _)| *name == river);
                walk.map(|(_, when)| *when)
            }),
        },
        SeedFile {
            path: "water/overflow-points.csv",
            bytes: overflows(&reaches.iter().filter(modelled).collect::<Vec<_>>()),
        },
        SeedFile {
            path: "water/overflow-points-coverage.geojson",
            bytes: coverage("overflow-points-coverage", reaches, |river| {
                MODELLED.contains(&river).then_some("2024")
            }),
        },
    ]
}

/// A place along the reaches, each metre as likely as the other, in whole decimetres.
fn place<'a>(reaches: &[&'a Reach], dice: &mut Random) -> (&'a Reach, f64) {
    let weights: Vec<(&'a Reach, f64)> = reaches.iter().map(|r| (*r, r.length_m)).collect();
    let lengths = weights.iter().map(|(_, length)| length).sum::<f64>();
    let mut left = dice.unit() * lengths;
    for (reach, length) in &weights {
        if left < *length {
            // Not on a node itself.
            let measure = left.clamp(8.0, length - 8.0);
            return (reach, (measure * 10.0).round() / 10.0);
        }
        left -= length;
    }
    (reaches[0], 8.0)
}

fn outfalls(reaches: &[&Reach]) -> Vec<u8> {
    let mut dice = Random::of("outfalls");
    let mut placed: Vec<(&Reach, f64)> = (0..OUTFALLS).map(|_| place(reaches, &mut dice)).collect();
    placed.sort_by(|a, b| a.0.id.cmp(&b.0.id).then(a.1.total_cmp(&b.1)));
    let rows: Vec<Vec<String>> = (1..)
        .zip(&placed)
        .map(|(number, (reach, measure))| outfall(number, reach, *measure, &mut dice))
        .collect();
    let mut csv = Csv::new(&OUTFALL);
    let mut dirty = outfall_dirt(&rows).into_iter();
    for (i, row) in rows.iter().enumerate() {
        csv.row(row);
        if i % 21 == 13 {
            dirty.by_ref().take(1).for_each(|row| csv.row(&row));
        }
    }
    dirty.for_each(|row| csv.row(&row));
    csv.into_gbk()
}

fn outfall(number: usize, reach: &Reach, measure_m: f64, dice: &mut Random) -> Vec<String> {
    let rural = reach.river.class == "ditch";
    let kind = dice.weighted(&[
        ("storm", 6.0),
        ("combined", if rural { 0.6 } else { 1.6 }),
        ("treatment-plant", 0.35),
        ("industrial", 0.4),
        ("rural", if rural { 3.0 } else { 0.5 }),
        ("unknown", 1.1),
    ]);
    let status = match kind {
        "treatment-plant" => "in-use",
        "storm" => dice.weighted(&[("in-use", 8.0), ("under-repair", 1.0), ("closed", 0.6)]),
        _ => dice.weighted(&[("in-use", 4.0), ("under-repair", 3.0), ("closed", 2.0)]),
    };
    let permitted = match kind {
        "treatment-plant" => "permitted",
        "industrial" => dice.weighted(&[("permitted", 4.0), ("none", 1.0)]),
        "storm" => "registered",
        "unknown" => "unknown",
        _ => dice.weighted(&[("registered", 3.0), ("none", 1.5), ("unknown", 1.5)]),
    };
    let diameter = match kind {
        "treatment-plant" => dice.pick(&["1600", "2000", "2400"]),
        "storm" | "combined" => dice.pick(&["600", "800", "1000", "1200", "1500"]),
        _ => dice.pick(&["", "200", "300", "400", "500"]),
    };
    let flow = match kind {
        _ if status == "closed" => "0".to_owned(),
        "treatment-plant" => format!("{:.0}", dice.between(8.0, 90.0) * 1000.0),
        "storm" | "unknown" => String::new(),
        _ => format!("{:.0}", dice.between(3.0, 60.0) * 10.0),
    };
    let permit = if permitted == "permitted" {
        format!("演示许可-{number:04}")
    } else {
        String::new()
    };
    let walk = WALKED
        .iter()
        .find(|(river, _)| *river == reach.river.name.0);
    let (lon, lat) = degrees(reach.at(measure_m));
    let (lon, lat) = gcj02::from_wgs84(lon, lat);
    vec![
        numbered("CY-PK-", number, 4),
        format!("演示排口 {number:03}"),
        reach.id.clone(),
        reach.river.name.0.to_owned(),
        format!("{measure_m:.1}"),
        kind.to_owned(),
        status.to_owned(),
        permitted.to_owned(),
        diameter.to_owned(),
        flow,
        format!(
            "{}-{:02}",
            walk.map_or("2024-06", |(_, when)| *when),
            1 + dice.below(28)
        ),
        permit,
        format!("演示单位 {number:03}"),
        format!("{lon:.7}"),
        format!("{lat:.7}"),
        "演示数据".to_owned(),
    ]
}

fn overflows(reaches: &[&Reach]) -> Vec<u8> {
    let mut dice = Random::of("overflows");
    let mut placed: Vec<(&Reach, f64)> =
        (0..OVERFLOWS).map(|_| place(reaches, &mut dice)).collect();
    placed.sort_by(|a, b| a.0.id.cmp(&b.0.id).then(a.1.total_cmp(&b.1)));
    let rows: Vec<Vec<String>> = (1..)
        .zip(&placed)
        .map(|(number, (reach, measure))| overflow(number, reach.at(*measure), reach, &mut dice))
        .collect();
    let mut csv = Csv::new(&OVERFLOW);
    for row in rows.iter().chain(&overflow_dirt(&rows)) {
        csv.row(row);
    }
    csv.into_utf8_with_bom()
}

fn overflow(number: usize, at: Node, reach: &Reach, dice: &mut Random) -> Vec<String> {
    let control = dice.weighted(&[
        ("none", 3.0),
        ("screen", 2.0),
        ("storage", 2.0),
        ("separated", 1.0),
    ]);
    let threshold = match control {
        "storage" => dice.between(28.0, 45.0),
        "screen" => dice.between(16.0, 28.0),
        _ => dice.between(9.0, 22.0),
    };
    // Two have no gauge: how often they spilled is not known. What was separated spills no more.
    let gauged = number % 11 != 4;
    let events = match control {
        _ if !gauged => None,
        "separated" => Some(0),
        "storage" => Some(dice.below(4)),
        _ => Some(3 + dice.below(10)),
    };
    let volume = |events: usize| {
        let each = dice_volume(dice, events);
        format!("{each:.0}")
    };
    let volume = events.map_or_else(String::new, volume);
    let last = match events {
        Some(1..) => format!("2024-{}", dice.pick(&["07-30", "08-09", "08-25", "09-02"])),
        _ => String::new(),
    };
    let (lon, lat) = degrees(at);
    let (lon, lat) = bd09::from_wgs84(lon, lat);
    vec![
        numbered("CY-YL-", number, 2),
        format!("演示溢流口 {number:02}"),
        reach.id.clone(),
        reach.river.name.0.to_owned(),
        control.to_owned(),
        format!("{threshold:.0}"),
        events.map_or_else(String::new, |n| n.to_string()),
        volume,
        last,
        if gauged {
            format!("YS-YW-{number:02}")
        } else {
            String::new()
        },
        format!("{lon:.7}"),
        format!("{lat:.7}"),
        "演示数据".to_owned(),
    ]
}

/// What so many spills bring, cubic metres.
fn dice_volume(dice: &mut Random, events: usize) -> f64 {
    (0..events)
        .map(|_| (dice.between(2.0, 24.0) * 10.0).round() * 10.0)
        .sum()
}

/// A strip along every reach whose river somebody looked at.
fn coverage(name: &str, reaches: &[Reach], when: impl Fn(&str) -> Option<&'static str>) -> Vec<u8> {
    let mut out = GeoJson::new(name, None);
    for reach in reaches {
        let Some(when) = when(reach.river.name.0) else {
            continue;
        };
        let line: Vec<(f64, f64)> = reach.line.iter().map(|at| degrees(*at)).collect();
        let about = properties([
            ("reach_id", json!(reach.id)),
            ("river", json!(reach.river.name.0)),
            ("surveyed", json!(when)),
        ]);
        out.polygon(about, Some(&strip(&line, WALK_M)));
    }
    out.finish()
}

/// Rows with one fault each.
fn outfall_dirt(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut number = 900;
    let mut spoilt = |from: usize, faults: &[(usize, &str)]| {
        number += 1;
        let mut row = rows[from].clone();
        row[0] = numbered("CY-PK-", number, 4);
        row[1] = format!("演示排口 {number:03}");
        for (column, value) in faults {
            (*value).clone_into(&mut row[*column]);
        }
        row
    };
    vec![
        spoilt(5, &[(5, "雨水")]),
        spoilt(18, &[(10, "2024年6月")]),
        spoilt(27, &[(14, "")]),
        spoilt(44, &[(0, "CY-PK-0012")]),
        spoilt(60, &[(4, "-35.0")]),
        spoilt(73, &[(8, "DN800")]),
    ]
}

/// Rows with one fault each.
fn overflow_dirt(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut number = 90;
    let mut spoilt = |from: usize, faults: &[(usize, &str)]| {
        number += 1;
        let mut row = rows[from].clone();
        row[0] = numbered("CY-YL-", number, 2);
        for (column, value) in faults {
            (*value).clone_into(&mut row[*column]);
        }
        row
    };
    vec![spoilt(3, &[(6, "多次")]), spoilt(8, &[(11, "41.912345")])]
}
