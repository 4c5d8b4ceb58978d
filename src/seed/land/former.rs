//! `former-parcels.geojson`: parcels that were split into others or merged with them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use crate::seed::arrangement::{Node, ring_edges};
use crate::seed::carrier::{GeoJson, SeedFile, properties};
use crate::seed::city::{Place, halves, is_convex, length, less, to_node, to_place};
use crate::seed::dissolve::dissolve;
use crate::seed::parcels::{City, Parcel};
use crate::seed::place::area_m2;
use crate::seed::random::Random;

/// Of so many lots, one has a change behind it.
const ONE_IN: usize = 60;

/// What became of parcels before today's.
#[derive(Debug, Default)]
pub(super) struct Lineage {
    former: Vec<Former>,
    changes: BTreeMap<String, Change>,
}

/// How a parcel of today came to be.
#[derive(Debug, Clone)]
pub(super) struct Change {
    /// The numbers of the parcels before it.
    pub(super) former: Vec<String>,
    /// The day.
    pub(super) on: String,
}

/// A parcel that is no more.
#[derive(Debug, Clone)]
struct Former {
    id: String,
    kind: &'static str,
    successors: Vec<String>,
    ring: Vec<Node>,
    land_use: &'static str,
    since: String,
    until: String,
}

impl Lineage {
    /// The lineage of the city's parcels.
    pub(super) fn of_city(city: &City) -> Self {
        let mut lineage = Self::default();
        let mut dice = Random::of("lineage");
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        let neighbours = neighbours(city);
        for (i, parcel) in city.parcels.iter().enumerate() {
            if parcel.block.is_none() || taken.contains(&i) || i % ONE_IN != 7 {
                continue;
            }
            let together = dice.chance(0.65);
            let split = neighbours[i].iter().copied().find(|j| {
                let other = &city.parcels[*j];
                together
                    && other.block == parcel.block
                    && !taken.contains(j)
                    && lineage.split(&[parcel, other], &mut dice)
            });
            if split.is_some() || lineage.merge(parcel, &mut dice) {
                taken.insert(i);
                taken.extend(split);
            }
        }
        lineage
    }

    /// How a parcel came to be; `None`: it always was, as far as is known.
    pub(super) fn of(&self, parcel: &Parcel) -> Option<&Change> {
        self.changes.get(&parcel.id)
    }

    /// One parcel before, two of today. Whether they make one plain shape.
    fn split(&mut self, today: &[&Parcel; 2], dice: &mut Random) -> bool {
        let mut whole = dissolve(today.iter().map(|parcel| ((), &parcel.ring[..])));
        let (Some(((), mut rings)), true) = (whole.pop(), whole.is_empty()) else {
            return false;
        };
        let (Some(ring), true) = (rings.pop(), rings.is_empty()) else {
            return false;
        };
        let shape: Vec<Place> = ring.iter().map(|at| to_place(*at)).collect();
        if !is_convex(&corners(&shape)) {
            return false;
        }
        let on = dice.day(2006, 2025);
        let id = self.retired(&today[0].id);
        for parcel in today {
            let change = Change {
                former: vec![id.clone()],
                on: on.clone(),
            };
            self.changes.insert(parcel.id.clone(), change);
        }
        self.former.push(Former {
            id,
            kind: "split",
            successors: today.iter().map(|parcel| parcel.id.clone()).collect(),
            ring,
            land_use: today[0].current_use,
            since: dice.day(1992, 2004),
            until: on,
        });
        true
    }

    /// Two parcels before, one of today. Whether it can be cut in two.
    fn merge(&mut self, today: &Parcel, dice: &mut Random) -> bool {
        let ring: Vec<Place> = today.ring.iter().map(|at| to_place(*at)).collect();
        let longest = ring
            .iter()
            .zip(ring.iter().cycle().skip(1))
            .max_by(|p, q| length(less(*p.1, *p.0)).total_cmp(&length(less(*q.1, *q.0))));
        let Some((from, to)) = longest else {
            return false;
        };
        // A ring with a vertex in the middle of a side is not convex to the last digit.
        let shape: Vec<Place> = corners(&ring);
        if !is_convex(&shape) {
            return false;
        }
        let by = dice.between(0.4, 0.6);
        let through = (from.0 + (to.0 - from.0) * by, from.1 + (to.1 - from.1) * by);
        let square = (from.1 - to.1, to.0 - from.0);
        let parts = halves(&ring, through, square);
        if parts.iter().any(Vec::is_empty) {
            return false;
        }
        let on = dice.day(2006, 2025);
        let mut before = Vec::new();
        for part in parts {
            let id = self.retired(&today.id);
            let mut ring: Vec<Node> = part.into_iter().map(to_node).collect();
            ring.dedup();
            self.former.push(Former {
                id: id.clone(),
                kind: "merge",
                successors: vec![today.id.clone()],
                ring,
                land_use: today.current_use,
                since: dice.day(1992, 2004),
                until: on.clone(),
            });
            before.push(id);
        }
        let change = Change { former: before, on };
        self.changes.insert(today.id.clone(), change);
        true
    }

    /// The number of a parcel that is no more: of the same sub-area, from 80001 on.
    fn retired(&self, successor: &str) -> String {
        let sub_area = successor.get(..14).unwrap_or(successor);
        let before = self
            .former
            .iter()
            .filter(|former| former.id.starts_with(sub_area));
        format!("{sub_area}{:05}", 80_001 + before.count())
    }
}

/// A ring without the vertices on its sides.
fn corners(ring: &[Place]) -> Vec<Place> {
    let count = ring.len();
    (0..count)
        .filter(|i| {
            let came = less(ring[*i], ring[(i + count - 1) % count]);
            let goes = less(ring[(i + 1) % count], ring[*i]);
            (came.0 * goes.1 - came.1 * goes.0).abs() > 0.02 * length(came) * length(goes)
        })
        .map(|i| ring[i])
        .collect()
}

/// The neighbours of each parcel.
fn neighbours(city: &City) -> Vec<BTreeSet<usize>> {
    let mut left: BTreeMap<(Node, Node), usize> = BTreeMap::new();
    for (i, parcel) in city.parcels.iter().enumerate() {
        left.extend(ring_edges(&parcel.ring).map(|(a, b)| ((*a, *b), i)));
    }
    let mut neighbours = vec![BTreeSet::new(); city.parcels.len()];
    for (&(a, b), &i) in &left {
        neighbours[i].extend(left.get(&(b, a)));
    }
    neighbours
}

/// The file, its dirt at the end.
pub(super) fn files(lineage: &Lineage) -> Vec<SeedFile> {
    let mut out = GeoJson::new("former-parcels", Some("urn:ogc:def:crs:EPSG::4490"));
    let mut write = |former: &Former, id: &str, kind: &str, until: &str| {
        let about = properties([
            ("ZDDM", json!(id)),
            ("BGLX", json!(kind)),
            ("XZDDM", json!(former.successors.join(";"))),
            ("DLBM", json!(former.land_use)),
            ("ZDMJ", json!((area_m2(&former.ring) * 10.0).round() / 10.0)),
            ("DJSJ", json!(former.since)),
            ("ZXSJ", json!(until)),
        ]);
        out.polygon(about, Some(&former.ring));
    };
    for former in &lineage.former {
        write(former, &former.id, former.kind, &former.until);
    }
    let spoilt = &lineage.former[20];
    write(spoilt, "110105999001GB80001", "合宗", &spoilt.until);
    write(spoilt, "110105999001GB80002", spoilt.kind, "");
    vec![SeedFile {
        path: "land/former-parcels.geojson",
        bytes: out.finish(),
    }]
}
