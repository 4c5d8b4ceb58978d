//! `layers/**` as definitions; a record as a feature of its layer, or every reason why not; code
//! lists, sensitivity lists and district settings as data.

mod accept;
mod codes;
mod definition;
mod district;
pub mod file;
mod sensitivity;
mod value;

pub use accept::{Accepted, Acceptor, Positions, Territory};
pub use codes::CodeList;
pub use definition::{
    CoverageSource, Field, Generalise, Identity, Layer, LayerSource, PointRule, PrecisionRule,
    Provenance, PublicForm, Role, Shape, SourceFile, Surveyed, TileRule, Visibility,
};
pub use district::{Atlas, District};
pub use sensitivity::{Grid, SensitivityRow, TaxonList};
