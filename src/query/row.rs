//! A row of a snapshot as the filter language sees it, and what a filter may speak of.

use std::borrow::Cow;

use crate::filter::{Kind, Property, Row, Scalar, Schema};
use crate::geom::{Geometry, cast};
use crate::index::{Cell, LayerView, Snapshot};
use crate::model::FieldType;

/// The name that a filter gives to the geometry of a row.
pub const GEOMETRY: &str = "geometry";

/// A row of a snapshot, to evaluate a filter over.
#[derive(Debug, Clone, Copy)]
pub struct RowView<'a> {
    /// The layer.
    pub snapshot: &'a Snapshot,
    /// The row.
    pub row: usize,
}

impl Row for RowView<'_> {
    fn value(&self, place: usize) -> Scalar<'_> {
        match self.snapshot.cell(self.row, place) {
            Cell::Null => Scalar::Null,
            Cell::Text(text) => Scalar::Text(text),
            Cell::Integer(integer) => Scalar::Number(cast::i64_to_f64(integer)),
            Cell::Number(number) => Scalar::Number(number),
            Cell::BelowDetection(limit) => Scalar::BelowDetection(limit),
            Cell::Boolean(boolean) => Scalar::Boolean(boolean),
            Cell::Date(date) => Scalar::Date(date),
            Cell::DateTime(moment) => Scalar::DateTime(moment),
        }
    }

    fn geometry(&self) -> Option<Cow<'_, Geometry>> {
        self.snapshot.geometry(self.row).map(Cow::Owned)
    }
}

/// What a filter may speak of in a layer: the fields its audience sees, by name, and where the
/// layer has places, [`GEOMETRY`]. A field of that name goes before.
#[derive(Debug, Clone, Copy)]
pub struct Fields<'a>(pub &'a LayerView);

impl Schema for Fields<'_> {
    fn property(&self, name: &str) -> Option<Property> {
        let mut fields = self.0.fields.iter().enumerate();
        let Some((place, field)) = fields.find(|(_, field)| field.name == name) else {
            let has_geometry = name == GEOMETRY && self.0.shape.is_some();
            return has_geometry.then(|| Property::new(0, Kind::Geometry));
        };
        let codes = field.codes.as_ref();
        Some(Property {
            place,
            kind: kind(field.kind),
            codes: codes.map(|list| list.entries.keys().cloned().collect()),
        })
    }

    fn names(&self) -> Vec<String> {
        let fields = self.0.fields.iter().map(|field| field.name.clone());
        let geometry = self.0.shape.map(|_| GEOMETRY.to_owned());
        fields.chain(geometry).collect()
    }
}

const fn kind(field: FieldType) -> Kind {
    match field {
        FieldType::Text | FieldType::Code => Kind::Text,
        FieldType::Integer | FieldType::Number => Kind::Number,
        FieldType::Boolean => Kind::Boolean,
        FieldType::Date => Kind::Date,
        FieldType::DateTime => Kind::DateTime,
    }
}
