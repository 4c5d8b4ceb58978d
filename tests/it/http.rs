//! The server, over a socket.

#![expect(clippy::panic, reason = "an answer that cannot be read fails its test")]

mod client;
mod coordinates;
mod crawl;
mod embedding;
mod worlds;

mod features;
mod filters;
mod fonts;
mod hostile;
mod house_rules;
mod places;
mod screenings;
mod screenings_refused;
mod swap;
mod tiles;
mod wall;
mod wire;
