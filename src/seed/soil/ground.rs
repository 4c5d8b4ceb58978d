//! What the layers of soil are laid upon: parcels of some uses, spread over the district, and the
//! areas in which somebody looked.

use serde_json::json;

use crate::seed::arrangement::Node;
use crate::seed::boundary::Boundary;
use crate::seed::carrier::{GeoJson, Shape, properties};
use crate::seed::parcels::{City, Parcel};
use crate::seed::place::{degrees, moved, node};
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
    moved(
        parcel.centre,
        dice.between(-reach_m, reach_m),
        dice.between(-reach_m, reach_m),
    )
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
pub(super) type Area<'a> = (&'a str, &'a str, Vec<Vec<Node>>);

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

/// The district without its exclaves.
pub(super) fn main_part(boundary: &Boundary) -> Vec<Vec<Node>> {
    boundary.parts.iter().take(1).cloned().collect()
}

/// The district's exclaves.
pub(super) fn exclaves(boundary: &Boundary) -> Vec<Vec<Node>> {
    boundary.parts.iter().skip(1).cloned().collect()
}

/// A coverage file.
pub(super) fn coverage(stem: &str, areas: &[Area<'_>]) -> Vec<u8> {
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
