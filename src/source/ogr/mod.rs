//! Formats read through GDAL: by one named driver, for vectors, without writing. Never by "any
//! driver" (a VRT under another name reads the server's files), never with a reprojection.

mod geometry;
mod geopackage;
mod messages;
mod value;

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::PathBuf;

use encoding_rs::Encoding;
use gdal::vector::sql::Dialect;
use gdal::vector::{Feature, Layer, LayerAccess as _};
use gdal::{Dataset, DatasetOptions, GdalOpenFlags, config};

use self::value::{Column, Text};
use crate::say;
use crate::source::place::{Found, listed};
use crate::source::{Diagnostic, Opened, Place, Reading, Record, Request, Sink, columns, crs};
use crate::text::{Key, Problem};

/// The drivers whose count of rows is what was written, so that fewer are a loss. (A Shapefile's
/// counts deleted rows, a GeoPackage's may lag behind.)
const COUNTED: [&str; 2] = ["FlatGeobuf", FILE_GDB];

/// The driver of a GeoPackage.
pub(super) const GEOPACKAGE: &str = "GPKG";

/// The driver for file geodatabases.
pub(super) const FILE_GDB: &str = "OpenFileGDB";

/// The driver for OpenStreetMap's files.
pub(super) const OSM: &str = "OSM";

/// How GDAL is to open a file.
#[derive(Debug)]
pub(super) struct Opening {
    /// GDAL's own name of the driver.
    pub(super) driver: &'static str,
    /// What GDAL opens: the file, or a place within an archive.
    pub(super) dataset: PathBuf,
    /// Open options, `NAME=VALUE`.
    pub(super) options: Vec<String>,
    /// A setting of GDAL's that holds while the file is read.
    pub(super) setting: Option<(&'static str, &'static str)>,
    /// The encoding of its text, where GDAL is to hand the bytes on untouched.
    pub(super) raw: Option<&'static Encoding>,
    /// Whether its one layer is already the one asked for.
    pub(super) chosen: bool,
}

/// Reads a layer of a file.
pub(super) fn read(
    request: &Request<'_>,
    opening: &Opening,
    sink: &mut dyn Sink,
) -> Result<(), Problem> {
    messages::listen();
    let _setting = opening.setting.map(Setting::new);
    let dataset = open(request, opening)?;
    let mut layer = choose(request, opening.chosen, &dataset)?;
    if opening.driver == OSM {
        // Else the features of the other layers pile up until there are too many.
        let wanted = format!("SET interest_layers = {}", layer.name());
        dataset
            .execute_sql(wanted, None, Dialect::DEFAULT)
            .map_err(|error| {
                let (path, detail) = (request.path.display(), error.to_string());
                Problem::because(
                    say!(Key::SourceDamaged, path = path, detail = detail),
                    error,
                )
            })?;
    }
    let text = opening.raw.map_or(Text::Utf8, Text::Raw);
    let mut reader = Reader::open(request, &layer, text, sink)?;
    reader.zoneless = opening.driver == FILE_GDB;
    if opening.driver == GEOPACKAGE {
        let found = geopackage::mistyped(&mut layer, &reader.columns);
        reader.mistyped = found.map_err(|error| {
            let (path, detail) = (request.path.display(), error.to_string());
            Problem::because(
                say!(Key::SourceDamaged, path = path, detail = detail),
                error,
            )
        })?;
    }
    fail_on_errors(request, 0)?;
    for feature in layer.features() {
        if reader.feature(&feature, sink) == ControlFlow::Break(()) {
            messages::listen();
            return Ok(());
        }
    }
    fail_on_errors(request, reader.row)?;
    let (promised, row) = (reader.promised.unwrap_or_default(), reader.row);
    if COUNTED.contains(&opening.driver) && promised > row {
        let path = request.path.display();
        return Err(say!(
            Key::SourceRowsMissing,
            path = path,
            promised = promised,
            row = row
        )
        .into());
    }
    Ok(())
}

/// A setting of GDAL's on this thread, undone when dropped.
struct Setting(&'static str);

impl Setting {
    fn new((name, value): (&'static str, &'static str)) -> Self {
        // It fails for names that hold a NUL only.
        let _ = config::set_thread_local_config_option(name, value);
        Self(name)
    }
}

impl Drop for Setting {
    fn drop(&mut self) {
        let _ = config::clear_thread_local_config_option(self.0);
    }
}

fn open(request: &Request<'_>, opening: &Opening) -> Result<Dataset, Problem> {
    let path = request.path.display();
    let drivers = [opening.driver];
    let options: Vec<&str> = opening.options.iter().map(String::as_str).collect();
    Dataset::open_ex(
        &opening.dataset,
        DatasetOptions {
            open_flags: GdalOpenFlags::GDAL_OF_VECTOR | GdalOpenFlags::GDAL_OF_VERBOSE_ERROR,
            allowed_drivers: Some(&drivers),
            open_options: Some(&options),
            sibling_files: None,
        },
    )
    .map_err(|error| {
        let said = messages::joined(&messages::heard());
        let detail = if said.is_empty() {
            error.to_string()
        } else {
            said
        };
        let message = say!(
            Key::SourceNotOpened,
            path = path,
            driver = opening.driver,
            detail = detail
        );
        Problem::because(message, error)
    })
}

/// The layer that was asked for, or the only one there is.
fn choose<'a>(
    request: &Request<'_>,
    chosen: bool,
    dataset: &'a Dataset,
) -> Result<Layer<'a>, Problem> {
    let mut layers: Vec<Layer<'a>> = dataset.layers().collect();
    let names: Vec<String> = layers.iter().map(Layer::name).collect();
    let index = match (request.layer.filter(|_| !chosen), names.len()) {
        (_, 0) => Err(say!(Key::SourceNoLayer, path = request.path.display())),
        (Some(asked), _) => names.iter().position(|name| name == asked).ok_or_else(|| {
            say!(
                Key::SourceLayerMissing,
                path = request.path.display(),
                layer = asked,
                layers = listed(&names),
            )
        }),
        (None, 1) => Ok(0),
        (None, _) => Err(say!(
            Key::SourceLayerUnnamed,
            path = request.path.display(),
            layers = listed(&names),
        )),
    }?;
    Ok(layers.swap_remove(index))
}

/// What GDAL complained of beside the rows is a problem of the whole file; its warnings go to the
/// log.
fn fail_on_errors(request: &Request<'_>, row: u64) -> Result<(), Problem> {
    let heard = messages::heard();
    if heard.iter().any(|one| one.error) {
        let path = request.path.display();
        let detail = messages::joined(&heard);
        return Err(if row == 0 {
            say!(Key::SourceDamaged, path = path, detail = detail)
        } else {
            say!(
                Key::SourceBrokenOff,
                path = path,
                row = row,
                detail = detail
            )
        }
        .into());
    }
    for one in heard {
        tracing::warn!(path = %request.path.display(), "GDAL: {}", one.text);
    }
    Ok(())
}

/// Makes readings of features.
struct Reader {
    columns: Vec<Column>,
    names: Vec<String>,
    found: Found,
    text: Text,
    /// The columns, by feature id, in which a value is not of its column's type.
    mistyped: BTreeMap<u64, Vec<usize>>,
    /// Whether its times have no zone, whatever GDAL says.
    zoneless: bool,
    /// How many rows the file says it has.
    promised: Option<u64>,
    /// The last row.
    row: u64,
}

impl Reader {
    fn open(
        request: &Request<'_>,
        layer: &Layer<'_>,
        text: Text,
        sink: &mut dyn Sink,
    ) -> Result<Self, Problem> {
        let path = request.path.display();
        let columns = value::columns(layer.defn(), text).map_err(|name| {
            let encoding = text.name();
            say!(
                Key::SourceHeaderUndecodable,
                path = path,
                value = name,
                encoding = encoding
            )
        })?;
        let names: Vec<String> = columns.iter().map(|column| column.name.clone()).collect();
        columns::check(request.path, 1, &names)?;
        let found = Found::among(request.place, &names)?;
        if *request.place == Place::Geometry && layer.defn().geom_fields().next().is_none() {
            return Err(say!(Key::SourceNoGeometry, columns = listed(&names)).into());
        }
        let rows = layer.try_feature_count();
        let crs = layer.spatial_ref().map(|found| crs::of_gdal(&found));
        sink.opened(&Opened {
            columns: names.clone(),
            rows,
            crs,
        })?;
        Ok(Self {
            columns,
            names,
            found,
            text,
            mistyped: BTreeMap::new(),
            zoneless: false,
            promised: rows,
            row: 0,
        })
    }

    fn feature(&mut self, feature: &Feature<'_>, sink: &mut dyn Sink) -> ControlFlow<()> {
        self.row += 1;
        // What was said while GDAL fetched the feature, and while it was asked about it.
        let record = self.record(feature);
        let heard = messages::heard();
        sink.row(match record {
            Ok(record) if heard.is_empty() => Reading::Record(record),
            Ok(_) => Reading::Rejected(vec![self.fault(&heard)]),
            Err(mut faults) => {
                if !heard.is_empty() {
                    faults.push(self.fault(&heard));
                }
                Reading::Rejected(faults)
            }
        })
    }

    fn fault(&self, heard: &[messages::Heard]) -> Diagnostic {
        let reason = say!(Key::SourceGdal, detail = messages::joined(heard));
        Diagnostic {
            row: self.row,
            column: None,
            value: None,
            reason,
        }
    }

    /// GDAL calls the times of a file geodatabase UTC, which has none: most are local.
    fn without_zone(&self, column: &Column, mut cell: String) -> String {
        if self.zoneless && column.is_moment() && cell.ends_with('Z') {
            cell.pop();
        }
        cell
    }

    fn record(&self, feature: &Feature<'_>) -> Result<Record, Vec<Diagnostic>> {
        let row = self.row;
        let mut faults = Vec::new();
        let mut cells = Vec::with_capacity(self.columns.len());
        for (i, column) in self.columns.iter().enumerate() {
            match value::cell(feature, i, column, self.text) {
                Ok(cell) => cells.push(cell.map(|cell| self.without_zone(column, cell))),
                Err((value, reason)) => {
                    cells.push(None);
                    faults.push(Diagnostic {
                        row,
                        column: Some(column.name.clone()),
                        value,
                        reason,
                    });
                }
            }
        }
        for &i in feature
            .fid()
            .and_then(|id| self.mistyped.get(&id))
            .into_iter()
            .flatten()
        {
            let (column, reason) = (self.names.get(i).cloned(), say!(Key::SourceMistyped));
            faults.push(Diagnostic {
                row,
                column,
                value: None,
                reason,
            });
        }
        let mut notes = Vec::new();
        let own = || {
            let geometry = feature.geometry_by_index(0).ok();
            geometry.map_or(Ok(None), |drawn| geometry::drawn(drawn, &mut notes))
        };
        let geometry = self
            .found
            .read_or(own, row, &self.names, &cells, &mut faults);
        if faults.is_empty() {
            Ok(Record {
                row,
                cells,
                geometry,
                notes,
            })
        } else {
            Err(faults)
        }
    }
}
