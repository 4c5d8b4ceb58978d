//! What each planned use means for the soil: `layers/codes/crosswalk.csv`, columns
//! `system,code,survey_trigger,gb36600_class,basis`, one row for every code of every system.
//!
//! Two axes that are never one flag: whether a change to the use calls for a soil survey first (Soil
//! Law, article 59), and by which class of GB 36600-2018 its soil is judged. A government office
//! calls for the survey and is judged by class II; a community park is judged by class I and calls
//! for none.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::codes::{CodeList, OWN_DERIVATION};
use super::fault::Fault;
use super::table::Table;
use crate::say;
use crate::text::near::{listed, nearest};
use crate::text::{Key, Message};

/// What each use of each classification means for the soil.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Crosswalk {
    /// By system (the name of its code list), then code. Every code of a system has its row.
    pub systems: BTreeMap<String, BTreeMap<String, UseClass>>,
}

impl Crosswalk {
    /// What a use means; `None` where the system or the code is not known.
    pub fn of(&self, system: &str, code: &str) -> Option<&UseClass> {
        self.systems.get(system)?.get(code)
    }
}

/// What one use means for the soil.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UseClass {
    /// Whether a change to it calls for a soil survey first.
    pub survey_trigger: SurveyTrigger,
    /// By which class of GB 36600-2018 its soil is judged.
    pub gb36600_class: SoilClass,
    /// What the row rests on: a source, or [`OWN_DERIVATION`].
    pub basis: String,
}

impl UseClass {
    /// Whether no published source says it: every answer that rests on it must say so.
    pub fn is_own_derivation(&self) -> bool {
        self.basis == OWN_DERIVATION
    }
}

/// Whether a change to a use calls for a soil survey first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SurveyTrigger {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// Not known, or some of what the code covers does.
    Unknown,
}

/// By which class of GB 36600-2018 the soil of a use is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SoilClass {
    /// The first, stricter class.
    I,
    /// The second class.
    II,
    /// The standard does not class it, or the code covers uses of both classes.
    Unknown,
}

const TRIGGERS: [(&str, SurveyTrigger); 3] = [
    ("yes", SurveyTrigger::Yes),
    ("no", SurveyTrigger::No),
    ("unknown", SurveyTrigger::Unknown),
];

const CLASSES: [(&str, SoilClass); 3] = [
    ("I", SoilClass::I),
    ("II", SoilClass::II),
    ("unknown", SoilClass::Unknown),
];

/// A system's code list.
#[derive(Debug, Clone)]
pub(super) enum System {
    /// There is none of this name.
    Absent,
    /// Its own faults are told where they are.
    Wrong,
    /// The list, and its file as messages show it.
    Listed(Arc<CodeList>, std::path::PathBuf),
}

/// The crosswalk's file, or everything that is wrong with it. `system` gives the code list of a
/// system; every code of a list that the file names must have one row.
pub(super) fn parse(
    shown: &Path,
    bytes: &[u8],
    mut system: impl FnMut(&str) -> System,
) -> Result<Crosswalk, Vec<Fault>> {
    let columns = ["system", "code", "survey_trigger", "gb36600_class", "basis"];
    let mut table = Table::parse(shown, bytes, &columns, &[]);
    let mut lists: BTreeMap<String, System> = BTreeMap::new();
    let mut lines: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut crosswalk = Crosswalk::default();
    for row in std::mem::take(&mut table.rows) {
        let line = row.line;
        let [name, code, trigger, class, basis] = row.cells.as_slice() else {
            continue;
        };
        for (column, cell) in columns.iter().zip(&row.cells) {
            if cell.is_empty() {
                table.fault(shown, line, say!(Key::LayerCheckListEmpty, column = column));
            }
        }
        let key = (name.clone(), code.clone());
        if let Some(earlier) = lines.get(&key) {
            let value = format!("{name} {code}");
            let message = say!(Key::LayerCheckListTwice, value = value, line = earlier);
            table.fault(shown, line, message);
            continue;
        }
        lines.insert(key, line);
        let list = lists.entry(name.clone()).or_insert_with(|| system(name));
        if let Some(message) = stranger(list, name, code) {
            table.fault(shown, line, message);
        }
        let trigger = word(&mut table, shown, line, (columns[2], trigger), &TRIGGERS);
        let class = word(&mut table, shown, line, (columns[3], class), &CLASSES);
        if let (Some(survey_trigger), Some(gb36600_class)) = (trigger, class) {
            let use_class = UseClass {
                survey_trigger,
                gb36600_class,
                basis: basis.clone(),
            };
            let of_system = crosswalk.systems.entry(name.clone()).or_default();
            of_system.insert(code.clone(), use_class);
        }
    }
    table.faults.extend(missing(shown, &lists, &lines));
    if table.faults.is_empty() {
        Ok(crosswalk)
    } else {
        Err(table.faults)
    }
}

/// What is wrong with a system or a code that no list has.
pub(super) fn stranger(list: &System, name: &str, code: &str) -> Option<Message> {
    match list {
        System::Absent if name.is_empty() => None,
        System::Absent => Some(say!(Key::LayerCheckCrosswalkSystem, system = name)),
        System::Listed(list, _) if !code.is_empty() && list.words(code).is_none() => {
            let known = list.entries.keys().map(String::as_str);
            Some(match nearest(code, known) {
                Some(near) => say!(
                    Key::LayerCheckCrosswalkCodeNear,
                    code = code,
                    system = name,
                    near = near
                ),
                None => say!(Key::LayerCheckCrosswalkCode, code = code, system = name),
            })
        }
        System::Wrong | System::Listed(..) => None,
    }
}

/// The meaning of a cell that is one of these words; an empty cell is told already.
fn word<T: Copy>(
    table: &mut Table,
    shown: &Path,
    line: usize,
    (key, value): (&str, &str),
    words: &[(&str, T)],
) -> Option<T> {
    let found = words.iter().find(|(word, _)| *word == value);
    if found.is_none() && !value.is_empty() {
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let known = listed(&known);
        let message = say!(
            Key::LayerCheckUnknownWord,
            value = value,
            key = key,
            known = known
        );
        table.fault(shown, line, message);
    }
    found.map(|(_, meaning)| *meaning)
}

/// The codes of a list that have no row: told on their own lines.
fn missing(
    shown: &Path,
    lists: &BTreeMap<String, System>,
    lines: &BTreeMap<(String, String), usize>,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (name, list) in lists {
        let System::Listed(list, file) = list else {
            continue;
        };
        let codes = list.entries.keys();
        for code in codes.filter(|code| !lines.contains_key(&(name.clone(), (*code).clone()))) {
            faults.push(Fault {
                file: file.clone(),
                line: list.lines.get(code).copied(),
                message: say!(
                    Key::LayerCheckCrosswalkMissing,
                    code = code,
                    path = shown.display()
                ),
            });
        }
    }
    faults
}
