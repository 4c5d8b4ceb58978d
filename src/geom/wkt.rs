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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn common_flavours_are_read_and_z_is_dropped() {
        let point = Geometry::Point((116.44, 39.92).into());
        for text in [
            "POINT (116.44 39.92)",
            " point(116.44 39.92) ",
            "POINT Z (116.44 39.92 55)",
            "SRID=4490;POINT(116.44 39.92)",
        ] {
            assert_eq!(read(text).unwrap(), point, "{text}");
        }
    }

    #[test]
    fn what_is_no_geometry_is_refused_with_its_text() {
        for text in [
            "",
            "116.44,39.92",
            "POINT(116.44)",
            "POLYGON((0 0,1 0",
            "点(1 2)",
        ] {
            let message = read(text).unwrap_err();
            assert_eq!(message.key(), Key::GeomWktUnreadable, "{text}");
            assert!(message.in_lang(Lang::Zh).contains(text));
        }
        let long = format!("POLYGON(({}", "1 2,".repeat(10_000));
        assert!(read(&long).unwrap_err().to_string().len() < 400);
    }

    #[test]
    fn deep_nesting_is_refused_before_it_can_overflow_the_stack() {
        let deep = "GEOMETRYCOLLECTION(".repeat(100_000);
        assert_eq!(read(&deep).unwrap_err().key(), Key::GeomWktDepth);
    }
}
