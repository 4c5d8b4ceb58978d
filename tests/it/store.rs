//! The store suite, and what a crash leaves.
