//! The demonstration data: the same each time, a true tessellation, and exactly the faults it lists.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use geo::{BoundingRect as _, Contains as _};
use geo_types::{Coord, LineString, MultiPolygon, Point, Polygon};
use jiff::tz::TimeZone;
use onemap::geom::{Geometry, gcj02, geodesic, validity};
use onemap::layer::{self, Accepted, Atlas, Taker, Territory, load};
use onemap::seed::{DIRT, Dirt, Outcome};
use onemap::source::Diagnostic;
use serde_json::Value;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder with its bytes, by its name from there.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(dir)
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn the_seeds_come_out_byte_for_byte_as_they_are_committed_every_time() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let report = onemap::seed::write(first.path()).unwrap();
    onemap::seed::write(second.path()).unwrap();
    let (once, twice) = (files(first.path()), files(second.path()));
    let sizes: Vec<(String, u64)> = once
        .iter()
        .map(|(n, b)| (n.clone(), b.len() as u64))
        .collect();
    assert_eq!(report.files, sizes);
    let differing = |a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>| -> Vec<String> {
        let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
        names
            .into_iter()
            .filter(|name| a.get(*name) != b.get(*name))
            .cloned()
            .collect()
    };
    assert_eq!(differing(&once, &twice), Vec::<String>::new());
    let committed = files(&root().join("seeds"));
    assert_eq!(
        differing(&once, &committed),
        Vec::<String>::new(),
        "run `onemap seed` and commit"
    );
    assert!(report.bytes() < 5_000_000, "{} bytes", report.bytes());
}

#[test]
fn every_file_says_that_it_is_demonstration_data() {
    let said = "演示数据";
    for (name, bytes) in files(&root().join("seeds")) {
        if name == "base/district-boundary.geojson" {
            continue;
        }
        let gbk = encoding_rs::GBK.encode(said).0;
        let says = |words: &[u8]| bytes.windows(words.len()).any(|window| window == words);
        assert!(says(said.as_bytes()) || says(&gbk), "{name}");
    }
}

/// A vertex in steps of 1e-7 degrees.
type Node = (i64, i64);

/// The parcels that are meant to be stored, their rings as integers of 1e-7 degrees.
fn parcels() -> Vec<(String, Vec<Node>)> {
    let text = fs::read_to_string(root().join("seeds/land/parcels.geojson")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for feature in file["features"].as_array().unwrap() {
        let id = feature["properties"]["ZDDM"].as_str().unwrap().to_owned();
        if id.starts_with("110105999") || !seen.insert(id.clone()) {
            continue;
        }
        let steps = |v: &Value| geom_steps(v.as_f64().unwrap());
        let mut ring: Vec<Node> = feature["geometry"]["coordinates"][0]
            .as_array()
            .unwrap()
            .iter()
            .map(|at| (steps(&at[0]), steps(&at[1])))
            .collect();
        if ring.first() == ring.last() {
            ring.pop();
        }
        ring.dedup();
        found.push((id, ring));
    }
    found
}

fn geom_steps(degrees: f64) -> i64 {
    onemap::geom::cast::f64_to_i64(degrees * 1e7)
}

fn degrees(ring: &[Node]) -> Polygon<f64> {
    let at = |v: i64| onemap::geom::cast::i64_to_f64(v) / 1e7;
    let line: Vec<Coord> = ring
        .iter()
        .map(|(x, y)| Coord {
            x: at(*x),
            y: at(*y),
        })
        .collect();
    Polygon::new(LineString::new(line), vec![])
}

fn edges(ring: &[Node]) -> impl Iterator<Item = (Node, Node)> {
    (0..ring.len()).map(|i| (ring[i], ring[(i + 1) % ring.len()]))
}

/// The real boundary without its shift.
fn district() -> MultiPolygon<f64> {
    let text = fs::read_to_string(root().join("seeds/base/district-boundary.geojson")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let ring = |part: &Value| -> LineString<f64> {
        let positions = part[0].as_array().unwrap().iter();
        positions
            .map(|at| gcj02::to_wgs84(at[0].as_f64().unwrap(), at[1].as_f64().unwrap()))
            .collect::<Vec<_>>()
            .into()
    };
    let parts = file["features"][0]["geometry"]["coordinates"]
        .as_array()
        .unwrap();
    MultiPolygon(
        parts
            .iter()
            .map(|part| Polygon::new(ring(part), vec![]))
            .collect(),
    )
}

#[test]
fn the_parcels_share_every_inner_edge_and_fill_the_district() {
    let parcels = parcels();
    assert!((1800..2300).contains(&parcels.len()), "{}", parcels.len());
    let mut walked: BTreeMap<(Node, Node), &str> = BTreeMap::new();
    for (id, ring) in &parcels {
        let faults = validity::faults(&Geometry::Polygon(degrees(ring)));
        assert!(faults.is_empty(), "{id}: {faults:?}");
        for edge in edges(ring) {
            // An edge walked twice the same way would be an overlap.
            assert_eq!(walked.insert(edge, id), None, "{id} overlaps at {edge:?}");
        }
    }
    // What is walked one way only is the outline: it must run along the boundary.
    let district = district();
    let outline: Vec<_> = walked
        .keys()
        .filter(|(a, b)| !walked.contains_key(&(*b, *a)))
        .collect();
    assert!((1700..4000).contains(&outline.len()), "{}", outline.len());
    let border: Vec<(f64, f64, f64, f64)> = district
        .iter()
        .flat_map(|part| {
            part.exterior()
                .lines()
                .map(|l| (l.start.x, l.start.y, l.end.x, l.end.y))
        })
        .collect();
    for (from, _) in outline {
        let at = degrees(&[*from]).exterior().0[0];
        let near = border.iter().any(|line| metres_from(at, *line) < 0.03);
        assert!(near, "{at:?} lies beside the boundary");
    }
    let sum: f64 = parcels
        .iter()
        .map(|(_, r)| geodesic::polygon_area_m2(&degrees(r)))
        .sum();
    let whole = geodesic::area_m2(&Geometry::MultiPolygon(district));
    assert!((sum / whole - 1.0).abs() < 1e-6, "{sum} m² of {whole} m²");
}

/// Metres from a place to a line, in the plane around 40° N.
fn metres_from(at: Coord, (ax, ay, bx, by): (f64, f64, f64, f64)) -> f64 {
    let plane = |x: f64, y: f64| ((x - at.x) * 85_390.0, (y - at.y) * 111_040.0);
    let ((ax, ay), (bx, by)) = (plane(ax, ay), plane(bx, by));
    let (dx, dy) = (bx - ax, by - ay);
    let t = (-(ax * dx + ay * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    (ax + t * dx).hypot(ay + t * dy)
}

#[test]
fn every_place_of_the_district_lies_in_exactly_one_parcel() {
    let parcels: Vec<_> = parcels()
        .iter()
        .map(|(_, ring)| degrees(ring))
        .map(|polygon| (polygon.bounding_rect().unwrap(), polygon))
        .collect();
    let district = district();
    let mut tried = 0;
    // A lattice whose steps share no divisor with the parcels' grid.
    for i in 0..150 {
        for j in 0..150 {
            let at = Point::new(
                116.344_000_37 + 0.001_970_13 * f64::from(i),
                39.808_000_41 + 0.001_990_17 * f64::from(j),
            );
            if district.contains(&at) {
                tried += 1;
                let holders = parcels
                    .iter()
                    .filter(|(bounds, polygon)| bounds.contains(&at) && polygon.contains(&at))
                    .count();
                assert_eq!(holders, 1, "{at:?}");
            }
        }
    }
    assert!(tried > 9_000, "{tried}");
}

/// What an import would make of a layer.
#[derive(Debug, Default)]
struct Outcomes {
    stored: usize,
    /// For each rejected row, the columns or fields of its reasons.
    rejected: Vec<(u64, BTreeSet<String>, Vec<String>)>,
    /// For each mended row likewise.
    mended: Vec<(u64, BTreeSet<String>, Vec<String>)>,
    /// Told of rows of another file.
    asides: usize,
}

impl Taker for Outcomes {
    fn opened(&mut self, _: Option<u64>) {}

    fn row(&mut self, row: Result<Accepted, Vec<Diagnostic>>) -> ControlFlow<()> {
        let told = |found: &[Diagnostic]| {
            let columns = found.iter().filter_map(|d| d.column.clone()).collect();
            (
                found[0].row,
                columns,
                found.iter().map(|d| d.reason.to_string()).collect(),
            )
        };
        match row {
            Err(faults) => self.rejected.push(told(&faults)),
            Ok(accepted) => {
                self.stored += 1;
                if !accepted.notes.is_empty() {
                    self.mended.push(told(&accepted.notes));
                }
            }
        }
        ControlFlow::Continue(())
    }

    fn aside(&mut self, _: &str, _: Diagnostic) {
        self.asides += 1;
    }
}

fn atlas() -> (Atlas, TimeZone, Arc<Territory>) {
    let atlas = load(&root(), &root().join("layers")).unwrap();
    let zone = TimeZone::get(&atlas.district.time_zone).unwrap();
    let territory = layer::territory(&atlas, &zone).unwrap();
    (atlas, zone, territory)
}

/// What an import would make of every layer.
fn outcomes() -> (Atlas, BTreeMap<String, Outcomes>) {
    let (atlas, zone, territory) = atlas();
    let mut all = BTreeMap::new();
    for (id, definition) in &atlas.layers {
        let mut outcomes = Outcomes::default();
        layer::read(definition, &zone, Some(&territory), &mut outcomes).unwrap();
        all.insert(id.as_str().to_owned(), outcomes);
    }
    (atlas, all)
}

#[test]
fn the_layers_load_and_their_examples_hold() {
    let (atlas, _, _) = atlas();
    let ids: Vec<&str> = atlas
        .layers
        .keys()
        .map(onemap::model::LayerId::as_str)
        .collect();
    assert_eq!(
        ids,
        [
            "district-boundary",
            "drinking-water-intakes",
            "ecological-spaces",
            "occurrences",
            "parcels",
            "pollution-sites",
            "risk-control-list",
            "soil-samples",
        ]
    );
    assert_eq!(atlas.absent, []);
    assert_eq!(layer::run_examples(&atlas), []);
    for definition in atlas.layers.values() {
        let examples = layer::examples_path(definition).filter(|path| path.try_exists().unwrap());
        assert!(examples.is_some(), "{} has no examples", definition.id);
        let Some(coverage) = &definition.coverage else {
            continue;
        };
        assert!(
            !layer::coverage(coverage).unwrap().0.areas.is_empty(),
            "{}",
            definition.id
        );
    }
}

#[test]
fn an_import_rejects_and_repairs_exactly_the_faults_that_are_listed() {
    let (atlas, all) = outcomes();
    let mut wrong = String::new();
    for layer in atlas.layers.values() {
        let id = layer.id.as_str();
        let outcomes = &all[id];
        for (outcome, rows) in [
            (Outcome::Rejected, &outcomes.rejected),
            (Outcome::Repaired, &outcomes.mended),
        ] {
            let listed: Vec<&Dirt> = DIRT
                .iter()
                .filter(|d| d.layer == id && d.outcome == outcome)
                .collect();
            let mut sound = rows.len() == listed.iter().map(|d| d.rows).sum::<usize>();
            // Every fault that names a field is found in that field, as often as it is listed.
            let mut by_field: BTreeMap<&str, usize> = BTreeMap::new();
            for dirt in listed.into_iter().filter(|d| !d.field.is_empty()) {
                *by_field.entry(dirt.field).or_default() += dirt.rows;
            }
            for (fields, expected) in by_field {
                let column = |name| {
                    layer
                        .field(name)
                        .map_or(name, |(_, field)| field.from.as_str())
                };
                let is = |columns: &BTreeSet<String>| {
                    fields.split('|').any(|name| columns.contains(column(name)))
                };
                sound &= rows.iter().filter(|(_, columns, _)| is(columns)).count() == expected;
            }
            if !sound {
                writeln!(wrong, "{id} {outcome:?}: {rows:#?}").unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_layers_are_as_dense_as_they_are_meant_to_be() {
    let (_, all) = outcomes();
    let stored: BTreeMap<&str, usize> = all.iter().map(|(id, o)| (id.as_str(), o.stored)).collect();
    // One parcel's outline is not closed, and so is no outline.
    assert_eq!(all["risk-control-list"].asides, 1);
    insta::assert_debug_snapshot!(stored, @r#"
    {
        "district-boundary": 1,
        "drinking-water-intakes": 12,
        "ecological-spaces": 65,
        "occurrences": 1501,
        "parcels": 2074,
        "pollution-sites": 120,
        "risk-control-list": 13,
        "soil-samples": 1011,
    }
    "#);
}
