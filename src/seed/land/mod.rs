//! `seeds/land`: parcels and their past, land use as surveyed, and two plans.

mod current;
mod former;
mod parcels;
mod plan;
mod plan_2010;
mod systems;

use crate::seed::carrier::SeedFile;
use crate::seed::dirt::Outcome::{Kept, Rejected, Repaired};
use crate::seed::dirt::{Dirt, dirt};
use crate::seed::parcels::City;
use crate::text::Problem;

/// The theme's own page.
pub(super) const README: &str = include_str!("readme.md");

/// Every file of the theme.
pub(super) fn files(city: &City) -> Result<Vec<SeedFile>, Problem> {
    let lineage = former::Lineage::of_city(city);
    let mut files = parcels::files(city, &lineage);
    files.extend(former::files(&lineage));
    files.extend(current::files(city)?);
    files.extend(plan::files(city)?);
    files.extend(plan_2010::files(city)?);
    Ok(files)
}

/// The faults that are in the theme's data on purpose.
pub(super) const DIRT: &[Dirt] = &[
    dirt(
        "parcels",
        3,
        Repaired,
        "current_use",
        "前导零丢失：701 应为 0701",
        "leading zero lost: 701 for 0701",
    ),
    dirt(
        "parcels",
        1,
        Repaired,
        "",
        "重复的顶点",
        "a vertex given twice",
    ),
    dirt(
        "parcels",
        1,
        Repaired,
        "",
        "环未闭合",
        "a ring that is not closed",
    ),
    dirt(
        "parcels",
        2,
        Rejected,
        "parcel_id",
        "宗地代码重复",
        "parcel number given before",
    ),
    dirt(
        "parcels",
        1,
        Rejected,
        "current_use",
        "编码写错：07O1（字母 O）",
        "misspelt code: 07O1 (a letter O)",
    ),
    dirt(
        "parcels",
        1,
        Rejected,
        "planned_use",
        "不存在的编码：9907",
        "a code that does not exist: 9907",
    ),
    dirt(
        "parcels",
        1,
        Repaired,
        "planned_use",
        "国家分类表之外的下级编码：0799",
        "a child of 07 that the national list does not have: 0799",
    ),
    dirt(
        "parcels",
        1,
        Rejected,
        "area_m2",
        "缺少登记面积",
        "no registered area",
    ),
    dirt("parcels", 1, Rejected, "", "没有图形", "no geometry"),
    dirt(
        "parcels",
        1,
        Rejected,
        "",
        "图形缩成一条线，没有面积",
        "an outline that has shrunk to a line",
    ),
    dirt(
        "parcels",
        1,
        Rejected,
        "",
        "在区界外 50 公里",
        "50 km outside the district",
    ),
    dirt(
        "former-parcels",
        1,
        Rejected,
        "change",
        "写成文字而不是编码：合宗",
        "words in place of a code: 合宗",
    ),
    dirt(
        "former-parcels",
        1,
        Rejected,
        "retired_on",
        "缺少注销日期",
        "no date of its end",
    ),
    dirt(
        "land-use-current",
        4,
        Kept,
        "",
        "相邻图幅重复调绘：同一块地出现两次",
        "mapped twice, on two sheets",
    ),
    dirt(
        "land-use-current",
        2,
        Rejected,
        "use_third_survey",
        "编码写错：O701（字母 O）",
        "misspelt code: O701 (a letter O)",
    ),
    dirt(
        "land-use-current",
        1,
        Rejected,
        "spot_id",
        "图斑编号重复",
        "number given before",
    ),
    dirt(
        "land-use-plan",
        1,
        Rejected,
        "state",
        "写成文字而不是编码：已批",
        "words in place of a code: 已批",
    ),
    dirt(
        "land-use-plan",
        1,
        Rejected,
        "",
        "图形缩成一条线，没有面积",
        "an outline that has shrunk to a line",
    ),
    dirt(
        "land-use-plan-2010",
        2,
        Rejected,
        "use",
        "把 2023 年编码填进旧规划：0701",
        "a code of 2023 in the older plan: 0701",
    ),
];
