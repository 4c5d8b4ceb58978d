//! A screening as a document: JSON that says everything once and in both languages, sealed with a
//! hash, and the same as a page that can be printed.
//!
//! A [`Document`] is all that a page is made of, so a page can say nothing that the JSON does not.

pub mod asked;
pub mod document;
mod html;
mod seal;
pub mod shelf;
mod write;

use schemars::generate::SchemaSettings;

pub use document::Document;
pub use html::html;
pub use seal::hash;
pub use shelf::{Kept, Shelf, ShelfFault};
pub use write::Around;

/// The JSON Schema of a screening, as it stands in `docs/screening.schema.json`.
pub fn schema() -> String {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let schema = settings
        .into_generator()
        .into_root_schema_for::<Document>()
        .to_value();
    format!("{schema:#}\n")
}
