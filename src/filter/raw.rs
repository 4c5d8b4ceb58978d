//! A filter as it was read, from text or JSON, before its types are known.

use jiff::Timestamp;
use jiff::civil::Date;

use super::fault::{Fault, refuse};
use super::shape::Shape;
use super::write;
use super::{MAX_NESTING, MAX_TERMS};
use crate::say;
use crate::text::Key;

/// A part of a filter.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Raw {
    Null,
    Boolean(bool),
    Number(f64),
    Text(String),
    Date(Date),
    DateTime(Timestamp),
    Property(String),
    /// From, to.
    Interval(Box<[Bound; 2]>),
    Shape(Shape),
    List(Vec<Self>),
    /// An operator or a function, as it was written, with its operands.
    Call(String, Vec<Self>),
}

/// An end of an interval.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Bound {
    /// `..`
    Open,
    At(Raw),
}

/// Longest excerpt of a filter that a message shows, characters.
const SHOWN: usize = 40;

impl Raw {
    /// An operator over operands.
    pub(super) fn call(operator: &str, operands: Vec<Self>) -> Self {
        Self::Call(operator.to_owned(), operands)
    }

    /// The part as a message shows it.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Null => "NULL".to_owned(),
            Self::Boolean(b) => write::boolean(*b).to_owned(),
            Self::Number(x) => write::number(*x),
            Self::Text(text) => excerpt(&write::quoted(text)),
            Self::Date(day) => write::day(*day),
            Self::DateTime(moment) => write::moment(*moment),
            Self::Property(name) => excerpt(&write::name(name)),
            Self::Interval(_) => "INTERVAL(…)".to_owned(),
            Self::Shape(shape) => format!("{}(…)", shape.kind()),
            Self::List(_) => "(…)".to_owned(),
            Self::Call(name, _) => excerpt(&name.to_uppercase()),
        }
    }

    /// How deep operations lie in each other.
    fn depth(&self) -> usize {
        match self {
            Self::List(parts) | Self::Call(_, parts) => {
                1 + parts.iter().map(Self::depth).max().unwrap_or_default()
            }
            _ => 0,
        }
    }

    /// Refuses what a chain of operators made too deep.
    pub(super) fn not_too_deep(self) -> Result<Self, Fault> {
        if self.depth() > MAX_NESTING {
            return refuse(say!(Key::FilterTooDeep, max = MAX_NESTING));
        }
        Ok(self)
    }
}

/// The beginning of a text that may be long.
pub(super) fn excerpt(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => text.get(..end).unwrap_or_default().to_owned() + "…",
        None => text.to_owned(),
    }
}

/// Counts properties and values.
#[derive(Debug, Default)]
pub(super) struct Terms(usize);

impl Terms {
    /// One more.
    pub(super) fn count(&mut self) -> Result<(), Fault> {
        self.0 += 1;
        if self.0 > MAX_TERMS {
            return refuse(say!(Key::FilterTooManyTerms, max = MAX_TERMS));
        }
        Ok(())
    }
}

/// A day as CQL2 writes it.
pub(super) fn day(text: &str) -> Result<Date, Fault> {
    let day = if text.len() == "2024-06-30".len() {
        text.parse().ok()
    } else {
        None
    };
    day.ok_or_else(|| say!(Key::FilterDayUnreadable, text = excerpt(text)).into())
}

/// A moment as CQL2 writes it.
pub(super) fn moment(text: &str) -> Result<Timestamp, Fault> {
    let moment = if text.contains(['T', 't']) {
        text.parse().ok()
    } else {
        None
    };
    moment.ok_or_else(|| say!(Key::FilterMomentUnreadable, text = excerpt(text)).into())
}

/// An end of an interval that is written as a text: a day, a moment, or `..`.
pub(super) fn bound(text: &str) -> Result<Bound, Fault> {
    Ok(match text {
        ".." => Bound::Open,
        text if text.contains(['T', 't']) => Bound::At(Raw::DateTime(moment(text)?)),
        text => Bound::At(Raw::Date(day(text)?)),
    })
}
