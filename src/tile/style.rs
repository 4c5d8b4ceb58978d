//! MapLibre styles (specification version 8) of a layer and of the whole map.

use serde_json::{Map, Value, json};

use super::edition::Edition;
use super::tilejson::{centre, has_tiles};
use crate::geom::BBox;
use crate::layer::Shape;
use crate::model::Theme;
use crate::query::{LayerView, Snapshot, World};
use crate::text::Lang;

/// The style of one layer: its source and its style layers, on nothing. Who asks for one layer wants
/// to see it, also where the whole map hides it at first.
pub fn layer_style(snapshot: &Snapshot, base_url: &str, lang: Lang, edition: Edition) -> Value {
    let name = snapshot.view().title.in_lang(lang);
    let from = (base_url, edition);
    let mut style = style(name, snapshot.bounds(), &[snapshot], Vec::new(), from);
    let layers = style.get_mut("layers").and_then(Value::as_array_mut);
    for layer in layers.into_iter().flatten() {
        if let Some(layout) = layer.get_mut("layout").and_then(Value::as_object_mut) {
            layout.shift_remove("visibility");
        }
    }
    style
}

/// The style of the whole map: a background, then polygons below lines below points below symbols,
/// each in the order of the themes.
pub fn map_style(world: &World, base_url: &str, lang: Lang, edition: Edition) -> Value {
    let snapshots: Vec<&Snapshot> = world.layers.values().map(|layer| &**layer).collect();
    let background = json!({
        "id": "background",
        "type": "background",
        "paint": {"background-color": "#f4f2ec"},
    });
    style(
        world.district.name.in_lang(lang),
        world.bounds(),
        &snapshots,
        vec![background],
        (base_url, edition),
    )
}

fn style(
    name: &str,
    bounds: Option<BBox>,
    snapshots: &[&Snapshot],
    mut layers: Vec<Value>,
    (base_url, edition): (&str, Edition),
) -> Value {
    let mut sources = Map::new();
    let mut ranked: Vec<((u8, usize), Value)> = Vec::new();
    for snapshot in snapshots
        .iter()
        .rev()
        .filter(|snapshot| has_tiles(snapshot.view()))
    {
        let view = snapshot.view();
        let id = view.id.as_str();
        let query = edition.of(view).query();
        let url = format!("{base_url}/tiles/{id}.json{query}");
        sources.insert(id.to_owned(), json!({"type": "vector", "url": url}));
        ranked.extend(
            style_layers(view)
                .into_iter()
                .map(|layer| (rank(&layer, view.theme), layer)),
        );
    }
    // Stable: within a rank the layer listed first on top, and within a layer as its file has them.
    ranked.sort_by_key(|(rank, _)| *rank);
    layers.extend(ranked.into_iter().map(|(_, layer)| layer));
    let mut style = json!({
        "version": 8,
        "name": name,
        "sources": sources,
        "glyphs": format!("{base_url}/fonts/{{fontstack}}/{{range}}.pbf"),
        "layers": layers,
    });
    if let Some(bounds) = bounds {
        let (lon, lat, zoom) = centre(&edition.datum.shifted_box(&bounds), 0, 22);
        style["center"] = json!([lon, lat]);
        style["zoom"] = json!(zoom);
    }
    style
}

/// The style layers of a layer, tied to its source: those of its style, or plain ones if it has none.
fn style_layers(view: &LayerView) -> Vec<Value> {
    let own = if view.style.is_empty() {
        plain(view.shape)
    } else {
        view.style.clone()
    };
    let id = view.id.as_str();
    own.into_iter()
        .filter_map(|layer| match layer {
            Value::Object(layer) => Some(layer),
            _ => None,
        })
        .enumerate()
        .map(|(place, mut layer)| {
            let name = layer.get("id").and_then(Value::as_str).map(str::to_owned);
            let name = name.unwrap_or_else(|| place.to_string());
            let mut tied = Map::new();
            tied.insert("id".to_owned(), format!("{id}:{name}").into());
            for (key, value) in [("source", json!(id)), ("source-layer", json!(id))] {
                layer.insert(key.to_owned(), value);
            }
            let metadata = layer.entry("metadata").or_insert_with(|| json!({}));
            if let Value::Object(metadata) = metadata {
                metadata.insert("onemap:layer".to_owned(), id.into());
            }
            layer.remove("id");
            tied.append(&mut layer);
            Value::Object(tied)
        })
        .collect()
}

/// How a layer without a style is drawn.
fn plain(shape: Option<Shape>) -> Vec<Value> {
    let layer = match shape {
        Some(Shape::Polygon) => json!({
            "id": "plain", "type": "fill",
            "paint": {"fill-color": "#7a8b99", "fill-opacity": 0.35, "fill-outline-color": "#4a5a68"},
        }),
        Some(Shape::Line) => json!({
            "id": "plain", "type": "line",
            "paint": {"line-color": "#4a5a68", "line-width": 1.5},
        }),
        Some(Shape::Point) => json!({
            "id": "plain", "type": "circle",
            "paint": {
                "circle-color": "#4a5a68", "circle-radius": 4,
                "circle-stroke-color": "#ffffff", "circle-stroke-width": 1,
            },
        }),
        None => return Vec::new(),
    };
    vec![layer]
}

/// Where a style layer stands: by how it is drawn, then by theme.
fn rank(layer: &Value, theme: Theme) -> (u8, usize) {
    const THEMES: [Theme; 9] = [
        Theme::Base,
        Theme::Plan,
        Theme::Land,
        Theme::Ecology,
        Theme::Air,
        Theme::Noise,
        Theme::Biodiversity,
        Theme::Water,
        Theme::Soil,
    ];
    let drawn = match layer.get("type").and_then(Value::as_str) {
        Some("line") => 1,
        Some("circle" | "heatmap") => 2,
        Some("symbol") => 3,
        _ => 0,
    };
    (
        drawn,
        THEMES
            .iter()
            .position(|&t| t == theme)
            .unwrap_or(THEMES.len()),
    )
}
