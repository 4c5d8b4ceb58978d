//! CQL2 text as tokens.

use super::fault::{Fault, refuse};
use super::raw::excerpt;
use crate::say;
use crate::text::Key;

/// The least part of a filter's text that means something.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'a> {
    /// A bare name or a keyword.
    Word(&'a str),
    /// A name in double quotes, which is never a keyword.
    Name(String),
    /// A text in single quotes.
    Text(String),
    /// A number without its sign.
    Number(f64),
    /// A sign or an operator.
    Sign(&'a str),
}

/// A token, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed<'a> {
    pub(super) token: Token<'a>,
    /// Which character of the text it begins with, from 1.
    pub(super) at: usize,
    /// As it was written.
    pub(super) written: &'a str,
}

/// Signs, the longer before those they begin with.
const SIGNS: [&str; 15] = [
    "<>", "<=", ">=", "!=", "<", ">", "=", "(", ")", ",", "+", "-", "*", "/", "%",
];

/// Whether a name may begin with it.
pub(super) fn begins_name(c: char) -> bool {
    c.is_alphabetic() || c == '_' || c == ':'
}

/// Whether it may stand in a name.
pub(super) fn continues_name(c: char) -> bool {
    begins_name(c) || c.is_numeric() || c == '.'
}

/// The tokens of a text.
pub(super) fn tokens(text: &str) -> Result<Vec<Placed<'_>>, Fault> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace());
        let Some(first) = rest.chars().next() else {
            return Ok(found);
        };
        let before = text.len() - rest.len();
        let at = text.get(..before).unwrap_or_default().chars().count() + 1;
        let (token, length) = next(rest, first, at)?;
        let (written, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        found.push(Placed { token, at, written });
        rest = after;
    }
}

/// The token that a text begins with, and its length in bytes.
fn next(rest: &str, first: char, at: usize) -> Result<(Token<'_>, usize), Fault> {
    if first == '\'' || first == '"' {
        let Some((inside, length)) = quoted(rest, first) else {
            return refuse(say!(Key::FilterQuoteOpen, at = at, quote = first));
        };
        let token = if first == '"' {
            Token::Name(inside)
        } else {
            Token::Text(inside)
        };
        return Ok((token, length));
    }
    if begins_name(first) {
        let length = rest.find(|c| !continues_name(c)).unwrap_or(rest.len());
        return Ok((Token::Word(rest.get(..length).unwrap_or(rest)), length));
    }
    if let Some(length) = number_length(rest) {
        let written = rest.get(..length).unwrap_or_default();
        return match written.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok((Token::Number(number), length)),
            _ => refuse(say!(
                Key::FilterNumberTooLarge,
                at = at,
                found = excerpt(written)
            )),
        };
    }
    let sign = SIGNS.into_iter().chain(["^"]);
    match sign.into_iter().find(|sign| rest.starts_with(sign)) {
        Some(sign) => Ok((Token::Sign(sign), sign.len())),
        None => refuse(say!(Key::FilterCharacter, at = at, found = first)),
    }
}

/// What stands between quotes at the beginning of a text, and how long that is with them. The quote
/// itself is written twice; in a text also as `\'`.
fn quoted(rest: &str, quote: char) -> Option<(String, usize)> {
    let mut inside = String::new();
    let mut chars = rest.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        let quote_next = chars.peek().is_some_and(|(_, next)| *next == quote);
        if c == '\\' && quote == '\'' && quote_next {
            chars.next();
            inside.push(quote);
        } else if c != quote {
            inside.push(c);
        } else if quote_next {
            chars.next();
            inside.push(quote);
        } else {
            return Some((inside, at + 1));
        }
    }
    None
}

/// The length of the number that a text begins with: `12`, `1.5`, `.5`, `1.`, `2e-3`.
fn number_length(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let digits = |from: usize| {
        let these = bytes.get(from..).unwrap_or_default();
        these.iter().take_while(|b| b.is_ascii_digit()).count()
    };
    let whole = digits(0);
    let mut length = whole;
    if bytes.get(length) == Some(&b'.') {
        let fraction = digits(length + 1);
        if whole + fraction == 0 {
            return None;
        }
        length += 1 + fraction;
    }
    if length == 0 {
        return None;
    }
    if matches!(bytes.get(length), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(length + 1), Some(b'+' | b'-')));
        let exponent = digits(length + 1 + sign);
        if exponent > 0 {
            length += 1 + sign + exponent;
        }
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<Token<'_>> {
        let tokens = tokens(text).unwrap();
        tokens.into_iter().map(|placed| placed.token).collect()
    }

    #[test]
    fn a_text_falls_into_words_names_texts_numbers_and_signs() {
        assert_eq!(
            of(r#"污染:x.y>=-1.5e-3 and"a ""b"<>'it''s\'' %.5"#),
            [
                Token::Word("污染:x.y"),
                Token::Sign(">="),
                Token::Sign("-"),
                Token::Number(1.5e-3),
                Token::Word("and"),
                Token::Name("a \"b".to_owned()),
                Token::Sign("<>"),
                Token::Text("it's'".to_owned()),
                Token::Sign("%"),
                Token::Number(0.5),
            ]
        );
        assert_eq!(
            of(r"'a\\'b'"),
            [Token::Text(r"a\'b".to_owned())],
            "a backslash before an escaped quote"
        );
    }

    #[test]
    fn places_are_counted_in_characters() {
        let places: Vec<usize> = tokens("名称 = '重' ")
            .unwrap()
            .iter()
            .map(|t| t.at)
            .collect();
        assert_eq!(places, [1, 4, 6]);
        for (text, key) in [
            ("名称 = '重", Key::FilterQuoteOpen),
            ("名称 ≠ 3", Key::FilterCharacter),
            ("a = 1e999", Key::FilterNumberTooLarge),
        ] {
            assert_eq!(tokens(text).unwrap_err().message.key(), key, "{text}");
        }
    }
}
