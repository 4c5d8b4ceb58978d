//! The land around a parcel, and which share of it some polygons cover.

use std::cell::OnceCell;

use super::frame::Frame;
use super::plane::{self, Shapes};
use super::{BBox, Contact, Parts, Target, disc};

/// Shares that differ from 0 or 1 by less than this are 0 or 1: what rounding leaves between
/// polygons that adjoin.
const CRUMB: f64 = 1e-6;

/// How large a zone is, square metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// All of it.
    pub area_m2: f64,
    /// The part of it in the territory.
    pub within_m2: f64,
}

/// Which share of a zone polygons cover.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ZoneShare {
    /// What they cover, as a share of what lies in the territory or under them; `None` where nothing
    /// of the zone does.
    pub covered: Option<f64>,
    /// What lies neither in the territory nor under them, as a share of the whole zone.
    pub cut: f64,
}

/// A parcel and the zones around it: zone 0 is the parcel, zone 1 what lies within the first radius
/// of it, zone 2 what lies within the second and not within the first, and so on. Areas are right
/// to some 1e-4, the parcel's own but for rounding.
#[derive(Debug)]
pub struct Zones<'t> {
    target: &'t Target,
    /// 0, then the radii.
    radii: Vec<f64>,
    /// For each radius beyond the parcel itself, what lies within it.
    discs: Vec<OnceCell<Option<Target>>>,
    territory: Option<Cover>,
    /// For each radius, what of the disc lies in the territory, where that is a part of it.
    within: Vec<OnceCell<Option<Target>>>,
}

/// Polygons that say where something holds (where was looked, whose territory it is), and how they
/// stand to a parcel. They may overlap; what two cover counts once.
#[derive(Debug)]
pub struct Cover(Vec<Standing>);

/// How far polygons reach within a radius.
enum Reach<'c> {
    Nowhere,
    Everywhere,
    /// These may reach some part.
    Partly(Vec<&'c Standing>),
}

impl<'t> Zones<'t> {
    /// The zones of a parcel, with the outer radii of the rings around it, metres, ascending. The
    /// parcel must have polygons.
    pub fn new(target: &'t Target, radii_m: &[f64]) -> Self {
        let radii: Vec<f64> = std::iter::once(0.0)
            .chain(radii_m.iter().copied())
            .collect();
        Self {
            target,
            discs: vec![OnceCell::new(); radii.len()],
            within: vec![OnceCell::new(); radii.len()],
            radii,
            territory: None,
        }
    }

    /// The same, cut off at the border of a territory.
    #[must_use]
    pub fn cut_off(mut self, territory: impl IntoIterator<Item = Parts>) -> Self {
        self.territory = Some(self.cover(territory));
        self
    }

    /// How some polygons stand to the parcel and its zones.
    pub fn cover(&self, polygons: impl IntoIterator<Item = Parts>) -> Cover {
        let most = self.radii.iter().copied().fold(0.0, f64::max);
        let window = self.target.bbox().grown_m(most);
        let near = polygons.into_iter().filter_map(|parts| {
            let bbox = parts.bbox().filter(|bbox| bbox.intersects(&window))?;
            Some(Standing::of(self.target, parts, bbox, most))
        });
        Cover(near.collect())
    }

    /// Whether polygons reach into a zone or what it goes round.
    pub fn meets(&self, zone: usize, cover: &Cover) -> bool {
        let radius = self.radii.get(zone).copied().unwrap_or_default();
        cover.0.iter().any(|polygon| polygon.meets(radius))
    }

    /// How large each zone is.
    pub fn extents(&self) -> Vec<Extent> {
        let area = |at: usize| self.disc(at).map_or(0.0, Target::area_m2);
        (0..self.radii.len())
            .map(|at| Extent {
                area_m2: ring(at, area).max(0.0),
                within_m2: ring(at, |at| self.within_m2(at)).max(0.0),
            })
            .collect()
    }

    /// Which share of a zone some polygons cover, all of them together.
    pub fn share(&self, zone: usize, covers: &[&Cover]) -> ZoneShare {
        let discs = || zone.saturating_sub(1)..=zone;
        let reaches: Vec<Reach<'_>> = discs().map(|at| self.reach(at, covers)).collect();
        if reaches
            .iter()
            .all(|reach| matches!(reach, Reach::Everywhere))
        {
            return ZoneShare {
                covered: Some(1.0),
                cut: 0.0,
            };
        }
        let nowhere = reaches.iter().all(|reach| matches!(reach, Reach::Nowhere));
        if nowhere && discs().all(|at| self.is_within(at)) {
            return ZoneShare {
                covered: Some(0.0),
                cut: 0.0,
            };
        }
        let of = |at: usize| &reaches[at + reaches.len() - 1 - zone];
        let area = ring(zone, |at| self.disc(at).map_or(0.0, Target::area_m2));
        let covered = ring(zone, |at| covered_m2(self.disc(at), of(at)));
        let known = covered
            + ring(zone, |at| {
                self.within_m2(at) - covered_m2(self.within(at), of(at))
            });
        if known <= CRUMB * area {
            return ZoneShare {
                covered: None,
                cut: 1.0,
            };
        }
        ZoneShare {
            covered: Some(tidy(covered / known)),
            cut: tidy(1.0 - known / area),
        }
    }

    fn disc(&self, at: usize) -> Option<&Target> {
        if self.radii[at] <= 0.0 {
            return Some(self.target);
        }
        let disc = || Target::of(disc::within(self.target, self.radii[at]));
        self.discs[at].get_or_init(disc).as_ref()
    }

    fn is_within(&self, at: usize) -> bool {
        matches!(self.territory(at), Reach::Everywhere)
    }

    fn territory(&self, at: usize) -> Reach<'_> {
        match &self.territory {
            Some(territory) => self.reach(at, &[territory]),
            None => Reach::Everywhere,
        }
    }

    /// What of a disc lies in the territory.
    fn within(&self, at: usize) -> Option<&Target> {
        match self.territory(at) {
            Reach::Nowhere => None,
            Reach::Everywhere => self.disc(at),
            Reach::Partly(territory) => self.within[at]
                .get_or_init(|| {
                    let frame = self.target.frame();
                    let disc = plane::shapes(frame, self.disc(at)?.parts().runs());
                    let common = plane::common(&disc, &all(frame, &territory));
                    Target::of(plane::parts(frame, &common))
                })
                .as_ref(),
        }
    }

    fn within_m2(&self, at: usize) -> f64 {
        self.within(at).map_or(0.0, Target::area_m2)
    }

    /// How far polygons reach within a radius.
    fn reach<'c>(&self, at: usize, covers: &[&'c Cover]) -> Reach<'c> {
        let radius = self.radii[at];
        let mut part = Vec::new();
        for polygon in covers.iter().flat_map(|cover| &cover.0) {
            if polygon.holds(self.target, radius) {
                return Reach::Everywhere;
            }
            if polygon.meets(radius) {
                part.push(polygon);
            }
        }
        if part.is_empty() {
            Reach::Nowhere
        } else {
            Reach::Partly(part)
        }
    }
}

/// How much polygons cover of some ground, square metres.
fn covered_m2(ground: Option<&Target>, reach: &Reach<'_>) -> f64 {
    let Some(ground) = ground else {
        return 0.0;
    };
    match reach {
        Reach::Nowhere => 0.0,
        Reach::Everywhere => ground.area_m2(),
        Reach::Partly(polygons) if overlap_each_other(polygons) => {
            let frame = ground.frame();
            let shapes = plane::shapes(frame, ground.parts().runs());
            plane::area_m2(frame, &plane::common(&shapes, &all(frame, polygons)))
        }
        Reach::Partly(polygons) => polygons
            .iter()
            .map(|polygon| ground.meet(polygon.parts.runs()).overlap_m2)
            .sum(),
    }
}

/// Whether some of them share ground.
fn overlap_each_other(polygons: &[&Standing]) -> bool {
    polygons.iter().enumerate().any(|(place, one)| {
        let rest = polygons[place + 1..].iter();
        rest.filter(|other| one.bbox.intersects(&other.bbox))
            .any(|other| one.parts.overlap(&other.parts))
    })
}

fn all(frame: &Frame, polygons: &[&Standing]) -> Shapes {
    polygons
        .iter()
        .flat_map(|polygon| plane::shapes(frame, polygon.parts.runs()))
        .collect()
}

/// Something of a zone: of the disc to its outer radius, less that of the disc to its inner.
fn ring(zone: usize, of: impl Fn(usize) -> f64) -> f64 {
    of(zone) - zone.checked_sub(1).map_or(0.0, of)
}

fn tidy(share: f64) -> f64 {
    if share > 1.0 - CRUMB {
        1.0
    } else if share < CRUMB {
        0.0
    } else {
        share
    }
}

/// How a polygon, or several, stand to a parcel.
#[derive(Debug)]
struct Standing {
    parts: Parts,
    bbox: BBox,
    overlap_m2: f64,
    /// How far its border is from the parcel, metres; infinite if farther than asked about.
    border_m: f64,
}

impl Standing {
    fn of(target: &Target, parts: Parts, bbox: BBox, limit_m: f64) -> Self {
        let outline = parts.outlines();
        let border_m = if target.meet(outline.runs()).contact == Contact::Apart {
            let nearest = target.nearest(outline.runs(), limit_m);
            nearest.map_or(f64::INFINITY, |nearest| nearest.distance_m)
        } else {
            0.0
        };
        Self {
            overlap_m2: target.meet(parts.runs()).overlap_m2,
            border_m,
            bbox,
            parts,
        }
    }

    /// Whether everything within a radius lies in it.
    fn holds(&self, target: &Target, radius: f64) -> bool {
        let holds_parcel = self.overlap_m2 >= target.area_m2() * (1.0 - CRUMB);
        holds_parcel && self.border_m >= radius
    }

    /// Whether something within a radius may lie in it.
    fn meets(&self, radius: f64) -> bool {
        self.overlap_m2 > 0.0 || self.border_m < radius
    }
}
