//! Text made alike: without cases, without accents.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::canonical_combining_class;

/// What is made alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fold {
    /// `CASEI`: cases.
    Case,
    /// `ACCENTI`: accents.
    Accent,
}

impl Fold {
    /// Its name in CQL2 text.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Case => "CASEI",
            Self::Accent => "ACCENTI",
        }
    }

    /// The text made alike.
    pub(super) fn apply(self, text: &str) -> String {
        match self {
            Self::Case => text.chars().flat_map(folded).collect(),
            Self::Accent if text.is_ascii() => text.to_owned(),
            // Composed again: what is no accent, a syllable of Hangul, stays one character.
            Self::Accent => text
                .nfd()
                .filter(|c| canonical_combining_class(*c) == 0)
                .nfc()
                .collect(),
        }
    }
}

/// A character's full case folding (Unicode's `CaseFolding.txt`, C and F): up, which turns ß into
/// SS and ς into Σ, and down again. The dotless ı has no capital of its own and stays.
fn folded(c: char) -> impl Iterator<Item = char> {
    let stays = c == 'ı';
    let up = c
        .to_uppercase()
        .flat_map(char::to_lowercase)
        .filter(move |_| !stays);
    up.chain(stays.then_some(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_fold_fully_and_character_by_character() {
        for (text, alike) in [
            ("STRASSE", "Straße"),
            ("ΟΔΟΣ", "οδος"),
            ("KØBENHAVN", "København"),
            ("重金属 CR", "重金属 cr"),
        ] {
            assert_eq!(Fold::Case.apply(text), Fold::Case.apply(alike));
        }
        assert_ne!(Fold::Case.apply("ı"), Fold::Case.apply("i"));
    }

    #[test]
    fn accents_go_and_everything_else_stays() {
        for (text, plain) in [
            ("Chișinău", "Chisinau"),
            ("débárquér", "debarquer"),
            ("København", "København"),
            ("한국 重金属％", "한국 重金属％"),
        ] {
            assert_eq!(Fold::Accent.apply(text), plain);
        }
    }
}
