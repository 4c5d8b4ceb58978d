//! GCJ-02, the shifted degrees of Chinese web maps.
//!
//! Constants and polynomials: two independent public code bases that agree, and three published
//! pairs they reproduce to 1e-12° (semi-major axis 6 378 245 m, not 6 378 137 m). Outside China's
//! box nothing is shifted, so across the box's border the shift jumps.

use std::f64::consts::PI;

/// Semi-major axis of Krassovsky's ellipsoid, metres.
const A: f64 = 6_378_245.0;
/// Its first eccentricity squared.
const EE: f64 = 0.006_693_421_622_965_943;
/// The inverse stops when a step is shorter, degrees.
const STEP_DEG: f64 = 1e-13;

/// Whether a point lies in the box in which degrees are shifted.
pub fn in_china(lon: f64, lat: f64) -> bool {
    (72.004..=137.8347).contains(&lon) && (0.8293..=55.8271).contains(&lat)
}

/// WGS 84 degrees to GCJ-02. Outside China's box unchanged.
pub fn from_wgs84(lon: f64, lat: f64) -> (f64, f64) {
    if in_china(lon, lat) {
        shifted(lon, lat)
    } else {
        (lon, lat)
    }
}

/// GCJ-02 degrees to WGS 84, iterated until they map back to within 1e-10°. A point whose original
/// lies outside China's box is taken as not shifted.
pub fn to_wgs84(lon: f64, lat: f64) -> (f64, f64) {
    let original = solve((lon, lat), shifted);
    if in_china(original.0, original.1) {
        original
    } else {
        (lon, lat)
    }
}

/// The point that `forth` maps to `goal`, where `forth` moves a point by little: each step corrects
/// by the error that is left. Converges a hundredfold a step.
pub(super) fn solve(goal: (f64, f64), forth: impl Fn(f64, f64) -> (f64, f64)) -> (f64, f64) {
    let (mut lon, mut lat) = goal;
    for _ in 0..50 {
        let (x, y) = forth(lon, lat);
        let (step_lon, step_lat) = (goal.0 - x, goal.1 - y);
        lon += step_lon;
        lat += step_lat;
        if step_lon.abs().max(step_lat.abs()) < STEP_DEG {
            break;
        }
    }
    (lon, lat)
}

fn shifted(lon: f64, lat: f64) -> (f64, f64) {
    let (x, y) = (lon - 105.0, lat - 35.0);
    let wave = |v: f64, period: f64| (v / period * PI).sin();
    // Both series share this one: periods of a third of a degree and of one degree.
    let common = (20.0 * wave(6.0 * x, 1.0) + 20.0 * wave(2.0 * x, 1.0)) * 2.0 / 3.0;
    let north_m = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + common
        + (20.0 * wave(y, 1.0) + 40.0 * wave(y, 3.0)) * 2.0 / 3.0
        + (160.0 * wave(y, 12.0) + 320.0 * wave(y, 30.0)) * 2.0 / 3.0;
    let east_m = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + common
        + (20.0 * wave(x, 1.0) + 40.0 * wave(x, 3.0)) * 2.0 / 3.0
        + (150.0 * wave(x, 12.0) + 300.0 * wave(x, 30.0)) * 2.0 / 3.0;
    let phi = lat.to_radians();
    let m = 1.0 - EE * phi.sin() * phi.sin();
    let lat_deg = north_m * 180.0 / ((A * (1.0 - EE)) / (m * m.sqrt()) * PI);
    let lon_deg = east_m * 180.0 / (A / m.sqrt() * phi.cos() * PI);
    (lon + lon_deg, lat + lat_deg)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn outside_china_nothing_is_shifted() {
        for (lon, lat) in [(0.0, 51.5), (-71.1, 42.37), (9.5, 47.1), (140.0, 36.0)] {
            assert_eq!(from_wgs84(lon, lat), (lon, lat));
            assert_eq!(to_wgs84(lon, lat), (lon, lat));
        }
    }

    #[test]
    fn a_published_pair_is_met() {
        let (lon, lat) = from_wgs84(116.377_817, 39.911_954);
        assert!((lon - 116.384_047_224_556_57).abs() < 1e-12, "{lon}");
        assert!((lat - 39.913_345_455_360_69).abs() < 1e-12, "{lat}");
    }

    proptest! {
        #[test]
        fn back_and_forth_ends_where_it_began(lon in 72.1..137.8f64, lat in 0.9..55.8f64) {
            let (x, y) = from_wgs84(lon, lat);
            let (lon2, lat2) = to_wgs84(x, y);
            prop_assert!((lon - lon2).abs() < 1e-10 && (lat - lat2).abs() < 1e-10);
        }

        #[test]
        fn points_close_together_stay_close_together(
            lon in 72.1..137.7f64, lat in 0.9..55.7f64, east in -1e-6..1e-6f64, north in -1e-6..1e-6f64
        ) {
            // The root of |x| near 105° is the steepest place: 1e-6° there moves 1e-9°.
            let (x, y) = from_wgs84(lon, lat);
            let (x2, y2) = from_wgs84(lon + east, lat + north);
            prop_assert!((x2 - x - east).abs() < 1e-8 && (y2 - y - north).abs() < 1e-8);
        }
    }
}
