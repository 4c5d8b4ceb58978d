//! `/fonts`: letters for maps that do not draw their own.

use std::sync::Arc;

use axum::body::Body;
use http::Response;

use super::answer::{self, Keep, Speaks, media};
use super::app;
use super::call::{Call, nothing_at};
use super::problem::Refusal;
use crate::tile::{RANGE, glyph_range};

/// The last character that has a range.
const LAST: u32 = 0xffff;
/// How long letters may be kept, seconds: a day.
const KEEP_S: u32 = 86_400;

/// `/fonts/{stack}/{range}.pbf`: one face, whatever the stack names.
pub(super) async fn range(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    let start = call.param(1).strip_suffix(".pbf").and_then(start_of);
    let Some(start) = start else {
        return Err(nothing_at(call.parts.uri.path()));
    };
    let name = call.param(0).to_owned();
    let work = move || glyph_range(app::face().as_deref(), &name, start);
    let bytes = call.front.pool.run(work).await?;
    let keep = Keep::Seconds(KEEP_S);
    answer::body(&call, media::PBF, bytes, keep, Speaks::Nothing).await
}

/// The first character of `256-511`: ranges begin at multiples of their length and have all of it.
fn start_of(range: &str) -> Option<u32> {
    let (first, last) = range.split_once('-')?;
    let (start, end) = (first.parse::<u32>().ok()?, last.parse::<u32>().ok()?);
    let whole = start % RANGE == 0 && end <= LAST && end.checked_sub(start)? == RANGE - 1;
    (whole && format!("{start}-{end}") == range).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_ranges_are_ranges() {
        assert_eq!(start_of("0-255"), Some(0));
        assert_eq!(start_of("65280-65535"), Some(65_280));
        for no in [
            "",
            "0",
            "0-256",
            "1-256",
            "255-0",
            "+0-255",
            "65536-65791",
            "0-255-1",
            "00-255",
        ] {
            assert_eq!(start_of(no), None, "{no}");
        }
    }
}
