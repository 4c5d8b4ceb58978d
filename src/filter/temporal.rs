//! How two spans of time lie to each other: the standard's fifteen relations.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::evaluate::Found;
use super::expression::{Span, Term};
use super::row::{Row, Truth};

/// A relation of the left span to the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    After,
    Before,
    Contains,
    Disjoint,
    During,
    Equals,
    FinishedBy,
    Finishes,
    Intersects,
    Meets,
    MetBy,
    OverlappedBy,
    Overlaps,
    StartedBy,
    Starts,
}

impl Relation {
    /// All of them, with their names in CQL2 JSON; text has them in capitals.
    pub(super) const ALL: [(Self, &'static str); 15] = [
        (Self::After, "t_after"),
        (Self::Before, "t_before"),
        (Self::Contains, "t_contains"),
        (Self::Disjoint, "t_disjoint"),
        (Self::During, "t_during"),
        (Self::Equals, "t_equals"),
        (Self::FinishedBy, "t_finishedBy"),
        (Self::Finishes, "t_finishes"),
        (Self::Intersects, "t_intersects"),
        (Self::Meets, "t_meets"),
        (Self::MetBy, "t_metBy"),
        (Self::OverlappedBy, "t_overlappedBy"),
        (Self::Overlaps, "t_overlaps"),
        (Self::StartedBy, "t_startedBy"),
        (Self::Starts, "t_starts"),
    ];

    /// Its name in CQL2 JSON.
    pub(super) fn name(self) -> &'static str {
        let found = Self::ALL
            .into_iter()
            .find(|(relation, _)| *relation == self);
        found.map_or("", |(_, name)| name)
    }

    /// Whether it holds between two spans, each from the first of its ends to the second.
    fn holds<T: Ord>(self, [a, b]: &[T; 2], [c, d]: &[T; 2]) -> bool {
        match self {
            Self::After => a > d,
            Self::Before => b < c,
            Self::Contains => a < c && b > d,
            Self::Disjoint => a > d || b < c,
            Self::During => a > c && b < d,
            Self::Equals => a == c && b == d,
            Self::FinishedBy => a < c && b == d,
            Self::Finishes => a > c && b == d,
            Self::Intersects => a <= d && b >= c,
            Self::Meets => b == c,
            Self::MetBy => a == d,
            Self::OverlappedBy => c < a && a < d && d < b,
            Self::Overlaps => a < c && c < b && b < d,
            Self::StartedBy => a == c && b > d,
            Self::Starts => a == c && b < d,
        }
    }

    /// Whether it holds between two spans of a row.
    pub(super) fn between(self, left: &Span, right: &Span, row: &dyn Row) -> Truth {
        let (Some(left), Some(right)) = (left.ends(row), right.ends(row)) else {
            return Truth::Unknown;
        };
        let moments = left.iter().chain(&right);
        let in_days = !moments.clone().any(|end| matches!(end, End::Moment(_)));
        match (stretched(left, in_days), stretched(right, in_days)) {
            (Some(left), Some(right)) => self.holds(&left, &right).into(),
            _ => Truth::Unknown,
        }
    }
}

/// An end of a span.
#[derive(Debug, Clone, Copy)]
enum End {
    Open,
    Day(Date),
    Moment(Timestamp),
}

impl End {
    /// What a term is for a row; `None` where that is not known.
    fn of(term: &Term, row: &dyn Row) -> Option<Self> {
        match term.value(row) {
            Found::Date(day) => Some(Self::Day(day)),
            Found::DateTime(moment) => Some(Self::Moment(moment)),
            _ => None,
        }
    }
}

impl Span {
    /// Its ends for a row; `None` where one is not known.
    fn ends(&self, row: &dyn Row) -> Option<[End; 2]> {
        match self {
            Self::Instant(term) => End::of(term, row).map(|end| [end; 2]),
            Self::Interval(ends) => {
                let [from, to] = ends.as_ref();
                let end = |end: &Option<Term>| match end {
                    None => Some(End::Open),
                    Some(term) => End::of(term, row),
                };
                Some([end(from)?, end(to)?])
            }
        }
    }

    /// Whether one of its ends is null for a row.
    pub(super) fn is_null(&self, row: &dyn Row) -> bool {
        let null = |term: &Term| matches!(term.value(row), Found::Null);
        match self {
            Self::Instant(term) => null(term),
            Self::Interval(ends) => ends.iter().flatten().any(null),
        }
    }
}

/// The ends as moments: a day stands for its first moment, and at the end of a span for its last,
/// unless days are compared only with days.
fn stretched([from, to]: [End; 2], in_days: bool) -> Option<[Timestamp; 2]> {
    let midnight = |day: Date| TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok();
    let from = match from {
        End::Open => Timestamp::MIN,
        End::Day(day) => midnight(day)?,
        End::Moment(moment) => moment,
    };
    let to = match to {
        End::Open => Timestamp::MAX,
        End::Day(day) if in_days => midnight(day)?,
        End::Day(day) => midnight(day)?
            .saturating_add(SignedDuration::from_hours(24) - SignedDuration::from_nanos(1))
            .ok()?,
        End::Moment(moment) => moment,
    };
    Some([from, to])
}
