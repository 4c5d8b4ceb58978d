//! An expression as CQL2 text and CQL2 JSON.

use std::fmt::{self, Display};

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::expression::{Condition, Expression, Operator, Place, Span, Subject, Term};
use super::shape::is_name;
use super::tokens::{begins_name, continues_name};
use super::wording::RESERVED;

/// TRUE or FALSE.
pub(super) const fn boolean(known: bool) -> &'static str {
    if known { "TRUE" } else { "FALSE" }
}

/// A number, in the shortest form that is read as the same.
pub(super) fn number(x: f64) -> String {
    if x.fract() == 0.0 && x.abs() < 1e15 {
        format!("{x}")
    } else {
        format!("{x:?}")
    }
}

/// A number in JSON; a whole one without a fraction.
pub(super) fn json_number(x: f64) -> Value {
    number(x).parse().unwrap_or_else(|_| json!(x))
}

/// A text in quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut written = "'".to_owned();
    let mut before = ' ';
    for c in text.chars() {
        if c == '\'' {
            // Behind a backslash a quote doubled would be read as an escaped one and the end.
            written.push(if before == '\\' { '\\' } else { '\'' });
        }
        written.push(c);
        before = c;
    }
    written + "'"
}

/// A property's name, in quotes where it would not be read as one.
pub(super) fn name(name: &str) -> String {
    let bare = name.starts_with(begins_name)
        && name.chars().all(continues_name)
        && !is_name(name)
        && !RESERVED.iter().any(|word| word.eq_ignore_ascii_case(name));
    if bare {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('"', "\"\""))
    }
}

/// A day.
pub(super) fn day(day: Date) -> String {
    format!("DATE('{day}')")
}

/// A moment.
pub(super) fn moment(moment: Timestamp) -> String {
    format!("TIMESTAMP('{moment}')")
}

impl Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

impl Expression {
    /// It as CQL2 JSON (`cql2-json`).
    pub fn to_json(&self) -> Value {
        self.root.to_json()
    }
}

/// Parts with something between them.
fn join<T>(
    f: &mut fmt::Formatter<'_>,
    parts: &[T],
    between: &str,
    mut write: impl FnMut(&mut fmt::Formatter<'_>, &T) -> fmt::Result,
) -> fmt::Result {
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            f.write_str(between)?;
        }
        write(f, part)?;
    }
    Ok(())
}

impl Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Constant(known) => f.write_str(boolean(*known)),
            Self::All(parts) => join(f, parts, " AND ", |f, part| match part {
                Self::Any(_) => write!(f, "({part})"),
                _ => part.fmt(f),
            }),
            Self::Any(parts) => join(f, parts, " OR ", |f, part| part.fmt(f)),
            Self::Not(part) => match part.as_ref() {
                Self::Between(_) | Self::In(..) | Self::Like { .. } | Self::IsNull(_) => {
                    part.write_predicate(f, "NOT ")
                }
                part => write!(f, "NOT ({part})"),
            },
            Self::Compare(comparison, left, right) => {
                write!(f, "{left} {} {right}", comparison.sign())
            }
            Self::Temporal(relation, left, right) => {
                write!(f, "{}({left}, {right})", relation.name().to_uppercase())
            }
            Self::Spatial(relation, left, right) => {
                write!(f, "{}({left}, {right})", relation.name().to_uppercase())
            }
            predicate => predicate.write_predicate(f, ""),
        }
    }
}

impl Condition {
    /// A predicate that has its own `NOT` inside.
    fn write_predicate(&self, f: &mut fmt::Formatter<'_>, not: &str) -> fmt::Result {
        match self {
            Self::Between(terms) => {
                let [value, low, high] = terms.as_ref();
                write!(f, "{value} {not}BETWEEN {low} AND {high}")
            }
            Self::In(value, list) => {
                write!(f, "{value} {not}IN (")?;
                join(f, list, ", ", |f, term| term.fmt(f))?;
                f.write_str(")")
            }
            Self::Like { value, pattern, .. } => write!(f, "{value} {not}LIKE {pattern}"),
            Self::IsNull(subject) => match subject {
                Subject::Term(term) => write!(f, "{term} IS {not}NULL"),
                Subject::Place(place) => write!(f, "{place} IS {not}NULL"),
                Subject::Span(span) => write!(f, "{span} IS {not}NULL"),
                Subject::Condition(condition) => write!(f, "({condition}) IS {not}NULL"),
            },
            other => other.fmt(f),
        }
    }

    /// It as CQL2 JSON.
    fn to_json(&self) -> Value {
        let (operator, operands): (&str, Vec<Value>) = match self {
            Self::Constant(known) => return json!(known),
            Self::All(parts) => ("and", parts.iter().map(Self::to_json).collect()),
            Self::Any(parts) => ("or", parts.iter().map(Self::to_json).collect()),
            Self::Not(part) => ("not", vec![part.to_json()]),
            Self::Compare(comparison, left, right) => {
                (comparison.sign(), vec![left.to_json(), right.to_json()])
            }
            Self::Between(terms) => ("between", terms.iter().map(Term::to_json).collect()),
            Self::In(value, list) => {
                let list = list.iter().map(Term::to_json).collect();
                ("in", vec![value.to_json(), list])
            }
            Self::Like { value, pattern, .. } => ("like", vec![value.to_json(), pattern.to_json()]),
            Self::IsNull(subject) => ("isNull", vec![subject.to_json()]),
            Self::Temporal(relation, left, right) => {
                (relation.name(), vec![left.to_json(), right.to_json()])
            }
            Self::Spatial(relation, left, right) => {
                (relation.name(), vec![left.to_json(), right.to_json()])
            }
        };
        json!({ "op": operator, "args": operands })
    }
}

impl Subject {
    /// It as CQL2 JSON.
    fn to_json(&self) -> Value {
        match self {
            Self::Term(term) => term.to_json(),
            Self::Place(place) => place.to_json(),
            Self::Span(span) => span.to_json(),
            Self::Condition(condition) => condition.to_json(),
        }
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Property(named) => f.write_str(&name(&named.name)),
            Self::Text(text) => f.write_str(&quoted(text)),
            Self::Number(x) => f.write_str(&number(*x)),
            Self::Boolean(known) => f.write_str(boolean(*known)),
            Self::Date(it) => f.write_str(&day(*it)),
            Self::DateTime(it) => f.write_str(&moment(*it)),
            Self::Folded(fold, inner) => write!(f, "{}({inner})", fold.name()),
            Self::Alike(written, _) => written.fmt(f),
            Self::Arithmetic(operator, operands) => {
                let [left, right] = operands.as_ref();
                left.write_operand(f, operator.rank())?;
                write!(f, " {} ", operator.sign().to_uppercase())?;
                right.write_operand(f, operator.rank() + 1)
            }
        }
    }
}

impl Term {
    /// An operand, in parentheses if it binds less tightly than it must.
    fn write_operand(&self, f: &mut fmt::Formatter<'_>, least: u8) -> fmt::Result {
        match self {
            Self::Arithmetic(operator, _) if Operator::rank(*operator) < least => {
                write!(f, "({self})")
            }
            _ => self.fmt(f),
        }
    }

    /// It as CQL2 JSON.
    fn to_json(&self) -> Value {
        match self {
            Self::Property(named) => json!({ "property": named.name }),
            Self::Text(text) => json!(text),
            Self::Number(x) => json_number(*x),
            Self::Boolean(known) => json!(known),
            Self::Date(day) => json!({ "date": day.to_string() }),
            Self::DateTime(moment) => json!({ "timestamp": moment.to_string() }),
            Self::Folded(fold, inner) => {
                json!({ "op": fold.name().to_lowercase(), "args": [inner.to_json()] })
            }
            Self::Alike(written, _) => written.to_json(),
            Self::Arithmetic(operator, operands) => {
                let [left, right] = operands.as_ref();
                json!({ "op": operator.sign(), "args": [left.to_json(), right.to_json()] })
            }
        }
    }
}

impl Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ends = match self {
            Self::Instant(term) => return term.fmt(f),
            Self::Interval(ends) => ends.as_ref(),
        };
        f.write_str("INTERVAL(")?;
        join(f, ends, ", ", |f, end| match end {
            None => f.write_str("'..'"),
            Some(Term::Date(day)) => write!(f, "'{day}'"),
            Some(Term::DateTime(moment)) => write!(f, "'{moment}'"),
            Some(term) => term.fmt(f),
        })?;
        f.write_str(")")
    }
}

impl Span {
    /// It as CQL2 JSON.
    fn to_json(&self) -> Value {
        let ends = match self {
            Self::Instant(term) => return term.to_json(),
            Self::Interval(ends) => ends.iter(),
        };
        let ends = ends.map(|end| match end {
            None => json!(".."),
            Some(Term::Date(day)) => json!(day.to_string()),
            Some(Term::DateTime(moment)) => json!(moment.to_string()),
            Some(term) => term.to_json(),
        });
        json!({ "interval": ends.collect::<Value>() })
    }
}

impl Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Own(own) => f.write_str(&name(own)),
            Self::Written(shape) => f.write_str(&shape.to_text()),
        }
    }
}

impl Place {
    /// It as CQL2 JSON.
    fn to_json(&self) -> Value {
        match self {
            Self::Own(own) => json!({ "property": own }),
            Self::Written(shape) => shape.to_json(),
        }
    }
}
