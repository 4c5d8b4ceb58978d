//! The rules of polygons and multipolygons.

use std::collections::{BTreeMap, BTreeSet};

use geo::coordinate_position::{CoordPos, CoordinatePosition as _, coord_pos_relative_to_ring};
use geo::{BoundingRect as _, Intersects as _};
use geo_types::{Coord, LineString, Polygon};

use super::contacts::{Contact, Edge, each_contact};
use super::{Place, Report, Wrong, line_report};

/// A ring of one of the polygons.
struct Ring<'a> {
    line: &'a LineString<f64>,
    place: Place,
    edges: usize,
}

impl Ring<'_> {
    const fn is_hole(&self) -> bool {
        self.place.ring > 1
    }
}

/// Where a ring touches another: the pieces that the touching points cut an edge into are on one
/// side of the other ring each.
type Touches = BTreeMap<(usize, usize), BTreeMap<usize, (Edge, Vec<Coord<f64>>)>>;

/// Everything that is wrong with the polygons as parts of one geometry.
pub(super) fn report(polygons: &[Polygon<f64>]) -> Report {
    let mut report = Report::default();
    if polygons.is_empty() {
        report.add(Wrong::Empty, Place { part: 0, ring: 0 }, Coord::zero());
    }
    let mut rings = Vec::new();
    let mut edges = Vec::new();
    for (i, polygon) in polygons.iter().enumerate() {
        let lines = std::iter::once(polygon.exterior()).chain(polygon.interiors());
        for (j, line) in lines.enumerate() {
            let place = Place {
                part: i + 1,
                ring: j + 1,
            };
            line_report(line, 4, place, &mut report);
            let before = edges.len();
            let long = line.lines().filter(|edge| edge.start != edge.end);
            edges.extend(long.enumerate().map(|(index, edge)| Edge {
                a: edge.start,
                b: edge.end,
                ring: rings.len(),
                index,
            }));
            rings.push(Ring {
                line,
                place,
                edges: edges.len() - before,
            });
        }
    }
    if report.has(Wrong::NotFinite) || report.has(Wrong::TooFew) {
        return report;
    }
    let touches = contacts(&rings, &edges, &mut report);
    // Which side of each other rings lie on can be asked only where none crosses any.
    if report.0.keys().all(|(wrong, _)| *wrong == Wrong::Repeated) {
        nesting(polygons, &rings, &touches, &mut report);
        interiors(&rings, &touches, &mut report);
    }
    report
}

fn contacts(rings: &[Ring<'_>], edges: &[Edge], report: &mut Report) -> Touches {
    let mut touches = Touches::new();
    each_contact(edges, |one, other, contact| {
        let (mine, theirs) = (&rings[one.ring], &rings[other.ring]);
        if one.ring == other.ring {
            let apart = one.index.abs_diff(other.index);
            let neighbours = apart == 1 || apart + 1 == mine.edges;
            match contact {
                Contact::Cross(at) => report.add(Wrong::CrossesItself, mine.place, at),
                Contact::Overlap(at) => report.add(Wrong::RunsAlongItself, mine.place, at),
                Contact::Touch(at) if !neighbours => {
                    report.add(Wrong::TouchesItself, mine.place, at);
                }
                Contact::Touch(_) => {}
            }
            return;
        }
        let same_part = mine.place.part == theirs.place.part;
        let place = mine.place.max(theirs.place);
        match (contact, same_part) {
            (Contact::Cross(at), true) => report.add(Wrong::RingsCross, place, at),
            (Contact::Cross(at), false) => report.add(Wrong::PartsOverlap, place, at),
            (Contact::Overlap(at), true) => report.add(Wrong::RingsShareEdge, place, at),
            (Contact::Overlap(at), false) => report.add(Wrong::PartsShareEdge, place, at),
            (Contact::Touch(at), _) => {
                for (edge, ring) in [(one, other.ring), (other, one.ring)] {
                    let of_pair = touches.entry((edge.ring, ring)).or_default();
                    of_pair
                        .entry(edge.index)
                        .or_insert((*edge, Vec::new()))
                        .1
                        .push(at);
                }
            }
        }
    });
    touches
}

/// The midpoints of the pieces into which touching points cut the edges of a ring.
fn pieces(touches: &Touches, ring: usize, other: usize) -> Vec<Coord<f64>> {
    let mut middles = Vec::new();
    for (edge, points) in touches
        .get(&(ring, other))
        .into_iter()
        .flat_map(BTreeMap::values)
    {
        let mut cuts = points.clone();
        cuts.extend([edge.a, edge.b]);
        let along = |at: &Coord<f64>| (at.x - edge.a.x).abs() + (at.y - edge.a.y).abs();
        cuts.sort_by(|one, other| along(one).total_cmp(&along(other)));
        cuts.dedup();
        middles.extend(cuts.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0));
    }
    middles
}

/// Holes within their exterior, beside one another; parts beside one another.
fn nesting(polygons: &[Polygon<f64>], rings: &[Ring<'_>], touches: &Touches, report: &mut Report) {
    // The spots of ring `i` whose side of ring `j` tells that of all of it: one vertex, or where
    // they touch one on each stretch between the touching points.
    let spots = |i: usize, j: usize| {
        if touches.contains_key(&(i, j)) {
            pieces(touches, i, j)
        } else {
            vec![rings[i].line.0[0]]
        }
    };
    let boxes: Vec<_> = rings.iter().map(|ring| ring.line.bounding_rect()).collect();
    for (i, ring) in rings.iter().enumerate() {
        for (j, other) in rings.iter().enumerate().filter(|(j, _)| *j != i) {
            let same_part = ring.place.part == other.place.part;
            let hole_in_exterior = same_part && ring.is_hole() && !other.is_hole();
            let meet = match (&boxes[i], &boxes[j]) {
                (Some(mine), Some(theirs)) => mine.intersects(theirs),
                _ => false,
            };
            if hole_in_exterior {
                let outside = |at: &Coord<f64>| {
                    coord_pos_relative_to_ring(*at, other.line) == CoordPos::Outside
                };
                if let Some(at) = spots(i, j).into_iter().find(outside) {
                    report.add(Wrong::HoleOutside, ring.place, at);
                }
            } else if same_part && ring.is_hole() && meet {
                let inside = |at: &Coord<f64>| {
                    coord_pos_relative_to_ring(*at, other.line) == CoordPos::Inside
                };
                if let Some(at) = spots(i, j).into_iter().find(inside) {
                    report.add(Wrong::HoleInHole, ring.place, at);
                }
            } else if !same_part && meet && (!ring.is_hole() || touches.contains_key(&(i, j))) {
                let polygon = &polygons[other.place.part - 1];
                let inside = |at: &Coord<f64>| polygon.coordinate_position(at) == CoordPos::Inside;
                if let Some(at) = spots(i, j).into_iter().find(inside) {
                    report.add(Wrong::PartsOverlap, ring.place.max(other.place), at);
                }
            }
        }
    }
}

/// The interior of each part is in one piece: a chain of rings of a part that touch one after
/// another must not close, or it would cut off what it encloses.
fn interiors(rings: &[Ring<'_>], touches: &Touches, report: &mut Report) {
    let mut ties: BTreeSet<(usize, usize, (u64, u64))> = BTreeSet::new();
    let bits = |v: f64| (v + 0.0).to_bits();
    for ((ring, other), of_pair) in touches {
        if rings[*ring].place.part == rings[*other].place.part {
            let points = of_pair.values().flat_map(|(_, points)| points);
            ties.extend(
                points.map(|at| (rings[*ring].place.part, *ring, (bits(at.x), bits(at.y)))),
            );
        }
    }
    let mut chains = Chains(BTreeMap::new());
    for (part, ring, (x, y)) in ties {
        if !chains.join((part, Ok(ring)), (part, Err((x, y)))) {
            let at = Coord {
                x: f64::from_bits(x),
                y: f64::from_bits(y),
            };
            report.add(
                Wrong::InteriorCut,
                Place {
                    part,
                    ring: rings[ring].place.ring,
                },
                at,
            );
        }
    }
}

/// A ring or a point of a part.
type Node = (usize, Result<usize, (u64, u64)>);

/// Which rings and touching points hang together.
struct Chains(BTreeMap<Node, Node>);

impl Chains {
    fn root(&self, mut node: Node) -> Node {
        while let Some(&next) = self.0.get(&node) {
            node = next;
        }
        node
    }

    /// `false`: they hung together already.
    fn join(&mut self, one: Node, other: Node) -> bool {
        let (one, other) = (self.root(one), self.root(other));
        if one != other {
            self.0.insert(one, other);
        }
        one != other
    }
}
