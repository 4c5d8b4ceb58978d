//! Well-known binary, two-dimensional. Written little-endian (NDR); read in both byte orders, ISO
//! and EWKB flavours alike, Z and M dropped, an EWKB reference system skipped.

use geo_types::{
    Coord, Geometry as G, GeometryCollection, LineString, MultiLineString, MultiPoint,
    MultiPolygon, Point, Polygon,
};

use super::{Geometry, cast};
use crate::say;
use crate::text::{Key, Message};

/// Collections within collections deeper than this are refused.
const MAX_DEPTH: u8 = 16;

/// The well-known binary of a geometry.
pub fn to_vec(geometry: &Geometry) -> Vec<u8> {
    let mut out = Vec::new();
    write(geometry, &mut out);
    out
}

/// Appends the well-known binary of a geometry.
pub fn write(geometry: &Geometry, out: &mut Vec<u8>) {
    match geometry {
        G::Point(point) => {
            head(1, out);
            coord(point.0, out);
        }
        G::Line(line) => write(&G::LineString(LineString(vec![line.start, line.end])), out),
        G::LineString(line) => {
            head(2, out);
            coords(line, out);
        }
        G::Polygon(polygon) => write_polygon(polygon, out),
        G::MultiPoint(points) => {
            head(4, out);
            count(points.0.len(), out);
            for point in points {
                head(1, out);
                coord(point.0, out);
            }
        }
        G::MultiLineString(lines) => {
            head(5, out);
            count(lines.0.len(), out);
            for line in lines {
                head(2, out);
                coords(line, out);
            }
        }
        G::MultiPolygon(polygons) => {
            head(6, out);
            count(polygons.0.len(), out);
            for polygon in polygons {
                write_polygon(polygon, out);
            }
        }
        G::GeometryCollection(collection) => {
            head(7, out);
            count(collection.0.len(), out);
            for member in collection {
                write(member, out);
            }
        }
        G::Rect(rect) => write_polygon(&rect.to_polygon(), out),
        G::Triangle(triangle) => write_polygon(&triangle.to_polygon(), out),
    }
}

fn write_polygon(polygon: &Polygon<f64>, out: &mut Vec<u8>) {
    head(3, out);
    if polygon.exterior().0.is_empty() {
        return count(0, out);
    }
    count(1 + polygon.interiors().len(), out);
    coords(polygon.exterior(), out);
    for ring in polygon.interiors() {
        coords(ring, out);
    }
}

fn head(kind: u32, out: &mut Vec<u8>) {
    out.push(1);
    out.extend_from_slice(&kind.to_le_bytes());
}

fn count(number: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(&cast::usize_to_u32(number).to_le_bytes());
}

fn coords(line: &LineString<f64>, out: &mut Vec<u8>) {
    count(line.0.len(), out);
    out.reserve(line.0.len() * 16);
    for &c in &line.0 {
        coord(c, out);
    }
}

fn coord(c: Coord<f64>, out: &mut Vec<u8>) {
    out.extend_from_slice(&c.x.to_le_bytes());
    out.extend_from_slice(&c.y.to_le_bytes());
}

/// Reads well-known binary. An open ring is closed (the type knows no other). Refused, with the
/// reason: curves and surfaces, an empty point, text cut short, bytes left over.
pub fn read(bytes: &[u8]) -> Result<Geometry, Message> {
    read_noting(bytes, &mut Vec::new())
}

/// Like [`read`], with a note for every ring that had to be closed.
pub fn read_noting(bytes: &[u8], notes: &mut Vec<Message>) -> Result<Geometry, Message> {
    let mut reader = Reader {
        rest: bytes,
        whole: bytes.len(),
        notes,
    };
    let geometry = reader.geometry(0)?;
    if reader.rest.is_empty() {
        Ok(geometry)
    } else {
        Err(say!(Key::GeomWkbLeftOver, bytes = reader.rest.len()))
    }
}

struct Reader<'a> {
    rest: &'a [u8],
    whole: usize,
    notes: &'a mut Vec<Message>,
}

/// What stands before every geometry: byte order, kind, and how many numbers a coordinate has.
#[derive(Clone, Copy)]
struct Head {
    little: bool,
    kind: u32,
    numbers: usize,
}

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], Message> {
        let (taken, rest) = self
            .rest
            .split_first_chunk::<N>()
            .ok_or_else(|| self.cut_short())?;
        self.rest = rest;
        Ok(*taken)
    }

    fn cut_short(&self) -> Message {
        say!(Key::GeomWkbShort, bytes = self.whole)
    }

    fn u32(&mut self, little: bool) -> Result<u32, Message> {
        let bytes = self.take()?;
        Ok(if little {
            u32::from_le_bytes(bytes)
        } else {
            u32::from_be_bytes(bytes)
        })
    }

    fn f64(&mut self, little: bool) -> Result<f64, Message> {
        let bytes = self.take()?;
        Ok(if little {
            f64::from_le_bytes(bytes)
        } else {
            f64::from_be_bytes(bytes)
        })
    }

    fn head(&mut self) -> Result<Head, Message> {
        let [order] = self.take::<1>()?;
        if order > 1 {
            return Err(say!(Key::GeomWkbOrder, value = order));
        }
        let little = order == 1;
        let word = self.u32(little)?;
        if word & 0x2000_0000 != 0 {
            self.u32(little)?;
        }
        let iso = word & 0x0fff_ffff;
        let (iso_z, iso_m) = match iso / 1000 {
            0 => (false, false),
            1 => (true, false),
            2 => (false, true),
            3 => (true, true),
            _ => return Err(say!(Key::GeomWkbKind, kind = iso)),
        };
        let z = iso_z || word & 0x8000_0000 != 0;
        let m = iso_m || word & 0x4000_0000 != 0;
        Ok(Head {
            little,
            kind: iso % 1000,
            numbers: 2 + usize::from(z) + usize::from(m),
        })
    }

    /// How many parts follow, each of at least `least` bytes: a count that the bytes cannot hold is
    /// refused before memory is asked for.
    fn count(&mut self, head: Head, least: usize) -> Result<usize, Message> {
        let number = cast::u32_to_usize(self.u32(head.little)?);
        if number > self.rest.len() / least {
            Err(self.cut_short())
        } else {
            Ok(number)
        }
    }

    fn coord(&mut self, head: Head) -> Result<Coord<f64>, Message> {
        let (x, y) = (self.f64(head.little)?, self.f64(head.little)?);
        for _ in 2..head.numbers {
            self.take::<8>()?;
        }
        Ok(Coord { x, y })
    }

    fn line(&mut self, head: Head) -> Result<LineString<f64>, Message> {
        let number = self.count(head, head.numbers * 8)?;
        (0..number)
            .map(|_| self.coord(head))
            .collect::<Result<Vec<_>, _>>()
            .map(LineString)
    }

    fn polygon(&mut self, head: Head) -> Result<Polygon<f64>, Message> {
        let number = self.count(head, 4)?;
        let mut rings = (0..number)
            .map(|_| self.line(head))
            .collect::<Result<Vec<_>, _>>()?;
        for (place, ring) in rings.iter().enumerate() {
            if ring.0.first() != ring.0.last() {
                self.notes.push(say!(Key::GeomRingClosed, ring = place + 1));
            }
        }
        if rings.is_empty() {
            return Ok(Polygon::new(LineString(Vec::new()), Vec::new()));
        }
        let exterior = rings.remove(0);
        Ok(Polygon::new(exterior, rings))
    }

    fn point(&mut self, head: Head) -> Result<Point<f64>, Message> {
        let at = self.coord(head)?;
        if at.x.is_nan() && at.y.is_nan() {
            return Err(say!(Key::GeomWkbEmptyPoint));
        }
        Ok(Point(at))
    }

    /// The parts of a collection whose members are all of one kind.
    fn parts<T>(
        &mut self,
        head: Head,
        kind: u32,
        read: impl Fn(&mut Self, Head) -> Result<T, Message>,
    ) -> Result<Vec<T>, Message> {
        let number = self.count(head, 9)?;
        let mut parts = Vec::with_capacity(number);
        for _ in 0..number {
            let part = self.head()?;
            if part.kind != kind {
                return Err(unsupported(part.kind));
            }
            parts.push(read(self, part)?);
        }
        Ok(parts)
    }

    fn geometry(&mut self, depth: u8) -> Result<Geometry, Message> {
        let head = self.head()?;
        Ok(match head.kind {
            1 => G::Point(self.point(head)?),
            2 => G::LineString(self.line(head)?),
            3 => G::Polygon(self.polygon(head)?),
            4 => G::MultiPoint(MultiPoint(self.parts(head, 1, Self::point)?)),
            5 => G::MultiLineString(MultiLineString(self.parts(head, 2, Self::line)?)),
            6 => G::MultiPolygon(MultiPolygon(self.parts(head, 3, Self::polygon)?)),
            7 if depth < MAX_DEPTH => {
                let number = self.count(head, 9)?;
                let members = (0..number).map(|_| self.geometry(depth + 1));
                G::GeometryCollection(GeometryCollection(members.collect::<Result<_, _>>()?))
            }
            7 => return Err(say!(Key::GeomWkbDepth, max = MAX_DEPTH)),
            kind => return Err(unsupported(kind)),
        })
    }
}

fn unsupported(kind: u32) -> Message {
    let name = match kind {
        8 => "CIRCULARSTRING",
        9 => "COMPOUNDCURVE",
        10 => "CURVEPOLYGON",
        11 => "MULTICURVE",
        12 => "MULTISURFACE",
        13 => "CURVE",
        14 => "SURFACE",
        15 => "POLYHEDRALSURFACE",
        16 => "TIN",
        17 => "TRIANGLE",
        _ => return say!(Key::GeomWkbKind, kind = kind),
    };
    say!(Key::GeomWkbCurve, kind = name)
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn coordinates(least: usize) -> impl Strategy<Value = Vec<(f64, f64)>> {
        vec((-180.0..180.0f64, -90.0..90.0f64), least..6)
    }

    fn line() -> impl Strategy<Value = LineString<f64>> {
        coordinates(0).prop_map(LineString::from)
    }

    fn polygon() -> impl Strategy<Value = Polygon<f64>> {
        (coordinates(1).prop_map(LineString::from), vec(line(), 0..3))
            .prop_map(|(exterior, holes)| Polygon::new(exterior, holes))
    }

    fn geometry() -> impl Strategy<Value = Geometry> {
        let leaf = prop_oneof![
            (-180.0..180.0f64, -90.0..90.0f64).prop_map(|c| G::Point(c.into())),
            line().prop_map(G::LineString),
            polygon().prop_map(G::Polygon),
            coordinates(0).prop_map(|c| G::MultiPoint(c.into())),
            vec(line(), 0..3).prop_map(|l| G::MultiLineString(MultiLineString(l))),
            vec(polygon(), 0..3).prop_map(|p| G::MultiPolygon(MultiPolygon(p))),
        ];
        leaf.prop_recursive(2, 12, 4, |inner| {
            vec(inner, 0..4).prop_map(|g| G::GeometryCollection(GeometryCollection(g)))
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(geometry in geometry()) {
            prop_assert_eq!(read(&to_vec(&geometry)).unwrap(), geometry);
        }

        #[test]
        fn no_bytes_make_it_fall_over(bytes in vec(any::<u8>(), 0..200)) {
            let _ = read(&bytes);
        }

        #[test]
        fn a_cut_or_a_longer_text_is_refused(geometry in geometry(), cut in 0usize..50) {
            let mut bytes = to_vec(&geometry);
            prop_assert!(read(&bytes[..bytes.len().saturating_sub(cut + 1)]).is_err());
            bytes.push(0);
            prop_assert_eq!(read(&bytes).unwrap_err().key(), Key::GeomWkbLeftOver);
        }
    }

    fn hex(text: &str) -> Vec<u8> {
        let digit = |i: usize| u8::from_str_radix(&text[i..i + 2], 16).unwrap();
        (0..text.len()).step_by(2).map(digit).collect()
    }

    #[test]
    fn both_byte_orders_and_all_flavours_are_read() {
        let point = G::Point(Point::new(1.0, 2.0));
        for text in [
            "0101000000000000000000F03F0000000000000040",
            "00000000013FF00000000000004000000000000000",
            // ISO Z, M, ZM
            "01E9030000000000000000F03F00000000000000400000000000000840",
            "01D1070000000000000000F03F00000000000000400000000000000840",
            "01B90B0000000000000000F03F000000000000004000000000000008400000000000000840",
            // EWKB: Z; SRID 4326 and Z
            "0101000080000000000000F03F00000000000000400000000000000840",
            "01010000A0E6100000000000000000F03F00000000000000400000000000000840",
        ] {
            assert_eq!(read(&hex(text)).unwrap(), point, "{text}");
        }
    }

    #[test]
    fn an_open_ring_is_closed_and_noted() {
        let ring = LineString::from(vec![(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)]);
        let mut bytes = to_vec(&G::Polygon(Polygon::new(ring, vec![])));
        let mut notes = Vec::new();
        let closed = read_noting(&bytes, &mut notes).unwrap();
        assert!(notes.is_empty());
        bytes.truncate(bytes.len() - 16);
        bytes[9] = 3;
        assert_eq!(read_noting(&bytes, &mut notes).unwrap(), closed);
        assert_eq!(notes, [say!(Key::GeomRingClosed, ring = 1)]);
    }

    #[test]
    fn curves_empty_points_and_lies_about_length_are_refused_by_name() {
        let curve = read(&hex("010800000000000000")).unwrap_err();
        assert_eq!(
            (curve.key(), curve.arg("kind")),
            (Key::GeomWkbCurve, Some("CIRCULARSTRING"))
        );
        let empty = read(&hex("0101000000000000000000F87F000000000000F87F")).unwrap_err();
        assert_eq!(empty.key(), Key::GeomWkbEmptyPoint);
        // A line that says it has 4,294,967,295 points.
        assert_eq!(
            read(&hex("0102000000FFFFFFFF")).unwrap_err().key(),
            Key::GeomWkbShort
        );
        let mut deep = Vec::new();
        for _ in 0..40 {
            deep.extend(hex("010700000001000000"));
        }
        deep.extend(hex("010700000000000000"));
        assert_eq!(read(&deep).unwrap_err().key(), Key::GeomWkbDepth);
    }
}
