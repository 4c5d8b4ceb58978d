//! Tiles: which there are, which are empty, which are nonsense; joined ones; caching.

use mvt_reader::Reader;
use onemap::geom::{Datum, TileId};
use onemap::model::{Audience, LayerId};
use onemap::tile::{self, Edition};

use super::client::{Connection, Reply, ask, get};
use super::worlds::{House, world};

/// The layers of a tile with their feature counts, by a decoder that is not ours.
fn decoded(reply: &Reply) -> Vec<(String, usize)> {
    let reader = Reader::new(reply.plain()).unwrap();
    let names = reader.get_layer_names().unwrap();
    let counts = (0..names.len()).map(|n| reader.get_features(n).unwrap().len());
    names.iter().cloned().zip(counts).collect()
}

#[test]
fn a_tile_is_what_the_encoder_makes_and_says_how_long_to_keep_it() {
    let house = House::open();
    let reply = get(house.public, "/tiles/sites/10/843/388.mvt");
    assert_eq!(
        reply.header("content-type"),
        "application/vnd.mapbox-vector-tile"
    );
    assert_eq!(reply.header("cache-control"), "public, max-age=60");
    let world = world(Audience::Public, 1);
    let layer = &world.layers[&LayerId::parse("sites").unwrap()];
    assert_eq!(
        reply.body,
        tile::encode(layer, TileId::new(10, 843, 388).unwrap()).bytes
    );
    assert_eq!(decoded(&reply), [("sites".to_owned(), 60)]);
    house.close();
}

#[test]
fn a_joined_tile_is_its_parts_end_to_end_in_every_coding() {
    let house = House::open();
    let part = |name: &str| get(house.public, &format!("/tiles/{name}/10/843/388.mvt")).body;
    let expected = [part("parcels"), part("sites")].concat();
    for coding in ["identity", "gzip", "br", "zstd"] {
        let joined = ask(
            house.public,
            "GET",
            "/tiles/parcels,sites/10/843/388.mvt",
            &[("Accept-Encoding", coding)],
        );
        assert_eq!(joined.plain(), expected, "{coding}");
        // The shortest of the two.
        assert_eq!(joined.header("cache-control"), "public, max-age=30");
    }
    let all = get(house.public, "/tiles/WebMercatorQuad/10/388/843");
    assert_eq!(
        all.body, expected,
        "islands are elsewhere, samples have no geometry"
    );
    let escaped = get(house.public, "/tiles/parcels%2Csites/10/843/388.mvt");
    assert_eq!(escaped.body, expected);
    house.close();
}

#[test]
fn beside_a_layer_that_goes_on_a_layer_does_not_vanish_beyond_its_last_zoom() {
    let house = House::open();
    // A square of `parcels`, which ends at zoom 16, with a point of `sites`, which goes on.
    let at = TileId::at(116.405, 39.9, 18);
    let place = format!("18/{}/{}", at.x, at.y);
    get(house.public, &format!("/tiles/parcels/{place}.mvt")).problem(404, "tile-out-of-range");
    let joined = get(house.public, &format!("/tiles/parcels,sites/{place}.mvt"));
    let names: Vec<String> = decoded(&joined).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["parcels", "sites"]);
    let all = get(
        house.public,
        &format!("/tiles/WebMercatorQuad/18/{}/{}", at.y, at.x),
    );
    assert_eq!(all.body, joined.body);
    house.close();
}

#[test]
fn the_ogc_form_has_row_before_column() {
    let house = House::open();
    let xyz = get(house.public, "/tiles/sites/10/843/388.mvt");
    let ogc = get(
        house.public,
        "/collections/sites/tiles/WebMercatorQuad/10/388/843",
    );
    assert_eq!((ogc.status, &ogc.body), (200, &xyz.body));
    assert_eq!(ogc.header("etag"), xyz.header("etag"));
    let turned = get(
        house.public,
        "/collections/sites/tiles/WebMercatorQuad/10/843/388",
    );
    assert_eq!(turned.status, 204);
    house.close();
}

#[test]
fn nothing_there_is_204_no_such_tile_is_404_and_nonsense_is_400() {
    let house = House::open();
    let mut connection = Connection::open(house.public);
    let mut ask = |path: String| connection.ask("GET", &path, &[]);
    for empty in [
        "sites/10/0/0",
        "sites/22/0/0",
        "parcels/7/105/48",
        "parcels/0/0/0",
    ] {
        let reply = ask(format!("/tiles/{empty}.mvt"));
        assert_eq!((reply.status, reply.body.len()), (204, 0), "{empty}");
        assert!(
            reply
                .header("cache-control")
                .starts_with("public, max-age=")
        );
    }
    for outside in [
        "sites/10/1024/0",
        "sites/10/0/1024",
        "sites/0/1/0",
        "sites/23/0/0",
        "sites/99/0/0",
        "parcels/17/0/0",
        "sites/22/4194304/0",
        "sites/10/4294967295/0",
    ] {
        ask(format!("/tiles/{outside}.mvt")).problem(404, "tile-out-of-range");
        let (layer, rest) = outside.split_once('/').unwrap();
        let parts: Vec<_> = rest.split('/').collect();
        let (z, x, y) = (parts[0], parts[1], parts[2]);
        ask(format!(
            "/collections/{layer}/tiles/WebMercatorQuad/{z}/{y}/{x}"
        ))
        .problem(404, "tile-out-of-range");
    }
    for nonsense in [
        "a/0/0",
        "0/a/0",
        "0/0/a",
        "-1/0/0",
        "0/-1/0",
        "0/0/-1",
        "+1/0/0",
        "1.5/0/0",
        "1e1/0/0",
        "4294967296/0/0",
        "10/99999999999999999999/0",
        "10/0/99999999999999999999",
        "%20/0/0",
        "0x1/0/0",
        "１/0/0",
    ] {
        let path = nonsense.replace('１', "%EF%BC%91");
        ask(format!("/tiles/sites/{path}.mvt")).problem(400, "bad-tile");
    }
    ask("/tiles/sites/0/0/.mvt".to_owned()).problem(400, "bad-tile");
    ask("/tiles/WebMercatorQuad/a/0/0".to_owned()).problem(400, "bad-tile");
    house.close();
}

#[test]
fn a_list_of_layers_has_one_order_no_repeats_and_an_end() {
    let house = House::open();
    for (asked, sorted) in [
        (
            "/tiles/sites,parcels/10/843/388.mvt?v=1",
            "/tiles/parcels,sites/10/843/388.mvt?v=1",
        ),
        ("/tiles/sites,parcels.json", "/tiles/parcels,sites.json"),
    ] {
        let moved = get(house.public, asked);
        assert_eq!((moved.status, moved.header("location")), (308, sorted));
        assert_eq!(get(house.public, sorted).status, 200);
    }
    let tile = |names: &str| get(house.public, &format!("/tiles/{names}/10/843/388.mvt"));
    let json = |names: &str| get(house.public, &format!("/tiles/{names}.json"));
    for form in [&tile as &dyn Fn(&str) -> Reply, &json] {
        for twice in ["sites,sites", "sites,parcels,sites"] {
            assert!(form(twice).problem(400, "bad-layer-list").contains("sites"));
        }
        let unknown = form("nowhere,sites").problem(404, "unknown-layer");
        assert!(unknown.contains("nowhere"), "{unknown}");
        for empty in [",", "sites,", ",sites", "parcels,,sites"] {
            form(empty).problem(400, "bad-layer-list");
        }
        for broken in ["SITES", "si%00tes", "..", "%22%3E"] {
            form(broken).problem(404, "unknown-layer");
        }
        let many: Vec<String> = (0..17).map(|n| format!("layer-{n:02}")).collect();
        assert!(
            form(&many.join(","))
                .problem(400, "bad-layer-list")
                .contains("17")
        );
        form(&many[..16].join(",")).problem(404, "unknown-layer");
        assert!(form("samples").problem(404, "no-tiles").contains("samples"));
    }
    get(house.public, "/styles/samples").problem(404, "no-tiles");
    get(house.public, "/styles/nowhere").problem(404, "unknown-layer");
    house.close();
}

#[test]
fn tilejson_and_styles_point_at_tiles_that_are_there() {
    let house = House::open();
    let json = get(house.public, "/tiles/parcels,sites.json").json();
    let template = json["tiles"][0].as_str().unwrap();
    let path = template.strip_prefix("http://map.example").unwrap();
    let path = path
        .replace("{z}", "10")
        .replace("{x}", "843")
        .replace("{y}", "388");
    assert_eq!(get(house.public, &path).status, 200);
    let styles = get(house.public, "/styles").json();
    assert_eq!(styles["default"], "onemap");
    for style in styles["styles"].as_array().unwrap() {
        let href = style["links"][0]["href"].as_str().unwrap();
        let style = get(
            house.public,
            href.strip_prefix("http://map.example").unwrap(),
        )
        .json();
        assert_eq!(style["version"], 8);
        for source in style["sources"].as_object().unwrap().values() {
            let url = source["url"]
                .as_str()
                .unwrap()
                .strip_prefix("http://map.example")
                .unwrap();
            assert_eq!(get(house.public, url).status, 200, "{url}");
        }
    }
    house.close();
}

#[test]
fn a_tile_is_cut_once_for_all_codings_joins_and_askers() {
    let house = House::open();
    let address = house.public;
    std::thread::scope(|scope| {
        for n in 0..16 {
            scope.spawn(move || {
                let coding = ["identity", "gzip", "br", "zstd"][n % 4];
                for names in ["sites", "parcels,sites", "parcels"] {
                    let path = format!("/tiles/{names}/10/843/388.mvt");
                    let got = ask(address, "GET", &path, &[("Accept-Encoding", coding)]);
                    assert_eq!(got.status, 200);
                }
            });
        }
    });
    let text = String::from_utf8(get(house.public, "/metrics").body).unwrap();
    for layer in ["sites", "parcels"] {
        let line = format!("onemap_tiles_cut_total{{layer=\"{layer}\"}} 1");
        assert!(text.lines().any(|l| l == line), "{line}\n{text}");
    }
    house.close();
}

#[test]
fn the_cache_keeps_to_its_bound() {
    let house = House::with(|settings| settings.limits.cache_bytes = 20_000);
    let mut connection = Connection::open(house.public);
    for x in 0..200 {
        let path = format!(
            "/tiles/parcels/16/{}/{}.mvt",
            53_944 + x % 30,
            24_830 + x / 30
        );
        connection.ask("GET", &path, &[("Accept-Encoding", "gzip")]);
    }
    let text = String::from_utf8(get(house.public, "/metrics").body).unwrap();
    let bytes = text
        .lines()
        .find_map(|line| line.strip_prefix("onemap_cache_bytes "))
        .unwrap();
    let bytes: u64 = bytes.parse().unwrap();
    assert!(bytes > 0 && bytes <= 20_000, "{bytes}");
    house.close();
}

#[test]
fn a_map_in_shifted_degrees_has_tiles_of_its_own_at_every_address() {
    let house = House::open();
    let world = world(Audience::Public, 1);
    let layer = &world.layers[&LayerId::parse("sites").unwrap()];
    let tile = |datum| {
        let edition = Edition {
            datum,
            ..Edition::default()
        };
        tile::encode_edition(layer, TileId::new(14, 13490, 6208).unwrap(), edition).bytes
    };
    let [plain, gcj02, bd09] = [Datum::Plain, Datum::Gcj02, Datum::Bd09].map(tile);
    assert!(plain != gcj02 && gcj02 != bd09 && !gcj02.is_empty());
    let mut connection = Connection::open(house.public);
    let mut body = |path: &str| connection.ask("GET", path, &[]).body;
    // Asked for in turns: no cache mixes them.
    for _ in 0..2 {
        for (query, expected) in [
            ("", &plain),
            ("?datum=wgs84", &plain),
            ("?datum=gcj02", &gcj02),
            ("?datum=bd09", &bd09),
        ] {
            let xyz = format!("/tiles/sites/14/13490/6208.mvt{query}");
            let ogc = format!("/collections/sites/tiles/WebMercatorQuad/14/6208/13490{query}");
            assert_eq!(&body(&xyz), expected, "{query}");
            assert_eq!(&body(&ogc), expected, "{query}");
            let all = format!("/tiles/WebMercatorQuad/14/6208/13490{query}");
            assert!(body(&all).ends_with(expected), "{query}");
        }
    }
    let json = get(house.public, "/tiles/parcels,sites.json?datum=gcj02").json();
    let address = "http://map.example/tiles/parcels,sites/{z}/{x}/{y}.mvt?datum=gcj02";
    assert_eq!(json["tiles"][0], address);
    assert!(
        json["bounds"][2].as_f64().unwrap() > 116.5 + 0.005,
        "{json}"
    );
    let style = get(house.public, "/styles/onemap?datum=bd09").json();
    let url = "http://map.example/tiles/sites.json?datum=bd09";
    assert_eq!(style["sources"]["sites"]["url"], url);
    let moved = get(house.public, "/tiles/sites,parcels/14/1/1.mvt?datum=gcj02");
    assert!(
        moved
            .header("location")
            .ends_with("/tiles/parcels,sites/14/1/1.mvt?datum=gcj02")
    );
    for path in [
        "/tiles/sites/14/13490/6208.mvt",
        "/collections/sites/tiles/WebMercatorQuad/14/6208/13490",
        "/tiles/WebMercatorQuad/14/6208/13490",
        "/tiles/sites.json",
        "/styles/onemap",
        "/styles/sites",
    ] {
        for bad in [
            "?datum=",
            "?datum=mars",
            "?datum=GCJ02",
            "?datum=gcj02&datum=bd09",
        ] {
            get(house.public, &format!("{path}{bad}")).problem(400, "bad-parameter");
        }
    }
    house.close();
}
