//! `roads.zip`: the roads' middle lines as a Shapefile in the surveyors' plane.

use crate::seed::arrangement::Node;
use crate::seed::carrier::{CGCS2000_117E, Column, Kind, SeedFile, Shapefile, numbered};
use crate::seed::city::{Class, to_node};
use crate::seed::parcels::City;
use crate::seed::place::Plane;
use crate::text::Problem;

const COLUMNS: &[Column] = &[
    ("DLBH", b'C', 10, 0),
    ("DLMC", b'C', 24, 0),
    ("NAME_EN", b'C', 36, 0),
    ("DLDJ", b'C', 12, 0),
    ("BZ", b'C', 8, 0),
];

/// The archive.
pub(super) fn files(city: &City) -> Result<Vec<SeedFile>, Problem> {
    let plane = Plane::of(4548)?;
    let mut shapes = Shapefile::of(Kind::Line, COLUMNS);
    let mut streets = 0;
    for (number, road) in (1..).zip(&city.roads) {
        let mut nodes: Vec<Node> = road.line.iter().map(|at| to_node(*at)).collect();
        nodes.dedup();
        let line = nodes
            .into_iter()
            .map(|at| plane.point(at))
            .collect::<Result<Vec<_>, _>>()?;
        let (zh, en) = match (&road.name, road.class) {
            (Some(name), _) => name.clone(),
            (None, Class::Street) => {
                streets += 1;
                street_name(streets)
            }
            (None, _) => Default::default(),
        };
        let cells = vec![
            numbered("DL", number, 5),
            zh,
            en,
            class(road.class).to_owned(),
            "演示数据".to_owned(),
        ];
        match number {
            // A number given twice.
            700 => shapes.row(line.clone(), cells.clone()),
            2_200 => {
                let mut spoilt = cells.clone();
                "DL90001".clone_into(&mut spoilt[0]);
                "次干路".clone_into(&mut spoilt[3]);
                shapes.row(line.clone(), spoilt);
            }
            _ => {}
        }
        shapes.row(line, cells);
    }
    Ok(vec![SeedFile {
        path: "base/roads.zip",
        bytes: shapes.zip("roads", CGCS2000_117E)?,
    }])
}

/// The code of a class (`road-class`).
const fn class(class: Class) -> &'static str {
    match class {
        Class::Ring => "ring",
        Class::Trunk => "trunk",
        Class::Arterial => "arterial",
        Class::Street => "street",
        Class::Lane => "lane",
    }
}

const FIRST: [(&str, &str); 20] = [
    ("安", "An"),
    ("永", "Yong"),
    ("兴", "Xing"),
    ("新", "Xin"),
    ("文", "Wen"),
    ("康", "Kang"),
    ("福", "Fu"),
    ("平", "Ping"),
    ("德", "De"),
    ("华", "Hua"),
    ("光", "Guang"),
    ("景", "Jing"),
    ("春", "Chun"),
    ("明", "Ming"),
    ("泰", "Tai"),
    ("惠", "Hui"),
    ("嘉", "Jia"),
    ("仁", "Ren"),
    ("瑞", "Rui"),
    ("雅", "Ya"),
];
const SECOND: [(&str, &str); 19] = [
    ("祥", "xiang"),
    ("宁", "ning"),
    ("盛", "sheng"),
    ("乐", "le"),
    ("荣", "rong"),
    ("顺", "shun"),
    ("昌", "chang"),
    ("和", "he"),
    ("庆", "qing"),
    ("丰", "feng"),
    ("源", "yuan"),
    ("林", "lin"),
    ("泉", "quan"),
    ("园", "yuan"),
    ("清", "qing"),
    ("远", "yuan"),
    ("达", "da"),
    ("成", "cheng"),
    ("阳", "yang"),
];
const SIDES: [(&str, &str); 4] = [("", ""), ("东", "East "), ("西", "West "), ("北", "North ")];

/// A made-up name: `演示安祥东街`. Twenty and nineteen share no divisor, so that names repeat late.
fn street_name(number: usize) -> (String, String) {
    let (first, second) = (FIRST[number % 20], SECOND[number % 19]);
    let side = SIDES[number / 380 % 4];
    (
        format!("演示{}{}{}街", first.0, second.0, side.0),
        format!("Demo {}{} {}Street", first.1, second.1, side.1),
    )
}
