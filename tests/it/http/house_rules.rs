//! What holds for every route: its methods, codings, tags, headers; and that every route is here.

use std::collections::BTreeSet;

use onemap::http::{self, Limits};
use onemap::model::{Audience, Theme};

use super::client::{Connection, Reply, ask, get};
use super::worlds::{self, House};

/// Every route with addresses of it and the status each has. A route that is not here fails.
const EXAMPLES: &[(&str, &str, u16)] = &[
    ("/", "/", 200),
    ("/collections", "/collections", 200),
    ("/collections/{id}", "/collections/sites?lang=en", 200),
    ("/collections/{id}", "/collections/wells", 200),
    ("/collections/{id}/schema", "/collections/sites/schema", 200),
    (
        "/collections/{id}/items",
        "/collections/sites/items?limit=3",
        200,
    ),
    (
        "/collections/{id}/items",
        "/collections/parcels/items?limit=400",
        200,
    ),
    (
        "/collections/{id}/items/{fid}",
        "/collections/sites/items/7",
        200,
    ),
    (
        "/collections/{id}/tiles/WebMercatorQuad/{z}/{row}/{col}",
        "/collections/sites/tiles/WebMercatorQuad/10/388/843",
        200,
    ),
    (
        "/tiles/WebMercatorQuad/{z}/{row}/{col}",
        "/tiles/WebMercatorQuad/10/388/843",
        200,
    ),
    ("/tiles/{layers}", "/tiles/parcels,sites.json", 200),
    (
        "/tiles/{layers}/{z}/{x}/{y}",
        "/tiles/parcels,sites/10/843/388.mvt",
        200,
    ),
    (
        "/tiles/{layers}/{z}/{x}/{y}",
        "/tiles/sites/10/0/0.mvt",
        204,
    ),
    ("/places", "/places?q=site", 200),
    (
        "/screenings",
        "/screenings?lon=116.305&lat=39.805&planned=0701",
        200,
    ),
    ("/screenings/options", "/screenings/options", 200),
    (
        "/screenings/{id}",
        "/screenings/0123456789abcdef0123456789abcdef",
        404,
    ),
    ("/styles", "/styles", 200),
    ("/styles/{id}", "/styles/onemap", 200),
    ("/styles/{id}", "/styles/sites", 200),
    ("/fonts/{stack}/{range}", "/fonts/any/0-255.pbf", 200),
    ("/app", "/app", 200),
    ("/app/", "/app/", 200),
    ("/app/embed", "/app/embed", 200),
    ("/app/plan", "/app/plan", 200),
    ("/app/{*path}", "/app/index.html", 200),
    ("/embed", "/embed?layers=sites&utm_source=portal", 200),
    ("/widget.js", "/widget.js", 200),
    ("/oembed", "/oembed?url=http%3A%2F%2Fmap.example%2Fapp", 200),
    ("/health/live", "/health/live", 200),
    ("/health/ready", "/health/ready", 200),
    ("/metrics", "/metrics", 200),
    ("/problems", "/problems", 200),
    ("/problems/{slug}", "/problems/not-found", 200),
];

/// Headers that differ from one answer to the next.
fn steady(reply: &Reply) -> Vec<(String, String)> {
    let changing = [
        "date",
        "x-request-id",
        "transfer-encoding",
        "content-length",
    ];
    let headers = reply
        .headers
        .iter()
        .filter(|(name, _)| !changing.contains(&name.as_str()));
    headers
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

#[test]
fn every_route_has_an_example_here() {
    let routes: BTreeSet<_> = http::templates().collect();
    let tested: BTreeSet<_> = EXAMPLES.iter().map(|(template, _, _)| *template).collect();
    assert_eq!(routes, tested);
}

#[test]
fn every_route_answers_get_head_and_options_and_refuses_other_methods() {
    let house = House::open();
    let mut connection = Connection::open(house.public);
    for (_, path, status) in EXAMPLES {
        let got = connection.ask("GET", path, &[]);
        assert_eq!(
            got.status,
            *status,
            "{path}: {}",
            String::from_utf8_lossy(&got.body)
        );
        assert_eq!(got.header("x-content-type-options"), "nosniff");
        assert_eq!(got.header("x-request-id").len(), 16);
        assert_eq!(got.header("access-control-allow-origin"), "*");
        assert!(got.header("access-control-expose-headers").contains("ETag"));
        if got.header("transfer-encoding").is_empty() && *status != 204 {
            assert_eq!(
                got.header("content-length"),
                got.body.len().to_string(),
                "{path}"
            );
        }

        let head = connection.ask("HEAD", path, &[]);
        assert_eq!(head.status, *status, "HEAD {path}");
        assert_eq!(steady(&head), steady(&got), "HEAD {path}");
        assert_eq!(head.body, b"");

        let options = connection.ask("OPTIONS", path, &[("Origin", "https://portal.example")]);
        assert_eq!(options.status, 204, "OPTIONS {path}");
        let takes = path.starts_with("/screenings?");
        let methods = if takes {
            "GET, HEAD, POST, OPTIONS"
        } else {
            "GET, HEAD, OPTIONS"
        };
        assert_eq!(options.header("allow"), methods);
        assert_eq!(options.header("access-control-allow-methods"), methods);

        for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"] {
            if takes && method == "POST" {
                continue;
            }
            let refused = connection.ask(method, path, &[]);
            refused.problem(405, "method-not-allowed");
            assert_eq!(refused.header("allow"), methods, "{method} {path}");
        }
    }
    house.close();
}

#[test]
fn every_tagged_answer_is_the_same_in_each_coding_and_304_to_who_has_it() {
    let house = House::open();
    let mut connection = Connection::open(house.public);
    let mut tagged = 0;
    for (_, path, _) in EXAMPLES {
        let plain = connection.ask("GET", path, &[]);
        if plain.header("etag").is_empty() {
            continue;
        }
        tagged += 1;
        let mut tags = BTreeSet::new();
        for coding in ["identity", "gzip", "br", "zstd"] {
            let asked = ("Accept-Encoding", coding);
            let got = connection.ask("GET", path, &[asked]);
            assert_eq!(got.status, 200, "{path} in {coding}");
            let sent = if coding == "identity" { "" } else { coding };
            assert_eq!(got.header("content-encoding"), sent, "{path}");
            assert_eq!(got.plain(), plain.body, "{path} in {coding}");
            assert!(got.header("vary").contains("Accept-Encoding"), "{path}");
            let tag = got.header("etag").to_owned();
            assert!(tags.insert(tag.clone()), "{path}: one tag for each coding");
            assert_eq!(connection.ask("HEAD", path, &[asked]).header("etag"), tag);

            for known in [tag.clone(), format!("\"x\", {tag}"), "*".to_owned()] {
                let same = connection.ask("GET", path, &[asked, ("If-None-Match", &known)]);
                assert_eq!(same.status, 304, "{path} in {coding} with {known}");
                for name in ["etag", "cache-control", "vary"] {
                    assert_eq!(same.header(name), got.header(name), "{path}: {name}");
                }
                assert_eq!(same.header("content-type"), "");
            }
            let other = connection.ask("GET", path, &[asked, ("If-None-Match", "\"x\"")]);
            assert_eq!(other.status, 200);
        }
        // The first, without Accept-Encoding, went as identity does.
        assert!(tags.contains(plain.header("etag")));
    }
    assert!(tagged >= 17, "{tagged}");
    house.close();
}

#[test]
fn a_client_that_refuses_every_coding_is_told_406_and_no_other() {
    let house = House::open();
    for path in [
        "/tiles/sites/10/843/388.mvt",
        "/collections",
        "/collections/sites/items",
        "/app",
    ] {
        let refused = ask(
            house.public,
            "GET",
            path,
            &[("Accept-Encoding", "identity;q=0")],
        );
        refused.problem(406, "not-acceptable");
        for fine in ["identity;q=0, gzip", "deflate", "*;q=0.1"] {
            let got = ask(house.public, "GET", path, &[("Accept-Encoding", fine)]);
            assert_eq!(got.status, 200, "{path} {fine}");
        }
    }
    house.close();
}

#[test]
fn an_unknown_path_is_a_problem_in_the_readers_language_whatever_the_method() {
    let house = House::open();
    for path in [
        "/nowhere",
        "/collections/",
        "/collections//items",
        "//",
        "/app/nothing.js",
        "/problems/none",
        "/tiles/sites/1/1/1",
        "/tiles/sites/1/1/1.png",
        "/tiles/sites",
        "/admin",
    ] {
        for method in ["GET", "HEAD", "POST"] {
            let reply = ask(house.public, method, path, &[("Accept-Language", "en")]);
            if method == "POST" && reply.status == 405 {
                continue;
            }
            assert_eq!(reply.status, 404, "{method} {path}");
        }
        let reply = ask(house.public, "GET", path, &[("Accept-Language", "en")]);
        assert!(
            reply.problem(404, "not-found").contains("nothing"),
            "{path}"
        );
        assert_eq!(reply.header("content-language"), "en");
        let reply = get(house.public, path);
        assert!(reply.problem(404, "not-found").contains("没有"), "{path}");
    }
    house.close();
}

#[test]
fn the_landing_page_is_a_map_for_browsers_and_json_for_programs() {
    let house = House::open();
    let browser = [("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")];
    let to = ask(house.public, "GET", "/", &browser);
    assert_eq!((to.status, to.header("location")), (303, "/app"));
    assert!(to.header("vary").contains("Accept,"));
    let landing = ask(house.public, "GET", "/?lang=en", &[]).json();
    assert_eq!(landing["title"], "One map of Chaoyang");
    assert_eq!(landing["onemap"]["district"]["code"], "110105");
    assert_eq!(landing["onemap"]["audience"], "public");
    assert_eq!(landing["onemap"]["mapReviewNumber"], "京S(2025)001号");
    assert_eq!(
        landing["onemap"]["languages"],
        serde_json::json!(["zh", "en"])
    );
    for link in landing["links"].as_array().unwrap() {
        let href = link["href"].as_str().unwrap();
        let path = href.strip_prefix("http://map.example").unwrap();
        assert_eq!(get(house.public, path).status, 200, "{href}");
    }
    house.close();
}

#[test]
fn the_map_opens_on_its_base_layers_whatever_lies_beyond_them() {
    let mut given = worlds::layers(1);
    let boundary = given
        .iter_mut()
        .find(|given| given.layer.id.as_str() == "parcels")
        .unwrap();
    boundary.layer.theme = Theme::Base;
    let world = worlds::world_of(Audience::Public, &given);
    let parcels = world
        .layers
        .values()
        .find(|layer| layer.view().theme == Theme::Base);
    let bounds = parcels.unwrap().bounds();
    assert!(bounds.is_some());
    assert_eq!(world.bounds(), bounds);
    assert_ne!(worlds::world(Audience::Public, 1).bounds(), bounds);
}

#[test]
fn absolute_links_follow_the_host_or_the_configured_address() {
    let house = House::open();
    let links = |reply: &Reply| {
        reply.json()["links"][0]["href"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let mut connection = Connection::open(house.public);
    connection.send(b"GET /collections HTTP/1.1\r\nHost: other.example:81\r\n\r\n");
    let reply = connection.read(false).unwrap();
    assert_eq!(links(&reply), "http://other.example:81/collections");
    for bad in ["a b", "x/y", "\"><script>", "a:b:c", ""] {
        connection.send(format!("GET /collections HTTP/1.1\r\nHost: {bad}\r\n\r\n").as_bytes());
        let Some(reply) = connection.read(false) else {
            break;
        };
        assert_eq!(reply.status, 400, "{bad}");
    }
    house.close();

    let house = House::with(|settings| {
        settings.base_url = Some("https://map.example/onemap/".to_owned());
    });
    let reply = ask(house.public, "GET", "/collections", &[]);
    assert_eq!(links(&reply), "https://map.example/onemap/collections");
    let tiles = get(house.public, "/tiles/sites.json").json();
    assert_eq!(
        tiles["tiles"][0],
        "https://map.example/onemap/tiles/sites/{z}/{x}/{y}.mvt"
    );
    let policy = get(house.public, "/app");
    assert!(
        policy
            .header("content-security-policy")
            .contains("connect-src 'self' https://map.example;")
    );
    house.close();
}

#[test]
fn the_page_carries_a_policy_and_asks_for_itself_each_time() {
    let house = House::open();
    let page = get(house.public, "/app");
    assert!(page.header("content-type").starts_with("text/html"));
    assert_eq!(page.header("cache-control"), "public, no-cache");
    assert!(
        page.header("content-security-policy")
            .contains("worker-src 'self' blob:")
    );
    assert!(
        page.header("content-security-policy")
            .contains("default-src 'none'")
    );
    assert_eq!(
        page.header("referrer-policy"),
        "strict-origin-when-cross-origin"
    );
    let text = |path: &str| String::from_utf8(get(house.public, path).body).unwrap();
    assert_eq!(
        text("/app/").replace("=\"./", "=\"./app/"),
        text("/app"),
        "the same page, its files named from where it is"
    );
    for climbing in [
        "/app/../Cargo.toml",
        "/app/%2e%2e/Cargo.toml",
        "/app//etc/passwd",
    ] {
        assert_eq!(get(house.public, climbing).status, 404, "{climbing}");
    }
    house.close();
}

#[test]
fn metrics_count_requests_tiles_and_the_cache_with_bounded_labels() {
    let house = House::open();
    for _ in 0..3 {
        assert_eq!(get(house.public, "/tiles/sites/10/843/388.mvt").status, 200);
    }
    for n in 0..50 {
        get(house.public, &format!("/random-{n}"));
    }
    let text = String::from_utf8(get(house.public, "/metrics").body).unwrap();
    for line in [
        "onemap_http_requests_total{route=\"/tiles/{layers}/{z}/{x}/{y}\",status=\"2xx\"} 3",
        "onemap_http_requests_total{route=\"none\",status=\"4xx\"} 50",
        "onemap_tiles_cut_total{layer=\"sites\"} 1",
        "onemap_cache_lookups_total{result=\"hit\"} 2",
        "onemap_layer_features{layer=\"sites\"} 60",
    ] {
        assert!(text.lines().any(|l| l == line), "{line}\n{text}");
    }
    assert!(!text.contains("random-"), "paths are no labels");
    house.close();
}

#[test]
fn a_server_without_a_world_is_live_but_not_ready_and_says_when_to_come_back() {
    let house = House::empty(|_| {});
    assert_eq!(get(house.public, "/health/live").status, 200);
    let ready = get(house.public, "/health/ready");
    assert_eq!(
        (ready.status, ready.json()["status"].clone()),
        (503, "starting".into())
    );
    for path in [
        "/",
        "/collections",
        "/tiles/sites/1/1/1.mvt",
        "/styles/onemap",
    ] {
        let reply = get(house.public, path);
        reply.problem(503, "starting");
        assert_eq!(reply.header("retry-after"), "1");
    }
    assert_eq!(get(house.public, "/app").status, 200);
    house.show(1);
    assert_eq!(get(house.public, "/health/ready").json()["status"], "ready");
    assert_eq!(get(house.public, "/collections").status, 200);
    house.close();
}

#[test]
fn documents_speak_the_language_of_the_query_then_of_the_header_then_chinese() {
    let house = House::open();
    let title = |path: &str, headers: &[(&str, &str)]| {
        let reply = ask(house.public, "GET", path, headers);
        let title = reply.json()["title"].as_str().unwrap().to_owned();
        (
            title,
            reply.header("content-language").to_owned(),
            reply.header("vary").to_owned(),
        )
    };
    let by_header = "Accept-Encoding, Accept-Language";
    let german = [("Accept-Language", "de, en;q=0.5")];
    for (path, headers, expected) in [
        ("/collections/sites", &[][..], ("污染源", "zh", by_header)),
        ("/collections/sites", &german, ("Sites", "en", by_header)),
        (
            "/collections/sites?lang=en",
            &[],
            ("Sites", "en", "Accept-Encoding"),
        ),
        (
            "/collections/sites?l%61ng=e%6E",
            &[],
            ("Sites", "en", "Accept-Encoding"),
        ),
        (
            "/collections/sites?lang=zh",
            &german,
            ("污染源", "zh", "Accept-Encoding"),
        ),
    ] {
        let (title, lang, vary) = title(path, headers);
        assert_eq!(
            (title.as_str(), lang.as_str(), vary.as_str()),
            expected,
            "{path}"
        );
    }
    get(house.public, "/collections?lang=fr").problem(400, "bad-parameter");
    // What a client made up is said back short.
    let long = "x".repeat(2000);
    for path in [
        format!("/collections/{long}"),
        format!("/collections?{long}=1"),
    ] {
        let said = get(house.public, &path).json()["detail"].to_string();
        assert!(said.contains("xxx") && said.len() < 400, "{said}");
    }
    house.close();
}

#[test]
fn the_page_on_the_server_names_every_route_every_problem_and_every_default() {
    let page = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/http.md");
    let page = std::fs::read_to_string(page).unwrap();
    for route in http::templates() {
        assert!(page.contains(&format!("`{route}`")), "{route}");
    }
    let house = House::open();
    for kind in get(house.public, "/problems").json()["problems"]
        .as_array()
        .unwrap()
    {
        let slug = kind["type"]
            .as_str()
            .unwrap()
            .strip_prefix("/problems/")
            .unwrap();
        assert!(page.contains(&format!("`{slug}`")), "{slug}");
        let one = get(house.public, &format!("/problems/{slug}")).json();
        assert_eq!(&one, kind);
        assert!(page.contains(&kind["status"].to_string()), "{slug}");
    }
    house.close();
    let limits = Limits::default();
    let rate = limits.client_rate.unwrap();
    for (name, default) in [
        ("uri_bytes", limits.uri_bytes.to_string()),
        ("header_bytes", limits.header_bytes.to_string()),
        ("body_bytes", limits.body_bytes.to_string()),
        (
            "request_time",
            format!("{} s", limits.request_time.as_secs()),
        ),
        ("header_time", format!("{} s", limits.header_time.as_secs())),
        ("stall_time", format!("{} s", limits.stall_time.as_secs())),
        ("stream_time", format!("{} s", limits.stream_time.as_secs())),
        ("connections", limits.connections.to_string()),
        ("work_queue", limits.work_queue.to_string()),
        (
            "client_rate",
            format!("{} a second, {} at once", rate.per_second, rate.burst),
        ),
        ("loopback_unlimited", limits.loopback_unlimited.to_string()),
        ("cache_bytes", limits.cache_bytes.to_string()),
        ("grace", format!("{} s", limits.grace.as_secs())),
    ] {
        assert!(
            page.contains(&format!("| `{name}` | {default} |")),
            "{name} = {default}"
        );
    }
}
