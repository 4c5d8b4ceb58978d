//! The generator's own dice: the same throws on every machine, for ever.

use crate::geom::cast;

/// `SplitMix64` (Steele, Lea and Flood, 2014). Every part of the data has its own, seeded by its name,
/// so that a change in one part leaves the others as they are.
#[derive(Debug, Clone)]
pub(super) struct Random {
    state: u64,
}

impl Random {
    /// The dice of the part of that name.
    pub(super) fn of(name: &str) -> Self {
        // FNV-1a, 64 bits.
        let state = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        Self { state }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 up to 1, 1 left out.
    pub(super) fn unit(&mut self) -> f64 {
        cast::u64_to_f64(self.next() >> 11) / 9_007_199_254_740_992.0
    }

    /// Between two numbers.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// A whole number from 0 up to `count`, `count` left out; 0 if `count` is 0.
    pub(super) fn below(&mut self, count: usize) -> usize {
        let drawn = cast::u64_to_usize(self.next() >> 1);
        drawn.checked_rem(count).unwrap_or(0)
    }

    /// Whether a thing of this probability happens.
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Normally distributed, mean 0, deviation 1 (twelve throws added up, within ±6).
    pub(super) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.unit()).sum::<f64>() - 6.0
    }

    /// One of several things.
    pub(super) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    /// One of several things, each as likely as its weight says.
    pub(super) fn weighted<T: Copy>(&mut self, from: &[(T, f64)]) -> T {
        let mut left = self.unit() * from.iter().map(|(_, weight)| weight).sum::<f64>();
        for (thing, weight) in from {
            left -= weight;
            if left < 0.0 {
                return *thing;
            }
        }
        from[from.len() - 1].0
    }

    /// A day between two years, the last one left out, as ISO 8601.
    pub(super) fn day(&mut self, from_year: usize, to_year: usize) -> String {
        let year = from_year + self.below(to_year.saturating_sub(from_year));
        let (month, day) = (1 + self.below(12), 1 + self.below(28));
        format!("{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dice_throw_what_the_published_splitmix64_throws() {
        // The first outputs for the seed 1234567, as the algorithm's reference code prints them.
        let mut dice = Random { state: 1_234_567 };
        assert_eq!(dice.next(), 6_457_827_717_110_365_317);
        assert_eq!(dice.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn throws_stay_in_their_bounds() {
        let mut dice = Random::of("bounds");
        for _ in 0..1000 {
            assert!((0.0..1.0).contains(&dice.unit()));
            assert!(dice.below(7) < 7);
            assert!(dice.normal().abs() <= 6.0);
        }
        assert_eq!(dice.below(0), 0);
    }
}
