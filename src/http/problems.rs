//! `/problems`: what the `type` of a problem means.

use std::sync::Arc;

use axum::body::Body;
use http::Response;

use super::answer::{Keep, document, media};
use super::call::{Call, nothing_at};
use super::problem::{KINDS, Refusal};
use super::wire::ProblemKinds;

/// Every kind of problem.
pub(super) async fn all(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    document(call, media::JSON, Keep::Ask, |call| {
        call.query(&[])?;
        let lang = call.lang();
        Ok(ProblemKinds {
            problems: KINDS.iter().map(|kind| kind.shown(lang)).collect(),
        })
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
        Ok(kind.shown(call.lang()))
    })
    .await
}
