//! `seeds/biodiversity`: demonstration parks, and the sites that surveys return to.

use serde_json::json;

use super::species::Habitat;
use crate::geom::cast::{i64_to_f64, usize_to_i64};
use crate::seed::arrangement::Node;
use crate::seed::carrier::{GeoJson, SeedFile, numbered, properties};
use crate::seed::city::{PARKS, blob, rivers};
use crate::seed::ecology::WETLANDS;
use crate::seed::parcels::City;
use crate::seed::place::{apart_m, area_m2, moved, node};
use crate::seed::random::Random;

/// The side of a cell of the finest grid that records are published on, 0.001°, in grid steps.
const CELL: i64 = 10_000;

/// How many sites of each habitat, and how far apart at least, metres.
const WANTED: &[(Habitat, usize, f64)] = &[
    (Habitat::Wetland, 7, 1200.0),
    (Habitat::Riverside, 7, 2200.0),
    (Habitat::Woodland, 8, 1800.0),
    (Habitat::UrbanGreen, 6, 2600.0),
    (Habitat::Grassland, 4, 1800.0),
    (Habitat::Farmland, 4, 1500.0),
];

/// How much work goes into a site, beside the others; in turn.
const EFFORT: [f64; 9] = [1.0, 0.35, 0.12, 0.7, 0.25, 1.4, 0.5, 0.18, 0.85];

/// A survey site: a block of whole cells.
#[derive(Debug, Clone)]
pub(super) struct Site {
    /// Its number.
    pub(super) id: String,
    /// What it is called.
    pub(super) name: String,
    /// What it is like.
    pub(super) habitat: Habitat,
    /// How much work goes into it.
    pub(super) effort: f64,
    /// The first and the last year of surveys.
    pub(super) years: (usize, usize),
    /// The cell in its south-western corner.
    corner: Node,
    /// How many cells it is wide and high.
    size: (i64, i64),
}

impl Site {
    /// The block of cells around a place.
    fn around(at: Node, size: (i64, i64), habitat: Habitat) -> Self {
        Self {
            id: String::new(),
            name: String::new(),
            habitat,
            effort: 0.0,
            years: (0, 0),
            corner: (
                at.0.div_euclid(CELL) - size.0 / 2,
                at.1.div_euclid(CELL) - size.1 / 2,
            ),
            size,
        }
    }

    /// Its outline, turning left.
    pub(super) fn ring(&self) -> Vec<Node> {
        let corner = |x: i64, y: i64| ((self.corner.0 + x) * CELL, (self.corner.1 + y) * CELL);
        let (wide, high) = self.size;
        vec![
            corner(0, 0),
            corner(wide, 0),
            corner(wide, high),
            corner(0, high),
        ]
    }

    /// The middle of its middle cell.
    pub(super) fn middle(&self) -> Node {
        self.within(self.size.0 / 2, self.size.1 / 2, (0.5, 0.5))
    }

    /// A place in it, well within a cell.
    pub(super) fn somewhere(&self, dice: &mut Random) -> Node {
        let pick = |dice: &mut Random, of: i64| {
            usize_to_i64(dice.below(usize::try_from(of).unwrap_or_default()))
        };
        let (x, y) = (pick(dice, self.size.0), pick(dice, self.size.1));
        let part = (dice.between(0.04, 0.96), dice.between(0.04, 0.96));
        self.within(x, y, part)
    }

    fn within(&self, x: i64, y: i64, part: (f64, f64)) -> Node {
        let at = |cell: i64, part: f64| (i64_to_f64(cell) + part) * i64_to_f64(CELL) / 1e7;
        node(at(self.corner.0 + x, part.0), at(self.corner.1 + y, part.1))
    }

    /// How far its farthest corner is from its middle, metres.
    pub(super) fn reach_m(&self) -> f64 {
        let middle = self.middle();
        let away = self.ring().into_iter().map(|at| apart_m(middle, at));
        away.fold(0.0, f64::max)
    }

    /// Whether two blocks come nearer than a cell.
    fn meets(&self, other: &Self) -> bool {
        let apart = |a: i64, long: i64, b: i64, other: i64| a + long < b || b + other < a;
        !apart(self.corner.0, self.size.0, other.corner.0, other.size.0)
            && !apart(self.corner.1, self.size.1, other.corner.1, other.size.1)
    }
}

/// Places of a habitat, the largest first.
pub(super) fn places(city: &City, habitat: Habitat) -> Vec<Node> {
    let uses: &[&str] = match habitat {
        Habitat::Wetland => {
            let wetlands = WETLANDS.iter().map(|(lon, lat, ..)| node(*lon, *lat));
            return wetlands.collect();
        }
        Habitat::Riverside => {
            let along = rivers().into_iter().flatten();
            let nodes = along.map(|(lon, lat)| node(lon, lat));
            return nodes.filter(|at| city.boundary.holds(*at)).collect();
        }
        Habitat::Woodland => &["03", "1401"],
        Habitat::Grassland => &["04", "1402"],
        Habitat::Farmland => &["01", "02"],
        Habitat::UrbanGreen => &["07", "0804", "1401", "1403"],
    };
    let fits = |land_use: &str| uses.iter().any(|class| land_use.starts_with(class));
    let mut found: Vec<(f64, Node)> = city
        .parcels
        .iter()
        .filter(|parcel| fits(parcel.current_use))
        .map(|parcel| (parcel.area_m2, parcel.centre))
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    found.into_iter().map(|(_, at)| at).collect()
}

/// The sites, in the order of their numbers.
pub(super) fn sites(city: &City) -> Vec<Site> {
    let mut dice = Random::of("survey sites");
    let mut sites: Vec<Site> = Vec::new();
    for &(habitat, count, apart) in WANTED {
        let mut of_habitat: Vec<Node> = Vec::new();
        for at in places(city, habitat) {
            if of_habitat.len() == count {
                break;
            }
            let size = (
                3 + usize_to_i64(dice.below(4)),
                3 + usize_to_i64(dice.below(3)),
            );
            let site = Site::around(at, size, habitat);
            let far = of_habitat.iter().all(|other| apart_m(*other, at) > apart);
            let inside = site.ring().iter().all(|at| city.boundary.holds(*at));
            if far && inside && !sites.iter().any(|other| other.meets(&site)) {
                of_habitat.push(at);
                sites.push(site);
            }
        }
    }
    for (i, site) in sites.iter_mut().enumerate() {
        site.id = numbered("CY-YQ-", i + 1, 2);
        site.name = format!("演示{}样区 {:02}", site.habitat.words().1, i + 1);
        site.effort = EFFORT[i % EFFORT.len()];
        let from = dice.weighted(&[(2021, 5.0), (2022, 1.5), (2023, 2.0), (2024, 1.0)]);
        let retired = from == 2021 && dice.chance(0.15);
        site.years = (from, if retired { 2023 } else { 2025 });
    }
    sites
}

/// The sites' file.
pub(super) fn file(sites: &[Site]) -> SeedFile {
    let mut out = GeoJson::new("survey-sites", None);
    let about = |id: &str, site: &Site, habitat: &str| {
        let (from, to) = site.years;
        properties([
            ("locationID", json!(id)),
            ("name", json!(site.name)),
            ("habitat", json!(habitat)),
            ("establishedOn", json!(format!("{from}-01-01"))),
            (
                "retiredOn",
                json!((to < 2025).then(|| format!("{to}-12-31"))),
            ),
            (
                "area_ha",
                json!((area_m2(&site.ring()) / 100.0).round() / 100.0),
            ),
            ("accessNote", json!("演示：进入前联系演示管理处")),
        ])
    };
    for (i, site) in sites.iter().enumerate() {
        let habitat = site.habitat.words().0;
        let ring = site.ring();
        if i == 4 {
            // Not closed: can be mended.
            out.as_drawn(about(&site.id, site, habitat), &ring);
        } else {
            out.polygon(about(&site.id, site, habitat), Some(&ring));
        }
        if i == 9 {
            out.polygon(about("CY-YQ-91", site, "wetlnad"), Some(&ring));
        }
        if i == 20 {
            out.polygon(about(&sites[2].id, site, habitat), Some(&ring));
        }
    }
    SeedFile {
        path: "biodiversity/survey-sites.geojson",
        bytes: out.finish(),
    }
}

/// The demonstration parks: pieces of made-up parks, none of a real one's outline.
const DEMONSTRATION_PARKS: &[(usize, f64, f64, f64, Habitat, &str, &str)] = &[
    (5, 0.0, 0.0, 0.62, Habitat::Wetland, "一", "2022-05-22"),
    (6, -0.1, 0.1, 0.60, Habitat::Woodland, "二", "2023-05-22"),
    (11, 0.1, -0.1, 0.58, Habitat::Woodland, "三", "2023-10-01"),
    (13, 0.0, 0.1, 0.66, Habitat::Grassland, "四", "2024-05-22"),
    (8, 0.0, 0.0, 0.64, Habitat::UrbanGreen, "五", "2025-05-22"),
];

/// The parks' file.
pub(super) fn parks() -> SeedFile {
    let mut dice = Random::of("demonstration parks");
    let mut out = GeoJson::new("biodiversity-parks", None);
    for (i, &(park, east, north, part, habitat, number, opened)) in
        DEMONSTRATION_PARKS.iter().enumerate()
    {
        let (lon, lat, half_x, half_y) = PARKS[park % PARKS.len()];
        let centre = moved(node(lon, lat), east * half_x, north * half_y);
        let (lon, lat) = crate::seed::place::degrees(centre);
        let ring = blob((lon, lat, half_x * part, half_y * part), &mut dice);
        let share = 20 + dice.below(35);
        let mut about = |id: String, opened: Option<&str>| {
            out.polygon(
                properties([
                    ("parkID", json!(id)),
                    ("name", json!(format!("演示生物多样性公园（{number}）"))),
                    ("habitat", json!(habitat.words().0)),
                    ("openedOn", json!(opened)),
                    ("area_ha", json!((area_m2(&ring) / 100.0).round() / 100.0)),
                    ("mowingFree_percent", json!(share)),
                    ("manager", json!(format!("演示管理处 {}", i + 1))),
                ]),
                Some(&ring),
            );
        };
        about(numbered("CY-SDGY-", i + 1, 2), Some(opened));
        if i == 3 {
            about("CY-SDGY-91".to_owned(), None);
        }
    }
    SeedFile {
        path: "biodiversity/biodiversity-parks.geojson",
        bytes: out.finish(),
    }
}
