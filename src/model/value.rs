//! What a field of a feature holds.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

/// The type of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldType {
    /// Any text.
    Text,
    /// A whole number.
    Integer,
    /// A number; a measured one may also be "below the limit of detection".
    Number,
    /// Yes or no.
    Boolean,
    /// A calendar day.
    Date,
    /// A moment.
    DateTime,
    /// An entry of a code list.
    Code,
}

/// One value. An absent value is [`Value::Null`] and means "not recorded", never "none".
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value {
    /// Not recorded.
    #[default]
    Null,
    /// Text, or the code of a code list.
    Text(Arc<str>),
    /// A whole number.
    Integer(i64),
    /// A finite number in its field's unit.
    Number(f64),
    /// Measured, and below this limit of detection: `<0.05` is `BelowDetection(0.05)`. It is neither
    /// zero nor the limit; a comparison with it is unknown. On every wire and at rest the field
    /// itself is then null and a second one, `<name>_lod`, carries the limit.
    BelowDetection(f64),
    /// Yes or no.
    Boolean(bool),
    /// A calendar day.
    Date(Date),
    /// A moment.
    DateTime(Timestamp),
}

impl Value {
    /// Whether nothing is recorded.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value as a person reads it, without its unit: `<0.05` for a value below detection; empty
    /// for null.
    pub fn to_plain_text(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(text) => text.to_string(),
            Self::Integer(i) => i.to_string(),
            Self::Number(x) => x.to_string(),
            Self::BelowDetection(limit) => format!("<{limit}"),
            Self::Boolean(b) => b.to_string(),
            Self::Date(d) => d.to_string(),
            Self::DateTime(t) => t.to_string(),
        }
    }
}
