//! `seeds/biodiversity`: demonstration parks, surveys and what they found, invasive species, genetic
//! resources.

mod events;
mod genetic;
mod invasive;
mod occurrences;
mod sites;
mod species;

use crate::seed::carrier::SeedFile;
use crate::seed::dirt::Outcome::{Kept, Rejected, Repaired};
use crate::seed::dirt::{Dirt, dirt};
use crate::seed::parcels::City;
use crate::text::Problem;

/// The theme's own page.
pub(super) const README: &str = include_str!("readme.md");

/// Every file of the theme.
pub(super) fn files(city: &City) -> Result<Vec<SeedFile>, Problem> {
    let sites = sites::sites(city);
    let events = events::events(&sites);
    let mut files = vec![
        sites::parks(),
        sites::file(&sites),
        events::file(&events, &sites),
        genetic::file(city)?,
    ];
    files.extend(occurrences::files(city, &sites, &events));
    files.extend(invasive::files(city));
    Ok(files)
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
    dirt(
        "biodiversity-parks",
        1,
        Rejected,
        "openedOn",
        "缺少开放日期",
        "no opening date",
    ),
    dirt(
        "survey-sites",
        1,
        Repaired,
        "",
        "环未闭合",
        "a ring that is not closed",
    ),
    dirt(
        "survey-sites",
        1,
        Rejected,
        "habitat",
        "编码写错：wetlnad",
        "misspelt code: wetlnad",
    ),
    dirt(
        "survey-sites",
        1,
        Rejected,
        "locationID",
        "编号重复",
        "number given before",
    ),
    dirt(
        "survey-events",
        1,
        Rejected,
        "eventID",
        "编号重复",
        "number given before",
    ),
    dirt(
        "survey-events",
        1,
        Rejected,
        "eventDate",
        "不存在的日期：2 月 30 日",
        "30 February",
    ),
    dirt(
        "survey-events",
        1,
        Rejected,
        "samplingProtocol",
        "编码写错：line-transct",
        "misspelt code: line-transct",
    ),
    dirt(
        "survey-events",
        1,
        Rejected,
        "sampleSizeValue",
        "全角逗号作小数点：1，8",
        "a full-width comma for a point: 1，8",
    ),
    dirt(
        "survey-events",
        1,
        Rejected,
        "observerCount",
        "观察者人数为 0",
        "no observer",
    ),
    dirt(
        "invasive-records",
        1,
        Rejected,
        "isFirstRecord",
        "写成“疑似”",
        "疑似 (suspected) in place of yes or no",
    ),
    dirt(
        "invasive-records",
        1,
        Rejected,
        "affectedArea_m2",
        "面积为负",
        "negative area",
    ),
    dirt(
        "invasive-records",
        1,
        Rejected,
        "",
        "经纬度颠倒",
        "longitude and latitude swapped",
    ),
    dirt(
        "invasive-records",
        1,
        Rejected,
        "taxonGroup",
        "编码写错：plnat",
        "misspelt code: plnat",
    ),
    dirt(
        "invasive-records",
        1,
        Rejected,
        "coordinateUncertaintyInMeters",
        "缺少坐标不确定性",
        "no coordinate uncertainty",
    ),
    dirt(
        "genetic-resources",
        1,
        Rejected,
        "materialEntityID",
        "编号重复",
        "number given before",
    ),
    dirt(
        "genetic-resources",
        1,
        Rejected,
        "resourceKind",
        "写成文字而不是编码：古树",
        "words in place of a code: 古树",
    ),
    dirt(
        "genetic-resources",
        1,
        Rejected,
        "",
        "X、Y 两列颠倒",
        "X and Y swapped",
    ),
];
