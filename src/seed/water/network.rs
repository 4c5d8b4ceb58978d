//! The river network: courses cut at the district's edge and where they meet, each reach drawn the
//! way it flows. A river meets only rivers that stand before it, so nothing flows in a circle.

use super::courses::{COURSES, Course, Drawn};
use crate::geom::cast::{f64_to_i64, i64_to_f64, usize_to_f64};
use crate::seed::arrangement::{Node, ring_edges, turn};
use crate::seed::carrier::numbered;
use crate::seed::city::{rivers, smooth};
use crate::seed::parcels::City;
use crate::seed::place::{apart_m, in_ring, node};

/// A stretch of river without the district shorter than this is taken along, metres.
const GAP_M: f64 = 500.0;
/// How near a tributary comes before it turns into its river, metres.
const REACH_M: f64 = 170.0;
/// A reach longer than this is divided by a sluice, metres.
const LONG_M: f64 = 5_000.0;

/// A place where reaches end.
#[derive(Debug, Clone)]
pub(super) struct Junction {
    /// Its number.
    pub(super) id: String,
    /// Its kind (`river-node`).
    pub(super) kind: &'static str,
    at: Node,
}

/// A reach, drawn as it flows.
#[derive(Debug, Clone)]
pub(super) struct Reach {
    /// Its number.
    pub(super) id: String,
    /// Its river.
    pub(super) river: &'static Course,
    /// Its place among the reaches of its river, from above.
    pub(super) part: usize,
    /// Its course.
    pub(super) line: Vec<Node>,
    /// Its upper end.
    pub(super) from: Junction,
    /// Its lower end.
    pub(super) to: Junction,
    /// Its Strahler order.
    pub(super) order: u8,
    /// Its length, metres.
    pub(super) length_m: f64,
}

impl Reach {
    /// The place on it so many metres below its upper end.
    pub(super) fn at(&self, measure_m: f64) -> Node {
        let mut left = measure_m;
        for pair in self.line.windows(2) {
            let length = apart_m(pair[0], pair[1]);
            if left <= length {
                return part(pair[0], pair[1], left / length);
            }
            left -= length;
        }
        self.line[self.line.len() - 1]
    }
}

/// Every reach, those of a river one after the other.
pub(super) fn reaches(city: &City) -> Vec<Reach> {
    let within = &city.boundary.parts[0];
    let city_rivers = rivers();
    // The courses, each with whether it begins at the edge.
    let mut lines: Vec<Vec<Node>> = Vec::new();
    let mut from_edge: Vec<bool> = Vec::new();
    for course in COURSES {
        let corners = match course.drawn {
            Drawn::City(place) => city_rivers[place].clone(),
            Drawn::Here(corners) => smooth(corners, 24.0, corners[0].0 * 100.0),
        };
        let course_nodes: Vec<Node> = corners.iter().map(|(x, y)| node(*x, *y)).collect();
        let (mut line, entered) = inside(&course_nodes, within);
        if let Some(into) = course.into {
            let river = COURSES.iter().position(|c| c.name.0 == into).unwrap_or(0);
            line = joined(line, &lines[river]);
        }
        lines.push(line);
        from_edge.push(entered);
    }
    let junctions = junctions(&lines, &from_edge);
    let mut reaches = Vec::new();
    for (number, (course, line)) in COURSES.iter().zip(&lines).enumerate() {
        let mut start = 0;
        let mut nth = 0;
        for stop in 1..line.len() {
            let Some(to) = junctions.iter().find(|j| j.at == line[stop]) else {
                continue;
            };
            let Some(from) = junctions.iter().find(|j| j.at == line[start]) else {
                continue;
            };
            nth += 1;
            let line = line[start..=stop].to_vec();
            reaches.push(Reach {
                id: format!("CY-HD-{:02}{nth:02}", number + 1),
                river: course,
                part: nth,
                length_m: length_m(&line),
                line,
                from: from.clone(),
                to: to.clone(),
                order: course.order,
            });
            start = stop;
        }
    }
    give_orders(&mut reaches);
    reaches
}

/// The longest part of a course within the district, from edge to edge, and whether it begins at one.
fn inside(course: &[Node], within: &[Node]) -> (Vec<Node>, bool) {
    let holds: Vec<bool> = course.iter().map(|at| in_ring(within, *at)).collect();
    let mut best: (usize, usize) = (0, 0);
    let mut start = None;
    let mut last = 0;
    for (i, held) in holds.iter().enumerate() {
        if !held {
            continue;
        }
        if start.is_none() || length_m(&course[last..=i]) > GAP_M {
            start = Some(i);
        }
        last = i;
        let from = start.unwrap_or(i);
        if i - from > best.1 - best.0 {
            best = (from, i);
        }
    }
    let (from, to) = best;
    let mut line = course[from..=to].to_vec();
    let before = from.checked_sub(1).map(|i| course[i]);
    if let Some(outside) = before {
        line.insert(0, edge(outside, line[0], within));
    }
    if let Some(outside) = course.get(to + 1) {
        let end = edge(*outside, line[line.len() - 1], within);
        line.push(end);
    }
    line.dedup();
    (line, before.is_some())
}

/// Where the way from a vertex outside to one within meets the edge first, seen from within.
fn edge(outside: Node, inner: Node, within: &[Node]) -> Node {
    let mut nearest = outside;
    for (a, b) in ring_edges(within) {
        let (p, q) = (turn(inner, outside, *a), turn(inner, outside, *b));
        let (r, s) = (turn(*a, *b, inner), turn(*a, *b, outside));
        if p.signum() * q.signum() < 0 && r.signum() * s.signum() <= 0 && r != s {
            let met = part(inner, outside, i64_to_f64(r) / i64_to_f64(r - s));
            if apart_m(inner, met) < apart_m(inner, nearest) {
                nearest = met;
            }
        }
    }
    nearest
}

/// A tributary led to where it meets its river: the vertex a little below the nearest.
fn joined(mut line: Vec<Node>, river: &[Node]) -> Vec<Node> {
    let near = |at: Node| -> (usize, f64) {
        let all = river.iter().enumerate().map(|(i, v)| (i, apart_m(*v, at)));
        all.min_by(|a, b| a.1.total_cmp(&b.1)).unwrap_or((0, 0.0))
    };
    let meets = line.iter().position(|at| near(*at).1 < REACH_M);
    line.truncate(meets.unwrap_or(line.len() - 1) + 1);
    let (nearest, _) = near(line[line.len() - 1]);
    let below = if nearest == 0 {
        0
    } else {
        (nearest + 1).min(river.len() - 2)
    };
    line.push(river[below]);
    line.dedup();
    line
}

/// Every place where reaches end, numbered river by river, from above.
fn junctions(lines: &[Vec<Node>], from_edge: &[bool]) -> Vec<Junction> {
    let mut found: Vec<Junction> = Vec::new();
    let mut add = |at: Node, kind: &'static str| {
        if let Some(known) = found.iter_mut().find(|j| j.at == at) {
            // A river that begins where another ends begins at a confluence.
            known.kind = "confluence";
        } else {
            found.push(Junction {
                id: numbered("CY-JD-", found.len() + 1, 3),
                kind,
                at,
            });
        }
    };
    let joins: Vec<Node> = COURSES
        .iter()
        .zip(lines)
        .filter(|(course, _)| course.into.is_some())
        .map(|(_, line)| line[line.len() - 1])
        .collect();
    for ((course, line), entered) in COURSES.iter().zip(lines).zip(from_edge) {
        add(line[0], if *entered { "inflow" } else { "head" });
        let mut gone_m = 0.0;
        for (i, pair) in line.windows(2).enumerate() {
            gone_m += apart_m(pair[0], pair[1]);
            let last = i + 2 == line.len();
            let next_join = line[i + 2..].iter().position(|at| joins.contains(at));
            let ahead_m = next_join.map_or_else(
                || length_m(&line[i + 1..]),
                |n| length_m(&line[i + 1..=i + 2 + n]),
            );
            if last && course.into.is_none() {
                add(pair[1], "outlet");
            } else if last {
                add(pair[1], "confluence");
            } else if joins.contains(&pair[1]) {
                add(pair[1], "confluence");
                gone_m = 0.0;
            } else if gone_m > LONG_M / 2.0 && ahead_m > LONG_M / 2.0 {
                add(pair[1], "sluice");
                gone_m = 0.0;
            }
        }
    }
    found
}

/// Strahler's order: where two of the same order meet, the next begins.
fn give_orders(reaches: &mut [Reach]) {
    // Tributaries stand behind their rivers: from the back every one is known when it is asked for.
    let mut last = COURSES.len();
    while last > 0 {
        last -= 1;
        for i in 0..reaches.len() {
            if reaches[i].river.name != COURSES[last].name {
                continue;
            }
            let above: Vec<u8> = reaches
                .iter()
                .filter(|r| r.to.id == reaches[i].from.id)
                .map(|r| r.order)
                .collect();
            let most = above
                .iter()
                .copied()
                .max()
                .unwrap_or(reaches[i].river.order);
            let alike: Vec<&u8> = above.iter().filter(|order| **order == most).collect();
            reaches[i].order = most + u8::from(alike.len() > 1);
        }
    }
}

/// The length of a line, metres.
fn length_m(line: &[Node]) -> f64 {
    line.windows(2).map(|pair| apart_m(pair[0], pair[1])).sum()
}

/// The vertex nearest to a part of the way from one to another.
fn part(a: Node, b: Node, t: f64) -> Node {
    let on = |from: i64, to: i64| from + f64_to_i64(i64_to_f64(to - from) * t);
    (on(a.0, b.0), on(a.1, b.1))
}

/// How far down its river a place on a reach lies, 0 to 1, among so many reaches.
pub(super) fn down(reach: &Reach, reaches: &[Reach]) -> f64 {
    let of_river = reaches.iter().filter(|r| r.river.name == reach.river.name);
    usize_to_f64(reach.part) / usize_to_f64(of_river.count().max(1))
}
