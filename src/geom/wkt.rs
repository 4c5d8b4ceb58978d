//! Well-known text, read through the `wkt` crate.

use wkt::TryFromWkt as _;

use super::Geometry;
use crate::say;
use crate::text::{Key, Message};

/// Longest excerpt of the text a message shows, characters.
const SHOWN: usize = 60;

/// Deeper parentheses are refused before the parser, which recurses, sees them.
const MAX_DEPTH: usize = 32;

/// Reads well-known text (`POLYGON ((…))`); EWKT's leading `SRID=…;` is skipped, Z and M are
/// dropped.
pub fn read(text: &str) -> Result<Geometry, Message> {
    let text = text.trim();
    let body = match text.split_once(';') {
        Some((srid, rest)) if srid.trim_start().to_ascii_uppercase().starts_with("SRID=") => rest,
        _ => text,
    };
    let (mut depth, mut deepest) = (0usize, 0);
    for byte in body.bytes() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    if deepest > MAX_DEPTH {
        return Err(say!(Key::GeomWktDepth, max = MAX_DEPTH));
    }
    Geometry::try_from_wkt_str(body).map_err(|e| {
        let mut shown: String = text.chars().take(SHOWN).collect();
        if shown.len() < text.len() {
            shown.push('…');
        }
        say!(Key::GeomWktUnreadable, text = shown, reason = e)
    })
}
