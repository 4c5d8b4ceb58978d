//! Which imports stand in the store, and what they rest on.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row};
use xxhash_rust::xxh3::xxh3_64;

use super::blob;
use super::cell::moment;
use super::fault::Fault;
use crate::geom::cast;
use crate::model::{Area, Coverage, LayerId, Revision};
use crate::say;
use crate::store::{At, Counts, FileDigest, ImportHeader, ImportRecord, StoreError};
use crate::text::{Key, Problem};

/// The newest revision; 0: none.
pub(super) fn newest(connection: &Connection) -> rusqlite::Result<Revision> {
    connection
        .prepare_cached("SELECT ifnull(max(revision), 0) FROM onemap_revision")?
        .query_row([], |row| row.get(0).map(Revision))
}

/// The newest revision recorded by a moment; `None`: there was none.
pub(super) fn at(connection: &Connection, then: Timestamp) -> rusqlite::Result<Option<Revision>> {
    connection
        .prepare_cached("SELECT max(revision) FROM onemap_revision WHERE recorded_at <= ?1")?
        .query_row([moment(then)], |row| {
            Ok(row.get::<_, Option<i64>>(0)?.map(Revision))
        })
}

/// A number that is another after each import, also where another store was copied over this one.
pub(super) fn mark(connection: &Connection) -> rusqlite::Result<i64> {
    let mut newest = connection.prepare_cached(
        "SELECT revision, recorded_at || layer || added || changed || ended FROM onemap_revision \
         ORDER BY revision DESC LIMIT 1",
    )?;
    let mark = newest
        .query_row([], |row| {
            let (revision, of_it): (i64, String) = (row.get(0)?, row.get(1)?);
            let of_it = cast::u64_to_i64(xxh3_64(of_it.as_bytes()) >> 32);
            Ok(revision.wrapping_shl(32) | of_it)
        })
        .optional()?;
    Ok(mark.unwrap_or(0))
}

/// Writes down an import.
pub(super) fn record(
    connection: &Connection,
    revision: Revision,
    layer: &LayerId,
    header: &ImportHeader,
    counts: Counts,
) -> Result<(), Fault> {
    connection.execute(
        "INSERT INTO onemap_revision VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        (
            revision.0,
            moment(header.at),
            &header.actor,
            layer.as_str(),
            cast::u64_to_i64(header.read),
            cast::u64_to_i64(header.rejected),
            cast::u64_to_i64(counts.added),
            cast::u64_to_i64(counts.changed),
            cast::u64_to_i64(counts.unchanged),
            cast::u64_to_i64(counts.ended),
            header
                .coverage
                .as_ref()
                .map(|coverage| cast::usize_to_i64(coverage.areas.len())),
        ),
    )?;
    let mut file =
        connection.prepare_cached("INSERT INTO onemap_revision_file VALUES (?1, ?2, ?3, ?4)")?;
    for (place, digest) in (0_i64..).zip(&header.files) {
        file.execute((revision.0, place, &digest.shown, &digest.sha256))?;
    }
    let mut area =
        connection.prepare_cached("INSERT INTO onemap_coverage VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let mut bytes = Vec::new();
    for (place, one) in (0_i64..).zip(header.coverage.iter().flat_map(|c| &c.areas)) {
        blob::encode_as_it_is(&one.polygons.clone().into(), &mut bytes).map_err(Fault::refused)?;
        area.execute((layer.as_str(), revision.0, place, &one.surveyed, &bytes))?;
    }
    Ok(())
}

/// The import of each layer that is or was its newest, in the order of their ids.
pub(super) fn imports(
    connection: &Connection,
    at: At,
) -> Result<Vec<(LayerId, ImportRecord)>, Fault> {
    let until = match at {
        At::Now => i64::MAX,
        At::Revision(revision) => revision.0,
    };
    let mut rows = connection.prepare_cached(
        "SELECT layer, revision, recorded_at, actor, read, rejected, added, changed, unchanged, \
         ended, areas FROM onemap_revision AS newest WHERE revision = \
         (SELECT max(revision) FROM onemap_revision WHERE layer = newest.layer AND revision <= ?1) \
         ORDER BY layer",
    )?;
    let mut rows = rows.query([until])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let layer: String = row.get(0)?;
        let revision: i64 = row.get(1)?;
        let areas: Option<i64> = row.get(10)?;
        let coverage = match areas {
            Some(_) => Some(coverage(connection, revision)?),
            None => None,
        };
        let at: String = row.get(2)?;
        let (Ok(id), Ok(at)) = (LayerId::parse(&layer), at.parse::<Timestamp>()) else {
            return Err(damaged("onemap_revision", revision));
        };
        let header = ImportHeader {
            at,
            actor: row.get(3)?,
            files: files(connection, revision)?,
            coverage,
            read: count(row, 4)?,
            rejected: count(row, 5)?,
        };
        let counts = Counts {
            added: count(row, 6)?,
            changed: count(row, 7)?,
            unchanged: count(row, 8)?,
            ended: count(row, 9)?,
        };
        found.push((
            id,
            ImportRecord {
                revision: Revision(revision),
                header,
                counts,
            },
        ));
    }
    Ok(found)
}

fn count(row: &Row<'_>, at: usize) -> rusqlite::Result<u64> {
    row.get(at)
}

fn files(connection: &Connection, revision: i64) -> rusqlite::Result<Vec<FileDigest>> {
    connection
        .prepare_cached(
            "SELECT shown, sha256 FROM onemap_revision_file WHERE revision = ?1 ORDER BY place",
        )?
        .query_map([revision], |row| {
            Ok(FileDigest {
                shown: row.get(0)?,
                sha256: row.get(1)?,
            })
        })?
        .collect()
}

fn coverage(connection: &Connection, revision: i64) -> Result<Coverage, Fault> {
    let mut rows = connection.prepare_cached(
        "SELECT surveyed, geom FROM onemap_coverage WHERE revision = ?1 ORDER BY place",
    )?;
    let mut rows = rows.query([revision])?;
    let mut areas = Vec::new();
    while let Some(row) = rows.next()? {
        let stored = row
            .get_ref(1)?
            .as_blob()
            .ok()
            .and_then(blob::decode_as_it_is);
        let Some(geo_types::Geometry::MultiPolygon(polygons)) = stored else {
            return Err(damaged("onemap_coverage", revision));
        };
        areas.push(Area {
            polygons,
            surveyed: row.get(0)?,
        });
    }
    Ok(Coverage { areas })
}

fn damaged(table: &str, row: i64) -> Fault {
    let message = say!(Key::StoreRowDamaged, table = table, row = row);
    Fault::Ours(StoreError::Damaged(Problem::new(message)))
}
