//! The nearest points of two geometries that share none.

use geo_types::Coord;

use super::Run;
use super::frame::Frame;
use super::meeting::between;
use super::target::{Rect, Target};

/// The nearest points of two geometries.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearest {
    /// How far they are apart, metres.
    pub distance_m: f64,
    /// The target's, degrees.
    pub from: Coord<f64>,
    /// The other's, degrees.
    pub to: Coord<f64>,
}

impl Target {
    /// The nearest points of it and another geometry, if they lie no farther apart than `limit_m`;
    /// of two equally near pairs the first. The two must share no point ([`meet`](Self::meet)):
    /// only borders are looked at.
    pub fn nearest<'a>(
        &self,
        runs: impl Iterator<Item = Run<'a>>,
        limit_m: f64,
    ) -> Option<Nearest> {
        let half = self.blocks().iter().fold(0.0_f64, |most, block| {
            most.max(-block.local.min.y).max(block.local.max.y)
        });
        let mut search = Search {
            target: self,
            stretch: 1.0 + self.frame().slack(half + limit_m),
            within2: 0.0,
            limit_m,
            best: None,
        };
        search.narrow(limit_m);
        for run in runs {
            for (from, to) in run.edges() {
                search.edge(from, to);
            }
        }
        search.best
    }
}

struct Search<'t> {
    target: &'t Target,
    /// By how much the plane may stretch a distance.
    stretch: f64,
    /// The square of the greatest distance in the plane that may still be nearer.
    within2: f64,
    limit_m: f64,
    best: Option<Nearest>,
}

impl Search<'_> {
    fn narrow(&mut self, metres: f64) {
        let within = metres * self.stretch;
        self.within2 = within * within;
    }

    fn edge(&mut self, from: Coord<f64>, to: Coord<f64>) {
        let target = self.target;
        let frame = target.frame();
        let start = frame.local(from);
        let end = frame.local(to);
        let rect = Rect::around(start, end);
        let way = end - start;
        let length2 = way.x * way.x + way.y * way.y;
        let inverse = if length2 > 0.0 { 1.0 / length2 } else { 0.0 };
        for block in target.blocks() {
            if block.local.apart2(&rect) > self.within2 {
                continue;
            }
            for edge in &target.edges()[block.first..block.end] {
                // The other's ends by this edge, and this edge's by the other.
                if apart2(end, edge.start, edge.way, edge.inverse) <= self.within2 {
                    self.foot(to, (edge.from, edge.to), false);
                }
                if from != to && apart2(start, edge.start, edge.way, edge.inverse) <= self.within2 {
                    self.foot(from, (edge.from, edge.to), false);
                }
                if from == to {
                    continue;
                }
                if apart2(edge.start, start, way, inverse) <= self.within2 {
                    self.foot(edge.from, (from, to), true);
                }
                if apart2(edge.start + edge.way, start, way, inverse) <= self.within2 {
                    self.foot(edge.to, (from, to), true);
                }
            }
        }
    }

    /// The distance of a point from an edge, as it is on the ellipsoid.
    fn foot(&mut self, at: Coord<f64>, edge: (Coord<f64>, Coord<f64>), is_ours: bool) {
        let frame = self.target.frame();
        let foot = perpendicular(frame, at, edge);
        let distance_m = frame.distance_m(at, foot);
        let limit_m = self.best.map_or(self.limit_m, |best| best.distance_m);
        let is_nearer = distance_m < limit_m || (self.best.is_none() && distance_m <= limit_m);
        if is_nearer {
            let (from, to) = if is_ours { (at, foot) } else { (foot, at) };
            self.best = Some(Nearest {
                distance_m,
                from,
                to,
            });
            self.narrow(distance_m);
        }
    }
}

/// The square of the distance of a point from an edge, in the plane.
pub(super) fn apart2(at: Coord<f64>, start: Coord<f64>, way: Coord<f64>, inverse: f64) -> f64 {
    let to = at - start;
    let along = ((to.x * way.x + to.y * way.y) * inverse).clamp(0.0, 1.0);
    let (x, y) = (to.x - along * way.x, to.y - along * way.y);
    x * x + y * y
}

/// The point of an edge nearest to a point: in the plane of the latitude halfway between the two.
fn perpendicular(frame: &Frame, at: Coord<f64>, edge: (Coord<f64>, Coord<f64>)) -> Coord<f64> {
    let (from, to) = edge;
    let way = to - from;
    let mut foot = at;
    for _ in 0..2 {
        let ratio = frame.aspect(f64::midpoint(at.y, foot.y));
        let ratio2 = ratio * ratio;
        let length2 = way.x * way.x * ratio2 + way.y * way.y;
        if length2 <= 0.0 {
            return from;
        }
        let away = at - from;
        let along = (away.x * way.x * ratio2 + away.y * way.y) / length2;
        foot = between(from, to, along.max(0.0));
    }
    foot
}
