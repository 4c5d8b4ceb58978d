//! The files of `layers/rules` as rule sets: each with the rules of those it includes, every name
//! found, and no circle.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::Book;
use super::file::RuleSetFile;
use super::known::{Known, Layers, id_is_stem};
use super::rule;
use super::rules::{Rule, RuleSet};
use crate::layer::check::words;
use crate::layer::document::Document;
use crate::say;
use crate::text::{Bilingual, Key};

/// A file of rules that has been read.
pub(super) struct Read {
    /// The file, and what is wrong with it.
    pub(super) doc: Document,
    /// Its name without `.toml`.
    stem: String,
    /// What it says of itself; `None` where it is not of the right shape.
    own: Option<Own>,
}

/// What a file of rules says of itself.
struct Own {
    version: u32,
    title: Bilingual,
    note: Option<Bilingual>,
    includes: Vec<String>,
    /// Its rules, each with its place in the file; those in which something is wrong are left out.
    rules: Vec<(usize, Arc<Rule>)>,
}

/// A file of rules as far as it can be judged by itself.
pub(super) fn read(mut doc: Document, stem: &str, book: &Book, layers: &Layers<'_>) -> Read {
    let own = own(&mut doc, stem, book, layers);
    Read {
        doc,
        stem: stem.to_owned(),
        own,
    }
}

fn own(doc: &mut Document, stem: &str, book: &Book, layers: &Layers<'_>) -> Option<Own> {
    let file: RuleSetFile = doc.part("")?;
    id_is_stem(doc, &file.id, stem);
    let title = words(doc, "title");
    let note = doc.has("note").then(|| words(doc, "note")).flatten();
    let mut rules = Vec::new();
    for (nth, table) in file.rules.into_iter().enumerate() {
        let rule = rule::check(doc, &format!("rules.{nth}"), table, book, layers);
        rules.extend(rule.map(|rule| (nth, Arc::new(rule))));
    }
    Some(Own {
        version: file.version,
        title: title?,
        note,
        includes: file.includes,
        rules,
    })
}

/// The sets of these files, those in which nothing is wrong; what is wrong is told in the files.
pub(super) fn resolve(files: &mut [Read]) -> BTreeMap<String, Arc<RuleSet>> {
    twice(files);
    includes(files);
    let places: BTreeMap<String, usize> = files
        .iter()
        .enumerate()
        .map(|(place, file)| (file.stem.clone(), place))
        .collect();
    let orders: Vec<Option<Vec<usize>>> = (0..files.len())
        .map(|place| order(files, &places, place))
        .collect();
    for (place, order) in orders.iter().enumerate() {
        if let Some(order) = order {
            follows(files, place, order);
        }
    }
    let sound = |order: &[usize]| order.iter().all(|&place| files[place].doc.is_sound());
    let sets = orders.iter().enumerate().filter_map(|(place, order)| {
        let order = order.as_deref().filter(|order| sound(order))?;
        let set = whole(files, place, order)?;
        Some((set.id.clone(), Arc::new(set)))
    });
    sets.collect()
}

/// Rules of the same id, in whichever files.
fn twice(files: &mut [Read]) {
    let mut seen: BTreeMap<String, (PathBuf, usize)> = BTreeMap::new();
    for file in files {
        let rules = file.own.iter().flat_map(|own| own.rules.clone());
        for (nth, rule) in rules.collect::<Vec<_>>() {
            let at = format!("rules.{nth}.id");
            if let Some((earlier, line)) = seen.get(&rule.id) {
                let message = say!(
                    Key::LayerBookRuleTwice,
                    id = rule.id,
                    earlier = earlier.display(),
                    line = line
                );
                file.doc.fault(&at, message);
            } else {
                let place = (file.doc.file().to_owned(), file.doc.line(&at));
                seen.insert(rule.id.clone(), place);
            }
        }
    }
}

/// Names of sets that are not there.
fn includes(files: &mut [Read]) {
    let stems: Vec<String> = files.iter().map(|file| file.stem.clone()).collect();
    for file in files {
        let named = file.own.iter().flat_map(|own| own.includes.clone());
        for (nth, name) in named.enumerate().collect::<Vec<_>>() {
            if !stems.contains(&name) {
                let at = format!("includes.{nth}");
                Known::RuleSet.fault(&mut file.doc, &at, &name, stems.iter());
            }
        }
    }
}

/// The files whose rules a set has, its own last; a file that is included in two ways counts once.
/// `None` where they include each other in a circle: told in the file where the walk began.
fn order(files: &mut [Read], places: &BTreeMap<String, usize>, start: usize) -> Option<Vec<usize>> {
    let mut done = Vec::new();
    let mut path = Vec::new();
    let circle = walk(files, places, start, &mut path, &mut done).err();
    let Some((nth, circle)) = circle else {
        return Some(done);
    };
    // Only a file of the circle itself is to blame.
    if circle.first() == Some(&files[start].stem) {
        let at = format!("includes.{nth}");
        let message = say!(Key::LayerBookIncludeCircle, path = circle.join(" → "));
        files[start].doc.fault(&at, message);
    }
    None
}

/// A circle: which of its first file's includes leads into it, and the files, the first again last.
type Circle = (usize, Vec<String>);

fn walk(
    files: &[Read],
    places: &BTreeMap<String, usize>,
    here: usize,
    path: &mut Vec<(usize, usize)>,
    done: &mut Vec<usize>,
) -> Result<(), Circle> {
    let named = files[here].own.iter().flat_map(|own| own.includes.iter());
    for (nth, name) in named.enumerate() {
        let Some(&next) = places.get(name).filter(|next| !done.contains(next)) else {
            continue;
        };
        path.push((here, nth));
        if let Some(from) = path.iter().position(|(place, _)| *place == next) {
            let round = path.iter().skip(from).map(|(place, _)| *place);
            let stems = round.chain([next]).map(|place| files[place].stem.clone());
            return Err((path[from].1, stems.collect()));
        }
        walk(files, places, next, path, done)?;
        path.pop();
    }
    done.push(here);
    Ok(())
}

/// What the steps of a file follow: rules that the set has, and never in a circle.
fn follows(files: &mut [Read], place: usize, order: &[usize]) {
    let all: BTreeMap<String, Arc<Rule>> = order
        .iter()
        .flat_map(|&place| files[place].own.iter().flat_map(|own| own.rules.iter()))
        .map(|(_, rule)| (rule.id.clone(), Arc::clone(rule)))
        .collect();
    // A rule in which something is wrong is not among them, and nothing is said of its absence.
    let whole = order.iter().all(|&place| files[place].doc.is_sound());
    let Read { doc, own, .. } = &mut files[place];
    let rules = own.iter().flat_map(|own| own.rules.iter());
    for (nth, rule) in rules {
        for (step, id) in rule.follows.iter().enumerate() {
            if whole && !all.contains_key(id) {
                let at = format!("rules.{nth}.follows.{step}");
                Known::Rule.fault(doc, &at, id, all.keys());
            }
        }
        if let Some(circle) = round(&all, rule) {
            let at = format!("rules.{nth}.follows");
            doc.fault(
                &at,
                say!(Key::LayerBookFollowCircle, path = circle.join(" → ")),
            );
        }
    }
}

/// The way on which a rule follows itself, if there is one.
fn round(all: &BTreeMap<String, Arc<Rule>>, rule: &Rule) -> Option<Vec<String>> {
    let mut ways = vec![vec![rule.id.clone()]];
    let mut seen: Vec<String> = Vec::new();
    while let Some(way) = ways.pop() {
        let Some(last) = way.last().and_then(|id| all.get(id)) else {
            continue;
        };
        for next in &last.follows {
            let mut longer = way.clone();
            longer.push(next.clone());
            if *next == rule.id {
                return Some(longer);
            }
            if !seen.contains(next) {
                seen.push(next.clone());
                ways.push(longer);
            }
        }
    }
    None
}

fn whole(files: &[Read], place: usize, order: &[usize]) -> Option<RuleSet> {
    let own = files[place].own.as_ref()?;
    let parts = || order.iter().filter_map(|&place| files[place].own.as_ref());
    Some(RuleSet {
        id: files[place].stem.clone(),
        version: own.version,
        title: own.title.clone(),
        notes: parts().filter_map(|own| own.note.clone()).collect(),
        rules: parts()
            .flat_map(|own| own.rules.iter())
            .map(|(_, rule)| Arc::clone(rule))
            .collect(),
    })
}
