//! One GeoJSON feature: its properties as text, its geometry as it was drawn.

use std::borrow::Cow;
use std::fmt;

use geo_types::{Coord, LineString, MultiLineString, MultiPoint, MultiPolygon, Point};
use serde::Deserialize;
use serde::de::{Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::geom::Geometry;
use crate::say;
use crate::source::{columns, shape};
use crate::text::{Key, Message};

/// How deep geometry collections may be nested.
const DEEPEST: usize = 8;

/// A feature, its members still unread.
#[derive(Debug)]
pub(super) struct Feature<'a> {
    /// Its own `id`, unless null.
    pub(super) id: Option<&'a RawValue>,
    /// Its properties, unless null.
    pub(super) properties: Option<&'a RawValue>,
    /// Its geometry, unless null.
    pub(super) geometry: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct FeatureJson<'a> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    properties: Option<&'a RawValue>,
    #[serde(borrow, default)]
    geometry: Option<&'a RawValue>,
}

impl<'a> Feature<'a> {
    /// The feature that a text holds; a geometry alone is a feature without properties.
    pub(super) fn parse(text: &'a str) -> Result<Self, Message> {
        let bad = |detail: String| say!(Key::SourceFeatureBad, detail = detail);
        let json: FeatureJson<'_> =
            serde_json::from_str(text).map_err(|error| bad(error.to_string()))?;
        if json.kind == "Feature" {
            return Ok(Self {
                id: json.id,
                properties: json.properties,
                geometry: json.geometry,
            });
        }
        if !is_geometry(&json.kind) {
            return Err(say!(Key::SourceFeatureKind, found = json.kind));
        }
        let whole = serde_json::from_str(text).map_err(|error| bad(error.to_string()))?;
        Ok(Self {
            id: None,
            properties: None,
            geometry: Some(whole),
        })
    }
}

/// The members of `properties`, values unread.
#[derive(Debug)]
pub(super) struct Properties<'a>(pub(super) Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Properties<'a> {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Properties<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of properties")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((Name(name), value)) = map.next_entry()? {
                    members.push((name, value));
                }
                Ok(Properties(members))
            }
        }
        json.deserialize_map(Members)
    }
}

#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// A property as text: a string without its quotes, a whole number digit by digit, another number in
/// its shortest form, an object or an array as it is written; null and blank are `None`.
pub(super) fn cell(value: &RawValue) -> Result<Option<String>, Message> {
    let raw = value.get();
    match raw.as_bytes().first() {
        Some(b'n') => Ok(None),
        Some(b'"') => {
            let text: Cow<'_, str> = serde_json::from_str::<Name<'_>>(raw)
                .map_err(|error| say!(Key::SourceFeatureBad, detail = error))?
                .0;
            if text.contains(char::REPLACEMENT_CHARACTER) {
                return Err(say!(Key::SourceReplacementCharacter));
            }
            if text.contains('\0') {
                return Err(say!(Key::SourceNul));
            }
            Ok(columns::cell(&text))
        }
        Some(b'-' | b'0'..=b'9') if raw.contains(['.', 'e', 'E']) => {
            Ok(Some(match raw.parse::<f64>() {
                Ok(number) if number.is_finite() => number.to_string(),
                _ => raw.to_owned(),
            }))
        }
        _ => Ok(Some(raw.to_owned())),
    }
}

#[derive(Deserialize)]
struct GeometryJson<'a> {
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(borrow, default)]
    coordinates: Option<&'a RawValue>,
    #[serde(borrow, default)]
    geometries: Option<Vec<&'a RawValue>>,
}

fn is_geometry(kind: &str) -> bool {
    matches!(
        kind,
        "Point"
            | "MultiPoint"
            | "LineString"
            | "MultiLineString"
            | "Polygon"
            | "MultiPolygon"
            | "GeometryCollection"
    )
}

/// A geometry as it was drawn, in two dimensions; an empty one is `None`. What had to be mended is
/// added to the notes.
pub(super) fn geometry(text: &str, notes: &mut Vec<Message>) -> Result<Option<Geometry>, Message> {
    nested(text, notes, 0)
}

fn nested(text: &str, notes: &mut Vec<Message>, depth: usize) -> Result<Option<Geometry>, Message> {
    let bad = |error: serde_json::Error| say!(Key::SourceGeometryBad, detail = error);
    let json: GeometryJson<'_> = serde_json::from_str(text).map_err(bad)?;
    if json.kind == "GeometryCollection" {
        if depth == DEEPEST {
            return Err(say!(Key::SourceGeometryNested, limit = DEEPEST));
        }
        let mut members = Vec::new();
        for member in json.geometries.unwrap_or_default() {
            members.extend(nested(member.get(), notes, depth + 1)?);
        }
        let all = geo_types::GeometryCollection::new_from(members);
        return Ok((!all.is_empty()).then_some(Geometry::GeometryCollection(all)));
    }
    if !is_geometry(&json.kind) {
        return Err(say!(Key::SourceGeometryKind, found = json.kind));
    }
    let Some(coordinates) = json.coordinates.map(RawValue::get) else {
        return Err(say!(Key::SourceGeometryBad, detail = "coordinates"));
    };
    if coordinates
        .bytes()
        .all(|b| b.is_ascii_whitespace() || b"[]".contains(&b))
    {
        return Ok(None);
    }
    drawn(&json.kind, coordinates, notes).map_err(bad)
}

type Positions = Vec<Position>;

fn drawn(
    kind: &str,
    coordinates: &str,
    notes: &mut Vec<Message>,
) -> serde_json::Result<Option<Geometry>> {
    Ok(match kind {
        "Point" => {
            let Position(at) = serde_json::from_str(coordinates)?;
            Some(Point(at).into())
        }
        "MultiPoint" => {
            let points: Positions = serde_json::from_str(coordinates)?;
            Some(MultiPoint(points.into_iter().map(|Position(at)| Point(at)).collect()).into())
        }
        "LineString" => Some(LineString::new(line(serde_json::from_str(coordinates)?)).into()),
        "MultiLineString" => {
            let lines: Vec<Positions> = serde_json::from_str(coordinates)?;
            let lines = lines.into_iter().map(|one| LineString::new(line(one)));
            Some(MultiLineString(lines.collect()).into())
        }
        "Polygon" => polygon(serde_json::from_str(coordinates)?, notes).map(Geometry::from),
        _ => {
            let polygons: Vec<Vec<Positions>> = serde_json::from_str(coordinates)?;
            let polygons = polygons
                .into_iter()
                .filter_map(|rings| polygon(rings, notes));
            Some(MultiPolygon(polygons.collect()).into())
        }
    })
}

fn line(positions: Positions) -> Vec<Coord> {
    positions.into_iter().map(|Position(at)| at).collect()
}

fn polygon(rings: Vec<Positions>, notes: &mut Vec<Message>) -> Option<geo_types::Polygon> {
    shape::polygon(rings.into_iter().map(line).collect(), notes)
}

/// The first two numbers of a position.
struct Position(Coord);

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct Numbers;
        impl<'de> Visitor<'de> for Numbers {
            type Value = Position;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a position: an array of two numbers or more")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut numbers: A) -> Result<Position, A::Error> {
                let (x, y) = (numbers.next_element()?, numbers.next_element()?);
                while numbers.next_element::<IgnoredAny>()?.is_some() {}
                match (x, y) {
                    (Some(x), Some(y)) => Ok(Position(Coord { x, y })),
                    _ => Err(A::Error::custom("a position of fewer than two numbers")),
                }
            }
        }
        json.deserialize_seq(Numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(json: &str) -> Option<String> {
        cell(serde_json::from_str(json).unwrap()).unwrap()
    }

    #[test]
    fn a_property_becomes_text_without_loss() {
        assert_eq!(text("null"), None);
        assert_eq!(text("\"  \""), None);
        assert_eq!(text("\" 0701 \"").as_deref(), Some("0701"));
        assert_eq!(text("\"\\u6c61\\u67d3\"").as_deref(), Some("污染"));
        assert_eq!(text("123456789012345678901234567890").unwrap().len(), 30);
        assert_eq!(text("1.50").as_deref(), Some("1.5"));
        assert_eq!(text("2.0").as_deref(), Some("2"));
        assert_eq!(text("true").as_deref(), Some("true"));
        assert_eq!(text("[1, 2]").as_deref(), Some("[1, 2]"));
        for bad in ["\"a\\ufffd\"", "\"\\ud800\"", "\"\\u0000\""] {
            assert!(cell(serde_json::from_str(bad).unwrap()).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_geometry_is_two_dimensional_and_closing_it_is_noted() {
        let mut notes = Vec::new();
        let open = r#"{"type":"Polygon","coordinates":[[[0,0,9],[1,0,9],[1,1,9]]]}"#;
        let Some(Geometry::Polygon(polygon)) = geometry(open, &mut notes).unwrap() else {
            panic!("a polygon")
        };
        assert_eq!(polygon.exterior().0.len(), 4);
        assert_eq!(notes.len(), 1);
        assert_eq!(
            geometry(r#"{"type":"Point","coordinates":[]}"#, &mut notes).unwrap(),
            None
        );
        for bad in [
            r#"{"type":"Pint","coordinates":[1,2]}"#,
            r#"{"type":"Point","coordinates":["x",2]}"#,
            r#"{"type":"Point","coordinates":[1]}"#,
            r#"{"type":"Point","coordinates":[1,1e999]}"#,
            r#"{"type":"Polygon","coordinates":[1,2]}"#,
            r#"{"type":"Point"}"#,
            "[]",
        ] {
            assert!(geometry(bad, &mut notes).is_err(), "{bad}");
        }
    }

    #[test]
    fn deeply_nested_collections_are_refused_without_overflowing() {
        let deep = format!(
            "{}{}",
            r#"{"type":"GeometryCollection","geometries":["#.repeat(100_000),
            "]}".repeat(100_000)
        );
        assert!(geometry(&deep, &mut Vec::new()).is_err());
    }
}
