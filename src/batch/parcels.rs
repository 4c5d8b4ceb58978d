//! The parcels of a file: each row as what is asked about, or every reason why it is none.

use geo::CoordsIter as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use geo_types::MultiPolygon;

use crate::assess::ask::{MOST_CORNERS, ParcelAsked, UseAsked};
use crate::geom::{Crs, Geometry, ToLonLat, validity};
use crate::say;
use crate::source::{self, Diagnostic, FileCrs, Opened, Place, Reading, Record, Request, Sink};
use crate::text::{Key, Message, Problem};

/// A file of parcels, and how its rows are meant.
#[derive(Debug, Clone)]
pub struct Input {
    /// The file.
    pub path: PathBuf,
    /// The layer or sheet within it.
    pub layer: Option<String>,
    /// The encoding of a text file.
    pub encoding: Option<String>,
    /// The reference system, where the file does not say.
    pub crs: Option<Crs>,
    /// The column with the number of a parcel of the district's, for rows without geometry.
    pub parcel_field: Option<String>,
    /// Where planned uses come from.
    pub planned: PlannedFrom,
}

/// Where the planned use of a row comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlannedFrom {
    /// What is on record with the parcel, if anything.
    Record,
    /// The same for all rows.
    All(Vec<UseAsked>),
    /// A column of the file.
    Field {
        /// Its name.
        name: String,
        /// The classification its codes are of; `None`: the district's.
        system: Option<String>,
    },
}

/// A row of the file.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its number, as a person counts.
    pub number: u64,
    /// Its own values, in the order of the file's columns.
    pub cells: Vec<Option<String>>,
    /// Where it is.
    pub place: RowPlace,
    /// What it is to become.
    pub planned: Vec<UseAsked>,
    /// What was mended so far.
    pub notes: Vec<Message>,
}

/// Where a row's parcel is.
#[derive(Debug, Clone, PartialEq)]
pub enum RowPlace {
    /// A geometry, in degrees, as it was drawn.
    Drawn(Geometry),
    /// A parcel of the district's.
    Id(String),
}

/// A row, or every reason why it is none.
pub type Taken = Result<Row, Vec<Diagnostic>>;

/// Names under which tables have well-known text.
const WKT: [&str; 5] = ["wkt", "geom_wkt", "geometry", "geom", "the_geom"];
/// Names under which tables have longitude and latitude.
const LON_LAT: [[&str; 4]; 2] = [
    ["lon", "lng", "longitude", "经度"],
    ["lat", "latitude", "y_lat", "纬度"],
];

/// The names of the columns of a file, and how many rows it says it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    /// The columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Option<u64>,
    /// Where a row's geometry stands.
    pub place: Place,
}

impl Shape {
    /// The column that holds the geometry as text.
    pub fn geometry_column(&self) -> Option<&str> {
        match &self.place {
            Place::Wkt(column) => Some(column),
            _ => None,
        }
    }
}

/// Looks at what a file has, without reading its rows.
pub fn look(input: &Input) -> Result<Shape, Problem> {
    let table = input.parcel_field.is_some() || is_table(&input.path);
    let place = if table { Place::None } else { Place::Geometry };
    let mut look = Look(None);
    source::read(&request(input, &place), &mut look)?;
    let opened = look
        .0
        .ok_or_else(|| say!(Key::BatchNothing, file = input.path.display()))?;
    let has = |names: &[&str]| {
        let column = |column: &&String| names.iter().any(|name| column.eq_ignore_ascii_case(name));
        opened.columns.iter().find(column).cloned()
    };
    let place = if !table || input.parcel_field.is_some() {
        place
    } else if let Some(column) = has(&WKT) {
        Place::Wkt(column)
    } else if let [Some(x), Some(y)] = LON_LAT.map(|names| has(&names)) {
        Place::Columns { x, y }
    } else {
        let (file, columns) = (input.path.display(), opened.columns.join(", "));
        return Err(say!(Key::BatchNoPlace, file = file, columns = columns).into());
    };
    Ok(Shape {
        columns: opened.columns,
        rows: opened.rows,
        place,
    })
}

fn is_table(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    [".csv", ".tsv", ".xlsx", ".xlsm", ".xls"]
        .iter()
        .any(|ending| name.ends_with(ending))
}

fn request<'a>(input: &'a Input, place: &'a Place) -> Request<'a> {
    Request {
        path: &input.path,
        layer: input.layer.as_deref(),
        encoding: input.encoding.as_deref(),
        place,
    }
}

/// Takes what a file says of itself.
struct Look(Option<Opened>);

impl Sink for Look {
    fn opened(&mut self, opened: &Opened) -> Result<(), Problem> {
        self.0 = Some(opened.clone());
        Ok(())
    }

    fn row(&mut self, _reading: Reading) -> ControlFlow<()> {
        ControlFlow::Break(())
    }
}

/// Reads the rows of a file after the first `skip`, `most` at a time, in their order. What `take`
/// fails with ends the reading.
pub fn read(
    input: &Input,
    shape: &Shape,
    skip: u64,
    most: usize,
    take: &mut dyn FnMut(Vec<Taken>) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let mut reader = Reader {
        input,
        to_lonlat: None,
        planned: None,
        parcel: None,
        skip,
        most,
        chunk: Vec::new(),
        take,
        failure: None,
    };
    source::read(&request(input, &shape.place), &mut reader)?;
    match reader.failure {
        Some(failure) => Err(failure),
        None if reader.chunk.is_empty() => Ok(()),
        None => (reader.take)(reader.chunk),
    }
}

struct Reader<'a> {
    input: &'a Input,
    to_lonlat: Option<ToLonLat>,
    /// The place of the column with planned uses.
    planned: Option<usize>,
    /// The place of the column with numbers of parcels.
    parcel: Option<usize>,
    skip: u64,
    most: usize,
    chunk: Vec<Taken>,
    take: &'a mut dyn FnMut(Vec<Taken>) -> Result<(), Problem>,
    failure: Option<Problem>,
}

impl Sink for Reader<'_> {
    fn opened(&mut self, opened: &Opened) -> Result<(), Problem> {
        let column = |name: &str| {
            let place = opened.columns.iter().position(|column| column == name);
            place.ok_or_else(|| {
                let (file, columns) = (self.input.path.display(), opened.columns.join(", "));
                say!(
                    Key::BatchColumnMissing,
                    file = file,
                    column = name,
                    columns = columns
                )
            })
        };
        if let PlannedFrom::Field { name, .. } = &self.input.planned {
            self.planned = Some(column(name)?);
        }
        match &self.input.parcel_field {
            Some(name) => self.parcel = Some(column(name)?),
            None => self.to_lonlat = Some(ToLonLat::new(&crs(self.input, opened.crs.as_ref())?)?),
        }
        Ok(())
    }

    fn row(&mut self, reading: Reading) -> ControlFlow<()> {
        if self.skip > 0 {
            self.skip -= 1;
            return ControlFlow::Continue(());
        }
        let taken = match reading {
            Reading::Record(record) => self.taken(record),
            Reading::Rejected(faults) => Err(faults),
        };
        self.chunk.push(taken);
        if self.chunk.len() >= self.most
            && let Err(failure) = (self.take)(std::mem::take(&mut self.chunk))
        {
            self.failure = Some(failure);
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }
}

/// The reference system of a file: what it says, or what was said of it. Never guessed.
fn crs(input: &Input, claimed: Option<&FileCrs>) -> Result<Crs, Problem> {
    let file = input.path.display();
    match (&input.crs, claimed) {
        (Some(crs), None) => Ok(crs.clone()),
        (Some(crs), Some(claimed)) => {
            if crs.accepts(claimed.epsg, &claimed.wkt) {
                return Ok(crs.clone());
            }
            let (crs, claimed) = (crs.to_string(), claimed.name.as_str());
            Err(say!(
                Key::BatchCrsDiffers,
                file = file,
                crs = crs,
                claimed = claimed
            )
            .into())
        }
        (None, Some(claimed)) => match claimed.epsg {
            Some(code) => Ok(Crs::parse(&format!("EPSG:{code}"), Path::new(""))?),
            None if claimed.wkt.trim().is_empty() => {
                Err(say!(Key::BatchCrsUnknown, file = file).into())
            }
            None => Ok(Crs::Definition {
                path: input.path.clone(),
                text: claimed.wkt.clone(),
            }),
        },
        (None, None) => Err(say!(Key::BatchCrsUnknown, file = file).into()),
    }
}

impl Reader<'_> {
    fn taken(&self, record: Record) -> Taken {
        let mut faults = Vec::new();
        let place = self.place(&record, &mut faults);
        let planned = self.uses(&record);
        match place {
            Some(place) if faults.is_empty() => Ok(Row {
                number: record.row,
                cells: record.cells,
                place,
                planned,
                notes: record.notes,
            }),
            _ => Err(faults),
        }
    }

    fn place(&self, record: &Record, faults: &mut Vec<Diagnostic>) -> Option<RowPlace> {
        if let (Some(column), Some(name)) = (self.parcel, &self.input.parcel_field) {
            let id = record.cells.get(column).cloned().flatten();
            if id.is_none() {
                faults.push(Diagnostic {
                    row: record.row,
                    column: Some(name.clone()),
                    value: None,
                    reason: say!(Key::BatchNoParcel),
                });
            }
            return id.map(RowPlace::Id);
        }
        let mut told = |reason| {
            faults.push(Diagnostic {
                row: record.row,
                column: None,
                value: None,
                reason,
            });
        };
        let (Some(mut geometry), Some(to_lonlat)) = (record.geometry.clone(), &self.to_lonlat)
        else {
            told(say!(Key::BatchNoGeometry));
            return None;
        };
        if geometry.coords_count() > MOST_CORNERS {
            told(say!(Key::HttpGroundCorners, most = MOST_CORNERS));
            return None;
        }
        match to_lonlat.geometry(&mut geometry) {
            Ok(()) => Some(RowPlace::Drawn(geometry)),
            Err(reason) => {
                told(reason);
                None
            }
        }
    }

    /// The planned uses of a row; several stand apart by `;`, `、` or a comma.
    fn uses(&self, record: &Record) -> Vec<UseAsked> {
        let (name, system) = match &self.input.planned {
            PlannedFrom::Record => return Vec::new(),
            PlannedFrom::All(uses) => return uses.clone(),
            PlannedFrom::Field { system, .. } => (self.planned, system),
        };
        let cell = name.and_then(|column| record.cells.get(column));
        let cell = cell.and_then(Option::as_deref).unwrap_or_default();
        uses(cell, system.as_deref())
    }
}

/// The uses a text names: `0701`, `gb50137-2011:R2`, several apart by `;`, `、` or a comma.
pub fn uses(text: &str, system: Option<&str>) -> Vec<UseAsked> {
    text.split([';', '；', '、', ',', '，'])
        .filter(|word| !word.trim().is_empty())
        .map(|word| {
            let mut asked = UseAsked::parse(word);
            if asked.system.is_none() {
                asked.system = system.map(str::to_owned);
            }
            asked
        })
        .collect()
}

impl Row {
    /// What is asked about, made valid; every reason why it cannot be. What was mended is noted.
    pub fn asked(&mut self) -> Result<ParcelAsked, Vec<Diagnostic>> {
        let geometry = match &self.place {
            RowPlace::Id(id) => return Ok(ParcelAsked::Id(id.clone())),
            RowPlace::Drawn(geometry) => geometry.clone(),
        };
        match validity::repair(geometry) {
            Ok(repaired) => {
                self.notes.extend(repaired.notes);
                match repaired.geometry {
                    Geometry::Point(point) => Ok(ParcelAsked::Point(point.x(), point.y())),
                    Geometry::Polygon(one) => Ok(ParcelAsked::Drawn(MultiPolygon(vec![one]))),
                    Geometry::MultiPolygon(parts) => Ok(ParcelAsked::Drawn(parts)),
                    _ => Err(vec![self.fault(say!(Key::BatchNoArea))]),
                }
            }
            Err(reasons) => Err(reasons.into_iter().map(|why| self.fault(why)).collect()),
        }
    }

    /// A fault of the row as a whole.
    pub fn fault(&self, reason: Message) -> Diagnostic {
        Diagnostic {
            row: self.number,
            column: None,
            value: None,
            reason,
        }
    }
}
