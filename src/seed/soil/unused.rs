//! `seeds/soil`: unused land, in the ministry's TXT of boundary points and nothing else.

use super::ground::{coverage, exclaves, main_part, of_use};
use crate::seed::carrier::{BoundaryPoints, Lot, SeedFile, numbered};
use crate::seed::parcels::City;
use crate::seed::place::Plane;
use crate::seed::random::Random;
use crate::text::Problem;

/// Unused land: grass that is no pasture, vacant and bare land.
const UNUSED: &[&str] = &["0403", "23"];

/// What becomes of it (`unused-land-prospect`), and how usual that is.
const PROSPECTS: &[(&str, f64)] = &[
    ("keep", 4.0),
    ("ecological", 3.0),
    ("to-arable", 1.4),
    ("to-construction", 1.2),
    ("undecided", 1.6),
];

/// The file and its coverage.
pub(super) fn files(city: &City) -> Result<Vec<SeedFile>, Problem> {
    let mut dice = Random::of("unused");
    // Three-degree zone 39, its number before the easting.
    let plane = Plane::of(4527)?;
    let mut outlines = BoundaryPoints::new();
    let unused = of_use(city, UNUSED);
    for (number, parcel) in (1..).zip(&unused) {
        outlines.parcel(
            &Lot {
                id: &numbered("CY-WL-", number, 4),
                name: &format!("演示未利用地 {number:04}"),
                area_ha: parcel.area_m2 / 10_000.0,
                purpose: dice.weighted(PROSPECTS),
                land_use: parcel.current_use,
            },
            &plane.ring(&parcel.ring)?,
        );
    }
    let mut spoilt = |from: usize, id: &str, purpose: &str, land_use: &str, close: bool| {
        let parcel = unused[from];
        let mut ring = plane.ring(&parcel.ring)?;
        if !close {
            ring.pop();
        }
        let lot = Lot {
            id,
            name: "演示未利用地（差错）",
            area_ha: parcel.area_m2 / 10_000.0,
            purpose,
            land_use,
        };
        outlines.parcel(&lot, &ring);
        Ok::<(), Problem>(())
    };
    spoilt(2, "CY-WL-9001", "拟开垦", "2301", true)?;
    spoilt(3, "CY-WL-9002", "keep", "9901", true)?;
    spoilt(5, "CY-WL-0004", "keep", "2301", true)?;
    spoilt(7, "CY-WL-9003", "keep", "2301", false)?;
    let looked_at = [
        ("变更调查", "2023-12", main_part(&city.boundary)),
        ("变更调查飞地", "2022-12", exclaves(&city.boundary)),
    ];
    Ok(vec![
        SeedFile {
            path: "soil/unused-land.txt",
            bytes: outlines.finish(),
        },
        SeedFile {
            path: "soil/unused-land-coverage.geojson",
            bytes: coverage("unused-land-coverage", &looked_at),
        },
    ])
}
