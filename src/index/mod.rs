//! An immutable in-memory snapshot of a layer for one audience.
