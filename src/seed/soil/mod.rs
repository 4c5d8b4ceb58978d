//! `seeds/soil`: pollution sites, samples, and the list of land under risk control and remediation.

mod list;
mod samples;
mod sites;

use crate::seed::carrier::SeedFile;
use crate::seed::dirt::Outcome::{Rejected, Repaired};
use crate::seed::dirt::{Dirt, dirt};
use crate::seed::parcels::City;
use crate::text::Problem;

/// The theme's own page.
pub(super) const README: &str = include_str!("readme.md");

/// Every file of the theme.
pub(super) fn files(city: &City) -> Result<Vec<SeedFile>, Problem> {
    let sites = sites::sites(city);
    let mut files = sites::files(&sites);
    files.extend(samples::files(city, &sites)?);
    files.extend(list::files(city)?);
    Ok(files)
}

/// The faults that are in the theme's data on purpose.
pub(super) const DIRT: &[Dirt] = &[
    dirt(
        "pollution-sites",
        2,
        Rejected,
        "opened",
        "缺少启用日期",
        "no opening date",
    ),
    dirt(
        "pollution-sites",
        1,
        Rejected,
        "opened",
        "不存在的日期：2 月 30 日",
        "30 February",
    ),
    dirt(
        "pollution-sites",
        1,
        Rejected,
        "kind",
        "编码写错：chemcial",
        "misspelt code: chemcial",
    ),
    dirt(
        "pollution-sites",
        1,
        Rejected,
        "status",
        "写成文字而不是编码：已关停",
        "words in place of a code: 已关停",
    ),
    dirt(
        "pollution-sites",
        1,
        Rejected,
        "site_id",
        "场地编号重复",
        "site number given before",
    ),
    dirt(
        "pollution-sites",
        1,
        Rejected,
        "",
        "经纬度颠倒",
        "longitude and latitude swapped",
    ),
    dirt(
        "pollution-sites",
        1,
        Rejected,
        "",
        "在区界外 50 公里",
        "50 km outside the district",
    ),
    dirt(
        "pollution-sites",
        1,
        Rejected,
        "NAME",
        "不是 GBK 的字节",
        "a byte that is no GBK",
    ),
    dirt(
        "pollution-sites",
        1,
        Rejected,
        "accuracy_m",
        "定位精度为负",
        "negative accuracy",
    ),
    dirt(
        "pollution-sites",
        1,
        Rejected,
        "",
        "多出一个逗号，列数不符",
        "a comma too many: a ragged line",
    ),
    dirt(
        "soil-samples",
        2,
        Rejected,
        "cd|cr6",
        "检测结果写成 n.d.",
        "n.d. in place of a result",
    ),
    dirt(
        "soil-samples",
        1,
        Rejected,
        "pb",
        "检测结果写成“未检出”",
        "未检出 in place of a result",
    ),
    dirt(
        "soil-samples",
        1,
        Rejected,
        "depth_top_m",
        "深度为负",
        "negative depth",
    ),
    dirt(
        "soil-samples",
        1,
        Rejected,
        "sampled_on",
        "缺少采样日期",
        "no sampling date",
    ),
    dirt(
        "soil-samples",
        1,
        Rejected,
        "sample_id",
        "样品编号重复",
        "sample number given before",
    ),
    dirt(
        "soil-samples",
        2,
        Rejected,
        "point_id",
        "点位表中没有该点",
        "a point that the table of points lacks",
    ),
    dirt(
        "soil-samples",
        1,
        Rejected,
        "ph",
        "小数点丢失：pH 81",
        "decimal point lost: pH 81",
    ),
    dirt(
        "soil-samples",
        1,
        Rejected,
        "cu",
        "全角逗号作小数点：23，4",
        "a full-width comma for a point: 23，4",
    ),
    dirt(
        "soil-samples",
        1,
        Rejected,
        "lab",
        "替换字符 U+FFFD",
        "a replacement character U+FFFD",
    ),
    dirt(
        "soil-samples",
        3,
        Rejected,
        "",
        "X、Y 两列颠倒的点位",
        "samples of a point whose X and Y are swapped",
    ),
    dirt(
        "risk-control-list",
        1,
        Repaired,
        "planned_use",
        "前导零丢失：701 应为 0701",
        "leading zero lost: 701 for 0701",
    ),
    dirt(
        "risk-control-list",
        1,
        Rejected,
        "list_id",
        "地块编号重复",
        "list number given before",
    ),
    dirt(
        "risk-control-list",
        1,
        Rejected,
        "list_id",
        "没有界址点",
        "no outline",
    ),
    dirt(
        "risk-control-list",
        1,
        Rejected,
        "",
        "图形缩成一条线，没有面积",
        "an outline that has shrunk to a line",
    ),
    dirt(
        "risk-control-list",
        1,
        Rejected,
        "list_id",
        "界址点未闭合",
        "an outline that is not closed",
    ),
];
