//! A layer as one audience may know it. What is not in a [`LayerView`] does not exist for the rooms
//! behind the wall.

use std::sync::Arc;

use crate::layer::{CodeList, PointRule, Provenance, Role, Sampling, Series, Shape};
use crate::model::{Audience, Coverage, FieldType, LayerId, Theme};
use crate::text::Bilingual;

/// A layer as one audience may know it.
#[derive(Debug, Clone)]
pub struct LayerView {
    /// The layer.
    pub id: LayerId,
    /// For whom.
    pub audience: Audience,
    /// In which form.
    pub form: Form,
    /// The part of the one map it belongs to.
    pub theme: Theme,
    /// What people call it.
    pub title: Bilingual,
    /// What it holds.
    pub description: Option<Bilingual>,
    /// What its features are; `None`: a table.
    pub shape: Option<Shape>,
    /// Its part in a risk answer.
    pub role: Role,
    /// The fields this audience sees, in the order of a published feature's values.
    pub fields: Vec<FieldView>,
    /// What these fields are for.
    pub uses: Uses,
    /// What was looked at; `None`: not known.
    pub coverage: Option<Coverage>,
    /// First zoom with features.
    pub minzoom: u8,
    /// Last zoom served.
    pub maxzoom: u8,
    /// What becomes of points that crowd.
    pub points: PointRule,
    /// How long a client may keep a tile or item without asking, seconds.
    pub cache_s: u32,
    /// Who made it, under which terms.
    pub provenance: Provenance,
    /// Its style: MapLibre layers, without `source` (`tile::style` adds it).
    pub style: Vec<serde_json::Value>,
}

/// What the fields of a layer are for, as far as its audience sees them: by their places among the
/// view's fields.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Uses {
    /// The field that names a feature.
    pub label: Option<usize>,
    /// The fields that together tell a feature from others; `None`: all of its content does, or one
    /// of them is not seen.
    pub identity: Option<Vec<usize>>,
    /// The layer whose features the rows belong to, and the field with the value of that layer's
    /// identity field; `None` also where the audience has no features of that layer, or does not see
    /// that field of theirs.
    pub part_of: Option<(LayerId, usize)>,
    /// That the rows are values over time.
    pub series: Option<Series>,
    /// That the rows are samples of soil.
    pub sampling: Option<Sampling>,
    /// Whether features have a valid time in the world.
    pub temporal: bool,
}

/// In which form an audience has a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Every feature.
    Full,
    /// Every feature, on a grid.
    Generalised,
    /// That it exists, and nothing of its content: no features, no coverage, no counts.
    Existence,
}

/// A field as one audience may know it.
#[derive(Debug, Clone)]
pub struct FieldView {
    /// As it is served.
    pub name: String,
    /// Its type.
    pub kind: FieldType,
    /// The list of a code field.
    pub codes: Option<Arc<CodeList>>,
    /// What people call it.
    pub title: Bilingual,
    /// Its unit.
    pub unit: Option<String>,
    /// The substance whose content in soil it holds, by its symbol; `pH`: the acidity.
    pub analyte: Option<String>,
    /// Whether every feature has a value.
    pub required: bool,
    /// Whether a value may be below detection: then a companion `<name>_lod` is served beside it.
    pub detection_limit: bool,
}

impl FieldView {
    /// The name of its companion, which carries the limit of detection.
    pub fn lod_name(&self) -> Option<String> {
        self.detection_limit.then(|| format!("{}_lod", self.name))
    }
}
