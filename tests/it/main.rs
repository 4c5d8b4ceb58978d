//! The integration tests: one binary, a module a room, in the order of the house.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod support;

mod house;
mod geom;
mod filter;
mod source;
mod layer;
mod store;
mod publish;
mod query;
mod assess;
mod tile;
mod report;
mod http;
mod seed;
mod cli;
mod screening;
mod oracle;
