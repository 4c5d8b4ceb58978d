//! What must never be, read from the sources.
