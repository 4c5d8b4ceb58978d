//! What a query asks of features: values of fields, and when they were so.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::call::{Call, Query, bad_parameter};
use super::problem::Refusal;
use crate::model::{FieldType, Value};
use crate::query::{FieldView, Filter, LayerView, When};
use crate::say;
use crate::text::{Key, Lang};

/// The filter of a query: each parameter that is a field of the layer, and `datetime`. Those that are
/// the route's `own` are no fields.
pub(super) fn filter(
    call: &Call,
    view: &LayerView,
    query: &Query,
    own: &[&str],
) -> Result<Filter, Refusal> {
    let when = query
        .get("datetime")
        .map(|text| when(text, &call.world()?.district.time_zone))
        .transpose()?;
    let mut filter = Filter::at(when, view);
    for (name, text) in query.pairs().filter(|(name, _)| !own.contains(name)) {
        let mut fields = view.fields.iter().enumerate();
        // What is neither is refused before.
        if let Some((place, field)) = fields.find(|(_, field)| field.name == name) {
            let wrong = || bad_parameter(name, text, &right(field, call.lang()));
            let value = value(field, text).ok_or_else(wrong)?;
            filter.equal.push((place, value));
        }
    }
    Ok(filter)
}

/// The value of a field that a text is.
fn value(field: &FieldView, text: &str) -> Option<Value> {
    let listed = || match &field.codes {
        Some(codes) => codes.words(text).is_some(),
        None => true,
    };
    match field.kind {
        FieldType::Text => (!text.is_empty()).then(|| Value::Text(text.into())),
        FieldType::Code => listed().then(|| Value::Text(text.into())),
        FieldType::Integer => text.parse().ok().map(Value::Integer),
        FieldType::Number => {
            let number = text.parse().ok().filter(|x: &f64| x.is_finite());
            number.map(Value::Number)
        }
        FieldType::Boolean => text.parse().ok().map(Value::Boolean),
        FieldType::Date => day(text).map(Value::Date),
        FieldType::DateTime => moment(text).map(Value::DateTime),
    }
}

/// How the value of a field is written.
fn right(field: &FieldView, lang: Lang) -> String {
    match field.kind {
        FieldType::Text => say!(Key::HttpAnyText).in_lang(lang),
        FieldType::Code => {
            const MOST: usize = 12;
            let codes = field.codes.iter().flat_map(|list| list.entries.keys());
            let mut shown: Vec<&str> = codes.take(MOST + 1).map(String::as_str).collect();
            if let Some(more) = shown.get_mut(MOST) {
                *more = "…";
            }
            shown.join(", ")
        }
        FieldType::Integer => "12".to_owned(),
        FieldType::Number => "0.35".to_owned(),
        FieldType::Boolean => "true, false".to_owned(),
        FieldType::Date => "2024-06-01".to_owned(),
        FieldType::DateTime => "2024-06-01T08:00:00Z".to_owned(),
    }
}

/// The days that `datetime` asks for: a day, month or year, a moment, or two of them with `/` between,
/// either of which may be `..` or nothing. A moment is of the day it falls on in the district's time
/// zone, for valid time is known by days.
pub(super) fn when(text: &str, zone: &TimeZone) -> Result<When, Refusal> {
    let end = |text: &str| match text {
        "" | ".." => Some(When::default()),
        _ => days(text).or_else(|| Some(When::on(zone.to_datetime(moment(text)?).date()))),
    };
    let read = match text.split_once('/') {
        None => end(text).filter(|when| *when != When::default()),
        Some((from, to)) => end(from).zip(end(to)).map(|(from, to)| When {
            from: from.from,
            to: to.to,
        }),
    };
    let in_order = |when: &When| when.from.zip(when.to).is_none_or(|(from, to)| from <= to);
    read.filter(in_order).ok_or_else(|| {
        let right = "2024-06-01, 2024-06, 2024, 2024-06-01T08:00:00Z, 2024-01-01/2024-12-31, \
                     2024-01-01/.., ../2024-12-31";
        bad_parameter("datetime", text, right)
    })
}

/// `2024-06-01`, `2024-06` or `2024`: all days of it.
fn days(text: &str) -> Option<When> {
    let (first, last) = match text.len() {
        4 => (
            day(&format!("{text}-01-01"))?,
            day(&format!("{text}-12-31"))?,
        ),
        7 => {
            let first = day(&format!("{text}-01"))?;
            (first, first.last_of_month())
        }
        _ => (day(text)?, day(text)?),
    };
    Some(When {
        from: Some(first),
        to: Some(last),
    })
}

/// `2024-06-01`
fn day(text: &str) -> Option<Date> {
    let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    text.parse().ok().filter(|_| plain)
}

/// A moment as RFC 3339 writes it: `2024-06-01T08:00:00Z`, `2024-06-01T16:00:00.5+08:00`.
fn moment(text: &str) -> Option<Timestamp> {
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_digit() || b"-:.+TtZz".contains(&b));
    text.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_moments_and_stretches_are_read_and_nothing_else_is() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        for (text, days) in [
            ("2024-06-01", "2024-06-01"),
            // In Beijing it is eight hours later.
            ("2024-06-01T15:59:59Z", "2024-06-01"),
            ("2024-06-01T16:00:00Z", "2024-06-02"),
            ("2024-06-01T00:00:00+08:00", "2024-06-01"),
            ("2024-06-01T00:00:00.25-03:00", "2024-06-01"),
            ("2024-06-01/2024-06-01", "2024-06-01"),
            ("2024-01-01/2024-06-01T16:00:00Z", "2024-01-01/2024-06-02"),
            ("../2024-06-01", "../2024-06-01"),
            ("/2024-06-01", "../2024-06-01"),
            ("2024-06-01/", "2024-06-01/.."),
            ("2024-06-01/..", "2024-06-01/.."),
            ("../..", "../.."),
            ("2024", "2024-01-01/2024-12-31"),
            ("2024-02", "2024-02-01/2024-02-29"),
            ("2020/2024-06", "2020-01-01/2024-06-30"),
            ("2024/..", "2024-01-01/.."),
        ] {
            let read = when(text, &zone).map(|when| when.to_string());
            assert_eq!(read.ok().as_deref(), Some(days), "{text}");
        }
        for bad in [
            "",
            "..",
            "24",
            "2024-",
            "2024-13",
            "2024/2023",
            "20240601",
            "2024-6-1",
            "2024-02-30",
            "2024-06-01T08:00:00",
            "2024-06-01T00:00:00 08:00",
            "2024-06-01T08:00:00Z[Asia/Shanghai]",
            "2024-06-02/2024-06-01",
            "2024-01-01/2024-02-01/2024-03-01",
            "now",
            "-002024-06-01",
            "2024-06-01T25:00:00Z",
        ] {
            assert!(when(bad, &zone).is_err(), "{bad}");
        }
    }
}
