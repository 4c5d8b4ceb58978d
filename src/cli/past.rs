//! What has been on record: worlds of before, for `as_of` and for `onemap verify`.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::Timestamp;

use super::worlds::{self, Reading, Snapshots, Worlds};
use crate::layer::Atlas;
use crate::model::{Audience, Revision};
use crate::query::{Past, PastFault, World};
use crate::store::geopackage::GeoPackage;
use crate::store::{At, Store, StoreError};

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
