//! Random expressions over random rows, against an evaluator that is written anew here.

use jiff::civil::{Date, date};
use onemap::filter::{Kind, Scalar, Truth};
use proptest::prelude::*;

use super::table::{Fields, Values};

/// A number: a property, a literal, or two under an operator.
#[derive(Debug, Clone)]
enum Num {
    Property(usize),
    Just(i8),
    Of(&'static str, Box<Self>, Box<Self>),
}

/// A text: a property, a literal, or one without cases.
#[derive(Debug, Clone)]
enum Txt {
    Property(usize),
    Just(String),
    Casei(Box<Self>),
}

/// A condition.
#[derive(Debug, Clone)]
enum Cond {
    Just(bool),
    Join(&'static str, Vec<Self>),
    Not(Box<Self>),
    Numbers(&'static str, Num, Num),
    Texts(&'static str, Txt, Txt),
    Flag(&'static str, bool),
    Between(bool, [Num; 3]),
    In(bool, Txt, Vec<Txt>),
    Like(bool, Txt, String),
    NumberNull(bool, Num),
    TextNull(bool, Txt),
    Null(Box<Self>),
    Days(&'static str, i8, i8),
    Inside(&'static str, [i8; 4]),
}

const NAMES: [(&str, Kind); 7] = [
    ("n", Kind::Number),
    ("m", Kind::Number),
    ("t", Kind::Text),
    ("u", Kind::Text),
    ("b", Kind::Boolean),
    ("d", Kind::Date),
    ("g", Kind::Geometry),
];

fn pick(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> + Clone {
    proptest::sample::select(words)
}

fn number() -> impl Strategy<Value = Num> + Clone {
    let leaf = prop_oneof![
        (0..2_usize).prop_map(Num::Property),
        (-3..4_i8).prop_map(Num::Just)
    ];
    leaf.prop_recursive(2, 4, 2, |inner| {
        (
            pick(&["+", "-", "*", "/", "%", "div", "^"]),
            inner.clone(),
            inner,
        )
            .prop_map(|(operator, a, b)| Num::Of(operator, Box::new(a), Box::new(b)))
    })
}

fn word() -> impl Strategy<Value = String> + Clone {
    proptest::sample::select(vec![
        "", "a", "A", "aB", "ab", "重", "重a", "é", "'", "a\\b", "%", "a\\'",
    ])
    .prop_map(str::to_owned)
}

fn text() -> impl Strategy<Value = Txt> + Clone {
    let leaf = prop_oneof![
        (2..4_usize).prop_map(Txt::Property),
        word().prop_map(Txt::Just)
    ];
    leaf.prop_recursive(2, 2, 1, |inner| inner.prop_map(|t| Txt::Casei(Box::new(t))))
}

fn condition() -> impl Strategy<Value = Cond> {
    let comparison = || pick(&["=", "<>", "<", "<=", ">", ">="]);
    let leaf = prop_oneof![
        any::<bool>().prop_map(Cond::Just),
        (comparison(), number(), number()).prop_map(|(c, a, b)| Cond::Numbers(c, a, b)),
        (comparison(), text(), text()).prop_map(|(c, a, b)| Cond::Texts(c, a, b)),
        (pick(&["=", "<>"]), any::<bool>()).prop_map(|(c, b)| Cond::Flag(c, b)),
        (any::<bool>(), [number(), number(), number()]).prop_map(|(n, of)| Cond::Between(n, of)),
        (
            any::<bool>(),
            text(),
            proptest::collection::vec(text(), 1..4)
        )
            .prop_map(|(not, value, list)| Cond::In(not, value, list)),
        (any::<bool>(), text(), "[ab%_重]{0,4}").prop_map(|(not, t, p)| Cond::Like(not, t, p)),
        (any::<bool>(), number()).prop_map(|(not, n)| Cond::NumberNull(not, n)),
        (any::<bool>(), text()).prop_map(|(not, t)| Cond::TextNull(not, t)),
        (
            pick(&[
                "T_BEFORE",
                "T_AFTER",
                "T_INTERSECTS",
                "T_DISJOINT",
                "T_DURING"
            ]),
            1..6_i8,
            0..4_i8
        )
            .prop_map(|(r, from, more)| Cond::Days(r, from, from + more)),
        (
            pick(&["S_INTERSECTS", "S_DISJOINT", "S_WITHIN"]),
            [0..6_i8, 0..3, 0..6, 3..6]
        )
            .prop_map(|(r, corners)| Cond::Inside(r, corners)),
    ];
    leaf.prop_recursive(4, 12, 3, |inner| {
        prop_oneof![
            (
                pick(&["AND", "OR"]),
                proptest::collection::vec(inner.clone(), 2..4)
            )
                .prop_map(|(word, parts)| Cond::Join(word, parts)),
            inner.clone().prop_map(|part| Cond::Not(Box::new(part))),
            inner
                .prop_filter("TRUE IS NULL asks of a value", |part| !matches!(
                    part,
                    Cond::Just(_)
                ))
                .prop_map(|part| Cond::Null(Box::new(part))),
        ]
    })
}

/// The values of a row.
#[derive(Debug, Clone)]
struct Cells {
    /// `Err` is below the limit of detection.
    numbers: [Result<Option<i8>, ()>; 2],
    texts: [Option<String>; 2],
    flag: Option<bool>,
    day: Option<i8>,
    point: Option<(i8, i8)>,
}

fn cells() -> impl Strategy<Value = Cells> {
    let cell = || {
        prop_oneof![
            1 => Just(Err(())),
            1 => Just(Ok(None)),
            4 => (-3..4_i8).prop_map(|x| Ok(Some(x)))
        ]
    };
    let texts = || proptest::option::weighted(0.8, word());
    let point = proptest::option::weighted(0.8, (0..6_i8, 0..6_i8));
    (
        [cell(), cell()],
        [texts(), texts()],
        proptest::option::weighted(0.7, any::<bool>()),
        proptest::option::weighted(0.8, 1..9_i8),
        point,
    )
        .prop_map(|(numbers, texts, flag, day, point)| Cells {
            numbers,
            texts,
            flag,
            day,
            point,
        })
}

fn june(day: i8) -> Date {
    date(2024, 6, day)
}

impl Cells {
    fn row(&self) -> Values<'_> {
        let number = |cell: Result<Option<i8>, ()>| match cell {
            Err(()) => Scalar::BelowDetection(1.0),
            Ok(None) => Scalar::Null,
            Ok(Some(x)) => Scalar::Number(f64::from(x)),
        };
        let mut values: Vec<Scalar<'_>> = self.numbers.into_iter().map(number).collect();
        for cell in &self.texts {
            values.push(cell.as_deref().map_or(Scalar::Null, Scalar::Text));
        }
        values.push(self.flag.map_or(Scalar::Null, Scalar::Boolean));
        values.push(self.day.map_or(Scalar::Null, |day| Scalar::Date(june(day))));
        let point = self
            .point
            .map(|(x, y)| geo_types::Point::new(f64::from(x), f64::from(y)));
        Values(values, point.map(Into::into))
    }
}

/// What the oracle knows of a value: `Err` is recorded and not known, `Ok(None)` null.
type Known<T> = Result<Option<T>, ()>;

fn number_of(num: &Num, row: &Cells) -> Known<f64> {
    match num {
        Num::Property(i) => row.numbers[*i].map(|x| x.map(f64::from)),
        Num::Just(x) => Ok(Some(f64::from(*x))),
        Num::Of(operator, a, b) => {
            let (a, b) = match (number_of(a, row), number_of(b, row)) {
                (Ok(Some(a)), Ok(Some(b))) => (a, b),
                (Ok(None), _) | (_, Ok(None)) => return Ok(None),
                _ => return Err(()),
            };
            let made = match *operator {
                "+" => a + b,
                "-" => a - b,
                "*" => a * b,
                "/" => a / b,
                "%" => a - b * (a / b).trunc(),
                "div" => (a / b).trunc(),
                _ => a.powf(b),
            };
            Ok(made.is_finite().then_some(made))
        }
    }
}

fn text_of(text: &Txt, row: &Cells) -> Option<String> {
    match text {
        Txt::Property(i) => row.texts[i - 2].clone(),
        Txt::Just(text) => Some(text.clone()),
        // Enough for the words drawn here.
        Txt::Casei(inner) => text_of(inner, row).map(|text| text.to_lowercase()),
    }
}

fn compare<T: PartialOrd>(sign: &str, a: Option<T>, b: Option<T>) -> Option<bool> {
    let (a, b) = (a?, b?);
    Some(match sign {
        "=" => a == b,
        "<>" => a != b,
        "<" => a < b,
        "<=" => a <= b,
        ">" => a > b,
        _ => a >= b,
    })
}

fn like(pattern: &[char], text: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        ['%', rest @ ..] => (0..=text.len()).any(|taken| like(rest, &text[taken..])),
        [c, rest @ ..] => text
            .split_first()
            .is_some_and(|(first, left)| (*c == '_' || c == first) && like(rest, left)),
    }
}

/// Not, if it is said.
fn unless(not: bool, truth: Option<bool>) -> Option<bool> {
    truth.map(|truth| truth != not)
}

fn either(truths: &[Option<bool>]) -> Option<bool> {
    if truths.contains(&Some(true)) {
        Some(true)
    } else if truths.contains(&None) {
        None
    } else {
        Some(false)
    }
}

fn truth(cond: &Cond, row: &Cells) -> Option<bool> {
    let number = |num: &Num| number_of(num, row).ok().flatten();
    let text = |txt: &Txt| text_of(txt, row);
    match cond {
        Cond::Just(known) => Some(*known),
        Cond::Join(word, parts) => {
            let and = *word == "AND";
            let truths: Vec<_> = parts
                .iter()
                .map(|part| unless(and, truth(part, row)))
                .collect();
            unless(and, either(&truths))
        }
        Cond::Not(part) => unless(true, truth(part, row)),
        Cond::Null(part) => Some(truth(part, row).is_none()),
        Cond::Numbers(sign, a, b) => compare(sign, number(a), number(b)),
        Cond::Texts(sign, a, b) => {
            let points = |txt| text(txt).map(|text| text.chars().collect::<Vec<_>>());
            compare(sign, points(a), points(b))
        }
        Cond::Flag(sign, b) => compare(sign, row.flag, Some(*b)),
        Cond::Between(not, [x, low, high]) => {
            let below = compare("<", number(x), number(low));
            unless(
                !not,
                either(&[below, compare(">", number(x), number(high))]),
            )
        }
        Cond::In(not, value, list) => {
            let equal = list
                .iter()
                .map(|item| compare("=", text(value), text(item)));
            unless(*not, either(&equal.collect::<Vec<_>>()))
        }
        Cond::Like(not, value, pattern) => {
            let pattern: Vec<char> = pattern.chars().collect();
            let value = text(value).map(|value| value.chars().collect::<Vec<_>>());
            unless(*not, value.map(|value| like(&pattern, &value)))
        }
        Cond::NumberNull(not, num) => unless(*not, Some(number_of(num, row) == Ok(None))),
        Cond::TextNull(not, txt) => unless(*not, Some(text(txt).is_none())),
        Cond::Days(relation, from, to) => row.day.map(|day| match *relation {
            "T_BEFORE" => day < *from,
            "T_AFTER" => day > *to,
            "T_DURING" => *from < day && day < *to,
            "T_INTERSECTS" => (*from..=*to).contains(&day),
            _ => !(*from..=*to).contains(&day),
        }),
        Cond::Inside(relation, [west, south, east, north]) => row.point.map(|(x, y)| {
            let across = west > east;
            let on = if across {
                x >= *west || x <= *east
            } else {
                *west <= x && x <= *east
            };
            let on = on && *south <= y && y <= *north;
            match *relation {
                "S_INTERSECTS" => on,
                "S_DISJOINT" => !on,
                // Within is in the interior; a box without breadth is a line, its ends no interior.
                _ if west == east => x == *west && *south < y && y < *north,
                _ => on && x != *west && x != *east && y != *south && y != *north,
            }
        }),
    }
}

fn write_number(num: &Num) -> String {
    match num {
        Num::Property(i) => NAMES[*i].0.to_owned(),
        Num::Just(x) => x.to_string(),
        Num::Of(operator, a, b) => format!("({} {operator} {})", write_number(a), write_number(b)),
    }
}

fn write_text(text: &Txt) -> String {
    match text {
        Txt::Property(i) => NAMES[*i].0.to_owned(),
        // Behind a backslash a quote must be escaped by another.
        Txt::Just(text) if text.contains("\\'") => format!("'{}'", text.replace("\\'", "\\\\'")),
        Txt::Just(text) => format!("'{}'", text.replace('\'', "''")),
        Txt::Casei(inner) => format!("casei({})", write_text(inner)),
    }
}

fn write(cond: &Cond) -> String {
    let not = |not: &bool| if *not { "NOT " } else { "" };
    match cond {
        Cond::Just(known) => known.to_string(),
        Cond::Join(word, parts) => {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| format!("({})", write(part)))
                .collect();
            parts.join(&format!(" {word} "))
        }
        Cond::Not(part) => format!("not ({})", write(part)),
        Cond::Null(part) => format!("({}) is null", write(part)),
        Cond::Numbers(sign, a, b) => format!("{}{sign}{}", write_number(a), write_number(b)),
        Cond::Texts(sign, a, b) => format!("{} {sign} {}", write_text(a), write_text(b)),
        Cond::Flag(sign, b) => format!("b{sign}{b}"),
        Cond::Between(n, of) => {
            let [x, low, high] = of.each_ref().map(write_number);
            format!("{x} {}BETWEEN {low} AND {high}", not(n))
        }
        Cond::In(n, value, list) => {
            let list: Vec<String> = list.iter().map(write_text).collect();
            format!("{} {}IN ({})", write_text(value), not(n), list.join(","))
        }
        Cond::Like(n, value, pattern) => {
            format!("{} {}LIKE '{pattern}'", write_text(value), not(n))
        }
        Cond::NumberNull(n, num) => format!("{} IS {}NULL", write_number(num), not(n)),
        Cond::TextNull(n, text) => format!("{} IS {}NULL", write_text(text), not(n)),
        Cond::Days(relation, from, to) => {
            format!(
                "{relation}(d, INTERVAL('{}', '{}'))",
                june(*from),
                june(*to)
            )
        }
        Cond::Inside(relation, [w, s, e, n]) => format!("{relation}(g, BBOX({w},{s},{e},{n}))"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn an_expression_is_for_a_row_what_another_evaluator_finds(
        cond in condition(), rows in proptest::collection::vec(cells(), 4)
    ) {
        let fields = Fields::of(&NAMES);
        let text = write(&cond);
        let read = fields.read(&text);
        for cells in rows {
            let row = cells.row();
            prop_assert_eq!(read.holds(&row), Truth::from(truth(&cond, &cells)), "{} {:?}", text, cells);
        }
        let written = read.to_string();
        let json = read.to_json().to_string();
        if written.len() < 8_000 && json.len() < 8_000 {
            prop_assert_eq!(&fields.read(&written), &read, "{}", written);
            let from_json = fields.read_json(&json);
            prop_assert_eq!(from_json.to_string(), written);
            prop_assert_eq!(from_json, read);
        }
    }
}
