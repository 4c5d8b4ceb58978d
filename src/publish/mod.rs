//! The privacy wall: what the authority knows, made into what one audience may see.
//!
//! The only room with both [`Exact`] and [`Published`] in a signature. It drops layers and fields,
//! and generalises to a grid; it never randomises.

mod view;

pub use view::{FieldView, Form, LayerView};
