//! Lines cut at their crossings, on an integer grid, and the faces between them.
//!
//! The grid makes neighbours share their edges exactly: each crossing is computed once and rounded to
//! the grid, and every line is led through each vertex whose pixel it passes, so that what comes out
//! meets only in vertices (snap rounding: Hobby, "Practical segment intersection with finite
//! precision output", 1999). Products of coordinate differences stay below 2⁶³ for extents below half
//! a degree.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// A vertex: longitude and latitude in 10⁻⁷ degrees.
pub(super) type Node = (i64, i64);

/// What a line is. A later one outranks the earlier where both run along the same edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// Between two lots.
    Lot,
    /// Along a green belt.
    Green,
    /// Around a park.
    Park,
    /// Around a lake.
    Lake,
    /// Along a river.
    River,
    /// Along a main street.
    Street,
    /// Along a road greater than that.
    Road,
    /// The district's boundary.
    Boundary,
}

/// Edges without direction: the lesser vertex first, each with its mark.
pub(super) type Edges = BTreeMap<(Node, Node), Mark>;

/// The side of a cell of the search grid, in grid steps.
const CELL: i64 = 20_000;

/// Twice the area of the triangle, positive when it turns to the left.
pub(super) const fn turn(a: Node, b: Node, c: Node) -> i64 {
    (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
}

/// Adds a line to the edges.
pub(super) fn add(edges: &mut Edges, from: Node, to: Node, mark: Mark) {
    if from != to {
        let key = if from < to { (from, to) } else { (to, from) };
        let held = edges.entry(key).or_insert(mark);
        *held = (*held).max(mark);
    }
}

/// Adds a closed ring, its first vertex not repeated at the end.
pub(super) fn add_ring(edges: &mut Edges, ring: &[Node], mark: Mark) {
    for (i, &from) in ring.iter().enumerate() {
        add(edges, from, ring[(i + 1) % ring.len()], mark);
    }
}

/// Cuts lines where they cross or touch: the edges that come out meet only in their ends.
pub(super) fn cut(lines: &Edges) -> Edges {
    let mut pixels: BTreeSet<Node> = lines.keys().flat_map(|(a, b)| [*a, *b]).collect();
    let keys: Vec<(Node, Node)> = lines.keys().copied().collect();
    for near in by_cell(&keys).values() {
        for (i, &a) in near.iter().enumerate() {
            pixels.extend(
                near.iter()
                    .skip(i + 1)
                    .filter_map(|&b| crossing(keys[a], keys[b])),
            );
        }
    }
    let mut pixels_by_cell: BTreeMap<(i64, i64), Vec<Node>> = BTreeMap::new();
    for pixel in pixels {
        pixels_by_cell
            .entry((cell(pixel.0), cell(pixel.1)))
            .or_default()
            .push(pixel);
    }
    let mut edges = Edges::new();
    for (&(from, to), &mark) in lines {
        let along = |p: &Node| (p.0 - from.0) * (to.0 - from.0) + (p.1 - from.1) * (to.1 - from.1);
        let mut stops: Vec<Node> = cells_of((from, to))
            .filter_map(|cell| pixels_by_cell.get(&cell))
            .flatten()
            .copied()
            .filter(|pixel| passes((from, to), *pixel))
            .collect();
        stops.sort_by_key(along);
        for pair in stops.windows(2) {
            add(&mut edges, pair[0], pair[1], mark);
        }
    }
    edges
}

const fn cell(value: i64) -> i64 {
    value.div_euclid(CELL)
}

/// The cells of the search grid that a line's box, grown by a step, meets.
fn cells_of((a, b): (Node, Node)) -> impl Iterator<Item = (i64, i64)> {
    let rows = cell(a.1.min(b.1) - 1)..=cell(a.1.max(b.1) + 1);
    (cell(a.0.min(b.0) - 1)..=cell(a.0.max(b.0) + 1))
        .flat_map(move |x| rows.clone().map(move |y| (x, y)))
}

/// Which lines come near each cell of the search grid.
fn by_cell(lines: &[(Node, Node)]) -> BTreeMap<(i64, i64), Vec<usize>> {
    let mut cells: BTreeMap<(i64, i64), Vec<usize>> = BTreeMap::new();
    for (i, line) in lines.iter().enumerate() {
        for cell in cells_of(*line) {
            cells.entry(cell).or_default().push(i);
        }
    }
    cells
}

/// Where two lines cross between their ends, rounded to the grid.
fn crossing((p, q): (Node, Node), (r, s): (Node, Node)) -> Option<Node> {
    let apart = |a: i64, b: i64| a.signum() * b.signum() < 0;
    if !apart(turn(p, q, r), turn(p, q, s)) || !apart(turn(r, s, p), turn(r, s, q)) {
        return None;
    }
    let num = i128::from(turn(r, s, p));
    let den = num - i128::from(turn(r, s, q));
    let (num, den) = if den < 0 { (-num, -den) } else { (num, den) };
    let on = |from: i64, to: i64| {
        let rounded = (2 * i128::from(to - from) * num + den).div_euclid(2 * den);
        i64::try_from(rounded).ok().map(|by| from + by)
    };
    on(p.0, q.0).zip(on(p.1, q.1))
}

/// Whether a line meets a vertex's pixel: the square of one step around it, its left and lower sides
/// counted in and the others not.
fn passes((from, to): (Node, Node), pixel: Node) -> bool {
    // The stretch of the line within, as fractions of its length; `true`: the end itself is within.
    let (mut low, mut high) = ((0_i128, 1_i128, true), (1_i128, 1_i128, true));
    for (start, step, centre) in [
        (from.0, to.0 - from.0, pixel.0),
        (from.1, to.1 - from.1, pixel.1),
    ] {
        let (enter, leave) = (2 * (centre - start) - 1, 2 * (centre - start) + 1);
        let (first, last) = match step.signum() {
            0 if enter <= 0 && 0 < leave => continue,
            0 => return false,
            1 => ((enter, 2 * step, true), (leave, 2 * step, false)),
            _ => ((-leave, -2 * step, false), (-enter, -2 * step, true)),
        };
        let wide =
            |(num, den, within): (i64, i64, bool)| (i128::from(num), i128::from(den), within);
        let (first, last) = (wide(first), wide(last));
        match (first.0 * low.1).cmp(&(low.0 * first.1)) {
            Ordering::Greater => low = first,
            Ordering::Equal => low.2 &= first.2,
            Ordering::Less => {}
        }
        match (last.0 * high.1).cmp(&(high.0 * last.1)) {
            Ordering::Less => high = last,
            Ordering::Equal => high.2 &= last.2,
            Ordering::Greater => {}
        }
    }
    match (low.0 * high.1).cmp(&(high.0 * low.1)) {
        Ordering::Less => true,
        Ordering::Equal => low.2 && high.2,
        Ordering::Greater => false,
    }
}

/// The faces between edges.
#[derive(Debug, Clone)]
pub(super) struct Faces {
    /// Each face's ring, turning left, its first vertex not repeated; in a fixed order.
    pub(super) rings: Vec<Vec<Node>>,
    /// The face on the left of each edge, walked in either direction; `None`: outside.
    left: BTreeMap<(Node, Node), Option<usize>>,
}

impl Faces {
    /// The faces between edges that meet only in their ends. Edges that lead nowhere are left out.
    pub(super) fn of(edges: &mut Edges) -> Self {
        loop {
            prune(edges);
            let faces = Self::trace(edges);
            let before = edges.len();
            edges.retain(|&(a, b), mark| {
                *mark == Mark::Boundary || faces.left.get(&(a, b)) != faces.left.get(&(b, a))
            });
            if edges.len() == before {
                return faces;
            }
        }
    }

    fn trace(edges: &Edges) -> Self {
        let around = around(edges);
        let mut faces = Self {
            rings: Vec::new(),
            left: BTreeMap::new(),
        };
        for start in edges.keys().flat_map(|(a, b)| [(*a, *b), (*b, *a)]) {
            if faces.left.contains_key(&start) {
                continue;
            }
            let mut walk = vec![start];
            let mut edge = next(&around, start);
            while edge != start {
                walk.push(edge);
                edge = next(&around, edge);
            }
            let ring: Vec<Node> = walk.iter().map(|(from, _)| *from).collect();
            let face = (area_x2(&ring) > 0).then_some(faces.rings.len());
            if face.is_some() {
                faces.rings.push(ring);
            }
            faces.left.extend(walk.into_iter().map(|edge| (edge, face)));
        }
        faces
    }

    /// The face across the edge of a face's ring that starts at `from`.
    pub(super) fn across(&self, from: Node, to: Node) -> Option<usize> {
        self.left.get(&(to, from)).copied().flatten()
    }
}

/// The neighbours of every vertex, turning left from the east.
fn around(edges: &Edges) -> BTreeMap<Node, Vec<Node>> {
    let mut around: BTreeMap<Node, Vec<Node>> = BTreeMap::new();
    for &(a, b) in edges.keys() {
        around.entry(a).or_default().push(b);
        around.entry(b).or_default().push(a);
    }
    for (centre, neighbours) in &mut around {
        let lower = |n: &Node| n.1 < centre.1 || (n.1 == centre.1 && n.0 < centre.0);
        neighbours.sort_by(|m, n| lower(m).cmp(&lower(n)).then(0.cmp(&turn(*centre, *m, *n))));
    }
    around
}

/// The edge after this one on the ring of the face to its left.
fn next(around: &BTreeMap<Node, Vec<Node>>, (from, to): (Node, Node)) -> (Node, Node) {
    let Some(neighbours) = around.get(&to) else {
        return (to, from);
    };
    let came = neighbours.iter().position(|n| *n == from).unwrap_or(0);
    (
        to,
        neighbours[(came + neighbours.len() - 1) % neighbours.len()],
    )
}

/// Takes away edges with an end where nothing else ends.
fn prune(edges: &mut Edges) {
    loop {
        let mut degree: BTreeMap<Node, usize> = BTreeMap::new();
        for (a, b) in edges.keys() {
            *degree.entry(*a).or_default() += 1;
            *degree.entry(*b).or_default() += 1;
        }
        let before = edges.len();
        edges.retain(|(a, b), _| degree.get(a) != Some(&1) && degree.get(b) != Some(&1));
        if edges.len() == before {
            return;
        }
    }
}

/// Twice the area of a ring in grid steps squared, positive when it turns left.
pub(super) fn area_x2(ring: &[Node]) -> i64 {
    let Some(&origin) = ring.first() else {
        return 0;
    };
    ring.windows(2)
        .map(|pair| turn(origin, pair[0], pair[1]))
        .sum()
}

/// Whether a point, given in half grid steps, lies within rings given as edges (even-odd).
pub(super) fn within<'a>(
    edges: impl Iterator<Item = (&'a Node, &'a Node)>,
    point_x2: Node,
) -> bool {
    let mut inside = false;
    for (a, b) in edges {
        let (a, b) = ((2 * a.0, 2 * a.1), (2 * b.0, 2 * b.1));
        if (a.1 > point_x2.1) != (b.1 > point_x2.1) {
            let (low, high) = if a.1 < b.1 { (a, b) } else { (b, a) };
            inside ^= turn(low, high, point_x2) > 0;
        }
    }
    inside
}

/// The edges of a ring.
pub(super) fn ring_edges(ring: &[Node]) -> impl Iterator<Item = (&Node, &Node)> {
    ring.iter().zip(ring.iter().cycle().skip(1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn square(x: i64, y: i64, side: i64) -> [Node; 4] {
        [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
    }

    #[test]
    fn two_overlapping_squares_make_three_faces_that_share_their_edges() {
        let mut edges = Edges::new();
        add_ring(&mut edges, &square(0, 0, 1000), Mark::Boundary);
        add_ring(&mut edges, &square(500, 500, 1000), Mark::Lot);
        let faces = Faces::of(&mut cut(&edges));
        let mut areas: Vec<i64> = faces.rings.iter().map(|r| area_x2(r) / 2).collect();
        areas.sort_unstable();
        assert_eq!(areas, [250_000, 750_000, 750_000]);
    }

    #[test]
    fn an_edge_that_leads_nowhere_is_left_out() {
        let mut edges = Edges::new();
        add_ring(&mut edges, &square(0, 0, 1000), Mark::Boundary);
        add(&mut edges, (0, 500), (400, 500), Mark::Lot);
        let faces = Faces::of(&mut cut(&edges));
        assert_eq!(faces.rings.len(), 1);
        assert_eq!(area_x2(&faces.rings[0]), 2_000_000);
    }

    proptest! {
        #[test]
        fn whatever_lines_cross_a_square_its_faces_add_up_to_it(
            lines in prop::collection::vec(((-200_i64..1_200, -200_i64..1_200), (-200_i64..1_200, -200_i64..1_200)), 0..30),
        ) {
            let frame = square(0, 0, 1000);
            let mut edges = Edges::new();
            add_ring(&mut edges, &frame, Mark::Boundary);
            for (from, to) in lines {
                add(&mut edges, from, to, Mark::Lot);
            }
            let mut edges = cut(&edges);
            let border: Vec<(Node, Node)> =
                edges.iter().filter(|(_, m)| **m == Mark::Boundary).map(|(k, _)| *k).collect();
            let whole = |point| within(border.iter().map(|(a, b)| (a, b)), point);
            edges.retain(|(a, b), m| *m == Mark::Boundary || whole((a.0 + b.0, a.1 + b.1)));
            let faces = Faces::of(&mut edges);
            let outline = Faces::of(&mut border.iter().map(|e| (*e, Mark::Boundary)).collect());
            let sum: i64 = faces.rings.iter().map(|r| area_x2(r)).sum();
            let whole: i64 = outline.rings.iter().map(|r| area_x2(r)).sum();
            // A face with a hole (lines that touch nothing) is counted with its hole, once more.
            prop_assert!(sum >= whole);
            for ring in &faces.rings {
                for (a, b) in ring_edges(ring) {
                    prop_assert_ne!(faces.across(*a, *b), faces.left[&(*a, *b)]);
                }
            }
        }
    }
}
