//! CQL2 text → [`Raw`]: recursive descent that counts how deep it is before it goes deeper.
//!
//! The grammar is the standard's (annex B), told apart by types later: a parenthesis may hold a
//! condition or a value, and which one it must be is found when the types are checked.

use super::fault::{Fault, refuse};
use super::raw::{Bound, Raw, Terms, bound, day, excerpt, moment};
use super::shape::{self, Nested};
use super::tokens::{Placed, Token, tokens};
use super::{MAX_BYTES, MAX_NESTING, MAX_UNARY};
use crate::say;
use crate::text::{Key, Message};

/// Reads a filter's text.
pub(super) fn read(text: &str) -> Result<Raw, Fault> {
    if text.len() > MAX_BYTES {
        return refuse(say!(
            Key::FilterTooLong,
            bytes = text.len(),
            max = MAX_BYTES
        ));
    }
    let tokens = tokens(text)?;
    if tokens.is_empty() {
        return refuse(say!(Key::FilterEmpty));
    }
    let mut reader = Reader {
        tokens: &tokens,
        nesting: 0,
        terms: Terms::default(),
    };
    let whole = reader.alternatives()?;
    match reader.tokens.first() {
        None => whole.not_too_deep(),
        Some(left) => refuse(say!(
            Key::FilterRest,
            at = left.at,
            found = excerpt(left.written)
        )),
    }
}

/// Words that are no bare property name.
pub(super) const RESERVED: [&str; 12] = [
    "AND", "OR", "NOT", "LIKE", "BETWEEN", "IN", "IS", "NULL", "TRUE", "FALSE", "DIV", "INTERVAL",
];

/// What is left to read.
struct Reader<'a> {
    tokens: &'a [Placed<'a>],
    nesting: usize,
    terms: Terms,
}

/// How something between is read.
type Part<'a> = fn(&mut Reader<'a>) -> Result<Raw, Fault>;

impl<'a> Reader<'a> {
    /// The next token.
    fn peek(&self) -> Option<&'a Token<'a>> {
        self.tokens.first().map(|placed| &placed.token)
    }

    /// The token behind the next.
    fn peek_behind(&self) -> Option<&'a Token<'a>> {
        self.tokens.get(1).map(|placed| &placed.token)
    }

    /// Goes past the next token.
    fn skip(&mut self) {
        self.tokens = self.tokens.get(1..).unwrap_or_default();
    }

    /// Whether the next token is this keyword.
    fn sees(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Word(next)) if next.eq_ignore_ascii_case(word))
    }

    /// Goes past a keyword or a sign, if it is next.
    fn takes(&mut self, wanted: &str) -> bool {
        let next = match self.peek() {
            Some(Token::Word(_)) => self.sees(wanted),
            Some(Token::Sign(sign)) => *sign == wanted,
            _ => false,
        };
        if next {
            self.skip();
        }
        next
    }

    /// Goes past a keyword or a sign that must be next.
    fn must(&mut self, wanted: &str) -> Result<(), Fault> {
        if self.takes(wanted) {
            return Ok(());
        }
        refuse(match self.tokens.first() {
            Some(next) => say!(
                Key::FilterWanted,
                at = next.at,
                found = excerpt(next.written),
                wanted = wanted
            ),
            None => say!(Key::FilterWantedEnd, wanted = wanted),
        })
    }

    /// What is said where a value is missing.
    fn no_value(&self) -> Message {
        match self.tokens.first() {
            Some(next) => say!(
                Key::FilterValueWanted,
                at = next.at,
                found = excerpt(next.written)
            ),
            None => say!(Key::FilterValueWantedEnd),
        }
    }

    /// Reads something one level deeper.
    fn deeper<T>(&mut self, part: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        if self.nesting == MAX_NESTING {
            return refuse(say!(Key::FilterTooDeep, max = MAX_NESTING));
        }
        self.nesting += 1;
        let read = part(self);
        self.nesting -= 1;
        read
    }

    /// Parts with a keyword between them: one call of all, or the only one.
    fn joined(&mut self, word: &str, part: Part<'a>) -> Result<Raw, Fault> {
        let first = part(self)?;
        if !self.sees(word) {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.takes(word) {
            parts.push(part(self)?);
        }
        Ok(Raw::call(&word.to_lowercase(), parts))
    }

    /// What `OR` joins.
    fn alternatives(&mut self) -> Result<Raw, Fault> {
        self.joined("OR", Self::conjuncts)
    }

    /// What `AND` joins.
    fn conjuncts(&mut self) -> Result<Raw, Fault> {
        self.joined("AND", Self::negation)
    }

    /// `NOT`s and a predicate.
    fn negation(&mut self) -> Result<Raw, Fault> {
        let mut nots = 0;
        while self.takes("NOT") {
            nots += 1;
            if nots > MAX_UNARY {
                return refuse(say!(Key::FilterTooManySigns, max = MAX_UNARY));
            }
        }
        let mut read = self.predicate()?;
        for _ in 0..nots {
            read = Raw::call("not", vec![read]);
        }
        Ok(read)
    }

    /// A comparison of any sort; or a value alone, which may be a condition.
    fn predicate(&mut self) -> Result<Raw, Fault> {
        let left = self.sum()?;
        for operator in ["=", "<>", "!=", "<=", ">=", "<", ">"] {
            if self.takes(operator) {
                let right = self.sum()?;
                let operator = if operator == "!=" { "<>" } else { operator };
                return Ok(Raw::call(operator, vec![left, right]));
            }
        }
        if self.takes("IS") {
            let not = self.takes("NOT");
            self.must("NULL")?;
            return Ok(negated(not, Raw::call("isNull", vec![left])));
        }
        let not = self.takes("NOT");
        if self.takes("LIKE") {
            let pattern = self.sum()?;
            return Ok(negated(not, Raw::call("like", vec![left, pattern])));
        }
        if self.takes("BETWEEN") {
            let low = self.sum()?;
            self.must("AND")?;
            let high = self.sum()?;
            return Ok(negated(not, Raw::call("between", vec![left, low, high])));
        }
        if self.takes("IN") {
            self.must("(")?;
            let list = self.deeper(|reader| reader.list(Self::sum))?;
            return Ok(negated(not, Raw::call("in", vec![left, Raw::List(list)])));
        }
        if not {
            self.must("LIKE")?;
        }
        Ok(left)
    }

    /// Parts with commas between them, up to the closing parenthesis and past it; at least one.
    fn list(&mut self, part: Part<'a>) -> Result<Vec<Raw>, Fault> {
        let mut parts = vec![part(self)?];
        while self.takes(",") {
            parts.push(part(self)?);
        }
        self.must(")")?;
        Ok(parts)
    }

    /// Parts with operators of one rank between them, joined from the left.
    fn chain(&mut self, operators: &[&str], part: Part<'a>) -> Result<Raw, Fault> {
        let mut left = part(self)?;
        while let Some(operator) = operators.iter().find(|operator| self.takes(operator)) {
            let right = part(self)?;
            left = Raw::call(&operator.to_lowercase(), vec![left, right]);
        }
        Ok(left)
    }

    /// What `+` and `-` join.
    fn sum(&mut self) -> Result<Raw, Fault> {
        self.chain(&["+", "-"], Self::product)
    }

    /// What `*`, `/`, `%` and `DIV` join.
    fn product(&mut self) -> Result<Raw, Fault> {
        self.chain(&["*", "/", "%", "DIV"], Self::power)
    }

    /// What `^` joins.
    fn power(&mut self) -> Result<Raw, Fault> {
        self.chain(&["^"], Self::signed)
    }

    /// Signs and a value. A minus before a number is the number's; before anything else it is a
    /// product with -1.
    fn signed(&mut self) -> Result<Raw, Fault> {
        let (mut signs, mut minuses) = (0, 0);
        loop {
            if self.takes("-") {
                minuses += 1;
            } else if !self.takes("+") {
                break;
            }
            signs += 1;
            if signs > MAX_UNARY {
                return refuse(say!(Key::FilterTooManySigns, max = MAX_UNARY));
            }
        }
        let mut read = self.value()?;
        for _ in 0..minuses {
            read = match read {
                Raw::Number(x) => Raw::Number(-x),
                read => Raw::call("*", vec![Raw::Number(-1.0), read]),
            };
        }
        Ok(read)
    }

    /// A literal, a property, a function, or something in parentheses.
    fn value(&mut self) -> Result<Raw, Fault> {
        let read = match self.peek() {
            Some(Token::Number(x)) => Raw::Number(*x),
            Some(Token::Text(text)) => Raw::Text(text.clone()),
            Some(Token::Name(name)) => {
                if self.peek_behind() == Some(&Token::Sign("(")) {
                    return self.call(name);
                }
                Raw::Property(name.clone())
            }
            Some(Token::Sign("(")) => return self.parenthesis(),
            Some(Token::Word(word)) => return self.word(word),
            _ => return refuse(self.no_value()),
        };
        self.terms.count()?;
        self.skip();
        Ok(read)
    }

    /// What stands in parentheses: a list if there are commas.
    fn parenthesis(&mut self) -> Result<Raw, Fault> {
        self.skip();
        let mut parts = self.deeper(|reader| reader.list(Self::alternatives))?;
        Ok(match (parts.len(), parts.pop()) {
            (1, Some(only)) => only,
            (_, last) => {
                parts.extend(last);
                Raw::List(parts)
            }
        })
    }

    /// What a bare word begins.
    fn word(&mut self, word: &'a str) -> Result<Raw, Fault> {
        let behind = self.peek_behind();
        if shape::begins(word, behind) {
            self.terms.count()?;
            return self.shape(word);
        }
        if behind == Some(&Token::Sign("(")) {
            return self.call(word);
        }
        let reserved = RESERVED
            .iter()
            .find(|reserved| reserved.eq_ignore_ascii_case(word));
        let read = match reserved {
            Some(&"TRUE") => Raw::Boolean(true),
            Some(&"FALSE") => Raw::Boolean(false),
            Some(&"NULL") => Raw::Null,
            Some(_) => return refuse(self.no_value()),
            None => Raw::Property(word.to_owned()),
        };
        self.terms.count()?;
        self.skip();
        Ok(read)
    }

    /// A function, or a literal that is written like one; the next tokens are its name and `(`.
    fn call(&mut self, name: &str) -> Result<Raw, Fault> {
        let start = self.tokens;
        self.skip();
        self.skip();
        let operands = if self.takes(")") {
            Vec::new()
        } else {
            self.deeper(|reader| reader.list(Self::alternatives))?
        };
        let lower = name.to_lowercase();
        match (lower.as_str(), operands.as_slice()) {
            ("date", [Raw::Text(text)]) => Ok(Raw::Date(day(text)?)),
            ("timestamp", [Raw::Text(text)]) => Ok(Raw::DateTime(moment(text)?)),
            ("interval", [from, to]) => Ok(Raw::Interval(Box::new([end(from)?, end(to)?]))),
            ("date" | "timestamp" | "interval", _) => {
                let at = start.first().map_or(1, |placed| placed.at);
                refuse(say!(
                    Key::FilterInstant,
                    at = at,
                    name = name.to_uppercase()
                ))
            }
            _ => Ok(Raw::Call(name.to_owned(), operands)),
        }
    }

    /// A geometry or a box; the next token is its name.
    fn shape(&mut self, name: &str) -> Result<Raw, Fault> {
        self.skip();
        if name.eq_ignore_ascii_case("BBOX") {
            self.must("(")?;
            let numbers = self.numbers(true)?;
            self.must(")")?;
            return Ok(Raw::Shape(shape::of_box(&numbers)?));
        }
        if name.eq_ignore_ascii_case("GEOMETRYCOLLECTION") {
            self.skip_dimensions();
            self.must("(")?;
            let mut members = Vec::new();
            loop {
                let Some(Token::Word(name)) = self.peek() else {
                    return refuse(self.no_value());
                };
                if !shape::is_member(name) {
                    return refuse(self.no_value());
                }
                self.skip();
                members.push((*name, self.coordinates()?));
                if !self.takes(",") {
                    break;
                }
            }
            self.must(")")?;
            return Ok(Raw::Shape(shape::of_members(members)?));
        }
        let coordinates = self.coordinates()?;
        Ok(Raw::Shape(shape::of_coordinates(name, coordinates)?))
    }

    /// Goes past `Z`, `M` or `ZM`.
    fn skip_dimensions(&mut self) {
        let _ = self.takes("Z") || self.takes("ZM") || self.takes("M");
    }

    /// Coordinates in parentheses, behind the name of a geometry.
    fn coordinates(&mut self) -> Result<Nested, Fault> {
        self.skip_dimensions();
        self.must("(")?;
        self.deeper(Self::nested)
    }

    /// Positions or parentheses, up to the closing parenthesis and past it.
    fn nested(&mut self) -> Result<Nested, Fault> {
        let mut parts = Vec::new();
        loop {
            parts.push(if self.takes("(") {
                self.deeper(Self::nested)?
            } else {
                Nested::Position(self.numbers(false)?)
            });
            if !self.takes(",") {
                break;
            }
        }
        self.must(")")?;
        Ok(Nested::List(parts))
    }

    /// Numbers with their signs, one or more, with commas between them or not.
    fn numbers(&mut self, commas: bool) -> Result<Vec<f64>, Fault> {
        let mut numbers = Vec::new();
        loop {
            let minus = self.takes("-");
            if !minus {
                self.takes("+");
            }
            let Some(Token::Number(x)) = self.peek() else {
                return refuse(self.no_value());
            };
            self.skip();
            numbers.push(if minus { -x } else { *x });
            let more = if commas {
                self.takes(",")
            } else {
                matches!(self.peek(), Some(Token::Number(_) | Token::Sign("-" | "+")))
            };
            if !more {
                return Ok(numbers);
            }
        }
    }
}

/// `NOT` of it, if it is said.
fn negated(not: bool, read: Raw) -> Raw {
    if not {
        Raw::call("not", vec![read])
    } else {
        read
    }
}

/// An end of an interval.
fn end(read: &Raw) -> Result<Bound, Fault> {
    match read {
        Raw::Text(text) => bound(text),
        other => Ok(Bound::At(other.clone())),
    }
}
