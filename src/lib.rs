//! OneMap, the 土壤污染源头防控“一张图” as working software: a district's files in; tiles, features and
//! answers out.
//!
//! Data flows one way, through rooms that stand here in the order in which it passes them.
//! ARCHITECTURE.md says what each holds and what each may name; a test keeps the arrow.

pub mod text;

pub mod geom;
pub mod model;
pub mod filter;
pub mod source;
pub mod layer;
pub mod store;
pub mod publish;
pub mod index;
pub mod query;
pub mod assess;
pub mod tile;
pub mod export;
pub mod report;
pub mod batch;
pub mod http;

pub mod seed;
pub mod config;
pub mod cli;
