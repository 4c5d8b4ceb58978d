//! `seeds/soil`: enterprises under key supervision, on parcels of works, as a zipped Shapefile.

use super::ground::{coverage, main_part, of_use, spread};
use super::list::Listed;
use crate::seed::carrier::{CGCS2000_117E, Column, SeedFile, Shapefile, numbered};
use crate::seed::parcels::{City, Parcel};
use crate::seed::place::Plane;
use crate::seed::random::Random;
use crate::text::Problem;

const COLUMNS: &[Column] = &[
    ("DWBH", b'C', 12, 0),
    ("DWMC", b'C', 40, 0),
    ("HYLB", b'C', 24, 0),
    ("MLZT", b'C', 8, 0),
    ("MLND", b'N', 4, 0),
    ("LRRQ", b'C', 10, 0),
    ("TCRQ", b'C', 10, 0),
    ("YDYHWZ", b'C', 40, 0),
    ("MJ_HA", b'N', 12, 2),
    ("ZXJCRQ", b'C', 10, 0),
    ("YHPCRQ", b'C', 10, 0),
    ("LXR", b'C', 20, 0),
    ("NOTE", b'C', 20, 0),
];

/// Trades (`regulated-trade`): code, what such an enterprise is called, what it handles; how usual.
const TRADES: &[((&str, &str, &str), f64)] = &[
    (("chemical", "化工", "苯；氯代烃"), 3.0),
    (("electroplating", "电镀", "六价铬；镍；氰化物"), 2.6),
    (("hazardous-waste", "危险废物", "铅；石油烃"), 2.0),
    (("oil-processing", "石油加工", "石油烃；苯"), 1.2),
    (("nonferrous-smelting", "有色冶炼", "铅；镉；砷"), 0.7),
    (("coking", "焦化", "苯并[a]芘；苯"), 0.4),
    (("tanning", "制革", "六价铬；石油烃"), 0.3),
];

/// How many there are at most.
const COUNT: usize = 64;

/// The parcels of works on which one stands: none that is on the list of contaminated land.
pub(super) fn parcels<'c>(city: &'c City, listed: &[Listed<'_>]) -> Vec<&'c Parcel> {
    let mut works = of_use(city, &["1001"]);
    works.retain(|parcel| listed.iter().all(|l| l.parcel.id != parcel.id));
    // Every second one at most: not all works are dangerous.
    let count = COUNT.min(works.len() / 2);
    spread(&works, count)
}

/// A row of the Shapefile: its ring in the plane, and its cells.
type Row = (Vec<(f64, f64)>, Vec<String>);

/// The archive and its coverage.
pub(super) fn files(city: &City, parcels: &[&Parcel]) -> Result<Vec<SeedFile>, Problem> {
    let mut dice = Random::of("regulated");
    let plane = Plane::of(4548)?;
    let mut rows: Vec<Row> = Vec::new();
    for (number, parcel) in (1..).zip(parcels) {
        rows.push((plane.ring(&parcel.ring)?, cells(number, parcel, &mut dice)));
    }
    // Drawn with one point twice: that can be mended.
    let twice = rows[5].0[1];
    rows[5].0.insert(1, twice);
    let dirty = dirt(&rows);
    let mut shapefile = Shapefile::new(COLUMNS);
    for (ring, cells) in rows.into_iter().chain(dirty) {
        shapefile.row(ring, cells);
    }
    // The list is the district's; the exclave is another authority's, whose list is not at hand.
    let looked_at = [("重点监管单位名录", "2025-03", main_part(&city.boundary))];
    Ok(vec![
        SeedFile {
            path: "soil/regulated-enterprises.zip",
            bytes: shapefile.zip("regulated-enterprises", CGCS2000_117E)?,
        },
        SeedFile {
            path: "soil/regulated-enterprises-coverage.geojson",
            bytes: coverage("regulated-enterprises-coverage", &looked_at),
        },
    ])
}

fn cells(number: usize, parcel: &Parcel, dice: &mut Random) -> Vec<String> {
    let (trade, word, substances) = dice.weighted(TRADES);
    let listed = 2018 + dice.below(7);
    let delisted = dice.chance(0.14) && listed < 2023;
    let last = if delisted {
        listed + 1 + dice.below(2024 - listed)
    } else {
        2025
    };
    let monitored = if dice.chance(0.88) {
        dice.day(last - 1, last)
    } else {
        String::new()
    };
    vec![
        numbered("CY-ZD-", number, 3),
        format!("演示{word}单位 {number:03}"),
        trade.to_owned(),
        if delisted { "removed" } else { "listed" }.to_owned(),
        last.to_string(),
        format!("{listed}-03-31"),
        if delisted {
            format!("{}-03-31", last + 1)
        } else {
            String::new()
        },
        substances.to_owned(),
        format!("{:.2}", parcel.area_m2 / 10_000.0),
        monitored,
        dice.day(last - 1, last),
        format!("演示联系人 {number:02}"),
        "演示数据".to_owned(),
    ]
}

/// Rows with one fault each, made from good ones.
fn dirt(rows: &[Row]) -> Vec<Row> {
    let mut number = 900;
    let mut spoilt = |from: usize, column: usize, value: &str| {
        number += 1;
        let (ring, mut cells) = rows[from].clone();
        cells[0] = numbered("CY-ZD-", number, 3);
        value.clone_into(&mut cells[column]);
        (ring, cells)
    };
    let repeated = rows[3].1[0].clone();
    vec![
        spoilt(8, 2, "电镀"),
        spoilt(12, 4, "205"),
        spoilt(15, 5, ""),
        spoilt(3, 0, &repeated),
    ]
}
