//! Many parcels in, as many answers out.
//!
//! The rows of a file are read in chunks, each row becomes a parcel that is asked about ([`parcels`]),
//! both cores judge the rows of a chunk, and the answers are written in the order of the file. What
//! is written so far and how far that is stands beside the output, so that a run that was killed
//! goes on where it stopped and ends with the same bytes ([`run`]).

mod answers;
mod checkpoint;
mod diff;
mod output;
pub mod parcels;
pub mod run;

pub use answers::{Screener, columns, own, planned_field};
pub use checkpoint::{Basis, Begun, begun};
pub use diff::{Changed, Differ};
pub use output::Format;
pub use parcels::{Input, PlannedFrom, Row};
pub use run::{Judge, Judged, Outcome, Run, Watch};
