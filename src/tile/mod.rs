//! Vector tiles of a layer, and what describes them: TileJSON and MapLibre styles.
//!
//! `docs/life-of-a-tile.md` tells the way of a feature into a tile.

mod arrange;
mod clip;
mod crowd;
mod edition;
mod encode;
mod glyphs;
mod layer;
mod pbf;
mod polygon;
mod repair;
mod snap;
mod style;
mod tilejson;
mod valid;

pub use self::edition::Edition;
pub use self::encode::{Counts, Tile, encode, encode_edition};
pub use self::glyphs::{RANGE, glyph_range};
pub use self::snap::BUFFER;
pub use self::style::{layer_style, map_style};
pub use self::tilejson::{has_tiles, tilejson};
