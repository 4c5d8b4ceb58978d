//! `seeds/biodiversity`: surveys, each with its protocol and effort. Effort differs by site and year.

use super::sites::Site;
use super::species::Habitat;
use crate::geom::cast::{f64_to_usize, usize_to_f64};
use crate::seed::carrier::{Csv, SeedFile, numbered};
use crate::seed::random::Random;

/// How much was done in each year; the data end in the middle of the last.
const YEARS: [(usize, f64); 5] = [
    (2021, 0.55),
    (2022, 0.3),
    (2023, 0.85),
    (2024, 1.3),
    (2025, 0.7),
];

/// A survey.
#[derive(Debug, Clone)]
pub(super) struct Event {
    /// Its number.
    pub(super) id: String,
    /// The site, by its place among the sites.
    pub(super) site: usize,
    /// When.
    pub(super) year: usize,
    /// The month, 1–12.
    pub(super) month: usize,
    day: usize,
    /// How (`sampling-protocol`).
    pub(super) protocol: &'static str,
    /// For what (`taxon-group`).
    pub(super) group: &'static str,
    /// How much of what is there it finds, beside others.
    pub(super) strength: f64,
    /// Whether all that was met is noted.
    pub(super) complete: bool,
    /// Size, unit, effort in words, observers.
    effort: (String, &'static str, String, usize),
}

impl Event {
    /// Year, month, day.
    pub(super) const fn day(&self) -> (usize, usize, usize) {
        (self.year, self.month, self.day)
    }

    /// The day, ISO 8601.
    fn date(&self) -> String {
        format!("{}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// How, for what, how often a year at most, from which month to which.
type Plan = (&'static str, &'static str, f64, (usize, usize));

/// What is done at a site of a habitat.
const fn plans(habitat: Habitat) -> &'static [Plan] {
    match habitat {
        Habitat::Woodland => &[
            ("line-transect", "bird", 6.5, (1, 12)),
            ("camera-trap", "mammal", 3.0, (1, 12)),
            ("quadrat", "plant", 2.0, (3, 9)),
        ],
        Habitat::Wetland => &[
            ("line-transect", "bird", 7.0, (1, 12)),
            ("night-search", "amphibian", 2.6, (4, 8)),
            ("line-transect", "insect", 2.6, (5, 9)),
            ("camera-trap", "mammal", 1.4, (1, 12)),
            ("quadrat", "plant", 1.4, (4, 9)),
        ],
        Habitat::Riverside => &[
            ("line-transect", "bird", 6.0, (1, 12)),
            ("night-search", "amphibian", 2.0, (4, 8)),
            ("line-transect", "insect", 2.0, (5, 9)),
        ],
        Habitat::UrbanGreen => &[
            ("point-count", "bird", 6.0, (1, 12)),
            ("quadrat", "plant", 1.6, (3, 9)),
        ],
        Habitat::Grassland | Habitat::Farmland => &[
            ("line-transect", "bird", 5.0, (1, 12)),
            ("camera-trap", "mammal", 1.4, (1, 12)),
            ("line-transect", "insect", 1.6, (5, 9)),
            ("quadrat", "plant", 1.6, (4, 9)),
        ],
    }
}

/// Every survey, in the order of their days and numbers.
pub(super) fn events(sites: &[Site]) -> Vec<Event> {
    let mut dice = Random::of("survey events");
    let mut events = Vec::new();
    for (year, busy) in YEARS {
        for (number, site) in sites.iter().enumerate() {
            if year < site.years.0 || year > site.years.1 {
                continue;
            }
            for &(protocol, group, most, (first, last)) in plans(site.habitat) {
                let last = if year == 2025 { last.min(6) } else { last };
                let wanted = most * site.effort * busy * dice.between(0.6, 1.4);
                let whole = f64_to_usize(wanted.floor());
                let more = usize::from(dice.chance(wanted - usize_to_f64(whole)));
                for _ in 0..whole + more {
                    let month = first + dice.below(last + 1 - first);
                    let day = 1 + dice.below(28);
                    let event = event((year, month, day), number, protocol, group, &mut dice);
                    events.push(event);
                }
            }
        }
    }
    events.sort_by_key(|event| (event.year, event.month, event.day, event.site));
    for (i, event) in events.iter_mut().enumerate() {
        event.id = numbered("CY-DC-", i + 1, 4);
    }
    events
}

fn event(
    (year, month, day): (usize, usize, usize),
    site: usize,
    protocol: &'static str,
    group: &'static str,
    dice: &mut Random,
) -> Event {
    let people = 1 + dice.below(4);
    let minutes = 45 + 5 * dice.below(16);
    let plural = if people == 1 { "" } else { "s" };
    let in_words =
        format!("{people} 人 × {minutes} 分钟 / {people} observer{plural} × {minutes} min");
    let watched = usize_to_f64(minutes) / 60.0 * (0.7 + 0.15 * usize_to_f64(people));
    let (size, unit, words, strength, complete) = match protocol {
        "point-count" => {
            let points = 4 + dice.below(6);
            let words = format!("{points} 个样点 × 10 分钟 / {points} points × 10 min");
            let strength = usize_to_f64(points) / 7.0;
            ((points * 10).to_string(), "min", words, strength, 0.85)
        }
        "quadrat" => {
            let squares = 5 + dice.below(11);
            let words = format!("{squares} 个 1 m × 1 m 样方 / {squares} quadrats of 1 m × 1 m");
            let strength = usize_to_f64(squares) / 12.0;
            (squares.to_string(), "m2", words, strength, 0.6)
        }
        "camera-trap" => {
            let (cameras, nights) = (2 + dice.below(4), 14 + dice.below(25));
            let words =
                format!("{cameras} 台相机 × {nights} 天 / {cameras} cameras × {nights} days");
            let strength = usize_to_f64(cameras * nights) / 120.0;
            (
                (cameras * nights).to_string(),
                "trap-night",
                words,
                strength,
                0.0,
            )
        }
        "night-search" => (minutes.to_string(), "min", in_words, watched, 0.8),
        _ => {
            let tenths = 8 + dice.below(23);
            let size = format!("{}.{}", tenths / 10, tenths % 10);
            (size, "km", in_words, watched, 0.8)
        }
    };
    Event {
        id: String::new(),
        site,
        year,
        month,
        day,
        protocol,
        group,
        strength,
        complete: dice.chance(complete),
        effort: (size, unit, words, people),
    }
}

const HEADER: [&str; 12] = [
    "eventID",
    "locationID",
    "eventDate",
    "samplingProtocol",
    "targetTaxonGroup",
    "sampleSizeValue",
    "sampleSizeUnit",
    "samplingEffort",
    "observerCount",
    "isTaxonomicScopeFullyReported",
    "recordedBy",
    "datasetName",
];

/// The surveys' file.
pub(super) fn file(events: &[Event], sites: &[Site]) -> SeedFile {
    let mut dice = Random::of("survey observers");
    let mut csv = Csv::new(&HEADER);
    let rows: Vec<Vec<String>> = events
        .iter()
        .map(|event| {
            let (size, unit, words, people) = &event.effort;
            let whole = if event.complete { "是" } else { "否" };
            vec![
                event.id.clone(),
                sites[event.site].id.clone(),
                event.date(),
                event.protocol.to_owned(),
                event.group.to_owned(),
                size.clone(),
                (*unit).to_owned(),
                words.clone(),
                people.to_string(),
                whole.to_owned(),
                format!("演示观察者 {}", 1 + dice.below(14)),
                "演示数据".to_owned(),
            ]
        })
        .collect();
    let mut dirty = dirt(&rows);
    for (i, row) in rows.iter().enumerate() {
        csv.row(row);
        if i % 60 == 59 && !dirty.is_empty() {
            csv.row(&dirty.remove(0));
        }
    }
    SeedFile {
        path: "biodiversity/survey-events.csv",
        bytes: csv.into_gbk(),
    }
}

/// Rows with one fault each.
fn dirt(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut number = 9000;
    let mut spoilt = |from: usize, column: usize, value: &str| {
        number += 1;
        let mut row = rows[from].clone();
        row[0] = numbered("CY-DC-", number, 4);
        value.clone_into(&mut row[column]);
        row
    };
    vec![
        spoilt(12, 0, "CY-DC-0007"),
        spoilt(31, 2, "2021-02-30"),
        spoilt(55, 3, "line-transct"),
        spoilt(80, 5, "1，8"),
        spoilt(120, 8, "0"),
    ]
}
