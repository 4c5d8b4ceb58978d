//! Answers: a body in the coding the client prefers, with its entity tag; or 304, 204, a redirect.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header};
use serde::Serialize;

use super::cache::Entry;
use super::call::{self, Call};
use super::encode::Coding;
use super::negotiate;
use super::problem::{NOT_ACCEPTABLE, Refusal};
use crate::model::Audience;
use crate::say;
use crate::text::Key;

/// The methods every resource has.
pub(super) const METHODS: &str = "GET, HEAD, OPTIONS";

/// The methods of a resource that takes something, too.
pub(super) const METHODS_WITH_POST: &str = "GET, HEAD, POST, OPTIONS";

/// Media types OneMap sends.
pub(super) mod media {
    pub(in crate::http) const JSON: &str = "application/json";
    pub(in crate::http) const GEOJSON: &str = "application/geo+json";
    pub(in crate::http) const SCHEMA: &str = "application/schema+json";
    pub(in crate::http) const TILE: &str = "application/vnd.mapbox-vector-tile";
    pub(in crate::http) const PBF: &str = "application/x-protobuf";
    pub(in crate::http) const PROMETHEUS: &str = "text/plain; version=0.0.4; charset=utf-8";
}

/// How long a client may keep an answer without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// Not at all: it asks each time, and is mostly told 304.
    Ask,
    /// So many seconds.
    Seconds(u32),
    /// For ever: another content has another name.
    Forever,
}

impl Keep {
    /// The value of `Cache-Control`. What only departments may see is never for a shared cache.
    pub(super) fn header(self, audience: Audience) -> HeaderValue {
        let whose = match audience {
            Audience::Public => "public",
            Audience::Department => "private",
        };
        let value = match self {
            Self::Ask => format!("{whose}, no-cache"),
            Self::Seconds(seconds) => format!("{whose}, max-age={seconds}"),
            Self::Forever => format!("{whose}, max-age=31536000, immutable"),
        };
        HeaderValue::try_from(value).unwrap_or(HeaderValue::from_static("no-store"))
    }
}

/// Whether the language of a request shows in its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Speaks {
    /// It has sentences.
    Sentences,
    /// It is the same in every language.
    Nothing,
}

/// The headers that go with an answer and with its 304 alike.
pub(super) fn common(call: &Call, keep: Keep, speaks: Speaks) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(12);
    headers.insert(header::CACHE_CONTROL, keep.header(call.front.audience));
    // Where the query names the language, the header has no say.
    let vary = match (speaks, call::asked_lang(&call.parts)) {
        (Speaks::Sentences, None) => "Accept-Encoding, Accept-Language",
        _ => "Accept-Encoding",
    };
    headers.insert(header::VARY, HeaderValue::from_static(vary));
    if speaks == Speaks::Sentences {
        let code = call.lang().code();
        headers.insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(code));
    }
    headers
}

/// The coding this request's answer goes in.
pub(super) fn coding(call: &Call) -> Result<Coding, Refusal> {
    negotiate::coding(call.headers())
        .ok_or_else(|| Refusal::new(&NOT_ACCEPTABLE, say!(Key::HttpNotAcceptable)))
}

/// A body at hand: encoded through the cache, tagged, or 304 if the client has it.
pub(super) async fn body(
    call: &Call,
    media: &'static str,
    body: impl Into<Bytes>,
    keep: Keep,
    speaks: Speaks,
) -> Result<Response<Body>, Refusal> {
    let coding = coding(call)?;
    let entry = call
        .front
        .cache
        .encoded(&call.front.pool, body.into(), coding)
        .await?;
    Ok(entry_as(call, &entry, media, common(call, keep, speaks)))
}

/// A JSON document with sentences, built on the pool by `build`. `Err` from it is the answer.
pub(super) async fn document<T, F>(
    call: Arc<Call>,
    media: &'static str,
    keep: Keep,
    build: F,
) -> Result<Response<Body>, Refusal>
where
    T: Serialize,
    F: FnOnce(&Call) -> Result<T, Refusal> + Send + 'static,
{
    let on_pool = Arc::clone(&call);
    let work = move || {
        let json = serde_json::to_vec(&build(&on_pool)?);
        json.map_err(|_no_json| Refusal::internal())
    };
    let built = call.front.pool.run(work).await??;
    body(&call, media, built, keep, Speaks::Sentences).await
}

/// An encoded body, or 304 if the client has it.
pub(super) fn entry_as(
    call: &Call,
    entry: &Entry,
    media: &'static str,
    mut headers: HeaderMap,
) -> Response<Body> {
    headers.insert(header::ETAG, entry.etag.clone());
    let tag = entry.etag.to_str().unwrap_or("");
    if negotiate::none_match(call.headers(), tag) {
        return with(StatusCode::NOT_MODIFIED, headers, Body::empty());
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    if let Some(coding) = entry.coding.header() {
        headers.insert(header::CONTENT_ENCODING, coding);
    }
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(entry.body.len()));
    with(StatusCode::OK, headers, Body::from(entry.body.clone()))
}

/// Nothing is there, which is an answer: 204.
pub(super) fn nothing(headers: HeaderMap) -> Response<Body> {
    with(StatusCode::NO_CONTENT, headers, Body::empty())
}

/// It is elsewhere.
pub(super) fn redirect(
    status: StatusCode,
    to: &str,
    mut headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    let to = HeaderValue::try_from(to).map_err(|_invalid| Refusal::internal())?;
    headers.insert(header::LOCATION, to);
    Ok(with(status, headers, Body::empty()))
}

/// A short text that is never kept: health, metrics.
pub(super) fn plain(status: StatusCode, media: &'static str, text: String) -> Response<Body> {
    let mut headers = HeaderMap::with_capacity(8);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(text.len()));
    with(status, headers, Body::from(text))
}

/// A response of these parts.
pub(super) fn with(status: StatusCode, headers: HeaderMap, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

/// The headers every answer has, whatever it is.
pub(super) fn everywhere(headers: &mut HeaderMap, audience: Audience, id: &str) {
    let fixed = HeaderValue::from_static;
    if let Ok(id) = HeaderValue::try_from(id) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, fixed("nosniff"));
    if audience == Audience::Public {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, fixed("*"));
        headers.insert(
            header::ACCESS_CONTROL_EXPOSE_HEADERS,
            fixed("ETag, Location, Retry-After, X-Request-Id"),
        );
        headers.insert(HeaderName::from_static("timing-allow-origin"), fixed("*"));
    }
    // Pages that are isolated from other origins (COEP) take only what says that it may be taken.
    let takers = match audience {
        Audience::Public => "cross-origin",
        Audience::Department => "same-site",
    };
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        fixed(takers),
    );
}

/// The answer to OPTIONS: what may be done here, and to a browser that asks first, by whom.
pub(super) fn options(audience: Audience, methods: &'static str) -> Response<Body> {
    let fixed = HeaderValue::from_static;
    let mut headers = HeaderMap::with_capacity(10);
    headers.insert(header::ALLOW, fixed(methods));
    if audience == Audience::Public {
        headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, fixed(methods));
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, fixed("*"));
        headers.insert(header::ACCESS_CONTROL_MAX_AGE, fixed("86400"));
    }
    nothing(headers)
}
