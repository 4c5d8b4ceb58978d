//! `/places`: what bears a name or number, and where.

use std::sync::Arc;

use axum::body::Body;
use http::Response;
use serde::Serialize;

use super::answer::{Keep, document, media};
use super::call::{Call, Query, bad_parameter};
use super::problem::Refusal;
use crate::geom::BBox;
use crate::query::{self, Cell, Snapshot};
use crate::say;
use crate::text::{Key, Lang};

/// Places told when none is said.
const LIMIT: usize = 10;
/// Most places told. Who asks for more gets so many.
const MOST: usize = 50;

/// The answer.
#[derive(Debug, Serialize)]
struct Places {
    /// What was asked.
    query: String,
    /// The best first.
    places: Vec<Place>,
}

/// A place.
#[derive(Debug, Serialize)]
struct Place {
    kind: Kind,
    /// Its name.
    title: String,
    /// What it is and where, in words.
    detail: String,
    /// The layer it is a feature of.
    layer: Option<String>,
    /// Its number there; of several of one name, the first's.
    id: Option<i64>,
    /// How many features bear this name: more than one where they are told as one place.
    count: usize,
    /// Longitude, latitude.
    center: [f64; 2],
    /// West, south, east, north; null for a point.
    bbox: Option<[f64; 4]>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Feature,
}

/// Search.
pub(super) async fn all(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    document(call, media::JSON, Keep::Ask, |call| {
        let query = call.query(&["q", "limit"])?;
        let (world, lang) = (call.world()?, call.lang());
        let asked = asked(&query, lang)?;
        let limit = limit(&query)?;
        let places = query::places(world, asked, limit);
        Ok(Places {
            query: asked.to_owned(),
            places: places
                .iter()
                .filter_map(|place| feature(place, lang))
                .collect(),
        })
    })
    .await
}

fn asked(query: &Query, lang: Lang) -> Result<&str, Refusal> {
    let asked = query.get("q").unwrap_or("");
    let wrong = |right: crate::text::Message| bad_parameter("q", asked, &right.in_lang(lang));
    if asked.trim().is_empty() {
        return Err(wrong(say!(Key::HttpQueryEmpty)));
    }
    if asked.chars().count() > query::MOST_LETTERS {
        let most = query::MOST_LETTERS;
        return Err(wrong(say!(Key::HttpQueryLength, most = most)));
    }
    Ok(asked)
}

fn limit(query: &Query) -> Result<usize, Refusal> {
    let Some(text) = query.get("limit") else {
        return Ok(LIMIT);
    };
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    // A number too long to read is more than the most.
    let limit = if plain {
        text.parse().unwrap_or(MOST)
    } else {
        0
    };
    if limit == 0 {
        return Err(bad_parameter("limit", text, "1–50"));
    }
    Ok(limit.min(MOST))
}

/// A place that is a feature.
fn feature(place: &query::Place<'_>, lang: Lang) -> Option<Place> {
    let layer = place.layer;
    let view = layer.view();
    let first = *place.rows.first()?;
    let met = value(layer, first, place.field, lang);
    let label = view
        .uses
        .label
        .and_then(|field| value(layer, first, field, lang));
    let title = label.or_else(|| met.clone())?;
    let mut detail = vec![view.title.in_lang(lang).to_owned()];
    if let (Some(field), Some(value)) = (view.fields.get(place.field), met)
        && value != title
    {
        let field = field.title.in_lang(lang);
        detail.push(say!(Key::HttpPlaceField, field = field, value = value).in_lang(lang));
    }
    let count = place.rows.len();
    if count > 1 {
        detail.push(say!(Key::HttpPlaceMany, count = count).in_lang(lang));
    }
    let (lon, lat) = place.at()?;
    let extended = |bbox: &BBox| bbox.west < bbox.east || bbox.south < bbox.north;
    Some(Place {
        kind: Kind::Feature,
        title,
        detail: detail.join(" · "),
        layer: Some(view.id.to_string()),
        id: Some(layer.id(first).0),
        count,
        center: [lon, lat].map(rounded),
        bbox: place
            .bbox()
            .filter(extended)
            .map(|bbox| bbox.to_array().map(rounded)),
    })
}

/// Degrees to about a centimetre.
fn rounded(degrees: f64) -> f64 {
    (degrees * 1e7).round() / 1e7
}

/// A value in words: a code as what it means.
fn value(layer: &Snapshot, row: usize, field: usize, lang: Lang) -> Option<String> {
    let cell = layer.cell(row, field);
    if cell.is_null() {
        return None;
    }
    let codes = layer.view().fields.get(field)?.codes.as_ref();
    if let (Cell::Text(code), Some(codes)) = (cell, codes)
        && let Some(words) = codes.words(code)
    {
        return Some(words.in_lang(lang).to_owned());
    }
    Some(cell.to_value().to_plain_text())
}
