//! The JSON Schema of the answers in `docs/` is that of the program, and the answers are as it says.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jsonschema::Validator;
use onemap::http::api_schema;
use onemap::layer::{CodeList, Levels, OWN_DERIVATION};
use onemap::model::Audience;
use serde_json::{Value, json};

use super::client::{Reply, get};
use super::worlds::{Given, House, layers, world_of};
use crate::support::both;

#[test]
fn the_schema_in_docs_is_that_of_the_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/api.schema.json");
    let schema = api_schema();
    let stale = std::fs::read_to_string(&path).unwrap_or_default() != schema;
    if stale {
        std::fs::write(&path, schema).unwrap();
    }
    assert!(
        !stale,
        "docs/api.schema.json was stale and has been written anew: look at it, run `npm run types` in web/, commit both"
    );
}

/// Forbids keys that the schema does not name. The published one lets them pass, so that keys can be
/// added; the program itself is to send none that is not described.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.get("properties").is_some_and(Value::is_object)
                && object.get("type") == Some(&json!("object"))
            {
                object.insert("additionalProperties".to_owned(), json!(false));
            }
            object.values_mut().for_each(close);
        }
        Value::Array(list) => list.iter_mut().for_each(close),
        _ => {}
    }
}

/// What holds an answer against one definition of the schema.
struct Schemas {
    whole: Value,
    made: BTreeMap<&'static str, Validator>,
}

impl Schemas {
    fn new() -> Self {
        let mut whole: Value = serde_json::from_str(&api_schema()).unwrap();
        whole.as_object_mut().unwrap().remove("anyOf");
        close(&mut whole);
        Self {
            whole,
            made: BTreeMap::new(),
        }
    }

    fn faults(&mut self, name: &'static str, answer: &Value) -> Vec<String> {
        let whole = &self.whole;
        let validator = self.made.entry(name).or_insert_with(|| {
            let mut schema = whole.clone();
            assert!(schema["$defs"][name].is_object(), "{name}");
            schema["$ref"] = format!("#/$defs/{name}").into();
            jsonschema::validator_for(&schema).unwrap()
        });
        let fault = |e: jsonschema::ValidationError<'_>| format!("{}: {e}", e.instance_path());
        validator.iter_errors(answer).map(fault).collect()
    }

    fn holds(&mut self, name: &'static str, reply: &Reply) -> Value {
        let answer = reply.json();
        let faults = self.faults(name, &answer);
        assert!(faults.is_empty(), "{name}: {faults:#?}\n{answer:#}");
        answer
    }
}

/// The layers of revision 1, with a code list among their fields.
fn given() -> Vec<Given> {
    let mut given = layers(1);
    let parcels = given
        .iter_mut()
        .find(|given| given.layer.id.as_str() == "parcels")
        .unwrap();
    let words = [("0701", "城镇住宅用地"), ("0702", "农村宅基地")];
    parcels.layer.fields[1].codes = Some(Arc::new(CodeList {
        name: "uses".to_owned(),
        path: PathBuf::from("uses.csv"),
        entries: words
            .map(|(code, words)| (code.to_owned(), both(words)))
            .into(),
        own_derivations: ["0702".to_owned()].into(),
        parents: BTreeMap::default(),
        levels: Levels::of(&["0701", "0702"], &BTreeMap::new()),
        lines: BTreeMap::new(),
    }));
    given
}

fn a_layer_holds(schemas: &mut Schemas, address: SocketAddr, collection: &Value) {
    let id = collection["id"].as_str().unwrap();
    schemas.holds("Collection", &get(address, &format!("/collections/{id}")));
    let items = format!("/collections/{id}/items");
    if collection["onemap"]["form"] == "existence" {
        for absent in ["count", "coverage", "version", "label", "temporal"] {
            assert!(collection["onemap"].get(absent).is_none(), "{id} {absent}");
        }
        schemas.holds("Problem", &get(address, &items));
        return;
    }
    let fields = schemas.holds(
        "Schema",
        &get(address, &format!("/collections/{id}/schema")),
    );
    let page = schemas.holds("ItemList", &get(address, &format!("{items}?limit=3")));
    for feature in page["features"].as_array().unwrap() {
        let one = get(address, &format!("{items}/{}", feature["id"]));
        let one = schemas.holds("Item", &one);
        let names =
            |of: &Value| -> Vec<String> { of.as_object().unwrap().keys().cloned().collect() };
        assert_eq!(names(&one["properties"]), names(&fields["properties"]));
    }
}

#[test]
fn every_answer_is_as_the_schema_says() {
    let mut schemas = Schemas::new();
    let house = House::empty(|_| {});
    let given = given();
    for (audience, current) in [
        (Audience::Public, &house.public_world),
        (Audience::Department, &house.department_world),
    ] {
        current.store(Some(Arc::new(world_of(audience, &given))));
    }
    for address in [house.public, house.department] {
        for lang in ["zh", "en"] {
            schemas.holds("Landing", &get(address, &format!("/?lang={lang}")));
            schemas.holds("Styles", &get(address, &format!("/styles?lang={lang}")));
            schemas.holds(
                "ProblemKinds",
                &get(address, &format!("/problems?lang={lang}")),
            );
        }
        for query in ["site", "116.41,39.9", "1,2", "500000,4400000", "9,99"] {
            schemas.holds("Places", &get(address, &format!("/places?q={query}")));
        }
        let all = schemas.holds("Collections", &get(address, "/collections"));
        for collection in all["collections"].as_array().unwrap() {
            a_layer_holds(&mut schemas, address, collection);
        }
    }
    let fields = get(house.public, "/collections/parcels/schema").json();
    let codes = fields["properties"]["note"]["oneOf"].as_array().unwrap();
    assert_eq!(codes.len(), 3, "two codes, and not recorded: {codes:?}");
    assert_eq!(codes[1]["x-onemap-basis"], OWN_DERIVATION);
    assert_eq!(codes[2]["const"], Value::Null);
    house.close();
}

#[test]
fn an_answer_with_a_key_too_many_too_few_or_of_another_kind_is_found_out() {
    let mut schemas = Schemas::new();
    let house = House::open();
    let good = get(house.public, "/collections/sites").json();
    assert_eq!(schemas.faults("Collection", &good), Vec::<String>::new());
    for change in [
        |it: &mut Value| it["onemap"]["colour"] = json!("red"),
        |it: &mut Value| it["onemap"]["form"] = json!("partly"),
        |it: &mut Value| {
            it["onemap"]["coverage"]["features"][0]["geometry"]["type"] = json!("Point");
        },
        |it: &mut Value| it["extent"]["spatial"]["bbox"][0] = json!([1, 2, 3]),
        |it: &mut Value| it["links"][0]["href"] = Value::Null,
        |it: &mut Value| it["onemap"]["series"] = json!({"time": "year"}),
        |it: &mut Value| {
            it.as_object_mut().unwrap().remove("title");
        },
    ] {
        let mut bad = good.clone();
        change(&mut bad);
        assert_ne!(
            schemas.faults("Collection", &bad),
            Vec::<String>::new(),
            "{bad:#}"
        );
    }
    house.close();
}
