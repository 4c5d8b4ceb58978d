//! GeoJSON (RFC 7946), written straight into bytes: longitude before latitude, at most nine decimals
//! (a tenth of a millimetre), exterior rings counter-clockwise.

use geo_types::{Coord, LineString, Polygon};
use serde::Serialize;

use crate::geom::{Geometry, cast};
use crate::model::Period;
use crate::query::FieldView;
use crate::query::{Cell, Snapshot};

/// Writes one feature: its geometry (or null), its values in the order of the layer's fields (what
/// is not recorded is null; a field with limits of detection has its companion after it), how well
/// its position is known in metres, and when it was so.
pub fn feature(snapshot: &Snapshot, row: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(b"{\"type\":\"Feature\",\"id\":");
    json(out, &snapshot.id(row).0);
    out.extend_from_slice(b",\"geometry\":");
    match snapshot.geometry(row) {
        Some(shape) => geometry(&shape, out),
        None => out.extend_from_slice(b"null"),
    }
    out.extend_from_slice(b",\"properties\":{");
    for (place, field) in snapshot.view().fields.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        property(out, field, snapshot.cell(row, place));
    }
    out.extend_from_slice(b"},\"precision_m\":");
    match snapshot.precision_m(row) {
        Some(metres) => json(out, &metres),
        None => out.extend_from_slice(b"null"),
    }
    out.extend_from_slice(b",\"valid\":");
    period(out, snapshot.valid(row));
    out.push(b'}');
}

fn property(out: &mut Vec<u8>, field: &FieldView, cell: Cell<'_>) {
    json(out, &field.name);
    out.push(b':');
    match cell {
        Cell::Null | Cell::BelowDetection(_) => out.extend_from_slice(b"null"),
        Cell::Text(text) => json(out, text),
        Cell::Integer(whole) => json(out, &whole),
        Cell::Number(number) => json(out, &number),
        Cell::Boolean(yes) => json(out, &yes),
        Cell::Date(day) => json(out, &day.to_string()),
        Cell::DateTime(moment) => json(out, &moment.to_string()),
    }
    if let Some(companion) = field.lod_name() {
        out.push(b',');
        json(out, &companion);
        out.push(b':');
        match cell {
            Cell::BelowDetection(limit) => json(out, &limit),
            _ => out.extend_from_slice(b"null"),
        }
    }
}

fn period(out: &mut Vec<u8>, period: Period) {
    for (name, day) in [(&b"{\"from\":"[..], period.from), (b",\"to\":", period.to)] {
        out.extend_from_slice(name);
        match day {
            Some(day) => json(out, &day.to_string()),
            None => out.extend_from_slice(b"null"),
        }
    }
    out.push(b'}');
}

/// Writes a plain value. A vector takes every byte and a text or number is always JSON (a number
/// that is not finite becomes null), so nothing can fail.
fn json<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) {
    let begin = out.len();
    if serde_json::to_writer(&mut *out, value).is_err() {
        out.truncate(begin);
        out.extend_from_slice(b"null");
    }
}

/// Writes a geometry in degrees.
pub fn geometry(geometry: &Geometry, out: &mut Vec<u8>) {
    match geometry {
        Geometry::Point(point) => named(out, "Point", |out| position(out, point.0)),
        Geometry::MultiPoint(points) => named(out, "MultiPoint", |out| {
            list(out, points, |out, point| position(out, point.0));
        }),
        Geometry::Line(line) => named(out, "LineString", |out| {
            list(out, &[line.start, line.end], |out, coord| {
                position(out, *coord);
            });
        }),
        Geometry::LineString(line) => named(out, "LineString", |out| positions(out, line)),
        Geometry::MultiLineString(lines) => named(out, "MultiLineString", |out| {
            list(out, lines, positions);
        }),
        Geometry::Polygon(polygon) => named(out, "Polygon", |out| rings(out, polygon)),
        Geometry::MultiPolygon(polygons) => named(out, "MultiPolygon", |out| {
            list(out, polygons, rings);
        }),
        Geometry::Rect(rect) => named(out, "Polygon", |out| rings(out, &rect.to_polygon())),
        Geometry::Triangle(triangle) => {
            named(out, "Polygon", |out| rings(out, &triangle.to_polygon()));
        }
        Geometry::GeometryCollection(all) => {
            out.extend_from_slice(b"{\"type\":\"GeometryCollection\",\"geometries\":");
            list(out, all, |out, one| self::geometry(one, out));
            out.push(b'}');
        }
    }
}

/// A geometry as a JSON value, for a document that holds little else.
pub fn geometry_value(shape: &Geometry) -> serde_json::Value {
    let mut bytes = Vec::new();
    geometry(shape, &mut bytes);
    serde_json::from_slice(&bytes).unwrap_or_default()
}

fn named(out: &mut Vec<u8>, kind: &str, coordinates: impl FnOnce(&mut Vec<u8>)) {
    out.extend_from_slice(b"{\"type\":\"");
    out.extend_from_slice(kind.as_bytes());
    out.extend_from_slice(b"\",\"coordinates\":");
    coordinates(out);
    out.push(b'}');
}

fn list<'a, T: 'a>(
    out: &mut Vec<u8>,
    items: impl IntoIterator<Item = &'a T>,
    mut each: impl FnMut(&mut Vec<u8>, &'a T),
) {
    out.push(b'[');
    for (place, item) in items.into_iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        each(out, item);
    }
    out.push(b']');
}

fn positions(out: &mut Vec<u8>, line: &LineString<f64>) {
    list(out, &line.0, |out, coord| position(out, *coord));
}

/// The rings of a polygon: the exterior counter-clockwise, holes clockwise (RFC 7946 § 3.1.6).
fn rings(out: &mut Vec<u8>, polygon: &Polygon<f64>) {
    out.push(b'[');
    ring(out, polygon.exterior(), true);
    for hole in polygon.interiors() {
        out.push(b',');
        ring(out, hole, false);
    }
    out.push(b']');
}

fn ring(out: &mut Vec<u8>, ring: &LineString<f64>, counter_clockwise: bool) {
    let area = twice_signed_area(&ring.0);
    if area != 0.0 && (area > 0.0) != counter_clockwise {
        out.push(b'[');
        for (place, coord) in ring.0.iter().rev().enumerate() {
            if place > 0 {
                out.push(b',');
            }
            position(out, *coord);
        }
        out.push(b']');
    } else {
        positions(out, ring);
    }
}

/// Twice the area a closed ring runs around, positive counter-clockwise: the shoelace formula, from
/// the first vertex so that far coordinates do not cancel.
fn twice_signed_area(ring: &[Coord<f64>]) -> f64 {
    let Some(&origin) = ring.first() else {
        return 0.0;
    };
    ring.windows(2)
        .map(|edge| {
            let (a, b) = (edge[0] - origin, edge[1] - origin);
            a.x.mul_add(b.y, -(b.x * a.y))
        })
        .sum()
}

fn position(out: &mut Vec<u8>, coord: Coord<f64>) {
    out.push(b'[');
    degrees(out, coord.x);
    out.push(b',');
    degrees(out, coord.y);
    out.push(b']');
}

/// How many steps of the ninth decimal a degree has.
const STEPS: i64 = 1_000_000_000;

/// Writes degrees to the nearest ninth decimal, without zeros at the end.
fn degrees(out: &mut Vec<u8>, value: f64) {
    // At most 1.8e11: a double holds it to 3e-5 of a step.
    let steps = cast::f64_to_i64((value * cast::i64_to_f64(STEPS)).round());
    let (whole, decimals) = (
        steps.unsigned_abs() / 1_000_000_000,
        steps.unsigned_abs() % 1_000_000_000,
    );
    if steps < 0 {
        out.push(b'-');
    }
    digits(out, whole, 0);
    if decimals > 0 {
        out.push(b'.');
        digits(out, decimals, 9);
        while out.last() == Some(&b'0') {
            out.pop();
        }
    }
}

/// Writes a whole number in decimal, filled with zeros in front up to `width` digits.
fn digits(out: &mut Vec<u8>, mut number: u64, width: usize) {
    let mut buffer = [b'0'; 20];
    let mut begin = buffer.len();
    loop {
        begin -= 1;
        buffer[begin] = b'0' + u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
        if number == 0 {
            break;
        }
    }
    let begin = begin.min(buffer.len() - width);
    out.extend_from_slice(&buffer[begin..]);
}

#[cfg(test)]
mod tests {
    use geo_types::{line_string, point, polygon};
    use proptest::prelude::*;

    use super::*;

    fn written(shape: &Geometry) -> String {
        let mut out = Vec::new();
        geometry(shape, &mut out);
        String::from_utf8(out).unwrap()
    }

    fn shape_name(shape: &Geometry) -> String {
        let text = written(shape);
        text.split('"').nth(3).unwrap().to_owned()
    }

    fn degrees_of(value: f64) -> String {
        let mut out = Vec::new();
        degrees(&mut out, value);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn degrees_have_at_most_nine_decimals_and_no_zeros_at_the_end() {
        for (value, text) in [
            (116.0, "116"),
            (116.5, "116.5"),
            (-0.1, "-0.1"),
            (0.000_000_001, "0.000000001"),
            (0.000_000_000_4, "0"),
            (-0.000_000_000_4, "0"),
            (-0.0, "0"),
            (116.387_654_321_98, "116.387654322"),
            (179.999_999_999_9, "180"),
            (-180.0, "-180"),
            (100.0, "100"),
        ] {
            assert_eq!(degrees_of(value), text, "{value:?}");
        }
    }

    proptest! {
        #[test]
        fn degrees_read_back_to_the_nearest_ninth_decimal(value in -180.0..=180.0_f64) {
            let text = degrees_of(value);
            let back: f64 = text.parse().unwrap();
            prop_assert!((back - value).abs() <= 0.501e-9, "{} {}", value, text);
            // Rust's own rounding is the oracle, but for ties that binary fractions blur.
            let oracle: f64 = format!("{value:.9}").parse().unwrap();
            prop_assert!((back - oracle).abs() <= 1.01e-9);
        }
    }

    #[test]
    fn exteriors_run_counter_clockwise_and_holes_clockwise_however_they_were_drawn() {
        let expected = "{\"type\":\"Polygon\",\"coordinates\":[[[0,0],[4,0],[4,4],[0,4],[0,0]],\
                        [[1,1],[1,2],[2,2],[2,1],[1,1]]]}";
        let right = polygon!(
            exterior: [(x: 0., y: 0.), (x: 4., y: 0.), (x: 4., y: 4.), (x: 0., y: 4.)],
            interiors: [[(x: 1., y: 1.), (x: 1., y: 2.), (x: 2., y: 2.), (x: 2., y: 1.)]],
        );
        let wrong = polygon!(
            exterior: [(x: 0., y: 0.), (x: 0., y: 4.), (x: 4., y: 4.), (x: 4., y: 0.)],
            interiors: [[(x: 1., y: 1.), (x: 2., y: 1.), (x: 2., y: 2.), (x: 1., y: 2.)]],
        );
        assert_eq!(written(&right.into()), expected);
        assert_eq!(written(&wrong.into()), expected);
    }

    #[test]
    fn every_kind_of_geometry_has_its_name_and_nesting() {
        let line = line_string![(x: 1., y: 2.), (x: 3., y: 4.)];
        let square = polygon![(x: 0., y: 0.), (x: 1., y: 0.), (x: 1., y: 1.)];
        let collection = vec![
            Geometry::Point(point!(x: 1., y: 2.)),
            Geometry::LineString(line.clone()),
        ];
        for (shape, text) in [
            (
                Geometry::Point(point!(x: 1., y: 2.)),
                r#"{"type":"Point","coordinates":[1,2]}"#,
            ),
            (
                Geometry::MultiPoint(vec![(1., 2.), (3., 4.)].into()),
                r#"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#,
            ),
            (
                line.clone().into(),
                r#"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#,
            ),
            (
                Geometry::MultiLineString(geo_types::MultiLineString(vec![line])),
                r#"{"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]}"#,
            ),
            (
                Geometry::MultiPolygon(vec![square].into()),
                r#"{"type":"MultiPolygon","coordinates":[[[[0,0],[1,0],[1,1],[0,0]]]]}"#,
            ),
            (
                Geometry::GeometryCollection(collection.into()),
                r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"LineString","coordinates":[[1,2],[3,4]]}]}"#,
            ),
        ] {
            assert_eq!(written(&shape), text);
            assert_eq!(geometry_value(&shape)["type"], shape_name(&shape));
        }
    }
}
