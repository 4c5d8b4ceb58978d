//! What the layers of soil are laid upon: parcels of some uses, spread over the district, and the
//! areas in which somebody looked.

use serde_json::json;

use crate::seed::arrangement::{Node, turn};
use crate::seed::boundary::Boundary;
use crate::seed::carrier::{GeoJson, Shape, properties};
use crate::seed::parcels::{City, Parcel};
use crate::seed::place::{degrees, in_ring, moved, node};
use crate::seed::random::Random;

/// The parcels whose present use begins with one of these codes, in the order of their numbers.
pub(super) fn of_use<'c>(city: &'c City, uses: &[&str]) -> Vec<&'c Parcel> {
    let fits = |parcel: &&Parcel| uses.iter().any(|u| parcel.current_use.starts_with(u));
    city.parcels.iter().filter(fits).collect()
}

/// At most so many of these, evenly from the first to the last.
pub(super) fn spread<'c>(parcels: &[&'c Parcel], count: usize) -> Vec<&'c Parcel> {
    let count = count.min(parcels.len());
    (0..count)
        .map(|i| parcels[i * parcels.len() / count])
        .collect()
}

/// A place in a parcel, not far from its middle.
pub(super) fn place_in(parcel: &Parcel, dice: &mut Random) -> Node {
    let reach_m = parcel.area_m2.sqrt() * 0.2;
    let at = moved(
        parcel.centre,
        dice.between(-reach_m, reach_m),
        dice.between(-reach_m, reach_m),
    );
    if in_ring(&parcel.ring, at) {
        at
    } else {
        parcel.centre
    }
}

/// A parcel's outline drawn in towards its middle; `share` of its width is left.
pub(super) fn shrunk(parcel: &Parcel, share: f64) -> Vec<Node> {
    let (lon, lat) = degrees(parcel.centre);
    let mut ring: Vec<Node> = parcel
        .ring
        .iter()
        .map(|at| {
            let (x, y) = degrees(*at);
            node(lon + share * (x - lon), lat + share * (y - lat))
        })
        .collect();
    ring.dedup();
    ring
}

/// An area that was looked at: what it is called, when, and its outlines.
pub(in crate::seed) type Area<'a> = (&'a str, &'a str, Vec<Vec<Node>>);

/// An area drawn by hand: what it is called, when, and its corners in degrees.
pub(super) type Sketch = (&'static str, &'static str, &'static [(f64, f64)]);

/// Sketches as areas.
pub(super) fn drawn(sketches: &[Sketch]) -> Vec<Area<'static>> {
    sketches
        .iter()
        .map(|(name, surveyed, corners)| {
            let ring = corners.iter().map(|(lon, lat)| node(*lon, *lat)).collect();
            (*name, *surveyed, vec![ring])
        })
        .collect()
}

/// The district without its exclaves, its outline plainer.
pub(super) fn main_part(boundary: &Boundary) -> Vec<Vec<Node>> {
    boundary.parts.iter().take(1).map(|r| plainer(r)).collect()
}

/// The district's exclaves, their outlines plainer.
pub(super) fn exclaves(boundary: &Boundary) -> Vec<Vec<Node>> {
    boundary.parts.iter().skip(1).map(|r| plainer(r)).collect()
}

/// All of the district, its outline plainer.
pub(in crate::seed) fn district(boundary: &Boundary) -> Vec<Vec<Node>> {
    boundary.parts.iter().map(|ring| plainer(ring)).collect()
}

/// How much a plainer outline may take in at one place, twice the area in grid steps: here about
/// eight thousand square metres.
const TAKEN_IN: i64 = 170_000_000;

/// A ring around a ring, with few vertices: as long as little is taken in, a vertex that points
/// inwards is left out, or an edge between two that point outwards is, its neighbours going on to
/// where they meet.
fn plainer(ring: &[Node]) -> Vec<Node> {
    let mut ring = ring.to_vec();
    while ring.len() > 8 {
        let mut steps: Vec<Step> = (0..ring.len()).filter_map(|i| without(&ring, i)).collect();
        steps.sort_by_key(|(.., triangle)| taken_in(triangle));
        let clear = |step: &Step| !ring.iter().any(|at| inside(&step.2, *at));
        let Some((at, vertex, triangle)) = steps.into_iter().find(clear) else {
            break;
        };
        if taken_in(&triangle) > TAKEN_IN {
            break;
        }
        let next = (at + 1) % ring.len();
        match vertex {
            None => _ = ring.remove(at),
            Some(vertex) => {
                ring[at] = vertex;
                ring.remove(next);
            }
        }
    }
    ring
}

/// A way to take in a triangle at a vertex: the vertex to leave out, or the one to put in place of
/// it and the next.
type Step = (usize, Option<Node>, [Node; 3]);

fn without(ring: &[Node], i: usize) -> Option<Step> {
    let at = |ahead: usize| ring[(i + ahead) % ring.len()];
    let before = ring[(i + ring.len() - 1) % ring.len()];
    if turn(before, at(0), at(1)) <= 0 {
        return Some((i, None, [before, at(1), at(0)]));
    }
    if turn(at(0), at(1), at(2)) <= 0 {
        return None;
    }
    // Where the edge that comes to this vertex and the one that leaves the next would meet.
    let (ax, ay) = degrees(before);
    let (bx, by) = degrees(at(0));
    let (cx, cy) = degrees(at(1));
    let (dx, dy) = degrees(at(2));
    let (ux, uy, vx, vy) = (bx - ax, by - ay, cx - dx, cy - dy);
    let across = ux * vy - uy * vx;
    let along = ((cx - bx) * vy - (cy - by) * vx) / across;
    let back = ((cx - bx) * uy - (cy - by) * ux) / across;
    let ahead = along.is_finite() && along > 0.0 && back > 0.0;
    let meet = node(bx + along * ux, by + along * uy);
    ahead.then_some((i, Some(meet), [at(0), meet, at(1)]))
}

fn taken_in([a, b, c]: &[Node; 3]) -> i64 {
    turn(*a, *b, *c).abs()
}

fn inside(triangle: &[Node; 3], at: Node) -> bool {
    let sides = [(0, 1), (1, 2), (2, 0)].map(|(a, b)| turn(triangle[a], triangle[b], at));
    sides.iter().all(|side| *side > 0) || sides.iter().all(|side| *side < 0)
}

/// A coverage file.
pub(in crate::seed) fn coverage(stem: &str, areas: &[Area<'_>]) -> Vec<u8> {
    let mut out = GeoJson::new(stem, None);
    for (name, surveyed, rings) in areas {
        let about = properties([
            ("name", json!(format!("演示{name}"))),
            ("surveyed", json!(surveyed)),
        ]);
        let polygons: Vec<Vec<Vec<Node>>> = rings.iter().map(|ring| vec![ring.clone()]).collect();
        out.feature(about, &Shape::Polygons(&polygons));
    }
    out.finish()
}
