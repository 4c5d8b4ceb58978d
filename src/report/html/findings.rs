//! What was found, one after the other.

use super::{Lines, Page, labels, metres, percent, square_metres};
use crate::report::document::{Basis, Document, Finding, FindingRule, Step};
use crate::text::Key;

impl Page {
    pub(super) fn findings(&mut self, document: &Document) {
        self.raw("<section>");
        self.heading(Key::ReportHeadFindings);
        if document.findings.is_empty() {
            self.note(Key::ReportNoFindings);
        }
        for finding in &document.findings {
            self.finding(finding);
        }
        self.raw("</section>");
    }

    fn finding(&mut self, finding: &Finding) {
        let what = match (&finding.rule, &finding.name, &finding.layer_title) {
            (Some(rule), _, _) => self.words(&rule.title).to_owned(),
            (None, Some(name), _) => name.clone(),
            (None, None, Some(layer)) => self.words(layer).to_owned(),
            (None, None, None) => String::new(),
        };
        let title = match finding.verdict {
            Some(verdict) => format!("{} · {what}", self.key(labels::verdict(verdict))),
            None => what,
        };
        self.raw("<article>");
        self.element("<h3>", &title, "</h3>");
        let sentence = self.words(&finding.sentence).to_owned();
        self.element("<p>", &sentence, "</p>");
        let rule: Lines = finding.rule.iter().map(|rule| self.rule(rule)).collect();
        let basis = finding
            .basis
            .as_ref()
            .map_or_else(Vec::new, |b| self.article(b));
        let line = |words: &Option<_>| words.iter().map(|w| self.words(w).to_owned()).collect();
        let inputs = finding.inputs.iter();
        let inputs = inputs.map(|input| format!("{} = {}", input.name, input.value));
        let entries = vec![
            (Key::ReportWhat, self.what(finding)),
            (Key::ReportWhere, self.place(finding)),
            (Key::ReportOverlap, overlap(finding)),
            (Key::ReportValid, span(finding)),
            (
                Key::ReportSource,
                vec![self.words_or_unknown(finding.source.as_ref())],
            ),
            (
                Key::ReportPathway,
                vec![self.words_or_unknown(finding.pathway.as_ref())],
            ),
            (
                Key::ReportReceptor,
                vec![self.words_or_unknown(finding.receptor.as_ref())],
            ),
            (Key::ReportRule, rule),
            (Key::ReportArticle, basis),
            (Key::ReportNextStep, line(&finding.next_step)),
            (Key::ReportDeadline, line(&finding.deadline)),
            (Key::ReportInputs, inputs.collect()),
        ];
        self.list_of(entries);
        if !finding.steps.is_empty() {
            self.note(Key::ReportSteps);
            self.raw("<ol>");
            for step in &finding.steps {
                self.step(step);
            }
            self.raw("</ol>");
        }
        let remarks: Lines = finding
            .remarks
            .iter()
            .map(|r| self.words(r).to_owned())
            .collect();
        self.bullets(&remarks);
        self.raw("</article>");
    }

    /// The layer and the feature.
    fn what(&self, finding: &Finding) -> Lines {
        let layer = finding
            .layer_title
            .as_ref()
            .map(|t| self.words(t).to_owned());
        let number = finding.feature.map(|feature| feature.to_string());
        let name = finding.name.clone().or(number);
        layer.into_iter().chain(name).collect()
    }

    /// The ring, distance and bearing.
    fn place(&self, finding: &Finding) -> Lines {
        let mut lines: Lines = finding
            .ring_title
            .iter()
            .map(|title| self.words(title).to_owned())
            .collect();
        if let Some(distance) = finding.distance_m {
            lines.push(match finding.bearing {
                Some(bearing) => format!("{} · {bearing}°", metres(distance)),
                None => metres(distance),
            });
        }
        if let Some(interval) = finding.distance_interval_m {
            let [least, most] = interval.0;
            lines.push(format!("{} … {}", metres(least), metres(most)));
        }
        if finding.across_road {
            lines.push(self.key(Key::ReportAcrossRoad));
        }
        if finding.sliver {
            lines.push(self.key(Key::ReportSliver));
        }
        lines
    }

    fn rule(&self, rule: &FindingRule) -> String {
        format!(
            "{} · {} · {}",
            rule.id,
            rule.version,
            self.key(labels::kind(rule.kind))
        )
    }

    fn article(&self, basis: &Basis) -> Lines {
        vec![
            self.words(&basis.article).to_owned(),
            format!("{} ({})", basis.source, self.key(labels::read(basis.read))),
        ]
    }

    fn step(&mut self, step: &Step) {
        self.raw("<li>");
        let mut lines = vec![
            format!(
                "{} · {}",
                self.words(&step.rule.title),
                self.rule(&step.rule)
            ),
            self.words(&step.sentence).to_owned(),
        ];
        lines.extend(step.next_step.iter().map(|w| self.words(w).to_owned()));
        lines.extend(step.deadline.iter().map(|w| self.words(w).to_owned()));
        lines.extend(self.article(&step.basis));
        self.lines(&lines);
        self.raw("</li>");
    }
}

fn overlap(finding: &Finding) -> Lines {
    let area = finding.overlap_m2.map(square_metres);
    let share = finding.overlap_share.map(percent);
    area.into_iter().chain(share).collect()
}

fn span(finding: &Finding) -> Lines {
    let Some(valid) = &finding.valid else {
        return Vec::new();
    };
    match (&valid.from, &valid.to) {
        (None, None) => Vec::new(),
        (from, to) => {
            let day = |day: &Option<String>| day.clone().unwrap_or_else(|| "–".to_owned());
            vec![format!("{} … {}", day(from), day(to))]
        }
    }
}
