//! The answer for one row: a screening as the cells of a table.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;

use super::parcels::{Input, PlannedFrom, Row};
use super::run::{Judge, Judged};
use crate::assess::answer::{Exceeds, Screening, State};
use crate::assess::ask::{self, AskFault, Asked, UseAsked};
use crate::assess::{self, Question};
use crate::export::table::{Cell, Column, ColumnKind};
use crate::layer::book::Profile;
use crate::layer::{Book, SoilClass, SurveyTrigger};
use crate::model::{FeatureId, LayerId, Ring};
use crate::query::World;
use crate::report::{Around, Document};
use crate::say;
use crate::source::Diagnostic;
use crate::text::{Key, Lang, Message};

/// Answers for rows from one world, by one book.
#[derive(Debug)]
pub struct Screener<'a> {
    /// The world that is answered from.
    pub world: &'a World,
    /// What the screening goes by.
    pub book: &'a Book,
    /// The profile.
    pub profile: &'a Profile,
    /// The moment whose records are asked for.
    pub as_of: Option<Timestamp>,
    /// Today, in the district.
    pub today: Date,
    /// When the answers are made; no answer's cells tell.
    pub now: Timestamp,
    /// Which of the file's own columns stand before the answer.
    pub own: Vec<usize>,
    /// In which column planned uses stand, for the reports of bad rows.
    pub planned_field: Option<String>,
    /// The columns, as [`columns`] has them.
    pub columns: Vec<Column>,
}

/// The columns of the answers for a file: the number of the row, the file's own (those at `own`),
/// then what the screening says. An own column whose name is taken gets `input_` before it.
pub fn columns(names: &[String], own: &[usize], profile: &Profile) -> Vec<Column> {
    use ColumnKind::{Boolean, Integer, Number, Text};
    let mut answer = vec![
        ("planned_use".to_owned(), Text),
        ("verdict".to_owned(), Text),
        ("verdict_zh".to_owned(), Text),
        ("verdict_en".to_owned(), Text),
        ("complete".to_owned(), Boolean),
        ("rules".to_owned(), Text),
        ("survey_trigger".to_owned(), Text),
        ("limit_class".to_owned(), Text),
        ("limit_class_assumed".to_owned(), Boolean),
        ("area_m2".to_owned(), Number),
        ("parts".to_owned(), Integer),
    ];
    let rings = rings(profile);
    answer.extend(rings.iter().map(|ring| (ring.to_string(), Integer)));
    for (name, kind) in [
        ("possible", Integer),
        ("unplaced", Integer),
        ("above_screening", Text),
        ("above_intervention", Text),
        ("unknown_themes", Text),
        ("unknowns", Integer),
        ("demonstration", Boolean),
        ("profile", Text),
        ("rule_set", Text),
        ("valid_on", Text),
        ("valid_until", Text),
        ("revision", Text),
        ("engine", Text),
        ("hash", Text),
        ("notes", Text),
    ] {
        answer.push((name.to_owned(), kind));
    }
    let taken: BTreeSet<String> = answer.iter().map(|(name, _)| name.clone()).collect();
    let mut columns = vec![Column::new("row", Integer)];
    for name in own.iter().filter_map(|&place| names.get(place)) {
        let lower = name.to_ascii_lowercase();
        let is_taken = taken.contains(&lower) || ["row", "fid", "geom"].contains(&lower.as_str());
        let name = if is_taken || lower.is_empty() {
            format!("input_{name}")
        } else {
            name.clone()
        };
        columns.push(Column::new(name, Text));
    }
    columns.extend(
        answer
            .into_iter()
            .map(|(name, kind)| Column::new(name, kind)),
    );
    columns
}

/// The rings of a profile, nearest first.
fn rings(profile: &Profile) -> Vec<Ring> {
    let within = profile.rings_m.iter().map(|&metres| Ring::Within(metres));
    [Ring::OnSite, Ring::Adjoining]
        .into_iter()
        .chain(within)
        .collect()
}

impl Judge for Screener<'_> {
    fn columns(&self) -> &[Column] {
        &self.columns
    }

    fn judge(&self, mut row: Row) -> Result<Judged, Vec<Diagnostic>> {
        let question = self.question(&mut row)?;
        let screening = assess::screen(self.world, self.book, &question)
            .map_err(|fault| vec![row.fault(fault.message())])?;
        let around = Around {
            audience: self.world.audience,
            district: &self.world.district,
            book: self.book,
            id: None,
            made_at: self.now,
        };
        let document = Document::of(&screening, &around)
            .map_err(|problem| vec![row.fault(problem.message().clone())])?;
        let ground = question.parcel.geometry.clone();
        let cells = self.cells(&row, &screening, &document);
        Ok(Judged { ground, cells })
    }
}

impl Screener<'_> {
    /// The question that a row is.
    pub fn question(&self, row: &mut Row) -> Result<Question, Vec<Diagnostic>> {
        let parcel = row.asked()?;
        let planned = self.planned(row);
        let asked = Asked {
            parcel,
            planned,
            current: None,
            profile: Some(self.profile.id.clone()),
            as_of: self.as_of,
            today: self.today,
        };
        ask::question(self.world, self.book, &asked).map_err(|fault| {
            let mut told = row.fault(fault.message());
            match &fault {
                AskFault::UnknownUse { code, .. } => {
                    told.column.clone_from(&self.planned_field);
                    told.value = Some(code.clone());
                }
                AskFault::UnknownSystem { asked, .. } => {
                    told.column.clone_from(&self.planned_field);
                    told.value = Some(asked.clone());
                }
                AskFault::UnknownParcel { asked, .. } => told.value = Some(asked.clone()),
                _ => {}
            }
            vec![told]
        })
    }

    /// The planned uses of a row. Excel's 701 is 0701 where that code is listed, and that is noted.
    fn planned(&self, row: &mut Row) -> Vec<UseAsked> {
        let mut mended = Vec::new();
        let mut uses = row.planned.clone();
        for asked in &mut uses {
            let system = asked.system.as_deref().unwrap_or(&self.book.default_system);
            let Some(list) = self.book.systems.get(system) else {
                continue;
            };
            if !list.entries.contains_key(&asked.code)
                && let Some(padded) = list.padded(&asked.code)
            {
                mended.push(say!(Key::BatchPadded, code = asked.code, padded = padded));
                asked.code = padded;
            }
        }
        row.notes.extend(mended);
        uses
    }

    fn cells(&self, row: &Row, screening: &Screening, document: &Document) -> Vec<Cell> {
        let mut cells = vec![Cell::Integer(i64::try_from(row.number).unwrap_or(i64::MAX))];
        for &place in &self.own {
            let own = row.cells.get(place).cloned().flatten();
            cells.push(Cell::text(own.unwrap_or_default()));
        }
        let question = &screening.question;
        let uses: Vec<String> = question
            .planned
            .uses
            .iter()
            .map(ToString::to_string)
            .collect();
        let meaning = &screening.meaning;
        cells.extend([
            Cell::text(uses.join(";")),
            Cell::text(screening.verdict.as_str()),
            Cell::text(document.verdict_sentence.zh.clone()),
            Cell::text(document.verdict_sentence.en.clone()),
            Cell::Boolean(screening.complete),
            Cell::text(fired(screening).into_iter().collect::<Vec<_>>().join(";")),
            Cell::text(match meaning.survey_trigger {
                SurveyTrigger::Yes => "yes",
                SurveyTrigger::No => "no",
                SurveyTrigger::Unknown => "unknown",
            }),
            Cell::text(match meaning.limit_class {
                SoilClass::I => "I",
                SoilClass::II => "II",
                SoilClass::Unknown => "unknown",
            }),
            Cell::Boolean(meaning.class_assumed),
            Cell::Number(document.parcel.area_m2),
            count(screening.parts),
        ]);
        cells.extend(by_ring(screening, self.profile));
        cells.extend([
            count(screening.unplaced.len()),
            Cell::text(above(screening, Exceeds::Screening)),
            Cell::text(above(screening, Exceeds::Intervention)),
            Cell::text(unknown_themes(screening)),
            count(screening.unknowns.len()),
            Cell::Boolean(document.demonstration),
            Cell::text(format!(
                "{}@{}",
                document.profile.id, document.profile.version
            )),
            Cell::text(match document.rules.version {
                Some(version) => format!("{}@{version}", document.rules.id),
                None => document.rules.id.clone(),
            }),
            Cell::text(document.valid_on.clone()),
            Cell::text(document.valid_until.clone()),
            Cell::text(document.revision.clone()),
            Cell::text(document.engine.clone()),
            Cell::text(document.hash.clone()),
            Cell::text(notes(&row.notes)),
        ]);
        cells
    }
}

fn count(number: usize) -> Cell {
    Cell::Integer(i64::try_from(number).unwrap_or(i64::MAX))
}

/// The rules that fired, by id.
pub(super) fn fired(screening: &Screening) -> BTreeSet<String> {
    let rules = screening.findings.iter().filter_map(|f| f.rule.as_ref());
    rules.map(|rule| rule.id.clone()).collect()
}

/// How many features were found in each ring, and how many of all may stand farther away: a feature
/// counts once, however many rules it fired.
fn by_ring(screening: &Screening, profile: &Profile) -> Vec<Cell> {
    let mut found: BTreeMap<(LayerId, FeatureId), (Ring, bool)> = BTreeMap::new();
    for feature in screening.findings.iter().filter_map(|f| f.feature.as_ref()) {
        let key = (feature.layer.clone(), feature.id);
        found.insert(key, (feature.ring, feature.possible));
    }
    let in_ring = |ring: Ring| found.values().filter(|(at, _)| *at == ring).count();
    let mut cells: Vec<Cell> = rings(profile)
        .into_iter()
        .map(|ring| count(in_ring(ring)))
        .collect();
    cells.push(count(
        found.values().filter(|(_, possible)| *possible).count(),
    ));
    cells
}

/// The substances that exceed this kind of limit.
fn above(screening: &Screening, limit: Exceeds) -> String {
    let above = screening.samples.iter().filter(|s| s.exceeds == limit);
    let substances: BTreeSet<&str> = above.map(|s| s.substance.as_str()).collect();
    substances.into_iter().collect::<Vec<_>>().join(";")
}

/// The themes of which not all is known.
fn unknown_themes(screening: &Screening) -> String {
    let themes = screening
        .themes
        .iter()
        .filter(|theme| theme.reason.is_some() || theme.state >= State::PartlyKnown);
    let names: Vec<&str> = themes.map(|theme| theme.theme.as_str()).collect();
    names.join(";")
}

/// What was mended in the row, in both languages.
fn notes(notes: &[Message]) -> String {
    let both = notes
        .iter()
        .map(|note| format!("{} / {}", note.in_lang(Lang::Zh), note.in_lang(Lang::En)));
    both.collect::<Vec<_>>().join("; ")
}

/// The places of the columns that stand before an answer: those named, else all but the one that
/// holds the geometry.
pub fn own(names: &[String], keep: Option<&[String]>, geometry: Option<&str>) -> Vec<usize> {
    let wanted = |name: &String| match keep {
        Some(keep) => keep.contains(name),
        None => Some(name.as_str()) != geometry,
    };
    let all = names.iter().enumerate();
    all.filter(|(_, name)| wanted(name))
        .map(|(at, _)| at)
        .collect()
}

/// The name of the column with planned uses, if rows have one each.
pub fn planned_field(input: &Input) -> Option<String> {
    match &input.planned {
        PlannedFrom::Field { name, .. } => Some(name.clone()),
        PlannedFrom::Record | PlannedFrom::All(_) => None,
    }
}
