//! The text of a cell → the value of a field, or the reason why not.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use super::definition::Field;
use crate::model::{FieldType, Value};
use crate::say;
use crate::text::near::nearest;
use crate::text::{Key, Message};

/// A value, and what was mended to get it.
pub(super) struct Parsed {
    pub(super) value: Value,
    pub(super) note: Option<Message>,
}

impl From<Value> for Parsed {
    fn from(value: Value) -> Self {
        Self { value, note: None }
    }
}

/// Reads a cell as its field's type says. An empty cell is null; whether it may be is the caller's
/// question. `zone` is where a moment without a zone is meant.
pub(super) fn parse(field: &Field, cell: Option<&str>, zone: &TimeZone) -> Result<Parsed, Message> {
    let Some(text) = cell.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(Value::Null.into());
    };
    match field.kind {
        FieldType::Text => Ok(Value::Text(text.into()).into()),
        FieldType::Integer => integer(field, text),
        FieldType::Number => number(field, text),
        FieldType::Boolean => boolean(text),
        FieldType::Date => date(text).map(|day| Value::Date(day).into()),
        FieldType::DateTime => moment(text, zone).map(|at| Value::DateTime(at).into()),
        FieldType::Code => code(field, text),
    }
}

fn integer(field: &Field, text: &str) -> Result<Parsed, Message> {
    // Spreadsheets and shapefiles write whole numbers as `3.0`.
    let whole = text
        .split_once('.')
        .filter(|(_, zeros)| zeros.bytes().all(|b| b == b'0'));
    let digits = whole.map_or(text, |(digits, _)| digits);
    let value: i64 = digits
        .parse()
        .ok()
        .ok_or_else(|| say!(Key::LayerValueNotInteger))?;
    #[expect(
        clippy::cast_precision_loss,
        reason = "only compared with limits people wrote"
    )]
    within(field, value as f64)?;
    Ok(Value::Integer(value).into())
}

fn number(field: &Field, text: &str) -> Result<Parsed, Message> {
    if let Some(limit) = text.strip_prefix(['<', '＜']) {
        if !field.detection_limit {
            return Err(say!(Key::LayerValueBelowDetectionNotAllowed));
        }
        return match plain_number(limit.trim()) {
            Some(limit) if limit > 0.0 => Ok(Value::BelowDetection(limit).into()),
            _ => Err(say!(Key::LayerValueDetectionLimitUnclear)),
        };
    }
    let Some(value) = plain_number(text) else {
        return Err(if field.detection_limit {
            say!(Key::LayerValueNotMeasurement)
        } else {
            say!(Key::LayerValueNotNumber)
        });
    };
    within(field, value)?;
    Ok(Value::Number(value).into())
}

/// Digits, one sign, one point, one exponent; no `inf`, no `NaN`.
fn plain_number(text: &str) -> Option<f64> {
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    text.parse()
        .ok()
        .filter(|value: &f64| plain && value.is_finite())
}

fn within(field: &Field, value: f64) -> Result<(), Message> {
    match (field.min, field.max) {
        (Some(min), _) if value < min => Err(say!(Key::LayerValueTooSmall, min = min)),
        (_, Some(max)) if value > max => Err(say!(Key::LayerValueTooLarge, max = max)),
        _ => Ok(()),
    }
}

fn boolean(text: &str) -> Result<Parsed, Message> {
    let value = match text.to_ascii_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "1" | "是" | "有" => true,
        "false" | "f" | "no" | "n" | "0" | "否" | "无" => false,
        _ => return Err(say!(Key::LayerValueNotBoolean)),
    };
    Ok(Value::Boolean(value).into())
}

fn code(field: &Field, text: &str) -> Result<Parsed, Message> {
    let Some(codes) = &field.codes else {
        return Ok(Value::Text(text.into()).into());
    };
    if codes.words(text).is_some() {
        return Ok(Value::Text(text.into()).into());
    }
    if let Some(padded) = codes.padded(text) {
        let note = say!(Key::LayerNoteCodePadded, to = padded);
        return Ok(Parsed {
            value: Value::Text(padded.into()),
            note: Some(note),
        });
    }
    if let Some(parent) = codes.parent_of_unlisted(text) {
        let note = say!(
            Key::LayerNoteCodeParent,
            value = text,
            list = codes.name,
            to = parent
        );
        return Ok(Parsed {
            value: Value::Text(parent.into()),
            note: Some(note),
        });
    }
    Err(
        match nearest(text, codes.entries.keys().map(String::as_str)) {
            Some(near) => say!(
                Key::LayerValueCodeUnknownNear,
                list = codes.name,
                near = near
            ),
            None => say!(Key::LayerValueCodeUnknown, list = codes.name),
        },
    )
}

/// How a midnight is written behind a day.
const MIDNIGHTS: [&str; 5] = ["0:00", "00:00", "0:00:00", "00:00:00", "00:00:00.000"];

/// A day: `2025-06-30`, `2025/6/30`, `2025.6.30`, `20250630` or `2025年6月30日`; a midnight behind it
/// is ignored, as spreadsheets add one.
fn date(text: &str) -> Result<Date, Message> {
    let day = text.split_once(['T', ' ']).map_or(Some(text), |(day, at)| {
        let time = at.strip_suffix('Z').unwrap_or(at);
        let time = time.split_once('+').map_or(time, |(time, _)| time);
        MIDNIGHTS.contains(&time).then_some(day)
    });
    day.and_then(civil_date)
        .ok_or_else(|| say!(Key::LayerValueNotDate))
}

fn civil_date(text: &str) -> Option<Date> {
    let parts: Vec<&str> = if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        vec![text.get(..4)?, text.get(4..6)?, text.get(6..)?]
    } else {
        text.trim_end_matches('日')
            .split(['-', '/', '.', '年', '月'])
            .collect()
    };
    let [year, month, day] = parts.as_slice() else {
        return None;
    };
    let digits = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
    if year.len() != 4 || !parts.iter().all(digits) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// A moment: RFC 3339, or a day and a time in the district's zone.
fn moment(text: &str, zone: &TimeZone) -> Result<Timestamp, Message> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    let wrong = || say!(Key::LayerValueNotMoment);
    let (day, time) = text.split_once(['T', ' ']).unwrap_or((text, "00:00"));
    let day = civil_date(day).ok_or_else(wrong)?;
    let time: Time = time.trim().parse().ok().ok_or_else(wrong)?;
    let local = DateTime::from_parts(day, time);
    zone.to_timestamp(local).ok().ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_people_write_it_and_nothing_else() {
        for text in [
            "2025-06-30",
            "2025/6/30",
            "2025.6.30",
            "20250630",
            "2025年6月30日",
            "2025-06-30T00:00:00",
            "2025-06-30T00:00:00Z",
            "2025-06-30T00:00:00+08:00",
            "2025/6/30 0:00",
        ] {
            assert_eq!(date(text), Ok(Date::constant(2025, 6, 30)), "{text}");
        }
        for text in [
            "30/06/2025",
            "2025-06",
            "2025-02-30",
            "六月",
            "25-6-30",
            "2025-06-30T12:00:00",
            "2025-06-30 00:00:00 or so",
            "2025-06-30T00:00:01",
            "+202-06-30",
            "2025-+6-30",
        ] {
            assert!(date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_number_is_digits_and_not_a_word_for_one() {
        for text in ["inf", "NaN", "1,000", "１２", "0x10", "", "1 2"] {
            assert_eq!(plain_number(text), None, "{text}");
        }
        assert_eq!(plain_number("-1.5e-3"), Some(-0.0015));
    }

    #[test]
    fn a_moment_without_a_zone_is_meant_in_the_districts() {
        let shanghai = TimeZone::get("Asia/Shanghai").unwrap();
        let expected: Timestamp = "2025-06-30T00:30:00Z".parse().unwrap();
        assert_eq!(moment("2025-06-30 08:30", &shanghai), Ok(expected));
        assert_eq!(
            moment("2025-06-30T08:30:00+08:00", &TimeZone::UTC),
            Ok(expected)
        );
    }
}
