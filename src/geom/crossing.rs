//! Where two edges cross, decided exactly and without exceptions.
//!
//! Edges that share a vertex, lie along one another or end on one another are no special case: one
//! of the two shapes is thought moved by (ε, ε²), less than any distance there is (simulation of
//! simplicity, Edelsbrunner and Mücke 1990). What is computed is continuous, so that ε then goes to
//! 0. Signs are exact (Shewchuk 1997).

use std::cmp::Ordering;

use geo_types::Coord;
use robust::orient2d;

/// On which side of a line a point lies: twice the area of the triangle, positive to the left. Its
/// sign is exact.
pub(super) fn side(from: Coord<f64>, to: Coord<f64>, at: Coord<f64>) -> f64 {
    let point = |at: Coord<f64>| robust::Coord { x: at.x, y: at.y };
    orient2d(point(from), point(to), point(at))
}

/// Two edges whose boxes meet, and the sides on which they have each other's ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    /// The ends of the fixed edge by the moved one.
    pub(super) fixed: [f64; 2],
    /// The ends of the moved edge by the fixed one.
    pub(super) moved: [f64; 2],
}

impl Pair {
    /// The sides, if the edges share a point; `None` if they do not.
    pub(super) fn of(a: (Coord<f64>, Coord<f64>), b: (Coord<f64>, Coord<f64>)) -> Option<Self> {
        let fixed = [side(b.0, b.1, a.0), side(b.0, b.1, a.1)];
        if apart(fixed) {
            return None;
        }
        let moved = [side(a.0, a.1, b.0), side(a.0, a.1, b.1)];
        (!apart(moved)).then_some(Self { fixed, moved })
    }

    /// Whether the edges cross when the second is moved by (ε, ε²), or the other way if `back`; and
    /// if so, whether the first runs from right to left across the second.
    pub(super) fn cross(
        &self,
        a: (Coord<f64>, Coord<f64>),
        b: (Coord<f64>, Coord<f64>),
        back: bool,
    ) -> Option<bool> {
        // A point of the fixed edge lies, as the moved edge sees it, moved the other way.
        let by_moved = falls_left(b, !back)?;
        let by_fixed = falls_left(a, back)?;
        let left = |side: f64, tie: bool| if side == 0.0 { tie } else { side > 0.0 };
        let fixed = self.fixed.map(|side| left(side, by_moved));
        let moved = self.moved.map(|side| left(side, by_fixed));
        (fixed[0] != fixed[1] && moved[0] != moved[1]).then_some(fixed[1])
    }

    /// How far along the first edge they cross: 0 … 1.
    pub(super) fn along(&self) -> f64 {
        let [from, to] = self.fixed;
        let whole = from - to;
        if whole == 0.0 {
            0.0
        } else {
            (from / whole).clamp(0.0, 1.0)
        }
    }
}

fn apart(sides: [f64; 2]) -> bool {
    (sides[0] > 0.0 && sides[1] > 0.0) || (sides[0] < 0.0 && sides[1] < 0.0)
}

/// Whether a point on an edge's line comes to lie to its left when moved by (ε, ε²), or the other
/// way if `back`: by dx ε² − dy ε. `None` for an edge that ends where it begins.
pub(super) fn falls_left(edge: (Coord<f64>, Coord<f64>), back: bool) -> Option<bool> {
    let (from, to) = edge;
    let falls = match to.y.partial_cmp(&from.y)? {
        Ordering::Less => true,
        Ordering::Greater => false,
        Ordering::Equal => match to.x.partial_cmp(&from.x)? {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => return None,
        },
    };
    Some(falls != back)
}

/// Whether a ray to the east from a point that is moved by (ε, ε²), or the other way if `back`,
/// crosses an edge.
pub(super) fn ray_crosses(at: Coord<f64>, edge: (Coord<f64>, Coord<f64>), back: bool) -> bool {
    let above = |y: f64| if back { y >= at.y } else { y > at.y };
    let (from, to) = edge;
    if above(from.y) == above(to.y) {
        return false;
    }
    let upward = if from.y < to.y {
        (from, to)
    } else {
        (to, from)
    };
    let side = side(upward.0, upward.1, at);
    if side == 0.0 {
        falls_left(upward, back).unwrap_or(false)
    } else {
        side > 0.0
    }
}
