//! The limits that a content is held against.

use super::{Content, GB_15618, GB_36600, Sample, Yardstick};
use crate::layer::book::limits::{
    ConstructionLimit, FarmlandFind, FarmlandLimit, FarmlandUse, Limits,
};
use crate::layer::{OWN_DERIVATION, SoilClass};
use crate::say;
use crate::text::{Key, Message};

/// A limit, or that there is none.
#[derive(Debug, Default)]
pub(super) struct Bound {
    /// The standard; `None`: none has a limit.
    pub(super) standard: Option<&'static str>,
    /// The screening value; `None` although there is a standard: it cannot be said which.
    pub(super) screening: Option<f64>,
    /// The intervention value.
    pub(super) intervention: Option<f64>,
    /// The unit of both.
    pub(super) unit: Option<String>,
    /// For which class, or for which farmland and pH.
    pub(super) class: Option<String>,
    /// Whether soil within the background is not managed as contaminated.
    pub(super) background_exempt: bool,
    /// In how many published places they were met: the least.
    pub(super) verified: u8,
    /// What must be said of it.
    pub(super) remarks: Vec<Message>,
}

/// The limits of the standards that apply; where none of them has one, that there is none.
pub(super) fn bounds(sample: &Sample, content: &Content, yardstick: &Yardstick<'_>) -> Vec<Bound> {
    let limits = yardstick.limits;
    let mut bounds = Vec::new();
    let mut asked = Vec::new();
    if let Some(construction) = yardstick.construction {
        asked.push(GB_36600);
        let limit = limits.construction.get(&content.substance);
        let assumed = construction.assumed;
        bounds.extend(limit.map(|limit| of_class(limit, construction.class, assumed)));
    }
    if let Some(farmland) = &yardstick.farmland {
        asked.push(GB_15618);
        bounds.extend(of_farmland(limits, farmland, content, sample.ph));
    }
    if bounds.is_empty() {
        let message = say!(Key::AssessSampleNoLimit, standard = asked.join(", "));
        bounds.push(Bound {
            remarks: vec![message],
            ..Bound::default()
        });
    }
    bounds
}

fn of_class(limit: &ConstructionLimit, class: SoilClass, assumed: bool) -> Bound {
    let (screening, intervention, class) = match class {
        SoilClass::I | SoilClass::Unknown => (limit.screening_1, limit.intervention_1, "I"),
        SoilClass::II => (limit.screening_2, limit.intervention_2, "II"),
    };
    Bound {
        standard: Some(GB_36600),
        screening: Some(screening),
        intervention: Some(intervention),
        unit: Some(limit.unit.clone()),
        class: Some(class.to_owned()),
        background_exempt: limit.background_exempt,
        verified: limit.cited.verified,
        remarks: assumed
            .then(|| say!(Key::AssessClassAssumed))
            .into_iter()
            .collect(),
    }
}

/// The limit of farmland; of several kinds the stricter one. `None`: the standard has none.
fn of_farmland(
    limits: &Limits,
    farmland: &FarmlandUse,
    content: &Content,
    ph: Option<f64>,
) -> Option<Bound> {
    let mut remarks = Vec::new();
    if farmland.basis == OWN_DERIVATION {
        remarks.push(say!(Key::AssessSampleFarmlandDerived));
    }
    let mut found: Vec<&FarmlandLimit> = Vec::new();
    let mut needs_ph = false;
    for kind in &farmland.kinds {
        match limits.farmland_limit(&content.substance, *kind, ph) {
            FarmlandFind::NoLimit => {}
            FarmlandFind::NeedsPh => needs_ph = true,
            FarmlandFind::Limit(limit) => found.push(limit),
        }
    }
    if needs_ph {
        remarks.push(say!(Key::AssessSampleNoPh));
        return Some(Bound {
            standard: Some(GB_15618),
            remarks,
            ..Bound::default()
        });
    }
    let screening = |limit: &FarmlandLimit| limit.screening.as_ref().map(|cited| cited.value);
    let strictest = found
        .iter()
        .min_by(|a, b| {
            screening(a)
                .unwrap_or(f64::MAX)
                .total_cmp(&screening(b).unwrap_or(f64::MAX))
        })
        .copied()?;
    if found.iter().any(|limit| limit.kind != strictest.kind) {
        remarks.push(say!(Key::AssessSampleFarmlandKinds));
    }
    let cited = [&strictest.screening, &strictest.intervention];
    let verified = cited.into_iter().flatten().map(|cited| cited.verified);
    Some(Bound {
        standard: Some(GB_15618),
        screening: screening(strictest),
        intervention: strictest.intervention.as_ref().map(|cited| cited.value),
        unit: Some(strictest.unit.clone()),
        class: Some(class_of(strictest)),
        background_exempt: false,
        verified: verified.min().unwrap_or_default(),
        remarks,
    })
}

/// `paddy, 5.5 < pH ≤ 6.5`
fn class_of(limit: &FarmlandLimit) -> String {
    let kind = limit.kind.map(|kind| kind.as_str().to_owned());
    let band = match (limit.ph_above, limit.ph_to) {
        (None, None) => None,
        (None, Some(to)) => Some(format!("pH ≤ {to}")),
        (Some(above), None) => Some(format!("pH > {above}")),
        (Some(above), Some(to)) => Some(format!("{above} < pH ≤ {to}")),
    };
    let parts: Vec<String> = kind.into_iter().chain(band).collect();
    if parts.is_empty() {
        "farmland".to_owned()
    } else {
        parts.join(", ")
    }
}
