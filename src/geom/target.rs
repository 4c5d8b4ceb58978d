//! A geometry made ready to be asked about many others: where it lies, how far, how much they share.

use geo::kernels::{Kernel as _, Orientation, RobustKernel};
use geo_types::Coord;

use super::frame::Frame;
use super::{BBox, Geometry, PartKind, Parts};

/// Edges are looked at in blocks of so many, a block only if its box is near enough.
const BLOCK: usize = 12;

/// Targets, with what is asked about, stay nearer the equator than this: closer to a pole the
/// local plane bends too much.
const MAX_LAT_DEG: f64 = 88.0;

/// A geometry made ready.
#[derive(Debug, Clone)]
pub struct Target {
    parts: Parts,
    bbox: BBox,
    frame: Frame,
    area_m2: f64,
    centroid: Coord<f64>,
    /// The edges of its rings, interiors to the left, then those of its lines, then its points.
    edges: Vec<Edge>,
    /// For each ring the number of its edges, in their order.
    rings: Vec<usize>,
    /// How many of the edges are rings'.
    ring_edges: usize,
    blocks: Vec<Block>,
}

/// An edge, or a point (which begins where it ends).
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    pub(super) from: Coord<f64>,
    pub(super) to: Coord<f64>,
    /// Its beginning in the local plane, and the way to its end.
    pub(super) start: Coord<f64>,
    pub(super) way: Coord<f64>,
    /// One by its squared length in the local plane; 0 for a point.
    pub(super) inverse: f64,
    /// The area beneath it, square metres.
    pub(super) beneath_m2: f64,
}

/// The box of a run of edges, in degrees and in the local plane.
#[derive(Debug, Clone, Copy)]
pub(super) struct Block {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) bbox: BBox,
    pub(super) local: Rect,
}

/// A box in the local plane.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rect {
    pub(super) min: Coord<f64>,
    pub(super) max: Coord<f64>,
}

impl Rect {
    pub(super) fn around(a: Coord<f64>, b: Coord<f64>) -> Self {
        Self {
            min: Coord {
                x: a.x.min(b.x),
                y: a.y.min(b.y),
            },
            max: Coord {
                x: a.x.max(b.x),
                y: a.y.max(b.y),
            },
        }
    }

    /// The square of the distance between two boxes.
    pub(super) fn apart2(&self, other: &Self) -> f64 {
        let x = (self.min.x - other.max.x)
            .max(other.min.x - self.max.x)
            .max(0.0);
        let y = (self.min.y - other.max.y)
            .max(other.min.y - self.max.y)
            .max(0.0);
        x * x + y * y
    }
}

impl Target {
    /// Makes a geometry ready. `None` where it is empty, not finite, or within 2° of a pole, where
    /// nothing of a district lies.
    pub fn new(geometry: &Geometry) -> Option<Self> {
        Self::of(Parts::of(geometry))
    }

    /// Makes the parts of a geometry ready.
    pub fn of(parts: Parts) -> Option<Self> {
        let is_finite = |at: &Coord<f64>| at.x.is_finite() && at.y.is_finite();
        if !parts.runs().flat_map(|run| run.coords).all(is_finite) {
            return None;
        }
        let bbox = parts.bbox()?;
        if bbox.south < -MAX_LAT_DEG || bbox.north > MAX_LAT_DEG {
            return None;
        }
        let frame = Frame::at(Coord {
            x: f64::midpoint(bbox.west, bbox.east),
            y: f64::midpoint(bbox.south, bbox.north),
        });
        let mut target = Self {
            bbox,
            centroid: frame.origin(),
            area_m2: 0.0,
            edges: Vec::new(),
            rings: Vec::new(),
            ring_edges: 0,
            blocks: Vec::new(),
            parts: Parts::default(),
            frame,
        };
        for run in parts.runs().filter(|run| run.kind.is_ring()) {
            target.add_ring(run.kind, run.edges());
        }
        target.ring_edges = target.edges.len();
        for kind in [PartKind::Line, PartKind::Point] {
            for run in parts.runs().filter(|run| run.kind == kind) {
                let edges = run
                    .edges()
                    .map(|(from, to)| Edge::of(&target.frame, from, to));
                target.edges.extend(edges);
            }
        }
        // The sum is as good as the frame, and then the very one that overlaps are made of.
        target.area_m2 = if bbox.north - bbox.south < 1.0 {
            target.edges[..target.ring_edges]
                .iter()
                .map(|edge| edge.beneath_m2)
                .sum()
        } else {
            parts.area_m2()
        };
        target.centroid = target.middle();
        target.blocks = target.boxes();
        target.parts = parts;
        Some(target)
    }

    /// What it is made of.
    pub const fn parts(&self) -> &Parts {
        &self.parts
    }

    /// Its box.
    pub const fn bbox(&self) -> &BBox {
        &self.bbox
    }

    /// The ellipsoid about it.
    pub const fn frame(&self) -> &Frame {
        &self.frame
    }

    /// The area of its polygons, square metres.
    pub const fn area_m2(&self) -> f64 {
        self.area_m2
    }

    /// Its centroid in the local plane, degrees: of its polygons, else of its lines, else of its
    /// points.
    pub const fn centroid(&self) -> Coord<f64> {
        self.centroid
    }

    /// Whether a point lies in its polygons, their borders included.
    pub fn holds(&self, at: Coord<f64>) -> bool {
        self.bbox.contains(at.x, at.y) && self.side(at) != Side::Outside
    }

    /// Where a point lies to its polygons.
    pub(super) fn side(&self, at: Coord<f64>) -> Side {
        let mut inside = false;
        let rings = self.blocks.iter().filter(|b| b.end <= self.ring_edges);
        for block in
            rings.filter(|b| (b.bbox.south..=b.bbox.north).contains(&at.y) && at.x <= b.bbox.east)
        {
            for edge in &self.edges[block.first..block.end] {
                match crosses_ray(edge.from, edge.to, at) {
                    None => return Side::Border,
                    Some(crosses) => inside ^= crosses,
                }
            }
        }
        if inside { Side::Inside } else { Side::Outside }
    }

    pub(super) fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// The edges of its rings, ring by ring, with the place of the first.
    pub(super) fn rings(&self) -> impl Iterator<Item = (usize, &[Edge])> {
        let mut first = 0;
        self.rings.iter().map(move |&count| {
            let ring = (first, &self.edges[first..first + count]);
            first += count;
            ring
        })
    }

    pub(super) const fn ring_edges(&self) -> usize {
        self.ring_edges
    }

    pub(super) fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    fn add_ring(&mut self, kind: PartKind, edges: impl Iterator<Item = (Coord<f64>, Coord<f64>)>) {
        let frame = &self.frame;
        let mut ring: Vec<Edge> = edges.map(|(from, to)| Edge::of(frame, from, to)).collect();
        let area: f64 = ring.iter().map(|edge| edge.beneath_m2).sum();
        if (area > 0.0) != (kind == PartKind::Exterior) {
            ring.reverse();
            for edge in &mut ring {
                *edge = Edge::of(frame, edge.to, edge.from);
            }
        }
        self.rings.push(ring.len());
        self.edges.append(&mut ring);
    }

    /// The centroid in the local plane, by moments of the edges.
    fn middle(&self) -> Coord<f64> {
        let (rings, others) = self.edges.split_at(self.ring_edges);
        let halfway = |edge: &Edge| edge.start + edge.way / 2.0;
        let moments: Vec<(f64, Coord<f64>)> = if !rings.is_empty() {
            let triangle = |edge: &Edge| {
                let area = (edge.start.x * edge.way.y - edge.way.x * edge.start.y) / 2.0;
                (area, halfway(edge) * (2.0 / 3.0))
            };
            rings.iter().map(triangle).collect()
        } else if others.iter().any(|edge| !edge.is_point()) {
            let lines = others.iter().filter(|edge| !edge.is_point());
            lines
                .map(|edge| (edge.inverse.sqrt().recip(), halfway(edge)))
                .collect()
        } else {
            others.iter().map(|edge| (1.0, edge.start)).collect()
        };
        let weight: f64 = moments.iter().map(|(weight, _)| weight).sum();
        if weight > 0.0 {
            let sum = |of: fn(&Coord<f64>) -> f64| -> f64 {
                moments.iter().map(|(weight, at)| weight * of(at)).sum()
            };
            self.frame.degrees(Coord {
                x: sum(|at| at.x) / weight,
                y: sum(|at| at.y) / weight,
            })
        } else {
            self.frame.origin()
        }
    }

    fn boxes(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let runs = [0..self.ring_edges, self.ring_edges..self.edges.len()];
        for run in runs {
            for first in run.clone().step_by(BLOCK) {
                let end = run.end.min(first + BLOCK);
                let edges = &self.edges[first..end];
                let boxes = edges.iter().map(|edge| box_of(edge.from, edge.to));
                let locals = edges
                    .iter()
                    .map(|edge| Rect::around(edge.start, edge.start + edge.way));
                let both = |a: Rect, b: Rect| Rect {
                    min: Rect::around(a.min, b.min).min,
                    max: Rect::around(a.max, b.max).max,
                };
                if let Some((bbox, local)) =
                    boxes.reduce(|a, b| a.union(&b)).zip(locals.reduce(both))
                {
                    blocks.push(Block {
                        first,
                        end,
                        bbox,
                        local,
                    });
                }
            }
        }
        blocks
    }
}

impl Edge {
    pub(super) fn of(frame: &Frame, from: Coord<f64>, to: Coord<f64>) -> Self {
        let start = frame.local(from);
        let way = frame.local(to) - start;
        let length2 = way.x * way.x + way.y * way.y;
        Self {
            from,
            to,
            start,
            way,
            inverse: if length2 > 0.0 { 1.0 / length2 } else { 0.0 },
            beneath_m2: frame.beneath_m2(from, to),
        }
    }

    /// Whether it ends where it begins.
    pub(super) fn is_point(&self) -> bool {
        self.inverse <= 0.0
    }
}

pub(super) fn box_of(a: Coord<f64>, b: Coord<f64>) -> BBox {
    BBox {
        west: a.x.min(b.x),
        south: a.y.min(b.y),
        east: a.x.max(b.x),
        north: a.y.max(b.y),
    }
}

/// Where a point lies to polygons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Inside,
    Border,
    Outside,
}

/// Whether a ray from a point to the east crosses an edge, exactly; `None` when the point lies on it.
pub(super) fn crosses_ray(from: Coord<f64>, to: Coord<f64>, at: Coord<f64>) -> Option<bool> {
    let (low, high) = if from.y <= to.y {
        (from, to)
    } else {
        (to, from)
    };
    if at.y < low.y || at.y > high.y || at.x > low.x.max(high.x) {
        return Some(false);
    }
    match RobustKernel::orient2d(low, high, at) {
        Orientation::Collinear => {
            let is_on = low.x.min(high.x) <= at.x;
            if is_on { None } else { Some(false) }
        }
        side => Some(side == Orientation::CounterClockwise && low.y <= at.y && at.y < high.y),
    }
}
