//! The ministry's exchange format for the points of parcel boundaries (勘测定界界址点坐标交换格式):
//! a section of attributes, then for each parcel a line that ends in `@` and a line a point, its
//! northing (X) before its easting (Y). Surveyors' files are small: one is read at a piece.

mod claim;
mod rings;

use std::io::Read as _;
use std::ops::ControlFlow;

use encoding_rs::UTF_8;
use geo_types::Coord;

use self::rings::Shape;
use crate::say;
use crate::source::place::coordinate;
use crate::source::{Diagnostic, Opened, Reading, Record, Request, Sink, columns, encoding, files};
use crate::text::{Key, Message, Problem};

/// What the line of a parcel holds, as far as the format names it.
const COLUMNS: [&str; 8] = [
    "界址点数",
    "地块面积",
    "地块编号",
    "地块名称",
    "图形属性",
    "图幅号",
    "地块用途",
    "地类编码",
];

/// Which of them is the number of points, and which the kind of shape.
const POINTS: usize = 0;
const KIND: usize = 4;

/// The section of the points.
const SECTION: &str = "地块坐标";

/// Reads a file of parcels.
pub(super) fn read(request: &Request<'_>, sink: &mut dyn Sink) -> Result<(), Problem> {
    let text = load(request)?;
    let mut file = File::default();
    for (number, line) in (1..).zip(&text) {
        file.line(number, line)?;
    }
    if !file.has_section {
        return Err(say!(Key::SourceParcelsNot, path = request.path.display()).into());
    }
    let widest = file
        .parcels
        .iter()
        .map(|parcel| parcel.cells.len())
        .max()
        .unwrap_or_default();
    let mut columns: Vec<String> = COLUMNS.map(str::to_owned).to_vec();
    columns.extend((COLUMNS.len()..widest).map(|i| format!("属性{}", i + 1)));
    let crs = claim::of(&file.attributes, file.first_point())?;
    let rows = u64::try_from(file.parcels.len()).ok();
    let width = columns.len();
    sink.opened(&Opened { columns, rows, crs })?;
    for (row, parcel) in (1..).zip(file.parcels) {
        if sink.row(parcel.reading(row, width)) == ControlFlow::Break(()) {
            break;
        }
    }
    Ok(())
}

/// The lines of the file; one that cannot be decoded is the error.
type Lines = Vec<Result<String, Diagnostic>>;

fn load(request: &Request<'_>) -> Result<Lines, Problem> {
    let encoding = request.encoding.map_or(Ok(UTF_8), encoding::by_label)?;
    let mut bytes = Vec::new();
    files::text(request.path)?
        .read_to_end(&mut bytes)
        .map_err(|error| files::unreadable(request.path, error))?;
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Err(say!(Key::SourceUtf16, path = request.path.display()).into());
    }
    let text = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(_) if encoding != UTF_8 => {
            let (path, declared) = (request.path.display(), encoding.name());
            return Err(say!(Key::SourceBomContradicts, path = path, encoding = declared).into());
        }
        Some(text) => text,
        None => &bytes,
    };
    let line = |line: &[u8]| {
        encoding::decode(line, encoding)
            .filter(|text| !text.contains('\0'))
            .map(|text| text.trim().to_owned())
            .ok_or_else(|| Diagnostic {
                row: 0,
                column: None,
                value: Some(encoding::shown(line, encoding)),
                reason: say!(Key::SourceUndecodable, encoding = encoding.name()),
            })
    };
    Ok(text.split(|&b| b == b'\n').map(line).collect())
}

/// A file, as far as its lines have been taken.
#[derive(Debug, Default)]
struct File {
    attributes: Vec<(String, String)>,
    has_section: bool,
    parcels: Vec<Parcel>,
}

impl File {
    fn line(&mut self, number: u64, line: &Result<String, Diagnostic>) -> Result<(), Problem> {
        let text = match (line, self.parcels.last_mut()) {
            (Ok(text), _) => text.as_str(),
            // Else its points would go to the parcel before it, and two parcels make one row.
            (Err(fault), _) if self.has_section && begins_parcel(fault) => {
                let mut parcel = Parcel::new(number, "");
                parcel.faults.push(fault.clone());
                parcel.unreadable = true;
                self.parcels.push(parcel);
                return Ok(());
            }
            (Err(fault), Some(parcel)) => {
                parcel.faults.push(fault.clone());
                return Ok(());
            }
            (Err(fault), None) => return Err(fault.reason.clone().into()),
        };
        if text.is_empty() {
            return Ok(());
        }
        if let Some(name) = section(text) {
            self.has_section |= name == SECTION;
        } else if !self.has_section {
            if let Some((name, value)) = text.split_once('=') {
                self.attributes
                    .push((name.trim().to_owned(), value.trim().to_owned()));
            }
        } else if let Some(cells) = text.strip_suffix('@') {
            self.parcels.push(Parcel::new(number, cells));
        } else if let Some(parcel) = self.parcels.last_mut() {
            parcel.point(number, text);
        } else {
            return Err(say!(Key::SourceParcelFirst, line = number, value = text).into());
        }
        Ok(())
    }

    fn first_point(&self) -> Option<Coord> {
        self.parcels
            .iter()
            .find_map(|parcel| parcel.points.first())
            .map(|point| point.at)
    }
}

/// Whether a line that could not be decoded is that of a parcel.
fn begins_parcel(fault: &Diagnostic) -> bool {
    let line = fault.value.as_deref().unwrap_or_default();
    line.trim_end_matches("\\x0D").trim_end().ends_with('@')
}

/// The name of a section, in brackets of either width.
fn section(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(['[', '【'])?;
    inner.strip_suffix([']', '】']).map(str::trim)
}

/// A point of a boundary.
#[derive(Debug)]
struct Point {
    /// The line it stands in.
    line: u64,
    /// The ring it belongs to, as it is written.
    ring: String,
    /// East, north.
    at: Coord,
}

/// A parcel, as its lines describe it.
#[derive(Debug)]
struct Parcel {
    line: u64,
    cells: Vec<Option<String>>,
    points: Vec<Point>,
    /// How many lines of points there are, good or bad.
    lines: usize,
    /// Whether its own line could not be decoded: then what that lacks is no further news.
    unreadable: bool,
    faults: Vec<Diagnostic>,
}

impl Parcel {
    fn new(line: u64, cells: &str) -> Self {
        let cells = cells.trim_end().strip_suffix(',').unwrap_or(cells);
        let cells = cells.split(',').map(columns::cell).collect();
        Self {
            line,
            cells,
            points: Vec::new(),
            lines: 0,
            unreadable: false,
            faults: Vec::new(),
        }
    }

    fn fault(&mut self, column: Option<&str>, value: Option<&str>, reason: Message) {
        let (column, value) = (column.map(str::to_owned), value.map(str::to_owned));
        self.faults.push(Diagnostic {
            row: 0,
            column,
            value,
            reason,
        });
    }

    /// Takes a line such as `J1,1,4420000.5,39500000.5`.
    fn point(&mut self, line: u64, text: &str) {
        self.lines += 1;
        let parts: Vec<&str> = text.split(',').map(str::trim).collect();
        let [_, ring, north, east] = parts[..] else {
            self.fault(None, Some(text), say!(Key::SourceParcelLine, line = line));
            return;
        };
        match (coordinate(Some(east)), coordinate(Some(north))) {
            (Ok(x), Ok(y)) => {
                self.points.push(Point {
                    line,
                    ring: ring.to_owned(),
                    at: Coord { x, y },
                });
            }
            (x, y) => {
                for (name, value, read) in [("X", north, y), ("Y", east, x)] {
                    if let Err(reason) = read {
                        let line = say!(Key::SourceParcelCoordinate, line = line, name = name);
                        self.fault(Some(name), Some(value), line);
                        self.fault(Some(name), Some(value), reason);
                    }
                }
            }
        }
    }

    /// The parcel as a record, or every reason why it is none.
    fn reading(mut self, row: u64, width: usize) -> Reading {
        let shape = if self.unreadable { None } else { self.shape() };
        let geometry = match shape.map(|shape| rings::assemble(shape, &self.points)) {
            // Where a point could not be read, what its absence does to the rings is no further news.
            _ if self.lines > self.points.len() => None,
            Some(Ok(geometry)) => Some(geometry),
            Some(Err(reasons)) => {
                for reason in reasons {
                    self.fault(None, None, reason);
                }
                None
            }
            None => None,
        };
        if !self.faults.is_empty() {
            let faults = self
                .faults
                .into_iter()
                .map(|fault| Diagnostic { row, ..fault });
            return Reading::Rejected(faults.collect());
        }
        let mut cells = self.cells;
        cells.resize(width, None);
        Reading::Record(Record {
            row,
            cells,
            geometry,
            notes: Vec::new(),
        })
    }

    /// The kind of shape, once the number of points is right. Both ways of counting are in use: every
    /// line, or every point once, without those that close a ring.
    fn shape(&mut self) -> Option<Shape> {
        let line = self.line;
        let cell = |i: usize| self.cells.get(i).cloned().flatten();
        let (declared, kind) = (cell(POINTS), cell(KIND));
        let shape = match kind.as_deref() {
            Some("面") => Some(Shape::Polygon),
            Some("线") => Some(Shape::Line),
            Some("点") => Some(Shape::Point),
            _ => None,
        };
        if shape.is_none() {
            let reason = say!(Key::SourceParcelKind, line = line);
            self.fault(Some(COLUMNS[KIND]), kind.as_deref(), reason);
        }
        let closing = match shape {
            Some(Shape::Polygon) => rings::count(&self.points),
            _ => 0,
        };
        let found = self.lines;
        let count = declared
            .as_deref()
            .and_then(|count| count.parse::<usize>().ok());
        if count.is_none_or(|count| count != found && count + closing != found) {
            let reason = say!(Key::SourceParcelPoints, line = line, found = found);
            self.fault(Some(COLUMNS[POINTS]), declared.as_deref(), reason);
        }
        shape
    }
}
