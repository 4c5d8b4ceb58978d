//! `onemap verify`: a kept report, made anew from what was on record when it was made.

use serde_json::Value;

use super::asking::audience;
use super::screen::ENGINE;
use super::{Exit, Session, past};
use crate::assess;
use crate::layer::Atlas;
use crate::model::Audience;
use crate::report::{self, Around, Document, asked};
use crate::say;
use crate::store::geopackage::GeoPackage;
use crate::store::{KeptReport, Store as _, StoreError};
use crate::text::{Key, Message, Problem};

/// How many places where two documents differ are shown.
const SHOWN: usize = 20;

/// Makes the report anew, and says whether it is the same, or what made it another.
pub(super) fn verify(session: &Session, id: &str, whose: Option<&str>) -> Result<Exit, Problem> {
    let atlas = session.atlas()?;
    let store = GeoPackage::open(&session.store()).map_err(StoreError::into_problem)?;
    let audiences = match whose {
        Some(name) => vec![audience(&atlas, Some(name))?],
        None => Audience::ALL.to_vec(),
    };
    let mut found = None;
    for audience in audiences {
        let kept = store.kept(id, audience).map_err(StoreError::into_problem)?;
        found = found.or(kept);
    }
    let Some(kept) = found else {
        return Err(say!(Key::CliVerifyAbsent, id = id).into());
    };
    let unreadable = |error| Problem::because(say!(Key::CliVerifyUnreadable, id = id), error);
    let before: Value = serde_json::from_str(&kept.document).map_err(unreadable)?;
    if report::hash(before.clone())? != kept.hash {
        return Err(say!(Key::CliVerifyBroken, id = id).into());
    }
    let (terminal, made_at) = (&session.terminal, kept.made_at);
    let now = anew(&atlas, &store, &kept);
    let reasons = reasons(&before, &atlas);
    let now = match now {
        Ok(now) => now,
        Err(problem) => {
            for reason in &reasons {
                terminal.warn(reason);
            }
            return Err(problem);
        }
    };
    if now.hash == kept.hash {
        let hash = &kept.hash;
        terminal.say(&say!(
            Key::CliVerifySame,
            id = id,
            made_at = made_at,
            hash = hash
        ));
        return Ok(Exit::Done);
    }
    terminal.say(&say!(
        Key::CliVerifyOther,
        id = id,
        made_at = made_at,
        before = kept.hash,
        now = now.hash
    ));
    let now = serde_json::to_value(&now).map_err(unreadable)?;
    let layers = before.get("revision") != now.get("revision");
    if layers {
        terminal.say(&say!(Key::CliVerifyLayers));
    }
    for reason in &reasons {
        terminal.say(reason);
    }
    if reasons.is_empty() && !layers {
        terminal.say(&say!(Key::CliVerifyUnexplained));
    }
    let mut places = Vec::new();
    differing("", &before, &now, &mut places);
    places.retain(|(place, _, _)| !LEFT_OUT.contains(&place.as_str()));
    for (place, before, now) in places.iter().take(SHOWN) {
        terminal.out(&format!("  {place}: {before} → {now}"));
    }
    if let Some(more) = places.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        terminal.say(&say!(Key::CliVerifyMore, more = more));
    }
    Ok(Exit::Failed)
}

/// What does not count, or is said already.
const LEFT_OUT: [&str; 4] = ["id", "made_at", "report_number", "hash"];

/// The document made anew, of the revision that it was made of.
fn anew(atlas: &Atlas, store: &GeoPackage, kept: &KeptReport) -> Result<Document, Problem> {
    let book = atlas.book.as_ref();
    let question = asked::of_json(&kept.question, book)?;
    let world = past::world_at(atlas, store, kept.audience, kept.revision)
        .map_err(StoreError::into_problem)?;
    let screening =
        assess::screen(&world, book, &question).map_err(|fault| Problem::new(fault.message()))?;
    let around = Around {
        audience: kept.audience,
        district: &world.district,
        book,
        id: Some(kept.id.clone()),
        made_at: kept.made_at,
    };
    Document::of(&screening, &around)
}

/// What made it that is another today: the program, the rules, the profile.
fn reasons(before: &Value, atlas: &Atlas) -> Vec<Message> {
    let text = |path: &str| before.pointer(path).and_then(Value::as_str).unwrap_or("–");
    let mut reasons = Vec::new();
    let engine = text("/engine");
    if engine != ENGINE {
        reasons.push(say!(Key::CliVerifyEngine, before = engine, now = ENGINE));
    }
    if text("/rules/digest") != atlas.book.digest {
        let id = text("/rules/id");
        let version = |version: Option<u64>| version.map_or("–".to_owned(), |v| v.to_string());
        let set = atlas.book.rule_sets.get(id);
        reasons.push(say!(
            Key::CliVerifyRules,
            rules = id,
            before = version(before.pointer("/rules/version").and_then(Value::as_u64)),
            now = version(set.map(|set| u64::from(set.version)))
        ));
    }
    reasons
}

/// Every place where two documents differ, with what stands there.
fn differing(place: &str, a: &Value, b: &Value, out: &mut Vec<(String, String, String)>) {
    match (a, b) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for key in keys {
                let inner = if place.is_empty() {
                    key.clone()
                } else {
                    format!("{place}.{key}")
                };
                let at = |map: &serde_json::Map<String, Value>| {
                    map.get(key).cloned().unwrap_or_default()
                };
                differing(&inner, &at(a), &at(b), out);
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (at, (a, b)) in a.iter().zip(b).enumerate() {
                differing(&format!("{place}[{at}]"), a, b, out);
            }
        }
        (a, b) if a == b => {}
        (a, b) => out.push((place.to_owned(), short(a), short(b))),
    }
}

/// A value in a few words.
fn short(value: &Value) -> String {
    let text = match value {
        Value::Array(list) => format!("[{}]", list.len()),
        other => other.to_string(),
    };
    if text.chars().count() > 80 {
        text.chars().take(79).chain(['…']).collect()
    } else {
        text
    }
}
