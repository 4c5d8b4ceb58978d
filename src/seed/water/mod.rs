//! `seeds/water`: the river network, its monitoring sections, what runs into it, and intakes of
//! drinking water.

mod courses;
mod intakes;
mod network;
mod outfalls;
mod quality;
mod rivers;
mod sections;

pub(super) use self::sections::Section;
use crate::seed::carrier::SeedFile;
use crate::seed::dirt::Outcome::Rejected;
use crate::seed::dirt::{Dirt, dirt};
use crate::seed::parcels::City;
use crate::text::Problem;

/// The theme's own page.
pub(super) const README: &str = include_str!("readme.md");

/// Every file of the theme.
pub(super) fn files(city: &City) -> Result<Vec<SeedFile>, Problem> {
    let reaches = network::reaches(city);
    let mut files = rivers::files(&reaches)?;
    files.extend(sections::files(&sections::sections(&reaches)));
    files.extend(outfalls::files(&reaches));
    files.extend(intakes::files(city));
    Ok(files)
}

/// The monitoring sections and what they showed.
pub(super) fn sections(city: &City) -> Vec<Section> {
    sections::sections(&network::reaches(city))
}

/// The faults that are in the theme's data on purpose.
pub(super) const DIRT: &[Dirt] = &[
    dirt(
        "rivers",
        1,
        Rejected,
        "reach_id",
        "河段编号重复",
        "reach number given before",
    ),
    dirt(
        "rivers",
        1,
        Rejected,
        "to_node",
        "缺少终点编号",
        "no lower node",
    ),
    dirt(
        "rivers",
        1,
        Rejected,
        "class",
        "写成文字而不是编码：大河",
        "words in place of a code: 大河",
    ),
    dirt(
        "rivers",
        1,
        Rejected,
        "",
        "线缩成一点",
        "a line that has shrunk to a point",
    ),
    dirt(
        "water-sections",
        1,
        Rejected,
        "target_class",
        "写成文字而不是编码：四类",
        "words in place of a code: 四类",
    ),
    dirt(
        "water-sections",
        1,
        Rejected,
        "",
        "经纬度颠倒",
        "longitude and latitude swapped",
    ),
    dirt(
        "water-sections",
        1,
        Rejected,
        "section_id",
        "断面编号重复",
        "section number given before",
    ),
    dirt(
        "section-readings",
        1,
        Rejected,
        "month",
        "不存在的月份：13 月",
        "a month 13",
    ),
    dirt(
        "section-readings",
        1,
        Rejected,
        "cod",
        "写成文字而不是数值：超标",
        "words in place of a number: 超标",
    ),
    dirt(
        "section-readings",
        1,
        Rejected,
        "nh3n",
        "小数点写成逗号",
        "a comma for a decimal point",
    ),
    dirt(
        "section-readings",
        1,
        Rejected,
        "water_class",
        "不存在的类别：VI",
        "a class that does not exist: VI",
    ),
    dirt(
        "section-readings",
        1,
        Rejected,
        "section_id|month",
        "同一断面同一月份出现两次",
        "a section's month given before",
    ),
    dirt(
        "section-readings",
        1,
        Rejected,
        "state",
        "没有写明是否采样",
        "not said whether it was sampled",
    ),
    dirt(
        "outfalls",
        1,
        Rejected,
        "kind",
        "写成文字而不是编码：雨水",
        "words in place of a code: 雨水",
    ),
    dirt(
        "outfalls",
        1,
        Rejected,
        "surveyed_on",
        "日期只到月：2024年6月",
        "a date without its day: 2024年6月",
    ),
    dirt("outfalls", 1, Rejected, "", "缺少纬度", "no latitude"),
    dirt(
        "outfalls",
        1,
        Rejected,
        "outfall_id",
        "排口编号重复",
        "outfall number given before",
    ),
    dirt(
        "outfalls",
        1,
        Rejected,
        "measure_m",
        "离起点的距离为负",
        "a negative distance along the reach",
    ),
    dirt(
        "outfalls",
        1,
        Rejected,
        "diameter_mm",
        "管径带字母：DN800",
        "a diameter with letters: DN800",
    ),
    dirt(
        "overflow-points",
        1,
        Rejected,
        "events_2024",
        "写成文字而不是次数：多次",
        "words in place of a count: 多次",
    ),
    dirt(
        "overflow-points",
        1,
        Rejected,
        "",
        "在区界外两百公里",
        "200 km outside the district",
    ),
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
