//! [`Raw`] → [`Expression`]: every property is one of the schema's, every operand of the kind its
//! operator needs.

use super::expression::{
    Comparison, Condition, Expression, Named, Operator, Place, Span, Subject, Term,
};
use super::fault::{Fault, refuse};
use super::fold::Fold;
use super::like::Pattern;
use super::raw::{Bound, Raw};
use super::schema::{Kind, Property, Schema};
use super::{spatial, temporal};
use crate::say;
use crate::text::near::{listed, nearest};
use crate::text::{Key, Message};

/// How many codes or names a message lists.
const LISTED: usize = 12;

/// The names of every function, as text writes them.
fn functions() -> Vec<String> {
    let temporal = temporal::Relation::ALL.into_iter().map(|(_, name)| name);
    let spatial = spatial::Relation::ALL.into_iter().map(|(_, name)| name);
    let others = ["casei", "accenti", "date", "timestamp", "interval"];
    let names = others.into_iter().chain(spatial).chain(temporal);
    names.map(str::to_uppercase).collect()
}

/// The expression that a filter is.
pub(super) fn expression(raw: &Raw, schema: &dyn Schema) -> Result<Expression, Fault> {
    let root = Checker { schema }.condition(raw)?;
    Ok(Expression { root })
}

/// Knows what there is.
struct Checker<'a> {
    schema: &'a dyn Schema,
}

impl Checker<'_> {
    /// Something that is true, false or unknown.
    fn condition(&self, raw: &Raw) -> Result<Condition, Fault> {
        let (name, operands) = match raw {
            Raw::Boolean(known) => return Ok(Condition::Constant(*known)),
            Raw::Call(name, operands) => (name.as_str(), operands.as_slice()),
            other => return refuse(self.no_condition(other)?),
        };
        if let Some(comparison) = Comparison::of(name) {
            let [left, right] = exactly(name, operands)?;
            let (left, right) = self.alike(name, [left, right])?;
            return Ok(Condition::Compare(comparison, left, right));
        }
        let lower = name.to_lowercase();
        match lower.as_str() {
            "and" | "or" => self.joined(name, operands),
            "not" => {
                let [part] = exactly(name, operands)?;
                Ok(Condition::Not(Box::new(self.condition(part)?)))
            }
            "between" => {
                let [value, low, high] = exactly(name, operands)?;
                let (value_term, low_term) = self.alike(name, [value, low])?;
                let (_, high_term) = self.alike(name, [value, high])?;
                Ok(Condition::Between(Box::new([
                    value_term, low_term, high_term,
                ])))
            }
            "in" => self.among(name, operands),
            "like" => self.like(name, operands),
            "isnull" => {
                let [subject] = exactly(name, operands)?;
                Ok(Condition::IsNull(self.subject(subject)?))
            }
            _ => self.relation(raw, name, &lower, operands),
        }
    }

    /// Conditions joined by AND or OR, those joined alike among them drawn in.
    fn joined(&self, name: &str, operands: &[Raw]) -> Result<Condition, Fault> {
        if operands.len() < 2 {
            return refuse(arguments(name, "2+", operands.len()));
        }
        let all = name.eq_ignore_ascii_case("and");
        let mut parts = Vec::with_capacity(operands.len());
        for operand in operands {
            match self.condition(operand)? {
                Condition::All(inner) if all => parts.extend(inner),
                Condition::Any(inner) if !all => parts.extend(inner),
                other => parts.push(other),
            }
        }
        Ok(if all {
            Condition::All(parts)
        } else {
            Condition::Any(parts)
        })
    }

    /// A temporal or spatial relation, or the refusal of what is none.
    fn relation(
        &self,
        raw: &Raw,
        name: &str,
        lower: &str,
        operands: &[Raw],
    ) -> Result<Condition, Fault> {
        let is = |other: &str| other.eq_ignore_ascii_case(lower);
        let temporal = temporal::Relation::ALL.into_iter();
        if let Some((relation, _)) = temporal.into_iter().find(|(_, name)| is(name)) {
            let [left, right] = exactly(name, operands)?;
            let (left, right) = (self.span(name, left)?, self.span(name, right)?);
            return Ok(Condition::Temporal(relation, left, right));
        }
        let spatial = spatial::Relation::ALL.into_iter();
        if let Some((relation, _)) = spatial.into_iter().find(|(_, name)| is(name)) {
            let [left, right] = exactly(name, operands)?;
            let (left, right) = (self.place(name, left)?, self.place(name, right)?);
            return Ok(Condition::Spatial(relation, left, right));
        }
        refuse(self.no_condition(raw)?)
    }

    /// A value that is one of a list.
    fn among(&self, name: &str, operands: &[Raw]) -> Result<Condition, Fault> {
        let [value, list] = exactly(name, operands)?;
        let Raw::List(list) = list else {
            return refuse(operand(name, "(…)", list, None));
        };
        if list.is_empty() {
            return refuse(arguments(name, "1+", 0));
        }
        let mut terms = Vec::with_capacity(list.len());
        for item in list {
            terms.push(self.alike(name, [value, item])?.1);
        }
        Ok(Condition::In(self.term(value)?.0, terms))
    }

    /// A text that is like a pattern.
    fn like(&self, name: &str, operands: &[Raw]) -> Result<Condition, Fault> {
        let [value, pattern] = exactly(name, operands)?;
        let value_term = self.of_kind(name, value, Kind::Text)?;
        let pattern_term = self.of_kind(name, pattern, Kind::Text)?;
        let compiled = match &pattern_term {
            Term::Text(text) | Term::Alike(_, text) => Pattern::new(text),
            _ => return refuse(say!(Key::FilterLikePattern, found = pattern.shown())),
        };
        Ok(Condition::Like {
            value: value_term,
            pattern: pattern_term,
            compiled,
        })
    }

    /// What is asked to be null.
    fn subject(&self, raw: &Raw) -> Result<Subject, Fault> {
        Ok(match raw {
            Raw::Interval(_) => Subject::Span(self.span("isNull", raw)?),
            Raw::Shape(_) => Subject::Place(self.place("isNull", raw)?),
            Raw::Property(name) if self.property(name)?.kind == Kind::Geometry => {
                Subject::Place(self.place("isNull", raw)?)
            }
            Raw::Call(name, _)
                if Operator::of(&name.to_lowercase()).is_none() && fold(name).is_none() =>
            {
                Subject::Condition(Box::new(self.condition(raw)?))
            }
            _ => Subject::Term(self.term(raw)?.0),
        })
    }

    /// Two values that can be compared; the codes of a list are among it.
    fn alike(&self, operator: &str, [left, right]: [&Raw; 2]) -> Result<(Term, Term), Fault> {
        let (left_term, left_kind) = self.term(left)?;
        let (right_term, right_kind) = self.term(right)?;
        if left_kind != right_kind {
            return refuse(unlike(operator, (left, left_kind), (right, right_kind)));
        }
        if ["=", "<>", "in"].contains(&operator) {
            self.listed_code(left, right)?;
            self.listed_code(right, left)?;
        }
        Ok((left_term, right_term))
    }

    /// Refuses a text that is none of the codes of the property it is compared with.
    fn listed_code(&self, property: &Raw, literal: &Raw) -> Result<(), Fault> {
        let (Raw::Property(name), Raw::Text(text)) = (property, literal) else {
            return Ok(());
        };
        let Some(codes) = self.property(name)?.codes else {
            return Ok(());
        };
        if codes.contains(text) {
            return Ok(());
        }
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        let known = some(&codes);
        refuse(match nearest(text, codes) {
            Some(near) => say!(
                Key::FilterCodeUnknownNear,
                property = name,
                code = literal.shown(),
                near = near,
                known = known
            ),
            None => say!(
                Key::FilterCodeUnknown,
                property = name,
                code = literal.shown(),
                known = known
            ),
        })
    }

    /// A property of the schema.
    fn property(&self, name: &str) -> Result<Property, Fault> {
        if let Some(property) = self.schema.property(name) {
            return Ok(property);
        }
        let names = self.schema.names();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let known = listed(&names);
        let name = super::raw::excerpt(name);
        refuse(match nearest(&name, names) {
            Some(near) => say!(
                Key::FilterPropertyUnknownNear,
                name = name,
                near = near,
                known = known
            ),
            None => say!(Key::FilterPropertyUnknown, name = name, known = known),
        })
    }

    /// A single value and its kind.
    fn term(&self, raw: &Raw) -> Result<(Term, Kind), Fault> {
        Ok(match raw {
            Raw::Boolean(b) => (Term::Boolean(*b), Kind::Boolean),
            Raw::Number(x) => (Term::Number(*x), Kind::Number),
            Raw::Text(text) => (Term::Text(text.clone()), Kind::Text),
            Raw::Date(day) => (Term::Date(*day), Kind::Date),
            Raw::DateTime(moment) => (Term::DateTime(*moment), Kind::DateTime),
            Raw::Property(name) => {
                let Property { place, kind, .. } = self.property(name)?;
                if kind == Kind::Geometry {
                    return refuse(say!(Key::FilterGeometryCompared, name = name));
                }
                let name = name.clone();
                (Term::Property(Named { name, place }), kind)
            }
            Raw::Call(name, operands) => self.computed(raw, name, operands)?,
            Raw::Null => return refuse(say!(Key::FilterNull)),
            Raw::Interval(_) => return refuse(say!(Key::FilterIntervalCompared)),
            Raw::Shape(shape) => {
                return refuse(say!(Key::FilterGeometryCompared, name = shape.kind()));
            }
            Raw::List(_) => return refuse(say!(Key::FilterListCompared)),
        })
    }

    /// A value that is computed, and its kind.
    fn computed(&self, raw: &Raw, name: &str, operands: &[Raw]) -> Result<(Term, Kind), Fault> {
        if let Some(operator) = Operator::of(&name.to_lowercase()) {
            let [left, right] = exactly(name, operands)?;
            let left = self.of_kind(name, left, Kind::Number)?;
            let right = self.of_kind(name, right, Kind::Number)?;
            let term = Term::Arithmetic(operator, Box::new([left, right]));
            return Ok((term, Kind::Number));
        }
        if let Some(fold) = fold(name) {
            let [inner] = exactly(name, operands)?;
            let inner = self.of_kind(name, inner, Kind::Text)?;
            let alike = match &inner {
                Term::Text(text) | Term::Alike(_, text) => Some(fold.apply(text)),
                _ => None,
            };
            let folded = Term::Folded(fold, Box::new(inner));
            let term = match alike {
                Some(text) => Term::Alike(Box::new(folded), text),
                None => folded,
            };
            return Ok((term, Kind::Text));
        }
        // What is a condition is no value; what is unknown is said to be so.
        self.condition(raw)?;
        refuse(say!(Key::FilterConditionCompared, found = raw.shown()))
    }

    /// A single value of the kind that an operator needs.
    fn of_kind(&self, operator: &str, raw: &Raw, wanted: Kind) -> Result<Term, Fault> {
        let (term, kind) = self.term(raw)?;
        if kind != wanted {
            return refuse(operand(operator, &wanted.to_string(), raw, Some(kind)));
        }
        Ok(term)
    }

    /// A moment, a day or an interval.
    fn span(&self, name: &str, raw: &Raw) -> Result<Span, Fault> {
        let Raw::Interval(ends) = raw else {
            return Ok(Span::Instant(self.instant(name, raw)?));
        };
        let end = |bound: &Bound| match bound {
            Bound::Open => Ok(None),
            Bound::At(raw) => self.instant("INTERVAL", raw).map(Some),
        };
        let [from, to] = ends.as_ref();
        Ok(Span::Interval(Box::new([end(from)?, end(to)?])))
    }

    /// A moment or a day.
    fn instant(&self, name: &str, raw: &Raw) -> Result<Term, Fault> {
        let (term, kind) = self.term(raw)?;
        if !matches!(kind, Kind::Date | Kind::DateTime) {
            return refuse(operand(name, "date, datetime", raw, Some(kind)));
        }
        Ok(term)
    }

    /// A geometry.
    fn place(&self, operator: &str, raw: &Raw) -> Result<Place, Fault> {
        match raw {
            Raw::Shape(shape) => Ok(Place::Written(Box::new(shape.clone()))),
            Raw::Property(name) => match self.property(name)?.kind {
                Kind::Geometry => Ok(Place::Own(name.clone())),
                kind => refuse(operand(operator, "geometry", raw, Some(kind))),
            },
            Raw::Call(name, _) if fold(name).is_none() && !known(name) => {
                refuse(self.no_condition(raw)?)
            }
            other => refuse(operand(operator, "geometry", other, None)),
        }
    }

    /// What is said of something that stands where a condition should.
    fn no_condition(&self, raw: &Raw) -> Result<Message, Fault> {
        let Raw::Call(name, _) = raw else {
            if let Raw::Property(name) = raw
                && self.property(name)?.kind == Kind::Boolean
            {
                return Ok(say!(Key::FilterBooleanAlone, name = name));
            }
            return Ok(say!(Key::FilterNoCondition, found = raw.shown()));
        };
        let lower = name.to_lowercase();
        if known(&lower) {
            return Ok(say!(Key::FilterNoCondition, found = raw.shown()));
        }
        if lower.starts_with("a_") {
            return Ok(say!(Key::FilterNoLists, name = raw.shown()));
        }
        let functions = functions();
        let functions: Vec<&str> = functions.iter().map(String::as_str).collect();
        let known = listed(&functions);
        let found = super::raw::excerpt(name);
        Ok(match nearest(&found, functions) {
            Some(near) => say!(
                Key::FilterFunctionUnknownNear,
                name = found,
                near = near,
                known = known
            ),
            None => say!(Key::FilterFunctionUnknown, name = found, known = known),
        })
    }
}

/// The folding that a function does.
fn fold(name: &str) -> Option<Fold> {
    let folds = [Fold::Case, Fold::Accent];
    folds
        .into_iter()
        .find(|fold| fold.name().eq_ignore_ascii_case(name))
}

/// Whether a name is an operator's or function's that this room has.
fn known(name: &str) -> bool {
    let lower = name.to_lowercase();
    let logic = ["and", "or", "not", "between", "in", "like", "isnull"];
    Comparison::of(&lower).is_some()
        || Operator::of(&lower).is_some()
        || logic.contains(&lower.as_str())
        || functions()
            .iter()
            .any(|function| function.eq_ignore_ascii_case(&lower))
}

/// As many operands as an operator takes.
fn exactly<'a, const N: usize>(name: &str, operands: &'a [Raw]) -> Result<[&'a Raw; N], Fault> {
    let found: Vec<&Raw> = operands.iter().collect();
    let found = found.try_into();
    found.map_err(|found: Vec<&Raw>| arguments(name, &N.to_string(), found.len()).into())
}

/// What is said of too many or too few operands.
fn arguments(name: &str, wanted: &str, found: usize) -> Message {
    say!(
        Key::FilterArguments,
        name = super::raw::excerpt(&name.to_uppercase()),
        wanted = wanted,
        found = found
    )
}

/// What is said of an operand of another kind than its operator needs.
fn operand(operator: &str, wanted: &str, found: &Raw, kind: Option<Kind>) -> Message {
    let operator = operator.to_uppercase();
    match kind {
        Some(kind) => say!(
            Key::FilterOperandKind,
            operator = operator,
            wanted = wanted,
            found = found.shown(),
            kind = kind
        ),
        None => say!(
            Key::FilterOperand,
            operator = operator,
            wanted = wanted,
            found = found.shown()
        ),
    }
}

/// What is said of two values that cannot be compared.
fn unlike(operator: &str, left: (&Raw, Kind), right: (&Raw, Kind)) -> Message {
    let of_time = |kind| matches!(kind, Kind::Date | Kind::DateTime);
    for ((property, kind), (text, other)) in [(left, right), (right, left)] {
        if of_time(kind) && other == Kind::Text {
            let function = if kind == Kind::Date {
                "DATE"
            } else {
                "TIMESTAMP"
            };
            return say!(
                Key::FilterTimeAsText,
                property = property.shown(),
                kind = kind,
                function = function,
                text = text.shown()
            );
        }
    }
    say!(
        Key::FilterUnlike,
        operator = operator.to_uppercase(),
        left = left.0.shown(),
        left_kind = left.1,
        right = right.0.shown(),
        right_kind = right.1
    )
}

/// The first of many words as a sentence lists them.
fn some(words: &[&str]) -> String {
    let first = listed(words.get(..LISTED).unwrap_or(words));
    if words.len() > LISTED {
        first + ", …"
    } else {
        first
    }
}
