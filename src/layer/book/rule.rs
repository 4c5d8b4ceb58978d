//! One `[[rules]]` table as a rule, or everything in it that has no meaning.

use super::Book;
use super::condition;
use super::file::{
    ExampleTable, FiresWord, GivenWord, KindWord, ReadWord, RingWord, RuleTable, SubjectWord,
    VerdictWord,
};
use super::known::{Known, Layers, empty};
use super::rules::{Read, RingKind, Rule, RuleExample, RuleKind, Subject};
use crate::layer::check::words;
use crate::layer::document::Document;
use crate::model::{LayerId, Value, Verdict};
use crate::say;
use crate::text::Key;

/// The rule at a path of a file, if nothing in it is wrong.
pub(super) fn check(
    doc: &mut Document,
    at: &str,
    table: RuleTable,
    book: &Book,
    layers: &Layers<'_>,
) -> Option<Rule> {
    let kind = kind_of(table.kind);
    empty(doc, &format!("{at}.id"), &table.id);
    empty(doc, &format!("{at}.source"), &table.source);
    let title = words(doc, &format!("{at}.title"));
    let sentence = words(doc, &format!("{at}.sentence"));
    let article = words(doc, &format!("{at}.article"));
    let mut perhaps = |key: &str| {
        let at = format!("{at}.{key}");
        doc.has(&at).then(|| words(doc, &at)).flatten()
    };
    let pollutant_source = perhaps("pollutant_source");
    let pathway = perhaps("pathway");
    let receptor = perhaps("receptor");
    let next_step = perhaps("next_step");
    let deadline = perhaps("deadline");
    let is_step = matches!(kind, RuleKind::Procedure | RuleKind::Policy);
    form(doc, at, &table, is_step);
    let subject = subject(doc, at, &table, layers);
    examples(doc, at, &table);
    let condition = condition::check(doc, at, &table, subject.as_ref(), (book, layers));
    Some(Rule {
        id: table.id,
        version: table.version,
        kind,
        title: title?,
        sentence: sentence?,
        article: article?,
        source: table.source,
        read: match table.read {
            ReadWord::Primary => Read::Primary,
            ReadWord::Secondary => Read::Secondary,
            ReadWord::Recalled => Read::Recalled,
        },
        subject,
        condition,
        verdict: table.verdict.map(verdict_of),
        pollutant_source,
        pathway,
        receptor,
        next_step,
        deadline,
        follows: table.follows,
        examples: table.examples.into_iter().map(example).collect(),
    })
}

/// What belongs together: a trigger or limit looks at something, a procedure or policy follows rules
/// that do.
fn form(doc: &mut Document, at: &str, table: &RuleTable, is_step: bool) {
    let id = &table.id;
    if is_step {
        if table.follows.is_empty() {
            doc.fault(at, say!(Key::LayerBookStepFollows, id = id));
        }
        let foreign = [
            ("subject", table.subject.is_some()),
            ("verdict", table.verdict.is_some()),
        ];
        for (key, _) in foreign.into_iter().filter(|(_, given)| *given) {
            let at = format!("{at}.{key}");
            doc.fault(&at, say!(Key::LayerBookStepKey, id = id, key = key));
        }
    } else {
        if table.subject.is_none() {
            doc.fault(at, say!(Key::LayerBookNoSubject, id = id));
        }
        if !table.follows.is_empty() {
            let at = format!("{at}.follows");
            doc.fault(&at, say!(Key::LayerBookTriggerFollows, id = id));
        }
    }
}

fn subject(
    doc: &mut Document,
    at: &str,
    table: &RuleTable,
    layers: &Layers<'_>,
) -> Option<Subject> {
    let feature = table.subject == Some(SubjectWord::Feature);
    let given = [
        ("layer", table.layer.is_some()),
        ("rings", table.rings.is_some()),
    ];
    for (key, _) in given.into_iter().filter(|(_, given)| *given && !feature) {
        let at = format!("{at}.{key}");
        doc.fault(&at, say!(Key::LayerBookFeatureKey, key = key));
    }
    match table.subject? {
        SubjectWord::Parcel => Some(Subject::Parcel),
        SubjectWord::Change => Some(Subject::Change),
        SubjectWord::Sample => Some(Subject::Sample),
        SubjectWord::Feature => {
            let Some(id) = &table.layer else {
                doc.fault(at, say!(Key::LayerBookFeatureLayer, id = table.id));
                return None;
            };
            if !layers.named.contains_key(id) {
                Known::Layer.fault(doc, &format!("{at}.layer"), id, layers.named.keys());
            }
            Some(Subject::Feature {
                layer: LayerId::parse(id).ok()?,
                rings: rings(doc, at, table.rings.as_deref()),
            })
        }
    }
}

fn rings(doc: &mut Document, at: &str, rings: Option<&[RingWord]>) -> Vec<RingKind> {
    let all = [RingWord::OnSite, RingWord::Adjoining, RingWord::Within];
    let mut rings = rings.unwrap_or(&all).to_vec();
    if rings.is_empty() {
        doc.fault(&format!("{at}.rings"), say!(Key::LayerBookNoRings));
    }
    rings.sort_unstable();
    rings.dedup();
    let kinds = rings.into_iter().map(|ring| match ring {
        RingWord::OnSite => RingKind::OnSite,
        RingWord::Adjoining => RingKind::Adjoining,
        RingWord::Within => RingKind::Within,
    });
    kinds.collect()
}

/// A condition that nobody has seen fire and not fire says nothing yet.
fn examples(doc: &mut Document, at: &str, table: &RuleTable) {
    let fires = |wanted| table.examples.iter().any(|example| example.fires == wanted);
    let shown = fires(FiresWord::Yes) && (fires(FiresWord::No) || fires(FiresWord::Unknown));
    if table.when.is_some() && !shown {
        doc.fault(at, say!(Key::LayerBookExamplesFew, id = table.id));
    }
    for (nth, example) in table.examples.iter().enumerate() {
        empty(doc, &format!("{at}.examples.{nth}.title"), &example.title);
    }
}

fn example(table: ExampleTable) -> RuleExample {
    let given = table.given.into_iter().map(|(name, value)| {
        let value = match value {
            GivenWord::Boolean(yes) => Value::Boolean(yes),
            GivenWord::Number(number) => Value::Number(number),
            GivenWord::Text(text) => Value::Text(text.into()),
        };
        (name, value)
    });
    RuleExample {
        title: table.title,
        given: given.collect(),
        fires: match table.fires {
            FiresWord::Yes => Some(true),
            FiresWord::No => Some(false),
            FiresWord::Unknown => None,
        },
    }
}

const fn kind_of(word: KindWord) -> RuleKind {
    match word {
        KindWord::Trigger => RuleKind::Trigger,
        KindWord::Limit => RuleKind::Limit,
        KindWord::Procedure => RuleKind::Procedure,
        KindWord::Policy => RuleKind::Policy,
    }
}

const fn verdict_of(word: VerdictWord) -> Verdict {
    match word {
        VerdictWord::Prohibited => Verdict::Prohibited,
        VerdictWord::ConstructionBarred => Verdict::ConstructionBarred,
        VerdictWord::SurveyRequired => Verdict::SurveyRequired,
        VerdictWord::Attention => Verdict::Attention,
    }
}
