//! `layers/limits/*.csv` into [`Limits`], or everything that is wrong with them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::tables::{Line, Sheet};
use super::{
    Background, Cited, ConstructionLimit, FarmlandKind, FarmlandLimit, FarmlandUse, Grade,
    IndexFormula, Limits, Substance,
};
use crate::layer::crosswalk::{System, stranger};
use crate::layer::fault::Fault;
use crate::say;
use crate::text::Key;
use crate::text::near::listed;

/// Every file of `layers/limits`.
pub(in crate::layer) const FILES: [&str; 9] = [
    "substances.csv",
    "gb36600-2018.csv",
    "gb15618-2018.csv",
    "farmland-uses.csv",
    "background-sets.csv",
    "background.csv",
    "toxic-response.csv",
    "index-grades.csv",
    "indices.csv",
];

/// The indices the program computes, by their names in files and answers.
const INDICES: [(&str, ()); 7] = [
    ("Pi", ()),
    ("PN", ()),
    ("CF", ()),
    ("PLI", ()),
    ("Igeo", ()),
    ("Er", ()),
    ("RI", ()),
];

const YES_NO: [(&str, bool); 2] = [("yes", true), ("no", false)];

/// The files read, with the path messages show; one that is not there holds nothing.
pub(in crate::layer) type Files = BTreeMap<&'static str, (PathBuf, Vec<u8>)>;

/// The limits of these files, as far as they are right, and every fault in them. `system` gives the
/// code list of a system.
pub(in crate::layer) fn limits(
    files: &Files,
    system: impl FnMut(&str) -> System,
) -> (Limits, Vec<Fault>) {
    let mut reader = Reader {
        files,
        limits: Limits::default(),
        faults: Vec::new(),
    };
    reader.substances();
    reader.construction();
    reader.farmland();
    reader.farmland_uses(system);
    reader.backgrounds();
    reader.toxic_response();
    reader.grades();
    reader.indices();
    (reader.limits, reader.faults)
}

struct Reader<'a> {
    files: &'a Files,
    limits: Limits,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn file(&self, name: &str) -> Option<(&Path, &[u8])> {
        let (shown, bytes) = self.files.get(name)?;
        Some((shown, bytes))
    }

    fn open(
        &self,
        name: &str,
        columns: &[&'static str],
        may_lack: &[&str],
    ) -> Option<(Sheet, Vec<Line>)> {
        Some(Sheet::open(self.file(name)?, columns, may_lack))
    }

    fn substances(&mut self) {
        let columns = ["symbol", "zh", "en", "cas"];
        let Some((mut sheet, lines)) = self.open("substances.csv", &columns, &["cas"]) else {
            return;
        };
        for line in &lines {
            if !sheet.is_new(line, &["symbol"]) {
                continue;
            }
            let symbol = sheet.text(line, "symbol").to_owned();
            let cas = Some(sheet.text(line, "cas").to_owned()).filter(|cas| !cas.is_empty());
            let substance = Substance {
                symbol: symbol.clone(),
                name: sheet.words(line),
                cas,
            };
            self.limits.substances.insert(symbol, substance);
        }
        self.faults.append(&mut sheet.faults);
    }

    fn construction(&mut self) {
        let columns = [
            "substance",
            "screening_1",
            "screening_2",
            "intervention_1",
            "intervention_2",
            "unit",
            "background_exempt",
            "source",
            "verified",
        ];
        let Some((mut sheet, lines)) = self.open("gb36600-2018.csv", &columns, &[]) else {
            return;
        };
        for line in &lines {
            let is_new = sheet.is_new(line, &["substance"]);
            let substance = sheet.substance(line, &self.limits.substances);
            let limit = construction_limit(&mut sheet, line);
            if let (true, Some(substance), Some(limit)) = (is_new, substance, limit) {
                self.limits.construction.insert(substance, limit);
            }
        }
        self.faults.append(&mut sheet.faults);
    }

    fn farmland(&mut self) {
        let columns = [
            "substance",
            "kind",
            "ph_above",
            "ph_to",
            "screening",
            "screening_source",
            "screening_verified",
            "intervention",
            "intervention_source",
            "intervention_verified",
            "unit",
        ];
        let may_lack = columns
            .iter()
            .filter(|name| !matches!(**name, "substance" | "unit"));
        let may_lack: Vec<&str> = may_lack.copied().collect();
        let Some((mut sheet, lines)) = self.open("gb15618-2018.csv", &columns, &may_lack) else {
            return;
        };
        let mut rows: Vec<(usize, FarmlandLimit)> = Vec::new();
        for line in &lines {
            let is_new = sheet.is_new(line, &["substance", "kind", "ph_above", "ph_to"]);
            let substance = sheet.substance(line, &self.limits.substances);
            let limit = substance.and_then(|s| farmland_limit(&mut sheet, line, s));
            if let Some(limit) = limit.filter(|_| is_new) {
                rows.push((line.number, limit));
            }
        }
        if sheet.faults.is_empty() {
            check_kinds(&mut sheet, &rows);
            check_bands(&mut sheet, &rows);
        }
        self.limits.farmland = rows.into_iter().map(|(_, limit)| limit).collect();
        self.faults.append(&mut sheet.faults);
    }

    fn farmland_uses(&mut self, mut system: impl FnMut(&str) -> System) {
        let columns = ["system", "code", "kinds", "basis"];
        let Some((mut sheet, lines)) = self.open("farmland-uses.csv", &columns, &[]) else {
            return;
        };
        for line in &lines {
            let is_new = sheet.is_new(line, &["system", "code"]);
            let name = sheet.text(line, "system").to_owned();
            let code = sheet.text(line, "code").to_owned();
            if let Some(message) = stranger(&system(&name), &name, &code) {
                sheet.fault(line.number, message);
            }
            let kinds = sheet.several(line, "kinds", &FarmlandKind::ALL);
            let basis = sheet.text(line, "basis").to_owned();
            if is_new {
                let farmland = FarmlandUse { kinds, basis };
                self.limits.farmland_uses.insert((name, code), farmland);
            }
        }
        self.faults.append(&mut sheet.faults);
    }

    fn backgrounds(&mut self) {
        let columns = ["set", "zh", "en"];
        if let Some((mut sheet, lines)) = self.open("background-sets.csv", &columns, &[]) {
            for line in &lines {
                if sheet.is_new(line, &["set"]) {
                    let set = Background {
                        id: sheet.text(line, "set").to_owned(),
                        title: sheet.words(line),
                        values: BTreeMap::new(),
                    };
                    self.limits.backgrounds.insert(set.id.clone(), set);
                }
            }
            self.faults.append(&mut sheet.faults);
        }
        let columns = ["set", "substance", "value", "unit", "source", "verified"];
        let Some((mut sheet, lines)) = self.open("background.csv", &columns, &[]) else {
            return;
        };
        for line in &lines {
            let is_new = sheet.is_new(line, &["set", "substance"]);
            let substance = sheet.substance(line, &self.limits.substances);
            let value = sheet.positive(line, "value");
            if sheet.unit(line).is_some_and(|unit| unit != "mg/kg") {
                let value = sheet.text(line, "unit").to_owned();
                let message = say!(Key::LayerCheckLimitUnit, value = value, known = "mg/kg");
                sheet.fault(line.number, message);
            }
            let cited = sheet.cited(line, "source", "verified");
            let id = sheet.text(line, "set").to_owned();
            let Some(set) = self.limits.backgrounds.get_mut(&id) else {
                sheet.fault(line.number, say!(Key::LayerCheckLimitSet, value = id));
                continue;
            };
            if let (true, Some(substance), Some(value), Some(cited)) =
                (is_new, substance, value, cited)
            {
                set.values.insert(substance, of(value, &cited));
            }
        }
        self.faults.append(&mut sheet.faults);
    }

    fn toxic_response(&mut self) {
        let columns = ["substance", "factor", "source", "verified"];
        let Some((mut sheet, lines)) = self.open("toxic-response.csv", &columns, &[]) else {
            return;
        };
        for line in &lines {
            let is_new = sheet.is_new(line, &["substance"]);
            let substance = sheet.substance(line, &self.limits.substances);
            let factor = sheet.positive(line, "factor");
            let cited = sheet.cited(line, "source", "verified");
            if let (true, Some(substance), Some(factor), Some(cited)) =
                (is_new, substance, factor, cited)
            {
                let factor = of(factor, &cited);
                self.limits.toxic_response.insert(substance, factor);
            }
        }
        self.faults.append(&mut sheet.faults);
    }

    fn grades(&mut self) {
        let columns = [
            "index",
            "grade",
            "lower",
            "lower_included",
            "upper",
            "upper_included",
            "zh",
            "en",
            "least_substances",
            "source",
            "verified",
        ];
        let may_lack = [
            "lower",
            "lower_included",
            "upper",
            "upper_included",
            "least_substances",
        ];
        let Some((mut sheet, lines)) = self.open("index-grades.csv", &columns, &may_lack) else {
            return;
        };
        for line in &lines {
            let is_new = sheet.is_new(line, &["index", "grade"]);
            let index = sheet.text(line, "index").to_owned();
            let known = sheet.word(line, "index", &index, &INDICES);
            let Some(grade) = grade(&mut sheet, line).filter(|_| is_new && known.is_some()) else {
                continue;
            };
            let grades = self.limits.grades.entry(index.clone()).or_default();
            if grades
                .last()
                .is_some_and(|earlier| !follows(earlier, &grade))
            {
                let message = say!(
                    Key::LayerCheckLimitGrades,
                    index = index,
                    grade = grade.grade
                );
                sheet.fault(line.number, message);
            }
            grades.push(grade);
        }
        self.faults.append(&mut sheet.faults);
    }

    fn indices(&mut self) {
        let columns = ["index", "zh", "en", "formula", "source", "verified"];
        let Some((mut sheet, lines)) = self.open("indices.csv", &columns, &[]) else {
            return;
        };
        for line in &lines {
            let is_new = sheet.is_new(line, &["index"]);
            let index = sheet.text(line, "index").to_owned();
            let known = sheet.word(line, "index", &index, &INDICES);
            let cited = sheet.cited(line, "source", "verified");
            if let (true, Some(()), Some(cited)) = (is_new, known, cited) {
                let formula = IndexFormula {
                    name: sheet.words(line),
                    formula: sheet.text(line, "formula").to_owned(),
                    cited,
                };
                self.limits.indices.insert(index, formula);
            }
        }
        self.faults.append(&mut sheet.faults);
    }
}

fn of(value: f64, cited: &Cited<()>) -> Cited<f64> {
    Cited {
        value,
        source: cited.source.clone(),
        verified: cited.verified,
    }
}

fn construction_limit(sheet: &mut Sheet, line: &Line) -> Option<ConstructionLimit> {
    let screening_1 = sheet.positive(line, "screening_1");
    let screening_2 = sheet.positive(line, "screening_2");
    let intervention_1 = sheet.positive(line, "intervention_1");
    let intervention_2 = sheet.positive(line, "intervention_2");
    in_order(sheet, line, screening_1, intervention_1);
    in_order(sheet, line, screening_2, intervention_2);
    let unit = sheet.unit(line);
    let exempt = sheet.text(line, "background_exempt").to_owned();
    let exempt = sheet.word(line, "background_exempt", &exempt, &YES_NO);
    let cited = sheet.cited(line, "source", "verified");
    Some(ConstructionLimit {
        screening_1: screening_1?,
        screening_2: screening_2?,
        intervention_1: intervention_1?,
        intervention_2: intervention_2?,
        unit: unit?,
        background_exempt: exempt?,
        cited: cited?,
    })
}

/// A screening value is never above the intervention value.
fn in_order(sheet: &mut Sheet, line: &Line, screening: Option<f64>, intervention: Option<f64>) {
    if let (Some(screening), Some(intervention)) = (screening, intervention)
        && screening > intervention
    {
        let message = say!(
            Key::LayerCheckLimitOrder,
            screening = screening,
            intervention = intervention
        );
        sheet.fault(line.number, message);
    }
}

fn farmland_limit(sheet: &mut Sheet, line: &Line, substance: String) -> Option<FarmlandLimit> {
    let word = sheet.text(line, "kind").to_owned();
    let kind = if word.is_empty() {
        None
    } else {
        Some(sheet.word(line, "kind", &word, &FarmlandKind::ALL)?)
    };
    let ph_above = sheet.number(line, "ph_above");
    let ph_to = sheet.number(line, "ph_to");
    let mut value = |column: &str, source: &str, verified: &str| {
        let value = sheet.positive(line, column)?;
        let cited = sheet.cited(line, source, verified)?;
        Some(of(value, &cited))
    };
    let screening = value("screening", "screening_source", "screening_verified");
    let intervention = value(
        "intervention",
        "intervention_source",
        "intervention_verified",
    );
    let number = |cited: &Option<Cited<f64>>| cited.as_ref().map(|cited| cited.value);
    in_order(sheet, line, number(&screening), number(&intervention));
    if sheet.text(line, "screening").is_empty() {
        let message = say!(Key::LayerCheckListEmpty, column = "screening");
        sheet.fault(line.number, message);
    }
    Some(FarmlandLimit {
        substance,
        kind,
        ph_above,
        ph_to,
        screening,
        intervention,
        unit: sheet.unit(line)?,
    })
}

/// A substance has limits either for any farmland, or for `other` and any kinds besides.
fn check_kinds(sheet: &mut Sheet, rows: &[(usize, FarmlandLimit)]) {
    let mut kinds: BTreeMap<&str, (usize, Vec<Option<FarmlandKind>>)> = BTreeMap::new();
    for (line, limit) in rows {
        let (last, of) = kinds.entry(&limit.substance).or_default();
        *last = *line;
        of.push(limit.kind);
    }
    for (substance, (line, kinds)) in kinds {
        let any = kinds.iter().filter(|kind| kind.is_none()).count();
        let other = kinds.contains(&Some(FarmlandKind::Other));
        if any != kinds.len() && (any > 0 || !other) {
            let message = say!(Key::LayerCheckLimitKinds, substance = substance);
            sheet.fault(line, message);
        }
    }
}

/// The bands of pH of a substance and kind cover every pH once.
fn check_bands(sheet: &mut Sheet, rows: &[(usize, FarmlandLimit)]) {
    type Band = (Option<f64>, Option<f64>, usize);
    let mut bands: BTreeMap<(&str, Option<FarmlandKind>), Vec<Band>> = BTreeMap::new();
    for (line, limit) in rows {
        let of = bands.entry((&limit.substance, limit.kind)).or_default();
        of.push((limit.ph_above, limit.ph_to, *line));
    }
    let lowest = |above: Option<f64>| above.unwrap_or(f64::NEG_INFINITY);
    for ((substance, kind), mut bands) in bands {
        bands.sort_by(|a, b| lowest(a.0).total_cmp(&lowest(b.0)));
        let mut end: Option<Option<f64>> = None;
        let (mut whole, mut at) = (true, 0);
        for (above, to, line) in bands {
            let follows = match end {
                None => above.is_none(),
                Some(end) => end.is_some() && end == above,
            };
            let ascends = above.is_none_or(|above| to.is_none_or(|to| above < to));
            if whole && !(follows && ascends) {
                (whole, at) = (false, line);
            }
            end = Some(to);
            at = if whole { line } else { at };
        }
        if !whole || end != Some(None) {
            let kind = kind.map_or("", FarmlandKind::as_str);
            let substance = listed(&[substance, kind]);
            sheet.fault(at, say!(Key::LayerCheckLimitBands, substance = substance));
        }
    }
}

fn grade(sheet: &mut Sheet, line: &Line) -> Option<Grade> {
    let mut end = |end: &str, included: &str| {
        let value = sheet.number(line, end);
        let word = sheet.text(line, included).to_owned();
        if value.is_none() && word.is_empty() {
            return Some((None, false));
        }
        Some((value, sheet.word(line, included, &word, &YES_NO)?))
    };
    let lower = end("lower", "lower_included");
    let upper = end("upper", "upper_included");
    let least = sheet.positive(line, "least_substances").is_some();
    let least = Some(sheet.text(line, "least_substances")).filter(|_| least);
    let least = least.and_then(|count| count.parse().ok());
    let cited = sheet.cited(line, "source", "verified");
    let ((lower, lower_included), (upper, upper_included)) = (lower?, upper?);
    Some(Grade {
        grade: sheet.text(line, "grade").to_owned(),
        lower,
        lower_included,
        upper,
        upper_included,
        label: sheet.words(line),
        least_substances: least,
        cited: cited?,
    })
}

/// Whether a grade lies above an earlier one and shares no value with it; there may be values
/// between that have no grade.
fn follows(earlier: &Grade, grade: &Grade) -> bool {
    let (Some(end), Some(start)) = (earlier.upper, grade.lower) else {
        return false;
    };
    let ascends = grade.upper.is_none_or(|upper| upper > start);
    let apart = end < start
        || end.total_cmp(&start).is_eq() && !(earlier.upper_included && grade.lower_included);
    ascends && apart
}
