//! The privacy wall.
