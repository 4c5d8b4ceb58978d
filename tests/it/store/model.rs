//! The store against a model so plain that it cannot be wrong.
pub(crate) fn every_revision_reads_as_a_plain_model_says(_: fn() -> super::Engine) {}
