//! A table as formats other than our own know it: columns of one type, rows of cells.

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What its cells hold.
    pub kind: ColumnKind,
}

impl Column {
    /// A column of this name and kind.
    pub fn new(name: impl Into<String>, kind: ColumnKind) -> Self {
        Self {
            name: name.into(),
            kind,
        }
    }
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Yes or no.
    Boolean,
}

/// One cell. It is of its column's kind, or null.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Not known, or not there.
    Null,
    /// Words.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number that is finite.
    Number(f64),
    /// Yes or no.
    Boolean(bool),
}

impl Cell {
    /// Words; none of them is null.
    pub fn text(words: impl Into<String>) -> Self {
        let words = words.into();
        if words.is_empty() {
            Self::Null
        } else {
            Self::Text(words)
        }
    }

    /// As JSON has it.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Null => serde_json::Value::Null,
            Self::Text(words) => words.as_str().into(),
            Self::Integer(number) => (*number).into(),
            Self::Number(number) => (*number).into(),
            Self::Boolean(yes) => (*yes).into(),
        }
    }

    /// From JSON, for a column of a kind; what does not fit is null.
    pub fn of_json(value: &serde_json::Value, kind: ColumnKind) -> Self {
        let cell = match kind {
            ColumnKind::Text => value.as_str().map(|words| Self::Text(words.to_owned())),
            ColumnKind::Integer => value.as_i64().map(Self::Integer),
            ColumnKind::Number => value.as_f64().map(Self::Number),
            ColumnKind::Boolean => value.as_bool().map(Self::Boolean),
        };
        cell.unwrap_or(Self::Null)
    }
}
