//! The audience is the listener's, and what it may not see is not there at all.

use super::client::{Connection, Reply, ask, get};
use super::worlds::{House, world};
use onemap::model::Audience;
use std::sync::Arc;

/// Everything of an answer but what is new each time.
fn told(reply: &Reply) -> (u16, Vec<(String, String)>, String) {
    let id = reply.header("x-request-id").to_owned();
    let headers = reply
        .headers
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "date" | "x-request-id"))
        .map(|(name, value)| (name.clone(), value.clone()));
    let body = String::from_utf8_lossy(&reply.body).replace(&id, "ID");
    (reply.status, headers.collect(), body)
}

const PUBLIC_PATHS: &[&str] = &[
    "/",
    "/collections",
    "/collections/wells",
    "/collections/wells/items",
    "/collections/wells/items/1",
    "/collections/wells/schema",
    "/tiles/wells.json",
    "/tiles/wells/10/843/388.mvt",
    "/collections/wells/tiles/WebMercatorQuad/10/388/843",
    "/tiles/sites,wells/10/843/388.mvt",
    "/styles",
    "/styles/wells",
    "/styles/onemap",
    "/tiles/WebMercatorQuad/10/388/843",
    "/collections/secret",
    "/tiles/secret.json",
    "/tiles/secret/10/843/388.mvt",
    "/collections/secret/items",
    "/styles/secret",
    "/collections/samples",
    "/collections/samples/items",
    "/collections/samples/items?lead=9",
    "/collections/samples/items?until=2021-05-02",
    "/collections/samples/items?datetime=2021-05-05",
    "/collections/samples/items?datetime=2021-05-05/..",
    "/collections/samples/items?datetime=../2021-05-01",
    "/collections/works",
    "/collections/works/items?datetime=2022-06-05",
    "/collections/works/items?datetime=2022-06-05/2022-06-08",
    "/collections/works/items?ended=2022-06-02",
    "/tiles/works.json?datetime=2022-06-05",
    "/tiles/works/10/833/397.mvt",
    "/tiles/works/10/833/397.mvt?datetime=2022-06-05",
    "/tiles/works/10/833/397.mvt?datetime=2022-06-05/..",
    "/styles/works?datetime=2022-06-05",
    "/collections/secret/items?datetime=2022-06-05",
    "/collections/wells/items?rev=9",
    "/screenings?lon=116.305&lat=39.805&planned=0701",
    "/screenings?lon=116.405&lat=39.905&planned=0701&current=1001",
    "/screenings?lon=116.305&lat=39.805&planned=gb50137-2011:R2&profile=plan-100",
    "/screenings/options",
];

#[test]
fn what_a_hidden_layer_holds_changes_no_byte_of_any_public_answer() {
    let house = House::open();
    let before: Vec<_> = PUBLIC_PATHS
        .iter()
        .map(|path| told(&get(house.public, path)))
        .collect();
    let metrics = |house: &House| {
        let text = String::from_utf8(get(house.public, "/metrics").body).unwrap();
        let layers = text.lines().filter(|line| line.contains("layer=\""));
        layers.map(str::to_owned).collect::<Vec<_>>()
    };
    let counted = metrics(&house);
    // Only what is hidden changes: what the public sees stays at revision 1.
    let mut given = super::worlds::layers(1);
    for (place, other) in super::worlds::layers(9).into_iter().enumerate() {
        if matches!(
            other.layer.id.as_str(),
            "wells" | "secret" | "samples" | "works"
        ) {
            given[place] = other;
        }
    }
    let changed = super::worlds::world_of(Audience::Public, &given);
    house.public_world.store(Some(Arc::new(changed)));
    for (path, before) in PUBLIC_PATHS.iter().zip(&before) {
        assert_eq!(&told(&get(house.public, path)), before, "{path}");
    }
    assert_eq!(metrics(&house), counted);
    // To departments it all is another thing.
    for path in ["/collections/samples", "/tiles/works/15/26687/12731.mvt"] {
        let before = get(house.department, path).body;
        house
            .department_world
            .store(Some(Arc::new(world(Audience::Department, 9))));
        assert_ne!(get(house.department, path).body, before, "{path}");
        house
            .department_world
            .store(Some(Arc::new(world(Audience::Department, 1))));
    }
    let names = ["wells", "secret"];
    assert!(
        !counted
            .iter()
            .any(|line| names.iter().any(|name| line.contains(name)))
    );
    house.close();
}

#[test]
fn a_layer_that_is_only_known_to_exist_is_named_and_nothing_more() {
    let house = House::open();
    let json = get(house.public, "/collections/wells?lang=en").json();
    assert_eq!(json["onemap"]["form"], "existence");
    assert!(json.get("extent").is_none());
    for absent in ["count", "coverage", "version"] {
        assert!(json["onemap"].get(absent).is_none(), "{absent}");
    }
    let rels: Vec<_> = json["links"]
        .as_array()
        .unwrap()
        .iter()
        .map(|l| &l["rel"])
        .collect();
    assert_eq!(rels, ["self"]);
    for path in PUBLIC_PATHS.iter().filter(|path| path.contains("wells")) {
        if *path != "/collections/wells" {
            let sentence = get(house.public, path).problem(404, "held-by-authority");
            assert!(sentence.contains("wells"), "{sentence}");
        }
    }
    house.close();
}

#[test]
fn a_layer_that_is_not_even_named_looks_like_one_that_does_not_exist() {
    let house = House::open();
    for path in PUBLIC_PATHS.iter().filter(|path| path.contains("secret")) {
        let secret = told(&get(house.public, path));
        let never = told(&get(house.public, &path.replace("secret", "nevers")));
        assert_eq!(secret.0, 404, "{path}");
        assert_eq!(secret.2.replace("secret", "nevers"), never.2, "{path}");
        assert_eq!(secret.1, never.1, "{path}");
    }
    house.close();
}

#[test]
fn nothing_in_a_request_raises_its_audience() {
    let house = House::open();
    let tries: &[&[(&str, &str)]] = &[
        &[("X-Audience", "department"), ("Audience", "department")],
        &[("Cookie", "audience=department; role=admin")],
        &[("Authorization", "Basic ZGVwYXJ0bWVudDpkZXBhcnRtZW50")],
        &[
            ("X-Forwarded-For", "127.0.0.1"),
            ("Forwarded", "for=127.0.0.1;host=inner"),
        ],
        &[
            ("X-Original-URL", "/collections/secret"),
            ("X-Rewrite-URL", "/collections/secret"),
        ],
        &[
            ("X-HTTP-Method-Override", "POST"),
            ("X-Forwarded-Host", "department"),
        ],
    ];
    for headers in tries {
        let reply = ask(house.public, "GET", "/collections/secret", headers);
        reply.problem(404, "unknown-layer");
        let landing = ask(house.public, "GET", "/", headers).json();
        assert_eq!(landing["onemap"]["audience"], "public");
    }
    for path in [
        "/collections/secret?audience=department",
        "/collections/secret?lang=en",
    ] {
        assert_ne!(get(house.public, path).status, 200, "{path}");
    }
    // An absolute target and a strange host name the inner listener; they still reach this one.
    let mut connection = Connection::open(house.public);
    let inner = house.department;
    connection.send(
        format!("GET http://{inner}/collections/secret HTTP/1.1\r\nHost: {inner}\r\n\r\n")
            .as_bytes(),
    );
    connection
        .read(false)
        .unwrap()
        .problem(404, "unknown-layer");
    house.close();
}

#[test]
fn departments_see_more_on_their_own_listener_and_no_shared_cache_keeps_it() {
    let house = House::open();
    assert_eq!(
        get(house.department, "/").json()["onemap"]["audience"],
        "department"
    );
    for path in ["/collections/secret/items", "/collections/wells/items"] {
        assert_eq!(
            get(house.department, path).json()["numberMatched"],
            1,
            "{path}"
        );
    }
    let path = "/collections/sites/items/1";
    let (inner, outer) = (get(house.department, path), get(house.public, path));
    assert_eq!(inner.json()["properties"]["owner"], "the owner");
    assert!(outer.json()["properties"].get("owner").is_none());
    for path in [
        path,
        "/collections",
        "/tiles/wells/10/843/388.mvt",
        "/app",
        "/collections/sites/items",
    ] {
        let reply = get(house.department, path);
        assert_eq!(reply.status, 200);
        assert!(
            reply.header("cache-control").starts_with("private, "),
            "{path}"
        );
        assert_eq!(reply.header("access-control-allow-origin"), "", "{path}");
    }
    let public = String::from_utf8(get(house.public, "/metrics").body).unwrap();
    assert!(
        !public.contains("secret") && !public.contains("wells"),
        "{public}"
    );
    house.close();
}

#[test]
fn a_world_made_for_departments_is_never_shown_to_the_public() {
    let house = House::open();
    house
        .public_world
        .store(Some(Arc::new(world(Audience::Department, 1))));
    for path in [
        "/",
        "/collections",
        "/tiles/wells/10/843/388.mvt",
        "/styles/onemap",
    ] {
        get(house.public, path).problem(503, "starting");
    }
    house.close();
}
