//! Putting right what rounding and cutting broke.

use super::arrange::{Map, cut, turn};
use super::polygon::{Ring, area2, tidy};
use super::snap::Spot;
use super::{Counts, valid};

/// The polygons of everything that the rings wind round at least once, each connected. What could
/// not be put right is given up and counted.
pub(super) fn wound_once(rings: &[Ring], counts: &mut Counts) -> Vec<Ring> {
    let mended = cut(rings).map(|stretches| polygons(Map::of(&stretches).outlines()));
    match mended {
        Some(rings) if valid::polygons(&rings) => rings,
        _ => {
            counts.dropped_broken += 1;
            Vec::new()
        }
    }
}

/// Outlines as rings, each exterior before its holes.
fn polygons(outlines: Vec<Vec<Vec<Spot>>>) -> Vec<Ring> {
    let mut polygons: Vec<Vec<Vec<Spot>>> = Vec::new();
    let mut apart: Vec<Vec<Spot>> = Vec::new();
    for walk in outlines {
        let (mut exteriors, holes): (Vec<_>, Vec<_>) =
            walk.into_iter().partition(|ring| area2(ring) > 0);
        if let Some(exterior) = exteriors.pop() {
            polygons.push(std::iter::once(exterior).chain(holes).collect());
        } else {
            apart.extend(holes);
        }
    }
    for hole in apart {
        // The smallest exterior around it: those around that one are of other polygons.
        let around = polygons
            .iter_mut()
            .filter(|polygon| polygon.first().is_some_and(|ring| goes_round(ring, &hole)))
            .min_by_key(|polygon| polygon.first().map(|ring| area2(ring)));
        if let Some(polygon) = around {
            polygon.push(hole);
        }
    }
    let rings = polygons.into_iter().flat_map(|polygon| {
        polygon.into_iter().enumerate().map(|(place, spots)| Ring {
            spots: tidy(spots),
            hole: place > 0,
        })
    });
    rings.collect()
}

/// Whether a ring goes round another, which it may touch in corners. The middle of an edge of the
/// other lies on neither: lines meet in their ends only.
fn goes_round(ring: &[Spot], other: &[Spot]) -> bool {
    let [a, b, ..] = other else { return false };
    let middle = Spot {
        x: a.x + b.x,
        y: a.y + b.y,
    };
    let doubled = |spot: &Spot| Spot {
        x: 2 * spot.x,
        y: 2 * spot.y,
    };
    let before = ring.last().into_iter().chain(ring);
    before
        .map(doubled)
        .zip(ring.iter().map(doubled))
        .fold(false, |inside, (a, b)| {
            let (down, up) = if a.y < b.y { (a, b) } else { (b, a) };
            let crosses = down.y <= middle.y && middle.y < up.y && turn(down, up, middle) > 0;
            inside ^ crosses
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ring(spots: &[(i64, i64)]) -> Ring {
        let spots: Vec<Spot> = spots.iter().map(|&(x, y)| Spot { x, y }).collect();
        Ring {
            hole: area2(&spots) < 0,
            spots,
        }
    }

    fn mended(rings: &[Ring]) -> Vec<Ring> {
        let mut counts = Counts::default();
        let mended = wound_once(rings, &mut counts);
        assert_eq!(counts.dropped_broken, 0);
        mended
    }

    fn whole_area2(rings: &[Ring]) -> i64 {
        rings.iter().map(|ring| area2(&ring.spots)).sum()
    }

    #[test]
    fn what_is_valid_stays_as_it_is() {
        let square = [(0, 0), (10, 0), (10, 10), (0, 10)];
        let hole = [(2, 2), (2, 4), (4, 4), (4, 2)];
        let rings = [ring(&square), ring(&hole)];
        assert_eq!(mended(&rings), rings);
    }

    #[test]
    fn a_fold_is_dropped_and_the_rest_kept() {
        // The upper lobe turns the right way, the smaller lower one the other.
        let mended = mended(&[ring(&[(0, 0), (10, 0), (4, 12), (6, 12)])]);
        assert_eq!(mended.len(), 1);
        assert_eq!(whole_area2(&mended), 100);
    }

    #[test]
    fn a_hole_pressed_through_its_exterior_becomes_a_bay() {
        let square = [(0, 0), (10, 0), (10, 10), (0, 10)];
        let pressed = [(-2, 2), (-2, 4), (4, 4), (4, 2)];
        let mended = mended(&[ring(&square), ring(&pressed)]);
        assert_eq!(mended.len(), 1);
        assert_eq!(whole_area2(&mended), 200 - 16);
    }

    #[test]
    fn parts_that_came_to_overlap_are_one() {
        let left = [(0, 0), (6, 0), (6, 10), (0, 10)];
        let right = [(5, 0), (10, 0), (10, 10), (5, 10)];
        let mended = mended(&[ring(&left), ring(&right)]);
        assert_eq!((mended.len(), whole_area2(&mended)), (1, 200));
    }

    #[test]
    fn a_hole_that_touches_its_exterior_twice_cuts_it_in_two() {
        let square = [(0, 0), (10, 0), (10, 10), (0, 10)];
        let across = [(0, 5), (5, 6), (10, 5), (5, 4)];
        let mended = mended(&[ring(&square), ring(&across)]);
        assert_eq!(
            mended.iter().map(|ring| ring.hole).collect::<Vec<_>>(),
            [false, false]
        );
        assert_eq!(whole_area2(&mended), 200 - 20);
    }

    #[test]
    fn an_island_in_a_lake_is_a_polygon_of_its_own() {
        let land = [(0, 0), (20, 0), (20, 20), (0, 20)];
        let lake = [(2, 2), (2, 18), (18, 18), (18, 2)];
        let island = [(4, 4), (16, 4), (16, 16), (4, 16)];
        let pond = [(6, 6), (6, 8), (8, 8), (8, 6)];
        let rings = [ring(&land), ring(&lake), ring(&island), ring(&pond)];
        assert_eq!(mended(&rings), rings);
    }

    fn any_ring(reach: i64) -> impl Strategy<Value = Ring> {
        proptest::collection::vec((0..reach, 0..reach), 3..12).prop_map(|spots| ring(&spots))
    }

    /// How often rings wind round the middle of a unit square, in doubled coordinates.
    fn winding(rings: &[Ring], middle: Spot) -> i32 {
        let edges = rings.iter().flat_map(|ring| {
            ring.spots
                .last()
                .into_iter()
                .chain(&ring.spots)
                .zip(&ring.spots)
        });
        edges
            .map(|(a, b)| {
                let [a, b] = [a, b].map(|s| Spot {
                    x: 2 * s.x,
                    y: 2 * s.y,
                });
                match (a.y <= middle.y, b.y <= middle.y, turn(a, b, middle)) {
                    (true, false, 1..) => 1,
                    (false, true, ..=-1) => -1,
                    _ => 0,
                }
            })
            .sum()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]

        #[test]
        fn whatever_comes_in_what_comes_out_is_valid(
            rings in proptest::collection::vec(any_ring(16), 1..5),
        ) {
            mended(&rings);
        }

        #[test]
        fn what_comes_out_is_what_was_wound_round(
            rings in proptest::collection::vec(any_ring(400), 1..4),
        ) {
            let mended = mended(&rings);
            let mut differ = 0;
            for x in (1..800).step_by(44) {
                for y in (1..800).step_by(44) {
                    let middle = Spot { x, y };
                    let inside = winding(&rings, middle) > 0;
                    prop_assert!((0..=1).contains(&winding(&mended, middle)));
                    differ += usize::from((winding(&mended, middle) == 1) != inside);
                }
            }
            // Crossings are rounded, so that a place within a unit of an edge may change sides.
            prop_assert!(differ < 12, "{differ} of 361");
        }
    }
}
