//! The server: routes, caching, limits, and what goes wrong as `application/problem+json`.
//!
//! A listener shows one audience's world, and nothing in a request can change which. A request takes
//! that world once, at its start, and uses no other, so an answer never mixes two revisions. The
//! threads that talk to clients only wait: tiles are cut, documents built and bodies compressed on a
//! small pool. `docs/http.md` lists routes, statuses and limits.

mod answer;
mod app;
mod cache;
mod call;
mod clients;
mod collections;
mod embed;
mod encode;
mod filters;
mod fonts;
mod front;
mod health;
mod items;
mod landing;
mod limits;
mod metrics;
mod negotiate;
mod oembed;
mod pipeline;
mod places;
mod policy;
mod pool;
mod pressure;
mod problem;
mod problems;
mod routes;
mod screenings;
mod server;
mod socket;
mod styles;
mod tiles;
mod wire;

pub use front::Current;
pub use limits::{Limits, Rate};
pub use policy::FrameAncestors;
pub use routes::templates;
pub use server::{Face, Server, Settings, bind, run, serve};
pub use wire::api_schema;
