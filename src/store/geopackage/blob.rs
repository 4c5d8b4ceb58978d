//! GeoPackage's binary form of a geometry (GeoPackage 1.3 § 2.1.3): a head with the box, then
//! well-known binary.
//!
//! A line or polygon layer holds the multi form throughout, as its column declares; on the way out
//! a multi geometry of one part is the part. So a polygon and a multipolygon of that one polygon
//! are the same at rest. A point is stored as it is, without a box of its own.

use geo::CoordsIter as _;
use geo_types::Geometry as G;

use crate::geom::{BBox, Geometry, wkb};
use crate::layer::Shape;
use crate::say;
use crate::text::{Key, Message};

/// EPSG:4326, the reference system of every layer at rest.
pub(super) const SRS: i32 = 4326;

const LITTLE_ENDIAN: u8 = 0b0000_0001;
const WITH_BOX: u8 = 0b0000_0010;
const EMPTY: u8 = 0b0001_0000;
const BOX_KIND: u8 = 0b0000_1110;

/// Writes a geometry of a layer of `shape` into `out`, which is emptied first. Its box; `None` when
/// it is empty. Refused: a geometry of another shape, a coordinate that is no finite number.
pub(super) fn encode(
    geometry: &Geometry,
    shape: Shape,
    out: &mut Vec<u8>,
) -> Result<Option<BBox>, Message> {
    let many_of: Option<u32> = match (shape, geometry) {
        (Shape::Line, G::LineString(_) | G::Line(_)) => Some(5),
        (Shape::Polygon, G::Polygon(_) | G::Rect(_) | G::Triangle(_)) => Some(6),
        (Shape::Point, G::Point(_) | G::MultiPoint(_))
        | (Shape::Line, G::MultiLineString(_))
        | (Shape::Polygon, G::MultiPolygon(_)) => None,
        _ => return Err(say!(Key::StoreGeometryOfOtherShape)),
    };
    let bbox = head(geometry, out)?;
    if let Some(kind) = many_of {
        out.push(1);
        out.extend_from_slice(&kind.to_le_bytes());
        out.extend_from_slice(&1_u32.to_le_bytes());
    }
    wkb::write(geometry, out);
    Ok(bbox)
}

/// Writes a geometry as it is, whatever its kind.
pub(super) fn encode_as_it_is(geometry: &Geometry, out: &mut Vec<u8>) -> Result<(), Message> {
    head(geometry, out)?;
    wkb::write(geometry, out);
    Ok(())
}

fn head(geometry: &Geometry, out: &mut Vec<u8>) -> Result<Option<BBox>, Message> {
    if geometry
        .coords_iter()
        .any(|c| !(c.x.is_finite() && c.y.is_finite()))
    {
        return Err(say!(Key::StoreCoordinateNotFinite));
    }
    let bbox = BBox::of(geometry);
    let flags = match (bbox, geometry) {
        (None, _) => LITTLE_ENDIAN | EMPTY,
        (_, G::Point(_)) => LITTLE_ENDIAN,
        _ => LITTLE_ENDIAN | WITH_BOX,
    };
    out.clear();
    out.extend_from_slice(&[b'G', b'P', 0, flags]);
    out.extend_from_slice(&SRS.to_le_bytes());
    if let (Some(b), true) = (bbox, flags & WITH_BOX != 0) {
        for side in [b.west, b.east, b.south, b.north] {
            out.extend_from_slice(&side.to_le_bytes());
        }
    }
    Ok(bbox)
}

/// Reads a geometry of a layer: a multi geometry of one part comes as that part. `None`: no
/// geometry can be read from these bytes.
pub(super) fn decode(blob: &[u8]) -> Option<Geometry> {
    Some(match decode_as_it_is(blob)? {
        G::MultiPolygon(mut many) if many.0.len() == 1 => G::Polygon(many.0.pop()?),
        G::MultiLineString(mut many) if many.0.len() == 1 => G::LineString(many.0.pop()?),
        other => other,
    })
}

/// Reads a geometry in the form in which it is stored.
pub(super) fn decode_as_it_is(blob: &[u8]) -> Option<Geometry> {
    wkb::read(blob.get(body_at(blob)?..)?).ok()
}

/// The box of a stored geometry: from its head, or, where that has none, computed. `None`: it is
/// empty, or the bytes are no geometry.
pub(super) fn bbox(blob: &[u8]) -> Option<BBox> {
    let start = body_at(blob)?;
    let flags = *blob.get(3)?;
    if flags & EMPTY != 0 {
        return None;
    }
    if flags & BOX_KIND == 0 {
        return wkb::read(blob.get(start..)?)
            .ok()
            .as_ref()
            .and_then(BBox::of);
    }
    let side = |at: usize| -> Option<f64> {
        let bytes = blob.get(at..at + 8)?.try_into().ok()?;
        let little = flags & LITTLE_ENDIAN != 0;
        Some(if little {
            f64::from_le_bytes(bytes)
        } else {
            f64::from_be_bytes(bytes)
        })
    };
    Some(BBox {
        west: side(8)?,
        east: side(16)?,
        south: side(24)?,
        north: side(32)?,
    })
}

/// Where the well-known binary begins.
fn body_at(blob: &[u8]) -> Option<usize> {
    if blob.get(..2)? != b"GP" {
        return None;
    }
    match (blob.get(3)? & BOX_KIND) >> 1 {
        0 => Some(8),
        1 => Some(8 + 32),
        2 | 3 => Some(8 + 48),
        4 => Some(8 + 64),
        _ => None,
    }
}
