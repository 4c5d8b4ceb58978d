//! The demonstration parcels: the faces between the city's lines, with uses in a city's pattern.

mod faces;
mod subdistricts;
mod uses;

use std::collections::BTreeMap;

use self::faces::Kind;
pub(super) use self::subdistricts::Subdistrict;
use self::uses::{Future, future, planned, present};
use super::arrangement::Node;
use super::boundary::Boundary;
use super::city::{Block, Class, Plan, Road, Within};
use super::place::{area_m2, inner_point};
use super::random::Random;

/// One parcel.
#[derive(Debug, Clone)]
pub(super) struct Parcel {
    /// Its number: district, cadastral area and sub-area, kind of right, serial number.
    pub(super) id: String,
    /// Its outline, turning left, its first vertex not repeated.
    pub(super) ring: Vec<Node>,
    /// A place within it.
    pub(super) centre: Node,
    /// Its present use (`ydyh-2023`).
    pub(super) current_use: &'static str,
    /// Its planned use; `None`: not known.
    pub(super) planned_use: Option<&'static str>,
    /// Its area in the plane, square metres.
    pub(super) area_m2: f64,
    /// Within which ring road it lies.
    pub(super) within: Within,
    /// The block it is a lot of; `None`: a road, a river, a great park or green between them.
    pub(super) block: Option<Block>,
    /// Its sub-district, by its place in [`City::subdistricts`].
    pub(super) subdistrict: usize,
}

/// The district and its parcels: what the other layers are laid upon.
#[derive(Debug)]
pub(super) struct City {
    /// The territory.
    pub(super) boundary: Boundary,
    /// Every parcel, in the order of its number.
    pub(super) parcels: Vec<Parcel>,
    /// The 43 sub-districts, in the order of their codes.
    pub(super) subdistricts: Vec<Subdistrict>,
    /// The roads' middle lines within the district.
    pub(super) roads: Vec<Road>,
}

impl City {
    /// Draws the city within the boundary.
    pub(super) fn draw(boundary: Boundary) -> Self {
        let plan = Plan::draw();
        let mut faces: Vec<Face> = faces::rings(&boundary, &plan)
            .into_iter()
            .map(|ring| Face::of(ring, &plan))
            .collect();
        let subdistricts = subdistricts::all();
        subdistricts::assign(&mut faces, &boundary);
        let parcels = parcels(faces, &subdistricts);
        let roads = roads(&plan, &boundary);
        Self {
            boundary,
            parcels,
            subdistricts,
            roads,
        }
    }
}

/// A face that is to be a parcel.
#[derive(Debug, Clone)]
struct Face {
    ring: Vec<Node>,
    centre: Node,
    kind: Kind,
    within: Within,
    area_m2: f64,
    subdistrict: usize,
}

impl Face {
    fn of(ring: Vec<Node>, plan: &Plan) -> Self {
        let centre = inner_point(&ring);
        Self {
            kind: Kind::at(plan, centre),
            within: plan.within(centre),
            area_m2: area_m2(&ring),
            subdistrict: usize::MAX,
            centre,
            ring,
        }
    }

    const fn block(&self) -> Option<Block> {
        match self.kind {
            Kind::Lot(block) => Some(block),
            _ => None,
        }
    }
}

/// The faces with their uses and numbers, in the order of their numbers.
fn parcels(mut faces: Vec<Face>, subdistricts: &[Subdistrict]) -> Vec<Parcel> {
    // From north to south, and from west to east.
    faces.sort_by_key(|face| (face.subdistrict, -face.centre.1, face.centre.0));
    // Sub-areas: the quarters of a sub-district, numbered as one meets them; 000 is between them.
    let mut sub_areas: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut met: BTreeMap<usize, usize> = BTreeMap::new();
    let mut serials: BTreeMap<String, usize> = BTreeMap::new();
    let mut futures: BTreeMap<usize, Future> = BTreeMap::new();
    let mut dice = Random::of("uses");
    let mut parcels = Vec::new();
    for face in faces {
        let block = face.block();
        let sub_area = block.map_or(0, |block| {
            *sub_areas
                .entry((face.subdistrict, block.quarter))
                .or_insert_with(|| {
                    let met = met.entry(face.subdistrict).or_default();
                    *met += 1;
                    *met
                })
        });
        let current_use = present(face.kind, face.area_m2, face.within, &mut dice);
        let future = block.map_or(Future::Kept, |block| {
            *futures
                .entry(block.number)
                .or_insert_with(|| future(block.character, &mut dice))
        });
        let subdistrict = subdistricts[face.subdistrict].code;
        let right = match current_use.get(..2) {
            Some("01" | "02" | "03" | "04" | "06") => "JA",
            Some("07") if current_use.starts_with("0703") => "JC",
            _ => "GB",
        };
        let serial = serials
            .entry(format!("{subdistrict}{sub_area:03}{right}"))
            .or_default();
        *serial += 1;
        parcels.push(Parcel {
            id: format!("{subdistrict}{sub_area:03}{right}{serial:05}"),
            planned_use: planned(future, current_use, face.area_m2, &mut dice),
            current_use,
            centre: face.centre,
            area_m2: face.area_m2,
            within: face.within,
            block,
            subdistrict: face.subdistrict,
            ring: face.ring,
        });
    }
    parcels.sort_by(|a, b| a.id.cmp(&b.id));
    parcels
}

/// The roads' middle lines: each as far as it lies in the district and leads through no river or park,
/// and over no greater road.
fn roads(plan: &Plan, boundary: &Boundary) -> Vec<Road> {
    use super::arrangement::Mark;
    use super::city::{Place, length, less, to_node};
    let clear = |class: Class, at: Place| {
        let at = to_node(at);
        let figure = plan.figures.at(at).max();
        let hindered = match class {
            Class::Ring | Class::Trunk => false,
            Class::Arterial => matches!(figure, Some(Mark::Park | Mark::Lake)),
            Class::Street | Class::Lane => {
                matches!(
                    figure,
                    Some(Mark::Park | Mark::Lake | Mark::River | Mark::Road)
                )
            }
        };
        !hindered && boundary.holds(at)
    };
    let mut roads = Vec::new();
    for road in &plan.roads {
        // Walked in steps of some thirty metres; kept where both ends of a step are clear.
        let mut run: Vec<Place> = Vec::new();
        let mut runs: Vec<Vec<Place>> = Vec::new();
        for pair in road.line.windows(2) {
            let step = less(pair[1], pair[0]);
            let count = crate::geom::cast::f64_to_u32((length(step) / 30.0).ceil()).max(1);
            for i in 0..=count {
                let by = f64::from(i) / f64::from(count);
                let at = (pair[0].0 + step.0 * by, pair[0].1 + step.1 * by);
                if run.last() == Some(&at) {
                    continue;
                }
                if clear(road.class, at) {
                    // Only ends and corners are written.
                    if i > 1 && run.len() > 1 {
                        run.pop();
                    }
                    run.push(at);
                } else {
                    runs.push(std::mem::take(&mut run));
                }
            }
        }
        runs.push(run);
        roads.extend(
            runs.into_iter()
                .filter(|run| {
                    run.windows(2)
                        .map(|p| length(less(p[1], p[0])))
                        .sum::<f64>()
                        > 45.0
                })
                .map(|line| Road {
                    line,
                    ..road.clone()
                }),
        );
    }
    roads
}
