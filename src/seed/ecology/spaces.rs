//! `seeds/ecology`: ecological spaces as a zipped Shapefile in the surveyors' plane.

use crate::seed::arrangement::Node;
use crate::seed::carrier::{CGCS2000_117E, Column, SeedFile, Shapefile, numbered};
use crate::seed::city::{blob, rivers, sides};
use crate::seed::parcels::City;
use crate::seed::place::{Plane, area_m2, node};
use crate::seed::random::Random;
use crate::text::Problem;

const COLUMNS: &[Column] = &[
    ("KJBH", b'C', 12, 0),
    ("KJMC", b'C', 40, 0),
    ("LXDM", b'C', 20, 0),
    ("FLYJ", b'C', 60, 0),
    ("PZRQ", b'C', 10, 0),
    ("MJ_HA", b'N', 12, 2),
    ("GLDW", b'C', 40, 0),
    ("NOTE", b'C', 20, 0),
];

/// A made-up space: its kind, what it is called, its outline.
type Space = (&'static str, &'static str, Vec<Node>);

/// A row of the Shapefile: its ring in the plane, and its cells.
type Row = (Vec<(f64, f64)>, Vec<String>);

/// The archive.
pub(super) fn files(city: &City) -> Result<Vec<SeedFile>, Problem> {
    let mut dice = Random::of("spaces");
    let plane = Plane::of(4548)?;
    let mut shapefile = Shapefile::new(COLUMNS);
    let mut rows: Vec<Row> = Vec::new();
    for (number, (kind, what, ring)) in (1..).zip(spaces(city, &mut dice)) {
        rows.push((
            plane.ring(&ring)?,
            vec![
                numbered("CY-ST-", number, 3),
                format!("演示{what} {number:03}"),
                kind.to_owned(),
                basis(kind).to_owned(),
                dice.day(2006, 2025),
                format!("{:.2}", area_m2(&ring) / 10_000.0),
                format!("演示管理处 {}", 1 + number % 7),
                "演示数据".to_owned(),
            ],
        ));
    }
    // Drawn with one point twice, and with a loop of some centimetres: both can be mended.
    let twice = rows[6].0[2];
    rows[6].0.insert(2, twice);
    let (x, y) = rows[9].0[1];
    rows[9]
        .0
        .splice(2..2, [(x + 0.04, y + 0.04), (x + 0.04, y), (x, y + 0.04)]);
    let dirty = dirt(&rows);
    for (ring, cells) in rows.into_iter().chain(dirty) {
        shapefile.row(ring, cells);
    }
    let bytes = shapefile.zip("ecological-spaces", CGCS2000_117E)?;
    Ok(vec![SeedFile {
        path: "ecology/ecological-spaces.zip",
        bytes,
    }])
}

/// Wetlands that do not exist: centre, half width and half height in metres.
pub(in crate::seed) const WETLANDS: &[(f64, f64, f64, f64)] = &[
    (116.5960, 39.9985, 420.0, 300.0),
    (116.6130, 40.0040, 350.0, 260.0),
    (116.5660, 39.9835, 300.0, 200.0),
    (116.4900, 40.0640, 380.0, 190.0),
    (116.5230, 40.0655, 320.0, 210.0),
    (116.5900, 39.8380, 330.0, 260.0),
    (116.5480, 39.8790, 260.0, 170.0),
];

/// The law that such a space usually rests on (`eco-legal-basis`).
fn basis(kind: &str) -> &'static str {
    match kind {
        "wetland" => "wetland-law",
        "nature-park" => "beijing-wetland",
        "river-corridor" => "river-regulations",
        "public-forest" => "forest-law",
        "farmland" => "farmland-regulations",
        "city-park" => "beijing-parks",
        "greenbelt" => "greening-regulations",
        _ => "environmental-protection-law",
    }
}

fn spaces(city: &City, dice: &mut Random) -> Vec<Space> {
    let mut spaces: Vec<Space> = Vec::new();
    for (i, river) in rivers().iter().enumerate() {
        let [left, right] = sides(river, if i % 2 == 0 { 200.0 } else { 160.0 });
        let within: Vec<bool> = river
            .iter()
            .map(|(lon, lat)| city.boundary.holds(node(*lon, *lat)))
            .collect();
        // Stretches of four kilometres at most, each beginning where the last ended.
        let mut from = 0;
        while from < river.len() {
            let reach = within
                .iter()
                .skip(from)
                .take(28)
                .take_while(|within| **within)
                .count();
            if reach > 6 {
                let here = from..from + reach;
                let back = right[here.clone()].iter().rev();
                let ring = left[here].iter().chain(back).copied().collect();
                spaces.push(("river-corridor", "河道管理范围", ring));
            }
            from += reach.max(2) - 1;
        }
    }
    let mut take = |kind, what, land_use: &str, count: usize| {
        let mut fitting: Vec<_> = city
            .parcels
            .iter()
            .filter(|p| p.current_use.starts_with(land_use))
            .collect();
        fitting.sort_by(|a, b| b.area_m2.total_cmp(&a.area_m2).then(a.id.cmp(&b.id)));
        let largest = fitting.into_iter().take(count);
        spaces.extend(largest.map(|p| (kind, what, p.ring.clone())));
    };
    take("city-park", "公园", "1401", 14);
    take("greenbelt", "绿化隔离地区", "1402", 9);
    take("public-forest", "公益林", "03", 11);
    take("farmland", "永久基本农田", "01", 8);
    for wetland in WETLANDS {
        spaces.push(("wetland", "湿地", blob(*wetland, dice)));
    }
    spaces.push((
        "nature-park",
        "湿地公园",
        blob((116.5930, 39.9960, 1150.0, 900.0), dice),
    ));
    spaces.push((
        "redline",
        "生态保护红线",
        blob((116.5950, 39.9975, 680.0, 500.0), dice),
    ));
    spaces
}

/// Rows with one fault each, made from good ones.
fn dirt(rows: &[Row]) -> Vec<Row> {
    let mut number = 900;
    let mut spoilt = |from: usize, column: usize, value: &str| {
        number += 1;
        let (ring, mut cells) = rows[from].clone();
        cells[0] = numbered("CY-ST-", number, 3);
        value.clone_into(&mut cells[column]);
        (ring, cells)
    };
    let repeated = rows[11].1[0].clone();
    let mut dirty = vec![
        spoilt(20, 4, ""),
        spoilt(22, 2, "weltand"),
        spoilt(11, 0, &repeated),
        spoilt(30, 1, "演示公园（蝴蝶结）"),
        spoilt(33, 1, "演示林地（远在区外）"),
    ];
    let (x, y) = dirty[3].0[0];
    dirty[3].0 = vec![
        (x, y),
        (x + 120.0, y + 120.0),
        (x + 120.0, y),
        (x, y + 120.0),
        (x, y),
    ];
    for at in &mut dirty[4].0 {
        at.0 += 52_000.0;
    }
    dirty
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wetland_is_as_large_as_its_axes_say() {
        let ring = blob((116.6, 40.0, 100.0, 100.0), &mut Random::of("test"));
        assert!((31_000.0..45_000.0).contains(&area_m2(&ring)));
    }
}
