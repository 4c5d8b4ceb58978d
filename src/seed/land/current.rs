//! `land-use-current.zip`: land use as surveyors map it, in areas of one use that keep to blocks and
//! not to parcels.

use super::systems::third_survey;
use crate::seed::carrier::{
    CGCS2000_117E, Column, GeoJson, SeedFile, Shape, Shapefile, numbered, properties,
};
use crate::seed::dissolve::{Polygon, dissolve};
use crate::seed::parcels::{City, Parcel};
use crate::seed::place::{Plane, area_m2, degrees};
use crate::seed::random::Random;
use crate::text::Problem;
use serde_json::json;

const COLUMNS: &[Column] = &[
    ("BSM", b'C', 9, 0),
    ("DLBM", b'C', 5, 0),
    ("YDYH", b'C', 6, 0),
    ("TBMJ", b'N', 11, 1),
    ("SJNF", b'C', 4, 0),
    ("BZ", b'C', 8, 0),
];

/// What an area is: its sub-district, the quarter or the square of the map it lies in, and its use.
type Key = (usize, usize, &'static str, &'static str);

/// The archive and its coverage.
pub(super) fn files(city: &City) -> Result<Vec<SeedFile>, Problem> {
    let plane = Plane::of(4548)?;
    let mut dice = Random::of("land-use survey");
    let mapped = city.parcels.iter().filter(|parcel| is_mapped(parcel));
    let areas = dissolve(mapped.map(|parcel| (key(parcel), &parcel.ring[..])));
    let mut shapes = Shapefile::new(COLUMNS);
    let mut rows: Vec<(Polygon, Vec<String>)> = Vec::new();
    for (number, ((_, _, survey, use_2023), rings)) in (1..).zip(areas) {
        let area: f64 =
            area_m2(&rings[0]) - rings[1..].iter().map(|hole| area_m2(hole)).sum::<f64>();
        let cells = vec![
            numbered("TB", number, 6),
            survey.to_owned(),
            use_2023.to_owned(),
            format!("{area:.1}"),
            dice.weighted(&[("2022", 2.0), ("2023", 3.0)]).to_owned(),
            "演示数据".to_owned(),
        ];
        rows.push((rings, cells));
    }
    let spoilt = spoilt(&rows);
    for (rings, cells) in rows.into_iter().chain(spoilt) {
        shapes.parts(plane_rings(&plane, &rings)?, cells);
    }
    Ok(vec![
        SeedFile {
            path: "land/land-use-current.zip",
            bytes: shapes.zip("land-use-current", CGCS2000_117E)?,
        },
        SeedFile {
            path: "land/land-use-current-coverage.geojson",
            bytes: coverage(city),
        },
    ])
}

/// A polygon's rings in the plane, as Shapefiles have them: the outer turning right, holes left.
pub(super) fn plane_rings(plane: &Plane, rings: &Polygon) -> Result<Vec<Vec<(f64, f64)>>, Problem> {
    let mut turned = Vec::new();
    for (i, ring) in rings.iter().enumerate() {
        let mut ring = plane.ring(ring)?;
        if i > 0 {
            ring.reverse();
        }
        turned.push(ring);
    }
    Ok(turned)
}

fn key(parcel: &Parcel) -> Key {
    let use_2023 = parcel.current_use.get(..4).unwrap_or(parcel.current_use);
    // What is of no quarter is cut along the sheets of the map, some two kilometres wide.
    let (lon, lat) = degrees(parcel.centre);
    let sheet = 1_000_000
        + crate::geom::cast::f64_to_usize((lon - 116.3) / 0.022) * 100
        + crate::geom::cast::f64_to_usize((lat - 39.7) / 0.018);
    let quarter = parcel.block.map_or(sheet, |block| block.quarter);
    (
        parcel.subdistrict,
        quarter,
        third_survey(parcel.current_use),
        use_2023,
    )
}

/// The airport was never mapped, and some parcels were forgotten.
fn is_mapped(parcel: &Parcel) -> bool {
    let forgotten =
        parcel.block.is_some() && parcel.id.ends_with("00017") && parcel.area_m2 > 20_000.0;
    !parcel.id.starts_with("110105020") && !forgotten
}

/// Areas mapped twice, with another use the second time, and rows with one fault each.
fn spoilt(rows: &[(Polygon, Vec<String>)]) -> Vec<(Polygon, Vec<String>)> {
    let mut number = 0;
    let mut again = |from: usize, faults: &[(usize, &str)]| {
        number += 1;
        let (rings, mut cells) = rows[from].clone();
        cells[0] = numbered("TB9", number, 5);
        for (column, value) in faults {
            (*value).clone_into(&mut cells[*column]);
        }
        (rings, cells)
    };
    let tenth = rows.len() / 10;
    let repeated = rows[3 * tenth].1[0].clone();
    vec![
        again(tenth, &[(1, "0810"), (2, "1402")]),
        again(2 * tenth, &[(1, "0601"), (2, "1001")]),
        again(4 * tenth, &[(1, "0701"), (2, "0701")]),
        again(5 * tenth, &[]),
        again(6 * tenth, &[(1, "O701")]),
        again(7 * tenth, &[(1, "O701")]),
        again(8 * tenth, &[(0, &repeated)]),
    ]
}

/// What the survey went over: all but the airport.
fn coverage(city: &City) -> Vec<u8> {
    let mut out = GeoJson::new("land-use-current-coverage", None);
    let surveyed = city
        .parcels
        .iter()
        .filter(|parcel| !parcel.id.starts_with("110105020"));
    for ((), rings) in dissolve(surveyed.map(|parcel| ((), &parcel.ring[..]))) {
        let about = properties([("name", json!("演示变更调查")), ("surveyed", json!("2023"))]);
        out.feature(about, &Shape::Polygons(&[rings]));
    }
    out.finish()
}
