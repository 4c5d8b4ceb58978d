//! `land-use-plan.zip`: what land is to become, in the codes of 2023.

use serde_json::json;

use super::current::plane_rings;
use crate::seed::carrier::{
    CGCS2000_117E, Column, GeoJson, SeedFile, Shape, Shapefile, numbered, properties,
};
use crate::seed::dissolve::{Polygon, dissolve};
use crate::seed::parcels::{City, Parcel};
use crate::seed::place::{Plane, area_m2, degrees};
use crate::seed::random::Random;
use crate::text::Problem;

const COLUMNS: &[Column] = &[
    ("GHBH", b'C', 8, 0),
    ("GHYTBM", b'C', 6, 0),
    ("GHYTDL", b'C', 2, 0),
    ("GHZT", b'C', 9, 0),
    ("PFRQ", b'C', 10, 0),
    ("MJ_HA", b'N', 9, 2),
    ("BZ", b'C', 8, 0),
];

/// Sub-districts whose plan the demonstration never received.
const WITHOUT: [&str; 3] = ["110105019", "110105020", "110105040"];

/// What an area is: its sub-district, the block or the sheet it lies in, and its planned use.
type Key = (usize, usize, Option<&'static str>);

/// The archive and its coverage.
pub(super) fn files(city: &City) -> Result<Vec<SeedFile>, Problem> {
    let plane = Plane::of(4548)?;
    let mut dice = Random::of("plan");
    let planned = || {
        city.parcels
            .iter()
            .filter(|parcel| is_planned(city, parcel))
    };
    let areas = dissolve(planned().map(|parcel| (key(parcel), &parcel.ring[..])));
    // A sub-district's plan is adopted on one day; some are drafts.
    let plans: Vec<(&str, String)> = city
        .subdistricts
        .iter()
        .map(
            |_| match dice.weighted(&[("adopted", 4.0), ("draft", 1.0)]) {
                "adopted" => ("adopted", dice.day(2021, 2025)),
                _ => ("draft", String::new()),
            },
        )
        .collect();
    let cells = |number: usize, (subdistrict, _, planned_use): Key, rings: &Polygon| {
        let (state, adopted_on) = match (&plans[subdistrict], planned_use) {
            (_, None) => ("unplanned", ""),
            ((state, day), Some(_)) => (*state, day.as_str()),
        };
        let area: f64 =
            area_m2(&rings[0]) - rings[1..].iter().map(|hole| area_m2(hole)).sum::<f64>();
        vec![
            numbered("GH", number, 6),
            planned_use.unwrap_or_default().to_owned(),
            planned_use
                .and_then(|code| code.get(..2))
                .unwrap_or_default()
                .to_owned(),
            state.to_owned(),
            adopted_on.to_owned(),
            format!("{:.2}", area / 10_000.0),
            "演示数据".to_owned(),
        ]
    };
    let mut shapes = Shapefile::new(COLUMNS);
    for (number, (key, rings)) in (1..).zip(&areas) {
        shapes.parts(plane_rings(&plane, rings)?, cells(number, *key, rings));
    }
    let (key, rings) = &areas[areas.len() / 2];
    let mut spoilt = cells(990_001, *key, rings);
    "已批".clone_into(&mut spoilt[3]);
    shapes.parts(plane_rings(&plane, rings)?, spoilt);
    // Nothing but one of its sides, there and back.
    let ring = plane.ring(&rings[0])?;
    let line = vec![ring[0], ring[1], ring[0], ring[1], ring[0]];
    shapes.row(line, cells(990_002, *key, rings));
    let mut coverage = GeoJson::new("land-use-plan-coverage", None);
    for ((), rings) in dissolve(planned().map(|parcel| ((), &parcel.ring[..]))) {
        let about = properties([("name", json!("演示街区控规")), ("surveyed", json!("2025"))]);
        coverage.feature(about, &Shape::Polygons(&[rings]));
    }
    Ok(vec![
        SeedFile {
            path: "land/land-use-plan.zip",
            bytes: shapes.zip("land-use-plan", CGCS2000_117E)?,
        },
        SeedFile {
            path: "land/land-use-plan-coverage.geojson",
            bytes: coverage.finish(),
        },
    ])
}

fn is_planned(city: &City, parcel: &Parcel) -> bool {
    !WITHOUT.contains(&city.subdistricts[parcel.subdistrict].code)
}

fn key(parcel: &Parcel) -> Key {
    let (lon, lat) = degrees(parcel.centre);
    let sheet = 1_000_000
        + crate::geom::cast::f64_to_usize((lon - 116.3) / 0.022) * 100
        + crate::geom::cast::f64_to_usize((lat - 39.7) / 0.018);
    let quarter = parcel.block.map_or(sheet, |block| block.quarter);
    (parcel.subdistrict, quarter, parcel.planned_use)
}
