//! Shapefiles: their parts, their encodings, their archives.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use onemap::source;
use onemap::text::Key;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Ask, Folder, Gathered, ogr, ogr2ogr};

/// A Shapefile of another writer, with its text in GBK and a `.cpg` that says so.
fn shapefile(folder: &Folder) -> PathBuf {
    let from = folder.write("sites.geojson", ogr::SITES);
    let path = folder.path("地块.shp");
    ogr2ogr(
        &path,
        &from,
        &["-lco", "ENCODING=GBK", "-dim", "2", "-a_srs", "EPSG:4326"],
    );
    path
}

fn check(got: &Gathered) {
    assert_eq!(got.faults, []);
    assert_eq!(got.value(1, "编号"), Some("朝阳区化工厂"));
    assert_eq!(got.value(0, "编号"), Some("0701"));
    assert_eq!(got.value(0, "面积"), Some("0.1"));
    assert_eq!(got.value(0, "日期"), Some("2025-06-30"));
    assert_eq!(got.value(1, "日期"), None);
    assert_eq!(
        (got.epsg(), got.opened.as_ref().unwrap().rows),
        (Some(4326), Some(2))
    );
    assert_eq!(got.geometry(0), &geo_types::Point::new(116.4, 39.9).into());
}

#[test]
fn gbk_is_read_as_the_cpg_or_the_request_or_the_language_byte_says() {
    let folder = Folder::new();
    let path = shapefile(&folder);
    check(&Ask::default().read(&path));
    let cpg = path.with_extension("cpg");
    fs::write(&cpg, "936").unwrap();
    check(&Ask::default().read(&path));
    fs::remove_file(&cpg).unwrap();
    let gbk = Ask {
        encoding: Some("GBK"),
        ..Ask::default()
    };
    check(&gbk.read(&path));

    let dbf = path.with_extension("dbf");
    let mut bytes = fs::read(&dbf).unwrap();
    bytes[29] = 0x4D;
    fs::write(&dbf, &bytes).unwrap();
    check(&Ask::default().read(&path));
    bytes[29] = 0;
    fs::write(&dbf, &bytes).unwrap();
    assert_eq!(
        Ask::default().problem_key(&path),
        Key::SourceHeaderUndecodable
    );
}

#[test]
fn a_value_that_cannot_be_decoded_rejects_its_row() {
    let folder = Folder::new();
    let path = shapefile(&folder);
    let dbf = path.with_extension("dbf");
    let mut bytes = fs::read(&dbf).unwrap();
    let half = encoding_rs::GBK.encode("工厂").0.into_owned();
    let at = bytes
        .windows(half.len())
        .position(|window| window == half)
        .unwrap();
    bytes[at] = 0xFF;
    fs::write(&dbf, &bytes).unwrap();
    for _ in 0..2 {
        let got = Ask::default().read(&path);
        assert_eq!(got.reasons(), [(2, Some("编号"), Key::SourceUndecodable)]);
        assert_eq!(got.records.len(), 1);
    }
}

#[test]
fn a_missing_part_is_named() {
    for part in ["shx", "dbf"] {
        let folder = Folder::new();
        let path = shapefile(&folder);
        fs::remove_file(path.with_extension(part)).unwrap();
        let problem = Ask::default().problem(&path);
        assert_eq!(super::key_of(&problem), Key::SourceShapefilePart);
        assert_eq!(
            problem.message().arg("part"),
            Some(format!(".{part}").as_str())
        );
    }
}

#[test]
fn a_part_that_is_cut_short_is_never_read_as_if_whole() {
    for (part, keep) in [
        ("shp", 110),
        ("shp", 60),
        ("shx", 104),
        ("dbf", 300),
        ("dbf", 20),
    ] {
        let folder = Folder::new();
        let path = shapefile(&folder);
        let file = path.with_extension(part);
        let bytes = fs::read(&file).unwrap();
        fs::write(&file, &bytes[..keep.min(bytes.len() - 1)]).unwrap();
        let key = Ask::default().problem_key(&path);
        assert_eq!(key, Key::SourceShapefileCut, "{part} {keep}");
    }
}

#[test]
fn a_table_of_another_shapefile_is_noticed() {
    let folder = Folder::new();
    let path = shapefile(&folder);
    let one = folder.write(
        "one.geojson",
        r#"{"type":"Feature","properties":{"a":1},"geometry":{"type":"Point","coordinates":[1,2]}}"#,
    );
    ogr2ogr(&folder.path("one.shp"), &one, &[]);
    fs::copy(folder.path("one.dbf"), path.with_extension("dbf")).unwrap();
    assert_eq!(
        Ask::default().problem_key(&path),
        Key::SourceShapefileCounts
    );
    let ask = Ask {
        layer: Some("two"),
        ..Ask::default()
    };
    assert_eq!(
        ask.problem_key(&folder.path("one.shp")),
        Key::SourceLayerMissing
    );
}

/// Packs the parts of a Shapefile under another name, given as the archive is to hold it.
fn pack(folder: &Folder, shp: &Path, archive: &str, stems: &[&str]) -> PathBuf {
    let path = folder.path(archive);
    let mut zip = ZipWriter::new(fs::File::create(&path).unwrap());
    for stem in stems {
        for part in ["shp", "shx", "dbf", "prj", "cpg"] {
            zip.start_file(format!("{stem}.{part}"), SimpleFileOptions::default())
                .unwrap();
            zip.write_all(&fs::read(shp.with_extension(part)).unwrap())
                .unwrap();
        }
    }
    zip.start_file("__MACOSX/._x.shp", SimpleFileOptions::default())
        .unwrap();
    zip.finish().unwrap();
    path
}

#[test]
fn a_zipped_shapefile_is_read_wherever_it_lies_in_its_archive() {
    let folder = Folder::new();
    let shp = shapefile(&folder);
    check(&Ask::default().read(&pack(&folder, &shp, "a.zip", &["数据/地块 一"])));
    let two = pack(&folder, &shp, "b.zip", &["a/one", "b/二"]);
    let problem = Ask::default().problem(&two);
    assert_eq!(super::key_of(&problem), Key::SourceLayerUnnamed);
    assert_eq!(problem.message().arg("layers"), Some("one, 二"));
    check(
        &Ask {
            layer: Some("二"),
            ..Ask::default()
        }
        .read(&two),
    );
    let missing = Ask {
        layer: Some("三"),
        ..Ask::default()
    };
    assert_eq!(missing.problem_key(&two), Key::SourceLayerMissing);
}

#[test]
fn an_archive_whose_names_are_gbk_is_read() {
    let folder = Folder::new();
    let shp = shapefile(&folder);
    // Two letters of ASCII stand where GBK's two bytes go: the maker of the archive says nothing.
    let path = pack(&folder, &shp, "a.zip", &["XY"]);
    let bytes = fs::read(&path).unwrap();
    let name = encoding_rs::GBK.encode("地").0.into_owned();
    let mut renamed = bytes.clone();
    for at in 0..bytes.len() - 3 {
        if &bytes[at..at + 3] == b"XY." {
            renamed[at..at + 2].copy_from_slice(&name);
        }
    }
    let path = folder.write("b.zip", renamed);
    check(&Ask::default().read(&path));
    check(
        &Ask {
            layer: Some("地"),
            ..Ask::default()
        }
        .read(&path),
    );
}

#[test]
fn an_archive_that_holds_no_shapefile_or_is_none_is_refused() {
    let folder = Folder::new();
    let path = folder.path("a.zip");
    let mut zip = ZipWriter::new(fs::File::create(&path).unwrap());
    zip.start_file("readme.txt", SimpleFileOptions::default())
        .unwrap();
    zip.finish().unwrap();
    assert_eq!(Ask::default().problem_key(&path), Key::SourceNoShapefile);
    let path = folder.write("b.zip", "not an archive");
    assert_eq!(Ask::default().problem_key(&path), Key::SourceArchiveDamaged);
}

#[test]
fn a_folder_of_shapefiles_is_a_source_and_all_its_files_count() {
    let folder = Folder::new();
    let shp = shapefile(&folder);
    fs::remove_file(folder.path("sites.geojson")).unwrap();
    let all = source::files(&shp).unwrap();
    let names: Vec<_> = all
        .iter()
        .map(|f| f.extension().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names, ["cpg", "dbf", "prj", "shp", "shx"]);
    let root = shp.parent().unwrap();
    check(&Ask::default().read(root));
    assert_eq!(source::files(root).unwrap(), all);
    fs::rename(shp.with_extension("dbf"), shp.with_extension("DBF")).unwrap();
    assert!(
        source::files(&shp)
            .unwrap()
            .iter()
            .any(|f| f.ends_with("地块.DBF"))
    );
    check(&Ask::default().read(&shp));
    assert_eq!(
        source::files(&folder.path("none.shp"))
            .unwrap_err()
            .message()
            .key(),
        Key::SourceFileMissing
    );
}
