//! Whether rings are polygons as Mapbox Vector Tile 2.1 and OGC Simple Features want them, decided
//! in integers.

use std::cmp::Ordering;

use super::polygon::{Ring, area2};
use super::snap::Spot;

/// Whether the rings, each exterior before its holes, are valid polygons together: every ring simple
/// and rightly wound, no two crossing or sharing an edge, holes within their exterior and not within
/// each other, interiors connected and apart. Rings may touch each other in single spots; a ring may
/// not touch itself.
pub(super) fn polygons(rings: &[Ring]) -> bool {
    let wound = rings.first().is_none_or(|ring| !ring.hole)
        && rings.iter().all(|ring| {
            let area = area2(&ring.spots);
            ring.spots.len() > 2 && if ring.hole { area < 0 } else { area > 0 }
        });
    if !wound {
        return false;
    }
    let Some(touches) = touches(rings) else {
        return false;
    };
    let polygon_of = polygon_numbers(rings);
    none_crosses(&touches)
        && interiors_hold_together(rings.len(), &polygon_of, &touches)
        && nested(rings, &polygon_of, &touches)
}

/// The number of the polygon that each ring belongs to.
fn polygon_numbers(rings: &[Ring]) -> Vec<usize> {
    let exteriors = rings.iter().scan(0, |exteriors, ring| {
        *exteriors += usize::from(!ring.hole);
        Some(*exteriors)
    });
    exteriors.collect()
}

/// One edge, from the `place`-th spot of a ring to the one after it.
#[derive(Clone, Copy)]
struct Edge {
    ring: usize,
    place: usize,
    from: Spot,
    to: Spot,
}

impl Edge {
    fn west(&self) -> i64 {
        self.from.x.min(self.to.x)
    }

    fn east(&self) -> i64 {
        self.from.x.max(self.to.x)
    }
}

/// Where a ring passes through a spot that another ring passes through too: the spots it comes from
/// and goes to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Touch {
    at: Spot,
    ring: usize,
    before: Spot,
    after: Spot,
}

/// Every touch of two rings, by spot; `None` when edges cross, run along each other, or a ring
/// touches itself.
fn touches(rings: &[Ring]) -> Option<Vec<Touch>> {
    let mut edges = Vec::with_capacity(rings.iter().map(|ring| ring.spots.len()).sum());
    for (ring, Ring { spots, .. }) in rings.iter().enumerate() {
        let next = spots.iter().skip(1).chain(spots.first());
        edges.extend(
            spots
                .iter()
                .zip(next)
                .enumerate()
                .map(|(place, (&from, &to))| Edge {
                    ring,
                    place,
                    from,
                    to,
                }),
        );
    }
    edges.sort_unstable_by_key(Edge::west);
    let mut touches = Vec::new();
    for (i, a) in edges.iter().enumerate() {
        let east = a.east();
        let (north, south) = (a.from.y.min(a.to.y), a.from.y.max(a.to.y));
        for b in edges[i + 1..].iter().take_while(|b| b.west() <= east) {
            if b.from.y.max(b.to.y) < north || b.from.y.min(b.to.y) > south {
                continue;
            }
            match meeting(rings, a, b) {
                Meeting::Nowhere => {}
                Meeting::Forbidden => return None,
                Meeting::At(at) => touches.extend([a, b].map(|edge| touch(rings, edge, at))),
            }
        }
    }
    touches.sort_unstable();
    touches.dedup();
    Some(touches)
}

/// How two edges meet.
enum Meeting {
    Nowhere,
    /// In one spot, an end of at least one of them.
    At(Spot),
    /// They cross, share a stretch, or are edges of one ring that should not meet.
    Forbidden,
}

fn meeting(rings: &[Ring], a: &Edge, b: &Edge) -> Meeting {
    if a.ring == b.ring {
        let count = rings[a.ring].spots.len();
        if (a.place + 1) % count == b.place {
            return neighbours(a, b);
        }
        if (b.place + 1) % count == a.place {
            return neighbours(b, a);
        }
    }
    let sides = [
        side(a, b.from),
        side(a, b.to),
        side(b, a.from),
        side(b, a.to),
    ];
    let apart = |one: Ordering, other: Ordering| one == other && one != Ordering::Equal;
    if apart(sides[0], sides[1]) || apart(sides[2], sides[3]) {
        return Meeting::Nowhere;
    }
    let ends = [(b.from, a), (b.to, a), (a.from, b), (a.to, b)];
    let mut shared = sides
        .iter()
        .zip(ends)
        .filter(|(side, (end, edge))| side.is_eq() && within(edge, *end))
        .map(|(_, (end, _))| end);
    let Some(at) = shared.next() else {
        // Nothing but ends on one line, and those apart; or a true crossing.
        let on_one_line = sides.iter().all(|side| side.is_eq());
        return if on_one_line {
            Meeting::Nowhere
        } else {
            Meeting::Forbidden
        };
    };
    let single = shared.all(|other| other == at);
    if single && a.ring != b.ring {
        Meeting::At(at)
    } else {
        Meeting::Forbidden
    }
}

/// How an edge meets the next of its ring beyond the spot they share: not, unless it runs back.
fn neighbours(edge: &Edge, next: &Edge) -> Meeting {
    let (on, to) = (edge.from, next.to);
    let back = (edge.to.x - on.x) * (to.x - edge.to.x) + (edge.to.y - on.y) * (to.y - edge.to.y);
    if back < 0 && side(edge, to).is_eq() {
        Meeting::Forbidden
    } else {
        Meeting::Nowhere
    }
}

/// On which side of an edge's line a spot lies.
fn side(edge: &Edge, spot: Spot) -> Ordering {
    turn(edge.from, edge.to, spot).cmp(&0)
}

/// Twice the signed area of a triangle.
fn turn(a: Spot, b: Spot, c: Spot) -> i64 {
    (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)
}

/// Whether a spot on an edge's line lies on the edge.
fn within(edge: &Edge, spot: Spot) -> bool {
    (edge.west()..=edge.east()).contains(&spot.x)
        && (edge.from.y.min(edge.to.y)..=edge.from.y.max(edge.to.y)).contains(&spot.y)
}

fn touch(rings: &[Ring], edge: &Edge, at: Spot) -> Touch {
    let spots = &rings[edge.ring].spots;
    let (mut before, mut after) = (edge.from, edge.to);
    if at == edge.from {
        before = spots[(edge.place + spots.len() - 1) % spots.len()];
    } else if at == edge.to {
        after = spots[(edge.place + 2) % spots.len()];
    }
    Touch {
        at,
        ring: edge.ring,
        before,
        after,
    }
}

/// Whether at every spot where rings touch each stays on one side of the other.
fn none_crosses(touches: &[Touch]) -> bool {
    touches.chunk_by(|a, b| a.at == b.at).all(|here| {
        here.iter().enumerate().all(|(i, a)| {
            here[i + 1..].iter().all(|b| {
                between(a.at, a.before, a.after, b.before)
                    == between(a.at, a.before, a.after, b.after)
            })
        })
    })
}

/// Whether, turning about `at` from the direction of `from` in the sense of growing angles, that of
/// `to` comes after that of `spot`. No two directions are the same: that would be a shared stretch.
fn between(at: Spot, from: Spot, to: Spot, spot: Spot) -> bool {
    let after_spot = turn(at, from, spot) > 0;
    let before_to = turn(at, spot, to) > 0;
    if turn(at, from, to) > 0 {
        after_spot && before_to
    } else {
        after_spot || before_to
    }
}

/// Whether each polygon's interior is connected: its rings, joined where they touch, form no circle.
fn interiors_hold_together(rings: usize, polygon_of: &[usize], touches: &[Touch]) -> bool {
    // Nodes: the rings, then for each spot one per polygon that touches itself there.
    let mut group: Vec<usize> = (0..rings).collect();
    for here in touches.chunk_by(|a, b| a.at == b.at && polygon_of[a.ring] == polygon_of[b.ring]) {
        let spot = group.len();
        group.push(spot);
        for touch in here {
            let (ring, spot) = (root(&group, touch.ring), root(&group, spot));
            if ring == spot {
                return false;
            }
            group[ring] = spot;
        }
    }
    true
}

fn root(group: &[usize], mut node: usize) -> usize {
    while group[node] != node {
        node = group[node];
    }
    node
}

/// Whether holes lie within their own exterior and outside each other, and polygons outside each
/// other. Edges are known not to cross, so one place of a ring speaks for all of it.
fn nested(rings: &[Ring], polygon_of: &[usize], touches: &[Touch]) -> bool {
    if rings.len() < 2 {
        return true;
    }
    let boxes: Vec<[i64; 4]> = rings.iter().map(|ring| extent(&ring.spots)).collect();
    let polygons: Vec<&[usize]> = polygon_of.chunk_by(|a, b| a == b).collect();
    let mut first = 0;
    let ranges: Vec<std::ops::Range<usize>> = polygons
        .iter()
        .map(|polygon| {
            let range = first..first + polygon.len();
            first = range.end;
            range
        })
        .collect();
    let inside = |ring: usize, place: Spot| goes_round(&rings[ring].spots, boxes[ring], place);
    ranges.iter().enumerate().all(|(p, own)| {
        own.clone().all(|ring| {
            let Some(place) = own_place(ring, &rings[ring].spots, touches) else {
                return false;
            };
            if ring > own.start {
                return inside(own.start, place)
                    && (own.start + 1..own.end)
                        .all(|other| other == ring || !inside(other, place));
            }
            ranges.iter().enumerate().all(|(q, other)| {
                p == q
                    || !inside(other.start, place)
                    || (other.start + 1..other.end).any(|hole| inside(hole, place))
            })
        })
    })
}

fn extent(spots: &[Spot]) -> [i64; 4] {
    spots.iter().fold(
        [i64::MAX, i64::MAX, i64::MIN, i64::MIN],
        |[w, n, e, s], spot| [w.min(spot.x), n.min(spot.y), e.max(spot.x), s.max(spot.y)],
    )
}

/// A place on a ring, in quarters of a unit, where it touches no other ring: a corner, or a quarter
/// of the way along an edge.
fn own_place(ring: usize, spots: &[Spot], touches: &[Touch]) -> Option<Spot> {
    let is_touched = |place: Spot| {
        touches
            .iter()
            .any(|touch| touch.ring == ring && quarters(touch.at) == place)
    };
    let corners = spots.iter().map(|&spot| quarters(spot));
    let next = spots.iter().skip(1).chain(spots.first());
    let along = spots.iter().zip(next).flat_map(|(a, b)| {
        (1..4).map(|i| Spot {
            x: (4 - i) * a.x + i * b.x,
            y: (4 - i) * a.y + i * b.y,
        })
    });
    corners.chain(along).find(|&place| !is_touched(place))
}

const fn quarters(spot: Spot) -> Spot {
    Spot {
        x: spot.x * 4,
        y: spot.y * 4,
    }
}

/// Whether a ring goes round a place, given in quarters of a unit, that does not lie on it.
fn goes_round(spots: &[Spot], [west, north, east, south]: [i64; 4], place: Spot) -> bool {
    if !(west * 4..=east * 4).contains(&place.x) || !(north * 4..=south * 4).contains(&place.y) {
        return false;
    }
    let before = spots.last().into_iter().chain(spots);
    before.zip(spots).fold(false, |inside, (&a, &b)| {
        let (a, b) = (quarters(a), quarters(b));
        if (a.y > place.y) == (b.y > place.y) {
            return inside;
        }
        let (low, high) = if a.y < b.y { (a, b) } else { (b, a) };
        inside ^ (turn(low, high, place) > 0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn are_polygons(rings: &[&[(i64, i64)]]) -> bool {
        let ring = |ring: &&[(i64, i64)]| {
            let spots: Vec<Spot> = ring.iter().map(|&(x, y)| Spot { x, y }).collect();
            let hole = area2(&spots) < 0;
            Ring { spots, hole }
        };
        polygons(&rings.iter().map(ring).collect::<Vec<_>>())
    }

    const SQUARE: &[(i64, i64)] = &[(0, 0), (12, 0), (12, 12), (0, 12)];

    #[test]
    fn a_ring_may_not_cross_touch_or_retrace_itself() {
        assert!(are_polygons(&[SQUARE]));
        let crossing = [(0, 0), (10, 0), (4, 12), (6, 12)];
        let touching_a_corner = [(0, 0), (4, 4), (8, 0), (8, 8), (4, 4), (0, 8)];
        let touching_an_edge = [(0, 0), (12, 0), (12, 12), (6, 0), (0, 12)];
        let spike = [(0, 0), (12, 0), (20, 0), (12, 0), (12, 12), (0, 12)];
        for ring in [&crossing[..], &touching_a_corner, &touching_an_edge, &spike] {
            assert!(!are_polygons(&[ring]), "{ring:?}");
        }
    }

    #[test]
    fn a_hole_lies_within_and_touches_at_most_once() {
        let within = [(2, 2), (2, 4), (4, 4), (4, 2)];
        let once = [(0, 6), (3, 8), (3, 4)];
        let twice = [(0, 6), (6, 8), (12, 6), (6, 4)];
        let along = [(0, 2), (0, 4), (4, 4), (4, 2)];
        let outside = [(22, 2), (22, 4), (24, 4), (24, 2)];
        let through = [(-2, 6), (3, 8), (3, 4)];
        for (hole, valid) in [
            (&within[..], true),
            (&once, true),
            (&twice, false),
            (&along, false),
            (&outside, false),
            (&through, false),
        ] {
            assert_eq!(are_polygons(&[SQUARE, hole]), valid, "{hole:?}");
        }
        let inner = [(2, 3), (3, 4), (3, 3)];
        assert!(
            !are_polygons(&[SQUARE, &within, &inner]),
            "a hole in a hole"
        );
    }

    #[test]
    fn holes_in_a_circle_cut_off_what_they_surround() {
        let a: &[_] = &[(2, 6), (6, 10), (6, 9), (3, 6)];
        let b: &[_] = &[(6, 10), (10, 6), (9, 6), (6, 9)];
        assert!(
            !are_polygons(&[SQUARE, a, b]),
            "two corners in common: an edge, too"
        );
        let left: &[_] = &[(2, 6), (4, 8), (6, 6), (4, 7)];
        let right: &[_] = &[(2, 6), (4, 5), (6, 6), (4, 4)];
        assert!(
            !are_polygons(&[SQUARE, left, right]),
            "two corners in common"
        );
        let beside: &[_] = &[(2, 6), (4, 5), (3, 3)];
        assert!(
            are_polygons(&[SQUARE, left, beside]),
            "one corner in common"
        );
    }

    #[test]
    fn polygons_lie_apart_or_in_each_others_holes() {
        let lake: &[_] = &[(2, 2), (2, 10), (10, 10), (10, 2)];
        let island: &[_] = &[(4, 4), (8, 4), (8, 8), (4, 8)];
        let corner: &[_] = &[(12, 12), (20, 12), (20, 20)];
        let edge: &[_] = &[(12, 0), (20, 0), (20, 12), (12, 12)];
        assert!(are_polygons(&[SQUARE, lake, island]));
        assert!(!are_polygons(&[SQUARE, island]));
        assert!(are_polygons(&[SQUARE, corner]));
        assert!(!are_polygons(&[SQUARE, edge]));
    }

    #[test]
    fn rings_that_cross_in_corners_only_are_found() {
        let across: &[_] = &[(6, -6), (12, 0), (6, 6), (0, 0)];
        assert!(!are_polygons(&[SQUARE, across]));
        let through: &[_] = &[(6, 0), (18, 6), (6, 12)];
        assert!(!are_polygons(&[SQUARE, through]));
    }
}
