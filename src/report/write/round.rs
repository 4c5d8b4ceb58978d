//! Rounding, before anything is hashed: the last digits of a computed number are noise, and no two
//! machines need agree on them.

/// To so many decimals; never -0, and nothing that JSON cannot write.
fn to(decimals: i32, value: f64) -> f64 {
    let scale = 10_f64.powi(decimals);
    let scaled = (value * scale).round();
    if scaled.is_finite() {
        scaled / scale + 0.0
    } else {
        0.0
    }
}

/// Metres or square metres, to 0.01.
pub(super) fn metres(value: f64) -> f64 {
    to(2, value)
}

/// A share, to 0.0001.
pub(super) fn share(value: f64) -> f64 {
    to(4, value)
}

/// A bearing, to 0.1 degrees; 360 is 0.
pub(super) fn bearing(value: f64) -> f64 {
    let rounded = to(1, value.rem_euclid(360.0));
    if rounded >= 360.0 { 0.0 } else { rounded }
}

/// Degrees, to 1e-9: a tenth of a millimetre.
pub(super) fn degrees(value: f64) -> f64 {
    to(9, value)
}

/// A measured value, a limit, a ratio or an index, to nine significant digits: `None` where it is no
/// number.
pub(super) fn significant(value: f64) -> Option<f64> {
    let rounded: f64 = format!("{value:.8e}").parse().ok()?;
    rounded.is_finite().then_some(rounded + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_and_never_minus_zero() {
        assert_eq!(metres(12.345_678).to_string(), "12.35");
        assert_eq!(metres(-0.001).to_string(), "0");
        assert_eq!(share(1.0 / 3.0).to_string(), "0.3333");
        assert_eq!(bearing(359.97).to_string(), "0");
        assert_eq!(bearing(-90.0).to_string(), "270");
        assert_eq!(degrees(116.123_456_789_4).to_string(), "116.123456789");
        assert_eq!(significant(0.1 + 0.2), Some(0.3));
        assert_eq!(significant(12_345_678_912.0), Some(12_345_678_900.0));
        assert_eq!(significant(f64::INFINITY), None);
        assert_eq!(significant(f64::NAN), None);
    }
}
