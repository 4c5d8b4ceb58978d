//! What a laboratory finds in a sample: contents about the background of Beijing's soils, and what
//! polluted sites add.

use crate::seed::random::Random;

/// An analyte: usual content, its scatter (of the logarithm), limit of detection, decimals, and how
/// much a site that has it adds at most.
#[derive(Debug)]
pub(super) struct Analyte {
    usual: f64,
    scatter: f64,
    limit: f64,
    decimals: usize,
    added: f64,
    from: &'static str,
}

/// The ground a sample is from, and who measures it.
#[derive(Debug)]
pub(super) struct Ground {
    /// What was handled at the site there; may be empty.
    pub(super) pollutants: &'static str,
    /// How many times the usual arsenic its deeper layers hold by nature.
    pub(super) arsenic: f64,
    /// Whether it is a field, where ploughing evens contents out.
    pub(super) tilled: bool,
    /// Which of the three laboratories; the last detects half as well.
    pub(super) laboratory: usize,
}

const fn analyte(
    usual: f64,
    scatter: f64,
    limit: f64,
    decimals: usize,
    added: f64,
    from: &'static str,
) -> Analyte {
    Analyte {
        usual,
        scatter,
        limit,
        decimals,
        added,
        from,
    }
}

/// In the order of the columns; mercury in µg/kg, the others in mg/kg. The usual contents of the
/// metals are the background of Beijing's soils (Chen Tongbin et al., Huanjing Kexue 25(1), 2004;
/// mercury: Yang Jun et al., Huanjing Kexue Xuebao, 2005); the others, the scatter and what sites add
/// are made up.
pub(super) const ANALYTES: [Analyte; 11] = [
    analyte(7.09, 0.24, 0.01, 2, 80.0, ARSENIC),
    analyte(0.119, 0.40, 0.05, 3, 60.0, "镉"),
    analyte(29.8, 0.22, 4.0, 1, 300.0, "六价铬"),
    analyte(0.22, 0.40, 0.5, 2, 28.0, "六价铬"),
    analyte(18.7, 0.28, 1.0, 1, 4500.0, "铜"),
    analyte(24.6, 0.25, 0.1, 1, 1600.0, "铅"),
    analyte(57.6, 0.60, 2.0, 0, 24000.0, "汞"),
    analyte(26.8, 0.20, 3.0, 1, 460.0, "镍"),
    analyte(57.5, 0.22, 1.0, 1, 1500.0, "锌"),
    analyte(0.03, 0.70, 0.1, 2, 9.0, "苯并[a]芘"),
    analyte(14.0, 0.60, 6.0, 0, 7500.0, "石油烃"),
];
const ARSENIC: &str = "砷";

impl Analyte {
    /// A result as a laboratory writes it; `strength`: how strongly the site shows there, 0 to 1.
    pub(super) fn measured(
        &self,
        ground: &Ground,
        strength: f64,
        deep: bool,
        dice: &mut Random,
    ) -> String {
        let scatter = if ground.tilled { 0.6 } else { 1.0 } * self.scatter;
        let mut content = self.usual * (scatter * dice.normal()).exp();
        if deep && self.from == ARSENIC {
            content *= ground.arsenic;
        }
        if ground.pollutants.split('；').any(|p| p == self.from) {
            content += self.added * strength * dice.between(0.4, 1.0);
        }
        let limit = if ground.laboratory == 2 { 2.0 } else { 1.0 } * self.limit;
        if content < limit {
            return format!("<{limit}");
        }
        format!("{content:.*}", self.decimals)
    }
}
