//! `seeds/plan`: the plan's indicators with their targets, and what is known of them year by year.

mod indicators;
mod values;

use self::indicators::INDICATORS;
use crate::seed::carrier::{Cell, SeedFile, Workbook};
use crate::seed::dirt::Outcome::Rejected;
use crate::seed::dirt::{Dirt, dirt};
use crate::seed::parcels::City;
use crate::text::Problem;

/// The theme's own page.
pub(super) const README: &str = include_str!("readme.md");

const INDICATOR: [&str; 16] = [
    "指标编号",
    "指标名称",
    "英文名称",
    "主题",
    "单位",
    "要求",
    "目标值",
    "目标年",
    "目标依据",
    "依据文件",
    "依据文件英文",
    "数据来源",
    "数据来源英文",
    "排列",
    "牵头部门",
    "备注",
];

const VALUE: [&str; 6] = ["指标编号", "年份", "数值", "数值来历", "说明", "备注"];

/// Every file of the theme: one workbook of two sheets.
pub(super) fn files(city: &City) -> Result<Vec<SeedFile>, Problem> {
    let mut rows: Vec<Vec<Cell>> = (1..).zip(INDICATORS).map(indicators::row).collect();
    rows.extend(indicator_dirt(&rows));
    let mut values = values::rows(city);
    values.extend(value_dirt(&values));
    let mut book = Workbook::default();
    book.sheet("指标", &INDICATOR, &rows);
    book.sheet("年度值", &VALUE, &values);
    let path = "plan/plan.xlsx";
    Ok(vec![SeedFile {
        path,
        bytes: book.finish(path)?,
    }])
}

/// Rows with one fault each.
fn indicator_dirt(rows: &[Vec<Cell>]) -> Vec<Vec<Cell>> {
    let spoilt = |from: usize, id: &str, column: usize, value: Cell| {
        let mut row = rows[from].clone();
        row[0] = Cell::text(id);
        row[column] = value;
        row
    };
    vec![
        spoilt(4, "CY-ZB-91", 5, Cell::text("小于等于")),
        spoilt(7, "CY-ZB-92", 6, Cell::text("90%以上")),
        spoilt(2, "CY-ZB-01", 1, Cell::text("细颗粒物（重复）")),
    ]
}

/// Rows with one fault each, of indicators that do not exist, so that the fault is the only one.
fn value_dirt(rows: &[Vec<Cell>]) -> Vec<Vec<Cell>> {
    let spoilt = |from: usize, id: &str, column: usize, value: Cell| {
        let mut row = rows[from].clone();
        row[0] = Cell::text(id);
        row[column] = value;
        row
    };
    vec![
        spoilt(3, "CY-ZB-93", 2, Cell::text("约30")),
        spoilt(9, "CY-ZB-94", 1, Cell::text("2025年")),
        rows[6].clone(),
    ]
}

/// The faults that are in the theme's data on purpose.
pub(super) const DIRT: &[Dirt] = &[
    dirt(
        "plan-indicators",
        1,
        Rejected,
        "direction",
        "写成文字而不是编码：小于等于",
        "words in place of a code: 小于等于",
    ),
    dirt(
        "plan-indicators",
        1,
        Rejected,
        "target",
        "目标值带文字：90%以上",
        "a target with words: 90%以上",
    ),
    dirt(
        "plan-indicators",
        1,
        Rejected,
        "indicator_id",
        "指标编号重复",
        "indicator number given before",
    ),
    dirt(
        "plan-values",
        1,
        Rejected,
        "value",
        "数值带文字：约30",
        "a value with words: 约30",
    ),
    dirt(
        "plan-values",
        1,
        Rejected,
        "year",
        "年份带文字：2025年",
        "a year with words: 2025年",
    ),
    dirt(
        "plan-values",
        1,
        Rejected,
        "indicator_id|year",
        "同一指标同一年份出现两次",
        "an indicator's year given before",
    ),
];
