//! BD-09, Baidu's degrees: GCJ-02 with a second shift on top, which knows no box.

use std::f64::consts::PI;

use super::gcj02;

/// Baidu's factor from degrees to the angle of its waves.
const X_PI: f64 = PI * 3000.0 / 180.0;

/// WGS 84 degrees to BD-09.
pub fn from_wgs84(lon: f64, lat: f64) -> (f64, f64) {
    let (lon, lat) = gcj02::from_wgs84(lon, lat);
    from_gcj02(lon, lat)
}

/// BD-09 degrees to WGS 84, iterated until they map back to within 1e-10°.
pub fn to_wgs84(lon: f64, lat: f64) -> (f64, f64) {
    let (lon, lat) = to_gcj02(lon, lat);
    gcj02::to_wgs84(lon, lat)
}

/// GCJ-02 degrees to BD-09.
pub fn from_gcj02(lon: f64, lat: f64) -> (f64, f64) {
    let radius = lon.hypot(lat) + 0.000_02 * (lat * X_PI).sin();
    let angle = lat.atan2(lon) + 0.000_003 * (lon * X_PI).cos();
    (radius * angle.cos() + 0.0065, radius * angle.sin() + 0.006)
}

/// BD-09 degrees to GCJ-02, iterated.
pub fn to_gcj02(lon: f64, lat: f64) -> (f64, f64) {
    gcj02::solve((lon, lat), from_gcj02)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn back_and_forth_ends_where_it_began(lon in 72.1..137.7f64, lat in 0.9..55.7f64) {
            let (x, y) = from_wgs84(lon, lat);
            let (lon2, lat2) = to_wgs84(x, y);
            prop_assert!((lon - lon2).abs() < 1e-10 && (lat - lat2).abs() < 1e-10);
        }

        #[test]
        fn points_close_together_stay_close_together(
            lon in 72.1..137.7f64, lat in 0.9..55.7f64, east in -1e-6..1e-6f64, north in -1e-6..1e-6f64
        ) {
            // Baidu's waves stretch by up to 3 % in places.
            let (x, y) = from_wgs84(lon, lat);
            let (x2, y2) = from_wgs84(lon + east, lat + north);
            prop_assert!((x2 - x - east).abs() < 4e-8 && (y2 - y - north).abs() < 4e-8);
        }
    }
}
