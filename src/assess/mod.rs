//! The science and the rules as pure functions over query results: what is on and near a parcel,
//! what of it is not known, which rules fire, and what that comes to.
//!
//! Facts come first (`facts`, `coverage`, `change`, `samples`), rules look at facts (`rules`), and a
//! verdict is the worst of what they say. Nothing here reads a store, a clock or a
//! request: the same world, book and question always give the same answer.

pub mod answer;
pub mod ask;
mod change;
mod coverage;
pub mod facts;
pub mod indices;
pub mod question;
mod rings;
pub mod rules;
pub mod samples;
mod screen;

pub use answer::Screening;
pub use facts::Facts;
pub use question::{Parcel, Planned, Question};
pub use screen::screen;
