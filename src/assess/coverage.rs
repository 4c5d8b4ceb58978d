//! What was looked at: for every theme and ring found, looked and found none, or not known.
//!
//! Absence of data is never absence of risk. A ring counts as looked at only where the layer's
//! coverage says so for at least the share the profile asks; what lies beyond the district, and
//! beyond the coverage too, is cut off and the cut is said.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::answer::{LayerState, Reason, RingState, State, ThemeState, Unknown};
use super::question::Question;
use crate::layer::book::Profile;
use crate::model::{Area, LayerId, Ring, Theme};
use crate::query::{Cover, Form, Snapshot, World, Zones};
use crate::say;
use crate::text::{Bilingual, Key};

/// A share of a ring below this that is cut off at the district's border is not worth a word.
const NO_CUT: f64 = 0.001;

/// How many features of each layer were found; a layer that is not listed was not looked into.
pub(super) type Counts = BTreeMap<LayerId, usize>;

/// What was looked at, theme by theme, and what is not known of it.
pub(super) fn themes(
    world: &World,
    question: &Question,
    zones: &Zones<'_>,
    counts: &Counts,
) -> (Vec<ThemeState>, Vec<Unknown>) {
    let mut unknowns = Vec::new();
    let mut themes = Vec::new();
    for theme in Theme::ALL {
        let layers: Vec<LayerState> = counts
            .iter()
            .filter_map(|(id, found)| Some((world.layers.get(id)?, *found)))
            .filter(|(layer, _)| layer.view().theme == theme)
            .map(|(layer, found)| {
                let state = layer_state(world, layer, question, zones, found);
                unknowns.extend(unknowns_of(theme, &state, question));
                state
            })
            .collect();
        if !layers.is_empty() {
            themes.push(theme_state(theme, layers));
        }
    }
    (themes, unknowns)
}

/// All layers of a theme together: the least that is known of any.
fn theme_state(theme: Theme, layers: Vec<LayerState>) -> ThemeState {
    let all = |state| layers.iter().all(|layer| layer.state == state);
    let state = if layers.iter().any(|layer| layer.state == State::Found) {
        State::Found
    } else if all(State::NoneFound) {
        State::NoneFound
    } else if all(State::NotKnown) {
        State::NotKnown
    } else {
        State::PartlyKnown
    };
    let mut rings: Vec<RingState> = Vec::new();
    for of_layer in layers.iter().flat_map(|layer| &layer.rings) {
        match rings.iter_mut().find(|ring| ring.ring == of_layer.ring) {
            None => rings.push(of_layer.clone()),
            Some(ring) => {
                let least = ring.covered_share.zip(of_layer.covered_share);
                ring.covered_share = least.map(|(a, b)| a.min(b));
                let oldest = ring.surveyed.take().zip(of_layer.surveyed.clone());
                ring.surveyed = oldest.map(|(a, b)| a.min(b));
                ring.cut_share = ring.cut_share.max(of_layer.cut_share);
            }
        }
    }
    let unsurveyed = layers.iter().any(|layer| layer.rings.is_empty());
    if unsurveyed {
        for ring in &mut rings {
            ring.covered_share = None;
            ring.surveyed = None;
        }
    }
    ThemeState {
        theme,
        state,
        reason: layers.iter().filter_map(|layer| layer.reason).min(),
        rings,
        layers,
    }
}

fn layer_state(
    world: &World,
    layer: &Snapshot,
    question: &Question,
    zones: &Zones<'_>,
    found: usize,
) -> LayerState {
    let view = layer.view();
    let unseen = if view.form == Form::Existence {
        Some(Reason::HeldByAuthority)
    } else if world.absent.contains(&view.id) {
        Some(Reason::NotLoaded)
    } else if view.coverage.is_none() {
        Some(Reason::NoCoverage)
    } else {
        None
    };
    let (mut rings, mut reasons) = (Vec::new(), Vec::new());
    if unseen.is_none() {
        let areas = view.coverage.iter().flat_map(|coverage| &coverage.areas);
        let surveys: Vec<Survey<'_>> = areas
            .map(|area| Survey {
                cover: zones.cover(&area.polygons),
                when: &area.surveyed,
                too_old: is_too_old(area, question),
            })
            .collect();
        for ring in asked_rings(&question.profile) {
            let fresh = surveys.iter().filter(|survey| !survey.too_old);
            let state = ring_state(zones, ring, fresh);
            let least = least_share(&question.profile, ring);
            if state.covered_share.is_none_or(|share| share < least) {
                let ever = ring_state(zones, ring, surveys.iter()).covered_share;
                reasons.push(match state.covered_share {
                    None => Reason::BeyondDistrict,
                    Some(_) if ever.is_some_and(|share| share >= least) => Reason::TooOld,
                    Some(_) => Reason::OutsideCoverage,
                });
            } else if state.cut_share > NO_CUT {
                reasons.push(Reason::BeyondDistrict);
            }
            rings.push(state);
        }
    }
    let known = |ring: &RingState| {
        let least = least_share(&question.profile, ring.ring);
        ring.covered_share.is_some_and(|share| share >= least)
    };
    let state = if found > 0 {
        State::Found
    } else if rings.is_empty() || !rings.iter().any(known) {
        State::NotKnown
    } else if rings.iter().all(known) {
        State::NoneFound
    } else {
        State::PartlyKnown
    };
    LayerState {
        layer: view.id.clone(),
        title: view.title.clone(),
        state,
        reason: unseen.or_else(|| reasons.into_iter().min()),
        rings,
        found,
    }
}

/// The rings that are asked about: what adjoins lies in the first ring by distance.
fn asked_rings(profile: &Profile) -> impl Iterator<Item = Ring> {
    let within = profile.rings_m.iter().map(|metres| Ring::Within(*metres));
    std::iter::once(Ring::OnSite).chain(within)
}

/// An area that was looked at, seen from the parcel.
struct Survey<'a> {
    cover: Cover,
    when: &'a str,
    too_old: bool,
}

/// How much of a ring some surveys looked at, and when the oldest of them was.
fn ring_state<'a>(
    zones: &Zones<'_>,
    ring: Ring,
    surveys: impl Iterator<Item = &'a Survey<'a>>,
) -> RingState {
    let here: Vec<&Survey<'_>> = surveys
        .filter(|survey| zones.meets(ring, &survey.cover))
        .collect();
    let covers: Vec<&Cover> = here.iter().map(|survey| &survey.cover).collect();
    let share = zones.share(ring, &covers);
    RingState {
        ring,
        covered_share: share.covered,
        surveyed: here.iter().map(|survey| survey.when.to_owned()).min(),
        cut_share: share.cut,
    }
}

const fn least_share(profile: &Profile, ring: Ring) -> f64 {
    match ring {
        Ring::OnSite => profile.least_share_on_site,
        Ring::Adjoining | Ring::Within(_) => profile.least_share_rings,
    }
}

/// Whether a survey lies farther back than the profile allows. What it says only to the year or
/// month counts from the end of it.
fn is_too_old(area: &Area, question: &Question) -> bool {
    let Some(years) = question.profile.survey_age_years else {
        return false;
    };
    let latest = last_day(&area.surveyed);
    let age = i32::try_from(years).unwrap_or(i32::MAX);
    latest.is_none_or(|day| {
        let limit = day.checked_add(jiff::Span::new().years(age));
        limit.is_ok_and(|limit| limit < question.valid_on)
    })
}

/// The last day of a year, a month or a day as ISO 8601 has it.
fn last_day(text: &str) -> Option<Date> {
    let mut numbers = text.split('-');
    let year = numbers.next()?.parse::<i16>().ok()?;
    let month = numbers.next().map(str::parse::<i8>).transpose().ok()?;
    let day = numbers.next().map(str::parse::<i8>).transpose().ok()?;
    match (month, day) {
        (Some(month), Some(day)) => Date::new(year, month, day).ok(),
        (Some(month), None) => Some(Date::new(year, month, 1).ok()?.last_of_month()),
        (None, _) => Date::new(year, 12, 31).ok(),
    }
}

/// What is not known of a layer, in sentences: one for all rings where the reason is the layer's
/// own, else one a ring.
fn unknowns_of(theme: Theme, state: &LayerState, question: &Question) -> Vec<Unknown> {
    let about = |key: Key, ring: Option<&RingState>| {
        let share = |share: f64| format!("{:.1}", share * 100.0);
        let sentence = say!(
            key,
            covered = share(ring.and_then(|ring| ring.covered_share).unwrap_or(0.0)),
            cut = share(ring.map_or(0.0, |ring| ring.cut_share))
        );
        let sentence = sentence.with_words("layer", state.title.clone());
        match ring {
            Some(ring) => sentence.with_words("ring", ring_words(ring.ring)),
            None => sentence,
        }
    };
    let unknown = |ring: Option<&RingState>, reason: Reason, key: Key| Unknown {
        theme: Some(theme),
        layer: Some(state.layer.clone()),
        ring: ring.map(|ring| ring.ring),
        rule: None,
        reason,
        sentence: about(key, ring),
    };
    if state.rings.is_empty() {
        let reason = state.reason.unwrap_or(Reason::NoCoverage);
        return vec![unknown(
            None,
            reason,
            match reason {
                Reason::HeldByAuthority => Key::AssessHeld,
                Reason::NotLoaded => Key::AssessNotLoaded,
                _ => Key::AssessNoCoverage,
            },
        )];
    }
    // Where nothing at all was looked at, one sentence says it for every ring.
    if state
        .rings
        .iter()
        .all(|ring| ring.covered_share == Some(0.0))
        && state.reason != Some(Reason::TooOld)
    {
        return vec![unknown(None, Reason::OutsideCoverage, Key::AssessNowhere)];
    }
    let of_ring = |ring: &RingState| {
        let least = least_share(&question.profile, ring.ring);
        let reason = match ring.covered_share {
            None => Reason::BeyondDistrict,
            Some(share) if share >= least && ring.cut_share > NO_CUT => Reason::BeyondDistrict,
            Some(share) if share >= least => return None,
            Some(_) if state.reason == Some(Reason::TooOld) => Reason::TooOld,
            Some(_) => Reason::OutsideCoverage,
        };
        let key = match (reason, ring.covered_share) {
            (Reason::BeyondDistrict, None) => Key::AssessBeyond,
            (Reason::BeyondDistrict, Some(_)) => Key::AssessCut,
            (Reason::TooOld, _) => Key::AssessTooOld,
            _ => Key::AssessOutside,
        };
        Some(unknown(Some(ring), reason, key))
    };
    state.rings.iter().filter_map(of_ring).collect()
}

/// A ring, for people.
pub(super) fn ring_words(ring: Ring) -> Bilingual {
    match ring {
        Ring::OnSite => say!(Key::AssessRingOnSite),
        Ring::Adjoining => say!(Key::AssessRingAdjoining),
        Ring::Within(metres) => say!(Key::AssessRingWithin, metres = metres),
    }
    .both()
}
