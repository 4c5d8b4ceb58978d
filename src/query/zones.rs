//! The rings around a parcel, and which share of each some polygons cover.

use geo_types::{Coord, MultiPolygon};

use crate::geom::{self, Cover, Geometry, Parts, Target, ZoneShare, uncovered_m};
use crate::index::Snapshot;
use crate::model::Ring;

/// At either end of a gap so many metres of it may lie outside: neighbours' borders seldom meet a
/// road's to the centimetre.
const GAP_END_M: f64 = 0.1;

/// The rings around a parcel.
#[derive(Debug)]
pub struct Zones<'t> {
    zones: geom::Zones<'t>,
    rings_m: Vec<u32>,
}

impl<'t> Zones<'t> {
    /// The rings of a parcel by their outer radii, metres, ascending, and the layer whose features
    /// are the territory: what lies beyond is cut off. Where it has no polygons, nothing is.
    pub fn new(parcel: &'t Target, rings_m: &[u32], territory: Option<&Snapshot>) -> Self {
        let radii: Vec<f64> = rings_m.iter().copied().map(f64::from).collect();
        let mut zones = geom::Zones::new(parcel, &radii);
        let has_ground = |layer: &&Snapshot| {
            (0..layer.len()).any(|row| layer.parts(row).any(|part| part.kind.is_ring()))
        };
        if let Some(territory) = territory.filter(has_ground) {
            let window = parcel
                .bbox()
                .grown_m(radii.iter().copied().fold(0.0, f64::max));
            let rows = territory.candidates(&window).into_iter();
            zones = zones.cut_off(rows.map(|row| parts(territory, row)));
        }
        Self {
            zones,
            rings_m: rings_m.to_vec(),
        }
    }

    /// How some polygons stand to the rings, to be asked about each.
    pub fn cover(&self, polygons: &MultiPolygon<f64>) -> Cover {
        let each = polygons.iter();
        self.zones
            .cover(each.map(|polygon| Parts::of(&Geometry::Polygon(polygon.clone()))))
    }

    /// Whether polygons reach into a ring or what it goes round.
    pub fn meets(&self, ring: Ring, cover: &Cover) -> bool {
        self.zones.meets(self.place(ring), cover)
    }

    /// Which share of a ring some polygons cover, all of them together.
    pub fn share(&self, ring: Ring, covers: &[&Cover]) -> ZoneShare {
        self.zones.share(self.place(ring), covers)
    }

    /// A ring's place: the parcel first. What adjoins lies in the first ring by distance; so does
    /// what lies in none of them, in the last.
    fn place(&self, ring: Ring) -> usize {
        let last = self.rings_m.len();
        match ring {
            Ring::OnSite => 0,
            Ring::Adjoining => last.min(1),
            Ring::Within(metres) => self
                .rings_m
                .iter()
                .position(|known| *known >= metres)
                .map_or(last, |place| place + 1),
        }
    }
}

/// A parcel divided among the polygons of a layer, square metres; together they are the parcel.
#[derive(Debug, Clone, PartialEq)]
pub struct Shares {
    /// What each row covers alone; rows that cover nothing alone are left out.
    pub once: Vec<(usize, f64)>,
    /// What two rows or more cover.
    pub several: f64,
    /// What none covers.
    pub none: f64,
}

/// Divides a parcel among the polygons of a layer.
pub fn shares(snapshot: &Snapshot, parcel: &Target) -> Shares {
    let rows = snapshot.candidates(parcel.bbox());
    let polygons: Vec<Parts> = rows.iter().map(|&row| parts(snapshot, row)).collect();
    let tenure = parcel.tenure(&polygons);
    let alone = rows.into_iter().zip(tenure.alone_m2);
    Shares {
        once: alone.filter(|(_, area)| *area > 0.0).collect(),
        several: tenure.several_m2,
        none: tenure.none_m2,
    }
}

/// Whether the straight way between two points lies in the polygons of some rows, but for a
/// decimetre at either end.
pub fn gap_is_within(snapshot: &Snapshot, rows: &[usize], way: [Coord<f64>; 2]) -> bool {
    let polygons = rows
        .iter()
        .map(|&row| snapshot.parts(row).map(|part| part.run()));
    uncovered_m(way, polygons, GAP_END_M) <= 0.0
}

fn parts(snapshot: &Snapshot, row: usize) -> Parts {
    Parts::moved(snapshot.parts(row).map(|part| part.run()), 0.0)
}
