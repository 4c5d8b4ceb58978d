//! Two books held against each other: which parcels change their verdict, and by which rules.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::answers::{Screener, fired};
use super::parcels::{self, Input, Row, Shape, Taken};
use super::run::Watch;
use crate::assess::{self, Screening};
use crate::model::Verdict;
use crate::source::Diagnostic;
use crate::text::Problem;

/// How many rows are judged at a time.
const CHUNK: usize = 256;

/// The same parcels, by two books.
#[derive(Debug)]
pub struct Differ<'a> {
    /// The one.
    pub a: Screener<'a>,
    /// The other.
    pub b: Screener<'a>,
}

/// What a parcel comes to by each book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The number of its row.
    pub row: u64,
    /// The row's own values.
    pub own: Vec<Option<String>>,
    /// The two verdicts.
    pub verdicts: [Verdict; 2],
    /// Whether all was known.
    pub complete: [bool; 2],
    /// The rules that fired by one book and not by the other.
    pub only: [BTreeSet<String>; 2],
}

impl Changed {
    /// Whether it comes to something else.
    pub fn is_change(&self) -> bool {
        self.verdicts[0] != self.verdicts[1] || self.complete[0] != self.complete[1]
    }
}

impl Differ<'_> {
    /// Holds every parcel of a file against both; `take` gets each in the order of the file.
    pub fn run(
        &self,
        input: &Input,
        shape: &Shape,
        watch: &mut dyn Watch,
        take: &mut dyn FnMut(Changed) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        parcels::read(input, shape, 0, CHUNK, &mut |chunk: Vec<Taken>| {
            let rows = chunk.len() as u64;
            let held: Vec<Result<Changed, Vec<Diagnostic>>> = chunk
                .into_par_iter()
                .map(|taken| taken.and_then(|row| self.hold(&row)))
                .collect();
            for one in held {
                match one {
                    Ok(changed) => take(changed)?,
                    Err(faults) => faults.iter().for_each(|fault| watch.bad(fault)),
                }
            }
            watch.done(rows);
            Ok(())
        })
    }

    fn hold(&self, row: &Row) -> Result<Changed, Vec<Diagnostic>> {
        let screen = |screener: &Screener<'_>| -> Result<Screening, Vec<Diagnostic>> {
            let mut row = row.clone();
            let question = screener.question(&mut row)?;
            assess::screen(screener.world, screener.book, &question)
                .map_err(|fault| vec![row.fault(fault.message())])
        };
        let (a, b) = (screen(&self.a)?, screen(&self.b)?);
        let rules = [fired(&a), fired(&b)];
        Ok(Changed {
            row: row.number,
            own: row.cells.clone(),
            verdicts: [a.verdict, b.verdict],
            complete: [a.complete, b.complete],
            only: [
                rules[0].difference(&rules[1]).cloned().collect(),
                rules[1].difference(&rules[0]).cloned().collect(),
            ],
        })
    }
}
