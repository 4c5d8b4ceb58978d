//! The filter language.

mod examples;
mod hostile;
mod random;
mod refusals;
mod standard;
mod table;
mod truth;
