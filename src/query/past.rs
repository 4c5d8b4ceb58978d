//! Worlds of before, for those who answer as of a moment.

use std::fmt;
use std::sync::Arc;

use jiff::Timestamp;

use super::World;
use crate::model::Audience;
use crate::text::Problem;

/// What has been on record, moment by moment. This room cannot read it: who wires the rooms gives
/// one that can.
pub trait Past: fmt::Debug + Send + Sync {
    /// The world of one audience as it was on record at a moment, under today's definitions and
    /// rules of publication. The same moment gives the same layers, to the last letter of their
    /// versions, whatever is imported later. It may take seconds: not for a thread that answers
    /// requests.
    fn world_at(
        &self,
        audience: Audience,
        moment: Timestamp,
        now: Timestamp,
    ) -> Result<Arc<World>, PastFault>;
}

/// Why there is no world of a moment.
#[derive(Debug)]
pub enum PastFault {
    /// The moment is yet to come.
    Future,
    /// Nothing had been recorded yet.
    BeforeFirst,
    /// What is on record could not be read: for the log, not for a stranger.
    Unreadable(Problem),
}
