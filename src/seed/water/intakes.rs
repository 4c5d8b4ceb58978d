//! `seeds/water`: intakes of drinking water that do not exist.

use crate::seed::arrangement::Node;
use crate::seed::carrier::{Csv, SeedFile, numbered};
use crate::seed::city::rivers;
use crate::seed::parcels::City;
use crate::seed::place::{degree_text, moved, node};
use crate::seed::random::Random;

const HEADER: [&str; 9] = [
    "intake_id",
    "name",
    "kind",
    "capacity_m3d",
    "depth_m",
    "in_use_since",
    "guard",
    "WKT",
    "note",
];

/// The table.
pub(super) fn files(city: &City) -> Vec<SeedFile> {
    let mut dice = Random::of("intakes");
    let water: Vec<(f64, f64)> = rivers().into_iter().flatten().collect();
    let mut csv = Csv::new(&HEADER);
    let mut rows: Vec<Vec<String>> = Vec::new();
    while rows.len() < 12 {
        let kind = dice.weighted(&[("groundwater", 8.0), ("river", 2.0), ("reservoir", 2.0)]);
        let at = if kind == "groundwater" {
            city.parcels[dice.below(city.parcels.len())].centre
        } else {
            let (lon, lat) = dice.pick(&water);
            moved(node(lon, lat), 20.0 * dice.normal(), 20.0 * dice.normal())
        };
        if city.boundary.holds(at) {
            rows.push(row(rows.len() + 1, kind, at, &mut dice));
        }
    }
    let spoilt = |from: usize, id: &str, column: usize, value: &str| {
        let mut row = rows[from].clone();
        id.clone_into(&mut row[0]);
        value.clone_into(&mut row[column]);
        row
    };
    let dirt = [
        spoilt(2, "CY-QS-91", 5, ""),
        spoilt(4, "CY-QS-92", 7, "POINT (116.5123)"),
        spoilt(6, "CY-QS-03", 1, "演示取水口（重复）"),
    ];
    for row in rows.iter().chain(&dirt) {
        csv.row(row);
    }
    vec![SeedFile {
        path: "water/drinking-water-intakes.csv",
        bytes: csv.into_utf8(),
    }]
}

fn row(number: usize, kind: &str, at: Node, dice: &mut Random) -> Vec<String> {
    let depth = if kind == "groundwater" {
        format!("{:.0}", dice.between(60.0, 240.0))
    } else {
        String::new()
    };
    vec![
        numbered("CY-QS-", number, 2),
        format!("演示取水口 {number:02}"),
        kind.to_owned(),
        format!("{:.0}", dice.between(2.0, 40.0) * 500.0),
        depth,
        dice.day(1985, 2016),
        format!("演示值守 {}", 1 + number % 3),
        format!("POINT ({} {})", degree_text(at.0), degree_text(at.1)),
        "演示数据".to_owned(),
    ]
}
