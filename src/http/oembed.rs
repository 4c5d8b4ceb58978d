//! `/oembed`: how another site embeds an address of ours (oEmbed 1.0, type `rich`).

use std::sync::Arc;

use axum::body::Body;
use http::Response;
use serde_json::{Value, json};

use super::answer::{Keep, document, media};
use super::call::{Call, Query, bad_parameter, shortened};
use super::embed::{self, View, escaped};
use super::problem::{BAD_PARAMETER, FORMAT, NOT_EMBEDDABLE, Refusal};
use crate::say;
use crate::text::Key;

/// The size of a frame that nobody limits, CSS pixels.
const SIZE: (u32, u32) = (800, 500);

/// How long a consumer may keep the answer, seconds.
const KEEP_S: u32 = 3600;

/// The answer. Parameters it does not know are let pass: consumers send their own (`dnt`, `for`).
pub(super) async fn rich(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    document(call, media::JSON, Keep::Ask, |call| {
        let query = call.any_query()?;
        match query.get("format") {
            None | Some("json") => {}
            Some(other) => {
                let detail = say!(Key::HttpFormat, format = shortened(other));
                return Err(Refusal::new(&FORMAT, detail));
            }
        }
        let base = call.base_url()?;
        let Some(url) = query.get("url") else {
            let detail = say!(Key::HttpOembedNoUrl, example = format!("{base}/app"));
            return Err(Refusal::new(&BAD_PARAMETER, detail));
        };
        let Some(view) = view_of(url, &base) else {
            let detail = say!(
                Key::HttpNotEmbeddable,
                url = shortened(url),
                app = format!("{base}/app"),
                embed = format!("{base}/embed")
            );
            return Err(Refusal::new(&NOT_EMBEDDABLE, detail));
        };
        let width = at_most(&query, "maxwidth", SIZE.0)?;
        let height = at_most(&query, "maxheight", SIZE.1)?;
        answer(call, &base, &view, (width, height))
    })
    .await
}

fn answer(call: &Call, base: &str, view: &View, size: (u32, u32)) -> Result<Value, Refusal> {
    let world = call.world()?;
    let lang = view.lang().unwrap_or_else(|| call.lang());
    let title = embed::title(world, lang);
    let html = format!(
        "<iframe src=\"{}\" width=\"{}\" height=\"{}\" title=\"{}\" loading=\"lazy\" \
         allowfullscreen frameborder=\"0\"></iframe>",
        escaped(&format!("{base}/embed{}", view.query())),
        size.0,
        size.1,
        escaped(&title),
    );
    Ok(json!({
        "version": "1.0",
        "type": "rich",
        "title": title,
        "author_name": world.district.publisher.in_lang(lang),
        "provider_name": "OneMap",
        "provider_url": base,
        "cache_age": KEEP_S,
        "width": size.0,
        "height": size.1,
        "html": html,
    }))
}

/// The view at an address, if it is one of a map of ours.
fn view_of(url: &str, base: &str) -> Option<View> {
    let path = below(url, base)?;
    let (path, hash) = path.split_once('#').unwrap_or((path, ""));
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    if !matches!(path, "/app" | "/app/" | "/embed") {
        return None;
    }
    // What cannot be read in it says nothing.
    let read = |text: &str| Query::parse(text).unwrap_or_default();
    Some(View::of(&[&read(query), &read(hash)]))
}

/// What follows the address of this server. A proxy before it may speak `https` where it does not.
fn below<'a>(url: &'a str, base: &str) -> Option<&'a str> {
    let bare = |text: &'a str| {
        text.strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
    };
    let (url, base) = (bare(url)?, base.split_once("://")?.1);
    let ours = url.get(..base.len())?;
    // A host is the same in capitals; a prefix is not worth the difference.
    ours.eq_ignore_ascii_case(base)
        .then(|| url.get(base.len()..))?
}

/// A size, if the consumer limits it by that.
fn at_most(query: &Query, name: &str, usual: u32) -> Result<u32, Refusal> {
    let Some(most) = query.get(name) else {
        return Ok(usual);
    };
    match most.parse::<u32>() {
        Ok(pixels) if pixels > 0 => Ok(pixels.min(usual)),
        _ => Err(bad_parameter(name, most, "1, 2, 3 …")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_maps_of_this_server_have_a_view() {
        let base = "https://map.example/one";
        let query = |url: &str| view_of(url, base).map(|view| view.query());
        for (url, view) in [
            ("https://map.example/one/app", ""),
            ("http://MAP.example/one/app/", ""),
            (
                "https://map.example/one/app?lang=en#map=9/1/2&feature=a/7",
                "?map=9/1/2&feature=a/7&lang=en",
            ),
            ("https://map.example/one/embed?layers=a,b", "?layers=a,b"),
            ("https://map.example/one/embed?a=1&a=2", ""),
        ] {
            assert_eq!(query(url).as_deref(), Some(view), "{url}");
        }
        for url in [
            "https://map.example/app",
            "https://map.example/onemap/app",
            "https://map.example.evil/one/app",
            "https://other.example/one/app",
            "https://map.example/one/app/plan",
            "https://map.example/one/collections",
            "/app",
            "",
            "ftp://map.example/one/app",
        ] {
            assert_eq!(query(url), None, "{url}");
        }
    }
}
