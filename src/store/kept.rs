//! Reports that were kept: what was asked, what was answered, and of which revision.

use jiff::Timestamp;

use crate::model::{Audience, Revision};

/// A kept report. Its question and its document are the text of the rooms that made them; a store
/// gives them back byte for byte, to the audience that made them alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptReport {
    /// Its number: 128 random bits, 32 lower-case hexadecimal letters.
    pub id: String,
    /// Whose it is.
    pub audience: Audience,
    /// When it was made.
    pub made_at: Timestamp,
    /// The revision it was made of.
    pub revision: Revision,
    /// What was asked.
    pub question: String,
    /// What was answered.
    pub document: String,
    /// The hash that stands in the document.
    pub hash: String,
}

/// How many reports are kept, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeepBounds {
    /// At most so many of one audience.
    pub most: u64,
    /// None made before this.
    pub since: Timestamp,
}
