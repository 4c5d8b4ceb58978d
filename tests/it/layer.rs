//! Layer definitions and what they accept.
