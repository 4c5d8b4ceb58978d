//! Indices of pollution, sample by sample. Formulas and their sources stand in `docs/samples.md`;
//! factors, backgrounds and grades are data (`layers/limits`).

use super::answer::{IndexValue, SampleValue};
use super::samples::decimal::Decimal;
use super::samples::{by_place, in_unit};
use crate::geom::cast;
use crate::layer::book::limits::{Background, Cited, Limits};
use crate::say;
use crate::text::{Key, Message};

/// The indices of every sample among these values, the nearest sample first. What was not detected is
/// in none of them, and each says so.
pub fn indices(
    values: &[SampleValue],
    limits: &Limits,
    background: Option<&Background>,
) -> Vec<IndexValue> {
    let mut values: Vec<&SampleValue> = values.iter().collect();
    values.sort_by(|a, b| by_place(a, b));
    let same = |a: &&SampleValue, b: &&SampleValue| a.layer == b.layer && a.id == b.id;
    values
        .chunk_by(same)
        .flat_map(|sample| {
            let mut found = against_limits(sample, limits);
            found.extend(
                background
                    .map(|set| against_background(sample, limits, set))
                    .unwrap_or_default(),
            );
            found
        })
        .collect()
}

/// A part of an index: what one substance of the sample gives.
struct Part {
    substance: String,
    value: f64,
    /// In how many places its limit, factor or background was met: the least.
    verified: u8,
}

/// Ratios of a sample's substances, and those that gave none.
#[derive(Default)]
struct Parts {
    used: Vec<Part>,
    left_out: Vec<String>,
}

/// What an index rests on beside its parts.
#[derive(Clone, Copy)]
struct Around<'a> {
    sample: &'a SampleValue,
    limits: &'a Limits,
    standard: Option<&'static str>,
    background: Option<&'a Background>,
}

/// `Pi` and `PN`, by each standard that the sample was held against.
fn against_limits(sample: &[&SampleValue], limits: &Limits) -> Vec<IndexValue> {
    let mut standards: Vec<&'static str> = sample.iter().filter_map(|v| v.standard).collect();
    standards.sort_unstable();
    standards.dedup();
    let Some(&first) = sample.first() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for standard in standards {
        let mut parts = Parts::default();
        for value in sample.iter().filter(|v| v.standard == Some(standard)) {
            match value.ratio {
                Some(ratio) => parts.used.push(Part {
                    substance: value.substance.clone(),
                    value: ratio,
                    verified: value.verified,
                }),
                None => parts.left_out.push(value.substance.clone()),
            }
        }
        let around = Around {
            sample: first,
            limits,
            standard: Some(standard),
            background: None,
        };
        found.extend(around.of_each("Pi", &parts));
        found.extend(around.of_all("PN", &parts, nemerow(&parts)));
    }
    found
}

/// `CF`, `Igeo`, `Er`, `RI` and `PLI`, of the substances whose background is known.
fn against_background(
    sample: &[&SampleValue],
    limits: &Limits,
    background: &Background,
) -> Vec<IndexValue> {
    let Some(&first) = sample.first() else {
        return Vec::new();
    };
    let factors = contamination(sample, background);
    let each = |of: &dyn Fn(&Part) -> Option<Part>| Parts {
        used: factors.used.iter().filter_map(of).collect(),
        left_out: factors.left_out.clone(),
    };
    let accumulation = each(&|part| {
        Some(Part {
            substance: part.substance.clone(),
            value: (part.value / 1.5).log2(),
            verified: part.verified,
        })
    });
    let mut risk = each(&|part| {
        let Cited {
            value, verified, ..
        } = limits.toxic_response.get(&part.substance)?;
        Some(Part {
            substance: part.substance.clone(),
            value: value * part.value,
            verified: part.verified.min(*verified),
        })
    });
    risk.left_out
        .retain(|left| limits.toxic_response.contains_key(left));
    let around = Around {
        sample: first,
        limits,
        standard: None,
        background: Some(background),
    };
    let count = cast::usize_to_f64(factors.used.len());
    let product: f64 = factors.used.iter().map(|part| part.value.ln()).sum();
    let sum = risk.used.iter().map(|part| part.value).sum();
    let mut found = around.of_each("CF", &factors);
    found.extend(around.of_all("PLI", &factors, (product / count).exp()));
    found.extend(around.of_each("Igeo", &accumulation));
    found.extend(around.of_each("Er", &risk));
    found.extend(around.of_all("RI", &risk, sum));
    found
}

/// Contents over the background, of each substance once.
fn contamination(sample: &[&SampleValue], background: &Background) -> Parts {
    let mut parts = Parts::default();
    for (nth, value) in sample.iter().enumerate() {
        let earlier = sample.iter().take(nth);
        if earlier.map(|v| &v.substance).any(|s| *s == value.substance) {
            continue;
        }
        let Some(natural) = background.values.get(&value.substance) else {
            continue;
        };
        let content = in_unit(value.value, &value.unit, "mg/kg").map(Decimal::nearest);
        match content.filter(|content| !value.below_detection && *content > 0.0) {
            Some(content) => parts.used.push(Part {
                substance: value.substance.clone(),
                value: content / natural.value,
                verified: natural.verified,
            }),
            None => parts.left_out.push(value.substance.clone()),
        }
    }
    parts
}

/// Nemerow's index: the root of the mean of the squares of greatest and mean ratio.
fn nemerow(parts: &Parts) -> f64 {
    let ratios = || parts.used.iter().map(|part| part.value);
    let greatest = ratios().max_by(f64::total_cmp).unwrap_or_default();
    let mean = ratios().sum::<f64>() / cast::usize_to_f64(parts.used.len());
    f64::midpoint(greatest.powi(2), mean.powi(2)).sqrt()
}

impl Around<'_> {
    /// An index of each substance.
    fn of_each(&self, index: &'static str, parts: &Parts) -> Vec<IndexValue> {
        let each = parts.used.iter();
        each.map(|part| self.index(index, std::slice::from_ref(part), part.value, None))
            .map(|mut value| {
                value.substance = value.substances.first().cloned();
                value
            })
            .collect()
    }

    /// An index of all substances together, if there is one.
    fn of_all(&self, index: &'static str, parts: &Parts, value: f64) -> Option<IndexValue> {
        if parts.used.is_empty() {
            return None;
        }
        let left = (!parts.left_out.is_empty()).then(|| {
            let left = parts.left_out.join(", ");
            say!(Key::AssessIndexLeftOut, substances = left)
        });
        Some(self.index(index, &parts.used, value, left))
    }

    fn index(
        &self,
        index: &'static str,
        parts: &[Part],
        value: f64,
        left_out: Option<Message>,
    ) -> IndexValue {
        let formula = self.limits.indices.get(index);
        let formula = formula.map_or(0, |formula| formula.cited.verified);
        let grade = self.limits.grade(index, value, parts.len());
        let grades = grade.map(|grade| grade.cited.verified);
        let least = parts.iter().map(|part| part.verified);
        let own = (formula == 0).then(|| say!(Key::AssessIndexOwnDerivation, index = index));
        IndexValue {
            layer: self.sample.layer.clone(),
            id: self.sample.id,
            name: self.sample.name.clone(),
            index,
            substance: None,
            value,
            grade: grade.map(|grade| grade.label.clone()),
            standard: self.standard,
            background: self.background.map(|set| set.id.clone()),
            substances: parts.iter().map(|part| part.substance.clone()).collect(),
            verified: least
                .chain(grades)
                .min()
                .map_or(formula, |v| v.min(formula)),
            remarks: left_out.into_iter().chain(own).collect(),
        }
    }
}
