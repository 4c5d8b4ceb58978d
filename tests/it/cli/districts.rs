//! Real districts, with answers known beforehand.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;
use std::process::Command;

use super::{District, json};
use crate::support::shared;

/// Unpacks a gzipped file of the reference data.
fn unpack(from: &Path, to: &Path) {
    let mut text = Vec::new();
    let file = std::fs::File::open(from).unwrap();
    flate2::read::GzDecoder::new(file)
        .read_to_end(&mut text)
        .unwrap();
    std::fs::create_dir_all(to.parent().unwrap()).unwrap();
    std::fs::write(to, text).unwrap();
}

/// The rows that a list of rejects or repairs names.
fn rows_named(district: &District, list: &str) -> BTreeSet<u64> {
    let Ok(text) = std::fs::read(district.path(&format!("rejects/{list}.csv"))) else {
        return BTreeSet::new();
    };
    let mut rows = csv::Reader::from_reader(text.strip_prefix("\u{feff}".as_bytes()).unwrap());
    rows.records()
        .map(|record| record.unwrap()[1].parse().unwrap())
        .collect()
}

/// The features that GEOS (through GDAL) finds invalid, counted from 1.
fn invalid_by_geos(file: &Path) -> Option<BTreeSet<u64>> {
    let sql = "SELECT rowid FROM parcels WHERE NOT ST_IsValid(geom)";
    let said = Command::new("ogrinfo")
        .args(["-q", "-ro", "-dialect", "sqlite", "-sql", sql])
        .arg(file)
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    let text = String::from_utf8(said.stdout).unwrap();
    // A row number is the feature's own: `OGRFeature(SELECT):1061`.
    let rows = text
        .lines()
        .filter_map(|line| line.strip_prefix("OGRFeature(SELECT):"));
    Some(rows.map(|row| row.parse().unwrap()).collect())
}

#[test]
fn cambridge_is_a_district_like_any_other_and_none_of_its_parcels_is_lost() {
    let Some(file) = shared("data/landuse/cambridge_ma_parcels_fy2013_landuse.gpkg.gz") else {
        return;
    };
    let district = District::fixture("cambridge");
    let data = district.path("data/cambridge.gpkg");
    unpack(&file, &data);
    district.run(&["check"]).ended(0);
    let run = district.run(&["import", "--keep-going"]).ended(0);
    let (read, stored, rejected) = run.rows("parcels");
    assert_eq!(read, 13_159);
    assert_eq!(read, stored + rejected);

    let mut told = rows_named(&district, "parcels");
    assert_eq!(told.len() as u64, rejected, "each rejected row is listed");
    told.append(&mut rows_named(&district, "parcels-repairs"));
    match invalid_by_geos(&data) {
        Some(invalid) => {
            // Known: 21 in metres (EPSG:26986); in the degrees of the file three more.
            assert_eq!(invalid.len(), 24);
            let silent: Vec<_> = invalid.difference(&told).collect();
            assert!(
                silent.is_empty(),
                "invalid, neither mended nor named: {silent:?}"
            );
        }
        None => eprintln!("SKIPPED: GDAL here has no ST_IsValid to compare with"),
    }

    let serving = district.serve(&[]);
    let parcels = json(&format!(
        "{}/collections/parcels/items?limit=1",
        serving.public
    ));
    assert_eq!(parcels["numberMatched"], stored);
    serving.stop();
}

#[test]
fn a_hundred_thousand_output_areas_are_read_and_each_is_stored_or_named() {
    let Some(file) = shared("data/bulk/uk_oa2011_urban_105285.geojsonl.gz") else {
        return;
    };
    let district = District::fixture("uk");
    unpack(&file, &district.path("data/output-areas.geojsonl"));
    let run = district.run(&["import", "--keep-going"]).ended(0);
    let (read, stored, rejected) = run.rows("output-areas");
    assert_eq!(read, 105_285);
    assert_eq!(read, stored + rejected);
    let mut told = rows_named(&district, "output-areas");
    assert_eq!(told.len() as u64, rejected);
    told.append(&mut rows_named(&district, "output-areas-repairs"));
    assert!(
        told.len() >= 126,
        "126 are really invalid, {} were told of",
        told.len()
    );

    let again = district.run(&["import", "output-areas"]).ended(0);
    assert!(again.out.contains("unchanged"), "{}", again.out);
}

#[test]
fn liechtenstein_is_imported_from_openstreetmap_as_it_is_published() {
    let Some(file) = shared("data/osm/liechtenstein.osm.pbf") else {
        return;
    };
    let district = District::fixture("liechtenstein");
    std::fs::copy(file, district.path("data/liechtenstein.osm.pbf")).unwrap();
    district.run(&["check"]).ended(0);
    // What is no building, or no waterway, is a rejected row.
    let run = district.run(&["import", "--keep-going"]).ended(0);
    for (layer, known) in [("buildings", 8_994), ("waterways", 205)] {
        let (read, stored, rejected) = run.rows(layer);
        assert_eq!(read, stored + rejected, "{layer}");
        let list = std::fs::read(district.path(&format!("rejects/{layer}.csv"))).unwrap();
        let mut list = csv::Reader::from_reader(list.strip_prefix("\u{feff}".as_bytes()).unwrap());
        let other = if layer == "buildings" {
            "building"
        } else {
            "waterway"
        };
        let mut reasons = std::collections::BTreeMap::<u64, Vec<String>>::new();
        for row in list.records().map(Result::unwrap) {
            let row_number = row[1].parse().unwrap();
            reasons
                .entry(row_number)
                .or_default()
                .push(row[2].to_owned());
        }
        assert_eq!(reasons.len() as u64, rejected, "{layer}");
        let refused = reasons
            .values()
            .filter(|columns| !columns.iter().any(|column| column == other))
            .count() as u64;
        assert_eq!(stored + refused, known, "{layer}");
        assert!(refused < 5, "{layer}: {refused} refused for other reasons");
    }
    let again = district.run(&["import"]).ended(0);
    assert_eq!(again.out.matches("unchanged").count(), 3, "{}", again.out);
}
