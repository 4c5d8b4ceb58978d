//! Cutting rings and lines to a tile's window, in integers.
//!
//! Where an edge crosses a side of the window, the cut is the exact crossing rounded to the nearest
//! spot, computed from the edge's ends in a fixed order. Two features with the same edge are
//! therefore cut at the same spot, whichever way either runs along it.

use super::snap::{Spot, Window};

/// A side of the window: an axis, a place on it, and which way is in.
#[derive(Clone, Copy)]
struct Side {
    across: fn(Spot) -> (i64, i64),
    back: fn(i64, i64) -> Spot,
    at: i64,
    inward: i64,
}

impl Side {
    /// West, east, north, south: the fixed order of cutting.
    const ALL: [Self; 4] = [
        Self {
            across: xy,
            back: from_xy,
            at: Window::MIN,
            inward: 1,
        },
        Self {
            across: xy,
            back: from_xy,
            at: Window::MAX,
            inward: -1,
        },
        Self {
            across: yx,
            back: from_yx,
            at: Window::MIN,
            inward: 1,
        },
        Self {
            across: yx,
            back: from_yx,
            at: Window::MAX,
            inward: -1,
        },
    ];

    fn holds(self, spot: Spot) -> bool {
        ((self.across)(spot).0 - self.at) * self.inward >= 0
    }

    /// Where the edge between two spots on either side of this one crosses it.
    fn cut(self, a: Spot, b: Spot) -> Spot {
        let (low, high) = if a < b { (a, b) } else { (b, a) };
        let ((u0, v0), (u1, v1)) = ((self.across)(low), (self.across)(high));
        let (run, rise) = (i128::from(u1 - u0), i128::from(v1 - v0));
        let (run, rise) = if run < 0 { (-run, -rise) } else { (run, rise) };
        // ⌊way / run + ½⌋: to the nearest, halves up.
        let way = i128::from(self.at - u0) * rise;
        let risen = (2 * way + run).div_euclid(2 * run);
        (self.back)(self.at, v0 + i64::try_from(risen).unwrap_or_default())
    }
}

const fn xy(spot: Spot) -> (i64, i64) {
    (spot.x, spot.y)
}

const fn from_xy(x: i64, y: i64) -> Spot {
    Spot { x, y }
}

const fn yx(spot: Spot) -> (i64, i64) {
    (spot.y, spot.x)
}

const fn from_yx(y: i64, x: i64) -> Spot {
    Spot { x, y }
}

/// What of a ring lies in the window: a closed run of spots, without its first repeated. Where a
/// ring leaves and comes back, it follows the window's side, perhaps more than once: `polygon` puts
/// that right. Empty when nothing is left.
pub(super) fn ring(spots: &[Spot]) -> Vec<Spot> {
    let mut ring = spots.to_vec();
    let mut cut = Vec::new();
    for side in Side::ALL {
        if ring.iter().all(|&spot| side.holds(spot)) {
            continue;
        }
        cut.clear();
        let Some(&last) = ring.last() else { break };
        let mut from = last;
        for &to in &ring {
            if side.holds(from) != side.holds(to) {
                cut.push(side.cut(from, to));
            }
            if side.holds(to) {
                cut.push(to);
            }
            from = to;
        }
        std::mem::swap(&mut ring, &mut cut);
    }
    ring
}

/// What of a line lies in the window: runs of at least two different spots.
pub(super) fn line(spots: &[Spot]) -> Vec<Vec<Spot>> {
    let mut runs = vec![spots.to_vec()];
    for side in Side::ALL {
        if runs.iter().flatten().all(|&spot| side.holds(spot)) {
            continue;
        }
        runs = runs.iter().flat_map(|run| inner_runs(run, side)).collect();
    }
    for run in &mut runs {
        run.dedup();
    }
    runs.retain(|run| run.len() > 1);
    runs
}

fn inner_runs(line: &[Spot], side: Side) -> Vec<Vec<Spot>> {
    let mut runs = Vec::new();
    let mut run: Vec<Spot> = line
        .first()
        .copied()
        .filter(|&f| side.holds(f))
        .into_iter()
        .collect();
    for pair in line.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        match (side.holds(from), side.holds(to)) {
            (true, true) => run.push(to),
            (true, false) => {
                run.push(side.cut(from, to));
                runs.push(std::mem::take(&mut run));
            }
            (false, true) => run.extend([side.cut(from, to), to]),
            (false, false) => {}
        }
    }
    runs.push(run);
    runs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn anywhere(reach: i64) -> impl Strategy<Value = Spot> {
        (-reach..reach, -reach..reach).prop_map(|(x, y)| Spot { x, y })
    }

    proptest! {
        #[test]
        fn an_edge_is_cut_alike_from_either_end(a in anywhere(1 << 34), b in anywhere(1 << 34)) {
            for side in Side::ALL {
                if side.holds(a) != side.holds(b) {
                    prop_assert_eq!(side.cut(a, b), side.cut(b, a));
                }
            }
        }

        #[test]
        fn what_is_cut_lies_in_the_window(spots in proptest::collection::vec(anywhere(9000), 0..20)) {
            prop_assert!(ring(&spots).iter().all(|&spot| Window::shows(spot)));
            for run in line(&spots) {
                prop_assert!(run.len() > 1 && run.iter().all(|&spot| Window::shows(spot)));
            }
        }
    }

    #[test]
    fn a_ring_around_the_window_becomes_the_window() {
        let s = |x, y| Spot { x, y };
        let cut = ring(&[
            s(-9000, -9000),
            s(9000, -9000),
            s(9000, 9000),
            s(-9000, 9000),
        ]);
        let mut corners = cut.clone();
        corners.sort_unstable();
        assert_eq!(
            corners,
            [s(-64, -64), s(-64, 4160), s(4160, -64), s(4160, 4160)]
        );
    }

    #[test]
    fn a_line_that_leaves_and_comes_back_is_two() {
        let s = |x, y| Spot { x, y };
        assert_eq!(
            line(&[s(0, 0), s(5000, 0), s(5000, 100), s(0, 100)]),
            [vec![s(0, 0), s(4160, 0)], vec![s(4160, 100), s(0, 100)]],
        );
        assert!(
            line(&[s(-64, -100), s(-64, -64)]).is_empty(),
            "a single spot is no line"
        );
    }
}
