//! `noise-stations.csv` and `noise-readings.csv`.

use super::limits;
use super::zones::{Zone, places};
use crate::geom::cast::usize_to_f64;
use crate::geom::gcj02;
use crate::seed::arrangement::Node;
use crate::seed::carrier::{Csv, SeedFile, numbered};
use crate::seed::place::degrees;
use crate::seed::random::Random;

/// The first year, and how many quarters there are.
const FIRST_YEAR: usize = 2023;
const QUARTERS: usize = 12;

/// A quarter's levels by day and night in tenths of a dB(A), and how many hours were valid.
type Quarter = (Option<u32>, Option<u32>, usize);

/// A station.
#[derive(Debug)]
pub(super) struct Station {
    id: String,
    number: usize,
    at: Node,
    zone: String,
    class: &'static str,
    since: String,
    /// Each quarter; `None`: not recorded.
    quarters: Vec<Option<Quarter>>,
}

/// How a station stood to its limits in a year.
#[derive(Debug, Clone, Copy)]
pub(in crate::seed) struct Year {
    /// The year.
    pub(in crate::seed) of: usize,
    /// Whether the mean by day was within the limit.
    pub(in crate::seed) day_met: bool,
    /// The same by night.
    pub(in crate::seed) night_met: bool,
}

/// Every station.
pub(super) fn stations(zones: &[Zone]) -> Vec<Station> {
    let mut dice = Random::of("noise stations");
    let places = places(zones, &mut dice);
    (1..)
        .zip(places)
        .map(|(number, (zone, at))| {
            let class = zones[zone].class;
            let (day, night) = limits(class);
            // How far a place lies from its limit; roads are loud at night.
            let (by_day, by_night) = match class {
                "4a" => (dice.between(-5.0, 0.8), dice.between(-3.0, 4.5)),
                _ => (dice.between(-7.0, 0.9), dice.between(-5.0, 1.6)),
            };
            let late = number % 9 == 5;
            let quarters = (0..QUARTERS)
                .map(|q| {
                    let better = 0.09 * usize_to_f64(q);
                    let level = |limit: u8, off: f64, dice: &mut Random| {
                        let level = f64::from(limit) + off - better + 0.7 * dice.normal();
                        crate::geom::cast::f64_to_u32(level * 10.0)
                    };
                    let (ld, ln) = (
                        level(day, by_day, &mut dice),
                        level(night, by_night, &mut dice),
                    );
                    let hours = 2_208 - dice.below(260);
                    let lost = dice.chance(0.035);
                    let night_lost = dice.chance(0.02);
                    let begun = !late || q >= 5;
                    (begun && !lost).then_some((Some(ld), (!night_lost).then_some(ln), hours))
                })
                .collect();
            Station {
                id: numbered("CY-ZS-", number, 2),
                number,
                at,
                zone: zones[zone].id.clone(),
                class,
                since: if late {
                    "2024-04-01".to_owned()
                } else {
                    dice.day(2012, 2022)
                },
                quarters,
            }
        })
        .collect()
}

impl Station {
    /// The means of a year's levels by day and night, dB(A); `None`: fewer than three quarters.
    fn means(&self, year: usize) -> (Option<f64>, Option<f64>) {
        let of_year = || {
            let quarters = self.quarters.iter().skip(4 * (year - FIRST_YEAR));
            quarters.take(4).flatten()
        };
        let mean = |levels: Vec<u32>| {
            let sum: f64 = levels.iter().map(|level| f64::from(*level)).sum();
            let mean = sum / usize_to_f64(levels.len()) / 10.0;
            (levels.len() >= 3).then_some((mean * 10.0).round() / 10.0)
        };
        (
            mean(of_year().filter_map(|q| q.0).collect()),
            mean(of_year().filter_map(|q| q.1).collect()),
        )
    }

    fn year(&self, year: usize) -> Option<Year> {
        let (day, night) = limits(self.class);
        let (ld, ln) = self.means(year);
        Some(Year {
            of: year,
            day_met: ld? <= f64::from(day),
            night_met: ln? <= f64::from(night),
        })
    }
}

/// How each station stood to the limits, year by year.
pub(super) fn years(stations: &[Station]) -> Vec<Year> {
    let years = || FIRST_YEAR..FIRST_YEAR + QUARTERS / 4;
    stations
        .iter()
        .flat_map(|station| years().filter_map(|year| station.year(year)))
        .collect()
}

const STATION: [&str; 14] = [
    "点位编号",
    "点位名称",
    "英文名称",
    "点位类型",
    "功能区编号",
    "功能区类别",
    "2025昼间",
    "2025夜间",
    "2025评价",
    "设点日期",
    "设备编号",
    "经度",
    "纬度",
    "备注",
];

const READING: [&str; 6] = ["station_id", "quarter", "ld", "ln", "valid_hours", "note"];

/// Both tables.
pub(super) fn files(stations: &[Station]) -> Vec<SeedFile> {
    let mut table = Csv::new(&STATION);
    let rows: Vec<Vec<String>> = stations.iter().map(row).collect();
    for row in rows.iter().chain(&station_dirt(&rows)) {
        table.row(row);
    }
    let mut readings = Csv::new(&READING);
    let rows: Vec<Vec<String>> = stations.iter().flat_map(quarters).collect();
    for row in rows.iter().chain(&reading_dirt(&rows)) {
        readings.row(row);
    }
    vec![
        SeedFile {
            path: "noise/noise-stations.csv",
            bytes: table.into_gbk(),
        },
        SeedFile {
            path: "noise/noise-readings.csv",
            bytes: readings.into_utf8(),
        },
    ]
}

fn row(station: &Station) -> Vec<String> {
    let (ld, ln) = station.means(2025);
    let told = |level: Option<f64>| level.map_or_else(String::new, |level| format!("{level:.1}"));
    let result = match station.year(2025).map(|y| (y.day_met, y.night_met)) {
        Some((true, true)) => "both",
        Some((true, false)) => "day",
        Some((false, true)) => "night",
        Some((false, false)) => "neither",
        None => "not-assessed",
    };
    let kind = match station.class {
        "4a" => "traffic",
        _ if station.number.is_multiple_of(4) => "area",
        _ => "zone",
    };
    let (lon, lat) = degrees(station.at);
    let (lon, lat) = gcj02::from_wgs84(lon, lat);
    let number = station.number;
    vec![
        station.id.clone(),
        format!("演示噪声点 {number:02}"),
        format!("Demonstration noise station {number:02}"),
        kind.to_owned(),
        station.zone.clone(),
        station.class.to_owned(),
        told(ld),
        told(ln),
        result.to_owned(),
        station.since.clone(),
        format!("YS-SLJ-{number:03}"),
        format!("{lon:.7}"),
        format!("{lat:.7}"),
        "演示数据".to_owned(),
    ]
}

fn quarters(station: &Station) -> Vec<Vec<String>> {
    let told = |tenths: u32| format!("{}.{}", tenths / 10, tenths % 10);
    let quarters = station.quarters.iter().enumerate();
    quarters
        .filter_map(|(q, quarter)| {
            let (ld, ln, hours) = (*quarter)?;
            Some(vec![
                station.id.clone(),
                format!("{}-{:02}-01", FIRST_YEAR + q / 4, 1 + 3 * (q % 4)),
                ld.map_or_else(String::new, told),
                ln.map_or_else(String::new, told),
                hours.to_string(),
                "演示数据".to_owned(),
            ])
        })
        .collect()
}

/// Rows with one fault each.
fn station_dirt(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let spoilt = |from: usize, id: &str, column: usize, value: &str| {
        let mut row = rows[from].clone();
        id.clone_into(&mut row[0]);
        value.clone_into(&mut row[column]);
        row
    };
    vec![
        spoilt(4, "CY-ZS-91", 5, "2类"),
        spoilt(10, "CY-ZS-92", 12, "40.612345"),
    ]
}

/// Rows with one fault each, of stations that do not exist, so that the fault is the only one.
fn reading_dirt(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let spoilt = |from: usize, id: &str, column: usize, value: &str| {
        let mut row = rows[from].clone();
        id.clone_into(&mut row[0]);
        value.clone_into(&mut row[column]);
        row
    };
    vec![
        spoilt(14, "CY-ZS-93", 2, "58..2"),
        spoilt(40, "CY-ZS-94", 3, "4.7"),
        spoilt(77, "CY-ZS-95", 1, "2024Q2"),
        rows[120].clone(),
    ]
}
