//! What a row must fulfil to be counted: values that its fields have, and when it was so.

use std::cmp::Ordering;
use std::fmt;

use jiff::civil::Date;

use crate::index::{Cell, LayerView, Snapshot};
use crate::model::{Period, Value};

/// What rows must fulfil, all of it. The empty filter admits every row.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Filter {
    /// Fields, by their places in the view, and the values they must have. What is not recorded, or
    /// lies below the limit of detection, has none.
    pub equal: Vec<(usize, Value)>,
    /// The days of which one must lie in a row's valid time.
    pub when: Option<When>,
}

impl Filter {
    /// Only what was so at some time, as far as the layer's audience may know.
    pub fn at(when: Option<When>, view: &LayerView) -> Self {
        Self {
            equal: Vec::new(),
            when: when.filter(|_| view.uses.temporal),
        }
    }

    /// Whether it admits every row.
    pub const fn is_empty(&self) -> bool {
        self.equal.is_empty() && self.when.is_none()
    }

    /// Whether it admits a row.
    pub fn admits(&self, snapshot: &Snapshot, row: usize) -> bool {
        let mut equal = self.equal.iter();
        equal.all(|(field, value)| is(snapshot.cell(row, *field), value))
            && self.when.is_none_or(|when| when.meets(snapshot.valid(row)))
    }
}

/// Whether a cell is this value.
fn is(cell: Cell<'_>, value: &Value) -> bool {
    match (cell, value) {
        (Cell::Null | Cell::BelowDetection(_), _) => false,
        (Cell::Text(text), Value::Text(wanted)) => *text == **wanted,
        (Cell::Number(x), Value::Number(wanted)) => x.partial_cmp(wanted) == Some(Ordering::Equal),
        (cell, value) => cell.to_value() == *value,
    }
}

/// Days, from the first to the last; open to a side that has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct When {
    /// The first.
    pub from: Option<Date>,
    /// The last.
    pub to: Option<Date>,
}

impl When {
    /// One day.
    pub const fn on(day: Date) -> Self {
        Self {
            from: Some(day),
            to: Some(day),
        }
    }

    /// Whether one of the days lies in a period. An end of the period that is open or not known sets
    /// no bound, so what has no valid time is met by every day.
    pub fn meets(self, period: Period) -> bool {
        let in_order = |early: Option<Date>, late: Option<Date>| match (early, late) {
            (Some(early), Some(late)) => early <= late,
            _ => true,
        };
        in_order(period.from, self.to) && in_order(self.from, period.to)
    }
}

/// The one way to write it: `2024-06-01`, `2024-01-01/2024-12-31`, `2024-01-01/..`.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = |day: Option<Date>| day.map_or_else(|| "..".to_owned(), |day| day.to_string());
        match (self.from, self.to) {
            (Some(from), Some(to)) if from == to => write!(f, "{from}"),
            (from, to) => write!(f, "{}/{}", day(from), day(to)),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn day() -> impl Strategy<Value = Option<Date>> {
        proptest::option::of((1..6_i8).prop_map(|day| date(2024, 6, day)))
    }

    /// The days of a fortnight about those that the strategies draw.
    fn days() -> impl Iterator<Item = Date> {
        (0..14).map(|n| date(2024, 5, 27).saturating_add(jiff::Span::new().days(n)))
    }

    proptest! {
        #[test]
        fn days_meet_a_period_if_a_day_lies_in_both(
            (from, to, first, last) in (day(), day(), day(), day())
        ) {
            let ordered = |a: Option<Date>, b: Option<Date>| a.zip(b).is_none_or(|(a, b)| a <= b);
            prop_assume!(ordered(from, to) && ordered(first, last));
            let within = |day: Date, from: Option<Date>, to: Option<Date>| {
                from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
            };
            let expected = days().any(|day| within(day, from, to) && within(day, first, last));
            let when = When { from, to };
            let period = Period { from: first, to: last };
            prop_assert_eq!(when.meets(period), expected);
        }
    }

    #[test]
    fn there_is_one_way_to_write_days() {
        let (first, last) = (Some(date(2024, 1, 1)), Some(date(2024, 12, 31)));
        for (from, to, written) in [
            (first, first, "2024-01-01"),
            (first, last, "2024-01-01/2024-12-31"),
            (first, None, "2024-01-01/.."),
            (None, last, "../2024-12-31"),
            (None, None, "../.."),
        ] {
            assert_eq!(When { from, to }.to_string(), written);
        }
    }
}
