//! Readers against real and hostile files.

mod csv;
mod geojson;
mod ogr;
mod parcels;
mod real;
mod shapefile;
mod sheet;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;

use onemap::geom::Geometry;
use onemap::source::{self, Diagnostic, Opened, Place, Reading, Record, Request, Sink};
use onemap::text::{Key, Lang, Problem};

/// All that a reader gave.
#[derive(Debug, Default)]
struct Gathered {
    opened: Option<Opened>,
    opened_times: usize,
    records: Vec<Record>,
    faults: Vec<Diagnostic>,
    rejected: u64,
    /// Stop after this many rows.
    most: Option<u64>,
}

impl Gathered {
    fn rows(&self) -> u64 {
        u64::try_from(self.records.len()).unwrap() + self.rejected
    }

    fn columns(&self) -> &[String] {
        &self.opened.as_ref().unwrap().columns
    }

    fn epsg(&self) -> Option<u32> {
        self.opened
            .as_ref()
            .unwrap()
            .crs
            .as_ref()
            .and_then(|crs| crs.epsg)
    }

    /// The value of a column in the n-th record, from 0.
    fn value(&self, record: usize, column: &str) -> Option<&str> {
        let index = self
            .columns()
            .iter()
            .position(|name| name == column)
            .unwrap();
        self.records[record].cells[index].as_deref()
    }

    /// Row, column and reason of every fault.
    fn reasons(&self) -> Vec<(u64, Option<&str>, Key)> {
        self.faults
            .iter()
            .map(|f| (f.row, f.column.as_deref(), f.reason.key()))
            .collect()
    }

    fn geometry(&self, record: usize) -> &Geometry {
        self.records[record].geometry.as_ref().unwrap()
    }
}

impl Sink for Gathered {
    fn opened(&mut self, opened: &Opened) -> Result<(), Problem> {
        self.opened_times += 1;
        self.opened = Some(opened.clone());
        Ok(())
    }

    fn row(&mut self, reading: Reading) -> ControlFlow<()> {
        assert_eq!(
            self.opened_times, 1,
            "a file is opened once, before its first row"
        );
        match reading {
            Reading::Record(record) => {
                assert_eq!(record.cells.len(), self.columns().len());
                self.records.push(record);
            }
            Reading::Rejected(faults) => {
                assert!(!faults.is_empty(), "rejected without a reason");
                for fault in &faults {
                    assert!(!fault.reason.in_lang(Lang::Zh).contains('?'), "{fault:?}");
                    assert!(!fault.reason.in_lang(Lang::En).contains('{'), "{fault:?}");
                }
                self.faults.extend(faults);
                self.rejected += 1;
            }
        }
        if self.most == Some(self.rows()) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

/// What to read of a file, with what most tests want.
#[derive(Debug)]
struct Ask<'a> {
    layer: Option<&'a str>,
    encoding: Option<&'a str>,
    place: Place,
}

impl Default for Ask<'_> {
    fn default() -> Self {
        Self {
            layer: None,
            encoding: None,
            place: Place::Geometry,
        }
    }
}

impl Ask<'_> {
    fn table() -> Self {
        Self {
            place: Place::None,
            ..Self::default()
        }
    }

    fn columns(x: &str, y: &str) -> Self {
        Self {
            place: Place::Columns {
                x: x.to_owned(),
                y: y.to_owned(),
            },
            ..Self::default()
        }
    }

    fn try_read(&self, path: &Path) -> Result<Gathered, Problem> {
        let mut gathered = Gathered::default();
        self.read_into(path, &mut gathered)?;
        Ok(gathered)
    }

    fn read_into(&self, path: &Path, gathered: &mut Gathered) -> Result<(), Problem> {
        let Self {
            layer,
            encoding,
            place,
        } = self;
        source::read(
            &Request {
                path,
                layer: *layer,
                encoding: *encoding,
                place,
            },
            gathered,
        )
    }

    fn read(&self, path: &Path) -> Gathered {
        self.try_read(path).unwrap()
    }

    /// The problem that keeps a file from being read.
    fn problem(&self, path: &Path) -> Problem {
        let problem = self
            .try_read(path)
            .map(|gathered| gathered.rows())
            .unwrap_err();
        let name = path.file_name().unwrap().to_string_lossy();
        for lang in [Lang::Zh, Lang::En] {
            let said = problem.message().in_lang(lang);
            assert!(said.contains(&*name), "it names no file: {said}");
        }
        problem
    }

    fn problem_key(&self, path: &Path) -> Key {
        key_of(&self.problem(path))
    }
}

/// What is wrong, whether or not it is said after the name of the file.
fn key_of(problem: &Problem) -> Key {
    let message = problem.message();
    message.why().unwrap_or(message).key()
}

/// A folder for files of a test.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }
}

/// Makes a file with GDAL's own tool, a writer that is not ours.
fn ogr2ogr(to: &Path, from: &Path, options: &[&str]) {
    let output = Command::new("ogr2ogr")
        .args(options)
        .arg(to)
        .arg(from)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
