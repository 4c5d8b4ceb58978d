//! A record of a source → a feature of a layer, or every reason why not.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use geo::Distance as _;
use geo_types::{Coord, MultiPolygon, Point};
use jiff::tz::TimeZone;
use sha2::{Digest as _, Sha256};

use super::definition::{Identity, Layer, PrecisionRule, Shape};
use super::value;
use crate::geom::{BBox, Crs, Geometry, ToLonLat, validity, wkb};
use crate::model::{Exact, Feature, Period, Value};
use crate::say;
use crate::source::{Diagnostic, FileCrs, Opened, Record};
use crate::text::{Key, Message, Problem};

/// The district's territory with the margin in which data are still normal.
#[derive(Debug, Clone)]
pub struct Territory {
    /// Scaled to metres about its own middle: exact enough for a margin of kilometres.
    scaled: MultiPolygon<f64>,
    scale: (f64, f64),
    margin_m: f64,
    /// The territory's box grown by the margin: what lies outside needs no closer look.
    reach: BBox,
}

impl Territory {
    /// The territory of these polygons (degrees); `None` if they are empty.
    pub fn new(polygons: &MultiPolygon<f64>, margin_km: f64) -> Option<Self> {
        use geo::MapCoords as _;
        let bounds = BBox::of(&Geometry::MultiPolygon(polygons.clone()))?;
        let margin_m = margin_km * 1000.0;
        let middle = f64::midpoint(bounds.south, bounds.north).to_radians();
        let scale = (111_320.0 * middle.cos(), 110_574.0);
        let scaled =
            polygons.map_coords(|c| geo_types::coord! { x: c.x * scale.0, y: c.y * scale.1 });
        Some(Self {
            scaled,
            scale,
            margin_m,
            reach: bounds.grown_m(margin_m),
        })
    }

    /// Whether any of `geometry` lies within the margin.
    fn reaches(&self, geometry: &Geometry) -> bool {
        use geo::{CoordsIter as _, MapCoords as _};
        let Some(bounds) = BBox::of(geometry) else {
            return false;
        };
        if !self.reach.intersects(&bounds) {
            return false;
        }
        let scale = |c: Coord| geo_types::coord! { x: c.x * self.scale.0, y: c.y * self.scale.1 };
        let near = |c| geo::Euclidean.distance(&Point(scale(c)), &self.scaled) <= self.margin_m;
        if geometry.coords_iter().any(near) {
            return true;
        }
        // A line may cross the district and a polygon hold it, with no corner anywhere near.
        let points = matches!(geometry, Geometry::Point(_) | Geometry::MultiPoint(_));
        !points
            && geo::Euclidean.distance(&geometry.map_coords(scale), &self.scaled) <= self.margin_m
    }
}

/// A record that became a feature.
#[derive(Debug)]
pub struct Accepted {
    /// The feature.
    pub feature: Exact<Feature>,
    /// What was mended to accept it.
    pub notes: Vec<Diagnostic>,
}

/// Holds the records of one source against its layer, one after another.
#[derive(Debug)]
pub struct Acceptor<'a> {
    layer: &'a Layer,
    zone: TimeZone,
    territory: Option<&'a Territory>,
    /// For each field the cell it comes from.
    columns: Vec<usize>,
    to_lonlat: Option<ToLonLat>,
    points: Option<(&'a Positions, usize)>,
    /// Identity → the row that has it.
    seen: BTreeMap<Box<str>, u64>,
    beyond: u64,
    placed: u64,
}

impl<'a> Acceptor<'a> {
    /// Prepares for the rows of an opened source. A field whose column the file lacks, and a
    /// reference system that contradicts the file's own, is refused here, before the first row.
    pub fn new(
        layer: &'a Layer,
        opened: &Opened,
        zone: &TimeZone,
        territory: Option<&'a Territory>,
        positions: Option<&'a Positions>,
    ) -> Result<Self, Problem> {
        let to_lonlat = match &layer.source.table.crs {
            Some(crs) if layer.source.points.is_none() && layer.shape.is_some() => {
                check_claim(crs, opened.crs.as_ref(), &layer.source.table.shown)?;
                Some(ToLonLat::new(crs)?)
            }
            _ => None,
        };
        let column = |name: &str| column_of(opened, name, &layer.source.table.shown);
        let columns = layer
            .fields
            .iter()
            .map(|f| column(&f.from))
            .collect::<Result<Vec<_>, _>>()?;
        let points = match (&layer.source.points, positions) {
            (Some((_, key)), Some(positions)) => Some((positions, column(key)?)),
            _ => None,
        };
        Ok(Self {
            layer,
            zone: zone.clone(),
            territory,
            columns,
            to_lonlat,
            points,
            seen: BTreeMap::new(),
            beyond: 0,
            placed: 0,
        })
    }

    /// The feature of a record, or every reason why it is none.
    pub fn accept(&mut self, record: &Record) -> Result<Accepted, Vec<Diagnostic>> {
        let mut faults = Vec::new();
        let mut notes = record
            .notes
            .iter()
            .map(|note| told(record, note.clone()))
            .collect();
        let values = self.values(record, &mut faults, &mut notes);
        let geometry = self.place(record, &mut faults, &mut notes);
        let precision_m = self.precision(record, &values, &mut faults);
        let valid = self.period(record, &values, &mut faults);
        if let Some(identity) = self.identity(record, &values, geometry.as_ref(), &mut faults)
            && faults.is_empty()
        {
            self.seen.insert(identity.as_str().into(), record.row);
            let identity = identity.into();
            let feature = Exact::new(Feature {
                id: None,
                identity,
                geometry,
                values,
                precision_m,
                valid,
            });
            return Ok(Accepted { feature, notes });
        }
        Err(faults)
    }

    /// Whether more than half of the placed rows lay beyond the district's margin: then it is the
    /// reference system that is wrong, not the rows.
    pub fn looks_misplaced(&self) -> Option<Message> {
        let source = &self.layer.source;
        let file = source.points.as_ref().map_or(&source.table, |p| &p.0);
        let crs = file.crs.as_ref().map(ToString::to_string);
        let crs = crs.unwrap_or_default();
        misplaced(&file.shown, &crs, self.beyond, self.placed)
    }

    fn values(
        &self,
        record: &Record,
        faults: &mut Vec<Diagnostic>,
        notes: &mut Vec<Diagnostic>,
    ) -> Vec<Value> {
        let fields = self.layer.fields.iter().zip(&self.columns);
        fields
            .map(|(field, &column)| {
                let cell = record.cells.get(column).and_then(Option::as_deref);
                let told = |reason| Diagnostic {
                    row: record.row,
                    column: Some(field.from.clone()),
                    value: cell.map(str::to_owned),
                    reason,
                };
                match value::parse(field, cell, &self.zone) {
                    Ok(parsed) => {
                        notes.extend(parsed.note.map(told));
                        if parsed.value.is_null() && field.required {
                            faults.push(told(say!(Key::LayerValueMissing)));
                        }
                        parsed.value
                    }
                    Err(reason) => {
                        faults.push(told(reason));
                        Value::Null
                    }
                }
            })
            .collect()
    }

    /// The record's place: in degrees, of the layer's kind, valid, within the margin.
    fn place(
        &mut self,
        record: &Record,
        faults: &mut Vec<Diagnostic>,
        notes: &mut Vec<Diagnostic>,
    ) -> Option<Geometry> {
        let shape = self.layer.shape?;
        let told = |reason, value: Option<String>| Diagnostic {
            row: record.row,
            column: None,
            value,
            reason,
        };
        let geometry = match self.locate(record, shape) {
            Ok(geometry) => geometry,
            Err(fault) => {
                faults.push(fault);
                return None;
            }
        };
        let (geometry, mended) = match validity::repair(geometry) {
            Ok(repaired) => (repaired.geometry, repaired.notes),
            Err(reasons) => {
                faults.extend(reasons.into_iter().map(|reason| told(reason, None)));
                return None;
            }
        };
        notes.extend(mended.into_iter().map(|note| told(note, None)));
        self.placed += 1;
        if self
            .territory
            .is_some_and(|territory| !territory.reaches(&geometry))
        {
            self.beyond += 1;
            let at = BBox::of(&geometry).map(|b| format!("{:.5} {:.5}", b.west, b.south));
            faults.push(told(say!(Key::LayerPlaceBeyond), at));
            return None;
        }
        Some(geometry)
    }

    /// The record's geometry in degrees, before validity is looked at.
    fn locate(&mut self, record: &Record, shape: Shape) -> Result<Geometry, Diagnostic> {
        let told = |reason, column: Option<&str>, value: Option<&str>| Diagnostic {
            row: record.row,
            column: column.map(str::to_owned),
            value: value.map(str::to_owned),
            reason,
        };
        if let Some((positions, column)) = self.points {
            let key = record.cells.get(column).and_then(Option::as_deref);
            let name = Some(positions.key.as_str());
            let Some(key) = key else {
                return Err(told(say!(Key::LayerValueMissing), name, None));
            };
            let Some(place) = positions.places.get(key) else {
                let reason = say!(Key::LayerPlaceNotJoined, file = positions.shown);
                return Err(told(reason, name, Some(key)));
            };
            check_shape(place, shape).map_err(|reason| told(reason, name, Some(key)))?;
            return Ok(place.clone());
        }
        let Some(mut geometry) = record.geometry.clone() else {
            return Err(told(say!(Key::LayerPlaceMissing), None, None));
        };
        check_shape(&geometry, shape).map_err(|reason| told(reason, None, None))?;
        if let Some(to_lonlat) = &self.to_lonlat
            && let Err(reason) = to_lonlat.geometry(&mut geometry)
        {
            // A place that is not on the globe is the plainest sign of a mistaken system.
            self.placed += 1;
            self.beyond += 1;
            return Err(told(reason, None, None));
        }
        Ok(geometry)
    }

    fn precision(
        &self,
        record: &Record,
        values: &[Value],
        faults: &mut Vec<Diagnostic>,
    ) -> Option<f64> {
        match self.layer.precision {
            PrecisionRule::Metres(metres) => Some(metres),
            PrecisionRule::Unknown => None,
            PrecisionRule::Field(index) => {
                let metres = match values.get(index) {
                    Some(Value::Number(metres)) => *metres,
                    #[expect(clippy::cast_precision_loss, reason = "metres are small numbers")]
                    Some(Value::Integer(metres)) => *metres as f64,
                    _ => return None,
                };
                if metres < 0.0 {
                    faults.push(Diagnostic {
                        row: record.row,
                        column: self.layer.fields.get(index).map(|f| f.from.clone()),
                        value: Some(metres.to_string()),
                        reason: say!(Key::LayerValueTooSmall, min = 0),
                    });
                }
                Some(metres)
            }
        }
    }

    fn period(&self, record: &Record, values: &[Value], faults: &mut Vec<Diagnostic>) -> Period {
        let day = |index: Option<usize>| match index.and_then(|i| values.get(i)) {
            Some(Value::Date(day)) => Some(*day),
            _ => None,
        };
        let period = Period {
            from: day(self.layer.valid_from),
            to: day(self.layer.valid_to),
        };
        if let (Some(from), Some(to)) = (period.from, period.to)
            && to < from
        {
            faults.push(Diagnostic {
                row: record.row,
                column: self
                    .layer
                    .valid_to
                    .and_then(|i| self.layer.fields.get(i))
                    .map(|f| f.from.clone()),
                value: Some(to.to_string()),
                reason: say!(Key::LayerPeriodUpsideDown, from = from),
            });
        }
        period
    }

    /// What identifies the feature; `None` (with the fault told) if it has none or not alone.
    fn identity(
        &self,
        record: &Record,
        values: &[Value],
        geometry: Option<&Geometry>,
        faults: &mut Vec<Diagnostic>,
    ) -> Option<String> {
        let (identity, columns) = match &self.layer.identity {
            Identity::Fields(indices) => {
                let parts: Vec<String> = indices
                    .iter()
                    .filter_map(|&i| values.get(i))
                    .map(Value::to_plain_text)
                    .collect();
                let names: Vec<&str> = indices
                    .iter()
                    .filter_map(|&i| self.layer.fields.get(i))
                    .map(|f| f.from.as_str())
                    .collect();
                // What could not be read is told already, and is no identity to compare.
                let told = |fault: &Diagnostic| {
                    let column = fault.column.as_deref();
                    column.is_some_and(|column| names.contains(&column))
                };
                if faults.iter().any(told) {
                    return None;
                }
                if parts.iter().all(String::is_empty) {
                    faults.push(Diagnostic {
                        row: record.row,
                        column: Some(names.join(" + ")),
                        value: None,
                        reason: say!(Key::LayerIdentityMissing),
                    });
                    return None;
                }
                (parts.join("\u{1f}"), names.join(" + "))
            }
            // Not all of its content is known.
            Identity::Content if !faults.is_empty() => return None,
            Identity::Content => (content_digest(values, geometry), String::new()),
        };
        if let Some(earlier) = self.seen.get(identity.as_str()) {
            let by_fields = !columns.is_empty();
            faults.push(Diagnostic {
                row: record.row,
                value: by_fields.then(|| identity.replace('\u{1f}', " + ")),
                column: by_fields.then_some(columns),
                reason: say!(Key::LayerIdentityRepeated, row = earlier),
            });
            return None;
        }
        Some(identity)
    }
}

/// Positions that a second file gives to the rows of the first.
#[derive(Debug)]
pub struct Positions {
    key: String,
    shown: String,
    places: BTreeMap<Box<str>, Geometry>,
    /// Positions that are not on the globe, and all that were looked at.
    beyond: u64,
    placed: u64,
}

impl Positions {
    /// None yet, for the rows of `file`, found by the column `key`.
    pub const fn new(key: String, shown: String) -> Self {
        Self {
            key,
            shown,
            places: BTreeMap::new(),
            beyond: 0,
            placed: 0,
        }
    }

    /// Takes the position of one record, already read; the reason if it cannot be one.
    pub fn take(
        &mut self,
        record: Record,
        key_column: usize,
        to_lonlat: &ToLonLat,
    ) -> Result<(), Diagnostic> {
        let key = record.cells.get(key_column).cloned().flatten();
        let told = |reason| Diagnostic {
            row: record.row,
            column: Some(self.key.clone()),
            value: key.clone(),
            reason,
        };
        let Some(name) = &key else {
            return Err(told(say!(Key::LayerValueMissing)));
        };
        let Some(mut place) = record.geometry else {
            return Err(told(say!(Key::LayerPlaceMissing)));
        };
        if self.places.contains_key(name.as_str()) {
            return Err(told(say!(Key::LayerPositionRepeated)));
        }
        self.placed += 1;
        if let Err(reason) = to_lonlat.geometry(&mut place) {
            self.beyond += 1;
            return Err(told(reason));
        }
        self.places.insert(name.as_str().into(), place);
        Ok(())
    }

    /// Whether more than half of the positions are not even on the globe.
    pub fn looks_misplaced(&self, crs: &Crs) -> Option<Message> {
        misplaced(&self.shown, &crs.to_string(), self.beyond, self.placed)
    }

    /// The key column and the way to degrees, once the file is open.
    pub fn prepare(&self, opened: &Opened, crs: &Crs) -> Result<(usize, ToLonLat), Problem> {
        check_claim(crs, opened.crs.as_ref(), &self.shown)?;
        Ok((
            column_of(opened, &self.key, &self.shown)?,
            ToLonLat::new(crs)?,
        ))
    }
}

/// The refusal of a file of which more than half lies beyond.
fn misplaced(shown: &str, crs: &str, beyond: u64, placed: u64) -> Option<Message> {
    (beyond * 2 > placed).then(|| {
        say!(
            Key::LayerMostlyBeyond,
            file = shown,
            beyond = beyond,
            placed = placed,
            crs = crs
        )
    })
}

pub(super) fn column_of(opened: &Opened, name: &str, shown: &str) -> Result<usize, Problem> {
    opened
        .columns
        .iter()
        .position(|column| column == name)
        .ok_or_else(|| {
            let columns = opened.columns.join(", ");
            say!(
                Key::LayerColumnMissing,
                file = shown,
                column = name,
                columns = columns
            )
            .into()
        })
}

pub(super) fn check_claim(
    declared: &Crs,
    claimed: Option<&FileCrs>,
    shown: &str,
) -> Result<(), Problem> {
    match claimed {
        Some(claim) if !declared.accepts(claim.epsg, &claim.wkt) => {
            let claims = claim.epsg.map_or_else(
                || claim.name.clone(),
                |code| format!("EPSG:{code} ({})", claim.name),
            );
            Err(say!(
                Key::LayerCrsContradicts,
                file = shown,
                declared = declared,
                claims = claims
            )
            .into())
        }
        _ => Ok(()),
    }
}

/// Something said of a row as a whole.
const fn told(record: &Record, reason: Message) -> Diagnostic {
    Diagnostic {
        row: record.row,
        column: None,
        value: None,
        reason,
    }
}

fn check_shape(geometry: &Geometry, shape: Shape) -> Result<(), Message> {
    use Geometry as G;
    match (shape, geometry) {
        (Shape::Point, G::Point(_) | G::MultiPoint(_))
        | (Shape::Line, G::LineString(_) | G::MultiLineString(_))
        | (Shape::Polygon, G::Polygon(_) | G::MultiPolygon(_)) => Ok(()),
        (Shape::Point, _) => Err(say!(Key::LayerPlaceNoPoint)),
        (Shape::Line, _) => Err(say!(Key::LayerPlaceNoLine)),
        (Shape::Polygon, _) => Err(say!(Key::LayerPlaceNoPolygon)),
    }
}

/// SHA-256 over all that a feature says, in hexadecimal.
fn content_digest(values: &[Value], geometry: Option<&Geometry>) -> String {
    let mut hash = Sha256::new();
    for value in values {
        hash.update(value.to_plain_text().as_bytes());
        hash.update([0x1f]);
    }
    if let Some(geometry) = geometry {
        hash.update(wkb::to_vec(geometry));
    }
    hash.finalize()
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}
