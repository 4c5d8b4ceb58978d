//! What the ground is used for now, against what it is to become: a table that adds up to the
//! parcel, with what the map leaves out and what it has twice.

use std::collections::BTreeMap;

use super::answer::{Change, FromUse};
use super::question::Question;
use crate::geom::Target;
use crate::layer::book::Parts;
use crate::model::CodedUse;
use crate::query::{self, World};

/// Less than this of a row, m², is left out: the corners of areas drawn by different hands.
const LEAST_M2: f64 = 0.005;

/// The table of present and planned use.
pub(super) fn table(
    world: &World,
    parts: &Parts,
    question: &Question,
    target: &Target,
) -> Vec<Change> {
    let change = |(from, area_m2): (FromUse, f64)| Change {
        changes: changes(&from, &question.planned.uses),
        from,
        to: question.planned.uses.clone(),
        area_m2,
    };
    present(world, parts, question, target)
        .into_iter()
        .map(change)
        .collect()
}

/// What is used for what now, and how much of it.
fn present(
    world: &World,
    parts: &Parts,
    question: &Question,
    target: &Target,
) -> Vec<(FromUse, f64)> {
    if let Some(current) = &question.current {
        return vec![(FromUse::Use(current.clone()), target.area_m2())];
    }
    let unmapped = || vec![(FromUse::NotMapped, target.area_m2())];
    let Some((layer, field)) = parts.current_use.as_ref() else {
        return unmapped();
    };
    let Some(layer) = world.layers.get(layer) else {
        return unmapped();
    };
    let fields = &layer.view().fields;
    let Some(place) = fields.iter().position(|known| known.name == *field) else {
        return unmapped();
    };
    let Some(system) = fields[place].codes.as_ref().map(|codes| codes.name.clone()) else {
        return unmapped();
    };
    let shares = query::shares(layer, target);
    let mut rows: BTreeMap<FromUse, f64> = BTreeMap::new();
    for (row, area) in &shares.once {
        let code = layer.value(*row, place).to_plain_text();
        let from = if code.is_empty() {
            FromUse::NotMapped
        } else {
            FromUse::Use(CodedUse {
                system: system.clone(),
                code,
            })
        };
        *rows.entry(from).or_default() += area;
    }
    *rows.entry(FromUse::NotMapped).or_default() += shares.none;
    *rows.entry(FromUse::MappedTwice).or_default() += shares.several;
    let mut rows: Vec<(FromUse, f64)> = rows
        .into_iter()
        .filter(|(_, area)| *area >= LEAST_M2)
        .collect();
    rows.sort_by(|(a_use, a), (b_use, b)| b.total_cmp(a).then_with(|| a_use.cmp(b_use)));
    rows
}

/// Whether the use changes: `None` where the present or the planned use is not known, or they are
/// of different classifications.
fn changes(from: &FromUse, to: &[CodedUse]) -> Option<bool> {
    let FromUse::Use(from) = from else {
        return None;
    };
    if to.is_empty() {
        return None;
    }
    if to.iter().any(|to| to.system == from.system && to != from) {
        return Some(true);
    }
    to.iter().all(|to| to == from).then_some(false)
}
