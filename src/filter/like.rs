//! The pattern of `LIKE`.

/// A pattern, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    /// `%`: any characters, or none.
    Any,
    /// `_`: one character.
    One,
    /// This character.
    Just(char),
}

impl Pattern {
    /// Takes a pattern apart; `\` takes its meaning from the character behind it.
    pub(super) fn new(pattern: &str) -> Self {
        let mut pieces = Vec::new();
        let mut chars = pattern.chars();
        while let Some(c) = chars.next() {
            pieces.push(match c {
                '%' => Piece::Any,
                '_' => Piece::One,
                '\\' => Piece::Just(chars.next().unwrap_or('\\')),
                c => Piece::Just(c),
            });
        }
        pieces.dedup_by(|b, a| *a == Piece::Any && *b == Piece::Any);
        Self { pieces }
    }

    /// Whether the whole text is like the pattern. What follows a `%` is tried from left to right
    /// and never taken back over an earlier `%`, so this costs at most the text's length times the
    /// pattern's.
    pub(super) fn matches(&self, text: &str) -> bool {
        let mut rest = text.chars();
        let mut at = 0;
        let mut retry: Option<(usize, std::str::Chars<'_>)> = None;
        loop {
            let mut ahead = rest.clone();
            let next = ahead.next();
            let fits = match (self.pieces.get(at), next) {
                (Some(Piece::Any), _) => {
                    retry = Some((at + 1, rest.clone()));
                    at += 1;
                    continue;
                }
                (None, None) => return true,
                (Some(Piece::One), Some(_)) => true,
                (Some(Piece::Just(wanted)), Some(c)) => *wanted == c,
                _ => false,
            };
            if fits {
                (at, rest) = (at + 1, ahead);
            } else {
                // The last `%` takes one character more.
                let Some((behind, from)) = &mut retry else {
                    return false;
                };
                if from.next().is_none() {
                    return false;
                }
                (at, rest) = (*behind, from.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition, by recursion.
    fn defined(pattern: &[char], text: &[char]) -> bool {
        match pattern {
            [] => text.is_empty(),
            ['%', rest @ ..] => (0..=text.len()).any(|taken| defined(rest, &text[taken..])),
            ['_', rest @ ..] => !text.is_empty() && defined(rest, &text[1..]),
            ['\\', c, rest @ ..] | [c, rest @ ..] => {
                text.first() == Some(c) && defined(rest, &text[1..])
            }
        }
    }

    proptest! {
        #[test]
        fn a_text_is_like_a_pattern_as_the_definition_has_it(
            pattern in "[ab%_\\\\污]{0,8}", text in "[ab%\\\\污]{0,8}"
        ) {
            let chars = |text: &str| text.chars().collect::<Vec<_>>();
            let expected = defined(&chars(&pattern), &chars(&text));
            prop_assert_eq!(Pattern::new(&pattern).matches(&text), expected);
        }
    }

    #[test]
    fn a_pattern_of_many_wildcards_is_answered_at_once() {
        let pattern = Pattern::new(&"%a".repeat(2_000));
        assert!(!pattern.matches(&"a".repeat(1_999)));
        assert!(pattern.matches(&"ba".repeat(2_000)));
    }
}
