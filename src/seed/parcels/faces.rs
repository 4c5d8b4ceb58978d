//! The faces between the city's lines within the district, those too small or too thin to be parcels
//! made part of a neighbour.

use std::collections::{BTreeMap, BTreeSet};

use crate::seed::arrangement::{Edges, Faces, Mark, Node, cut, ring_edges, within};
use crate::seed::boundary::Boundary;
use crate::seed::city::{Block, Class, Plan};
use crate::seed::ground::Ground;
use crate::seed::place::{apart_m, area_m2, inner_point, perimeter_m};

/// What a face is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A piece of a road.
    Road(Class),
    /// A piece of a river.
    River,
    /// A lake.
    Lake,
    /// A park.
    Park,
    /// A green belt.
    Green,
    /// A lot of a block.
    Lot(Block),
    /// Land left over between the others.
    Left,
}

impl Kind {
    /// What the face around a place is.
    pub(super) fn at(plan: &Plan, at: Node) -> Self {
        match plan.figures.at(at).max() {
            Some(Mark::Road) => return Self::Road(Class::Trunk),
            Some(Mark::Street) => return Self::Road(Class::Arterial),
            Some(Mark::River) => return Self::River,
            Some(Mark::Lake) => return Self::Lake,
            Some(Mark::Park) => return Self::Park,
            Some(Mark::Green) => return Self::Green,
            _ => {}
        }
        if let Some(class) = plan.streets.at(at).next() {
            return Self::Road(*class);
        }
        plan.blocks
            .at(at)
            .next()
            .map_or(Self::Left, |block| Self::Lot(*block))
    }

    const fn is_strip(self) -> bool {
        matches!(self, Self::Road(_) | Self::River)
    }

    /// The least area such a parcel has, square metres, and how thin it may be: its area by the square
    /// of its outline's length, which is 1/16 for a square.
    fn least(self, plan: &Plan, at: Node) -> (f64, f64) {
        match self {
            Self::Road(_) => (150.0, 0.0),
            Self::River => (400.0, 0.0),
            Self::Park | Self::Lake => (5_000.0, 0.006),
            Self::Green => (900.0, 0.0015),
            Self::Left => (2_500.0, 0.014),
            Self::Lot(block) => {
                let usual_m2 = block.character.lot_m2(plan.within(at));
                ((0.2 * usual_m2).min(2_500.0), 0.017)
            }
        }
    }
}

/// The rings of all faces.
pub(super) fn rings(boundary: &Boundary, plan: &Plan) -> Vec<Vec<Node>> {
    let mut edges = lines(boundary, plan);
    let mut faces = Faces::of(&mut edges);
    while merge_slivers(&mut edges, &faces, plan) {
        faces = Faces::of(&mut edges);
    }
    faces.rings
}

/// The lines within the district, cut where they cross; lines within a figure of higher rank left out.
fn lines(boundary: &Boundary, plan: &Plan) -> Edges {
    let mut edges = plan.edges.clone();
    boundary.add_to(&mut edges);
    let mut district = Ground::default();
    for part in &boundary.parts {
        district.add(part.clone(), ());
    }
    // Nothing is cut that lies surely outside.
    edges.retain(|(a, b), mark| {
        *mark == Mark::Boundary
            || [*a, *b, (a.0.midpoint(b.0), a.1.midpoint(b.1))]
                .iter()
                .any(|at| {
                    let at_x2 = (2 * at.0, 2 * at.1);
                    district.near_an_edge(at_x2) || district.at_x2(at_x2).next().is_some()
                })
    });
    let mut edges = cut(&edges);
    let border: Vec<(Node, Node)> = edges
        .iter()
        .filter(|(_, m)| **m == Mark::Boundary)
        .map(|(edge, _)| *edge)
        .collect();
    edges.retain(|(a, b), mark| {
        let middle_x2 = (a.0 + b.0, a.1 + b.1);
        let inside = || {
            if district.near_an_edge(middle_x2) {
                within(border.iter().map(|(a, b)| (a, b)), middle_x2)
            } else {
                district.at_x2(middle_x2).next().is_some()
            }
        };
        *mark == Mark::Boundary
            || (inside() && !plan.figures.at_x2(middle_x2).any(|held| held > mark))
    });
    edges
}

/// Takes away the longest border of each face too small or too thin to be a parcel, so that it
/// becomes part of the neighbour there: rather of one of its own sort. Whether anything was taken away.
fn merge_slivers(edges: &mut Edges, faces: &Faces, plan: &Plan) -> bool {
    let kinds: Vec<(Kind, Node)> = faces
        .rings
        .iter()
        .map(|ring| {
            let at = inner_point(ring);
            (Kind::at(plan, at), at)
        })
        .collect();
    let mut touched = BTreeSet::new();
    let mut gone: Vec<(Node, Node)> = Vec::new();
    for (face, ring) in faces.rings.iter().enumerate() {
        let (kind, at) = kinds[face];
        let (area, length) = (area_m2(ring), perimeter_m(ring));
        let (least, thinnest) = kind.least(plan, at);
        if touched.contains(&face) || (area > least && area > thinnest * length * length) {
            continue;
        }
        let mut borders: BTreeMap<usize, f64> = BTreeMap::new();
        for (a, b) in ring_edges(ring) {
            if let Some(neighbour) = faces.across(*a, *b).filter(|n| *n != face) {
                let alike = kinds[neighbour].0.is_strip() == kind.is_strip();
                let weight = if alike { 1.0 } else { 0.05 };
                *borders.entry(neighbour).or_default() += weight * apart_m(*a, *b);
            }
        }
        let longest = borders
            .into_iter()
            .filter(|(neighbour, _)| {
                !touched.contains(neighbour) && touches_once(faces, ring, *neighbour)
            })
            .max_by(|p, q| p.1.total_cmp(&q.1));
        if let Some((neighbour, _)) = longest {
            touched.extend([face, neighbour]);
            gone.extend(
                ring_edges(ring)
                    .filter(|(a, b)| faces.across(**a, **b) == Some(neighbour))
                    .map(|(a, b)| (*a.min(b), *a.max(b))),
            );
        }
    }
    for edge in &gone {
        edges.remove(edge);
    }
    !gone.is_empty()
}

/// Whether a face borders a neighbour along one stretch only: joined to it along several, it would
/// enclose what lies between.
fn touches_once(faces: &Faces, ring: &[Node], neighbour: usize) -> bool {
    let along: Vec<bool> = ring_edges(ring)
        .map(|(a, b)| faces.across(*a, *b) == Some(neighbour))
        .collect();
    let before = along.iter().cycle().skip(along.len() - 1);
    before
        .zip(&along)
        .filter(|(before, here)| !**before && **here)
        .count()
        < 2
}
