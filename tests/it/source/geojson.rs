//! GeoJSON and its sequences.

use std::io::Write as _;

use onemap::geom::Geometry;
use onemap::source::Place;
use onemap::text::Key;

use super::{Ask, Folder, Gathered};

const DIRTY: &str = r#"{"type":"FeatureCollection","name":"污染","features":[
{"type":"Feature","id":7,"properties":{"编号":"0701","n":9007199254740993,"x":0.1,"t":"2025-06-30"},"geometry":{"type":"Point","coordinates":[116.4,39.9,50]}},
{"type":"Feature","properties":{"later":true,"n":null},"geometry":null},
{"type":"Feature","properties":null,"geometry":{"type":"Pint","coordinates":[1,2]}},
{"type":"Feature","properties":{"编号":"a�b"},"geometry":{"type":"Point","coordinates":["x",2]}},
{"type":"Feature","properties":{"n":1,"n":2},"geometry":null},
{"properties":{"n":1}},
{"type":"Feature","properties":{"n":[1, 2]},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}}
],"crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4490"}}}"#;

fn read(name: &str, content: impl AsRef<[u8]>) -> Gathered {
    let folder = Folder::new();
    Ask::default().read(&folder.write(name, content))
}

#[test]
fn properties_keep_every_digit_and_text_stays_text() {
    let got = read("a.geojson", DIRTY);
    assert_eq!(got.columns(), ["编号", "n", "x", "t", "later", "id"]);
    assert_eq!(got.value(0, "编号"), Some("0701"));
    assert_eq!(got.value(0, "n"), Some("9007199254740993"));
    assert_eq!(got.value(0, "x"), Some("0.1"));
    assert_eq!(got.value(0, "t"), Some("2025-06-30"));
    assert_eq!(got.value(0, "id"), Some("7"));
    assert_eq!(got.value(1, "later"), Some("true"));
    assert_eq!(got.geometry(0), &geo_types::Point::new(116.4, 39.9).into());
    assert_eq!(got.records[1].geometry, None);
    assert_eq!(got.value(2, "n"), Some("[1, 2]"));
    assert_eq!(got.records[2].notes[0].key(), Key::SourceRingClosed);
    assert_eq!(
        (got.epsg(), got.opened.as_ref().unwrap().rows),
        (Some(4490), Some(7))
    );
}

#[test]
fn what_gdal_would_make_a_null_of_is_rejected_with_every_reason() {
    let got = read("a.json", DIRTY);
    assert_eq!(
        got.reasons(),
        [
            (3, None, Key::SourceGeometryKind),
            (4, Some("编号"), Key::SourceReplacementCharacter),
            (4, None, Key::SourceGeometryBad),
            (5, Some("n"), Key::SourcePropertyTwice),
            (6, None, Key::SourceFeatureBad),
        ]
    );
    assert_eq!(got.rows(), 7);
}

#[test]
fn a_feature_or_a_geometry_may_stand_alone() {
    let got = read(
        "a.geojson",
        r#"{"type":"Feature","properties":{"a":1},"geometry":null}"#,
    );
    assert_eq!(
        (got.rows(), got.value(0, "a"), got.epsg()),
        (1, Some("1"), Some(4326))
    );
    let got = read("a.geojson", r#"{"coordinates":[1,2],"type":"Point"}"#);
    assert_eq!(got.geometry(0), &geo_types::Point::new(1.0, 2.0).into());
}

#[test]
fn a_collection_of_every_kind_of_geometry_is_read_like_gdal_reads_it() {
    use geo::Area as _;
    let got = read(
        "a.geojson",
        r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{},"geometry":{"type":"GeometryCollection","geometries":[
          {"type":"MultiPoint","coordinates":[[1,2],[3,4]]},
          {"type":"MultiLineString","coordinates":[[[0,0],[1,1]],[[2,2],[3,3]]]},
          {"type":"MultiPolygon","coordinates":[[[[0,0],[4,0],[4,4],[0,4],[0,0]],[[1,1],[1,2],[2,2],[2,1],[1,1]]]]}]}}]}"#,
    );
    let Geometry::GeometryCollection(all) = got.geometry(0) else {
        panic!("a collection")
    };
    assert_eq!(all.len(), 3);
    assert!((all.unsigned_area() - 15.0).abs() < 1e-12);
}

#[test]
fn what_is_no_geojson_or_breaks_off_is_refused() {
    let folder = Folder::new();
    let vrt = r#"<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"#;
    for (content, key) in [
        (vrt, Key::SourceGeojsonBad),
        (&DIRTY[..400], Key::SourceGeojsonBad),
        ("[]", Key::SourceGeojsonBad),
        (
            r#"{"type":"Topology","objects":{}}"#,
            Key::SourceGeojsonOther,
        ),
        (r#"{"type":"FeatureCollection"}"#, Key::SourceGeojsonOther),
        ("", Key::SourceEmpty),
        (
            r#"{"type":"FeatureCollection","features":[]} more"#,
            Key::SourceGeojsonBad,
        ),
    ] {
        assert_eq!(
            Ask::default().problem_key(&folder.write("a.geojson", content)),
            key,
            "{content}"
        );
    }
    let gbk = encoding_rs::GBK.encode(DIRTY).0;
    assert_eq!(
        Ask::default().problem_key(&folder.write("a.geojson", gbk)),
        Key::SourceGeojsonBad
    );
}

#[test]
fn a_bad_line_of_a_sequence_costs_that_line() {
    let content = b"{\"type\":\"Feature\",\"properties\":{\"a\":1},\"geometry\":null}\r\n\
        {\"type\":\"Feature\",\"properties\":{\"a\":2},\"geom\n\
        \n\
        {\"type\":\"Feature\",\"properties\":{\"a\":\"\xce\xdb\"},\"geometry\":null}\n\
        {\"type\":\"Point\",\"coordinates\":[5,6]}";
    let got = read("a.geojsonl", content);
    assert_eq!(
        got.records.iter().map(|r| r.row).collect::<Vec<_>>(),
        [1, 5]
    );
    assert_eq!(
        got.reasons(),
        [
            (2, None, Key::SourceFeatureBad),
            (4, None, Key::SourceUndecodable)
        ]
    );
    assert_eq!(got.opened.unwrap().rows, Some(4));
}

#[test]
fn record_separators_set_features_apart() {
    let got = read(
        "a.geojsons",
        "\u{1e}{\"type\":\"Feature\",\n\"properties\":{\"a\":1},\"geometry\":null}\n\u{1e}{\"type\":\"Point\",\"coordinates\":[5,6]}\n",
    );
    assert_eq!(
        got.records.iter().map(|r| r.row).collect::<Vec<_>>(),
        [1, 2]
    );
}

#[test]
fn a_compressed_file_is_unpacked_and_a_truncated_one_refused() {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(DIRTY.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    assert_eq!(read("a.geojson.gz", &packed).rows(), 7);
    let folder = Folder::new();
    let path = folder.write("b.geojson.gz", &packed[..packed.len() / 2]);
    assert_eq!(Ask::default().problem_key(&path), Key::SourceFileUnreadable);
    let path = folder.write("c.geojson.gz", "not gzip at all");
    assert_eq!(Ask::default().problem_key(&path), Key::SourceFileUnreadable);
}

#[test]
fn a_table_in_geojson_may_have_its_place_in_columns() {
    let folder = Folder::new();
    let path = folder.write(
        "a.geojson",
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"e":1.5,"n":"2"},"geometry":null}]}"#,
    );
    let got = Ask::columns("e", "n").read(&path);
    assert_eq!(got.geometry(0), &geo_types::Point::new(1.5, 2.0).into());
    let ask = Ask {
        place: Place::Wkt("w".to_owned()),
        ..Ask::default()
    };
    assert_eq!(ask.problem_key(&path), Key::SourceColumnMissing);
}

#[test]
fn reading_stops_when_it_is_told_to() {
    let folder = Folder::new();
    let path = folder.write("a.geojson", DIRTY);
    let mut got = Gathered {
        most: Some(3),
        ..Default::default()
    };
    Ask::default().read_into(&path, &mut got).unwrap();
    assert_eq!(got.rows(), 3);
}
