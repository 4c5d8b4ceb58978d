//! The files that answers are written to.

use std::path::Path;

use geo_types::{Geometry, MultiPolygon};
use serde_json::Value;

use crate::export::csv;
use crate::export::geojson;
use crate::export::table::{Cell, Column};
use crate::geom::wkb;

/// The form of an output, by the ending of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A table without geometry.
    Csv,
    /// One GeoJSON object.
    GeoJson,
    /// A GeoPackage; made at the end of lines that hold the rows until then.
    GeoPackage,
}

impl Format {
    /// The form that a file's name asks for; `None`: none of ours.
    pub fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        match ending.as_str() {
            "csv" => Some(Self::Csv),
            "geojson" | "json" => Some(Self::GeoJson),
            "gpkg" => Some(Self::GeoPackage),
            _ => None,
        }
    }

    /// What the file begins with.
    pub(super) fn begin(self, columns: &[Column]) -> Vec<u8> {
        match self {
            Self::Csv => {
                let mut out = csv::BYTE_ORDER_MARK.to_vec();
                let names: Vec<Cell> = columns.iter().map(|c| Cell::text(&c.name)).collect();
                csv::record(&names, &mut out);
                out
            }
            Self::GeoJson => b"{\"type\":\"FeatureCollection\",\"features\":[".to_vec(),
            Self::GeoPackage => Vec::new(),
        }
    }

    /// Writes one row; `first`: none came before it.
    pub(super) fn row(
        self,
        columns: &[Column],
        first: bool,
        ground: &MultiPolygon<f64>,
        cells: &[Cell],
        out: &mut Vec<u8>,
    ) {
        match self {
            Self::Csv => csv::record(cells, out),
            Self::GeoJson => {
                out.extend_from_slice(if first { b"\n" } else { b",\n" });
                out.extend_from_slice(b"{\"type\":\"Feature\",\"geometry\":");
                geojson::geometry(&shape(ground), out);
                out.extend_from_slice(b",\"properties\":");
                let named = columns.iter().zip(cells);
                let properties: serde_json::Map<String, Value> = named
                    .map(|(column, cell)| (column.name.clone(), cell.to_json()))
                    .collect();
                out.extend_from_slice(Value::Object(properties).to_string().as_bytes());
                out.push(b'}');
            }
            Self::GeoPackage => {
                let ground = hex(&wkb::to_vec(&Geometry::MultiPolygon(ground.clone())));
                let cells = cells.iter().map(Cell::to_json).collect();
                let line = Value::Array(vec![ground.into(), Value::Array(cells)]);
                out.extend_from_slice(line.to_string().as_bytes());
                out.push(b'\n');
            }
        }
    }

    /// What the file ends with.
    pub(super) const fn end(self) -> &'static [u8] {
        match self {
            Self::GeoJson => b"\n]}\n",
            Self::Csv | Self::GeoPackage => b"",
        }
    }
}

/// A parcel of one part is a polygon.
fn shape(ground: &MultiPolygon<f64>) -> Geometry {
    match ground.0.as_slice() {
        [one] => Geometry::Polygon(one.clone()),
        _ => Geometry::MultiPolygon(ground.clone()),
    }
}

/// A row of the lines that a GeoPackage is made of; `None`: it is none.
pub(super) fn of_line(
    line: &str,
    columns: &[Column],
) -> Option<(Option<MultiPolygon<f64>>, Vec<Cell>)> {
    let line: Value = serde_json::from_str(line).ok()?;
    let Some(Geometry::MultiPolygon(ground)) = wkb::read(&unhex(line.get(0)?.as_str()?)?).ok()
    else {
        return None;
    };
    let cells = line.get(1)?.as_array()?;
    let typed = cells.iter().zip(columns);
    let cells = typed.map(|(cell, column)| Cell::of_json(cell, column.kind));
    Some((Some(ground), cells.collect()))
}

/// Bytes as hexadecimal text.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    text.as_bytes()
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => u8::try_from(digit(high)? * 16 + digit(low)?).ok(),
            _ => None,
        })
        .collect()
}
