//! What is so: everything that rules look at, and nothing that they conclude.

use std::sync::Arc;

use super::answer::{Change, FoundFeature, SampleValue};
use super::question::{Meaning, Question};
use crate::layer::{Book, Role};
use crate::query::{Form, Snapshot, World};

/// What is so on and near a parcel.
#[derive(Debug)]
pub struct Facts<'a> {
    /// The layers of the moment that was asked for.
    pub world: &'a World,
    /// What a screening goes by.
    pub book: &'a Book,
    /// What was asked.
    pub question: &'a Question,
    /// What the planned uses mean for the soil.
    pub meaning: Meaning,
    /// The parcel's ellipsoidal area.
    pub area_m2: f64,
    /// Present use against planned use.
    pub changes: Vec<Change>,
    /// What was found, layer by layer, then by distance.
    pub found: Vec<Found<'a>>,
    /// Measured values against limits.
    pub samples: Vec<SampleValue>,
}

/// A feature found, and where its values are.
#[derive(Debug, Clone)]
pub struct Found<'a> {
    /// Its layer.
    pub layer: &'a Arc<Snapshot>,
    /// Its row there.
    pub row: usize,
    /// Where it is, seen from the parcel.
    pub feature: FoundFeature,
}

impl Facts<'_> {
    /// Whether the use of any of the ground changes; `None`: of none it is known to, and of some it
    /// is not known whether.
    pub fn use_changes(&self) -> Option<bool> {
        let each = || self.changes.iter().map(|change| change.changes);
        if each().any(|changes| changes == Some(true)) {
            Some(true)
        } else if self.changes.is_empty() || each().any(|changes| changes.is_none()) {
            None
        } else {
            Some(false)
        }
    }
}

/// Whether a screening looks into a layer: it has a part in risk answers, a place on the map, and
/// the profile does not leave it out.
pub(super) fn is_screened(layer: &Snapshot, question: &Question) -> bool {
    let view = layer.view();
    view.role != Role::Context
        && (view.shape.is_some() || view.form == Form::Existence)
        && !question.profile.leave_out.contains(&view.id)
}
