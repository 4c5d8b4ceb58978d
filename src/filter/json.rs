//! CQL2 JSON → [`Raw`].

use serde_json::{Map, Value};

use super::fault::{Fault, refuse};
use super::raw::{Bound, Raw, Terms, bound, day, excerpt, moment};
use super::shape::{self, Nested, Shape};
use super::{MAX_BYTES, MAX_NESTING, MAX_UNARY};
use crate::say;
use crate::text::Key;

/// How deep brackets may lie in each other: two for an operation, and the most a geometry needs.
const MAX_BRACKETS: usize = 2 * MAX_NESTING + 8;

/// Reads a filter in JSON.
pub(super) fn read(text: &str) -> Result<Raw, Fault> {
    if text.len() > MAX_BYTES {
        return refuse(say!(
            Key::FilterTooLong,
            bytes = text.len(),
            max = MAX_BYTES
        ));
    }
    if brackets(text) > MAX_BRACKETS {
        return refuse(say!(Key::FilterTooDeep, max = MAX_NESTING));
    }
    let value: Value = serde_json::from_str(text).map_err(|error| {
        say!(
            Key::FilterJsonUnreadable,
            line = error.line(),
            column = error.column()
        )
    })?;
    part(&value, &mut Terms::default(), 0)?.not_too_deep()
}

/// How deep brackets lie in each other, those in texts apart.
fn brackets(text: &str) -> usize {
    let (mut depth, mut deepest, mut in_text, mut escaped) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_text,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => depth += 1,
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// One part; `nots` is how many `not` stand directly around it.
fn part(value: &Value, terms: &mut Terms, nots: usize) -> Result<Raw, Fault> {
    let read = match value {
        Value::Null => Raw::Null,
        Value::Bool(b) => Raw::Boolean(*b),
        Value::Number(number) => match number.as_f64() {
            Some(x) if x.is_finite() => Raw::Number(x),
            _ => return refuse(strange(value)),
        },
        Value::String(text) => literal(text)?,
        Value::Array(parts) => {
            let parts = parts.iter().map(|value| part(value, terms, 0));
            return Ok(Raw::List(parts.collect::<Result<_, _>>()?));
        }
        Value::Object(object) => return self::object(value, object, terms, nots),
    };
    terms.count()?;
    Ok(read)
}

/// A text. CQL2 text has no way to write one that ends in a backslash.
fn literal(text: &str) -> Result<Raw, Fault> {
    if text.ends_with('\\') {
        return refuse(say!(Key::FilterBackslash, text = excerpt(text)));
    }
    Ok(Raw::Text(text.to_owned()))
}

/// What is said of a value that is no part of a filter.
fn strange(value: &Value) -> crate::text::Message {
    say!(Key::FilterJsonStrange, found = excerpt(&value.to_string()))
}

/// An operation, a property or a literal.
fn object(
    value: &Value,
    object: &Map<String, Value>,
    terms: &mut Terms,
    nots: usize,
) -> Result<Raw, Fault> {
    if let Some(Value::String(operator)) = object.get("op") {
        return operation(operator, object.get("args"), value, terms, nots);
    }
    terms.count()?;
    let Some((key, inside)) = object.iter().next() else {
        return refuse(strange(value));
    };
    if object.contains_key("type") {
        return Ok(Raw::Shape(geometry(value)?));
    }
    Ok(match (key.as_str(), inside, object.len()) {
        ("property", Value::String(name), 1) => Raw::Property(name.clone()),
        ("date", Value::String(text), 1) => Raw::Date(day(text)?),
        ("timestamp", Value::String(text), 1) => Raw::DateTime(moment(text)?),
        ("interval", Value::Array(ends), 1) => match ends.as_slice() {
            [from, to] => Raw::Interval(Box::new([end(from, terms)?, end(to, terms)?])),
            _ => return refuse(strange(value)),
        },
        ("bbox", Value::Array(corners), 1) => match numbers(corners) {
            Some(corners) => Raw::Shape(shape::of_box(&corners)?),
            None => return refuse(strange(value)),
        },
        _ => return refuse(strange(value)),
    })
}

/// An operator or a function with its operands.
fn operation(
    operator: &str,
    operands: Option<&Value>,
    whole: &Value,
    terms: &mut Terms,
    nots: usize,
) -> Result<Raw, Fault> {
    let nots = if operator.eq_ignore_ascii_case("not") {
        nots + 1
    } else {
        0
    };
    if nots > MAX_UNARY {
        return refuse(say!(Key::FilterTooManySigns, max = MAX_UNARY));
    }
    let operands = match operands {
        None => &[],
        Some(Value::Array(operands)) => operands.as_slice(),
        Some(_) => return refuse(strange(whole)),
    };
    let operands = operands.iter().map(|value| part(value, terms, nots));
    let operands = operands.collect::<Result<Vec<_>, _>>()?;
    let operator = if operator == "!=" { "<>" } else { operator };
    Ok(Raw::call(operator, operands))
}

/// An end of an interval.
fn end(value: &Value, terms: &mut Terms) -> Result<Bound, Fault> {
    match value {
        Value::String(text) => bound(text),
        other => Ok(Bound::At(part(other, terms, 0)?)),
    }
}

/// An array of numbers.
fn numbers(values: &[Value]) -> Option<Vec<f64>> {
    values.iter().map(Value::as_f64).collect()
}

/// A `GeoJSON` geometry.
fn geometry(value: &Value) -> Result<Shape, Fault> {
    let name = value.get("type").and_then(Value::as_str);
    let Some(name) = name else {
        return refuse(strange(value));
    };
    if name == "GeometryCollection" {
        let Some(Value::Array(members)) = value.get("geometries") else {
            return refuse(strange(value));
        };
        let members = members.iter().map(member).collect::<Result<Vec<_>, _>>()?;
        return shape::of_members(members);
    }
    let (name, coordinates) = member(value)?;
    shape::of_coordinates(&name, coordinates)
}

/// The name and the coordinates of a geometry that is no collection.
fn member(value: &Value) -> Result<(String, Nested), Fault> {
    let name = value.get("type").and_then(Value::as_str);
    let name = name.filter(|name| shape::is_member(name));
    match (name, value.get("coordinates").and_then(nested)) {
        (Some(name), Some(coordinates)) => Ok((name.to_owned(), coordinates)),
        _ => refuse(strange(value)),
    }
}

/// Coordinates; `None` where something else stands among them.
fn nested(value: &Value) -> Option<Nested> {
    let Value::Array(parts) = value else {
        return None;
    };
    if parts.first().is_some_and(Value::is_number) {
        return numbers(parts).map(Nested::Position);
    }
    let parts: Option<Vec<Nested>> = parts.iter().map(nested).collect();
    parts.map(Nested::List)
}
