//! The files that carry the data: CSV, GeoJSON, a zipped Shapefile, the ministry's TXT. Written here
//! so that they come out byte for byte the same.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use serde_json::{Map, Value};
use zip::write::SimpleFileOptions;

use super::arrangement::Node;
use super::place::degree_text;
use crate::geom::cast::usize_to_u32;
use crate::say;
use crate::text::{Key, Problem};

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

/// A CSV file as Excel writes it: lines end in CR LF, cells are quoted where they must be.
#[derive(Debug, Default)]
pub(super) struct Csv {
    /// What is written so far.
    pub(super) text: String,
}

impl Csv {
    /// A file with this header.
    pub(super) fn new(header: &[&str]) -> Self {
        let mut csv = Self::default();
        csv.row(header);
        csv
    }

    /// Adds a row.
    pub(super) fn row<T: AsRef<str>>(&mut self, cells: &[T]) {
        for (i, cell) in cells.iter().enumerate() {
            let cell = cell.as_ref();
            if i > 0 {
                self.text.push(',');
            }
            if cell.contains(['"', ',', '\n']) {
                self.text.push('"');
                self.text.push_str(&cell.replace('"', "\"\""));
                self.text.push('"');
            } else {
                self.text.push_str(cell);
            }
        }
        self.text.push_str("\r\n");
    }

    /// The file in GBK.
    pub(super) fn into_gbk(self) -> Vec<u8> {
        gbk(&self.text)
    }
}

/// A text in GBK.
pub(super) fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(text).0.into_owned()
}

/// A GeoJSON file, one feature a line.
#[derive(Debug)]
pub(super) struct GeoJson {
    text: String,
    first: bool,
}

impl GeoJson {
    /// A collection of that name; `crs` only where it must be said.
    pub(super) fn new(name: &str, crs: Option<&str>) -> Self {
        let mut text = format!(
            "{{\n\"type\": \"FeatureCollection\",\n\"name\": \"{name}\",\n\
             \"data_kind\": \"{DEMONSTRATION} / demonstration data\",\n"
        );
        if let Some(crs) = crs {
            // Writing to a text does not fail.
            _ = writeln!(
                text,
                "\"crs\": {{\"type\": \"name\", \"properties\": {{\"name\": \"{crs}\"}}}},"
            );
        }
        text += "\"features\": [\n";
        Self { text, first: true }
    }

    /// Adds a polygon of one ring, which is closed here, or a feature without geometry.
    pub(super) fn polygon(&mut self, properties: Map<String, Value>, ring: Option<&[Node]>) {
        let closed: Option<Vec<Node>> =
            ring.map(|ring| ring.iter().chain(ring.first()).copied().collect());
        self.as_drawn(properties, closed.as_deref());
    }

    /// Adds a polygon of one ring as it is given, closed or not.
    pub(super) fn as_drawn(&mut self, properties: Map<String, Value>, ring: Option<&[Node]>) {
        if !self.first {
            self.text.push_str(",\n");
        }
        self.first = false;
        let properties = Value::Object(properties);
        _ = write!(
            self.text,
            "{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":"
        );
        if let Some(ring) = ring {
            self.text
                .push_str("{\"type\":\"Polygon\",\"coordinates\":[[");
            for (i, at) in ring.iter().enumerate() {
                let comma = if i > 0 { "," } else { "" };
                _ = write!(
                    self.text,
                    "{comma}[{},{}]",
                    degree_text(at.0),
                    degree_text(at.1)
                );
            }
            self.text.push_str("]]}}");
        } else {
            self.text.push_str("null}");
        }
    }

    /// The whole file.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.text.push_str("\n]\n}\n");
        self.text.into_bytes()
    }
}

/// Properties of a feature, in this order.
pub(super) fn properties<const N: usize>(pairs: [(&str, Value); N]) -> Map<String, Value> {
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// A column of a Shapefile's table: name, `C` or `N`, width in bytes, decimals.
pub(super) type Column = (&'static str, u8, u8, u8);

/// A Shapefile of polygons with one ring each, its table in GBK.
#[derive(Debug)]
pub(super) struct Shapefile {
    columns: &'static [Column],
    shapes: Vec<Vec<(f64, f64)>>,
    rows: Vec<Vec<String>>,
}

impl Shapefile {
    /// An empty file with these columns.
    pub(super) const fn new(columns: &'static [Column]) -> Self {
        Self {
            columns,
            shapes: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Adds a polygon; the ring is metres in the plane, turning right, closed.
    pub(super) fn row(&mut self, ring: Vec<(f64, f64)>, cells: Vec<String>) {
        self.shapes.push(ring);
        self.rows.push(cells);
    }

    /// Everything in one archive, its entries named after `stem`.
    pub(super) fn zip(&self, stem: &str, prj: &str) -> Result<Vec<u8>, Problem> {
        let (shp, shx) = self.geometry();
        let entries = [
            ("shp", shp),
            ("shx", shx),
            ("dbf", self.table()),
            ("prj", prj.as_bytes().to_vec()),
            ("cpg", b"GBK".to_vec()),
        ];
        let options = SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored)
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(0o644);
        let failed = |cause: zip::result::ZipError| {
            Problem::because(
                say!(Key::SeedFileNotWritten, path = format!("{stem}.zip")),
                cause,
            )
        };
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (extension, bytes) in entries {
            archive
                .start_file(format!("{stem}.{extension}"), options)
                .map_err(failed)?;
            archive
                .write_all(&bytes)
                .map_err(|cause| failed(cause.into()))?;
        }
        Ok(archive.finish().map_err(failed)?.into_inner())
    }

    /// The `.shp` and the `.shx` (ESRI Shapefile Technical Description, 1998).
    fn geometry(&self) -> (Vec<u8>, Vec<u8>) {
        let (mut records, mut index) = (Vec::new(), Vec::new());
        for (number, ring) in (1_u32..).zip(&self.shapes) {
            let words = usize_to_u32((44 + 4 + 16 * ring.len()) / 2);
            let offset = 50 + usize_to_u32(records.len() / 2);
            index.extend([offset, words].iter().flat_map(|v| v.to_be_bytes()));
            records.extend([number, words].iter().flat_map(|v| v.to_be_bytes()));
            records.extend(5_u32.to_le_bytes());
            records.extend(extent(ring.iter()).iter().flat_map(|v| v.to_le_bytes()));
            records.extend(
                [1, usize_to_u32(ring.len()), 0]
                    .iter()
                    .flat_map(|v: &u32| v.to_le_bytes()),
            );
            records.extend(
                ring.iter()
                    .flat_map(|(x, y)| [x.to_le_bytes(), y.to_le_bytes()])
                    .flatten(),
            );
        }
        let all = extent(self.shapes.iter().flatten());
        let header = |bytes: usize| {
            let mut header = Vec::with_capacity(100);
            header.extend(
                [9994, 0, 0, 0, 0, 0]
                    .iter()
                    .flat_map(|v: &u32| v.to_be_bytes()),
            );
            header.extend(usize_to_u32(50 + bytes / 2).to_be_bytes());
            header.extend([1000, 5].iter().flat_map(|v: &u32| v.to_le_bytes()));
            header.extend(all.iter().chain(&[0.0; 4]).flat_map(|v| v.to_le_bytes()));
            header
        };
        (
            [header(records.len()), records].concat(),
            [header(index.len()), index].concat(),
        )
    }

    /// The `.dbf` (dBASE III), its date fixed: a header that told the day would differ every day.
    fn table(&self) -> Vec<u8> {
        let width = 1 + self.columns.iter().map(|c| usize::from(c.2)).sum::<usize>();
        let header = 33 + 32 * self.columns.len();
        let mut table = vec![0x03, 125, 6, 30];
        table.extend(usize_to_u32(self.rows.len()).to_le_bytes());
        table.extend(usize_to_u32(header).to_le_bytes().into_iter().take(2));
        table.extend(usize_to_u32(width).to_le_bytes().into_iter().take(2));
        table.resize(32, 0);
        for &(name, kind, wide, decimals) in self.columns {
            let mut field = name.as_bytes().to_vec();
            field.resize(11, 0);
            field.extend([kind, 0, 0, 0, 0, wide, decimals]);
            field.resize(32, 0);
            table.extend(field);
        }
        table.push(0x0d);
        for row in &self.rows {
            table.push(b' ');
            for (cell, &(_, kind, wide, _)) in row.iter().zip(self.columns) {
                let (mut bytes, wide) = (gbk(cell), usize::from(wide));
                bytes.truncate(wide);
                let padding = vec![b' '; wide - bytes.len()];
                let (first, second) = if kind == b'N' {
                    (padding, bytes)
                } else {
                    (bytes, padding)
                };
                table.extend(first.into_iter().chain(second));
            }
        }
        table.push(0x1a);
        table
    }
}

fn extent<'a>(points: impl Iterator<Item = &'a (f64, f64)>) -> [f64; 4] {
    let start = [
        f64::INFINITY,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NEG_INFINITY,
    ];
    points.fold(start, |e, (x, y)| {
        [e[0].min(*x), e[1].min(*y), e[2].max(*x), e[3].max(*y)]
    })
}

/// The ministry's file of boundary points (勘测定界界址点坐标), north before east.
#[derive(Debug)]
pub(super) struct BoundaryPoints {
    text: String,
}

impl BoundaryPoints {
    /// A file in CGCS2000, three-degree zone 39.
    pub(super) fn new() -> Self {
        let text = format!(
            "[属性描述]\r\n格式版本号=1.01\r\n数据产生单位=OneMap（{DEMONSTRATION}）\r\n\
             数据产生日期=2025-06-30\r\n坐标系=2000国家大地坐标系\r\n几度分带=3\r\n投影类型=高斯克吕格\r\n\
             计量单位=米\r\n带号=39\r\n精度=0.001\r\n转换参数=,,,,,,\r\n[地块坐标]\r\n"
        );
        Self { text }
    }

    /// Adds a parcel; the ring as it is to stand, closed or not: easting with its zone, northing.
    pub(super) fn parcel(&mut self, id: &str, name: &str, area_ha: f64, ring: &[(f64, f64)]) {
        let points = ring.len();
        // Writing to a text does not fail.
        _ = write!(self.text, "{points},{area_ha:.4},{id},{name},面,,,,@\r\n");
        for (i, (east, north)) in ring.iter().enumerate() {
            let number = if i > 0 && ring.first() == Some(&(*east, *north)) {
                1
            } else {
                i + 1
            };
            _ = write!(self.text, "J{number},1,{north:.3},{east:.3}\r\n");
        }
    }

    /// The whole file, in GBK.
    pub(super) fn finish(self) -> Vec<u8> {
        gbk(&self.text)
    }
}

/// A serial number in a wide form: `CY-WR-0017`.
pub(super) fn numbered(prefix: &str, number: usize, digits: usize) -> String {
    format!("{prefix}{number:0digits$}")
}
