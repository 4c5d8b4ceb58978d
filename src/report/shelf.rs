//! Reports that are kept. Where, this room cannot know: who wires the rooms gives a shelf.

use std::fmt;

use jiff::Timestamp;

use super::asked;
use super::{Document, seal};
use crate::assess::Question;
use crate::model::Audience;
use crate::query::World;
use crate::say;
use crate::text::{Key, Problem};

/// A report as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its name: 128 random bits, 32 lower-case hexadecimal letters.
    pub id: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// What was asked, as [`asked::to_json`] has it.
    pub question: String,
    /// The document, JSON.
    pub document: String,
    /// Its hash.
    pub hash: String,
}

impl Kept {
    /// A report to be kept: the question and the document that answers it, which has a name.
    pub fn of(
        question: &Question,
        document: &Document,
        made_at: Timestamp,
    ) -> Result<Self, Problem> {
        let text = serde_json::to_string(document)
            .map_err(|error| Problem::because(say!(Key::ReportNotSealed), error))?;
        Ok(Self {
            id: document.id.clone().unwrap_or_default(),
            made_at,
            question: asked::to_json(question),
            document: text,
            hash: document.hash.clone(),
        })
    }
}

/// A name for a report that nobody can guess: from the system's own source of chance.
pub fn new_id() -> Result<String, Problem> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| Problem::because(say!(Key::ReportNoChance), error))?;
    Ok(seal::letters(&bytes))
}

/// Where reports are kept: each belongs to the audience that made it.
pub trait Shelf: fmt::Debug + Send + Sync {
    /// Keeps a report that was made of a world: all of it or nothing. It may wait for an import for
    /// some seconds: not for a thread that answers requests.
    fn keep(&self, world: &World, report: &Kept) -> Result<(), ShelfFault>;

    /// The report of this name, if this audience keeps it and it is not too old by `now`.
    fn kept(
        &self,
        audience: Audience,
        id: &str,
        now: Timestamp,
    ) -> Result<Option<Kept>, ShelfFault>;
}

/// Why a report was not kept, or not found.
#[derive(Debug)]
pub enum ShelfFault {
    /// As many are kept as may be.
    TooMany,
    /// There is no room on the disk; for the log.
    NoRoom(Problem),
    /// Something else writes, or nothing may be written; again, later. For the log.
    Busy(Problem),
    /// What was kept cannot be read; for the log.
    Broken(Problem),
}
