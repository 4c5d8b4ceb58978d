//! What closed lines wind round, in integers: the lines are cut where they meet, the plane between
//! them is walked face by face, and the faces inside are given back as rings.
//!
//! Numbers are taken as a plane with y up: a ring of positive area ([`area2`]) has its inside on the
//! left, and crossing one of its edges from right to left adds one to the winding.
//!
//! [`area2`]: super::polygon::area2

use std::cmp::Ordering;

use super::polygon::Ring;
use super::snap::Spot;

/// A stretch between two spots, the lesser first, and how many more lines run from the lesser to the
/// greater than back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stretch {
    pub(super) low: Spot,
    pub(super) high: Spot,
    pub(super) lines: i32,
}

impl Stretch {
    fn has_within(&self, spot: Spot) -> bool {
        self.low < spot && spot < self.high && turn(self.low, self.high, spot) == 0
    }
}

/// Twice the signed area of a triangle: above zero if it turns left.
pub(super) fn turn(a: Spot, b: Spot, c: Spot) -> i64 {
    (b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)
}

/// How often stretches are cut where they cross before it is given up. A crossing is rounded to a
/// spot, which bends both stretches and may make them cross others.
const ROUNDS: usize = 32;

/// The edges of rings, cut so that they meet in their ends only, each once. Where as many lines run
/// one way as the other nothing is left. `None` if roundings go on making crossings.
pub(super) fn cut(rings: &[Ring]) -> Option<Vec<Stretch>> {
    let mut stretches: Vec<Stretch> = rings
        .iter()
        .flat_map(|ring| {
            let before = ring.spots.last().into_iter().chain(&ring.spots);
            before.zip(&ring.spots)
        })
        .filter(|(from, to)| from != to)
        .map(|(&from, &to)| stretch(from, to))
        .collect();
    merge(&mut stretches);
    for _ in 0..ROUNDS {
        let mut cuts = meetings(&stretches);
        if cuts.is_empty() {
            return Some(stretches);
        }
        cuts.sort_unstable();
        cuts.dedup();
        let mut parts = Vec::with_capacity(stretches.len() + cuts.len());
        let mut cuts = cuts.into_iter().peekable();
        for (place, whole) in stretches.iter().enumerate() {
            // A rounded cut may lie beside the stretch, but the cuts keep their order along it.
            let mut from = whole.low;
            let mut along: Vec<Spot> = Vec::new();
            while let Some((_, spot)) = cuts.next_if(|(of, _)| *of == place) {
                along.push(spot);
            }
            let step = (whole.high.x - whole.low.x, whole.high.y - whole.low.y);
            along.sort_by_key(|spot| step.0 * spot.x + step.1 * spot.y);
            for to in along.into_iter().chain([whole.high]) {
                if from != to {
                    let part = stretch(from, to);
                    parts.push(Stretch {
                        lines: part.lines * whole.lines,
                        ..part
                    });
                }
                from = to;
            }
        }
        stretches = parts;
        merge(&mut stretches);
    }
    None
}

fn stretch(from: Spot, to: Spot) -> Stretch {
    if from < to {
        Stretch {
            low: from,
            high: to,
            lines: 1,
        }
    } else {
        Stretch {
            low: to,
            high: from,
            lines: -1,
        }
    }
}

/// Puts stretches in order and those between the same ends together.
fn merge(stretches: &mut Vec<Stretch>) {
    stretches.sort_unstable();
    stretches.dedup_by(|next, kept| {
        let same = (next.low, next.high) == (kept.low, kept.high);
        if same {
            kept.lines += next.lines;
        }
        same
    });
    stretches.retain(|stretch| stretch.lines != 0);
}

/// Where stretches, which are in order, must be cut: (which, at which spot).
fn meetings(stretches: &[Stretch]) -> Vec<(usize, Spot)> {
    let mut cuts = Vec::new();
    for (i, a) in stretches.iter().enumerate() {
        let (north, south) = (a.low.y.min(a.high.y), a.low.y.max(a.high.y));
        for (j, b) in stretches.iter().enumerate().skip(i + 1) {
            if b.low.x > a.high.x {
                break;
            }
            if b.low.y.max(b.high.y) < north || b.low.y.min(b.high.y) > south {
                continue;
            }
            for (which, whole, other) in [(i, a, b), (j, b, a)] {
                let ends = [other.low, other.high].into_iter();
                cuts.extend(
                    ends.filter(|&end| whole.has_within(end))
                        .map(|end| (which, end)),
                );
            }
            if let Some(spot) = crossing(a, b) {
                let is_end = |s: &Stretch| spot == s.low || spot == s.high;
                cuts.extend(
                    [(i, a), (j, b)]
                        .into_iter()
                        .filter(|(_, s)| !is_end(s))
                        .map(|(k, _)| (k, spot)),
                );
            }
        }
    }
    cuts
}

/// Where two stretches cross, neither in an end, rounded to the nearest spot.
fn crossing(a: &Stretch, b: &Stretch) -> Option<Spot> {
    let (of_low, of_high) = (turn(a.low, a.high, b.low), turn(a.low, a.high, b.high));
    let (to_low, to_high) = (turn(b.low, b.high, a.low), turn(b.low, b.high, a.high));
    if of_low.signum() * of_high.signum() >= 0 || to_low.signum() * to_high.signum() >= 0 {
        return None;
    }
    // The crossing divides `a` as its ends' distances from `b` do.
    let whole = (to_low - to_high).abs();
    let part = to_low.abs();
    let at = |low: i64, high: i64| low + (2 * (high - low) * part + whole).div_euclid(2 * whole);
    Some(Spot {
        x: at(a.low.x, a.high.x),
        y: at(a.low.y, a.high.y),
    })
}

/// Stretches as a map: each may be walked both ways, with a face to its left.
pub(super) struct Map<'a> {
    stretches: &'a [Stretch],
    /// Every way (`2i` from low to high of the `i`-th stretch, `2i + 1` back), by the spot it leaves
    /// from and then by angle, turning left.
    ways: Vec<usize>,
    /// The place of each way in `ways`.
    places: Vec<usize>,
    /// For each place in `ways`, where the ways from the same spot begin and end.
    fans: Vec<(usize, usize)>,
    /// How often the lines wind round the face to the left of each way.
    windings: Vec<i32>,
}

impl<'a> Map<'a> {
    /// The map of stretches that meet in their ends only.
    pub(super) fn of(stretches: &'a [Stretch]) -> Self {
        let mut ways: Vec<usize> = (0..2 * stretches.len()).collect();
        let ends = |way: usize| {
            let Stretch { low, high, .. } = stretches[way / 2];
            if way.is_multiple_of(2) {
                (low, high)
            } else {
                (high, low)
            }
        };
        ways.sort_unstable_by(|&a, &b| {
            let ((from, to), (other, other_to)) = (ends(a), ends(b));
            from.cmp(&other).then_with(|| by_angle(from, to, other_to))
        });
        let mut places = vec![0; ways.len()];
        for (place, &way) in ways.iter().enumerate() {
            places[way] = place;
        }
        let mut fans = Vec::with_capacity(ways.len());
        for fan in ways.chunk_by(|&a, &b| ends(a).0 == ends(b).0) {
            let begin = fans.len();
            fans.extend(fan.iter().map(|_| (begin, begin + fan.len())));
        }
        let mut map = Self {
            stretches,
            ways,
            places,
            fans,
            windings: Vec::new(),
        };
        map.windings = map.wind();
        map
    }

    fn from(&self, way: usize) -> Spot {
        let stretch = &self.stretches[way / 2];
        if way.is_multiple_of(2) {
            stretch.low
        } else {
            stretch.high
        }
    }

    /// By how much the winding to the left of a way is above that to its right.
    fn lines(&self, way: usize) -> i32 {
        let lines = self.stretches[way / 2].lines;
        if way.is_multiple_of(2) { lines } else { -lines }
    }

    /// The way from the same spot that comes next, turning right.
    fn rightward(&self, way: usize) -> usize {
        let place = self.places[way];
        let (begin, end) = self.fans[place];
        self.ways[if place == begin { end } else { place } - 1]
    }

    /// The way that follows along the face to the left.
    fn next(&self, way: usize) -> usize {
        self.rightward(way ^ 1)
    }

    fn wind(&self) -> Vec<i32> {
        let mut piece_of = vec![usize::MAX; self.ways.len()];
        let mut windings = vec![0; self.ways.len()];
        let mut pieces: Vec<Vec<usize>> = Vec::new();
        // By spots in order, so that the first way met is at the least spot of its piece, and the
        // last of that fan, the steepest upward, has the piece's outside to its left.
        for &way in &self.ways {
            if piece_of[way] != usize::MAX {
                continue;
            }
            let outermost = self.ways[self.fans[self.places[way]].1 - 1];
            let mut piece = Vec::new();
            let mut open = vec![(outermost, 0)];
            while let Some((start, winding)) = open.pop() {
                let mut way = start;
                while piece_of[way] == usize::MAX {
                    piece_of[way] = pieces.len();
                    windings[way] = winding;
                    piece.push(way);
                    open.push((way ^ 1, winding - self.lines(way)));
                    way = self.next(way);
                }
            }
            pieces.push(piece);
        }
        if pieces.len() > 1 {
            let around: Vec<i32> = pieces
                .iter()
                .enumerate()
                .map(|(number, piece)| self.winding_at(self.from(piece[0]), number, &piece_of))
                .collect();
            for (winding, &piece) in windings.iter_mut().zip(&piece_of) {
                *winding += around[piece];
            }
        }
        windings
    }

    /// How often the lines of other pieces wind round a spot of a piece: those that cross the ray
    /// from it to the east.
    fn winding_at(&self, spot: Spot, piece: usize, piece_of: &[usize]) -> i32 {
        let others = self
            .stretches
            .iter()
            .enumerate()
            .filter(|(i, _)| piece_of[2 * i] != piece);
        others
            .map(|(_, stretch)| {
                let (low, high) = (stretch.low, stretch.high);
                let (down, up, lines) = if low.y < high.y {
                    (low, high, stretch.lines)
                } else {
                    (high, low, -stretch.lines)
                };
                let crosses = down.y <= spot.y && spot.y < up.y && turn(down, up, spot) > 0;
                if crosses { lines } else { 0 }
            })
            .sum()
    }

    /// Whether a way has the inside, what is wound round at least once, to its left and the outside
    /// to its right.
    fn is_border(&self, way: usize) -> bool {
        self.windings[way] > 0 && self.windings[way ^ 1] <= 0
    }

    /// The outlines of the inside, walked with the inside on the left: a list for each walk, of rings
    /// that pass no spot twice. A walk goes along one connected part of the inside, so at most one of
    /// its rings is an exterior; the others are holes that touch it or each other.
    pub(super) fn outlines(&self) -> Vec<Vec<Vec<Spot>>> {
        let mut walked = vec![false; self.ways.len()];
        let mut outlines = Vec::new();
        for &start in &self.ways {
            if walked[start] || !self.is_border(start) {
                continue;
            }
            let mut walk = Vec::new();
            let mut way = start;
            while !walked[way] {
                walked[way] = true;
                walk.push(self.from(way));
                way = self.next(way);
                while !self.is_border(way) {
                    way = self.rightward(way);
                }
            }
            outlines.push(simple_rings(walk));
        }
        outlines
    }
}

/// Whether, as seen from a spot, one direction comes before another: from due west, turning left.
fn by_angle(from: Spot, a: Spot, b: Spot) -> Ordering {
    let upper = |to: Spot| to.y >= from.y;
    let east = |to: Spot| to.y == from.y && to.x > from.x;
    upper(a)
        .cmp(&upper(b))
        .then_with(|| turn(from, b, a).cmp(&0))
        .then_with(|| east(b).cmp(&east(a)))
}

/// A closed walk as rings that pass no spot twice: whenever a spot is met again, what lies between
/// is a ring of its own.
fn simple_rings(walk: Vec<Spot>) -> Vec<Vec<Spot>> {
    let mut rings = Vec::new();
    let mut open: Vec<Spot> = Vec::new();
    let mut seen: std::collections::BTreeMap<Spot, usize> = std::collections::BTreeMap::new();
    for spot in walk {
        if let Some(&place) = seen.get(&spot) {
            let ring = open.split_off(place);
            for passed in &ring {
                seen.remove(passed);
            }
            rings.push(ring);
        }
        seen.insert(spot, open.len());
        open.push(spot);
    }
    rings.push(open);
    rings
}
