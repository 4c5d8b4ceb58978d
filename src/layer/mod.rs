//! `layers/**` as definitions; a record as a feature of its layer, or every reason why not; code
//! lists, sensitivity lists and district settings as data.

mod accept;
pub mod book;
mod check;
mod codes;
mod crosswalk;
mod definition;
mod district;
mod document;
mod examples;
mod fault;
pub mod file;
mod json;
mod levels;
mod load;
mod marked;
mod read;
mod schema;
mod sensitivity;
mod shape;
mod style;
mod table;
mod value;

use crate::text::near;
pub use accept::{Accepted, Acceptor, Positions, Territory};
pub use book::Book;
pub use codes::{CodeList, OWN_DERIVATION};
pub use crosswalk::{Crosswalk, SoilClass, SurveyTrigger, UseClass};
pub use definition::{
    CoverageSource, Field, Generalise, Identity, Layer, LayerSource, PartOf, PointRule,
    PrecisionRule, Provenance, PublicForm, Role, Sampling, Series, Shape, SourceFile, Surveyed,
    TileRule, Visibility,
};
pub use district::{Atlas, District};
pub use examples::{examples_path, run_examples};
pub use fault::Fault;
pub use levels::Levels;
pub use load::load;
pub use near::nearest;
pub use read::{Taker, coverage, read, territory};
pub use schema::{Schemas, schema};
pub use sensitivity::{Grid, SensitivityRow, TaxonList};
