//! `seeds/air`: stations of air quality that do not exist, and five years of months.

mod readings;
mod stations;

pub(super) use self::readings::{Month, months_of};
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
    let stations = stations::stations(city);
    let series = readings::series(&stations);
    Ok(vec![
        stations::file(&stations, &series),
        readings::file(&stations, &series),
    ])
}

/// What each station recorded, month by month from January 2021; `None`: nothing.
pub(super) fn series(city: &City) -> Vec<Vec<Option<Month>>> {
    readings::series(&stations::stations(city))
}

/// The faults that are in the theme's data on purpose.
pub(super) const DIRT: &[Dirt] = &[
    dirt(
        "air-stations",
        1,
        Rejected,
        "station_id",
        "站点编号重复",
        "station number given before",
    ),
    dirt(
        "air-stations",
        1,
        Rejected,
        "kind",
        "写成文字而不是编码：市区",
        "words in place of a code: 市区",
    ),
    dirt("air-stations", 1, Rejected, "", "没有位置", "no position"),
    dirt(
        "air-readings",
        1,
        Rejected,
        "pm25",
        "写成文字而不是数值：缺测",
        "words in place of a number: 缺测",
    ),
    dirt(
        "air-readings",
        1,
        Rejected,
        "pm10",
        "仪器故障代码 -999",
        "an instrument's fault code: -999",
    ),
    dirt(
        "air-readings",
        1,
        Rejected,
        "good_days",
        "优良天数多于一个月的天数：35",
        "more good days than a month has: 35",
    ),
    dirt(
        "air-readings",
        1,
        Rejected,
        "month",
        "日期只到月：2023-05",
        "a date without its day: 2023-05",
    ),
    dirt(
        "air-readings",
        1,
        Rejected,
        "station_id|month",
        "同一站点同一月份出现两次",
        "a station's month given before",
    ),
];
