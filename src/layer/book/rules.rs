//! Rules as data: `layers/rules/<id>.toml`. A rule says on what it looks, when it fires, what follows,
//! under which article, and whether that article was read.

use std::sync::Arc;

use super::vocabulary::Vocabulary;
use crate::filter::Expression;
use crate::model::{LayerId, Ring, Verdict};
use crate::text::Bilingual;

/// A set of rules, those it includes counted in.
#[derive(Debug, Clone)]
pub struct RuleSet {
    /// Its name.
    pub id: String,
    /// Raised with every change.
    pub version: u32,
    /// What people call it.
    pub title: Bilingual,
    /// What must be known of the texts its rules rest on: in which version, whether still in force.
    pub notes: Vec<Bilingual>,
    /// The rules, in the order of the files: those of included sets first.
    pub rules: Vec<Arc<Rule>>,
}

impl RuleSet {
    /// A rule by its id.
    pub fn rule(&self, id: &str) -> Option<&Arc<Rule>> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}

/// One rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Its name, e.g. `R1`.
    pub id: String,
    /// Raised with every change.
    pub version: u32,
    /// What it does in an answer.
    pub kind: RuleKind,
    /// What people call it.
    pub title: Bilingual,
    /// What it says, in a plain sentence.
    pub sentence: Bilingual,
    /// The article it rests on.
    pub article: Bilingual,
    /// Where its text was met.
    pub source: String,
    /// How its text was met.
    pub read: Read,
    /// What it looks at; `None`: a step that hangs on other rules.
    pub subject: Option<Subject>,
    /// When it fires; `None`: whenever there is a subject.
    pub condition: Option<Condition>,
    /// What it comes to when it fires; `None`: it is noted, and changes no verdict.
    pub verdict: Option<Verdict>,
    /// Where the substance comes from; `None`: the subject itself, where it is a source, else not known.
    pub pollutant_source: Option<Bilingual>,
    /// How it reaches whom it harms; `None`: not known.
    pub pathway: Option<Bilingual>,
    /// Whom it harms; `None`: the subject itself, where it is a receptor, else who will use the parcel.
    pub receptor: Option<Bilingual>,
    /// What to do next.
    pub next_step: Option<Bilingual>,
    /// By when.
    pub deadline: Option<Bilingual>,
    /// The rules on whose findings it hangs: a step that follows from them.
    pub follows: Vec<String>,
    /// Cases that `onemap check` runs.
    pub examples: Vec<RuleExample>,
}

/// What a rule does in an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleKind {
    /// It decides by what is there.
    Trigger,
    /// It decides by a value against a limit.
    Limit,
    /// It is a step that hangs on findings.
    Procedure,
    /// It is a policy that hangs on findings.
    Policy,
}

/// How the text of a rule was met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Read {
    /// In the primary source.
    Primary,
    /// In an excerpt or another's account: the answer says so.
    Secondary,
    /// From general knowledge: the answer says so.
    Recalled,
}

/// What a rule looks at, one at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The parcel as a whole, once.
    Parcel,
    /// Each row of the table of present and planned use.
    Change,
    /// Each feature of a layer found in one of these rings (`Within(0)`: any ring by distance).
    Feature {
        /// The layer.
        layer: LayerId,
        /// Where it must be.
        rings: Vec<RingKind>,
    },
    /// Each measured value on or near the parcel that was held against a limit.
    Sample,
}

/// A kind of ring, whatever its distance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RingKind {
    /// [`Ring::OnSite`].
    OnSite,
    /// [`Ring::Adjoining`].
    Adjoining,
    /// [`Ring::Within`].
    Within,
}

impl RingKind {
    /// The kind of a ring.
    pub const fn of(ring: Ring) -> Self {
        match ring {
            Ring::OnSite => Self::OnSite,
            Ring::Adjoining => Self::Adjoining,
            Ring::Within(_) => Self::Within,
        }
    }
}

/// A condition in CQL2.
#[derive(Debug, Clone)]
pub struct Condition {
    /// As the file has it.
    pub text: String,
    /// What it says, typed.
    pub expression: Expression,
    /// The names it may use: the expression's places are theirs.
    pub vocabulary: Arc<Vocabulary>,
}

/// A case of a rule.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleExample {
    /// What it shows.
    pub title: String,
    /// The properties, by name, as TOML has them.
    pub given: Vec<(String, crate::model::Value)>,
    /// Whether it fires: yes, no, or not to be known (`None`).
    pub fires: Option<bool>,
}
