//! Parcels joined to greater areas: the rings of each group without the edges within it.

use std::collections::{BTreeMap, BTreeSet};

use super::arrangement::{Node, area_x2, turn};
use super::place::{in_ring, inner_point};
use crate::geom::cast::i64_to_f64;

/// A polygon: its outer ring, turning left, and its holes, turning right; first vertices not repeated.
pub(super) type Polygon = Vec<Vec<Node>>;

/// How far a vertex may lie beside a straight line and yet be left out, grid steps: some centimetres.
const STRAIGHT: f64 = 4.0;

/// The areas of rings with the same key, in the order of the keys. Rings share their edges, and so do
/// the areas: vertices where nothing but lots met are left out on both sides alike.
pub(super) fn dissolve<'a, K: Ord + Copy>(
    rings: impl Iterator<Item = (K, &'a [Node])>,
) -> Vec<(K, Polygon)> {
    let mut left: BTreeMap<(Node, Node), K> = BTreeMap::new();
    for (key, ring) in rings {
        for (i, &from) in ring.iter().enumerate() {
            left.insert((from, ring[(i + 1) % ring.len()]), key);
        }
    }
    let borders: Vec<(K, (Node, Node))> = left
        .iter()
        .filter(|&(&(a, b), key)| left.get(&(b, a)) != Some(key))
        .map(|(edge, key)| (*key, *edge))
        .collect();
    let kept = corners(borders.iter().map(|(_, edge)| *edge));
    let mut leaving: BTreeMap<K, BTreeMap<Node, Vec<Node>>> = BTreeMap::new();
    for (key, (from, to)) in borders {
        let group = leaving.entry(key).or_default();
        group.entry(from).or_default().push(to);
    }
    let mut areas = Vec::new();
    for (key, mut leaving) in leaving {
        let rings = rings_of(&mut leaving)
            .into_iter()
            .map(|ring| ring.into_iter().filter(|at| kept.contains(at)).collect())
            .filter(|ring: &Vec<Node>| ring.len() > 2 && area_x2(ring) != 0)
            .collect();
        areas.extend(polygons(rings).into_iter().map(|polygon| (key, polygon)));
    }
    areas
}

/// Simple rings walked along directed edges, whose area lies to their left.
fn rings_of(leaving: &mut BTreeMap<Node, Vec<Node>>) -> Vec<Vec<Node>> {
    let mut rings = Vec::new();
    while let Some((&start, _)) = leaving.iter().next() {
        let mut walk: Vec<Node> = vec![start];
        let mut before = None;
        let mut here = start;
        while let Some(next) = leave(leaving, before, here) {
            // Where the walk meets itself, a ring is closed.
            if let Some(at) = walk.iter().position(|node| *node == next) {
                rings.push(walk.split_off(at));
                walk.push(next);
            } else {
                walk.push(next);
            }
            before = Some(here);
            here = next;
        }
    }
    rings
}

/// Takes the edge that leaves a vertex, of several the one that keeps most to the left.
fn leave(
    leaving: &mut BTreeMap<Node, Vec<Node>>,
    before: Option<Node>,
    here: Node,
) -> Option<Node> {
    let ends = leaving.get_mut(&here)?;
    // How far one turns to the right, looking back.
    let turned = |to: &Node| {
        let back = before.map_or((-1, 0), |b| (b.0 - here.0, b.1 - here.1));
        let ahead = (to.0 - here.0, to.1 - here.1);
        let cross = i64_to_f64(back.1 * ahead.0 - back.0 * ahead.1);
        let dot = i64_to_f64(back.0 * ahead.0 + back.1 * ahead.1);
        let angle = cross.atan2(dot);
        if angle <= 0.0 {
            angle + std::f64::consts::TAU
        } else {
            angle
        }
    };
    let best = (0..ends.len()).min_by(|i, j| turned(&ends[*i]).total_cmp(&turned(&ends[*j])))?;
    let next = ends.remove(best);
    if ends.is_empty() {
        leaving.remove(&here);
    }
    Some(next)
}

/// Outer rings with the holes that lie in them.
fn polygons(rings: Vec<Vec<Node>>) -> Vec<Polygon> {
    let (outer, holes): (Vec<_>, Vec<_>) = rings.into_iter().partition(|ring| area_x2(ring) > 0);
    let mut polygons: Vec<Polygon> = outer.into_iter().map(|ring| vec![ring]).collect();
    for hole in holes {
        let within = inner_point(&hole);
        let around = polygons
            .iter_mut()
            .filter(|polygon| in_ring(&polygon[0], within))
            .min_by_key(|polygon| area_x2(&polygon[0]));
        if let Some(polygon) = around {
            polygon.push(hole);
        }
    }
    polygons
}

/// The vertices that make the shape: where three borders meet, and where a border turns.
fn corners(edges: impl Iterator<Item = (Node, Node)>) -> BTreeSet<Node> {
    let mut beside: BTreeMap<Node, BTreeSet<Node>> = BTreeMap::new();
    for (a, b) in edges {
        beside.entry(a).or_default().insert(b);
        beside.entry(b).or_default().insert(a);
    }
    let meets = |node: &Node| beside.get(node).is_none_or(|others| others.len() != 2);
    let mut kept: BTreeSet<Node> = beside.keys().filter(|node| meets(node)).copied().collect();
    let mut walked: BTreeSet<Node> = BTreeSet::new();
    let walk = |from: Node, to: Node| {
        let mut chain = vec![from, to];
        while let [.., before, here] = chain[..]
            && !meets(&here)
            && here != from
        {
            let next = beside[&here].iter().find(|node| **node != before);
            chain.extend(next);
        }
        chain
    };
    let starts: Vec<Node> = kept.iter().copied().collect();
    for &start in &starts {
        for &next in &beside[&start] {
            let chain = walk(start, next);
            walked.extend(&chain);
            // Each is walked from both ends; once is enough.
            if chain.first() <= chain.last() {
                straighten(&chain, &mut kept);
            }
        }
    }
    // Rings that meet no other.
    for &start in beside.keys() {
        if walked.contains(&start) {
            continue;
        }
        let Some(&next) = beside[&start].first() else {
            continue;
        };
        let chain = walk(start, next);
        walked.extend(&chain);
        let half = chain.len() / 2;
        kept.extend([chain[0], chain[half]]);
        straighten(&chain[..=half], &mut kept);
        straighten(&chain[half..], &mut kept);
    }
    kept
}

/// Keeps the vertices of a chain that lie beside the straight line between its ends (Douglas and
/// Peucker, 1973).
fn straighten(chain: &[Node], kept: &mut BTreeSet<Node>) {
    let (Some(&first), Some(&last)) = (chain.first(), chain.last()) else {
        return;
    };
    let apart = |at: &Node| {
        let (dx, dy) = (i64_to_f64(last.0 - first.0), i64_to_f64(last.1 - first.1));
        let length = (dx * dx + dy * dy).sqrt();
        if length < 1.0 {
            let (x, y) = (i64_to_f64(at.0 - first.0), i64_to_f64(at.1 - first.1));
            (x * x + y * y).sqrt()
        } else {
            i64_to_f64(turn(first, last, *at)).abs() / length
        }
    };
    let farthest = (1..chain.len().saturating_sub(1))
        .map(|i| (i, apart(&chain[i])))
        .max_by(|p, q| p.1.total_cmp(&q.1));
    if let Some((at, apart)) = farthest
        && apart > STRAIGHT
    {
        kept.insert(chain[at]);
        straighten(&chain[..=at], kept);
        straighten(&chain[at..], kept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: i64, y: i64) -> Vec<Node> {
        vec![(x, y), (x + 100, y), (x + 100, y + 100), (x, y + 100)]
    }

    fn joined(squares: &[(u8, (i64, i64))]) -> Vec<(u8, Vec<i64>)> {
        let rings: Vec<(u8, Vec<Node>)> = squares
            .iter()
            .map(|(k, at)| (*k, square(at.0, at.1)))
            .collect();
        dissolve(rings.iter().map(|(k, ring)| (*k, &ring[..])))
            .into_iter()
            .map(|(key, polygon)| (key, polygon.iter().map(|ring| area_x2(ring) / 2).collect()))
            .collect()
    }

    #[test]
    fn neighbours_become_one_and_what_only_touches_stays_apart() {
        assert_eq!(joined(&[(1, (0, 0)), (1, (100, 0))]), [(1, vec![20_000])]);
        assert_eq!(
            joined(&[(1, (0, 0)), (1, (100, 100))]),
            [(1, vec![10_000]), (1, vec![10_000])]
        );
    }

    #[test]
    fn what_lies_around_another_has_a_hole_also_where_the_hole_touches_its_edge() {
        let ring = [
            (0, 0),
            (100, 0),
            (200, 0),
            (0, 100),
            (200, 100),
            (0, 200),
            (100, 200),
            (200, 200),
        ];
        let mut squares: Vec<(u8, (i64, i64))> = ring.map(|at| (1, at)).to_vec();
        squares.push((2, (100, 100)));
        assert_eq!(
            joined(&squares),
            [(1, vec![90_000, -10_000]), (2, vec![10_000])]
        );
        // Without a corner, the hole touches the outer ring.
        squares.remove(0);
        let areas = joined(&squares);
        assert_eq!(areas.len(), 2);
        assert_eq!(areas[0].1.iter().sum::<i64>(), 70_000);
    }
}
