//! Geometries and boxes written in a filter: WKT and `GeoJSON` to one form and back.

use std::fmt::Write as _;

use geo_types::{Coord, LineString, MultiPolygon, Point, Polygon};
use serde_json::{Value, json};

use super::fault::{Fault, refuse};
use super::tokens::Token;
use super::write;
use crate::geom::{BBox, Geometry};
use crate::say;
use crate::text::{Key, Message};

/// How far beyond ±180 and ±90 a coordinate may lie that was computed, degrees.
const ROUNDING: f64 = 1e-9;

/// A geometry of a filter.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Shape {
    /// It, in degrees.
    pub(super) geometry: Geometry,
    /// Around it.
    pub(super) bounds: BBox,
    /// For a box: its numbers as they were written, 4 or 6.
    pub(super) corners: Option<Vec<f64>>,
}

/// Coordinates as both WKT and `GeoJSON` nest them.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Nested {
    Position(Vec<f64>),
    List(Vec<Self>),
}

/// The kinds of geometry that may be members of a collection: their names in WKT and `GeoJSON`.
const KINDS: [(&str, &str); 6] = [
    ("POINT", "Point"),
    ("LINESTRING", "LineString"),
    ("POLYGON", "Polygon"),
    ("MULTIPOINT", "MultiPoint"),
    ("MULTILINESTRING", "MultiLineString"),
    ("MULTIPOLYGON", "MultiPolygon"),
];

/// Whether a word is the name of a geometry that may be a member of a collection.
pub(super) fn is_member(word: &str) -> bool {
    KINDS.iter().any(|(wkt, _)| wkt.eq_ignore_ascii_case(word))
}

/// Whether a word is the name of any geometry, or of the box.
pub(super) fn is_name(word: &str) -> bool {
    is_member(word)
        || ["BBOX", "GEOMETRYCOLLECTION"]
            .iter()
            .any(|name| name.eq_ignore_ascii_case(word))
}

/// Whether a word begins a geometry or a box, by what follows it.
pub(super) fn begins(word: &str, behind: Option<&Token<'_>>) -> bool {
    is_name(word)
        && match behind {
            Some(Token::Sign(sign)) => *sign == "(",
            Some(Token::Word(next)) => ["Z", "M", "ZM", "EMPTY"]
                .iter()
                .any(|word| word.eq_ignore_ascii_case(next)),
            _ => false,
        }
}

impl Shape {
    /// The shape of a geometry.
    fn new(geometry: Geometry) -> Result<Self, Fault> {
        match BBox::of(&geometry) {
            Some(bounds) => Ok(Self {
                geometry,
                bounds,
                corners: None,
            }),
            None => refuse(say!(Key::FilterShapeEmpty)),
        }
    }

    /// Its name in CQL2 text.
    pub(super) fn kind(&self) -> &'static str {
        if self.corners.is_some() {
            "BBOX"
        } else {
            parts(&self.geometry).map_or("GEOMETRYCOLLECTION", |(kind, _)| KINDS[kind].0)
        }
    }

    /// It in CQL2 text.
    pub(super) fn to_text(&self) -> String {
        match &self.corners {
            Some(corners) => {
                let numbers: Vec<String> = corners.iter().map(|x| write::number(*x)).collect();
                format!("BBOX({})", numbers.join(", "))
            }
            None => wkt(&self.geometry),
        }
    }

    /// It in CQL2 JSON.
    pub(super) fn to_json(&self) -> Value {
        match &self.corners {
            Some(corners) => {
                let numbers: Vec<Value> = corners.iter().map(|x| write::json_number(*x)).collect();
                json!({ "bbox": numbers })
            }
            None => geojson(&self.geometry),
        }
    }
}

/// A box of west, south, (least height,) east, north(, greatest height); one whose west is greater
/// than its east crosses the antimeridian.
pub(super) fn of_box(corners: &[f64]) -> Result<Shape, Fault> {
    let ([west, south, east, north] | [west, south, _, east, north, _]) = *corners else {
        return refuse(say!(Key::FilterBoxShape, found = corners.len()));
    };
    let [low, high] = [(west, south), (east, north)].map(|(x, y)| position(&[x, y]));
    let (low, high) = (low?, high?);
    if south > north {
        return refuse(say!(Key::FilterBoxOrder, south = south, north = north));
    }
    let geometry = if west > east {
        let halves = [
            rectangle(low, Coord { x: 180.0, ..high }),
            rectangle(Coord { x: -180.0, ..low }, high),
        ];
        Geometry::MultiPolygon(MultiPolygon::new(halves.to_vec()))
    } else if low == high {
        Geometry::Point(Point(low))
    } else if west.total_cmp(&east).is_eq() || south.total_cmp(&north).is_eq() {
        Geometry::LineString(LineString::new(vec![low, high]))
    } else {
        Geometry::Polygon(rectangle(low, high))
    };
    Ok(Shape {
        corners: Some(corners.to_vec()),
        ..Shape::new(geometry)?
    })
}

/// The polygon of a box.
fn rectangle(low: Coord, high: Coord) -> Polygon {
    geo_types::Rect::new(low, high).to_polygon()
}

/// A geometry by its name and coordinates.
pub(super) fn of_coordinates(name: &str, coordinates: Nested) -> Result<Shape, Fault> {
    Shape::new(geometry(name, coordinates)?)
}

/// A collection of geometries by their names and coordinates.
pub(super) fn of_members<S: AsRef<str>>(members: Vec<(S, Nested)>) -> Result<Shape, Fault> {
    let members = members
        .into_iter()
        .map(|(name, coordinates)| geometry(name.as_ref(), coordinates));
    let members: Vec<Geometry> = members.collect::<Result<_, _>>()?;
    Shape::new(Geometry::GeometryCollection(members.into()))
}

/// What is said of coordinates that a geometry of this name does not have.
fn ill_nested(name: &str) -> Message {
    say!(Key::FilterShapeNesting, name = name.to_uppercase())
}

/// A geometry by its name in WKT or `GeoJSON`.
fn geometry(name: &str, coordinates: Nested) -> Result<Geometry, Fault> {
    let kind = KINDS
        .iter()
        .position(|(wkt, _)| wkt.eq_ignore_ascii_case(name));
    let ill = || Fault::from(ill_nested(name));
    Ok(match (kind, coordinates) {
        (Some(0), at) => Geometry::Point(Point(point(&at).ok_or_else(ill)??)),
        (Some(1), Nested::List(at)) => Geometry::LineString(line(name, &at)?),
        (Some(2), Nested::List(at)) => Geometry::Polygon(polygon(name, &at)?),
        (Some(3), Nested::List(at)) => {
            let points = at.iter().map(|at| point(at).ok_or_else(ill)?.map(Point));
            Geometry::MultiPoint(points.collect::<Result<Vec<_>, _>>()?.into())
        }
        (Some(4), Nested::List(at)) => {
            let lines = at.iter().map(|at| line(name, at.list().ok_or_else(ill)?));
            Geometry::MultiLineString(geo_types::MultiLineString(
                lines.collect::<Result<Vec<_>, _>>()?,
            ))
        }
        (Some(5), Nested::List(at)) => {
            let polygons = at
                .iter()
                .map(|at| polygon(name, at.list().ok_or_else(ill)?));
            Geometry::MultiPolygon(MultiPolygon(polygons.collect::<Result<Vec<_>, _>>()?))
        }
        _ => return refuse(ill_nested(name)),
    })
}

impl Nested {
    /// What it lists.
    fn list(&self) -> Option<&[Self]> {
        match self {
            Self::Position(_) => None,
            Self::List(parts) => Some(parts),
        }
    }
}

/// One position, in parentheses of its own or not.
fn point(at: &Nested) -> Option<Result<Coord, Fault>> {
    match at {
        Nested::Position(numbers) => Some(position(numbers)),
        Nested::List(parts) => match parts.as_slice() {
            [Nested::Position(numbers)] => Some(position(numbers)),
            _ => None,
        },
    }
}

/// A position: longitude, latitude, and what lies behind is dropped.
fn position(numbers: &[f64]) -> Result<Coord, Fault> {
    let ([x, y] | [x, y, _] | [x, y, _, _]) = *numbers else {
        return refuse(say!(Key::FilterPosition, found = numbers.len()));
    };
    if x.abs() > 180.0 + ROUNDING || y.abs() > 90.0 + ROUNDING {
        return refuse(say!(Key::FilterPlaceOutside, lon = x, lat = y));
    }
    Ok(Coord { x, y })
}

/// Positions of a line.
fn line(name: &str, at: &[Nested]) -> Result<LineString, Fault> {
    let positions = positions(name, at)?;
    if positions.len() < 2 {
        return refuse(say!(Key::FilterLineShort, name = name.to_uppercase()));
    }
    Ok(LineString::new(positions))
}

/// The positions of a line or ring.
fn positions(name: &str, at: &[Nested]) -> Result<Vec<Coord>, Fault> {
    let positions = at.iter().map(|at| match at {
        Nested::Position(numbers) => position(numbers),
        Nested::List(_) => refuse(ill_nested(name)),
    });
    positions.collect()
}

/// A polygon of its rings.
fn polygon(name: &str, rings: &[Nested]) -> Result<Polygon, Fault> {
    let mut lines = Vec::with_capacity(rings.len());
    for ring in rings {
        let Some(ring) = ring.list() else {
            return refuse(ill_nested(name));
        };
        let ring = positions(name, ring)?;
        if ring.len() < 4 || ring.first() != ring.last() {
            return refuse(say!(Key::FilterRingOpen, name = name.to_uppercase()));
        }
        lines.push(LineString::new(ring));
    }
    if lines.is_empty() {
        return refuse(say!(Key::FilterShapeEmpty));
    }
    let outer = lines.remove(0);
    Ok(Polygon::new(outer, lines))
}

/// Which of [`KINDS`] a geometry is, and its coordinates; `None` for a collection.
fn parts(geometry: &Geometry) -> Option<(usize, Nested)> {
    let at = |c: &Coord| Nested::Position(vec![c.x, c.y]);
    let line = |line: &LineString| Nested::List(line.coords().map(at).collect());
    let polygon = |p: &Polygon| {
        let rings = std::iter::once(p.exterior()).chain(p.interiors());
        Nested::List(rings.map(line).collect())
    };
    Some(match geometry {
        Geometry::Point(p) => (0, at(&p.0)),
        Geometry::LineString(l) => (1, line(l)),
        Geometry::Polygon(p) => (2, polygon(p)),
        Geometry::MultiPoint(points) => {
            (3, Nested::List(points.iter().map(|p| at(&p.0)).collect()))
        }
        Geometry::MultiLineString(lines) => (4, Nested::List(lines.iter().map(line).collect())),
        Geometry::MultiPolygon(polygons) => {
            (5, Nested::List(polygons.iter().map(polygon).collect()))
        }
        _ => return None,
    })
}

/// The members of a collection.
fn members(geometry: &Geometry) -> &[Geometry] {
    match geometry {
        Geometry::GeometryCollection(collection) => &collection.0,
        _ => &[],
    }
}

/// A geometry as WKT.
fn wkt(geometry: &Geometry) -> String {
    let Some((kind, coordinates)) = parts(geometry) else {
        let members: Vec<String> = members(geometry).iter().map(wkt).collect();
        return format!("GEOMETRYCOLLECTION({})", members.join(", "));
    };
    let mut text = KINDS[kind].0.to_owned();
    // WKT gives a point parentheses of its own, also among others.
    let own = |at: &Nested| Nested::List(vec![at.clone()]);
    let coordinates = match coordinates {
        Nested::Position(_) => own(&coordinates),
        Nested::List(points) if kind == 3 => Nested::List(points.iter().map(own).collect()),
        coordinates @ Nested::List(_) => coordinates,
    };
    write_nested(&coordinates, &mut text);
    text
}

/// Coordinates as WKT nests them.
fn write_nested(nested: &Nested, text: &mut String) {
    match nested {
        Nested::Position(numbers) => {
            for (i, number) in numbers.iter().enumerate() {
                let space = if i == 0 { "" } else { " " };
                // Writing to a String does not fail.
                let _ = write!(text, "{space}{}", write::number(*number));
            }
        }
        Nested::List(parts) => {
            text.push('(');
            for (i, part) in parts.iter().enumerate() {
                text.push_str(if i == 0 { "" } else { ", " });
                write_nested(part, text);
            }
            text.push(')');
        }
    }
}

/// A geometry as `GeoJSON`.
fn geojson(geometry: &Geometry) -> Value {
    fn value(nested: &Nested) -> Value {
        match nested {
            Nested::Position(numbers) => numbers.iter().map(|x| write::json_number(*x)).collect(),
            Nested::List(parts) => parts.iter().map(value).collect(),
        }
    }
    let Some((kind, coordinates)) = parts(geometry) else {
        let members: Vec<Value> = members(geometry).iter().map(geojson).collect();
        return json!({ "type": "GeometryCollection", "geometries": members });
    };
    json!({ "type": KINDS[kind].1, "coordinates": value(&coordinates) })
}
