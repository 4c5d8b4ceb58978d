//! A layer's file as a layer, or everything in it that has no meaning.

pub(super) mod fields;
pub(super) mod kinship;
mod sampling;
mod source;
mod terms;
pub(super) mod around;
pub(super) mod district;

use std::path::{Path, PathBuf};

use self::around::Around;
use self::fields::FieldSet;
use super::definition::{Generalise, Identity, Layer, Shape};
use super::document::Document;
use super::file::{
    GeometryWord, IdentityFields, IdentityTable, PublicForm, Role, ThemeWord, Words,
};
use super::style;
use crate::geom::Crs;
use crate::model::{LayerId, Theme};
use crate::say;
use crate::text::{Bilingual, Key};

/// Where a layer's file lies: its folder and name must say what the file says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Filed<'a> {
    /// The file.
    pub(super) path: &'a Path,
    /// The folder within `layers/`.
    pub(super) folder: &'a str,
    /// The file's name without `.toml`.
    pub(super) stem: &'a str,
}

/// The layer of a file, if nothing in the file and the lists it names is wrong.
pub(super) fn layer(
    doc: &mut Document,
    filed: Filed<'_>,
    around: &mut Around<'_>,
    style_file: Option<&style::StyleFile>,
) -> Option<Layer> {
    if doc.is_unreadable() {
        return None;
    }
    let id = id(doc, filed);
    let theme = theme(doc, filed);
    let title = words(doc, "title");
    let description = words(doc, "description");
    let geometry: Option<GeometryWord> = doc.part("geometry");
    let public_form: Option<PublicForm> = doc.part("public_form");
    let role: Option<Role> = doc.part("role");
    let shape = geometry.map(shape_of);

    let fields = FieldSet::check(doc, around);
    let source = source::check(doc, geometry, around);
    let identity = identity(doc, &fields);
    let label = kinship::label(doc, &fields);
    let part_of = kinship::part_of(doc, &fields);
    let series = kinship::series(doc, &fields);
    let sampling = sampling::check(doc, &fields);
    let precision = terms::precision(doc, &fields);
    let coverage = terms::coverage(doc, around);
    let (valid_from, valid_to) = terms::time(doc, &fields);
    let generalise = terms::generalise(doc, public_form, geometry, &fields, around);
    if public_form == Some(PublicForm::Generalised) {
        fields.refuse_positions(doc);
    }
    let tiles = terms::tiles(doc, geometry, &fields);
    let provenance = terms::provenance(doc);
    let style = match (shape, public_form) {
        (Some(shape), Some(form)) => {
            let canvas = style::Canvas {
                shape,
                form,
                fields: &fields,
                clusters: doc.text("tiles.points") == Some("cluster"),
            };
            style::check(doc, &canvas, style_file, around)
        }
        _ => None,
    };
    if !doc.is_sound() {
        return None;
    }
    let mut layer = Layer {
        id: id?,
        theme: theme?,
        title: title?,
        description,
        shape: shape?,
        public_form: public_form?,
        role: role?,
        source: source?,
        identity: identity?,
        label,
        part_of,
        series,
        sampling,
        fields: fields.whole()?,
        precision: precision?,
        coverage,
        valid_from,
        valid_to,
        generalise,
        tiles: tiles?,
        provenance: provenance?,
        style: style?,
        definition_files: Vec::new(),
    };
    layer.definition_files = definition_files(&layer, filed.path);
    Some(layer)
}

const fn shape_of(geometry: GeometryWord) -> Option<Shape> {
    match geometry {
        GeometryWord::Point => Some(Shape::Point),
        GeometryWord::Line => Some(Shape::Line),
        GeometryWord::Polygon => Some(Shape::Polygon),
        GeometryWord::None => None,
    }
}

/// Every file that a change of would change an import, but for sources and coverage: the layer's own
/// first, the others sorted.
fn definition_files(layer: &Layer, path: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = layer
        .fields
        .iter()
        .filter_map(|f| f.codes.as_ref())
        .map(|c| c.path.clone())
        .collect();
    if let Some(Generalise::Taxa { list, .. }) = &layer.generalise {
        files.push(list.path.clone());
    }
    let points = layer.source.points.as_ref().map(|(file, _)| file);
    for file in points.into_iter().chain([&layer.source.table]) {
        if let Some(Crs::Definition { path, .. }) = &file.crs {
            files.push(path.clone());
        }
    }
    files.sort();
    files.dedup();
    files.insert(0, path.to_owned());
    files
}

/// Words in both languages, neither empty.
pub(super) fn words(doc: &mut Document, path: &str) -> Option<Bilingual> {
    let words: Words = doc.part(path)?;
    for (lang, text) in [("zh", &words.zh), ("en", &words.en)] {
        if text.trim().is_empty() {
            let key = format!("{path}.{lang}");
            let shown = key.split('.').filter(|step| step.parse::<usize>().is_err());
            let shown = shown.collect::<Vec<_>>().join(".");
            doc.fault(&key, say!(Key::LayerCheckEmpty, key = shown));
        }
    }
    Some(Bilingual {
        zh: words.zh,
        en: words.en,
    })
}

fn id(doc: &mut Document, filed: Filed<'_>) -> Option<LayerId> {
    let id: String = doc.part("id")?;
    let parsed = LayerId::parse(&id)
        .map_err(|message| doc.fault("id", message))
        .ok();
    if id != filed.stem {
        doc.fault(
            "id",
            say!(Key::LayerCheckIdNotStem, id = id, stem = filed.stem),
        );
    }
    if id == "onemap" {
        doc.fault("id", say!(Key::LayerCheckIdReserved, id = id));
    }
    parsed
}

fn theme(doc: &mut Document, filed: Filed<'_>) -> Option<Theme> {
    let word: ThemeWord = doc.part("theme")?;
    let theme = match word {
        ThemeWord::Soil => Theme::Soil,
        ThemeWord::Land => Theme::Land,
        ThemeWord::Ecology => Theme::Ecology,
        ThemeWord::Biodiversity => Theme::Biodiversity,
        ThemeWord::Water => Theme::Water,
        ThemeWord::Air => Theme::Air,
        ThemeWord::Noise => Theme::Noise,
        ThemeWord::Plan => Theme::Plan,
        ThemeWord::Base => Theme::Base,
    };
    if theme.as_str() != filed.folder {
        let message = say!(
            Key::LayerCheckThemeNotFolder,
            theme = theme.as_str(),
            folder = filed.folder
        );
        doc.fault("theme", message);
    }
    Some(theme)
}

fn identity(doc: &mut Document, fields: &FieldSet) -> Option<Identity> {
    let table: IdentityTable = doc.part("identity")?;
    let IdentityFields::Names(names) = table.fields else {
        return Some(Identity::Content);
    };
    if names.is_empty() {
        doc.fault("identity.fields", say!(Key::LayerCheckIdentityEmpty));
    }
    let mut places = Vec::new();
    for (nth, name) in names.iter().enumerate() {
        let path = format!("identity.fields.{nth}");
        if names.iter().take(nth).any(|earlier| earlier == name) {
            doc.fault(&path, say!(Key::LayerCheckIdentityTwice, name = name));
        } else if let Some((place, _)) = fields.named(doc, &path, name) {
            places.push(place);
        }
    }
    Some(Identity::Fields(places))
}
