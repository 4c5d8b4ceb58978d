//! What the tables and columns of a layer are called.

use crate::layer::{Field, Layer, Shape};
use crate::model::{FieldType, LayerId};
use crate::say;
use crate::text::{Key, Message};

/// The geometry column of a layer.
pub(super) const GEOM: &str = "geom";

/// An SQL identifier in quotes.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The tables of one layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tables {
    /// Its current features.
    pub(super) current: String,
    /// The versions that were.
    pub(super) history: String,
}

impl Tables {
    /// Those of a layer: its id with `_` for `-`. A name that SQLite, GeoPackage or this store keeps
    /// for itself gets one more `_` at its end, which no id can have.
    pub(super) fn of(layer: &LayerId) -> Self {
        let mut current = layer.as_str().replace('-', "_");
        let kept = ["sqlite_", "gpkg_", "rtree_", "onemap_"];
        if kept.iter().any(|prefix| current.starts_with(prefix)) || current.ends_with("_history") {
            current.push('_');
        }
        let history = format!("{current}_history");
        Self { current, history }
    }

    /// The layer whose current features a table holds.
    pub(super) fn layer(current: &str) -> Option<LayerId> {
        LayerId::parse(&current.trim_end_matches('_').replace('_', "-")).ok()
    }
}

/// The R-tree of a table.
pub(super) fn rtree(table: &str) -> String {
    format!("rtree_{table}_{GEOM}")
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Integer,
    Real,
    Boolean,
    Date,
    DateTime,
    Geometry(Shape),
}

impl Kind {
    const fn of(field: FieldType) -> Self {
        match field {
            FieldType::Text | FieldType::Code => Self::Text,
            FieldType::Integer => Self::Integer,
            FieldType::Number => Self::Real,
            FieldType::Boolean => Self::Boolean,
            FieldType::Date => Self::Date,
            FieldType::DateTime => Self::DateTime,
        }
    }

    /// The type it is declared as.
    pub(super) const fn sql(self) -> &'static str {
        match self {
            Self::Text => "TEXT",
            Self::Integer => "INTEGER",
            Self::Real => "REAL",
            Self::Boolean => "BOOLEAN",
            Self::Date => "DATE",
            Self::DateTime => "DATETIME",
            Self::Geometry(Shape::Point) => "POINT",
            Self::Geometry(Shape::Line) => "MULTILINESTRING",
            Self::Geometry(Shape::Polygon) => "MULTIPOLYGON",
        }
    }
}

/// A column of a layer's content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

impl Column {
    fn new(name: impl Into<String>, kind: Kind) -> Self {
        Self {
            name: name.into(),
            kind,
        }
    }

    /// Whether a column declared as `declared` in a table is this one.
    pub(super) fn is_declared(&self, name: &str, declared: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
            && (self.kind.sql().eq_ignore_ascii_case(declared)
                || matches!(self.kind, Kind::Geometry(_)))
    }
}

/// The columns of every layer beside its fields and its geometry.
const OWN: [&str; 8] = [
    "fid",
    GEOM,
    "precision_m",
    "valid_from",
    "valid_to",
    "recorded_from",
    "recorded_to",
    "rowid",
];

/// The column of a field: its name. One that the store keeps for itself gets a `_` at its end.
pub(super) fn column_of(field: &Field) -> String {
    let lower = field.name.to_ascii_lowercase();
    if OWN.contains(&lower.as_str()) || lower.starts_with("onemap_") {
        format!("{}_", field.name)
    } else {
        field.name.clone()
    }
}

/// The column that carries the limit of detection of a field.
pub(super) fn lod_column_of(field: &Field) -> Option<String> {
    field.detection_limit.then(|| format!("{}_lod", field.name))
}

/// The columns of a layer's content, in the order in which [`super::cell::cells_of`] fills them: the
/// geometry, the fields with their companions, precision, period. Refused: two of one name.
pub(super) fn columns_of(layer: &Layer) -> Result<Vec<Column>, Message> {
    let mut columns = Vec::with_capacity(layer.fields.len() + 4);
    if let Some(shape) = layer.shape {
        columns.push(Column::new(GEOM, Kind::Geometry(shape)));
    }
    for field in &layer.fields {
        columns.push(Column::new(column_of(field), Kind::of(field.kind)));
        if let Some(lod) = lod_column_of(field) {
            columns.push(Column::new(lod, Kind::Real));
        }
    }
    columns.push(Column::new("precision_m", Kind::Real));
    columns.push(Column::new("valid_from", Kind::Date));
    columns.push(Column::new("valid_to", Kind::Date));
    for (at, column) in columns.iter().enumerate() {
        let name = &column.name;
        if columns
            .iter()
            .take(at)
            .any(|earlier| earlier.name.eq_ignore_ascii_case(name))
        {
            return Err(say!(Key::StoreColumnTwice, layer = layer.id, column = name));
        }
    }
    Ok(columns)
}
