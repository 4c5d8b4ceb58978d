//! The server: one file a route family.
