//! Samples of soil on and near a parcel, held against GB 36600-2018 or GB 15618-2018. How is told in
//! `docs/samples.md`; every limit is data (`layers/limits`).

pub(super) mod decimal;
mod bound;
mod rows;

use std::cmp::Ordering;

use jiff::civil::Date;

use self::bound::{Bound, bounds};
use self::decimal::Decimal;
use super::answer::{Exceeds, SampleValue};
use super::question::{Meaning, Planned};
use crate::layer::book::limits::{
    Background, FarmlandKind, FarmlandUse, Limits, power_of_mg_per_kg,
};
use crate::layer::{OWN_DERIVATION, SoilClass};
use crate::model::{FeatureId, LayerId, Ring};
use crate::say;
use crate::text::Key;

pub(super) use rows::of_found;
pub use rows::{SampleHit, is_sampled, of_layer};

/// The standard of construction land.
pub const GB_36600: &str = "GB 36600-2018";
/// The standard of farmland.
pub const GB_15618: &str = "GB 15618-2018";

/// A sample on or near a parcel, as it is on record.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Its layer.
    pub layer: LayerId,
    /// Its number there.
    pub id: FeatureId,
    /// What it is called; empty: it has no name.
    pub name: String,
    /// The ring it stands in.
    pub ring: Ring,
    /// How far from the parcel.
    pub distance_m: f64,
    /// From and to which depth, metres.
    pub depth_m: Option<[f64; 2]>,
    /// The day it was taken.
    pub date: Option<Date>,
    /// The acidity of its soil.
    pub ph: Option<f64>,
    /// What was measured in it; what is not recorded is not among them.
    pub contents: Vec<Content>,
}

/// The content of a substance in a sample, as it is on record.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// The substance's symbol.
    pub substance: String,
    /// The content; of one below detection the limit of detection.
    pub value: f64,
    /// Whether it is below the limit of detection.
    pub below_detection: bool,
    /// The unit.
    pub unit: String,
}

/// By what the soil of a parcel is judged.
#[derive(Debug, Clone, PartialEq)]
pub struct Yardstick<'a> {
    /// The limits.
    pub limits: &'a Limits,
    /// By which class of GB 36600-2018; `None`: all of the parcel is to be farmland.
    pub construction: Option<ConstructionClass>,
    /// As which farmland by GB 15618-2018; `None`: none of the parcel is to be farmland.
    pub farmland: Option<FarmlandUse>,
    /// The natural contents of soil there.
    pub background: Option<&'a Background>,
}

/// A class of GB 36600-2018.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConstructionClass {
    /// The class; one that is not known counts as I.
    pub class: SoilClass,
    /// Whether it is only taken because none is known.
    pub assumed: bool,
}

impl<'a> Yardstick<'a> {
    /// What the planned uses of a parcel call for: a parcel with farmland and other uses is judged by
    /// both standards.
    pub fn of(
        limits: &'a Limits,
        planned: &Planned,
        meaning: &Meaning,
        background: Option<&'a Background>,
    ) -> Self {
        let farmland = planned.uses.iter().filter_map(|planned| {
            let key = (planned.system.clone(), planned.code.clone());
            limits.farmland_uses.get(&key)
        });
        let farmland: Vec<&FarmlandUse> = farmland.collect();
        let wholly = !farmland.is_empty() && farmland.len() == planned.uses.len();
        let construction = ConstructionClass {
            class: meaning.limit_class,
            assumed: meaning.class_assumed,
        };
        let mut kinds: Vec<FarmlandKind> = farmland
            .iter()
            .flat_map(|f| f.kinds.iter().copied())
            .collect();
        kinds.sort_unstable();
        kinds.dedup();
        let own = farmland.iter().find(|f| f.basis == OWN_DERIVATION);
        let basis = own.or(farmland.first()).map(|f| f.basis.clone());
        Self {
            limits,
            construction: (!wholly).then_some(construction),
            farmland: basis.map(|basis| FarmlandUse { kinds, basis }),
            background,
        }
    }
}

/// Every content of these samples against its limits: what exceeds most comes first, then by ring and
/// distance.
pub fn judge(samples: &[Sample], yardstick: &Yardstick<'_>) -> Vec<SampleValue> {
    let mut values: Vec<SampleValue> = samples
        .iter()
        .flat_map(|sample| sample.contents.iter().map(move |content| (sample, content)))
        .flat_map(|(sample, content)| {
            let bounds = bounds(sample, content, yardstick);
            let each = bounds.into_iter();
            each.map(|bound| held(sample, content, bound, yardstick.background))
        })
        .collect();
    values.sort_by(|a, b| {
        rank(a.exceeds)
            .cmp(&rank(b.exceeds))
            .then_with(|| by_place(a, b))
    });
    values
}

/// What wants to be seen first.
const fn rank(exceeds: Exceeds) -> u8 {
    match exceeds {
        Exceeds::Intervention => 0,
        Exceeds::Screening => 1,
        Exceeds::NotKnown => 2,
        Exceeds::WithinBackground => 3,
        Exceeds::Nothing => 4,
    }
}

/// The nearest sample first.
pub(super) fn by_place(a: &SampleValue, b: &SampleValue) -> Ordering {
    a.ring
        .cmp(&b.ring)
        .then_with(|| a.distance_m.total_cmp(&b.distance_m))
        .then_with(|| (&a.layer, a.id).cmp(&(&b.layer, b.id)))
        .then_with(|| a.substance.cmp(&b.substance))
        .then_with(|| a.standard.cmp(&b.standard))
}

/// A content held against one limit.
fn held(
    sample: &Sample,
    content: &Content,
    bound: Bound,
    background: Option<&Background>,
) -> SampleValue {
    let unit = bound.unit.clone().unwrap_or_else(|| content.unit.clone());
    let value = in_unit(content.value, &content.unit, &unit).filter(|v| !v.is_negative());
    let mut held = SampleValue {
        layer: sample.layer.clone(),
        id: sample.id,
        name: sample.name.clone(),
        ring: sample.ring,
        distance_m: sample.distance_m,
        substance: content.substance.clone(),
        value: content.value,
        below_detection: content.below_detection,
        recorded_unit: None,
        unit: content.unit.clone(),
        depth_m: sample.depth_m,
        date: sample.date,
        standard: bound.standard,
        screening: bound.screening,
        intervention: bound.intervention,
        class: bound.class,
        ratio: None,
        exceeds: Exceeds::NotKnown,
        verified: bound.verified,
        remarks: bound.remarks,
    };
    let Some(value) = value else {
        let message = say!(
            Key::AssessSampleUnusable,
            value = content.value,
            unit = content.unit
        );
        held.remarks.push(message);
        return held;
    };
    held.value = value.nearest();
    if unit != content.unit {
        held.recorded_unit = Some(std::mem::replace(&mut held.unit, unit));
    }
    if bound.standard.is_none() {
        held.exceeds = Exceeds::Nothing;
        return held;
    }
    let Some(screening) = held.screening.and_then(Decimal::of) else {
        return held;
    };
    if !content.below_detection {
        held.ratio = held.screening.map(|limit| held.value / limit);
    }
    held.exceeds = if value <= screening {
        Exceeds::Nothing
    } else if content.below_detection {
        let message = say!(
            Key::AssessSampleDetection,
            lod = held.value,
            limit = screening.nearest(),
            unit = held.unit
        );
        held.remarks.push(message);
        Exceeds::NotKnown
    } else if bound.background_exempt && within(value, &mut held, background) {
        Exceeds::WithinBackground
    } else if held
        .intervention
        .and_then(Decimal::of)
        .is_some_and(|limit| value > limit)
    {
        Exceeds::Intervention
    } else {
        Exceeds::Screening
    };
    held
}

/// A content in another unit; `None`: it is no number, or a unit is not one of content.
pub(super) fn in_unit(value: f64, from: &str, to: &str) -> Option<Decimal> {
    let decimal = Decimal::of(value)?;
    if from == to {
        return Some(decimal);
    }
    let power = power_of_mg_per_kg(from)? - power_of_mg_per_kg(to)?;
    Some(decimal.times_ten_to(power))
}

/// Whether a content is within the natural background, and what must be said of that.
fn within(value: Decimal, held: &mut SampleValue, background: Option<&Background>) -> bool {
    let known = background.and_then(|set| Some((set, set.values.get(&held.substance)?)));
    let Some((set, natural)) = known else {
        held.remarks.push(say!(Key::AssessSampleNoBackground));
        return false;
    };
    let limit = in_unit(natural.value, "mg/kg", &held.unit);
    if limit.is_none_or(|limit| value > limit) {
        return false;
    }
    let message = say!(Key::AssessSampleWithinBackground, value = natural.value);
    held.remarks
        .push(message.with_words("background", set.title.clone()));
    true
}
