//! `seeds/ecology`: ecological spaces, restoration projects and urban green.

mod green;
mod restoration;
mod spaces;

use crate::seed::carrier::SeedFile;
use crate::seed::dirt::Outcome::{Rejected, Repaired};
use crate::seed::dirt::{Dirt, dirt};
use crate::seed::parcels::City;
use crate::text::Problem;

pub(super) use self::spaces::WETLANDS;

/// The theme's own page.
pub(super) const README: &str = include_str!("readme.md");

/// Every file of the theme.
pub(super) fn files(city: &City) -> Result<Vec<SeedFile>, Problem> {
    let mut files = spaces::files(city)?;
    files.push(restoration::file(city));
    files.extend(green::files(city));
    Ok(files)
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
    dirt(
        "restoration-projects",
        1,
        Rejected,
        "kind",
        "编码写错：wetlnad",
        "misspelt code: wetlnad",
    ),
    dirt(
        "restoration-projects",
        1,
        Rejected,
        "",
        "范围的括号未写完",
        "an outline whose brackets are not closed",
    ),
    dirt(
        "restoration-projects",
        1,
        Rejected,
        "started",
        "日期写成“2022年春”",
        "words in place of a date: 2022年春",
    ),
    dirt(
        "restoration-projects",
        1,
        Rejected,
        "area_ha",
        "面积为 0",
        "an area of 0",
    ),
    dirt(
        "green-spaces",
        1,
        Repaired,
        "",
        "重复的顶点",
        "a vertex given twice",
    ),
    dirt(
        "green-spaces",
        1,
        Rejected,
        "green_id",
        "编号重复",
        "number given before",
    ),
    dirt(
        "green-spaces",
        1,
        Rejected,
        "kind",
        "旧标准的类别：G5",
        "a class of the old standard: G5",
    ),
    dirt(
        "green-spaces",
        1,
        Rejected,
        "canopy_percent",
        "覆盖率超过 100 %",
        "a canopy above 100 %",
    ),
    dirt(
        "green-spaces",
        1,
        Rejected,
        "area_ha",
        "缺少面积",
        "no area",
    ),
];
