//! Reports that were kept: table `onemap_screenings`.

use std::fmt::Write as _;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row};
use sha2::{Digest as _, Sha256};

use super::cell::moment;
use super::fault::Fault;
use crate::geom::cast;
use crate::model::{Audience, Revision};
use crate::say;
use crate::store::{KeepBounds, KeptReport, StoreError};
use crate::text::{Key, Problem};

const COLUMNS: &str = "id, audience, made_at, revision, question, document, hash, sha256";

/// Keeps a report, in a transaction of its own: first what is too old goes, then there must be room.
pub(super) fn keep(
    connection: &Connection,
    report: &KeptReport,
    bounds: KeepBounds,
) -> Result<(), Fault> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    forget(connection, bounds.since)?;
    let there: u64 = connection
        .prepare_cached("SELECT count(*) FROM onemap_screenings WHERE audience = ?1")?
        .query_row([report.audience.as_str()], |row| row.get(0))?;
    if there >= bounds.most {
        let message = say!(Key::StoreKeptTooMany, most = bounds.most);
        return Err(StoreError::TooMany(message.into()).into());
    }
    let insert = format!(
        "INSERT INTO onemap_screenings ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
    );
    connection.prepare_cached(&insert)?.execute((
        &report.id,
        report.audience.as_str(),
        moment(report.made_at),
        report.revision.0,
        &report.question,
        &report.document,
        &report.hash,
        digest(&report.question, &report.document),
    ))?;
    connection.execute_batch("COMMIT")?;
    Ok(())
}

/// Deletes what was made before a moment. How many.
pub(super) fn prune(connection: &Connection, before: Timestamp) -> Result<u64, Fault> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    let gone = forget(connection, before)?;
    connection.execute_batch("COMMIT")?;
    Ok(gone)
}

fn forget(connection: &Connection, before: Timestamp) -> rusqlite::Result<u64> {
    let mut delete = connection
        .prepare_cached("DELETE FROM onemap_screenings WHERE audience = ?1 AND made_at < ?2")?;
    let mut gone = 0;
    for audience in Audience::ALL {
        gone += cast::usize_to_u64(delete.execute((audience.as_str(), moment(before)))?);
    }
    Ok(gone)
}

/// The report of this number that an audience keeps.
pub(super) fn kept(
    connection: &Connection,
    id: &str,
    audience: Audience,
) -> Result<Option<KeptReport>, Fault> {
    let select = format!("SELECT {COLUMNS} FROM onemap_screenings WHERE id = ?1 AND audience = ?2");
    let mut select = connection.prepare_cached(&select)?;
    let row = select
        .query_row((id, audience.as_str()), |row| Ok(report(row)))
        .optional()?;
    match row {
        None => Ok(None),
        Some(Ok(Some(report))) => Ok(Some(report)),
        Some(Ok(None)) => Err(Fault::Ours(StoreError::Damaged(Problem::new(say!(
            Key::StoreKeptDamaged,
            id = id
        ))))),
        Some(Err(error)) => Err(error.into()),
    }
}

/// The numbers of the reports that are not as they were kept, or of a revision that is none.
pub(super) fn damaged(connection: &Connection) -> Result<Vec<String>, Fault> {
    let select = format!(
        "SELECT {COLUMNS}, revision <= (SELECT ifnull(max(revision), 0) FROM onemap_revision) \
         FROM onemap_screenings ORDER BY id"
    );
    let mut select = connection.prepare(&select)?;
    let mut rows = select.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let known: bool = row.get(8)?;
        if !known || !matches!(report(row), Ok(Some(_))) {
            found.push(row.get(0)?);
        }
    }
    Ok(found)
}

/// A report as it was kept; `None`: the row is no longer what was written.
fn report(row: &Row<'_>) -> rusqlite::Result<Option<KeptReport>> {
    let (audience, made_at): (String, String) = (row.get(1)?, row.get(2)?);
    let (question, document): (String, String) = (row.get(4)?, row.get(5)?);
    let stated: String = row.get(7)?;
    let (Some(audience), Ok(made_at)) = (Audience::parse(&audience), made_at.parse()) else {
        return Ok(None);
    };
    if stated != digest(&question, &document) {
        return Ok(None);
    }
    Ok(Some(KeptReport {
        id: row.get(0)?,
        audience,
        made_at,
        revision: Revision(row.get(3)?),
        question,
        document,
        hash: row.get(6)?,
    }))
}

/// SHA-256 over both texts, the length of the first before them.
fn digest(question: &str, document: &str) -> String {
    let mut hasher = Sha256::new();
    hasher.update(cast::usize_to_u64(question.len()).to_be_bytes());
    hasher.update(question);
    hasher.update(document);
    let mut written = String::with_capacity(64);
    for byte in hasher.finalize() {
        // Writing to a text cannot fail.
        let _ = write!(written, "{byte:02x}");
    }
    written
}
