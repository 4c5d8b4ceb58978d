//! `/places`: names in Chinese, pinyin and Latin letters, numbers, and what nobody may find.

use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;

use geo_types::{line_string, point, polygon};
use onemap::layer::{Generalise, Identity, Layer, PublicForm, Shape, Visibility};
use onemap::model::{Audience, FieldType, Theme, Value};
use serde_json::Value as Json;

use super::client::{Reply, get};
use super::worlds::{Given, House, feature, world_of};
use crate::support;

/// A layer whose label is `name` and whose identity is `code`.
fn named(id: &str, theme: Theme, shape: Shape) -> Layer {
    let fields = [
        ("name", FieldType::Text),
        ("code", FieldType::Text),
        ("note", FieldType::Text),
        ("contact", FieldType::Text),
        ("inner", FieldType::Text),
    ];
    let mut layer = support::layer(id, Some(shape), &fields);
    layer.theme = theme;
    layer.label = Some(0);
    layer.identity = Identity::Fields(vec![1]);
    layer.fields[3].visibility = Visibility::Department;
    layer.fields[4].visibility = Visibility::Internal;
    layer
}

fn row(id: i64, name: &str, code: &str) -> onemap::model::Feature {
    let n = i32::try_from(id).unwrap();
    let at = point!(x: 116.4 + f64::from(n) / 1000.0, y: 39.9);
    let words = [name, code, "备注", "联系人", "内情"];
    let values = words.map(|word| {
        if word.is_empty() {
            Value::Null
        } else {
            Value::Text(word.into())
        }
    });
    feature(id, Some(at.into()), values.to_vec())
}

fn given(layer: Layer, features: Vec<onemap::model::Feature>) -> Given {
    Given {
        layer,
        coverage: None,
        features,
    }
}

fn subdistricts() -> Given {
    let names = [
        "朝外街道",
        "望京街道",
        "来广营地区",
        "垡头街道",
        "六里屯街道",
        "双井街道",
    ];
    let features = names.iter().zip(1..).map(|(name, id)| {
        let west = 116.4 + f64::from(id) / 100.0;
        let area = polygon![
            (x: west, y: 39.9), (x: west + 0.01, y: 39.9), (x: west + 0.01, y: 39.91), (x: west, y: 39.91)
        ];
        let mut feature = row(i64::from(id), name, &format!("11010500{id}"));
        feature.geometry = Some(area.into());
        feature
    });
    given(
        named("subdistricts", Theme::Base, Shape::Polygon),
        features.collect(),
    )
}

/// 116.3–116.6 E, 39.8–40.0 N.
fn boundary() -> Given {
    let mut feature = row(1, "朝阳区", "110105");
    let area = polygon![
        (x: 116.3, y: 39.8), (x: 116.6, y: 39.8), (x: 116.6, y: 40.0), (x: 116.3, y: 40.0)
    ];
    feature.geometry = Some(area.into());
    given(
        named("boundary", Theme::Base, Shape::Polygon),
        vec![feature],
    )
}

fn roads() -> Given {
    let features = (1..=5_i32).map(|n| {
        let west = 116.4 + f64::from(n) / 100.0;
        let mut feature = row(n.into(), "朝阳北路", &format!("R{n}"));
        feature.geometry =
            Some(line_string![(x: west, y: 39.92), (x: west + 0.01, y: 39.93)].into());
        feature
    });
    given(named("roads", Theme::Base, Shape::Line), features.collect())
}

fn sites() -> Given {
    let names = [
        ("望京加油站", "S-0001"),
        ("演示化工厂（朝阳）", "S-0002"),
        ("Ångström Metal Works", "S-0003"),
        ("东坝望京东干洗店", "S-0004"),
        ("", "S-0005"),
        ("重庆路印染厂", "S-0006"),
        ("长营绿地", "CY-0007"),
        ("望京加油站", "S-0008"),
    ];
    let features = names
        .iter()
        .zip(1..)
        .map(|((name, code), id)| row(id, name, code));
    given(
        named("sites", Theme::Soil, Shape::Point),
        features.collect(),
    )
}

fn parcels() -> Given {
    let features = (1..=50).map(|n| row(n, "", &format!("110105001001GB{n:05}")));
    given(
        named("a-parcels", Theme::Land, Shape::Point),
        features.collect(),
    )
}

/// Layers with places that the public may not find, or not where they are.
fn hidden(secret: &str) -> Vec<Given> {
    let form = |id: &str, form| {
        let mut layer = named(id, Theme::Water, Shape::Point);
        layer.public_form = form;
        given(layer, vec![row(1, secret, secret)])
    };
    let mut nests = form("nests", PublicForm::Generalised);
    nests.layer.generalise = Some(Generalise::Grid(0.1));
    nests.features = vec![row(1, "鹭鸟巢区", "N-1")];
    nests.features[0].geometry = Some(point!(x: 116.4567, y: 39.9876).into());
    vec![
        form("wells", PublicForm::Existence),
        form("graves", PublicForm::None),
        nests,
    ]
}

fn layers(secret: &str) -> Vec<Given> {
    let mut all = vec![boundary(), parcels(), roads(), sites(), subdistricts()];
    all.extend(hidden(secret));
    all
}

pub(super) fn open() -> House {
    let house = House::empty(|_| {});
    show(&house, "暗井");
    house
}

fn show(house: &House, secret: &str) {
    let given = layers(secret);
    for (world, audience) in [
        (&house.public_world, Audience::Public),
        (&house.department_world, Audience::Department),
    ] {
        world.store(Some(Arc::new(world_of(audience, &given))));
    }
}

/// A text as it stands in an address.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        write!(escaped, "%{byte:02X}").unwrap();
    }
    escaped
}

pub(super) fn path(q: &str, more: &str) -> String {
    format!("/places?q={}{more}", escaped(q))
}

pub(super) fn ask(address: SocketAddr, q: &str, more: &str) -> Json {
    let reply = get(address, &path(q, more));
    assert_eq!(
        reply.status,
        200,
        "{q}: {}",
        String::from_utf8_lossy(&reply.body)
    );
    let json = reply.json();
    assert_eq!(json["query"], q);
    json["places"].clone()
}

pub(super) fn titles(places: &Json) -> Vec<&str> {
    places
        .as_array()
        .unwrap()
        .iter()
        .map(|place| place["title"].as_str().unwrap())
        .collect()
}

/// What is asked, and what comes first.
const TYPED: &[(&str, &str)] = &[
    ("朝外", "朝外街道"),
    ("chaowai", "朝外街道"),
    ("chao wai", "朝外街道"),
    ("Cháo wài jiē dào", "朝外街道"),
    ("chao2wai4", "朝外街道"),
    ("cwjd", "朝外街道"),
    ("CW", "朝外街道"),
    ("朝wai", "朝外街道"),
    ("chaow", "朝外街道"),
    ("ｃｈａｏｗａｉ", "朝外街道"),
    ("wangjing", "望京街道"),
    ("wang'jing", "望京街道"),
    ("wjing", "望京街道"),
    ("laiguangying", "来广营地区"),
    ("fatou", "垡头街道"),
    ("liulitun", "六里屯街道"),
    ("shuangjing", "双井街道"),
    ("shj", "双井街道"),
    // Characters of several readings.
    ("chongqinglu", "重庆路印染厂"),
    ("changying", "长营绿地"),
    ("changying lvdi", "长营绿地"),
    ("changyingludi", "长营绿地"),
    // Latin letters.
    ("angstrom", "Ångström Metal Works"),
    ("ÅNGSTRÖM  metal", "Ångström Metal Works"),
    ("works", "Ångström Metal Works"),
    // Words apart, in any order.
    ("化工厂 朝阳", "演示化工厂（朝阳）"),
    ("朝阳 huagong", "演示化工厂（朝阳）"),
    // Numbers, with and without what stands between.
    ("S-0004", "东坝望京东干洗店"),
    ("s0004", "东坝望京东干洗店"),
    ("s 0005", "S-0005"),
    ("110105001001GB00042", "110105001001GB00042"),
    ("gb00042", "110105001001GB00042"),
    ("110105 001001 GB00042", "110105001001GB00042"),
];

#[test]
fn a_name_is_found_however_it_is_typed() {
    let house = open();
    for (q, first) in TYPED {
        let places = ask(house.public, q, "");
        assert_eq!(titles(&places).first(), Some(first), "{q}: {places}");
    }
    for nothing in [
        "望都",
        "wangjinq",
        "zzz",
        "S-9999",
        "朝外街道办",
        "，",
        "gb00099",
    ] {
        assert_eq!(
            titles(&ask(house.public, nothing, "")),
            [""; 0],
            "{nothing}"
        );
    }
    house.close();
}

#[test]
fn the_best_come_first_areas_of_the_base_before_others_and_always_in_one_order() {
    let house = open();
    let places = ask(house.public, "望京", "");
    let expected = ["望京街道", "望京加油站", "望京加油站", "东坝望京东干洗店"];
    assert_eq!(titles(&places), expected);
    assert_eq!(places[1]["id"], 1);
    assert_eq!(places[2]["id"], 8);
    // Exact before what only begins so, and that before what holds it.
    assert_eq!(titles(&ask(house.public, "cy-0007", "")), ["长营绿地"]);
    let places = ask(house.public, "朝阳", "");
    assert_eq!(
        titles(&places),
        ["朝阳区", "朝阳北路", "演示化工厂（朝阳）"]
    );
    // Five stretches of one road are one place, all of it.
    assert_eq!(places[1]["count"], 5);
    assert_eq!(
        places[1]["bbox"],
        serde_json::json!([116.41, 39.92, 116.46, 39.93])
    );
    assert_eq!(ask(house.public, "望京", ""), ask(house.public, "望京", ""));
    house.close();
}

#[test]
fn a_place_says_what_it_is_where_it_is_and_in_which_language_it_was_asked() {
    let house = open();
    let place = &ask(house.public, "朝外", "&lang=en")[0];
    assert_eq!(place["kind"], "feature");
    assert_eq!(
        (&place["layer"], &place["id"]),
        (&"subdistricts".into(), &1.into())
    );
    assert_eq!(place["detail"], "subdistricts");
    let (lon, lat) = (
        place["center"][0].as_f64().unwrap(),
        place["center"][1].as_f64().unwrap(),
    );
    assert!(
        (116.41..116.42).contains(&lon) && (39.9..39.91).contains(&lat),
        "{place}"
    );
    assert_eq!(
        place["bbox"],
        serde_json::json!([116.41, 39.9, 116.42, 39.91])
    );
    // Found by its number, it says the number; a point has no box.
    let place = &ask(house.public, "s-0002", "&lang=en")[0];
    assert_eq!(place["detail"], "sites · code S-0002");
    assert_eq!(place["center"], serde_json::json!([116.402, 39.9]));
    assert_eq!(place["bbox"], Json::Null);
    assert!(get(house.public, &path("朝阳", "")).header("content-language") == "zh");
    assert!(
        ask(house.public, "朝阳北路", "")[0]["detail"]
            .as_str()
            .unwrap()
            .contains("5 个")
    );
    house.close();
}

#[test]
fn so_many_are_told_as_are_asked_for_within_bounds() {
    let house = open();
    assert_eq!(titles(&ask(house.public, "110105", "")).len(), 10);
    assert_eq!(titles(&ask(house.public, "110105", "&limit=3")).len(), 3);
    assert_eq!(
        titles(&ask(
            house.public,
            "110105",
            "&limit=9999999999999999999999"
        ))
        .len(),
        50
    );
    // The longest that is read, and a question made to be slow.
    ask(house.public, &"朝".repeat(100), "");
    ask(house.public, &"c".repeat(100), "&limit=50");
    for (q, more, slug) in [
        ("", "", "bad-parameter"),
        (" \t", "", "bad-parameter"),
        (&*"朝".repeat(101), "", "bad-parameter"),
        ("x", "&limit=0", "bad-parameter"),
        ("x", "&limit=-1", "bad-parameter"),
        ("x", "&limit=ten", "bad-parameter"),
        ("x", "&q=y", "bad-parameter"),
        ("x", "&page=2", "unknown-parameter"),
        ("x", "&lang=fr", "bad-parameter"),
    ] {
        let said = get(house.public, &path(q, more)).problem(400, slug);
        assert!(!said.is_empty());
    }
    get(house.public, "/places").problem(400, "bad-parameter");
    house.close();
}

#[test]
fn what_the_public_may_not_see_is_not_found_and_changes_no_byte() {
    let house = open();
    let questions = [
        "暗井",
        "anjing",
        "aj",
        "联系人",
        "内情",
        "neiqing",
        "备注",
        "wells",
        "鹭鸟",
        "望京",
    ];
    let bare = |reply: &Reply| {
        (
            reply.status,
            reply.header("etag").to_owned(),
            reply.body.clone(),
        )
    };
    let told = || questions.map(|q| bare(&get(house.public, &path(q, "&limit=50"))));
    let before = told();
    for hidden in &questions[..8] {
        assert_eq!(titles(&ask(house.public, hidden, "")), [""; 0], "{hidden}");
    }
    assert_eq!(titles(&ask(house.department, "暗井", "")), ["暗井", "暗井"]);
    // No field but the label and the identity is searched, not even for who may see it.
    assert_eq!(titles(&ask(house.department, "联系人", "")), [""; 0]);
    // What is generalised is where its cell is.
    let nest = ask(house.public, "鹭鸟", "")[0].clone();
    let exact = ask(house.department, "鹭鸟", "")[0].clone();
    assert_eq!(exact["center"], serde_json::json!([116.4567, 39.9876]));
    let item = get(house.public, "/collections/nests/items/1").json();
    assert_eq!(nest["center"], item["geometry"]["coordinates"]);
    assert!(nest["center"] != exact["center"]);
    show(&house, "望京暗渠");
    assert_eq!(told(), before);
    house.close();
}
