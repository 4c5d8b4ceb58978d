//! The indicators. Only targets that the district's plan is known to name are told as the plan's;
//! the others are made up for demonstration and say so, or there is none.

use crate::seed::carrier::{Cell, DEMONSTRATION, numbered};

/// On what a target rests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    /// The district's plan names it: at most, or at least.
    Plan(&'static str, &'static str),
    /// The plan names the indicator; its figure is not recorded here.
    PlanWithoutFigure,
    /// Made up: at most, or at least.
    MadeUp(&'static str, &'static str),
    /// There is none.
    None,
}

/// Where an indicator's values come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// Mean of PM2.5 at the air stations.
    Pm25,
    /// Share of good days at the air stations.
    GoodDays,
    /// Days of heavy pollution, mean of the air stations.
    HeavyDays,
    /// Sections worse than class Ⅴ.
    InferiorSections,
    /// Share of the sections that meet their target.
    SectionsMet,
    /// Share of noise stations within the limit by day.
    NoiseDay,
    /// The same by night.
    NoiseNight,
    /// Made up: years with their values.
    MadeUp(&'static [(u16, &'static str)]),
    /// Nobody has recorded any.
    Nowhere,
}

/// An indicator.
#[derive(Debug, Clone, Copy)]
pub(super) struct Indicator {
    zh: &'static str,
    en: &'static str,
    theme: &'static str,
    unit: &'static str,
    target: Target,
    /// Its values.
    pub(super) source: Source,
}

const fn indicator(
    theme: &'static str,
    (zh, en): (&'static str, &'static str),
    unit: &'static str,
    target: Target,
    source: Source,
) -> Indicator {
    Indicator {
        zh,
        en,
        theme,
        unit,
        target,
        source,
    }
}

/// All indicators, as the board shows them.
pub(super) const INDICATORS: &[Indicator] = &[
    indicator(
        "air",
        ("细颗粒物（PM2.5）年均浓度", "PM2.5, mean of the year"),
        "ug-m3",
        Target::Plan("at_most", "32"),
        Source::Pm25,
    ),
    indicator(
        "air",
        ("空气质量优良天数比率", "Days of good air quality"),
        "percent",
        Target::Plan("at_least", "78"),
        Source::GoodDays,
    ),
    indicator(
        "air",
        ("重污染天数", "Days of heavy air pollution"),
        "days",
        Target::Plan("at_most", "3"),
        Source::HeavyDays,
    ),
    indicator(
        "water",
        ("劣Ⅴ类水体断面数", "River sections inferior to class V"),
        "sections",
        Target::Plan("at_most", "0"),
        Source::InferiorSections,
    ),
    indicator(
        "water",
        ("断面水质达标率", "River sections that meet their target"),
        "percent",
        Target::MadeUp("at_least", "80"),
        Source::SectionsMet,
    ),
    indicator(
        "water",
        ("污水处理率", "Sewage that is treated"),
        "percent",
        Target::MadeUp("at_least", "98"),
        Source::MadeUp(&[
            (2021, "96.4"),
            (2022, "97.0"),
            (2023, "97.3"),
            (2024, "97.9"),
            (2025, "98.2"),
        ]),
    ),
    indicator(
        "water",
        (
            "每处合流制溢流口的溢流次数",
            "Spills at each combined sewer overflow",
        ),
        "per-year",
        Target::None,
        Source::Nowhere,
    ),
    indicator(
        "soil",
        (
            "重点建设用地安全利用率",
            "Key development land used as its soil allows",
        ),
        "percent",
        Target::MadeUp("at_least", "95"),
        Source::MadeUp(&[
            (2022, "92.6"),
            (2023, "94.1"),
            (2024, "96.0"),
            (2025, "96.8"),
        ]),
    ),
    indicator(
        "soil",
        (
            "受污染耕地安全利用率",
            "Polluted farmland used as its soil allows",
        ),
        "percent",
        Target::MadeUp("at_least", "95"),
        Source::Nowhere,
    ),
    indicator(
        "soil",
        (
            "在管的风险管控与修复地块",
            "Plots under risk control or remediation",
        ),
        "sites",
        Target::None,
        Source::MadeUp(&[(2023, "9"), (2024, "11"), (2025, "10")]),
    ),
    indicator(
        "ecology",
        ("生态环境状况指数（EI）", "Ecological index (EI)"),
        "",
        Target::PlanWithoutFigure,
        Source::MadeUp(&[
            (2021, "52.1"),
            (2022, "52.6"),
            (2023, "53.3"),
            (2024, "53.9"),
        ]),
    ),
    indicator(
        "ecology",
        ("绿化覆盖率", "Green cover"),
        "percent",
        Target::MadeUp("at_least", "48"),
        Source::MadeUp(&[
            (2021, "47.1"),
            (2022, "47.4"),
            (2023, "47.6"),
            (2024, "47.9"),
        ]),
    ),
    indicator(
        "ecology",
        (
            "公园绿地 500 米服务半径覆盖率",
            "Homes within 500 m of a park",
        ),
        "percent",
        Target::MadeUp("at_least", "90"),
        Source::MadeUp(&[(2021, "86.5"), (2023, "88.9"), (2025, "90.4")]),
    ),
    indicator(
        "ecology",
        ("人均公园绿地面积", "Parks for each person"),
        "m2-person",
        Target::None,
        Source::Nowhere,
    ),
    indicator(
        "biodiversity",
        ("记录到的鸟类种数", "Bird species recorded"),
        "species",
        Target::None,
        Source::MadeUp(&[(2022, "96"), (2023, "104"), (2024, "117"), (2025, "121")]),
    ),
    indicator(
        "biodiversity",
        (
            "重点外来入侵物种调查覆盖率",
            "Area surveyed for invasive species",
        ),
        "percent",
        Target::None,
        Source::Nowhere,
    ),
    indicator(
        "noise",
        (
            "功能区声环境昼间达标率",
            "Noise stations within the limit by day",
        ),
        "percent",
        Target::MadeUp("at_least", "95"),
        Source::NoiseDay,
    ),
    indicator(
        "noise",
        (
            "功能区声环境夜间达标率",
            "Noise stations within the limit by night",
        ),
        "percent",
        Target::MadeUp("at_least", "85"),
        Source::NoiseNight,
    ),
];

/// The number of an indicator.
pub(super) fn id(number: usize) -> String {
    numbered("CY-ZB-", number, 2)
}

/// An indicator's row.
pub(super) fn row((number, indicator): (usize, &Indicator)) -> Vec<Cell> {
    let (direction, target, year, basis) = match indicator.target {
        Target::Plan(direction, target) => (direction, target, "2025", "plan"),
        Target::PlanWithoutFigure => ("none", "", "", "plan-unstated"),
        Target::MadeUp(direction, target) => (direction, target, "2025", "demonstration"),
        Target::None => ("none", "", "", "none"),
    };
    let (document, document_en) = match indicator.target {
        Target::Plan(..) | Target::PlanWithoutFigure => (
            "区生态环境规划（2025 年目标）",
            "The district's environment plan (targets for 2025)",
        ),
        Target::MadeUp(..) => ("无：演示目标", "None: a demonstration target"),
        Target::None => ("无", "None"),
    };
    let (source, source_en) = indicator.source.told();
    let number_cell = |text: &str| {
        if text.is_empty() {
            Cell::Empty
        } else {
            Cell::Number(text.to_owned())
        }
    };
    vec![
        Cell::text(id(number)),
        Cell::text(indicator.zh),
        Cell::text(indicator.en),
        Cell::text(indicator.theme),
        Cell::text(indicator.unit),
        Cell::text(direction),
        number_cell(target),
        number_cell(year),
        Cell::text(basis),
        Cell::text(document),
        Cell::text(document_en),
        Cell::text(source),
        Cell::text(source_en),
        Cell::Number(number.to_string()),
        Cell::text(format!("演示部门 {}", 1 + number % 5)),
        Cell::text(DEMONSTRATION),
    ]
}

impl Source {
    /// Where the values come from, in Chinese and English.
    const fn told(self) -> (&'static str, &'static str) {
        match self {
            Self::Pm25 | Self::GoodDays | Self::HeavyDays => (
                "演示空气质量监测站的逐月数据",
                "Monthly readings of the demonstration air stations",
            ),
            Self::InferiorSections | Self::SectionsMet => (
                "演示水质断面的逐月数据",
                "Monthly readings of the demonstration sections",
            ),
            Self::NoiseDay | Self::NoiseNight => (
                "演示噪声监测点的逐季数据",
                "Quarterly readings of the demonstration noise stations",
            ),
            Self::MadeUp(_) => ("演示估计值", "Demonstration estimates"),
            Self::Nowhere => ("没有数据", "No data"),
        }
    }
}
