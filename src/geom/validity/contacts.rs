//! Where edges meet: a sweep over edges sorted along the longer side of their box, with robust
//! orientation tests.

use geo::algorithm::kernels::{Kernel as _, Orientation, RobustKernel};
use geo_types::Coord;

/// An edge of a ring. Edges of no length are left out, so that neighbours in a ring are always
/// neighbours in `index`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Edge {
    /// Where it begins.
    pub(super) a: Coord<f64>,
    /// Where it ends.
    pub(super) b: Coord<f64>,
    /// Which ring, as the caller counts them.
    pub(super) ring: usize,
    /// Which edge of its ring, from 0.
    pub(super) index: usize,
}

/// How two edges meet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Contact {
    /// They cross in a point inside both.
    Cross(Coord<f64>),
    /// They share a stretch, which begins here.
    Overlap(Coord<f64>),
    /// They share one point, an end of at least one of them.
    Touch(Coord<f64>),
}

/// Calls `found` for each two edges that meet.
pub(super) fn each_contact(edges: &[Edge], mut found: impl FnMut(&Edge, &Edge, Contact)) {
    let along = |edge: &Edge, upright: bool| {
        let (a, b) = if upright {
            (edge.a.y, edge.b.y)
        } else {
            (edge.a.x, edge.b.x)
        };
        (a.min(b), a.max(b))
    };
    let extent = |upright| {
        edges.iter().map(|edge| along(edge, upright)).fold(
            (f64::INFINITY, f64::NEG_INFINITY),
            |(low, high), (least, most)| (low.min(least), high.max(most)),
        )
    };
    let ((west, east), (south, north)) = (extent(false), extent(true));
    let upright = north - south > east - west;
    let mut order: Vec<(f64, f64, f64, f64, &Edge)> = edges
        .iter()
        .map(|edge| {
            let ((from, to), (low, high)) = (along(edge, upright), along(edge, !upright));
            (from, to, low, high, edge)
        })
        .collect();
    order.sort_by(|one, other| one.0.total_cmp(&other.0));
    for (i, (_, to, low, high, one)) in order.iter().enumerate() {
        let near = order[i + 1..].iter().take_while(|other| other.0 <= *to);
        for (_, _, other_low, other_high, other) in near {
            if other_low <= high
                && low <= other_high
                && let Some(contact) = contact(one, other)
            {
                found(one, other, contact);
            }
        }
    }
}

/// How two edges meet, if they do.
fn contact(s: &Edge, t: &Edge) -> Option<Contact> {
    let side = RobustKernel::orient2d;
    let (ta, tb) = (side(s.a, s.b, t.a), side(s.a, s.b, t.b));
    if ta == tb {
        return (ta == Orientation::Collinear)
            .then(|| collinear(s, t))
            .flatten();
    }
    let (sa, sb) = (side(t.a, t.b, s.a), side(t.a, t.b, s.b));
    if sa == sb {
        return None;
    }
    let on_line = Orientation::Collinear;
    [(ta, t.a), (tb, t.b), (sa, s.a), (sb, s.b)]
        .into_iter()
        .find(|(side, _)| *side == on_line)
        .map_or_else(
            || Some(Contact::Cross(crossing(s, t))),
            |(_, end)| Some(Contact::Touch(end)),
        )
}

/// How two edges on one line meet.
fn collinear(s: &Edge, t: &Edge) -> Option<Contact> {
    let by_x = (s.b.x - s.a.x).abs() >= (s.b.y - s.a.y).abs();
    let key = |at: Coord<f64>| if by_x { at.x } else { at.y };
    let sorted = |edge: &Edge| {
        if key(edge.a) <= key(edge.b) {
            (edge.a, edge.b)
        } else {
            (edge.b, edge.a)
        }
    };
    let ((s_from, s_to), (t_from, t_to)) = (sorted(s), sorted(t));
    let from = if key(s_from) >= key(t_from) {
        s_from
    } else {
        t_from
    };
    let to = if key(s_to) <= key(t_to) { s_to } else { t_to };
    if key(from) < key(to) {
        Some(Contact::Overlap(from))
    } else {
        (from == to).then_some(Contact::Touch(from))
    }
}

/// Where two crossing edges cross, as nearly as floating point can say.
fn crossing(s: &Edge, t: &Edge) -> Coord<f64> {
    let (d, e) = (s.b - s.a, t.b - t.a);
    let across = d.x * e.y - d.y * e.x;
    let gap = t.a - s.a;
    let share = ((gap.x * e.y - gap.y * e.x) / across).clamp(0.0, 1.0);
    if share.is_finite() {
        s.a + d * share
    } else {
        s.a
    }
}
