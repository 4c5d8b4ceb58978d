//! Letters for maps whose client does not draw its own: a range of 256 characters of a face as signed
//! distance fields, in the glyph format that `MapLibre` and Mapbox share.
//!
//! Chinese characters are not here: `MapLibre` draws them with the faces of the reader's machine.

use ab_glyph::{Font as _, FontRef, Glyph, PxScale, ScaleFont as _, point};
use sdf_glyph_renderer::{BitmapGlyph, clamp_to_u8};

use super::pbf::Message;
use crate::geom::cast::{f64_to_i64, usize_to_u64};

/// Characters in a range.
pub const RANGE: u32 = 256;
/// The size letters are drawn at, pixels an em; the format knows no other.
const EM_PX: f32 = 24.0;
/// Pixels around a letter in which its distance field runs out.
const BUFFER: usize = 3;
/// How far the field reaches, pixels.
const RADIUS: usize = 8;
/// The share of the field's values that lie inside the outline.
const CUTOFF: f64 = 0.25;
/// Where the format's readers expect the top of a line above its baseline, pixels.
const ASCENT_PX: i64 = 26;

/// The characters from `start` (a multiple of [`RANGE`]) on, as the answer for a face of that name.
/// A character the face lacks is left out; without a face the range is there and empty.
pub fn glyph_range(face: Option<&[u8]>, name: &str, start: u32) -> Vec<u8> {
    let face = face.and_then(|bytes| FontRef::try_from_slice(bytes).ok());
    let mut stack = Message::default();
    stack.bytes(1, name.as_bytes());
    let last = start.saturating_add(RANGE - 1);
    stack.bytes(2, format!("{start}-{last}").as_bytes());
    for code in start..=last {
        let letter = char::from_u32(code).zip(face.as_ref());
        if let Some(glyph) = letter.and_then(|(letter, face)| glyph(face, letter)) {
            stack.bytes(3, glyph.as_bytes());
        }
    }
    let mut answer = Message::default();
    answer.bytes(1, stack.as_bytes());
    answer.into_bytes()
}

/// One character: its field, its measures, how far the pen moves on.
fn glyph(face: &FontRef<'_>, letter: char) -> Option<Message> {
    let id = face.glyph_id(letter);
    if id.0 == 0 {
        return None;
    }
    // The format counts pixels an em; the crate, pixels from descender to ascender.
    let height = face.height_unscaled() / face.units_per_em()?;
    let scale = PxScale::from(EM_PX * height);
    let advance = face.as_scaled(scale).h_advance(id).round();
    let mut message = Message::default();
    message.uint(1, u64::from(u32::from(letter)));
    let drawn: Glyph = id.with_scale_and_position(scale, point(0.0, 0.0));
    let (mut width, mut rows, mut left, mut top) = (0, 0, 0, 0);
    if let Some(outline) = face.outline_glyph(drawn) {
        let bounds = outline.px_bounds();
        let side = |length: f32| usize::try_from(f64_to_i64(f64::from(length))).unwrap_or(0);
        (width, rows) = (side(bounds.width()), side(bounds.height()));
        left = f64_to_i64(f64::from(bounds.min.x));
        top = f64_to_i64(f64::from(-bounds.min.y));
        let mut alpha = vec![0_u8; width * rows];
        outline.draw(|x, y, covered| {
            let (x, y) = (usize::try_from(x), usize::try_from(y));
            if let (Ok(x), Ok(y)) = (x, y)
                && let Some(pixel) = alpha.get_mut(y * width + x)
            {
                *pixel = u8::try_from(f64_to_i64(f64::from(covered * 255.0))).unwrap_or(u8::MAX);
            }
        });
        let bitmap = BitmapGlyph::from_unbuffered(&alpha, width, rows, BUFFER).ok()?;
        let field = clamp_to_u8(&bitmap.render_sdf(RADIUS), CUTOFF).ok()?;
        message.bytes(2, &field);
    }
    message.uint(3, usize_to_u64(width));
    message.uint(4, usize_to_u64(rows));
    message.sint(5, left);
    message.sint(6, top - ASCENT_PX);
    message.uint(
        7,
        u64::try_from(f64_to_i64(f64::from(advance))).unwrap_or(0),
    );
    Some(message)
}
