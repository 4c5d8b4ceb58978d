//! What two geometries share: whether they touch, how much area, what length.
//!
//! The area of A ∩ B is an integral along its border, which consists of the pieces of A's edges in B
//! and of B's edges in A (Green). Only the points where edges cross are looked for, in any order:
//! along an edge the integral from its beginning to each place where it leaves the other, less that
//! to each where it enters, is that of the pieces inside. No polygon is built.

use geo_types::Coord;

use super::along::{Cuts, length_m};
use super::crossing::{Pair, ray_crosses, side};
use super::target::{Edge, Side, Target, box_of};
use super::{BBox, PartKind, Run};

/// What shares less area than this (a square centimetre) only touches: rounding makes as much of a
/// border that neighbours share.
const LEAST_M2: f64 = 1e-4;
/// The same for lines.
const LEAST_M: f64 = 1e-3;

/// How two geometries stand to one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contact {
    /// They share no point.
    Apart,
    /// They share points of their borders only.
    Touching,
    /// Their interiors meet: polygons share area, a line runs inside, a point lies inside.
    Overlapping,
}

/// What a geometry shares with a target.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Meeting {
    /// Whether they meet, and how.
    pub contact: Contact,
    /// The area that their polygons share, square metres.
    pub overlap_m2: f64,
    /// The length of the other's lines in the target's polygons, their borders included, metres.
    pub length_m: f64,
    /// Of some points they share the one nearest the target's centroid; the centroid itself where
    /// both hold it.
    pub at: Option<Coord<f64>>,
}

impl Target {
    /// What it shares with another geometry.
    pub fn meet<'a>(&self, runs: impl Iterator<Item = Run<'a>>) -> Meeting {
        let mut tally = Tally::new(self);
        for run in runs {
            match run.kind {
                PartKind::Point => run.coords.iter().for_each(|&at| tally.point(at)),
                PartKind::Line => tally.line(&run),
                PartKind::Exterior | PartKind::Hole => tally.ring(&run),
            }
        }
        tally.total()
    }
}

/// What has been found so far.
struct Tally<'t> {
    target: &'t Target,
    contact: Contact,
    at: Option<(f64, Coord<f64>)>,
    overlap_m2: f64,
    length_m: f64,
    /// For each edge of the target's rings, how often it crosses, odd or even.
    odd: Vec<bool>,
    /// For the first vertex of each of the target's rings, whether it lies inside.
    starts: Vec<bool>,
    /// For the first vertex of each of the target's other edges, the same, moved one way and the
    /// other.
    others: Vec<[bool; 2]>,
    /// Whether the target's centroid lies inside the other, odd or even.
    centre: bool,
    has_rings: bool,
}

impl<'t> Tally<'t> {
    fn new(target: &'t Target) -> Self {
        Self {
            target,
            contact: Contact::Apart,
            at: None,
            overlap_m2: 0.0,
            length_m: 0.0,
            odd: Vec::new(),
            starts: Vec::new(),
            others: Vec::new(),
            centre: false,
            has_rings: false,
        }
    }

    fn shares(&mut self, at: Coord<f64>) {
        let away =
            self.target.frame().local(at) - self.target.frame().local(self.target.centroid());
        let away2 = away.x * away.x + away.y * away.y;
        if self.at.is_none_or(|(best, _)| away2 < best) {
            self.at = Some((away2, at));
        }
        self.contact = self.contact.max(Contact::Touching);
    }

    fn point(&mut self, at: Coord<f64>) {
        if !self.target.bbox().contains(at.x, at.y) {
            return;
        }
        let lines = &self.target.edges()[self.target.ring_edges()..];
        match self.target.side(at) {
            Side::Inside => {
                self.shares(at);
                self.contact = Contact::Overlapping;
            }
            Side::Border => self.shares(at),
            Side::Outside if lines.iter().any(|edge| is_on(edge, at)) => self.shares(at),
            Side::Outside => {}
        }
    }

    fn line(&mut self, run: &Run<'_>) {
        for (from, to) in run.edges() {
            if from == to {
                self.point(from);
                continue;
            }
            let bbox = box_of(from, to);
            if !bbox.intersects(self.target.bbox()) {
                continue;
            }
            let mut cuts = Cuts::default();
            for edge in &self.target.edges()[..self.target.ring_edges()] {
                cuts.ray((from, to), (edge.from, edge.to));
            }
            for (place, edge) in near_edges(self.target, &bbox) {
                let Some(pair) = Pair::of((from, to), (edge.from, edge.to)) else {
                    continue;
                };
                self.shares(shared((from, to), edge, &pair));
                if place < self.target.ring_edges() {
                    cuts.pair(&pair, (from, to), (edge.from, edge.to));
                }
            }
            for at in [from, to] {
                if self.target.bbox().contains(at.x, at.y) && self.target.side(at) == Side::Inside {
                    self.shares(at);
                }
            }
            let inside = cuts.inside();
            self.length_m += length_m((from, to), &inside.closed);
            if length_m((from, to), &inside.open) > LEAST_M {
                self.contact = Contact::Overlapping;
            }
        }
    }

    fn ring(&mut self, run: &Run<'_>) {
        self.start_rings();
        let target = self.target;
        let (mut sum, mut area) = (0.0, 0.0);
        let mut inside = run.coords.first().is_some_and(|&first| {
            target.bbox().contains(first.x, first.y) && is_inside(target, first, false)
        });
        for (from, to) in run.edges() {
            let whole = target.frame().beneath_m2(from, to);
            area += whole;
            self.rays((from, to));
            let bbox = box_of(from, to);
            if !bbox.intersects(target.bbox()) {
                continue;
            }
            for (place, edge) in near_edges(target, &bbox) {
                let Some(pair) = Pair::of((edge.from, edge.to), (from, to)) else {
                    continue;
                };
                let fixed = (edge.from, edge.to);
                self.shares(shared(fixed, &Edge::of(target.frame(), from, to), &pair));
                if place >= target.ring_edges() {
                    let sides = [pair.fixed, pair.moved].concat();
                    if sides.iter().all(|side| side.abs() > 0.0) {
                        self.contact = Contact::Overlapping;
                    }
                    continue;
                }
                let Some(enters) = pair.cross(fixed, (from, to), false) else {
                    continue;
                };
                let at = between(edge.from, edge.to, pair.along());
                let piece =
                    target.frame().beneath_m2(edge.from, at) - target.frame().beneath_m2(from, at);
                sum += if enters { -piece } else { piece };
                self.odd[place] ^= true;
                inside ^= true;
            }
            if inside {
                sum += whole;
                self.shares(to);
            }
        }
        let is_turned = (area > 0.0) != (run.kind == PartKind::Exterior);
        self.overlap_m2 += if is_turned { -sum } else { sum };
    }

    /// Before the other's first ring: nothing is known of the target's vertices.
    fn start_rings(&mut self) {
        if !self.has_rings {
            self.has_rings = true;
            self.odd = vec![false; self.target.ring_edges()];
            self.starts = vec![false; self.target.rings().count()];
            let others = self.target.edges().len() - self.target.ring_edges();
            self.others = vec![[false; 2]; others];
        }
    }

    /// Whether the target's vertices lie inside the other: what one more of its edges says.
    fn rays(&mut self, edge: (Coord<f64>, Coord<f64>)) {
        // The other is moved by (ε, ε²), so by it the target's vertices are moved back.
        for ((_, ring), inside) in self.target.rings().zip(&mut self.starts) {
            if let Some(first) = ring.first() {
                *inside ^= ray_crosses(first.from, edge, true);
            }
        }
        let others = &self.target.edges()[self.target.ring_edges()..];
        for (other, inside) in others.iter().zip(&mut self.others) {
            inside[0] ^= ray_crosses(other.from, edge, false);
            inside[1] ^= ray_crosses(other.from, edge, true);
        }
        self.centre ^= ray_crosses(self.target.centroid(), edge, true);
    }

    fn total(mut self) -> Meeting {
        if self.has_rings {
            let starts = std::mem::take(&mut self.starts);
            for ((first, ring), mut inside) in self.target.rings().zip(starts) {
                for (place, edge) in ring.iter().enumerate() {
                    inside ^= self.odd[first + place];
                    if inside {
                        self.overlap_m2 += edge.beneath_m2;
                        self.shares(edge.to);
                    }
                }
            }
            let others = &self.target.edges()[self.target.ring_edges()..];
            for (other, inside) in others.iter().zip(std::mem::take(&mut self.others)) {
                if inside == [true; 2] {
                    self.shares(other.from);
                    self.contact = Contact::Overlapping;
                }
            }
            if self.centre && self.target.side(self.target.centroid()) == Side::Inside {
                self.shares(self.target.centroid());
            }
            if self.overlap_m2 > LEAST_M2 {
                self.contact = Contact::Overlapping;
            }
        }
        Meeting {
            contact: self.contact,
            overlap_m2: self.overlap_m2.max(0.0),
            length_m: self.length_m,
            at: self.at.map(|(_, at)| at),
        }
    }
}

/// The target's edges whose boxes meet a box, with their places.
fn near_edges<'t>(target: &'t Target, bbox: &BBox) -> impl Iterator<Item = (usize, &'t Edge)> {
    let bbox = *bbox;
    target
        .blocks()
        .iter()
        .filter(move |block| block.bbox.intersects(&bbox))
        .flat_map(|block| (block.first..block.end).zip(&target.edges()[block.first..block.end]))
        .filter(move |(_, edge)| box_of(edge.from, edge.to).intersects(&bbox))
}

/// A place along an edge; its ends themselves at 0 and 1.
pub(super) fn between(from: Coord<f64>, to: Coord<f64>, along: f64) -> Coord<f64> {
    if along >= 1.0 {
        return to;
    }
    from + (to - from) * along
}

/// A point that two edges which meet share.
fn shared(fixed: (Coord<f64>, Coord<f64>), moved: &Edge, pair: &Pair) -> Coord<f64> {
    let holds =
        |from: Coord<f64>, to: Coord<f64>, at: Coord<f64>| box_of(from, to).contains(at.x, at.y);
    let ends = [
        (pair.fixed[0], fixed.0, (moved.from, moved.to)),
        (pair.fixed[1], fixed.1, (moved.from, moved.to)),
        (pair.moved[0], moved.from, fixed),
        (pair.moved[1], moved.to, fixed),
    ];
    ends.iter()
        .find(|(apart, at, edge)| *apart == 0.0 && holds(edge.0, edge.1, *at))
        .map_or_else(|| between(fixed.0, fixed.1, pair.along()), |(_, at, _)| *at)
}

fn is_on(edge: &Edge, at: Coord<f64>) -> bool {
    box_of(edge.from, edge.to).contains(at.x, at.y) && side(edge.from, edge.to, at) == 0.0
}

/// Whether a point moved by (ε, ε²), or the other way if `back`, lies in the target's polygons.
pub(super) fn is_inside(target: &Target, at: Coord<f64>, back: bool) -> bool {
    target.edges()[..target.ring_edges()]
        .iter()
        .fold(false, |inside, edge| {
            inside ^ ray_crosses(at, (edge.from, edge.to), back)
        })
}
