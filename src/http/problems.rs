//! `/problems`: what the `type` of a problem means.

use std::sync::Arc;

use axum::body::Body;
use http::Response;
use serde_json::{Value, json};

use super::answer::{Keep, document, media};
use super::call::{Call, nothing_at};
use super::problem::{KINDS, Kind, Refusal};
use crate::say;
use crate::text::Lang;

fn shown(kind: &Kind, lang: Lang) -> Value {
    json!({
        "type": format!("/problems/{}", kind.slug),
        "title": say!(kind.title).in_lang(lang),
        "status": kind.status.as_u16(),
    })
}

/// Every kind of problem.
pub(super) async fn all(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    document(call, media::JSON, Keep::Ask, |call| {
        call.query(&[])?;
        let lang = call.lang();
        Ok(json!({"problems": KINDS.iter().map(|kind| shown(kind, lang)).collect::<Vec<_>>()}))
    })
    .await
}

/// One kind of problem.
pub(super) async fn one(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    document(call, media::JSON, Keep::Ask, |call| {
        call.query(&[])?;
        let slug = call.param(0);
        let kind = KINDS.iter().find(|kind| kind.slug == slug);
        let kind = kind.ok_or_else(|| nothing_at(call.parts.uri.path()))?;
        Ok(shown(kind, call.lang()))
    })
    .await
}
