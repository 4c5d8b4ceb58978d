//! Features: pages, boxes, cursors, single ones; what a collection and its schema say.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::client::{Connection, get};
use super::worlds::House;

fn ids(page: &Value) -> Vec<i64> {
    page["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["id"].as_i64().unwrap())
        .collect()
}

fn next(page: &Value) -> Option<String> {
    let links = page["links"].as_array().unwrap();
    let next = links.iter().find(|link| link["rel"] == "next")?;
    Some(
        next["href"]
            .as_str()
            .unwrap()
            .strip_prefix("http://map.example")
            .unwrap()
            .to_owned(),
    )
}

#[test]
fn a_page_says_what_it_is_and_a_feature_says_all_that_is_known() {
    let house = House::open();
    let reply = get(house.public, "/collections/sites/items?limit=2");
    assert_eq!(reply.header("content-type"), "application/geo+json");
    assert_eq!(reply.header("cache-control"), "public, max-age=60");
    let page = reply.json();
    assert_eq!(page["timeStamp"], "2025-07-01T08:00:00.000Z");
    assert_eq!(
        (&page["numberMatched"], &page["numberReturned"]),
        (&json!(60), &json!(2))
    );
    assert_eq!(
        page["features"][0],
        json!({
            "type": "Feature",
            "id": 1,
            "geometry": {"type": "Point", "coordinates": [116.4, 39.9]},
            "properties": {
                "name": "site \"0\"", "rev": 1, "cadmium": null, "cadmium_lod": 0.05,
            },
            "precision_m": 12.5,
            "valid": {"from": "2020-01-31", "to": null},
        })
    );
    assert_eq!(page["features"][1]["properties"]["cadmium"], 0.25);
    assert_eq!(
        page["features"][1]["properties"]["cadmium_lod"],
        Value::Null
    );
    let table = get(house.public, "/collections/samples/items").json();
    assert_eq!(table["features"][0]["geometry"], Value::Null);
    house.close();
}

#[test]
fn polygons_are_wound_as_geojson_wants_them() {
    let house = House::open();
    let page = get(house.public, "/collections/parcels/items?limit=1").json();
    assert_eq!(
        page["features"][0]["geometry"]["coordinates"],
        json!([[
            [116.3, 39.8],
            [116.31, 39.8],
            [116.31, 39.81],
            [116.3, 39.81],
            [116.3, 39.8]
        ]])
    );
    house.close();
}

#[test]
fn following_next_visits_every_feature_once_and_keeps_every_parameter() {
    let house = House::open();
    let mut connection = Connection::open(house.public);
    for (query, expected) in [
        ("limit=7", 60),
        ("bbox=116.4,39.8,116.4195,40&limit=7&lang=en", 20),
    ] {
        let mut path = format!("/collections/sites/items?{query}");
        let mut seen = Vec::new();
        loop {
            let page = connection.ask("GET", &path, &[]).json();
            assert_eq!(page["numberMatched"], expected, "{path}");
            seen.extend(ids(&page));
            let Some(on) = next(&page) else { break };
            for parameter in query.split('&') {
                assert!(on.contains(parameter), "{on} lacks {parameter}");
            }
            path = on;
        }
        assert_eq!(seen, (1..=expected).collect::<Vec<_>>());
    }
    house.close();
}

#[test]
fn a_cursor_outlives_the_version_it_was_made_from() {
    let house = House::open();
    let on = next(&get(house.public, "/collections/sites/items?limit=10").json()).unwrap();
    house.show(2);
    let page = get(house.public, &on).json();
    assert_eq!(ids(&page), (11..=20).collect::<Vec<_>>());
    assert_eq!(page["features"][0]["properties"]["rev"], 2);
    for bad in [
        "x",
        "",
        "1",
        "zz-1",
        "1-%00",
        "1-2-3",
        "ffffffffffffffff-fffffffffffffffff",
    ] {
        let reply = get(
            house.public,
            &format!("/collections/sites/items?after={bad}"),
        );
        reply.problem(400, "bad-parameter");
    }
    let beyond = get(house.public, "/collections/sites/items?after=0-7fffffff").json();
    assert_eq!(
        (ids(&beyond), &beyond["numberMatched"]),
        (vec![], &json!(60))
    );
    house.close();
}

#[test]
fn a_box_across_the_antimeridian_is_one_box_and_an_upside_down_one_is_none() {
    let house = House::open();
    let ask = |bbox: &str| {
        get(
            house.public,
            &format!("/collections/islands/items?bbox={bbox}"),
        )
    };
    for (bbox, expected) in [
        ("176,-20,-178,-10", vec![1, 2, 4]),
        ("178.5,-20,-179.95,-10", vec![4]),
        ("179.95,-20,-179.95,-10", vec![]),
        ("-180,-90,180,90", vec![1, 2, 3, 4]),
        ("180,-90,-180,90", vec![]),
        ("12,-17.5,12,-17.5", vec![3, 4]),
    ] {
        let page = ask(bbox).json();
        assert_eq!(ids(&page), expected, "{bbox}");
        assert_eq!(page["numberMatched"], expected.len(), "{bbox}");
    }
    for bad in [
        "0,10,1,-10",
        "0,0,1",
        "0,0,1,1,1",
        "a,b,c,d",
        "",
        "0,0,1,91",
        "-181,0,1,1",
        "nan,0,1,1",
        "0,0,inf,1",
        "0;0;1;1",
    ] {
        let sentence = ask(bad).problem(400, "bad-parameter");
        assert!(sentence.contains("bbox"), "{sentence}");
    }
    house.close();
}

#[test]
fn parameters_are_known_given_once_and_have_values_they_can_have() {
    let house = House::open();
    let ask = |query: &str| get(house.public, &format!("/collections/sites/items?{query}"));
    let sentence = ask("colour=red&lang=en").problem(400, "unknown-parameter");
    for word in ["colour", "bbox", "limit", "after", "lang"] {
        assert!(sentence.contains(word), "{sentence}");
    }
    for bad in [
        "limit=0",
        "limit=-1",
        "limit=x",
        "limit=",
        "limit=1.5",
        "limit=%2B1",
        "limit",
    ] {
        assert!(
            ask(bad).problem(400, "bad-parameter").contains("limit"),
            "{bad}"
        );
    }
    ask("limit=1&limit=2").problem(400, "bad-parameter");
    ask("limit=%zz").problem(400, "bad-request");
    for much in ["limit=10001", "limit=99999999999999999999999"] {
        assert_eq!(
            ids(&ask(much).json()).len(),
            60,
            "{much} is the most there may be"
        );
    }
    assert_eq!(ids(&ask("").json()).len(), 10);
    house.close();
}

#[test]
fn one_feature_has_its_own_address_and_a_wrong_one_is_named() {
    let house = House::open();
    let one = get(house.public, "/collections/sites/items/7").json();
    assert_eq!((&one["id"], &one["type"]), (&json!(7), &json!("Feature")));
    let links: Vec<_> = one["links"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| l["rel"].clone())
        .collect();
    assert_eq!(links, ["self", "collection"]);
    for bad in [
        "0",
        "61",
        "-1",
        "x",
        "7.0",
        "+7",
        "99999999999999999999",
        "%2e%2e",
    ] {
        let reply = get(house.public, &format!("/collections/sites/items/{bad}"));
        reply.problem(404, "unknown-feature");
    }
    get(house.public, "/collections/nowhere/items/1").problem(404, "unknown-layer");
    house.close();
}

#[test]
fn a_large_page_is_streamed_whole_in_every_coding() {
    let house = House::open();
    let mut connection = Connection::open(house.public);
    for coding in ["identity", "gzip", "br", "zstd"] {
        let path = "/collections/parcels/items?limit=10000";
        let reply = connection.ask("GET", path, &[("Accept-Encoding", coding)]);
        let seen: BTreeSet<i64> = ids(&reply.json()).into_iter().collect();
        assert_eq!(seen, (1..=400).collect(), "{coding}");
        if coding == "identity" {
            assert_eq!(
                reply.header("transfer-encoding"),
                "chunked",
                "it is larger than a piece"
            );
        }
        assert!(
            reply.header("etag").starts_with("W/"),
            "its time stamp differs each time"
        );
    }
    house.close();
}

#[test]
fn a_collection_says_who_answers_for_it_and_what_was_looked_at() {
    let house = House::open();
    let json = get(house.public, "/collections/sites?lang=en").json();
    assert_eq!(
        json["extent"]["spatial"]["bbox"],
        json!([[116.4, 39.9, 116.459, 39.9]])
    );
    let own = &json["onemap"];
    assert_eq!(own["form"], "full");
    assert_eq!(
        (&own["geometry"], &own["role"]),
        (&json!("point"), &json!("context"))
    );
    assert_eq!(
        (&own["count"], &own["minzoom"], &own["maxzoom"]),
        (&json!(60), &json!(0), &json!(22))
    );
    assert_eq!(own["provenance"]["licence"], "CC0-1.0");
    assert_eq!(own["provenance"]["demonstration"], true);
    assert_eq!(
        own["coverage"]["features"][0]["properties"]["surveyed"],
        "2025-06"
    );
    let rels: Vec<_> = json["links"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| &l["rel"])
        .collect();
    assert_eq!(
        rels,
        [
            "self",
            "items",
            "tiles",
            "style",
            "http://www.opengis.net/def/rel/ogc/1.0/schema"
        ]
    );
    for link in json["links"].as_array().unwrap() {
        let href = link["href"]
            .as_str()
            .unwrap()
            .strip_prefix("http://map.example")
            .unwrap();
        let reply = get(house.public, href);
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (200, link["type"].as_str().unwrap())
        );
    }
    let listed = get(house.public, "/collections?lang=en").json();
    let ids: Vec<_> = listed["collections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| &c["id"])
        .collect();
    assert_eq!(
        ids,
        ["islands", "parcels", "samples", "sites", "wells", "works"]
    );
    assert_eq!(
        listed["collections"][3], json,
        "the same in the list and alone"
    );
    assert_eq!(
        get(house.public, "/collections/parcels").json()["onemap"]["coverage"],
        Value::Null
    );
    house.close();
}

#[test]
fn a_collection_says_what_its_fields_are_for_as_far_as_they_are_seen() {
    let house = House::open();
    let own = |address, id: &str| {
        let mut json = get(address, &format!("/collections/{id}")).json();
        let temporal = json["extent"]["temporal"].take();
        (json["onemap"].take(), temporal)
    };
    let (sites, temporal) = own(house.public, "sites");
    assert_eq!(
        (&sites["label"], &sites["identity"]),
        (&json!("name"), &json!(["name"]))
    );
    assert_eq!(
        (&sites["partOf"], &sites["series"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!((&sites["temporal"], temporal), (&json!(false), Value::Null));

    let (samples, temporal) = own(house.public, "samples");
    assert_eq!(
        (&samples["label"], &samples["identity"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(
        samples["partOf"],
        json!({"layer": "sites", "field": "site"})
    );
    assert_eq!(
        samples["series"],
        json!({"time": "taken", "values": ["depth"]})
    );
    assert_eq!(samples["temporal"], true);
    assert_eq!(
        temporal["interval"],
        json!([["2021-02-01T00:00:00+08:00", null]])
    );
    let (samples, temporal) = own(house.department, "samples");
    assert_eq!(samples["series"]["values"], json!(["depth", "lead"]));
    assert_eq!(
        temporal["interval"],
        json!([["2021-02-01T00:00:00+08:00", "2023-05-02T23:59:59+08:00"]])
    );
    let (wells, temporal) = own(house.public, "wells");
    assert!(wells.get("label").is_none() && wells.get("temporal").is_none());
    assert_eq!(temporal, Value::Null);
    house.close();
}

#[test]
fn a_schema_lists_fields_in_order_with_units_and_companions() {
    let house = House::open();
    let reply = get(house.public, "/collections/sites/schema?lang=en");
    assert_eq!(reply.header("content-type"), "application/schema+json");
    let schema = reply.json();
    let properties = schema["properties"].as_object().unwrap();
    let names: Vec<_> = properties.keys().map(String::as_str).collect();
    assert_eq!(names, ["name", "rev", "cadmium", "cadmium_lod"]);
    assert_eq!(properties["cadmium"]["x-onemap-unit"], "mg/kg");
    assert_eq!(properties["name"]["type"], "string", "it is required");
    assert_eq!(properties["rev"]["type"], json!(["integer", "null"]));
    let companion = properties["cadmium_lod"]["description"].as_str().unwrap();
    assert!(companion.contains("cadmium"), "{companion}");
    house.close();
}
