//! A packed R-tree: the boxes of rows that already stand in Hilbert order, and the boxes of every
//! sixteen of them, and so on up. No pointers and no row numbers: a node's children are found by
//! counting.

use crate::geom::{BBox, cast};

/// How many children a node has.
const NODE: usize = 16;

/// A box in single precision, rounded outward, so that it is never too small.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Outer {
    west: f32,
    south: f32,
    east: f32,
    north: f32,
}

impl Outer {
    /// Holds nothing and meets nothing: the box of a row without geometry.
    const NOTHING: Self = Self {
        west: f32::INFINITY,
        south: f32::INFINITY,
        east: f32::NEG_INFINITY,
        north: f32::NEG_INFINITY,
    };

    fn around(bbox: &BBox) -> Self {
        Self {
            west: at_most(bbox.west),
            south: at_most(bbox.south),
            east: -at_most(-bbox.east),
            north: -at_most(-bbox.north),
        }
    }

    fn union(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    fn meets(&self, other: &Self) -> bool {
        self.west <= other.east
            && other.west <= self.east
            && self.south <= other.north
            && other.south <= self.north
    }
}

/// The greatest single-precision number that is not above `value`.
fn at_most(value: f64) -> f32 {
    let near = cast::f64_to_f32(value);
    if f64::from(near) > value {
        near.next_down()
    } else {
        near
    }
}

/// The boxes of rows, and of groups of rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tree {
    /// Rows first, then each level of nodes above them; the root is last.
    boxes: Box<[Outer]>,
    /// Where each level ends in `boxes`, rows first.
    ends: Box<[usize]>,
}

impl Tree {
    /// The tree of rows with these boxes, in their order; `None`: a row without geometry.
    pub(super) fn build(rows: impl Iterator<Item = Option<BBox>>) -> Self {
        let mut boxes: Vec<Outer> = rows
            .map(|row| row.map_or(Outer::NOTHING, |bbox| Outer::around(&bbox)))
            .collect();
        let mut ends = vec![boxes.len()];
        let mut start = 0;
        while boxes.len() - start > 1 {
            let level: Vec<Outer> = boxes[start..]
                .chunks(NODE)
                .map(|children| children.iter().copied().fold(Outer::NOTHING, Outer::union))
                .collect();
            start = boxes.len();
            boxes.extend(level);
            ends.push(boxes.len());
        }
        Self {
            boxes: boxes.into(),
            ends: ends.into(),
        }
    }

    /// The rows whose box may meet `bbox`, ascending: every one that does, and few that miss it by
    /// less than single precision.
    pub(super) fn candidates(&self, bbox: &BBox) -> Vec<usize> {
        let window = Outer::around(bbox);
        let mut found = Vec::new();
        let top = self.ends.len() - 1;
        // Nodes still to open: (level, place within the level). Pushed in reverse, so that rows come
        // out in order.
        let mut open = Vec::new();
        if !self.boxes.is_empty() {
            open.push((top, 0));
        }
        while let Some((level, place)) = open.pop() {
            let begin = if level == 0 { 0 } else { self.ends[level - 1] };
            if !self.boxes[begin + place].meets(&window) {
                continue;
            }
            if level == 0 {
                found.push(place);
                continue;
            }
            let below = self.ends[level - 1] - if level == 1 { 0 } else { self.ends[level - 2] };
            let children = place * NODE..below.min((place + 1) * NODE);
            open.extend(children.rev().map(|child| (level - 1, child)));
        }
        found
    }

    /// Bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.boxes) + size_of_val(&*self.ends)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn boxes() -> impl Strategy<Value = Vec<Option<BBox>>> {
        let one = (-180.0..170.0, -90.0..80.0, 0.0..10.0, 0.0..10.0).prop_map(
            |(west, south, wide, high): (f64, f64, f64, f64)| BBox {
                west,
                south,
                east: west + wide,
                north: south + high,
            },
        );
        proptest::collection::vec(proptest::option::weighted(0.9, one), 0..400)
    }

    proptest! {
        #[test]
        fn candidates_are_in_order_and_miss_no_row(rows in boxes(), window in boxes()) {
            let tree = Tree::build(rows.iter().copied());
            for window in window.iter().flatten() {
                let found = tree.candidates(window);
                prop_assert!(found.is_sorted());
                for (row, bbox) in rows.iter().enumerate() {
                    let meets = bbox.is_some_and(|bbox| bbox.intersects(window));
                    let near = bbox.is_some_and(|bbox| bbox.intersects(&window.grown_m(10.0)));
                    let is_found = found.binary_search(&row).is_ok();
                    prop_assert!(!meets || is_found, "row {row} is missed");
                    prop_assert!(near || !is_found, "row {row} is far away");
                }
            }
        }

        #[test]
        fn an_outer_box_is_never_too_small(value in -180.0..180.0_f64) {
            prop_assert!(f64::from(at_most(value)) <= value);
            prop_assert!(f64::from(-at_most(-value)) >= value);
        }
    }
}
