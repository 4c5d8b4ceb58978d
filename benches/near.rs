//! How many parcels a second can be asked about: what lies within 500 m with distances, and what
//! they share with a tessellation. `cargo bench --bench near` prints the figures; nothing here
//! asserts a time.
//!
//! `within`: 200,000 points, drawn with the seed 1 from the first 640,000 vertices of the Output
//! Areas (a vertex may be drawn twice), and 2,000 parcels, drawn from the areas of those vertices:
//! about 105 points within 500 m of each. `overlap`: 200,000 squares of 60 m, each within 0.001° of a
//! vertex drawn from all, against all areas. PostGIS is asked the same in the same run.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench that cannot go on stops, and says what it found"
)]

mod areas;
#[path = "../tests/it/oracle/postgis.rs"]
#[expect(dead_code, reason = "a test asks more of it")]
mod postgis;

use std::error::Error;
use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use geo_types::{Coord, Geometry, Polygon};
use onemap::geom::frame::Frame;
use onemap::geom::{Target, cast, wkb};
use onemap::index::Snapshot;
use onemap::model::{Audience, Feature, FeatureId, Period, Published, Value};
use onemap::query::near;
use postgis::Postgis;
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
    let around = snapshot(&points);
    let ours = [
        measure(
            "within: 2,000 parcels, 200,000 points, 500 m",
            &around,
            &parcels,
            REACH_M,
        ),
        measure(
            "overlap: 200,000 squares of 60 m, 105,285 areas",
            &layer,
            &squares,
            0.0,
        ),
    ];
    let areas: Vec<Geometry<f64>> = layer
        .rows_by_id()
        .filter_map(|row| layer.geometry(row))
        .collect();
    match Postgis::start() {
        Ok(server) => {
            for (name, all) in [
                ("points", &points),
                ("parcels", &parcels),
                ("squares", &squares),
                ("areas", &areas),
            ] {
                fill(&server, name, all);
            }
            beside(&server, "within, PostGIS", WITHIN, PARCELS, ours[0]);
            beside(&server, "overlap, PostGIS", OVERLAP, SQUARES, ours[1]);
        }
        Err(why) => println!("SKIPPED: PostGIS cannot be asked ({why}), so it was not measured"),
    }
    Ok(())
}

/// The same questions as PostGIS is asked them.
const WITHIN: &str = "SELECT count(*), sum(ST_Distance(parcels.geog, points.geog))
    FROM parcels JOIN points ON ST_DWithin(parcels.geog, points.geog, 500)";
const OVERLAP: &str =
    "SELECT count(*), sum(ST_Area(ST_Intersection(squares.g, areas.g)::geography))
    FROM squares JOIN areas ON ST_Intersects(squares.g, areas.g)";

/// Makes a table with its indices: planar in degrees, and on the ellipsoid.
fn fill(server: &Postgis, table: &str, geometries: &[Geometry<f64>]) {
    server.run(&[&format!("CREATE TABLE {table}_given (g geometry)")]);
    server.fill(&format!("{table}_given"), geometries.iter().map(hex));
    server.run(&[
        &format!(
            "CREATE TABLE {table} AS SELECT ST_SetSRID(g, 4326) AS g,
                ST_SetSRID(g, 4326)::geography AS geog FROM {table}_given"
        ),
        &format!("CREATE INDEX ON {table} USING gist (g)"),
        &format!("CREATE INDEX ON {table} USING gist (geog)"),
        &format!("VACUUM ANALYZE {table}"),
    ]);
}

/// Asks PostGIS over one connection, once with one process and once with as many as it likes; the
/// tables are in its memory from a first time. `ours`: parcels a second on one core and on all.
fn beside(server: &Postgis, what: &str, query: &str, parcels: usize, ours: [f64; 2]) {
    let count = cast::usize_to_f64(parcels);
    let ask = |workers: &str| {
        let processes = format!("SET max_parallel_workers_per_gather = {workers}");
        let began = Instant::now();
        let said = server.run(&[
            "SET parallel_setup_cost = 0",
            "SET parallel_tuple_cost = 0",
            "SET min_parallel_table_scan_size = 0",
            &processes,
            query,
        ]);
        (count / began.elapsed().as_secs_f64(), said.concat())
    };
    ask("2");
    let (several, _) = ask("2");
    let (one, said) = ask("0");
    let [ours_one, ours_all] = ours;
    println!(
        "| {what} | {one:.0} a second in one process: ours {:.1} × on one core; {several:.0} in parallel: ours {:.1} × on all; hits, and m or m² in all: {said} | `{COMMAND}` |",
        ours_one / one,
        ours_all / several,
    );
}

/// Asks about every parcel, on one core and on all: parcels a second.
fn measure(what: &str, layer: &Snapshot, parcels: &[Geometry<f64>], reach_m: f64) -> [f64; 2] {
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
    [count / one, count / all]
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

fn snapshot(geometries: &[Geometry<f64>]) -> Snapshot {
    let features = (1..).zip(geometries).map(|(id, geometry)| {
        let feature = Feature {
            id: Some(FeatureId(id)),
            identity: "".into(),
            geometry: Some(geometry.clone()),
            values: vec![Value::Null, Value::Null],
            precision_m: None,
            valid: Period::default(),
        };
        Published::new(feature, Audience::Public)
    });
    Snapshot::build(Arc::new(areas::view()), features.collect())
}

/// A geometry as PostGIS reads it.
fn hex(geometry: &Geometry<f64>) -> String {
    let mut text = String::new();
    for byte in wkb::to_vec(geometry) {
        write!(text, "{byte:02x}").unwrap();
    }
    text
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
