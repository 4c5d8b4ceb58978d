//! `rivers.zip`: the network as a Shapefile in the surveyors' plane.

use super::network::Reach;
use crate::seed::carrier::{CGCS2000_117E, Column, Kind, SeedFile, Shapefile};
use crate::seed::place::Plane;
use crate::seed::random::Random;
use crate::text::Problem;

const COLUMNS: &[Column] = &[
    ("HDBH", b'C', 16, 0),
    ("HLMC", b'C', 30, 0),
    ("HLMC_EN", b'C', 40, 0),
    ("HDLB", b'C', 12, 0),
    ("HLJB", b'N', 4, 0),
    ("QDBH", b'C', 12, 0),
    ("QDLX", b'C', 12, 0),
    ("ZDBH", b'C', 12, 0),
    ("ZDLX", b'C', 12, 0),
    ("KD", b'N', 8, 1),
    ("CD", b'N', 10, 1),
    ("BJ", b'N', 8, 2),
    ("GHDW", b'C', 30, 0),
    ("BZ", b'C', 20, 0),
];

/// The Shapefile.
pub(super) fn files(reaches: &[Reach]) -> Result<Vec<SeedFile>, Problem> {
    let plane = Plane::of(4548)?;
    let mut dice = Random::of("rivers");
    let mut shapes = Shapefile::of(Kind::Line, COLUMNS);
    let mut rows = Vec::new();
    for reach in reaches {
        let line = reach
            .line
            .iter()
            .map(|at| plane.point(*at))
            .collect::<Result<Vec<_>, _>>()?;
        let width = reach.river.width_m * dice.between(0.85, 1.15);
        let slope = dice.between(0.2, 1.1);
        let cells = vec![
            reach.id.clone(),
            reach.river.name.0.to_owned(),
            reach.river.name.1.to_owned(),
            reach.river.class.to_owned(),
            reach.order.to_string(),
            reach.from.id.clone(),
            reach.from.kind.to_owned(),
            reach.to.id.clone(),
            reach.to.kind.to_owned(),
            format!("{width:.1}"),
            format!("{:.1}", reach.length_m),
            format!("{slope:.2}"),
            format!("演示管护单位 {}", 1 + reach.part % 4),
            "演示数据".to_owned(),
        ];
        rows.push((line, cells));
    }
    for (line, cells) in &rows {
        shapes.row(line.clone(), cells.clone());
    }
    for (line, cells) in dirt(&rows) {
        shapes.row(line, cells);
    }
    Ok(vec![SeedFile {
        path: "water/rivers.zip",
        bytes: shapes.zip("rivers", CGCS2000_117E)?,
    }])
}

type Row = (Vec<(f64, f64)>, Vec<String>);

/// Rows with one fault each.
fn dirt(rows: &[Row]) -> Vec<Row> {
    let mut number = 0;
    let mut spoilt = |from: usize, faults: &[(usize, &str)]| {
        number += 1;
        let (line, mut cells) = rows[from].clone();
        cells[0] = format!("CY-HD-99{number:02}");
        for (column, value) in faults {
            (*value).clone_into(&mut cells[*column]);
        }
        (line, cells)
    };
    let repeated = rows[3].1[0].clone();
    let mut folded = spoilt(4, &[]);
    folded.0.truncate(1);
    folded.0.extend(folded.0.first().copied());
    vec![
        spoilt(1, &[(0, &repeated)]),
        spoilt(2, &[(7, "")]),
        spoilt(5, &[(3, "大河")]),
        folded,
    ]
}
