//! The promises of a store: versions, numbers, boxes, what is told of an import.

use geo_types::{Geometry, MultiPolygon, line_string, point, polygon};
use jiff::Timestamp;
use onemap::geom::BBox;
use onemap::layer::Shape;
use onemap::model::{Area, Coverage, Exact, Feature, FieldType, Period, Revision, Value};
use onemap::store::{At, Counts, FileDigest, ImportHeader, StoreError};
use std::sync::Arc;

use super::suite::{
    EVERY_TYPE, Engine, feature, full_values, header, import, named_point, named_points, numbered,
    read,
};
use crate::support::layer;

pub(crate) fn a_new_store_is_empty_and_at_revision_nought(engine: &Engine) {
    let store = engine.store.as_ref();
    assert_eq!(store.revision().unwrap(), Revision(0));
    assert!(store.imports().unwrap().is_empty());
    assert!(read(store, &named_points(), At::Now, None).is_empty());
    assert!(
        read(
            store,
            &named_points(),
            At::Revision(Revision(0)),
            Some(BBox::WORLD)
        )
        .is_empty()
    );
    assert!(store.doctor().unwrap().is_empty());
}

pub(crate) fn what_is_put_is_read_back_as_it_was(engine: &Engine) {
    let square = polygon![(x: 116.4, y: 39.9), (x: 116.5, y: 39.9), (x: 116.5, y: 40.0)];
    let holed = polygon! {
        exterior: [(x: 0.0, y: 0.0), (x: 9.0, y: 0.0), (x: 9.0, y: 9.0), (x: 0.0, y: 9.0)],
        interiors: [[(x: 1.0, y: 1.0), (x: 1.0, y: 2.0), (x: 2.0, y: 2.0)]],
    };
    let line = line_string![(x: 1.0, y: 2.0), (x: 3.5, y: -4.25)];
    let other = line_string![(x: 116.123_456_789_012, y: 39.0), (x: 117.0, y: 39.5)];
    let cases = [
        (
            "polygons",
            Some(Shape::Polygon),
            vec![
                Some(square.clone().into()),
                Some(holed.clone().into()),
                Some(MultiPolygon::new(vec![square, holed]).into()),
                None,
            ],
        ),
        (
            "lines",
            Some(Shape::Line),
            vec![
                Some(line.clone().into()),
                Some(geo_types::MultiLineString::new(vec![line, other]).into()),
            ],
        ),
        (
            "points",
            Some(Shape::Point),
            vec![
                Some(point!(x: -179.999_999_999, y: 1e-300).into()),
                Some(geo_types::MultiPoint::from(vec![(1.0, 2.0), (3.0, 4.0)]).into()),
            ],
        ),
        ("table", None, vec![None]),
    ];
    for (id, shape, geometries) in cases {
        let layer = Arc::new(layer(id, shape, &EVERY_TYPE));
        let mut all: Vec<Feature> = geometries
            .into_iter()
            .enumerate()
            .map(|(at, geometry)| feature(&format!("nº {at}"), geometry, full_values()))
            .collect();
        let mut nulls = all[0].clone();
        nulls.identity = "nulls".into();
        nulls.values = vec![Value::Null; 7];
        nulls.precision_m = Some(12.5);
        nulls.valid = Period {
            from: Some("1958-01-01".parse().unwrap()),
            to: Some("2024-02-29".parse().unwrap()),
        };
        all.push(nulls);
        import(engine.store.as_ref(), &layer, &all);
        let numbers: Vec<i64> = (1..).take(all.len()).collect();
        let expected = numbered(&all, &numbers);
        assert_eq!(
            read(engine.store.as_ref(), &layer, At::Now, None),
            expected,
            "{id}"
        );
        assert_eq!(
            read((engine.again)().as_ref(), &layer, At::Now, None),
            expected,
            "{id}"
        );
    }
    assert!(engine.store.doctor().unwrap().is_empty());
}

pub(crate) fn a_feature_keeps_its_number_and_gets_versions(engine: &Engine) {
    let (store, layer) = (engine.store.as_ref(), named_points());
    let first = [
        named_point("a", 1.0, 1.0, "A"),
        named_point("b", 2.0, 2.0, "B"),
    ];
    let (r1, counts) = import(store, &layer, &first);
    assert_eq!(
        counts,
        Counts {
            added: 2,
            ..Counts::default()
        }
    );
    let second = [
        named_point("c", 3.0, 3.0, "C"),
        named_point("b", 2.0, 2.0, "B renamed"),
        named_point("a", 1.0, 1.0, "A"),
    ];
    let (r2, counts) = import(store, &layer, &second);
    assert_eq!(
        counts,
        Counts {
            added: 1,
            changed: 1,
            unchanged: 1,
            ended: 0
        }
    );
    let (r3, counts) = import(store, &layer, &[named_point("b", 2.5, 2.0, "B renamed")]);
    assert_eq!(
        counts,
        Counts {
            added: 0,
            changed: 1,
            unchanged: 0,
            ended: 2
        }
    );
    assert_eq!((r1, r2, r3), (Revision(1), Revision(2), Revision(3)));
    assert_eq!(store.revision().unwrap(), r3);

    let [a, b] = &first;
    let [c, renamed, _] = &second;
    let at = |revision| read(store, &layer, At::Revision(revision), None);
    assert_eq!(at(Revision(0)), []);
    assert_eq!(at(r1), numbered(&first, &[1, 2]));
    assert_eq!(
        at(r2),
        numbered(&[a.clone(), renamed.clone(), c.clone()], &[1, 2, 3])
    );
    assert_eq!(
        at(r3),
        numbered(&[named_point("b", 2.5, 2.0, "B renamed")], &[2])
    );
    assert_eq!(at(Revision(99)), at(r3));
    assert_eq!(read(store, &layer, At::Now, None), at(r3));
    assert_ne!(b, renamed);
    assert!(store.doctor().unwrap().is_empty());
}

pub(crate) fn a_feature_that_ended_and_returns_has_its_number_again(engine: &Engine) {
    let (store, layer) = (engine.store.as_ref(), named_points());
    let [a, b, c] = ["a", "b", "c"].map(|name| named_point(name, 1.0, 1.0, name));
    import(store, &layer, &[a.clone(), b.clone()]);
    import(store, &layer, std::slice::from_ref(&a));
    import(store, &layer, &[]);
    // The greatest number ever given is 2: neither it nor 1 is given to another.
    let (_, counts) = import(store, &layer, &[c.clone(), b.clone()]);
    assert_eq!(
        counts,
        Counts {
            added: 2,
            ..Counts::default()
        }
    );
    let now = read(store, &layer, At::Now, None);
    assert_eq!(now, numbered(&[b, c], &[2, 3]));
    let (_, counts) = import(store, &layer, &now);
    assert_eq!(
        counts,
        Counts {
            unchanged: 2,
            ..Counts::default()
        }
    );
    assert!(store.doctor().unwrap().is_empty());
}

pub(crate) fn an_import_that_is_dropped_leaves_nothing(engine: &Engine) {
    let (store, layer) = (engine.store.as_ref(), named_points());
    let mut dropped = store.begin(&layer).unwrap();
    dropped
        .put(Exact::new(named_point("a", 1.0, 1.0, "A")))
        .unwrap();
    drop(dropped);
    assert_eq!(store.revision().unwrap(), Revision(0));
    assert!(read(store, &layer, At::Now, None).is_empty());

    let before = [
        named_point("a", 1.0, 1.0, "A"),
        named_point("b", 2.0, 2.0, "B"),
    ];
    import(store, &layer, &before);
    let mut dropped = store.begin(&layer).unwrap();
    dropped
        .put(Exact::new(named_point("b", 2.0, 2.0, "changed")))
        .unwrap();
    dropped
        .put(Exact::new(named_point("c", 3.0, 3.0, "new")))
        .unwrap();
    drop(dropped);
    assert_eq!(
        read(store, &layer, At::Now, None),
        numbered(&before, &[1, 2])
    );
    assert_eq!(store.revision().unwrap(), Revision(1));
    assert!(store.doctor().unwrap().is_empty());
    // Nobody waits for it any more.
    import(store, &layer, &before);
}

pub(crate) fn an_identity_that_comes_twice_is_refused(engine: &Engine) {
    let (store, layer) = (engine.store.as_ref(), named_points());
    let [a, b] = ["a", "b"].map(|name| named_point(name, 1.0, 1.0, name));
    for round in 0..2 {
        let mut import = store.begin(&layer).unwrap();
        import.put(Exact::new(a.clone())).unwrap();
        import.put(Exact::new(b.clone())).unwrap();
        let error = import.put(Exact::new(a.clone())).unwrap_err();
        assert!(matches!(error, StoreError::Refused(_)), "{error:?}");
        assert!(
            error.to_string().contains("the identity a comes twice"),
            "{error}"
        );
        // The import is over; nothing of it can be stored by mistake.
        assert!(
            import
                .put(Exact::new(named_point("z", 1.0, 1.0, "z")))
                .is_err()
        );
        assert!(import.commit(header()).is_err());
        assert_eq!(store.revision().unwrap(), Revision(round));
        self::import(store, &layer, &[a.clone(), b.clone()]);
    }
}

pub(crate) fn a_feature_that_is_not_of_its_layer_is_refused(engine: &Engine) {
    let store = engine.store.as_ref();
    let points = Arc::new(layer("points", Some(Shape::Point), &EVERY_TYPE));
    let table = Arc::new(layer("table", None, &[("n", FieldType::Integer)]));
    let mut exact = layer("exact", Some(Shape::Point), &[("n", FieldType::Number)]);
    exact.fields[0].detection_limit = false;
    let exact = Arc::new(exact);
    let place: Geometry = point!(x: 1.0, y: 1.0).into();
    let nowhere: Geometry = line_string![(x: 0.0, y: 0.0), (x: f64::NAN, y: 0.0)].into();
    let lines = Arc::new(layer("lines", Some(Shape::Line), &[]));
    let swapped = [&full_values()[1..], &full_values()[..1]].concat();
    let cases = [
        (
            &points,
            feature("x", place.clone(), vec![Value::Null]),
            "1 values, its layer 7 fields",
        ),
        (
            &points,
            feature("x", place.clone(), swapped),
            "not of the type of field 文字",
        ),
        (
            &points,
            feature("x", nowhere.clone(), full_values()),
            "not of the kind",
        ),
        (&lines, feature("x", nowhere, vec![]), "not a finite number"),
        (
            &table,
            feature("x", place.clone(), vec![Value::Integer(1)]),
            "its layer is a table",
        ),
        (
            &exact,
            feature("x", place.clone(), vec![Value::BelowDetection(0.1)]),
            "<0.1 is not of",
        ),
        (
            &exact,
            feature("x", place, vec![Value::Number(f64::INFINITY)]),
            "inf is not of",
        ),
    ];
    for (layer, wrong, why) in cases {
        let error = store
            .begin(layer)
            .unwrap()
            .put(Exact::new(wrong))
            .unwrap_err();
        assert!(matches!(error, StoreError::Refused(_)), "{error:?}");
        assert!(error.to_string().contains(why), "{error}");
    }
}

pub(crate) fn a_box_gives_what_its_own_box_meets(engine: &Engine) {
    let (store, layer) = (engine.store.as_ref(), named_points());
    // Closer together than 32-bit numbers can tell at this longitude.
    let near: Vec<Feature> = (0..50)
        .map(|n| named_point(&format!("{n}"), 116.4 + f64::from(n) * 1e-7, 39.9, "near"))
        .collect();
    import(store, &layer, &near);
    let cut = BBox {
        west: 116.4 + 9.5e-7,
        south: 39.9,
        east: 116.4 + 20e-7,
        north: 39.9,
    };
    let expected: Vec<Feature> = numbered(&near, &(1..=50).collect::<Vec<_>>())
        .into_iter()
        .filter(|one| {
            BBox::of(one.geometry.as_ref().unwrap())
                .unwrap()
                .intersects(&cut)
        })
        .collect();
    assert_eq!(expected.len(), 11);
    assert_eq!(read(store, &layer, At::Now, Some(cut)), expected);
    import(store, &layer, &near[..10]);
    assert_eq!(read(store, &layer, At::Now, Some(cut)), []);
    assert_eq!(
        read(store, &layer, At::Revision(Revision(1)), Some(cut)),
        expected
    );
}

pub(crate) fn coverage_files_and_counts_are_told_of_the_newest_import(engine: &Engine) {
    let (store, layer) = (engine.store.as_ref(), named_points());
    let area = polygon![(x: 0.0, y: 0.0), (x: 1.0, y: 0.0), (x: 1.0, y: 1.0)];
    let told = ImportHeader {
        at: "2025-07-01T00:00:00Z".parse::<Timestamp>().unwrap(),
        actor: "张三".to_owned(),
        files: ["z.csv", "a.toml"]
            .map(|shown| FileDigest {
                shown: shown.to_owned(),
                sha256: "ab".repeat(32),
            })
            .to_vec(),
        coverage: Some(Coverage {
            areas: vec![
                Area {
                    polygons: MultiPolygon::new(vec![area.clone()]),
                    surveyed: "2025-06".into(),
                },
                Area {
                    polygons: MultiPolygon::new(vec![area.clone(), area]),
                    surveyed: "2019".into(),
                },
            ],
        }),
        read: 9,
        rejected: 8,
    };
    import(store, &layer, &[]);
    let mut import = store.begin(&layer).unwrap();
    import
        .put(Exact::new(named_point("a", 1.0, 1.0, "A")))
        .unwrap();
    import.commit(told.clone()).unwrap();
    let imports = (engine.again)().imports().unwrap();
    assert_eq!(imports.len(), 1);
    let (id, record) = &imports[0];
    assert_eq!(*id, layer.id);
    assert_eq!(record.revision, Revision(2));
    assert_eq!(
        record.counts,
        Counts {
            added: 1,
            ..Counts::default()
        }
    );
    assert_eq!(record.header.at, told.at);
    assert_eq!(record.header.actor, told.actor);
    assert_eq!(record.header.files, told.files);
    assert_eq!(record.header.coverage, told.coverage);
    assert_eq!((record.header.read, record.header.rejected), (9, 8));

    // No coverage is not the same as one that reaches nowhere.
    for coverage in [Some(Coverage::default()), None] {
        let header = ImportHeader {
            coverage: coverage.clone(),
            ..header()
        };
        store.begin(&layer).unwrap().commit(header).unwrap();
        assert_eq!(store.imports().unwrap()[0].1.header.coverage, coverage);
    }
}

pub(crate) fn the_change_mark_moves_with_every_import_and_only_then(engine: &Engine) {
    let (store, layer) = (engine.store.as_ref(), named_points());
    let other = (engine.again)();
    let mut marks = vec![store.change_mark().unwrap()];
    for n in 0..3 {
        let importer = if n == 1 { store } else { other.as_ref() };
        import(importer, &layer, &[]);
        let mark = store.change_mark().unwrap();
        assert!(!marks.contains(&mark), "{marks:?} {mark}");
        read(store, &layer, At::Now, None);
        drop(other.begin(&layer).unwrap());
        assert_eq!(store.change_mark().unwrap(), mark);
        marks.push(mark);
    }
}

pub(crate) fn a_reader_during_an_import_sees_what_was_before(engine: &Engine) {
    let (store, layer) = (engine.store.as_ref(), named_points());
    let before = numbered(&[named_point("a", 1.0, 1.0, "A")], &[1]);
    import(store, &layer, &before);
    let mut import = store.begin(&layer).unwrap();
    for n in 0..2_000 {
        import
            .put(Exact::new(named_point(&format!("{n}"), 1.0, 1.0, "new")))
            .unwrap();
        if n % 500 == 0 {
            assert_eq!(read(store, &layer, At::Now, None), before);
            assert_eq!(
                read((engine.again)().as_ref(), &layer, At::Now, None),
                before
            );
        }
    }
    // A reader that began before the end reads on at its moment.
    let (mut seen, mut import) = (0, Some(import));
    store
        .features(&layer, At::Now, None, &mut |_| {
            seen += 1;
            import.take().unwrap().commit(header()).unwrap();
        })
        .unwrap();
    assert_eq!(seen, 1);
    assert_eq!(read(store, &layer, At::Now, None).len(), 2_000);
}

pub(crate) fn layers_do_not_disturb_each_other(engine: &Engine) {
    let store = engine.store.as_ref();
    let [one, two] = ["one", "two"]
        .map(|id| Arc::new(layer(id, Some(Shape::Point), &[("name", FieldType::Text)])));
    import(store, &one, &[named_point("a", 1.0, 1.0, "of one")]);
    import(
        store,
        &two,
        &[
            named_point("a", 1.0, 1.0, "of two"),
            named_point("b", 1.0, 1.0, ""),
        ],
    );
    import(store, &one, &[]);
    assert_eq!(read(store, &one, At::Now, None), []);
    assert_eq!(read(store, &two, At::Now, None).len(), 2);
    assert_eq!(read(store, &one, At::Revision(Revision(2)), None).len(), 1);
    assert_eq!(read(store, &two, At::Revision(Revision(1)), None).len(), 0);
    let told: Vec<_> = store
        .imports()
        .unwrap()
        .into_iter()
        .map(|(id, i)| (id, i.revision))
        .collect();
    assert_eq!(
        told,
        [(one.id.clone(), Revision(3)), (two.id.clone(), Revision(2))]
    );
}

pub(crate) fn a_backup_holds_everything_and_overwrites_nothing(engine: &Engine) {
    let (store, layer) = (engine.store.as_ref(), named_points());
    import(store, &layer, &[named_point("a", 1.0, 1.0, "A")]);
    let copy = engine.folder.path().join("copy of the store");
    store.backup(&copy).unwrap();
    let bytes = std::fs::read(&copy).unwrap();
    let error = store.backup(&copy).unwrap_err();
    assert!(matches!(error, StoreError::Unwritable(_)), "{error:?}");
    assert_eq!(std::fs::read(&copy).unwrap(), bytes);
    let error = store
        .backup(&engine.folder.path().join("no such folder/copy"))
        .unwrap_err();
    assert!(matches!(error, StoreError::Unwritable(_)), "{error:?}");
}
