//! The lines of the demonstration city: roads, rivers and parks drawn after the real city's plan,
//! and streets, lanes and lots made up between them.

mod blocks;
mod character;
mod plane;
mod streets;

pub(super) use self::character::Character;
pub(super) use self::plane::{
    Place, halves, is_convex, length, less, of_degrees, to_node, to_place,
};

use super::arrangement::{Edges, Mark, Node, add, add_ring};
use super::ground::Ground;
use super::place::{metres_per_degree, node};
use super::random::Random;
use crate::geom::cast::usize_to_f64;

/// A strip or an area that no lesser line crosses.
#[derive(Debug, Clone)]
pub(super) struct Figure {
    /// What it is.
    pub(super) mark: Mark,
    /// Its outline, its first vertex not repeated.
    pub(super) ring: Vec<Node>,
}

/// What kind of road a line is, the greatest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// A ring road.
    Ring,
    /// A road out of the city.
    Trunk,
    /// A main street.
    Arterial,
    /// A street.
    Street,
    /// A lane.
    Lane,
}

/// Within which of the ring roads a place lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Within {
    /// The third.
    Third,
    /// The fourth, not the third.
    Fourth,
    /// The fifth, not the fourth.
    Fifth,
    /// None.
    None,
}

/// A road's middle line.
#[derive(Debug, Clone)]
pub(super) struct Road {
    /// Its class.
    pub(super) class: Class,
    /// Its name in Chinese and in English; `None`: it has none.
    pub(super) name: Option<(String, String)>,
    /// The line.
    pub(super) line: Vec<Place>,
}

/// A piece of the city between streets and lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    /// Its number.
    pub(super) number: usize,
    /// The number of the greater block between main streets.
    pub(super) quarter: usize,
    /// What it is made of.
    pub(super) character: Character,
}

/// The city as drawn: lines, and what lies between them.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Every line.
    pub(super) edges: Edges,
    /// Areas no lesser line crosses, and what they are.
    pub(super) figures: Ground<Mark>,
    /// The strips of streets and lanes between blocks.
    pub(super) streets: Ground<Class>,
    /// The blocks.
    pub(super) blocks: Ground<Block>,
    /// Every road's middle line, not yet cut off at the district's border.
    pub(super) roads: Vec<Road>,
    /// The areas within the ring roads.
    pub(super) rings: Ground<()>,
}

impl Plan {
    /// Draws the city, on both sides of the district's border.
    pub(super) fn draw() -> Self {
        let mut plan = Self {
            rings: within_rings(),
            ..Self::default()
        };
        let figures = figures();
        cut_parks(&mut plan.edges, &figures);
        for figure in figures {
            plan.figure(figure);
        }
        add_cuts(&mut plan.edges);
        for (i, main) in ROADS.iter().enumerate() {
            plan.roads.push(Road {
                class: if i < 3 { Class::Ring } else { Class::Trunk },
                name: Some((main.zh.to_owned(), main.en.to_owned())),
                line: places(&smooth(main.course, 0.0, 0.0)),
            });
        }
        streets::add(&mut plan);
        plan
    }

    /// Adds an area, its outline among the lines.
    fn figure(&mut self, figure: Figure) {
        add_ring(&mut self.edges, &figure.ring, figure.mark);
        self.figures.add(figure.ring, figure.mark);
    }

    /// Adds a line between two lots, half a metre longer at both ends, so that it surely meets what it
    /// ends on; what juts out leads nowhere and is left out with the other loose ends.
    fn line(&mut self, from: Place, to: Place) {
        let by = 0.5 / length(less(to, from)).max(0.5);
        add(
            &mut self.edges,
            to_node(plane::between(from, to, -by)),
            to_node(plane::between(from, to, 1.0 + by)),
            Mark::Lot,
        );
    }

    /// Within which ring road a place lies.
    pub(super) fn within(&self, at: Node) -> Within {
        match self.rings.at(at).count() {
            0 => Within::None,
            1 => Within::Fifth,
            2 => Within::Fourth,
            _ => Within::Third,
        }
    }
}

/// A line in degrees and how wide the strip along it is, metres.
type Course = (f64, &'static [(f64, f64)]);

/// A main road: real as geography, its plan and not its survey.
struct MainRoad {
    zh: &'static str,
    en: &'static str,
    width_m: f64,
    /// The width of the green belt along it, metres on either side.
    green_m: f64,
    course: &'static [(f64, f64)],
}

/// The ring roads' eastern arcs and the roads out of the city: their plan, not their survey.
const ROADS: &[MainRoad] = &[
    MainRoad {
        zh: "三环路",
        en: "3rd Ring Road",
        width_m: 90.0,
        green_m: 0.0,
        course: &[
            (116.32, 39.9662),
            (116.446, 39.9658),
            (116.4545, 39.9585),
            (116.4552, 39.866),
            (116.447, 39.8572),
            (116.32, 39.8548),
        ],
    },
    MainRoad {
        zh: "四环路",
        en: "4th Ring Road",
        width_m: 100.0,
        green_m: 25.0,
        course: &[
            (116.32, 39.9868),
            (116.472, 39.9852),
            (116.4832, 39.976),
            (116.4838, 39.846),
            (116.474, 39.8345),
            (116.32, 39.832),
        ],
    },
    MainRoad {
        zh: "五环路",
        en: "5th Ring Road",
        width_m: 110.0,
        green_m: 70.0,
        course: &[
            (116.32, 40.0225),
            (116.502, 40.0195),
            (116.534, 39.999),
            (116.5445, 39.965),
            (116.5452, 39.826),
            (116.535, 39.795),
        ],
    },
    MainRoad {
        zh: "机场高速公路",
        en: "Airport Expressway",
        width_m: 80.0,
        green_m: 50.0,
        course: &[
            (116.449, 39.9625),
            (116.486, 39.989),
            (116.542, 40.024),
            (116.58, 40.056),
            (116.592, 40.085),
            (116.594, 40.12),
        ],
    },
    MainRoad {
        zh: "京通快速路",
        en: "Jingtong Expressway",
        width_m: 70.0,
        green_m: 20.0,
        course: &[
            (116.40, 39.9085),
            (116.47, 39.9085),
            (116.56, 39.9118),
            (116.68, 39.9072),
        ],
    },
    MainRoad {
        zh: "京哈高速公路",
        en: "Jingha Expressway",
        width_m: 70.0,
        green_m: 45.0,
        course: &[(116.4553, 39.874), (116.52, 39.866), (116.68, 39.838)],
    },
    MainRoad {
        zh: "朝阳北路",
        en: "Chaoyang North Road",
        width_m: 70.0,
        green_m: 0.0,
        course: &[(116.4835, 39.9245), (116.56, 39.9272), (116.68, 39.9235)],
    },
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

/// The green banks along a river: their width, metres on either side.
const BANK_M: f64 = 28.0;

/// Every strip and area but the main streets.
pub(super) fn figures() -> Vec<Figure> {
    let mut dice = Random::of("parks");
    let mut figures: Vec<Figure> = Vec::new();
    for (i, (width_m, course)) in RIVERS.iter().enumerate() {
        let line = smooth(course, RIVER_SWAY_M, usize_to_f64(i));
        for (mark, width_m) in [
            (Mark::Green, width_m + 2.0 * BANK_M),
            (Mark::River, *width_m),
        ] {
            figures.push(Figure {
                mark,
                ring: strip(&line, width_m),
            });
        }
    }
    for road in ROADS {
        let line = smooth(road.course, 0.0, 0.0);
        if road.green_m > 0.0 {
            figures.push(Figure {
                mark: Mark::Green,
                ring: strip(&line, road.width_m + 2.0 * road.green_m),
            });
        }
        figures.push(Figure {
            mark: Mark::Road,
            ring: strip(&line, road.width_m),
        });
    }
    for park in PARKS {
        figures.push(Figure {
            mark: Mark::Park,
            ring: blob(*park, &mut dice),
        });
        let (lon, lat, half_x, half_y) = *park;
        if half_x > LAKE_FROM_M {
            let (lon, lat) = (
                lon + dice.between(-0.0015, 0.0015),
                lat + dice.between(-0.001, 0.001),
            );
            figures.push(Figure {
                mark: Mark::Lake,
                ring: blob((lon, lat, 0.30 * half_x, 0.26 * half_y), &mut dice),
            });
        }
    }
    figures
}

/// Parks wider than twice this have a lake.
const LAKE_FROM_M: f64 = 550.0;

/// Cuts parks in four, as their paths would: a lake must be joined to the lines around it.
fn cut_parks(edges: &mut Edges, figures: &[Figure]) {
    let parks = figures.iter().filter(|figure| figure.mark == Mark::Park);
    for (park, (lon, lat, _, _)) in parks.zip(PARKS).filter(|(_, park)| park.2 > LAKE_FROM_M) {
        let middle = of_degrees((*lon, *lat));
        let ring: Vec<Place> = park.ring.iter().map(|at| to_place(*at)).collect();
        for direction in [(1.0, 0.09), (-1.0, -0.05), (-0.08, 1.0), (0.06, -1.0)] {
            let ray = [middle, plane::along(middle, direction, 4_000.0)];
            if let Some(edge) = plane::meeting(ray, &ring) {
                let beyond = plane::along(edge, direction, 1.0);
                add(edges, to_node(middle), to_node(beyond), Mark::Park);
            }
        }
    }
}

/// Cuts the main roads into pieces of a kilometre or so, as registers have them.
fn add_cuts(edges: &mut Edges) {
    for road in ROADS {
        let [left, right] = sides(&smooth(road.course, 0.0, 0.0), road.width_m + 1.0);
        let mut gone_m = 0.0;
        for i in 1..left.len() {
            let step = length(less(to_place(left[i]), to_place(left[i - 1])));
            gone_m += step;
            // Where the line was given few points, a piece is longer.
            if gone_m > 1_100.0 {
                add(edges, left[i], right[i], Mark::Road);
                gone_m = 0.0;
            }
        }
    }
}

/// The areas within the third, fourth and fifth ring roads.
fn within_rings() -> Ground<()> {
    let mut rings = Ground::default();
    for road in &ROADS[..3] {
        let mut ring = smooth(road.course, 0.0, 0.0);
        let (west, last) = (116.30, ring.last().map_or(0.0, |at| at.1));
        ring.push((west, last));
        ring.push((west, road.course[0].1));
        rings.add(ring.iter().map(|(lon, lat)| node(*lon, *lat)).collect(), ());
    }
    rings
}

fn places(line: &[(f64, f64)]) -> Vec<Place> {
    line.iter().map(|at| of_degrees(*at)).collect()
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
