//! A geometry of GDAL as one of ours: two-dimensional, arcs as chords.

use std::f64::consts::{PI, TAU};

use gdal::vector::{Geometry as Ogr, OGRwkbGeometryType as Type, geometry_type_flatten};
use geo_types::{
    Coord, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};

use crate::geom::Geometry;
use crate::say;
use crate::source::shape;
use crate::text::{Key, Message};

/// The widest angle a chord may cut off an arc: it then lies at most 4e-5 of the radius from it,
/// 4 mm at a radius of 100 m.
const WIDEST: f64 = PI / 180.0;

/// The geometry as it was drawn; an empty one is `None`. What had to be mended is added to the notes.
pub(super) fn drawn(ogr: &Ogr, notes: &mut Vec<Message>) -> Result<Option<Geometry>, Message> {
    if ogr.is_empty() {
        return Ok(None);
    }
    Ok(match geometry_type_flatten(ogr.geometry_type()) {
        Type::wkbPoint => Some(Point(at(ogr, 0)?).into()),
        Type::wkbLineString | Type::wkbCircularString | Type::wkbCompoundCurve => {
            Some(LineString::new(curve(ogr)?).into())
        }
        Type::wkbPolygon | Type::wkbCurvePolygon | Type::wkbTriangle => {
            surface(ogr, notes)?.map(Geometry::from)
        }
        Type::wkbMultiPoint => {
            let points: Result<Vec<_>, _> =
                filled(ogr).map(|point| at(&point, 0).map(Point)).collect();
            Some(MultiPoint(points?).into())
        }
        Type::wkbMultiLineString | Type::wkbMultiCurve => {
            let lines: Result<Vec<_>, _> = filled(ogr)
                .map(|line| curve(&line).map(LineString::new))
                .collect();
            Some(MultiLineString(lines?).into())
        }
        Type::wkbMultiPolygon | Type::wkbMultiSurface => {
            let mut polygons: Vec<Polygon> = Vec::with_capacity(ogr.geometry_count());
            for polygon in filled(ogr) {
                polygons.extend(surface(&polygon, notes)?);
            }
            Some(MultiPolygon(polygons).into())
        }
        Type::wkbGeometryCollection => {
            let mut members = Vec::new();
            for member in filled(ogr) {
                members.extend(drawn(&member, notes)?);
            }
            Some(Geometry::GeometryCollection(GeometryCollection::new_from(
                members,
            )))
        }
        _ => return Err(say!(Key::SourceGeometryKind, found = ogr.geometry_name())),
    })
}

/// The members that are not empty.
fn filled(ogr: &Ogr) -> impl Iterator<Item = gdal::vector::GeometryRef<'_>> {
    (0..ogr.geometry_count())
        .map(|i| ogr.get_geometry(i))
        .filter(|member| !member.is_empty())
}

fn surface(ogr: &Ogr, notes: &mut Vec<Message>) -> Result<Option<Polygon>, Message> {
    let rings: Result<Vec<_>, _> = filled(ogr).map(|ring| curve(&ring)).collect();
    Ok(shape::polygon(rings?, notes))
}

/// The points of a line, an arc or a chain of both.
fn curve(ogr: &Ogr) -> Result<Vec<Coord>, Message> {
    match geometry_type_flatten(ogr.geometry_type()) {
        Type::wkbCompoundCurve => {
            let mut points: Vec<Coord> = Vec::new();
            for part in filled(ogr) {
                let part = curve(&part)?;
                let joined = points.last().is_some() && points.last() == part.first();
                points.extend(part.into_iter().skip(usize::from(joined)));
            }
            Ok(points)
        }
        Type::wkbCircularString => Ok(chords(&points(ogr)?)),
        _ => points(ogr),
    }
}

fn points(ogr: &Ogr) -> Result<Vec<Coord>, Message> {
    (0..i32::try_from(ogr.point_count()).unwrap_or(i32::MAX))
        .map(|i| at(ogr, i))
        .collect()
}

fn at(ogr: &Ogr, index: i32) -> Result<Coord, Message> {
    let (x, y, _) = ogr.get_point(index);
    if x.is_finite() && y.is_finite() {
        Ok(Coord { x, y })
    } else {
        Err(say!(Key::SourceCoordinateNotFinite, x = x, y = y))
    }
}

/// Chords for a chain of arcs, each given by its begin, a point on it and its end; every given point
/// is kept.
fn chords(given: &[Coord]) -> Vec<Coord> {
    let mut line: Vec<Coord> = given.iter().take(1).copied().collect();
    let mut rest = given;
    while let [begin, on, end, ..] = *rest {
        arc(begin, on, end, &mut line);
        rest = &rest[2..];
    }
    line
}

/// Adds an arc to a line that ends where it begins. An arc that ends where it begins is a full
/// circle of which `on` is the point opposite (ISO 19125); three points in a line are no arc.
fn arc(begin: Coord, on: Coord, end: Coord, line: &mut Vec<Coord>) {
    let circle = begin == end;
    let centre = if circle {
        Some((begin + on) / 2.0)
    } else {
        circumcentre(begin, on, end)
    };
    let Some(centre) = centre else {
        line.extend([on, end]);
        return;
    };
    let angle = |point: Coord| (point.y - centre.y).atan2(point.x - centre.x);
    let radius = (begin.x - centre.x).hypot(begin.y - centre.y);
    let clockwise =
        !circle && (on.x - begin.x) * (end.y - begin.y) < (on.y - begin.y) * (end.x - begin.x);
    for (from, to) in [(begin, on), (on, end)] {
        // The angle from one to the next, in the arc's own direction.
        let swept = if clockwise {
            -(angle(from) - angle(to)).rem_euclid(TAU)
        } else {
            (angle(to) - angle(from)).rem_euclid(TAU)
        };
        let steps = (swept.abs() / WIDEST).ceil();
        let mut step = 1.0;
        while step < steps {
            let at = angle(from) + swept * step / steps;
            let (sin, cos) = at.sin_cos();
            line.push(Coord {
                x: centre.x + radius * cos,
                y: centre.y + radius * sin,
            });
            step += 1.0;
        }
        line.push(to);
    }
}

/// The centre of the circle through three points; `None` if they lie in a line.
fn circumcentre(a: Coord, b: Coord, c: Coord) -> Option<Coord> {
    // Relative to the first point: coordinates of millions of metres would eat the digits.
    let (b, c) = (b - a, c - a);
    let twice_area = 2.0 * (b.x * c.y - b.y * c.x);
    let (b2, c2) = (b.x * b.x + b.y * b.y, c.x * c.x + c.y * c.y);
    let centre = Coord {
        x: (c.y * b2 - b.y * c2) / twice_area,
        y: (b.x * c2 - c.x * b2) / twice_area,
    };
    (centre.x.is_finite() && centre.y.is_finite()).then(|| a + centre)
}

#[cfg(test)]
mod tests {
    use geo::Area as _;

    use super::*;

    fn read(wkt: &str) -> Geometry {
        drawn(&Ogr::from_wkt(wkt).unwrap(), &mut Vec::new())
            .unwrap()
            .unwrap()
    }

    #[test]
    fn a_circle_of_arcs_keeps_its_area() {
        let halves =
            "CURVEPOLYGON(CIRCULARSTRING(4000100 0,4000000 100,4000100 200,4000200 100,4000100 0))";
        let whole = "CURVEPOLYGON(CIRCULARSTRING(4000100 0,4000100 200,4000100 0))";
        let clockwise =
            "CURVEPOLYGON(CIRCULARSTRING(4000100 0,4000200 100,4000100 200,4000000 100,4000100 0))";
        for wkt in [halves, whole, clockwise] {
            let area = read(wkt).unsigned_area();
            assert!((area / (PI * 1e4) - 1.0).abs() < 1e-4, "{wkt}: {area}");
        }
    }

    #[test]
    fn an_arc_in_a_chain_bends_to_the_side_of_its_middle_point() {
        let wkt = "CURVEPOLYGON(COMPOUNDCURVE((0 0,10 0),CIRCULARSTRING(10 0,15 5,10 10),(10 10,0 10,0 0)))";
        let area = read(wkt).unsigned_area();
        assert!((area - (100.0 + PI * 12.5)).abs() < 0.01, "{area}");
        let straight = "COMPOUNDCURVE(CIRCULARSTRING(0 0,1 1,2 2))";
        let Geometry::LineString(line) = read(straight) else {
            panic!("a line")
        };
        assert_eq!(line.0.len(), 3);
    }

    #[test]
    fn heights_and_measures_are_dropped_and_solids_refused() {
        assert_eq!(read("POINT ZM (1 2 3 4)"), Point::new(1.0, 2.0).into());
        let solid = "TIN Z (((0 0 0,0 0 1,0 1 0,0 0 0)))";
        assert!(drawn(&Ogr::from_wkt(solid).unwrap(), &mut Vec::new()).is_err());
        assert_eq!(
            drawn(&Ogr::from_wkt("POINT EMPTY").unwrap(), &mut Vec::new()).unwrap(),
            None
        );
    }
}
