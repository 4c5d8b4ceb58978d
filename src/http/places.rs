//! `/places`: what bears a name or number, and where; coordinates as people write them.

use std::sync::Arc;

use axum::body::Body;
use http::Response;

use super::answer::{Keep, document, media};
use super::call::{Call, Query, bad_parameter};
use super::problem::Refusal;
use super::wire::Bbox;
use super::wire::places::{Place, PlaceKind, Places, ReadOrder, Reading};
use crate::geom::written::{self, Order, Written};
use crate::geom::{BBox, Crs};
use crate::query::{self, Cell, Snapshot, World};
use crate::say;
use crate::text::{Key, Lang, Message};

/// Places told when none is said.
const LIMIT: usize = 10;
/// Most places told. Who asks for more gets so many.
const MOST: usize = 50;

/// Search.
pub(super) async fn all(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    document(call, media::JSON, Keep::Ask, |call| {
        let query = call.query(&["q", "limit", "crs"])?;
        let (world, lang) = (call.world()?, call.lang());
        let asked = asked(&query, lang)?;
        let limit = limit(&query)?;
        let crs = crs(&query, lang)?;
        let (coordinates, note) = match coordinates(world, asked, crs, lang) {
            Ok(places) => (places, None),
            Err(note) => (Vec::new(), Some(note.in_lang(lang))),
        };
        let found = query::places(world, asked, limit);
        let named = found.iter().filter_map(|place| feature(world, place, lang));
        // Two numbers may be a name, too: coordinates that lead elsewhere come behind what is here.
        let (mut places, elsewhere): (Vec<Place>, Vec<Place>) =
            coordinates.into_iter().partition(|place| {
                let reading = place.reading.as_ref();
                reading.is_some_and(|reading| reading.named || reading.inside != Some(false))
            });
        places.extend(named);
        places.truncate(limit.saturating_sub(elsewhere.len()).max(1));
        places.extend(elsewhere);
        places.truncate(limit);
        Ok(Places {
            query: asked.to_owned(),
            note: note.filter(|_| places.is_empty()),
            places,
        })
    })
    .await
}

/// The reference system of coordinates that name none.
fn crs(query: &Query, lang: Lang) -> Result<Option<Crs>, Refusal> {
    let Some(text) = query.get("crs") else {
        return Ok(None);
    };
    let systems = "EPSG:4548, CGCS2000, CRS84, GCJ-02, BD-09";
    match Crs::named(text) {
        Some(Ok(crs)) => Ok(Some(crs)),
        Some(Err(why)) => Err(bad_parameter("crs", text, &why.in_lang(lang))),
        None => Err(bad_parameter("crs", text, systems)),
    }
}

/// The places that coordinates may mean: none when `asked` is something else; why not, when it is
/// coordinates that cannot be read.
fn coordinates(
    world: &World,
    asked: &str,
    crs: Option<Crs>,
    lang: Lang,
) -> Result<Vec<Place>, Message> {
    let Some(written) = Written::read(asked) else {
        return Ok(Vec::new());
    };
    let named = written.crs.clone().transpose()?.or(crs);
    let system = named.clone().unwrap_or(Crs::Crs84);
    let readings = match (written.readings(&system), &named) {
        (Ok(readings), _) => readings,
        (Err(_), None) if !written.degrees => {
            // Two short numbers are more likely to be a name than metres.
            return if written.is_large() {
                Err(say!(Key::HttpPlaceNoteMetres))
            } else {
                Ok(Vec::new())
            };
        }
        (Err(reason), _) => {
            let reason = reason.in_lang(lang);
            return Err(say!(
                Key::HttpPlaceNoteUnreadable,
                crs = system,
                reason = reason
            ));
        }
    };
    let alone = readings.len() == 1;
    let mut places: Vec<Place> = readings
        .iter()
        .map(|reading| coordinate(world, reading, alone, named.as_ref(), lang))
        .collect();
    // Of two orders the one that leads here.
    places.sort_by_key(|place| {
        let inside = place.reading.as_ref().and_then(|reading| reading.inside);
        inside != Some(true)
    });
    Ok(places)
}

/// A place that is coordinates.
fn coordinate(
    world: &World,
    reading: &written::Reading,
    alone: bool,
    named: Option<&Crs>,
    lang: Lang,
) -> Place {
    let (lon, lat) = (reading.lon, reading.lat);
    let said = |message: Message| message.in_lang(lang);
    let crs = match named {
        Some(crs) => crs.to_string(),
        None => said(say!(Key::HttpPlaceSystemUnsaid)),
    };
    let (order, read) = match (reading.order, reading.degrees) {
        (Order::EastNorth, true) => (ReadOrder::LonLat, Key::HttpPlaceReadLonLat),
        (Order::NorthEast, true) => (ReadOrder::LatLon, Key::HttpPlaceReadLatLon),
        (Order::EastNorth, false) => (
            ReadOrder::EastingNorthing,
            Key::HttpPlaceReadEastingNorthing,
        ),
        (Order::NorthEast, false) => (
            ReadOrder::NorthingEasting,
            Key::HttpPlaceReadNorthingEasting,
        ),
    };
    let mut detail = vec![said(say!(read, crs = crs))];
    if !alone {
        detail.push(said(say!(Key::HttpPlaceOrderUnsaid)));
    } else if !reading.usual && named.is_some_and(|crs| matches!(crs, Crs::Epsg(_))) {
        detail.push(said(say!(Key::HttpPlaceOrderOther)));
    }
    if !reading.in_area {
        detail.push(said(say!(Key::HttpPlaceAreaOutside, crs = crs)));
    }
    let boundary = world.layers.get(&world.district.boundary);
    let inside = boundary
        .filter(|boundary| !boundary.is_empty())
        .map(|boundary| !query::at_point(boundary, lon, lat).is_empty());
    let district = world.district.name.in_lang(lang);
    match (inside, subdistrict(world, (lon, lat), lang)) {
        (Some(false), _) => detail.push(said(say!(Key::HttpPlaceOutside, district = district))),
        (_, Some(part)) => detail.push(said(say!(Key::HttpPlaceInside, district = part))),
        (Some(true), None) => detail.push(said(say!(Key::HttpPlaceInside, district = district))),
        (None, None) => {}
    }
    let (north, east) = (
        if lat < 0.0 { 'S' } else { 'N' },
        if lon < 0.0 { 'W' } else { 'E' },
    );
    Place {
        kind: PlaceKind::Coordinate,
        title: format!("{:.6}°{north} {:.6}°{east}", lat.abs(), lon.abs()),
        detail: detail.join(" · "),
        layer: None,
        id: None,
        count: None,
        center: [lon, lat].map(rounded),
        bbox: None,
        reading: Some(Reading {
            crs: named.unwrap_or(&Crs::Crs84).to_string(),
            named: named.is_some(),
            order,
            usual: reading.usual,
            inside,
        }),
    }
}

/// What the part of the district is called in which a point lies.
fn subdistrict(world: &World, (lon, lat): (f64, f64), lang: Lang) -> Option<String> {
    let parts = world.layers.get(world.district.subdistricts.as_ref()?)?;
    let label = parts.view().uses.label?;
    let row = query::at_point(parts, lon, lat).into_iter().next()?;
    value(parts, row, label, lang)
}

fn asked(query: &Query, lang: Lang) -> Result<&str, Refusal> {
    let asked = query.get("q").unwrap_or("");
    let wrong = |right: Message| bad_parameter("q", asked, &right.in_lang(lang));
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
fn feature(world: &World, place: &query::Place<'_>, lang: Lang) -> Option<Place> {
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
    if count == 1
        && let Some(part) = subdistrict(world, (lon, lat), lang)
        && part != title
    {
        detail.push(part);
    }
    let extended = |bbox: &BBox| bbox.west < bbox.east || bbox.south < bbox.north;
    Some(Place {
        kind: PlaceKind::Feature,
        title,
        detail: detail.join(" · "),
        layer: Some(view.id.to_string()),
        id: Some(layer.id(first).0),
        count: Some(count),
        center: [lon, lat].map(rounded),
        bbox: place
            .bbox()
            .filter(extended)
            .map(|bbox| Bbox(bbox.to_array().map(rounded))),
        reading: None,
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
