//! What lies on a parcel and within a kilometre of it: the same features in the same rings, as far
//! away, sharing as much.
//!
//! PostGIS is asked twice. In a plane about the district, whose error is known (some millimetres a
//! kilometre), for every pair. And on `geography`, for every eighth parcel: there it looks for the
//! nearest points on a sphere and then measures between them on the ellipsoid, so that where two
//! pairs of points are almost as near it may take the farther one, by up to 0.5 %. What it finds
//! farther than the plane has it for that reason is counted, and is never much.

use std::cmp::Ordering;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering as Memory};
use std::thread;

use geo_types::Geometry;
use onemap::geom::Target;
use onemap::index::Snapshot;
use onemap::layer::Shape;
use onemap::model::Ring;
use onemap::query;
use wkt::ToWkt as _;

use super::postgis::Postgis;
use super::{district, parcels};
use crate::support::skipped;

/// Where the rings end.
const RINGS_M: [u32; 2] = [500, 1000];
/// How far is looked: a little farther, so that what lies at the edge is there to be compared.
const REACH_M: f64 = 1001.0;

/// DESIGN.md § 3: distances and lengths agree to 0.1 m or 1e-6, areas to 0.1 m² or 1e-6.
const TOLERANCE: f64 = 0.1;
const RELATIVE: f64 = 1e-6;

/// What distances in the plane may be wrong by: its scale, and edges that bend in it.
fn planar_tolerance_m(distance_m: f64) -> f64 {
    0.001 + 5e-6 * distance_m
}

/// What shares more ground than this, square metres, lies on the parcel; of lines, metres.
const ON_SITE: f64 = 0.005;
/// What is no farther than this touches, metres.
const TOUCHES_M: f64 = 0.01;

/// `geography` is asked about one parcel in so many.
const ONE_IN: usize = 8;
/// By how much its nearest points may be too far: the flattening, in both directions.
const SPHERE: f64 = 0.005;

/// So many parcels are asked for at a time.
const BATCH: usize = 100;

/// What is shared is cut into pieces of at most 25 m before it is measured: between the straight
/// line of degrees and the geodesic of an edge of 250 m that runs east lie 0.16 m², of one of 500 m
/// 1.3 m².
const FINE_DEG: f64 = 0.0003;

/// What stands about a parcel, of one engine.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Seen {
    parcel: usize,
    layer: usize,
    row: usize,
    distance_m: f64,
    /// Square metres of a polygon, metres of a line; of a point 1 where it lies on the parcel.
    shared: f64,
    /// The distance on `geography`, where that was asked.
    geography_m: Option<f64>,
}

impl Seen {
    fn key(&self) -> (usize, usize, usize) {
        (self.parcel, self.layer, self.row)
    }

    fn is_on_site(&self, shape: Shape) -> bool {
        self.shared > if shape == Shape::Point { 0.0 } else { ON_SITE }
    }

    fn ring(&self, shape: Shape) -> Option<Ring> {
        if self.is_on_site(shape) {
            return Some(Ring::OnSite);
        } else if self.distance_m <= TOUCHES_M {
            return Some(Ring::Adjoining);
        }
        let holds = |end: &u32| self.distance_m <= f64::from(*end);
        RINGS_M.into_iter().find(holds).map(Ring::Within)
    }

    /// Whether the ring is a matter of tolerance: at its end, or at the least that counts.
    fn is_at_an_edge(&self) -> bool {
        let ends = RINGS_M.map(f64::from).into_iter().chain([TOUCHES_M]);
        let mut away = ends.map(|end| (self.distance_m - end).abs());
        away.any(|away| away <= planar_tolerance_m(self.distance_m))
            || (self.shared - ON_SITE).abs() <= 0.001
    }
}

/// What was compared, and what differs.
#[derive(Debug, Default)]
struct Tally {
    pairs: usize,
    sharing: usize,
    /// Pairs that stand in different rings because they lie at the edge of one.
    at_an_edge: usize,
    worst_distance_m: f64,
    /// As parts of the tolerance.
    worst_shared: f64,
    /// Pairs measured on `geography`, and those for which it took other points.
    on_geography: usize,
    by_the_sphere: usize,
    faults: Vec<String>,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.pairs += other.pairs;
        self.sharing += other.sharing;
        self.at_an_edge += other.at_an_edge;
        self.worst_distance_m = self.worst_distance_m.max(other.worst_distance_m);
        self.worst_shared = self.worst_shared.max(other.worst_shared);
        self.on_geography += other.on_geography;
        self.by_the_sphere += other.by_the_sphere;
        self.faults.extend(other.faults);
    }

    fn said(&self) -> String {
        format!(
            "{} pairs, {} share something; worst: distances {:.4} m, what is shared {:.4} of the tolerance; \
             {} at the edge of a ring; {} measured on geography, {} of them between other points",
            self.pairs,
            self.sharing,
            self.worst_distance_m,
            self.worst_shared,
            self.at_an_edge,
            self.on_geography,
            self.by_the_sphere,
        )
    }
}

#[test]
fn postgis_finds_the_same_about_ten_thousand_parcels_in_every_spatial_layer() {
    let postgis = match Postgis::start() {
        Ok(postgis) => postgis,
        Err(why) => return skipped(&format!("PostGIS cannot be asked ({why})")),
    };
    let layers = district::spatial_layers();
    let parcels = parcels::draw(&layers);
    assert!(parcels.len() >= 10_000 && layers.len() >= 34);
    district::fill(&postgis, &layers, &parcels);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut tally = Tally::default();
        while tally.faults.len() < 10 {
            let begin = next.fetch_add(BATCH, Memory::Relaxed);
            if begin >= parcels.len() {
                break;
            }
            let end = (begin + BATCH).min(parcels.len());
            let theirs = theirs(&postgis, begin, end);
            let ours = ours(&layers, &parcels, begin, end);
            compare(&layers, &parcels, &ours, &theirs, &mut tally);
        }
        tally
    };
    let mut tally = Tally::default();
    thread::scope(|scope| {
        let workers: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        for worker in workers {
            tally.add(worker.join().unwrap());
        }
    });
    let said = tally.said();
    println!("{said}");
    assert!(
        tally.faults.is_empty(),
        "{said}\n{}",
        tally.faults.join("\n")
    );
    assert!(tally.pairs > 4_000_000 && tally.sharing > 200_000, "{said}");
    assert!(tally.at_an_edge * 10_000 <= tally.pairs, "{said}");
    assert!(tally.on_geography > 400_000, "{said}");
    assert!(tally.by_the_sphere * 1_000 <= tally.on_geography, "{said}");
}

/// What OneMap finds.
fn ours(layers: &[Arc<Snapshot>], parcels: &[Geometry], begin: usize, end: usize) -> Vec<Seen> {
    let mut found = Vec::new();
    let batch = parcels.iter().enumerate().take(end).skip(begin);
    for (parcel, geometry) in batch {
        let target = Target::new(geometry).unwrap();
        for (layer, snapshot) in layers.iter().enumerate() {
            let shape = shape(snapshot);
            let hits = query::near(snapshot, &target, REACH_M).into_iter();
            found.extend(hits.map(|hit| Seen {
                parcel,
                layer,
                row: hit.row,
                distance_m: hit.distance_m,
                shared: match shape {
                    Shape::Polygon => hit.overlap_m2,
                    Shape::Line => hit.length_m,
                    Shape::Point => f64::from(u8::from(hit.distance_m == 0.0)),
                },
                geography_m: None,
            }));
        }
    }
    found.sort_by_key(Seen::key);
    found
}

/// What PostGIS finds.
fn theirs(postgis: &Postgis, begin: usize, end: usize) -> Vec<Seen> {
    let query = format!(
        "SELECT p.row, f.layer, f.row, f.away, CASE
            WHEN NOT p.g && f.g THEN 0
            WHEN ST_Dimension(f.g) = 2
                THEN ST_Area(ST_Segmentize(ST_CollectionExtract(
                    ST_Intersection(p.g, f.g), 3), {FINE_DEG})::geography)
            WHEN ST_Dimension(f.g) = 1
                THEN ST_Length(ST_Segmentize(ST_CollectionExtract(
                    ST_Intersection(p.g, f.g), 2), {FINE_DEG})::geography)
            ELSE ST_Intersects(p.g, f.g)::int END,
            CASE WHEN p.row % {ONE_IN} = 0 THEN ST_Distance(p.geog, f.geog) END
        FROM parcel p CROSS JOIN LATERAL (
            SELECT layer, row, g, geog, ST_Distance(p.m, m) AS away
            FROM feature WHERE m && ST_Expand(p.m, {REACH_M}) OFFSET 0) f
        WHERE p.row >= {begin} AND p.row < {end} AND f.away <= {REACH_M}"
    );
    let mut found = Vec::new();
    postgis.each(&query, |line| {
        let mut values = line.split('\t');
        let mut next = || values.next().unwrap();
        found.push(Seen {
            parcel: next().parse().unwrap(),
            layer: next().parse().unwrap(),
            row: next().parse().unwrap(),
            distance_m: next().parse().unwrap(),
            shared: next().parse().unwrap(),
            geography_m: next().parse().ok(),
        });
    });
    found.sort_by_key(Seen::key);
    found
}

fn shape(layer: &Snapshot) -> Shape {
    layer.view().shape.unwrap()
}

/// Holds what both found against each other, in order.
fn compare(
    layers: &[Arc<Snapshot>],
    parcels: &[Geometry],
    ours: &[Seen],
    theirs: &[Seen],
    tally: &mut Tally,
) {
    let (mut ours, mut theirs) = (ours.iter().peekable(), theirs.iter().peekable());
    loop {
        let order = match (ours.peek(), theirs.peek()) {
            (None, None) => return,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(a), Some(b)) => a.key().cmp(&b.key()),
        };
        let our = (order != Ordering::Greater).then(|| ours.next()).flatten();
        let their = (order != Ordering::Less).then(|| theirs.next()).flatten();
        let fault = match (our, their) {
            (Some(our), Some(their)) => tally.both(shape(&layers[our.layer]), our, their),
            // One alone: beyond the last ring, as far as anyone can tell.
            (Some(one), None) | (None, Some(one)) if one.distance_m > REACH_M - TOLERANCE => None,
            _ => Some("only one of them finds it"),
        };
        if let Some(fault) = fault {
            let seen = our.or(their).copied().unwrap();
            let layer = &layers[seen.layer];
            let feature = layer.geometry(seen.row).unwrap();
            tally.faults.push(format!(
                "{fault}: parcel {}, {} {:?}\nOneMap: {our:?}\nPostGIS: {their:?}\n{}\n{}",
                seen.parcel,
                layer.view().id,
                layer.id(seen.row),
                parcels[seen.parcel].wkt_string(),
                feature.wkt_string(),
            ));
        }
    }
}

impl Tally {
    /// What both found; what differs, if anything does.
    fn both(&mut self, shape: Shape, our: &Seen, their: &Seen) -> Option<&'static str> {
        self.pairs += 1;
        self.sharing += usize::from(their.is_on_site(shape));
        let apart_m = (our.distance_m - their.distance_m).abs();
        self.worst_distance_m = self.worst_distance_m.max(apart_m);
        let shared = (our.shared - their.shared).abs() / TOLERANCE.max(their.shared * RELATIVE);
        self.worst_shared = self.worst_shared.max(shared);
        let is_same_ring = our.ring(shape) == their.ring(shape);
        let is_at_an_edge = our.is_at_an_edge() || their.is_at_an_edge();
        self.at_an_edge += usize::from(!is_same_ring && is_at_an_edge);
        if apart_m > planar_tolerance_m(their.distance_m) {
            Some("not as far")
        } else if shared > 1.0 {
            Some("not as much")
        } else if !is_same_ring && !is_at_an_edge {
            Some("another ring")
        } else {
            self.geography(our.distance_m, their.geography_m?)
        }
    }

    /// The distance on `geography` against ours, which is that of the plane.
    fn geography(&mut self, our_m: f64, their_m: f64) -> Option<&'static str> {
        self.on_geography += 1;
        if (our_m - their_m).abs() <= TOLERANCE.max(their_m * RELATIVE) {
            return None;
        }
        self.by_the_sphere += 1;
        let is_between_others = their_m > our_m && their_m < our_m * (1.0 + SPHERE);
        (!is_between_others).then_some("not as far on geography")
    }
}
