//! What GDAL, and so QGIS, makes of the file: its own program is asked.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use geo_types::{Geometry, MultiPolygon, Rect, line_string, point};
use onemap::layer::Shape;
use onemap::model::{FieldType, Value};
use onemap::store::Store as _;
use onemap::store::geopackage::GeoPackage;

use super::suite::{EVERY_TYPE, feature, full_values, header, import};
use crate::support::{layer, skipped};

/// What a GDAL program prints; nothing may come on its standard error. `None`: it is not installed.
fn gdal(program: &str, args: &[&str], file: &Path) -> Option<String> {
    let mut command = Command::new(program);
    let out = match command.args(args).arg(file).output() {
        Ok(out) => out,
        Err(error) => {
            skipped(&format!("{program} does not run ({error})"));
            return None;
        }
    };
    assert_eq!(
        String::from_utf8_lossy(&out.stderr),
        "",
        "{program} {args:?}"
    );
    assert!(out.status.success(), "{program} {args:?}");
    Some(String::from_utf8(out.stdout).unwrap())
}

/// The lines in which `ogrinfo` lists layers.
fn numbered_lines(listed: &str) -> Vec<&str> {
    listed
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()))
        .collect()
}

/// A store with a layer of each shape, their histories, coverage and files.
fn varied(path: &Path) {
    let store = GeoPackage::create_or_open(path).unwrap();
    let square = |x: f64| Rect::new((x, 39.0), (x + 0.5, 39.5)).to_polygon();
    let areas: Vec<Geometry> = vec![
        square(116.0).into(),
        MultiPolygon::new(vec![square(117.0), square(118.0)]).into(),
    ];
    let lines: Vec<Geometry> = vec![line_string![(x: 116.0, y: 39.0), (x: 117.0, y: 40.0)].into()];
    let points: Vec<Geometry> = vec![
        point!(x: 116.4, y: 39.9).into(),
        point!(x: 117.0, y: 40.0).into(),
    ];
    let cases = [
        ("eco-areas", Some(Shape::Polygon), areas),
        ("eco-lines", Some(Shape::Line), lines),
        ("soil-points", Some(Shape::Point), points),
    ];
    for (id, shape, geometries) in cases {
        let layer = Arc::new(layer(id, shape, &EVERY_TYPE));
        let all: Vec<_> = geometries
            .iter()
            .enumerate()
            .map(|(at, one)| feature(&at.to_string(), one.clone(), full_values()))
            .collect();
        import(&store, &layer, &all);
        // A history: the first one changes, a further one came and went.
        let mut later = all.clone();
        later[0].values[1] = Value::Integer(7);
        later.push(feature("gone", geometries[0].clone(), full_values()));
        import(&store, &layer, &later);
        later.pop();
        import(&store, &layer, &later);
    }
    let table = Arc::new(layer("soil-table", None, &[("n", FieldType::Integer)]));
    let rows: Vec<_> = (0..5)
        .map(|n| feature(&n.to_string(), None, vec![Value::Integer(n)]))
        .collect();
    import(&store, &table, &rows);
    let empty = Arc::new(layer("still-empty", Some(Shape::Polygon), &[]));
    store.begin(&empty).unwrap().commit(header()).unwrap();
    let report = super::kept::report("a", "2026-01-01T00:00:00Z");
    store.keep(&report, super::kept::plenty()).unwrap();
}

#[test]
fn ogrinfo_shows_every_layer_with_its_current_features_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("onemap.gpkg");
    varied(&path);
    // The last is how QGIS looks for layers.
    let every_table = ["-ro", "-oo", "LIST_ALL_TABLES=YES"];
    for mode in [&["-ro"][..], &[], &every_table] {
        let Some(listed) = gdal("ogrinfo", mode, &path) else {
            return;
        };
        let layers = numbered_lines(&listed);
        assert_eq!(
            layers,
            [
                "1: eco_areas (Multi Polygon)",
                "2: eco_lines (Multi Line String)",
                "3: soil_points (Point)",
                "4: still_empty (Multi Polygon)",
                "5: soil_table (None)",
            ]
        );
    }
    let whole = gdal("ogrinfo", &["-ro", "-al"], &path).unwrap();
    let counts: Vec<&str> = whole
        .lines()
        .filter(|line| line.starts_with("Feature Count"))
        .collect();
    assert_eq!(
        counts,
        [2, 1, 2, 0, 5].map(|n| format!("Feature Count: {n}"))
    );
    for expected in [
        "Extent: (116.000000, 39.000000) - (118.500000, 39.500000)",
        "文字: String (0.0)",
        "whole: Integer64 (0.0)",
        "measured: Real (0.0)",
        "measured_lod: Real (0.0)",
        "yes: Integer(Boolean) (0.0)",
        "day: Date (0.0)",
        "moment: DateTime (0.0)",
        "  whole (Integer64) = 7",
        "  measured (Real) = (null)",
        "  measured_lod (Real) = 0.05",
        "  day (Date) = 2025/06/30",
        "  moment (DateTime) = 1969/12/31 23:59:59.999+00",
        "  POINT (116.4 39.9)",
        "ID[\"EPSG\",4326]]",
    ] {
        assert!(whole.contains(expected), "{expected} is not in:\n{whole}");
    }
    assert!(
        !whole.contains("history")
            && !whole.contains("onemap_revision")
            && !whole.contains("onemap_screenings")
            && !whole.contains("verdict"),
        "{whole}"
    );
}

#[test]
fn gdal_finds_features_through_the_spatial_index() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("onemap.gpkg");
    varied(&path);
    let within = [
        "-ro", "-al", "-q", "-spat", "116.9", "39.9", "117.1", "40.1",
    ];
    let Some(found) = gdal("ogrinfo", &within, &path) else {
        return;
    };
    assert!(found.contains("POINT (117 40)"), "{found}");
    assert!(!found.contains("POINT (116.4 39.9)"), "{found}");
    let sql = ["-ro", "-sql", "SELECT HasSpatialIndex('eco_areas', 'geom')"];
    let mut args = sql.to_vec();
    args.push("-q");
    let indexed = gdal("ogrinfo", &args, &path).unwrap();
    assert!(
        indexed.contains("HasSpatialIndex (Integer) = 1"),
        "{indexed}"
    );
}

#[test]
fn gdal_may_copy_the_whole_store() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("onemap.gpkg");
    varied(&path);
    let copy = folder.path().join("copy.gpkg");
    let to = copy.to_string_lossy().into_owned();
    let Some(_) = gdal("ogr2ogr", &["-f", "GPKG", &to], &path) else {
        return;
    };
    let listed = gdal("ogrinfo", &["-ro"], &copy).unwrap();
    assert_eq!(numbered_lines(&listed).len(), 5, "{listed}");
}
