//! TileJSON and styles.

use geo_types::{Geometry, point};
use onemap::geom::TileId;
use onemap::index::{Snapshot, World};
use onemap::layer::Shape;
use onemap::model::{FieldType, Theme};
use onemap::publish::{Form, LayerView};
use onemap::query::When;
use onemap::text::Lang;
use onemap::tile::{Edition, layer_style, map_style, tilejson};
use serde_json::{Value, json};

use super::samples;

const BASE: &str = "https://map.example";

fn layer(id: &str, shape: Shape, theme: Theme, style: &[&str]) -> Snapshot {
    let style = style
        .iter()
        .map(|kind| json!({"id": kind, "type": kind, "paint": {}}))
        .collect();
    let view = LayerView {
        theme,
        style,
        ..samples::view(id, shape)
    };
    samples::snapshot(view, [Geometry::Point(point!(x: 116.4, y: 39.9))])
}

fn world() -> World {
    let hidden = LayerView {
        form: Form::Existence,
        ..samples::view("wells", Shape::Point)
    };
    samples::world([
        layer("sites", Shape::Point, Theme::Soil, &["circle", "symbol"]),
        layer("parcels", Shape::Polygon, Theme::Land, &["fill", "line"]),
        layer("boundary", Shape::Polygon, Theme::Base, &["line", "fill"]),
        layer("spaces", Shape::Polygon, Theme::Ecology, &[]),
        samples::snapshot(hidden, []),
    ])
}

fn ids(style: &Value) -> Vec<&str> {
    style["layers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| l["id"].as_str().unwrap())
        .collect()
}

#[test]
fn the_map_has_polygons_below_lines_below_points_below_symbols() {
    let style = map_style(&world(), BASE, Lang::En, Edition::default());
    assert_eq!(
        ids(&style),
        [
            "background",
            "boundary:fill",
            "parcels:fill",
            "spaces:plain",
            "boundary:line",
            "parcels:line",
            "sites:circle",
            "sites:symbol",
        ]
    );
    assert_eq!(style["version"], 8);
    assert_eq!(style["name"], "Sample District");
    let glyphs = "https://map.example/fonts/{fontstack}/{range}.pbf";
    assert_eq!(style["glyphs"], glyphs);
    assert_eq!(style.get("sprite"), None);
}

#[test]
fn soil_lies_on_top_of_biodiversity_and_what_is_listed_first_on_top_of_its_theme() {
    let dots = |id, theme| layer(id, Shape::Point, theme, &["circle"]);
    let world = samples::world([
        dots("occurrences", Theme::Biodiversity),
        dots("samples", Theme::Soil),
        dots("sites", Theme::Soil),
    ]);
    assert_eq!(
        ids(&map_style(&world, BASE, Lang::En, Edition::default()))[1..],
        ["occurrences:circle", "sites:circle", "samples:circle"]
    );
}

#[test]
fn every_style_layer_is_tied_to_its_layer_and_every_source_is_used() {
    let style = map_style(&world(), BASE, Lang::Zh, Edition::default());
    let mut used = Vec::new();
    for layer in &style["layers"].as_array().unwrap()[1..] {
        let (id, _) = layer["id"].as_str().unwrap().split_once(':').unwrap();
        assert_eq!(layer["source"], id);
        assert_eq!(layer["source-layer"], id);
        assert_eq!(layer["metadata"]["onemap:layer"], id);
        used.push(id);
    }
    let sources = style["sources"].as_object().unwrap();
    for (id, source) in sources {
        assert_eq!(source["type"], "vector");
        assert_eq!(source["url"], format!("{BASE}/tiles/{id}.json"));
        assert!(used.contains(&id.as_str()), "{id}");
    }
    assert!(
        !sources.contains_key("wells"),
        "a layer that only exists has no tiles"
    );
}

#[test]
fn the_style_of_a_layer_is_its_part_of_the_map() {
    let world = world();
    let sites = world
        .layers
        .values()
        .find(|l| l.view().id.as_str() == "sites")
        .unwrap();
    let style = layer_style(sites, BASE, Lang::Zh, Edition::default());
    assert_eq!(ids(&style), ["sites:circle", "sites:symbol"]);
    assert_eq!(style["name"], "样例");
    assert_eq!(style["sources"].as_object().unwrap().len(), 1);
}

#[test]
fn a_tilejson_says_what_its_tiles_hold() {
    let mut view = samples::view("samples", Shape::Point);
    view.fields = vec![samples::field("lead", FieldType::Number)];
    view.fields[0].unit = Some("mg/kg".to_owned());
    view.fields[0].detection_limit = true;
    view.minzoom = 8;
    view.maxzoom = 16;
    let layer = samples::snapshot(view, [Geometry::Point(point!(x: 116.4, y: 39.9))]);
    let version = format!("1.0.0+{}", layer.version());
    let world = samples::world([]);
    let described = tilejson(&world, &[&layer], BASE, Lang::En, Edition::default());
    assert_eq!(
        described,
        json!({
            "tilejson": "3.0.0",
            "name": "Sample",
            "description": "",
            "version": version,
            "attribution": "Tests, CC0-1.0 (demonstration data)",
            "scheme": "xyz",
            "tiles": [format!("{BASE}/tiles/samples/{{z}}/{{x}}/{{y}}.mvt")],
            "minzoom": 8,
            "maxzoom": 16,
            "bounds": [116.4, 39.9, 116.4, 39.9],
            "center": described["center"],
            "vector_layers": [{
                "id": "samples",
                "description": "Sample",
                "minzoom": 8,
                "maxzoom": 16,
                "fields": {
                    "lead": "lead (mg/kg)",
                    "lead_lod": "lead (mg/kg): limit of detection, where the value lies below it",
                },
            }],
        })
    );
    let centre = described["center"].as_array().unwrap();
    let near = |v: &Value, to: f64| (v.as_f64().unwrap() - to).abs() < 1e-9;
    assert!(
        near(&centre[0], 116.4) && near(&centre[1], 39.9) && centre[2] == 16,
        "{centre:?}"
    );
    let chinese = tilejson(&world, &[&layer], BASE, Lang::Zh, Edition::default());
    assert_eq!(chinese["attribution"], "测试，CC0-1.0（演示数据）");
    assert_eq!(
        chinese["tiles"], described["tiles"],
        "the language is never in a tile's address"
    );
}

#[test]
fn a_tilejson_of_several_layers_names_them_in_order() {
    let world = world();
    let all: Vec<&Snapshot> = world.layers.values().rev().map(|layer| &**layer).collect();
    let described = tilejson(&world, &all, BASE, Lang::En, Edition::default());
    assert_eq!(
        described["tiles"],
        json!([format!(
            "{BASE}/tiles/boundary,parcels,sites,spaces/{{z}}/{{x}}/{{y}}.mvt"
        )])
    );
    assert_eq!(
        described["attribution"], "Tests, CC0-1.0 (demonstration data)",
        "said once"
    );
    assert_eq!(described["maxzoom"], TileId::MAX_ZOOM);
    assert_eq!(described["vector_layers"].as_array().unwrap().len(), 4);
}

#[test]
fn in_one_tile_every_layer_goes_on_to_the_last_zoom_of_them_all() {
    let layer = |id: &str, maxzoom| {
        let mut view = samples::view(id, Shape::Point);
        (view.minzoom, view.maxzoom) = (8, maxzoom);
        samples::snapshot(view, [Geometry::Point(point!(x: 116.4, y: 39.9))])
    };
    let (near, far) = (layer("near", 12), layer("far", 18));
    let joined = tilejson(
        &samples::world([]),
        &[&near, &far],
        BASE,
        Lang::En,
        Edition::default(),
    );
    assert_eq!(joined["maxzoom"], 18);
    for vector in joined["vector_layers"].as_array().unwrap() {
        assert_eq!(vector["maxzoom"], 18);
    }
    let alone = tilejson(
        &samples::world([]),
        &[&near],
        BASE,
        Lang::En,
        Edition::default(),
    );
    assert_eq!(alone["maxzoom"], 12);
}

#[test]
fn an_edition_is_asked_for_only_where_a_layer_has_valid_time() {
    let named = |id: &str, temporal: bool| {
        let mut view = samples::view(id, Shape::Point);
        view.uses.temporal = temporal;
        samples::snapshot(view, [Geometry::Point(point!(x: 116.4, y: 39.9))])
    };
    let (plain, timed) = (named("plain", false), named("timed", true));
    let edition = Edition {
        when: Some(When::on(jiff::civil::date(2024, 6, 1))),
        ..Edition::default()
    };
    let address = |layers: &[&Snapshot]| {
        let described = tilejson(&samples::world([]), layers, BASE, Lang::En, edition);
        described["tiles"][0].as_str().unwrap().to_owned()
    };
    assert_eq!(
        address(&[&plain]),
        format!("{BASE}/tiles/plain/{{z}}/{{x}}/{{y}}.mvt")
    );
    let joined = format!("{BASE}/tiles/plain,timed/{{z}}/{{x}}/{{y}}.mvt?datetime=2024-06-01");
    assert_eq!(address(&[&plain, &timed]), joined);
    let style = map_style(&samples::world([plain, timed]), BASE, Lang::En, edition);
    let url = |id: &str| style["sources"][id]["url"].clone();
    assert_eq!(url("plain"), format!("{BASE}/tiles/plain.json"));
    assert_eq!(
        url("timed"),
        format!("{BASE}/tiles/timed.json?datetime=2024-06-01")
    );
}
