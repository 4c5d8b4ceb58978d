//! Zipped Shapefiles of points, lines and polygons.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

use super::csv::gbk;
use crate::geom::cast::usize_to_u32;
use crate::say;
use crate::text::{Key, Problem};

/// What ESRI's software writes for EPSG:4548.
pub(in crate::seed) const CGCS2000_117E: &str = "PROJCS[\"CGCS2000_3_Degree_GK_CM_117E\",GEOGCS[\"GCS_China_Geodetic_Coordinate_System_2000\",\
DATUM[\"D_China_2000\",SPHEROID[\"CGCS2000\",6378137.0,298.257222101]],PRIMEM[\"Greenwich\",0.0],\
UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Gauss_Kruger\"],PARAMETER[\"False_Easting\",500000.0],\
PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",117.0],PARAMETER[\"Scale_Factor\",1.0],\
PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]";

/// A column of a Shapefile's table: name, `C` or `N`, width in bytes, decimals.
pub(in crate::seed) type Column = (&'static str, u8, u8, u8);

/// What all shapes of a Shapefile are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::seed) enum Kind {
    /// Points.
    Point,
    /// Lines of one part or several.
    Line,
    /// Polygons of one ring or several: outer rings turn right, holes left, all closed.
    Polygon,
}

/// The parts of a shape, metres in the plane.
type Parts = Vec<Vec<(f64, f64)>>;

/// A Shapefile, its table in GBK.
#[derive(Debug)]
pub(in crate::seed) struct Shapefile {
    kind: Kind,
    columns: &'static [Column],
    shapes: Vec<Parts>,
    rows: Vec<Vec<String>>,
}

impl Shapefile {
    /// An empty file of polygons with these columns.
    pub(in crate::seed) const fn new(columns: &'static [Column]) -> Self {
        Self::of(Kind::Polygon, columns)
    }

    /// An empty file of a kind of shape with these columns.
    pub(in crate::seed) const fn of(kind: Kind, columns: &'static [Column]) -> Self {
        Self {
            kind,
            columns,
            shapes: Vec::new(),
            rows: Vec::new(),
        }
    }

    /// Adds a shape of one part: a point, a line, or a ring, turning right, closed.
    pub(in crate::seed) fn row(&mut self, part: Vec<(f64, f64)>, cells: Vec<String>) {
        self.parts(vec![part], cells);
    }

    /// Adds a shape of several parts.
    pub(in crate::seed) fn parts(&mut self, parts: Parts, cells: Vec<String>) {
        self.shapes.push(parts);
        self.rows.push(cells);
    }

    /// Everything in one archive, its entries named after `stem`.
    pub(in crate::seed) fn zip(&self, stem: &str, prj: &str) -> Result<Vec<u8>, Problem> {
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
        for (number, parts) in (1_u32..).zip(&self.shapes) {
            let content = self.content(parts);
            let words = usize_to_u32(content.len() / 2);
            let offset = 50 + usize_to_u32(records.len() / 2);
            index.extend([offset, words].iter().flat_map(|v| v.to_be_bytes()));
            records.extend([number, words].iter().flat_map(|v| v.to_be_bytes()));
            records.extend(content);
        }
        let all = extent(self.shapes.iter().flatten().flatten());
        let header = |bytes: usize| {
            let mut header = Vec::with_capacity(100);
            header.extend(
                [9994, 0, 0, 0, 0, 0]
                    .iter()
                    .flat_map(|v: &u32| v.to_be_bytes()),
            );
            header.extend(usize_to_u32(50 + bytes / 2).to_be_bytes());
            header.extend(
                [1000, self.code()]
                    .iter()
                    .flat_map(|v: &u32| v.to_le_bytes()),
            );
            header.extend(all.iter().chain(&[0.0; 4]).flat_map(|v| v.to_le_bytes()));
            header
        };
        (
            [header(records.len()), records].concat(),
            [header(index.len()), index].concat(),
        )
    }

    const fn code(&self) -> u32 {
        match self.kind {
            Kind::Point => 1,
            Kind::Line => 3,
            Kind::Polygon => 5,
        }
    }

    /// A record of the `.shp` without its header.
    fn content(&self, parts: &[Vec<(f64, f64)>]) -> Vec<u8> {
        let mut content = self.code().to_le_bytes().to_vec();
        if self.kind != Kind::Point {
            let points: usize = parts.iter().map(Vec::len).sum();
            let bounds = extent(parts.iter().flatten());
            content.extend(bounds.iter().flat_map(|v| v.to_le_bytes()));
            content.extend(usize_to_u32(parts.len()).to_le_bytes());
            content.extend(usize_to_u32(points).to_le_bytes());
            let mut start = 0;
            for part in parts {
                content.extend(usize_to_u32(start).to_le_bytes());
                start += part.len();
            }
        }
        let points = parts.iter().flatten();
        content.extend(
            points
                .flat_map(|(x, y)| [x.to_le_bytes(), y.to_le_bytes()])
                .flatten(),
        );
        content
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
