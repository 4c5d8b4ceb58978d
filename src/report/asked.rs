//! A question as text that gives the very same question again: what a kept report is made anew from.

use geo_types::{Geometry, MultiPolygon};
use serde::{Deserialize, Serialize};

use super::seal;
use crate::assess::question::{ParcelRecord, PlannedOrigin};
use crate::assess::{Parcel, Planned, Question};
use crate::geom::wkb;
use crate::layer::Book;
use crate::model::{CodedUse, FeatureId, LayerId};
use crate::say;
use crate::text::{Key, Problem};

/// The form of the text.
const FORMAT: u32 = 1;

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    format: u32,
    /// Well-known binary in hexadecimal: the coordinates to the last bit.
    parcel: String,
    record: Option<Record>,
    planned: Vec<Use>,
    origin: String,
    current: Option<Use>,
    profile: String,
    as_of: Option<String>,
    valid_on: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    layer: String,
    feature: i64,
    name: String,
    /// As text: its shortest decimals give the same number again.
    registered_area_m2: Option<String>,
    current_use: Option<Use>,
    planned_use: Option<Use>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Use {
    system: String,
    code: String,
}

impl Use {
    fn of(coded: &CodedUse) -> Self {
        Self {
            system: coded.system.clone(),
            code: coded.code.clone(),
        }
    }

    fn coded(self) -> CodedUse {
        CodedUse {
            system: self.system,
            code: self.code,
        }
    }
}

const ORIGINS: [(PlannedOrigin, &str); 3] = [
    (PlannedOrigin::Asked, "asked"),
    (PlannedOrigin::Record, "record"),
    (PlannedOrigin::Unknown, "unknown"),
];

/// The question as text.
pub fn to_json(question: &Question) -> String {
    let parcel = &question.parcel;
    let ground = Geometry::MultiPolygon(parcel.geometry.clone());
    let origin = ORIGINS
        .iter()
        .find(|(origin, _)| *origin == question.planned.origin);
    let asked = Asked {
        format: FORMAT,
        parcel: seal::letters(&wkb::to_vec(&ground)),
        record: parcel.record.as_ref().map(|record| Record {
            layer: record.layer.to_string(),
            feature: record.feature.0,
            name: record.name.clone(),
            registered_area_m2: record.registered_area_m2.map(|area| area.to_string()),
            current_use: record.current_use.as_ref().map(Use::of),
            planned_use: record.planned_use.as_ref().map(Use::of),
        }),
        planned: question.planned.uses.iter().map(Use::of).collect(),
        origin: origin.map_or_else(String::new, |(_, name)| (*name).to_owned()),
        current: question.current.as_ref().map(Use::of),
        profile: question.profile.id.clone(),
        as_of: question.as_of.map(|moment| moment.to_string()),
        valid_on: question.valid_on.to_string(),
    };
    serde_json::to_string(&asked).unwrap_or_default()
}

/// The question that a text is, with today's profile of that name.
pub fn of_json(text: &str, book: &Book) -> Result<Question, Problem> {
    let unreadable = || say!(Key::ReportQuestionUnreadable);
    let asked: Asked =
        serde_json::from_str(text).map_err(|error| Problem::because(unreadable(), error))?;
    let profile = book.profiles.get(&asked.profile).cloned().ok_or_else(|| {
        let known: Vec<&str> = book.profiles.keys().map(String::as_str).collect();
        say!(
            Key::ReportProfileGone,
            profile = asked.profile,
            known = known.join(", ")
        )
    })?;
    let geometry = ground(&asked.parcel)
        .filter(|_| asked.format == FORMAT)
        .ok_or_else(unreadable)?;
    let origin = ORIGINS.iter().find(|(_, name)| *name == asked.origin);
    let because = |error: jiff::Error| Problem::because(unreadable(), error);
    let as_of = asked.as_of.map(|moment| moment.parse());
    let as_of = as_of.transpose().map_err(because)?;
    let valid_on = asked.valid_on.parse().map_err(because)?;
    Ok(Question {
        parcel: Parcel {
            geometry,
            record: match asked.record {
                Some(record) => Some(of_record(record)?),
                None => None,
            },
        },
        planned: Planned {
            uses: asked.planned.into_iter().map(Use::coded).collect(),
            origin: origin.ok_or_else(unreadable)?.0,
        },
        current: asked.current.map(Use::coded),
        profile,
        as_of,
        valid_on,
    })
}

fn of_record(record: Record) -> Result<ParcelRecord, Problem> {
    let area = record.registered_area_m2;
    Ok(ParcelRecord {
        layer: LayerId::parse(&record.layer)?,
        feature: FeatureId(record.feature),
        name: record.name,
        registered_area_m2: area.and_then(|area| area.parse().ok()),
        current_use: record.current_use.map(Use::coded),
        planned_use: record.planned_use.map(Use::coded),
    })
}

fn ground(letters: &str) -> Option<MultiPolygon<f64>> {
    match wkb::read(&seal::bytes(letters)?).ok()? {
        Geometry::MultiPolygon(ground) => Some(ground),
        _ => None,
    }
}
