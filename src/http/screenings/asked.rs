//! What a request asks for, from its address or its body.

use http::header;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use super::ground;
use crate::assess::ask::{self, Asked, ParcelAsked, UseAsked};
use crate::http::call::{Call, Query, bad_parameter, shortened};
use crate::http::problem::{BAD_BODY, MEDIA, Refusal};
use crate::say;
use crate::text::{Key, Lang};

/// A question as a request asks it.
pub(super) struct Wanted {
    /// The question.
    pub(super) asked: Asked,
    /// The moment as it was written.
    pub(super) as_of: Option<String>,
}

const PARAMETERS: &[&str] = &[
    "parcel", "lon", "lat", "place", "planned", "system", "current", "profile", "as_of",
];

impl Wanted {
    /// As an address asks it.
    pub(super) fn of_query(call: &Call, now: Timestamp) -> Result<Self, Refusal> {
        let query = call.query(PARAMETERS)?;
        let zone = &call.world()?.district.time_zone;
        let system = query.get("system").filter(|system| !system.is_empty());
        // Without a use it would be passed over, whatever it says.
        if let Some(system) = system {
            ask::system(&call.world()?.book, system).map_err(super::refused)?;
        }
        let coded = |text: &str| {
            let mut coded = UseAsked::parse(text);
            coded.system = coded.system.or_else(|| system.map(str::to_owned));
            coded
        };
        let planned = query.get("planned").unwrap_or_default();
        let planned = planned.split(',').filter(|code| !code.trim().is_empty());
        let current = query.get("current").filter(|code| !code.trim().is_empty());
        let as_of = query.get("as_of").map(str::to_owned);
        let lang = call.lang();
        let asked = Asked {
            parcel: parcel_of(&query, lang)?,
            planned: planned.map(coded).collect(),
            current: current.map(coded),
            profile: query.get("profile").map(str::to_owned),
            as_of: moment(as_of.as_deref(), zone, now, lang)?,
            today: zone.to_datetime(now).date(),
        };
        Ok(Self { asked, as_of })
    }

    /// As a body asks it.
    pub(super) fn of_body(call: &Call, zone: &TimeZone, now: Timestamp) -> Result<Self, Refusal> {
        is_json(call)?;
        let body: Value = serde_json::from_slice(call.body()).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            Refusal::new(
                &BAD_BODY,
                say!(Key::HttpBodyNoJson, line = line, column = column),
            )
        })?;
        let lang = call.lang();
        let known = ["parcel", "planned_use", "current_use", "profile", "as_of"];
        let body = object(&body, "", &known)?;
        let parcel = body.get("parcel").unwrap_or(&Value::Null);
        let as_of = text(body, "as_of")?;
        let asked = Asked {
            parcel: ground::parcel(parcel)?,
            planned: match body.get("planned_use") {
                None | Some(Value::Null) => Vec::new(),
                Some(Value::Array(uses)) => uses
                    .iter()
                    .map(|one| land_use(one, "planned_use"))
                    .collect::<Result<_, _>>()?,
                Some(one) => vec![land_use(one, "planned_use")?],
            },
            current: match body.get("current_use") {
                None | Some(Value::Null) => None,
                Some(one) => Some(land_use(one, "current_use")?),
            },
            profile: text(body, "profile")?,
            as_of: moment(as_of.as_deref(), zone, now, lang)?,
            today: zone.to_datetime(now).date(),
        };
        Ok(Self { asked, as_of })
    }
}

/// Whether a body says that it is JSON, and is not compressed.
fn is_json(call: &Call) -> Result<(), Refusal> {
    let header = |name| {
        let value = call.headers().get(name);
        value.map(|value| value.to_str().unwrap_or("?").to_ascii_lowercase())
    };
    let media = header(header::CONTENT_TYPE).unwrap_or_default();
    let essence = media.split(';').next().unwrap_or_default().trim();
    let plain = header(header::CONTENT_ENCODING).is_none_or(|coding| coding == "identity");
    if plain && ["application/json", "application/geo+json"].contains(&essence) {
        return Ok(());
    }
    let detail = say!(Key::HttpBodyMedia, media = shortened(essence));
    Err(Refusal::new(&MEDIA, detail))
}

/// Which parcel an address asks for.
fn parcel_of(query: &Query, lang: Lang) -> Result<ParcelAsked, Refusal> {
    let right = || say!(Key::HttpParcelHow).in_lang(lang);
    let number = |name: &str, most: f64| match query.get(name) {
        None => Ok(None),
        Some(text) => match text.trim().parse::<f64>() {
            Ok(number) if number.abs() <= most => Ok(Some(number)),
            _ => {
                let right = say!(Key::HttpDegrees, most = most).in_lang(lang);
                Err(bad_parameter(name, text, &right))
            }
        },
    };
    let (lon, lat) = (number("lon", 180.0)?, number("lat", 90.0)?);
    let named = |name| {
        query
            .get(name)
            .filter(|text: &&str| !text.trim().is_empty())
    };
    match (named("parcel"), named("place"), lon, lat) {
        (Some(id), None, None, None) => Ok(ParcelAsked::Id(id.trim().to_owned())),
        (None, Some(place), None, None) => Ok(ParcelAsked::Place(place.trim().to_owned())),
        (None, None, Some(lon), Some(lat)) => Ok(ParcelAsked::Point(lon, lat)),
        _ => Err(bad_parameter(
            "parcel",
            query.get("parcel").unwrap_or_default(),
            &right(),
        )),
    }
}

/// The moment that `as_of` means: RFC 3339, or a day in the district, of which the end is meant, and
/// of today this moment.
fn moment(
    text: Option<&str>,
    zone: &TimeZone,
    now: Timestamp,
    lang: Lang,
) -> Result<Option<Timestamp>, Refusal> {
    let Some(text) = text.map(str::trim) else {
        return Ok(None);
    };
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(Some(moment));
    }
    let day = if text.len() == 10 {
        text.parse::<Date>().ok()
    } else {
        None
    };
    let end = day.and_then(|day| {
        let end = day.to_datetime(Time::constant(23, 59, 59, 0));
        Some((day, zone.to_timestamp(end).ok()?))
    });
    match end {
        Some((day, _)) if day == zone.to_datetime(now).date() => Ok(Some(now)),
        Some((_, end)) => Ok(Some(end)),
        None => {
            let right = say!(Key::HttpAsOfForm).in_lang(lang);
            Err(bad_parameter("as_of", text, &right))
        }
    }
}

/// An object whose keys are all known.
pub(super) fn object<'a>(
    value: &'a Value,
    within: &str,
    known: &[&str],
) -> Result<&'a Map<String, Value>, Refusal> {
    let list = known.join(", ");
    let Value::Object(object) = value else {
        let detail = say!(Key::HttpBodyNoObject, key = within, known = list);
        return Err(Refusal::new(&BAD_BODY, detail));
    };
    match object.keys().find(|key| !known.contains(&key.as_str())) {
        Some(stranger) => {
            let key = shortened(stranger);
            let detail = say!(Key::HttpBodyKey, key = key, known = list);
            Err(Refusal::new(&BAD_BODY, detail))
        }
        None => Ok(object),
    }
}

/// A text of an object; null is as if it were not there.
pub(super) fn text(object: &Map<String, Value>, key: &str) -> Result<Option<String>, Refusal> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(Refusal::new(
            &BAD_BODY,
            say!(Key::HttpBodyNoText, key = key),
        )),
    }
}

/// A use: `"0701"`, `"gb50137-2011:R2"`, or `{system, code}`.
fn land_use(value: &Value, key: &str) -> Result<UseAsked, Refusal> {
    if let Value::String(text) = value {
        return Ok(UseAsked::parse(text));
    }
    let object = object(value, key, &["system", "code"])?;
    let Some(code) = text(object, "code")? else {
        return Err(Refusal::new(
            &BAD_BODY,
            say!(Key::HttpBodyNoText, key = "code"),
        ));
    };
    Ok(UseAsked {
        system: text(object, "system")?,
        code: code.trim().to_owned(),
    })
}
