//! The files that carry the data: CSV, GeoJSON, a zipped Shapefile, a workbook, the ministry's TXT. Written here
//! so that they come out byte for byte the same.

mod boundary_points;
mod csv;
mod geojson;
mod shapefile;
mod workbook;

pub(super) use self::boundary_points::{BoundaryPoints, Lot};
pub(super) use self::csv::Csv;
pub(super) use self::geojson::{GeoJson, Shape, properties};
pub(super) use self::shapefile::{CGCS2000_117E, Column, Kind, Shapefile};
pub(super) use self::workbook::{Cell, Workbook};

/// What every file says of itself.
pub(super) const DEMONSTRATION: &str = "演示数据";

/// One file of the data.
#[derive(Debug, Clone)]
pub(super) struct SeedFile {
    /// Where it goes, from the folder of all.
    pub(super) path: &'static str,
    /// What it holds.
    pub(super) bytes: Vec<u8>,
}

/// A serial number in a wide form: `CY-WR-0017`.
pub(super) fn numbered(prefix: &str, number: usize, digits: usize) -> String {
    format!("{prefix}{number:0digits$}")
}
