//! `seeds/soil`: the classes of farmland. All of it was classed, and all of it is the first class.

use super::ground::{coverage, district, of_use};
use crate::seed::carrier::{CGCS2000_117E, Column, SeedFile, Shapefile, numbered};
use crate::seed::parcels::{City, Parcel};
use crate::seed::place::Plane;
use crate::seed::random::Random;
use crate::text::Problem;

const COLUMNS: &[Column] = &[
    ("DYBH", b'C', 12, 0),
    ("DYMC", b'C', 40, 0),
    ("LBDM", b'C', 20, 0),
    ("DLBM", b'C', 8, 0),
    ("ZWLX", b'C', 20, 0),
    ("MJ_HA", b'N', 12, 2),
    ("HDRQ", b'C', 10, 0),
    ("YPS", b'N', 4, 0),
    ("NOTE", b'C', 20, 0),
];

/// Arable land: the use whose soil is classed.
pub(super) const ARABLE: &[&str] = &["01"];

/// A row of the Shapefile: its ring in the plane, and its cells.
type Row = (Vec<(f64, f64)>, Vec<String>);

/// The archive and its coverage.
pub(super) fn files(city: &City) -> Result<Vec<SeedFile>, Problem> {
    let mut dice = Random::of("farmland");
    // Three-degree zone 39, its number before the easting.
    let plane = Plane::of(4527)?;
    let mut rows: Vec<Row> = Vec::new();
    for (number, parcel) in (1..).zip(of_use(city, ARABLE)) {
        rows.push((plane.ring(&parcel.ring)?, cells(number, parcel, &mut dice)));
    }
    // Drawn with one point twice: that can be mended.
    let twice = rows[2].0[1];
    rows[2].0.insert(1, twice);
    let dirty = dirt(&rows);
    let mut shapefile = Shapefile::new(COLUMNS);
    for (ring, cells) in rows.into_iter().chain(dirty) {
        shapefile.row(ring, cells);
    }
    let prj = CGCS2000_117E
        .replace("CM_117E", "Zone_39")
        .replace(",500000.0]", ",39500000.0]");
    // Every place was looked at, so that what is not found is not there.
    let looked_at = [("全区耕地划定", "2024-12", district(&city.boundary))];
    Ok(vec![
        SeedFile {
            path: "soil/farmland-classes.zip",
            bytes: shapefile.zip("farmland-classes", &prj)?,
        },
        SeedFile {
            path: "soil/farmland-classes-coverage.geojson",
            bytes: coverage("farmland-classes-coverage", &looked_at),
        },
    ])
}

fn cells(number: usize, parcel: &Parcel, dice: &mut Random) -> Vec<String> {
    let area_ha = parcel.area_m2 / 10_000.0;
    vec![
        numbered("CY-NY-", number, 4),
        format!("演示农用地单元 {number:04}"),
        "priority".to_owned(),
        parcel.current_use.to_owned(),
        dice.weighted(&[
            ("小麦—玉米", 4.0),
            ("露地蔬菜", 3.0),
            ("玉米", 2.0),
            ("休耕", 0.6),
        ])
        .to_owned(),
        format!("{area_ha:.2}"),
        dice.pick(&["2020-12-25", "2020-12-25", "2021-11-30", "2023-12-20"])
            .to_owned(),
        (1 + dice.below(5)).to_string(),
        "演示数据".to_owned(),
    ]
}

/// Rows with one fault each, made from good ones.
fn dirt(rows: &[Row]) -> Vec<Row> {
    let mut number = 9_000;
    let mut spoilt = |from: usize, column: usize, value: &str| {
        number += 1;
        let (ring, mut cells) = rows[from].clone();
        cells[0] = numbered("CY-NY-", number, 4);
        value.clone_into(&mut cells[column]);
        (ring, cells)
    };
    vec![
        spoilt(4, 2, "优先保护"),
        spoilt(7, 6, ""),
        spoilt(9, 0, "CY-NY-0005"),
    ]
}
