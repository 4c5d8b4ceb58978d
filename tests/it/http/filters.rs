//! What is asked of features: values of fields, and when they were so.

use mvt_reader::Reader;
use mvt_reader::feature::Value as TileValue;
use serde_json::{Value, json};

use super::client::{Connection, Reply, get};
use super::worlds::House;

/// The ids on a page, and how many features match.
fn found(reply: &Reply) -> (Vec<i64>, i64) {
    let page = reply.json();
    let features = page["features"].as_array().unwrap().iter();
    let ids = features.map(|feature| feature["id"].as_i64().unwrap());
    (ids.collect(), page["numberMatched"].as_i64().unwrap())
}

#[test]
fn a_field_of_a_value_is_asked_for_by_its_name() {
    let house = House::open();
    let mut connection = Connection::open(house.public);
    let third: Vec<i64> = (1..=58).step_by(3).map(|id| id + 1).collect();
    let all: Vec<i64> = (1..=60).collect();
    for (query, expected) in [
        ("cadmium=0.25", third.clone()),
        ("cadmium=2.5e-1", third.clone()),
        // Below a limit of 0.05 is not 0.05, and what was not measured is nothing.
        ("cadmium=0.05", vec![]),
        ("rev=1", all.clone()),
        ("rev=2", vec![]),
        ("name=site+%227%22", vec![8]),
        ("name=site%20%227%22&rev=1", vec![8]),
        ("name=SITE+%227%22", vec![]),
        (
            "rev=1&cadmium=0.25&bbox=116.4,39.8,116.4195,40",
            third[..7].to_vec(),
        ),
    ] {
        let path = format!("/collections/sites/items?{query}&limit=100");
        let reply = connection.ask("GET", &path, &[]);
        let matched = i64::try_from(expected.len()).unwrap();
        assert_eq!(found(&reply), (expected, matched), "{query}");
    }
    house.close();
}

#[test]
fn following_next_keeps_the_filter() {
    let house = House::open();
    let mut path = "/collections/sites/items?cadmium=0.25&rev=1&limit=3&lang=en".to_owned();
    let mut seen = 0;
    loop {
        let reply = get(house.public, &path);
        let (ids, matched) = found(&reply);
        assert_eq!(matched, 20, "{path}");
        seen += ids.len();
        let links = reply.json()["links"].clone();
        let next = links
            .as_array()
            .unwrap()
            .iter()
            .find(|link| link["rel"] == "next");
        let Some(next) = next else { break };
        let on = next["href"].as_str().unwrap();
        assert!(
            on.contains("cadmium=0.25&rev=1&limit=3&lang=en&after="),
            "{on}"
        );
        path = on.strip_prefix("http://map.example").unwrap().to_owned();
    }
    assert_eq!(seen, 20);
    house.close();
}

#[test]
fn a_value_that_a_field_cannot_have_is_refused_with_one_that_it_can() {
    let house = House::open();
    for (layer, query, right) in [
        ("sites", "rev=x", "12"),
        ("sites", "rev=1.5", "12"),
        ("sites", "cadmium=high", "0.35"),
        ("sites", "cadmium=NaN", "0.35"),
        ("sites", "name=", "not empty"),
        ("samples", "taken=2021", "2024-06-01"),
        ("samples", "datetime=21", "2024-01-01/.."),
        ("samples", "datetime=2022-01-01/2021-01-01", "2024-01-01/.."),
        ("sites", "datetime=yesterday", "2024-01-01/.."),
    ] {
        let path = format!("/collections/{layer}/items?{query}&lang=en");
        let said = get(house.public, &path).problem(400, "bad-parameter");
        assert!(said.contains(right), "{path}: {said}");
    }
    let twice = "/collections/sites/items?rev=1&rev=2";
    get(house.public, twice).problem(400, "bad-parameter");
    house.close();
}

#[test]
fn a_hidden_field_is_as_unknown_as_one_that_is_not_there() {
    let house = House::open();
    for (layer, hidden, never) in [("sites", "owner", "never"), ("samples", "until", "never")] {
        for value in ["", "the+owner", "2021-05-02", "x"] {
            let ask = |name: &str| {
                let reply = get(
                    house.public,
                    &format!("/collections/{layer}/items?{name}={value}"),
                );
                let sentence = reply.problem(400, "unknown-parameter");
                let body = String::from_utf8(reply.body.clone()).unwrap();
                let id = reply.header("x-request-id");
                (
                    sentence.replace(name, "NAME"),
                    body.replace(id, "ID").replace(name, "NAME"),
                )
            };
            assert_eq!(ask(hidden), ask(never), "{layer} {hidden}={value}");
        }
    }
    let inner = get(house.department, "/collections/sites/items?owner=the+owner");
    assert_eq!(found(&inner).1, 60);
    house.close();
}

#[test]
fn a_time_finds_what_was_so_then_as_far_as_it_is_known() {
    let house = House::open();
    // Departments know that each sample was so from February to the second of May of its year, the
    // public not when it ended.
    for (datetime, public, department) in [
        ("2021-01-31", &[][..], &[][..]),
        ("2021-02-01", &[1], &[1]),
        ("2021-02-01T00:00:00%2B08:00", &[1], &[1]),
        ("2021-01-31T15:59:59Z", &[], &[]),
        ("2021-05-02", &[1], &[1]),
        ("2021-05-03", &[1], &[]),
        ("2022-05-02T16:00:00Z", &[1, 2], &[]),
        ("2022-03-01", &[1, 2], &[2]),
        ("2021-04-01/2022-04-01", &[1, 2], &[1, 2]),
        ("../2022-02-02", &[1, 2], &[1, 2]),
        ("2022-06-01/..", &[1, 2, 3], &[3]),
        ("2022", &[1, 2], &[2]),
        ("2021-06/2022-02", &[1, 2], &[2]),
        ("../..", &[1, 2, 3], &[1, 2, 3]),
    ] {
        let path = format!("/collections/samples/items?datetime={datetime}");
        for (address, expected) in [(house.public, public), (house.department, department)] {
            assert_eq!(found(&get(address, &path)).0, expected, "{datetime}");
        }
    }
    // What has no valid time was always so.
    let parcels = get(
        house.public,
        "/collections/parcels/items?datetime=1900-01-01",
    );
    assert_eq!(found(&parcels).1, 400);
    let both = get(
        house.public,
        "/collections/samples/items?datetime=2022-03-01&taken=2022-02-02",
    );
    assert_eq!(found(&both), (vec![2], 1));
    house.close();
}

/// How many features a tile has, and for how many its first one stands.
fn shown(reply: &Reply) -> (usize, Option<u64>) {
    if reply.status == 204 {
        return (0, None);
    }
    let features = Reader::new(reply.plain()).unwrap().get_features(0).unwrap();
    let count = match features[0].properties.as_ref().unwrap().get("point_count") {
        Some(TileValue::UInt(count)) => Some(*count),
        Some(TileValue::Int(count)) => u64::try_from(*count).ok(),
        _ => None,
    };
    (features.len(), count)
}

#[test]
fn a_tile_of_a_time_is_clustered_of_what_was_so_then() {
    let house = House::open();
    for (query, public, department) in [
        ("", (1, Some(5)), (1, Some(5))),
        ("?datetime=2020-02-29", (0, None), (0, None)),
        ("?datetime=2020-03-01", (1, None), (1, None)),
        ("?datetime=2022-04-01", (1, Some(3)), (1, None)),
        (
            "?datetime=2022-04-01/2023-04-01",
            (1, Some(4)),
            (1, Some(2)),
        ),
        (
            "?datetime=2022-07-01/..&other=1&other=2&%zz",
            (1, Some(5)),
            (1, Some(2)),
        ),
    ] {
        for (address, expected) in [(house.public, public), (house.department, department)] {
            for path in [
                "/tiles/works/10/833/397.mvt",
                "/collections/works/tiles/WebMercatorQuad/10/397/833",
            ] {
                let reply = get(address, &format!("{path}{query}"));
                assert_eq!(shown(&reply), expected, "{path}{query}");
            }
        }
    }
    for bad in ["?datetime=22", "?datetime=2022-01-01&datetime=2022-01-02"] {
        for layer in ["works", "sites"] {
            let path = format!("/tiles/{layer}/10/833/397.mvt{bad}");
            get(house.public, &path).problem(400, "bad-parameter");
        }
    }
    house.close();
}

#[test]
fn a_time_asked_of_a_style_is_asked_of_its_tiles() {
    let house = House::open();
    let mut query = "?datetime=2022-04-01T00:00:00Z/2022-04-01T12:00:00Z";
    let style = get(house.public, &format!("/styles/onemap{query}")).json();
    let url = |id: &str| style["sources"][id]["url"].clone();
    assert_eq!(url("sites"), "http://map.example/tiles/sites.json");
    query = "?datetime=2022-04-01";
    assert_eq!(
        url("works"),
        format!("http://map.example/tiles/works.json{query}")
    );
    let described = get(house.public, &format!("/tiles/works.json{query}")).json();
    let tiles = described["tiles"][0].as_str().unwrap();
    assert_eq!(
        tiles,
        format!("http://map.example/tiles/works/{{z}}/{{x}}/{{y}}.mvt{query}")
    );
    let sites = get(house.public, &format!("/tiles/sites.json{query}")).json();
    assert_eq!(
        sites["tiles"],
        json!(["http://map.example/tiles/sites/{z}/{x}/{y}.mvt"])
    );
    let moved = get(
        house.public,
        &format!("/tiles/works,sites/10/833/397.mvt{query}"),
    );
    assert_eq!(moved.status, 308);
    assert!(
        moved.header("location").ends_with(query),
        "{}",
        moved.header("location")
    );
    assert_ne!(style["sources"], Value::Null);
    house.close();
}

#[test]
fn each_time_has_its_own_tile_in_the_cache_and_all_share_that_of_a_layer_without_time() {
    let house = House::open();
    let kept = |name: &str| {
        let text = String::from_utf8(get(house.public, "/metrics").body).unwrap();
        let line = text.lines().find(|line| line.starts_with(name)).unwrap();
        line.rsplit(' ').next().unwrap().parse::<u64>().unwrap()
    };
    let misses = || kept("onemap_cache_lookups_total{result=\"miss\"}");
    let ask = |path: &str| get(house.public, path);
    ask("/tiles/sites/10/843/388.mvt");
    let before = misses();
    for day in 1..=9 {
        ask(&format!(
            "/tiles/sites/10/843/388.mvt?datetime=2022-04-0{day}"
        ));
    }
    assert_eq!(misses(), before);
    for day in 1..=9 {
        ask(&format!(
            "/tiles/works/10/833/397.mvt?datetime=2022-04-0{day}"
        ));
    }
    assert_eq!(misses(), before + 9);
    ask("/tiles/works/10/833/397.mvt?datetime=2022-04-01/2022-04-01");
    assert_eq!(misses(), before + 9);
    house.close();
}
