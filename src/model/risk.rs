//! Words of a parcel's screening: uses of land, rings around a parcel, verdicts.

use std::fmt;

/// A use of land: its code, and the classification in which the code means it. Codes of different
/// classifications collide (1001 is industry in one and railway in another), so neither is anything
/// without the other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodedUse {
    /// The classification: the name of its code list.
    pub system: String,
    /// The code.
    pub code: String,
}

impl fmt::Display for CodedUse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.system, self.code)
    }
}

/// Where something is, seen from a parcel; nearest first. Each finding stands in exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ring {
    /// It shares ground with the parcel.
    OnSite,
    /// It touches the parcel, or only a road lies between.
    Adjoining,
    /// It is no farther than so many metres, and in no nearer ring.
    Within(u32),
}

impl fmt::Display for Ring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OnSite => f.write_str("on_site"),
            Self::Adjoining => f.write_str("adjoining"),
            Self::Within(metres) => write!(f, "within_{metres}m"),
        }
    }
}

/// What a screening comes to; the most severe last, so that the worst is the greatest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// No rule was triggered by what is known, and everything that was asked is known.
    NoKnownTrigger,
    /// No rule was triggered, and something that was asked is not known.
    Incomplete,
    /// Something wants to be looked at.
    Attention,
    /// A soil survey is required first.
    SurveyRequired,
    /// Nothing may be built until risk control or remediation has reached its targets.
    ConstructionBarred,
    /// The planned use is not allowed there.
    Prohibited,
}

impl Verdict {
    /// Every verdict, the most severe first.
    pub const ALL: [Self; 6] = [
        Self::Prohibited,
        Self::ConstructionBarred,
        Self::SurveyRequired,
        Self::Attention,
        Self::Incomplete,
        Self::NoKnownTrigger,
    ];

    /// Its name on the wire and in rule files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Prohibited => "prohibited",
            Self::ConstructionBarred => "construction_barred",
            Self::SurveyRequired => "survey_required",
            Self::Attention => "attention",
            Self::Incomplete => "incomplete",
            Self::NoKnownTrigger => "no_known_trigger",
        }
    }
}
