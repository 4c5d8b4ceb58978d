//! Real data, with known counts.

use std::fs::File;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use flate2::read::GzDecoder;
use onemap::geom::Geometry;
use onemap::source::{self, Opened, Place, Reading, Request, Sink};
use onemap::text::{Key, Problem};

use super::{Ask, Folder};
use crate::support::shared;

/// Counts, and holds nothing.
#[derive(Default)]
struct Counted {
    promised: Option<u64>,
    epsg: Option<u32>,
    records: u64,
    rejected: u64,
    vertices: usize,
}

impl Sink for Counted {
    fn opened(&mut self, opened: &Opened) -> Result<(), Problem> {
        self.promised = opened.rows;
        self.epsg = opened.crs.as_ref().and_then(|crs| crs.epsg);
        Ok(())
    }

    fn row(&mut self, reading: Reading) -> ControlFlow<()> {
        use geo::CoordsIter as _;
        match reading {
            Reading::Record(record) => {
                self.records += 1;
                self.vertices += record
                    .geometry
                    .map_or(0, |geometry| geometry.coords_count());
            }
            Reading::Rejected(_) => self.rejected += 1,
        }
        ControlFlow::Continue(())
    }
}

fn count(path: &Path, layer: Option<&str>, place: &Place) -> Counted {
    let mut counted = Counted::default();
    let request = Request {
        path,
        layer,
        encoding: None,
        place,
    };
    source::read(&request, &mut counted).unwrap();
    counted
}

fn unpack(from: &Path, to: &Path) {
    let mut packed = GzDecoder::new(File::open(from).unwrap());
    io::copy(&mut packed, &mut File::create(to).unwrap()).unwrap();
}

#[test]
fn the_105_285_output_areas_are_read_each_with_its_vertices() {
    let Some(path) = shared("data/bulk/uk_oa2011_urban_105285.geojsonl.gz") else {
        return;
    };
    let got = count(&path, None, &Place::Geometry);
    assert_eq!(
        (got.records, got.rejected, got.promised),
        (105_285, 0, Some(105_285))
    );
    // "1.80 M vertices" of the manifest.
    assert!(
        (1_790_000..1_910_000).contains(&got.vertices),
        "{}",
        got.vertices
    );
    assert_eq!(got.epsg, Some(4326));
}

#[test]
fn the_13_159_parcels_of_cambridge_are_read_and_its_layers_named() {
    let Some(packed) = shared("data/landuse/cambridge_ma_parcels_fy2013_landuse.gpkg.gz") else {
        return;
    };
    let folder = Folder::new();
    let path = folder.path("cambridge.gpkg");
    unpack(&packed, &path);
    let problem = Ask::default().problem(&path);
    assert_eq!(super::key_of(&problem), Key::SourceLayerUnnamed);
    let layers = problem.message().arg("layers").unwrap().to_owned();
    let parcels = layers
        .split(", ")
        .find(|name| name.contains("parcel"))
        .unwrap();
    let got = Ask {
        layer: Some(parcels),
        ..Ask::default()
    }
    .read(&path);
    assert_eq!((got.records.len(), got.rejected), (13_159, 0));
    assert_eq!(got.opened.as_ref().unwrap().rows, Some(13_159));
    assert_eq!(got.epsg(), Some(4326));
    assert!(got.records.iter().all(|record| record.geometry.is_some()));
}

#[test]
fn liechtenstein_is_read_as_a_source_by_layer() {
    let Some(path) = shared("data/osm/liechtenstein.osm.pbf") else {
        return;
    };
    let problem = Ask::default().problem(&path);
    assert_eq!(
        problem.message().arg("layers"),
        Some("points, lines, multilinestrings, multipolygons, other_relations")
    );
    let got = Ask {
        layer: Some("multipolygons"),
        ..Ask::default()
    }
    .read(&path);
    assert_eq!(got.faults, []);
    let buildings = (0..got.records.len())
        .filter(|&i| got.value(i, "building").is_some())
        .count();
    assert_eq!(buildings, 8_994);
    assert!(matches!(got.geometry(0), Geometry::MultiPolygon(_)));
    let lines = Ask {
        layer: Some("lines"),
        ..Ask::default()
    }
    .read(&path);
    let waterways = (0..lines.records.len())
        .filter(|&i| lines.value(i, "waterway").is_some())
        .count();
    assert_eq!(waterways, 205);
}

#[test]
fn measurements_below_detection_come_through_untouched() {
    let Some(path) = shared("data/soil/tar_creek_excerpt.csv") else {
        return;
    };
    let got = Ask::table().read(&path);
    assert_eq!((got.records.len(), got.rejected), (13, 0));
    assert_eq!(got.value(0, "Lead"), Some("<0.005"));
    assert_eq!(got.value(0, "D.O."), Some("-"));
    let all: Vec<&str> = got
        .records
        .iter()
        .flat_map(|r| r.cells.iter().flatten().map(String::as_str))
        .collect();
    for text in ["< 0.02", "<0.002", ".", "na", "n.a."] {
        assert!(all.contains(&text), "{text}");
    }
}

#[test]
fn the_places_of_the_world_are_read_from_compressed_text() {
    let Some(path) = shared("data/bulk/geonames_cities500_235k.csv.gz") else {
        return;
    };
    let folder = Folder::new();
    let plain = folder.path("places.csv");
    unpack(&path, &plain);
    let mut names = csv::Reader::from_path(&plain).unwrap();
    let header = names.headers().unwrap().clone();
    let like = |part: &str| {
        header
            .iter()
            .find(|name| name.contains(part))
            .unwrap()
            .to_owned()
    };
    let place = Place::Columns {
        x: like("lon"),
        y: like("lat"),
    };
    let got = count(&path, None, &place);
    assert_eq!((got.records, got.rejected), (234_908, 0));
}

#[test]
fn every_table_of_the_reference_data_is_read_as_the_csv_crate_reads_it() {
    for name in [
        "boundary/geonames_beijing.csv",
        "boundary/chaoyang_43_streets.csv",
        "ecology/china_birds_cbr_v4_2016.csv",
        "ecology/china_key_protected_animals_1989_2003.csv",
        "soil/colorado_geochem.csv",
        "landuse/euluc2018_city_type_fraction.csv",
    ] {
        let Some(path) = shared(&format!("data/{name}")) else {
            return;
        };
        let got = Ask::table().read(&path);
        let mut oracle = csv::ReaderBuilder::new()
            .flexible(true)
            .from_path(&path)
            .unwrap();
        let width = oracle.headers().unwrap().len();
        let (whole, ragged): (Vec<_>, Vec<_>) = oracle
            .records()
            .map(Result::unwrap)
            .partition(|row| row.len() == width);
        assert_eq!(got.records.len(), whole.len(), "{name}");
        for (record, row) in got.records.iter().zip(whole) {
            let ours = record
                .cells
                .iter()
                .map(|cell| cell.as_deref().unwrap_or_default());
            assert!(
                ours.eq(row.iter().map(str::trim)),
                "{name}, row {}",
                record.row
            );
        }
        let theirs: Vec<u64> = ragged
            .iter()
            .map(|row| row.position().unwrap().line())
            .collect();
        let ours: Vec<u64> = got.faults.iter().map(|fault| fault.row).collect();
        assert_eq!(ours, theirs, "{name}");
    }
}

#[test]
fn the_boundaries_are_read_and_say_which_degrees_they_claim() {
    for (name, epsg) in [
        ("boundary/chaoyang_110105_wgs84.geojson", Some(4326)),
        (
            "boundary/beijing_districts_wgs84_from_amap.geojson",
            Some(4326),
        ),
        (
            "boundary/beijing_districts_cgcs2000_tianditu_simplified.geojson",
            Some(4326),
        ),
    ] {
        let Some(path) = shared(&format!("data/{name}")) else {
            return;
        };
        let got = Ask::default().read(&path);
        assert_eq!((got.rejected, got.epsg()), (0, epsg), "{name}");
        assert!(!got.records.is_empty());
    }
}
