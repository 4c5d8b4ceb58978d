//! Stores of older formats, each kept as a small file: they open, and nothing of them is lost.
//!
//! Each holds three imports of the points below (and one of a table) in pages of 1,024 bytes. In
//! format 1 a history had no R-tree; format 2 kept no reports.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use geo_types::Polygon;
use onemap::geom::BBox;
use onemap::layer::Layer;
use onemap::model::{Area, Coverage, Feature, FieldType, Revision, Value};
use onemap::store::geopackage::GeoPackage;
use onemap::store::{At, FileDigest, ImportHeader, Store as _, StoreError};

use super::kept::{plenty, report};
use super::suite::{feature, header, import, named_point, named_points, numbered, read};
use crate::support::layer;

fn format(number: i64) -> PathBuf {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/store");
    fixtures.join(format!("format-{number}.gpkg"))
}

fn first() -> [Feature; 3] {
    [("a", 116.1), ("b", 116.2), ("c", 116.3)].map(|(name, x)| named_point(name, x, 39.9, name))
}

fn second() -> [Feature; 2] {
    [
        named_point("b", 117.2, 39.9, "b moved"),
        named_point("d", 116.4, 39.9, "d"),
    ]
}

fn third() -> [Feature; 1] {
    [named_point("a", 116.1, 39.9, "a is back")]
}

fn table() -> Arc<Layer> {
    Arc::new(layer("a-table", None, &[("n", FieldType::Number)]))
}

fn told() -> ImportHeader {
    let square = geo_types::Rect::new((116.0, 39.0), (117.0, 40.0)).to_polygon();
    let polygons: geo_types::MultiPolygon = vec![square as Polygon<f64>].into();
    ImportHeader {
        files: vec![FileDigest {
            shown: "seeds/a.csv".to_owned(),
            sha256: "0f".repeat(32),
        }],
        coverage: Some(Coverage {
            areas: vec![Area {
                polygons,
                surveyed: "2025-06".to_owned(),
            }],
        }),
        read: 3,
        rejected: 2,
        ..header()
    }
}

/// A copy of the fixture in a folder of its own.
fn copied(number: i64, folder: &Path) -> PathBuf {
    let path = folder.join("onemap.gpkg");
    fs::copy(format(number), &path).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    path
}

#[test]
fn a_store_of_format_1_is_brought_up_to_date_and_loses_nothing() {
    loses_nothing(1);
}

#[test]
fn a_store_of_format_2_is_brought_up_to_date_and_loses_nothing() {
    loses_nothing(2);
}

fn loses_nothing(number: i64) {
    let folder = tempfile::tempdir().unwrap();
    let path = copied(number, folder.path());
    let error = GeoPackage::open(&path).unwrap_err();
    assert!(matches!(error, StoreError::Older(_)), "{error:?}");
    assert!(
        error.to_string().contains(&format!("format {number}")),
        "{error}"
    );
    assert_eq!(fs::read(&path).unwrap(), fs::read(format(number)).unwrap());

    let store = GeoPackage::create_or_open(&path).unwrap();
    let points = named_points();
    let whole = Some(BBox {
        west: 116.0,
        south: 39.0,
        east: 118.0,
        north: 40.0,
    });
    let cut = Some(BBox {
        west: 116.15,
        south: 39.0,
        east: 117.0,
        north: 40.0,
    });
    let [a, b, c] = first();
    let [moved, d] = second();
    let [back] = third();
    for within in [None, whole] {
        let at = |r| read(&store, &points, At::Revision(Revision(r)), within);
        assert_eq!(
            at(1),
            numbered(&[a.clone(), b.clone(), c.clone()], &[1, 2, 3])
        );
        assert_eq!(at(2), numbered(&[moved.clone(), d.clone()], &[2, 4]));
        assert_eq!(at(3), numbered(std::slice::from_ref(&back), &[1]));
        assert_eq!(at(4), at(3));
    }
    let at = |r| read(&store, &points, At::Revision(Revision(r)), cut);
    assert_eq!(at(1), numbered(&[b, c], &[2, 3]));
    assert_eq!(at(2), numbered(&[d], &[4]));
    assert_eq!(at(3), []);
    let row = feature("row", None, vec![Value::BelowDetection(0.5)]);
    assert_eq!(
        read(&store, &table(), At::Now, None),
        numbered(&[row], &[1])
    );

    let imports = store.imports().unwrap();
    let (id, record) = &imports[1];
    assert_eq!((id, record.revision), (&points.id, Revision(3)));
    assert_eq!(record.header.files, told().files);
    assert_eq!(record.header.coverage, told().coverage);
    assert!(store.doctor().unwrap().is_empty(), "{:?}", store.doctor());
    import(&store, &points, &second());
    assert_eq!(
        read(&store, &points, At::Now, None),
        numbered(&second(), &[2, 4])
    );
    let report = report("0f", "2026-01-01T00:00:00Z");
    store.keep(&report, plenty()).unwrap();
    let kept = store.kept(&report.id, report.audience).unwrap();
    assert_eq!(kept, Some(report));
}

#[test]
fn the_file_as_it_was_is_kept_beside_a_store_that_was_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let path = copied(1, folder.path());
    let taken = folder.path().join("onemap.gpkg.format-1");
    fs::write(&taken, "someone's own").unwrap();
    GeoPackage::create_or_open(&path).unwrap();
    GeoPackage::create_or_open(&path).unwrap();
    let mut names: Vec<_> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "onemap.gpkg",
            "onemap.gpkg.format-1",
            "onemap.gpkg.format-1-2"
        ]
    );
    assert_eq!(fs::read_to_string(&taken).unwrap(), "someone's own");
    let copy = folder.path().join("onemap.gpkg.format-1-2");
    assert!(matches!(
        GeoPackage::open(&copy).unwrap_err(),
        StoreError::Older(_)
    ));
    assert_eq!(
        fs::metadata(&copy).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let again = GeoPackage::create_or_open(&copy).unwrap();
    assert_eq!(again.revision().unwrap(), Revision(4));
}
