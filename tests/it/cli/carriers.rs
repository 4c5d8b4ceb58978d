//! The same two wells from every kind of file an authority may send.

use std::path::Path;
use std::process::Command;

use super::District;
use crate::support::skipped;

const WELLS: &str = "id,kind,lon,lat,wkt\n\
                     a,well,116.41,39.91,POINT (116.41 39.91)\n\
                     b,spring,116.42,39.92,POINT (116.42 39.92)\n";

/// A district whose points come from `data/<file>`, read as `how` says.
fn district(file: &str, how: &str) -> District {
    let district = District::fixture("points");
    let toml = district.path("layers/water/points.toml");
    let text = std::fs::read_to_string(&toml).unwrap();
    let source = "path = \"data/points.csv\", crs = \"EPSG:4490\", lon = \"lon\", lat = \"lat\"";
    assert!(text.contains(source));
    let other = format!("path = \"data/{file}\", crs = \"EPSG:4326\"{how}");
    std::fs::write(&toml, text.replace(source, &other)).unwrap();
    std::fs::write(district.path("data/wells.csv"), WELLS).unwrap();
    district
}

/// Writes the wells with GDAL's own tool; `false`: it is not here, or cannot write that.
fn written(to: &Path, from: &Path, options: &[&str]) -> bool {
    let done = Command::new("ogr2ogr")
        .args(options)
        .args(["-a_srs", "EPSG:4326", "-oo", "KEEP_GEOM_COLUMNS=NO"])
        .args(["-oo", "GEOM_POSSIBLE_NAMES=wkt", "-nln", "wells"])
        .args([to, from])
        .output();
    match done {
        Ok(done) if done.status.success() => true,
        Ok(done) => {
            skipped(&String::from_utf8_lossy(&done.stderr));
            false
        }
        Err(error) => {
            skipped(&format!("ogr2ogr: {error}"));
            false
        }
    }
}

#[test]
fn the_same_wells_come_out_of_every_kind_of_file() {
    let columns = ", lon = \"lon\", lat = \"lat\"";
    let folder_of_zip = ["-f", "ESRI Shapefile"];
    for (file, how, options) in [
        ("w.gpkg", "", &["-f", "GPKG"][..]),
        ("w.shz", "", &folder_of_zip),
        ("w.gdb", "", &["-f", "OpenFileGDB", "-nlt", "POINT"]),
        ("w.fgb", "", &["-f", "FlatGeobuf"]),
        ("w.kml", "", &["-f", "LIBKML"]),
        ("w.geojson", "", &["-f", "GeoJSON"]),
        ("w.geojsonl", "", &["-f", "GeoJSONSeq"]),
        ("w.xlsx", columns, &["-f", "XLSX"]),
    ] {
        let read = file.replace(".shz", ".zip");
        let district = district(&read, how);
        let made = district.path(&format!("data/{file}"));
        if !written(&made, &district.path("data/wells.csv"), options) {
            continue;
        }
        if read != file {
            std::fs::rename(&made, district.path(&format!("data/{read}"))).unwrap();
        }
        let run = district.run(&["import"]).ended(0);
        assert_eq!(run.rows("points"), (2, 2, 0), "{file}: {}", run.err);
    }
    let district = district("wells.csv", ", wkt = \"wkt\"");
    assert_eq!(district.run(&["import"]).ended(0).rows("points"), (2, 2, 0));
}

#[test]
fn the_ministrys_text_of_parcel_boundaries_is_imported_north_first() {
    let district = district("parcels.txt", ", encoding = \"GBK\"");
    let toml = district.path("layers/water/points.toml");
    let text = std::fs::read_to_string(&toml).unwrap();
    let text = text
        .replace("EPSG:4326", "EPSG:4548")
        .replace("geometry = \"point\"", "geometry = \"polygon\"")
        .replace("from = \"id\"", "from = \"地块编号\"")
        .replace(
            "type = \"code\"\ncodes = \"kinds\"",
            "type = \"text\"\nfrom = \"地块名称\"",
        );
    std::fs::write(&toml, text).unwrap();
    let style = district.path("layers/water/points.style.json");
    std::fs::copy(district.path("layers/base/territory.style.json"), style).unwrap();
    let parcels = "[属性描述]\n坐标系=2000国家大地坐标系\n[地块坐标]\n\
                   5,1.0,A1,北地块,面,,,,@\n\
                   J1,1,4420000,450000\nJ2,1,4420100,450000\nJ3,1,4420100,450100\n\
                   J4,1,4420000,450100\nJ1,1,4420000,450000\n\
                   5,1.0,A2,南地块,面,,,,@\n\
                   J1,1,4419000,450000\nJ2,1,4419100,450000\nJ3,1,4419100,450100\n\
                   J4,1,4419000,450100\nJ1,1,4419000,450000\n";
    let (gbk, _, _) = encoding_rs::GBK.encode(parcels);
    std::fs::write(district.path("data/parcels.txt"), &gbk).unwrap();
    let run = district.run(&["import"]).ended(0);
    assert_eq!(run.rows("points"), (2, 2, 0), "{}", run.err);

    // A parcel whose own line cannot be decoded is one rejected row, and no other's.
    let at = gbk.windows(2).position(|two| two == b"A2").unwrap();
    let mut spoilt = gbk.into_owned();
    spoilt[at] = 0xFF;
    std::fs::write(district.path("data/parcels.txt"), spoilt).unwrap();
    let run = district.run(&["import", "--keep-going"]).ended(0);
    assert_eq!(run.rows("points"), (2, 1, 1), "{}", run.err);
}
