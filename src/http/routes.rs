//! Every route, in one table: the router is built from it, metrics and logs name requests by it, and
//! a test holds the list of tested routes against it.

use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::RawPathParams;
use axum::extract::rejection::RawPathParamsRejection;
use axum::routing::any;
use http::{Request, Response};

use super::answer::{METHODS, METHODS_WITH_POST};
use super::call::{Call, nothing_at};
use super::front::Front;
use super::metrics::NO_ROUTE;
use super::problem::{BAD_REQUEST, Refusal};
use super::{
    app, collections, fonts, health, items, landing, oembed, pipeline, places, problems,
    screenings, styles, tiles,
};
use crate::say;
use crate::text::Key;

/// What a handler gives, in time.
type Answering = Pin<Box<dyn Future<Output = Result<Response<Body>, Refusal>> + Send>>;

/// Answers GET and HEAD of a route, or its POST. The pipeline does the other methods.
pub(super) type Handler = fn(Arc<Call>) -> Answering;

/// A route.
pub(super) struct Route {
    /// Its path, with its parameters in braces.
    pub(super) template: &'static str,
    /// Answers GET and HEAD.
    pub(super) get: Handler,
    /// Answers POST, where there is one.
    pub(super) post: Option<Handler>,
}

impl Route {
    /// The methods it has, as `Allow` lists them.
    pub(super) const fn methods(&self) -> &'static str {
        match self.post {
            Some(_) => METHODS_WITH_POST,
            None => METHODS,
        }
    }
}

macro_rules! post {
    () => {
        None
    };
    ($post:path) => {
        Some(|call| Box::pin($post(call)))
    };
}

macro_rules! routes {
    ($($template:literal => $get:path $(| $post:path)?,)*) => {
        &[$(Route {
            template: $template,
            get: |call| Box::pin($get(call)),
            post: post!($($post)?),
        }),*]
    };
}

/// Every route.
pub(super) const ROUTES: &[Route] = routes! {
    "/" => landing::landing,
    "/collections" => collections::all,
    "/collections/{id}" => collections::one,
    "/collections/{id}/schema" => collections::schema,
    "/collections/{id}/items" => items::list,
    "/collections/{id}/items/{fid}" => items::one,
    "/collections/{id}/tiles/WebMercatorQuad/{z}/{row}/{col}" => tiles::of_collection,
    "/tiles/WebMercatorQuad/{z}/{row}/{col}" => tiles::of_all,
    "/tiles/{layers}" => tiles::tilejson,
    "/tiles/{layers}/{z}/{x}/{y}" => tiles::xyz,
    "/places" => places::all,
    "/screenings" => screenings::compute | screenings::make,
    "/screenings/options" => screenings::options,
    "/screenings/{id}" => screenings::one,
    "/styles" => styles::all,
    "/styles/{id}" => styles::one,
    "/fonts/{stack}/{range}" => fonts::range,
    "/app" => app::page,
    "/app/" => app::page,
    "/app/embed" => app::page,
    "/app/plan" => app::page,
    "/app/{*path}" => app::asset,
    "/embed" => app::page,
    "/widget.js" => app::widget,
    "/oembed" => oembed::rich,
    "/health/live" => health::live,
    "/health/ready" => health::ready,
    "/metrics" => health::metrics,
    "/problems" => problems::all,
    "/problems/{slug}" => problems::one,
};

/// Where a request goes that met no route.
static NOWHERE: Route = Route {
    template: "none",
    get: |call| Box::pin(ready(Err(nothing_at(call.parts.uri.path())))),
    post: None,
};

/// The template of a route by its place; `none` for a request that met none.
pub(super) fn template(route: usize) -> &'static str {
    ROUTES.get(route).map_or("none", |route| route.template)
}

/// The templates of every route, in the order of the table: what a test of the whole must cover.
pub fn templates() -> impl Iterator<Item = &'static str> {
    ROUTES.iter().map(|route| route.template)
}

/// The router of a listener.
pub(super) fn router(front: &Arc<Front>) -> Router {
    let mut router = Router::new();
    for (place, route) in ROUTES.iter().enumerate() {
        let front = Arc::clone(front);
        router = router.route(
            route.template,
            any(
                move |params: Result<RawPathParams, RawPathParamsRejection>,
                      request: Request<Body>| {
                    let params = decoded(params, request.uri().path());
                    pipeline::run(Arc::clone(&front), place, route, params, request)
                },
            ),
        );
    }
    let front = Arc::clone(front);
    router.fallback(move |request: Request<Body>| {
        pipeline::run(
            Arc::clone(&front),
            NO_ROUTE,
            &NOWHERE,
            Ok(Vec::new()),
            request,
        )
    })
}

/// The parameters of a path. None may be empty: `//` leads nowhere.
fn decoded(
    params: Result<RawPathParams, RawPathParamsRejection>,
    path: &str,
) -> Result<Vec<String>, Refusal> {
    let Ok(params) = params else {
        return Err(Refusal::new(&BAD_REQUEST, say!(Key::HttpBadEscape)));
    };
    let params: Vec<String> = params.iter().map(|(_, value)| value.to_owned()).collect();
    if params.contains(&String::new()) {
        return Err(nothing_at(path));
    }
    Ok(params)
}
