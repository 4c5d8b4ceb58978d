//! TileJSON 3.0.0: where the tiles of layers are, and what they hold.

use serde_json::{Map, Value, json};

use super::edition::Edition;
use crate::geom::{BBox, TileId, mercator};
use crate::query::{FieldView, Form, LayerView, Snapshot, World};
use crate::say;
use crate::text::{Key, Lang};

/// Whether a layer has tiles: its content may be seen, and it has a geometry.
pub fn has_tiles(view: &LayerView) -> bool {
    view.form != Form::Existence && view.shape.is_some()
}

/// The TileJSON of one layer or of several in one tile, in one language. `base_url` has no slash at
/// its end. Layers without tiles are left out. In one tile every layer goes on to the last zoom of them
/// all. The tiles are those of an edition.
pub fn tilejson(
    world: &World,
    layers: &[&Snapshot],
    base_url: &str,
    lang: Lang,
    edition: Edition,
) -> Value {
    let mut layers: Vec<&Snapshot> = layers
        .iter()
        .copied()
        .filter(|layer| has_tiles(layer.view()))
        .collect();
    layers.sort_by_key(|layer| layer.view().id.clone());
    let views = || layers.iter().map(|layer| layer.view());
    let ids: Vec<&str> = views().map(|view| view.id.as_str()).collect();
    let bounds = layers
        .iter()
        .filter_map(|layer| layer.bounds())
        .reduce(|a, b| a.union(&b))
        .or_else(|| world.bounds())
        .unwrap_or(BBox::WORLD);
    let bounds = on_the_map(edition.datum.shifted_box(&bounds));
    let minzoom = views().map(|view| view.minzoom).min().unwrap_or(0);
    let maxzoom = views()
        .map(|view| view.maxzoom)
        .max()
        .unwrap_or(TileId::MAX_ZOOM);
    let joined = |words: &dyn Fn(&LayerView) -> Option<String>, between: &str| {
        let mut all: Vec<String> = Vec::new();
        for said in views().filter_map(|view| words(view)) {
            if !all.contains(&said) {
                all.push(said);
            }
        }
        all.join(between)
    };
    let query = edition.of_any(views().map(AsRef::as_ref)).query();
    let versions: Vec<&str> = layers.iter().map(|layer| layer.version()).collect();
    json!({
        "tilejson": "3.0.0",
        "name": joined(&|view| Some(view.title.in_lang(lang).to_owned()), " · "),
        "description": joined(
            &|view| view.description.as_ref().map(|words| words.in_lang(lang).to_owned()), "\n"),
        "version": format!("1.0.0+{}", versions.join(".")),
        "attribution": joined(&|view| Some(attribution(view, lang)), " | "),
        "scheme": "xyz",
        "tiles": [format!("{base_url}/tiles/{}/{{z}}/{{x}}/{{y}}.mvt{query}", ids.join(","))],
        "minzoom": minzoom,
        "maxzoom": maxzoom,
        "bounds": bounds.to_array(),
        "center": centre(&bounds, minzoom, maxzoom),
        "vector_layers": views().map(|view| vector_layer(view, maxzoom, lang)).collect::<Vec<_>>(),
    })
}

/// Who made a layer, under which terms, and whether it is demonstration data.
fn attribution(view: &LayerView, lang: Lang) -> String {
    let provenance = &view.provenance;
    let key = if provenance.demonstration {
        Key::TileAttributionDemonstration
    } else {
        Key::TileAttribution
    };
    let publisher = provenance.publisher.in_lang(lang);
    say!(key, publisher = publisher, licence = provenance.licence).in_lang(lang)
}

fn vector_layer(view: &LayerView, maxzoom: u8, lang: Lang) -> Value {
    let mut fields = Map::new();
    for field in &view.fields {
        let title = titled(field, lang);
        if let Some(name) = field.lod_name() {
            let limit = say!(Key::TileLimitOfDetection, field = title).in_lang(lang);
            fields.insert(field.name.clone(), title.into());
            fields.insert(name, limit.into());
        } else {
            fields.insert(field.name.clone(), title.into());
        }
    }
    json!({
        "id": view.id.as_str(),
        "description": view.title.in_lang(lang),
        "minzoom": view.minzoom,
        "maxzoom": maxzoom,
        "fields": fields,
    })
}

/// A field's title with its unit.
fn titled(field: &FieldView, lang: Lang) -> String {
    let title = field.title.in_lang(lang);
    field.unit.as_ref().map_or_else(
        || title.to_owned(),
        |unit| say!(Key::TileFieldUnit, field = title, unit = unit).in_lang(lang),
    )
}

/// The part of a box that the square world has.
fn on_the_map(bbox: BBox) -> BBox {
    let lat = |v: f64| v.clamp(-mercator::MAX_LAT, mercator::MAX_LAT);
    let lon = |v: f64| v.clamp(-180.0, 180.0);
    BBox {
        west: lon(bbox.west),
        south: lat(bbox.south),
        east: lon(bbox.east),
        north: lat(bbox.north),
    }
}

/// The middle of a box, and the zoom at which it fills about one tile.
pub(super) fn centre(bbox: &BBox, minzoom: u8, maxzoom: u8) -> (f64, f64, u8) {
    let (west, north) = mercator::fraction(bbox.west, bbox.north);
    let (east, south) = mercator::fraction(bbox.east, bbox.south);
    let wide = (east - west).max(south - north);
    let fits = (minzoom..=maxzoom)
        .rev()
        .find(|&z| wide * 2f64.powi(i32::from(z)) <= 1.0);
    let (lon, lat) = mercator::lon_lat(f64::midpoint(west, east), f64::midpoint(north, south));
    (lon, lat, fits.unwrap_or(minzoom))
}
