//! Schemas and rows made by hand.

use std::borrow::Cow;

use onemap::filter::{Expression, Kind, Property, Row, Scalar, Schema};
use onemap::geom::Geometry;
use onemap::text::Key;

/// Properties by name; the place of each is where it stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Fields(pub(super) Vec<(String, Kind, Option<Vec<String>>)>);

impl Fields {
    /// Fields without code lists.
    pub(super) fn of(fields: &[(&str, Kind)]) -> Self {
        let fields = fields.iter();
        Self(
            fields
                .map(|(n, kind)| ((*n).to_owned(), *kind, None))
                .collect(),
        )
    }

    /// Reads a filter that must be well.
    pub(super) fn read(&self, filter: &str) -> Expression {
        Expression::parse(filter, self).unwrap_or_else(|fault| panic!("{filter}: {fault}"))
    }

    /// Reads a filter in JSON that must be well; `true` and `false` alone are JSON too.
    pub(super) fn read_json(&self, json: &str) -> Expression {
        Expression::parse_json(json, self).unwrap_or_else(|fault| panic!("{json}: {fault}"))
    }

    /// What is said of a filter that must be refused.
    pub(super) fn refused(&self, filter: &str) -> Key {
        match Expression::parse(filter, self) {
            Ok(read) => panic!("{filter} is read as {read}"),
            Err(fault) => fault.message.key(),
        }
    }
}

impl Schema for Fields {
    fn property(&self, name: &str) -> Option<Property> {
        let place = self.0.iter().position(|(known, ..)| known == name)?;
        let (_, kind, codes) = self.0[place].clone();
        Some(Property { place, kind, codes })
    }

    fn names(&self) -> Vec<String> {
        self.0.iter().map(|(name, ..)| name.clone()).collect()
    }
}

/// A row: values in the order of the fields, and a geometry.
#[derive(Debug, Clone, Default)]
pub(super) struct Values<'a>(pub(super) Vec<Scalar<'a>>, pub(super) Option<Geometry>);

impl Row for Values<'_> {
    fn value(&self, place: usize) -> Scalar<'_> {
        self.0[place]
    }

    fn geometry(&self) -> Option<Cow<'_, Geometry>> {
        self.1.as_ref().map(Cow::Borrowed)
    }
}
