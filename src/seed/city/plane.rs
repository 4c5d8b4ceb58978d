//! The plane in which the city is drawn: metres east and north of its middle. A drawing board, no
//! projection: what is drawn is led back to the grid of degrees before anything is measured.

use crate::geom::cast::{f64_to_i64, i64_to_f64};
use crate::seed::arrangement::Node;

/// A place on the board, metres east and north.
pub(in crate::seed) type Place = (f64, f64);

/// The middle of the board, grid steps.
const MIDDLE: Node = (1_164_900_000, 399_500_000);
/// Metres in a grid step at the middle, east and north.
const STEP_M: Place = (0.008_539, 0.011_104);

/// The grid's vertex of a place.
pub(in crate::seed) fn to_node((east, north): Place) -> Node {
    (
        MIDDLE.0 + f64_to_i64(east / STEP_M.0),
        MIDDLE.1 + f64_to_i64(north / STEP_M.1),
    )
}

/// The place of a vertex.
pub(in crate::seed) fn to_place(at: Node) -> Place {
    (
        i64_to_f64(at.0 - MIDDLE.0) * STEP_M.0,
        i64_to_f64(at.1 - MIDDLE.1) * STEP_M.1,
    )
}

/// The place of a position in degrees.
pub(in crate::seed) fn of_degrees((lon, lat): (f64, f64)) -> Place {
    to_place(crate::seed::place::node(lon, lat))
}

/// One place less another.
pub(in crate::seed) fn less(a: Place, b: Place) -> Place {
    (a.0 - b.0, a.1 - b.1)
}

/// A place moved `by` times a vector.
pub(in crate::seed) fn along(from: Place, vector: Place, by: f64) -> Place {
    (from.0 + vector.0 * by, from.1 + vector.1 * by)
}

/// A place between two, `by` of the way.
pub(in crate::seed) fn between(a: Place, b: Place, by: f64) -> Place {
    along(a, less(b, a), by)
}

/// The cross product: positive when `b` lies to the left of `a`.
pub(in crate::seed) fn cross(a: Place, b: Place) -> f64 {
    a.0 * b.1 - a.1 * b.0
}

/// A vector's length. Square roots are exact to the last bit on every machine, `hypot` is not.
pub(in crate::seed) fn length(vector: Place) -> f64 {
    (vector.0 * vector.0 + vector.1 * vector.1).sqrt()
}

/// A vector of the same direction, one metre long.
pub(in crate::seed) fn unit(vector: Place) -> Place {
    let length = length(vector).max(1e-9);
    (vector.0 / length, vector.1 / length)
}

/// A vector turned a quarter to the left.
pub(in crate::seed) const fn left(vector: Place) -> Place {
    (-vector.1, vector.0)
}

/// The area of a ring, positive when it turns left.
pub(in crate::seed) fn area(ring: &[Place]) -> f64 {
    let Some(&origin) = ring.first() else {
        return 0.0;
    };
    let sum: f64 = ring
        .windows(2)
        .map(|pair| cross(less(pair[0], origin), less(pair[1], origin)))
        .sum();
    sum / 2.0
}

/// The middle of a ring's vertices.
pub(in crate::seed) fn middle(ring: &[Place]) -> Place {
    let count = crate::geom::cast::usize_to_f64(ring.len().max(1));
    let sum = ring.iter().fold((0.0, 0.0), |s, p| (s.0 + p.0, s.1 + p.1));
    (sum.0 / count, sum.1 / count)
}

/// The parts of a convex ring to the left and to the right of a line, either empty if there is none.
pub(in crate::seed) fn halves(ring: &[Place], through: Place, direction: Place) -> [Vec<Place>; 2] {
    let mut parts = [Vec::new(), Vec::new()];
    for (i, &here) in ring.iter().enumerate() {
        let next = ring[(i + 1) % ring.len()];
        let (a, b) = (
            cross(direction, less(here, through)),
            cross(direction, less(next, through)),
        );
        parts[usize::from(a < 0.0)].push(here);
        if (a < 0.0) != (b < 0.0) {
            let cut = between(here, next, a / (a - b));
            parts[0].push(cut);
            parts[1].push(cut);
        }
    }
    parts.map(|part| if part.len() > 2 { part } else { Vec::new() })
}

/// Where a line first meets a ring.
pub(in crate::seed) fn meeting([from, to]: [Place; 2], ring: &[Place]) -> Option<Place> {
    let line = less(to, from);
    let by = ring
        .iter()
        .zip(ring.iter().cycle().skip(1))
        .filter_map(|(a, b)| {
            let (s, t) = (cross(line, less(*a, from)), cross(line, less(*b, from)));
            let at = between(*a, *b, s / (s - t));
            let ahead = less(at, from).0 * line.0 + less(at, from).1 * line.1;
            let by = ahead / (line.0 * line.0 + line.1 * line.1);
            ((s < 0.0) != (t < 0.0) && (0.0..=1.0).contains(&by)).then_some(by)
        });
    by.min_by(f64::total_cmp).map(|by| along(from, line, by))
}

/// Whether a ring that turns left is convex.
pub(in crate::seed) fn is_convex(ring: &[Place]) -> bool {
    let count = ring.len();
    (0..count).all(|i| {
        let (a, b, c) = (ring[i], ring[(i + 1) % count], ring[(i + 2) % count]);
        cross(less(b, a), less(c, b)) > 0.0
    })
}

/// A convex ring with every side moved inwards; `None` if nothing is left of it.
pub(in crate::seed) fn inset(ring: &[Place], by_m: f64) -> Option<Vec<Place>> {
    let count = ring.len();
    let side = |i: usize| {
        let (a, b) = (ring[i % count], ring[(i + 1) % count]);
        let direction = unit(less(b, a));
        (along(a, left(direction), by_m), direction)
    };
    let corner = |i: usize| {
        let ((p, d), (q, e)) = (side(i + count - 1), side(i));
        let turn = cross(d, e);
        (turn > 0.02).then(|| along(p, d, cross(less(q, p), e) / turn))
    };
    let inner = (0..count).map(corner).collect::<Option<Vec<_>>>()?;
    (is_convex(&inner) && area(&inner) > 0.2 * area(ring)).then_some(inner)
}

/// The nearest place on a line, and how far it is.
pub(in crate::seed) fn nearest(line: &[Place], at: Place) -> (Place, f64) {
    let mut best = (at, f64::INFINITY);
    for pair in line.windows(2) {
        let step = less(pair[1], pair[0]);
        let from = less(at, pair[0]);
        let dot = step.0 * from.0 + step.1 * from.1;
        let by = dot / (step.0 * step.0 + step.1 * step.1).max(1e-9);
        let place = along(pair[0], step, by.clamp(0.0, 1.0));
        let apart = length(less(at, place));
        if apart < best.1 {
            best = (place, apart);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [Place; 4] = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)];

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn a_square_cut_through_gives_two_halves_and_moved_inwards_a_smaller_square() {
        let [left, right] = halves(&SQUARE, (4.0, 0.0), (0.0, 1.0));
        assert!(near(area(&left), 40.0) && near(area(&right), 60.0));
        let inner = inset(&SQUARE, 2.0).unwrap();
        assert!(near(area(&inner), 36.0));
        assert_eq!(inset(&SQUARE, 6.0), None);
    }

    #[test]
    fn a_vertex_comes_back_from_the_board() {
        let at = (1_164_512_345, 400_123_457);
        assert_eq!(to_node(to_place(at)), at);
    }

    #[test]
    fn the_nearest_place_on_a_line_is_beside_or_at_its_end() {
        let line = [(0.0, 0.0), (10.0, 0.0)];
        assert_eq!(nearest(&line, (4.0, 3.0)), ((4.0, 0.0), 3.0));
        assert_eq!(nearest(&line, (13.0, 4.0)), ((10.0, 0.0), 5.0));
    }
}
