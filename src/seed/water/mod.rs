//! `seeds/water`: intakes of drinking water.

mod intakes;

use crate::seed::carrier::SeedFile;
use crate::seed::dirt::Outcome::Rejected;
use crate::seed::dirt::{Dirt, dirt};
use crate::seed::parcels::City;
use crate::text::Problem;

/// The theme's own page.
pub(super) const README: &str = include_str!("readme.md");

/// Every file of the theme.
#[expect(clippy::unnecessary_wraps, reason = "every theme is called alike")]
pub(super) fn files(city: &City) -> Result<Vec<SeedFile>, Problem> {
    Ok(intakes::files(city))
}

/// The faults that are in the theme's data on purpose.
pub(super) const DIRT: &[Dirt] = &[
    dirt(
        "drinking-water-intakes",
        1,
        Rejected,
        "in_use_since",
        "缺少启用日期",
        "no date of first use",
    ),
    dirt(
        "drinking-water-intakes",
        1,
        Rejected,
        "",
        "坐标缺一个数",
        "a coordinate that lacks a number",
    ),
    dirt(
        "drinking-water-intakes",
        1,
        Rejected,
        "intake_id",
        "编号重复",
        "number given before",
    ),
];
