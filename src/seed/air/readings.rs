//! `air-readings.csv`: months as they are in Beijing's climate, at stations that do not exist.

use super::stations::Station;
use crate::geom::cast::{f64_to_u8, usize_to_f64};
use crate::seed::carrier::{Csv, SeedFile};
use crate::seed::random::Random;

/// The first year, and how many there are.
const FIRST_YEAR: usize = 2021;
const YEARS: usize = 5;

/// How the months of a year usually are: PM2.5 and PM10, µg/m³; the 90th percentile of the highest
/// 8-hour mean of O3, µg/m³; NO2 and SO2, µg/m³; the 95th percentile of CO, mg/m³. Dust in spring, ozone
/// in summer, stale air in winter.
const USUAL: [[f64; 6]; 12] = [
    [41.0, 67.0, 76.0, 37.0, 4.2, 1.3],
    [44.0, 70.0, 92.0, 31.0, 3.8, 1.2],
    [46.0, 95.0, 118.0, 31.0, 3.4, 1.0],
    [31.0, 88.0, 148.0, 24.0, 2.8, 0.7],
    [25.0, 66.0, 181.0, 19.0, 2.6, 0.7],
    [26.0, 48.0, 212.0, 18.0, 2.3, 0.8],
    [24.0, 38.0, 198.0, 16.0, 2.0, 0.9],
    [22.0, 36.0, 176.0, 17.0, 2.0, 0.9],
    [24.0, 43.0, 160.0, 23.0, 2.2, 0.9],
    [33.0, 58.0, 112.0, 31.0, 2.5, 1.0],
    [42.0, 72.0, 74.0, 38.0, 3.2, 1.3],
    [36.0, 61.0, 62.0, 39.0, 3.8, 1.2],
];
/// How a year compares with the usual: particles and gases, ozone.
const YEAR: [(f64, f64); YEARS] = [
    (1.06, 0.98),
    (0.96, 1.01),
    (1.03, 1.02),
    (0.95, 1.00),
    (0.87, 0.98),
];
/// How many decimals each is told with.
const DECIMALS: [usize; 6] = [0, 0, 0, 0, 0, 1];

/// What a station recorded in a month.
#[derive(Debug, Clone)]
pub(in crate::seed) struct Month {
    /// PM2.5, µg/m³, as it is told.
    pub(in crate::seed) pm25: Option<f64>,
    /// Days of good air, days of heavy pollution, and days with valid data.
    pub(in crate::seed) days: [u8; 3],
    /// PM2.5, PM10, O3, NO2, SO2 and CO as they are written.
    written: [String; 6],
}

/// The months of a year that were recorded.
pub(in crate::seed) fn months_of(
    series: &[Option<Month>],
    year: usize,
) -> impl Iterator<Item = &Month> {
    let first = 12 * year.saturating_sub(FIRST_YEAR);
    series.iter().skip(first).take(12).flatten()
}

/// The mean of a year's months.
pub(super) fn year_mean(
    series: &[Option<Month>],
    year: usize,
    value: impl Fn(&Month) -> Option<f64>,
) -> Option<f64> {
    let values: Vec<f64> = months_of(series, year).filter_map(value).collect();
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / usize_to_f64(values.len()))
}

/// Five years of each station.
pub(super) fn series(stations: &[Station]) -> Vec<Vec<Option<Month>>> {
    let mut weather = Random::of("weather");
    // The air over the whole district, month by month.
    let district: Vec<f64> = (0..12 * YEARS).map(|_| weather.normal()).collect();
    let mut dice = Random::of("air readings");
    stations
        .iter()
        .map(|station| {
            let months = district.iter().enumerate();
            months
                .map(|(m, air)| month(station, m, *air, &mut dice))
                .collect()
        })
        .collect()
}

fn month(station: &Station, m: usize, air: f64, dice: &mut Random) -> Option<Month> {
    let (particles, ozone) = YEAR[m / 12];
    // Beside a road there is more of everything but ozone; in a park less.
    let local = match station.kind {
        "traffic" => [1.07, 1.12, 0.92, 1.38, 1.05, 1.20],
        "park" => [0.92, 0.90, 1.06, 0.74, 0.92, 0.90],
        "industrial" => [1.06, 1.10, 0.98, 1.12, 1.20, 1.08],
        _ => [1.0; 6],
    };
    let mut written = [const { String::new() }; 6];
    let mut values = [0.0; 6];
    for (i, usual) in USUAL[m % 12].iter().enumerate() {
        let (year, sway) = if i == 2 {
            (ozone, 0.06)
        } else {
            (particles, 0.14)
        };
        let content = usual * year * local[i] * (sway * air + 0.05 * dice.normal()).exp();
        written[i] = format!("{content:.*}", DECIMALS[i]);
        values[i] = written[i].parse().unwrap_or(content);
    }
    let days = days(m, &values, dice);
    let (lost, faulty, item) = (dice.chance(0.02), dice.chance(0.03), dice.below(6));
    // Some months nothing was recorded, some months one instrument failed.
    let moved_away = station.id.ends_with("07") && (40..44).contains(&m);
    if m < station.begins || lost || moved_away {
        return None;
    }
    if faulty {
        written[item].clear();
    }
    Some(Month {
        pm25: written[0].parse().ok(),
        days,
        written,
    })
}

/// Days of good air and of heavy pollution, and days with valid data.
fn days(m: usize, values: &[f64; 6], dice: &mut Random) -> [u8; 3] {
    let [pm25, pm10, o3, ..] = *values;
    let length = usize_to_f64([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][m % 12]);
    let valid = (length - dice.between(0.0, 3.4)).floor();
    // The share of days past the daily limits (75, 150 and 160 µg/m³), from the months' means.
    let past = |level: f64, limit: f64, steep: f64| 1.0 / (1.0 + (steep * (limit - level)).exp());
    let bad = past(pm25, 62.0, 0.085)
        .max(past(pm10, 125.0, 0.045))
        .max(past(o3, 197.0, 0.042));
    let bad_days = (valid * bad + 0.6 * dice.normal())
        .round()
        .clamp(0.0, valid);
    let heavy = (valid * (past(pm25, 104.0, 0.075) + past(pm10, 190.0, 0.034)) * 0.55)
        .round()
        .clamp(0.0, bad_days);
    [valid - bad_days, heavy, valid].map(f64_to_u8)
}

const HEADER: [&str; 12] = [
    "站点编号",
    "月份",
    "PM2.5",
    "PM10",
    "O3",
    "NO2",
    "SO2",
    "CO",
    "优良天数",
    "重污染天数",
    "有效天数",
    "备注",
];

/// The table.
pub(super) fn file(stations: &[Station], series: &[Vec<Option<Month>>]) -> SeedFile {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (station, months) in stations.iter().zip(series) {
        for (m, month) in months.iter().enumerate() {
            let Some(month) = month else { continue };
            let mut row = vec![
                station.id.clone(),
                format!("{}-{:02}-01", FIRST_YEAR + m / 12, 1 + m % 12),
            ];
            row.extend(month.written.clone());
            row.extend(month.days.map(|days| days.to_string()));
            row.push("演示数据".to_owned());
            rows.push(row);
        }
    }
    let mut dirty = dirt(&rows).into_iter();
    let mut csv = Csv::new(&HEADER);
    for (i, row) in rows.iter().enumerate() {
        csv.row(row);
        if i % 150 == 130 {
            dirty.by_ref().take(1).for_each(|row| csv.row(&row));
        }
    }
    dirty.for_each(|row| csv.row(&row));
    SeedFile {
        path: "air/air-readings.csv",
        bytes: csv.into_utf8_with_bom(),
    }
}

/// Rows with one fault each, of stations that do not exist, so that the fault is the only one.
fn dirt(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut number = 90;
    let mut spoilt = |from: usize, column: usize, value: &str| {
        number += 1;
        let mut row = rows[from].clone();
        row[0] = format!("CY-KQ-{number}");
        value.clone_into(&mut row[column]);
        row
    };
    vec![
        spoilt(12, 2, "缺测"),
        spoilt(140, 3, "-999"),
        spoilt(260, 8, "35"),
        spoilt(300, 1, "2023-05"),
        rows[410].clone(),
    ]
}
