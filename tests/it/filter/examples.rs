//! The 120 examples of the standard: each is read, or refused for a reason that stands here.

use std::fs;

use onemap::filter::{Expression, Kind};
use onemap::text::Key;

use super::table::Fields;
use crate::support::shared;

/// The properties of the examples.
const PROPERTIES: [(Kind, &[&str]); 6] = [
    (
        Kind::Text,
        &[
            "city",
            "name",
            "cityName",
            "road_class",
            "etat_vol",
            "landsat:scene_id",
            "eo:instrument",
            "beamMode",
            "swathDirection",
            "polarization",
            "owner",
            "material",
            "geophys:SURVEY_NAME",
            "id",
            "values",
            "layer:ids",
        ],
    ),
    (
        Kind::Number,
        &[
            "balance",
            "windSpeed",
            "depth",
            "category",
            "vehicle_height",
            "bridge_clearance",
            "landsat:wrs_row",
            "landsat:wrs_path",
            "eo:cloud_cover",
            "floors",
            "taxes",
            "value",
            "foo",
            "bar",
            "x",
        ],
    ),
    (Kind::Boolean, &["swimming_pool"]),
    (Kind::Date, &["updated", "built"]),
    (
        Kind::DateTime,
        &[
            "event_time",
            "touchdown",
            "liftOff",
            "starts_at",
            "ends_at",
            "updated_at",
        ],
    ),
    (
        Kind::Geometry,
        &["geometry", "road", "footprint", "location"],
    ),
];

/// Examples that take a property for a text which others take for a number.
const AS_TEXT: [(&str, &str); 3] = [
    ("example03", "landsat:wrs_path"),
    ("example40", "value"),
    ("example40-alt01", "value"),
];

/// Examples that are refused, and why: no list has a property, no function is the server's own.
const REFUSED: [(&str, Key); 10] = [
    ("clause6_01", Key::FilterFunctionUnknown),
    ("clause6_02b", Key::FilterFunctionUnknown),
    ("clause7_15", Key::FilterNoLists),
    ("clause7_18", Key::FilterFunctionUnknown),
    ("example68", Key::FilterFunctionUnknown),
    ("example69", Key::FilterFunctionUnknown),
    ("example79", Key::FilterNoLists),
    ("example80", Key::FilterNoLists),
    ("example81", Key::FilterNoLists),
    ("example82", Key::FilterNoLists),
];

/// The properties of one example.
fn fields(example: &str) -> Fields {
    let mut fields = Vec::new();
    for (kind, names) in PROPERTIES {
        for name in names {
            let as_text = AS_TEXT.contains(&(example, *name));
            let kind = if as_text { Kind::Text } else { kind };
            fields.push((*name, kind));
        }
    }
    Fields::of(&fields)
}

#[test]
fn every_example_is_read_or_refused_for_a_listed_reason_in_text_and_json_alike() {
    let Some(folder) = shared("acceptance/cql2/examples") else {
        return;
    };
    let (mut texts, mut wrong) = (0, Vec::new());
    for entry in fs::read_dir(folder.join("text")).unwrap() {
        let path = entry.unwrap().path();
        let example = path.file_stem().unwrap().to_string_lossy().into_owned();
        let fields = fields(&example);
        let text = fs::read_to_string(&path).unwrap();
        let twin = example.split("-alt").next().unwrap();
        let json = folder.join("json").join(format!("{twin}.json"));
        let json = fs::read_to_string(json).unwrap();
        texts += 1;
        let refused = REFUSED.iter().find(|(name, _)| *name == example);
        let from_text = Expression::parse_text(&text, &fields);
        let from_json = Expression::parse_json(&json, &fields);
        match (from_text, from_json, refused) {
            (Ok(text), Ok(json), None) if text == json => {
                assert_eq!(fields.read(&text.to_string()), text, "{example}");
                assert_eq!(fields.read(&text.to_json().to_string()), text, "{example}");
            }
            (Err(text), Err(json), Some((_, key)))
                if text.message.key() == *key && json.message.key() == *key => {}
            (text, json, _) => wrong.push(format!("{example}: {text:?}\n    {json:?}")),
        }
    }
    assert_eq!(texts, 120);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
