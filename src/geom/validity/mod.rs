//! Whether a geometry is valid as OGC 06-103r4 § 6.1 has it, with every reason, and its repair.
//!
//! Besides OGC's rules a vertex repeated in a row counts as a fault. Self-crossing lines are valid
//! (not simple, which nobody asks for); how a ring runs round is no fault but is set right by
//! [`repair`]: exteriors counter-clockwise, holes clockwise (RFC 7946 § 3.1.6).

mod contacts;
mod grid;
mod polygons;
mod repair;

use std::collections::BTreeMap;

use geo_types::{Coord, Geometry as G, LineString};

use super::Geometry;
use crate::say;
use crate::text::{Key, Message};

pub use repair::{Repaired, repair};

/// What can be wrong, in the order in which it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Wrong {
    NotFinite,
    Empty,
    TooFew,
    Repeated,
    CrossesItself,
    RunsAlongItself,
    TouchesItself,
    RingsCross,
    RingsShareEdge,
    HoleOutside,
    HoleInHole,
    InteriorCut,
    PartsOverlap,
    PartsShareEdge,
}

/// Where something is wrong: part and ring (or line), counted from 1; 0: the whole of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    part: usize,
    ring: usize,
}

/// What is wrong, where: the first spot of each kind on each ring, and how many there are.
#[derive(Debug, Clone, Default, PartialEq)]
struct Report(BTreeMap<(Wrong, Place), (Coord<f64>, usize)>);

impl Report {
    fn add(&mut self, wrong: Wrong, place: Place, at: Coord<f64>) {
        self.0.entry((wrong, place)).or_insert((at, 0)).1 += 1;
    }

    fn has(&self, wrong: Wrong) -> bool {
        self.0.keys().any(|(found, _)| *found == wrong)
    }

    fn messages(&self) -> Vec<Message> {
        self.0
            .iter()
            .map(|((wrong, place), (at, count))| {
                let key = match wrong {
                    Wrong::NotFinite => Key::GeomFaultNotFinite,
                    Wrong::Empty => return say!(Key::GeomFaultEmpty),
                    Wrong::TooFew => Key::GeomFaultTooFew,
                    Wrong::Repeated => Key::GeomFaultRepeated,
                    Wrong::CrossesItself => Key::GeomFaultCrossesItself,
                    Wrong::RunsAlongItself => Key::GeomFaultRunsAlongItself,
                    Wrong::TouchesItself => Key::GeomFaultTouchesItself,
                    Wrong::RingsCross => Key::GeomFaultRingsCross,
                    Wrong::RingsShareEdge => Key::GeomFaultRingsShareEdge,
                    Wrong::HoleOutside => Key::GeomFaultHoleOutside,
                    Wrong::HoleInHole => Key::GeomFaultHoleInHole,
                    Wrong::InteriorCut => Key::GeomFaultInteriorCut,
                    Wrong::PartsOverlap => Key::GeomFaultPartsOverlap,
                    Wrong::PartsShareEdge => Key::GeomFaultPartsShareEdge,
                };
                say!(
                    key,
                    part = place.part,
                    ring = place.ring,
                    x = at.x,
                    y = at.y,
                    count = count
                )
            })
            .collect()
    }
}

/// Everything that is wrong with a geometry; empty: it is valid. Each kind of fault is said once a
/// ring, with its first spot and how many there are.
pub fn faults(geometry: &Geometry) -> Vec<Message> {
    if let G::GeometryCollection(members) = geometry {
        if members.0.is_empty() {
            return vec![say!(Key::GeomFaultEmpty)];
        }
        return members.iter().flat_map(faults).collect();
    }
    report(geometry).messages()
}

fn report(geometry: &Geometry) -> Report {
    match geometry {
        G::Point(point) => points_report(&[point.0]),
        G::MultiPoint(points) => {
            points_report(&points.iter().map(|point| point.0).collect::<Vec<_>>())
        }
        G::Line(line) => lines_report(&[LineString(vec![line.start, line.end])]),
        G::LineString(line) => lines_report(std::slice::from_ref(line)),
        G::MultiLineString(lines) => lines_report(&lines.0),
        G::Polygon(polygon) => polygons::report(std::slice::from_ref(polygon)),
        G::MultiPolygon(polygons) => polygons::report(&polygons.0),
        G::Rect(rect) => polygons::report(&[rect.to_polygon()]),
        G::Triangle(triangle) => polygons::report(&[triangle.to_polygon()]),
        G::GeometryCollection(_) => Report::default(),
    }
}

fn points_report(points: &[Coord<f64>]) -> Report {
    let mut report = Report::default();
    if points.is_empty() {
        report.add(Wrong::Empty, Place { part: 0, ring: 0 }, Coord::zero());
    }
    for (i, &at) in points.iter().enumerate() {
        if !is_finite(at) {
            report.add(
                Wrong::NotFinite,
                Place {
                    part: i + 1,
                    ring: 1,
                },
                at,
            );
        }
    }
    report
}

fn lines_report(lines: &[LineString<f64>]) -> Report {
    let mut report = Report::default();
    if lines.is_empty() {
        report.add(Wrong::Empty, Place { part: 0, ring: 0 }, Coord::zero());
    }
    for (i, line) in lines.iter().enumerate() {
        line_report(
            line,
            2,
            Place {
                part: i + 1,
                ring: 1,
            },
            &mut report,
        );
    }
    report
}

/// What is wrong with the vertices of one line or ring: finite, not repeated in a row, and at least
/// `least` of them when those repeated are not counted.
fn line_report(line: &LineString<f64>, least: usize, place: Place, report: &mut Report) {
    let first = line.0.first().copied().unwrap_or_else(Coord::zero);
    for &at in line.0.iter().filter(|at| !is_finite(**at)) {
        report.add(Wrong::NotFinite, place, at);
    }
    let mut repeated = 0;
    for pair in line.0.windows(2).filter(|pair| pair[0] == pair[1]) {
        report.add(Wrong::Repeated, place, pair[0]);
        repeated += 1;
    }
    if line.0.len() - repeated < least {
        report.add(Wrong::TooFew, place, first);
    }
}

fn is_finite(at: Coord<f64>) -> bool {
    at.x.is_finite() && at.y.is_finite()
}

#[cfg(test)]
mod tests;
