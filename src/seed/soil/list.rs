//! `seeds/soil`: the list of land under risk control and remediation, a table and the outlines of its
//! parcels as surveyors deliver them.

use super::ground::{coverage, district, of_use, spread};
use super::sites::WORKS;
use crate::seed::carrier::{BoundaryPoints, Csv, Lot, SeedFile, numbered};
use crate::seed::parcels::{City, Parcel};
use crate::seed::place::Plane;
use crate::seed::random::Random;
use crate::text::Problem;

const HEADER: [&str; 9] = [
    "地块编号",
    "地块名称",
    "名录状态",
    "规划用途",
    "主要污染物",
    "列入日期",
    "移出日期",
    "责任人",
    "备注",
];

/// How many parcels are on the list, with the two whose outlines are of no use.
const COUNT: usize = 27;

/// A parcel on the list.
#[derive(Debug, Clone)]
pub(super) struct Listed<'c> {
    /// Which.
    pub(super) parcel: &'c Parcel,
    /// Where it stands on the list (`risk-list-status`).
    pub(super) status: &'static str,
    /// What kind of works it was (`site-kind`).
    pub(super) kind: &'static str,
    /// What was found there.
    pub(super) pollutants: &'static str,
}

/// The parcels on the list, always the same.
pub(super) fn listed(city: &City) -> Vec<Listed<'_>> {
    let mut dice = Random::of("listed");
    let mut works = of_use(city, &["10", "11"]);
    works.retain(|parcel| to_be_homes(parcel));
    let found: Vec<_> = WORKS
        .iter()
        .filter(|((_, p), _)| !p.is_empty())
        .copied()
        .collect();
    spread(&works, COUNT)
        .into_iter()
        .map(|parcel| {
            let (kind, pollutants) = dice.weighted(&found);
            let status = dice.weighted(&[
                ("listed", 2.0),
                ("control", 3.0),
                ("remediation", 2.5),
                ("removed", 2.0),
            ]);
            Listed {
                parcel,
                status,
                kind,
                pollutants,
            }
        })
        .collect()
}

/// The files of the list.
pub(super) fn files(city: &City, listed: &[Listed<'_>]) -> Result<Vec<SeedFile>, Problem> {
    // Three-degree zone 39, its number before the easting.
    let plane = Plane::of(4527)?;
    let mut dice = Random::of("list");
    let mut table = Csv::new(&HEADER);
    let mut outlines = BoundaryPoints::new();
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (number, listed) in (1..).zip(listed) {
        let parcel = listed.parcel;
        let row = row(number, listed, &mut dice);
        let mut ring = plane.ring(&parcel.ring)?;
        match number {
            // Nothing but one of its sides, there and back.
            14 => ring = vec![ring[0], ring[1], ring[0], ring[1], ring[0]],
            // The last point is not the first again.
            15 => ring.truncate(ring.len() - 1),
            _ => {}
        }
        let lot = Lot {
            id: &row[0],
            name: &row[1],
            area_ha: parcel.area_m2 / 10_000.0,
            purpose: "",
            land_use: "",
        };
        outlines.parcel(&lot, &ring);
        rows.push(row);
    }
    for row in rows.iter().chain(&dirt(&rows)) {
        table.row(row);
    }
    // Who is on the list is known for the whole district: the list is the authority's own.
    let looked_at = [("名录", "2025-06-30", district(&city.boundary))];
    Ok(vec![
        SeedFile {
            path: "soil/risk-control-list.csv",
            bytes: table.into_utf8_with_bom(),
        },
        SeedFile {
            path: "soil/risk-control-list-parcels.txt",
            bytes: outlines.finish(),
        },
        SeedFile {
            path: "soil/risk-control-list-coverage.geojson",
            bytes: coverage("risk-control-list-coverage", &looked_at),
        },
    ])
}

fn row(number: usize, listed: &Listed<'_>, dice: &mut Random) -> Vec<String> {
    let planned = listed.parcel.planned_use.unwrap_or_default();
    // Excel has taken the leading zero away.
    let planned = if number == 4 { "701" } else { planned };
    let removed_on = if listed.status == "removed" {
        dice.day(2023, 2025)
    } else {
        String::new()
    };
    vec![
        numbered("CY-ML-", number, 3),
        format!("演示名录地块 {number:03}"),
        listed.status.to_owned(),
        planned.to_owned(),
        listed.pollutants.to_owned(),
        dice.day(2019, 2023),
        removed_on,
        format!("演示责任人 {number:02}"),
        "演示数据".to_owned(),
    ]
}

/// Works whose ground is to become homes, schools or parks: what gets on such a list.
fn to_be_homes(parcel: &Parcel) -> bool {
    let planned = parcel.planned_use.unwrap_or_default();
    ["07", "0804", "0806", "0807", "14"]
        .iter()
        .any(|class| planned.starts_with(class))
}

/// Rows with one fault each.
fn dirt(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut number = 90;
    let mut spoilt = |from: usize, faults: &[(usize, &str)]| {
        number += 1;
        let mut row = rows[from].clone();
        row[1] = format!("演示名录地块 {number:03}");
        for (column, value) in faults {
            (*value).clone_into(&mut row[*column]);
        }
        row
    };
    vec![
        spoilt(2, &[]),
        // No outline was ever delivered for this one.
        spoilt(5, &[(0, "CY-ML-092")]),
    ]
}
