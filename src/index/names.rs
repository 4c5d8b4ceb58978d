//! The names of a layer's features, made ready for search: each different one once, its letters
//! folded, and for Chinese characters every reading.
//!
//! A name is a field that the layer calls its label, or one of its identity; only fields that the
//! audience sees are in its view, so no other can be found.

use std::collections::BTreeMap;

use pinyin::ToPinyinMulti as _;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::Snapshot;
use super::column::Cell;
use crate::geom::cast;
use crate::publish::Uses;

/// Letters of a name that are searched; what stands behind them is not.
const MOST_LETTERS: usize = 200;

/// A text as it is compared: compatibility forms (full-width letters, ligatures) as plain ones,
/// lower case, without accents and apostrophes, white space as single spaces.
pub fn fold(text: &str) -> impl Iterator<Item = char> {
    let mut after_space = true;
    text.nfkd()
        .filter(|&c| !is_combining_mark(c) && !matches!(c, '\'' | '’' | '‘' | 'ʼ'))
        .flat_map(char::to_lowercase)
        .filter_map(move |c| {
            let is_space = c.is_whitespace() || c.is_control();
            let again = is_space && after_space;
            after_space = is_space;
            (!again).then_some(if is_space { ' ' } else { c })
        })
}

/// A letter or character that occurs in names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Itself, folded.
    pub letter: char,
    /// The syllables it is read as, `a` to `z`: empty unless it is Chinese. `ü` stands as `v`, which
    /// is typed for it, and as `u`, which is what is left of it without its accent.
    pub readings: Box<[Box<str>]>,
    /// What it adds to a name's signature.
    signature: u64,
}

impl Letter {
    fn of(letter: char) -> Self {
        let mut readings: Vec<Box<str>> = Vec::new();
        for reading in letter.to_pinyin_multi().into_iter().flatten() {
            let plain = reading.plain().replace('ê', "e");
            let spelt = ['v', 'u'].map(|u| plain.replace('ü', u.encode_utf8(&mut [0; 4])));
            for spelt in spelt {
                if !readings.iter().any(|known| **known == *spelt) {
                    readings.push(spelt.into());
                }
            }
        }
        let spelt = readings.iter().flat_map(|reading| reading.chars());
        Self {
            letter,
            signature: spelt.map(bit).fold(bit(letter), |all, one| all | one),
            readings: readings.into(),
        }
    }

    /// Whether it only stands between words.
    pub fn is_separator(&self) -> bool {
        is_separator(self.letter)
    }
}

/// Whether a folded letter only stands between words.
pub fn is_separator(letter: char) -> bool {
    !letter.is_alphanumeric()
}

/// The bit that a letter sets in a signature: one for each of `a` to `z` and `0` to `9`, the rest
/// shared by all others.
pub fn bit(letter: char) -> u64 {
    if is_separator(letter) {
        return 0;
    }
    let place = match letter {
        'a'..='z' => u32::from(letter) - u32::from('a'),
        '0'..='9' => 26 + u32::from(letter) - u32::from('0'),
        other => 36 + u32::from(other) % 28,
    };
    1 << place
}

/// The names of a layer. They are numbered by field, and within a field by their text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    /// Every letter that occurs.
    alphabet: Box<[Letter]>,
    /// The names end to end, each letter by its place in the alphabet.
    letters: Box<[u16]>,
    /// Where each name ends.
    ends: Box<[u32]>,
    signatures: Box<[u64]>,
    /// For each name the place of its field.
    fields: Box<[u16]>,
    /// The rows of the names, end to end, each name's in the order of their ids.
    rows: Box<[u32]>,
    /// Where each name's rows end.
    row_ends: Box<[u32]>,
}

impl Names {
    /// The names of a layer's features. One that lies nowhere is no place, and not searched for.
    pub(super) fn of(layer: &Snapshot) -> Self {
        let view = layer.view();
        let mut packing = Packing::default();
        for field in named(&view.uses) {
            let codes = view
                .fields
                .get(field)
                .and_then(|field| field.codes.as_ref());
            let mut by_text: BTreeMap<String, Vec<u32>> = BTreeMap::new();
            for row in layer
                .rows_by_id()
                .filter(|&row| layer.parts(row).next().is_some())
            {
                let value = layer.cell(row, field);
                let words = match (value, codes) {
                    (Cell::Null, _) => continue,
                    (Cell::Text(code), Some(codes)) => codes.words(code),
                    _ => None,
                };
                let texts = match words {
                    Some(words) => vec![words.zh.clone(), words.en.clone()],
                    None => vec![value.to_value().to_plain_text()],
                };
                for text in texts {
                    by_text
                        .entry(text)
                        .or_default()
                        .push(cast::usize_to_u32(row));
                }
            }
            for (text, rows) in by_text {
                packing.add(field, &text, &rows);
            }
        }
        packing.done()
    }

    /// How many different names there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Every letter that occurs.
    pub fn alphabet(&self) -> &[Letter] {
        &self.alphabet
    }

    /// A name, each letter by its place in the alphabet.
    pub fn letters(&self, name: usize) -> &[u16] {
        run(&self.letters, &self.ends, name)
    }

    /// A bit for every letter of a name and of its readings: what lacks a letter of a question
    /// cannot be an answer to it.
    pub fn signature(&self, name: usize) -> u64 {
        self.signatures.get(name).copied().unwrap_or_default()
    }

    /// The field of a name, by its place in the view.
    pub fn field(&self, name: usize) -> usize {
        self.fields.get(name).map_or(0, |&field| usize::from(field))
    }

    /// The rows that bear a name, in the order of their ids.
    pub fn rows(&self, name: usize) -> &[u32] {
        run(&self.rows, &self.row_ends, name)
    }

    /// The bytes they take.
    pub(super) fn bytes(&self) -> usize {
        let readings = self.alphabet.iter().flat_map(|letter| &letter.readings);
        size_of_val(&*self.alphabet)
            + readings
                .map(|r| r.len() + size_of::<Box<str>>())
                .sum::<usize>()
            + size_of_val(&*self.letters)
            + size_of_val(&*self.ends)
            + size_of_val(&*self.signatures)
            + size_of_val(&*self.fields)
            + size_of_val(&*self.rows)
            + size_of_val(&*self.row_ends)
    }
}

/// The fields that name a feature: the label first.
fn named(uses: &Uses) -> Vec<usize> {
    let mut fields: Vec<usize> = uses.label.into_iter().collect();
    for &field in uses.identity.iter().flatten() {
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    fields
}

/// The part of `all` that `ends` gives a place.
fn run<'a, T>(all: &'a [T], ends: &[u32], place: usize) -> &'a [T] {
    let begin = match place.checked_sub(1) {
        None => 0,
        Some(before) => ends.get(before).copied().unwrap_or_default(),
    };
    let end = ends.get(place).copied().unwrap_or(begin);
    all.get(cast::u32_to_usize(begin)..cast::u32_to_usize(end))
        .unwrap_or_default()
}

#[derive(Default)]
struct Packing {
    places: BTreeMap<char, u16>,
    alphabet: Vec<Letter>,
    letters: Vec<u16>,
    ends: Vec<u32>,
    signatures: Vec<u64>,
    fields: Vec<u16>,
    rows: Vec<u32>,
    row_ends: Vec<u32>,
}

impl Packing {
    fn add(&mut self, field: usize, text: &str, rows: &[u32]) {
        let Ok(field) = u16::try_from(field) else {
            return;
        };
        let mut signature = 0;
        for letter in fold(text).take(MOST_LETTERS) {
            if let Some(place) = self.place(letter) {
                self.letters.push(place);
                signature |= self.alphabet[usize::from(place)].signature;
            }
        }
        self.ends.push(cast::usize_to_u32(self.letters.len()));
        self.signatures.push(signature);
        self.fields.push(field);
        self.rows.extend_from_slice(rows);
        self.row_ends.push(cast::usize_to_u32(self.rows.len()));
    }

    /// The place of a letter in the alphabet; `None` for the 65,536th and later ones.
    fn place(&mut self, letter: char) -> Option<u16> {
        if let Some(&place) = self.places.get(&letter) {
            return Some(place);
        }
        let place = u16::try_from(self.alphabet.len()).ok()?;
        self.alphabet.push(Letter::of(letter));
        self.places.insert(letter, place);
        Some(place)
    }

    fn done(self) -> Names {
        Names {
            alphabet: self.alphabet.into(),
            letters: self.letters.into(),
            ends: self.ends.into(),
            signatures: self.signatures.into(),
            fields: self.fields.into(),
            rows: self.rows.into(),
            row_ends: self.row_ends.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        fold(text).collect()
    }

    #[test]
    fn case_accents_widths_and_apostrophes_make_no_difference() {
        assert_eq!(folded("  Cháo  YÁNG\t"), "chao yang ");
        assert_eq!(folded("ＣＹ－０１"), "cy-01");
        assert_eq!(folded("Xī’ān"), "xian");
        assert_eq!(folded("Ångström ﬁn"), "angstrom fin");
        assert_eq!(folded("绿地"), "绿地");
    }

    #[test]
    fn a_character_has_every_reading_as_it_is_typed() {
        let readings = |c| {
            Letter::of(c)
                .readings
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
        };
        let chao = readings('朝');
        assert!(
            chao.contains(&"chao".to_owned()) && chao.contains(&"zhao".to_owned()),
            "{chao:?}"
        );
        assert!(readings('厦').contains(&"xia".to_owned()));
        assert!(
            ["lv", "lu"]
                .iter()
                .all(|r| readings('绿').contains(&(*r).to_owned()))
        );
        assert!(
            ["nve", "nue"]
                .iter()
                .all(|r| readings('虐').contains(&(*r).to_owned()))
        );
        assert!(readings('a').is_empty() && readings('7').is_empty());
        // Place names have rare characters.
        assert_eq!(readings('圳').first().map(String::as_str), Some("zhen"));
        assert_eq!(readings('垡'), ["fa"]);
    }

    #[test]
    fn every_reading_is_of_plain_letters() {
        for code in 0x3000..0x3_2000 {
            if let Some(c) = char::from_u32(code) {
                let letter = Letter::of(c);
                let plain = |r: &str| !r.is_empty() && r.bytes().all(|b| b.is_ascii_lowercase());
                assert!(letter.readings.iter().all(|r| plain(r)), "{letter:?}");
            }
        }
    }
}
