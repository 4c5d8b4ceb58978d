//! The domain's words. Nothing here reads, stores or serves; nothing here derives `Serialize`: what
//! goes over a wire has a form of its own in the room that sends it.

mod coverage;
mod exact;
mod feature;
mod ids;
mod risk;
mod value;

pub use coverage::{Area, Coverage};
pub use exact::{Exact, Published};
pub use feature::{Feature, Period, Precision};
pub use ids::{Audience, FeatureId, LayerId, Revision, Theme};
pub use risk::{CodedUse, Ring, Verdict};
pub use value::{FieldType, Value};
