//! From the world to a tile: vertices on the world grid of a zoom, and the window of it that a tile
//! shows.
//!
//! A vertex is rounded to the grid of the whole world, not of a tile, so that it lands on the same
//! spot in every tile and in every feature that has it. For a map in shifted degrees each vertex is
//! shifted first, which depends on the vertex alone, too.

use crate::geom::{BBox, Datum, TileId, cast, mercator};
use crate::query::{Part, Snapshot};

/// How far beyond its sides a tile shows, in its units: 1/64 of a side, 8 pixels of 512.
pub const BUFFER: u32 = 64;

/// A spot of a tile's grid: x east, y down, 0 to 4096 within the tile. Before it is cut to the
/// window it may lie anywhere in the world, which at zoom 22 is 2³⁴ units wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub(super) x: i64,
    pub(super) y: i64,
}

/// The part of the world that a tile shows.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    z: u8,
    origin: Spot,
    datum: Datum,
}

impl Window {
    /// Least coordinate shown.
    pub(super) const MIN: i64 = -(BUFFER as i64);
    /// Greatest coordinate shown.
    pub(super) const MAX: i64 = (mercator::EXTENT + BUFFER) as i64;

    /// The window of a tile of a map in a datum.
    pub(super) fn of(tile: TileId, datum: Datum) -> Self {
        let (x, y) = tile.origin();
        Self {
            z: tile.z,
            origin: Spot { x, y },
            datum,
        }
    }

    /// The rows of which something may show, or lie within `margin` units more, ascending.
    pub(super) fn candidates(&self, snapshot: &Snapshot, margin: u32) -> Vec<usize> {
        let drawn = self.bbox(margin);
        let mut rows = snapshot.candidates(&self.datum.origins(&drawn));
        if self.datum != Datum::Plain {
            // So few are far from where they are drawn that each is looked at.
            let shows = |bbox: BBox| self.datum.shifted_box(&bbox).intersects(&drawn);
            rows.retain(|&row| snapshot.bbox(row).is_none_or(shows));
        }
        rows
    }

    /// The box of everything that may show, and of `margin` units more, degrees. A unit is added for
    /// the rounding of vertices.
    fn bbox(&self, margin: u32) -> BBox {
        let out = f64::from(BUFFER + margin + 1);
        let side = f64::from(mercator::EXTENT);
        let (x, y) = (
            cast::i64_to_f64(self.origin.x),
            cast::i64_to_f64(self.origin.y),
        );
        let (west, north) = mercator::from_world(x - out, y - out, self.z);
        let (east, south) = mercator::from_world(x + side + out, y + side + out, self.z);
        BBox {
            west,
            south,
            east,
            north,
        }
    }

    /// The vertices of a part as spots. Up to zoom 20 by shifting the index's grid; its step is two
    /// and four units of the two zooms beyond, which are therefore computed from the degrees.
    pub(super) fn snap<'a>(&self, part: &Part<'a>) -> impl Iterator<Item = Spot> + use<'a> {
        /// The zoom whose grid is the index's: 2²⁰ tiles of 2¹² units.
        const GRID_ZOOM: u8 = 20;
        let Self { z, origin, datum } = *self;
        part.coords.iter().zip(part.grid).map(move |(coord, grid)| {
            let (x, y) = if datum != Datum::Plain {
                let (lon, lat) = datum.shifted(coord.x, coord.y);
                mercator::to_grid(lon, lat, z)
            } else if z > GRID_ZOOM {
                mercator::to_grid(coord.x, coord.y, z)
            } else {
                let shift = GRID_ZOOM - z;
                let half = (1_i64 << shift) >> 1;
                let [x, y] = grid.map(|v| (i64::from(v) + half) >> shift);
                (x, y)
            };
            Spot {
                x: x - origin.x,
                y: y - origin.y,
            }
        })
    }

    /// Whether the tile shows a spot.
    pub(super) fn shows(spot: Spot) -> bool {
        let side = Self::MIN..=Self::MAX;
        side.contains(&spot.x) && side.contains(&spot.y)
    }
}
