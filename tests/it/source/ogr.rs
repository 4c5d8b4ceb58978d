//! Formats read through GDAL.

use super::{Ask, Folder, ogr2ogr};

/// Two points with every type of value that GDAL tells apart.
pub(super) const SITES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"编号":"0701","大数":9007199254740993,"面积":0.1,"日期":"2025-06-30","空":null},"geometry":{"type":"Point","coordinates":[116.4,39.9,50]}},
{"type":"Feature","properties":{"编号":"朝阳区化工厂","大数":-1,"面积":3.0},"geometry":{"type":"Point","coordinates":[116.5,40.0,51]}}]}"#;

fn check_sites(got: &super::Gathered) {
    assert_eq!(got.faults, []);
    assert_eq!(got.records.len(), 2);
    assert_eq!(got.value(0, "编号"), Some("0701"));
    assert_eq!(got.value(1, "编号"), Some("朝阳区化工厂"));
    assert_eq!(got.value(0, "大数"), Some("9007199254740993"));
    assert_eq!(got.value(0, "面积"), Some("0.1"));
    assert_eq!(got.value(1, "面积"), Some("3"));
    // FlatGeobuf knows moments only.
    let date = got.value(0, "日期").unwrap();
    assert!(
        ["2025-06-30", "2025-06-30T00:00:00"].contains(&date),
        "{date}"
    );
    assert_eq!(got.value(1, "日期"), None);
    assert_eq!(got.geometry(0), &geo_types::Point::new(116.4, 39.9).into());
}

#[test]
fn geopackage_flatgeobuf_and_file_geodatabase_give_the_same_records() {
    let folder = Folder::new();
    let from = folder.write("sites.geojson", SITES);
    // FlatGeobuf's index sorts what it holds by place.
    for (name, options) in [
        ("sites.gpkg", &[][..]),
        ("sites.fgb", &["-lco", "SPATIAL_INDEX=NO"]),
    ] {
        let path = folder.path(name);
        ogr2ogr(&path, &from, options);
        let got = Ask::default().read(&path);
        check_sites(&got);
        assert_eq!(
            (got.epsg(), got.opened.unwrap().rows),
            (Some(4326), Some(2)),
            "{name}"
        );
    }
}
