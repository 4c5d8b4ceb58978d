//! `water-sections.csv` and `section-readings.csv`: monitoring sections that do not exist, and three
//! years of what they would have shown.

use super::network::{Reach, down};
use super::quality::{CLASSES, Sample, class_of, sample};
use crate::geom::cast::usize_to_f64;
use crate::seed::arrangement::Node;
use crate::seed::carrier::{Csv, SeedFile, numbered};
use crate::seed::place::degree_text;
use crate::seed::random::Random;

/// The first year, and how many months there are.
const FIRST_YEAR: usize = 2023;
const MONTHS: usize = 36;
/// A year is assessed from so many months.
const ENOUGH: usize = 9;

/// A month at a section.
#[derive(Debug, Clone)]
enum Month {
    /// It was sampled.
    Sampled(Sample),
    /// It was not, and why (`sampling-state`).
    Not(&'static str),
    /// Nothing was recorded.
    Missing,
}

/// A section.
#[derive(Debug)]
pub(in crate::seed) struct Section {
    id: String,
    name: (String, String),
    reach: String,
    river: &'static str,
    at: Node,
    level: &'static str,
    /// Its target, a place in [`CLASSES`].
    target: usize,
    since: String,
    months: Vec<Month>,
}

impl Section {
    /// The class of a year's means; `None`: too few months.
    pub(in crate::seed) fn class_in(&self, year: usize) -> Option<usize> {
        let first = 12 * year.checked_sub(FIRST_YEAR)?;
        let samples: Vec<&[f64; 3]> = self
            .months
            .get(first..first + 12)?
            .iter()
            .filter_map(|month| match month {
                Month::Sampled(sample) => Some(&sample.counted),
                _ => None,
            })
            .collect();
        let mean = |item: usize| {
            samples.iter().map(|s| s[item]).sum::<f64>() / usize_to_f64(samples.len())
        };
        (samples.len() >= ENOUGH).then(|| class_of(&[mean(0), mean(1), mean(2)]))
    }

    /// Whether it is better than or as good as its target in a year.
    pub(in crate::seed) fn met_in(&self, year: usize) -> Option<bool> {
        self.class_in(year).map(|class| class <= self.target)
    }

    /// Whether it is worse than class Ⅴ in a year.
    pub(in crate::seed) fn inferior_in(&self, year: usize) -> Option<bool> {
        self.class_in(year).map(|class| class == CLASSES.len() - 1)
    }
}

/// Every section: where rivers come in, half way, and before they leave; tributaries before they join.
pub(super) fn sections(reaches: &[Reach]) -> Vec<Section> {
    let mut dice = Random::of("sections");
    let mut sections = Vec::new();
    for reach in reaches {
        let mut put = |measure_m: f64, level: &'static str, where_: (&str, &str)| {
            let number = sections.len() + 1;
            let section = section(reach, measure_m, level, where_, number, reaches, &mut dice);
            sections.push(section);
        };
        let (first, last) = (reach.part == 1, reach.to.kind != "sluice");
        match reach.river.class {
            "river" => {
                if first && reach.from.kind == "inflow" {
                    put(320.0, "city", ("入区", "inflow"));
                }
                if reach.to.kind == "outlet" {
                    put(reach.length_m - 260.0, "national", ("出区", "outflow"));
                } else if reach.length_m > 1_900.0 {
                    put(reach.length_m * 0.55, "district", ("中段", "middle"));
                }
            }
            "tributary" if last => put(reach.length_m - 210.0, "city", ("入河口", "mouth")),
            _ if last && !reach.river.name.0.starts_with("演示") => {
                put(reach.length_m - 160.0, "district", ("入河口", "mouth"));
            }
            _ => {}
        }
    }
    sections
}

fn section(
    reach: &Reach,
    measure_m: f64,
    level: &'static str,
    (zh, en): (&str, &str),
    number: usize,
    reaches: &[Reach],
    dice: &mut Random,
) -> Section {
    let river = reach.river;
    // Rivers gather what they are given on their way.
    let burden = (river.burden + 0.14 * (down(reach, reaches) - 0.5) + 0.05 * dice.normal())
        .clamp(0.04, 1.1);
    let target = if level == "national" {
        3
    } else {
        dice.weighted(&[(2, 1.0), (3, 3.0), (4, 2.0)])
    };
    // A ditch that falls dry, a section that was set up late.
    let falls_dry = river.class == "ditch" && dice.chance(0.6);
    let begins = if dice.chance(0.12) { 14 } else { 0 };
    let months = (0..MONTHS)
        .map(|m| month(m, burden, begins, falls_dry, dice))
        .collect();
    let since = if begins > 0 {
        "2024-03-01".to_owned()
    } else {
        dice.day(2006, 2021)
    };
    Section {
        id: numbered("CY-DM-", number, 2),
        name: (
            format!("演示断面 {number:02}（{}{zh}）", river.name.0),
            format!("Demonstration section {number:02} ({}, {en})", river.name.1),
        ),
        reach: reach.id.clone(),
        river: river.name.0,
        at: reach.at(measure_m),
        level,
        target,
        since,
        months,
    }
}

fn month(m: usize, burden: f64, begins: usize, falls_dry: bool, dice: &mut Random) -> Month {
    let of_year = m % 12;
    // Things get a little better from year to year.
    let sample = sample(burden - 0.0016 * usize_to_f64(m), of_year, dice);
    let throw = dice.unit();
    if m < begins {
        return Month::Missing;
    }
    match of_year {
        0 | 1 if throw < 0.16 => Month::Not("frozen"),
        2..=4 if falls_dry && throw < 0.55 => Month::Not("dry"),
        6 | 7 if throw < 0.05 => Month::Not("unsafe"),
        _ if throw > 0.975 => Month::Missing,
        _ => Month::Sampled(sample),
    }
}

const SECTIONS: [&str; 14] = [
    "断面编号",
    "断面名称",
    "英文名称",
    "河段编号",
    "河流",
    "级别",
    "目标类别",
    "2025年类别",
    "2025年达标",
    "设立日期",
    "采样单位",
    "经度",
    "纬度",
    "备注",
];

const READINGS: [&str; 9] = [
    "section_id",
    "month",
    "state",
    "cod",
    "nh3n",
    "tp",
    "water_class",
    "lab",
    "note",
];

/// Both tables.
pub(super) fn files(sections: &[Section]) -> Vec<SeedFile> {
    let rows: Vec<Vec<String>> = sections.iter().zip(1..).map(row).collect();
    let mut table = Csv::new(&SECTIONS);
    for row in rows.iter().chain(&section_dirt(&rows)) {
        table.row(row);
    }
    let rows: Vec<Vec<String>> = sections.iter().flat_map(readings).collect();
    let mut dirty = reading_dirt(&rows).into_iter();
    let mut monthly = Csv::new(&READINGS);
    for (i, row) in rows.iter().enumerate() {
        monthly.row(row);
        // The dirt stands among the rest, as it does in life.
        if i % 97 == 60 {
            dirty.by_ref().take(1).for_each(|row| monthly.row(&row));
        }
    }
    dirty.for_each(|row| monthly.row(&row));
    vec![
        SeedFile {
            path: "water/water-sections.csv",
            bytes: table.into_gbk(),
        },
        SeedFile {
            path: "water/section-readings.csv",
            bytes: monthly.into_utf8_with_bom(),
        },
    ]
}

fn row((section, number): (&Section, usize)) -> Vec<String> {
    let met = match section.met_in(2025) {
        Some(true) => "met",
        Some(false) => "not-met",
        None => "not-assessed",
    };
    vec![
        section.id.clone(),
        section.name.0.clone(),
        section.name.1.clone(),
        section.reach.clone(),
        section.river.to_owned(),
        section.level.to_owned(),
        CLASSES[section.target].to_owned(),
        section
            .class_in(2025)
            .map_or("", |class| CLASSES[class])
            .to_owned(),
        met.to_owned(),
        section.since.clone(),
        format!("演示采样组 {}", 1 + number % 3),
        degree_text(section.at.0),
        degree_text(section.at.1),
        "演示数据".to_owned(),
    ]
}

fn readings(section: &Section) -> Vec<Vec<String>> {
    let told = section.months.iter().enumerate();
    told.filter_map(|(m, month)| {
        let (state, cells) = match month {
            Month::Missing => return None,
            Month::Not(why) => (*why, [const { String::new() }; 4]),
            Month::Sampled(s) => {
                let [cod, nh3n, tp] = s.written.clone();
                ("sampled", [cod, nh3n, tp, CLASSES[s.class].to_owned()])
            }
        };
        let mut row = vec![
            section.id.clone(),
            format!("{}-{:02}-01", FIRST_YEAR + m / 12, 1 + m % 12),
            state.to_owned(),
        ];
        row.extend(cells);
        row.push(format!("演示实验室 {}", 1 + m % 3));
        row.push("演示数据".to_owned());
        Some(row)
    })
    .collect()
}

/// Rows with one fault each.
fn section_dirt(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut number = 90;
    let mut spoilt = |from: usize, faults: &[(usize, &str)]| {
        number += 1;
        let mut row = rows[from].clone();
        row[0] = numbered("CY-DM-", number, 2);
        for (column, value) in faults {
            (*value).clone_into(&mut row[*column]);
        }
        row
    };
    let swapped = (rows[6][12].clone(), rows[6][11].clone());
    vec![
        spoilt(2, &[(6, "四类")]),
        spoilt(6, &[(11, &swapped.0), (12, &swapped.1)]),
        spoilt(9, &[(0, "CY-DM-04")]),
    ]
}

/// Rows with one fault each, of sections that do not exist, so that the fault is the only one.
fn reading_dirt(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut number = 90;
    let mut spoilt = |from: usize, column: usize, value: &str| {
        number += 1;
        let mut row = rows[from].clone();
        row[0] = numbered("CY-DM-", number, 2);
        value.clone_into(&mut row[column]);
        row
    };
    vec![
        spoilt(20, 1, "2023-13-01"),
        spoilt(75, 3, "超标"),
        spoilt(140, 4, "0,62"),
        spoilt(200, 6, "VI"),
        rows[260].clone(),
        spoilt(320, 2, ""),
    ]
}
