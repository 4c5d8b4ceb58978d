//! The district, and the whole of `layers/`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::book::Book;
use super::definition::Layer;
use super::fault::Fault;
use crate::model::{Audience, LayerId};
use crate::text::Bilingual;

/// `layers/district.toml`: what holds for the whole map.
#[derive(Debug, Clone)]
pub struct District {
    /// What it is called.
    pub name: Bilingual,
    /// Its administrative code.
    pub code: Option<String>,
    /// The layer whose features are its territory.
    pub boundary: LayerId,
    /// The layer of its parts, by which a place is told where it lies.
    pub subdistricts: Option<LayerId>,
    /// How far beyond the boundary data are still normal, kilometres.
    pub margin_km: f64,
    /// Its time zone, one of the IANA's.
    pub time_zone: TimeZone,
    /// 审图号; empty: not reviewed.
    pub map_review_number: String,
    /// Who publishes the map.
    pub publisher: Bilingual,
    /// How to reach them.
    pub contact: Option<String>,
    /// The land-use classification meant when only a code is given.
    pub land_use_system: String,
    /// The screening profile used when none is named.
    pub profile: Option<String>,
    /// The soil background set.
    pub soil_background: Option<String>,
    /// For whom, and what they are called.
    pub audiences: BTreeMap<Audience, Bilingual>,
}

/// The map as data: everything under `layers/`.
#[derive(Debug, Clone)]
pub struct Atlas {
    /// The folder that holds `layers/`: paths in layer files start there.
    pub root: PathBuf,
    /// The district's own file.
    pub district_file: PathBuf,
    /// The district.
    pub district: District,
    /// Every layer, by id.
    pub layers: BTreeMap<LayerId, Arc<Layer>>,
    /// What a screening goes by.
    pub book: Arc<Book>,
    /// Source and coverage files that are not there, each where it is named: faults to `check`, and
    /// to the import of that layer; `serve` and other layers' imports may go on.
    pub absent: Vec<Fault>,
}
