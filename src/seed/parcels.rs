//! The demonstration parcels: the faces between the city's lines, with uses in a city's pattern.

use std::collections::{BTreeMap, BTreeSet};

use super::arrangement::{Edges, Faces, Mark, Node, cut, ring_edges, within};
use super::boundary::Boundary;
use super::city::{Figure, add_lots, figures};
use super::place::{apart_m, area_m2, degrees, in_ring, inner_point, perimeter_m};
use super::random::Random;
use crate::geom::cast::f64_to_i64;

/// One parcel.
#[derive(Debug, Clone)]
pub(super) struct Parcel {
    /// Its number: district, cadastral area and sub-area, kind of right, serial number.
    pub(super) id: String,
    /// Its outline, turning left, its first vertex not repeated.
    pub(super) ring: Vec<Node>,
    /// A place within it.
    pub(super) centre: Node,
    /// Its present use (`ydyh-2023`).
    pub(super) current_use: &'static str,
    /// Its planned use; `None`: not known.
    pub(super) planned_use: Option<&'static str>,
    /// Its area in the plane, square metres.
    pub(super) area_m2: f64,
}

/// The district and its parcels: what the other layers are laid upon.
#[derive(Debug, Clone)]
pub(super) struct City {
    /// The territory.
    pub(super) boundary: Boundary,
    /// Every parcel, in the order of its number.
    pub(super) parcels: Vec<Parcel>,
}

impl City {
    /// Draws the city within the boundary.
    pub(super) fn draw(boundary: Boundary) -> Self {
        let figures = figures();
        let mut edges = lines(&boundary, &figures);
        let mut faces = Faces::of(&mut edges);
        while merge_slivers(&mut edges, &faces, &figures) {
            faces = Faces::of(&mut edges);
        }
        let mut parcels: Vec<Parcel> = Vec::new();
        let mut dice = Random::of("uses");
        let mut serials: BTreeMap<String, usize> = BTreeMap::new();
        let mut rings: Vec<(String, Node, Vec<Node>)> = faces
            .rings
            .into_iter()
            .map(|ring| {
                let centre = inner_point(&ring);
                (sub_area(centre), centre, ring)
            })
            .collect();
        rings.sort_by(|a, b| (&a.0, -a.1.1, a.1.0).cmp(&(&b.0, -b.1.1, b.1.0)));
        for (area, centre, ring) in rings {
            let figure = figure_at(&figures, centre);
            let in_exclave = !in_ring(&boundary.parts[0], centre);
            let current_use = present_use(figure, in_exclave, centre, area_m2(&ring), &mut dice);
            let right = if matches!(current_use, "0103" | "0201" | "0301" | "0403" | "0703") {
                "JA"
            } else {
                "GB"
            };
            let serial = serials.entry(format!("{area}{right}")).or_default();
            *serial += 1;
            parcels.push(Parcel {
                id: format!("{area}{right}{serial:05}"),
                centre,
                current_use,
                planned_use: planned_use(current_use, &mut dice),
                area_m2: area_m2(&ring),
                ring,
            });
        }
        parcels.sort_by(|a, b| a.id.cmp(&b.id));
        Self { boundary, parcels }
    }
}

/// All lines, cut at their crossings, without those outside the district and those that would cross
/// a strip of higher rank.
fn lines(boundary: &Boundary, figures: &[Figure]) -> Edges {
    let mut edges = Edges::new();
    add_lots(&mut edges);
    for figure in figures {
        super::arrangement::add_ring(&mut edges, &figure.ring, figure.mark);
    }
    boundary.add_to(&mut edges);
    let mut edges = cut(&edges);
    let border: Vec<(Node, Node)> = edges
        .iter()
        .filter(|(_, m)| **m == Mark::Boundary)
        .map(|(edge, _)| *edge)
        .collect();
    edges.retain(|(a, b), mark| {
        let middle_x2 = (a.0 + b.0, a.1 + b.1);
        *mark == Mark::Boundary
            || (within(border.iter().map(|(a, b)| (a, b)), middle_x2)
                && !figures
                    .iter()
                    .any(|f| f.mark > *mark && within(ring_edges(&f.ring), middle_x2)))
    });
    edges
}

/// The strip or area of the highest rank at a place.
fn figure_at(figures: &[Figure], at: Node) -> Option<Mark> {
    figures
        .iter()
        .filter(|f| in_ring(&f.ring, at))
        .map(|f| f.mark)
        .max()
}

/// Takes away the longest border of each face too small or too thin to be a parcel, so that it
/// becomes part of the neighbour there. Whether anything was taken away.
fn merge_slivers(edges: &mut Edges, faces: &Faces, figures: &[Figure]) -> bool {
    let mut touched = BTreeSet::new();
    let mut gone: Vec<(Node, Node)> = Vec::new();
    for (face, ring) in faces.rings.iter().enumerate() {
        let (area, length) = (area_m2(ring), perimeter_m(ring));
        let thin = area / (length * length);
        let strip = figure_at(figures, inner_point(ring)).is_some_and(|mark| mark > Mark::Park);
        let least = if strip { 600.0 } else { 6_000.0 };
        if touched.contains(&face) || (area > least && (strip || thin > 0.012)) {
            continue;
        }
        let mut borders: BTreeMap<usize, f64> = BTreeMap::new();
        for (a, b) in ring_edges(ring) {
            if let Some(neighbour) = faces.across(*a, *b).filter(|n| *n != face) {
                *borders.entry(neighbour).or_default() += apart_m(*a, *b);
            }
        }
        let longest = borders
            .into_iter()
            .filter(|(neighbour, _)| !touched.contains(neighbour))
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
    for edge in &gone {
        edges.remove(edge);
    }
    !gone.is_empty()
}

/// Cadastral area and sub-area: cells of a made-up grid.
fn sub_area(centre: Node) -> String {
    let (lon, lat) = degrees(centre);
    let cell =
        |value: f64, from: f64, size: f64| f64_to_i64(((value - from) / size).floor()).max(0);
    let area = cell(lon, 116.34, 0.0501) + 7 * cell(40.12, lat, 0.0501) + 1;
    let sub = cell(lon, 116.34, 0.0167) % 3 + 3 * (cell(40.12, lat, 0.0167) % 3) + 1;
    format!("110105{area:03}{sub:03}")
}

/// Made-up quarters of one character: longitude, latitude, reach in metres, and their uses.
type Quarter = (f64, f64, f64, &'static [(&'static str, f64)]);

const QUARTERS: &[Quarter] = &[
    // Offices and shops.
    (
        116.4600,
        39.9120,
        1700.0,
        &[
            ("0902", 5.0),
            ("0901", 3.0),
            ("0701", 2.0),
            ("0903", 0.5),
            ("1403", 0.4),
        ],
    ),
    (
        116.4700,
        39.9960,
        1600.0,
        &[("0902", 4.0), ("0701", 3.0), ("0802", 2.0), ("090101", 2.0)],
    ),
    (
        116.4550,
        39.9420,
        1000.0,
        &[("1502", 3.0), ("0901", 3.0), ("0902", 2.0), ("0701", 1.0)],
    ),
    (
        116.3930,
        39.9930,
        1300.0,
        &[("080501", 4.0), ("0803", 2.0), ("0902", 2.0), ("1403", 1.0)],
    ),
    // Works and stores.
    (
        116.5150,
        39.8480,
        2400.0,
        &[
            ("100102", 5.0),
            ("100103", 2.0),
            ("1101", 2.0),
            ("16", 1.0),
            ("1302", 0.5),
        ],
    ),
    (
        116.5550,
        39.8950,
        1500.0,
        &[
            ("100101", 4.0),
            ("1101", 3.0),
            ("090102", 1.5),
            ("0701", 1.0),
        ],
    ),
    (
        116.4980,
        39.9830,
        1300.0,
        &[
            ("100101", 4.0),
            ("0802", 3.0),
            ("0803", 1.0),
            ("100102", 1.0),
        ],
    ),
    (
        116.5350,
        40.0080,
        1600.0,
        &[
            ("1101", 4.0),
            ("100102", 2.0),
            ("0703", 2.0),
            ("120802", 1.0),
        ],
    ),
    (
        116.6050,
        39.8850,
        1700.0,
        &[
            ("100102", 3.0),
            ("110102", 3.0),
            ("1309", 1.0),
            ("0703", 1.0),
        ],
    ),
    // Fields and woods at the edge.
    (
        116.6000,
        39.8450,
        3000.0,
        &[
            ("0103", 4.0),
            ("0201", 2.0),
            ("0301", 3.0),
            ("0703", 2.0),
            ("060201", 1.0),
            ("1704", 0.7),
        ],
    ),
    (
        116.6050,
        39.9850,
        3000.0,
        &[
            ("0301", 4.0),
            ("0403", 2.0),
            ("0703", 2.0),
            ("0103", 2.0),
            ("1704", 1.0),
        ],
    ),
    (
        116.5450,
        40.0480,
        2600.0,
        &[("0301", 4.0), ("0703", 2.0), ("0201", 1.5), ("0403", 1.0)],
    ),
];

const ELSEWHERE: &[(&str, f64)] = &[
    ("070102", 34.0),
    ("0701", 12.0),
    ("0703", 4.0),
    ("0702", 3.0),
    ("080403", 4.5),
    ("080404", 2.5),
    ("080401", 1.5),
    ("080601", 1.6),
    ("080602", 1.0),
    ("0802", 2.0),
    ("0801", 2.0),
    ("0803", 1.0),
    ("080501", 1.0),
    ("080701", 0.8),
    ("090101", 4.0),
    ("0901", 3.0),
    ("0902", 3.5),
    ("090104", 1.0),
    ("090105", 1.2),
    ("100101", 2.0),
    ("100102", 1.5),
    ("1101", 1.6),
    ("1201", 0.5),
    ("120802", 1.0),
    ("120803", 1.0),
    ("1206", 0.6),
    ("1302", 0.5),
    ("1303", 0.8),
    ("1305", 0.5),
    ("1309", 0.5),
    ("1310", 0.4),
    ("1401", 5.0),
    ("1402", 4.5),
    ("1403", 0.6),
    ("1501", 0.6),
    ("1503", 0.2),
    ("16", 1.5),
    ("2301", 1.0),
];

fn present_use(
    figure: Option<Mark>,
    in_exclave: bool,
    centre: Node,
    area_m2: f64,
    dice: &mut Random,
) -> &'static str {
    match figure {
        Some(Mark::Road) => return "1207",
        Some(Mark::River) => return "1701",
        Some(Mark::Park) => return "1401",
        _ => {}
    }
    if in_exclave {
        return dice.weighted(&[("1203", 8.0), ("120801", 1.0), ("0902", 0.7), ("1402", 1.0)]);
    }
    let quarter = QUARTERS.iter().find(|(lon, lat, reach, _)| {
        apart_m(centre, super::place::node(*lon, *lat)) < reach * dice.between(0.75, 1.15)
    });
    let found = match quarter {
        Some((_, _, _, uses)) if dice.chance(0.85) => dice.weighted(uses),
        _ => dice.weighted(ELSEWHERE),
    };
    // A kindergarten, a fuel station or a square of half a square kilometre would be odd.
    let small = matches!(
        found,
        "080404" | "090105" | "080602" | "1310" | "120802" | "1403" | "1503"
    );
    if small && area_m2 > 160_000.0 {
        "070102"
    } else {
        found
    }
}

/// Most land stays what it is; works and stores are where it does not.
fn planned_use(current_use: &'static str, dice: &mut Random) -> Option<&'static str> {
    if dice.chance(0.03) {
        return None;
    }
    let changes = match current_use.get(..2)? {
        "10" | "11" => 0.55,
        "16" | "23" => 0.9,
        "01" | "03" | "17" | "12" | "15" => 0.0,
        _ => 0.05,
    };
    if !dice.chance(changes) {
        return Some(current_use);
    }
    Some(dice.weighted(&[
        ("070102", 4.0),
        ("0701", 2.0),
        ("080403", 1.2),
        ("080404", 0.7),
        ("080601", 0.4),
        ("080701", 0.4),
        ("0902", 2.0),
        ("0901", 1.0),
        ("1401", 2.0),
        ("1402", 1.0),
        ("0802", 0.8),
        ("100101", 0.6),
        ("16", 0.5),
    ]))
}
