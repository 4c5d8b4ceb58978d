//! What a layer's file says of how its features are named, to which features of another layer they
//! belong, and which of their fields are values over time.

use super::district::Geometries;
use super::fields::FieldSet;
use crate::layer::definition::{Identity, Layer, PartOf, PublicForm, Series, Visibility};
use crate::layer::document::Document;
use crate::layer::file::{PartOfTable, SeriesTable};
use crate::model::{FieldType, LayerId};
use crate::say;
use crate::text::Key;
use crate::text::near::{listed, nearest};

/// `label`
pub(super) fn label(doc: &mut Document, fields: &FieldSet) -> Option<usize> {
    let name: String = doc.part("label")?;
    let (place, field) = fields.named(doc, "label", &name)?;
    if field.visibility == Visibility::Internal {
        doc.fault("label", say!(Key::LayerCheckLabelInternal, name = name));
    }
    Some(place)
}

/// `[part_of]`, as far as this file tells: until [`resolve`] has found the other layer, nobody may
/// know of it.
pub(super) fn part_of(doc: &mut Document, fields: &FieldSet) -> Option<PartOf> {
    let table: PartOfTable = doc.part("part_of")?;
    let (field, _) = fields.named(doc, "part_of.field", &table.field)?;
    Some(PartOf {
        layer: LayerId::parse(&table.layer).ok()?,
        field,
        form: PublicForm::None,
        identity: Visibility::Internal,
    })
}

/// `[series]`
pub(super) fn series(doc: &mut Document, fields: &FieldSet) -> Option<Series> {
    let table: SeriesTable = doc.part("series")?;
    if table.values.is_empty() {
        doc.fault("series.values", say!(Key::LayerCheckSeriesEmpty));
    }
    let time = fields.named(doc, "series.time", &table.time);
    if time.is_some_and(|(_, field)| matches!(field.kind, FieldType::Number | FieldType::Boolean)) {
        let message = say!(Key::LayerCheckSeriesTime, name = table.time);
        doc.fault("series.time", message);
    }
    let mut values = Vec::new();
    for (nth, name) in table.values.iter().enumerate() {
        let path = format!("series.values.{nth}");
        if table.values.iter().take(nth).any(|earlier| earlier == name) {
            doc.fault(&path, say!(Key::LayerCheckSeriesTwice, name = name));
        } else if let Some((place, field)) = fields.named(doc, &path, name) {
            if !matches!(field.kind, FieldType::Number | FieldType::Integer) {
                doc.fault(&path, say!(Key::LayerCheckSeriesValue, name = name));
            }
            values.push(place);
        }
    }
    Some(Series {
        time: time?.0,
        values,
    })
}

/// Finds the layer that each `[part_of]` names, once every file has been read: it must be another
/// one, identified by one field, of the type of the field that names its features. Of a layer that
/// is wrong itself nothing is said here.
pub(in crate::layer) fn resolve(checked: &mut [(Document, Option<Layer>)], known: &Geometries) {
    let parents: Vec<Parent> = checked
        .iter()
        .filter_map(|(_, layer)| layer.as_ref())
        .map(Parent::of)
        .collect();
    for (doc, layer) in checked {
        let Some(table) = doc.part::<PartOfTable>("part_of") else {
            continue;
        };
        let parent = parents
            .iter()
            .find(|parent| parent.id.as_str() == table.layer);
        if doc.text("id") == Some(&table.layer) {
            doc.fault(
                "part_of.layer",
                say!(Key::LayerCheckPartOfItself, id = table.layer),
            );
        } else if let Some(parent) = parent {
            adopt(doc, layer.as_mut(), parent);
        } else if !known.contains_key(&table.layer) {
            unknown(doc, &table.layer, known);
        }
    }
}

/// What the layers that belong to another must know of it.
struct Parent {
    id: LayerId,
    form: PublicForm,
    /// The one field that identifies its features, if it is one.
    identity: Option<(String, FieldType, Visibility)>,
}

impl Parent {
    fn of(layer: &Layer) -> Self {
        let single = match &layer.identity {
            Identity::Fields(places) => <[usize; 1]>::try_from(places.as_slice()).ok(),
            Identity::Content => None,
        };
        let field = single.and_then(|[place]| layer.fields.get(place));
        Self {
            id: layer.id.clone(),
            form: layer.public_form,
            identity: field.map(|field| (field.name.clone(), field.kind, field.visibility)),
        }
    }
}

fn adopt(doc: &mut Document, layer: Option<&mut Layer>, parent: &Parent) {
    let Some((identity, kind, visibility)) = &parent.identity else {
        let message = say!(Key::LayerCheckPartOfIdentity, layer = parent.id);
        doc.fault("part_of.layer", message);
        return;
    };
    let Some(layer) = layer else { return };
    let Some(part_of) = &mut layer.part_of else {
        return;
    };
    let field = layer.fields.get(part_of.field);
    if let Some(field) = field.filter(|field| !alike(field.kind, *kind)) {
        let message = say!(
            Key::LayerCheckPartOfType,
            name = field.name,
            identity = identity,
            layer = parent.id
        );
        doc.fault("part_of.field", message);
    }
    part_of.form = parent.form;
    part_of.identity = *visibility;
}

/// Whether values of two types can be equal: a code is a text.
fn alike(one: FieldType, other: FieldType) -> bool {
    let words = |kind| matches!(kind, FieldType::Text | FieldType::Code);
    one == other || words(one) && words(other)
}

fn unknown(doc: &mut Document, id: &str, known: &Geometries) {
    let known: Vec<&str> = known.keys().map(String::as_str).collect();
    let message = match nearest(id, known.iter().copied()) {
        Some(near) => say!(Key::LayerCheckPartOfUnknownNear, id = id, near = near),
        None => say!(
            Key::LayerCheckPartOfUnknown,
            id = id,
            known = listed(&known)
        ),
    };
    doc.fault("part_of.layer", message);
}
