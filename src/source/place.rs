//! Where a row's coordinates stand: two columns of numbers, or one of well-known text.

use geo::CoordsIter as _;

use super::{Diagnostic, Place};
use crate::geom::{Geometry, wkt};
use crate::say;
use crate::text::{Key, Message, Problem};

/// A [`Place`], found among the columns of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// In the file's own geometry.
    Geometry,
    /// In these two columns.
    Columns { x: usize, y: usize },
    /// In this column of well-known text.
    Wkt(usize),
    /// Nowhere.
    None,
}

impl Found {
    /// Finds the columns a place names; a missing one is a problem that lists those there are.
    pub(super) fn among(place: &Place, columns: &[String]) -> Result<Self, Problem> {
        let index = |name: &str| {
            columns
                .iter()
                .position(|column| column == name)
                .ok_or_else(|| {
                    say!(
                        Key::SourceColumnMissing,
                        column = name,
                        columns = listed(columns)
                    )
                })
        };
        Ok(match place {
            Place::Geometry => Self::Geometry,
            Place::Columns { x, y } => Self::Columns {
                x: index(x)?,
                y: index(y)?,
            },
            Place::Wkt(column) => Self::Wkt(index(column)?),
            Place::None => Self::None,
        })
    }

    /// The same for a format that has no geometry of its own, where [`Place::Geometry`] is a problem.
    pub(super) fn in_table(place: &Place, columns: &[String]) -> Result<Self, Problem> {
        match Self::among(place, columns)? {
            Self::Geometry => Err(say!(Key::SourceNoGeometry, columns = listed(columns)).into()),
            found => Ok(found),
        }
    }

    /// The geometry that the cells of a row hold, or every reason why they hold none. `None` for a
    /// place that is not in the cells.
    pub(super) fn read(
        self,
        row: u64,
        columns: &[String],
        cells: &[Option<String>],
    ) -> Result<Option<Geometry>, Vec<Diagnostic>> {
        let cell = |i: usize| cells.get(i).and_then(Option::as_deref);
        let fault = |i: usize, reason: Message| Diagnostic {
            row,
            column: columns.get(i).cloned(),
            value: cell(i).map(str::to_owned),
            reason,
        };
        match self {
            Self::Geometry | Self::None => Ok(None),
            Self::Columns { x, y } => match (coordinate(cell(x)), coordinate(cell(y))) {
                (Ok(east), Ok(north)) => Ok(Some(geo_types::Point::new(east, north).into())),
                (east, north) => Err([(x, east), (y, north)]
                    .into_iter()
                    .filter_map(|(i, read)| read.err().map(|reason| fault(i, reason)))
                    .collect()),
            },
            Self::Wkt(i) => cell(i)
                .map_or_else(|| Err(say!(Key::SourceCoordinateEmpty)), from_wkt)
                .map_err(|reason| vec![fault(i, reason)]),
        }
    }
}

impl Found {
    /// The geometry of a row of a file that has geometry of its own, given by `own`; what is wrong
    /// with it is added to the faults.
    pub(super) fn read_or(
        self,
        own: impl FnOnce() -> Result<Option<Geometry>, Message>,
        row: u64,
        columns: &[String],
        cells: &[Option<String>],
        faults: &mut Vec<Diagnostic>,
    ) -> Option<Geometry> {
        let read = match self {
            Self::Geometry => own().map_err(|reason| {
                vec![Diagnostic {
                    row,
                    column: None,
                    value: None,
                    reason,
                }]
            }),
            elsewhere => elsewhere.read(row, columns, cells),
        };
        read.unwrap_or_else(|reasons| {
            faults.extend(reasons);
            None
        })
    }
}

/// Names for a message.
pub(super) fn listed(names: &[String]) -> String {
    names.join(", ")
}

/// A coordinate: an ordinary decimal number. Everything else is a reason, never a guess.
pub(super) fn coordinate(text: Option<&str>) -> Result<f64, Message> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Err(say!(Key::SourceCoordinateEmpty));
    };
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b));
    if plain
        && let Ok(number) = text.parse::<f64>()
        && number.is_finite()
    {
        return Ok(number);
    }
    let full_width = |c: char| matches!(c, '０'..='９' | '．' | '，' | '－' | '＋' | '。');
    Err(if text.contains(full_width) {
        say!(Key::SourceCoordinateFullWidth, value = text)
    } else if text.contains(['°', '′', '″', '\'', '"', '度', '分', '秒', ':']) {
        say!(Key::SourceCoordinateDegrees, value = text)
    } else if text.contains(',')
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || b"+-.,".contains(&b))
    {
        say!(Key::SourceCoordinateThousands, value = text)
    } else {
        say!(Key::SourceCoordinateNotNumber, value = text)
    })
}

/// The geometry of a well-known text; an empty one is `None`.
fn from_wkt(text: &str) -> Result<Option<Geometry>, Message> {
    if text.trim_end().to_ascii_uppercase().ends_with("EMPTY") {
        return Ok(None);
    }
    let geometry = wkt::read(text)?;
    if let Some(c) = geometry
        .coords_iter()
        .find(|c| !c.x.is_finite() || !c.y.is_finite())
    {
        return Err(say!(Key::SourceCoordinateNotFinite, x = c.x, y = c.y));
    }
    Ok(Some(geometry))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        coordinate(Some(text)).unwrap_err().key()
    }

    #[test]
    fn a_coordinate_is_a_decimal_number_or_a_reason() {
        for (text, number) in [
            ("116.4", 116.4),
            ("-0.5", -0.5),
            (" 39 ", 39.0),
            ("+4.42e6", 4_420_000.0),
        ] {
            assert!(
                (coordinate(Some(text)).unwrap() - number).abs() < 1e-12,
                "{text}"
            );
        }
        assert_eq!(key("１１６.4"), Key::SourceCoordinateFullWidth);
        assert_eq!(key("4,420,000.5"), Key::SourceCoordinateThousands);
        assert_eq!(key("116°23′"), Key::SourceCoordinateDegrees);
        for text in ["abc", "NaN", "inf", "1e999", "1.2.3", "0x10", "116.4E"] {
            assert_eq!(key(text), Key::SourceCoordinateNotNumber, "{text}");
        }
        assert_eq!(
            coordinate(None).unwrap_err().key(),
            Key::SourceCoordinateEmpty
        );
    }

    #[test]
    fn well_known_text_is_read_in_two_dimensions_and_nesting_is_bounded() {
        assert_eq!(
            from_wkt("POINT Z (1 2 3)").unwrap(),
            Some(geo_types::Point::new(1.0, 2.0).into())
        );
        assert_eq!(from_wkt("POLYGON EMPTY").unwrap(), None);
        assert!(from_wkt("POINT(1 2").is_err());
        assert!(from_wkt("POINT(1 1e999)").is_err());
        let deep = "GEOMETRYCOLLECTION(".repeat(100_000);
        assert!(from_wkt(&deep).is_err());
    }
}
