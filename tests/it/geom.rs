//! Coordinates against published answers.
