//! What other sites embed: pages that load under any prefix, who may frame them, oEmbed, and what is
//! there without scripts.

use onemap::http::FrameAncestors;

use super::client::{ask, get};
use super::worlds::House;

/// What a browser makes of a relative reference on a page: both as paths without a host.
fn resolved(page: &str, reference: &str) -> String {
    let folder = page.rfind('/').map_or("", |slash| &page[..slash]);
    let rest = reference.strip_prefix("./").unwrap();
    format!("{folder}/{rest}")
}

/// The values of `src` and `href` in a page that name files of ours.
fn files(page: &str) -> Vec<String> {
    let references = page
        .split(['"', '\''])
        .filter(|text| text.starts_with("./"));
    references.map(str::to_owned).collect()
}

#[test]
fn every_page_loads_its_files_under_any_prefix() {
    let house = House::open();
    for path in ["/app", "/app/", "/app/embed", "/app/plan", "/embed"] {
        let page = String::from_utf8(get(house.public, path).body).unwrap();
        for prefix in ["", "/one/map"] {
            for file in files(&page) {
                let found = resolved(&format!("{prefix}{path}"), &file);
                let asked = found.strip_prefix(prefix).unwrap();
                assert_eq!(get(house.public, asked).status, 200, "{path}: {file}");
            }
        }
        for absolute in ["src=\"/", "href=\"/"] {
            assert!(!page.contains(absolute), "{path}: {absolute}");
        }
    }
    house.close();
}

#[test]
fn the_component_names_a_file_that_is_there_and_may_be_kept() {
    let house = House::open();
    let module = get(house.public, "/widget.js");
    assert!(module.header("content-type").starts_with("text/javascript"));
    assert_eq!(module.header("cache-control"), "public, no-cache");
    let code = String::from_utf8(module.body).unwrap();
    if let Some(file) = files(&code).first() {
        let chunk = get(house.public, &resolved("/widget.js", file));
        assert_eq!(chunk.status, 200, "{code}");
        assert!(chunk.header("cache-control").ends_with("immutable"));
    }
    house.close();
}

#[test]
fn other_origins_may_load_what_is_public_and_nothing_of_the_department() {
    let house = House::open();
    for path in [
        "/widget.js",
        "/app/icon.svg",
        "/styles/onemap",
        "/tiles/sites.json",
        "/tiles/sites/10/843/388.mvt",
        "/collections",
        "/nowhere",
    ] {
        let public = get(house.public, path);
        assert_eq!(public.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(public.header("timing-allow-origin"), "*", "{path}");
        assert_eq!(
            public.header("cross-origin-resource-policy"),
            "cross-origin",
            "{path}"
        );
        let department = get(house.department, path);
        assert_eq!(department.header("access-control-allow-origin"), "");
        assert_eq!(department.header("timing-allow-origin"), "");
        assert_eq!(
            department.header("cross-origin-resource-policy"),
            "same-site"
        );
    }
    house.close();
}

#[test]
fn only_the_embedded_page_may_be_framed_by_others_and_only_by_those_named() {
    let framed = |address, path: &str| {
        let policy = get(address, path);
        let policy = policy.header("content-security-policy").to_owned();
        assert!(policy.contains("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("script-src 'self' "), "{path}: {policy}");
        policy.split("frame-ancestors ").nth(1).unwrap().to_owned()
    };
    let house = House::open();
    assert_eq!(framed(house.public, "/embed"), "*");
    assert_eq!(framed(house.department, "/embed"), "'self'");
    for path in ["/app", "/app/embed", "/app/plan"] {
        assert_eq!(framed(house.public, path), "'self'", "{path}");
    }
    assert!(
        get(house.public, "/embed")
            .header("x-frame-options")
            .is_empty()
    );
    house.close();

    let house = House::with(|settings| {
        settings.frame_ancestors = FrameAncestors::parse("https://portal.example").unwrap();
    });
    let public = framed(house.public, "/embed");
    assert_eq!(public, "'self' https://portal.example");
    house.close();
}

#[test]
fn without_scripts_there_is_a_link_and_a_table_of_the_layers_asked_for() {
    let house = House::open();
    let page = |path: &str| {
        let reply = get(house.public, path);
        assert!(
            reply.header("content-type").starts_with("text/html"),
            "{path}"
        );
        String::from_utf8(reply.body).unwrap()
    };
    let all = page("/embed?lang=en");
    if !all.contains("<one-map>") {
        eprintln!("skipped: the web pages are not built");
        house.close();
        return;
    }
    assert!(all.contains("<html lang=\"en\">"), "{all}");
    assert!(all.contains("<title>One map of Chaoyang</title>"), "{all}");
    assert!(all.contains("Map review no. 京S(2025)001号"), "{all}");
    assert!(all.contains("<th scope=\"row\">parcels</th>"), "{all}");
    assert!(!all.contains("secret"), "{all}");

    let one = page("/embed?layers=sites&map=12/39.9/116.4&lang=zh");
    assert!(one.contains("<html lang=\"zh-CN\">"), "{one}");
    assert!(
        one.contains("href=\"./app#map=12/39.9/116.4&amp;layers=sites&amp;lang=zh\""),
        "{one}"
    );
    assert!(one.contains("<th scope=\"row\">污染源</th>"), "{one}");
    assert!(one.contains("<td>60</td>"), "{one}");
    assert!(one.contains("href=\"./collections/sites/items?limit=100\""));
    assert!(!one.contains("parcels"), "{one}");

    let held = page("/embed?layers=wells&lang=en");
    assert!(held.contains("Held by the authority"), "{held}");
    assert!(!held.contains("collections/wells"), "{held}");

    let hostile = page("/embed?layers=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&lang=en");
    assert!(!hostile.contains("alert(1)"), "{hostile}");
    house.close();
}

#[test]
fn the_map_tells_where_it_is_described_for_embedding() {
    let house = House::open();
    let page = String::from_utf8(get(house.public, "/app?lang=en").body).unwrap();
    let link = page
        .split("<link ")
        .find(|link| link.contains("application/json+oembed"))
        .unwrap();
    let href = link.split("href=\"").nth(1).unwrap().split('"').next();
    let href = href.unwrap().replace("&amp;", "&");
    let path = href.strip_prefix("http://map.example").unwrap();
    assert_eq!(get(house.public, path).json()["type"], "rich", "{href}");
    house.close();
}

#[test]
fn oembed_answers_for_maps_of_this_server_within_the_size_asked_for() {
    let house = House::open();
    let url = "/oembed?url=http%3A%2F%2Fmap.example%2Fapp%23map%3D12%2F39.9%2F116.4%26layers%3Dsites%26lang%3Den";
    let reply = get(house.public, url);
    assert_eq!(reply.header("content-type"), "application/json");
    let rich = reply.json();
    assert_eq!(rich["version"], "1.0");
    assert_eq!(rich["title"], "One map of Chaoyang");
    assert_eq!(rich["provider_url"], "http://map.example");
    assert_eq!(
        (&rich["width"], &rich["height"]),
        (&800.into(), &500.into())
    );
    let html = rich["html"].as_str().unwrap();
    assert!(
        html.contains(
            "src=\"http://map.example/embed?layers=sites&amp;map=12/39.9/116.4&amp;lang=en\""
        ),
        "{html}"
    );
    assert!(html.contains("title=\"One map of Chaoyang\""), "{html}");
    let small = get(
        house.public,
        &format!("{url}&maxwidth=320&maxheight=9000&dnt=1"),
    )
    .json();
    assert_eq!(
        (&small["width"], &small["height"]),
        (&320.into(), &500.into())
    );
    assert!(small["html"].as_str().unwrap().contains("width=\"320\""));

    get(house.public, &format!("{url}&format=xml")).problem(501, "format-not-supported");
    get(house.public, &format!("{url}&maxwidth=0")).problem(400, "bad-parameter");
    get(house.public, "/oembed").problem(400, "bad-parameter");
    for other in [
        "http%3A%2F%2Fother.example%2Fapp",
        "http%3A%2F%2Fmap.example%2Fcollections",
        "app",
    ] {
        let reply = get(house.public, &format!("/oembed?url={other}"));
        reply.problem(404, "not-embeddable");
    }
    house.close();

    let house = House::with(|settings| {
        settings.base_url = Some("https://map.example/one".to_owned());
    });
    let path = "/oembed?url=https%3A%2F%2Fmap.example%2Fone%2Fembed";
    let rich = ask(house.public, "GET", path, &[]).json();
    let html = rich["html"].as_str().unwrap();
    assert!(
        html.contains("src=\"https://map.example/one/embed\""),
        "{html}"
    );
    house.close();
}
