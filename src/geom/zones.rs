//! The land around a parcel, and which share of it some polygons cover.

use std::cell::OnceCell;

use super::plane::{self, Shapes};
use super::{Contact, Parts, Target};

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
    /// For each radius, what lies within it of the parcel.
    discs: Vec<OnceCell<Shapes>>,
    territory: Option<Cover>,
    /// For each radius, how much of the disc lies in the territory, square metres.
    within: Vec<OnceCell<f64>>,
}

/// Polygons that say where something holds (where was looked, whose territory it is), and how they
/// stand to a parcel. They may overlap; what two cover counts once.
#[derive(Debug)]
pub struct Cover(Vec<Standing>);

/// How far polygons reach within a radius.
enum Reach {
    Nowhere,
    Everywhere,
    /// These may reach some part.
    Partly(Shapes),
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
        let near = polygons
            .into_iter()
            .filter(|parts| parts.bbox().is_some_and(|bbox| bbox.intersects(&window)))
            .map(|parts| Standing::of(self.target, parts, most));
        Cover(near.collect())
    }

    /// Whether polygons reach into a zone or what it goes round.
    pub fn meets(&self, zone: usize, cover: &Cover) -> bool {
        let radius = self.radii.get(zone).copied().unwrap_or_default();
        cover.0.iter().any(|polygon| polygon.meets(radius))
    }

    /// How large each zone is.
    pub fn extents(&self) -> Vec<Extent> {
        let area = |at: usize| plane::area_m2(self.target.frame(), self.disc(at));
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
        let reaches: Vec<Reach> = discs().map(|at| self.reach(at, covers)).collect();
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
        let frame = self.target.frame();
        let area = ring(zone, |at| plane::area_m2(frame, self.disc(at)));
        let covered = ring(zone, |at| self.covered(at, of(at)));
        let known = covered
            + ring(zone, |at| {
                self.within_m2(at) - self.covered_within(at, of(at))
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

    fn disc(&self, at: usize) -> &Shapes {
        self.discs[at].get_or_init(|| {
            let parcel = plane::shapes(self.target.frame(), self.target.parts().runs());
            plane::grown(&parcel, self.radii[at])
        })
    }

    fn is_within(&self, at: usize) -> bool {
        matches!(self.territory(at), Reach::Everywhere)
    }

    fn territory(&self, at: usize) -> Reach {
        match &self.territory {
            Some(territory) => self.reach(at, &[territory]),
            None => Reach::Everywhere,
        }
    }

    /// How much of a disc lies in the territory, square metres.
    fn within_m2(&self, at: usize) -> f64 {
        *self.within[at].get_or_init(|| self.covered(at, &self.territory(at)))
    }

    /// How much of a disc polygons cover, square metres.
    fn covered(&self, at: usize, reach: &Reach) -> f64 {
        let frame = self.target.frame();
        match reach {
            Reach::Nowhere => 0.0,
            Reach::Everywhere => plane::area_m2(frame, self.disc(at)),
            Reach::Partly(shapes) => plane::area_m2(frame, &plane::common(self.disc(at), shapes)),
        }
    }

    /// How much of a disc polygons cover in the territory, square metres.
    fn covered_within(&self, at: usize, reach: &Reach) -> f64 {
        match (self.territory(at), reach) {
            (Reach::Everywhere, reach) => self.covered(at, reach),
            (Reach::Nowhere, _) | (_, Reach::Nowhere) => 0.0,
            (_, Reach::Everywhere) => self.within_m2(at),
            (Reach::Partly(territory), Reach::Partly(shapes)) => {
                let within = plane::common(self.disc(at), &territory);
                plane::area_m2(self.target.frame(), &plane::common(&within, shapes))
            }
        }
    }

    /// How far polygons reach within a radius.
    fn reach(&self, at: usize, covers: &[&Cover]) -> Reach {
        let radius = self.radii[at];
        let mut part = Shapes::new();
        for polygon in covers.iter().flat_map(|cover| &cover.0) {
            if polygon.holds(self.target, radius) {
                return Reach::Everywhere;
            }
            if polygon.meets(radius) {
                part.extend(plane::shapes(self.target.frame(), polygon.parts.runs()));
            }
        }
        if part.is_empty() {
            Reach::Nowhere
        } else {
            Reach::Partly(part)
        }
    }
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
    overlap_m2: f64,
    /// How far its border is from the parcel, metres; infinite if farther than asked about.
    border_m: f64,
}

impl Standing {
    fn of(target: &Target, parts: Parts, limit_m: f64) -> Self {
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
