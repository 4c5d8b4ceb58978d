//! `/collections`: the layers this audience knows of, what they are and who answers for them.

use std::sync::Arc;

use axum::body::Body;
use http::Response;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::answer::{Keep, document, media};
use super::call::Call;
use super::landing::link;
use super::problem::Refusal;
use super::wire::Link;
use super::wire::collection::{
    Collection, CollectionOwn, Collections, Content, Coverage, CoveredArea, Extent, ItemType,
    PartOf, Provenance, Series, SpatialExtent, Survey, TemporalExtent, Theme, Uses,
};
use super::wire::features::{FeatureCollectionType, FeatureType};
use super::wire::fields::{
    Code, Schema, SchemaProperty, SchemaType, TextFormat, ValueType, ValueTypes,
};
use crate::export::geojson;
use crate::layer::OWN_DERIVATION;
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
        Ok(Collections {
            links: vec![link(
                &base,
                "self",
                "/collections",
                media::JSON,
                Key::HttpLinkSelf,
                lang,
            )],
            collections: layers
                .map(|layer| collection(layer, zone, &base, lang))
                .collect(),
        })
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
fn collection(layer: &Snapshot, zone: &TimeZone, base: &str, lang: Lang) -> Collection {
    let view = layer.view();
    let open = view.form != Form::Existence;
    let provenance = &view.provenance;
    let publisher = provenance.publisher.in_lang(lang);
    let description = view.description.as_ref();
    let source = provenance.source.as_ref();
    Collection {
        id: view.id.to_string(),
        title: view.title.in_lang(lang).to_owned(),
        description: description
            .map_or("", |words| words.in_lang(lang))
            .to_owned(),
        item_type: ItemType::Feature,
        crs: [CRS84],
        storage_crs: CRS84,
        extent: extent(layer, zone),
        attribution: publisher.to_owned(),
        license: provenance.licence.clone(),
        links: links(view, base, lang),
        onemap: CollectionOwn {
            theme: Theme {
                id: view.theme.as_str(),
                title: view.theme.title().in_lang(lang),
            },
            form: view.form.into(),
            geometry: view.shape.map(Into::into),
            role: view.role.into(),
            uses: open.then(|| uses(view)),
            minzoom: view.minzoom,
            maxzoom: view.maxzoom,
            count: open.then(|| layer.len()),
            provenance: Provenance {
                publisher: publisher.to_owned(),
                licence: provenance.licence.clone(),
                updated: provenance.updated.clone(),
                demonstration: provenance.demonstration,
                source: source.map(|words| words.in_lang(lang).to_owned()),
            },
            content: open.then(|| Content {
                coverage: coverage(view),
                version: layer.version().to_owned(),
            }),
        },
    }
}

/// What the fields are for, by their names.
fn uses(view: &LayerView) -> Uses {
    let uses = &view.uses;
    let name = |place: usize| view.fields.get(place).map(|field| field.name.clone());
    let names = |places: &[usize]| places.iter().copied().filter_map(name).collect();
    Uses {
        label: uses.label.and_then(name),
        identity: uses.identity.as_deref().map(names),
        part_of: uses.part_of.as_ref().and_then(|(layer, field)| {
            Some(PartOf {
                layer: layer.to_string(),
                field: name(*field)?,
            })
        }),
        series: uses.series.as_ref().and_then(|series| {
            Some(Series {
                time: name(series.time)?,
                values: names(&series.values),
            })
        }),
        temporal: uses.temporal,
    }
}

/// Where its features are, and when they were so: from the first moment of the first day to the last
/// second of the last, in the district's time zone; null to a side that is open or not known.
fn extent(layer: &Snapshot, zone: &TimeZone) -> Option<Extent> {
    let moment = |time: DateTime| {
        let zoned = zone.to_ambiguous_zoned_datetime(time).compatible().ok()?;
        Some(zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
    };
    let spatial = layer.bounds().map(|bbox| SpatialExtent {
        bbox: [bbox.into()],
        crs: CRS84,
    });
    let period = layer.period().filter(|_| layer.view().uses.temporal);
    let temporal = period.map(|Period { from, to }| {
        let begin = from.and_then(|day| moment(day.at(0, 0, 0, 0)));
        let end = to.and_then(|day| moment(day.at(23, 59, 59, 0)));
        TemporalExtent {
            interval: [[begin, end]],
            trs: GREGORIAN,
        }
    });
    let known = spatial.is_some() || temporal.is_some();
    known.then_some(Extent { spatial, temporal })
}

fn links(view: &LayerView, base: &str, lang: Lang) -> Vec<Link> {
    let id = &view.id;
    let link =
        |rel: &str, path: String, media, title: Key| link(base, rel, &path, media, title, lang);
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

/// What was looked at; `None`: not known.
fn coverage(view: &LayerView) -> Option<Coverage> {
    let areas = view.coverage.as_ref()?.areas.iter();
    let features = areas.map(|area| CoveredArea {
        kind: FeatureType::Feature,
        geometry: geojson::geometry_value(&area.polygons.clone().into()),
        properties: Survey {
            surveyed: area.surveyed.clone(),
        },
    });
    Some(Coverage {
        kind: FeatureCollectionType::FeatureCollection,
        features: features.collect(),
    })
}

/// The fields of a layer, as JSON Schema.
pub(super) async fn schema(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    document(call, media::SCHEMA, Keep::Ask, |call| {
        call.query(&[])?;
        let layer = call.open_layer(call.param(0))?;
        let (view, lang, base) = (layer.view(), call.lang(), call.base_url()?);
        let mut properties = Vec::with_capacity(view.fields.len());
        for field in &view.fields {
            properties.push((field.name.clone(), property(field, lang)));
            if let Some(name) = field.lod_name() {
                properties.push((name, companion(field, lang)));
            }
        }
        Ok(Schema {
            dialect: "https://json-schema.org/draft/2020-12/schema",
            id: format!("{base}/collections/{}/schema", view.id),
            title: view.title.in_lang(lang).to_owned(),
            kind: SchemaType::Object,
            properties,
        })
    })
    .await
}

/// One field. A value may be null, not recorded, unless the layer requires one.
fn property(field: &FieldView, lang: Lang) -> SchemaProperty {
    let (kind, format) = match field.kind {
        FieldType::Text | FieldType::Code => (ValueType::String, None),
        FieldType::Integer => (ValueType::Integer, None),
        FieldType::Number => (ValueType::Number, None),
        FieldType::Boolean => (ValueType::Boolean, None),
        FieldType::Date => (ValueType::String, Some(TextFormat::Date)),
        FieldType::DateTime => (ValueType::String, Some(TextFormat::DateTime)),
    };
    SchemaProperty {
        title: field.title.in_lang(lang).to_owned(),
        description: None,
        kind: if field.required && !field.detection_limit {
            ValueTypes::Always(kind)
        } else {
            ValueTypes::OrNull([kind, ValueType::Null])
        },
        format,
        unit: field.unit.clone(),
        codes: codes(field, lang),
    }
}

/// What each code of a field means.
fn codes(field: &FieldView, lang: Lang) -> Option<Vec<Code>> {
    let list = field.codes.as_ref()?;
    let codes = list.entries.iter().map(|(code, words)| Code {
        value: Some(code.clone()),
        title: words.in_lang(lang).to_owned(),
        basis: list
            .own_derivations
            .contains(code)
            .then_some(OWN_DERIVATION),
    });
    let not_recorded = || Code {
        value: None,
        title: say!(Key::HttpNotRecorded).in_lang(lang),
        basis: None,
    };
    Some(codes.chain((!field.required).then(not_recorded)).collect())
}

/// The companion of a field that may be below detection.
fn companion(field: &FieldView, lang: Lang) -> SchemaProperty {
    let title = field.title.in_lang(lang);
    SchemaProperty {
        title: say!(Key::HttpLodTitle, field = title).in_lang(lang),
        description: Some(say!(Key::HttpLodDescription, field = field.name).in_lang(lang)),
        kind: ValueTypes::OrNull([ValueType::Number, ValueType::Null]),
        format: None,
        unit: field.unit.clone(),
        codes: None,
    }
}
