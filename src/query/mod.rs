//! Questions to snapshots: in a box, at a point, page by page, and how many.
