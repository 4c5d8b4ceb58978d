//! A polygon of the world as valid rings of a tile.

use super::snap::{Spot, Window};
use super::{Counts, clip, repair, valid};
use crate::query::{Part, PartKind};

/// A ring of a polygon: closed, without its first spot repeated. An exterior's signed area
/// ([`area2`]) is above zero, a hole's below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ring {
    pub(super) spots: Vec<Spot>,
    pub(super) hole: bool,
}

/// Twice the area that a ring of a window's size encloses, by the surveyor's formula on tile
/// coordinates: above zero for what the format calls an exterior.
pub(super) fn area2(spots: &[Spot]) -> i64 {
    let before = spots.last().into_iter().chain(spots);
    before.zip(spots).map(|(a, b)| a.x * b.y - b.x * a.y).sum()
}

/// What of a feature's polygons a tile shows: rings, each exterior before its holes, wound as the
/// format wants, simple, and together valid.
///
/// Rounding can fold a ring over itself, press a hole through its exterior, or flatten a polygon.
/// Every ring is wound by what it is in the world, before it is rounded; where the result is not
/// valid, what it winds round at least once is taken (`repair`). The windings of polygons that tile
/// the plane add up to one everywhere, folded or not, so every place stays covered: what one
/// polygon loses in a fold, its neighbour keeps.
pub(super) fn rings<'a>(
    parts: impl Iterator<Item = Part<'a>>,
    window: &Window,
    counts: &mut Counts,
) -> Vec<Ring> {
    let mut rings = Vec::new();
    let mut flat = false;
    let mut exterior_shows = false;
    for part in parts {
        let hole = part.kind == PartKind::Hole;
        if hole && !exterior_shows {
            continue;
        }
        let spots = snapped(&part, hole, window);
        let cut = if spots.iter().all(|&spot| Window::shows(spot)) {
            spots
        } else {
            clip::ring(&spots)
        };
        let passes = passes_through(&cut);
        let shown = tidy(cut);
        let shows = shown.len() > 2;
        if !hole {
            exterior_shows = shows;
            flat |= passes && !shows;
        }
        if shows {
            rings.push(Ring { spots: shown, hole });
        }
    }
    if !valid::polygons(&rings) {
        counts.repaired += 1;
        rings = repair::wound_once(&rings, counts);
        flat = true;
    }
    counts.dropped_zero_area += u64::from(flat && rings.is_empty());
    rings
}

/// The spots of a ring, wound as the format wants, no two neighbours the same.
fn snapped(ring: &Part<'_>, hole: bool, window: &Window) -> Vec<Spot> {
    let mut spots: Vec<Spot> = window.snap(ring).collect();
    // Tiles have y down: what runs counter-clockwise on the map runs clockwise in numbers.
    if runs_counter_clockwise(ring) != hole {
        spots.reverse();
    }
    spots.dedup();
    while spots.len() > 1 && spots.first() == spots.last() {
        spots.pop();
    }
    spots
}

fn runs_counter_clockwise(ring: &Part<'_>) -> bool {
    let Some(&zero) = ring.coords.first() else {
        return false;
    };
    let twice: f64 = ring
        .coords
        .windows(2)
        .map(|pair| (pair[0] - zero, pair[1] - zero))
        .map(|(a, b)| a.x * b.y - b.x * a.y)
        .sum();
    twice > 0.0
}

/// Whether what was cut reaches into the window, rather than lying along one of its sides.
fn passes_through(spots: &[Spot]) -> bool {
    let reaches = |axis: fn(&Spot) -> i64| {
        spots.iter().any(|spot| axis(spot) > Window::MIN)
            && spots.iter().any(|spot| axis(spot) < Window::MAX)
    };
    reaches(|spot| spot.x) && reaches(|spot| spot.y)
}

/// A ring without the spots that do not change its outline: repeated ones, those on the straight
/// line between their neighbours, and the tips of spikes without width.
pub(super) fn tidy(spots: Vec<Spot>) -> Vec<Spot> {
    let mut kept: Vec<Spot> = Vec::with_capacity(spots.len());
    for spot in spots {
        while let [.., before, last] = kept.as_slice()
            && straight(*before, *last, spot)
        {
            kept.pop();
        }
        if kept.last() != Some(&spot) {
            kept.push(spot);
        }
    }
    // The same where the end meets the beginning.
    let mut begin = 0;
    while let [first, second, .., before, last] = &kept[begin..] {
        if straight(*before, *last, *first) {
            kept.pop();
        } else if straight(*last, *first, *second) {
            begin += 1;
        } else {
            break;
        }
    }
    kept.drain(..begin);
    let flat = kept.len() < 3 || (kept.len() == 3 && straight(kept[0], kept[1], kept[2]));
    if flat { Vec::new() } else { kept }
}

/// Whether three spots lie on one line, in any order, or two of them are the same.
fn straight(a: Spot, b: Spot, c: Spot) -> bool {
    (b.x - a.x) * (c.y - a.y) == (c.x - a.x) * (b.y - a.y)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spots(ring: &[(i64, i64)]) -> Vec<Spot> {
        ring.iter().map(|&(x, y)| Spot { x, y }).collect()
    }

    #[test]
    fn an_exterior_has_positive_area_when_it_turns_from_east_to_down() {
        assert_eq!(area2(&spots(&[(0, 0), (10, 0), (10, 10), (0, 10)])), 200);
    }

    #[test]
    fn tidying_leaves_the_corners_alone() {
        let square = spots(&[(0, 0), (4, 0), (4, 4), (0, 4)]);
        let dotted = [
            (2, 0),
            (4, 0),
            (4, 0),
            (4, 2),
            (4, 4),
            (0, 4),
            (0, 2),
            (0, 0),
            (0, 0),
        ];
        let mut tidied = tidy(spots(&dotted));
        tidied.rotate_right(1);
        assert_eq!(tidied, square);
        let spiked = [
            (0, 0),
            (4, 0),
            (9, 0),
            (4, 0),
            (4, 4),
            (0, 4),
            (-3, 7),
            (0, 4),
        ];
        assert_eq!(tidy(spots(&spiked)), square);
        assert_eq!(tidy(spots(&[(0, 0), (4, 0), (2, 0)])), []);
        assert_eq!(tidy(spots(&[(0, 0), (4, 4), (8, 8), (4, 4)])), []);
    }
}
