//! Profiles, rule sets, and what the district's file says of a screening: every file read, every
//! fault of every file found in one go.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::Book;
use super::file::{ProfileFile, RuleSetFile};
use super::known::{Known, Layers};
use super::{parts, profiles, rule_sets};
use crate::layer::document::Document;
use crate::layer::schema;

/// A TOML file that has been read.
#[derive(Debug)]
pub(in crate::layer) struct Text {
    /// The file, as messages show it.
    pub(in crate::layer) shown: PathBuf,
    /// Its name without `.toml`.
    pub(in crate::layer) stem: String,
    /// What is in it.
    pub(in crate::layer) content: String,
}

/// The files of `layers/profiles` and `layers/rules`.
#[derive(Debug, Default)]
pub(in crate::layer) struct Texts {
    /// `layers/profiles/*.toml`
    pub(in crate::layer) profiles: Vec<Text>,
    /// `layers/rules/*.toml`
    pub(in crate::layer) rules: Vec<Text>,
}

/// Reads profiles, rules and parts into the book, which has land uses and limits already; gives the
/// files with what is wrong in them. `district` is the district's file.
pub(in crate::layer) fn read(
    book: &mut Book,
    district: &mut Document,
    texts: &Texts,
    layers: &Layers<'_>,
) -> Vec<Document> {
    book.parts = parts::check(district, book, layers);
    let mut docs = rules(book, &texts.rules, layers);
    docs.extend(profiles(book, district, texts, layers));
    named(book, district, texts);
    docs
}

fn rules(book: &mut Book, texts: &[Text], layers: &Layers<'_>) -> Vec<Document> {
    let schema = schema::of::<RuleSetFile>();
    let mut files: Vec<rule_sets::Read> = texts
        .iter()
        .map(|file| {
            let doc = Document::parse(&file.shown, &file.content, &schema);
            rule_sets::read(doc, &file.stem, book, layers)
        })
        .collect();
    book.rule_sets = rule_sets::resolve(&mut files);
    files.into_iter().map(|file| file.doc).collect()
}

fn profiles(
    book: &mut Book,
    district: &Document,
    texts: &Texts,
    layers: &Layers<'_>,
) -> Vec<Document> {
    let schema = schema::of::<ProfileFile>();
    let rule_sets: BTreeSet<String> = texts.rules.iter().map(|file| file.stem.clone()).collect();
    let background = district.text("soil_background").map(str::to_owned);
    let mut docs = Vec::new();
    for file in &texts.profiles {
        let mut doc = Document::parse(&file.shown, &file.content, &schema);
        let background = background.as_deref();
        let profile = profiles::check(&mut doc, &file.stem, book, layers, &rule_sets, background);
        if let Some(profile) = profile {
            book.profiles.insert(profile.id.clone(), Arc::new(profile));
        }
        docs.push(doc);
    }
    docs
}

/// The profile and the background set that the district's file names.
fn named(book: &Book, district: &mut Document, texts: &Texts) {
    let profiles: BTreeSet<String> = texts.profiles.iter().map(|p| p.stem.clone()).collect();
    if let Some(name) = district.text("profile").map(str::to_owned)
        && !profiles.contains(&name)
    {
        Known::Profile.fault(district, "profile", &name, profiles.iter());
    }
    let sets = &book.limits.backgrounds;
    if let Some(name) = district.text("soil_background").map(str::to_owned)
        && !sets.is_empty()
        && !sets.contains_key(&name)
    {
        Known::Background.fault(district, "soil_background", &name, sets.keys());
    }
}
