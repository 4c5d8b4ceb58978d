//! The values of one field for every row, packed by their type.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::geom::cast;
use crate::model::Value;

/// One value, borrowed from a column. The same cases as [`Value`].
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(
    missing_docs,
    reason = "the cases of `Value`, which says what they mean"
)]
pub enum Cell<'a> {
    Null,
    Text(&'a str),
    Integer(i64),
    Number(f64),
    BelowDetection(f64),
    Boolean(bool),
    Date(Date),
    DateTime(Timestamp),
}

impl Cell<'_> {
    /// Whether nothing is recorded.
    pub const fn is_null(&self) -> bool {
        matches!(self, Cell::Null)
    }

    /// The value, on its own.
    pub fn to_value(self) -> Value {
        match self {
            Cell::Null => Value::Null,
            Cell::Text(text) => Value::Text(text.into()),
            Cell::Integer(i) => Value::Integer(i),
            Cell::Number(x) => Value::Number(x),
            Cell::BelowDetection(limit) => Value::BelowDetection(limit),
            Cell::Boolean(b) => Value::Boolean(b),
            Cell::Date(d) => Value::Date(d),
            Cell::DateTime(t) => Value::DateTime(t),
        }
    }
}

/// One bit a row.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Bits(Box<[u64]>);

impl Bits {
    pub(super) fn of(bits: impl Iterator<Item = bool>) -> Self {
        let mut words = Vec::new();
        for (i, bit) in bits.enumerate() {
            if i % 64 == 0 {
                words.push(0);
            }
            words[i / 64] |= u64::from(bit) << (i % 64);
        }
        Self(words.into())
    }

    pub(super) fn get(&self, i: usize) -> bool {
        (self.0[i / 64] >> (i % 64)) & 1 == 1
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.0)
    }
}

/// Values of one type, some of which may be absent. A column without any takes no room.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Packed<T> {
    values: Box<[T]>,
    present: Bits,
}

impl<T: Copy + Default> Packed<T> {
    pub(super) fn of(values: &[Option<T>]) -> Self {
        if values.iter().all(Option::is_none) {
            return Self {
                values: Box::default(),
                present: Bits::default(),
            };
        }
        Self {
            values: values
                .iter()
                .map(|value| value.unwrap_or_default())
                .collect(),
            present: Bits::of(values.iter().map(Option::is_some)),
        }
    }

    pub(super) fn get(&self, row: usize) -> Option<T> {
        self.values
            .get(row)
            .copied()
            .filter(|_| self.present.get(row))
    }

    pub(super) fn bytes(&self) -> usize {
        size_of_val(&*self.values) + self.present.bytes()
    }
}

/// Each different text once, in order, end to end.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Dictionary {
    text: Box<str>,
    ends: Box<[u32]>,
}

impl Dictionary {
    fn of(sorted: &[&str]) -> Self {
        let mut end = 0;
        let ends = sorted.iter().map(|word| {
            end += word.len();
            cast::usize_to_u32(end)
        });
        Self {
            ends: ends.collect(),
            text: sorted.concat().into(),
        }
    }

    fn word(&self, place: u32) -> &str {
        let place = place as usize;
        let begin = if place == 0 {
            0
        } else {
            self.ends[place - 1] as usize
        };
        self.text
            .get(begin..self.ends[place] as usize)
            .unwrap_or_default()
    }
}

/// The place of a text that is absent.
const NO_WORD: u32 = u32::MAX;

/// The values of one field for every row.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Column {
    /// Texts and codes: the place of each row's text in the dictionary.
    Text {
        places: Box<[u32]>,
        dictionary: Dictionary,
    },
    /// Whole numbers.
    Integer(Packed<i64>),
    /// Numbers, and the limits of those below detection.
    Number {
        values: Packed<f64>,
        limits: Packed<f64>,
    },
    /// Yes or no.
    Boolean(Packed<bool>),
    /// Days.
    Date(Packed<Date>),
    /// Moments.
    DateTime(Packed<Timestamp>),
}

impl Column {
    /// Packs values by what they are. Whole numbers among others become numbers; a mixture that no
    /// type holds, which no layer gives, is kept as text.
    pub(super) fn of(values: &[&Value]) -> Self {
        let all = |fits: fn(&Value) -> bool| values.iter().all(|v| v.is_null() || fits(v));
        if all(|v| matches!(v, Value::Integer(_))) {
            Self::Integer(packed(values, |v| match v {
                Value::Integer(i) => Some(*i),
                _ => None,
            }))
        } else if all(|v| {
            matches!(
                v,
                Value::Number(_) | Value::BelowDetection(_) | Value::Integer(_)
            )
        }) {
            Self::numbers(values)
        } else if all(|v| matches!(v, Value::Boolean(_))) {
            Self::Boolean(packed(values, |v| match v {
                Value::Boolean(b) => Some(*b),
                _ => None,
            }))
        } else if all(|v| matches!(v, Value::Date(_))) {
            Self::Date(packed(values, |v| match v {
                Value::Date(d) => Some(*d),
                _ => None,
            }))
        } else if all(|v| matches!(v, Value::DateTime(_))) {
            Self::DateTime(packed(values, |v| match v {
                Value::DateTime(t) => Some(*t),
                _ => None,
            }))
        } else {
            Self::texts(values)
        }
    }

    fn numbers(values: &[&Value]) -> Self {
        let number = |v: &Value| match v {
            Value::Number(x) => Some(*x),
            Value::Integer(i) => Some(cast::i64_to_f64(*i)),
            _ => None,
        };
        let limit = |v: &Value| match v {
            Value::BelowDetection(limit) => Some(*limit),
            _ => None,
        };
        Self::Number {
            values: packed(values, number),
            limits: packed(values, limit),
        }
    }

    fn texts(values: &[&Value]) -> Self {
        let texts: Vec<Option<String>> = values
            .iter()
            .map(|v| match v {
                Value::Null => None,
                Value::Text(text) => Some(text.to_string()),
                other => Some(other.to_plain_text()),
            })
            .collect();
        let mut words: Vec<&str> = texts.iter().flatten().map(String::as_str).collect();
        words.sort_unstable();
        words.dedup();
        let place = |text: &Option<String>| {
            let found = text
                .as_deref()
                .and_then(|text| words.binary_search(&text).ok());
            found.map_or(NO_WORD, cast::usize_to_u32)
        };
        Self::Text {
            places: texts.iter().map(place).collect(),
            dictionary: Dictionary::of(&words),
        }
    }

    /// The value of a row.
    pub(super) fn cell(&self, row: usize) -> Cell<'_> {
        match self {
            Self::Text { places, dictionary } => match places.get(row) {
                None | Some(&NO_WORD) => Cell::Null,
                Some(&place) => Cell::Text(dictionary.word(place)),
            },
            Self::Integer(values) => values.get(row).map_or(Cell::Null, Cell::Integer),
            Self::Number { values, limits } => match (values.get(row), limits.get(row)) {
                (Some(x), _) => Cell::Number(x),
                (None, Some(limit)) => Cell::BelowDetection(limit),
                (None, None) => Cell::Null,
            },
            Self::Boolean(values) => values.get(row).map_or(Cell::Null, Cell::Boolean),
            Self::Date(values) => values.get(row).map_or(Cell::Null, Cell::Date),
            Self::DateTime(values) => values.get(row).map_or(Cell::Null, Cell::DateTime),
        }
    }

    /// For a text of a row: its place among the different texts of this column.
    pub(super) fn word_place(&self, row: usize) -> Option<u32> {
        match self {
            Self::Text { places, .. } => places.get(row).copied().filter(|&place| place != NO_WORD),
            _ => None,
        }
    }

    /// How many different texts it holds; 0 for other types.
    pub(super) fn words(&self) -> usize {
        match self {
            Self::Text { dictionary, .. } => dictionary.ends.len(),
            _ => 0,
        }
    }

    /// Bytes it takes.
    pub(super) fn bytes(&self) -> usize {
        match self {
            Self::Text { places, dictionary } => {
                size_of_val(&**places) + dictionary.text.len() + size_of_val(&*dictionary.ends)
            }
            Self::Integer(values) => values.bytes(),
            Self::Number { values, limits } => values.bytes() + limits.bytes(),
            Self::Boolean(values) => values.bytes(),
            Self::Date(values) => values.bytes(),
            Self::DateTime(values) => values.bytes(),
        }
    }
}

fn packed<T: Copy + Default>(values: &[&Value], take: impl Fn(&Value) -> Option<T>) -> Packed<T> {
    let taken: Vec<Option<T>> = values.iter().map(|v| take(v)).collect();
    Packed::of(&taken)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Null),
            "[a-c污]{0,2}".prop_map(|text| Value::Text(text.into())),
            any::<i64>().prop_map(Value::Integer),
            (-1e9..1e9).prop_map(Value::Number),
            (0.0..9.0).prop_map(Value::BelowDetection),
            any::<bool>().prop_map(Value::Boolean),
            (1900..2100_i16, 1..13_i8).prop_map(|(y, m)| Value::Date(Date::constant(y, m, 1))),
            (0..4_000_000_000_i64)
                .prop_map(|s| Value::DateTime(Timestamp::from_second(s).unwrap())),
        ]
    }

    /// A column's values are of one type, as a layer gives them.
    fn values() -> impl Strategy<Value = Vec<Value>> {
        proptest::collection::vec(value(), 0..200).prop_map(|mut values| {
            if let Some(first) = values.iter().find(|v| !v.is_null()).cloned() {
                let same = |v: &Value| {
                    v.is_null() || std::mem::discriminant(v) == std::mem::discriminant(&first)
                };
                values.retain(same);
            }
            values
        })
    }

    proptest! {
        #[test]
        fn a_column_gives_back_what_went_in(values in values()) {
            let column = Column::of(&values.iter().collect::<Vec<_>>());
            for (row, value) in values.iter().enumerate() {
                prop_assert_eq!(&column.cell(row).to_value(), value);
            }
        }
    }

    #[test]
    fn numbers_keep_their_limits_of_detection_apart() {
        let values = [Value::Number(1.5), Value::BelowDetection(0.05), Value::Null];
        let column = Column::of(&values.iter().collect::<Vec<_>>());
        assert_eq!(column.cell(0), Cell::Number(1.5));
        assert_eq!(column.cell(1), Cell::BelowDetection(0.05));
        assert_eq!(column.cell(2), Cell::Null);
    }

    #[test]
    fn a_mixture_that_no_type_holds_is_kept_as_text() {
        let values = [
            Value::Integer(7),
            Value::Boolean(true),
            Value::Text("x".into()),
        ];
        let column = Column::of(&values.iter().collect::<Vec<_>>());
        assert_eq!(column.cell(0), Cell::Text("7"));
        assert_eq!(column.cell(1), Cell::Text("true"));
        assert_eq!(column.cell(2), Cell::Text("x"));
    }
}
