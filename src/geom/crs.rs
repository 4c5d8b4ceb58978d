//! Coordinate reference systems: which one a file says it uses, and the way to degrees.

use std::path::PathBuf;

/// A reference system, as a layer declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Crs {
    /// An entry of the EPSG registry.
    Epsg(u32),
    /// Longitude and latitude of WGS 84, in that order.
    Crs84,
    /// The shifted degrees of Chinese web maps.
    Gcj02,
    /// Baidu's own shift on top of it.
    Bd09,
    /// A definition in a file: WKT, or a PROJ string. For local systems.
    Definition {
        /// The file.
        path: PathBuf,
        /// What it holds.
        text: String,
    },
}
