//! The address of a tile in the `WebMercatorQuad` scheme.

use std::fmt;

use super::{BBox, cast, mercator};
use crate::say;
use crate::text::{Key, Message};

/// A tile: x counts columns from the west, y rows from the **north**. Made by [`TileId::new`] or
/// [`TileId::parse`], which let only tiles of the pyramid pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    /// Zoom, 0 to [`TileId::MAX_ZOOM`].
    pub z: u8,
    /// Column, below `2^z`.
    pub x: u32,
    /// Row from the north, below `2^z`.
    pub y: u32,
}

impl TileId {
    /// The deepest zoom served.
    pub const MAX_ZOOM: u8 = 22;

    /// The tile of these numbers, if there is one.
    pub fn new(z: u8, x: u32, y: u32) -> Result<Self, Message> {
        if z > Self::MAX_ZOOM {
            return Err(say!(Key::GeomTileZoom, z = z, max = Self::MAX_ZOOM));
        }
        let side = 1u32 << z;
        if x >= side || y >= side {
            return Err(say!(
                Key::GeomTileOutside,
                z = z,
                x = x,
                y = y,
                last = side - 1
            ));
        }
        Ok(Self { z, x, y })
    }

    /// The tile that three texts of a path name; only plain decimal numbers.
    pub fn parse(z: &str, x: &str, y: &str) -> Result<Self, Message> {
        let number = |text: &str| {
            (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()))
                .then(|| text.parse::<u64>().unwrap_or(u64::MAX))
                .ok_or_else(|| say!(Key::GeomTileNumber, value = text))
        };
        let (z, x, y) = (number(z)?, number(x)?, number(y)?);
        if z > u64::from(Self::MAX_ZOOM) {
            return Err(say!(Key::GeomTileZoom, z = z, max = Self::MAX_ZOOM));
        }
        let last = (1u64 << z) - 1;
        match (u8::try_from(z), u32::try_from(x), u32::try_from(y)) {
            (Ok(z), Ok(x), Ok(y)) => Self::new(z, x, y),
            _ => Err(say!(Key::GeomTileOutside, z = z, x = x, y = y, last = last)),
        }
    }

    /// The tile at a zoom (at most [`TileId::MAX_ZOOM`]) that a point lies in. A point on a border
    /// belongs to the tile south and east of it; one outside the pyramid to the nearest tile.
    pub fn at(lon: f64, lat: f64, zoom: u8) -> Self {
        let z = zoom.min(Self::MAX_ZOOM);
        let side = 1u32 << z;
        let (x, y) = mercator::fraction(lon, lat);
        let place = |v: f64| cast::f64_to_u32((v * f64::from(side)).floor()).min(side - 1);
        Self {
            z,
            x: place(x),
            y: place(y),
        }
    }

    /// The box it covers, degrees.
    pub fn bounds(self) -> BBox {
        let side = f64::from(1u32 << self.z);
        let (west, north) = mercator::lon_lat(f64::from(self.x) / side, f64::from(self.y) / side);
        let (east, south) =
            mercator::lon_lat(f64::from(self.x + 1) / side, f64::from(self.y + 1) / side);
        BBox {
            west,
            south,
            east,
            north,
        }
    }

    /// Its north-west corner on the world grid of its zoom: what to subtract from
    /// [`mercator::to_grid`] to come to the tile's own units.
    pub fn origin(self) -> (i64, i64) {
        let extent = i64::from(mercator::EXTENT);
        (i64::from(self.x) * extent, i64::from(self.y) * extent)
    }

    /// The tile one zoom up that holds it; `None` for the world.
    #[must_use]
    pub fn parent(self) -> Option<Self> {
        let z = self.z.checked_sub(1)?;
        Some(Self {
            z,
            x: self.x / 2,
            y: self.y / 2,
        })
    }
}

impl fmt::Display for TileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.z, self.x, self.y)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_tiles_of_the_pyramid_pass() {
        assert!(TileId::new(0, 0, 0).is_ok());
        assert!(TileId::new(22, (1 << 22) - 1, 0).is_ok());
        assert_eq!(
            TileId::new(0, 1, 0).unwrap_err().key(),
            Key::GeomTileOutside
        );
        assert_eq!(TileId::new(23, 0, 0).unwrap_err().key(), Key::GeomTileZoom);
        assert_eq!(
            TileId::parse("a", "0", "0").unwrap_err().key(),
            Key::GeomTileNumber
        );
        assert_eq!(
            TileId::parse("1", "-1", "0").unwrap_err().key(),
            Key::GeomTileNumber
        );
        assert_eq!(
            TileId::parse("1", "+1", "0").unwrap_err().key(),
            Key::GeomTileNumber
        );
        assert_eq!(
            TileId::parse("1", "", "0").unwrap_err().key(),
            Key::GeomTileNumber
        );
        let huge = "99999999999999999999999999";
        assert_eq!(
            TileId::parse("3", huge, "0").unwrap_err().key(),
            Key::GeomTileOutside
        );
        assert_eq!(
            TileId::parse(huge, "0", "0").unwrap_err().key(),
            Key::GeomTileZoom
        );
        assert_eq!(
            TileId::parse("12", "3373", "1551").unwrap(),
            TileId {
                z: 12,
                x: 3373,
                y: 1551
            }
        );
    }

    #[test]
    fn chaoyang_lies_in_the_tile_everyone_else_says() {
        // mercantile 1.2.1: tile(116.443, 39.9215, 12) = (3372, 1551)
        assert_eq!(
            TileId::at(116.443, 39.9215, 12),
            TileId {
                z: 12,
                x: 3372,
                y: 1551
            }
        );
        let world = TileId { z: 0, x: 0, y: 0 }.bounds();
        assert!(
            (world.west + 180.0).abs() < 1e-12 && (world.north - mercator::MAX_LAT).abs() < 1e-9
        );
    }

    proptest! {
        #[test]
        fn a_point_lies_within_its_tile_and_that_within_its_parent(
            lon in -180.0..180.0f64, lat in -85.0..85.0f64, zoom in 0u8..=22
        ) {
            let tile = TileId::at(lon, lat, zoom);
            prop_assert!(TileId::new(tile.z, tile.x, tile.y).is_ok());
            let eps = 1e-9;
            let b = tile.bounds();
            prop_assert!(b.west - eps <= lon && lon <= b.east + eps);
            prop_assert!(b.south - eps <= lat && lat <= b.north + eps);
            if let Some(parent) = tile.parent() {
                prop_assert_eq!(parent, TileId::at(lon, lat, zoom - 1));
            }
        }
    }
}
