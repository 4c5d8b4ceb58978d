//! Each folder's `README.md`, and the one list of the faults that are in the data on purpose.

use std::fmt::Write as _;

use super::carrier::SeedFile;

/// What becomes of a faulty row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is not stored, and the reason is told.
    Rejected,
    /// It is mended, stored, and the mending told.
    Repaired,
    /// It is stored as it is.
    Kept,
}

/// A fault that is in the data on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dirt {
    /// The layer.
    pub layer: &'static str,
    /// How many rows have it.
    pub rows: usize,
    /// What becomes of them.
    pub outcome: Outcome,
    /// The field or column it is in; empty: the row or its geometry.
    pub field: &'static str,
    /// What it is, in Chinese.
    pub zh: &'static str,
    /// What it is, in English.
    pub en: &'static str,
}

const fn dirt(
    layer: &'static str,
    rows: usize,
    outcome: Outcome,
    field: &'static str,
    zh: &'static str,
    en: &'static str,
) -> Dirt {
    Dirt {
        layer,
        rows,
        outcome,
        field,
        zh,
        en,
    }
}

use Outcome::{Kept, Rejected, Repaired};

/// Every fault that is in the data on purpose.
pub const DIRT: &[Dirt] = &[
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
        "不存在的编码：0799",
        "a code that does not exist: 0799",
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

/// Each folder's page: its own words, then the faults of its layers.
const PAGES: &[(&str, &str, &[&str])] = &[
    ("base/README.md", include_str!("readme/base.md"), &[]),
    (
        "land/README.md",
        include_str!("readme/land.md"),
        &["parcels"],
    ),
    (
        "soil/README.md",
        include_str!("readme/soil.md"),
        &["pollution-sites", "soil-samples", "risk-control-list"],
    ),
    (
        "ecology/README.md",
        include_str!("readme/ecology.md"),
        &["ecological-spaces"],
    ),
    (
        "biodiversity/README.md",
        include_str!("readme/biodiversity.md"),
        &["occurrences"],
    ),
    (
        "water/README.md",
        include_str!("readme/water.md"),
        &["drinking-water-intakes"],
    ),
];

/// Every folder's page.
pub(super) fn files() -> Vec<SeedFile> {
    PAGES
        .iter()
        .map(|(path, words, layers)| {
            let mut page = (*words).to_owned();
            if !layers.is_empty() {
                page.push_str(&table(layers));
            }
            SeedFile {
                path,
                bytes: page.into_bytes(),
            }
        })
        .collect()
}

fn table(layers: &[&str]) -> String {
    let mut table = String::from(
        "\n## 有意留下的差错 / Faults left in on purpose\n\n\
         真实台账里常见的差错，导入时应被拒绝或修复，并逐一说明。\n\
         What real registers have: an import must reject or repair it, and say so.\n\n\
         | 图层 / layer | 行 / rows | 结果 / outcome | 差错 / fault |\n|---|---:|---|---|\n",
    );
    for dirt in DIRT.iter().filter(|dirt| layers.contains(&dirt.layer)) {
        let outcome = match dirt.outcome {
            Rejected => "拒绝 / rejected",
            Repaired => "修复 / repaired",
            Kept => "保留 / kept",
        };
        // Writing to a text does not fail.
        _ = writeln!(
            table,
            "| `{}` | {} | {outcome} | {} / {} |",
            dirt.layer, dirt.rows, dirt.zh, dirt.en
        );
    }
    table
}
