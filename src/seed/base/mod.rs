//! `seeds/base`: what the map is drawn upon.

use crate::seed::boundary;
use crate::seed::carrier::SeedFile;
use crate::seed::dirt::Dirt;
use crate::seed::parcels::City;
use crate::text::Problem;

/// The theme's own page.
pub(super) const README: &str = include_str!("readme.md");

/// Every file of the theme.
#[expect(clippy::unnecessary_wraps, reason = "every theme is called alike")]
pub(super) fn files(_: &City) -> Result<Vec<SeedFile>, Problem> {
    Ok(vec![SeedFile {
        path: "base/district-boundary.geojson",
        bytes: boundary::FILE.as_bytes().to_vec(),
    }])
}

/// The faults that are in the theme's data on purpose.
pub(super) const DIRT: &[Dirt] = &[];
