//! Geometry from the coordinates of a file, as it was drawn.

use geo_types::{Coord, LineString, Polygon};

use crate::say;
use crate::text::{Key, Message};

/// A polygon from its rings, the outer one first; `None` without an outer ring. A ring whose last
/// point is not its first is closed, and that is noted.
pub(super) fn polygon(rings: Vec<Vec<Coord>>, notes: &mut Vec<Message>) -> Option<Polygon> {
    let mut rings = rings
        .into_iter()
        .filter(|ring| !ring.is_empty())
        .map(|ring| {
            if ring.first() != ring.last() {
                notes.push(say!(Key::SourceRingClosed, points = ring.len()));
            }
            LineString::new(ring)
        });
    let outer = rings.next()?;
    Some(Polygon::new(outer, rings.collect()))
}
