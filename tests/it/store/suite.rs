//! What every store must do, whatever its engine. A promise of the contract is a function of an
//! engine with an empty store; they stand in `promises`, `redefined` and `model`.

use std::sync::Arc;

use geo_types::{Geometry, point};
use onemap::geom::BBox;
use onemap::layer::{Layer, Shape};
use onemap::model::{Exact, Feature, FeatureId, FieldType, Period, Revision, Value};
use onemap::store::{At, Counts, ImportHeader, Store};
use tempfile::TempDir;

use crate::support::layer;

/// An engine with an empty store of its own, which may be opened more than once.
pub(crate) struct Engine {
    pub(crate) store: Box<dyn Store>,
    pub(crate) again: Box<dyn Fn() -> Box<dyn Store>>,
    pub(crate) folder: TempDir,
}

impl Engine {
    /// `open` opens the same store each time.
    pub(crate) fn new(folder: TempDir, open: impl Fn() -> Box<dyn Store> + 'static) -> Self {
        Self {
            store: open(),
            again: Box::new(open),
            folder,
        }
    }
}

/// Runs every promise as a test of its own: `store_suite!(in_an_engine, path::to::factory)`.
macro_rules! store_suite {
    ($name:ident, $engine:path) => {
        mod $name {
            store_suite!(@each promises, $engine,
                a_new_store_is_empty_and_at_revision_nought
                what_is_put_is_read_back_as_it_was
                a_feature_keeps_its_number_and_gets_versions
                a_feature_that_ended_and_returns_has_its_number_again
                an_import_that_is_dropped_leaves_nothing
                an_identity_that_comes_twice_is_refused
                a_feature_that_is_not_of_its_layer_is_refused
                a_box_gives_what_its_own_box_meets
                coverage_files_and_counts_are_told_of_the_newest_import
                the_change_mark_moves_with_every_import_and_only_then
                a_reader_during_an_import_sees_what_was_before
                layers_do_not_disturb_each_other
                a_backup_holds_everything_and_overwrites_nothing
            );
            store_suite!(@each kept, $engine,
                what_is_kept_comes_back_as_it_was_to_whose_it_is
                no_more_is_kept_than_may_be_and_the_old_goes_first
                keeping_is_no_revision
                a_moment_has_the_revision_that_stood_then
                an_import_that_was_the_newest_then_is_told_as_it_was
                a_backup_holds_what_is_kept
            );
            store_suite!(@each redefined, $engine,
                a_layer_whose_definition_changes_keeps_what_it_was
                a_layer_may_gain_and_lose_its_geometry
                names_that_the_store_keeps_for_itself_are_no_trouble
            );
            #[test]
            fn every_revision_reads_as_a_plain_model_says() {
                crate::store::model::every_revision_reads_as_a_plain_model_says($engine);
            }
        }
    };
    (@each $part:ident, $engine:path, $($promise:ident)*) => {
        $(#[test] fn $promise() { crate::store::$part::$promise(&$engine()); })*
    };
}

/// A feature with this identity, geometry and values.
pub(crate) fn feature(
    identity: &str,
    geometry: impl Into<Option<Geometry>>,
    values: Vec<Value>,
) -> Feature {
    Feature {
        id: None,
        identity: identity.into(),
        geometry: geometry.into(),
        values,
        precision_m: None,
        valid: Period::default(),
    }
}

/// A header with nothing special in it.
pub(crate) fn header() -> ImportHeader {
    ImportHeader {
        at: "2025-06-30T08:30:00.123Z".parse().unwrap(),
        actor: "tester".to_owned(),
        files: Vec::new(),
        coverage: None,
        read: 0,
        rejected: 0,
    }
}

/// Imports these features, and nothing else, into a layer.
pub(crate) fn import(store: &dyn Store, layer: &Arc<Layer>, all: &[Feature]) -> (Revision, Counts) {
    let mut import = store.begin(layer).unwrap();
    for one in all {
        import.put(Exact::new(one.clone())).unwrap();
    }
    import.commit(header()).unwrap()
}

/// The features of a layer.
pub(crate) fn read(store: &dyn Store, layer: &Layer, at: At, within: Option<BBox>) -> Vec<Feature> {
    let mut found = Vec::new();
    store
        .features(layer, at, within, &mut |one| found.push(one.into_inner()))
        .unwrap();
    found
}

/// The same features with the numbers that a store gave them.
pub(crate) fn numbered(all: &[Feature], numbers: &[i64]) -> Vec<Feature> {
    let with = |(one, number): (&Feature, &i64)| Feature {
        id: Some(FeatureId(*number)),
        ..one.clone()
    };
    all.iter().zip(numbers).map(with).collect()
}

pub(crate) fn text(words: &str) -> Value {
    Value::Text(words.into())
}

pub(crate) fn named_points() -> Arc<Layer> {
    Arc::new(layer(
        "named-points",
        Some(Shape::Point),
        &[("name", FieldType::Text)],
    ))
}

pub(crate) fn named_point(identity: &str, x: f64, y: f64, name: &str) -> Feature {
    feature(
        identity,
        Geometry::from(point! { x: x, y: y }),
        vec![text(name)],
    )
}

/// A layer with a field of every type.
pub(crate) const EVERY_TYPE: [(&str, FieldType); 7] = [
    ("文字", FieldType::Text),
    ("whole", FieldType::Integer),
    ("measured", FieldType::Number),
    ("yes", FieldType::Boolean),
    ("day", FieldType::Date),
    ("moment", FieldType::DateTime),
    ("order", FieldType::Code),
];

pub(crate) fn full_values() -> Vec<Value> {
    vec![
        text("污染 \"quoted\" 'single' \u{0} end"),
        Value::Integer(i64::MIN),
        Value::BelowDetection(0.05),
        Value::Boolean(true),
        Value::Date("2025-06-30".parse().unwrap()),
        Value::DateTime("1969-12-31T23:59:59.999Z".parse().unwrap()),
        text("0701"),
    ]
}
