//! `seeds/biodiversity`: species occurrences in Darwin Core terms, and where surveys went.
//!
//! Records are numbered in a drawn order: the neighbours of a number tell nothing of its survey.

use std::collections::BTreeSet;

use serde_json::json;

use super::events::Event;
use super::sites::{Site, places};
use super::species::{Habitat, Species};
use crate::seed::arrangement::Node;
use crate::seed::carrier::{Csv, GeoJson, SeedFile, numbered, properties};
use crate::seed::parcels::City;
use crate::seed::place::{degree_text, moved};
use crate::seed::random::Random;

const HEADER: [&str; 16] = [
    "occurrenceID",
    "eventID",
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
    "samplingProtocol",
    "datasetName",
];

/// How many records were made by the way, in no survey.
const BY_THE_WAY: usize = 1_150;

/// What a row is made of.
struct Record<'a> {
    event: Option<&'a Event>,
    species: &'a Species,
    at: Node,
    day: (usize, usize, usize),
}

/// The records and their coverage.
pub(super) fn files(city: &City, sites: &[Site], events: &[Event]) -> Vec<SeedFile> {
    let species = Species::all();
    let mut rows = surveyed(sites, events, &species);
    rows.extend(by_the_way(city, sites, &species));
    // Drawn into another order (Fisher and Yates), then numbered.
    let mut dice = Random::of("occurrence numbers");
    for i in (1..rows.len()).rev() {
        rows.swap(i, dice.below(i + 1));
    }
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = numbered("CY-OCC-", i + 1, 5);
    }
    let mut csv = Csv::new(&HEADER);
    let mut dirty = dirt(&rows);
    for (i, row) in rows.iter().enumerate() {
        csv.row(row);
        if i % 310 == 309 && !dirty.is_empty() {
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
            bytes: coverage(sites, events),
        },
    ]
}

/// What each survey found, and, of a complete checklist, what of the list of targets it did not.
fn surveyed(sites: &[Site], events: &[Event], species: &[Species]) -> Vec<Vec<String>> {
    let mut dice = Random::of("surveyed occurrences");
    let mut rows = Vec::new();
    for event in events {
        let site = &sites[event.site];
        let about = species
            .iter()
            .filter(|s| s.group == event.group && s.is_about(site.habitat, event.month));
        for species in about {
            let found = 1.0 - (-species.weight * event.strength / 7.0).exp();
            let record = |at| Record {
                event: Some(event),
                species,
                at,
                day: event.day(),
            };
            if dice.chance(found) {
                let at = site.somewhere(&mut dice);
                rows.push(present(&record(at), &mut dice));
            } else if event.complete && species.target {
                // An absence is one of the whole site.
                let reach = format!("{}", site.reach_m().ceil());
                rows.push(row(
                    &record(site.middle()),
                    "absent",
                    "",
                    "0",
                    &reach,
                    &mut dice,
                ));
            }
        }
    }
    rows
}

/// What people met by the way, within the sites and elsewhere.
fn by_the_way(city: &City, sites: &[Site], species: &[Species]) -> Vec<Vec<String>> {
    let mut dice = Random::of("occurrences by the way");
    let weighted: Vec<(usize, f64)> = species
        .iter()
        .enumerate()
        .map(|(i, s)| (i, s.weight.sqrt()))
        .collect();
    let habitats = [
        Habitat::Woodland,
        Habitat::Wetland,
        Habitat::Riverside,
        Habitat::Grassland,
        Habitat::Farmland,
        Habitat::UrbanGreen,
    ];
    let places = habitats.map(|habitat| (habitat, places(city, habitat)));
    let mut rows = Vec::new();
    while rows.len() < BY_THE_WAY {
        let species = &species[dice.weighted(&weighted)];
        let habitat = dice.pick(&species.habitats);
        let within: Vec<&Site> = sites.iter().filter(|s| s.habitat == habitat).collect();
        let at = if dice.chance(0.3) && !within.is_empty() {
            dice.pick(&within).somewhere(&mut dice)
        } else {
            let of_habitat = places.iter().find(|(of, _)| *of == habitat);
            let Some((_, places)) = of_habitat.filter(|(_, places)| !places.is_empty()) else {
                continue;
            };
            let spread = if habitat == Habitat::Wetland {
                170.0
            } else {
                65.0
            };
            let (east, north) = (spread * dice.normal(), spread * dice.normal());
            moved(dice.pick(places), east, north)
        };
        let year = dice.weighted(&[
            (2021, 1.0),
            (2022, 1.1),
            (2023, 1.4),
            (2024, 1.8),
            (2025, 1.1),
        ]);
        let day = (year, dice.pick(&species.months), 1 + dice.below(28));
        if city.boundary.holds(at) && (year < 2025 || day.1 <= 6) {
            let record = Record {
                event: None,
                species,
                at,
                day,
            };
            rows.push(present(&record, &mut dice));
        }
    }
    rows
}

/// A row of something that was there.
fn present(record: &Record<'_>, dice: &mut Random) -> Vec<String> {
    let stage = record.species.stage(record.day.1, dice);
    let flock = 1 + dice.below(record.species.most);
    let count = 1 + dice.below(flock);
    let count = if dice.chance(0.06) {
        String::new()
    } else {
        count.to_string()
    };
    let uncertainty = dice.weighted(&[
        ("5", 2.0),
        ("20", 4.0),
        ("50", 2.0),
        ("100", 1.0),
        ("", 0.8),
    ]);
    row(record, "present", stage, &count, uncertainty, dice)
}

fn row(
    record: &Record<'_>,
    status: &str,
    stage: &str,
    count: &str,
    uncertainty: &str,
    dice: &mut Random,
) -> Vec<String> {
    let Record {
        event,
        species,
        at,
        day: (year, month, day),
    } = record;
    let protocol = event.map_or("", |event| event.protocol);
    let basis = match protocol {
        "camera-trap" => "MachineObservation",
        "" if species.name.starts_with("Cypripedium") => "LivingSpecimen",
        "" => dice.weighted(&[
            ("HumanObservation", 9.0),
            ("MachineObservation", 0.7),
            ("PreservedSpecimen", 0.2),
        ]),
        _ => "HumanObservation",
    };
    vec![
        String::new(),
        event.map_or_else(String::new, |event| event.id.clone()),
        basis.to_owned(),
        species.name.to_owned(),
        species.zh.to_owned(),
        species.group.to_owned(),
        format!("{year}-{month:02}-{day:02}"),
        stage.to_owned(),
        count.to_owned(),
        status.to_owned(),
        degree_text(at.0),
        degree_text(at.1),
        uncertainty.to_owned(),
        format!("演示观察者 {}", 1 + dice.below(14)),
        protocol.to_owned(),
        "演示数据".to_owned(),
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
    let swapped = (rows[700][11].clone(), rows[700][10].clone());
    vec![
        spoilt(100, &[(3, "Passer montanu"), (4, "麻雀"), (5, "bird")]),
        spoilt(200, &[(6, "")]),
        spoilt(300, &[(6, "2024-04")]),
        spoilt(400, &[(2, "HumanObservaton")]),
        spoilt(500, &[(0, "CY-OCC-00123")]),
        spoilt(600, &[(8, "一群")]),
        spoilt(700, &[(10, &swapped.0), (11, &swapped.1)]),
        spoilt(800, &[(10, "117.2512")]),
        spoilt(900, &[(4, "小\u{fffd}\u{fffd}")]),
    ]
}

/// The sites that surveys went to, one area for each year in which they did.
fn coverage(sites: &[Site], events: &[Event]) -> Vec<u8> {
    let visited: BTreeSet<(usize, usize)> = events.iter().map(|e| (e.year, e.site)).collect();
    let mut out = GeoJson::new("occurrences-coverage", None);
    for (year, site) in visited {
        let about = properties([
            ("name", json!(sites[site].name)),
            ("surveyed", json!(year.to_string())),
        ]);
        out.polygon(about, Some(&sites[site].ring()));
    }
    out.finish()
}
