//! Published features in the formats others read.

pub mod geojson;
