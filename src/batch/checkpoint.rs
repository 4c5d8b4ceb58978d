//! How far a run has come, beside its output: `out.csv.state`, with what the run rests on.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::model::Revision;
use crate::say;
use crate::text::{Key, Message, Problem};

/// What a run rests on. A run that was interrupted goes on only where all of it is as it was: else
/// its rows would not be of one making.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Basis {
    /// SHA-256 over the files of the parcels.
    pub parcels: String,
    /// What was asked, in words of the command's own.
    pub options: String,
    /// The program and its version.
    pub engine: String,
    /// The digest of rules, profiles, limits and codes.
    pub rules: String,
    /// SHA-256 over the versions of the layers.
    pub layers: String,
}

impl Basis {
    /// What of it is another, by the names people know it by; none: it is the same.
    fn differs(&self, other: &Self) -> Vec<&'static str> {
        let parts = [
            ("parcels", &self.parcels, &other.parcels),
            ("options", &self.options, &other.options),
            ("engine", &self.engine, &other.engine),
            ("rules", &self.rules, &other.rules),
            ("layers", &self.layers, &other.layers),
        ];
        let other = parts.into_iter().filter(|(_, mine, theirs)| mine != theirs);
        other.map(|(name, _, _)| name).collect()
    }
}

/// What a run that was interrupted had fixed for all of its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Begun {
    /// The revision it answers from.
    pub revision: Revision,
    /// The day it takes for today.
    pub today: Date,
}

/// How far a run has come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct State {
    /// The form of this file.
    pub(super) format: u32,
    pub(super) basis: Basis,
    pub(super) revision: i64,
    pub(super) today: String,
    /// Rows read.
    pub(super) rows: u64,
    /// Rows written.
    pub(super) written: u64,
    /// Rows that could not be judged.
    pub(super) bad: u64,
    /// Bytes of the output so far.
    pub(super) bytes: u64,
    /// Bytes of the list of bad rows so far.
    pub(super) bad_bytes: u64,
    /// Whether all is written, and only the names are to be changed.
    pub(super) done: bool,
}

/// The form of the state that this program writes.
pub(super) const FORMAT: u32 = 1;

/// The names beside an output.
#[derive(Debug, Clone)]
pub(super) struct Beside {
    pub(super) output: PathBuf,
    pub(super) part: PathBuf,
    pub(super) state: PathBuf,
    pub(super) bad: PathBuf,
    pub(super) bad_part: PathBuf,
    /// A GeoPackage in the making: its driver wants the ending.
    pub(super) packed: PathBuf,
}

impl Beside {
    pub(super) fn of(output: &Path) -> Self {
        let named = |name: OsString| output.with_file_name(name);
        let with = |ending: &str| {
            let mut name = output.file_name().unwrap_or_default().to_owned();
            name.push(ending);
            named(name)
        };
        let mut bad = output.file_stem().unwrap_or_default().to_owned();
        bad.push("-rejects.csv");
        let mut bad_part = bad.clone();
        bad_part.push(".part");
        Self {
            output: output.to_owned(),
            part: with(".part"),
            state: with(".state"),
            bad: named(bad),
            bad_part: named(bad_part),
            packed: with(".part.gpkg"),
        }
    }
}

/// What an interrupted run with this output had fixed; `None`: there is none to go on with.
pub fn begun(output: &Path) -> Result<Option<Begun>, Problem> {
    let beside = Beside::of(output);
    let Some(state) = read(&beside)? else {
        return Ok(None);
    };
    let today = state
        .today
        .parse()
        .map_err(|error: jiff::Error| Problem::because(unreadable(&beside), error))?;
    Ok(Some(Begun {
        revision: Revision(state.revision),
        today,
    }))
}

/// The state beside an output; `None`: there is none.
pub(super) fn read(beside: &Beside) -> Result<Option<State>, Problem> {
    let text = match fs::read_to_string(&beside.state) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Problem::because(unreadable(beside), error)),
    };
    match serde_json::from_str::<State>(&text) {
        Ok(state) if state.format == FORMAT => Ok(Some(state)),
        Ok(_) => Err(unreadable(beside).into()),
        Err(error) => Err(Problem::because(unreadable(beside), error)),
    }
}

/// Whether what an interrupted run rests on is as it was; else what has changed, and how to begin
/// anew.
pub(super) fn same(beside: &Beside, state: &State, basis: &Basis) -> Result<(), Problem> {
    let differs = state.basis.differs(basis);
    if differs.is_empty() {
        return Ok(());
    }
    let (file, changed) = (beside.output.display(), differs.join(", "));
    Err(say!(Key::BatchChanged, file = file, changed = changed).into())
}

/// Writes the state, so that it is the old one or the new one at any moment.
pub(super) fn write(beside: &Beside, state: &State) -> Result<(), Problem> {
    let mut name = beside.state.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    let new = beside.state.with_file_name(name);
    let text = serde_json::to_string_pretty(state)
        .map_err(|error| Problem::because(not_written(&new), error))?;
    let mut file = File::create(&new).map_err(|e| Problem::because(not_written(&new), e))?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_data())
        .and_then(|()| fs::rename(&new, &beside.state))
        .map_err(|e| Problem::because(not_written(&beside.state), e))
}

/// Deletes what a run left beside its output.
pub(super) fn clear(beside: &Beside) -> Result<(), Problem> {
    for path in [
        &beside.state,
        &beside.part,
        &beside.bad_part,
        &beside.packed,
    ] {
        remove(path)?;
    }
    Ok(())
}

/// Deletes a file that may be absent.
pub(super) fn remove(path: &Path) -> Result<(), Problem> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Problem::because(not_written(path), error))
        }
        _ => Ok(()),
    }
}

pub(super) fn not_written(path: &Path) -> Message {
    say!(Key::BatchNotWritten, file = path.display())
}

fn unreadable(beside: &Beside) -> Message {
    say!(Key::BatchStateUnreadable, file = beside.state.display())
}
