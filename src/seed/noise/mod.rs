//! `seeds/noise`: noise zones, zones of sensitive buildings, stations and their quarters; none exists.

mod sensitive;
mod stations;
mod zones;

pub(super) use self::stations::Year;
use crate::seed::carrier::SeedFile;
use crate::seed::dirt::Outcome::Rejected;
use crate::seed::dirt::{Dirt, dirt};
use crate::seed::parcels::City;
use crate::text::Problem;

/// The theme's own page.
pub(super) const README: &str = include_str!("readme.md");

/// Every file of the theme.
pub(super) fn files(city: &City) -> Result<Vec<SeedFile>, Problem> {
    let zones = zones::zones(city);
    let mut files = vec![zones::file(&zones)];
    files.extend(sensitive::files(city)?);
    files.extend(stations::files(&stations::stations(&zones)));
    Ok(files)
}

/// How each station stood to the limits, year by year.
pub(super) fn years(city: &City) -> Vec<Year> {
    stations::years(&stations::stations(&zones::zones(city)))
}

/// Day and night limits of a class (GB 3096-2008, table 1), dB(A).
fn limits(class: &str) -> (u8, u8) {
    match class {
        "0" => (50, 40),
        "1" => (55, 45),
        "2" => (60, 50),
        "3" => (65, 55),
        "4b" => (70, 60),
        _ => (70, 55),
    }
}

/// The faults that are in the theme's data on purpose.
pub(super) const DIRT: &[Dirt] = &[
    dirt(
        "noise-zones",
        1,
        Rejected,
        "noise_class",
        "不存在的类别：5",
        "a class that does not exist: 5",
    ),
    dirt(
        "noise-zones",
        1,
        Rejected,
        "limit_night",
        "夜间限值写成 5",
        "a limit by night of 5",
    ),
    dirt(
        "noise-sensitive-zones",
        1,
        Rejected,
        "zone_id",
        "区域编号重复",
        "zone number given before",
    ),
    dirt(
        "noise-sensitive-zones",
        1,
        Rejected,
        "",
        "图形缩成一条线，没有面积",
        "an outline that has shrunk to a line",
    ),
    dirt(
        "noise-sensitive-zones",
        1,
        Rejected,
        "marked_on",
        "缺少划定日期",
        "no date of marking out",
    ),
    dirt(
        "noise-stations",
        1,
        Rejected,
        "noise_class",
        "多写了“类”字：2类",
        "a word too many: 2类",
    ),
    dirt(
        "noise-stations",
        1,
        Rejected,
        "",
        "在区界外 50 公里",
        "50 km outside the district",
    ),
    dirt(
        "noise-readings",
        1,
        Rejected,
        "ld",
        "小数点打成两个：58..2",
        "two decimal points: 58..2",
    ),
    dirt(
        "noise-readings",
        1,
        Rejected,
        "ln",
        "夜间声级 4.7，漏了一位",
        "a level by night of 4.7, a digit lost",
    ),
    dirt(
        "noise-readings",
        1,
        Rejected,
        "quarter",
        "写成 2024Q2 而不是日期",
        "2024Q2 in place of a date",
    ),
    dirt(
        "noise-readings",
        1,
        Rejected,
        "station_id|quarter",
        "同一监测点同一季度出现两次",
        "a station's quarter given before",
    ),
];
