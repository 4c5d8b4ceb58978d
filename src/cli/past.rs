//! What has been on record: worlds of before, for `as_of` and for `onemap verify`.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::{Span, Timestamp};

use super::worlds::{self, Reading, Snapshots, Worlds};
use crate::layer::Atlas;
use crate::model::{Audience, Revision};
use crate::query::{Past, PastFault, World};
use crate::report::{Kept, Shelf, ShelfFault};
use crate::store::geopackage::GeoPackage;
use crate::store::{At, KeepBounds, KeptReport, Store, StoreError};

/// How many worlds of before are kept in memory. What they have like the present one is shared.
const RECENT: usize = 4;

/// What stands now: the definitions, the store, and what is published of it.
#[derive(Clone)]
pub(super) struct Standing {
    pub(super) atlas: Arc<Atlas>,
    pub(super) store: Arc<GeoPackage>,
    pub(super) worlds: Worlds,
}

/// The past of a store that is being served.
pub(super) struct Archive {
    standing: RwLock<Standing>,
    /// The worlds asked for last, the latest in front. Locked while one is built: one at a time.
    recent: Mutex<VecDeque<Recent>>,
}

struct Recent {
    audience: Audience,
    revision: Revision,
    snapshots: Snapshots,
    world: Arc<World>,
}

impl Archive {
    pub(super) fn new(standing: Standing) -> Self {
        Self {
            standing: RwLock::new(standing),
            recent: Mutex::default(),
        }
    }

    /// Something else stands now.
    pub(super) fn stand(&self, standing: Standing) {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        recent.clear();
        *self
            .standing
            .write()
            .unwrap_or_else(PoisonError::into_inner) = standing;
    }

    /// What stands now.
    pub(super) fn standing(&self) -> Standing {
        self.standing
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn build(&self, audience: Audience, revision: Revision) -> Result<Arc<World>, StoreError> {
        let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let standing = self.standing();
        let place = recent
            .iter()
            .position(|one| one.audience == audience && one.revision == revision);
        if let Some(found) = place.and_then(|place| recent.remove(place)) {
            let world = Arc::clone(&found.world);
            recent.push_front(found);
            return Ok(world);
        }
        let present = standing.worlds.snapshots(audience);
        let before = recent.iter().filter(|one| one.audience == audience);
        let known: Vec<&Snapshots> = present
            .into_iter()
            .chain(before.map(|one| &one.snapshots))
            .collect();
        let snapshots = Reading {
            atlas: &standing.atlas,
            store: standing.store.as_ref(),
            audience,
            at: At::Revision(revision),
        }
        .snapshots(&known, None)?;
        let world = Arc::new(worlds::world(
            &standing.atlas,
            audience,
            revision,
            &snapshots,
        ));
        recent.truncate(RECENT - 1);
        recent.push_front(Recent {
            audience,
            revision,
            snapshots,
            world: Arc::clone(&world),
        });
        Ok(world)
    }
}

impl Past for Archive {
    fn world_at(
        &self,
        audience: Audience,
        moment: Timestamp,
        now: Timestamp,
    ) -> Result<Arc<World>, PastFault> {
        if moment > now {
            return Err(PastFault::Future);
        }
        let unreadable = |error: StoreError| PastFault::Unreadable(error.into_problem());
        let standing = self.standing();
        let revision = standing
            .store
            .revision_at(moment)
            .map_err(unreadable)?
            .ok_or(PastFault::BeforeFirst)?;
        if revision == standing.worlds.revision() {
            let world = standing.worlds.world(&standing.atlas, audience);
            return Ok(Arc::new(world));
        }
        self.build(audience, revision).map_err(unreadable)
    }
}

impl fmt::Debug for Archive {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Archive").finish_non_exhaustive()
    }
}

/// The shelf of a store that is being served: reports kept beside its layers.
pub(super) struct Shelves {
    pub(super) archive: Arc<Archive>,
    /// At most so many of one audience.
    pub(super) most: u64,
    /// For so many days.
    pub(super) days: u32,
}

impl Shelves {
    /// What was made before this is kept no longer.
    fn since(&self, now: Timestamp) -> Timestamp {
        let hours = Span::new().try_hours(i64::from(self.days) * 24);
        hours
            .and_then(|hours| now.checked_sub(hours))
            .unwrap_or(Timestamp::MIN)
    }
}

impl Shelf for Shelves {
    fn keep(&self, world: &World, report: &Kept) -> Result<(), ShelfFault> {
        let kept = KeptReport {
            id: report.id.clone(),
            audience: world.audience,
            made_at: report.made_at,
            revision: world.revision,
            question: report.question.clone(),
            document: report.document.clone(),
            hash: report.hash.clone(),
        };
        let bounds = KeepBounds {
            most: self.most,
            since: self.since(report.made_at),
        };
        let store = self.archive.standing().store;
        store.keep(&kept, bounds).map_err(|error| match error {
            StoreError::TooMany(_) => ShelfFault::TooMany,
            StoreError::Full(problem) => ShelfFault::NoRoom(problem),
            StoreError::Unwritable(problem) => ShelfFault::Busy(problem),
            other => ShelfFault::Broken(other.into_problem()),
        })
    }

    fn kept(
        &self,
        audience: Audience,
        id: &str,
        now: Timestamp,
    ) -> Result<Option<Kept>, ShelfFault> {
        let store = self.archive.standing().store;
        let found = store
            .kept(id, audience)
            .map_err(|error| ShelfFault::Broken(error.into_problem()))?;
        let since = self.since(now);
        Ok(found.filter(|kept| kept.made_at >= since).map(|kept| Kept {
            id: kept.id,
            made_at: kept.made_at,
            question: kept.question,
            document: kept.document,
            hash: kept.hash,
        }))
    }
}

impl fmt::Debug for Shelves {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shelves").finish_non_exhaustive()
    }
}

/// The world of one audience as it was on record at a revision.
pub(super) fn world_at(
    atlas: &Atlas,
    store: &dyn Store,
    audience: Audience,
    revision: Revision,
) -> Result<World, StoreError> {
    let reading = Reading {
        atlas,
        store,
        audience,
        at: At::Revision(revision),
    };
    let snapshots = reading.snapshots(&[], None)?;
    Ok(worlds::world(atlas, audience, revision, &snapshots))
}
