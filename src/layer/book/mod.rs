//! What a screening goes by, as data: profiles, rules, limits, and what each use of land means.

mod condition;
pub(super) mod digest;
pub mod file;
pub(super) mod known;
pub mod limits;
pub(super) mod load;
pub(super) mod parts;
pub mod profile;
mod profiles;
mod rule;
mod rule_sets;
pub mod rules;
pub mod vocabulary;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::codes::CodeList;
use super::crosswalk::Crosswalk;
use crate::model::LayerId;

pub use limits::Limits;
pub use profile::Profile;
pub use rules::RuleSet;

/// Everything a screening goes by. It holds nothing of any layer's content, so it is the same for
/// every audience.
#[derive(Debug, Clone, Default)]
pub struct Book {
    /// `layers/profiles/<id>.toml`, by id.
    pub profiles: BTreeMap<String, Arc<Profile>>,
    /// The profile meant when none is named.
    pub default_profile: Option<String>,
    /// `layers/rules/<id>.toml`, by id, each with the rules of those it includes.
    pub rule_sets: BTreeMap<String, Arc<RuleSet>>,
    /// `layers/limits`.
    pub limits: Arc<Limits>,
    /// The classifications of land use, by name.
    pub systems: BTreeMap<String, Arc<CodeList>>,
    /// The classification meant when only a code is given.
    pub default_system: String,
    /// What each use means for the soil.
    pub crosswalk: Crosswalk,
    /// Which layers a screening knows by their part in it.
    pub parts: Parts,
    /// SHA-256 over the files all of this was read from, lower-case hexadecimal: another digest,
    /// other rules.
    pub digest: String,
}

/// Which layers a screening knows by their part in it: `[screening]` of `layers/district.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parts {
    /// The parcels that can be asked for by id, place or point.
    pub parcels: Option<ParcelLayer>,
    /// What land is used for now: areas, and the field with the code (its system is the field's code
    /// list).
    pub current_use: Option<(LayerId, String)>,
    /// The parcels of before, from which today's were made.
    pub former_parcels: Option<FormerLayer>,
}

/// The layer of parcels, and what its fields say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParcelLayer {
    /// The layer.
    pub layer: LayerId,
    /// Field of the present use.
    pub current_use: Option<String>,
    /// Field of the planned use.
    pub planned_use: Option<String>,
    /// Field of the registered area, m².
    pub area_m2: Option<String>,
}

/// The layer of former parcels, and what its fields say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormerLayer {
    /// The layer.
    pub layer: LayerId,
    /// Field of the use when it was struck off.
    pub land_use: Option<String>,
}
