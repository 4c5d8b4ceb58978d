//! `onemap screen`: many parcels, an answer each.

use std::path::{Path, PathBuf};

use clap::Args;
use sha2::{Digest as _, Sha256};

use super::asking::{Asked, Asking, Watcher};
use super::{Exit, Session, digest};
use crate::batch::{self, Basis, Format, Outcome, Run, run};
use crate::layer::Book;
use crate::model::Revision;
use crate::query::World;
use crate::say;
use crate::store::{At, Store as _, StoreError};
use crate::text::{Key, Problem};

/// What `onemap screen` was asked.
#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    /// 地块文件 / a file of parcels: .gpkg .geojson .zip .shp .csv .xlsx …
    #[arg(value_name = "PARCELS")]
    parcels: PathBuf,
    #[command(flatten)]
    asking: Asking,
    /// 结果文件 / where answers go: .csv, .geojson or .gpkg
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// 放弃中断的运行，重新开始 / begin anew, also where an earlier run was interrupted
    #[arg(long)]
    anew: bool,
}

/// The program and its version, as documents have it.
pub(super) const ENGINE: &str = concat!("onemap ", env!("CARGO_PKG_VERSION"));

/// Screens the parcels.
pub(super) fn screen(session: &Session, arguments: &Arguments) -> Result<Exit, Problem> {
    let output = arguments.output.as_path();
    let Some(format) = Format::of(output) else {
        return Err(say!(Key::CliScreenFormat, file = output.display()).into());
    };
    let asked = arguments.asking.look_up(session, &arguments.parcels)?;
    if arguments.anew {
        run::forget(output)?;
    }
    let begun = batch::begun(output)?;
    let today = begun.map_or_else(|| asked.today(), |begun| begun.today);
    let revision = match begun {
        Some(begun) => begun.revision,
        None => asked.revision()?,
    };
    let world = asked.world(revision)?;
    let book = asked.atlas.book.as_ref();
    let screener = asked.screener(&world, book, today);
    let run = Run {
        input: &asked.input,
        shape: &asked.shape,
        output,
        format,
        basis: basis(&asked, format, book, &world)?,
        revision,
        today,
        dated: dated(&asked, revision)?,
    };
    let mut watcher = Watcher::new(&session.terminal, &asked);
    let outcome = run::run(&run, &screener, &mut watcher);
    watcher.finish();
    let outcome = outcome?;
    tell(session, &asked, output, outcome);
    Ok(if outcome.bad > 0 {
        Exit::Rejected
    } else {
        Exit::Done
    })
}

fn tell(session: &Session, asked: &Asked, output: &Path, outcome: Outcome) {
    let Outcome { rows, bad, resumed } = outcome;
    let terminal = &session.terminal;
    if resumed > 0 {
        terminal.warn(&say!(Key::CliScreenResumed, rows = resumed));
    }
    if bad > 0 {
        let stem = output.file_stem().unwrap_or_default().to_string_lossy();
        let list = output.with_file_name(format!("{stem}-rejects.csv"));
        terminal.warn(&say!(Key::CliScreenBad, bad = bad, file = list.display()));
    }
    let titles = &asked.atlas.district.audiences;
    let whom = titles.get(&asked.audience).cloned().unwrap_or_default();
    let done = say!(
        Key::CliScreenDone,
        file = output.display(),
        screened = rows - bad,
        rows = rows,
        bad = bad
    );
    terminal.say(&done.with_words("audience", whom));
}

/// What the rows rest on.
fn basis(asked: &Asked, format: Format, book: &Book, world: &World) -> Result<Basis, Problem> {
    let input = &asked.input;
    let options = format!(
        "{:?}",
        (
            (
                &input.path,
                &input.layer,
                &input.encoding,
                &input.parcel_field
            ),
            input.crs.as_ref().map(ToString::to_string),
            &input.planned,
            (&asked.profile.id, asked.audience.as_str()),
            asked.as_of.map(|moment| moment.to_string()),
            (&asked.own, format),
        )
    );
    let mut layers = Sha256::new();
    for (id, snapshot) in &world.layers {
        layers.update(format!("{id} {}\n", snapshot.version()));
    }
    Ok(Basis {
        parcels: digest::of_source(&input.path)?,
        options,
        engine: ENGINE.to_owned(),
        rules: book.digest.clone(),
        layers: digest::letters(&layers.finalize()),
    })
}

/// When the newest of the imports was recorded that the answers rest on.
fn dated(asked: &Asked, revision: Revision) -> Result<String, Problem> {
    let imports = asked
        .store
        .imports_at(At::Revision(revision))
        .map_err(StoreError::into_problem)?;
    let newest = imports.iter().map(|(_, record)| record.header.at).max();
    Ok(newest
        .unwrap_or_default()
        .strftime("%Y-%m-%dT%H:%M:%SZ")
        .to_string())
}
