//! Questions about a snapshot: what meets a box, and which page of it.
//!
//! Filter, then refine: the R-tree gives candidates, `refine` looks at their geometry.

mod places;
mod filter;
mod near;
mod past;
mod refine;
mod row;
mod zones;

pub use filter::{Filter, When};
pub use near::{Hit, near, near_each};

use crate::geom::BBox;
pub use crate::geom::{Contact, Cover, Target, ZoneShare};
pub use crate::index::{
    Cell, DistrictView, FieldView, Form, LayerView, Part, PartKind, Snapshot, Uses, World,
};
use crate::model::FeatureId;
pub use past::{Past, PastFault};
pub use places::{MOST_LETTERS, Place, places};
pub use row::{Fields, GEOMETRY, RowView};
pub use zones::{Shares, Zones, gap_is_within, shares};

/// The rows whose geometry, not only its box, shares at least a point with `bbox`, ascending. A
/// polygon around the whole box shares all of it; touching the border is sharing.
pub fn in_box(snapshot: &Snapshot, bbox: &BBox) -> Vec<usize> {
    let mut rows = snapshot.candidates(bbox);
    rows.retain(|&row| refine::meets(snapshot, row, bbox));
    rows
}

/// The rows whose geometry holds a point, its border included, ascending.
pub fn at_point(snapshot: &Snapshot, lon: f64, lat: f64) -> Vec<usize> {
    let spot = BBox {
        west: lon,
        south: lat,
        east: lon,
        north: lat,
    };
    in_box(snapshot, &spot)
}

/// Which features to list.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageRequest<'a> {
    /// Only those that meet one of these boxes; none: all features. Two are a box across the
    /// antimeridian, west of it and east.
    pub boxes: &'a [BBox],
    /// Only those that it admits.
    pub filter: &'a Filter,
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

/// One page of the features that match, ordered by id, and how many match in all. Without boxes and
/// filter it costs no more than the page itself.
pub fn page(snapshot: &Snapshot, request: &PageRequest<'_>) -> Page {
    let filter = request.filter;
    if request.boxes.is_empty() && filter.is_empty() {
        let rest = snapshot.rows_after(request.after);
        return cut(snapshot, snapshot.len(), rest, request.limit);
    }
    let mut rows: Vec<usize> = if request.boxes.is_empty() {
        snapshot.rows_by_id().collect()
    } else {
        let boxes = request.boxes.iter();
        let mut rows: Vec<usize> = boxes.flat_map(|bbox| in_box(snapshot, bbox)).collect();
        rows.sort_unstable_by_key(|&row| snapshot.id(row));
        rows.dedup();
        rows
    };
    rows.retain(|&row| filter.admits(snapshot, row));
    let begin = request.after.map_or(0, |after| {
        rows.partition_point(|&row| snapshot.id(row) <= after)
    });
    let rest = rows.iter().skip(begin).copied();
    cut(snapshot, rows.len(), rest, request.limit)
}

/// The page that begins `rest`.
fn cut(
    snapshot: &Snapshot,
    matched: usize,
    rest: impl ExactSizeIterator<Item = usize>,
    limit: usize,
) -> Page {
    let remaining = rest.len();
    let rows: Vec<usize> = rest.take(limit).collect();
    let next = rows
        .last()
        .filter(|_| rows.len() < remaining)
        .map(|&row| snapshot.id(row));
    Page {
        rows,
        matched,
        next,
    }
}
