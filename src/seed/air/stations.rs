//! `air-stations.geojson`: stations on a lattice across the district.

use serde_json::{Value, json};

use super::readings::{Month, months_of, year_mean};
use crate::seed::arrangement::Node;
use crate::seed::carrier::{GeoJson, SeedFile, Shape, numbered, properties};
use crate::seed::parcels::City;
use crate::seed::place::{moved, node};
use crate::seed::random::Random;

/// How far the lattice's places are apart, metres.
const APART_M: f64 = 5_300.0;

/// A station.
#[derive(Debug)]
pub(super) struct Station {
    /// Its number.
    pub(super) id: String,
    number: usize,
    at: Node,
    /// Its kind (`air-station-kind`).
    pub(super) kind: &'static str,
    level: &'static str,
    inlet_m: f64,
    since: String,
    /// How many months after January 2021 it began to record.
    pub(super) begins: usize,
}

/// Every station.
pub(super) fn stations(city: &City) -> Vec<Station> {
    let mut dice = Random::of("air stations");
    let start = node(116.36, 39.822);
    let mut stations: Vec<Station> = Vec::new();
    for (row, north) in (0..7).map(f64::from).zip([0.0, 0.5].into_iter().cycle()) {
        for column in (0..6).map(f64::from) {
            let east = (column + north) * APART_M + 420.0 * dice.normal();
            let north = row * APART_M * 0.87 + 420.0 * dice.normal();
            let at = moved(start, east, north);
            let well_within = [(900.0, 0.0), (-900.0, 0.0), (0.0, 900.0), (0.0, -900.0)]
                .iter()
                .all(|(e, n)| city.boundary.holds(moved(at, *e, *n)));
            if !well_within {
                continue;
            }
            let number = stations.len() + 1;
            let kind = match number % 7 {
                3 => "traffic",
                5 => "park",
                6 => "industrial",
                _ => "urban",
            };
            let late = number % 8 == 4;
            stations.push(Station {
                id: numbered("CY-KQ-", number, 2),
                number,
                at,
                kind,
                level: match number {
                    2 | 9 => "national",
                    n if n % 3 == 0 => "city",
                    _ => "district",
                },
                inlet_m: (dice.between(3.0, 22.0) * 2.0).round() / 2.0,
                since: if late {
                    "2022-07-01".to_owned()
                } else {
                    dice.day(2012, 2020)
                },
                begins: if late { 18 } else { 0 },
            });
        }
    }
    stations
}

/// The stations, with what they showed in 2025.
pub(super) fn file(stations: &[Station], series: &[Vec<Option<Month>>]) -> SeedFile {
    let mut out = GeoJson::new("air-stations", None);
    let about = |station: &Station, series: &[Option<Month>]| {
        let months = months_of(series, 2025).filter(|m| m.pm25.is_some()).count();
        // From fewer than ten months no mean of the year is made.
        let mean = year_mean(series, 2025, |month| month.pm25).filter(|_| months >= 10);
        let mean = mean.map_or(Value::Null, |mean| json!((mean * 10.0).round() / 10.0));
        properties([
            ("station_id", json!(station.id)),
            ("name", json!(format!("演示站 {:02}", station.number))),
            (
                "name_en",
                json!(format!("Demonstration station {:02}", station.number)),
            ),
            ("kind", json!(station.kind)),
            ("level", json!(station.level)),
            ("pm25_2025", mean),
            ("months_2025", json!(months)),
            ("inlet_m", json!(station.inlet_m)),
            ("since", json!(station.since)),
            (
                "keeper",
                json!(format!("演示运维 {}", 1 + station.number % 4)),
            ),
        ])
    };
    for (station, series) in stations.iter().zip(series) {
        out.feature(about(station, series), &Shape::Point(station.at));
    }
    // Each with one fault.
    let faults = [
        ("station_id", "CY-KQ-02", true),
        ("kind", "市区", true),
        ("name", "演示站（无位置）", false),
    ];
    for ((key, value, placed), number) in faults.iter().zip(91..) {
        let mut about = about(&stations[4], &series[4]);
        about.insert("station_id".to_owned(), json!(format!("CY-KQ-{number}")));
        about.insert((*key).to_owned(), json!(value));
        let shape = if *placed {
            Shape::Point(stations[4].at)
        } else {
            Shape::Nothing
        };
        out.feature(about, &shape);
    }
    SeedFile {
        path: "air/air-stations.geojson",
        bytes: out.finish(),
    }
}
