//! `/collections`: the layers this audience knows of, what they are and who answers for them.

use std::sync::Arc;

use axum::body::Body;
use http::Response;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use super::answer::{Keep, document, media};
use super::call::Call;
use super::landing::link;
use super::problem::Refusal;
use crate::export::geojson;
use crate::layer::{OWN_DERIVATION, Role, Shape};
use crate::model::{FieldType, Period};
use crate::query::Snapshot;
use crate::query::{FieldView, Form, LayerView};
use crate::say;
use crate::text::{Key, Lang};

const CRS84: &str = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";
const GREGORIAN: &str = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian";

/// Every layer.
pub(super) async fn all(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    document(call, media::JSON, Keep::Ask, |call| {
        call.query(&[])?;
        let (world, lang, base) = (call.world()?, call.lang(), call.base_url()?);
        let layers = world.layers.values();
        let zone = &world.district.time_zone;
        Ok(json!({
            "links": [link(&base, "self", "/collections", media::JSON, Key::HttpLinkSelf, lang)],
            "collections":
                layers.map(|layer| collection(layer, zone, &base, lang)).collect::<Vec<_>>(),
        }))
    })
    .await
}

/// One layer.
pub(super) async fn one(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    document(call, media::JSON, Keep::Ask, |call| {
        call.query(&[])?;
        Ok(collection(
            call.layer(call.param(0))?,
            &call.world()?.district.time_zone,
            &call.base_url()?,
            call.lang(),
        ))
    })
    .await
}

/// A layer as a collection of OGC API Features, with what is OneMap's own under `onemap`. Of a layer
/// that is only known to exist it says nothing that depends on its content.
fn collection(layer: &Snapshot, zone: &TimeZone, base: &str, lang: Lang) -> Value {
    let view = layer.view();
    let exists_only = view.form == Form::Existence;
    let provenance = &view.provenance;
    let publisher = provenance.publisher.in_lang(lang);
    let uses = &view.uses;
    let name = |place: usize| view.fields.get(place).map(|field| field.name.as_str());
    let names = |places: &[usize]| json!(places.iter().copied().map(name).collect::<Vec<_>>());
    let mut json = json!({
        "id": view.id.as_str(),
        "title": view.title.in_lang(lang),
        "description": view.description.as_ref().map_or("", |words| words.in_lang(lang)),
        "itemType": "feature",
        "crs": [CRS84],
        "storageCrs": CRS84,
        "extent": extent(layer, zone),
        "attribution": publisher,
        "license": provenance.licence,
        "links": links(view, base, lang),
        "onemap": {
            "theme": {"id": view.theme.as_str(), "title": view.theme.title().in_lang(lang)},
            "form": match view.form {
                Form::Full => "full",
                Form::Generalised => "generalised",
                Form::Existence => "existence",
            },
            "geometry": view.shape.map(shape),
            "role": role(view.role),
            "label": uses.label.and_then(name),
            "identity": uses.identity.as_ref().map(|places| names(places)),
            "partOf": uses.part_of.as_ref().map(|(layer, field)| json!({
                "layer": layer.as_str(),
                "field": name(*field),
            })),
            "series": uses.series.as_ref().map(|series| json!({
                "time": name(series.time),
                "values": names(&series.values),
            })),
            "temporal": uses.temporal,
            "minzoom": view.minzoom,
            "maxzoom": view.maxzoom,
            "count": layer.len(),
            "provenance": {
                "publisher": publisher,
                "licence": provenance.licence,
                "updated": provenance.updated,
                "demonstration": provenance.demonstration,
                "source": provenance.source.as_ref().map(|words| words.in_lang(lang)),
            },
            "coverage": coverage(view),
            "version": layer.version(),
        },
    });
    if json["extent"] == json!({}) {
        remove(&mut json, &["extent"]);
    }
    if exists_only && let Some(own) = json.get_mut("onemap") {
        let of_content = [
            "label", "identity", "partOf", "series", "temporal", "count", "coverage", "version",
        ];
        remove(own, &of_content);
    }
    json
}

/// Where its features are, and when they were so: from the first moment of the first day to the last
/// second of the last, in the district's time zone; null to a side that is open or not known.
fn extent(layer: &Snapshot, zone: &TimeZone) -> Value {
    let mut extent = json!({});
    if let Some(bbox) = layer.bounds() {
        extent["spatial"] = json!({"bbox": [bbox.to_array()], "crs": CRS84});
    }
    let period = layer.period().filter(|_| layer.view().uses.temporal);
    if let Some(Period { from, to }) = period {
        let moment = |time: DateTime| {
            let zoned = zone.to_ambiguous_zoned_datetime(time).compatible().ok()?;
            Some(zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
        };
        let begin = from.and_then(|day| moment(day.at(0, 0, 0, 0)));
        let end = to.and_then(|day| moment(day.at(23, 59, 59, 0)));
        extent["temporal"] = json!({"interval": [[begin, end]], "trs": GREGORIAN});
    }
    extent
}

fn remove(json: &mut Value, names: &[&str]) {
    if let Some(object) = json.as_object_mut() {
        for name in names {
            object.shift_remove(*name);
        }
    }
}

fn links(view: &LayerView, base: &str, lang: Lang) -> Vec<Value> {
    let id = &view.id;
    let link = |rel: &str, path: String, media: &str, title: Key| {
        link(base, rel, &path, media, title, lang)
    };
    let mut links = vec![link(
        "self",
        format!("/collections/{id}"),
        media::JSON,
        Key::HttpLinkSelf,
    )];
    if view.form == Form::Existence {
        return links;
    }
    links.push(link(
        "items",
        format!("/collections/{id}/items"),
        media::GEOJSON,
        Key::HttpLinkItems,
    ));
    if view.shape.is_some() {
        links.push(link(
            "tiles",
            format!("/tiles/{id}.json"),
            media::JSON,
            Key::HttpLinkTiles,
        ));
        links.push(link(
            "style",
            format!("/styles/{id}"),
            media::JSON,
            Key::HttpLinkStyle,
        ));
    }
    links.push(link(
        "http://www.opengis.net/def/rel/ogc/1.0/schema",
        format!("/collections/{id}/schema"),
        media::SCHEMA,
        Key::HttpLinkSchema,
    ));
    links
}

const fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Point => "point",
        Shape::Line => "line",
        Shape::Polygon => "polygon",
    }
}

const fn role(role: Role) -> &'static str {
    match role {
        Role::Source => "source",
        Role::Pathway => "pathway",
        Role::Receptor => "receptor",
        Role::Constraint => "constraint",
        Role::Context => "context",
    }
}

/// What was looked at, as a feature collection; null: not known.
fn coverage(view: &LayerView) -> Value {
    let Some(coverage) = &view.coverage else {
        return Value::Null;
    };
    let areas = coverage.areas.iter().map(|area| {
        let polygons = area.polygons.clone().into();
        json!({
            "type": "Feature",
            "geometry": geojson::geometry_value(&polygons),
            "properties": {"surveyed": area.surveyed},
        })
    });
    json!({"type": "FeatureCollection", "features": areas.collect::<Vec<_>>()})
}

/// The fields of a layer, as JSON Schema.
pub(super) async fn schema(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    document(call, media::SCHEMA, Keep::Ask, |call| {
        call.query(&[])?;
        let layer = call.open_layer(call.param(0))?;
        let (view, lang, base) = (layer.view(), call.lang(), call.base_url()?);
        let mut properties = Map::new();
        for field in &view.fields {
            properties.insert(field.name.clone(), property(field, lang));
            if let Some(name) = field.lod_name() {
                properties.insert(name, companion(field, lang));
            }
        }
        Ok(json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": format!("{base}/collections/{}/schema", view.id),
            "title": view.title.in_lang(lang),
            "type": "object",
            "properties": properties,
        }))
    })
    .await
}

/// One field. A value may be null, not recorded, unless the layer requires one.
fn property(field: &FieldView, lang: Lang) -> Value {
    let (kind, format) = match field.kind {
        FieldType::Text | FieldType::Code => ("string", None),
        FieldType::Integer => ("integer", None),
        FieldType::Number => ("number", None),
        FieldType::Boolean => ("boolean", None),
        FieldType::Date => ("string", Some("date")),
        FieldType::DateTime => ("string", Some("date-time")),
    };
    let kinds = if field.required && !field.detection_limit {
        json!(kind)
    } else {
        json!([kind, "null"])
    };
    let mut json = json!({"title": field.title.in_lang(lang), "type": kinds});
    if let Some(format) = format {
        json["format"] = format.into();
    }
    if let Some(unit) = &field.unit {
        json["x-onemap-unit"] = unit.as_str().into();
    }
    if let Some(codes) = &field.codes {
        let entries = codes.entries.iter();
        let not_recorded =
            || json!({"const": null, "title": say!(Key::HttpNotRecorded).in_lang(lang)});
        json["oneOf"] = entries
            .map(|(code, words)| {
                let mut entry = json!({"const": code, "title": words.in_lang(lang)});
                if codes.own_derivations.contains(code) {
                    entry["x-onemap-basis"] = OWN_DERIVATION.into();
                }
                entry
            })
            .chain((!field.required).then(not_recorded))
            .collect();
    }
    json
}

/// The companion of a field that may be below detection.
fn companion(field: &FieldView, lang: Lang) -> Value {
    let title = field.title.in_lang(lang);
    let mut json = json!({
        "title": say!(Key::HttpLodTitle, field = title).in_lang(lang),
        "description": say!(Key::HttpLodDescription, field = field.name).in_lang(lang),
        "type": ["number", "null"],
    });
    if let Some(unit) = &field.unit {
        json["x-onemap-unit"] = unit.as_str().into();
    }
    json
}
