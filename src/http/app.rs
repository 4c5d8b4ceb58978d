//! The web pages and the files they are made of, all of them in the binary.

use std::borrow::Cow;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use http::{HeaderValue, Response, header};
use rust_embed::{EmbeddedFile, RustEmbed};

use super::answer::{self, Keep, Speaks};
use super::call::{Call, nothing_at};
use super::embed;
use super::encode::Coding;
use super::policy::Policies;
use super::problem::Refusal;

#[derive(RustEmbed)]
#[folder = "web/dist"]
struct Files;

/// A page: where it is, the file it begins with, and what goes with it.
struct Page {
    path: &'static str,
    file: &'static str,
    /// The way from its path to `/app/`, where its files are. Being relative it holds behind any
    /// proxy and under any prefix.
    home: &'static str,
    policy: fn(&Policies) -> &HeaderValue,
    /// What the server writes into it for this request.
    written: Option<Writer>,
}

/// Writes into a page what depends on the request.
type Writer = fn(&Call, &str) -> String;

/// Every page. A page of one's own is an entry of `web/vite.config.ts` and a line here and in the
/// table of routes.
const PAGES: &[Page] = &[
    Page {
        path: "/app",
        file: "index.html",
        home: "./app/",
        policy: Policies::desk,
        written: Some(embed::announced),
    },
    Page {
        path: "/app/",
        file: "index.html",
        home: "./",
        policy: Policies::desk,
        written: Some(embed::announced),
    },
    Page {
        path: "/app/embed",
        file: "builder.html",
        home: "./",
        policy: Policies::builder,
        written: None,
    },
    Page {
        path: "/app/plan",
        file: "plan.html",
        home: "./",
        policy: Policies::desk,
        written: None,
    },
    Page {
        path: "/embed",
        file: "embed.html",
        home: "./app/",
        policy: Policies::embed,
        written: Some(embed::filled),
    },
];

/// A page.
pub(super) async fn page(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    let path = call.parts.uri.path();
    let found = PAGES.iter().find(|page| page.path == path);
    let (Some(page), Some(file)) = (found, found.and_then(|page| Files::get(page.file))) else {
        return Err(nothing_at(path));
    };
    let text = String::from_utf8_lossy(&file.data).replace("=\"./", &format!("=\"{}", page.home));
    let (text, speaks) = match page.written {
        Some(write) => (write(&call, &text), Speaks::Sentences),
        None => (text, Speaks::Nothing),
    };
    let mut response = answer::body(&call, media("html").0, text, Keep::Ask, speaks).await?;
    guard(&mut response, (page.policy)(&call.front.policies));
    Ok(response)
}

/// `/widget.js`: the web component as a module. Its name never changes, so it is asked for each time;
/// all it does is name the file that may be kept.
pub(super) async fn widget(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    file(&call, "widget.js").await
}

/// A file of the pages.
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
    guard(&mut response, call.front.policies.desk());
    Ok(response)
}

/// The face of `/fonts`; `None` where the pages were not built.
pub(super) fn face() -> Option<Cow<'static, [u8]>> {
    Files::get("fonts/DejaVuSans.ttf").map(|file| file.data)
}

fn guard(response: &mut Response<Body>, policy: &HeaderValue) {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy.clone());
    headers.insert(
        header::REFERRER_POLICY,
        HeaderValue::from_static("strict-origin-when-cross-origin"),
    );
}

/// The media type of a file by its ending, and whether it is worth compressing.
fn media(path: &str) -> (&'static str, bool) {
    match path.rsplit('.').next() {
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
