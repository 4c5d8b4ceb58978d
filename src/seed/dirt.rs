//! The faults that are in the data on purpose, told in one form.

use std::fmt::Write as _;

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

/// A line of a theme's list.
pub(super) const fn dirt(
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

/// The part of a theme's page that lists its faults; empty if it has none.
pub(super) fn table(faults: &[Dirt]) -> String {
    if faults.is_empty() {
        return String::new();
    }
    let mut table = String::from(
        "\n## 有意留下的差错 / Faults left in on purpose\n\n\
         真实台账里常见的差错，导入时应被拒绝或修复，并逐一说明。\n\
         What real registers have: an import must reject or repair it, and say so.\n\n\
         | 图层 / layer | 行 / rows | 结果 / outcome | 差错 / fault |\n|---|---:|---|---|\n",
    );
    for dirt in faults {
        let outcome = match dirt.outcome {
            Outcome::Rejected => "拒绝 / rejected",
            Outcome::Repaired => "修复 / repaired",
            Outcome::Kept => "保留 / kept",
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
