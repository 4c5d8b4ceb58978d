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
type Snapshots = BTreeMap<LayerId, Made>;

/// A snapshot, the revision of its layer's last import, and the definition it was published by.
struct Made {
    revision: Revision,
    layer: Arc<Layer>,
    snapshot: Arc<Snapshot>,
}

/// What is published, for each audience served.
pub(super) struct Worlds {
    by_audience: BTreeMap<Audience, Snapshots>,
}

impl Worlds {
    /// Nothing published yet, for these audiences.
    pub(super) fn empty(audiences: impl Iterator<Item = Audience>) -> Self {
        Self {
            by_audience: audiences
                .map(|audience| (audience, Snapshots::new()))
                .collect(),
        }
    }

    /// Forgets what was published: the next refresh is of another store, whose numbers of revisions
    /// mean other things.
    pub(super) fn forget(&mut self) {
        self.by_audience.values_mut().for_each(Snapshots::clear);
    }

    /// Publishes what stands in the store now. Layers whose last import and definition
    /// are those already published are kept as they are. The answer is of one revision: if the store changes under
    /// the reading, it is read again.
    pub(super) fn refresh(&mut self, atlas: &Atlas, store: &dyn Store) -> Result<(), StoreError> {
        loop {
            let before = store.revision()?;
            let imports: BTreeMap<LayerId, ImportRecord> = store.imports()?.into_iter().collect();
            let mut fresh: BTreeMap<Audience, Snapshots> = BTreeMap::new();
            for (&audience, published) in &self.by_audience {
                let none = Snapshots::new();
                let beside = fresh.values().next().unwrap_or(&none);
                let made = refreshed(atlas, store, audience, published, beside, &imports)?;
                fresh.insert(audience, made);
            }
            if store.revision()? == before {
                self.by_audience = fresh;
                memory::give_back();
                return Ok(());
            }
        }
    }

    /// The world of one audience, as it stands.
    pub(super) fn world(&self, atlas: &Atlas, audience: Audience) -> World {
        let layers = self.by_audience.get(&audience).into_iter().flatten();
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
            absent: layers
                .clone()
                .filter(|(_, made)| {
                    made.revision == Revision(0) && made.snapshot.view().form != Form::Existence
                })
                .map(|(id, _)| id.clone())
                .collect(),
            layers: layers
                .map(|(id, made)| (id.clone(), Arc::clone(&made.snapshot)))
                .collect(),
            book: Arc::clone(&atlas.book),
        }
    }
}

fn refreshed(
    atlas: &Atlas,
    store: &dyn Store,
    audience: Audience,
    published: &Snapshots,
    beside: &Snapshots,
    imports: &BTreeMap<LayerId, ImportRecord>,
) -> Result<Snapshots, StoreError> {
    let mut snapshots = Snapshots::new();
    for layer in atlas.layers.values() {
        let import = imports.get(&layer.id);
        let revision = import.map_or(Revision(0), |import| import.revision);
        let kept = published
            .get(&layer.id)
            .filter(|made| made.revision == revision && made.layer == *layer);
        let snapshot = match kept {
            Some(made) => Some(Arc::clone(&made.snapshot)),
            None => snapshot(store, layer, audience, import)?.map(|snapshot| {
                // What another audience, or the revision before, has alike is in memory once.
                let alike = [beside.get(&layer.id), published.get(&layer.id)];
                let shared = alike.into_iter().flatten();
                Arc::new(shared.fold(snapshot, |snapshot, made| snapshot.sharing(&made.snapshot)))
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
    store: &dyn Store,
    layer: &Layer,
    audience: Audience,
    import: Option<&ImportRecord>,
) -> Result<Option<Snapshot>, StoreError> {
    let coverage = import.and_then(|import| import.header.coverage.as_ref());
    let Some(view) = publish::view(layer, audience, coverage) else {
        return Ok(None);
    };
    let mut features = Vec::new();
    if import.is_some() && view.form != Form::Existence {
        store.features(layer, At::Now, None, &mut |feature| {
            features.extend(publish::publish(layer, audience, feature));
        })?;
    }
    Ok(Some(Snapshot::build(Arc::new(view), features)))
}
