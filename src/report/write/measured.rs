//! Measured values and indices.

use super::round::{metres, significant};
use super::said::{ring, words};
use super::{Writer, both};
use crate::assess::answer::{Exceeds, IndexValue, Passed, SampleValue};
use crate::geom::cast;
use crate::report::document as wire;
use crate::say;
use crate::text::Key;

pub(super) fn passed(passed: &Passed) -> wire::SamplesPassed {
    let sentence = say!(
        Key::ReportSamplesPassed,
        samples = passed.samples,
        values = passed.values
    );
    wire::SamplesPassed {
        ring: passed.ring.to_string(),
        samples: cast::usize_to_u32(passed.samples),
        values: cast::usize_to_u32(passed.values),
        sentence: words(&sentence.with_words("ring", ring(passed.ring).both())),
    }
}

impl Writer<'_> {
    pub(super) fn sample(&self, sample: &SampleValue) -> wire::SampleValue {
        let (limit, limit_kind) = match (sample.screening, sample.intervention) {
            (Some(screening), _) => (Some(screening), Some(wire::LimitKind::Screening)),
            (None, Some(limit)) => (Some(limit), Some(wire::LimitKind::Intervention)),
            (None, None) => (None, None),
        };
        let substances = &self.around.book.limits.substances;
        wire::SampleValue {
            layer: sample.layer.to_string(),
            feature: sample.id.0,
            name: sample.name.clone(),
            ring: sample.ring.to_string(),
            ring_title: words(&ring(sample.ring)),
            distance_m: metres(sample.distance_m),
            substance: sample.substance.clone(),
            substance_title: substances.get(&sample.substance).map(|s| both(&s.name)),
            value: significant(sample.value).unwrap_or_default(),
            unit: sample.unit.clone(),
            recorded_unit: sample.recorded_unit.clone(),
            qualifier: sample.below_detection.then(|| "<LOD".to_owned()),
            depth_m: sample.depth_m.map(|depths| depths.map(metres)),
            date: sample.date.map(|day| day.to_string()),
            standard: sample.standard.map(str::to_owned),
            limit: limit.and_then(significant),
            limit_kind,
            intervention: sample.intervention.and_then(significant),
            class: sample.class.clone(),
            ratio: sample.ratio.and_then(significant),
            exceeds: match sample.exceeds {
                Exceeds::Nothing => wire::Exceeds::Nothing,
                Exceeds::WithinBackground => wire::Exceeds::WithinBackground,
                Exceeds::Screening => wire::Exceeds::Screening,
                Exceeds::Intervention => wire::Exceeds::Intervention,
                Exceeds::NotKnown => wire::Exceeds::NotKnown,
            },
            verified: sample.verified,
            remarks: sample.remarks.iter().map(words).collect(),
        }
    }
}

pub(super) fn index(index: &IndexValue) -> wire::IndexValue {
    wire::IndexValue {
        layer: index.layer.to_string(),
        feature: index.id.0,
        name: index.name.clone(),
        index: index.index.to_owned(),
        substance: index.substance.clone(),
        value: significant(index.value).unwrap_or_default(),
        grade: index.grade.as_ref().map(both),
        standard: index.standard.map(str::to_owned),
        background: index.background.clone(),
        substances: index.substances.clone(),
        verified: index.verified,
        remarks: index.remarks.iter().map(words).collect(),
    }
}
