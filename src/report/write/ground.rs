//! The parcel, its uses, the rings, and what was looked at.

use geo::Orient as _;
use geo::orient::Direction;
use geo_types::{LineString, MultiPolygon};

use super::round::{degrees, metres, share};
use super::said::{known, ring, words};
use super::{Writer, both};
use crate::assess::answer::{
    Change, Former, FromUse, LayerState, Reason, RingState, State, ThemeState,
};
use crate::assess::question::PlannedOrigin;
use crate::report::document as wire;

impl Writer<'_> {
    pub(super) fn parcel(&self) -> wire::Parcel {
        let (screening, question) = (self.screening, &self.screening.question);
        let record = question.parcel.record.as_ref();
        let recorded = record.and_then(|record| record.current_use.as_ref());
        let (current_use, origin) = match (&question.current, recorded) {
            (Some(asked), _) => (Some(asked), Some(wire::UseOrigin::Asked)),
            (None, Some(recorded)) => (Some(recorded), Some(wire::UseOrigin::Record)),
            (None, None) => (None, None),
        };
        wire::Parcel {
            id: record.map(|record| record.name.clone()),
            layer: record.map(|record| record.layer.to_string()),
            feature: record.map(|record| record.feature.0),
            title: record.map(|record| record.name.clone()),
            geometry: outline(&question.parcel.geometry),
            area_m2: metres(screening.area_m2),
            registered_area_m2: record.and_then(|r| r.registered_area_m2).map(metres),
            parts: screening.parts,
            current_use: current_use.map(|current| self.land_use(current)),
            current_use_origin: origin,
            lineage: screening.lineage.iter().map(|f| self.former(f)).collect(),
        }
    }

    pub(super) fn planned_use(&self) -> wire::PlannedUse {
        let planned = &self.screening.question.planned;
        let mut uses = planned.uses.iter().map(|one| self.land_use(one));
        let first = uses.next();
        wire::PlannedUse {
            system: first.as_ref().map(|first| first.system.clone()),
            code: first.as_ref().map(|first| first.code.clone()),
            title: first.and_then(|first| first.title),
            also: uses.collect(),
            origin: match planned.origin {
                PlannedOrigin::Asked => wire::UseOrigin::Asked,
                PlannedOrigin::Record => wire::UseOrigin::Record,
                PlannedOrigin::Unknown => wire::UseOrigin::Unknown,
            },
            basis: self.screening.meaning.basis.clone(),
        }
    }

    fn former(&self, former: &Former) -> wire::Former {
        wire::Former {
            layer: former.layer.to_string(),
            feature: former.id.0,
            name: former.name.clone(),
            land_use: former.land_use.as_ref().map(|one| self.land_use(one)),
            from: former.valid.from.map(|day| day.to_string()),
            to: former.valid.to.map(|day| day.to_string()),
            covers_share: share(former.covers_share),
        }
    }

    pub(super) fn change(&self, change: &Change) -> wire::UseChange {
        let (from, from_state) = match &change.from {
            FromUse::Use(from) => (Some(self.land_use(from)), wire::FromState::Mapped),
            FromUse::NotMapped => (None, wire::FromState::NotMapped),
            FromUse::MappedTwice => (None, wire::FromState::MappedTwice),
        };
        wire::UseChange {
            from,
            from_state,
            to: change.to.iter().map(|to| self.land_use(to)).collect(),
            area_m2: metres(change.area_m2),
            changes: change.changes,
        }
    }

    pub(super) fn theme(theme: &ThemeState) -> wire::ThemeCoverage {
        let found = theme.layers.iter().map(|layer| layer.found).sum();
        wire::ThemeCoverage {
            theme: theme.theme.as_str().to_owned(),
            title: words(&theme.theme.title()),
            state: state(theme.state),
            reason: theme.reason.map(reason),
            sentence: known(theme.state, theme.reason, found),
            rings: theme.rings.iter().map(ring_coverage).collect(),
            layers: theme.layers.iter().map(layer_coverage).collect(),
        }
    }
}

fn layer_coverage(layer: &LayerState) -> wire::LayerCoverage {
    wire::LayerCoverage {
        layer: layer.layer.to_string(),
        title: both(&layer.title),
        state: state(layer.state),
        reason: layer.reason.map(reason),
        sentence: known(layer.state, layer.reason, layer.found),
        found: layer.found,
        rings: layer.rings.iter().map(ring_coverage).collect(),
    }
}

fn ring_coverage(looked: &RingState) -> wire::RingCoverage {
    wire::RingCoverage {
        ring: looked.ring.to_string(),
        title: words(&ring(looked.ring)),
        covered_share: looked.covered_share.map(share),
        surveyed: looked.surveyed.clone(),
        cut_share: share(looked.cut_share),
    }
}

/// Polygons as `GeoJSON` has them: outer rings counter-clockwise (RFC 7946 § 3.1.6).
fn outline(polygons: &MultiPolygon<f64>) -> wire::Outline {
    let ring = |ring: &LineString<f64>| {
        let corners = ring.coords();
        corners
            .map(|corner| [degrees(corner.x), degrees(corner.y)])
            .collect()
    };
    let polygons = polygons.orient(Direction::Default);
    wire::Outline {
        kind: wire::OutlineKind::MultiPolygon,
        coordinates: polygons
            .iter()
            .map(|polygon| {
                let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
                rings.map(ring).collect()
            })
            .collect(),
    }
}

const fn state(state: State) -> wire::State {
    match state {
        State::Found => wire::State::Found,
        State::NoneFound => wire::State::NoneFound,
        State::PartlyKnown => wire::State::PartlyKnown,
        State::NotKnown => wire::State::NotKnown,
    }
}

pub(super) const fn reason(reason: Reason) -> wire::Reason {
    match reason {
        Reason::HeldByAuthority => wire::Reason::HeldByAuthority,
        Reason::NotLoaded => wire::Reason::NotLoaded,
        Reason::NoCoverage => wire::Reason::NoCoverage,
        Reason::OutsideCoverage => wire::Reason::OutsideCoverage,
        Reason::TooOld => wire::Reason::TooOld,
        Reason::BeyondDistrict => wire::Reason::BeyondDistrict,
        Reason::Position => wire::Reason::Position,
        Reason::Value => wire::Reason::Value,
        Reason::Use => wire::Reason::Use,
        Reason::Measurement => wire::Reason::Measurement,
    }
}
