//! Putting right what rounding and cutting broke.

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay, ShapeType};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::solver::Solver;
use i_overlay::i_float::int::point::IntPoint;

use super::polygon::{Ring, area2, tidy};
use super::snap::Spot;
use super::{Counts, valid};
use crate::geom::cast;

/// The polygons of everything that the rings wind round at least once. Where two edges cross, the
/// crossing is rounded to a spot, which may make others cross: so it is done again, at most thrice
/// in all. What is still not valid then is given up and counted.
pub(super) fn wound_once(mut rings: Vec<Ring>, counts: &mut Counts) -> Vec<Ring> {
    for _ in 0..3 {
        rings = overlay(&rings);
        if valid::polygons(&rings) {
            return rings;
        }
    }
    counts.dropped_broken += 1;
    Vec::new()
}

fn overlay(rings: &[Ring]) -> Vec<Ring> {
    let spots = rings.iter().map(|ring| ring.spots.len()).sum();
    let mut overlay = Overlay::new_custom(spots, IntOverlayOptions::ogc(), Solver::default());
    for ring in rings {
        let points = ring
            .spots
            .iter()
            .map(|spot| IntPoint::new(cast::i64_to_i32(spot.x), cast::i64_to_i32(spot.y)));
        overlay.add_path_iter(points, ShapeType::Subject);
    }
    let polygons = overlay.overlay(OverlayRule::Subject, FillRule::Positive);
    let mut rings = Vec::new();
    for polygon in polygons {
        for (place, contour) in polygon.into_iter().enumerate() {
            let spot = |p: IntPoint| Spot {
                x: i64::from(p.x),
                y: i64::from(p.y),
            };
            let mut spots = tidy(contour.into_iter().map(spot).collect());
            let hole = place > 0;
            if spots.is_empty() {
                if hole {
                    continue;
                }
                break;
            }
            if (area2(&spots) < 0) != hole {
                spots.reverse();
            }
            rings.push(Ring { spots, hole });
        }
    }
    rings
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

    fn mended(rings: Vec<Ring>) -> Vec<Ring> {
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
        let same = mended(vec![ring(&square), ring(&hole)]);
        assert_eq!(
            same.iter().map(|ring| ring.hole).collect::<Vec<_>>(),
            [false, true]
        );
        assert_eq!(whole_area2(&same), 200 - 8);
    }

    #[test]
    fn a_fold_is_dropped_and_the_rest_kept() {
        // The upper lobe turns the right way, the smaller lower one the other.
        let folded = ring(&[(0, 0), (10, 0), (4, 12), (6, 12)]);
        let mended = mended(vec![folded]);
        assert_eq!(mended.len(), 1);
        assert_eq!(whole_area2(&mended), 100);
    }

    #[test]
    fn a_hole_pressed_through_its_exterior_becomes_a_bay() {
        let square = [(0, 0), (10, 0), (10, 10), (0, 10)];
        let pressed = [(-2, 2), (-2, 4), (4, 4), (4, 2)];
        let mended = mended(vec![ring(&square), ring(&pressed)]);
        assert_eq!(mended.len(), 1);
        assert_eq!(whole_area2(&mended), 200 - 16);
    }

    #[test]
    fn parts_that_came_to_overlap_are_one() {
        let left = [(0, 0), (6, 0), (6, 10), (0, 10)];
        let right = [(5, 0), (10, 0), (10, 10), (5, 10)];
        let mended = mended(vec![ring(&left), ring(&right)]);
        assert_eq!((mended.len(), whole_area2(&mended)), (1, 200));
    }

    fn any_ring(reach: i64) -> impl Strategy<Value = Ring> {
        proptest::collection::vec((0..reach, 0..reach), 3..12).prop_map(|spots| ring(&spots))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn whatever_comes_in_what_comes_out_is_valid(
            rings in proptest::collection::vec(any_ring(16), 1..5),
        ) {
            mended(rings);
        }

        #[test]
        fn whatever_comes_in_wide_what_comes_out_is_valid(
            rings in proptest::collection::vec(any_ring(4096), 1..4),
        ) {
            mended(rings);
        }
    }
}
