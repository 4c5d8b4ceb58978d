//! What a filter may speak of: properties and their kinds.

use std::fmt;

/// What a property holds, as far as a filter tells it apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Text, a code included.
    Text,
    /// A number, whole or not.
    Number,
    /// Yes or no.
    Boolean,
    /// A calendar day.
    Date,
    /// A moment.
    DateTime,
    /// The geometry of the row.
    Geometry,
}

/// The word that layer files use for it.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Date => "date",
            Self::DateTime => "datetime",
            Self::Geometry => "geometry",
        })
    }
}

/// A property that a filter may name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// Where its value stands: what [`Row::value`](super::Row::value) is asked for. Without meaning
    /// for the geometry.
    pub place: usize,
    /// What it holds.
    pub kind: Kind,
    /// For a text that is an entry of a code list: its codes. A literal that is compared with it
    /// for being equal and is none of them is a fault.
    pub codes: Option<Vec<String>>,
}

impl Property {
    /// A property without a code list.
    pub const fn new(place: usize, kind: Kind) -> Self {
        Self {
            place,
            kind,
            codes: None,
        }
    }
}

/// The properties of the rows that a filter is for.
pub trait Schema {
    /// The property of a name; names are told apart by case.
    fn property(&self, name: &str) -> Option<Property>;

    /// Every name, in the order in which a message should list them.
    fn names(&self) -> Vec<String>;
}
