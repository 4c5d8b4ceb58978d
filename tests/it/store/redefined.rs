//! The promises of a store when a layer's definition changes, or its names are awkward.

use std::sync::Arc;

use geo_types::{Geometry, point};
use onemap::geom::BBox;
use onemap::layer::{Layer, Shape};
use onemap::model::{FieldType, Revision, Value};
use onemap::store::{At, StoreError};

use super::suite::{Engine, feature, import, numbered, read, text};
use crate::support::{field, layer};

pub(crate) fn a_layer_whose_definition_changes_keeps_what_it_was(engine: &Engine) {
    let store = engine.store.as_ref();
    let place: Geometry = point!(x: 1.0, y: 1.0).into();
    let with = |fields: &[(&str, FieldType)]| Arc::new(layer("sites", Some(Shape::Point), fields));
    let first = with(&[("name", FieldType::Text), ("pit", FieldType::Text)]);
    let values = vec![text("A"), text("12")];
    import(
        store,
        &first,
        &[feature("a", place.clone(), values.clone())],
    );

    // A field more: the feature gets a version once it has a value there.
    let more = with(&[
        ("name", FieldType::Text),
        ("pit", FieldType::Text),
        ("ph", FieldType::Number),
    ]);
    let null = vec![text("A"), text("12"), Value::Null];
    let (_, counts) = import(store, &more, &[feature("a", place.clone(), null)]);
    assert_eq!(counts.unchanged, 1);
    let valued = vec![text("A"), text("12"), Value::BelowDetection(4.5)];
    let (_, counts) = import(store, &more, &[feature("a", place.clone(), valued.clone())]);
    assert_eq!(counts.changed, 1);
    assert_eq!(read(store, &more, At::Now, None)[0].values, valued);

    // Until it is imported anew, a field that is new or of another type is not recorded.
    let retyped = with(&[("pit", FieldType::Integer), ("name", FieldType::Text)]);
    assert_eq!(
        read(store, &retyped, At::Now, None)[0].values,
        vec![Value::Null, text("A")]
    );
    let numbers = vec![Value::Integer(12), text("A")];
    let (_, counts) = import(
        store,
        &retyped,
        &[feature("a", place.clone(), numbers.clone())],
    );
    assert_eq!(counts.changed, 1);
    assert_eq!(read(store, &retyped, At::Now, None)[0].values, numbers);

    // Removed, and back again with its first type: both times a version.
    let fewer = with(&[("name", FieldType::Text)]);
    let (_, counts) = import(
        store,
        &fewer,
        &[feature("a", place.clone(), vec![text("A")])],
    );
    assert_eq!(counts.changed, 1);
    let (newest, counts) = import(store, &first, &[feature("a", place, values.clone())]);
    assert_eq!((newest, counts.changed), (Revision(6), 1));
    let pits = |layer: &Layer, at: usize| -> Vec<Value> {
        (1..=6)
            .map(|r| read(store, layer, At::Revision(Revision(r)), None)[0].values[at].clone())
            .collect()
    };
    // The text that was put as text is read as text wherever the history still has it so.
    let n = Value::Null;
    assert_eq!(
        pits(&retyped, 0),
        [&n, &n, &n, &n, &n, &n].map(Clone::clone)
    );
    assert_eq!(pits(&first, 1)[5], text("12"));
    assert_eq!(pits(&more, 2)[2], Value::BelowDetection(4.5));
    assert!(store.doctor().unwrap().is_empty());
}

pub(crate) fn a_layer_may_gain_and_lose_its_geometry(engine: &Engine) {
    let store = engine.store.as_ref();
    let table = Arc::new(layer("samples", None, &[("n", FieldType::Integer)]));
    let points = Arc::new(layer(
        "samples",
        Some(Shape::Point),
        &[("n", FieldType::Integer)],
    ));
    let bare = feature("a", None, vec![Value::Integer(1)]);
    let placed = feature(
        "a",
        Geometry::from(point!(x: 5.0, y: 6.0)),
        vec![Value::Integer(1)],
    );
    for round in 0..2 {
        let (_, counts) = import(store, &table, std::slice::from_ref(&bare));
        assert_eq!(counts.changed, round.min(1));
        assert_eq!(
            read(store, &table, At::Now, None),
            numbered(std::slice::from_ref(&bare), &[1])
        );
        let (newest, counts) = import(store, &points, std::slice::from_ref(&placed));
        assert_eq!(counts.changed, 1);
        let expected = numbered(std::slice::from_ref(&placed), &[1]);
        for at in [At::Now, At::Revision(newest)] {
            assert_eq!(read(store, &points, at, Some(BBox::WORLD)), expected);
        }
        let before = At::Revision(Revision(newest.0 - 1));
        assert_eq!(read(store, &points, before, Some(BBox::WORLD)), []);
        assert!(store.doctor().unwrap().is_empty(), "{:?}", store.doctor());
    }
}

pub(crate) fn names_that_the_store_keeps_for_itself_are_no_trouble(engine: &Engine) {
    let store = engine.store.as_ref();
    let awkward = [
        ("fid", FieldType::Text),
        ("geom", FieldType::Text),
        ("valid_from", FieldType::Integer),
        ("Recorded_To", FieldType::Text),
        ("onemap_identity", FieldType::Text),
        ("select", FieldType::Text),
        ("a \"b\" {columns}", FieldType::Number),
    ];
    let ids = [
        "land-use",
        "land-use-history",
        "gpkg-contents",
        "onemap-revision",
        "order",
        "rtree-x",
    ];
    let values = vec![
        text("1"),
        text("2"),
        Value::Integer(3),
        text("4"),
        text("5"),
        text("6"),
        Value::BelowDetection(7.0),
    ];
    let place: Geometry = point!(x: 5.0, y: 6.0).into();
    let all = [feature("a", place.clone(), values.clone())];
    for _ in 0..2 {
        for id in ids {
            let layer = Arc::new(layer(id, Some(Shape::Point), &awkward));
            import(store, &layer, &all);
            assert_eq!(
                read(store, &layer, At::Now, Some(BBox::WORLD)),
                numbered(&all, &[1]),
                "{id}"
            );
        }
    }
    assert_eq!(store.imports().unwrap().len(), ids.len());
    assert!(store.doctor().unwrap().is_empty());

    let mut twice = layer("twice", None, &[("a", FieldType::Text)]);
    twice.fields.push(field("A", FieldType::Text));
    let twice = Arc::new(twice);
    let error = store.begin(&twice).map(drop).unwrap_err();
    assert!(matches!(error, StoreError::Refused(_)), "{error:?}");
}
