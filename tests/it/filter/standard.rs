//! The standard's own tests and examples.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use gdal::Dataset;
use gdal::vector::{LayerAccess as _, OGRFieldType};
use onemap::filter::{Kind, Row, Scalar};
use onemap::geom::{Geometry, wkb};
use serde_json::Value;

use super::table::Fields;
use crate::support::shared;

/// A row that owns what it holds.
struct Owned {
    cells: Vec<Option<Cell>>,
    geometry: Option<Geometry>,
}

enum Cell {
    Text(String),
    Other(Scalar<'static>),
}

impl Row for Owned {
    fn value(&self, place: usize) -> Scalar<'_> {
        match &self.cells[place] {
            None => Scalar::Null,
            Some(Cell::Text(text)) => Scalar::Text(text),
            Some(Cell::Other(scalar)) => *scalar,
        }
    }

    fn geometry(&self) -> Option<Cow<'_, Geometry>> {
        self.geometry.as_ref().map(Cow::Borrowed)
    }
}

/// A cell as GDAL writes it.
fn cell(written: &str, kind: Kind) -> Cell {
    let scalar = match kind {
        Kind::Text | Kind::Geometry => return Cell::Text(written.to_owned()),
        Kind::Number => Scalar::Number(written.parse().unwrap()),
        Kind::Boolean => Scalar::Boolean(written == "1"),
        Kind::Date => Scalar::Date(written.replace('/', "-").parse().unwrap()),
        // No zone is written; the standard's data mean UTC.
        Kind::DateTime => {
            let (moment, _) = written.split_once('+').unwrap_or((written, ""));
            let moment = moment.replace('/', "-").replace(' ', "T") + "Z";
            Scalar::DateTime(moment.parse().unwrap())
        }
    };
    Cell::Other(scalar)
}

/// The layers of a `GeoPackage`, read by GDAL: fields and rows by name.
fn layers(path: &Path) -> BTreeMap<String, (Fields, Vec<Owned>)> {
    let dataset = Dataset::open(path).unwrap();
    let mut layers = BTreeMap::new();
    for mut layer in dataset.layers() {
        let fields = layer.defn().fields().map(|field| {
            let kind = match field.field_type() {
                OGRFieldType::OFTString => Kind::Text,
                OGRFieldType::OFTDate => Kind::Date,
                OGRFieldType::OFTDateTime => Kind::DateTime,
                _ if field.name() == "boolean" => Kind::Boolean,
                _ => Kind::Number,
            };
            (field.name(), kind, None)
        });
        let mut fields = Fields(fields.collect());
        let rows = layer.features().map(|feature| {
            let cells = fields.0.iter().enumerate().map(|(i, (_, kind, _))| {
                let written = feature.field_as_string(i).unwrap()?;
                Some(cell(&written, *kind))
            });
            let wkb = feature.geometry().map(|geometry| geometry.wkb().unwrap());
            Owned {
                cells: cells.collect(),
                geometry: wkb.map(|wkb| wkb::read(&wkb).unwrap()),
            }
        });
        let rows: Vec<Owned> = rows.collect();
        fields.0.push(("geom".to_owned(), Kind::Geometry, None));
        layers.insert(layer.name(), (fields, rows));
    }
    layers
}

#[test]
fn the_standards_351_conditions_find_as_many_rows_as_it_says() {
    let Some(folder) = shared("acceptance/cql2") else {
        return;
    };
    let layers = layers(&folder.join("data/ne110m4cql2.gpkg"));
    let (mut wrong, mut asked) = (Vec::new(), 0);
    for file in ["predicates.json", "combinations.json"] {
        let cases = fs::read_to_string(folder.join(file)).unwrap();
        let cases: Vec<Value> = serde_json::from_str(&cases).unwrap();
        for case in cases {
            let (fields, rows) = &layers[case["collection"].as_str().unwrap()];
            let text = case["cql2_text"].as_str().unwrap().to_owned();
            let json = case["cql2_json"].to_string();
            let canonical = fields.read(&text).to_string();
            for filter in [text, json, canonical] {
                asked += 1;
                let read = fields.read(&filter);
                let found = rows.iter().filter(|row| read.holds(*row).is_true()).count();
                if Some(found as u64) != case["expected"].as_u64() {
                    wrong.push(format!("{found}, not {}: {filter}", case["expected"]));
                }
            }
        }
    }
    assert_eq!(asked, 3 * 351);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
