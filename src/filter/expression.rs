//! The typed expression.

use jiff::Timestamp;
use jiff::civil::Date;

use super::fault::Fault;
use super::fold::Fold;
use super::like::Pattern;
use super::row::{Row, Truth};
use super::schema::Schema;
use super::shape::Shape;
use super::{check, json, temporal, wording};

/// A condition that fits its [`Schema`]. Its `Display` is CQL2 text.
#[derive(Debug, Clone, PartialEq)]
pub struct Expression {
    pub(super) root: Condition,
}

impl Expression {
    /// Reads CQL2, as JSON if it begins with `{` and as text if not.
    pub fn parse(text_or_json: &str, schema: &dyn Schema) -> Result<Self, Fault> {
        if text_or_json.trim_start().starts_with('{') {
            Self::parse_json(text_or_json, schema)
        } else {
            Self::parse_text(text_or_json, schema)
        }
    }

    /// Reads CQL2 text (`cql2-text`).
    pub fn parse_text(text: &str, schema: &dyn Schema) -> Result<Self, Fault> {
        check::expression(&wording::read(text)?, schema)
    }

    /// Reads CQL2 JSON (`cql2-json`).
    pub fn parse_json(json: &str, schema: &dyn Schema) -> Result<Self, Fault> {
        check::expression(&json::read(json)?, schema)
    }

    /// Whether it holds for a row. Where it is made of comparisons of properties with literals,
    /// nothing is allocated.
    pub fn holds(&self, row: &dyn Row) -> Truth {
        self.root.holds(row)
    }

    /// The places of the properties that it names, sorted, each once; the geometry has none.
    pub fn places(&self) -> Vec<usize> {
        let mut places = Vec::new();
        self.root.visit(&mut |_, place| places.extend(place));
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The names of the properties that it names, the geometry's too, in the order in which it
    /// first names them.
    pub fn properties(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.root.visit(&mut |name, _| {
            if !names.contains(&name) {
                names.push(name);
            }
        });
        names
    }

    /// Whether it asks for the row's geometry.
    pub fn asks_geometry(&self) -> bool {
        let mut asks = false;
        self.root.visit(&mut |_, place| asks |= place.is_none());
        asks
    }
}

/// What is true, false or unknown of a row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Condition {
    Constant(bool),
    /// All of them, none of which is itself such a list.
    All(Vec<Self>),
    /// One of them at least; none of which is itself such a list.
    Any(Vec<Self>),
    Not(Box<Self>),
    Compare(Comparison, Term, Term),
    /// A value, the least, the greatest.
    Between(Box<[Term; 3]>),
    In(Term, Vec<Term>),
    Like {
        value: Term,
        /// As it was written.
        pattern: Term,
        compiled: Pattern,
    },
    IsNull(Subject),
    Temporal(temporal::Relation, Span, Span),
    Spatial(super::spatial::Relation, Place, Place),
}

/// What may be asked to be null.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Subject {
    Term(Term),
    Place(Place),
    Span(Span),
    Condition(Box<Condition>),
}

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Comparison {
    /// All of them.
    const ALL: [Self; 6] = [
        Self::Equal,
        Self::Unequal,
        Self::Less,
        Self::LessOrEqual,
        Self::Greater,
        Self::GreaterOrEqual,
    ];

    /// Its sign.
    pub(super) const fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::Unequal => "<>",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        }
    }

    /// The comparison of a sign.
    pub(super) fn of(sign: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.sign() == sign)
    }
}

/// A property of the schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) name: String,
    pub(super) place: usize,
}

/// A single value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Term {
    Property(Named),
    Text(String),
    Number(f64),
    Boolean(bool),
    Date(Date),
    DateTime(Timestamp),
    /// A text made alike for each row.
    Folded(Fold, Box<Self>),
    /// A literal made alike once: as it was written, and what became of it.
    Alike(Box<Self>, String),
    Arithmetic(Operator, Box<[Self; 2]>),
}

/// How two numbers become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    /// What [`Self::Whole`] leaves; it has the sign of the dividend.
    Remainder,
    /// The whole part of a quotient, cut towards zero.
    Whole,
    Power,
}

impl Operator {
    /// All of them.
    const ALL: [Self; 7] = [
        Self::Add,
        Self::Subtract,
        Self::Multiply,
        Self::Divide,
        Self::Remainder,
        Self::Whole,
        Self::Power,
    ];

    /// Its sign in CQL2 JSON; text has it in capitals.
    pub(super) const fn sign(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
            Self::Whole => "div",
            Self::Power => "^",
        }
    }

    /// The operator of a sign.
    pub(super) fn of(sign: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.sign() == sign)
    }

    /// How tightly it binds.
    pub(super) const fn rank(self) -> u8 {
        match self {
            Self::Add | Self::Subtract => 1,
            Self::Multiply | Self::Divide | Self::Remainder | Self::Whole => 2,
            Self::Power => 3,
        }
    }
}

/// A moment, a day or an interval.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Span {
    Instant(Term),
    /// From, to; `None` is open.
    Interval(Box<[Option<Term>; 2]>),
}

/// A geometry.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Place {
    /// The row's own, and its name.
    Own(String),
    Written(Box<Shape>),
}

/// Is told of every property: its name, and its place unless it is the geometry.
type Visitor<'v, 'a> = &'v mut dyn FnMut(&'a str, Option<usize>);

impl Condition {
    /// Shows every property to a visitor.
    fn visit<'a>(&'a self, visitor: Visitor<'_, 'a>) {
        match self {
            Self::Constant(_) => {}
            Self::All(parts) | Self::Any(parts) => {
                for part in parts {
                    part.visit(visitor);
                }
            }
            Self::Not(part) => part.visit(visitor),
            Self::Compare(_, left, right) => {
                left.visit(visitor);
                right.visit(visitor);
            }
            Self::Between(terms) => {
                for term in terms.iter() {
                    term.visit(visitor);
                }
            }
            Self::In(value, list) => {
                value.visit(visitor);
                for term in list {
                    term.visit(visitor);
                }
            }
            Self::Like { value, .. } => value.visit(visitor),
            Self::IsNull(subject) => match subject {
                Subject::Term(term) => term.visit(visitor),
                Subject::Place(place) => place.visit(visitor),
                Subject::Span(span) => span.visit(visitor),
                Subject::Condition(condition) => condition.visit(visitor),
            },
            Self::Temporal(_, left, right) => {
                left.visit(visitor);
                right.visit(visitor);
            }
            Self::Spatial(_, left, right) => {
                left.visit(visitor);
                right.visit(visitor);
            }
        }
    }
}

impl Term {
    /// Shows every property to a visitor.
    fn visit<'a>(&'a self, visitor: Visitor<'_, 'a>) {
        match self {
            Self::Property(named) => visitor(&named.name, Some(named.place)),
            Self::Folded(_, inner) => inner.visit(visitor),
            Self::Arithmetic(_, operands) => {
                for operand in operands.iter() {
                    operand.visit(visitor);
                }
            }
            _ => {}
        }
    }
}

impl Span {
    /// Shows every property to a visitor.
    fn visit<'a>(&'a self, visitor: Visitor<'_, 'a>) {
        match self {
            Self::Instant(term) => term.visit(visitor),
            Self::Interval(ends) => {
                for term in ends.iter().flatten() {
                    term.visit(visitor);
                }
            }
        }
    }
}

impl Place {
    /// Shows the row's geometry to a visitor.
    fn visit<'a>(&'a self, visitor: Visitor<'_, 'a>) {
        if let Self::Own(name) = self {
            visitor(name, None);
        }
    }
}
