//! What an expression is for a row.

use std::borrow::Cow;
use std::cmp::Ordering;

use jiff::Timestamp;
use jiff::civil::Date;

use super::expression::{Comparison, Condition, Operator, Place, Subject, Term};
use super::row::{Row, Scalar, Truth};

/// What a term is for a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Found<'a> {
    /// Not recorded, or without a value.
    Null,
    /// Recorded, and yet not known.
    Unknown,
    Text(Cow<'a, str>),
    Number(f64),
    Boolean(bool),
    Date(Date),
    DateTime(Timestamp),
}

impl<'a> From<Scalar<'a>> for Found<'a> {
    fn from(scalar: Scalar<'a>) -> Self {
        match scalar {
            Scalar::Null => Self::Null,
            Scalar::BelowDetection(_) => Self::Unknown,
            Scalar::Text(text) => Self::Text(Cow::Borrowed(text)),
            Scalar::Number(x) => Self::Number(x),
            Scalar::Boolean(b) => Self::Boolean(b),
            Scalar::Date(day) => Self::Date(day),
            Scalar::DateTime(moment) => Self::DateTime(moment),
        }
    }
}

impl Found<'_> {
    /// How it stands to another; `None` where that is not known.
    fn order(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            // UTF-8 keeps the order of code points.
            (Self::Text(a), Self::Text(b)) => Some(a.as_bytes().cmp(b.as_bytes())),
            (Self::Number(a), Self::Number(b)) => a.partial_cmp(b),
            (Self::Boolean(a), Self::Boolean(b)) => Some(a.cmp(b)),
            (Self::Date(a), Self::Date(b)) => Some(a.cmp(b)),
            (Self::DateTime(a), Self::DateTime(b)) => Some(a.cmp(b)),
            _ => None,
        }
    }
}

impl Comparison {
    /// Whether it holds between two values.
    fn between(self, left: &Found<'_>, right: &Found<'_>) -> Truth {
        let order = left.order(right);
        order
            .map(|order| match self {
                Self::Equal => order.is_eq(),
                Self::Unequal => order.is_ne(),
                Self::Less => order.is_lt(),
                Self::LessOrEqual => order.is_le(),
                Self::Greater => order.is_gt(),
                Self::GreaterOrEqual => order.is_ge(),
            })
            .into()
    }
}

impl Operator {
    /// The number that two become; `None` where there is none.
    fn of_two(self, a: f64, b: f64) -> Option<f64> {
        let made = match self {
            Self::Add => a + b,
            Self::Subtract => a - b,
            Self::Multiply => a * b,
            Self::Divide => a / b,
            Self::Remainder => a % b,
            Self::Whole => (a / b).trunc(),
            Self::Power => a.powf(b),
        };
        made.is_finite().then_some(made)
    }
}

impl Term {
    /// What it is for a row.
    pub(super) fn value<'a>(&'a self, row: &'a dyn Row) -> Found<'a> {
        match self {
            Self::Property(named) => row.value(named.place).into(),
            Self::Text(text) | Self::Alike(_, text) => Found::Text(Cow::Borrowed(text)),
            Self::Number(x) => Found::Number(*x),
            Self::Boolean(b) => Found::Boolean(*b),
            Self::Date(day) => Found::Date(*day),
            Self::DateTime(moment) => Found::DateTime(*moment),
            Self::Folded(fold, inner) => match inner.value(row) {
                Found::Text(text) => Found::Text(Cow::Owned(fold.apply(&text))),
                Found::Null => Found::Null,
                _ => Found::Unknown,
            },
            Self::Arithmetic(operator, operands) => {
                let [left, right] = operands.as_ref();
                match (left.value(row), right.value(row)) {
                    (Found::Number(a), Found::Number(b)) => {
                        operator.of_two(a, b).map_or(Found::Null, Found::Number)
                    }
                    (Found::Null, _) | (_, Found::Null) => Found::Null,
                    _ => Found::Unknown,
                }
            }
        }
    }
}

impl Condition {
    /// Whether it holds for a row.
    pub(super) fn holds(&self, row: &dyn Row) -> Truth {
        match self {
            Self::Constant(known) => (*known).into(),
            Self::All(parts) => all(parts.iter().map(|part| part.holds(row))),
            Self::Any(parts) => any(parts.iter().map(|part| part.holds(row))),
            Self::Not(part) => !part.holds(row),
            Self::Compare(comparison, left, right) => {
                comparison.between(&left.value(row), &right.value(row))
            }
            Self::Between(terms) => {
                let [value, low, high] = terms.as_ref();
                let value = value.value(row);
                let at_least = Comparison::GreaterOrEqual.between(&value, &low.value(row));
                at_least.and(Comparison::LessOrEqual.between(&value, &high.value(row)))
            }
            Self::In(value, list) => {
                let value = value.value(row);
                let equals = |term: &Term| Comparison::Equal.between(&value, &term.value(row));
                any(list.iter().map(equals))
            }
            Self::Like {
                value, compiled, ..
            } => match value.value(row) {
                Found::Text(text) => compiled.matches(&text).into(),
                _ => Truth::Unknown,
            },
            Self::IsNull(subject) => subject.is_null(row).into(),
            Self::Temporal(relation, left, right) => relation.between(left, right, row),
            Self::Spatial(relation, left, right) => relation.between(left, right, row),
        }
    }
}

impl Subject {
    /// Whether it is null for a row. What is below the limit of detection is not.
    fn is_null(&self, row: &dyn Row) -> bool {
        match self {
            Self::Term(term) => matches!(term.value(row), Found::Null),
            Self::Place(Place::Own(_)) => row.geometry().is_none(),
            Self::Place(Place::Written(_)) => false,
            Self::Span(span) => span.is_null(row),
            Self::Condition(condition) => condition.holds(row) == Truth::Unknown,
        }
    }
}

/// Whether all hold; the first that does not ends it.
fn all(truths: impl Iterator<Item = Truth>) -> Truth {
    let mut so_far = Truth::True;
    for truth in truths {
        so_far = so_far.and(truth);
        if so_far == Truth::False {
            break;
        }
    }
    so_far
}

/// Whether one holds; the first that does ends it.
fn any(truths: impl Iterator<Item = Truth>) -> Truth {
    let mut so_far = Truth::False;
    for truth in truths {
        so_far = so_far.or(truth);
        if so_far == Truth::True {
            break;
        }
    }
    so_far
}
