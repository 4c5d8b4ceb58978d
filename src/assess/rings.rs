//! From distances to rings: where each thing near a parcel stands.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::answer::{FoundFeature, Unplaced};
use super::facts::Found;
use super::question::Question;
use geo_types::Coord;

use crate::geom::{self, BBox, Contact, Target};
use crate::layer::Shape;
use crate::layer::book::Parts;
use crate::model::Ring;
use crate::query::{self, Form, Hit, Snapshot, World};

/// Ground shared below this, m², is none: coordinates are not that good, and two parcels that share
/// a border share no ground.
const NO_GROUND_M2: f64 = 0.005;
/// What is no farther than this, metres, touches.
const TOUCH_M: f64 = 0.01;

/// What was found in a layer.
#[derive(Debug, Default)]
pub(super) struct InLayer<'a> {
    /// What stands in a ring, by distance.
    pub(super) found: Vec<Found<'a>>,
    /// What could be anywhere.
    pub(super) unplaced: Vec<Unplaced>,
}

/// The roads about a parcel: the areas of present use that are roads by the profile.
#[derive(Debug)]
pub(super) struct Roads<'a> {
    layer: Option<&'a Arc<Snapshot>>,
    field: usize,
    codes: BTreeSet<&'a str>,
}

impl<'a> Roads<'a> {
    /// The roads of a world by a question's profile.
    pub(super) fn of(world: &'a World, parts: &Parts, question: &'a Question) -> Self {
        let none = Self {
            layer: None,
            field: 0,
            codes: BTreeSet::new(),
        };
        let Some((layer, field)) = parts.current_use.as_ref() else {
            return none;
        };
        let Some(layer) = world.layers.get(layer) else {
            return none;
        };
        let fields = &layer.view().fields;
        let Some(field) = fields.iter().position(|known| known.name == *field) else {
            return none;
        };
        let system = fields[field].codes.as_ref().map(|codes| &codes.name);
        let codes = system.and_then(|system| question.profile.road_uses.get(system));
        Self {
            layer: Some(layer),
            field,
            codes: codes.into_iter().flatten().map(String::as_str).collect(),
        }
    }

    /// Whether all of the way between two points lies in roads.
    fn fill(&self, way: [Coord<f64>; 2]) -> bool {
        let Some(layer) = self.layer else {
            return false;
        };
        if self.codes.is_empty() {
            return false;
        }
        let [a, b] = way;
        let bbox = BBox {
            west: a.x.min(b.x),
            south: a.y.min(b.y),
            east: a.x.max(b.x),
            north: a.y.max(b.y),
        };
        let mut rows = query::in_box(layer, &bbox);
        rows.retain(|&row| {
            let code = layer.value(row, self.field).to_plain_text();
            self.codes.contains(code.as_str())
        });
        query::gap_is_within(layer, &rows, way)
    }
}

/// What of a layer stands in which ring of a parcel, by distance.
pub(super) fn of_layer<'a>(
    layer: &'a Arc<Snapshot>,
    target: &Target,
    question: &Question,
    roads: &Roads<'_>,
) -> InLayer<'a> {
    let mut result = InLayer::default();
    let profile = &question.profile;
    let (Some(&outer), true) = (profile.rings_m.last(), layer.view().form != Form::Existence)
    else {
        return result;
    };
    let outer = f64::from(outer);
    let vague = |row: usize| {
        let precision = layer.precision_m(row);
        precision.filter(|precision| *precision > profile.precise_to_m)
    };
    let widest = (0..layer.len()).filter_map(vague).fold(0.0, f64::max);
    let reach_of = |row: usize| outer + vague(row).unwrap_or(0.0);
    for hit in query::near_each(layer, target, outer + widest, reach_of) {
        let valid = layer.valid(hit.row);
        if valid.from.is_some_and(|from| from > question.valid_on) {
            continue;
        }
        let vague = vague(hit.row).unwrap_or(0.0);
        let least = (hit.distance_m - vague).max(0.0);
        if least > outer {
            continue;
        }
        if vague >= outer {
            result.unplaced.push(Unplaced {
                layer: layer.view().id.clone(),
                id: layer.id(hit.row),
                name: name(layer, hit.row),
                precision_m: vague,
            });
            continue;
        }
        if let Some(feature) = feature(layer, &hit, target, question, roads, vague) {
            result.found.push(Found {
                layer,
                row: hit.row,
                feature,
            });
        }
    }
    result.found.sort_by(|a, b| {
        let key = |found: &Found<'_>| (found.feature.ring, found.feature.distance_m);
        let ((ring_a, far_a), (ring_b, far_b)) = (key(a), key(b));
        ring_a
            .cmp(&ring_b)
            .then(far_a.total_cmp(&far_b))
            .then(a.feature.id.cmp(&b.feature.id))
    });
    result
}

fn feature(
    layer: &Arc<Snapshot>,
    hit: &Hit,
    target: &Target,
    question: &Question,
    roads: &Roads<'_>,
    vague: f64,
) -> Option<FoundFeature> {
    let profile = &question.profile;
    let shares = shares_ground(layer, hit);
    let across_road = !shares
        && hit.distance_m > TOUCH_M
        && hit.distance_m < profile.road_width_m
        && roads.fill(hit.nearest);
    let outwards = |distance: f64| {
        let ring = profile.rings_m.iter().find(|r| distance <= f64::from(**r));
        ring.map(|ring| Ring::Within(*ring))
    };
    let measured = if shares {
        Some(Ring::OnSite)
    } else if hit.distance_m <= TOUCH_M || across_road {
        Some(Ring::Adjoining)
    } else {
        outwards(hit.distance_m)
    };
    // What may be nearer than it was measured stands where it may be at the nearest.
    let sure = shares && (vague <= 0.0 || is_deep(layer, hit.row, target, vague));
    let (ring, possible) = if vague > 0.0 && !sure {
        let nearest = if hit.distance_m <= vague {
            Ring::OnSite
        } else {
            outwards(hit.distance_m - vague)?.min(measured.unwrap_or(Ring::Within(u32::MAX)))
        };
        let farthest = outwards(hit.distance_m + vague);
        (nearest, farthest != Some(nearest))
    } else {
        (measured?, false)
    };
    let precision = layer.precision_m(hit.row);
    let is_area = layer.view().shape == Some(Shape::Polygon);
    let overlap = is_area.then_some(if shares { hit.overlap_m2 } else { 0.0 });
    Some(FoundFeature {
        layer: layer.view().id.clone(),
        id: layer.id(hit.row),
        name: name(layer, hit.row),
        ring,
        possible,
        sliver: shares && is_area && hit.overlap_m2 < profile.sliver_m2,
        across_road,
        distance_m: hit.distance_m,
        distance_interval_m: precision.map(|p| [(hit.distance_m - p).max(0.0), hit.distance_m + p]),
        bearing: (!shares).then_some(hit.bearing_deg).flatten(),
        overlap_m2: overlap,
        overlap_share: overlap.map(|shared| shared / target.area_m2()),
        valid: layer.valid(hit.row),
    })
}

/// Whether an area holds all of the parcel, and its border is farther away than it may be wrong.
fn is_deep(layer: &Snapshot, row: usize, target: &Target, vague: f64) -> bool {
    if layer.view().shape != Some(Shape::Polygon) {
        return false;
    }
    let Some(geometry) = layer.geometry(row) else {
        return false;
    };
    let border = geom::Parts::of(&geometry).outlines();
    target.meet(border.runs()).contact == Contact::Apart
        && target.nearest(border.runs(), vague).is_none()
}

/// Whether something shares ground with the parcel: an area some of it, a line some of its length, a
/// point its place, the border counted in.
fn shares_ground(layer: &Snapshot, hit: &Hit) -> bool {
    match layer.view().shape {
        Some(Shape::Polygon) => hit.overlap_m2 > NO_GROUND_M2,
        Some(Shape::Line) => hit.length_m > TOUCH_M,
        Some(Shape::Point) => hit.contact != Contact::Apart,
        None => false,
    }
}

/// What people call a feature: the value of its layer's label, else nothing.
pub(super) fn name(layer: &Snapshot, row: usize) -> String {
    let label = layer.view().uses.label;
    label.map_or_else(String::new, |label| layer.value(row, label).to_plain_text())
}
