//! `onemap rules diff`: which parcels come to something else by other rules, and why.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::asking::{Asked, Asking, Watcher};
use super::{Exit, Session, check};
use crate::batch::{Changed, Differ};
use crate::export::csv;
use crate::export::table::Cell;
use crate::layer::Book;
use crate::layer::book::Profile;
use crate::say;
use crate::text::{Key, Problem};

/// What `onemap rules` can do.
#[derive(Debug, Clone, Subcommand)]
pub(super) enum Rules {
    /// 比较两套规则对地块的结论 / which parcels change their verdict, and by which rules
    Diff(Arguments),
}

/// What `onemap rules diff` was asked.
#[derive(Debug, Clone, Args)]
pub(super) struct Arguments {
    /// 规则集编号，或另一个图层定义文件夹 / a rule set's id, or another folder of layer definitions
    a: String,
    /// 同上 / likewise
    b: String,
    /// 地块文件 / a file of parcels
    #[arg(long, value_name = "FILE")]
    parcels: PathBuf,
    #[command(flatten)]
    asking: Asking,
    /// 结果文件（全部地块）/ a CSV file with every parcel
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Holds the parcels against both.
pub(super) fn run(session: &Session, rules: &Rules) -> Result<Exit, Problem> {
    let Rules::Diff(arguments) = rules;
    let asked = arguments.asking.look_up(session, &arguments.parcels)?;
    let a = side(session, &asked, &arguments.a)?;
    let b = side(session, &asked, &arguments.b)?;
    let revision = asked.revision()?;
    let world = asked.world(revision)?;
    let differ = Differ {
        a: asked.screener(&world, &a, asked.today()),
        b: asked.screener(&world, &b, asked.today()),
    };
    let mut watcher = Watcher::new(&session.terminal, &asked);
    let mut tally = Tally {
        names: [&arguments.a, &arguments.b],
        asked: &asked,
        session,
        table: arguments.output.as_ref().map(|_| Vec::new()),
        rows: 0,
        changed: 0,
        moves: BTreeMap::new(),
    };
    if let Some(table) = &mut tally.table {
        table.extend_from_slice(csv::BYTE_ORDER_MARK);
    }
    tally.head();
    crate::batch::Watch::done(&mut watcher, 0);
    let outcome = differ.run(&asked.input, &asked.shape, &mut watcher, &mut |changed| {
        tally.take(&changed);
        Ok(())
    });
    watcher.finish();
    outcome?;
    tally.tell(arguments.output.as_deref())?;
    Ok(if watcher.told > 0 {
        Exit::Rejected
    } else {
        Exit::Done
    })
}

/// The book of one side: that of another folder, or ours with the profile's rules exchanged.
fn side(session: &Session, asked: &Asked, name: &str) -> Result<Book, Problem> {
    let folder = Path::new(name);
    let is_folder = std::fs::metadata(folder).is_ok_and(|about| about.is_dir());
    if is_folder {
        let book = check::load(&session.terminal, folder)?.book;
        if !book.profiles.contains_key(&asked.profile.id) {
            let known: Vec<&str> = book.profiles.keys().map(String::as_str).collect();
            return Err(say!(
                Key::AssessUnknownProfile,
                asked = asked.profile.id,
                known = known.join(", ")
            )
            .into());
        }
        return Ok(Arc::unwrap_or_clone(book));
    }
    let mut book = asked.atlas.book.as_ref().clone();
    if !book.rule_sets.contains_key(name) {
        let known: Vec<&str> = book.rule_sets.keys().map(String::as_str).collect();
        return Err(say!(Key::CliRulesUnknown, name = name, known = known.join(", ")).into());
    }
    let profile = Profile {
        rules: name.to_owned(),
        ..asked.profile.as_ref().clone()
    };
    book.profiles.insert(profile.id.clone(), Arc::new(profile));
    Ok(book)
}

/// What came of it.
struct Tally<'a> {
    names: [&'a str; 2],
    asked: &'a Asked,
    session: &'a Session,
    table: Option<Vec<u8>>,
    rows: u64,
    changed: u64,
    /// From which verdict to which, how often.
    moves: BTreeMap<[&'static str; 2], u64>,
}

impl Tally<'_> {
    fn head(&mut self) {
        let Some(table) = &mut self.table else { return };
        let own = self.asked.own.iter();
        let own = own.filter_map(|&at| self.asked.shape.columns.get(at));
        let mut cells = vec![Cell::text("row")];
        cells.extend(own.map(|name| Cell::text(format!("input_{name}"))));
        for name in ["verdict", "complete", "only"] {
            cells.extend(["a", "b"].map(|side| Cell::text(format!("{name}_{side}"))));
        }
        cells.push(Cell::text("changed"));
        csv::record(&cells, table);
    }

    fn take(&mut self, changed: &Changed) {
        self.rows += 1;
        let verdicts = changed.verdicts.map(crate::model::Verdict::as_str);
        let only = changed
            .only
            .clone()
            .map(|rules| rules.into_iter().collect::<Vec<_>>().join(";"));
        if changed.is_change() {
            self.changed += 1;
            *self.moves.entry(verdicts).or_default() += 1;
        }
        if let Some(table) = &mut self.table {
            let mut cells = vec![Cell::text(changed.row.to_string())];
            let own = self
                .asked
                .own
                .iter()
                .map(|&at| changed.own.get(at).cloned());
            cells.extend(own.map(|cell| Cell::text(cell.flatten().unwrap_or_default())));
            cells.extend(verdicts.map(Cell::text));
            cells.extend(changed.complete.map(Cell::Boolean));
            cells.extend(only.map(Cell::text));
            cells.push(Cell::Boolean(changed.is_change()));
            csv::record(&cells, table);
        } else if changed.is_change() {
            let sign = |complete: bool| if complete { "" } else { "?" };
            let [a, b] = verdicts;
            let [first, second] = changed.complete.map(sign);
            let why = |rules: &str, sign: char| match rules {
                "" => String::new(),
                rules => format!(" {sign}{rules}"),
            };
            self.session.terminal.out(&format!(
                "{}: {a}{first} → {b}{second}{}{}",
                changed.row,
                why(&only[0], '−'),
                why(&only[1], '+'),
            ));
        }
    }

    fn tell(self, output: Option<&Path>) -> Result<(), Problem> {
        if let (Some(path), Some(table)) = (output, self.table) {
            let mut part = path.file_name().unwrap_or_default().to_owned();
            part.push(".part");
            let part = path.with_file_name(part);
            std::fs::write(&part, table)
                .and_then(|()| std::fs::rename(&part, path))
                .map_err(|error| {
                    let said = say!(Key::BatchNotWritten, file = path.display());
                    Problem::because(said, error)
                })?;
        }
        let terminal = &self.session.terminal;
        for ([a, b], count) in &self.moves {
            terminal.out(&format!("  {a} → {b}: {count}"));
        }
        let [a, b] = self.names;
        terminal.say(&say!(
            Key::CliRulesDone,
            a = a,
            b = b,
            changed = self.changed,
            rows = self.rows
        ));
        Ok(())
    }
}
