//! The filter language.

mod standard;
mod table;
mod truth;
