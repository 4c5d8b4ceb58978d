//! The privacy wall: what the authority knows, made into what one audience may see.
//!
//! The only room with both [`Exact`] and [`Published`] in a signature. It drops layers and fields,
//! and generalises to a grid; it never randomises. Whatever stands behind it can only be what came
//! through here, so no later room has a rule of its own about secrecy.

mod generalise;
#[cfg(test)]
mod tests;
mod uses;
mod view;

use std::sync::Arc;

pub use view::{FieldView, Form, LayerView, Uses};

use crate::layer::{Field, Layer, PrecisionRule, PublicForm, Shape};
use crate::model::{Audience, Coverage, Exact, Feature, FieldType, Published, Value};
use crate::say;
use crate::text::{Bilingual, Key, Lang};

/// The Darwin Core term under which a generalised record says so.
pub const GENERALISATIONS_FIELD: &str = "dataGeneralizations";

/// A layer as an audience may know it; `None` if it may not even know that it exists.
pub fn view(layer: &Layer, audience: Audience, coverage: Option<&Coverage>) -> Option<LayerView> {
    let form = form(layer, audience)?;
    let open = form != Form::Existence;
    let mut fields: Vec<FieldView> = if open {
        shown(layer, audience)
            .map(|(index, field)| {
                let mut view = field_view(field);
                // A record on a coarse grid may come without it.
                view.required &= form != Form::Generalised
                    || !generalise::goes_with_the_place(layer, index, field);
                view
            })
            .collect()
    } else {
        Vec::new()
    };
    if form == Form::Generalised {
        fields.push(generalisations_field());
    }
    let mut provenance = layer.provenance.clone();
    if !open {
        // When a hidden layer was last brought up to date is already part of its content.
        provenance.updated.clear();
    }
    // On a grid everything is a point, and drawn as one.
    let becomes_points = form == Form::Generalised && layer.shape != Some(Shape::Point);
    Some(LayerView {
        id: layer.id.clone(),
        audience,
        form,
        theme: layer.theme,
        title: layer.title.clone(),
        description: layer.description.clone(),
        shape: if becomes_points {
            layer.shape.map(|_| Shape::Point)
        } else {
            layer.shape
        },
        role: layer.role,
        fields,
        uses: if open {
            uses::of(layer, audience)
        } else {
            Uses::default()
        },
        coverage: coverage.filter(|_| open).cloned(),
        minzoom: layer.tiles.minzoom,
        maxzoom: layer.tiles.maxzoom,
        points: layer.tiles.points,
        cache_s: layer.tiles.cache_s,
        provenance,
        style: if open && !becomes_points {
            layer.style.clone()
        } else {
            Vec::new()
        },
    })
}

/// A feature as an audience may see it; `None` if it may not.
pub fn publish(
    layer: &Layer,
    audience: Audience,
    feature: Exact<Feature>,
) -> Option<Published<Feature>> {
    let form = form(layer, audience).filter(|form| *form != Form::Existence)?;
    let mut feature = feature.into_inner();
    conceal_derived(layer, audience, &mut feature);
    let generalised = match form {
        Form::Generalised => Some(generalise::apply(layer, audience, &mut feature)?),
        _ => None,
    };
    hide_derived(layer, audience, form, &mut feature);
    feature.values = shown(layer, audience)
        .map(|(index, _)| {
            feature
                .values
                .get_mut(index)
                .map(std::mem::take)
                .unwrap_or_default()
        })
        .collect();
    if let Some(said) = generalised {
        feature.values.push(said);
    }
    // The identity served to make versions; nothing behind the wall needs it, and it may be a
    // register's internal number.
    feature.identity = Arc::from("");
    Some(Published::new(feature, audience))
}

/// In which form an audience has a layer. The department sees all in full; the public what the
/// layer says.
pub fn form(layer: &Layer, audience: Audience) -> Option<Form> {
    form_of(layer.public_form, audience)
}

const fn form_of(public_form: PublicForm, audience: Audience) -> Option<Form> {
    match (audience, public_form) {
        (Audience::Department, _) | (Audience::Public, PublicForm::Full) => Some(Form::Full),
        (Audience::Public, PublicForm::Generalised) => Some(Form::Generalised),
        (Audience::Public, PublicForm::Existence) => Some(Form::Existence),
        (Audience::Public, PublicForm::None) => None,
    }
}

/// What was drawn from a field that the audience does not see goes with it. (A generalised position
/// keeps its precision: that is of the cell, and must cover the true place.)
fn hide_derived(layer: &Layer, audience: Audience, form: Form, feature: &mut Feature) {
    let hidden = |index: Option<usize>| {
        let field = index.and_then(|index| layer.fields.get(index));
        field.is_some_and(|field| !field.visibility.allows(audience))
    };
    if hidden(layer.valid_from) {
        feature.valid.from = None;
    }
    if hidden(layer.valid_to) {
        feature.valid.to = None;
    }
    if let PrecisionRule::Field(index) = layer.precision
        && form == Form::Full
        && hidden(Some(index))
    {
        feature.precision_m = None;
    }
}

/// The fields of a layer that an audience sees, with their places in a stored feature.
fn shown(layer: &Layer, audience: Audience) -> impl Iterator<Item = (usize, &Field)> {
    layer
        .fields
        .iter()
        .enumerate()
        .filter(move |(_, field)| field.visibility.allows(audience))
}

fn field_view(field: &Field) -> FieldView {
    FieldView {
        name: field.name.clone(),
        kind: field.kind,
        codes: field.codes.clone(),
        title: field.title.clone(),
        unit: field.unit.clone(),
        analyte: field.analyte.clone(),
        required: field.required,
        detection_limit: field.detection_limit,
    }
}

fn generalisations_field() -> FieldView {
    let title = say!(Key::PublishGeneralisationsTitle);
    FieldView {
        name: GENERALISATIONS_FIELD.to_owned(),
        kind: FieldType::Text,
        codes: None,
        title: Bilingual {
            zh: title.in_lang(Lang::Zh),
            en: title.in_lang(Lang::En),
        },
        unit: None,
        analyte: None,
        required: true,
        detection_limit: false,
    }
}

/// Precision and valid time are read from fields: who may not see the field may not see them either.
fn conceal_derived(layer: &Layer, audience: Audience, feature: &mut Feature) {
    let is_hidden = |index: usize| {
        let field = layer.fields.get(index);
        field.is_none_or(|field| !field.visibility.allows(audience))
    };
    if let PrecisionRule::Field(index) = layer.precision
        && is_hidden(index)
    {
        feature.precision_m = None;
    }
    if layer.valid_from.is_some_and(is_hidden) {
        feature.valid.from = None;
    }
    if layer.valid_to.is_some_and(is_hidden) {
        feature.valid.to = None;
    }
}

/// The field that says how well a position is known must say it of the published position.
fn restate_precision(layer: &Layer, feature: &mut Feature) {
    if let (PrecisionRule::Field(index), Some(metres)) = (layer.precision, feature.precision_m)
        && let Some(value) = feature.values.get_mut(index)
    {
        *value = match layer.fields.get(index).map(|field| field.kind) {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "metres on the globe fit an i64"
            )]
            Some(FieldType::Integer) => Value::Integer(metres.ceil() as i64),
            _ => Value::Number(metres),
        };
    }
}
