//! `seeds/biodiversity`: species occurrences and where surveys went.

mod occurrences;

use crate::seed::carrier::SeedFile;
use crate::seed::dirt::Outcome::{Kept, Rejected};
use crate::seed::dirt::{Dirt, dirt};
use crate::seed::parcels::City;
use crate::text::Problem;

/// The theme's own page.
pub(super) const README: &str = include_str!("readme.md");

/// Every file of the theme.
#[expect(clippy::unnecessary_wraps, reason = "every theme is called alike")]
pub(super) fn files(city: &City) -> Result<Vec<SeedFile>, Problem> {
    Ok(occurrences::files(city))
}

/// The faults that are in the theme's data on purpose.
pub(super) const DIRT: &[Dirt] = &[
    dirt(
        "occurrences",
        1,
        Kept,
        "scientificName",
        "学名写错：名单之外，按最严处理",
        "misspelt name: not on the list, so shown as the strictest",
    ),
    dirt(
        "occurrences",
        1,
        Rejected,
        "eventDate",
        "缺少日期",
        "no date",
    ),
    dirt(
        "occurrences",
        1,
        Rejected,
        "eventDate",
        "日期不完整：2024-04",
        "an incomplete date: 2024-04",
    ),
    dirt(
        "occurrences",
        1,
        Rejected,
        "basisOfRecord",
        "编码写错：HumanObservaton",
        "misspelt code: HumanObservaton",
    ),
    dirt(
        "occurrences",
        1,
        Rejected,
        "occurrenceID",
        "记录编号重复",
        "number given before",
    ),
    dirt(
        "occurrences",
        1,
        Rejected,
        "individualCount",
        "数量写成“一群”",
        "words in place of a count: 一群",
    ),
    dirt(
        "occurrences",
        1,
        Rejected,
        "",
        "经纬度颠倒",
        "longitude and latitude swapped",
    ),
    dirt(
        "occurrences",
        1,
        Rejected,
        "",
        "在区界外 50 公里",
        "50 km outside the district",
    ),
    dirt(
        "occurrences",
        1,
        Rejected,
        "vernacularName",
        "替换字符 U+FFFD",
        "replacement characters U+FFFD",
    ),
];
