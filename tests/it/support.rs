//! What several rooms' tests need.

use std::path::PathBuf;

use onemap::geom::Crs;
use onemap::layer::{
    Field, Identity, Layer, LayerSource, PointRule, PrecisionRule, Provenance, PublicForm, Role,
    Shape, SourceFile, TileRule, Visibility,
};
use onemap::model::{FieldType, LayerId, Theme};
use onemap::source::Place;
use onemap::text::Bilingual;

/// The folder of shared reference data, or `None` with a loud note when it is not there.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../shared")
        .join(path);
    if path.try_exists().unwrap() {
        Some(path)
    } else {
        skipped(&format!("{} is absent", path.display()));
        None
    }
}

/// Says loudly that a test could not do its work, and why.
#[expect(
    clippy::print_stderr,
    reason = "a test that proves nothing must be seen"
)]
pub(crate) fn skipped(why: &str) {
    eprintln!("SKIPPED: {why}, so this test proved nothing");
}

/// A field of a layer made by hand: anyone may see it, nothing is required of it. A number may lie
/// below the limit of detection.
pub(crate) fn field(name: &str, kind: FieldType) -> Field {
    Field {
        name: name.to_owned(),
        from: name.to_owned(),
        kind,
        codes: None,
        required: false,
        visibility: Visibility::Public,
        title: both(name),
        unit: None,
        analyte: None,
        detection_limit: kind == FieldType::Number,
        min: None,
        max: None,
    }
}

/// A layer made by hand, without files: public in full, identified by all of its content, neither
/// coverage nor style. What a test needs otherwise it changes.
pub(crate) fn layer(id: &str, shape: Option<Shape>, fields: &[(&str, FieldType)]) -> Layer {
    Layer {
        id: LayerId::parse(id).unwrap(),
        theme: Theme::Soil,
        title: both(id),
        description: None,
        shape,
        public_form: PublicForm::Full,
        role: Role::Context,
        source: LayerSource {
            table: SourceFile {
                path: PathBuf::from(format!("{id}.geojson")),
                shown: format!("{id}.geojson"),
                layer: None,
                crs: Some(Crs::Crs84),
                encoding: None,
                place: Place::Geometry,
            },
            points: None,
        },
        identity: Identity::Content,
        label: None,
        part_of: None,
        series: None,
        sampling: None,
        fields: fields
            .iter()
            .map(|(name, kind)| field(name, *kind))
            .collect(),
        precision: PrecisionRule::Unknown,
        coverage: None,
        valid_from: None,
        valid_to: None,
        generalise: None,
        tiles: TileRule {
            minzoom: 0,
            maxzoom: 22,
            points: PointRule::All,
            class: None,
            tessellating: false,
            cache_s: 60,
        },
        provenance: Provenance {
            publisher: both("OneMap"),
            licence: "CC0-1.0".to_owned(),
            updated: "2025-06-30".to_owned(),
            demonstration: true,
            source: None,
        },
        style: Vec::new(),
        definition_files: Vec::new(),
    }
}

/// The same words in both languages.
pub(crate) fn both(words: &str) -> Bilingual {
    Bilingual {
        zh: words.to_owned(),
        en: words.to_owned(),
    }
}
