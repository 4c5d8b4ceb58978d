//! A field of a GDAL feature as text.

use std::borrow::Cow;

use encoding_rs::Encoding;
use gdal::vector::{Defn, Feature, OGRFieldType as Type};

use crate::say;
use crate::source::{columns, encoding};
use crate::text::{Key, Message};

/// A column of a layer.
#[derive(Debug)]
pub(super) struct Column {
    /// Its name.
    pub(super) name: String,
    kind: Type::Type,
}

impl Column {
    /// The kinds of value SQLite may hold in it for GDAL to read them as they are.
    pub(super) const fn sqlite_types(&self) -> &'static str {
        match self.kind {
            Type::OFTInteger | Type::OFTInteger64 => "'integer', 'null'",
            Type::OFTReal => "'integer', 'real', 'null'",
            Type::OFTBinary => "'blob', 'null'",
            _ => "'text', 'null'",
        }
    }

    /// Whether it holds a date with a time.
    pub(super) const fn is_moment(&self) -> bool {
        self.kind == Type::OFTDateTime
    }
}

/// How text comes out of GDAL.
#[derive(Debug, Clone, Copy)]
pub(super) enum Text {
    /// As it should be: UTF-8.
    Utf8,
    /// Byte for byte as Latin-1, to be decoded here: GDAL's own decoding drops what it cannot read.
    Raw(&'static Encoding),
}

impl Text {
    /// The text GDAL meant, or `None` where a byte does not belong.
    pub(super) fn decode(self, text: &str) -> Option<Cow<'_, str>> {
        match self {
            Self::Utf8 => (!text.contains(char::REPLACEMENT_CHARACTER)).then_some(text.into()),
            Self::Raw(_) if text.is_ascii() => Some(text.into()),
            Self::Raw(encoding) => {
                let mut decoded = String::with_capacity(text.len());
                for (raw, run) in runs(text) {
                    if raw {
                        decoded.push_str(&encoding::decode(&latin1(run), encoding)?);
                    } else {
                        decoded.push_str(run);
                    }
                }
                Some(decoded.into())
            }
        }
    }

    /// The text for a message.
    pub(super) fn shown(self, text: &str) -> String {
        match self {
            Self::Utf8 => text.to_owned(),
            Self::Raw(encoding) => runs(text)
                .map(|(raw, run)| {
                    if raw {
                        encoding::shown(&latin1(run), encoding)
                    } else {
                        run.to_owned()
                    }
                })
                .collect(),
        }
    }

    /// The name of the encoding.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Raw(encoding) => encoding.name(),
        }
    }
}

/// The runs of a text that are bytes, and those that are letters already: a drawing may spell one by
/// its number (`\U+6C61`), which GDAL resolves.
fn runs(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let is_byte = |c: char| u32::from(c) <= 0xFF;
    let mut rest = text;
    std::iter::from_fn(move || {
        let raw = is_byte(rest.chars().next()?);
        let end = rest.find(|c| is_byte(c) != raw).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        rest = after;
        Some((raw, run))
    })
}

/// The bytes that GDAL handed on as Latin-1.
fn latin1(text: &str) -> Vec<u8> {
    text.chars()
        .filter_map(|c| u8::try_from(u32::from(c)).ok())
        .collect()
}

/// The columns of a layer; a name that cannot be decoded is given back as the error.
pub(super) fn columns(defn: &Defn, text: Text) -> Result<Vec<Column>, String> {
    defn.fields()
        .map(|field| {
            let name = field.name();
            let decoded = text.decode(&name).ok_or_else(|| text.shown(&name))?;
            Ok(Column {
                name: decoded.trim().to_owned(),
                kind: field.field_type(),
            })
        })
        .collect()
}

/// A field as text: whole numbers digit by digit, others in their shortest form, dates and times as
/// ISO 8601, binary as hexadecimal; null, unset and blank are `None`. What cannot be read comes back
/// with what stands there.
pub(super) fn cell(
    feature: &Feature<'_>,
    index: usize,
    column: &Column,
    text: Text,
) -> Result<Option<String>, (Option<String>, Message)> {
    let failed = |error: gdal::errors::GdalError| (None, say!(Key::SourceGdal, detail = error));
    let Some(value) = feature.field_as_string(index).map_err(failed)? else {
        return Ok(None);
    };
    if value.is_empty() {
        return Ok(None);
    }
    match column.kind {
        Type::OFTReal => {
            let number = feature.field_as_double(index).map_err(failed)?;
            Ok(number.map(|number| shortest(number, &value)))
        }
        Type::OFTDate | Type::OFTTime | Type::OFTDateTime => Ok(Some(iso_8601(&value))),
        _ => match text.decode(&value) {
            Some(decoded) => Ok(columns::cell(&decoded)),
            None => Err((
                Some(text.shown(&value)),
                match text {
                    Text::Utf8 => say!(Key::SourceReplacementCharacter),
                    Text::Raw(_) => say!(Key::SourceUndecodable, encoding = text.name()),
                },
            )),
        },
    }
}

/// A number in its shortest form. A single-precision one is written with no more digits than it
/// has, which GDAL's own text shows by how short it is: `0.1`, not `0.10000000149011612`.
fn shortest(number: f64, text: &str) -> String {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    match text.parse::<f32>() {
        Ok(single) if digits <= 10 && f64::from(single).to_bits() == number.to_bits() => {
            single.to_string()
        }
        _ => number.to_string(),
    }
}

/// GDAL's `2025/06/30 08:00:00.5+08` as `2025-06-30T08:00:00.5+08:00`. Without an offset it stays
/// without: nobody knows which was meant.
fn iso_8601(value: &str) -> String {
    let value = value.replace('/', "-");
    let Some((date, time)) = value.split_once(' ') else {
        return value;
    };
    let zone = time.find(['+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone);
    let zone = match zone.len() {
        0 => String::new(),
        _ if zone.bytes().all(|b| b"+-0:".contains(&b)) => "Z".to_owned(),
        3 => format!("{zone}:00"),
        5 => format!("{}:{}", &zone[..3], &zone[3..]),
        _ => zone.to_owned(),
    };
    format!("{date}T{clock}{zone}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_iso_8601() {
        for (gdal, iso) in [
            ("2025/06/30", "2025-06-30"),
            ("12:30:00", "12:30:00"),
            ("2025/06/30 08:00:00", "2025-06-30T08:00:00"),
            ("2025/06/30 08:00:00+00", "2025-06-30T08:00:00Z"),
            (
                "2025/06/30 08:00:00.500+08",
                "2025-06-30T08:00:00.500+08:00",
            ),
            ("2025/06/30 08:00:00-0330", "2025-06-30T08:00:00-03:30"),
        ] {
            assert_eq!(iso_8601(gdal), iso);
        }
    }

    #[test]
    fn a_number_has_as_many_digits_as_its_precision() {
        let single = f64::from(0.1_f32);
        assert_eq!(shortest(single, "0.1"), "0.1");
        assert_eq!(shortest(single, "0.100000001490116"), "0.10000000149011612");
        assert_eq!(shortest(0.1, "0.1"), "0.1");
        assert_eq!(shortest(3.0, "3"), "3");
        assert_eq!(shortest(16_777_217.5, "16777217.5"), "16777217.5");
    }

    #[test]
    fn bytes_that_gdal_hands_on_as_latin_1_are_decoded_strictly() {
        let gbk = Text::Raw(encoding_rs::GBK);
        assert_eq!(gbk.decode("\u{ce}\u{db}\u{c8}\u{be}").unwrap(), "污染");
        assert_eq!(gbk.decode("\u{ce}\u{db}\u{c8}"), None);
        assert_eq!(gbk.shown("a\u{ff}"), "a\\xFF");
        assert_eq!(Text::Utf8.decode("a\u{fffd}"), None);
    }
}
