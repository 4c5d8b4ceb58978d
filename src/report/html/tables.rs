//! What was looked at, the table of uses, and what was measured.

use super::parts::named;
use super::{Lines, Page, labels, metres, percent, square_metres};
use crate::report::document::{Document, IndexValue, RingCoverage, SampleValue};
use crate::text::Key;

impl Page {
    /// What was looked at: a row a layer, below its theme.
    pub(super) fn looked_at(&mut self, document: &Document) {
        self.raw("<section>");
        self.heading(Key::ReportHeadLookedAt);
        for theme in &document.themes {
            let title = self.words(&theme.title).to_owned();
            self.element("<h3>", &title, "</h3>");
            let sentence = self.words(&theme.sentence).to_owned();
            self.element("<p>", &sentence, "</p>");
            let rows = theme.layers.iter().map(|layer| {
                vec![
                    vec![self.words(&layer.title).to_owned()],
                    vec![self.words(&layer.sentence).to_owned()],
                    layer.rings.iter().map(|ring| self.ring(ring)).collect(),
                ]
            });
            let rows = rows.collect();
            let heads = [Key::ReportLayer, Key::ReportKnown, Key::ReportCoverage];
            self.table(Key::ReportLookedAtCaption, &heads, rows);
        }
        self.raw("</section>");
    }

    fn ring(&self, ring: &RingCoverage) -> String {
        let mut parts = vec![match ring.covered_share {
            Some(share) => percent(share),
            None => self.key(Key::ReportUnknown),
        }];
        parts.extend(ring.surveyed.clone());
        if ring.cut_share > 0.0 {
            parts.push(format!(
                "{} {}",
                self.key(Key::ReportCut),
                percent(ring.cut_share)
            ));
        }
        let colon = self.key(Key::ReportColon);
        format!("{}{colon}{}", self.words(&ring.title), parts.join(" · "))
    }

    /// Present use against planned use.
    pub(super) fn changes(&mut self, document: &Document) {
        if document.land_use_change.is_empty() {
            return;
        }
        self.raw("<section>");
        self.heading(Key::ReportHeadChange);
        let rows = document.land_use_change.iter().map(|change| {
            let from = match &change.from {
                Some(from) => self.land_use(from),
                None => self.key(labels::from_state(change.from_state)),
            };
            let mut to: Lines = change.to.iter().map(|to| self.land_use(to)).collect();
            if to.is_empty() {
                to.push(self.key(Key::ReportOriginUnknown));
            }
            vec![
                vec![from],
                to,
                vec![square_metres(change.area_m2)],
                vec![self.key(labels::changes(change.changes))],
            ]
        });
        let rows = rows.collect();
        let heads = [
            Key::ReportCurrentUse,
            Key::ReportPlannedUse,
            Key::ReportArea,
            Key::ReportChanges,
        ];
        self.table(Key::ReportChangeCaption, &heads, rows);
        self.raw("</section>");
    }

    /// Samples and indices.
    pub(super) fn measured(&mut self, document: &Document) {
        let passed = &document.samples_passed;
        if document.samples.is_empty() && passed.is_empty() {
            return;
        }
        self.raw("<section>");
        self.heading(Key::ReportHeadMeasured);
        if !document.samples.is_empty() {
            let rows = document.samples.iter().map(|s| self.sample(s)).collect();
            let heads = [
                Key::ReportSample,
                Key::ReportSubstance,
                Key::ReportValue,
                Key::ReportLimit,
                Key::ReportRatio,
                Key::ReportExceeds,
            ];
            self.table(Key::ReportSamplesCaption, &heads, rows);
        }
        for passed in passed {
            let sentence = self.words(&passed.sentence).to_owned();
            self.element("<p>", &sentence, "</p>");
        }
        if !document.indices.is_empty() {
            let rows = document.indices.iter().map(|i| self.index(i)).collect();
            let heads = [
                Key::ReportSample,
                Key::ReportIndex,
                Key::ReportValue,
                Key::ReportGrade,
                Key::ReportBackground,
            ];
            self.table(Key::ReportIndicesCaption, &heads, rows);
        }
        self.raw("</section>");
    }

    fn sample(&self, sample: &SampleValue) -> Vec<Lines> {
        let unit = &sample.unit;
        let mut place = vec![named(&sample.name, sample.feature)];
        place.push(format!(
            "{} · {}",
            self.words(&sample.ring_title),
            metres(sample.distance_m)
        ));
        place.extend(sample.date.clone());
        if let Some([from, to]) = sample.depth_m {
            place.push(format!("{from}–{to} m"));
        }
        let mut substance = vec![sample.substance.clone()];
        substance.extend(
            sample
                .substance_title
                .iter()
                .map(|t| self.words(t).to_owned()),
        );
        let mut value = vec![match &sample.qualifier {
            Some(qualifier) => format!("{qualifier} ({} {unit})", sample.value),
            None => format!("{} {unit}", sample.value),
        }];
        if let Some(recorded) = &sample.recorded_unit {
            value.push(format!("{} {recorded}", self.key(Key::ReportRecordedIn)));
        }
        let mut limit: Lines = sample.standard.iter().cloned().collect();
        limit.extend(sample.class.clone());
        if let (Some(value), Some(kind)) = (sample.limit, sample.limit_kind) {
            limit.push(format!(
                "{} {value} {unit}",
                self.key(labels::limit_kind(kind))
            ));
        }
        if let Some(value) = sample.intervention {
            let kind = self.key(Key::ReportLimitIntervention);
            limit.push(format!("{kind} {value} {unit}"));
        }
        if sample.verified == 0 && sample.limit.is_some() {
            limit.push(self.key(Key::ReportOwnDerivation));
        }
        let mut exceeds = vec![self.key(labels::exceeds(sample.exceeds))];
        exceeds.extend(sample.remarks.iter().map(|r| self.words(r).to_owned()));
        let ratio = sample.ratio.map(|ratio| ratio.to_string());
        let ratio = vec![self.or_unknown(ratio)];
        vec![place, substance, value, limit, ratio, exceeds]
    }

    fn index(&self, index: &IndexValue) -> Vec<Lines> {
        let of = match &index.substance {
            Some(substance) => format!("{} ({substance})", index.index),
            None => format!("{} ({})", index.index, index.substances.join(", ")),
        };
        let mut grade = vec![self.words_or_unknown(index.grade.as_ref())];
        if index.verified == 0 {
            grade.push(self.key(Key::ReportOwnDerivation));
        }
        vec![
            vec![named(&index.name, index.feature)],
            vec![of],
            vec![index.value.to_string()],
            grade,
            index.background.iter().cloned().collect(),
        ]
    }
}
