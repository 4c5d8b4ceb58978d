//! One run: rows in, answers out, in bounded memory, and able to go on after it was killed.

use std::fs::{self, File, OpenOptions};
use std::io::{BufRead as _, BufReader, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use geo_types::MultiPolygon;
use jiff::civil::Date;
use rayon::prelude::*;

use super::checkpoint::{self, Basis, Beside, FORMAT, State, not_written};
use super::output::{self, Format};
use super::parcels::{self, Input, Row, Shape, Taken};
use crate::export::csv;
use crate::export::geopackage;
use crate::export::table::{Cell, Column};
use crate::model::Revision;
use crate::say;
use crate::source::Diagnostic;
use crate::text::{Key, Lang, Problem};

/// How many rows are judged at a time, and how often the state is written.
const CHUNK: usize = 256;

/// Who answers for a row.
pub trait Judge: Sync {
    /// The columns of an answer.
    fn columns(&self) -> &[Column];

    /// The answer for one row, or every reason why there is none. The same row always has the same
    /// answer.
    fn judge(&self, row: Row) -> Result<Judged, Vec<Diagnostic>>;
}

/// The answer for a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Judged {
    /// The ground that was asked about, degrees.
    pub ground: MultiPolygon<f64>,
    /// A cell a column.
    pub cells: Vec<Cell>,
}

/// What is to be run.
#[derive(Debug)]
pub struct Run<'a> {
    /// The parcels.
    pub input: &'a Input,
    /// What the file of parcels has.
    pub shape: &'a Shape,
    /// Where answers go.
    pub output: &'a Path,
    /// In which form.
    pub format: Format,
    /// What the run rests on.
    pub basis: Basis,
    /// The revision it answers from.
    pub revision: Revision,
    /// The day it takes for today.
    pub today: Date,
    /// The moment that a GeoPackage says it was last changed.
    pub dated: String,
}

/// Who watches a run.
pub trait Watch {
    /// So many rows more are done; at the beginning those an earlier run had done.
    fn done(&mut self, rows: u64);
    /// A row could not be judged.
    fn bad(&mut self, fault: &Diagnostic);
}

/// What came of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Rows read.
    pub rows: u64,
    /// Rows that could not be judged; they stand in the list beside the output.
    pub bad: u64,
    /// Rows that an earlier run had done.
    pub resumed: u64,
}

/// Runs it, or goes on with it where an earlier run was interrupted.
pub fn run(run: &Run<'_>, judge: &dyn Judge, watch: &mut dyn Watch) -> Result<Outcome, Problem> {
    let beside = Beside::of(run.output);
    let before = checkpoint::read(&beside)?;
    if let Some(before) = &before {
        checkpoint::same(&beside, before, &run.basis)?;
    }
    let resumed = before.as_ref().map_or(0, |before| before.rows);
    watch.done(resumed);
    let state = match before {
        // Killed when all was written, and only the names were to be changed.
        Some(before) if before.done => before,
        before => {
            let mut writing = Writing::open(run, beside.clone(), before)?;
            let columns = judge.columns();
            if writing.state.bytes == 0 {
                let begin = run.format.begin(columns);
                writing.put(&begin)?;
            }
            parcels::read(run.input, run.shape, resumed, CHUNK, &mut |chunk| {
                writing.chunk(chunk, judge, watch)
            })?;
            writing.finish(columns)?;
            writing.state
        }
    };
    rename(&beside, run.format, &state)?;
    Ok(Outcome {
        rows: state.rows,
        bad: state.bad,
        resumed,
    })
}

/// Forgets an interrupted run: the next one begins anew.
pub fn forget(output: &Path) -> Result<(), Problem> {
    checkpoint::clear(&Beside::of(output))
}

struct Writing<'a> {
    run: &'a Run<'a>,
    beside: Beside,
    state: State,
    /// The output in the making, locked against another run.
    part: File,
    bad: File,
}

impl<'a> Writing<'a> {
    fn open(run: &'a Run<'a>, beside: Beside, before: Option<State>) -> Result<Self, Problem> {
        let part = open(&beside.part)?;
        if part.try_lock().is_err() {
            let file = run.output.display();
            return Err(say!(Key::BatchInUse, file = file).into());
        }
        let bad = open(&beside.bad_part)?;
        let state = before.unwrap_or_else(|| State {
            format: FORMAT,
            basis: run.basis.clone(),
            revision: run.revision.0,
            today: run.today.to_string(),
            rows: 0,
            written: 0,
            bad: 0,
            bytes: 0,
            bad_bytes: 0,
            done: false,
        });
        let mut writing = Self {
            run,
            beside,
            state,
            part,
            bad,
        };
        writing.cut_back()?;
        Ok(writing)
    }

    /// Cuts both files back to what the state knows of.
    fn cut_back(&mut self) -> Result<(), Problem> {
        let both = [
            (&mut self.part, self.state.bytes, &self.beside.part),
            (&mut self.bad, self.state.bad_bytes, &self.beside.bad_part),
        ];
        for (file, bytes, path) in both {
            let failed = |error| Problem::because(not_written(path), error);
            if file.metadata().map_err(failed)?.len() < bytes {
                let file = self.run.output.display();
                return Err(say!(Key::BatchPartShort, file = file).into());
            }
            file.set_len(bytes)
                .and_then(|()| file.seek(SeekFrom::End(0)))
                .map_err(failed)?;
        }
        Ok(())
    }

    fn put(&mut self, bytes: &[u8]) -> Result<(), Problem> {
        let written = self.part.write_all(bytes);
        written.map_err(|error| Problem::because(not_written(&self.beside.part), error))?;
        self.state.bytes += bytes.len() as u64;
        Ok(())
    }

    fn chunk(
        &mut self,
        chunk: Vec<Taken>,
        judge: &dyn Judge,
        watch: &mut dyn Watch,
    ) -> Result<(), Problem> {
        let rows = chunk.len() as u64;
        let judged: Vec<Result<Judged, Vec<Diagnostic>>> = chunk
            .into_par_iter()
            .map(|taken| judge.judge(taken?))
            .collect();
        let (mut out, mut bad) = (Vec::new(), Vec::new());
        for one in judged {
            match one {
                Ok(Judged { ground, cells }) => {
                    let first = self.state.written == 0;
                    let columns = judge.columns();
                    self.run
                        .format
                        .row(columns, first, &ground, &cells, &mut out);
                    self.state.written += 1;
                }
                Err(faults) => {
                    self.state.bad += 1;
                    for fault in &faults {
                        watch.bad(fault);
                        self.list(fault, &mut bad);
                    }
                }
            }
        }
        self.put(&out)?;
        let listed = self.bad.write_all(&bad).and_then(|()| self.bad.sync_data());
        listed.map_err(|error| Problem::because(not_written(&self.beside.bad_part), error))?;
        self.state.bad_bytes += bad.len() as u64;
        self.state.rows += rows;
        self.part
            .sync_data()
            .map_err(|error| Problem::because(not_written(&self.beside.part), error))?;
        checkpoint::write(&self.beside, &self.state)?;
        watch.done(rows);
        Ok(())
    }

    /// A line of the list of bad rows, as imports have it.
    fn list(&self, fault: &Diagnostic, out: &mut Vec<u8>) {
        if self.state.bad_bytes == 0 && out.is_empty() {
            out.extend_from_slice(csv::BYTE_ORDER_MARK);
            let head = ["file", "row", "field", "value", "reason_zh", "reason_en"];
            csv::record(&head.map(Cell::text), out);
        }
        let cells = [
            Cell::text(self.run.input.path.display().to_string()),
            Cell::text(fault.row.to_string()),
            Cell::text(fault.column.clone().unwrap_or_default()),
            Cell::text(fault.value.clone().unwrap_or_default()),
            Cell::text(fault.reason.in_lang(Lang::Zh)),
            Cell::text(fault.reason.in_lang(Lang::En)),
        ];
        csv::record(&cells, out);
    }

    /// Everything is judged: what the form still needs.
    fn finish(&mut self, columns: &[Column]) -> Result<(), Problem> {
        self.put(self.run.format.end())?;
        self.part
            .sync_all()
            .map_err(|error| Problem::because(not_written(&self.beside.part), error))?;
        if self.run.format == Format::GeoPackage {
            self.pack(columns)?;
        }
        self.state.done = true;
        checkpoint::write(&self.beside, &self.state)
    }

    /// Makes the GeoPackage of the lines that hold its rows.
    fn pack(&self, columns: &[Column]) -> Result<(), Problem> {
        checkpoint::remove(&self.beside.packed)?;
        let unreadable = || not_written(&self.beside.packed);
        let lines =
            File::open(&self.beside.part).map_err(|error| Problem::because(unreadable(), error))?;
        let mut rows = BufReader::new(lines).lines().map(|line| {
            let line = line.map_err(|error| Problem::because(unreadable(), error))?;
            output::of_line(&line, columns).ok_or_else(|| Problem::new(unreadable()))
        });
        let name = "screening";
        geopackage::write(
            &self.beside.packed,
            name,
            columns,
            &self.run.dated,
            &mut rows,
        )
    }
}

/// Gives the finished files their names. Killed anywhere here, the next run does the rest.
fn rename(beside: &Beside, format: Format, state: &State) -> Result<(), Problem> {
    if format == Format::GeoPackage {
        name(&beside.packed, &beside.output)?;
    } else {
        name(&beside.part, &beside.output)?;
    }
    if state.bad > 0 {
        name(&beside.bad_part, &beside.bad)?;
    } else {
        checkpoint::remove(&beside.bad)?;
    }
    checkpoint::clear(beside)
}

fn open(path: &Path) -> Result<File, Problem> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(|error| Problem::because(not_written(path), error))
}

/// Renames a finished file, unless that was done before.
fn name(part: &Path, output: &Path) -> Result<(), Problem> {
    match fs::rename(part, output) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Problem::because(not_written(output), error))
        }
        _ => Ok(()),
    }
}
