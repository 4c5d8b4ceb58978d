//! How many parcels a second can be asked about: what lies within 500 m with distances, and what
//! they share with a tessellation. `cargo bench --bench near` prints the figures; nothing here
//! asserts a time. `cargo bench --bench near -- --write FOLDER` also writes what was asked, for
//! asking others the same.
//!
//! `within`: 200,000 points, drawn with the seed 1 from the first 640,000 vertices of the Output
//! Areas (a vertex may be drawn twice), and 2,000 parcels, drawn from the areas of those vertices:
//! about 105 points within 500 m of each. `overlap`: 200,000 squares of 60 m, each within 0.001° of a
//! vertex drawn from all, against all areas.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench that cannot go on stops, and says what it found"
)]

mod areas;

use std::error::Error;
use std::fs::File;
use std::hint::black_box;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use geo_types::{Coord, Geometry, Polygon};
use onemap::geom::frame::Frame;
use onemap::geom::{Target, cast, wkb};
use onemap::index::Snapshot;
use onemap::model::{Audience, Feature, FeatureId, Period, Published, Value};
use onemap::query::near;
use rayon::prelude::*;

const COMMAND: &str = "cargo bench --bench near";

/// Of so many of the first vertices the points are drawn, and of their areas the parcels.
const FIRST_VERTICES: usize = 640_000;
const POINTS: usize = 200_000;
const PARCELS: usize = 2_000;
const SQUARES: usize = 200_000;
const REACH_M: f64 = 500.0;

fn main() -> Result<(), Box<dyn Error>> {
    let Some(file) = areas::file()? else {
        return Ok(());
    };
    let (features, _) = areas::read(&file)?;
    let layer = Snapshot::build(Arc::new(areas::view()), features);
    let vertices: Vec<(usize, Coord<f64>)> = layer
        .rows_by_id()
        .flat_map(|row| layer.parts(row).map(move |part| (row, part)))
        .flat_map(|(row, part)| part.coords.iter().map(move |at| (row, *at)))
        .collect();
    let mut chance = Chance(1);
    let first = &vertices[..FIRST_VERTICES];
    let points: Vec<Geometry<f64>> = (0..POINTS)
        .map(|_| Geometry::Point(first[chance.below(first.len())].1.into()))
        .collect();
    let last_area = layer.id(first[FIRST_VERTICES - 1].0).0;
    let of_areas = cast::f64_to_usize(cast::i64_to_f64(last_area));
    let rows: Vec<usize> = layer.rows_by_id().take(of_areas).collect();
    let parcels: Vec<Geometry<f64>> = (0..PARCELS)
        .map(|_| layer.geometry(rows[chance.below(rows.len())]).unwrap())
        .collect();
    let squares: Vec<Geometry<f64>> = (0..SQUARES)
        .map(|_| square(vertices[chance.below(vertices.len())].1, &mut chance))
        .collect();
    let mut arguments = std::env::args().skip_while(|argument| argument != "--write");
    if let Some(folder) = arguments.nth(1) {
        for (name, all) in [
            ("points", &points),
            ("parcels", &parcels),
            ("squares", &squares),
        ] {
            write(
                &Path::new(&folder).join(name).with_extension("wkb.csv"),
                all,
            )?;
        }
    }
    let around = snapshot(points);
    measure(
        "within: 2,000 parcels, 200,000 points, 500 m",
        &around,
        &parcels,
        REACH_M,
    );
    measure(
        "overlap: 200,000 squares of 60 m, 105,285 areas",
        &layer,
        &squares,
        0.0,
    );
    Ok(())
}

/// Asks about every parcel, on one core and on all.
fn measure(what: &str, layer: &Snapshot, parcels: &[Geometry<f64>], reach_m: f64) {
    let ask = |parcel: &Geometry<f64>| {
        let hits = near(layer, &Target::new(parcel).unwrap(), reach_m);
        let metres: f64 = hits.iter().map(|hit| hit.distance_m + hit.overlap_m2).sum();
        (hits.len(), metres)
    };
    let sum = |a: (usize, f64), b: (usize, f64)| (a.0 + b.0, a.1 + b.1);
    let began = Instant::now();
    let (hits, metres) = black_box(parcels.iter().map(ask).fold((0, 0.0), sum));
    let one = began.elapsed().as_secs_f64();
    let began = Instant::now();
    black_box(parcels.par_iter().map(ask).reduce(|| (0, 0.0), sum));
    let all = began.elapsed().as_secs_f64();
    let count = cast::usize_to_f64(parcels.len());
    println!(
        "| {what} | {:.0} a second on one core, {:.0} on {}; {:.1} hits each, {metres:.0} m and m² in all | `{COMMAND}` |",
        count / one,
        count / all,
        rayon::current_num_threads(),
        cast::usize_to_f64(hits) / count,
    );
}

/// A square of 60 m near a place.
fn square(about: Coord<f64>, chance: &mut Chance) -> Geometry<f64> {
    let middle = Coord {
        x: about.x + (chance.part() - 0.5) * 0.002,
        y: about.y + (chance.part() - 0.5) * 0.002,
    };
    let frame = Frame::at(middle);
    let corners = [(-30.0, -30.0), (30.0, -30.0), (30.0, 30.0), (-30.0, 30.0)];
    let ring = corners.map(|(x, y)| frame.degrees(Coord { x, y }));
    Geometry::Polygon(Polygon::new(ring.to_vec().into(), Vec::new()))
}

fn snapshot(geometries: Vec<Geometry<f64>>) -> Snapshot {
    let features = (1..).zip(geometries).map(|(id, geometry)| {
        let feature = Feature {
            id: Some(FeatureId(id)),
            identity: "".into(),
            geometry: Some(geometry),
            values: vec![Value::Null, Value::Null],
            precision_m: None,
            valid: Period::default(),
        };
        Published::new(feature, Audience::Public)
    });
    Snapshot::build(Arc::new(areas::view()), features.collect())
}

/// A line each: its number, and the geometry as hexadecimal WKB, as PostGIS reads it.
fn write(path: &Path, geometries: &[Geometry<f64>]) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(File::create(path)?);
    for (number, geometry) in (1..).zip(geometries) {
        write!(out, "{number},")?;
        for byte in wkb::to_vec(geometry) {
            write!(out, "{byte:02x}")?;
        }
        writeln!(out)?;
    }
    Ok(out.flush()?)
}

/// `SplitMix64` (Steele, Lea and Flood 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// 0 … 1, 1 not.
    fn part(&mut self) -> f64 {
        cast::u64_to_f64(self.next() >> 11) / 9_007_199_254_740_992.0
    }

    fn below(&mut self, count: usize) -> usize {
        cast::u64_to_usize(self.next() % cast::usize_to_u64(count))
    }
}
