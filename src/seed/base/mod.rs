//! `seeds/base`: what the map is drawn upon.

mod roads;
mod subdistricts;

use crate::seed::boundary;
use crate::seed::carrier::SeedFile;
use crate::seed::dirt::Outcome::Rejected;
use crate::seed::dirt::{Dirt, dirt};
use crate::seed::parcels::City;
use crate::seed::soil::{coverage, district};
use crate::text::Problem;

/// The theme's own page.
pub(super) const README: &str = include_str!("readme.md");

/// Every file of the theme.
pub(super) fn files(city: &City) -> Result<Vec<SeedFile>, Problem> {
    let mut files = vec![SeedFile {
        path: "base/district-boundary.geojson",
        bytes: boundary::FILE.as_bytes().to_vec(),
    }];
    files.extend(subdistricts::files(city));
    files.extend(roads::files(city)?);
    // Registers of what has been marked out are complete by nature: they speak for all of it.
    files.push(SeedFile {
        path: "base/district-coverage.geojson",
        bytes: coverage(
            "district-coverage",
            &[("全区", "2025-06-30", district(&city.boundary))],
        ),
    });
    Ok(files)
}

/// The faults that are in the theme's data on purpose.
pub(super) const DIRT: &[Dirt] = &[
    dirt(
        "roads",
        1,
        Rejected,
        "road_id",
        "道路编号重复",
        "road number given before",
    ),
    dirt(
        "roads",
        1,
        Rejected,
        "class",
        "写成文字而不是编码：次干路",
        "words in place of a code: 次干路",
    ),
];
