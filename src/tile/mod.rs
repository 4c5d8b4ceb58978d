//! Vector tiles, TileJSON and styles out of snapshots.
