//! How long the index takes to build, what it weighs, and how long a tile takes: on 105,285 real
//! polygons. `cargo bench --bench tiles` prints the figures; nothing here asserts a time.

#![expect(clippy::print_stdout, reason = "a bench says what it found")]

mod areas;

use std::error::Error;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use onemap::geom::{BBox, TileId, cast};
use onemap::index::Snapshot;
use onemap::query::{Filter, PageRequest, in_box, page};
use onemap::tile::{Counts, encode};

const COMMAND: &str = "cargo bench --bench tiles";

fn main() -> Result<(), Box<dyn Error>> {
    let Some(file) = areas::file()? else {
        return Ok(());
    };
    let (features, text_bytes) = areas::read(&file)?;
    let view = Arc::new(areas::view());
    let began = Instant::now();
    let layer = Snapshot::build(view, features);
    row(
        "index: build",
        &format!("{:.2} s", began.elapsed().as_secs_f64()),
    );
    weigh(&layer, text_bytes);
    one_tile(&layer);
    many_tiles(&layer);
    questions(&layer);
    Ok(())
}

fn row(what: &str, figure: &str) {
    println!("| {what} | {figure} | `{COMMAND}` |");
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

/// The value that this part of the sorted times does not exceed.
fn quantile(times: &mut [Duration], part: f64) -> f64 {
    times.sort_unstable();
    let last = cast::usize_to_f64(times.len() - 1);
    milliseconds(times[cast::f64_to_usize(last * part)])
}

fn weigh(layer: &Snapshot, text_bytes: usize) {
    let bytes = layer.bytes(None);
    let per = |part: usize, of: usize| cast::usize_to_f64(part) / cast::usize_to_f64(of);
    row(
        "index: features, vertices, bytes",
        &format!(
            "{}, {}, {:.1} MB = {:.2} × the GeoJSON text",
            layer.len(),
            layer.vertices(),
            per(bytes.total(), 1_000_000),
            per(bytes.total(), text_bytes),
        ),
    );
    row(
        "index: bytes a vertex, a feature",
        &format!(
            "{:.1} of geometry; {:.1} of boxes, {:.1} of ids, {:.1} of values",
            per(bytes.geometry, layer.vertices()),
            per(bytes.tree, layer.len()),
            per(bytes.ids, layer.len()),
            per(bytes.values, layer.len()),
        ),
    );
}

/// One tile over London at three zooms: encoded the first time, and again and again.
fn one_tile(layer: &Snapshot) {
    for zoom in [8, 12, 15] {
        let tile = TileId::at(-0.1276, 51.5072, zoom);
        let began = Instant::now();
        let encoded = encode(layer, tile);
        let first = milliseconds(began.elapsed());
        let mut again: Vec<Duration> = (0..31)
            .map(|_| {
                let began = Instant::now();
                black_box(encode(layer, black_box(tile)));
                began.elapsed()
            })
            .collect();
        row(
            &format!("tile {tile}: encode"),
            &format!(
                "first {first:.2} ms, again {:.2} ms (median of 31); {} features, {} vertices, {} kB",
                quantile(&mut again, 0.5),
                encoded.counts.features,
                encoded.counts.vertices,
                encoded.bytes.len() / 1000,
            ),
        );
    }
}

/// Tiles all over the layer, one by one, each once: those around its features, spread evenly.
fn many_tiles(layer: &Snapshot) {
    let mut times = Vec::new();
    let mut counts = Counts::default();
    let mut largest = 0;
    for zoom in 5..=16 {
        let step = (layer.len() / 400).max(1);
        let mut tiles: Vec<TileId> = (0..layer.len())
            .step_by(step)
            .filter_map(|row| layer.bbox(row))
            .map(|bbox| TileId::at(bbox.west, bbox.north, zoom))
            .collect();
        tiles.sort_unstable();
        tiles.dedup();
        let mut of_zoom = Vec::new();
        for tile in tiles {
            let began = Instant::now();
            let encoded = black_box(encode(layer, tile));
            of_zoom.push(began.elapsed());
            largest = largest.max(encoded.bytes.len());
            counts = counts.plus(encoded.counts);
        }
        times.extend_from_slice(&of_zoom);
        println!(
            "z{zoom}: {} tiles, median {:.2} ms, greatest {:.2} ms",
            of_zoom.len(),
            quantile(&mut of_zoom, 0.5),
            quantile(&mut of_zoom, 1.0),
        );
    }
    row(
        &format!("{} tiles z5–z16, each once: encode", times.len()),
        &format!(
            "p50 {:.2} ms, p95 {:.2} ms, max {:.2} ms; largest {} kB before compression",
            quantile(&mut times, 0.5),
            quantile(&mut times, 0.95),
            quantile(&mut times, 1.0),
            largest / 1000,
        ),
    );
    println!("{counts:?}");
}

fn questions(layer: &Snapshot) {
    let london = BBox {
        west: -0.5,
        south: 51.3,
        east: 0.3,
        north: 51.7,
    };
    let began = Instant::now();
    let found = in_box(layer, &london).len();
    row(
        "query: in a box",
        &format!("{found} rows in {:.2} ms", milliseconds(began.elapsed())),
    );
    let began = Instant::now();
    let request = PageRequest {
        boxes: &[london],
        filter: &Filter::default(),
        after: None,
        limit: 5000,
    };
    let matched = black_box(page(layer, &request)).matched;
    row(
        "query: a page of 5,000 by id, counted",
        &format!("of {matched} in {:.2} ms", milliseconds(began.elapsed())),
    );
}
