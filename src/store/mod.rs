//! Features at rest: append-only, by revision, behind one contract.
//!
//! Every change is a revision; nothing is overwritten. A [`Store`] answers for any revision it has
//! recorded; valid time (in the world) and recorded time (in the store) are two things.

mod error;
pub mod geopackage;
mod kept;

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use crate::geom::BBox;
use crate::layer::Layer;
use crate::model::{Audience, Coverage, Exact, Feature, FeatureId, LayerId, Revision};
use crate::text::Problem;

pub use self::error::StoreError;
pub use self::kept::{KeepBounds, KeptReport};

/// One layer's import, before its first feature.
#[derive(Debug, Clone)]
pub struct ImportHeader {
    /// When.
    pub at: Timestamp,
    /// Who: the account that ran it.
    pub actor: String,
    /// From which files, with their digests: sources, coverage, definition.
    pub files: Vec<FileDigest>,
    /// What was looked at.
    pub coverage: Option<Coverage>,
    /// Rows read, and rows rejected.
    pub read: u64,
    /// Rows rejected.
    pub rejected: u64,
}

/// A file an import rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileDigest {
    /// As the layer's file names it.
    pub shown: String,
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
}

/// An import that stands in the store.
#[derive(Debug, Clone)]
pub struct ImportRecord {
    /// The revision it made.
    pub revision: Revision,
    /// Its header, coverage included.
    pub header: ImportHeader,
    /// What it changed.
    pub counts: Counts,
}

/// What an import changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Features that were not there.
    pub added: u64,
    /// Features with a new version.
    pub changed: u64,
    /// Features as they were.
    pub unchanged: u64,
    /// Features that ended.
    pub ended: u64,
}

/// Which of a layer's versions to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// What stands now.
    Now,
    /// What stood at a revision.
    Revision(Revision),
}

/// Features at rest.
pub trait Store: Send + Sync {
    /// The newest revision.
    fn revision(&self) -> Result<Revision, StoreError>;

    /// The newest revision that had been recorded by a moment; `None`: it lies before the first.
    fn revision_at(&self, moment: Timestamp) -> Result<Option<Revision>, StoreError>;

    /// The newest import of each layer that has one.
    fn imports(&self) -> Result<Vec<(LayerId, ImportRecord)>, StoreError> {
        self.imports_at(At::Now)
    }

    /// The import of each layer that was its newest then: what stands of it rests on that.
    fn imports_at(&self, at: At) -> Result<Vec<(LayerId, ImportRecord)>, StoreError>;

    /// Begins the import of a layer: one transaction, one revision. Dropping it undoes it. It waits
    /// for another import, in this process or elsewhere, and after a while is
    /// [`StoreError::Unwritable`]; readers go on reading what was before.
    fn begin<'a>(&'a self, layer: &'a Arc<Layer>) -> Result<Box<dyn Import + 'a>, StoreError>;

    /// Gives `sink` each feature of a layer, in the order of their numbers; with a box only those
    /// whose own box meets it. All are of one moment. A field that a version does not have, or has
    /// with another type than `layer` says, is [`Value::Null`](crate::model::Value::Null).
    fn features(
        &self,
        layer: &Layer,
        at: At,
        within: Option<BBox>,
        sink: &mut dyn FnMut(Exact<Feature>),
    ) -> Result<(), StoreError>;

    /// A number that differs after any process has imported into the store. The same before and
    /// after several questions: they were answered of one moment.
    fn change_mark(&self) -> Result<i64, StoreError>;

    /// Keeps a report: all of it or nothing. What the bounds no longer hold is deleted first;
    /// [`StoreError::TooMany`]: as many are kept as may be. It is no revision.
    fn keep(&self, report: &KeptReport, bounds: KeepBounds) -> Result<(), StoreError>;

    /// The report of this number, if this audience keeps it. [`StoreError::Damaged`]: it is not as
    /// it was kept.
    fn kept(&self, id: &str, audience: Audience) -> Result<Option<KeptReport>, StoreError>;

    /// Deletes the reports made before a moment. How many.
    fn prune(&self, before: Timestamp) -> Result<u64, StoreError>;

    /// Writes a whole, consistent copy to a file that does not exist yet.
    fn backup(&self, to: &Path) -> Result<(), StoreError>;

    /// Looks the store over; empty: nothing wrong.
    fn doctor(&self) -> Result<Vec<Problem>, StoreError>;
}

/// An import under way.
pub trait Import {
    /// Stores a feature: new, changed or as it was, by its identity. The number it has: a new one,
    /// or the one it had, even if it had ended. [`StoreError::Refused`]: its identity was put
    /// before in this import, or it is not of this layer. After any error the import is lost.
    ///
    /// A polygon or line and the multi geometry of it alone are the same at rest, and come back as
    /// the former.
    fn put(&mut self, feature: Exact<Feature>) -> Result<FeatureId, StoreError>;

    /// Ends the features of the layer that were not put, records the revision, and commits. The
    /// [`Counts`] add up: what is current is added, changed or unchanged.
    fn commit(self: Box<Self>, header: ImportHeader) -> Result<(Revision, Counts), StoreError>;
}
