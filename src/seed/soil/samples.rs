//! `seeds/soil`: soil samples by depth, and the surveyed points they were taken at.

use super::analytes::{ANALYTES, Ground};
use super::farmland::ARABLE;
use super::ground::{of_use, place_in, spread};
use super::sites::Site;
use crate::seed::arrangement::Node;
use crate::seed::carrier::{Csv, SeedFile, numbered};
use crate::seed::parcels::{City, Parcel};
use crate::seed::place::{Plane, apart_m, moved, node};
use crate::seed::random::Random;
use crate::text::Problem;

/// A depth: from and to in metres, and how much of what a site adds is found there.
type Depth = (&'static str, &'static str, f64);

const BORED: [Depth; 4] = [
    ("0", "0.5", 1.0),
    ("0.5", "1.5", 0.45),
    ("1.5", "3.0", 0.15),
    ("3.0", "6.0", 0.05),
];
const TOPSOIL: [Depth; 1] = [("0", "0.2", 1.0)];
const SURFACE: [Depth; 1] = [("0", "0.5", 1.0)];
const UPPER_AND_LOWER: [Depth; 2] = [("0", "0.5", 1.0), ("1.5", "3.0", 0.15)];

const SAMPLES: [&str; 21] = [
    "sample_id",
    "point_id",
    "site_id",
    "purpose",
    "depth_top_m",
    "depth_bottom_m",
    "sampled_on",
    "as",
    "cd",
    "cr",
    "cr6",
    "cu",
    "pb",
    "hg",
    "ni",
    "zn",
    "bap",
    "tph",
    "ph",
    "lab",
    "note",
];
/// Where some columns stand.
const POINT: usize = 1;
const TOP: usize = 4;
const DAY: usize = 6;
const CD: usize = 8;
const CR6: usize = 10;
const CU: usize = 11;
const PB: usize = 12;
const PH: usize = 18;
const LAB: usize = 19;

/// A place where the ground was bored.
struct Point<'a> {
    at: Node,
    /// The site that was surveyed with it.
    site: Option<&'a Site>,
    /// Why (`sampling-purpose`).
    purpose: &'static str,
    depths: &'static [Depth],
}

/// How many sites were surveyed, and how many points there are of the other kinds at most.
const SURVEYED_SITES: usize = 92;
const FARMLAND: usize = 120;
const BACKGROUND: usize = 300;

/// Both tables.
pub(super) fn files(
    city: &City,
    sites: &[Site],
    regulated: &[&Parcel],
) -> Result<Vec<SeedFile>, Problem> {
    let mut dice = Random::of("samples");
    let plane = Plane::of(4548)?;
    let mut table = Csv::new(&["point_id", "X", "Y", "H", "note"]);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut swapped = false;
    for (number, point) in (1..).zip(points(city, sites, regulated, &mut dice)) {
        let id = numbered("P", number, 4);
        let (east, north) = plane.point(point.at)?;
        // One line of the field book has the two columns the wrong way round.
        let swap = !swapped && number > 300 && point.depths.len() == 3;
        swapped |= swap;
        let (x, y) = if swap { (east, north) } else { (north, east) };
        let height = dice.between(24.0, 46.0);
        table.row(&[
            id.clone(),
            format!("{x:.3}"),
            format!("{y:.3}"),
            format!("{height:.2}"),
            "演示数据".into(),
        ]);
        rows.extend(bored(&id, number, &point, sites, &mut dice));
    }
    let mut samples = Csv::new(&SAMPLES);
    let mut dirty = dirt(&rows);
    for (i, row) in rows.iter().enumerate() {
        samples.row(row);
        if i % 70 == 69 && !dirty.is_empty() {
            samples.row(&dirty.remove(0));
        }
    }
    Ok(vec![
        SeedFile {
            path: "soil/soil-samples.csv",
            bytes: samples.into_utf8(),
        },
        SeedFile {
            path: "soil/sampling-points.csv",
            bytes: table.into_utf8(),
        },
    ])
}

/// The samples of a point.
fn bored(
    id: &str,
    number: usize,
    point: &Point<'_>,
    sites: &[Site],
    dice: &mut Random,
) -> Vec<Vec<String>> {
    let site = point.site.or_else(|| {
        sites
            .iter()
            .find(|site| apart_m(site.at, point.at) < 250.0 && !site.pollutants.is_empty())
    });
    let sampled_on = dice.day(2022, 2025);
    // How strongly the site shows here: less the farther away, in patches.
    let strength = site.map_or(0.0, |s| {
        (-apart_m(s.at, point.at) / 70.0).exp() * dice.unit().powi(3)
    });
    let laboratory = number % 3;
    let ground = Ground {
        pollutants: site.map_or("", |site| site.pollutants),
        arsenic: arsenic(point.at),
        tilled: point.purpose == "farmland",
        laboratory,
    };
    let mut rows = Vec::new();
    for (layer, (top, bottom, reach)) in (1..).zip(point.depths) {
        let mut row = vec![
            format!("{id}-{layer}"),
            id.to_owned(),
            point.site.map_or_else(String::new, |site| site.id.clone()),
            point.purpose.to_owned(),
            (*top).to_owned(),
            (*bottom).to_owned(),
            sampled_on.clone(),
        ];
        let deep = *reach < 0.3;
        row.extend(
            ANALYTES
                .iter()
                .map(|a| a.measured(&ground, strength * reach, deep, dice)),
        );
        row.push(format!("{:.2}", 8.1 + 0.3 * dice.normal()));
        row.push(format!("演示实验室 {}", 1 + laboratory));
        row.push("演示数据".into());
        rows.push(row);
    }
    rows
}

/// How much more arsenic the deeper ground holds by nature than is usual: in old lake clay to the
/// north-east, up to three times as much.
fn arsenic(at: Node) -> f64 {
    let lens = node(116.555, 40.02);
    1.0 + 1.9 * (-(apart_m(lens, at) / 2_600.0).powi(2)).exp()
}

/// Every point: some around each site that was surveyed, some at the regulated enterprises, in
/// fields, and across the district.
fn points<'a>(
    city: &City,
    sites: &'a [Site],
    regulated: &[&Parcel],
    dice: &mut Random,
) -> Vec<Point<'a>> {
    let looked_at = sites.iter().filter(|s| {
        !matches!(s.status, "operating" | "closed" | "suspected") && city.boundary.holds(s.at)
    });
    let mut points = Vec::new();
    for site in looked_at.take(SURVEYED_SITES) {
        for i in 0..8 + dice.below(5) {
            // A field grid of some forty metres, as survey plans have it.
            let place = [(i % 4, 1.5), (i / 4, 1.0)].map(|(step, middle)| {
                40.0 * (crate::geom::cast::usize_to_f64(step) - middle) + 4.0 * dice.normal()
            });
            points.push(Point {
                at: moved(site.at, place[0], place[1]),
                site: Some(site),
                purpose: "site-survey",
                depths: &BORED[..2 + dice.below(3)],
            });
        }
    }
    let mut other = |parcels: &[&Parcel], count, purpose, depths: &'static [Depth]| {
        for parcel in parcels.iter().cycle().take(count) {
            points.push(Point {
                at: place_in(parcel, dice),
                site: None,
                purpose,
                depths,
            });
        }
    };
    other(regulated, regulated.len() * 4, "self-monitoring", &SURFACE);
    let fields = of_use(city, ARABLE);
    other(&spread(&fields, FARMLAND), FARMLAND, "farmland", &TOPSOIL);
    let mut ground: Vec<&Parcel> = city.parcels.iter().collect();
    ground.retain(|parcel| !matches!(parcel.current_use.get(..2), Some("12" | "17")));
    other(
        &spread(&ground, BACKGROUND),
        BACKGROUND,
        "background",
        &UPPER_AND_LOWER,
    );
    points
}

/// Rows with one fault each.
fn dirt(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut number = 0;
    let mut spoilt = |from: usize, column: usize, value: &str| {
        number += 1;
        let mut row = rows[from].clone();
        row[0] = format!("X{number:02}-1");
        value.clone_into(&mut row[column]);
        row
    };
    let repeated = rows[57][0].clone();
    vec![
        spoilt(50, CD, "n.d."),
        spoilt(90, CR6, "n.d."),
        spoilt(140, PB, "未检出"),
        spoilt(200, TOP, "-0.5"),
        spoilt(260, DAY, ""),
        spoilt(300, 0, &repeated),
        spoilt(350, POINT, "P9990"),
        spoilt(380, POINT, "P9991"),
        spoilt(420, PH, "81"),
        spoilt(500, CU, "23，4"),
        spoilt(600, LAB, "演示实验室 \u{fffd}"),
    ]
}
