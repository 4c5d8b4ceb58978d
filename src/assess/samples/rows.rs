//! Samples as a layer has them: the fields that hold contents, and what the layer says of sampling.

use std::sync::Arc;

use super::{Content, Sample};
use crate::assess::facts::Found;
use crate::layer::book::limits::PH;
use crate::model::{Ring, Value};
use crate::query::Snapshot;

/// A row of a layer on or near a parcel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SampleHit {
    /// The row.
    pub row: usize,
    /// The ring it stands in.
    pub ring: Ring,
    /// How far from the parcel.
    pub distance_m: f64,
}

/// The samples among what was found, whichever layers they are of.
pub(in crate::assess) fn of_found(found: &[Found<'_>]) -> Vec<Sample> {
    let mut samples = Vec::new();
    for of_layer in found.chunk_by(|a, b| Arc::ptr_eq(a.layer, b.layer)) {
        let hits = of_layer.iter().map(|found| SampleHit {
            row: found.row,
            ring: found.feature.ring,
            distance_m: found.feature.distance_m,
        });
        let hits: Vec<SampleHit> = hits.collect();
        samples.extend(
            of_layer
                .first()
                .into_iter()
                .flat_map(|found| self::of_layer(found.layer, &hits)),
        );
    }
    samples
}

/// Whether the rows of a layer are samples: some of its fields are contents.
pub fn is_sampled(snapshot: &Snapshot) -> bool {
    let mut fields = snapshot.view().fields.iter();
    fields.any(|field| field.analyte.as_deref().is_some_and(|a| a != PH))
}

/// The rows as samples, in their order; empty where none of the layer's fields that its audience sees
/// is a content.
pub fn of_layer(snapshot: &Snapshot, hits: &[SampleHit]) -> Vec<Sample> {
    let fields = || snapshot.view().fields.iter().enumerate();
    if !is_sampled(snapshot) {
        return Vec::new();
    }
    let acidity = fields().find(|(_, field)| field.analyte.as_deref() == Some(PH));
    let acidity = acidity.map(|(place, _)| place);
    hits.iter()
        .map(|hit| {
            let uses = &snapshot.view().uses;
            let number = |place: usize| match snapshot.value(hit.row, place) {
                Value::Number(number) => Some(number),
                _ => None,
            };
            let sampling = uses.sampling;
            let date = sampling.and_then(|sampling| sampling.date);
            let depth = sampling.and_then(|sampling| sampling.depth);
            Sample {
                layer: snapshot.view().id.clone(),
                id: snapshot.id(hit.row),
                name: uses
                    .label
                    .map(|place| snapshot.value(hit.row, place).to_plain_text())
                    .unwrap_or_default(),
                ring: hit.ring,
                distance_m: hit.distance_m,
                depth_m: depth.and_then(|[top, bottom]| Some([number(top)?, number(bottom)?])),
                date: date.and_then(|place| match snapshot.value(hit.row, place) {
                    Value::Date(day) => Some(day),
                    _ => None,
                }),
                ph: acidity.and_then(number),
                contents: fields()
                    .filter_map(|(place, field)| {
                        let substance = field.analyte.as_ref().filter(|a| *a != PH)?;
                        let unit = field.unit.clone()?;
                        content(&snapshot.value(hit.row, place), substance, unit)
                    })
                    .collect(),
            }
        })
        .collect()
}

/// A content, if one is recorded.
fn content(value: &Value, substance: &str, unit: String) -> Option<Content> {
    let (value, below_detection) = match value {
        Value::Number(value) => (*value, false),
        Value::BelowDetection(limit) => (*limit, true),
        _ => return None,
    };
    Some(Content {
        substance: substance.to_owned(),
        value,
        below_detection,
        unit,
    })
}
