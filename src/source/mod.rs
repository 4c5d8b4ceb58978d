//! Readers: a file in, records **and diagnostics** out. This room knows no layer: a value is the
//! text that stands in the file, a geometry has the file's own coordinates.
//!
//! Delimited text, workbooks, GeoJSON and the ministry's parcel text are read here, since GDAL loses
//! parts of them without a word; the rest is read through GDAL, by the driver its extension names.

mod columns;
mod crs;
mod csv;
mod dxf;
mod encoding;
mod files;
mod format;
mod geojson;
mod ogr;
mod parcels;
mod place;
mod shape;
mod shapefile;
mod sheet;

use std::ops::ControlFlow;
use std::path::Path;

use crate::geom::Geometry;
use crate::say;
use crate::text::{Key, Lang, Message, Problem};

pub use files::files;

use format::Format;

/// Where the coordinates of a row stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In the file's own geometry (GeoPackage, GeoJSON, Shapefile, parcel TXT, …).
    Geometry,
    /// In two columns: `x` runs east (longitude, or the easting), `y` north.
    Columns {
        /// Longitude or easting.
        x: String,
        /// Latitude or northing.
        y: String,
    },
    /// In a column of well-known text.
    Wkt(String),
    /// Nowhere: a table.
    None,
}

/// What to read.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The file, the `.gdb` folder, or a zipped Shapefile.
    pub path: &'a Path,
    /// The layer or sheet within it, where it holds several.
    pub layer: Option<&'a str>,
    /// The encoding of a text file, by a label of the WHATWG Encoding Standard; `None`: UTF-8, or
    /// what the format itself says (a Shapefile's `.cpg`).
    pub encoding: Option<&'a str>,
    /// Where the coordinates of a row stand.
    pub place: &'a Place,
}

/// What a file says about itself before its first row.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// The names of its columns, in the order of [`Record::cells`].
    pub columns: Vec<String>,
    /// How many rows it says it has.
    pub rows: Option<u64>,
    /// The reference system it claims.
    pub crs: Option<FileCrs>,
}

/// The reference system a file claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileCrs {
    /// Its name, for messages.
    pub name: String,
    /// Its EPSG code, if it names or matches one.
    pub epsg: Option<u32>,
    /// Its definition.
    pub wkt: String,
}

/// One row of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// As a person counts: in a CSV or a sheet the line Excel shows (the header is row 1); elsewhere
    /// the first feature is 1.
    pub row: u64,
    /// Its values, as text, trimmed; empty or null is `None`.
    pub cells: Vec<Option<String>>,
    /// Its geometry in the file's coordinates, x east, y north, two-dimensional, as it was drawn.
    pub geometry: Option<Geometry>,
    /// What had to be mended for it to be a record at all, such as a ring that was not closed; for
    /// the report beside the repairs of validity. Mostly empty.
    pub notes: Vec<Message>,
}

/// Why a row could not be read as a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The row, counted like [`Record::row`].
    pub row: u64,
    /// The column, if one is to blame.
    pub column: Option<String>,
    /// What stands there.
    pub value: Option<String>,
    /// What is wrong, and what would be right.
    pub reason: Message,
}

/// What a reader gives for each row: never nothing.
#[derive(Debug, Clone, PartialEq)]
pub enum Reading {
    /// A row that could be read.
    Record(Record),
    /// A row that could not, with every reason.
    Rejected(Vec<Diagnostic>),
}

/// Who receives what a reader reads.
pub trait Sink {
    /// Called once, before the first row. An error stops the reading and is returned by [`read`].
    fn opened(&mut self, opened: &Opened) -> Result<(), Problem>;
    /// Called for each row; `Break` stops the reading without an error.
    fn row(&mut self, reading: Reading) -> ControlFlow<()>;
}

/// Reads a file: what it says about itself, then every row as a record or as the reasons why it is
/// none. What is wrong with the file as a whole, or with what was asked for, is the error; a file
/// that breaks off midway is one too, though rows have been given by then.
///
/// Every failure names the file.
pub fn read(request: &Request<'_>, sink: &mut dyn Sink) -> Result<(), Problem> {
    by_format(request, sink).map_err(|problem| naming(problem, request.path))
}

fn by_format(request: &Request<'_>, sink: &mut dyn Sink) -> Result<(), Problem> {
    match format::of(request)? {
        Format::Csv => csv::read(request, sink),
        Format::Sheet => sheet::read(request, sink),
        Format::Parcels => parcels::read(request, sink),
        Format::GeoJson => geojson::read(request, sink),
        Format::GeoJsonSequence => geojson::read_sequence(request, sink),
        Format::Ogr(opening) => ogr::read(request, &opening, sink),
    }
}

/// The failure, said of its file where it does not name it already.
fn naming(problem: Problem, path: &Path) -> Problem {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let said = problem.message();
    if said.in_lang(Lang::En).contains(&*name) {
        return problem;
    }
    let named = say!(Key::SourceFileNamed, path = path.display()).with_why(said.clone());
    problem.restated(named)
}
