//! Place on the Hilbert curve: what is near on the map becomes near in memory.

/// The place of a cell of the world's 2³² × 2³² grid along the Hilbert curve that fills it.
///
/// The curve is the same for every layer and every content, so a change in one place leaves the
/// order of features, and with it the bytes of tiles, alone everywhere else. The method is the
/// classic one of turning and mirroring a quadrant per bit (Hilbert 1891; Warren, *Hacker's
/// Delight*, ch. 16).
pub(super) fn place(x: u32, y: u32) -> u64 {
    let (mut x, mut y) = (x, y);
    let mut place = 0_u64;
    for bit in (0..32).rev() {
        let right = (x >> bit) & 1;
        let low = (y >> bit) & 1;
        place = (place << 2) | u64::from((3 * right) ^ low);
        if low == 0 {
            if right == 1 {
                x = !x;
                y = !y;
            }
            (x, y) = (y, x);
        }
    }
    place
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_curve_visits_every_cell_once_and_steps_to_a_neighbour() {
        const SIDE: u32 = 32;
        let shift = 32 - SIDE.trailing_zeros();
        let mut cells: Vec<(u64, u32, u32)> = (0..SIDE)
            .flat_map(|x| (0..SIDE).map(move |y| (place(x << shift, y << shift), x, y)))
            .collect();
        cells.sort_unstable();
        let places: BTreeSet<u64> = cells.iter().map(|cell| cell.0).collect();
        assert_eq!(places.len(), cells.len());
        for pair in cells.windows(2) {
            let steps = pair[0].1.abs_diff(pair[1].1) + pair[0].2.abs_diff(pair[1].2);
            assert_eq!(steps, 1, "{pair:?}");
        }
    }
}
