//! The numeric casts the program means. Rust's `as` stands here and nowhere else.
//!
//! From floating point: rounded to the nearest (halves away from zero), saturating, NaN to zero.
//! Between integers: saturating where the target is narrower. To floating point: exact up to 2⁵³.

/// The nearest `i32`; saturates, NaN is 0.
#[expect(
    clippy::cast_possible_truncation,
    reason = "saturates, which is what is wanted"
)]
pub const fn f64_to_i32(value: f64) -> i32 {
    value.round() as i32
}

/// The nearest `i64`; saturates, NaN is 0.
#[expect(
    clippy::cast_possible_truncation,
    reason = "saturates, which is what is wanted"
)]
pub const fn f64_to_i64(value: f64) -> i64 {
    value.round() as i64
}

/// The nearest `u8`; saturates, NaN and below zero are 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, which is what is wanted"
)]
pub const fn f64_to_u8(value: f64) -> u8 {
    value.round() as u8
}

/// The nearest `u32`; saturates, NaN and below zero are 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, which is what is wanted"
)]
pub const fn f64_to_u32(value: f64) -> u32 {
    value.round() as u32
}

/// The nearest `u64`; saturates, NaN and below zero are 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, which is what is wanted"
)]
pub const fn f64_to_u64(value: f64) -> u64 {
    value.round() as u64
}

/// The nearest `usize`; saturates, NaN and below zero are 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, which is what is wanted"
)]
pub const fn f64_to_usize(value: f64) -> usize {
    value.round() as usize
}

/// The nearest `f32`.
#[expect(
    clippy::cast_possible_truncation,
    reason = "rounds, which is what is wanted"
)]
pub const fn f64_to_f32(value: f64) -> f32 {
    value as f32
}

/// Exact up to 2⁵³, the nearest beyond.
#[expect(
    clippy::cast_precision_loss,
    reason = "exact up to 2^53, nearest beyond"
)]
pub const fn i64_to_f64(value: i64) -> f64 {
    value as f64
}

/// Exact up to 2⁵³, the nearest beyond.
#[expect(
    clippy::cast_precision_loss,
    reason = "exact up to 2^53, nearest beyond"
)]
pub const fn u64_to_f64(value: u64) -> f64 {
    value as f64
}

/// Exact up to 2⁵³, the nearest beyond.
#[expect(
    clippy::cast_precision_loss,
    reason = "exact up to 2^53, nearest beyond"
)]
pub const fn usize_to_f64(value: usize) -> f64 {
    value as f64
}

/// The same number, or the greatest `i32` / the least.
#[expect(clippy::cast_possible_truncation, reason = "clamped first")]
pub const fn i64_to_i32(value: i64) -> i32 {
    if value > i32::MAX as i64 {
        i32::MAX
    } else if value < i32::MIN as i64 {
        i32::MIN
    } else {
        value as i32
    }
}

/// The same number, or the greatest `u32`.
#[expect(clippy::cast_possible_truncation, reason = "clamped first")]
pub const fn usize_to_u32(value: usize) -> u32 {
    if value > u32::MAX as usize {
        u32::MAX
    } else {
        value as u32
    }
}

/// The same number: `usize` has 64 bits wherever OneMap runs.
pub const fn usize_to_u64(value: usize) -> u64 {
    value as u64
}

/// The same number, or the greatest `i64`.
pub const fn usize_to_i64(value: usize) -> i64 {
    u64_to_i64(value as u64)
}

/// The same number, or the greatest `i64`.
pub const fn u64_to_i64(value: u64) -> i64 {
    if value > i64::MAX.cast_unsigned() {
        i64::MAX
    } else {
        value.cast_signed()
    }
}

/// The same number: `usize` has 64 bits wherever OneMap runs.
pub const fn u32_to_usize(value: u32) -> usize {
    value as usize
}

/// The same number: `usize` has 64 bits wherever OneMap runs.
#[expect(
    clippy::cast_possible_truncation,
    reason = "usize has 64 bits wherever OneMap runs"
)]
pub const fn u64_to_usize(value: u64) -> usize {
    value as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floating_point_rounds_and_saturates() {
        assert_eq!(f64_to_i32(2.5), 3);
        assert_eq!(f64_to_i32(-2.5), -3);
        assert_eq!(f64_to_i32(1e300), i32::MAX);
        assert_eq!(f64_to_u32(-7.0), 0);
        assert_eq!(f64_to_i64(f64::NAN), 0);
        assert_eq!(f64_to_i64(f64::NEG_INFINITY), i64::MIN);
    }

    #[test]
    fn narrower_integers_saturate() {
        assert_eq!(i64_to_i32(1 << 40), i32::MAX);
        assert_eq!(i64_to_i32(-(1 << 40)), i32::MIN);
        assert_eq!(usize_to_u32(usize::MAX), u32::MAX);
        assert_eq!(u64_to_i64(u64::MAX), i64::MAX);
        assert_eq!(usize_to_i64(7), 7);
    }
}
