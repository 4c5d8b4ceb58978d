//! The store, published: one `World` an audience, built anew only where a layer changed.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::memory;
use crate::index::{DistrictView, Snapshot, World};
use crate::layer::{Atlas, Layer};
use crate::model::{Audience, LayerId, Revision};
use crate::publish::{self, Form};
use crate::store::{At, ImportRecord, Store, StoreError};

/// Every snapshot of an audience, with what it was made from.
pub(super) type Snapshots = BTreeMap<LayerId, Made>;

/// A snapshot, the revision of the import its layer rests on, and the definition it was published
/// by.
#[derive(Debug, Clone)]
pub(super) struct Made {
    revision: Revision,
    layer: Arc<Layer>,
    snapshot: Arc<Snapshot>,
}

/// What is published, for each audience served.
#[derive(Debug, Clone)]
pub(super) struct Worlds {
    revision: Revision,
    by_audience: BTreeMap<Audience, Snapshots>,
}

impl Worlds {
    /// Nothing published yet, for these audiences.
    pub(super) fn empty(audiences: impl Iterator<Item = Audience>) -> Self {
        Self {
            revision: Revision::default(),
            by_audience: audiences
                .map(|audience| (audience, Snapshots::new()))
                .collect(),
        }
    }

    /// Forgets what was published: the next refresh is of another store, whose numbers of revisions
    /// mean other things.
    pub(super) fn forget(&mut self) {
        self.revision = Revision::default();
        self.by_audience.values_mut().for_each(Snapshots::clear);
    }

    /// Publishes what stands in the store now. Layers whose last import and definition are those
    /// already published are kept as they are. The answer is of one revision: if the store changes
    /// under the reading, it is read again.
    pub(super) fn refresh(&mut self, atlas: &Atlas, store: &dyn Store) -> Result<(), StoreError> {
        loop {
            let before = store.revision()?;
            let mut fresh: BTreeMap<Audience, Snapshots> = BTreeMap::new();
            for (&audience, published) in &self.by_audience {
                let beside = fresh.values().next();
                let reading = Reading {
                    atlas,
                    store,
                    audience,
                    at: At::Now,
                };
                let made = reading.snapshots(&[published], beside)?;
                fresh.insert(audience, made);
            }
            if store.revision()? == before {
                self.revision = before;
                self.by_audience = fresh;
                memory::give_back();
                return Ok(());
            }
        }
    }

    /// The world of one audience, as it stands.
    pub(super) fn world(&self, atlas: &Atlas, audience: Audience) -> World {
        let none = Snapshots::new();
        let snapshots = self.by_audience.get(&audience).unwrap_or(&none);
        world(atlas, audience, self.revision, snapshots)
    }

    /// The revision that is published.
    pub(super) const fn revision(&self) -> Revision {
        self.revision
    }

    /// What is published for an audience; `None`: it is not served.
    pub(super) fn snapshots(&self, audience: Audience) -> Option<&Snapshots> {
        self.by_audience.get(&audience)
    }
}

/// The world that these snapshots are.
pub(super) fn world(
    atlas: &Atlas,
    audience: Audience,
    revision: Revision,
    snapshots: &Snapshots,
) -> World {
    World {
        audience,
        district: DistrictView {
            name: atlas.district.name.clone(),
            code: atlas.district.code.clone(),
            map_review_number: atlas.district.map_review_number.clone(),
            publisher: atlas.district.publisher.clone(),
            contact: atlas.district.contact.clone(),
            boundary: atlas.district.boundary.clone(),
            subdistricts: atlas.district.subdistricts.clone(),
            time_zone: atlas.district.time_zone.clone(),
        },
        revision,
        layers: snapshots
            .iter()
            .map(|(id, made)| (id.clone(), Arc::clone(&made.snapshot)))
            .collect(),
        absent: snapshots
            .iter()
            .filter(|(_, made)| {
                made.revision == Revision(0) && made.snapshot.view().form != Form::Existence
            })
            .map(|(id, _)| id.clone())
            .collect(),
        book: Arc::clone(&atlas.book),
    }
}

/// What is read, for whom, as of when. The rules of publication are today's in any case.
pub(super) struct Reading<'a> {
    pub(super) atlas: &'a Atlas,
    pub(super) store: &'a dyn Store,
    pub(super) audience: Audience,
    pub(super) at: At,
}

impl Reading<'_> {
    /// The snapshots of every layer the audience knows. One that is `known` already, of the same
    /// import and definition, is taken from there; what another audience has alike `beside` is in
    /// memory once.
    pub(super) fn snapshots(
        &self,
        known: &[&Snapshots],
        beside: Option<&Snapshots>,
    ) -> Result<Snapshots, StoreError> {
        let imports: BTreeMap<LayerId, ImportRecord> =
            self.store.imports_at(self.at)?.into_iter().collect();
        let mut snapshots = Snapshots::new();
        for layer in self.atlas.layers.values() {
            let import = imports.get(&layer.id);
            let revision = import.map_or(Revision(0), |import| import.revision);
            let theirs = || known.iter().filter_map(|known| known.get(&layer.id));
            let kept = theirs().find(|made| made.revision == revision && made.layer == *layer);
            let snapshot = match kept {
                Some(made) => Some(Arc::clone(&made.snapshot)),
                None => self.snapshot(layer, import)?.map(|snapshot| {
                    // What another audience, or another revision, has alike is in memory once.
                    let alike = beside.and_then(|beside| beside.get(&layer.id));
                    let shared = alike.into_iter().chain(theirs());
                    Arc::new(
                        shared.fold(snapshot, |snapshot, made| snapshot.sharing(&made.snapshot)),
                    )
                }),
            };
            if let Some(snapshot) = snapshot {
                let made = Made {
                    revision,
                    layer: Arc::clone(layer),
                    snapshot,
                };
                snapshots.insert(layer.id.clone(), made);
            }
        }
        Ok(snapshots)
    }

    fn snapshot(
        &self,
        layer: &Layer,
        import: Option<&ImportRecord>,
    ) -> Result<Option<Snapshot>, StoreError> {
        let coverage = import.and_then(|import| import.header.coverage.as_ref());
        let Some(view) = publish::view(layer, self.audience, coverage) else {
            return Ok(None);
        };
        let mut features = Vec::new();
        if import.is_some() && view.form != Form::Existence {
            self.store.features(layer, self.at, None, &mut |feature| {
                features.extend(publish::publish(layer, self.audience, feature));
            })?;
        }
        Ok(Some(Snapshot::build(Arc::new(view), features)))
    }
}
