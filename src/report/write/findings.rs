//! Findings, their rules, and the steps that follow.

use super::round::{bearing, metres, share};
use super::said::{in_each, ring, words};
use super::{Writer, both, verdict};
use crate::assess::answer::{Finding, FoundFeature};
use crate::layer::book::rules::{Read, Rule, RuleKind};
use crate::report::document as wire;
use crate::report::document::Words;
use crate::say;
use crate::text::Key;

impl Writer<'_> {
    pub(super) fn finding(&self, finding: &Finding) -> wire::Finding {
        let rule = finding.rule.as_deref();
        let feature = finding.feature.as_ref();
        let unknown = [
            (finding.source.is_none(), wire::NotKnown::Source),
            (finding.pathway.is_none(), wire::NotKnown::Pathway),
            (finding.receptor.is_none(), wire::NotKnown::Receptor),
        ];
        wire::Finding {
            rule: rule.map(finding_rule),
            verdict: finding.verdict.map(verdict),
            layer: feature.map(|f| f.layer.to_string()),
            layer_title: feature.map(|f| self.layer_title(&f.layer)),
            feature: feature.map(|f| f.id.0),
            name: feature.map(|f| f.name.clone()).filter(|n| !n.is_empty()),
            ring: feature.map(|f| f.ring.to_string()),
            ring_title: feature.map(ring_title),
            possible: feature.is_some_and(|f| f.possible),
            sliver: feature.is_some_and(|f| f.sliver),
            across_road: feature.is_some_and(|f| f.across_road),
            distance_m: feature.map(|f| metres(f.distance_m)),
            distance_interval_m: feature
                .and_then(|f| f.distance_interval_m)
                .map(|ends| wire::DistanceInterval(ends.map(metres))),
            bearing: feature.and_then(|f| f.bearing).map(bearing),
            overlap_m2: feature.and_then(|f| f.overlap_m2).map(metres),
            overlap_share: feature.and_then(|f| f.overlap_share).map(share),
            valid: feature.map(|f| wire::FeatureSpan {
                from: f.valid.from.map(|day| day.to_string()),
                to: f.valid.to.map(|day| day.to_string()),
            }),
            source: finding.source.as_ref().map(both),
            pathway: finding.pathway.as_ref().map(both),
            receptor: finding.receptor.as_ref().map(both),
            not_known: unknown
                .into_iter()
                .filter_map(|(unknown, what)| unknown.then_some(what))
                .collect(),
            basis: rule.map(basis),
            sentence: match (rule, feature) {
                (Some(rule), _) => both(&rule.sentence),
                (None, Some(feature)) => self.found(feature),
                (None, None) => words(&say!(Key::ReportFoundNothingMore)),
            },
            next_step: rule.and_then(|rule| rule.next_step.as_ref()).map(both),
            deadline: rule.and_then(|rule| rule.deadline.as_ref()).map(both),
            steps: finding
                .steps
                .iter()
                .filter(|step| rule.is_none_or(|rule| rule.id != step.id))
                .map(|rule| step(rule))
                .collect(),
            inputs: finding
                .inputs
                .iter()
                .map(|(name, value)| wire::Input {
                    name: name.clone(),
                    value: value.clone(),
                })
                .collect(),
            remarks: finding.remarks.iter().map(words).collect(),
        }
    }

    /// That something is there, of which no rule speaks.
    fn found(&self, feature: &FoundFeature) -> Words {
        let (layer, place) = (self.layer_title(&feature.layer), ring_title(feature));
        in_each(|lang| {
            let (layer, place) = (layer.in_lang(lang), place.in_lang(lang));
            let sentence = if feature.name.is_empty() {
                let id = feature.id;
                say!(
                    Key::ReportFoundUnnamed,
                    layer = layer,
                    feature = id,
                    ring = place
                )
            } else {
                say!(
                    Key::ReportFound,
                    layer = layer,
                    name = feature.name,
                    ring = place
                )
            };
            sentence.in_lang(lang)
        })
    }
}

/// The ring in words, and whether it is only possible.
fn ring_title(feature: &FoundFeature) -> Words {
    let place = ring(feature.ring);
    if feature.possible {
        words(&say!(Key::ReportRingPossible).with_why(place))
    } else {
        words(&place)
    }
}

fn step(rule: &Rule) -> wire::Step {
    wire::Step {
        rule: finding_rule(rule),
        basis: basis(rule),
        sentence: both(&rule.sentence),
        next_step: rule.next_step.as_ref().map(both),
        deadline: rule.deadline.as_ref().map(both),
    }
}

fn finding_rule(rule: &Rule) -> wire::FindingRule {
    wire::FindingRule {
        id: rule.id.clone(),
        version: rule.version,
        title: both(&rule.title),
        kind: match rule.kind {
            RuleKind::Trigger => wire::RuleKind::Trigger,
            RuleKind::Limit => wire::RuleKind::Limit,
            RuleKind::Procedure => wire::RuleKind::Procedure,
            RuleKind::Policy => wire::RuleKind::Policy,
        },
        read: read(rule.read),
    }
}

fn basis(rule: &Rule) -> wire::Basis {
    wire::Basis {
        article: both(&rule.article),
        source: rule.source.clone(),
        read: read(rule.read),
    }
}

const fn read(read: Read) -> wire::Read {
    match read {
        Read::Primary => wire::Read::Primary,
        Read::Secondary => wire::Read::Secondary,
        Read::Recalled => wire::Read::Recalled,
    }
}
