//! Whether a geometry meets a box, decided exactly.

use geo::kernels::{Kernel as _, Orientation, RobustKernel};
use geo_types::Coord;

use crate::geom::BBox;
use crate::index::{Part, PartKind, Snapshot};

/// Whether the geometry of a row shares at least a point with the box. Edges are straight in
/// longitude and latitude; signs of areas are exact (Shewchuk's adaptive predicates).
pub(super) fn meets(snapshot: &Snapshot, row: usize, bbox: &BBox) -> bool {
    let corner = Coord {
        x: bbox.west,
        y: bbox.south,
    };
    // A polygon that holds the box whole has no edge in it, but its rings go round each corner an
    // odd number of times in all: the exterior once, and a hole, if the box lies in it, once more.
    let mut around = false;
    for part in snapshot.parts(row) {
        match part.kind {
            PartKind::Point => {
                if part.coords.iter().any(|c| bbox.contains(c.x, c.y)) {
                    return true;
                }
            }
            PartKind::Line if part.coords.len() == 1 => {
                if bbox.contains(part.coords[0].x, part.coords[0].y) {
                    return true;
                }
            }
            PartKind::Line => {
                if part.edges().any(|(a, b)| edge_meets(a, b, bbox)) {
                    return true;
                }
            }
            PartKind::Exterior | PartKind::Hole => {
                if part.edges().any(|(a, b)| edge_meets(a, b, bbox)) {
                    return true;
                }
                around ^= goes_round(&part, corner);
            }
        }
    }
    around
}

/// Whether the edge from `a` to `b` shares a point with the box: their boxes meet, and the corners
/// of the box do not all lie on one side of the edge's line.
fn edge_meets(a: Coord<f64>, b: Coord<f64>, bbox: &BBox) -> bool {
    if a.x.max(b.x) < bbox.west
        || b.x.min(a.x) > bbox.east
        || a.y.max(b.y) < bbox.south
        || b.y.min(a.y) > bbox.north
    {
        return false;
    }
    if bbox.contains(a.x, a.y) || bbox.contains(b.x, b.y) {
        return true;
    }
    let corners = [
        Coord {
            x: bbox.west,
            y: bbox.south,
        },
        Coord {
            x: bbox.east,
            y: bbox.south,
        },
        Coord {
            x: bbox.east,
            y: bbox.north,
        },
        Coord {
            x: bbox.west,
            y: bbox.north,
        },
    ];
    let sides = corners.map(|corner| RobustKernel::orient2d(a, b, corner));
    let all = |side| sides.iter().all(|&s| s == side);
    !all(Orientation::Clockwise) && !all(Orientation::CounterClockwise)
}

/// Whether a ring goes round a point that lies on none of its edges: a ray to the east crosses it
/// an odd number of times.
fn goes_round(ring: &Part<'_>, point: Coord<f64>) -> bool {
    let mut inside = false;
    for (a, b) in ring.edges() {
        if (a.y > point.y) != (b.y > point.y) {
            let (low, high) = if a.y < b.y { (a, b) } else { (b, a) };
            inside ^= RobustKernel::orient2d(low, high, point) == Orientation::CounterClockwise;
        }
    }
    inside
}
