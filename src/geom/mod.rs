//! Coordinates and everything computed from them alone: reference systems, boxes, tile ids,
//! distances and areas on the ellipsoid, validity and repair.
//!
//! Geometry at rest is [`Geometry`]: two-dimensional, longitude before latitude, in degrees of
//! CGCS2000, which this program takes as equal to WGS 84 (they differ by centimetres). An edge is a
//! straight line in longitude and latitude (RFC 7946 § 3.1.1).

pub mod cast;
mod bbox;
mod tile;
pub mod mercator;
mod crs;
mod datum;
mod proj;
pub mod proj_data;
mod to_lonlat;
pub mod gcj02;
pub mod bd09;
pub mod geodesic;
mod part;
pub mod frame;
mod target;
mod nearest;
mod crossing;
mod along;
mod meeting;
mod plane;
mod disc;
mod zones;
mod tenure;
mod near_tests;
mod zones_tests;
pub mod validity;
pub mod wkb;
pub mod wkt;
pub mod written;

pub use along::uncovered_m;
pub use bbox::BBox;
pub use crs::Crs;
pub use datum::Datum;
pub use meeting::{Contact, Meeting};
pub use nearest::Nearest;
pub use part::{PartKind, Parts, Run};
pub use target::Target;
pub use tenure::Tenure;
pub use tile::TileId;
pub use to_lonlat::{FromLonLat, ToLonLat};
pub use zones::{Cover, Extent, ZoneShare, Zones};

/// A geometry in degrees of longitude and latitude, unless a name says otherwise.
pub type Geometry = geo_types::Geometry<f64>;
