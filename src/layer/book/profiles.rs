//! A file of `layers/profiles` as a profile, or everything in it that has no meaning.

use std::collections::{BTreeMap, BTreeSet};

use super::Book;
use super::file::ProfileFile;
use super::known::{Known, Layers, empty, id_is_stem};
use super::profile::Profile;
use crate::layer::check::words;
use crate::layer::document::Document;
use crate::model::LayerId;
use crate::say;
use crate::text::Key;

/// The profile of a file, if nothing in it is wrong. `rule_sets` are the sets there are, right or
/// wrong; `background` is the district's.
pub(super) fn check(
    doc: &mut Document,
    stem: &str,
    book: &Book,
    layers: &Layers<'_>,
    rule_sets: &BTreeSet<String>,
    background: Option<&str>,
) -> Option<Profile> {
    let file: ProfileFile = doc.part("")?;
    id_is_stem(doc, &file.id, stem);
    let title = words(doc, "title");
    let note = words(doc, "note");
    rings(doc, &file.rings_m);
    for (key, value) in [
        ("road_width_m", file.road_width_m),
        ("sliver_m2", file.sliver_m2),
        ("precise_to_m", file.precise_to_m),
    ] {
        if value < 0.0 {
            doc.fault(key, say!(Key::LayerBookAtLeast, key = key, value = value));
        }
    }
    for (key, value) in [
        ("least_share_on_site", file.least_share_on_site),
        ("least_share_rings", file.least_share_rings),
    ] {
        if !(0.0..=1.0).contains(&value) {
            doc.fault(key, say!(Key::LayerBookShare, key = key, value = value));
        }
    }
    if !rule_sets.contains(&file.rules) {
        Known::RuleSet.fault(doc, "rules", &file.rules, rule_sets.iter());
    }
    let background = self::background(doc, &file, book, background);
    let road_uses = road_uses(doc, &file, book);
    let leave_out = leave_out(doc, &file, layers);
    doc.is_sound().then_some(Profile {
        id: file.id,
        version: file.version,
        title: title?,
        note: note?,
        rings_m: file.rings_m,
        road_width_m: file.road_width_m,
        road_uses,
        sliver_m2: file.sliver_m2,
        precise_to_m: file.precise_to_m,
        least_share_on_site: file.least_share_on_site,
        least_share_rings: file.least_share_rings,
        survey_age_years: file.survey_age_years,
        valid_days: file.valid_days,
        rules: file.rules,
        background,
        leave_out,
    })
}

fn rings(doc: &mut Document, rings: &[u32]) {
    let ascending = rings.windows(2).all(|two| two[0] < two[1]);
    if !ascending || rings.is_empty() || rings.contains(&0) {
        doc.fault("rings_m", say!(Key::LayerBookRings));
    }
}

/// The profile's own background set, else the district's; whether there is such a set is known once
/// there are sets at all.
fn background(
    doc: &mut Document,
    file: &ProfileFile,
    book: &Book,
    district: Option<&str>,
) -> String {
    let named = file.background.as_deref();
    if let Some(id) = named {
        let sets = &book.limits.backgrounds;
        empty(doc, "background", id);
        if !sets.is_empty() && !sets.contains_key(id) {
            Known::Background.fault(doc, "background", id, sets.keys());
        }
    }
    named.or(district).unwrap_or_default().to_owned()
}

fn road_uses(
    doc: &mut Document,
    file: &ProfileFile,
    book: &Book,
) -> BTreeMap<String, BTreeSet<String>> {
    for (system, codes) in &file.road_uses {
        let at = format!("road_uses.{system}");
        let Some(list) = book.systems.get(system) else {
            if !book.systems.is_empty() {
                Known::System.fault(doc, &at, system, book.systems.keys());
            }
            continue;
        };
        for (nth, code) in codes.iter().enumerate() {
            if list.words(code).is_none() {
                let known = list.entries.keys();
                Known::CodeOf(system).fault(doc, &format!("{at}.{nth}"), code, known);
            }
        }
    }
    let sets = file.road_uses.iter();
    sets.map(|(system, codes)| (system.clone(), codes.iter().cloned().collect()))
        .collect()
}

fn leave_out(doc: &mut Document, file: &ProfileFile, layers: &Layers<'_>) -> BTreeSet<LayerId> {
    for (nth, id) in file.leave_out.iter().enumerate() {
        if !layers.named.contains_key(id) {
            let at = format!("leave_out.{nth}");
            Known::Layer.fault(doc, &at, id, layers.named.keys());
        }
    }
    let ids = file.leave_out.iter();
    ids.filter_map(|id| LayerId::parse(id).ok()).collect()
}
