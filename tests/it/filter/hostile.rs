//! What strangers may send: refused with the limit it breaks, never a crash and never a long wait.

use onemap::filter::{Expression, Kind, MAX_NESTING, MAX_TERMS, MAX_UNARY};
use onemap::text::Key;
use proptest::prelude::*;

use super::table::Fields;

fn fields() -> Fields {
    Fields::of(&[
        ("a", Kind::Number),
        ("t", Kind::Text),
        ("g", Kind::Geometry),
    ])
}

/// `inner` with something before and behind it, so many times.
fn within(before: &str, count: usize, inner: &str, behind: &str) -> String {
    before.repeat(count) + inner + &behind.repeat(count)
}

#[test]
fn what_is_too_much_is_refused_by_the_limit_it_breaks() {
    let fields = fields();
    let ors = |count: usize| vec!["a = 1"; count].join(" OR ");
    for (filter, key) in [
        (within("(", 400, "a = 1", ")"), Key::FilterTooDeep),
        (within("CASEI(", 400, "t", ")"), Key::FilterTooDeep),
        (within("(a, ", 400, "1", ")"), Key::FilterTooDeep),
        (
            within("-", 2_000, "a", "") + " = 1",
            Key::FilterTooManySigns,
        ),
        ("NOT ".repeat(2_000) + "a = 1", Key::FilterTooManySigns),
        (vec!["a"; 150].join("+") + " = 1", Key::FilterTooDeep),
        (ors(150), Key::FilterTooManyTerms),
        (vec!["a = 1"; 10_000].join(" AND "), Key::FilterTooLong),
        ("a".repeat(1 << 20), Key::FilterTooLong),
        (
            within("GEOMETRYCOLLECTION(", 400, "", ")"),
            Key::FilterValueWanted,
        ),
        (
            format!("S_INTERSECTS(g, POLYGON({}", "(".repeat(4_000)),
            Key::FilterTooDeep,
        ),
        (
            within(r#"{"op":"not","args":["#, 300, "true", "]}"),
            Key::FilterTooDeep,
        ),
        (
            within(r#"{"op":"not","args":["#, 17, "true", "]}"),
            Key::FilterTooManySigns,
        ),
        (
            "{\"a\":".to_owned() + &"[".repeat(5_000),
            Key::FilterTooDeep,
        ),
        (
            format!("{{\"a\":\"{}\"}}", "x".repeat(1 << 20)),
            Key::FilterTooLong,
        ),
        (
            format!(
                r#"{{"op":"in","args":[{{"property":"a"}},[{}]]}}"#,
                vec!["1"; 300].join(",")
            ),
            Key::FilterTooManyTerms,
        ),
    ] {
        let shown: String = filter.chars().take(40).collect();
        let fault = Expression::parse(&filter, &fields).expect_err(&shown);
        assert_eq!(fault.message.key(), key, "{shown}");
        assert!(fault.to_string().len() < 400, "{shown}");
    }
}

#[test]
fn what_keeps_within_the_limits_is_read() {
    let fields = fields();
    for filter in [
        within("(", MAX_NESTING, "a = 1", ")"),
        "NOT ".repeat(MAX_UNARY) + "a = 1",
        vec!["a = 1"; MAX_TERMS / 2].join(" AND "),
        vec!["a"; MAX_NESTING].join("+") + " = 1",
    ] {
        fields.read(&filter);
    }
}

/// A parser that tries each parenthesis in two ways needs hours for this.
#[test]
fn a_mistake_deep_inside_is_found_at_once() {
    let filter = within("(", MAX_NESTING, "1 ! 2", ")");
    assert_eq!(fields().refused(&filter), Key::FilterCharacter);
    let filter = within("(", MAX_NESTING, "1 2", ")");
    assert_eq!(fields().refused(&filter), Key::FilterWanted);
}

/// Pieces of which filters, and what is almost a filter, are made.
const PIECES: [&str; 46] = [
    "a",
    "t",
    "g",
    "(",
    ")",
    ",",
    "=",
    "<>",
    "<",
    "+",
    "-",
    "*",
    "/",
    "%",
    "^",
    " ",
    "1",
    ".5",
    "1e9",
    "'x'",
    "'",
    "\"a\"",
    "\"",
    "NOT ",
    "AND ",
    "OR ",
    "IN ",
    "LIKE ",
    "BETWEEN ",
    "IS ",
    "NULL",
    "TRUE",
    "DIV ",
    "CASEI(",
    "S_WITHIN(",
    "POINT(",
    "BBOX(",
    "INTERVAL(",
    "DATE('",
    "\\",
    "重",
    "{",
    "}",
    "[",
    "\"op\":",
    "\u{0}",
];

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _ = Expression::parse(&text, &fields());
        let _ = Expression::parse_json(&text, &fields());
    }

    #[test]
    fn any_row_of_pieces_is_read_or_refused(
        pieces in proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..40)
    ) {
        let text = pieces.concat();
        if let Ok(read) = Expression::parse(&text, &fields()) {
            prop_assert_eq!(fields().read(&read.to_string()), read);
        }
    }
}
