//! The demonstration data: the same each time, a true tessellation, and exactly the faults it lists.

mod air;
mod base;
mod biodiversity;
mod ecology;
mod land;
mod noise;
mod plan;
mod rows;
mod soil;
mod tessellation;
mod water;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::tz::TimeZone;
use onemap::layer::{self, Accepted, Atlas, Taker, Territory, load};
use onemap::seed::{Dirt, Outcome, dirt};
use onemap::source::Diagnostic;

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
    assert!(report.bytes() < 25_000_000, "{} bytes", report.bytes());
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
    let zone = atlas.district.time_zone.clone();
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
            let listed: Vec<&Dirt> = dirt()
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

/// How many features an import would store of each layer of a theme.
fn stored(theme: &str) -> BTreeMap<String, usize> {
    let (atlas, zone, territory) = atlas();
    let of_theme = |layer: &&Arc<layer::Layer>| layer.theme.as_str() == theme;
    let layers = atlas.layers.values().filter(of_theme);
    layers
        .map(|layer| {
            let mut outcomes = Outcomes::default();
            layer::read(layer, &zone, Some(&territory), &mut outcomes).unwrap();
            (layer.id.as_str().to_owned(), outcomes.stored)
        })
        .collect()
}
