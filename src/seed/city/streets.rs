//! The main streets: a lattice that follows the ring roads and keeps off the rivers, and the quarters
//! between them.

use super::plane::{along, between, inset, less, nearest, unit};
use super::{
    Class, Figure, Place, Plan, ROADS, Road, blocks, of_degrees, places, rivers, smooth, to_node,
};
use crate::geom::cast::{f64_to_i64, f64_to_usize, usize_to_f64};
use crate::seed::arrangement::Mark;
use crate::seed::random::Random;

/// Half the width of a main street, metres.
const HALF_M: f64 = 20.0;

/// Where columns stand for sure, and how far apart they stand from there on, degrees of longitude.
const COLUMNS: &[(f64, f64)] = &[
    (116.3250, 0.0098),
    (116.4553, 0.0098),
    (116.4837, 0.0124),
    (116.5449, 0.0178),
    (116.6600, 0.0),
];
/// The same for rows, degrees of latitude.
const ROWS: &[(f64, f64)] = &[
    (39.7900, 0.0125),
    (39.8330, 0.0105),
    (39.8560, 0.0085),
    (39.9085, 0.0080),
    (39.9255, 0.0080),
    (39.9660, 0.0082),
    (39.9860, 0.0105),
    (40.0205, 0.0135),
    (40.1250, 0.0),
];

/// A quarter of the lattice: its inner ring, from the south-west turning left.
type Quarter = Option<[Place; 4]>;

/// Draws the main streets and everything between them.
pub(super) fn add(plan: &mut Plan) {
    let corners = corners();
    let quarters: Vec<Vec<Quarter>> = corners
        .windows(2)
        .map(|rows| {
            let pairs = rows[0].windows(2).zip(rows[1].windows(2));
            pairs
                .map(|(south, north)| {
                    let ring = [south[0], south[1], north[1], north[0]];
                    inset(&ring, HALF_M)?.try_into().ok()
                })
                .collect()
        })
        .collect();
    add_streets(plan, &corners, &quarters);
    let mut draftsman = blocks::Draftsman::new(plan);
    for quarter in quarters.iter().flatten().flatten() {
        draftsman.quarter(quarter);
    }
}

/// The crossings of main streets, row by row from the south-west.
fn corners() -> Vec<Vec<Place>> {
    let roads: Vec<Vec<Place>> = ROADS
        .iter()
        .map(|road| places(&smooth(road.course, 0.0, 0.0)))
        .collect();
    let rivers: Vec<Vec<Place>> = rivers().iter().map(|line| places(line)).collect();
    let mut dice = Random::of("corners");
    let columns = stations(COLUMNS);
    let mut corner = |lon: f64, lat: f64| {
        let plain = of_degrees((lon, lat));
        // Straight in the old town, ever more at ease towards the edge.
        let ease = ((lon - 116.47) / 0.12)
            .clamp(0.06, 1.0)
            .max((lat - 40.0) / 0.05);
        let swayed = (
            plain.0 + ease * (330.0 * sway(plain, 3_100.0, 1) + dice.between(-60.0, 60.0)),
            plain.1 + ease * (330.0 * sway(plain, 2_700.0, 2) + dice.between(-60.0, 60.0)),
        );
        let mut at = swayed;
        for river in &rivers {
            let (bank, apart) = nearest(river, at);
            if apart < 170.0 {
                at = along(bank, unit(less(at, bank)), 170.0);
            }
        }
        let onto = roads.iter().map(|road| nearest(road, at));
        match onto.min_by(|a, b| a.1.total_cmp(&b.1)) {
            Some((place, apart)) if apart < 300.0 => place,
            _ => at,
        }
    };
    stations(ROWS)
        .into_iter()
        .map(|lat| columns.iter().map(|lon| corner(*lon, lat)).collect())
        .collect()
}

/// Where the lines of one direction stand: at each sure place, and evenly between.
fn stations(sure: &[(f64, f64)]) -> Vec<f64> {
    let mut stations = Vec::new();
    for pair in sure.windows(2) {
        let reach = pair[1].0 - pair[0].0;
        let count = f64_to_usize((reach / pair[0].1).round()).max(1);
        let step = reach / usize_to_f64(count);
        stations.extend((0..count).map(|i| pair[0].0 + usize_to_f64(i) * step));
    }
    stations.extend(sure.last().map(|end| end.0));
    stations
}

/// A slow wave over the plane between −1 and 1: values drawn on a lattice, smoothly joined. Plain
/// arithmetic, so that it is the same on every machine.
pub(super) fn sway(at: Place, wave_m: f64, part: i64) -> f64 {
    let cell = |value: f64| {
        let floor = (value / wave_m).floor();
        let t = value / wave_m - floor;
        (f64_to_i64(floor), t * t * (3.0 - 2.0 * t))
    };
    let ((column, tx), (row, ty)) = (cell(at.0), cell(at.1));
    let drawn = |i: i64, j: i64| {
        let seed = (i + 1_000) * 4_001 + (j + 1_000) * 17 + part;
        Random::of(&seed.to_string()).between(-1.0, 1.0)
    };
    let mix = |a: f64, b: f64, t: f64| a + (b - a) * t;
    mix(
        mix(drawn(column, row), drawn(column + 1, row), tx),
        mix(drawn(column, row + 1), drawn(column + 1, row + 1), tx),
        ty,
    )
}

/// The streets between quarters as areas, and their middle lines.
fn add_streets(plan: &mut Plan, corners: &[Vec<Place>], quarters: &[Vec<Quarter>]) {
    let of = |row: usize, column: usize| quarters.get(row)?.get(column).copied().flatten();
    for row in 1..corners.len() - 1 {
        for column in 1..corners[row].len() - 1 {
            let around = of(row - 1, column - 1)
                .zip(of(row - 1, column))
                .zip(of(row, column - 1).zip(of(row, column)));
            let Some(((south_west, south_east), (north_west, north_east))) = around else {
                continue;
            };
            // To the east, the crossing with it; to the north, from the crossing on.
            let [first, last] = [corners[row][column], corners[row][column + 1]];
            add_street(
                plan,
                [first, last],
                [
                    vec![south_west[2], south_east[3], south_east[2]],
                    vec![north_west[1], north_east[0], north_east[1]],
                ],
            );
            add_street(
                plan,
                [first, corners[row + 1][column]],
                [
                    vec![north_east[0], north_east[3]],
                    vec![north_west[1], north_west[2]],
                ],
            );
        }
    }
    for (number, row) in (1..).zip(corners) {
        name(plan, row, ("纬", "Wei"), number);
    }
    for column in 0..corners[0].len() {
        let line: Vec<Place> = corners.iter().map(|row| row[column]).collect();
        name(plan, &line, ("经", "Jing"), column + 1);
    }
}

/// Adds a stretch of a main street as far as it leads through no park: its right and its left side
/// as they run.
fn add_street(plan: &mut Plan, ends: [Place; 2], [right, left]: [Vec<Place>; 2]) {
    let in_park = |by: f64| {
        let at = to_node(between(ends[0], ends[1], by));
        plan.figures.at(at).any(|mark| *mark == Mark::Park)
    };
    let eighths: Vec<bool> = (0..=8).map(|i| in_park(f64::from(i) / 8.0)).collect();
    let clear = eighths.iter().filter(|in_park| !**in_park).count();
    let part = |side: &[Place], from: f64, to: f64| {
        let (start, end) = (side[side.len() - 2], side[side.len() - 1]);
        [between(start, end, from), between(start, end, to)]
    };
    let sides = match (clear, eighths[0], eighths[8]) {
        (0..=2, _, _) | (_, true, true) => return,
        (9, _, _) | (_, false, false) => [right, left],
        // It ends at the park's edge, a little within.
        (_, false, true) => {
            let to = usize_to_f64(clear) / 8.0;
            [&right, &left].map(|side| {
                let mut cut = side[..side.len() - 1].to_vec();
                cut.push(part(side, 0.0, to)[1]);
                cut
            })
        }
        (_, true, false) => {
            let from = 1.0 - usize_to_f64(clear) / 8.0;
            [&right, &left].map(|side| part(side, from, 1.0).to_vec())
        }
    };
    let [right, left] = sides;
    let ring = right.iter().chain(left.iter().rev()).map(|at| to_node(*at));
    plan.figure(Figure {
        mark: Mark::Street,
        ring: ring.collect(),
    });
}

/// Adds the middle line of a main street, without the stretches where it is a ring road or a road out
/// of the city.
fn name(plan: &mut Plan, line: &[Place], (zh, en): (&str, &str), number: usize) {
    let on_road = |at: Place| plan.figures.at(to_node(at)).any(|mark| *mark == Mark::Road);
    let mut runs: Vec<Vec<Place>> = Vec::new();
    let mut open = false;
    for pair in line.windows(2) {
        let along_road = [0.0, 0.25, 0.5, 0.75, 1.0]
            .iter()
            .filter(|by| on_road(between(pair[0], pair[1], **by)))
            .count()
            > 3;
        match runs.last_mut() {
            _ if along_road => {}
            Some(run) if open => run.push(pair[1]),
            _ => runs.push(pair.to_vec()),
        }
        open = !along_road;
    }
    let name = (
        format!("演示{zh}{}路", chinese(number)),
        format!("Demo {en} Road {number}"),
    );
    plan.roads.extend(runs.into_iter().map(|line| Road {
        class: Class::Arterial,
        name: Some(name.clone()),
        line,
    }));
}

/// A number below a hundred in Chinese.
pub(super) fn chinese(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10 % 10, number % 10);
    let ten = match tens {
        0 => String::new(),
        1 => "十".to_owned(),
        _ => format!("{}十", DIGITS[tens]),
    };
    ten + DIGITS[ones]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_in_chinese() {
        assert_eq!(
            ["七", "十", "十二", "二十", "三十五"],
            [7, 10, 12, 20, 35]
                .map(chinese)
                .each_ref()
                .map(String::as_str)
        );
    }

    #[test]
    fn stations_stand_at_every_sure_place() {
        let stations = stations(COLUMNS);
        for (sure, _) in COLUMNS {
            assert!(stations.iter().any(|at| (at - sure).abs() < 1e-9), "{sure}");
        }
        assert!(stations.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
