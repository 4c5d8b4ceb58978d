//! The points of a parcel as a shape. The numbers of the rings say where one ends and the next
//! begins; whether a ring is a hole or a part of its own, its place says: files disagree on the rest.

use geo::coordinate_position::CoordPos;
use geo::{Area as _, CoordinatePosition as _, InteriorPoint as _};
use geo_types::{LineString, MultiLineString, MultiPoint, MultiPolygon, Polygon};

use super::Point;
use crate::geom::Geometry;
use crate::say;
use crate::text::{Key, Message};

/// The fewest points of a closed ring: a triangle and its first point again.
const FEWEST: usize = 4;

/// The kind of shape a parcel has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Point,
    Line,
    Polygon,
}

/// How many rings the points make.
pub(super) fn count(points: &[Point]) -> usize {
    split(points, true).len()
}

/// The shape that the points draw, or every reason why they draw none.
pub(super) fn assemble(shape: Shape, points: &[Point]) -> Result<Geometry, Vec<Message>> {
    if points.is_empty() {
        return Err(vec![say!(Key::SourceParcelEmpty)]);
    }
    Ok(match shape {
        Shape::Point => {
            let all: MultiPoint = points
                .iter()
                .map(|point| point.at)
                .collect::<Vec<_>>()
                .into();
            if let [only] = all.0[..] {
                only.into()
            } else {
                all.into()
            }
        }
        Shape::Line => {
            let mut lines: Vec<LineString> = split(points, false).into_iter().map(line).collect();
            match (lines.pop(), lines.is_empty()) {
                (Some(only), true) => only.into(),
                (last, _) => {
                    lines.extend(last);
                    MultiLineString(lines).into()
                }
            }
        }
        Shape::Polygon => polygons(&split(points, true))?,
    })
}

fn line(points: &[Point]) -> LineString {
    points.iter().map(|point| point.at).collect()
}

/// The points of each ring. A ring ends where another number begins; where `closing`, also where it
/// comes back to its first point.
fn split(points: &[Point], closing: bool) -> Vec<&[Point]> {
    let mut rings = Vec::new();
    let mut begin = 0;
    for i in 0..points.len() {
        let closed = closing && i >= begin + FEWEST - 1 && points[i].at == points[begin].at;
        let last = points
            .get(i + 1)
            .is_none_or(|next| next.ring != points[i].ring);
        if closed || last {
            rings.push(&points[begin..=i]);
            begin = i + 1;
        }
    }
    rings
}

fn polygons(rings: &[&[Point]]) -> Result<Geometry, Vec<Message>> {
    let mut faults = Vec::new();
    for ring in rings {
        let [first, .., last] = ring else {
            faults.extend(ring.first().map(short));
            continue;
        };
        if first.at != last.at {
            let (name, line) = (&last.ring, last.line);
            faults.push(say!(Key::SourceParcelUnclosed, ring = name, line = line));
        } else if ring.len() < FEWEST {
            faults.push(short(last));
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let drawn = rings.iter().map(|ring| Polygon::new(line(ring), vec![]));
    Ok(nested(&drawn.collect::<Vec<_>>()))
}

fn short(point: &Point) -> Message {
    say!(Key::SourceParcelShort, ring = point.ring, line = point.line)
}

/// Rings that lie in an odd number of others are holes, of the least of these.
fn nested(rings: &[Polygon]) -> Geometry {
    let around: Vec<Vec<usize>> = (0..rings.len())
        .map(|i| {
            let others = (0..rings.len()).filter(|&j| j != i);
            others.filter(|&j| lies_in(&rings[i], &rings[j])).collect()
        })
        .collect();
    let outers: Vec<usize> = (0..rings.len())
        .filter(|&i| around[i].len().is_multiple_of(2))
        .collect();
    let mut polygons: Vec<Polygon> = outers
        .iter()
        .map(|&outer| {
            let holes = (0..rings.len()).filter(|&i| {
                around[i].len() == around[outer].len() + 1 && around[i].contains(&outer)
            });
            let holes = holes.map(|i| rings[i].exterior().clone()).collect();
            Polygon::new(rings[outer].exterior().clone(), holes)
        })
        .collect();
    if polygons.len() == 1 {
        polygons.swap_remove(0).into()
    } else {
        MultiPolygon(polygons).into()
    }
}

/// Whether a ring lies in another: by its first point that is not on the other's line, or by a point
/// within if all are.
fn lies_in(ring: &Polygon, other: &Polygon) -> bool {
    if ring.unsigned_area() >= other.unsigned_area() {
        return false;
    }
    let decided = ring
        .exterior()
        .coords()
        .map(|at| other.coordinate_position(at))
        .find(|position| *position != CoordPos::OnBoundary);
    let inside = |position| position == CoordPos::Inside;
    match decided {
        Some(position) => inside(position),
        None => ring
            .interior_point()
            .is_some_and(|point| inside(other.coordinate_position(&point.0))),
    }
}
