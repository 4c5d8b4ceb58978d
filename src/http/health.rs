//! `/health/live`, `/health/ready`, `/metrics`: for those who run it.

use std::sync::Arc;

use axum::body::Body;
use http::{Response, StatusCode};
use serde_json::json;

use super::answer::{media, plain};
use super::call::Call;
use super::problem::Refusal;

/// Whether the process answers at all.
pub(super) async fn live(_call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    Ok(plain(
        StatusCode::OK,
        media::JSON,
        json!({"status": "live"}).to_string(),
    ))
}

/// Whether it should be sent requests: once there is a world to show, and until it is told to stop.
pub(super) async fn ready(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    let (status, word) = if call.front.is_stopping() {
        (StatusCode::SERVICE_UNAVAILABLE, "stopping")
    } else if call.any_world().is_some() {
        (StatusCode::OK, "ready")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "starting")
    };
    Ok(plain(
        status,
        media::JSON,
        json!({"status": word}).to_string(),
    ))
}

/// Counters of this listener, as Prometheus text.
pub(super) async fn metrics(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    let front = &call.front;
    let world = call.any_world().map(AsRef::as_ref);
    let text = front.metrics.text(world, &front.cache, &front.pool);
    Ok(plain(StatusCode::OK, media::PROMETHEUS, text))
}
