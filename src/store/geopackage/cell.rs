//! A feature as the cells of a row, and back.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::types::{ToSql, ToSqlOutput, ValueRef};

use super::blob;
use crate::geom::BBox;
use crate::layer::{Field, Layer};
use crate::model::{Feature, FieldType, Value};
use crate::say;
use crate::text::{Key, Message};

/// What stands in one column of one row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'a> {
    Null,
    Integer(i64),
    Real(f64),
    Text(&'a str),
    Made(String),
    Blob(&'a [u8]),
}

impl Cell<'_> {
    /// As SQLite sees it.
    pub(super) fn as_sql(&self) -> ValueRef<'_> {
        match self {
            Self::Null => ValueRef::Null,
            Self::Integer(i) => ValueRef::Integer(*i),
            Self::Real(x) => ValueRef::Real(*x),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Made(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }
    }
}

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(self.as_sql()))
    }
}

/// A day as it is stored.
pub(super) fn day(date: Date) -> String {
    date.to_string()
}

/// A moment as GeoPackage has it: in UTC, to the millisecond; finer parts are dropped.
pub(super) fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// Puts the cells of a feature into `cells` in the order of [`super::names::columns_of`], its
/// geometry's bytes into `bytes`. Its box, if it has one. Refused: a feature that is not of this
/// layer.
pub(super) fn cells_of<'a>(
    layer: &Layer,
    feature: &'a Feature,
    bytes: &'a mut Vec<u8>,
    cells: &mut Vec<Cell<'a>>,
) -> Result<Option<BBox>, Message> {
    cells.clear();
    let mut bbox = None;
    match (layer.shape, &feature.geometry) {
        (Some(shape), Some(geometry)) => {
            bbox = blob::encode(geometry, shape, bytes)?;
            cells.push(Cell::Blob(bytes));
        }
        (Some(_), None) => cells.push(Cell::Null),
        (None, None) => {}
        (None, Some(_)) => return Err(say!(Key::StoreGeometryInTable)),
    }
    if feature.values.len() != layer.fields.len() {
        return Err(say!(
            Key::StoreValuesMiscounted,
            values = feature.values.len(),
            fields = layer.fields.len()
        ));
    }
    for (field, value) in layer.fields.iter().zip(&feature.values) {
        push_value(field, value, cells)?;
    }
    cells.push(match feature.precision_m {
        Some(metres) => real(metres).ok_or_else(|| say!(Key::StorePrecisionNotFinite))?,
        None => Cell::Null,
    });
    let period = feature.valid;
    cells.extend([period.from, period.to].map(|d| d.map_or(Cell::Null, |d| Cell::Made(day(d)))));
    Ok(bbox)
}

fn push_value<'a>(
    field: &Field,
    value: &'a Value,
    cells: &mut Vec<Cell<'a>>,
) -> Result<(), Message> {
    let (cell, limit) = match (field.kind, value) {
        (_, Value::Null) => (Some(Cell::Null), None),
        (FieldType::Text | FieldType::Code, Value::Text(text)) => (Some(Cell::Text(text)), None),
        (FieldType::Integer, Value::Integer(i)) => (Some(Cell::Integer(*i)), None),
        (FieldType::Number, Value::Number(x)) => (real(*x), None),
        (FieldType::Number, Value::BelowDetection(limit)) if field.detection_limit => {
            (real(*limit).map(|_| Cell::Null), real(*limit))
        }
        (FieldType::Boolean, Value::Boolean(b)) => (Some(Cell::Integer(i64::from(*b))), None),
        (FieldType::Date, Value::Date(d)) => (Some(Cell::Made(day(*d))), None),
        (FieldType::DateTime, Value::DateTime(t)) => (Some(Cell::Made(moment(*t))), None),
        _ => (None, None),
    };
    let Some(cell) = cell else {
        return Err(say!(
            Key::StoreValueOfOtherType,
            field = field.name,
            value = value.to_plain_text()
        ));
    };
    cells.push(cell);
    if field.detection_limit {
        cells.push(limit.unwrap_or(Cell::Null));
    }
    Ok(())
}

/// A finite number; SQLite keeps no negative zero.
fn real<'a>(x: f64) -> Option<Cell<'a>> {
    x.is_finite().then_some(Cell::Real(x + 0.0))
}

/// The value in a column. `None`: what stands there is not of the field's type.
pub(super) fn value_of(kind: FieldType, cell: ValueRef<'_>, limit: ValueRef<'_>) -> Option<Value> {
    Some(match (kind, cell) {
        (FieldType::Number, ValueRef::Null) => match limit {
            ValueRef::Null => Value::Null,
            other => Value::BelowDetection(number(other)?),
        },
        (_, ValueRef::Null) => Value::Null,
        (FieldType::Text | FieldType::Code, text) => Value::Text(Arc::from(text.as_str().ok()?)),
        (FieldType::Integer, ValueRef::Integer(i)) => Value::Integer(i),
        (FieldType::Number, x) => Value::Number(number(x)?),
        (FieldType::Boolean, ValueRef::Integer(i @ (0 | 1))) => Value::Boolean(i == 1),
        (FieldType::Date, text) => Value::Date(date_of(text)?),
        (FieldType::DateTime, text) => Value::DateTime(text.as_str().ok()?.parse().ok()?),
        _ => return None,
    })
}

/// A number in a `REAL` column.
pub(super) fn number(cell: ValueRef<'_>) -> Option<f64> {
    match cell {
        ValueRef::Real(x) => Some(x),
        _ => None,
    }
}

/// A day.
pub(super) fn date_of(cell: ValueRef<'_>) -> Option<Date> {
    cell.as_str().ok()?.parse().ok()
}
