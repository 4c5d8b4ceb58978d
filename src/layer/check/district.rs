//! `layers/district.toml`.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::words;
use crate::layer::crosswalk::Crosswalk;
use crate::layer::district::District;
use crate::layer::document::Document;
use crate::layer::file::{AudienceWord, DistrictFile, Words};
use crate::model::{Audience, LayerId};
use crate::say;
use crate::text::near::{listed, nearest};
use crate::text::{Bilingual, Key};

/// What the layers' files say of themselves, right or wrong: id → geometry.
pub(in crate::layer) type Geometries = BTreeMap<String, Option<String>>;

/// The district, if nothing in its file is wrong.
pub(in crate::layer) fn check(
    doc: &mut Document,
    layers: &Geometries,
    crosswalk: &Crosswalk,
) -> Option<District> {
    if doc.is_unreadable() {
        return None;
    }
    let name = words(doc, "name");
    let publisher = words(doc, "publisher");
    let boundary = areas(doc, "boundary", layers);
    let subdistricts = doc
        .has("subdistricts")
        .then(|| areas(doc, "subdistricts", layers));
    let margin_km = margin(doc);
    let time_zone = time_zone(doc);
    let audiences = audiences(doc);
    let land_use_system = land_use_system(doc, crosswalk);
    for key in [
        "land_use_system",
        "code",
        "contact",
        "profile",
        "soil_background",
    ] {
        if doc.text(key).is_some_and(|text| text.trim().is_empty()) {
            doc.fault(key, say!(Key::LayerCheckEmpty, key = key));
        }
    }
    let map_review_number = if doc.has("map_review_number") {
        doc.part("map_review_number")
    } else {
        Some(String::new())
    };
    let district = District {
        name: name?,
        code: doc.part("code"),
        boundary: boundary?,
        subdistricts: match subdistricts {
            Some(named) => Some(named?),
            None => None,
        },
        margin_km: margin_km?,
        time_zone: time_zone?,
        map_review_number: map_review_number?,
        publisher: publisher?,
        contact: doc.part("contact"),
        land_use_system: land_use_system?,
        profile: doc.part("profile"),
        soil_background: doc.part("soil_background"),
        audiences: audiences?,
    };
    doc.is_sound().then_some(district)
}

/// The layer of polygons that a key names.
fn areas(doc: &mut Document, key: &str, layers: &Geometries) -> Option<LayerId> {
    let id: String = doc.part(key)?;
    match layers.get(&id) {
        Some(Some(geometry)) if geometry != "polygon" => {
            let message = say!(
                Key::LayerCheckAreasShape,
                key = key,
                id = id,
                geometry = geometry
            );
            doc.fault(key, message);
        }
        Some(_) => {}
        None => {
            let known: Vec<&str> = layers.keys().map(String::as_str).collect();
            let message = match nearest(&id, known.iter().copied()) {
                Some(near) => {
                    say!(
                        Key::LayerCheckAreasUnknownNear,
                        key = key,
                        id = id,
                        near = near
                    )
                }
                None => {
                    say!(
                        Key::LayerCheckAreasUnknown,
                        key = key,
                        id = id,
                        known = listed(&known)
                    )
                }
            };
            doc.fault(key, message);
        }
    }
    LayerId::parse(&id).ok()
}

fn margin(doc: &mut Document) -> Option<f64> {
    if !doc.has("margin_km") {
        return Some(DistrictFile::margin_km());
    }
    let margin: f64 = doc.part("margin_km")?;
    if margin < 0.0 {
        doc.fault("margin_km", say!(Key::LayerCheckMargin, value = margin));
    }
    Some(margin)
}

fn time_zone(doc: &mut Document) -> Option<TimeZone> {
    let name: String = doc.part("time_zone")?;
    let zone = TimeZone::get(&name).ok();
    if zone.is_none() {
        doc.fault("time_zone", say!(Key::LayerCheckTimeZone, value = name));
    }
    zone
}

/// The system must be one of those whose uses are known; without a crosswalk none is.
fn land_use_system(doc: &mut Document, crosswalk: &Crosswalk) -> Option<String> {
    let name: String = doc.part("land_use_system")?;
    let known: Vec<&str> = crosswalk.systems.keys().map(String::as_str).collect();
    if !name.trim().is_empty() && !known.is_empty() && !known.contains(&name.as_str()) {
        let message = say!(
            Key::LayerCheckLandUseSystem,
            value = name,
            known = listed(&known)
        );
        doc.fault("land_use_system", message);
    }
    Some(name)
}

fn audiences(doc: &mut Document) -> Option<BTreeMap<Audience, Bilingual>> {
    let named: BTreeMap<AudienceWord, Words> = doc.part("audiences")?;
    if !named.contains_key(&AudienceWord::Public) {
        doc.fault("audiences", say!(Key::LayerCheckAudiences));
    }
    let audience = |word: AudienceWord| match word {
        AudienceWord::Public => Audience::Public,
        AudienceWord::Department => Audience::Department,
    };
    named
        .into_keys()
        .map(audience)
        .map(|audience| {
            Some((
                audience,
                words(doc, &format!("audiences.{}", audience.as_str()))?,
            ))
        })
        .collect()
}
