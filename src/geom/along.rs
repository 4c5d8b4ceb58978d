//! Which pieces of a straight edge lie in polygons.

use geo_types::Coord;

use super::crossing::{Pair, ray_crosses};
use super::meeting::between;
use super::target::box_of;
use super::{Run, geodesic};

/// Between polygons that adjoin, rounding may leave so much, metres.
const SEAM_M: f64 = 0.01;

/// An edge between two places.
pub(super) type Way = (Coord<f64>, Coord<f64>);

/// Where an edge crosses rings, and whether it begins inside: the edge thought moved by (ε, ε²), and
/// the other way.
#[derive(Debug, Clone, Default)]
pub(super) struct Cuts {
    cuts: [Vec<f64>; 2],
    begins_inside: [bool; 2],
}

/// The pieces of an edge in polygons, from 0 to 1: with their borders, and without.
pub(super) struct Inside {
    pub(super) closed: Vec<(f64, f64)>,
    pub(super) open: Vec<(f64, f64)>,
}

impl Cuts {
    /// Whether a ray from the edge's beginning crosses an edge of the rings.
    pub(super) fn ray(&mut self, way: Way, edge: Way) {
        for (inside, back) in self.begins_inside.iter_mut().zip([false, true]) {
            *inside ^= ray_crosses(way.0, edge, back);
        }
    }

    /// That the two share a point.
    pub(super) fn pair(&mut self, pair: &Pair, way: Way, edge: Way) {
        for (cuts, back) in self.cuts.iter_mut().zip([false, true]) {
            // The pair has the way as the fixed one, so the ring is moved the other way.
            if pair.cross(way, edge, !back).is_some() {
                cuts.push(pair.along());
            }
        }
    }

    /// The pieces, once every edge has been looked at.
    pub(super) fn inside(mut self) -> Inside {
        let pieces = [0, 1].map(|back| {
            self.cuts[back].sort_by(f64::total_cmp);
            let mut inside = self.begins_inside[back];
            let mut pieces = Vec::new();
            let mut begin = 0.0;
            for &cut in self.cuts[back].iter().chain(&[1.0]) {
                if inside && cut > begin {
                    pieces.push((begin, cut));
                }
                begin = cut;
                inside = !inside;
            }
            pieces
        });
        let [one, other] = pieces;
        let mut open = Vec::new();
        for &(begin, end) in &one {
            for &(from, to) in &other {
                if begin.max(from) < end.min(to) {
                    open.push((begin.max(from), end.min(to)));
                }
            }
        }
        Inside {
            closed: union(one.into_iter().chain(other).collect()),
            open,
        }
    }
}

/// The metres of pieces of an edge.
pub(super) fn length_m(way: Way, pieces: &[(f64, f64)]) -> f64 {
    let metres = |&(begin, end): &(f64, f64)| {
        geodesic::edge_length_m(between(way.0, way.1, begin), between(way.0, way.1, end))
    };
    pieces.iter().map(metres).sum()
}

/// Intervals that overlap or touch made one.
fn union(mut pieces: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    pieces.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut whole: Vec<(f64, f64)> = Vec::new();
    for (begin, end) in pieces {
        match whole.last_mut() {
            Some(last) if begin <= last.1 => last.1 = last.1.max(end),
            _ => whole.push((begin, end)),
        }
    }
    whole
}

/// How much of the straight way between two places lies in none of some polygons (each given by its
/// runs, its border part of it), metres. At either end so many metres do not count, nor do seams
/// between polygons that adjoin, up to a centimetre.
pub fn uncovered_m<'a, R: Iterator<Item = Run<'a>>>(
    way: [Coord<f64>; 2],
    polygons: impl Iterator<Item = R>,
    ends_m: f64,
) -> f64 {
    let way = (way[0], way[1]);
    let bbox = box_of(way.0, way.1);
    let whole_m = geodesic::edge_length_m(way.0, way.1);
    let mut covered = Vec::new();
    for polygon in polygons {
        let mut cuts = Cuts::default();
        for run in polygon.filter(|run| run.kind.is_ring()) {
            for edge in run.edges() {
                cuts.ray(way, edge);
                let is_near = box_of(edge.0, edge.1).intersects(&bbox);
                if let Some(pair) = is_near.then(|| Pair::of(way, edge)).flatten() {
                    cuts.pair(&pair, way, edge);
                }
            }
        }
        covered.extend(cuts.inside().closed);
    }
    let ends = if whole_m > 0.0 {
        (ends_m / whole_m).min(0.5)
    } else {
        0.5
    };
    covered.extend([(0.0, ends), (1.0 - ends, 1.0)]);
    let covered = union(covered);
    let gaps = covered.windows(2).map(|pair| (pair[0].1, pair[1].0));
    gaps.map(|gap| length_m(way, &[gap]))
        .filter(|&metres| metres > SEAM_M)
        .sum()
}
