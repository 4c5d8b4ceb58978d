//! Everything within a radius of a parcel, as polygons.
//!
//! The border is where the distance to the parcel is the radius. It is traced on a grid in the local
//! plane: since a distance grows by no more than the way gone, a square whose middle is farther from
//! the border than its corners are from the middle holds none of it, and what is left is cut in four
//! until the squares are small, each with the edges that may be the nearest to some point of it.

use std::collections::BTreeMap;

use geo_types::Coord;

use super::nearest::apart2;
use super::{PartKind, Parts, Target, cast};

/// Steps of the grid to a radius: chords of an arc are then r/8192 off, and half of that is made
/// good.
const STEPS: f64 = 32.0;

/// A grid has at most so many steps along the parcel's box: then its steps are wider.
const MOST_STEPS: f64 = 4096.0;

/// A point of the grid.
type Node = (i64, i64);
/// An edge of the grid: its lower or left end, and whether it runs to the north.
type Rung = (i64, i64, bool);

/// Everything within a radius (metres) of a parcel: exteriors counter-clockwise, holes clockwise.
pub(super) fn within(target: &Target, radius: f64) -> Parts {
    let frame = target.frame();
    let bbox = target.bbox();
    let corner = |x: f64, y: f64| frame.local(Coord { x, y });
    let (low, high) = (corner(bbox.west, bbox.south), corner(bbox.east, bbox.north));
    let extent = (high.x - low.x).max(high.y - low.y) + 2.0 * radius;
    let step = (radius / STEPS).max(extent / MOST_STEPS);
    let mut trace = Trace {
        target,
        radius: radius + step * step / (12.0 * radius),
        step,
        origin: Coord {
            x: low.x - radius - 1.5 * step,
            y: low.y - radius - 1.5 * step,
        },
        beyond: BTreeMap::new(),
        crossings: BTreeMap::new(),
        steps: BTreeMap::new(),
    };
    let across = cast::f64_to_i64((extent / step + 3.0).log2().ceil().exp2());
    let edges: Vec<usize> = (0..target.edges().len()).collect();
    trace.square((0, 0), across, &edges);
    trace.rings()
}

struct Trace<'t> {
    target: &'t Target,
    radius: f64,
    step: f64,
    origin: Coord<f64>,
    /// How far beyond the radius a node lies; below 0 within it.
    beyond: BTreeMap<Node, f64>,
    /// Where the border crosses a rung.
    crossings: BTreeMap<Rung, Coord<f64>>,
    /// From the rung where the border comes into a square to that where it goes out.
    steps: BTreeMap<Rung, Rung>,
}

impl Trace<'_> {
    fn place(&self, x: f64, y: f64) -> Coord<f64> {
        Coord {
            x: self.origin.x + x * self.step,
            y: self.origin.y + y * self.step,
        }
    }

    fn node(&self, (x, y): Node) -> Coord<f64> {
        self.place(cast::i64_to_f64(x), cast::i64_to_f64(y))
    }

    /// Follows the border through a square: of its edges only these may be the nearest there.
    fn square(&mut self, at: Node, size: i64, edges: &[usize]) {
        let half = cast::i64_to_f64(size) / 2.0;
        let middle = self.place(cast::i64_to_f64(at.0) + half, cast::i64_to_f64(at.1) + half);
        let apart: Vec<f64> = edges.iter().map(|&edge| self.apart(middle, edge)).collect();
        let least = apart.iter().copied().fold(f64::INFINITY, f64::min);
        let corner = half * self.step * std::f64::consts::SQRT_2 * 1.001;
        if (least - self.radius).abs() > corner {
            return;
        }
        let nearest: Vec<usize> = edges
            .iter()
            .zip(&apart)
            .filter(|(_, apart)| **apart <= least + 2.0 * corner)
            .map(|(edge, _)| *edge)
            .collect();
        if size == 1 {
            // So far inside the parcel is not its border, though as far from it.
            if !self.target.holds(self.target.frame().degrees(middle)) {
                self.smallest(at, &nearest);
            }
            return;
        }
        let next = size / 2;
        for (east, north) in [(0, 0), (next, 0), (0, next), (next, next)] {
            self.square((at.0 + east, at.1 + north), next, &nearest);
        }
    }

    /// Follows the border through a square of the grid (marching squares), the inside to its left.
    fn smallest(&mut self, (x, y): Node, edges: &[usize]) {
        // Corners and sides counter-clockwise from the south-west.
        let corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)];
        let sides = [
            (x, y, false),
            (x + 1, y, true),
            (x, y + 1, false),
            (x, y, true),
        ];
        let is_in = corners.map(|corner| {
            let known = self.beyond.get(&corner).copied();
            let beyond = known.unwrap_or_else(|| self.beyond(self.node(corner), edges));
            self.beyond.insert(corner, beyond);
            beyond <= 0.0
        });
        // Going round, the border comes in where inside becomes outside, and goes out where outside
        // becomes inside; of two that come in each is joined to the next going out.
        for side in (0..4).filter(|&side| is_in[side] && !is_in[(side + 1) % 4]) {
            let out = (1..4)
                .map(|turn| (side + turn) % 4)
                .find(|&other| !is_in[other] && is_in[(other + 1) % 4]);
            if let Some(out) = out {
                self.steps.insert(sides[side], sides[out]);
                for rung in [sides[side], sides[out]] {
                    let crossing = self.crossing(rung, edges);
                    self.crossings.insert(rung, crossing);
                }
            }
        }
    }

    fn apart(&self, at: Coord<f64>, edge: usize) -> f64 {
        let edge = &self.target.edges()[edge];
        apart2(at, edge.start, edge.way, edge.inverse).sqrt()
    }

    fn beyond(&self, at: Coord<f64>, edges: &[usize]) -> f64 {
        let apart = edges.iter().map(|&edge| self.apart(at, edge));
        apart.fold(f64::INFINITY, f64::min) - self.radius
    }

    /// Where the border crosses a rung: by the secant, thrice.
    fn crossing(&self, (x, y, is_north): Rung, edges: &[usize]) -> Coord<f64> {
        let end = if is_north { (x, y + 1) } else { (x + 1, y) };
        let known = |node: Node| self.beyond.get(&node).copied().unwrap_or_default();
        let (from, to) = (self.node((x, y)), self.node(end));
        let (mut low, mut high) = ((0.0, known((x, y))), (1.0, known(end)));
        let mut along = 0.5;
        for _ in 0..3 {
            along = low.0 - low.1 * (high.0 - low.0) / (high.1 - low.1);
            if !f64::is_finite(along) {
                return from;
            }
            let value = self.beyond(from + (to - from) * along, edges);
            if (value <= 0.0) == (low.1 <= 0.0) {
                low = (along, value);
            } else {
                high = (along, value);
            }
        }
        from + (to - from) * along
    }

    /// The border, ring by ring.
    fn rings(mut self) -> Parts {
        let mut parts = Parts::default();
        while let Some((first, mut rung)) = self.steps.pop_first() {
            let mut ring: Vec<Coord<f64>> =
                self.crossings.get(&first).copied().into_iter().collect();
            while rung != first {
                ring.extend(self.crossings.get(&rung));
                let Some(next) = self.steps.remove(&rung) else {
                    break;
                };
                rung = next;
            }
            let next = ring.iter().cycle().skip(1);
            let twice: f64 = ring
                .iter()
                .zip(next)
                .map(|(a, b)| a.x * b.y - b.x * a.y)
                .sum();
            let kind = if twice > 0.0 {
                PartKind::Exterior
            } else {
                PartKind::Hole
            };
            let degrees = |at: &Coord<f64>| self.target.frame().degrees(*at);
            parts.push(kind, ring.iter().map(degrees).collect());
        }
        parts
    }
}
