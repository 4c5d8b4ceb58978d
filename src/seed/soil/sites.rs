//! `seeds/soil`: pollution sites that do not exist, where such sites would be, and the areas in which
//! somebody looked for them.

use super::ground::{Sketch, coverage, drawn, of_use, place_in};
use super::list::Listed;
use crate::geom::gcj02;
use crate::seed::arrangement::Node;
use crate::seed::carrier::{Csv, SeedFile, numbered};
use crate::seed::parcels::{City, Parcel};
use crate::seed::place::{apart_m, degrees, moved};
use crate::seed::random::Random;

/// A made-up site.
#[derive(Debug, Clone)]
pub(super) struct Site {
    /// Its number.
    pub(super) id: String,
    /// Where it truly is.
    pub(super) at: Node,
    /// Its kind (`site-kind`).
    pub(super) kind: &'static str,
    /// What was handled there.
    pub(super) pollutants: &'static str,
    /// Its state (`site-status`).
    pub(super) status: &'static str,
}

/// Kinds of works with what they leave behind, and how usual they are.
pub(super) const WORKS: &[((&str, &str), f64)] = &[
    (("chemical", "苯；氯代烃；砷"), 1.4),
    (("coking", "苯并[a]芘；苯；氰化物"), 0.5),
    (("pharmaceutical", "二氯甲烷；氯仿"), 0.7),
    (("plating", "六价铬；镍；铜"), 1.4),
    (("metalworking", "铅；锌；石油烃"), 2.0),
    (("dyeing", "苯胺；六价铬"), 0.6),
    (("printing", "甲苯；石油烃"), 0.7),
    (("tank-farm", "石油烃；苯"), 0.8),
    (("hazardous-storage", "氯代烃；石油烃"), 0.6),
    (("waste-treatment", "铅；镉；汞"), 0.6),
    (("landfill", "镉；氨氮"), 0.5),
    (("wastewater", "镉；汞；锌"), 0.4),
    (("other", ""), 0.3),
];
/// Kinds found in quarters where people live.
const AMONG_HOUSES: &[((&str, &str), f64)] = &[
    (("fuel-station", "石油烃；苯；甲基叔丁基醚"), 5.0),
    (("vehicle-dismantling", "石油烃；铅"), 2.0),
    (("dry-cleaning", "四氯乙烯"), 1.6),
    (("metalworking", "铅；锌"), 0.8),
];
const STATES: &[(&str, f64)] = &[
    ("operating", 3.5),
    ("closed", 2.0),
    ("suspected", 2.0),
    ("under-survey", 1.4),
    ("assessed", 0.8),
    ("controlled", 1.0),
    ("remediating", 0.7),
    ("remediated", 1.0),
];

/// How many sites stand where works are, among houses, where works became homes, and beyond the
/// border: neighbours matter, too.
const COUNTS: [(Place, usize); 4] = [
    (Place::Works, 205),
    (Place::Houses, 85),
    (Place::FormerWorks, 30),
    (Place::Beyond, 18),
];

/// How far apart sites are at least, metres.
const APART_M: f64 = 120.0;

/// Where a site stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Works,
    Houses,
    FormerWorks,
    Beyond,
}

/// The sites, always the same: first one on each parcel of the list, then the others.
pub(super) fn sites(city: &City, listed: &[Listed<'_>]) -> Vec<Site> {
    let mut dice = Random::of("sites");
    let works = of_use(city, &["10", "11", "1302", "1309", "16"]);
    let houses = of_use(city, &["07", "0901", "090105"]);
    let mut sites: Vec<Site> = Vec::new();
    for on_list in listed {
        let status = match on_list.status {
            "control" => "controlled",
            "remediation" => "remediating",
            "removed" => "remediated",
            _ => "assessed",
        };
        sites.push(Site {
            id: numbered("CY-WR-", sites.len() + 1, 4),
            at: place_in(on_list.parcel, &mut dice),
            kind: on_list.kind,
            pollutants: on_list.pollutants,
            status,
        });
    }
    for (place, count) in COUNTS {
        let (parcels, kinds) = match place {
            Place::Works | Place::Beyond => (&works, WORKS),
            Place::Houses => (&houses, AMONG_HOUSES),
            Place::FormerWorks => (&houses, WORKS),
        };
        let until = sites.len() + count;
        while sites.len() < until {
            let (kind, pollutants) = dice.weighted(kinds);
            let at = at(place, dice.pick(parcels), &mut dice);
            let status = match dice.weighted(STATES) {
                // Works that became homes are closed, whatever else they are.
                "operating" if place == Place::FormerWorks => "suspected",
                status => status,
            };
            let crowded = sites.iter().any(|s| apart_m(s.at, at) < APART_M);
            if !crowded && (place == Place::Beyond) != city.boundary.holds(at) {
                let id = numbered("CY-WR-", sites.len() + 1, 4);
                sites.push(Site {
                    id,
                    at,
                    kind,
                    pollutants,
                    status,
                });
            }
        }
    }
    sites
}

fn at(place: Place, parcel: &Parcel, dice: &mut Random) -> Node {
    let at = place_in(parcel, dice);
    if place != Place::Beyond {
        return at;
    }
    moved(
        at,
        dice.between(6_000.0, 9_000.0),
        dice.between(-3_000.0, 3_000.0),
    )
}

const HEADER: [&str; 14] = [
    "SITE_ID",
    "NAME",
    "KIND",
    "STATUS",
    "POLLUTANTS",
    "AREA_M2",
    "LON",
    "LAT",
    "ACCURACY_M",
    "OPENED",
    "CLOSED",
    "INVESTIGATED",
    "OPERATOR",
    "NOTE",
];

/// The register and its coverage.
pub(super) fn files(sites: &[Site]) -> Vec<SeedFile> {
    let mut dice = Random::of("register");
    let mut csv = Csv::new(&HEADER);
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (number, site) in (1..).zip(sites) {
        rows.push(row(number, site, &mut dice));
    }
    let mut dirty = dirt(&rows);
    for (i, row) in rows.iter().enumerate() {
        csv.row(row);
        // The dirt stands among the rest, as it does in life.
        if i % 9 == 8 && !dirty.is_empty() {
            csv.text.push_str(&dirty.remove(0));
        }
    }
    let mut bytes = csv.into_gbk();
    // One name with a byte that is no GBK: 0xFF in place of a question mark.
    if let Some(at) = bytes.windows(6).position(|w| w == b"NO-GBK") {
        bytes.splice(at..at + 6, [0xff]);
    }
    vec![
        SeedFile {
            path: "soil/pollution-sites.csv",
            bytes,
        },
        SeedFile {
            path: "soil/pollution-sites-coverage.geojson",
            bytes: coverage("pollution-sites-coverage", &drawn(LOOKED_AT)),
        },
    ]
}

fn row(number: usize, site: &Site, dice: &mut Random) -> Vec<String> {
    let (lon, lat) = degrees(site.at);
    let (lon, lat) = gcj02::from_wgs84(lon, lat);
    let working = site.status == "operating";
    let opened = dice.day(1958, 1998);
    let closed = if working {
        String::new()
    } else {
        dice.day(1999, 2022)
    };
    let surveyed = !matches!(site.status, "operating" | "closed" | "suspected");
    let investigated = if surveyed {
        dice.day(2022, 2025)
    } else {
        String::new()
    };
    // How well the place is known: surveyed, read off a map, known by its address only, not stated.
    let accuracy = dice.weighted(&[
        ("2", 2.0),
        ("15", 4.0),
        ("50", 2.5),
        ("300", 1.2),
        ("1000", 0.3),
        ("", 0.6),
    ]);
    let area = (dice.between(7.3, 10.9).exp() / 10.0).round() * 10.0;
    vec![
        site.id.clone(),
        format!("演示场地 {number:03}"),
        site.kind.to_owned(),
        site.status.to_owned(),
        site.pollutants.to_owned(),
        format!("{area:.0}"),
        format!("{lon:.6}"),
        format!("{lat:.6}"),
        accuracy.to_owned(),
        opened,
        closed,
        investigated,
        format!("演示单位 {number:03}"),
        "演示数据".to_owned(),
    ]
}

/// Rows with one fault each, as lines: made from good ones under numbers of their own.
fn dirt(rows: &[Vec<String>]) -> Vec<String> {
    let mut number = 900;
    let mut spoilt = |from: usize, faults: &[(usize, &str)]| {
        number += 1;
        let mut cells = rows[from].clone();
        cells[0] = numbered("CY-WR-", number, 4);
        cells[1] = format!("演示场地 {number:03}");
        for (column, value) in faults {
            (*value).clone_into(&mut cells[*column]);
        }
        let mut line = Csv::default();
        line.row(&cells);
        line.text
    };
    let swapped = (rows[30][7].clone(), rows[30][6].clone());
    let mut lines = vec![
        spoilt(3, &[(9, "")]),
        spoilt(11, &[(9, "")]),
        spoilt(14, &[(2, "chemcial")]),
        spoilt(21, &[(3, "已关停")]),
        spoilt(26, &[(0, "CY-WR-0007")]),
        spoilt(30, &[(6, &swapped.0), (7, &swapped.1)]),
        spoilt(38, &[(7, "40.492315")]),
        spoilt(41, &[(1, "演示场地 NO-GBK")]),
        spoilt(52, &[(9, "1987-02-30")]),
        spoilt(60, &[(8, "-1")]),
    ];
    // A comma too many: the operator's name was not quoted.
    lines.push(spoilt(67, &[(12, "演示单位|北厂")]).replace('|', ","));
    lines
}

/// Where somebody looked, and when: not the north, not the airport, not the eastern edge.
const LOOKED_AT: &[Sketch] = &[
    (
        "东南片",
        "2023-11",
        &[
            (116.4560, 39.8180),
            (116.4920, 39.8200),
            (116.5420, 39.8340),
            (116.5660, 39.8420),
            (116.5650, 39.8720),
            (116.5460, 39.8790),
            (116.4700, 39.8730),
            (116.4560, 39.8560),
            (116.4440, 39.8400),
        ],
    ),
    (
        "中心片",
        "2024-06",
        &[
            (116.4345, 39.9020),
            (116.5450, 39.9020),
            (116.5452, 39.9600),
            (116.5000, 39.9720),
            (116.4490, 39.9640),
            (116.4400, 39.9350),
            (116.4300, 39.9240),
        ],
    ),
    (
        "西北片",
        "2024-09",
        &[
            (116.3800, 39.9700),
            (116.4480, 39.9660),
            (116.5000, 39.9800),
            (116.5080, 40.0180),
            (116.4500, 40.0210),
            (116.3660, 40.0220),
            (116.3700, 39.9880),
        ],
    ),
    (
        "东部工业片",
        "2025-04",
        &[
            (116.5460, 39.8800),
            (116.6200, 39.8790),
            (116.6200, 39.8960),
            (116.5900, 39.9010),
            (116.5460, 39.9015),
        ],
    ),
];
