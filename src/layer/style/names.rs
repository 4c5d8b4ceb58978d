//! The names a style may use: the properties of the layer's tiles, for the widest audience that sees
//! the layer.

use crate::layer::check::fields::FieldSet;
use crate::layer::codes::CodeList;
use crate::layer::definition::{Field, PublicForm, Visibility};
use crate::model::{Audience, FieldType};
use crate::say;
use crate::text::near::{listed, nearest};
use crate::text::{Key, Message};

/// What a property of a tile is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Served {
    Number,
    Text,
    Boolean,
}

/// A property of a tile.
#[derive(Debug)]
pub(super) struct Named<'a> {
    pub(super) name: String,
    pub(super) kind: Served,
    pub(super) codes: Option<&'a CodeList>,
}

/// The names a style may use.
#[derive(Debug)]
pub(super) struct Names<'a> {
    fields: &'a FieldSet,
    served: Vec<Named<'a>>,
}

impl<'a> Names<'a> {
    /// The names of a layer. With `clusters`, its tiles also say `point_count`.
    pub(super) fn of(fields: &'a FieldSet, form: PublicForm, clusters: bool) -> Self {
        let mut served = Vec::new();
        for field in fields
            .sound()
            .filter(|field| field.visibility.allows(widest(form)))
        {
            let kind = match field.kind {
                FieldType::Integer | FieldType::Number => Served::Number,
                FieldType::Boolean => Served::Boolean,
                FieldType::Text | FieldType::Code | FieldType::Date | FieldType::DateTime => {
                    Served::Text
                }
            };
            let codes = field.codes.as_deref();
            served.push(Named {
                name: field.name.clone(),
                kind,
                codes,
            });
            served.extend(field.lod_name().map(|name| Named {
                name,
                kind: Served::Number,
                codes: None,
            }));
        }
        if clusters {
            let name = "point_count".to_owned();
            served.push(Named {
                name,
                kind: Served::Number,
                codes: None,
            });
        }
        Self { fields, served }
    }

    /// The property of that name; why there is none; or neither, where its field is wrong itself.
    pub(super) fn find(&self, name: &str) -> Result<Option<&Named<'a>>, Message> {
        if let Some(named) = self.served.iter().find(|named| named.name == name) {
            return Ok(Some(named));
        }
        let is = |field: &&Field| field.name == name || field.lod_name().as_deref() == Some(name);
        if let Some(field) = self.fields.sound().find(is) {
            let sentence = match field.visibility {
                Visibility::Department => Key::LayerCheckStyleDepartment,
                Visibility::Public | Visibility::Internal => Key::LayerCheckStyleInternal,
            };
            return Err(say!(sentence, name = name));
        }
        if self.fields.is_lost(name) {
            return Ok(None);
        }
        let known: Vec<&str> = self
            .served
            .iter()
            .map(|named| named.name.as_str())
            .collect();
        Err(match nearest(name, known.iter().copied()) {
            Some(near) => say!(Key::LayerCheckStyleFieldNear, name = name, near = near),
            None => say!(
                Key::LayerCheckStyleField,
                name = name,
                known = listed(&known)
            ),
        })
    }
}

/// The widest audience that sees a layer's features.
const fn widest(form: PublicForm) -> Audience {
    match form {
        PublicForm::Full | PublicForm::Generalised => Audience::Public,
        PublicForm::Existence | PublicForm::None => Audience::Department,
    }
}
