//! `seeds/ecology`: restoration projects, as a table with outlines in well-known text.

use crate::seed::arrangement::Node;
use crate::seed::carrier::{Csv, SeedFile, numbered};
use crate::seed::city::{blob, rivers, sides};
use crate::seed::parcels::City;
use crate::seed::place::{area_m2, degree_text, degrees, moved, node};
use crate::seed::random::Random;

use super::spaces::WETLANDS;

const HEADER: [&str; 12] = [
    "项目编号",
    "项目名称",
    "类型",
    "进度",
    "开工日期",
    "完工日期",
    "面积",
    "主要措施",
    "实施单位",
    "投资额",
    "范围",
    "说明",
];

/// A made-up project: its kind, what it is called, its measures, its outline.
type Project = (&'static str, &'static str, &'static str, Vec<Node>);

/// The projects' file.
pub(super) fn file(city: &City) -> SeedFile {
    let mut dice = Random::of("restoration");
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (number, (kind, what, measures, ring)) in (1..).zip(projects(city, &mut dice)) {
        let year = 2018 + dice.below(8);
        let month = if year == 2025 {
            1 + dice.below(5)
        } else {
            1 + dice.below(12)
        };
        let lasts = 1 + dice.below(3);
        let over = year + lasts < 2025;
        let stage = match (over, lasts) {
            (true, 1) => "aftercare",
            (true, _) => "completed",
            (false, _) => "under-way",
        };
        let completed = if over {
            format!(
                "{}-{:02}-{:02}",
                year + lasts,
                1 + dice.below(12),
                1 + dice.below(28)
            )
        } else {
            String::new()
        };
        let area_ha = area_m2(&ring) / 10_000.0;
        rows.push(vec![
            numbered("CY-XF-", number, 3),
            format!("演示{what} {number:02}"),
            kind.to_owned(),
            stage.to_owned(),
            format!("{year}-{month:02}-{:02}", 1 + dice.below(28)),
            completed,
            format!("{area_ha:.2}"),
            measures.to_owned(),
            format!("演示实施单位 {}", 1 + number % 6),
            format!("{:.1}", area_ha * dice.between(8.0, 60.0)),
            wkt(&ring),
            "演示数据".to_owned(),
        ]);
    }
    let mut csv = Csv::new(&HEADER);
    for row in rows.iter().chain(&dirt(&rows)) {
        csv.row(row);
    }
    SeedFile {
        path: "ecology/restoration-projects.csv",
        bytes: csv.into_utf8_with_bom(),
    }
}

fn projects(city: &City, dice: &mut Random) -> Vec<Project> {
    let mut projects: Vec<Project> = Vec::new();
    for river in rivers() {
        let [left, right] = sides(&river, 110.0);
        let inside = |i: &usize| {
            (*i..*i + 14).all(|at| {
                river
                    .get(at)
                    .is_some_and(|(lon, lat)| city.boundary.holds(node(*lon, *lat)))
            })
        };
        for from in (4..river.len()).step_by(46).filter(inside) {
            let back = right[from..from + 14].iter().rev();
            let ring = left[from..from + 14].iter().chain(back).copied().collect();
            let measures = "生态护岸；水生植物恢复；拆除硬化坡面";
            projects.push(("river", "河道生态修复项目", measures, ring));
        }
    }
    for &(lon, lat, half_x, half_y) in WETLANDS.iter().step_by(2) {
        let ring = blob((lon, lat, half_x * 1.25, half_y * 1.25), dice);
        let measures = "补水；浅滩与生境岛；清除外来入侵植物";
        projects.push(("wetland", "湿地修复项目", measures, ring));
    }
    let mut take = |kind, what, measures, uses: &[&str], count: usize| {
        let mut fitting: Vec<_> = city
            .parcels
            .iter()
            .filter(|p| uses.iter().any(|class| p.current_use.starts_with(class)))
            .filter(|p| (9_000.0..260_000.0).contains(&p.area_m2))
            .collect();
        let step = (fitting.len() / count).max(1);
        fitting.sort_by(|a, b| a.id.cmp(&b.id));
        let spread = fitting.into_iter().skip(step / 2).step_by(step).take(count);
        projects.extend(spread.map(|p| (kind, what, measures, p.ring.clone())));
    };
    let green = "拆除腾退；土壤改良；乡土树种造林";
    take("vacated-green", "腾退还绿项目", green, &["1402", "1401"], 9);
    let woods = "疏伐；补植乡土阔叶树；保留枯立木";
    take("forest", "林分质量提升项目", woods, &["03"], 7);
    let soil = "客土覆盖；种植修复植物；长期监测";
    take("soil", "受损土地修复项目", soil, &["16", "23"], 5);
    let mut parks: Vec<_> = city
        .parcels
        .iter()
        .filter(|p| p.current_use.starts_with("14") && p.area_m2 > 12_000.0)
        .collect();
    parks.sort_by(|a, b| a.id.cmp(&b.id));
    let step = (parks.len() / 8).max(1);
    for park in parks.into_iter().step_by(step).take(8) {
        let at = moved(
            park.centre,
            dice.between(-15.0, 15.0),
            dice.between(-15.0, 15.0),
        );
        let (lon, lat) = degrees(at);
        let size = dice.between(28.0, 55.0);
        let ring = blob((lon, lat, size, size * 0.8), dice);
        let measures = "本杰士堆；昆虫旅馆；浅水池；自然草甸";
        projects.push(("habitat", "小微生境营造项目", measures, ring));
    }
    projects
}

/// A ring as well-known text, degrees.
fn wkt(ring: &[Node]) -> String {
    let place = |at: &Node| format!("{} {}", degree_text(at.0), degree_text(at.1));
    let places: Vec<String> = ring.iter().chain(ring.first()).map(place).collect();
    format!("POLYGON (({}))", places.join(", "))
}

/// Rows with one fault each.
fn dirt(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut number = 900;
    let mut spoilt = |from: usize, column: usize, value: &str| {
        number += 1;
        let mut row = rows[from].clone();
        row[0] = numbered("CY-XF-", number, 3);
        value.clone_into(&mut row[column]);
        row
    };
    let open = rows[8][10].trim_end_matches(')').to_owned();
    vec![
        spoilt(3, 2, "wetlnad"),
        spoilt(8, 10, &open),
        spoilt(12, 4, "2022年春"),
        spoilt(15, 6, "0"),
    ]
}
