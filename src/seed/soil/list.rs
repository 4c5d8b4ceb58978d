//! `seeds/soil`: the list of land under risk control and remediation, a table and the outlines of its
//! parcels as surveyors deliver them.

use crate::seed::carrier::{BoundaryPoints, Csv, SeedFile, numbered};
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

/// Both files.
pub(super) fn files(city: &City) -> Result<Vec<SeedFile>, Problem> {
    // Three-degree zone 39, its number before the easting.
    let plane = Plane::of(4527)?;
    let mut dice = Random::of("list");
    let mut table = Csv::new(&HEADER);
    let mut outlines = BoundaryPoints::new();
    let candidates: Vec<&Parcel> = city
        .parcels
        .iter()
        .filter(|parcel| to_be_homes(parcel))
        .collect();
    let step = (candidates.len() / 15).max(1);
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (number, parcel) in (1..=15).zip(candidates.iter().step_by(step)) {
        let id = numbered("CY-ML-", number, 3);
        let name = format!("演示名录地块 {number:03}");
        let mut ring = plane.ring(&parcel.ring)?;
        match number {
            // Nothing but one of its sides, there and back.
            14 => ring = vec![ring[0], ring[1], ring[0], ring[1], ring[0]],
            // The last point is not the first again.
            15 => ring.truncate(ring.len() - 1),
            _ => {}
        }
        outlines.parcel(&id, &name, parcel.area_m2 / 10_000.0, &ring);
        let status = dice.weighted(&[
            ("listed", 2.0),
            ("control", 3.0),
            ("remediation", 2.5),
            ("removed", 2.0),
        ]);
        let removed_on = if status == "removed" {
            dice.day(2023, 2025)
        } else {
            String::new()
        };
        let planned = parcel.planned_use.unwrap_or_default();
        rows.push(vec![
            id,
            name,
            status.to_owned(),
            if number == 4 { "701" } else { planned }.to_owned(),
            dice.pick(&[
                "苯并[a]芘；砷",
                "六价铬；镍",
                "石油烃；苯",
                "铅；镉",
                "氯仿；四氯乙烯",
            ])
            .to_owned(),
            dice.day(2019, 2023),
            removed_on,
            format!("演示责任人 {number:02}"),
            "演示数据".to_owned(),
        ]);
    }
    for row in &rows {
        table.row(row);
    }
    for row in dirt(&rows) {
        table.row(&row);
    }
    Ok(vec![
        SeedFile {
            path: "soil/risk-control-list.csv",
            bytes: table.into_utf8_with_bom(),
        },
        SeedFile {
            path: "soil/risk-control-list-parcels.txt",
            bytes: outlines.finish(),
        },
    ])
}

/// Works whose ground is to become homes, schools or parks: what gets on such a list.
fn to_be_homes(parcel: &Parcel) -> bool {
    let planned = parcel.planned_use.unwrap_or_default();
    let was_works = ["10", "11"]
        .iter()
        .any(|class| parcel.current_use.starts_with(class));
    was_works
        && ["07", "0804", "0806", "0807", "14"]
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
