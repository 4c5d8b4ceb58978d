//! Formats read through GDAL.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use onemap::geom::Geometry;
use onemap::source;
use onemap::text::Key;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

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
    // This GDAL writes no 64-bit integers into a file geodatabase.
    let number = got.value(0, "大数").unwrap();
    assert!(
        ["9007199254740993", "9007199254740992"].contains(&number),
        "{number}"
    );
    assert_eq!(got.value(0, "面积"), Some("0.1"));
    assert_eq!(got.value(1, "面积"), Some("3"));
    // FlatGeobuf and the file geodatabase know moments only.
    let date = got.value(0, "日期").unwrap();
    assert!(
        ["2025-06-30", "2025-06-30T00:00:00"].contains(&date),
        "{date}"
    );
    assert_eq!(got.value(1, "日期"), None);
    // A file geodatabase has its points on a grid.
    let at = geo_types::Point::try_from(got.geometry(0).clone()).unwrap();
    assert!(
        (at.x() - 116.4).abs() < 1e-9 && (at.y() - 39.9).abs() < 1e-9,
        "{at:?}"
    );
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

#[test]
fn several_layers_are_named_when_none_is_asked_for() {
    let folder = Folder::new();
    let from = folder.write("sites.geojson", SITES);
    for (name, driver) in [("a.gpkg", "GPKG"), ("a.gdb", "OpenFileGDB")] {
        let path = folder.path(name);
        ogr2ogr(&path, &from, &["-f", driver, "-nln", "甲"]);
        check_sites(&Ask::default().read(&path));
        ogr2ogr(&path, &from, &["-update", "-nln", "乙"]);
        let problem = Ask::default().problem(&path);
        assert_eq!(super::key_of(&problem), Key::SourceLayerUnnamed, "{name}");
        assert_eq!(problem.message().arg("layers"), Some("甲, 乙"), "{name}");
        check_sites(
            &Ask {
                layer: Some("乙"),
                ..Ask::default()
            }
            .read(&path),
        );
        let missing = Ask {
            layer: Some("丙"),
            ..Ask::default()
        }
        .problem(&path);
        assert_eq!(super::key_of(&missing), Key::SourceLayerMissing, "{name}");
        assert_eq!(missing.message().arg("layers"), Some("甲, 乙"), "{name}");
    }
}

#[test]
fn a_file_geodatabase_is_a_folder_of_files_or_an_archive() {
    let folder = Folder::new();
    let gdb = folder.path("a.gdb");
    let from = folder.write("sites.geojson", SITES);
    ogr2ogr(&gdb, &from, &["-f", "OpenFileGDB"]);
    let files = source::files(&gdb).unwrap();
    assert!(files.len() > 10 && files.is_sorted());
    assert!(files.iter().all(|file| file.starts_with(&gdb)));

    let zipped = folder.path("a.gdb.zip");
    let mut zip = ZipWriter::new(fs::File::create(&zipped).unwrap());
    for file in files {
        let name = format!("数据/a.gdb/{}", file.file_name().unwrap().to_string_lossy());
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(&fs::read(&file).unwrap()).unwrap();
    }
    zip.finish().unwrap();
    check_sites(&Ask::default().read(&zipped));
    assert_eq!(
        Ask::default().problem_key(&folder.write("b.gdb", "no folder")),
        Key::SourceGdbIsFile
    );
}

#[test]
fn kml_and_kmz_are_read() {
    let folder = Folder::new();
    let from = folder.write("sites.geojson", SITES);
    for name in ["a.kml", "a.kmz"] {
        let path = folder.path(name);
        ogr2ogr(&path, &from, &["-f", "LIBKML", "-nln", "sites"]);
        let got = Ask {
            layer: Some("sites"),
            ..Ask::default()
        }
        .read(&path);
        assert_eq!(got.faults, []);
        assert_eq!(got.value(1, "编号"), Some("朝阳区化工厂"));
        assert_eq!(got.value(0, "面积"), Some("0.1"));
        assert_eq!(got.epsg(), Some(4326));
        assert_eq!(got.geometry(0), &geo_types::Point::new(116.4, 39.9).into());
    }
}

#[test]
fn a_virtual_file_under_another_name_is_refused() {
    let folder = Folder::new();
    let secret = folder.write("secret.csv", "a,lon,lat\nsecret,1,2\n");
    let vrt = format!(
        "<OGRVRTDataSource><OGRVRTLayer name=\"secret\"><SrcDataSource>{}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>",
        secret.display()
    );
    for name in [
        "a.kml",
        "a.kmz",
        "a.gpkg",
        "a.fgb",
        "a.dxf",
        "a.osm.pbf",
        "a.geojson",
        "a.geojsonl",
        "a.zip",
    ] {
        let problem = Ask::default().problem(&folder.write(name, &vrt));
        assert!(!problem.to_string().contains("secret,"), "{name}");
    }
    // A Shapefile's parts are looked at before GDAL is.
    for part in ["shp", "shx", "dbf"] {
        folder.write(&format!("a.{part}"), &vrt);
    }
    assert_eq!(
        Ask::default().problem_key(&folder.path("a.shp")),
        Key::SourceShapefileCut
    );
    fs::create_dir(folder.path("a.gdb")).unwrap();
    folder.write("a.gdb/a00000001.gdbtable", &vrt);
    assert_eq!(
        Ask::default().problem_key(&folder.path("a.gdb")),
        Key::SourceNotOpened
    );
}

#[test]
fn a_path_that_gdal_would_take_for_a_place_of_its_own_is_a_missing_file() {
    for path in [
        "/vsicurl/http://127.0.0.1:9/a.gpkg",
        "/vsimem/a.gpkg",
        "MYSQL:a.gpkg",
    ] {
        assert_eq!(
            Ask::default().problem_key(Path::new(path)),
            Key::SourceFileMissing
        );
    }
}

#[test]
fn a_file_cut_short_is_never_read_as_if_whole() {
    let folder = Folder::new();
    let mut features = String::new();
    for i in 0..3_000 {
        writeln!(
            features,
            "{{\"type\":\"Feature\",\"properties\":{{\"n\":{i},\"t\":\"some text of some length\"}},\"geometry\":{{\"type\":\"Point\",\"coordinates\":[{i},1]}}}}"
        )
        .unwrap();
    }
    let from = folder.write("many.geojsonl", features);
    for name in ["a.gpkg", "a.fgb", "a.kml", "a.kmz", "a.dxf"] {
        let path = folder.path(name);
        ogr2ogr(&path, &from, &["-nln", "many"]);
        let whole = fs::read(&path).unwrap();
        let full = Ask::default().read(&path);
        assert_eq!((full.records.len(), full.rejected), (3_000, 0), "{name}");
        for percent in [99, 70, 30, 3] {
            fs::write(&path, &whole[..whole.len() * percent / 100]).unwrap();
            let got = Ask::default()
                .try_read(&path)
                .map(|got| (got.rows(), got.rejected));
            assert!(got.is_err(), "{name} at {percent} %: {got:?}");
        }
        fs::write(&path, b"").unwrap();
        assert_eq!(Ask::default().problem_key(&path), Key::SourceEmpty);
        fs::write(&path, b"nothing of the kind").unwrap();
        let key = Ask::default().problem_key(&path);
        assert!(
            [Key::SourceNotOpened, Key::SourceDxfCut].contains(&key),
            "{name}: {key:?}"
        );
        fs::remove_file(&path).unwrap();
    }
}

#[test]
fn curves_are_drawn_and_heights_dropped_as_another_reader_does_it() {
    use geo::Area as _;
    let folder = Folder::new();
    let from = folder.write(
        "a.csv",
        "id,WKT\n1,\"CURVEPOLYGON Z (COMPOUNDCURVE Z (CIRCULARSTRING Z (0 0 5,50 50 5,100 0 5),(100 0 5,0 0 5)))\"\n",
    );
    let path = folder.path("a.gpkg");
    ogr2ogr(
        &path,
        &from,
        &["-a_srs", "EPSG:4548", "-oo", "GEOM_POSSIBLE_NAMES=WKT"],
    );
    let got = Ask::default().read(&path);
    assert_eq!(got.epsg(), Some(4548));
    let area = got.geometry(0).unsigned_area();
    assert!(
        (area / (std::f64::consts::PI * 1_250.0) - 1.0).abs() < 1e-4,
        "{area}"
    );
}

#[test]
fn the_reference_system_of_a_shapefile_is_recognised() {
    let folder = Folder::new();
    let from = folder.write("a.csv", "id,x,y\n1,500000,4420000\n");
    let point = [
        "-oo",
        "X_POSSIBLE_NAMES=x",
        "-oo",
        "Y_POSSIBLE_NAMES=y",
        "-a_srs",
    ];
    for epsg in [4548_u32, 4527, 4490, 4326, 3857, 32650, 2437] {
        let path = folder.path(&format!("c{epsg}.shp"));
        ogr2ogr(
            &path,
            &from,
            &[&point[..], &[&format!("EPSG:{epsg}")]].concat(),
        );
        assert_eq!(Ask::default().read(&path).epsg(), Some(epsg));
    }
    let path = folder.path("local.shp");
    ogr2ogr(
        &path,
        &from,
        &[
            &point[..],
            &["LOCAL_CS[\"Beijing local\",UNIT[\"metre\",1]]"],
        ]
        .concat(),
    );
    let crs = Ask::default().read(&path).opened.unwrap().crs.unwrap();
    assert_eq!((crs.epsg, crs.name.as_str()), (None, "Beijing local"));
    assert!(!crs.wkt.is_empty());
}

#[test]
fn a_geopackage_with_a_write_ahead_log_is_read_whole_and_both_files_count() {
    let folder = Folder::new();
    let path = folder.path("a.gpkg");
    ogr2ogr(
        &path,
        &folder.write("sites.geojson", SITES),
        &["-lco", "SPATIAL_INDEX=NO"],
    );
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .pragma_update(None, "journal_mode", "wal")
        .unwrap();
    connection
        .execute("update sites set 编号 = '0702' where 编号 = '0701'", [])
        .unwrap();
    let names: Vec<_> = source::files(&path)
        .unwrap()
        .iter()
        .map(|file| file.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names, ["a.gpkg", "a.gpkg-wal"]);
    assert_eq!(Ask::default().read(&path).value(0, "编号"), Some("0702"));
}

#[test]
fn a_layer_without_geometry_needs_columns() {
    let folder = Folder::new();
    let path = folder.path("a.gpkg");
    ogr2ogr(
        &path,
        &folder.write("a.csv", "id,lon,lat\n1,116.4,x\n2,116.4,39.9\n"),
        &[],
    );
    assert_eq!(Ask::default().problem_key(&path), Key::SourceNoGeometry);
    let got = Ask::columns("lon", "lat").read(&path);
    assert_eq!(
        got.reasons(),
        [(1, Some("lat"), Key::SourceCoordinateNotNumber)]
    );
    assert_eq!(got.geometry(0), &geo_types::Point::new(116.4, 39.9).into());
    assert_eq!(
        Ask::columns("经度", "lat").problem_key(&path),
        Key::SourceColumnMissing
    );
}

#[test]
fn a_drawing_of_before_2007_is_decoded_by_its_code_page() {
    let folder = Folder::new();
    let text = |label: &str| {
        format!(
            "0\nSECTION\n2\nHEADER\n9\n$ACADVER\n1\nAC1015\n9\n$DWGCODEPAGE\n3\nANSI_936\n0\nENDSEC\n\
             0\nSECTION\n2\nENTITIES\n0\nMTEXT\n5\n1A\n8\n地块\n10\n500000\n20\n4420000\n40\n2\n1\n{label}\n\
             0\nLWPOLYLINE\n5\n1B\n8\n界线\n90\n3\n70\n1\n10\n0\n20\n0\n10\n10\n20\n0\n10\n10\n20\n10\n\
             0\nENDSEC\n0\nEOF\n"
        )
    };
    let path = folder.write("a.dxf", encoding_rs::GBK.encode(&text("化工厂\\U+6C61")).0);
    let got = Ask::default().read(&path);
    assert_eq!(got.faults, []);
    assert_eq!(got.value(0, "Layer"), Some("地块"));
    assert_eq!(got.value(0, "Text"), Some("化工厂污"));
    assert_eq!(got.value(1, "Layer"), Some("界线"));
    assert!(matches!(got.geometry(1), Geometry::LineString(line) if line.is_closed()));
    let newer = text("化工厂").replace("AC1015", "AC1021");
    let got = Ask::default().read(&folder.write("b.dxf", newer));
    assert_eq!(got.value(0, "Text"), Some("化工厂"));
    let path = folder.write("c.dxf", "AutoCAD Binary DXF\r\n\x1a\0rest");
    assert_eq!(Ask::default().problem_key(&path), Key::SourceDxfBinary);
}

#[test]
fn replacement_characters_and_short_floats_are_what_they_are() {
    let folder = Folder::new();
    let path = folder.path("a.gpkg");
    let from = folder.write("a.csv", "id,v,t\n1,0.1,a\u{fffd}b\n2,16777217.5,ok\n");
    ogr2ogr(&path, &from, &["-oo", "AUTODETECT_TYPE=YES"]);
    let got = Ask::table().read(&path);
    assert_eq!(
        got.reasons(),
        [(1, Some("t"), Key::SourceReplacementCharacter)]
    );
    assert_eq!(got.value(0, "v"), Some("16777217.5"));
}

#[test]
fn every_thread_hears_only_its_own_faults() {
    let folder = Folder::new();
    let good = folder.path("good.gpkg");
    ogr2ogr(&good, &folder.write("sites.geojson", SITES), &[]);
    let bad = folder.write("bad.gpkg", &fs::read(&good).unwrap()[..20_000]);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..20 {
                    check_sites(&Ask::default().read(&good));
                }
            });
            scope.spawn(|| {
                for _ in 0..20 {
                    Ask::default().problem(&bad);
                }
            });
        }
    });
}

#[test]
fn text_in_a_column_of_numbers_is_no_zero() {
    let folder = Folder::new();
    let path = folder.path("a.gpkg");
    let from = folder.write("a.csv", "id,lead,n\n1,0.5,1\n2,0.25,2\n3,0.125,3\n");
    ogr2ogr(&path, &from, &["-oo", "AUTODETECT_TYPE=YES"]);
    assert_eq!(Ask::table().read(&path).faults, []);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute("update a set lead = '<0.005' where id = 2", [])
        .unwrap();
    connection
        .execute("update a set n = 3.5, lead = 7 where id = 3", [])
        .unwrap();
    drop(connection);
    let got = Ask::table().read(&path);
    assert_eq!(
        got.reasons(),
        [
            (2, Some("lead"), Key::SourceMistyped),
            (3, Some("n"), Key::SourceMistyped)
        ]
    );
    assert_eq!(got.value(0, "lead"), Some("0.5"));
}

#[test]
fn single_precision_is_not_dressed_up_as_double() {
    let folder = Folder::new();
    let from = folder.write("a.csv", "id,v,x,y\n1,0.1,1,1\n2,116.4,2,2\n");
    folder.write(
        "a.csvt",
        "\"Integer\",\"Real(Float32)\",\"CoordX\",\"CoordY\"",
    );
    for (name, driver) in [
        ("a.gpkg", "GPKG"),
        ("a.fgb", "FlatGeobuf"),
        ("a.gdb", "OpenFileGDB"),
    ] {
        let path = folder.path(name);
        ogr2ogr(&path, &from, &["-f", driver, "-lco", "SPATIAL_INDEX=NO"]);
        let got = Ask::table().read(&path);
        assert_eq!(
            (name, got.records.len(), &got.faults[..]),
            (name, 2, &[][..])
        );
        assert_eq!(
            (got.value(0, "v"), got.value(1, "v")),
            (Some("0.1"), Some("116.4")),
            "{name}"
        );
    }
}

#[test]
fn a_geometry_that_cannot_be_read_rejects_its_row() {
    let folder = Folder::new();
    let path = folder.path("a.gpkg");
    let from = folder.write("a.csv", "id,x,y\n1,1,1\n2,2,2\n3,3,3\n");
    let options = [
        "-oo",
        "X_POSSIBLE_NAMES=x",
        "-oo",
        "Y_POSSIBLE_NAMES=y",
        "-lco",
        "SPATIAL_INDEX=NO",
    ];
    ogr2ogr(&path, &from, &options);
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute("update a set geom = x'47500001' where id = 2", [])
        .unwrap();
    let nan =
        "update a set geom = substr(geom, 1, length(geom) - 8) || x'000000000000F87F' where id = 3";
    connection.execute(nan, []).unwrap();
    drop(connection);
    let got = Ask::default().read(&path);
    let rows: Vec<u64> = got.faults.iter().map(|fault| fault.row).collect();
    assert_eq!(
        (rows, got.records.len()),
        (vec![2, 3], 1),
        "{:?} {:?}",
        got.faults,
        got.records
    );
}
