//! Published features in the formats others read, and tables of answers.

pub mod csv;
pub mod geojson;
pub mod geopackage;
pub mod table;
