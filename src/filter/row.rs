//! What a filter is evaluated over, and what comes out.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::geom::Geometry;

/// One value of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scalar<'a> {
    /// Not recorded.
    Null,
    /// Text, or a code.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// Measured, and below this limit of detection: not null, and compared with nothing.
    BelowDetection(f64),
    /// Yes or no.
    Boolean(bool),
    /// A calendar day.
    Date(Date),
    /// A moment.
    DateTime(Timestamp),
}

/// A row that a filter is evaluated over.
pub trait Row {
    /// The value at a [`Property`](super::Property)'s place. A value of another kind than the
    /// property's is taken as unknown.
    fn value(&self, place: usize) -> Scalar<'_>;

    /// The row's geometry, in degrees; `None` where there is none.
    fn geometry(&self) -> Option<Cow<'_, Geometry>>;
}

/// What a condition is for a row: Kleene's three values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Truth {
    /// It does not hold.
    False,
    /// What is known does not say.
    Unknown,
    /// It holds.
    True,
}

impl Truth {
    /// Both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.min(other)
    }

    /// One or both.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        self.max(other)
    }

    /// Whether it is known to hold.
    pub const fn is_true(self) -> bool {
        matches!(self, Self::True)
    }
}

impl From<bool> for Truth {
    fn from(known: bool) -> Self {
        if known { Self::True } else { Self::False }
    }
}

impl From<Option<bool>> for Truth {
    fn from(perhaps: Option<bool>) -> Self {
        perhaps.map_or(Self::Unknown, Self::from)
    }
}

impl std::ops::Not for Truth {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::False => Self::True,
            Self::Unknown => Self::Unknown,
            Self::True => Self::False,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Truth::{False, True, Unknown};

    #[test]
    fn three_values_combine_as_kleene_has_it() {
        let all = [False, Unknown, True];
        let and = [
            [False, False, False],
            [False, Unknown, Unknown],
            [False, Unknown, True],
        ];
        let or = [
            [False, Unknown, True],
            [Unknown, Unknown, True],
            [True, True, True],
        ];
        for (i, a) in all.into_iter().enumerate() {
            for (j, b) in all.into_iter().enumerate() {
                assert_eq!(a.and(b), and[i][j], "{a:?} and {b:?}");
                assert_eq!(a.or(b), or[i][j], "{a:?} or {b:?}");
            }
        }
        assert_eq!(all.map(|truth| !truth), [True, Unknown, False]);
    }
}
