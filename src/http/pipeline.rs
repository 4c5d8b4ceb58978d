//! The way of every request: limits first, then its route, then what every answer needs; counted and
//! logged in one line.

use std::net::SocketAddr;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use futures_util::FutureExt as _;
use http::request::Parts;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use http_body::{Frame, SizeHint};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::Incoming;
use tokio::time::timeout;
use tower::ServiceExt as _;

use super::answer;
use super::call::{self, Call};
use super::front::Front;
use super::metrics::NO_ROUTE;
use super::problem::{BODY_SIZE, BODY_TIME, HEADER_SIZE, METHOD, RATE, Refusal, TIME, URI_SIZE};
use super::routes::Route;
use crate::say;
use crate::text::Key;

/// What is known of a request from its first moment, and by its end of its route.
#[derive(Debug)]
pub(super) struct Trace {
    /// Its id.
    pub(super) id: String,
    /// Its route, as a place in `ROUTES`.
    route: AtomicUsize,
}

/// Answers a request that came over the listener of `front` from `peer`.
pub(super) async fn answer(
    front: Arc<Front>,
    router: Router,
    peer: SocketAddr,
    request: Request<Incoming>,
) -> Response<Body> {
    let trace = Arc::new(Trace {
        id: front.ids.next(),
        route: AtomicUsize::new(NO_ROUTE),
    });
    let watch = Watch::begin(&front, &trace, request.method().clone());
    let (mut parts, body) = request.into_parts();
    let mut response = match gate(&front, peer, &parts) {
        Err(refusal) => refusal.response(call::lang(&parts), &trace.id),
        Ok(()) if parts.method == Method::OPTIONS && parts.uri.path() == "*" => {
            answer::options(front.audience, answer::METHODS)
        }
        Ok(()) => {
            parts.extensions.insert(Arc::clone(&trace));
            // A router cannot fail: its error has no values.
            match router.oneshot(Request::from_parts(parts, body)).await {
                Ok(response) => response,
                Err(never) => match never {},
            }
        }
    };
    answer::everywhere(response.headers_mut(), front.audience, &trace.id);
    watch.head_is_ready(response)
}

/// What is refused before anything is looked at.
fn gate(front: &Front, peer: SocketAddr, parts: &Parts) -> Result<(), Refusal> {
    let limits = &front.limits;
    if let Some(clients) = &front.clients
        && !(limits.loopback_unlimited && peer.ip().to_canonical().is_loopback())
        && !parts.uri.path().starts_with("/health/")
    {
        clients
            .admit(peer.ip(), Instant::now())
            .map_err(|wait| Refusal::for_now(&RATE, say!(Key::HttpRate), wait))?;
    }
    let uri = parts.uri.path().len() + parts.uri.query().map_or(0, |query| query.len() + 1);
    if uri > limits.uri_bytes {
        let detail = say!(Key::HttpUriSize, bytes = uri, most = limits.uri_bytes);
        return Err(Refusal::new(&URI_SIZE, detail));
    }
    let headers: usize = parts
        .headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len())
        .sum();
    if headers > limits.header_bytes {
        let detail = say!(
            Key::HttpHeaderSize,
            bytes = headers,
            most = limits.header_bytes
        );
        return Err(Refusal::new(&HEADER_SIZE, detail));
    }
    Ok(())
}

/// Runs a route's handler on a request: its methods, its body's and its time's limits, its failures.
pub(super) async fn run(
    front: Arc<Front>,
    place: usize,
    route: &'static Route,
    params: Result<Vec<String>, Refusal>,
    request: Request<Body>,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let id = match parts.extensions.get::<Arc<Trace>>() {
        Some(trace) => {
            trace.route.store(place, Ordering::Relaxed);
            trace.id.clone()
        }
        None => String::new(),
    };
    let (params, broken_path) = match params {
        Ok(params) => (params, None),
        Err(refusal) => (Vec::new(), Some(refusal)),
    };
    let call = Arc::new(Call::new(front, parts, params));
    let time = call.front.limits.request_time;
    let answering = async {
        if let Some(refusal) = broken_path {
            return Err(refusal);
        }
        let handler = match (&call.parts.method, route.post) {
            (&Method::OPTIONS, _) if place != NO_ROUTE => {
                return Ok(answer::options(call.front.audience, route.methods()));
            }
            (&(Method::GET | Method::HEAD), _) => route.get,
            (&Method::POST, Some(post)) => post,
            _ if place == NO_ROUTE => route.get,
            (other, _) => {
                let name = call::shortened(other.as_str());
                let methods = route.methods();
                let detail = say!(Key::HttpMethod, method = name, methods = methods);
                return Err(Refusal::new(&METHOD, detail));
            }
        };
        call.has_read(read(&call, body).await?);
        handler(Arc::clone(&call)).await
    };
    let outcome = timeout(time, AssertUnwindSafe(answering).catch_unwind()).await;
    let response = match outcome {
        Ok(Ok(Ok(response))) => Ok(response),
        Ok(Ok(Err(refusal))) => Err(refusal),
        Ok(Err(_panic)) => {
            tracing::error!(request_id = id, "a handler panicked");
            Err(Refusal::internal())
        }
        Err(_elapsed) => {
            let detail = say!(Key::HttpTime, seconds = time.as_secs_f64());
            Err(Refusal::for_now(&TIME, detail, Duration::from_secs(5)))
        }
    };
    let mut response = response.unwrap_or_else(|refusal| refusal.response(call.lang(), &id));
    if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        let allowed = HeaderValue::from_static(route.methods());
        response.headers_mut().insert(header::ALLOW, allowed);
    }
    if call.is_head() {
        let length = response
            .body()
            .size_hint()
            .exact()
            .filter(|length| *length > 0);
        if let Some(length) = length {
            response
                .headers_mut()
                .entry(header::CONTENT_LENGTH)
                .or_insert(length.into());
        }
        *response.body_mut() = Body::empty();
    }
    response
}

/// Reads a body, within the limits. Only a POST's is kept: one that no resource asks for is read away,
/// so that the connection can be kept.
async fn read(call: &Call, body: Body) -> Result<Bytes, Refusal> {
    let most = call.front.limits.body_bytes;
    if body.is_end_stream() {
        return Ok(Bytes::new());
    }
    let too_large = || Refusal::new(&BODY_SIZE, say!(Key::HttpBodySize, most = most));
    let told = body.size_hint().lower();
    if usize::try_from(told).map_or(true, |told| told > most) {
        return Err(too_large());
    }
    let mut body = std::pin::pin!(Limited::new(body, most));
    let reading = async {
        let mut kept = Vec::new();
        while let Some(frame) = body.frame().await {
            if let Ok(data) = frame?.into_data()
                && call.parts.method == Method::POST
            {
                kept.extend_from_slice(&data);
            }
        }
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(kept.into())
    };
    // Half of a request's time: the answer must be in time too.
    match timeout(call.front.limits.request_time / 2, reading).await {
        Ok(Ok(kept)) => Ok(kept),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large()),
        Ok(Err(_broken)) => Err(Refusal::new(
            &super::problem::BAD_REQUEST,
            say!(Key::HttpBrokenBody),
        )),
        Err(_elapsed) => Err(Refusal::new(&BODY_TIME, say!(Key::HttpBodyTime))),
    }
}

/// Counts and logs a request, however it ends: answered, or given up by its client.
struct Watch {
    front: Arc<Front>,
    trace: Arc<Trace>,
    method: Method,
    begun: Instant,
    /// The status, once there is one.
    status: Option<StatusCode>,
    bytes: u64,
}

impl Watch {
    fn begin(front: &Arc<Front>, trace: &Arc<Trace>, method: Method) -> Self {
        front.metrics.in_flight.fetch_add(1, Ordering::Relaxed);
        Self {
            front: Arc::clone(front),
            trace: Arc::clone(trace),
            method,
            begun: Instant::now(),
            status: None,
            bytes: 0,
        }
    }

    /// The head is ready: counts it. A body at hand is taken as sent; a stream is watched to its end.
    fn head_is_ready(mut self, response: Response<Body>) -> Response<Body> {
        let route = self.trace.route.load(Ordering::Relaxed);
        self.front
            .metrics
            .count(route, Some(response.status()), self.begun.elapsed());
        self.status = Some(response.status());
        match response.body().size_hint().exact() {
            Some(bytes) => {
                self.bytes = bytes;
                response
            }
            None => response.map(|body| Body::new(Watched { body, watch: self })),
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let route = self.trace.route.load(Ordering::Relaxed);
        let metrics = &self.front.metrics;
        metrics.in_flight.fetch_sub(1, Ordering::Relaxed);
        if self.status.is_none() {
            metrics.count(route, None, self.begun.elapsed());
        }
        metrics.sent(route, self.bytes);
        tracing::info!(
            target: "onemap::http::request",
            request_id = self.trace.id,
            audience = self.front.audience.as_str(),
            method = self.method.as_str(),
            route = super::routes::template(route),
            status = self.status.map(|status| status.as_u16()),
            hangup = self.status.is_none(),
            bytes = self.bytes,
            ms = self.begun.elapsed().as_secs_f64() * 1000.0,
            "request"
        );
    }
}

/// A streamed body that counts its bytes.
struct Watched {
    body: Body,
    watch: Watch,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        if let Poll::Ready(Some(Ok(frame))) = &polled
            && let Some(data) = frame.data_ref()
        {
            self.watch.bytes += u64::try_from(data.len()).unwrap_or(0);
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
