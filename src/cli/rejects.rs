//! What an import did not take, and what it mended: on the terminal, and in full in
//! `rejects/<layer>.csv` and `rejects/<layer>-repairs.csv`.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::Terminal;
use crate::layer::Layer;
use crate::say;
use crate::source::Diagnostic;
use crate::text::{Key, Lang, Problem};

/// How many reasons the terminal shows; the file has them all.
const SHOWN_ON_TERMINAL: u64 = 20;

/// The lists of one layer's import, written when it is over.
pub(super) struct Rejects {
    terminal: Terminal,
    rejected: List,
    mended: List,
    rejected_rows: u64,
    shown: u64,
}

impl Rejects {
    pub(super) fn new(terminal: &Terminal, layer: &Layer, folder: &Path) -> Self {
        Self {
            terminal: terminal.clone(),
            rejected: List::new(folder.join(format!("{}.csv", layer.id))),
            mended: List::new(folder.join(format!("{}-repairs.csv", layer.id))),
            rejected_rows: 0,
            shown: 0,
        }
    }

    /// How many rows were rejected.
    pub(super) const fn rejected(&self) -> u64 {
        self.rejected_rows
    }

    /// A row was rejected, for these reasons.
    pub(super) fn rejected_row(&mut self, shown: &str, faults: Vec<Diagnostic>) {
        self.rejected_rows += 1;
        for fault in faults {
            self.tell(shown, &fault);
            self.rejected.add(shown, &fault);
        }
    }

    /// A row of another file could not be used.
    pub(super) fn aside(&mut self, shown: &str, fault: &Diagnostic) {
        self.tell(shown, fault);
        self.rejected.add(shown, fault);
    }

    /// A row was mended and taken.
    pub(super) fn mended(&mut self, shown: &str, note: &Diagnostic) {
        self.mended.add(shown, note);
    }

    fn tell(&mut self, shown: &str, fault: &Diagnostic) {
        self.shown += 1;
        if self.shown <= SHOWN_ON_TERMINAL {
            let cell = match (&fault.column, &fault.value) {
                (Some(column), Some(value)) => format!(" {column}=\"{value}\""),
                (Some(column), None) => format!(" {column}"),
                (None, Some(value)) => format!(" \"{value}\""),
                (None, None) => String::new(),
            };
            let reason = fault.reason.in_lang(self.terminal.lang());
            self.terminal
                .line(&format!("{shown}:{}{cell}: {reason}", fault.row));
        }
    }

    /// Writes the lists; one that is empty removes what an earlier import left.
    pub(super) fn finish(mut self) -> Result<(), Problem> {
        self.rejected.write()?;
        self.mended.write()?;
        let file = self.rejected.path.display().to_string();
        if self.shown > SHOWN_ON_TERMINAL {
            let more = self.shown - SHOWN_ON_TERMINAL;
            self.terminal
                .warn(&say!(Key::CliRejectsMore, more = more, file = file));
        } else if self.shown > 0 {
            self.terminal
                .warn(&say!(Key::CliRejectsListed, file = file));
        }
        if self.mended.count > 0 {
            let file = self.mended.path.display();
            self.terminal.say(&say!(
                Key::CliRepairsListed,
                count = self.mended.count,
                file = file
            ));
        }
        Ok(())
    }
}

/// A list of diagnostics as CSV: UTF-8 with a byte order mark, so that Excel reads the Chinese.
struct List {
    path: PathBuf,
    rows: csv::Writer<Vec<u8>>,
    count: u64,
}

impl List {
    fn new(path: PathBuf) -> Self {
        Self {
            path,
            rows: csv::Writer::from_writer(Vec::new()),
            count: 0,
        }
    }

    fn add(&mut self, shown: &str, diagnostic: &Diagnostic) {
        self.count += 1;
        let row = diagnostic.row.to_string();
        let column = diagnostic.column.as_deref().unwrap_or_default();
        let value = diagnostic.value.as_deref().unwrap_or_default();
        let zh = diagnostic.reason.in_lang(Lang::Zh);
        let en = diagnostic.reason.in_lang(Lang::En);
        // Writing to memory cannot fail.
        let _ =
            self.rows
                .write_record([shown, row.as_str(), column, value, zh.as_str(), en.as_str()]);
    }

    fn write(&mut self) -> Result<(), Problem> {
        let path = self.path.display().to_string();
        let failed =
            |error| Problem::because(say!(Key::CliRejectsUnwritable, file = path.as_str()), error);
        if self.count == 0 {
            return match std::fs::remove_file(&self.path) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(failed(error)),
                _ => Ok(()),
            };
        }
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let beside = self.path.with_extension("csv.part");
        let mut file = std::fs::File::create(&beside).map_err(failed)?;
        file.write_all("\u{feff}file,row,field,value,reason_zh,reason_en\n".as_bytes())
            .and_then(|()| self.rows.flush())
            .and_then(|()| file.write_all(self.rows.get_ref()))
            .map_err(failed)?;
        std::fs::rename(&beside, &self.path).map_err(failed)
    }
}
