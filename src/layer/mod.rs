//! `layers/**` as definitions; a record as a feature of its layer, or every reason why not; code
//! lists, sensitivity lists and district settings as data.

mod accept;
mod codes;
mod definition;
mod district;
mod examples;
pub mod file;
mod read;
mod sensitivity;
mod value;

pub use accept::{Accepted, Acceptor, Positions, Territory};
pub use codes::CodeList;
pub use definition::{
    CoverageSource, Field, Generalise, Identity, Layer, LayerSource, PointRule, PrecisionRule,
    Provenance, PublicForm, Role, Shape, SourceFile, Surveyed, TileRule, Visibility,
};
pub use district::{Atlas, District};
pub use read::{Taker, coverage, read, territory};
pub use examples::{examples_path, run_examples};
pub use sensitivity::{Grid, SensitivityRow, TaxonList};
