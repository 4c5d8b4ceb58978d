//! `[screening]` of `layers/district.toml`: which layers a screening knows by their part in it.

use super::file::ScreeningTable;
use super::known::{Known, Layers};
use super::{Book, FormerLayer, ParcelLayer, Parts};
use crate::layer::definition::{Field, Layer, Shape};
use crate::layer::document::Document;
use crate::model::{FieldType, LayerId};
use crate::say;
use crate::text::Key;

/// The parts that the district's file names; what is wrong is told there.
pub(in crate::layer) fn check(doc: &mut Document, book: &Book, layers: &Layers<'_>) -> Parts {
    if !doc.has("screening") {
        return Parts::default();
    }
    let Some(table) = doc.part::<ScreeningTable>("screening") else {
        return Parts::default();
    };
    let mut part = Part { doc, book, layers };
    let parcels = table.parcels.and_then(|table| {
        let at = "screening.parcels";
        let layer = part.layer(at, &table.layer)?;
        part.area(at, layer);
        part.coded(
            &format!("{at}.current_use"),
            layer,
            table.current_use.as_deref(),
        );
        part.coded(
            &format!("{at}.planned_use"),
            layer,
            table.planned_use.as_deref(),
        );
        part.number(&format!("{at}.area_m2"), layer, table.area_m2.as_deref());
        Some(ParcelLayer {
            layer: layer.id.clone(),
            current_use: table.current_use,
            planned_use: table.planned_use,
            area_m2: table.area_m2,
        })
    });
    let current_use = table.current_use.and_then(|table| {
        let at = "screening.current_use";
        let layer = part.layer(at, &table.layer)?;
        part.area(at, layer);
        part.coded(&format!("{at}.field"), layer, Some(&table.field));
        Some((layer.id.clone(), table.field))
    });
    let former_parcels = table.former_parcels.and_then(|table| {
        let at = "screening.former_parcels";
        let layer = part.layer(at, &table.layer)?;
        part.area(at, layer);
        part.coded(&format!("{at}.land_use"), layer, table.land_use.as_deref());
        Some(FormerLayer {
            layer: layer.id.clone(),
            land_use: table.land_use,
        })
    });
    Parts {
        parcels,
        current_use,
        former_parcels,
    }
}

/// The file while its parts are checked.
struct Part<'a> {
    doc: &'a mut Document,
    book: &'a Book,
    layers: &'a Layers<'a>,
}

impl<'a> Part<'a> {
    /// The layer that a table names; of one that is wrong itself nothing is said here.
    fn layer(&mut self, at: &str, id: &str) -> Option<&'a Layer> {
        let at = format!("{at}.layer");
        if !self.layers.named.contains_key(id) {
            Known::Layer.fault(self.doc, &at, id, self.layers.named.keys());
        }
        let id = LayerId::parse(id).ok()?;
        self.layers.right.get(&id).map(AsRef::as_ref)
    }

    fn area(&mut self, at: &str, layer: &Layer) {
        if layer.shape != Some(Shape::Polygon) {
            let message = say!(Key::LayerBookPartShape, layer = layer.id);
            self.doc.fault(&format!("{at}.layer"), message);
        }
    }

    fn field<'l>(&mut self, at: &str, layer: &'l Layer, name: Option<&str>) -> Option<&'l Field> {
        let name = name?;
        let found = layer.fields.iter().find(|field| field.name == name);
        if found.is_none() {
            let fields = layer.fields.iter().map(|field| &field.name);
            Known::FieldOf(layer.id.as_str()).fault(self.doc, at, name, fields);
        }
        found
    }

    /// A field of codes of a classification of land use.
    fn coded(&mut self, at: &str, layer: &Layer, name: Option<&str>) {
        let Some(field) = self.field(at, layer, name) else {
            return;
        };
        let list = field.codes.as_ref().map(|list| list.name.as_str());
        let systems = &self.book.systems;
        if !systems.is_empty() && !list.is_some_and(|list| systems.contains_key(list)) {
            let message = say!(Key::LayerBookPartCode, name = field.name);
            self.doc.fault(at, message);
        }
    }

    fn number(&mut self, at: &str, layer: &Layer, name: Option<&str>) {
        let Some(field) = self.field(at, layer, name) else {
            return;
        };
        if !matches!(field.kind, FieldType::Number | FieldType::Integer) {
            self.doc
                .fault(at, say!(Key::LayerBookPartNumber, name = field.name));
        }
    }
}
