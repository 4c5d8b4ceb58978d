//! Numbers as people write them, so that a change of unit is exact: 38000 µg/kg is 38 mg/kg, and
//! 0.1 % is 1000 mg/kg, while their binary products are not always equal.

use std::cmp::Ordering;

/// A finite number: `digits` × 10^`exponent`, with the fewest digits that tell it from others.
#[derive(Debug, Clone, Copy)]
pub(in crate::assess) struct Decimal {
    negative: bool,
    digits: u64,
    exponent: i32,
}

impl Decimal {
    /// The shortest decimal of a number; `None`: it is not finite.
    pub(in crate::assess) fn of(value: f64) -> Option<Self> {
        let text = format!("{value:e}");
        let (mantissa, exponent) = text.split_once('e')?;
        let exponent: i32 = exponent.parse().ok()?;
        let unsigned = mantissa.trim_start_matches('-');
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        Some(Self {
            negative: mantissa.starts_with('-'),
            digits: format!("{whole}{fraction}").parse().ok()?,
            exponent: exponent - i32::try_from(fraction.len()).ok()?,
        })
    }

    /// The number times ten to a power.
    pub(in crate::assess) const fn times_ten_to(self, power: i32) -> Self {
        Self {
            exponent: self.exponent + power,
            ..self
        }
    }

    /// The binary number nearest to it.
    pub(in crate::assess) fn nearest(self) -> f64 {
        let sign = if self.negative { "-" } else { "" };
        let text = format!("{sign}{}e{}", self.digits, self.exponent);
        text.parse().unwrap_or(f64::NAN)
    }

    /// Whether it is below zero.
    pub(in crate::assess) const fn is_negative(self) -> bool {
        self.negative && self.digits != 0
    }

    /// The place of its first digit, and its digits filled up to the same length as any other's.
    fn magnitude(self) -> (i32, u128) {
        if self.digits == 0 {
            return (i32::MIN, 0);
        }
        let length = self.digits.ilog10();
        let filled = u128::from(self.digits) * 10_u128.pow(19 - length);
        (self.exponent + length.cast_signed(), filled)
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.is_negative(), other.is_negative()) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.magnitude().cmp(&other.magnitude()),
            (true, true) => other.magnitude().cmp(&self.magnitude()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(value: f64) -> Decimal {
        Decimal::of(value).unwrap()
    }

    #[test]
    fn a_change_of_unit_is_exact_where_binary_numbers_are_not() {
        assert_eq!(of(38_000.0).times_ten_to(-3), of(38.0));
        assert_eq!(of(0.1).times_ten_to(4), of(1000.0));
        assert_eq!(of(0.57).times_ten_to(2), of(57.0));
        let multiplied: f64 = std::hint::black_box(0.57) * 100.0;
        assert!(multiplied < 57.0, "multiplication gets this case wrong");
        assert_eq!(of(10.0).times_ten_to(-6), of(0.00001));
        assert_eq!(of(0.0), of(-0.0));
        assert!(of(-1.0) < of(0.0) && of(-2.0) < of(-1.0) && of(9.9) < of(10.0));
        assert!(Decimal::of(f64::NAN).is_none() && Decimal::of(f64::INFINITY).is_none());
    }

    proptest! {
        #[test]
        fn decimals_are_ordered_as_their_numbers(a in any::<f64>(), b in any::<f64>()) {
            if let (Some(x), Some(y)) = (Decimal::of(a), Decimal::of(b)) {
                prop_assert_eq!(Some(x.cmp(&y)), a.partial_cmp(&b));
                prop_assert_eq!(x.nearest().partial_cmp(&a), Some(Ordering::Equal));
                prop_assert_eq!(x.times_ten_to(3).times_ten_to(-3), x);
            }
        }
    }
}
