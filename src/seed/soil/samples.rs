//! `seeds/soil`: soil samples by depth, and the surveyed points they were taken at.

use super::sites::Site;
use crate::seed::arrangement::Node;
use crate::seed::carrier::{Csv, SeedFile, numbered};
use crate::seed::parcels::City;
use crate::seed::place::{Plane, apart_m, moved};
use crate::seed::random::Random;
use crate::text::Problem;

/// An analyte: usual content, its scatter (of the logarithm), limit of detection, decimals, and how
/// much a site that has it adds at most.
struct Analyte {
    usual: f64,
    scatter: f64,
    limit: f64,
    decimals: usize,
    added: f64,
    from: &'static str,
}

const fn analyte(
    usual: f64,
    scatter: f64,
    limit: f64,
    decimals: usize,
    added: f64,
    from: &'static str,
) -> Analyte {
    Analyte {
        usual,
        scatter,
        limit,
        decimals,
        added,
        from,
    }
}

/// In the order of the columns; mercury in µg/kg, the others in mg/kg. Usual contents lie about the
/// published background of Beijing's soils.
const ANALYTES: [Analyte; 8] = [
    analyte(7.6, 0.22, 0.01, 2, 60.0, "砷"),
    analyte(0.10, 0.45, 0.05, 3, 18.0, "镉"),
    analyte(0.22, 0.40, 0.5, 2, 28.0, "六价铬"),
    analyte(20.0, 0.28, 1.0, 1, 900.0, "铜"),
    analyte(24.0, 0.25, 0.1, 1, 1200.0, "铅"),
    analyte(55.0, 0.60, 2.0, 0, 9000.0, "汞"),
    analyte(26.0, 0.20, 3.0, 1, 260.0, "镍"),
    analyte(60.0, 0.22, 1.0, 1, 1500.0, "锌"),
];
const DEPTHS: [(&str, &str, f64); 3] = [
    ("0", "0.5", 1.0),
    ("0.5", "1.5", 0.45),
    ("1.5", "3.0", 0.15),
];
const SAMPLES: [&str; 15] = [
    "sample_id",
    "point_id",
    "depth_top_m",
    "depth_bottom_m",
    "sampled_on",
    "as",
    "cd",
    "cr6",
    "cu",
    "pb",
    "hg",
    "ni",
    "zn",
    "ph",
    "lab",
];

/// Both tables.
pub(super) fn files(city: &City, sites: &[Site]) -> Result<Vec<SeedFile>, Problem> {
    let mut dice = Random::of("samples");
    let plane = Plane::of(4548)?;
    let mut points = Csv::new(&["point_id", "X", "Y", "H", "note"]);
    let mut samples = Csv::new(&[SAMPLES.as_slice(), &["note"]].concat());
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (number, at) in (1..).zip(places(city, sites, &mut dice)) {
        let id = numbered("P", number, 4);
        let (east, north) = plane.point(at)?;
        // One line of the field book has the two columns the wrong way round.
        let (x, y) = if number == 333 {
            (east, north)
        } else {
            (north, east)
        };
        let height = dice.between(24.0, 46.0);
        points.row(&[
            id.clone(),
            format!("{x:.3}"),
            format!("{y:.3}"),
            format!("{height:.2}"),
            "演示数据".into(),
        ]);
        let site = sites
            .iter()
            .find(|site| apart_m(site.at, at) < 320.0 && !site.pollutants.is_empty());
        let sampled_on = dice.day(2022, 2025);
        let depths = if dice.chance(0.55) { 3 } else { 2 };
        // How strongly the site shows here: less the farther away, in patches.
        let strength = site.map_or(0.0, |s| {
            (-apart_m(s.at, at) / 70.0).exp() * dice.unit().powi(3)
        });
        for (layer, depth) in (1..).zip(DEPTHS.iter().take(depths)) {
            let mut row = vec![
                format!("{id}-{layer}"),
                id.clone(),
                depth.0.into(),
                depth.1.into(),
                sampled_on.clone(),
            ];
            let pollutants = site.map_or("", |site| site.pollutants);
            row.extend(
                ANALYTES
                    .iter()
                    .map(|a| a.measured(pollutants, strength * depth.2, &mut dice)),
            );
            row.push(format!("{:.2}", 8.1 + 0.35 * dice.normal()));
            row.push(format!("演示实验室 {}", 1 + number % 3));
            row.push("演示数据".into());
            rows.push(row);
        }
    }
    let mut dirty = dirt(&rows);
    for (i, row) in rows.iter().enumerate() {
        samples.row(row);
        if i % 70 == 69 && !dirty.is_empty() {
            samples.row(&dirty.remove(0));
        }
    }
    for row in dirty {
        samples.row(&row);
    }
    Ok(vec![
        SeedFile {
            path: "soil/soil-samples.csv",
            bytes: samples.into_utf8(),
        },
        SeedFile {
            path: "soil/sampling-points.csv",
            bytes: points.into_utf8(),
        },
    ])
}

impl Analyte {
    /// A result as a laboratory writes it.
    fn measured(&self, pollutants: &str, strength: f64, dice: &mut Random) -> String {
        let usual = self.usual * (self.scatter * dice.normal()).exp();
        let polluted = pollutants.split('；').any(|p| p == self.from);
        let content = usual
            + if polluted {
                self.added * strength * dice.between(0.4, 1.0)
            } else {
                0.0
            };
        if content < self.limit {
            return format!("<{}", self.limit);
        }
        format!("{content:.*}", self.decimals)
    }
}

/// 400 places: ten around each of thirty sites, a hundred across the district.
fn places(city: &City, sites: &[Site], dice: &mut Random) -> Vec<Node> {
    let looked_at = sites
        .iter()
        .filter(|s| !matches!(s.status, "operating" | "closed") && city.boundary.holds(s.at))
        .take(30);
    let mut places = Vec::new();
    for site in looked_at {
        for i in 0..10_i32 {
            // A field grid of some forty metres, as survey plans have it.
            let (column, row) = (f64::from(i % 4) - 1.5, f64::from(i / 4) - 1.0);
            let (east, north) = (
                40.0 * column + 4.0 * dice.normal(),
                40.0 * row + 4.0 * dice.normal(),
            );
            places.push(moved(site.at, east, north));
        }
    }
    while places.len() < 400 {
        let parcel = dice.pick(&city.parcels.iter().collect::<Vec<_>>());
        if !matches!(parcel.current_use, "1207" | "1701") {
            places.push(moved(
                parcel.centre,
                dice.between(-40.0, 40.0),
                dice.between(-40.0, 40.0),
            ));
        }
    }
    places
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
        spoilt(50, 6, "n.d."),
        spoilt(90, 7, "n.d."),
        spoilt(140, 9, "未检出"),
        spoilt(200, 2, "-0.5"),
        spoilt(260, 4, ""),
        spoilt(300, 0, &repeated),
        spoilt(350, 1, "P0990"),
        spoilt(380, 1, "P0991"),
        spoilt(420, 13, "81"),
        spoilt(500, 8, "23，4"),
        spoilt(600, 14, "演示实验室 \u{fffd}"),
    ]
}
