//! One import: one transaction, one revision.

use std::collections::BTreeSet;
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, Row};

use super::cell::{Cell, cells_of, moment};
use super::fault::Fault;
use super::names::{GEOM, quoted};
use super::table::{self, Contents, Ready};
use super::{GeoPackage, open, revisions, rtree, spatial};
use crate::layer::Layer;
use crate::model::{Exact, Feature, FeatureId, Revision};
use crate::say;
use crate::store::{Counts, Import, ImportHeader, StoreError};
use crate::text::Key;

/// How long an import waits for readers of older moments before it leaves the log to the next one.
const READERS_LEAVE: Duration = Duration::from_secs(1);

/// An import under way, on a connection of its own.
pub(super) struct Writing<'a> {
    store: &'a GeoPackage,
    layer: &'a Layer,
    pub(super) connection: Connection,
    ready: Ready,
    sql: Statements,
    revision: Revision,
    /// Nothing is current, so nothing is to be compared; the R-tree is built at the end.
    fresh: bool,
    /// No version ever ended, so no feature can return.
    first: bool,
    /// The current features that were put, if any were current before.
    seen: BTreeSet<i64>,
    next: i64,
    counts: Counts,
    contents: Contents,
    bytes: Vec<u8>,
    failed: bool,
}

/// The statements an import runs once a feature.
#[derive(Debug)]
struct Statements {
    find: String,
    find_ended: String,
    insert: String,
    update: String,
    /// Without the geometry, so that the R-tree is left alone.
    update_in_place: String,
    keep_version: String,
    end: String,
}

impl Statements {
    fn of(ready: &Ready) -> Self {
        let current = quoted(&ready.tables.current);
        let history = quoted(&ready.tables.history);
        let names: Vec<String> = ready.columns.iter().map(|c| quoted(&c.name)).collect();
        let leaving: Vec<String> = ready.leaving.iter().map(|name| quoted(name)).collect();
        let every = names
            .iter()
            .chain(&leaving)
            .cloned()
            .collect::<Vec<_>>()
            .join(", ");
        // Parameters: 1 fid, 2 revision, 3 identity, then the content.
        let places: Vec<String> = (0..names.len()).map(|at| format!("?{}", at + 4)).collect();
        let update = |kept: &dyn Fn(&str) -> bool| {
            let content = names.iter().zip(&places).filter(|(name, _)| kept(name));
            let sets = content.map(|(name, place)| format!(", {name} = {place}"));
            let nulls = leaving.iter().map(|name| format!(", {name} = NULL"));
            format!(
                "UPDATE {current} SET recorded_from = ?2{} WHERE fid = ?1 AND onemap_identity = ?3",
                sets.chain(nulls).collect::<Vec<_>>().concat(),
            )
        };
        Self {
            find: format!("SELECT fid, {every} FROM {current} WHERE onemap_identity = ?1"),
            find_ended: format!("SELECT max(fid) FROM {history} WHERE onemap_identity = ?1"),
            insert: format!(
                "INSERT INTO {current} (fid, recorded_from, onemap_identity, {}) \
                 VALUES (?1, ?2, ?3, {})",
                names.join(", "),
                places.join(", "),
            ),
            update: update(&|_| true),
            update_in_place: update(&|name| name != quoted(GEOM)),
            keep_version: format!(
                "INSERT INTO {history} (fid, {every}, onemap_identity, recorded_from, recorded_to) \
                 SELECT fid, {every}, onemap_identity, recorded_from, ?2 FROM {current} \
                 WHERE fid = ?1",
            ),
            end: format!("DELETE FROM {current} WHERE fid = ?1"),
        }
    }
}

/// What the store holds of a feature that is put.
enum Found {
    /// As it is.
    Same(i64),
    /// With other content, in the same place or another.
    Other { fid: i64, in_place: bool },
}

impl<'a> Writing<'a> {
    /// Begins: waits for another import, then makes the layer's tables fit.
    pub(super) fn begin(store: &'a GeoPackage, layer: &'a Layer) -> Result<Self, Fault> {
        let connection = open::writer(store)?;
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let revision = Revision(revisions::newest(&connection)?.0 + 1);
        let ready = table::ready(&connection, layer, revision)?;
        let fresh = is_empty(&connection, &ready.tables.current)?;
        let first = is_empty(&connection, &ready.tables.history)?;
        let next = 1 + greatest(&connection, &ready.tables.current)?
            .max(greatest(&connection, &ready.tables.history)?);
        if fresh && layer.shape.is_some() {
            spatial::drop_triggers(&connection, &ready.tables.current)?;
        }
        Ok(Self {
            store,
            layer,
            sql: Statements::of(&ready),
            connection,
            ready,
            revision,
            fresh,
            first,
            seen: BTreeSet::new(),
            next,
            counts: Counts::default(),
            contents: Contents::default(),
            bytes: Vec::new(),
            failed: false,
        })
    }

    fn write(&mut self, feature: &Feature) -> Result<FeatureId, Fault> {
        let mut bytes = std::mem::take(&mut self.bytes);
        let mut cells = Vec::with_capacity(self.ready.columns.len());
        let bbox = cells_of(self.layer, feature, &mut bytes, &mut cells)
            .map_err(|message| Fault::refused(self.named(feature, &message)))?;
        let fid = self.write_cells(feature, &cells)?;
        if let Some(bbox) = bbox {
            let all = self
                .contents
                .bounds
                .map_or(bbox, |bounds| bounds.union(&bbox));
            self.contents.bounds = Some(all);
        }
        self.contents.multipoints |=
            matches!(feature.geometry, Some(geo_types::Geometry::MultiPoint(_)));
        drop(cells);
        self.bytes = bytes;
        Ok(FeatureId(fid))
    }

    fn write_cells(&mut self, feature: &Feature, cells: &[Cell<'_>]) -> Result<i64, Fault> {
        let identity = feature.identity.as_ref();
        let found = if self.fresh {
            None
        } else {
            self.find(identity, cells)?
        };
        let fid = match found {
            Some(Found::Same(fid) | Found::Other { fid, .. }) if self.seen.contains(&fid) => {
                return Err(self.repeated(identity));
            }
            Some(Found::Same(fid)) => {
                self.counts.unchanged += 1;
                fid
            }
            Some(Found::Other { fid, in_place }) => {
                let parameters = (fid, self.revision.0);
                self.connection
                    .prepare_cached(&self.sql.keep_version)?
                    .execute(parameters)?;
                let update = if in_place {
                    &self.sql.update_in_place
                } else {
                    &self.sql.update
                };
                self.run(update, fid, identity, cells)?;
                self.counts.changed += 1;
                fid
            }
            None => {
                let fid = self.number_of(identity)?;
                self.run(&self.sql.insert, fid, identity, cells)
                    .map_err(|fault| match fault {
                        Fault::Sql(error) if is_repeat(&error) => self.repeated(identity),
                        other => other,
                    })?;
                self.next = self.next.max(fid + 1);
                self.counts.added += 1;
                fid
            }
        };
        if !self.fresh {
            self.seen.insert(fid);
        }
        Ok(fid)
    }

    fn find(&self, identity: &str, cells: &[Cell<'_>]) -> Result<Option<Found>, Fault> {
        let mut statement = self.connection.prepare_cached(&self.sql.find)?;
        let found = statement
            .query_row([identity], |row| {
                let fid = row.get(0)?;
                if same(row, cells, self.ready.leaving.len())? {
                    return Ok(Found::Same(fid));
                }
                let place = cells.first().filter(|_| self.layer.shape.is_some());
                let in_place = matches!(place, Some(cell) if row.get_ref(1)? == cell.as_sql());
                Ok(Found::Other { fid, in_place })
            })
            .optional()?;
        Ok(found)
    }

    /// The number of a feature that is not current: the one it had, or a new one.
    fn number_of(&self, identity: &str) -> Result<i64, Fault> {
        let had = if self.first {
            None
        } else {
            let mut statement = self.connection.prepare_cached(&self.sql.find_ended)?;
            statement.query_row([identity], |row| row.get(0))?
        };
        Ok(had.unwrap_or(self.next))
    }

    fn run(&self, sql: &str, fid: i64, identity: &str, cells: &[Cell<'_>]) -> Result<(), Fault> {
        let mut statement = self.connection.prepare_cached(sql)?;
        statement.raw_bind_parameter(1, fid)?;
        statement.raw_bind_parameter(2, self.revision.0)?;
        statement.raw_bind_parameter(3, identity)?;
        for (at, cell) in cells.iter().enumerate() {
            statement.raw_bind_parameter(at + 4, cell)?;
        }
        statement.raw_execute()?;
        Ok(())
    }

    fn repeated(&self, identity: &str) -> Fault {
        Fault::refused(say!(
            Key::StoreIdentityRepeated,
            layer = self.layer.id,
            identity = identity
        ))
    }

    fn named(&self, feature: &Feature, why: &crate::text::Message) -> crate::text::Message {
        say!(
            Key::StoreFeatureRefused,
            layer = self.layer.id,
            identity = feature.identity,
        )
        .with_why(why.clone())
    }

    fn finish(&mut self, header: &ImportHeader) -> Result<(), Fault> {
        if !self.fresh {
            self.end_unseen()?;
        }
        table::drop_left(&self.connection, &self.ready)?;
        if self.fresh && self.layer.shape.is_some() {
            rtree::fill(&self.connection, &self.ready.tables.current)?;
            spatial::create_triggers(&self.connection, &self.ready.tables.current)?;
        }
        self.contents.changed_at = moment(header.at);
        table::describe(&self.connection, self.layer, &self.ready, &self.contents)?;
        revisions::record(
            &self.connection,
            self.revision,
            &self.layer.id,
            header,
            self.counts,
        )?;
        self.connection.execute_batch("COMMIT")?;
        Ok(())
    }

    fn end_unseen(&mut self) -> Result<(), Fault> {
        let current = quoted(&self.ready.tables.current);
        let gone: Vec<i64> = {
            let mut statement = self
                .connection
                .prepare(&format!("SELECT fid FROM {current} ORDER BY fid"))?;
            let all = statement.query_map([], |row| row.get(0))?;
            let gone = all.filter(|fid| !matches!(fid, Ok(fid) if self.seen.contains(fid)));
            gone.collect::<rusqlite::Result<_>>()?
        };
        for fid in gone {
            let parameters = (fid, self.revision.0);
            self.connection
                .prepare_cached(&self.sql.keep_version)?
                .execute(parameters)?;
            self.connection
                .prepare_cached(&self.sql.end)?
                .execute([fid])?;
            self.counts.ended += 1;
        }
        Ok(())
    }
}

impl Import for Writing<'_> {
    fn put(&mut self, feature: Exact<Feature>) -> Result<FeatureId, StoreError> {
        if self.failed {
            return Err(self.store.after_failure());
        }
        self.write(feature.get()).map_err(|fault| {
            self.failed = true;
            fault.at(&self.store.path)
        })
    }

    fn commit(mut self: Box<Self>, header: ImportHeader) -> Result<(Revision, Counts), StoreError> {
        if self.failed {
            return Err(self.store.after_failure());
        }
        self.finish(&header)
            .map_err(|fault| fault.at(&self.store.path))?;
        open::fold_log(&self.connection, self.store.patience.min(READERS_LEAVE));
        Ok((self.revision, self.counts))
    }
}

/// Whether a stored row (its first column is the number) holds exactly these cells, and nothing in
/// the columns that leave.
fn same(row: &Row<'_>, cells: &[Cell<'_>], leaving: usize) -> rusqlite::Result<bool> {
    for (at, cell) in cells.iter().enumerate() {
        if row.get_ref(at + 1)? != cell.as_sql() {
            return Ok(false);
        }
    }
    for at in 0..leaving {
        if row.get_ref(cells.len() + 1 + at)? != rusqlite::types::ValueRef::Null {
            return Ok(false);
        }
    }
    Ok(true)
}

fn is_repeat(error: &rusqlite::Error) -> bool {
    /// SQLite's `SQLITE_CONSTRAINT_UNIQUE`.
    const UNIQUE: i32 = 2067;
    error
        .sqlite_error()
        .is_some_and(|e| e.extended_code == UNIQUE)
}

fn is_empty(connection: &Connection, table: &str) -> rusqlite::Result<bool> {
    let sql = format!("SELECT NOT EXISTS (SELECT 1 FROM {})", quoted(table));
    connection.query_row(&sql, [], |row| row.get(0))
}

fn greatest(connection: &Connection, table: &str) -> rusqlite::Result<i64> {
    let sql = format!("SELECT ifnull(max(fid), 0) FROM {}", quoted(table));
    connection.query_row(&sql, [], |row| row.get(0))
}

impl std::fmt::Debug for Writing<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writing")
            .field("layer", &self.layer.id)
            .field("revision", &self.revision)
            .field("counts", &self.counts)
            .finish_non_exhaustive()
    }
}
