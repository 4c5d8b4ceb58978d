//! One parcel, screened: facts, then rules, then a verdict.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{
    Exceeds, Former, FromUse, LayerUsed, Passed, Reason, SampleValue, Screening, Unknown, Unplaced,
};
use super::ask::AskFault;
use super::coverage::{self, Counts};
use super::facts::{Facts, Found, is_screened};
use super::question::Question;
use super::rings::{self, Roads};
use super::samples::{self, Yardstick};
use super::{ask, change, indices, rules};
use crate::geom::{Geometry, Target};
use crate::layer::book::{FormerLayer, RuleSet};
use crate::layer::{Book, SurveyTrigger};
use crate::model::{CodedUse, FeatureId, LayerId, Ring};
use crate::query::{self, Snapshot, World, Zones};
use crate::say;
use crate::text::{Key, Message};

/// A former parcel that shares less of today's than this has nothing to do with it.
const LEAST_SHARE: f64 = 0.0001;

/// The answer to a question: the same for the same world, book and question, always. A parcel
/// without ground, or too near a pole, is a fault.
pub fn screen(world: &World, book: &Book, question: &Question) -> Result<Screening, AskFault> {
    let outline = Geometry::MultiPolygon(question.parcel.geometry.clone());
    let target = Target::new(&outline)
        .filter(|target| target.area_m2() > 0.0)
        .ok_or(AskFault::NoGround)?;
    let profile = &question.profile;
    let rule_set = book.rule_sets.get(&profile.rules);
    let rule_set = rule_set.ok_or_else(|| AskFault::UnknownProfile {
        asked: profile.id.clone(),
        known: Vec::new(),
    })?;
    let roads = Roads::of(world, &book.parts, question);
    let mut counts = Counts::new();
    let (mut found, mut unplaced) = (Vec::new(), Vec::new());
    let (mut sampled, mut evidence) = (Vec::new(), Vec::new());
    for layer in world.layers.values() {
        if !is_screened(layer, question) {
            continue;
        }
        let mut in_layer = rings::of_layer(layer, &target, question, &roads);
        unplaced.append(&mut in_layer.unplaced);
        if samples::is_sampled(layer) {
            // Samples are evidence: that none was taken says nothing of a survey.
            sampled.append(&mut in_layer.found);
            evidence.push(layer.view().id.clone());
        } else {
            counts.insert(layer.view().id.clone(), in_layer.found.len());
            found.append(&mut in_layer.found);
        }
    }
    let meaning = ask::meaning(book, &question.planned);
    let limits = &book.limits;
    let background = limits.backgrounds.get(&profile.background);
    let yardstick = Yardstick::of(limits, &question.planned, &meaning, background);
    let samples = samples::judge(&samples::of_found(&sampled), &yardstick);
    let on_site = samples.iter().filter(|value| value.ring == Ring::OnSite);
    let on_site: Vec<SampleValue> = on_site.cloned().collect();
    let indices = indices::indices(&on_site, limits, background);
    let facts = Facts {
        world,
        book,
        question,
        meaning,
        area_m2: target.area_m2(),
        changes: change::table(world, &book.parts, question, &target),
        found,
        samples,
    };
    let boundary = world.layers.get(&world.district.boundary);
    let zones = Zones::new(
        &target,
        &question.profile.rings_m,
        boundary.map(AsRef::as_ref),
    );
    let (themes, mut unknowns) = coverage::themes(world, question, &zones, &counts);
    // The rules are the district's: of ground that is all beyond it they say nothing.
    let is_beyond = zones.share(Ring::OnSite, &[]).covered.is_none();
    let none = RuleSet {
        rules: Vec::new(),
        ..RuleSet::clone(rule_set)
    };
    let rule_set = if is_beyond { &none } else { &**rule_set };
    let (findings, undecided) = rules::evaluate(rule_set, &facts);
    if is_beyond {
        unknowns.push(of_parcel(
            Reason::BeyondDistrict,
            say!(Key::AssessParcelBeyond),
        ));
    }
    unknowns.extend(undecided);
    unknowns.extend(of_use(&facts));
    unknowns.extend(of_position(&facts.found, &unplaced, world));
    unknowns.extend(of_measurements(&facts.samples, world));
    let (verdict, complete) = rules::verdict(&findings, &unknowns);
    let used = counts.keys().chain(&evidence);
    let (samples, samples_passed) = told(facts.samples);
    Ok(Screening {
        area_m2: facts.area_m2,
        parts: question.parcel.geometry.0.len(),
        verdict,
        complete,
        themes,
        findings,
        lineage: lineage(world, book.parts.former_parcels.as_ref(), &target),
        layers: layers_used(world, book, question, used),
        question: question.clone(),
        meaning: facts.meaning,
        changes: facts.changes,
        samples,
        samples_passed,
        indices,
        unplaced,
        unknowns,
    })
}

/// Something that is not known of the parcel itself.
const fn of_parcel(reason: Reason, sentence: Message) -> Unknown {
    Unknown {
        theme: None,
        layer: None,
        ring: Some(Ring::OnSite),
        rule: None,
        reason,
        sentence,
    }
}

/// What is not known of the parcel's own uses.
fn of_use(facts: &Facts<'_>) -> Vec<Unknown> {
    let Facts {
        book,
        question,
        meaning,
        changes,
        ..
    } = facts;
    let unknown = |sentence: Message| of_parcel(Reason::Use, sentence);
    let mut unknowns = Vec::new();
    if question.planned.uses.is_empty() {
        unknowns.push(unknown(say!(Key::AssessUseUndecided)));
    } else {
        if meaning.survey_trigger == SurveyTrigger::Unknown {
            unknowns.push(unknown(say!(Key::AssessTriggerUnknown)));
        }
        // Farmland is judged by another standard, which has no such classes.
        let farmland = &book.limits.farmland_uses;
        let is_farmland = |planned: &CodedUse| {
            farmland.contains_key(&(planned.system.clone(), planned.code.clone()))
        };
        if meaning.class_assumed && !question.planned.uses.iter().all(is_farmland) {
            unknowns.push(unknown(say!(Key::AssessClassAssumed)));
        }
    }
    for change in changes {
        let key = match change.from {
            FromUse::NotMapped => Key::AssessUseNotMapped,
            FromUse::MappedTwice => Key::AssessUseMappedTwice,
            FromUse::Use(_) => continue,
        };
        let area = format!("{:.2}", change.area_m2);
        unknowns.push(unknown(say!(key, area = area)));
    }
    unknowns
}

/// What is not known because positions are not known well enough.
fn of_position(found: &[Found<'_>], unplaced: &[Unplaced], world: &World) -> Vec<Unknown> {
    let mut poor: BTreeMap<(LayerId, Option<Ring>), usize> = BTreeMap::new();
    for possible in found.iter().filter(|found| found.feature.possible) {
        let feature = &possible.feature;
        *poor
            .entry((feature.layer.clone(), Some(feature.ring)))
            .or_default() += 1;
    }
    for feature in unplaced {
        *poor.entry((feature.layer.clone(), None)).or_default() += 1;
    }
    let unknown = |((layer, ring), count): ((LayerId, Option<Ring>), usize)| {
        let view = world.layers.get(&layer)?.view();
        let sentence = match ring {
            Some(ring) => say!(Key::AssessPossible, count = count)
                .with_words("ring", coverage::ring_words(ring)),
            None => say!(Key::AssessUnplaced, count = count),
        };
        Some(Unknown {
            theme: Some(view.theme),
            layer: Some(layer),
            ring,
            rule: None,
            reason: Reason::Position,
            sentence: sentence.with_words("layer", view.title.clone()),
        })
    };
    poor.into_iter().filter_map(unknown).collect()
}

/// What is told of measured values one by one, and what by number: a value farther away than next
/// door that keeps its limit, or has none, is one of many.
fn told(values: Vec<SampleValue>) -> (Vec<SampleValue>, Vec<Passed>) {
    let is_told = |value: &SampleValue| {
        matches!(value.ring, Ring::OnSite | Ring::Adjoining)
            || (value.standard.is_some() && value.exceeds != Exceeds::Nothing)
    };
    let (told, others): (Vec<SampleValue>, Vec<SampleValue>) =
        values.into_iter().partition(is_told);
    let mut passed: BTreeMap<Ring, (BTreeSet<(LayerId, FeatureId)>, usize)> = BTreeMap::new();
    for value in others {
        let (samples, values) = passed.entry(value.ring).or_default();
        samples.insert((value.layer, value.id));
        *values += 1;
    }
    let passed = passed.into_iter().map(|(ring, (samples, values))| Passed {
        ring,
        samples: samples.len(),
        values,
    });
    (told, passed.collect())
}

/// What measurements cannot say, layer by layer.
fn of_measurements(values: &[SampleValue], world: &World) -> Vec<Unknown> {
    let mut mute: BTreeMap<&LayerId, usize> = BTreeMap::new();
    for value in values {
        if value.standard.is_some() && value.exceeds == Exceeds::NotKnown {
            *mute.entry(&value.layer).or_default() += 1;
        }
    }
    let unknown = |(layer, count): (&LayerId, usize)| {
        let view = world.layers.get(layer)?.view();
        Some(Unknown {
            theme: Some(view.theme),
            layer: Some(layer.clone()),
            ring: None,
            rule: None,
            reason: Reason::Measurement,
            sentence: say!(Key::AssessMeasurement, count = count)
                .with_words("layer", view.title.clone()),
        })
    };
    mute.into_iter().filter_map(unknown).collect()
}

/// The former parcels of the same ground, those that cover most of it first.
fn lineage(world: &World, known: Option<&FormerLayer>, target: &Target) -> Vec<Former> {
    let former = known.and_then(|known| Some((known, world.layers.get(&known.layer)?)));
    let Some((known, layer)) = former else {
        return Vec::new();
    };
    let fields = &layer.view().fields;
    let wanted = known.land_use.as_ref();
    let field = wanted.and_then(|name| fields.iter().position(|field| field.name == *name));
    let mut all: Vec<Former> = query::near(layer, target, 0.0)
        .into_iter()
        .map(|hit| Former {
            layer: layer.view().id.clone(),
            id: layer.id(hit.row),
            name: rings::name(layer, hit.row),
            land_use: field.and_then(|field| coded(layer, hit.row, field)),
            valid: layer.valid(hit.row),
            covers_share: hit.overlap_m2 / target.area_m2(),
        })
        .filter(|former| former.covers_share > LEAST_SHARE)
        .collect();
    all.sort_by(|a, b| {
        b.covers_share
            .total_cmp(&a.covers_share)
            .then(a.id.cmp(&b.id))
    });
    all
}

/// The use that a code field of a row says.
fn coded(layer: &Snapshot, row: usize, field: usize) -> Option<CodedUse> {
    let system = layer.view().fields.get(field)?.codes.as_ref()?.name.clone();
    let code = layer.value(row, field).to_plain_text();
    (!code.is_empty()).then_some(CodedUse { system, code })
}

/// Every layer that was looked into, those of parcels and present use among them.
fn layers_used<'a>(
    world: &'a World,
    book: &'a Book,
    question: &'a Question,
    screened: impl Iterator<Item = &'a LayerId>,
) -> Vec<LayerUsed> {
    let record = question.parcel.record.as_ref();
    let parts = [
        record.map(|record| &record.layer),
        book.parts.current_use.as_ref().map(|(layer, _)| layer),
        book.parts.former_parcels.as_ref().map(|known| &known.layer),
        Some(&world.district.boundary),
    ];
    let mut ids: Vec<&LayerId> = screened.chain(parts.into_iter().flatten()).collect();
    ids.sort_unstable();
    ids.dedup();
    let used = ids.into_iter().filter_map(|id| world.layers.get(id));
    used.map(|layer| {
        let view = layer.view();
        LayerUsed {
            layer: view.id.clone(),
            title: view.title.clone(),
            version: layer.version().to_owned(),
            updated: view.provenance.updated.clone(),
            publisher: view.provenance.publisher.clone(),
            licence: view.provenance.licence.clone(),
            demonstration: view.provenance.demonstration,
        }
    })
    .collect()
}
