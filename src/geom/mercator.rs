//! Web Mercator (EPSG:3857) and the world grid of its tiles.
//!
//! World units of a zoom: the world is a square of `4096 · 2^zoom` units, x running **east** from
//! 180° W, y running **south** from 85.0511° N, as in tiles. One unit is one step of a tile's grid.
//! The sphere's formulas, on geodetic latitude, are exact by definition of EPSG:3857.

use std::f64::consts::PI;

use super::cast;

/// Units along the side of a tile.
pub const EXTENT: u32 = 4096;

/// Half the width of the world, metres: `π · 6378137`.
pub const HALF_WORLD_M: f64 = PI * RADIUS_M;

/// The latitude where the square world ends: `atan(sinh π)`.
pub const MAX_LAT: f64 = 85.051_128_779_806_59;

/// The radius of the sphere, metres.
const RADIUS_M: f64 = 6_378_137.0;

/// Latitudes beyond are drawn here: the poles lie infinitely far away.
const FARTHEST_LAT: f64 = 89.999;

/// Longitude and latitude to fractions of the world: (0, 0) its north-west corner, (1, 1) its
/// south-east. Latitudes beyond [`MAX_LAT`] fall outside `0..=1`.
pub fn fraction(lon: f64, lat: f64) -> (f64, f64) {
    let lat = lat.clamp(-FARTHEST_LAT, FARTHEST_LAT).to_radians();
    (lon / 360.0 + 0.5, 0.5 - lat.tan().asinh() / (2.0 * PI))
}

/// Fractions of the world to longitude and latitude: the inverse of [`fraction`].
pub fn lon_lat(x: f64, y: f64) -> (f64, f64) {
    (
        (x - 0.5) * 360.0,
        (PI * (1.0 - 2.0 * y)).sinh().atan().to_degrees(),
    )
}

/// How many units wide the world is at a zoom: `4096 · 2^zoom`.
pub fn world_size(zoom: u8) -> f64 {
    f64::from(EXTENT) * 2f64.powi(i32::from(zoom))
}

/// Longitude and latitude to world units of a zoom.
pub fn to_world(lon: f64, lat: f64, zoom: u8) -> (f64, f64) {
    let (x, y) = fraction(lon, lat);
    let size = world_size(zoom);
    (x * size, y * size)
}

/// Longitude and latitude to the nearest point of a zoom's world grid. Depends on the point alone,
/// so neighbours snap alike in every tile.
pub fn to_grid(lon: f64, lat: f64, zoom: u8) -> (i64, i64) {
    let (x, y) = to_world(lon, lat, zoom);
    (cast::f64_to_i64(x), cast::f64_to_i64(y))
}

/// World units of a zoom to longitude and latitude.
pub fn from_world(x: f64, y: f64, zoom: u8) -> (f64, f64) {
    let size = world_size(zoom);
    lon_lat(x / size, y / size)
}

/// Longitude and latitude to metres of EPSG:3857, x east, y **north**.
pub fn to_metres(lon: f64, lat: f64) -> (f64, f64) {
    let lat = lat.clamp(-FARTHEST_LAT, FARTHEST_LAT).to_radians();
    (RADIUS_M * lon.to_radians(), RADIUS_M * lat.tan().asinh())
}

/// Metres of EPSG:3857 to longitude and latitude.
pub fn from_metres(x: f64, y: f64) -> (f64, f64) {
    (
        (x / RADIUS_M).to_degrees(),
        (y / RADIUS_M).sinh().atan().to_degrees(),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_corners_of_the_world_are_where_they_belong() {
        assert_eq!(to_grid(-180.0, MAX_LAT, 0), (0, 0));
        assert_eq!(to_grid(180.0, -MAX_LAT, 0), (4096, 4096));
        assert_eq!(to_grid(0.0, 0.0, 22), (1 << 33, 1 << 33));
        assert!((PI.sinh().atan().to_degrees() - MAX_LAT).abs() < 1e-13);
    }

    #[test]
    fn the_poles_stay_finite_and_outside() {
        let (_, y) = fraction(0.0, 90.0);
        assert!(y.is_finite() && y < 0.0);
    }

    #[test]
    fn metres_are_those_of_epsg_3857() {
        // pyproj 3.7.2 / PROJ 9.5.1, EPSG:4326 → EPSG:3857, always_xy.
        let (x, y) = to_metres(116.443, 39.9215);
        assert!((x - 12_962_375.466_441_153).abs() < 1e-7, "{x}");
        assert!((y - 4_854_541.422_037_517).abs() < 1e-7, "{y}");
    }

    proptest! {
        #[test]
        fn the_way_there_and_back_ends_where_it_began(
            lon in -180.0..180.0f64, lat in -85.0..85.0f64, zoom in 0u8..=22
        ) {
            let (x, y) = to_world(lon, lat, zoom);
            let (lon2, lat2) = from_world(x, y, zoom);
            prop_assert!((lon - lon2).abs() < 1e-12 && (lat - lat2).abs() < 1e-12);
            let (x, y) = to_metres(lon, lat);
            let (lon2, lat2) = from_metres(x, y);
            prop_assert!((lon - lon2).abs() < 1e-12 && (lat - lat2).abs() < 1e-12);
        }

        #[test]
        fn x_grows_eastward_and_y_southward(
            lon in -170.0..170.0f64, lat in -80.0..80.0f64, step in 0.001..5.0f64
        ) {
            let (x, y) = fraction(lon, lat);
            prop_assert!(fraction(lon + step, lat).0 > x);
            prop_assert!(fraction(lon, lat - step).1 > y);
        }
    }
}
