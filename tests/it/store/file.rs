//! The file itself: who may read it, what is refused, what is left behind.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use onemap::layer::Shape;
use onemap::model::{FieldType, Revision};
use onemap::store::geopackage::GeoPackage;
use onemap::store::{At, Store as _, StoreError};
use onemap::text::Lang;
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

use super::suite::{header, import, named_point, named_points, read};
use crate::support::{layer, skipped};

/// The error of opening, both ways; it must be the same.
fn refusal(path: &Path) -> StoreError {
    let reading = GeoPackage::open(path).unwrap_err();
    let writing = GeoPackage::create_or_open(path).unwrap_err();
    assert_eq!(reading.to_string(), writing.to_string());
    assert!(
        writing.to_string().contains(&path.display().to_string()),
        "{writing}"
    );
    assert!(!writing.problem().message().in_lang(Lang::Zh).contains('{'));
    writing
}

fn full_store(path: &Path) {
    let store = GeoPackage::create_or_open(path).unwrap();
    let many: Vec<_> = (0..2_000)
        .map(|n| named_point(&n.to_string(), f64::from(n) / 100.0, 1.0, "name"))
        .collect();
    import(&store, &named_points(), &many);
}

#[test]
fn a_new_store_and_its_companions_can_be_read_by_their_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("onemap.gpkg");
    let store = GeoPackage::create_or_open(&path).unwrap();
    let layer = named_points();
    let mut import = store.begin(&layer).unwrap();
    import
        .put(onemap::model::Exact::new(named_point("a", 1.0, 1.0, "A")))
        .unwrap();
    read(&store, &layer, At::Now, None);
    let mut seen = Vec::new();
    for entry in fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(
            entry.metadata().unwrap().permissions().mode() & 0o777,
            0o600,
            "{entry:?}"
        );
        seen.push(entry.file_name().into_string().unwrap());
    }
    seen.sort();
    assert_eq!(seen, ["onemap.gpkg", "onemap.gpkg-shm", "onemap.gpkg-wal"]);
    import.commit(header()).unwrap();
    let copy = folder.path().join("copy");
    store.backup(&copy).unwrap();
    assert_eq!(
        fs::metadata(copy).unwrap().permissions().mode() & 0o777,
        0o600
    );

    assert!(store.doctor().unwrap().is_empty());
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let findings = store.doctor().unwrap();
    assert_eq!(findings.len(), 1);
    assert!(
        findings[0].to_string().contains("chmod 600"),
        "{}",
        findings[0]
    );
}

#[test]
fn the_file_alone_is_the_whole_store_after_an_import() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (
        folder.path().join("onemap.gpkg"),
        folder.path().join("copy.gpkg"),
    );
    let writer = GeoPackage::create_or_open(&path).unwrap();
    let reader = GeoPackage::open(&path).unwrap();
    for round in 1..=2 {
        import(
            &writer,
            &named_points(),
            &[named_point("a", f64::from(round), 1.0, "A")],
        );
        assert_eq!(read(&reader, &named_points(), At::Now, None).len(), 1);
        fs::copy(&path, &copy).unwrap();
        let copied = GeoPackage::open(&copy).unwrap();
        assert_eq!(copied.revision().unwrap(), Revision(i64::from(round)));
    }
    drop((writer, reader));
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert!(fs::metadata(folder.path().join("onemap.gpkg-wal")).map_or(true, |m| m.len() == 0));
    assert!(!left.is_empty());
}

#[test]
fn a_geopackage_is_what_it_says_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("onemap.gpkg");
    full_store(&path);
    let bytes = fs::read(&path).unwrap();
    assert_eq!(&bytes[68..72], b"GPKG");
    assert_eq!(bytes[60..64], 10_300_u32.to_be_bytes());
}

#[test]
fn what_is_not_a_store_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("text"), "这不是数据库。".repeat(200)).unwrap();
    fs::write(path("short"), "x").unwrap();
    fs::write(path("zip"), [b"PK\x03\x04".as_slice(), &[0; 2000]].concat()).unwrap();
    Connection::open(path("sqlite"))
        .unwrap()
        .execute_batch("CREATE TABLE t (a)")
        .unwrap();
    let foreign = Connection::open(path("gpkg")).unwrap();
    foreign
        .execute_batch(
            "PRAGMA application_id = 1196444487; PRAGMA user_version = 10300; CREATE TABLE t (a)",
        )
        .unwrap();
    drop(foreign);
    for name in ["text", "short", "zip", "sqlite", "gpkg"] {
        let before = fs::read(path(name)).unwrap();
        let error = refusal(&path(name));
        assert!(matches!(error, StoreError::NotOurs(_)), "{name}: {error:?}");
        assert_eq!(fs::read(path(name)).unwrap(), before, "{name}");
        assert!(!path(&format!("{name}-wal")).try_exists().unwrap());
    }
    let error = refusal(folder.path());
    assert!(matches!(error, StoreError::NotOurs(_)), "{error:?}");
    assert!(error.to_string().contains("is a folder"), "{error}");
}

#[test]
fn a_store_of_a_newer_format_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("onemap.gpkg");
    full_store(&path);
    let newer = Connection::open(&path).unwrap();
    newer
        .execute_batch("UPDATE onemap_format SET version = 4")
        .unwrap();
    drop(newer);
    let error = refusal(&path);
    assert!(matches!(error, StoreError::Newer(_)), "{error:?}");
    assert!(error.to_string().contains("format 4"), "{error}");
}

#[test]
fn a_damaged_store_is_refused_or_found_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("onemap.gpkg");
    full_store(&path);
    let whole = fs::read(&path).unwrap();

    let cut = folder.path().join("cut.gpkg");
    for length in [whole.len() / 2, 5_000, 4_096, 1_000] {
        fs::write(&cut, &whole[..length]).unwrap();
        let error = refusal(&cut);
        assert!(
            matches!(error, StoreError::Damaged(_) | StoreError::NotOurs(_)),
            "{error:?}"
        );
    }
    // Whole in length, but with a page of the features overwritten.
    let mut scribbled = whole.clone();
    let at = whole
        .windows(4)
        .rposition(|bytes| bytes == b"name")
        .unwrap()
        / 4096
        * 4096;
    scribbled[at..at + 4096].fill(0xA5);
    let path = folder.path().join("scribbled.gpkg");
    fs::write(&path, &scribbled).unwrap();
    let store = GeoPackage::open(&path).unwrap();
    let findings = store.doctor().unwrap();
    assert!(
        findings[0].to_string().contains("is damaged"),
        "{findings:?}"
    );
    let error = store
        .features(&named_points(), At::Now, None, &mut |_| {})
        .unwrap_err();
    assert!(matches!(error, StoreError::Damaged(_)), "{error:?}");
}

#[test]
fn a_missing_store_is_not_made_by_reading() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("onemap.gpkg");
    let error = GeoPackage::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::Missing(_)), "{error:?}");
    assert!(!path.try_exists().unwrap());
    // What a crash before the first table leaves is no store yet, and no obstacle.
    fs::write(&path, "").unwrap();
    assert!(matches!(
        GeoPackage::open(&path).unwrap_err(),
        StoreError::Missing(_)
    ));
    GeoPackage::create_or_open(&path).unwrap();
    GeoPackage::open(&path).unwrap();
}

#[test]
fn where_nothing_may_be_written_no_store_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("no such folder").join("onemap.gpkg");
    // Not even root may make a file here.
    for path in [nowhere.as_path(), Path::new("/proc/onemap.gpkg")] {
        let error = GeoPackage::create_or_open(path).unwrap_err();
        assert!(matches!(error, StoreError::Unwritable(_)), "{error:?}");
        assert!(error.to_string().contains("cannot be made"), "{error}");
    }
}

#[test]
fn a_folder_or_file_without_permission_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("onemap.gpkg");
    full_store(&path);
    let mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    mode(&path, 0o000);
    if fs::read(&path).is_ok() {
        skipped("this account may read everything");
        return;
    }
    let error = refusal(&path);
    assert!(matches!(error, StoreError::Unwritable(_)), "{error:?}");
    mode(&path, 0o600);
    mode(folder.path(), 0o500);
    let error = GeoPackage::create_or_open(&folder.path().join("other.gpkg")).unwrap_err();
    assert!(matches!(error, StoreError::Unwritable(_)), "{error:?}");
    mode(folder.path(), 0o700);
}

#[test]
fn a_store_opened_for_reading_takes_no_import() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("onemap.gpkg");
    full_store(&path);
    let before = fs::read(&path).unwrap();
    let store = GeoPackage::open(&path).unwrap();
    let error = store.begin(&named_points()).map(drop).unwrap_err();
    assert!(matches!(error, StoreError::Unwritable(_)), "{error:?}");
    assert_eq!(read(&store, &named_points(), At::Now, None).len(), 2_000);
    assert!(store.doctor().unwrap().is_empty());
    store.imports().unwrap();
    drop(store);
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_second_import_waits_and_then_says_who_is_in_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("onemap.gpkg");
    let layer = named_points();
    let first = GeoPackage::create_or_open(&path).unwrap();
    let second = GeoPackage::create_or_open(&path)
        .unwrap()
        .with_patience(Duration::from_millis(50));
    let under_way = first.begin(&layer).unwrap();
    for _ in 0..2 {
        let error = second.begin(&layer).map(drop).unwrap_err();
        assert!(matches!(error, StoreError::Unwritable(_)), "{error:?}");
        assert!(
            error.to_string().contains("another import is writing"),
            "{error}"
        );
    }
    // One that is patient enough comes after the first, and builds upon it.
    let patient = second.with_patience(Duration::from_mins(1));
    std::thread::scope(|scope| {
        let waiting = scope.spawn(|| import(&patient, &layer, &[]).0);
        std::thread::sleep(Duration::from_millis(100));
        assert!(!waiting.is_finished());
        assert_eq!(under_way.commit(header()).unwrap().0, Revision(1));
        assert_eq!(waiting.join().unwrap(), Revision(2));
    });
}

#[test]
fn doctor_finds_what_another_program_did() {
    let meddling: [(&str, &str); 7] = [
        (
            "DELETE FROM onemap_revision WHERE revision = 1",
            "revisions are missing",
        ),
        (
            "UPDATE named_points_history SET recorded_to = 1",
            "contradict its history",
        ),
        (
            "UPDATE named_points_history SET fid = 5000 WHERE fid = 1; UPDATE named_points_history SET fid = 5000, recorded_from = 0 WHERE fid = 2",
            "contradict its history",
        ),
        (
            "UPDATE named_points SET recorded_from = 9 WHERE fid = 107",
            "contradict its history",
        ),
        (
            "DELETE FROM rtree_named_points_geom WHERE id = 107",
            "does not match its rows",
        ),
        (
            "INSERT INTO onemap_revision_file VALUES (77, 0, 'x', 'y')",
            "is not there",
        ),
        ("DROP TABLE named_points_history", "is missing"),
    ];
    for (sql, expected) in meddling {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("onemap.gpkg");
        full_store(&path);
        let store = GeoPackage::create_or_open(&path).unwrap();
        let fewer: Vec<_> = (100..200)
            .map(|n| {
                named_point(
                    &n.to_string(),
                    0.0,
                    1.0,
                    if n < 150 { "new" } else { "name" },
                )
            })
            .collect();
        import(&store, &named_points(), &fewer);
        import(
            &store,
            &Arc::new(layer("other", Some(Shape::Line), &[("n", FieldType::Date)])),
            &[],
        );
        assert!(store.doctor().unwrap().is_empty());
        drop(store);
        let other = Connection::open(&path).unwrap();
        for function in ["ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"] {
            let nought = FunctionFlags::default();
            other
                .create_scalar_function(function, 1, nought, |_| Ok(0))
                .unwrap();
        }
        other
            .execute_batch(&format!("PRAGMA foreign_keys = OFF; {sql}"))
            .unwrap();
        drop(other);
        let findings = GeoPackage::open(&path).unwrap().doctor().unwrap();
        assert!(
            findings
                .iter()
                .any(|finding| finding.to_string().contains(expected)),
            "{sql}: {findings:?}"
        );
    }
}
