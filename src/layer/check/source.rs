//! `[source]` and `[source.points]`: the file, its reference system and encoding, and where the
//! coordinates of a row stand.

use std::path::Path;

use super::around::Around;
use crate::geom::Crs;
use crate::layer::definition::{LayerSource, SourceFile};
use crate::layer::document::Document;
use crate::layer::file::{GeometryWord, PointsTable, SourceTable};
use crate::say;
use crate::source::Place;
use crate::text::Key;

/// The columns a table of the layer's file names for coordinates.
struct Columns {
    lon: Option<String>,
    lat: Option<String>,
    easting: Option<String>,
    northing: Option<String>,
    wkt: Option<String>,
}

impl Columns {
    /// The keys that are given.
    fn given(&self) -> impl Iterator<Item = &'static str> {
        [
            ("lon", &self.lon),
            ("lat", &self.lat),
            ("easting", &self.easting),
            ("northing", &self.northing),
            ("wkt", &self.wkt),
        ]
        .into_iter()
        .filter_map(|(key, column)| column.is_some().then_some(key))
    }
}

/// Checks `[source]`.
pub(super) fn check(
    doc: &mut Document,
    geometry: Option<GeometryWord>,
    around: &mut Around<'_>,
) -> Option<LayerSource> {
    let has_points = doc.has("source.points");
    let points = doc
        .part::<PointsTable>("source.points")
        .and_then(|table| points(doc, table, geometry, around));
    let table: SourceTable = doc.part("source")?;
    around.present(doc, "source.path", &table.path);
    encoding(doc, "source.encoding", table.encoding.as_deref());
    let columns = Columns {
        lon: table.lon,
        lat: table.lat,
        easting: table.easting,
        northing: table.northing,
        wkt: table.wkt,
    };
    let elsewhere = if geometry == Some(GeometryWord::None) {
        if has_points {
            doc.fault("source.points", say!(Key::LayerCheckPointsWithoutGeometry));
        }
        Some(Key::LayerCheckNoPlaceTable)
    } else {
        has_points.then_some(Key::LayerCheckNoPlacePoints)
    };
    let (place, crs) = if let Some(sentence) = elsewhere {
        let crs = table.crs.as_ref().map(|_| "crs");
        for key in columns.given().chain(crs).collect::<Vec<_>>() {
            doc.fault(&format!("source.{key}"), say!(sentence, key = key));
        }
        (Some(Place::None), None)
    } else {
        let place = place(doc, "source", &table.path, columns, geometry);
        let crs = match table.crs {
            Some(text) => around.crs(doc, "source.crs", &text),
            None if geometry.is_some() => {
                doc.fault("source", say!(Key::LayerCheckCrsMissing));
                None
            }
            None => None,
        };
        (place, crs)
    };
    Some(LayerSource {
        table: SourceFile {
            path: around.root.join(&table.path),
            shown: table.path,
            layer: table.layer,
            crs,
            encoding: table.encoding,
            place: place?,
        },
        points,
    })
}

fn points(
    doc: &mut Document,
    table: PointsTable,
    geometry: Option<GeometryWord>,
    around: &mut Around<'_>,
) -> Option<(SourceFile, String)> {
    around.present(doc, "source.points.path", &table.path);
    encoding(doc, "source.points.encoding", table.encoding.as_deref());
    let crs: Option<Crs> = around.crs(doc, "source.points.crs", &table.crs);
    let columns = Columns {
        lon: table.lon,
        lat: table.lat,
        easting: table.easting,
        northing: table.northing,
        wkt: table.wkt,
    };
    let place = place(doc, "source.points", &table.path, columns, geometry);
    let file = SourceFile {
        path: around.root.join(&table.path),
        shown: table.path,
        layer: table.layer,
        crs,
        encoding: table.encoding,
        place: place?,
    };
    Some((file, table.key))
}

/// Exactly one of longitude with latitude, easting with northing, well-known text, or the file's
/// own geometry.
fn place(
    doc: &mut Document,
    at: &str,
    path: &str,
    columns: Columns,
    geometry: Option<GeometryWord>,
) -> Option<Place> {
    let given: Vec<&str> = columns.given().collect();
    let mut halved = false;
    for (one, other) in [("lon", "lat"), ("easting", "northing")] {
        for (here, there) in [(one, other), (other, one)] {
            if given.contains(&here) && !given.contains(&there) {
                halved = true;
                let message = say!(Key::LayerCheckHalfPair, key = here, other = there);
                doc.fault(&format!("{at}.{here}"), message);
            }
        }
    }
    if halved {
        return None;
    }
    if matches!(geometry, Some(GeometryWord::Line | GeometryWord::Polygon))
        && let Some(key) = given.iter().find(|key| **key != "wkt")
    {
        doc.fault(
            &format!("{at}.{key}"),
            say!(Key::LayerCheckColumnsShape, key = key),
        );
    }
    match (
        columns.lon.zip(columns.lat),
        columns.easting.zip(columns.northing),
        columns.wkt,
    ) {
        (Some((x, y)), None, None) | (None, Some((x, y)), None) => Some(Place::Columns { x, y }),
        (None, None, Some(column)) => Some(Place::Wkt(column)),
        (None, None, None) if is_plain_table(path) => {
            doc.fault(at, say!(Key::LayerCheckNoPlace, path = path));
            None
        }
        (None, None, None) => Some(Place::Geometry),
        _ => {
            let known = given.join(", ");
            doc.fault(at, say!(Key::LayerCheckTwoPlaces, known = known));
            None
        }
    }
}

/// An encoding that the WHATWG Encoding Standard does not know is a fault.
fn encoding(doc: &mut Document, at: &str, label: Option<&str>) {
    if let Some(label) = label
        && encoding_rs::Encoding::for_label(label.as_bytes()).is_none()
    {
        doc.fault(at, say!(Key::LayerCheckEncoding, value = label));
    }
}

/// Whether a file of that name holds rows and columns only.
fn is_plain_table(path: &str) -> bool {
    let extension = Path::new(path)
        .extension()
        .and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| {
        ["csv", "tsv", "xlsx", "xls", "ods"]
            .iter()
            .any(|of| extension.eq_ignore_ascii_case(of))
    })
}
