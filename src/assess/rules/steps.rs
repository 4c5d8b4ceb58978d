//! What follows from a finding: the rule's own next step, then those of procedures and policies that
//! hang on it.

use std::sync::Arc;

use super::values::{self, Case, Use};
use crate::assess::facts::Facts;
use crate::filter::Truth;
use crate::layer::book::RuleSet;
use crate::layer::book::rules::Rule;

/// The steps after a rule that fired for some planned uses, in the order of the set: itself if it
/// has a step of its own, those that follow it, those that follow these. A step whose condition
/// cannot be decided is taken along rather than lost.
pub(super) fn after(
    set: &RuleSet,
    fired: &Arc<Rule>,
    facts: &Facts<'_>,
    uses: &[&Use],
) -> Vec<Arc<Rule>> {
    let mut reached: Vec<&str> = vec![&fired.id];
    // Each round reaches at least one more, or is the last.
    loop {
        let before = reached.len();
        for rule in set.rules.iter().filter(|rule| rule.subject.is_none()) {
            let hangs = rule.follows.iter().any(|id| reached.contains(&id.as_str()));
            if hangs && !reached.contains(&rule.id.as_str()) && applies(rule, facts, uses) {
                reached.push(&rule.id);
            }
        }
        if reached.len() == before {
            break;
        }
    }
    let own = fired.next_step.is_some().then_some(fired);
    let steps = set.rules.iter();
    let steps = steps.filter(|rule| rule.id != fired.id && reached.contains(&rule.id.as_str()));
    own.into_iter().chain(steps).cloned().collect()
}

fn applies(step: &Rule, facts: &Facts<'_>, uses: &[&Use]) -> bool {
    let Some(condition) = &step.condition else {
        return true;
    };
    let places = condition.expression.places();
    uses.iter().any(|planned| {
        let row = values::row(condition, &places, facts, planned, Case::Parcel);
        condition.expression.holds(&row) != Truth::False
    })
}
