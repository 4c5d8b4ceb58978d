//! Names that files of the book give, and what there is of that kind.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::layer::check::district::Geometries;
use crate::layer::definition::Layer;
use crate::layer::document::Document;
use crate::model::LayerId;
use crate::say;
use crate::text::near::{listed, nearest};
use crate::text::{Key, Message};

/// The layers, as far as files of the book may name them.
#[derive(Debug, Clone, Copy)]
pub(in crate::layer) struct Layers<'a> {
    /// Those in which nothing is wrong.
    pub(in crate::layer) right: &'a BTreeMap<LayerId, Arc<Layer>>,
    /// All, right or wrong.
    pub(in crate::layer) named: &'a Geometries,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Known<'a> {
    RuleSet,
    Profile,
    Layer,
    System,
    CodeOf(&'a str),
    Background,
    Rule,
    FieldOf(&'a str),
    Word,
    ValueOf(&'a str),
}

impl Known<'_> {
    /// Says at a path that there is none of that name.
    pub(super) fn fault<'n>(
        self,
        doc: &mut Document,
        at: &str,
        name: &str,
        known: impl Iterator<Item = &'n String>,
    ) {
        let known: Vec<&str> = known.map(String::as_str).collect();
        doc.fault(at, self.message(name, &known));
    }

    /// That there is none of that name, and which was probably meant, or which there are.
    fn message(self, name: &str, known: &[&str]) -> Message {
        let what = match self {
            Self::RuleSet => say!(Key::LayerBookNoRuleSet, name = name),
            Self::Profile => say!(Key::LayerBookNoProfile, name = name),
            Self::Layer => say!(Key::LayerBookNoLayer, name = name),
            Self::System => say!(Key::LayerBookNoSystem, name = name),
            Self::CodeOf(system) => say!(Key::LayerBookNoCode, name = name, system = system),
            Self::Background => say!(Key::LayerBookNoBackground, name = name),
            Self::Word => say!(Key::LayerBookNoWord, name = name),
            Self::ValueOf(word) => say!(Key::LayerBookNoValue, name = name, word = word),
            Self::Rule => say!(Key::LayerBookNoRule, name = name),
            Self::FieldOf(layer) => say!(Key::LayerBookNoField, name = name, layer = layer),
        };
        match nearest(name, known.iter().copied()) {
            Some(near) => say!(Key::LayerBookNear, near = near).with_why(what),
            // Of a long list the whole is no help.
            None if known.len() > 60 => what,
            None => say!(Key::LayerBookThereAre, known = listed(known)).with_why(what),
        }
    }
}

/// A file's id must be its name.
pub(super) fn id_is_stem(doc: &mut Document, id: &str, stem: &str) {
    if id != stem {
        doc.fault("id", say!(Key::LayerCheckIdNotStem, id = id, stem = stem));
    }
}

/// A text must not be empty.
pub(super) fn empty(doc: &mut Document, at: &str, text: &str) {
    if text.trim().is_empty() {
        let key = at.rsplit('.').next().unwrap_or(at);
        doc.fault(at, say!(Key::LayerCheckEmpty, key = key));
    }
}
