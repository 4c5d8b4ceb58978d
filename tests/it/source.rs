//! Readers against real and hostile files.
