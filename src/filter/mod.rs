//! The one filter language, CQL2: its text and its JSON become a typed [`Expression`], which is
//! evaluated over a row in three values.
//!
//! An expression is made against a [`Schema`], which says what properties there are and of what
//! kind; what does not fit is a [`Fault`] that says what would be right. It is evaluated over
//! anything that is a [`Row`]. Nothing here is SQL and nothing recurses deeper than [`MAX_NESTING`]
//! allows, so an expression of a stranger costs no more than a few microseconds a row.
//!
//! What the standard (OGC 21-065r2) leaves open is decided so:
//! - A comparison with what is not recorded, or lies below the limit of detection, is unknown.
//! - Text is compared by code point, `LIKE` has `%`, `_` and the escape `\`.
//! - `CASEI` folds cases fully (`ß` is `ss`), `ACCENTI` takes accents away; neither touches widths.
//! - A day beside a moment is the whole day in UTC; days beside days are compared as days.
//! - Spatial functions are planar in degrees, since an edge is straight in longitude and latitude;
//!   a `BBOX` whose west is greater than its east crosses the antimeridian and is two boxes.
//! - `-2 ^ 2` is `(-2) ^ 2`; `DIV` cuts towards zero and `%` is what it leaves; a division by zero
//!   has no value.

mod check;
mod evaluate;
mod expression;
mod fault;
mod fold;
mod json;
mod like;
mod raw;
mod row;
mod schema;
mod shape;
mod spatial;
mod temporal;
mod tokens;
mod wording;
mod write;

pub use expression::Expression;
pub use fault::Fault;
pub use row::{Row, Scalar, Truth};
pub use schema::{Kind, Property, Schema};

/// The longest filter that is read, bytes.
pub const MAX_BYTES: usize = 8 * 1024;

/// How deep parentheses and operations may lie in each other.
pub const MAX_NESTING: usize = 32;

/// How many `NOT` or minus signs may follow each other.
pub const MAX_UNARY: usize = 16;

/// How many properties and values a filter may have.
pub const MAX_TERMS: usize = 200;
