//! `seeds/ecology`: ecological spaces.

mod spaces;

use crate::seed::carrier::SeedFile;
use crate::seed::dirt::Outcome::{Rejected, Repaired};
use crate::seed::dirt::{Dirt, dirt};
use crate::seed::parcels::City;
use crate::text::Problem;

/// The theme's own page.
pub(super) const README: &str = include_str!("readme.md");

/// Every file of the theme.
pub(super) fn files(city: &City) -> Result<Vec<SeedFile>, Problem> {
    spaces::files(city)
}

/// The faults that are in the theme's data on purpose.
pub(super) const DIRT: &[Dirt] = &[
    dirt(
        "ecological-spaces",
        1,
        Repaired,
        "",
        "重复的顶点",
        "a vertex given twice",
    ),
    dirt(
        "ecological-spaces",
        1,
        Repaired,
        "",
        "几厘米的自相交",
        "a loop of some centimetres",
    ),
    dirt(
        "ecological-spaces",
        1,
        Rejected,
        "approved_on",
        "缺少批准日期",
        "no date of approval",
    ),
    dirt(
        "ecological-spaces",
        1,
        Rejected,
        "kind",
        "编码写错：weltand",
        "misspelt code: weltand",
    ),
    dirt(
        "ecological-spaces",
        1,
        Rejected,
        "space_id",
        "编号重复",
        "number given before",
    ),
    dirt(
        "ecological-spaces",
        1,
        Rejected,
        "",
        "图形自相交（蝴蝶结），修复会改变面积",
        "a bow-tie, which no repair mends without changing its area",
    ),
    dirt(
        "ecological-spaces",
        1,
        Rejected,
        "",
        "在区界外 50 公里",
        "50 km outside the district",
    ),
];
