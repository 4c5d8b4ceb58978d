//! A layer's files, read: its rows as features or reasons, its coverage, the district's territory.

use std::ops::ControlFlow;
use std::sync::Arc;

use geo_types::{MultiPolygon, Polygon};
use jiff::tz::TimeZone;

use super::accept::{Accepted, Acceptor, Positions, Territory};
use super::definition::{CoverageSource, Layer, SourceFile, Surveyed};
use super::district::Atlas;
use crate::geom::{Crs, Geometry, ToLonLat, validity};
use crate::model::{Area, Coverage};
use crate::say;
use crate::source::{self, Diagnostic, Opened, Place, Reading, Record, Request, Sink};
use crate::text::{Key, Message, Problem};

/// Who takes the rows of a layer as they are read.
pub trait Taker {
    /// The file is open and says it has so many rows.
    fn opened(&mut self, rows: Option<u64>);
    /// A row: a feature, or every reason why it is none. `Break` stops the reading.
    fn row(&mut self, row: Result<Accepted, Vec<Diagnostic>>) -> ControlFlow<()>;
    /// Something to know about a row of another file of the layer: one that gives positions.
    fn aside(&mut self, shown: &str, diagnostic: Diagnostic);
}

/// Reads the rows of a layer, each as a feature or with every reason why not.
///
/// `territory` is the district with its margin; the boundary layer itself is read without one. If
/// more than half of the rows lie beyond it, the whole file is refused.
pub fn read(
    layer: &Layer,
    zone: &TimeZone,
    territory: Option<&Territory>,
    taker: &mut dyn Taker,
) -> Result<(), Problem> {
    let positions = match &layer.source.points {
        Some((file, key)) => Some(positions(file, key, taker)?),
        None => None,
    };
    let mut rows = Rows {
        layer,
        zone,
        territory,
        positions: positions.as_ref(),
        acceptor: None,
        taker,
    };
    source::read(&request(&layer.source.table), &mut rows)?;
    match rows
        .acceptor
        .and_then(|acceptor| acceptor.looks_misplaced())
    {
        Some(misplaced) => Err(misplaced.into()),
        None => Ok(()),
    }
}

/// The district's territory with its margin, read from the boundary layer's own file.
pub fn territory(atlas: &Atlas, zone: &TimeZone) -> Result<Arc<Territory>, Problem> {
    let boundary = &atlas.district.boundary;
    let nothing = || say!(Key::LayerBoundaryEmpty, layer = boundary);
    let layer = atlas.layers.get(boundary).ok_or_else(nothing)?;
    let mut parts = Parts(Vec::new());
    read(layer, zone, None, &mut parts)?;
    let polygons = MultiPolygon::new(parts.0);
    Territory::new(&polygons, atlas.district.margin_km)
        .map(Arc::new)
        .ok_or_else(|| nothing().into())
}

/// A layer's coverage, and what was mended in its file. Every polygon must be valid (or mended) and
/// dated: a survey that cannot be dated or drawn proves nothing, so one bad row refuses the file.
pub fn coverage(from: &CoverageSource) -> Result<(Coverage, Vec<Diagnostic>), Problem> {
    let mut areas = Areas {
        from,
        when_column: None,
        coverage: Coverage::default(),
        mended: Vec::new(),
        fault: None,
    };
    let place = Place::Geometry;
    source::read(
        &Request {
            path: &from.path,
            layer: None,
            encoding: None,
            place: &place,
        },
        &mut areas,
    )?;
    match areas.fault {
        Some(fault) => Err(fault.into()),
        None => Ok((areas.coverage, areas.mended)),
    }
}

fn request(file: &SourceFile) -> Request<'_> {
    Request {
        path: &file.path,
        layer: file.layer.as_deref(),
        encoding: file.encoding.as_deref(),
        place: &file.place,
    }
}

/// The rows of a layer's table on their way to the taker.
struct Rows<'a, 't> {
    layer: &'a Layer,
    zone: &'a TimeZone,
    territory: Option<&'a Territory>,
    positions: Option<&'a Positions>,
    acceptor: Option<Acceptor<'a>>,
    taker: &'t mut dyn Taker,
}

impl Sink for Rows<'_, '_> {
    fn opened(&mut self, opened: &Opened) -> Result<(), Problem> {
        let acceptor = Acceptor::new(
            self.layer,
            opened,
            self.zone,
            self.territory,
            self.positions,
        )?;
        self.acceptor = Some(acceptor);
        self.taker.opened(opened.rows);
        Ok(())
    }

    fn row(&mut self, reading: Reading) -> ControlFlow<()> {
        let Some(acceptor) = &mut self.acceptor else {
            return ControlFlow::Break(());
        };
        self.taker.row(match reading {
            Reading::Record(record) => acceptor.accept(&record),
            Reading::Rejected(faults) => Err(faults),
        })
    }
}

fn positions(file: &SourceFile, key: &str, taker: &mut dyn Taker) -> Result<Positions, Problem> {
    let crs = file.crs.clone().unwrap_or(Crs::Crs84);
    let positions = Positions::new(key.to_owned(), file.shown.clone());
    let mut places = Places {
        positions,
        crs,
        prepared: None,
        shown: &file.shown,
        taker,
    };
    source::read(&request(file), &mut places)?;
    match places.positions.looks_misplaced(&places.crs) {
        Some(misplaced) => Err(misplaced.into()),
        None => Ok(places.positions),
    }
}

/// The rows of a file of positions.
struct Places<'a, 't> {
    positions: Positions,
    crs: Crs,
    prepared: Option<(usize, ToLonLat)>,
    shown: &'a str,
    taker: &'t mut dyn Taker,
}

impl Sink for Places<'_, '_> {
    fn opened(&mut self, opened: &Opened) -> Result<(), Problem> {
        self.prepared = Some(self.positions.prepare(opened, &self.crs)?);
        Ok(())
    }

    fn row(&mut self, reading: Reading) -> ControlFlow<()> {
        let Some((column, to_lonlat)) = &self.prepared else {
            return ControlFlow::Break(());
        };
        let faults = match reading {
            Reading::Record(record) => self
                .positions
                .take(record, *column, to_lonlat)
                .err()
                .into_iter()
                .collect(),
            Reading::Rejected(faults) => faults,
        };
        for fault in faults {
            self.taker.aside(self.shown, fault);
        }
        ControlFlow::Continue(())
    }
}

/// The polygons of the boundary layer. Rows that it rejects are told when the layer is imported.
struct Parts(Vec<Polygon<f64>>);

impl Taker for Parts {
    fn opened(&mut self, _rows: Option<u64>) {}

    fn row(&mut self, row: Result<Accepted, Vec<Diagnostic>>) -> ControlFlow<()> {
        match row
            .ok()
            .and_then(|accepted| accepted.feature.into_inner().geometry)
        {
            Some(Geometry::Polygon(part)) => self.0.push(part),
            Some(Geometry::MultiPolygon(parts)) => self.0.extend(parts),
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn aside(&mut self, _shown: &str, _diagnostic: Diagnostic) {}
}

/// The rows of a coverage file.
struct Areas<'a> {
    from: &'a CoverageSource,
    when_column: Option<usize>,
    coverage: Coverage,
    mended: Vec<Diagnostic>,
    fault: Option<Message>,
}

impl Areas<'_> {
    fn area(&mut self, record: Record) -> Result<Area, Message> {
        let shown = &self.from.shown;
        let surveyed = match (&self.from.surveyed, self.when_column) {
            (Surveyed::When(when), _) => when.clone(),
            (Surveyed::Column(_), column) => column
                .and_then(|i| record.cells.get(i).cloned().flatten())
                .unwrap_or_default(),
        };
        if !is_partial_date(&surveyed) {
            return Err(say!(
                Key::LayerCoverageUndated,
                file = shown,
                row = record.row
            ));
        }
        let undrawn = || say!(Key::LayerCoverageUndrawn, file = shown, row = record.row);
        let geometry = record.geometry.ok_or_else(undrawn)?;
        let repaired = validity::repair(geometry).ok().ok_or_else(undrawn)?;
        let notes = record.notes.into_iter().chain(repaired.notes);
        self.mended.extend(notes.map(|reason| Diagnostic {
            row: record.row,
            column: None,
            value: None,
            reason,
        }));
        match repaired.geometry {
            Geometry::Polygon(one) => Ok(Area {
                polygons: MultiPolygon::new(vec![one]),
                surveyed,
            }),
            Geometry::MultiPolygon(polygons) => Ok(Area { polygons, surveyed }),
            _ => Err(undrawn()),
        }
    }
}

impl Sink for Areas<'_> {
    fn opened(&mut self, opened: &Opened) -> Result<(), Problem> {
        let shown = &self.from.shown;
        super::accept::check_claim(&Crs::Crs84, opened.crs.as_ref(), shown)?;
        if let Surveyed::Column(column) = &self.from.surveyed {
            self.when_column = Some(super::accept::column_of(opened, column, shown)?);
        }
        Ok(())
    }

    fn row(&mut self, reading: Reading) -> ControlFlow<()> {
        let area = match reading {
            Reading::Record(record) => self.area(record),
            Reading::Rejected(faults) => match faults.into_iter().next() {
                Some(fault) => {
                    let at = say!(
                        Key::LayerCoverageRow,
                        file = self.from.shown,
                        row = fault.row
                    );
                    Err(at.with_why(fault.reason))
                }
                None => return ControlFlow::Continue(()),
            },
        };
        match area {
            Ok(area) => self.coverage.areas.push(area),
            Err(fault) => {
                self.fault = Some(fault);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    }
}

/// A year, a month or a day: `2025`, `2025-06`, `2025-06-30`.
pub(super) fn is_partial_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |text: &str, digits: usize| {
        (text.len() == digits && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse::<i16>().ok())
            .flatten()
    };
    match parts.as_slice() {
        [year] => number(year, 4).is_some(),
        [year, month] => {
            number(year, 4).is_some() && number(month, 2).is_some_and(|m| (1..=12).contains(&m))
        }
        [..] => text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok(),
    }
}
