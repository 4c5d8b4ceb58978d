//! `noise-sensitive-zones.zip`: where homes, schools, hospitals and care homes stand, in the parts of
//! the district where somebody has marked them out.

use serde_json::json;

use crate::geom::cast::f64_to_i64;
use crate::seed::arrangement::Node;
use crate::seed::carrier::{
    CGCS2000_117E, Column, GeoJson, SeedFile, Shapefile, numbered, properties,
};
use crate::seed::parcels::{City, Parcel};
use crate::seed::place::{Plane, in_ring, node};
use crate::seed::random::Random;
use crate::text::Problem;

const COLUMNS: &[Column] = &[
    ("QYBH", b'C', 16, 0),
    ("QYMC", b'C', 40, 0),
    ("JZLX", b'C', 12, 0),
    ("GNQ", b'C', 4, 0),
    ("RS", b'N', 8, 0),
    ("HDRQ", b'C', 10, 0),
    ("LXR", b'C', 20, 0),
    ("BZ", b'C', 20, 0),
];

/// A part of the district: its name, when it was gone through, its outline.
type Part = (&'static str, &'static str, &'static [(f64, f64)]);

/// The parts that were gone through.
const PARTS: &[Part] = &[
    (
        "中部",
        "2024-03",
        &[
            (116.4345, 39.9010),
            (116.4900, 39.8990),
            (116.5440, 39.9020),
            (116.5420, 39.9580),
            (116.4980, 39.9700),
            (116.4480, 39.9650),
            (116.4290, 39.9350),
        ],
    ),
    (
        "北部",
        "2024-10",
        &[
            (116.3720, 39.9900),
            (116.4480, 39.9690),
            (116.5000, 39.9850),
            (116.5160, 40.0200),
            (116.4700, 40.0330),
            (116.4100, 40.0300),
            (116.3740, 40.0150),
        ],
    ),
    (
        "东南部",
        "2025-05",
        &[
            (116.5480, 39.8620),
            (116.5950, 39.8600),
            (116.6180, 39.8900),
            (116.5900, 39.9080),
            (116.5480, 39.9050),
        ],
    ),
];

/// The Shapefile and what it covers.
pub(super) fn files(city: &City) -> Result<Vec<SeedFile>, Problem> {
    let plane = Plane::of(4548)?;
    let parts: Vec<(&Part, Vec<Node>)> = PARTS
        .iter()
        .map(|part| {
            (
                part,
                part.2.iter().map(|(lon, lat)| node(*lon, *lat)).collect(),
            )
        })
        .collect();
    let mut dice = Random::of("sensitive zones");
    let mut shapes = Shapefile::new(COLUMNS);
    let mut rows = Vec::new();
    for parcel in &city.parcels {
        let Some((part, _)) = parts.iter().find(|(_, ring)| lies_in(parcel, ring)) else {
            continue;
        };
        let Some((kind, least_m2, each_m2)) = kind(parcel.current_use) else {
            continue;
        };
        if parcel.area_m2 < least_m2 {
            continue;
        }
        let number = rows.len() + 1;
        let people = f64_to_i64(parcel.area_m2 / each_m2 * dice.between(0.7, 1.2) / 10.0) * 10;
        let cells = vec![
            numbered("CY-MG-", number, 3),
            format!("演示敏感区域 {number:03}"),
            kind.to_owned(),
            if kind == "care" { "0" } else { "1" }.to_owned(),
            people.to_string(),
            format!("{}-{:02}", part.1, 1 + dice.below(28)),
            format!("演示联系人 {}", 1 + number % 6),
            "演示数据".to_owned(),
        ];
        rows.push((plane.ring(&parcel.ring)?, cells));
    }
    for (ring, cells) in &rows {
        shapes.row(ring.clone(), cells.clone());
    }
    for (ring, cells) in dirt(&rows) {
        shapes.row(ring, cells);
    }
    let mut covered = GeoJson::new("noise-sensitive-zones-coverage", None);
    for ((name, surveyed, _), ring) in parts {
        let about = properties([
            ("name", json!(format!("演示{name}"))),
            ("surveyed", json!(surveyed)),
        ]);
        covered.polygon(about, Some(&ring));
    }
    Ok(vec![
        SeedFile {
            path: "noise/noise-sensitive-zones.zip",
            bytes: shapes.zip("noise-sensitive-zones", CGCS2000_117E)?,
        },
        SeedFile {
            path: "noise/noise-sensitive-zones-coverage.geojson",
            bytes: covered.finish(),
        },
    ])
}

fn lies_in(parcel: &Parcel, part: &[Node]) -> bool {
    parcel.ring.iter().all(|at| in_ring(part, *at))
}

/// What stands on a parcel (`sensitive-building`), how large it is at least to count, and the area for
/// each person, square metres.
fn kind(land_use: &str) -> Option<(&'static str, f64, f64)> {
    Some(match land_use {
        "0701" | "070102" | "070101" => ("homes", 24_000.0, 24.0),
        "080401" | "080402" | "080403" | "080404" => ("school", 6_000.0, 22.0),
        "080601" | "080602" => ("hospital", 4_000.0, 34.0),
        "080701" | "080702" => ("care", 2_000.0, 60.0),
        "0801" | "0802" => ("office", 30_000.0, 40.0),
        _ => return None,
    })
}

type Row = (Vec<(f64, f64)>, Vec<String>);

/// Rows with one fault each.
fn dirt(rows: &[Row]) -> Vec<Row> {
    let spoilt = |from: usize, id: &str, column: usize, value: &str| {
        let (ring, mut cells) = rows[from].clone();
        id.clone_into(&mut cells[0]);
        value.clone_into(&mut cells[column]);
        (ring, cells)
    };
    let mut folded = spoilt(5, "CY-MG-992", 7, "演示数据");
    folded.0.truncate(2);
    folded.0.extend([folded.0[0], folded.0[1], folded.0[0]]);
    vec![
        spoilt(2, "CY-MG-004", 7, "演示数据"),
        folded,
        spoilt(8, "CY-MG-993", 5, ""),
    ]
}
