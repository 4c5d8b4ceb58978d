//! Commands and wiring.
