//! Questions about a snapshot: what meets a box, and which page of it.
//!
//! Filter, then refine: the R-tree gives candidates, `refine` looks at their geometry.

mod refine;

use crate::geom::BBox;
use crate::index::Snapshot;
use crate::model::FeatureId;

/// The rows whose geometry, not only its box, shares at least a point with `bbox`, ascending. A
/// polygon around the whole box shares all of it; touching the border is sharing.
pub fn in_box(snapshot: &Snapshot, bbox: &BBox) -> Vec<usize> {
    let mut rows = snapshot.candidates(bbox);
    rows.retain(|&row| refine::meets(snapshot, row, bbox));
    rows
}

/// Which features to list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageRequest {
    /// Only those that meet this box.
    pub bbox: Option<BBox>,
    /// Only those whose id comes after this one.
    pub after: Option<FeatureId>,
    /// At most so many.
    pub limit: usize,
}

/// A page of a list that is ordered by id.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The rows on it.
    pub rows: Vec<usize>,
    /// How many features the whole list has: before `after` and `limit`.
    pub matched: usize,
    /// The id to give as `after` for the next page; `None` on the last.
    pub next: Option<FeatureId>,
}

/// One page of the features that match, ordered by id, and how many match in all.
pub fn page(snapshot: &Snapshot, request: &PageRequest) -> Page {
    let all: Vec<usize> = match &request.bbox {
        None => snapshot.rows_by_id().collect(),
        Some(bbox) => {
            let mut rows = in_box(snapshot, bbox);
            rows.sort_unstable_by_key(|&row| snapshot.id(row));
            rows
        }
    };
    let begin = request.after.map_or(0, |after| {
        all.partition_point(|&row| snapshot.id(row) <= after)
    });
    let rest = &all[begin..];
    let rows = rest[..rest.len().min(request.limit)].to_vec();
    let next = rows
        .last()
        .filter(|_| rows.len() < rest.len())
        .map(|&row| snapshot.id(row));
    Page {
        rows,
        matched: all.len(),
        next,
    }
}
