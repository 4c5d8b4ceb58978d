//! `land-use-plan-2010.zip`: an older plan of the city within the fifth ring road, in the classes of
//! GB 50137-2011, coarser than today's.

use std::collections::BTreeMap;

use serde_json::json;

use super::current::plane_rings;
use super::systems::gb50137;
use crate::seed::carrier::{
    CGCS2000_117E, Column, GeoJson, SeedFile, Shape, Shapefile, numbered, properties,
};
use crate::seed::city::Within;
use crate::seed::dissolve::{Polygon, dissolve};
use crate::seed::parcels::{City, Parcel};
use crate::seed::place::{Plane, area_m2, degrees};
use crate::seed::random::Random;
use crate::text::Problem;

const COLUMNS: &[Column] = &[
    ("DKBH", b'C', 10, 0),
    ("YDDM", b'C', 4, 0),
    ("YDMJ", b'N', 9, 2),
    ("PFRQ", b'C', 10, 0),
    ("BZ", b'C', 8, 0),
];

/// The archive and its coverage.
pub(super) fn files(city: &City) -> Result<Vec<SeedFile>, Problem> {
    let plane = Plane::of(4548)?;
    let mut dice = Random::of("plan 2010");
    let classes = classes(city, &mut dice);
    let planned = || {
        let parcels = city.parcels.iter();
        parcels.filter(|p| p.within != Within::None && !p.id.starts_with("110105020"))
    };
    let class = |parcel: &Parcel| match parcel.block {
        Some(block) => classes[&block.number],
        None => gb50137(parcel.current_use),
    };
    // Sheets of the plan, some three kilometres wide.
    let sheet = |parcel: &Parcel| {
        let (lon, lat) = degrees(parcel.centre);
        crate::geom::cast::f64_to_usize((lon - 116.3) / 0.033) * 100
            + crate::geom::cast::f64_to_usize((lat - 39.7) / 0.027)
    };
    let areas = dissolve(planned().map(|p| ((sheet(p), class(p)), &p.ring[..])));
    let mut shapes = Shapefile::new(COLUMNS);
    let row = |number: usize, class: &str, rings: &Polygon| {
        let area: f64 =
            area_m2(&rings[0]) - rings[1..].iter().map(|hole| area_m2(hole)).sum::<f64>();
        vec![
            numbered("G10-", number, 5),
            class.to_owned(),
            format!("{:.2}", area / 10_000.0),
            "2010-11-18".to_owned(),
            "演示数据".to_owned(),
        ]
    };
    for (number, ((_, class), rings)) in (1..).zip(&areas) {
        shapes.parts(plane_rings(&plane, rings)?, row(number, class, rings));
    }
    for (number, (_, rings)) in (90_001..).zip(areas.iter().skip(areas.len() / 2).take(2)) {
        shapes.parts(plane_rings(&plane, rings)?, row(number, "0701", rings));
    }
    let mut coverage = GeoJson::new("land-use-plan-2010-coverage", None);
    for ((), rings) in dissolve(planned().map(|parcel| ((), &parcel.ring[..]))) {
        let about = properties([
            ("name", json!("演示中心城规划")),
            ("surveyed", json!("2010")),
        ]);
        coverage.feature(about, &Shape::Polygons(&[rings]));
    }
    Ok(vec![
        SeedFile {
            path: "land/land-use-plan-2010.zip",
            bytes: shapes.zip("land-use-plan-2010", CGCS2000_117E)?,
        },
        SeedFile {
            path: "land/land-use-plan-2010-coverage.geojson",
            bytes: coverage.finish(),
        },
    ])
}

/// The class of each block: what most of it is, or is to be by today's plan.
fn classes(city: &City, dice: &mut Random) -> BTreeMap<usize, &'static str> {
    let mut sums: BTreeMap<usize, BTreeMap<&'static str, f64>> = BTreeMap::new();
    let mut foresaw: BTreeMap<usize, bool> = BTreeMap::new();
    for parcel in &city.parcels {
        let Some(block) = parcel.block else {
            continue;
        };
        let foresaw = *foresaw
            .entry(block.number)
            .or_insert_with(|| dice.chance(0.45));
        let land_use = match parcel.planned_use {
            Some(planned) if foresaw => planned,
            _ => parcel.current_use,
        };
        let classes = sums.entry(block.number).or_default();
        *classes.entry(gb50137(land_use)).or_default() += parcel.area_m2;
    }
    let most = |classes: BTreeMap<&'static str, f64>| {
        classes
            .into_iter()
            .max_by(|p, q| p.1.total_cmp(&q.1))
            .map_or("E9", |(class, _)| class)
    };
    sums.into_iter()
        .map(|(block, classes)| (block, most(classes)))
        .collect()
}
