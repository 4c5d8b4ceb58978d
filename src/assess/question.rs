//! What is asked of a screening.

use std::sync::Arc;

use geo_types::MultiPolygon;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::layer::book::Profile;
use crate::layer::{SoilClass, SurveyTrigger};
use crate::model::{CodedUse, FeatureId, LayerId};

/// A question: everything an answer depends on, besides the world and the book.
#[derive(Debug, Clone)]
pub struct Question {
    /// The parcel.
    pub parcel: Parcel,
    /// What it is to become.
    pub planned: Planned,
    /// What it is used for now, where the one who asks says so; `None`: as the map has it.
    pub current: Option<CodedUse>,
    /// How to screen.
    pub profile: Arc<Profile>,
    /// The moment whose records are asked for; `None`: the present.
    pub as_of: Option<Timestamp>,
    /// The day on which valid time is judged: that of `as_of`, or today.
    pub valid_on: Date,
}

/// The ground that is asked about: one parcel, however many parts it has.
#[derive(Debug, Clone, PartialEq)]
pub struct Parcel {
    /// Its outline, degrees, valid.
    pub geometry: MultiPolygon<f64>,
    /// The record it was taken from; `None`: it was drawn.
    pub record: Option<ParcelRecord>,
}

/// What the layer of parcels has on a parcel.
#[derive(Debug, Clone, PartialEq)]
pub struct ParcelRecord {
    /// The layer.
    pub layer: LayerId,
    /// Its number there.
    pub feature: FeatureId,
    /// What people call it.
    pub name: String,
    /// Its registered area, m².
    pub registered_area_m2: Option<f64>,
    /// Its present use on record.
    pub current_use: Option<CodedUse>,
    /// Its planned use on record.
    pub planned_use: Option<CodedUse>,
}

/// What a parcel is to become.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Planned {
    /// The uses, none twice; several: a mixed parcel. Empty: not decided.
    pub uses: Vec<CodedUse>,
    /// Where they come from.
    pub origin: PlannedOrigin,
}

/// Where a planned use comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PlannedOrigin {
    /// The one who asks named it.
    Asked,
    /// It is on record with the parcel.
    Record,
    /// Nobody has named one.
    #[default]
    Unknown,
}

/// What the planned uses mean for the soil, taken together: a mixed parcel counts as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// Whether a change to it calls for a survey: yes if any of its uses does.
    pub survey_trigger: SurveyTrigger,
    /// By which class its soil is judged: I if any of its uses is, or is not known to be II.
    pub limit_class: SoilClass,
    /// Whether class I is taken only because the class is not known.
    pub class_assumed: bool,
    /// What this rests on, one entry a use: the crosswalk's basis.
    pub basis: Vec<String>,
}
