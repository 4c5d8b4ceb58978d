//! `/app`: the web page, which is in the binary.

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use http::{HeaderValue, Response, header};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::answer::{self, Keep, Speaks};
use super::call::{Call, nothing_at};
use super::encode::Coding;
use super::problem::Refusal;

#[derive(RustEmbed)]
#[folder = "web/dist"]
struct Files;

/// What the page may load: itself; the map's worker, which `MapLibre` starts from a blob; pictures it
/// draws; and the server's outer address, where that differs.
pub(super) fn policy(base_url: Option<&str>) -> String {
    let origin = base_url.map(|base| {
        let end = base.find("://").map_or(0, |at| at + 3);
        let path = base.get(end..).and_then(|rest| rest.find('/'));
        path.and_then(|path| base.get(..end + path)).unwrap_or(base)
    });
    let elsewhere = origin
        .map(|origin| format!(" {origin}"))
        .unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self'; worker-src 'self' blob:; child-src blob:; \
         style-src 'self' 'unsafe-inline'; font-src 'self'; manifest-src 'self'; \
         img-src 'self' data: blob:{elsewhere}; connect-src 'self'{elsewhere}; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )
}

/// The page itself.
pub(super) async fn page(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    file(&call, "index.html").await
}

/// A file of the page.
pub(super) async fn asset(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    let path = call.param(0).to_owned();
    file(&call, &path).await
}

async fn file(call: &Call, path: &str) -> Result<Response<Body>, Refusal> {
    let Some(EmbeddedFile { data, .. }) = Files::get(path) else {
        return Err(nothing_at(call.parts.uri.path()));
    };
    let bytes = match data {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    };
    let (media, compresses) = media(path);
    // What the bundler has put a hash into never changes under its name.
    let keep = if path.starts_with("assets/") {
        Keep::Forever
    } else {
        Keep::Ask
    };
    let mut response = if compresses {
        answer::body(call, media, bytes, keep, Speaks::Nothing).await?
    } else {
        let entry = super::cache::Entry::new(bytes, Coding::Identity);
        answer::entry_as(
            call,
            &entry,
            media,
            answer::common(call, keep, Speaks::Nothing),
        )
    };
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        call.front.page_policy.clone(),
    );
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("strict-origin-when-cross-origin"),
    );
    Ok(response)
}

/// The media type of a file by its ending, and whether it is worth compressing.
fn media(path: &str) -> (&'static str, bool) {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("html") => ("text/html; charset=utf-8", true),
        Some("js" | "mjs") => ("text/javascript; charset=utf-8", true),
        Some("css") => ("text/css; charset=utf-8", true),
        Some("json" | "map") => ("application/json", true),
        Some("webmanifest") => ("application/manifest+json", true),
        Some("svg") => ("image/svg+xml", true),
        Some("txt" | "md") => ("text/plain; charset=utf-8", true),
        Some("wasm") => ("application/wasm", true),
        Some("ico") => ("image/x-icon", true),
        Some("png") => ("image/png", false),
        Some("jpg" | "jpeg") => ("image/jpeg", false),
        Some("webp") => ("image/webp", false),
        Some("woff2") => ("font/woff2", false),
        _ => ("application/octet-stream", false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outer_address_is_allowed_by_its_origin_alone() {
        let policy = policy(Some("https://map.example/onemap"));
        assert!(
            policy.contains("connect-src 'self' https://map.example;"),
            "{policy}"
        );
        assert!(super::policy(None).contains("connect-src 'self';"));
        assert!(super::policy(Some("http://h:8080")).contains("connect-src 'self' http://h:8080;"));
    }
}
