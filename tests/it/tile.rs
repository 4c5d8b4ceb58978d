//! Tiles against decoders that are not ours.

mod boxes;
mod decoded;
mod fixtures;
mod samples;
mod seams;
mod snapshots;
mod valid_tiles;
mod wire;
