//! Outlines found by place: which of many rings hold a vertex, without asking each of them.

use std::collections::BTreeMap;

use super::arrangement::{Node, ring_edges, within};

/// The side of a cell of the search grid, in grid steps: some two hundred metres.
const CELL: i64 = 20_000;

/// A cell of the search grid.
type Cell = (i64, i64);

/// A set of rings, each with what it stands for.
#[derive(Debug, Clone)]
pub(super) struct Ground<T> {
    rings: Vec<(Vec<Node>, T)>,
    /// The rings that hold a part of a cell, and whether they hold all of it.
    cells: BTreeMap<Cell, Vec<(usize, bool)>>,
}

impl<T> Default for Ground<T> {
    fn default() -> Self {
        Self {
            rings: Vec::new(),
            cells: BTreeMap::new(),
        }
    }
}

impl<T> Ground<T> {
    /// Adds a ring.
    pub(super) fn add(&mut self, ring: Vec<Node>, what: T) {
        let mut crossed: BTreeMap<Cell, bool> = BTreeMap::new();
        for (a, b) in ring_edges(&ring) {
            let rows = a.1.min(b.1).div_euclid(CELL)..=a.1.max(b.1).div_euclid(CELL);
            for x in a.0.min(b.0).div_euclid(CELL)..=a.0.max(b.0).div_euclid(CELL) {
                crossed.extend(rows.clone().map(|y| ((x, y), false)));
            }
        }
        let (first, last) = (
            crossed.keys().map(|c| c.1).min().unwrap_or_default(),
            crossed.keys().map(|c| c.1).max().unwrap_or_default(),
        );
        let columns = crossed.keys().next().map_or(0, |c| c.0)
            ..=crossed.keys().next_back().map_or(-1, |c| c.0);
        for cell in columns.flat_map(|x| (first..=last).map(move |y| (x, y))) {
            // A cell that no edge crosses lies within or without as a whole.
            let corner_x2 = (2 * cell.0 * CELL + 1, 2 * cell.1 * CELL + 1);
            if !crossed.contains_key(&cell) && within(ring_edges(&ring), corner_x2) {
                crossed.insert(cell, true);
            }
        }
        for (cell, whole) in crossed {
            let held = self.cells.entry(cell).or_default();
            held.push((self.rings.len(), whole));
        }
        self.rings.push((ring, what));
    }

    /// What holds a point, given in half grid steps; in the order in which it was added.
    pub(super) fn at_x2(&self, point_x2: Node) -> impl Iterator<Item = &T> {
        let near = self.cells.get(&cell_of(point_x2)).into_iter().flatten();
        near.filter_map(move |&(i, whole)| self.rings.get(i).map(|held| (held, whole)))
            .filter(move |((ring, _), whole)| *whole || within(ring_edges(ring), point_x2))
            .map(|((_, what), _)| what)
    }

    /// What holds a vertex; in the order in which it was added.
    pub(super) fn at(&self, at: Node) -> impl Iterator<Item = &T> {
        self.at_x2((2 * at.0, 2 * at.1))
    }

    /// Whether a point, given in half grid steps, lies near the outline of any ring.
    pub(super) fn near_an_edge(&self, point_x2: Node) -> bool {
        let near = self.cells.get(&cell_of(point_x2)).into_iter().flatten();
        near.into_iter().any(|(_, whole)| !whole)
    }
}

const fn cell_of(point_x2: Node) -> Cell {
    (
        point_x2.0.div_euclid(2 * CELL),
        point_x2.1.div_euclid(2 * CELL),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_held_by_every_ring_around_it_and_by_no_other() {
        let square = |x: i64, side: i64| vec![(x, 0), (x + side, 0), (x + side, side), (x, side)];
        let mut ground = Ground::default();
        ground.add(square(0, 150_000), "large");
        ground.add(square(10_000, 5_000), "small");
        assert_eq!(
            ground.at((12_000, 2_000)).collect::<Vec<_>>(),
            [&"large", &"small"]
        );
        assert_eq!(ground.at((70_000, 70_000)).collect::<Vec<_>>(), [&"large"]);
        assert!(!ground.near_an_edge((140_000, 140_000)));
        assert_eq!(ground.at((160_000, 2_000)).count(), 0);
    }
}
