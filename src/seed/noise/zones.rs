//! `noise-zones.geojson`: the district cut along its main roads and an uneven net between them, each
//! piece with the class that fits what stands on it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::limits;
use crate::geom::cast::usize_to_f64;
use crate::seed::arrangement::{Edges, Faces, Mark, Node, add, add_ring, cut, ring_edges, within};
use crate::seed::carrier::{GeoJson, SeedFile, numbered, properties};
use crate::seed::city::{figures, strip};
use crate::seed::parcels::City;
use crate::seed::place::{apart_m, area_m2, degrees, in_ring, inner_point, node};
use crate::seed::random::Random;

/// How far a zone of class 4a reaches beyond its road, metres on each side.
const BESIDE_M: f64 = 40.0;
/// A piece smaller than this becomes part of its neighbour: between roads, and of a road's strip, square
/// metres.
const LEAST_M2: [f64; 2] = [260_000.0, 15_000.0];

/// A zone.
#[derive(Debug)]
pub(super) struct Zone {
    /// Its number.
    pub(super) id: String,
    /// Its class (`noise-class`).
    pub(super) class: &'static str,
    /// Its outline, turning left, its first vertex not repeated.
    pub(super) ring: Vec<Node>,
    name: (String, String),
}

/// Every zone.
pub(super) fn zones(city: &City) -> Vec<Zone> {
    let strips = strips();
    let mut edges = lines(city, &strips);
    let mut faces = Faces::of(&mut edges);
    while merge(&mut edges, &faces, &strips) {
        faces = Faces::of(&mut edges);
    }
    let mut rings: Vec<(Vec<Node>, Node)> = faces
        .rings
        .into_iter()
        .map(|ring| {
            let centre = inner_point(&ring);
            (ring, centre)
        })
        .collect();
    // From north to south, as people number them.
    rings.sort_by_key(|(_, centre)| (-centre.1, centre.0));
    let on_road: Vec<bool> = rings
        .iter()
        .map(|(_, at)| beside_a_road(&strips, *at))
        .collect();
    let shares: Vec<Shares> = rings
        .iter()
        .map(|(ring, _)| Shares::of(city, ring))
        .collect();
    let quiet = quietest(&shares, &on_road);
    (1..)
        .zip(rings)
        .enumerate()
        .map(|(i, (number, (ring, _)))| {
            let class = match shares[i] {
                _ if on_road[i] => "4a",
                _ if quiet.contains(&i) => "0",
                Shares { works, .. } if works > 0.3 => "3",
                Shares { works, trade, .. } if works + trade > 0.13 => "2",
                _ => "1",
            };
            Zone {
                id: numbered("CY-SG-", number, 3),
                class,
                ring,
                name: (
                    format!("演示功能区 {number:03}"),
                    format!("Demonstration zone {number:03}"),
                ),
            }
        })
        .collect()
}

/// The three greenest pieces between the roads: where there is special quiet.
fn quietest(shares: &[Shares], on_road: &[bool]) -> Vec<usize> {
    let mut between: Vec<usize> = (0..shares.len()).filter(|i| !on_road[*i]).collect();
    between.sort_by(|a, b| shares[*b].green.total_cmp(&shares[*a].green));
    between.truncate(3);
    between
}

/// The strips along the main roads.
fn strips() -> Vec<Vec<Node>> {
    let roads = figures()
        .into_iter()
        .filter(|figure| figure.mark == Mark::Road);
    roads
        .map(|road| {
            // A strip's outline is its left side forth and its right side back.
            let half = road.ring.len() / 2;
            let sides = road.ring.iter().take(half).zip(road.ring.iter().rev());
            let (mut middle, mut width_m) = (Vec::new(), 0.0_f64);
            for (left, right) in sides {
                let (a, b) = (degrees(*left), degrees(*right));
                middle.push((f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1)));
                width_m = width_m.max(apart_m(*left, *right));
            }
            strip(&middle, width_m + 2.0 * BESIDE_M)
        })
        .collect()
}

fn beside_a_road(strips: &[Vec<Node>], at: Node) -> bool {
    strips.iter().any(|strip| in_ring(strip, at))
}

/// The boundary, the strips, and an uneven net between them.
fn lines(city: &City, strips: &[Vec<Node>]) -> Edges {
    let mut dice = Random::of("noise net");
    let mut edges = Edges::new();
    let corners: Vec<Vec<Node>> = (0..22)
        .map(|row| {
            (0..21)
                .map(|column| {
                    let (x, y) = (f64::from(column), f64::from(row));
                    let lon = 116.315 + 0.0178 * x + 0.0042 * (0.9 * y).sin();
                    let lat = 39.785 + 0.0166 * y + 0.0034 * (0.8 * x).sin();
                    node(
                        lon + dice.between(-0.0035, 0.0035),
                        lat + dice.between(-0.003, 0.003),
                    )
                })
                .collect()
        })
        .collect();
    for row in &corners {
        row.windows(2)
            .for_each(|pair| add(&mut edges, pair[0], pair[1], Mark::Lot));
    }
    for (south, north) in corners.iter().zip(corners.iter().skip(1)) {
        for (from, to) in south.iter().zip(north) {
            add(&mut edges, *from, *to, Mark::Lot);
        }
    }
    for strip in strips {
        add_ring(&mut edges, strip, Mark::Road);
    }
    city.boundary.add_to(&mut edges);
    let mut edges = cut(&edges);
    let border: Vec<(Node, Node)> = edges
        .iter()
        .filter(|(_, mark)| **mark == Mark::Boundary)
        .map(|(edge, _)| *edge)
        .collect();
    edges.retain(|(a, b), mark| {
        let middle_x2 = (a.0 + b.0, a.1 + b.1);
        let on_road = || strips.iter().any(|s| within(ring_edges(s), middle_x2));
        match mark {
            Mark::Boundary => true,
            Mark::Road => within(border.iter().map(|(a, b)| (a, b)), middle_x2),
            _ => within(border.iter().map(|(a, b)| (a, b)), middle_x2) && !on_road(),
        }
    });
    edges
}

/// Takes away the longest border of each piece that is too small, so that it becomes part of the
/// neighbour of its kind there. Whether anything was taken away.
fn merge(edges: &mut Edges, faces: &Faces, strips: &[Vec<Node>]) -> bool {
    let road: Vec<bool> = faces
        .rings
        .iter()
        .map(|ring| beside_a_road(strips, inner_point(ring)))
        .collect();
    let mut touched = BTreeSet::new();
    let mut gone: Vec<(Node, Node)> = Vec::new();
    for (face, ring) in faces.rings.iter().enumerate() {
        if touched.contains(&face) || area_m2(ring) > LEAST_M2[usize::from(road[face])] {
            continue;
        }
        let mut borders: BTreeMap<usize, f64> = BTreeMap::new();
        for (a, b) in ring_edges(ring) {
            if let Some(neighbour) = faces.across(*a, *b).filter(|n| *n != face) {
                *borders.entry(neighbour).or_default() += apart_m(*a, *b);
            }
        }
        let tiny = area_m2(ring) < 20_000.0;
        let longest = borders
            .into_iter()
            .filter(|(other, _)| !touched.contains(other) && (tiny || road[*other] == road[face]))
            .max_by(|p, q| p.1.total_cmp(&q.1));
        if let Some((neighbour, _)) = longest {
            touched.extend([face, neighbour]);
            gone.extend(
                ring_edges(ring)
                    .filter(|(a, b)| faces.across(**a, **b) == Some(neighbour))
                    .map(|(a, b)| (*a.min(b), *a.max(b))),
            );
        }
    }
    edges.retain(|edge, _| !gone.contains(edge));
    !gone.is_empty()
}

/// What stands on a piece: shares of the area of its parcels, but for roads and water.
#[derive(Debug, Clone, Copy)]
struct Shares {
    works: f64,
    trade: f64,
    green: f64,
}

impl Shares {
    fn of(city: &City, ring: &[Node]) -> Self {
        let (mut works, mut trade, mut green, mut all) = (0.0, 0.0, 0.0, 1.0);
        for parcel in city.parcels.iter().filter(|p| in_ring(ring, p.centre)) {
            if matches!(parcel.current_use.get(..2), Some("12" | "17")) {
                continue;
            }
            all += parcel.area_m2;
            match parcel.current_use.get(..2) {
                Some("10" | "11" | "06" | "13") => works += parcel.area_m2,
                Some("09" | "05") => trade += parcel.area_m2,
                Some("14" | "03" | "02" | "04") => green += parcel.area_m2,
                _ => {}
            }
        }
        Self {
            works: works / all,
            trade: trade / all,
            green: green / all,
        }
    }
}

/// The zones, and two rows with one fault each.
pub(super) fn file(zones: &[Zone]) -> SeedFile {
    let mut out = GeoJson::new("noise-zones", None);
    let about = |zone: &Zone| {
        let (day, night) = limits(zone.class);
        properties([
            ("zone_id", json!(zone.id)),
            ("name", json!(zone.name.0)),
            ("name_en", json!(zone.name.1)),
            ("noise_class", json!(zone.class)),
            ("limit_day", json!(day)),
            ("limit_night", json!(night)),
            (
                "area_ha",
                json!((area_m2(&zone.ring) / 1_000.0).round() / 10.0),
            ),
            ("adopted", json!("2024-01-01")),
        ])
    };
    for zone in zones {
        out.polygon(about(zone), Some(&zone.ring));
    }
    let spoilt = &zones[zones.len() / 2];
    for ((key, value), number) in [("noise_class", json!("5")), ("limit_night", json!(5))]
        .into_iter()
        .zip(991..)
    {
        let mut about = about(spoilt);
        about.insert("zone_id".to_owned(), json!(format!("CY-SG-{number}")));
        about.insert(key.to_owned(), value);
        out.polygon(about, Some(&spoilt.ring));
    }
    SeedFile {
        path: "noise/noise-zones.geojson",
        bytes: out.finish(),
    }
}

/// Places for stations: one in every so many zones, all classes among them.
pub(super) fn places(zones: &[Zone], dice: &mut Random) -> Vec<(usize, Node)> {
    let mut places = Vec::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, zone) in zones.iter().enumerate() {
        let nth = seen.entry(zone.class).or_default();
        *nth += 1;
        let every = match zone.class {
            "0" => 1,
            "1" => 5,
            "2" => 3,
            _ => 4,
        };
        if *nth % every == 1 || every == 1 {
            let (lon, lat) = degrees(inner_point(&zone.ring));
            // Beside the middle, as long as that is in the zone, too.
            let aside = node(
                lon + usize_to_f64(dice.below(60)) * 1e-5,
                lat + usize_to_f64(dice.below(60)) * 1e-5,
            );
            let at = if in_ring(&zone.ring, aside) {
                aside
            } else {
                node(lon, lat)
            };
            places.push((i, at));
        }
    }
    places
}
