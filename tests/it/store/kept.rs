//! Kept reports, and what stood at a moment.

use std::path::Path;

use jiff::Timestamp;
use onemap::model::{Area, Audience, Coverage, Exact, Revision};
use onemap::store::geopackage::GeoPackage;
use onemap::store::{At, ImportHeader, KeepBounds, KeptReport, Store, StoreError};
use rusqlite::Connection;

use super::suite::{Engine, header, import, named_point, named_points};

/// A report of the public's; `seed` makes its number.
pub(crate) fn report(seed: &str, made_at: &str) -> KeptReport {
    KeptReport {
        id: seed.repeat(32 / seed.len()),
        audience: Audience::Public,
        made_at: made_at.parse().unwrap(),
        revision: Revision(0),
        question: format!("{{\"用途\":\"{seed}\"}}"),
        document: format!("{{\"verdict\":\"{seed}\",\"o'\":null}}"),
        hash: "ab".repeat(32),
    }
}

/// Bounds that hold whatever is kept here.
pub(crate) fn plenty() -> KeepBounds {
    KeepBounds {
        most: 100,
        since: Timestamp::UNIX_EPOCH,
    }
}

fn kept(store: &dyn Store, report: &KeptReport) -> bool {
    let found = store.kept(&report.id, report.audience).unwrap();
    assert!(found.is_none() || found.as_ref() == Some(report));
    found.is_some()
}

pub(crate) fn what_is_kept_comes_back_as_it_was_to_whose_it_is(engine: &Engine) {
    let store = engine.store.as_ref();
    let public = report("a", "2026-01-02T03:04:05.678Z");
    let department = KeptReport {
        audience: Audience::Department,
        ..report("b", "2026-01-02T03:04:05Z")
    };
    for one in [&public, &department] {
        store.keep(one, plenty()).unwrap();
    }
    let again = (engine.again)();
    for one in [&public, &department] {
        assert!(kept(again.as_ref(), one));
        let others = Audience::ALL.into_iter().find(|a| *a != one.audience);
        assert_eq!(store.kept(&one.id, others.unwrap()).unwrap(), None);
    }
    assert_eq!(store.kept("", Audience::Public).unwrap(), None);
    assert_eq!(store.kept("' OR 1=1 --", Audience::Public).unwrap(), None);
    // A number that is taken is not given twice.
    let other = KeptReport {
        document: "{}".to_owned(),
        ..public.clone()
    };
    store.keep(&other, plenty()).unwrap_err();
    assert!(kept(store, &public));
    assert!(store.doctor().unwrap().is_empty());
}

pub(crate) fn no_more_is_kept_than_may_be_and_the_old_goes_first(engine: &Engine) {
    let store = engine.store.as_ref();
    let bounds = |since: &str| KeepBounds {
        most: 2,
        since: since.parse().unwrap(),
    };
    let [old, middle, new, newer] = [
        report("1", "2025-01-01T00:00:00Z"),
        report("2", "2025-06-01T00:00:00Z"),
        report("3", "2026-01-01T00:00:00Z"),
        report("4", "2026-01-02T00:00:00Z"),
    ];
    store.keep(&old, bounds("2024-01-01T00:00:00Z")).unwrap();
    store.keep(&middle, bounds("2024-01-01T00:00:00Z")).unwrap();
    let error = store
        .keep(&new, bounds("2025-01-01T00:00:00Z"))
        .unwrap_err();
    assert!(matches!(error, StoreError::TooMany(_)), "{error:?}");
    assert!(error.to_string().contains("2 reports"), "{error}");
    assert!(kept(store, &old) && kept(store, &middle) && !kept(store, &new));
    // Another audience has room of its own.
    let theirs = KeptReport {
        audience: Audience::Department,
        ..report("5", "2026-01-01T00:00:00Z")
    };
    store.keep(&theirs, bounds("2025-01-01T00:00:00Z")).unwrap();

    store.keep(&new, bounds("2025-01-02T00:00:00Z")).unwrap();
    assert!(!kept(store, &old) && kept(store, &middle) && kept(store, &new));
    store
        .keep(&newer, bounds("2025-01-02T00:00:00Z"))
        .unwrap_err();
    let before = "2026-01-01T00:00:00.001Z".parse().unwrap();
    assert_eq!(store.prune(before).unwrap(), 3);
    for gone in [&middle, &new, &theirs] {
        assert!(!kept(store, gone));
    }
    assert_eq!(store.prune(before).unwrap(), 0);
}

pub(crate) fn keeping_is_no_revision(engine: &Engine) {
    let (store, other) = (engine.store.as_ref(), (engine.again)());
    import(store, &named_points(), &[named_point("a", 1.0, 1.0, "A")]);
    let before = (store.revision().unwrap(), store.change_mark().unwrap());
    other
        .keep(&report("a", "2026-01-01T00:00:00Z"), plenty())
        .unwrap();
    store
        .keep(&report("b", "2026-01-01T00:00:00Z"), plenty())
        .unwrap();
    assert_eq!(
        (store.revision().unwrap(), store.change_mark().unwrap()),
        before
    );
}

/// Imports one point with this header.
fn import_at(store: &dyn Store, layer: &str, header: ImportHeader) {
    let layer = std::sync::Arc::new(onemap::layer::Layer {
        id: onemap::model::LayerId::parse(layer).unwrap(),
        ..named_points().as_ref().clone()
    });
    let mut import = store.begin(&layer).unwrap();
    import
        .put(Exact::new(named_point("a", 1.0, 1.0, "A")))
        .unwrap();
    import.commit(header).unwrap();
}

fn moment(day: &str) -> Timestamp {
    format!("2026-01-{day}").parse().unwrap()
}

pub(crate) fn a_moment_has_the_revision_that_stood_then(engine: &Engine) {
    let store = engine.store.as_ref();
    assert_eq!(store.revision_at(moment("01T00:00:00Z")).unwrap(), None);
    for day in ["02T12:00:00.5Z", "03T00:00:00Z", "03T00:00:00Z"] {
        let at = moment(day);
        import_at(store, "points", ImportHeader { at, ..header() });
    }
    for (day, expected) in [
        ("02T12:00:00.499Z", None),
        ("02T12:00:00.5Z", Some(1)),
        ("02T20:00:00+08:00", None),
        ("02T20:00:01+08:00", Some(1)),
        ("02T23:59:59.999999Z", Some(1)),
        ("03T00:00:00Z", Some(3)),
        ("31T00:00:00Z", Some(3)),
    ] {
        assert_eq!(
            store.revision_at(moment(day)).unwrap(),
            expected.map(Revision),
            "{day}"
        );
    }
}

pub(crate) fn an_import_that_was_the_newest_then_is_told_as_it_was(engine: &Engine) {
    let store = engine.store.as_ref();
    let surveyed = |when: &str| ImportHeader {
        coverage: Some(Coverage {
            areas: vec![Area {
                polygons: vec![geo_types::Rect::new((116.0, 39.0), (117.0, 40.0)).to_polygon()]
                    .into(),
                surveyed: when.to_owned(),
            }],
        }),
        ..header()
    };
    import_at(store, "points", surveyed("2024"));
    import_at(store, "others", header());
    import_at(store, "points", surveyed("2025"));
    let at = |revision: i64| -> Vec<(String, i64, Option<String>)> {
        let imports = store.imports_at(At::Revision(Revision(revision))).unwrap();
        let told = |(id, record): (onemap::model::LayerId, onemap::store::ImportRecord)| {
            let coverage = record.header.coverage;
            let when = coverage.map(|c| c.areas[0].surveyed.clone());
            (id.to_string(), record.revision.0, when)
        };
        imports.into_iter().map(told).collect()
    };
    let points = |revision, when: &str| ("points".to_owned(), revision, Some(when.to_owned()));
    let others = ("others".to_owned(), 2, None);
    assert_eq!(at(0), []);
    assert_eq!(at(1), [points(1, "2024")]);
    assert_eq!(at(2), [others.clone(), points(1, "2024")]);
    assert_eq!(at(3), [others, points(3, "2025")]);
    assert_eq!(at(4), at(3));
    assert_eq!(store.imports().unwrap().len(), 2);
}

pub(crate) fn a_backup_holds_what_is_kept(engine: &Engine) {
    let report = report("a", "2026-01-01T00:00:00Z");
    engine.store.keep(&report, plenty()).unwrap();
    let copy = engine.folder.path().join("copy.gpkg");
    engine.store.backup(&copy).unwrap();
    let copied = GeoPackage::open(&copy).unwrap();
    assert!(kept(&copied, &report));
}

#[test]
fn a_store_that_is_open_for_reading_keeps_nothing_unless_it_is_told_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("onemap.gpkg");
    drop(GeoPackage::create_or_open(&path).unwrap());
    let one = report("a", "2026-01-01T00:00:00Z");
    let reading = GeoPackage::open(&path).unwrap();
    let error = reading.keep(&one, plenty()).unwrap_err();
    assert!(matches!(error, StoreError::Unwritable(_)), "{error:?}");
    let keeping = GeoPackage::open(&path).unwrap().keeping();
    keeping.keep(&one, plenty()).unwrap();
    assert!(kept(&reading, &one));
    let layer = named_points();
    assert!(
        keeping.begin(&layer).is_err(),
        "it keeps, and imports nothing"
    );
    drop((reading, keeping));
    // The file alone is the whole store.
    let wal = folder.path().join("onemap.gpkg-wal");
    assert!(std::fs::metadata(wal).map_or(true, |m| m.len() == 0));
}

#[test]
fn a_report_that_is_kept_while_an_import_writes_is_refused_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("onemap.gpkg");
    let patience = std::time::Duration::from_millis(50);
    let store = GeoPackage::create_or_open(&path)
        .unwrap()
        .with_patience(patience);
    let layer = named_points();
    let import = store.begin(&layer).unwrap();
    let one = report("a", "2026-01-01T00:00:00Z");
    let error = store.keep(&one, plenty()).unwrap_err();
    assert!(matches!(error, StoreError::Unwritable(_)), "{error:?}");
    assert!(!kept(&store, &one));
    import.commit(header()).unwrap();
    store.keep(&one, plenty()).unwrap();
    assert!(kept(&store, &one));
}

/// Runs SQL on the file, as another program would.
fn meddle(path: &Path, sql: &str) {
    assert_eq!(Connection::open(path).unwrap().execute(sql, []).unwrap(), 1);
}

#[test]
fn a_report_that_someone_else_changed_is_found_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("onemap.gpkg");
    let store = GeoPackage::create_or_open(&path).unwrap();
    let [first, second] = [
        report("a", "2026-01-01T00:00:00Z"),
        report("b", "2026-01-01T00:00:00Z"),
    ];
    store.keep(&first, plenty()).unwrap();
    store.keep(&second, plenty()).unwrap();
    assert!(store.doctor().unwrap().is_empty());
    meddle(
        &path,
        "UPDATE onemap_screenings SET document = replace(document, 'verdict', 'clean') \
         WHERE id LIKE 'a%'",
    );
    let error = store.kept(&first.id, first.audience).unwrap_err();
    assert!(matches!(error, StoreError::Damaged(_)), "{error:?}");
    assert!(kept(&store, &second));
    meddle(
        &path,
        "UPDATE onemap_screenings SET revision = 9 WHERE id LIKE 'b%'",
    );
    let findings = store.doctor().unwrap();
    assert_eq!(findings.len(), 2, "{findings:?}");
    assert!(findings[0].to_string().contains(&first.id), "{findings:?}");
}
