//! Why a store could not do what it was asked.

use std::error::Error;
use std::fmt;

use crate::text::Problem;

/// Why a store could not do what it was asked.
#[derive(Debug)]
pub enum StoreError {
    /// There is no file.
    Missing(Problem),
    /// The file is not a store of OneMap's. It was left as it is.
    NotOurs(Problem),
    /// It was written by a newer version.
    Newer(Problem),
    /// It was written by an older version and is open for reading only, so it was not brought up
    /// to date.
    Older(Problem),
    /// It is damaged.
    Damaged(Problem),
    /// It may not be read or written, or another process is writing.
    Unwritable(Problem),
    /// There is no more room on the disk.
    Full(Problem),
    /// As many reports are kept as may be.
    TooMany(Problem),
    /// What it was given does not fit the layer: a repeated identity, a value of another type.
    Refused(Problem),
    /// Anything else the engine said.
    Engine(Problem),
}

impl StoreError {
    /// What is said to a person, with its cause.
    pub const fn problem(&self) -> &Problem {
        match self {
            Self::Missing(problem)
            | Self::NotOurs(problem)
            | Self::Newer(problem)
            | Self::Older(problem)
            | Self::Damaged(problem)
            | Self::Unwritable(problem)
            | Self::Full(problem)
            | Self::TooMany(problem)
            | Self::Refused(problem)
            | Self::Engine(problem) => problem,
        }
    }

    /// The same, taken out.
    pub fn into_problem(self) -> Problem {
        match self {
            Self::Missing(problem)
            | Self::NotOurs(problem)
            | Self::Newer(problem)
            | Self::Older(problem)
            | Self::Damaged(problem)
            | Self::Unwritable(problem)
            | Self::Full(problem)
            | Self::TooMany(problem)
            | Self::Refused(problem)
            | Self::Engine(problem) => problem,
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem().fmt(f)
    }
}

impl Error for StoreError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.problem().source()
    }
}
