//! `onemap import`: each layer's files through `layer` into the store, one revision a layer.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::progress::Progress;
use super::rejects::Rejects;
use super::{Exit, Terminal, digest};
use crate::layer::{self, Accepted, Atlas, Layer, Taker, Territory};
use crate::model::LayerId;
use crate::say;
use crate::source::Diagnostic;
use crate::store::{Counts, Import, ImportHeader, ImportRecord, Store, StoreError};
use crate::text::{Key, Problem};

/// What `onemap import` was asked.
#[derive(Debug, Clone)]
pub(super) struct Request<'a> {
    /// The layers; empty: all.
    pub(super) layers: &'a [String],
    /// Whether a layer with a rejected row is stored all the same, without that row.
    pub(super) keep_going: bool,
    /// Where lists of rejected rows go.
    pub(super) rejects: &'a Path,
    /// Who asks.
    pub(super) actor: &'a str,
}

/// Imports the layers asked for. The boundary layer goes first; a layer that fails does not keep
/// the next from being imported.
pub(super) fn run(
    terminal: &Terminal,
    atlas: &Atlas,
    store: &dyn Store,
    request: &Request<'_>,
) -> Result<Exit, Problem> {
    let layers = chosen(atlas, request.layers)?;
    let zone = &atlas.district.time_zone;
    let territory = layer::territory(atlas, zone)?;
    let before = store.imports().map_err(StoreError::into_problem)?;
    let mut exit = Exit::Done;
    for layer in layers {
        let session = Session {
            terminal,
            atlas,
            store,
            request,
            zone,
            territory: &territory,
        };
        let last = before
            .iter()
            .find(|(id, _)| *id == layer.id)
            .map(|(_, record)| record);
        match session.import(layer, last) {
            Ok(Outcome::Stored) => {}
            Ok(Outcome::Refused) => exit = exit.worse(Exit::Rejected),
            Err(problem) => {
                let why = problem.message().in_lang(terminal.lang());
                let said = say!(Key::CliImportFailed, layer = layer.id, why = why);
                terminal.problem(&problem.restated(said));
                exit = exit.worse(Exit::Failed);
            }
        }
    }
    Ok(exit)
}

fn chosen<'a>(atlas: &'a Atlas, names: &[String]) -> Result<Vec<&'a Arc<Layer>>, Problem> {
    for name in names {
        if !atlas.layers.keys().any(|id| id.as_str() == name) {
            let known: Vec<&str> = atlas.layers.keys().map(LayerId::as_str).collect();
            return Err(say!(Key::CliLayerUnknown, layer = name, known = known.join(", ")).into());
        }
    }
    let wanted = |id: &LayerId| names.is_empty() || names.iter().any(|name| name == id.as_str());
    let mut layers: Vec<_> = atlas
        .layers
        .values()
        .filter(|layer| wanted(&layer.id))
        .collect();
    layers.sort_by_key(|layer| layer.id != atlas.district.boundary);
    Ok(layers)
}

/// The import of one layer.
struct Session<'a> {
    terminal: &'a Terminal,
    atlas: &'a Atlas,
    store: &'a dyn Store,
    request: &'a Request<'a>,
    zone: &'a TimeZone,
    territory: &'a Territory,
}

/// What became of a layer's import.
enum Outcome {
    /// The store holds what the files say, less the rows that may be left out.
    Stored,
    /// Its rejected rows kept it out: the store is as it was.
    Refused,
}

impl Session<'_> {
    fn import(&self, layer: &Arc<Layer>, last: Option<&ImportRecord>) -> Result<Outcome, Problem> {
        let files = digest::of_layer(self.atlas, layer)?;
        if let Some(last) = last.filter(|last| last.header.files == files) {
            self.terminal.say(&say!(
                Key::CliImportUnchanged,
                layer = layer.id,
                revision = last.revision,
                rejected = last.header.rejected
            ));
            return Ok(Outcome::Stored);
        }
        let covered = layer.coverage.as_ref().map(layer::coverage).transpose()?;
        let (coverage, mended) = covered.unzip();
        let mended = mended.unwrap_or_default();
        let import = self.store.begin(layer).map_err(StoreError::into_problem)?;
        let mut rows = Rows {
            layer,
            import,
            progress: Progress::new(self.terminal, layer.id.as_str()),
            rejects: Rejects::new(self.terminal, layer, self.request.rejects),
            read: 0,
            failure: None,
        };
        if let Some(from) = &layer.coverage {
            for note in &mended {
                rows.rejects.mended(&from.shown, note);
            }
        }
        let territory = (layer.id != self.atlas.district.boundary).then_some(self.territory);
        let outcome = layer::read(layer, self.zone, territory, &mut rows);
        rows.progress.finish();
        let rejected = rows.rejects.rejected();
        // What was found wrong is listed even where the whole layer is refused; a file of which no row
        // was read says nothing new.
        let listed = if outcome.is_ok() || rows.read > 0 {
            rows.rejects.finish()
        } else {
            Ok(())
        };
        if let Some(failure) = rows.failure {
            return Err(failure.into_problem());
        }
        outcome?;
        listed?;
        // A file of which nothing is left would end every feature: that is no import to go on with.
        let nothing_left = rejected > 0 && rejected == rows.read;
        if nothing_left {
            self.terminal.warn(&say!(
                Key::CliImportNothingLeft,
                layer = layer.id,
                read = rows.read
            ));
            return Ok(Outcome::Refused);
        }
        if rejected > 0 && !self.request.keep_going {
            self.terminal.warn(&say!(
                Key::CliImportRefused,
                layer = layer.id,
                read = rows.read,
                rejected = rejected
            ));
            return Ok(Outcome::Refused);
        }
        let header = ImportHeader {
            at: Timestamp::now(),
            actor: self.request.actor.to_owned(),
            files,
            coverage,
            read: rows.read,
            rejected,
        };
        let (revision, counts) = rows
            .import
            .commit(header)
            .map_err(StoreError::into_problem)?;
        self.report(layer, revision.0, rows.read, rejected, counts);
        Ok(Outcome::Stored)
    }

    fn report(&self, layer: &Layer, revision: i64, read: u64, rejected: u64, counts: Counts) {
        self.terminal.say(&say!(
            Key::CliImportDone,
            layer = layer.id,
            revision = revision,
            read = read,
            stored = read - rejected,
            rejected = rejected,
            added = counts.added,
            changed = counts.changed,
            ended = counts.ended
        ));
    }
}

/// The rows of a layer on their way into the store.
struct Rows<'a> {
    layer: &'a Layer,
    import: Box<dyn Import + 'a>,
    progress: Progress,
    rejects: Rejects,
    read: u64,
    failure: Option<StoreError>,
}

impl Taker for Rows<'_> {
    fn opened(&mut self, rows: Option<u64>) {
        self.progress.total(rows);
    }

    fn row(&mut self, row: Result<Accepted, Vec<Diagnostic>>) -> ControlFlow<()> {
        self.read += 1;
        self.progress.advance(1);
        match row {
            Ok(accepted) => {
                for note in &accepted.notes {
                    self.rejects.mended(&self.layer.source.table.shown, note);
                }
                if let Err(failure) = self.import.put(accepted.feature) {
                    self.failure = Some(failure);
                    return ControlFlow::Break(());
                }
            }
            Err(faults) => self
                .rejects
                .rejected_row(&self.layer.source.table.shown, faults),
        }
        ControlFlow::Continue(())
    }

    fn aside(&mut self, shown: &str, diagnostic: Diagnostic) {
        self.rejects.aside(shown, &diagnostic);
    }
}
