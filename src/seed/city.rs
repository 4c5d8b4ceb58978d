//! The lines of the demonstration city: roads, rivers and parks drawn after the real city's plan,
//! and streets and lots made up between them.

use super::arrangement::{Edges, Mark, Node, add, turn};
use super::place::{degrees, metres_per_degree, node};
use super::random::Random;
use crate::geom::cast::{f64_to_i64, i64_to_f64, usize_to_f64};

/// A strip or an area that no lesser line crosses.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    /// What it is.
    pub(super) mark: Mark,
    /// Its outline, its first vertex not repeated.
    pub(super) ring: Vec<Node>,
}

/// A line in degrees and how wide the strip along it is, metres.
type Course = (f64, &'static [(f64, f64)]);

/// The ring roads' eastern arcs and the roads out of the city: their plan, not their survey.
const ROADS: &[Course] = &[
    (
        90.0,
        &[
            (116.32, 39.9662),
            (116.446, 39.9658),
            (116.4545, 39.9585),
            (116.4552, 39.866),
            (116.447, 39.8572),
            (116.32, 39.8548),
        ],
    ),
    (
        100.0,
        &[
            (116.32, 39.9868),
            (116.472, 39.9852),
            (116.4832, 39.976),
            (116.4838, 39.846),
            (116.474, 39.8345),
            (116.32, 39.832),
        ],
    ),
    (
        110.0,
        &[
            (116.32, 40.0225),
            (116.502, 40.0195),
            (116.534, 39.999),
            (116.5445, 39.965),
            (116.5452, 39.826),
            (116.535, 39.795),
        ],
    ),
    (
        80.0,
        &[
            (116.449, 39.9625),
            (116.486, 39.989),
            (116.542, 40.024),
            (116.58, 40.056),
            (116.592, 40.085),
            (116.594, 40.12),
        ],
    ),
    (
        70.0,
        &[
            (116.40, 39.9085),
            (116.47, 39.9085),
            (116.56, 39.9118),
            (116.68, 39.9072),
        ],
    ),
    (
        70.0,
        &[(116.4553, 39.874), (116.52, 39.866), (116.68, 39.838)],
    ),
    (
        70.0,
        &[(116.4835, 39.9245), (116.56, 39.9272), (116.68, 39.9235)],
    ),
];

/// Rivers and canals: likewise.
const RIVERS: &[Course] = &[
    (
        55.0,
        &[
            (116.32, 40.034),
            (116.38, 40.0405),
            (116.43, 40.052),
            (116.475, 40.063),
            (116.53, 40.068),
        ],
    ),
    (
        50.0,
        &[
            (116.425, 39.9745),
            (116.466, 39.9735),
            (116.505, 39.9795),
            (116.56, 39.9825),
            (116.60, 39.997),
            (116.66, 40.01),
        ],
    ),
    (
        40.0,
        &[
            (116.435, 39.9485),
            (116.468, 39.9505),
            (116.497, 39.9565),
            (116.523, 39.9685),
            (116.541, 39.9815),
        ],
    ),
    (
        60.0,
        &[
            (116.40, 39.9015),
            (116.462, 39.9025),
            (116.52, 39.9055),
            (116.57, 39.9045),
            (116.68, 39.9005),
        ],
    ),
    (
        55.0,
        &[
            (116.40, 39.852),
            (116.452, 39.8465),
            (116.505, 39.8435),
            (116.55, 39.8395),
            (116.59, 39.822),
        ],
    ),
    (
        45.0,
        &[
            (116.492, 39.8845),
            (116.53, 39.8765),
            (116.572, 39.8795),
            (116.62, 39.8725),
            (116.68, 39.864),
        ],
    ),
];

/// How far a river sways to both sides, metres.
const RIVER_SWAY_M: f64 = 75.0;

/// Parks and woods: centre, half width and half height in metres.
pub(super) const PARKS: &[(f64, f64, f64, f64)] = &[
    (116.3895, 40.0135, 1150.0, 1350.0),
    (116.4775, 39.9425, 760.0, 1150.0),
    (116.4905, 39.9165, 430.0, 480.0),
    (116.4620, 39.9965, 480.0, 420.0),
    (116.5120, 39.9370, 620.0, 520.0),
    (116.5650, 39.9520, 900.0, 640.0),
    (116.5180, 40.0420, 1200.0, 760.0),
    (116.5900, 40.0010, 1050.0, 1000.0),
    (116.4400, 40.0360, 620.0, 560.0),
    (116.4700, 39.8660, 560.0, 520.0),
    (116.5080, 39.8560, 760.0, 560.0),
    (116.5800, 39.8580, 880.0, 760.0),
    (116.4330, 39.8250, 700.0, 520.0),
    (116.6000, 39.9300, 600.0, 760.0),
];

/// Every strip and area, the highest rank last.
pub(super) fn figures() -> Vec<Figure> {
    let mut dice = Random::of("parks");
    let parks = PARKS.iter().map(|park| Figure {
        mark: Mark::Park,
        ring: blob(*park, &mut dice),
    });
    let strips = |mark: Mark, courses: &'static [Course], sway_m: f64| {
        courses
            .iter()
            .enumerate()
            .map(move |(i, (width_m, course))| Figure {
                mark,
                ring: strip(&smooth(course, sway_m, usize_to_f64(i)), *width_m),
            })
    };
    parks
        .chain(strips(Mark::River, RIVERS, RIVER_SWAY_M))
        .chain(strips(Mark::Road, ROADS, 0.0))
        .collect()
}

/// The rivers' middle lines, degrees.
pub(super) fn rivers() -> Vec<Vec<(f64, f64)>> {
    let sway = |(i, (_, course)): (usize, &Course)| smooth(course, RIVER_SWAY_M, usize_to_f64(i));
    RIVERS.iter().enumerate().map(sway).collect()
}

/// A rounded outline around a centre, a little uneven.
pub(super) fn blob(
    (lon, lat, half_x, half_y): (f64, f64, f64, f64),
    dice: &mut Random,
) -> Vec<Node> {
    let (per_lon, per_lat) = metres_per_degree(lat);
    let phases = [dice.between(0.0, 6.3), dice.between(0.0, 6.3)];
    (0..28)
        .map(|i| {
            let angle = usize_to_f64(i) / 28.0 * std::f64::consts::TAU;
            let uneven = 1.0
                + 0.10 * (3.0 * angle + phases[0]).sin()
                + 0.05 * (5.0 * angle + phases[1]).sin();
            // Between an ellipse and its box: parks are rather square.
            let square = (angle.cos().powi(4) + angle.sin().powi(4)).powf(-0.25);
            let reach = uneven * square;
            node(
                lon + reach * half_x * angle.cos() / per_lon,
                lat + reach * half_y * angle.sin() / per_lat,
            )
        })
        .collect()
}

/// A course with its corners cut twice (Chaikin) and, for a river, a sway to both sides.
pub(super) fn smooth(course: &[(f64, f64)], sway_m: f64, phase: f64) -> Vec<(f64, f64)> {
    let mut line = course.to_vec();
    for _ in 0..2 {
        let mut cut = vec![line[0]];
        for pair in line.windows(2) {
            let part = |t: f64| {
                (
                    pair[0].0 + t * (pair[1].0 - pair[0].0),
                    pair[0].1 + t * (pair[1].1 - pair[0].1),
                )
            };
            cut.extend([part(0.25), part(0.75)]);
        }
        cut.push(line[line.len() - 1]);
        line = cut;
    }
    if sway_m == 0.0 {
        return line;
    }
    // Every hundred and fifty metres, to either side by two slow waves.
    let mut swaying = Vec::new();
    let (mut gone_m, mut next_m) = (0.0, 0.0);
    for pair in line.windows(2) {
        let (x, y) = metres_per_degree(pair[0].1);
        let length_m = ((pair[1].0 - pair[0].0) * x).hypot((pair[1].1 - pair[0].1) * y);
        while next_m < gone_m + length_m {
            let t = (next_m - gone_m) / length_m;
            let wave = (next_m / 420.0 + phase).sin() + 0.4 * (next_m / 190.0 + 2.0 * phase).sin();
            let lon = pair[0].0 + t * (pair[1].0 - pair[0].0);
            let lat = pair[0].1 + t * (pair[1].1 - pair[0].1);
            swaying.push((lon, lat + wave * sway_m / y));
            next_m += 150.0;
        }
        gone_m += length_m;
    }
    swaying
}

/// The outline of a strip along a line: its left side forth, its right side back.
pub(super) fn strip(line: &[(f64, f64)], width_m: f64) -> Vec<Node> {
    let [left, right] = sides(line, width_m);
    left.into_iter().chain(right.into_iter().rev()).collect()
}

/// The left and the right side of a strip, a vertex for each of the line's.
pub(super) fn sides(line: &[(f64, f64)], width_m: f64) -> [Vec<Node>; 2] {
    let side = |i: usize, sign: f64| {
        let (before, after) = (line[i.saturating_sub(1)], line[(i + 1).min(line.len() - 1)]);
        let (x, y) = metres_per_degree(line[i].1);
        let (dx, dy) = ((after.0 - before.0) * x, (after.1 - before.1) * y);
        let half = sign * width_m / 2.0 / dx.hypot(dy);
        node(line[i].0 - dy * half / x, line[i].1 + dx * half / y)
    };
    [1.0, -1.0].map(|sign| (0..line.len()).map(|i| side(i, sign)).collect())
}

/// Adds the streets between blocks and the lines between the lots of each block.
pub(super) fn add_lots(edges: &mut Edges) {
    let mut dice = Random::of("lots");
    let columns = stations(116.322, 116.672, |lon| {
        0.0082 + 0.0062 * ((lon - 116.40) / 0.25).clamp(0.0, 1.0)
    });
    let rows = stations(39.788, 40.128, |lat| {
        0.0068 + 0.0040 * ((lat - 39.925).abs() / 0.15).clamp(0.0, 1.0)
    });
    let corners: Vec<Vec<Node>> = rows
        .iter()
        .map(|&lat| {
            columns
                .iter()
                .map(|&lon| corner(lon, lat, &mut dice))
                .collect()
        })
        .collect();
    for (south, north) in corners.iter().zip(corners.iter().skip(1)) {
        for i in 1..south.len() {
            let block = [south[i - 1], south[i], north[i], north[i - 1]];
            for side in 0..4 {
                add(edges, block[side], block[(side + 1) % 4], Mark::Lot);
            }
            split(&block, 0, &mut dice, edges);
        }
    }
}

/// Where the streets of one direction stand.
fn stations(from: f64, to: f64, spacing: impl Fn(f64) -> f64) -> Vec<f64> {
    let mut stations = vec![from];
    let mut at = from;
    while at < to {
        at += spacing(at);
        stations.push(at);
    }
    stations
}

/// A street corner: near its place in the grid, swayed with its surroundings and a little of itself.
fn corner(lon: f64, lat: f64, dice: &mut Random) -> Node {
    let outer = ((lon - 116.44) / 0.2).clamp(0.15, 1.0);
    let east = outer * 0.0022 * ((lat * 47.0).sin() + (lat * 101.0 + lon * 30.0).sin());
    let north = outer * 0.0016 * ((lon * 53.0).sin() + (lon * 97.0 + lat * 41.0).sin());
    let jitter = 0.0006 * outer.max(0.4);
    node(
        lon + east + dice.between(-jitter, jitter),
        lat + north + dice.between(-jitter, jitter),
    )
}

/// Halves a convex block across its longest side until its lots are as large as is usual there.
fn split(block: &[Node], depth: u32, dice: &mut Random, edges: &mut Edges) {
    let (lon, lat) = degrees(block[0]);
    let from_centre_km = ((lon - 116.42) * 85.3).hypot((lat - 39.92) * 111.0);
    let usual_m2 = (100_000.0 + 33_000.0 * from_centre_km) * dice.between(0.55, 1.7);
    if depth == 5 || super::place::area_m2(block) < usual_m2 {
        return;
    }
    let Some((near, far)) = halve(block, dice) else {
        return;
    };
    if let Some((from, to)) = near.first().zip(near.last()) {
        // Half a metre longer at both ends, so that it surely meets what it ends on; what juts out
        // leads nowhere and is left out with the other loose ends.
        let by = 50.0 / i64_to_f64((to.0 - from.0).abs().max((to.1 - from.1).abs()).max(1));
        add(
            edges,
            part(*from, *to, -by),
            part(*from, *to, 1.0 + by),
            Mark::Lot,
        );
    }
    split(&near, depth + 1, dice, edges);
    split(&far, depth + 1, dice, edges);
}

/// The two parts of a convex block, each beginning and ending with the new line's ends.
fn halve(block: &[Node], dice: &mut Random) -> Option<(Vec<Node>, Vec<Node>)> {
    let count = block.len();
    let plane = |at: Node| (i64_to_f64(at.0) * 0.767, i64_to_f64(at.1));
    let corner = |i: usize| block[i % count];
    let side = |i: usize| {
        let (from, to) = (plane(corner(i)), plane(corner(i + 1)));
        (to.0 - from.0, to.1 - from.1)
    };
    let length = |i: usize| side(i).0.hypot(side(i).1);
    let longest = (0..count).max_by(|one, other| length(*one).total_cmp(&length(*other)))?;
    let start = part(
        corner(longest),
        corner(longest + 1),
        dice.between(0.36, 0.64),
    );
    // Square to the longest side, a little askew.
    let (east, north) = side(longest);
    let askew = dice.between(-0.07, 0.07);
    let aim = node_at(plane(start), (-north + askew * east, east + askew * north));
    for step in 1..count {
        let (here, next) = (corner(longest + step), corner(longest + step + 1));
        let (right, left) = (turn(start, aim, here), turn(start, aim, next));
        if right < 0 && left >= 0 {
            let (right, left) = (i64_to_f64(right), i64_to_f64(left));
            let end = part(here, next, right / (right - left));
            let mut near = vec![start];
            near.extend((1..=step).map(|ahead| corner(longest + ahead)));
            near.push(end);
            let mut far = vec![end];
            far.extend((step + 1..=count).map(|ahead| corner(longest + ahead)));
            far.push(start);
            near.dedup();
            far.dedup();
            return (near.len() > 2 && far.len() > 2).then_some((near, far));
        }
    }
    None
}

fn node_at(from: (f64, f64), by: (f64, f64)) -> Node {
    (
        f64_to_i64((from.0 + by.0) / 0.767),
        f64_to_i64(from.1 + by.1),
    )
}

fn part(a: Node, b: Node, t: f64) -> Node {
    let on = |from: i64, to: i64| from + f64_to_i64(i64_to_f64(to - from) * t);
    (on(a.0, b.0), on(a.1, b.1))
}
