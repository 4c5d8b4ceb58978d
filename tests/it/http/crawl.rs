//! Every route and every link of the demonstration district, as the public sees it: no field and no
//! value that the layers do not make public stands in any answer.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write as _;
use std::net::SocketAddr;

use mvt_reader::Reader;
use mvt_reader::feature::Value as TileValue;
use onemap::geom::TileId;
use onemap::layer::{self, Atlas, Layer, PublicForm, Visibility};
use onemap::model::{LayerId, Value};
use onemap::store::geopackage::GeoPackage;
use onemap::store::{At, Store as _};
use serde_json::Value as Json;

use super::client::{Connection, Reply};
use crate::cli::District;

/// Letters that a hidden value needs, to be told from words that stand anywhere.
const FEWEST_LETTERS: usize = 4;
/// Hidden values of each field that are looked for inside texts, too.
const SAMPLES: usize = 5;

/// What the public may know, by the layers' own files, and what it may not.
struct Secrets {
    /// For each layer that the public may open, the fields it may see; their companions, and what
    /// the server adds.
    open: BTreeMap<String, BTreeSet<String>>,
    /// For each layer, the names of fields that it may not see.
    hidden_fields: BTreeMap<String, BTreeSet<String>>,
    /// Layers of which nothing but their being there may be known, or not even that.
    closed: BTreeMap<String, PublicForm>,
    /// Values that stand in hidden fields alone.
    values: BTreeSet<String>,
    /// Some of them from each field.
    samples: Vec<String>,
}

fn is_public(layer: &Layer, field: usize) -> bool {
    matches!(
        layer.public_form,
        PublicForm::Full | PublicForm::Generalised
    ) && layer.fields[field].visibility == Visibility::Public
}

fn secrets(atlas: &Atlas, store: &GeoPackage) -> Secrets {
    let mut hidden: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    // Everything that may be read in public: what the layers' files say, and each value.
    let mut definitions = String::new();
    let mut told: BTreeSet<String> = BTreeSet::new();
    for layer in atlas.layers.values() {
        writeln!(definitions, "{layer:?}").unwrap();
        let mut each = |values: Vec<Value>| {
            for (field, value) in values.into_iter().enumerate() {
                let Value::Text(text) = value else { continue };
                if is_public(layer, field) {
                    told.insert(text.to_string());
                } else if text.chars().count() >= FEWEST_LETTERS {
                    let name = layer.fields[field].name.clone();
                    hidden
                        .entry((layer.id.to_string(), name))
                        .or_default()
                        .insert(text.to_string());
                }
            }
        };
        store
            .features(layer, At::Now, None, &mut |feature| {
                each(feature.into_inner().values);
            })
            .unwrap();
    }
    let (mut values, mut samples) = (BTreeSet::new(), Vec::new());
    for texts in hidden.into_values() {
        let secret: Vec<String> = texts.difference(&told).cloned().collect();
        let some = secret.iter().step_by(secret.len() / SAMPLES + 1);
        let apart = some.filter(|text| {
            !definitions.contains(&***text) && !told.iter().any(|told| told.contains(&***text))
        });
        samples.extend(apart.cloned());
        values.extend(secret);
    }
    values.retain(|text| !definitions.contains(&format!("{text:?}")));
    let names = |layer: &Layer, public: bool| -> BTreeSet<String> {
        let fields = layer.fields.iter().enumerate();
        let mine = fields.filter(|(place, _)| is_public(layer, *place) == public);
        mine.flat_map(|(_, field)| field.lod_name().into_iter().chain([field.name.clone()]))
            .collect()
    };
    let layers = || {
        atlas
            .layers
            .values()
            .map(|layer| (layer.id.to_string(), &**layer))
    };
    let closed = |form| matches!(form, PublicForm::Existence | PublicForm::None);
    Secrets {
        open: layers()
            .filter(|(_, layer)| !closed(layer.public_form))
            .map(|(id, layer)| {
                let mut seen = names(layer, true);
                if layer.public_form == PublicForm::Generalised {
                    seen.insert(onemap::publish::GENERALISATIONS_FIELD.to_owned());
                }
                (id, seen)
            })
            .collect(),
        hidden_fields: layers()
            .map(|(id, layer)| (id, names(layer, false)))
            .collect(),
        closed: layers()
            .filter(|(_, layer)| closed(layer.public_form))
            .map(|(id, layer)| (id, layer.public_form))
            .collect(),
        values,
        samples,
    }
}

/// Every address of a route that is asked for, beside those that links lead to.
fn addresses(template: &str, atlas: &Atlas, secrets: &Secrets) -> Vec<String> {
    let ids: Vec<&str> = atlas.layers.keys().map(LayerId::as_str).collect();
    let each = |path: &str| {
        ids.iter()
            .map(|id| path.replace("{id}", id))
            .collect::<Vec<_>>()
    };
    let tiles = |path: &str| {
        let tile = |zoom: u8, lon: f64, lat: f64| {
            let id = TileId::at(lon, lat, zoom);
            let (x, y) = (id.x.to_string(), id.y.to_string());
            path.replace("{z}", &zoom.to_string())
                .replace("{x}", &x)
                .replace("{col}", &x)
                .replace("{y}", &y)
                .replace("{row}", &y)
        };
        let mut all = BTreeSet::new();
        for zoom in [9, 12, 15] {
            // All of the district at the first zooms, and places all over it at the deeper ones.
            for step in 0..36_i32 {
                let (x, y) = (f64::from(step % 6), f64::from(step / 6));
                all.insert(tile(zoom, 116.36 + x * 0.05, 39.82 + y * 0.05));
            }
        }
        all.into_iter().collect::<Vec<_>>()
    };
    match template {
        "/collections/{id}" | "/collections/{id}/schema" | "/styles/{id}" => each(template),
        "/collections/{id}/items" => each("/collections/{id}/items?limit=10000"),
        "/collections/{id}/items/{fid}" => {
            let ids = [1, 2, 77].map(|fid| each(&template.replace("{fid}", &fid.to_string())));
            ids.concat()
        }
        "/collections/{id}/tiles/WebMercatorQuad/{z}/{row}/{col}" => {
            each("/collections/{id}/tiles/WebMercatorQuad/9/194/421")
        }
        "/tiles/WebMercatorQuad/{z}/{row}/{col}" => {
            let mut all = tiles(template);
            all.extend(
                tiles(template)
                    .into_iter()
                    .step_by(20)
                    .map(|tile| tile + "?datum=gcj02"),
            );
            all
        }
        "/tiles/{layers}" => each("/tiles/{id}.json"),
        "/tiles/{layers}/{z}/{x}/{y}" => each("/tiles/{id}/9/421/194.mvt"),
        "/styles" => vec!["/styles".to_owned(), "/styles/onemap".to_owned()],
        "/places" => {
            let secret = secrets.samples.iter();
            let field = secrets.hidden_fields.values().flatten();
            secret
                .chain(field)
                .map(|asked| asked.chars().take(100).collect::<String>())
                .chain(["演示".to_owned(), "yan".to_owned(), "1".to_owned()])
                .map(|asked| format!("/places?limit=50&q={}", super::places::escaped(&asked)))
                .collect()
        }
        // All over the district, on parcels and beside them.
        "/screenings" => (0..64_i32)
            .map(|step| {
                let (x, y) = (f64::from(step % 8), f64::from(step / 8));
                let (lon, lat) = (116.40 + x * 0.025, 39.85 + y * 0.025);
                format!("/screenings?lon={lon}&lat={lat}&planned=0701")
            })
            .chain(["/screenings?place=1&planned=0701".to_owned()])
            .collect(),
        "/screenings/{id}" => vec![format!("/screenings/{}", "0".repeat(32))],
        "/app/{*path}" => vec!["/app/index.html".to_owned()],
        "/oembed" => vec!["/oembed?url=http%3A%2F%2Fmap.example%2Fapp".to_owned()],
        "/fonts/{stack}/{range}" => vec!["/fonts/any/0-255.pbf".to_owned()],
        "/problems/{slug}" => vec!["/problems/not-found".to_owned()],
        plain if !plain.contains('{') => vec![plain.to_owned()],
        other => panic!("say here how to ask for {other}"),
    }
}

/// Looks at every string of a document.
fn strings<'a>(json: &'a Json, see: &mut dyn FnMut(&'a str)) {
    match json {
        Json::String(text) => see(text),
        Json::Array(all) => all.iter().for_each(|one| strings(one, see)),
        Json::Object(all) => all.iter().for_each(|(name, one)| {
            see(name);
            strings(one, see);
        }),
        _ => {}
    }
}

/// The names of an object's members that are not among those allowed.
fn beyond<'a>(object: &'a Json, allowed: &BTreeSet<String>) -> Vec<&'a String> {
    let members = object.as_object().into_iter().flatten();
    members
        .map(|(name, _)| name)
        .filter(|name| !allowed.contains(*name))
        .collect()
}

/// What is wrong with an answer.
fn faults(path: &str, reply: &Reply, secrets: &Secrets) -> Vec<String> {
    let media = reply.header("content-type");
    let plain = reply.plain();
    if media.contains("mapbox-vector-tile") {
        return tile_faults(&plain, secrets);
    }
    let text = String::from_utf8_lossy(&plain);
    let mut faults = Vec::new();
    // A search repeats what was asked, and says that nothing was found.
    if !path.starts_with("/places") && plain.len() < 1 << 20 {
        let within = secrets
            .samples
            .iter()
            .filter(|secret| text.contains(&***secret));
        faults.extend(within.map(|secret| format!("holds {secret}")));
    }
    if !media.contains("json") {
        return faults;
    }
    let json: Json = serde_json::from_slice(&plain).unwrap();
    let looked_at = if path.starts_with("/places") {
        &json["places"]
    } else {
        &json
    };
    strings(looked_at, &mut |text| {
        if secrets.values.contains(text) {
            faults.push(format!("says {text}"));
        }
    });
    let part: Vec<&str> = path.split(['/', '?', '.']).collect();
    if let Some(open) = part.get(2).and_then(|id| secrets.open.get(*id)) {
        let hidden = &secrets.hidden_fields[part[2]];
        match part.get(1..) {
            Some(["collections", _, "items", ..]) => {
                let features = json["features"].as_array().cloned();
                for feature in features.unwrap_or_else(|| vec![json.clone()]) {
                    faults.extend(
                        beyond(&feature["properties"], open)
                            .iter()
                            .map(|n| format!("has {n}")),
                    );
                }
            }
            Some(["collections", _, "schema", ..]) => {
                faults.extend(
                    beyond(&json["properties"], open)
                        .iter()
                        .map(|n| format!("has {n}")),
                );
            }
            Some(["collections", ..]) => {
                let uses =
                    ["label", "identity", "partOf", "series"].map(|name| &json["onemap"][name]);
                for used in uses {
                    strings(used, &mut |name| {
                        if hidden.contains(name) {
                            faults.push(format!("uses {name}"));
                        }
                    });
                }
            }
            Some(["styles", ..]) => strings(&json["layers"], &mut |name| {
                if hidden.contains(name) && !open.contains(name) {
                    faults.push(format!("draws by {name}"));
                }
            }),
            Some(["tiles", ..]) => {
                for layer in json["vector_layers"].as_array().into_iter().flatten() {
                    faults.extend(
                        beyond(&layer["fields"], open)
                            .iter()
                            .map(|n| format!("has {n}")),
                    );
                }
            }
            _ => {}
        }
    }
    faults
}

fn tile_faults(bytes: &[u8], secrets: &Secrets) -> Vec<String> {
    let reader = Reader::new(bytes.to_vec()).unwrap();
    let mut faults = Vec::new();
    for (number, name) in reader.get_layer_names().unwrap().iter().enumerate() {
        let Some(open) = secrets.open.get(name) else {
            faults.push(format!("shows {name}"));
            continue;
        };
        for feature in reader.get_features(number).unwrap() {
            for (key, value) in feature.properties.into_iter().flatten() {
                if key != "point_count" && !open.contains(&key) {
                    faults.push(format!("{name} has {key}"));
                }
                if let TileValue::String(text) = value
                    && secrets.values.contains(&text)
                {
                    faults.push(format!("{name} says {text}"));
                }
            }
        }
    }
    faults
}

/// The addresses on this server that a document leads to.
fn links(reply: &Reply) -> Vec<String> {
    if !reply.header("content-type").contains("json") || reply.status != 200 {
        return Vec::new();
    }
    let json = reply.json();
    let mut found = Vec::new();
    strings(&json, &mut |text| {
        if let Some(path) = text.strip_prefix("http://map.example")
            && !path.contains('{')
        {
            found.push(if path.is_empty() {
                "/".to_owned()
            } else {
                path.to_owned()
            });
        }
    });
    found
}

/// A test that could not fail would prove nothing.
fn it_sees_what_it_looks_for(secrets: &Secrets) {
    let mut hidden = secrets.hidden_fields.iter();
    let (id, field) = hidden
        .find_map(|(id, fields)| Some((id, secrets.open.get(id).and(fields.first())?)))
        .unwrap();
    let value = secrets.values.first().unwrap();
    let answer = |json: Json| Reply {
        status: 200,
        headers: [("content-type".to_owned(), "application/json".to_owned())].into(),
        body: json.to_string().into_bytes(),
    };
    let one = |name: &str, value: Json| serde_json::json!({ name: value });
    for (path, json) in [
        (
            format!("/collections/{id}/items?limit=1"),
            serde_json::json!({"features": [{"properties": one(field, Json::Null)}]}),
        ),
        (
            format!("/collections/{id}/items/1"),
            serde_json::json!({"properties": one(field, Json::Null)}),
        ),
        (
            format!("/collections/{id}/schema"),
            serde_json::json!({"properties": one(field, Json::Null)}),
        ),
        (
            format!("/collections/{id}"),
            serde_json::json!({"onemap": {"label": field}}),
        ),
        (
            format!("/styles/{id}"),
            serde_json::json!({"layers": [["get", field]]}),
        ),
        (
            format!("/tiles/{id}.json"),
            serde_json::json!({"vector_layers": [{"fields": one(field, Json::Null)}]}),
        ),
        (
            "/places?q=x".to_owned(),
            serde_json::json!({"places": [{"title": value}]}),
        ),
        ("/anywhere".to_owned(), one("x", value.as_str().into())),
    ] {
        assert!(!faults(&path, &answer(json), secrets).is_empty(), "{path}");
    }
}

#[test]
fn no_public_answer_holds_a_field_or_a_value_that_is_not_public() {
    let district = District::demonstration();
    // Rows are rejected on purpose.
    district.run(&["import", "--keep-going"]);
    let atlas = layer::load(&district.path(""), &district.path("layers")).unwrap();
    let store = GeoPackage::open(&district.path("onemap.gpkg")).unwrap();
    let secrets = secrets(&atlas, &store);
    assert!(
        secrets.values.len() > 100 && secrets.closed.len() > 1,
        "there are secrets to keep"
    );
    it_sees_what_it_looks_for(&secrets);
    let serving = district.serve(&[]);
    let address: SocketAddr = serving
        .public
        .strip_prefix("http://")
        .unwrap()
        .parse()
        .unwrap();
    let mut connection = Connection::open(address);
    let templates: Vec<&str> = onemap::http::templates().collect();
    let mut waiting: VecDeque<String> = templates
        .iter()
        .flat_map(|template| addresses(template, &atlas, &secrets))
        .collect();
    let (mut asked, mut wrong) = (BTreeSet::new(), Vec::new());
    let mut features = 0;
    while let Some(path) = waiting.pop_front() {
        if !asked.insert(path.clone()) {
            continue;
        }
        let reply = connection.ask("GET", &path, &[]);
        assert!(reply.status < 500, "{path}: {}", reply.status);
        let closed = secrets
            .closed
            .iter()
            .find(|(id, _)| path.split(['/', '?', '.']).any(|part| part == **id));
        if let Some((id, form)) = closed {
            let named =
                *form == PublicForm::Existence && path.starts_with(&format!("/collections/{id}"));
            let alone = !path.trim_start_matches("/collections/").contains('/');
            assert_eq!(reply.status == 200, named && alone, "{path}");
        }
        features += usize::from(path.contains("/items?"));
        wrong.extend(
            faults(&path, &reply, &secrets)
                .into_iter()
                .map(|fault| format!("{path} {fault}")),
        );
        waiting.extend(links(&reply));
    }
    wrong.truncate(40);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(
        features >= secrets.open.len() && asked.len() > 500,
        "{} asked",
        asked.len()
    );
    drop(serving);
}
