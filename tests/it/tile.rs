//! Tiles against decoders that are not ours.
