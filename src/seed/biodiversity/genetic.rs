//! `seeds/biodiversity`: where genetic resources are kept.

use crate::seed::arrangement::Node;
use crate::seed::carrier::{Csv, SeedFile, numbered};
use crate::seed::parcels::City;
use crate::seed::place::{Plane, moved};
use crate::seed::random::Random;
use crate::text::Problem;

/// Kind, scientific name, Chinese or variety name, how often.
type Resource = (&'static str, &'static str, &'static str, f64);

/// Local varieties and old trees of Beijing, by name; where they are kept is made up.
#[rustfmt::skip]
const RESOURCES: &[Resource] = &[
    ("old-tree", "Styphnolobium japonicum", "槐（古树）", 9.0),
    ("old-tree", "Platycladus orientalis", "侧柏（古树）", 7.0),
    ("old-tree", "Ginkgo biloba", "银杏（古树）", 4.0),
    ("old-tree", "Pinus tabuliformis", "油松（古树）", 3.0),
    ("old-tree", "Pinus bungeana", "白皮松（古树）", 2.0),
    ("old-tree", "Juniperus chinensis", "圆柏（古树）", 3.0),
    ("fruit", "Ziziphus jujuba", "郎家园枣", 2.0),
    ("fruit", "Pyrus ussuriensis", "京白梨", 2.0),
    ("fruit", "Diospyros kaki", "磨盘柿", 2.0),
    ("fruit", "Prunus armeniaca", "北寨红杏", 1.0),
    ("landrace", "Raphanus sativus", "心里美萝卜", 3.0),
    ("landrace", "Solanum melongena", "北京六叶茄", 2.0),
    ("landrace", "Solanum lycopersicum", "苹果青番茄", 2.0),
    ("landrace", "Daucus carota", "鞭杆红胡萝卜", 1.0),
    ("landrace", "Brassica rapa", "核桃纹白菜", 2.0),
    ("landrace", "Cucumis sativus", "北京刺瓜", 1.0),
    ("ornamental", "Chrysanthemum morifolium", "菊花传统品种", 2.0),
    ("ornamental", "Rosa chinensis", "月季传统品种", 2.0),
    ("livestock", "Anas platyrhynchos", "北京鸭", 1.0),
    ("livestock", "Gallus gallus", "北京油鸡", 1.0),
    ("wild-relative", "Glycine soja", "野大豆", 2.0),
    ("wild-relative", "Ziziphus jujuba var. spinosa", "酸枣", 2.0),
];

const HEADER: [&str; 12] = [
    "materialEntityID",
    "resourceKind",
    "scientificName",
    "vernacularName",
    "conservationMode",
    "year",
    "individualCount",
    "siteName",
    "holder",
    "X",
    "Y",
    "datasetName",
];

/// The sites, in the surveyors' plane: X is north, Y is east.
pub(super) fn file(city: &City) -> Result<SeedFile, Problem> {
    let mut dice = Random::of("genetic resources");
    let plane = Plane::of(4548)?;
    let weighted: Vec<(Resource, f64)> = RESOURCES.iter().map(|r| (*r, r.3)).collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    while rows.len() < 84 {
        let (kind, name, zh, _) = dice.weighted(&weighted);
        let uses: &[&str] = match kind {
            "old-tree" => &["1401", "0703", "0804", "0701"],
            "wild-relative" => &["03", "04", "1701", "1402"],
            _ => &["01", "02", "0703", "0802"],
        };
        let fits = |land_use: &str| uses.iter().any(|class| land_use.starts_with(class));
        let fitting = city.parcels.iter().filter(|p| fits(p.current_use));
        let places: Vec<Node> = fitting.map(|parcel| parcel.centre).collect();
        if places.is_empty() {
            continue;
        }
        let (east, north) = (20.0 * dice.normal(), 20.0 * dice.normal());
        let at = moved(dice.pick(&places), east, north);
        if !city.boundary.holds(at) {
            continue;
        }
        let (east, north) = plane.point(at)?;
        let mode = match kind {
            "old-tree" | "wild-relative" => "in-situ",
            _ if dice.chance(0.55) => "on-farm",
            _ => "ex-situ",
        };
        let many = match kind {
            "old-tree" => 1 + dice.below(6),
            "livestock" => 60 + dice.below(400),
            _ => 5 + dice.below(120),
        };
        rows.push(vec![
            numbered("CY-YC-", rows.len() + 1, 3),
            kind.to_owned(),
            name.to_owned(),
            zh.to_owned(),
            mode.to_owned(),
            (2019 + dice.below(7)).to_string(),
            many.to_string(),
            format!("演示保存点 {:02}", 1 + dice.below(60)),
            format!("演示保存人 {:02}", 1 + dice.below(40)),
            format!("{north:.3}"),
            format!("{east:.3}"),
            "演示数据".to_owned(),
        ]);
    }
    let mut csv = Csv::new(&HEADER);
    for row in rows.iter().chain(&dirt(&rows)) {
        csv.row(row);
    }
    Ok(SeedFile {
        path: "biodiversity/genetic-resources.csv",
        bytes: csv.into_utf8(),
    })
}

/// Rows with one fault each.
fn dirt(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut number = 900;
    let mut spoilt = |from: usize, faults: &[(usize, &str)]| {
        number += 1;
        let mut row = rows[from].clone();
        row[0] = numbered("CY-YC-", number, 3);
        for (column, value) in faults {
            (*value).clone_into(&mut row[*column]);
        }
        row
    };
    let swapped = (rows[30][10].clone(), rows[30][9].clone());
    vec![
        spoilt(10, &[(0, "CY-YC-004")]),
        spoilt(20, &[(1, "古树")]),
        spoilt(30, &[(9, &swapped.0), (10, &swapped.1)]),
    ]
}
