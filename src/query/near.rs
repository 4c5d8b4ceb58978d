//! What lies on a parcel, at it, and within reach of it.

use std::cell::Cell;

use geo_types::Coord;

use crate::geom::{Contact, Meeting, Parts, Run, Target};
use crate::index::Snapshot;

/// A row that lies on a parcel or within reach of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The row.
    pub row: usize,
    /// The length of the geodesic between their nearest points, metres; 0 where they share one.
    pub distance_m: f64,
    /// Whether they meet, and how.
    pub contact: Contact,
    /// The area that the parcel shares with the row's polygons, square metres.
    pub overlap_m2: f64,
    /// The length of the row's lines on the parcel, its border included, metres.
    pub length_m: f64,
    /// The nearest points, degrees: the parcel's, then the row's. Where the two meet, of some points
    /// they share the one nearest the parcel's centroid, twice.
    pub nearest: [Coord<f64>; 2],
    /// In which direction it lies, degrees from north by east: from the parcel's nearest point to
    /// the row's; where the two meet, from the parcel's centroid to the point they share. `None`
    /// where the row holds the centroid.
    pub bearing_deg: Option<f64>,
}

/// The rows whose geometry lies no farther from a parcel than `reach_m`, with their distances and
/// what they share, ascending. A reach below zero finds nothing; of 0, what it meets.
pub fn near(snapshot: &Snapshot, parcel: &Target, reach_m: f64) -> Vec<Hit> {
    near_each(snapshot, parcel, reach_m, |_| reach_m)
}

/// The same, where each row has a reach of its own, none beyond `reach_m`.
pub fn near_each(
    snapshot: &Snapshot,
    parcel: &Target,
    reach_m: f64,
    reach_of: impl Fn(usize) -> f64,
) -> Vec<Hit> {
    let window = parcel.bbox().grown_m(reach_m.max(0.0));
    let spans_the_globe = window.east - window.west >= 360.0;
    let rows = snapshot.candidates(&window).into_iter();
    // Most rows reach less far than the farthest: their boxes are looked at before their geometry.
    let inner = reach_of_boxes(parcel);
    rows.filter_map(|row| {
        let reach_m = reach_of(row).min(reach_m);
        if !spans_the_globe && !inner(snapshot, row, reach_m) {
            return None;
        }
        let runs = || snapshot.parts(row).map(|part| part.run());
        if spans_the_globe {
            across(snapshot, row, parcel, reach_m)
        } else {
            hit(row, parcel, reach_m, runs)
        }
    })
    .collect()
}

/// Whether the box of a row comes as near to the parcel's as a reach; boxes are grown once for each
/// different reach.
fn reach_of_boxes(parcel: &Target) -> impl Fn(&Snapshot, usize, f64) -> bool {
    let last = Cell::new((f64::NAN, *parcel.bbox()));
    move |snapshot, row, reach_m| {
        let (of, mut window) = last.get();
        if of.to_bits() != reach_m.to_bits() {
            window = parcel.bbox().grown_m(reach_m.max(0.0));
            last.set((reach_m, window));
        }
        let bbox = snapshot.bbox(row);
        bbox.is_some_and(|bbox| bbox.intersects(&window))
    }
}

/// A row as a hit, if it is one.
fn hit<'a, I: Iterator<Item = Run<'a>>>(
    row: usize,
    parcel: &Target,
    reach_m: f64,
    runs: impl Fn() -> I,
) -> Option<Hit> {
    let Meeting {
        contact,
        overlap_m2,
        length_m,
        at,
    } = parcel.meet(runs());
    let frame = parcel.frame();
    if let Some(at) = at.filter(|_| reach_m >= 0.0) {
        return Some(Hit {
            row,
            distance_m: 0.0,
            contact,
            overlap_m2,
            length_m,
            nearest: [at, at],
            bearing_deg: frame.bearing_deg(parcel.centroid(), at),
        });
    }
    let nearest = parcel.nearest(runs(), reach_m)?;
    Some(Hit {
        row,
        distance_m: nearest.distance_m,
        contact,
        overlap_m2,
        length_m,
        nearest: [nearest.from, nearest.to],
        bearing_deg: frame.bearing_deg(nearest.from, nearest.to),
    })
}

/// The same near the antimeridian, where the way round the other side may be the shorter.
fn across(snapshot: &Snapshot, row: usize, parcel: &Target, reach_m: f64) -> Option<Hit> {
    let ways = [0.0, 360.0, -360.0].map(|east_deg| {
        let moved = Parts::moved(snapshot.parts(row).map(|part| part.run()), east_deg);
        let mut hit = hit(row, parcel, reach_m, || moved.runs())?;
        hit.nearest[1].x -= east_deg;
        Some(hit)
    });
    let found = ways.into_iter().flatten();
    found.min_by(|a, b| a.distance_m.total_cmp(&b.distance_m))
}
