//! What a snapshot keeps, and when its version changes.

use std::sync::Arc;

use geo_types::{Geometry, point, polygon};
use jiff::civil::date;
use onemap::index::Snapshot;
use onemap::layer::{PointRule, Shape};
use onemap::model::{
    Area, Audience, Coverage, Feature, FeatureId, FieldType, Period, Published, Value,
};
use onemap::publish::LayerView;
use serde_json::json;

use super::samples;

fn view() -> LayerView {
    LayerView {
        fields: vec![
            samples::field("name", FieldType::Text),
            samples::field("depth", FieldType::Number),
        ],
        ..samples::view("sample", Shape::Point)
    }
}

fn features() -> Vec<Feature> {
    let feature = |id: i64, lon: f64, name: &str| Feature {
        id: Some(FeatureId(id)),
        identity: format!("secret-{id}").into(),
        geometry: Some(Geometry::Point(point!(x: lon, y: 39.9))),
        values: vec![Value::Text(name.into()), Value::Number(1.5)],
        precision_m: Some(10.0),
        valid: Period {
            from: Some(date(2020, 1, 1)),
            to: None,
        },
    };
    vec![
        feature(7, 116.4, "a"),
        feature(3, 116.5, "b"),
        feature(5, 116.4, "c"),
    ]
}

fn build(view: LayerView, features: Vec<Feature>) -> Snapshot {
    let published = features
        .into_iter()
        .map(|f| Published::new(f, Audience::Public));
    Snapshot::build(Arc::new(view), published.collect())
}

#[test]
fn a_snapshot_gives_back_what_was_published() {
    let mut all = features();
    all[1].geometry = None;
    all[2].values = vec![Value::Null, Value::BelowDetection(0.05)];
    all[2].precision_m = None;
    let snapshot = build(view(), all.clone());
    assert_eq!(snapshot.len(), 3);
    for feature in &all {
        let row = snapshot.row_of(feature.id.unwrap()).unwrap();
        assert_eq!(snapshot.id(row), feature.id.unwrap());
        assert_eq!(snapshot.geometry(row), feature.geometry);
        assert_eq!(snapshot.precision_m(row), feature.precision_m);
        assert_eq!(snapshot.valid(row), feature.valid);
        for (field, value) in feature.values.iter().enumerate() {
            assert_eq!(&snapshot.value(row, field), value);
        }
    }
    assert_eq!(snapshot.row_of(FeatureId(4)), None);
    let ids: Vec<i64> = snapshot
        .rows_by_id()
        .map(|row| snapshot.id(row).0)
        .collect();
    assert_eq!(ids, [3, 5, 7]);
}

#[test]
fn a_feature_without_a_number_is_not_of_the_layer_yet() {
    let mut all = features();
    all[0].id = None;
    assert_eq!(build(view(), all).len(), 2);
}

/// Everything of the content, changed one by one.
fn changed_features() -> Vec<(&'static str, Vec<Feature>)> {
    let mut changes = Vec::new();
    let mut change = |what: &'static str, edit: &dyn Fn(&mut Vec<Feature>)| {
        let mut all = features();
        edit(&mut all);
        changes.push((what, all));
    };
    change("a feature less", &|all| {
        all.pop();
    });
    change("another id", &|all| all[0].id = Some(FeatureId(8)));
    change("a position", &|all| {
        all[0].geometry = Some(Geometry::Point(point!(x: 116.400_000_000_1, y: 39.9)));
    });
    change("no position", &|all| all[0].geometry = None);
    change("one point as a multipoint", &|all| {
        all[0].geometry = Some(Geometry::MultiPoint(vec![(116.4, 39.9)].into()));
    });
    change("a text", &|all| all[0].values[0] = Value::Text("aa".into()));
    change("a text less", &|all| all[0].values[0] = Value::Null);
    change("a number", &|all| all[0].values[1] = Value::Number(1.6));
    change("a limit", &|all| {
        all[0].values[1] = Value::BelowDetection(1.5);
    });
    change("a precision", &|all| all[0].precision_m = Some(11.0));
    change("no precision", &|all| all[0].precision_m = None);
    change("a first day", &|all| {
        all[0].valid.from = Some(date(2020, 1, 2));
    });
    change("a last day", &|all| {
        all[0].valid.to = Some(date(2020, 1, 1));
    });
    change("texts swapped", &|all| {
        all[0].values[0] = Value::Text("c".into());
        all[2].values[0] = Value::Text("a".into());
    });
    changes
}

/// Everything of the view that is content, changed one by one.
fn changed_views() -> Vec<(&'static str, LayerView)> {
    let mut changes = Vec::new();
    let mut change = |what: &'static str, edit: &dyn Fn(&mut LayerView)| {
        let mut view = view();
        edit(&mut view);
        changes.push((what, view));
    };
    let words = samples::words("另", "other");
    change("the title", &|view| view.title = words.clone());
    change("the description", &|view| {
        view.description = Some(words.clone());
    });
    change("a field's name", &|view| {
        "label".clone_into(&mut view.fields[0].name);
    });
    change("a field's title", &|view| {
        view.fields[0].title = words.clone();
    });
    change("a unit", &|view| view.fields[1].unit = Some("m".to_owned()));
    change("a limit of detection", &|view| {
        view.fields[1].detection_limit = true;
    });
    change("the zooms", &|view| view.minzoom = 3);
    change("the rule for points", &|view| view.points = PointRule::Thin);
    change("the licence", &|view| {
        "CC-BY-4.0".clone_into(&mut view.provenance.licence);
    });
    change("the date", &|view| {
        "2025-07".clone_into(&mut view.provenance.updated);
    });
    change("real data", &|view| view.provenance.demonstration = false);
    change("the style", &|view| {
        view.style.push(json!({"id": "dot", "type": "circle"}));
    });
    change("the coverage", &|view| {
        let square = polygon![(x: 0., y: 0.), (x: 1., y: 0.), (x: 1., y: 1.)];
        let area = Area {
            polygons: square.into(),
            surveyed: "2025".to_owned(),
        };
        view.coverage = Some(Coverage { areas: vec![area] });
    });
    changes
}

#[test]
fn the_version_changes_with_whatever_is_published() {
    let mut versions = vec![("nothing", build(view(), features()).version().to_owned())];
    for (what, changed) in changed_features() {
        versions.push((what, build(view(), changed).version().to_owned()));
    }
    for (what, changed) in changed_views() {
        versions.push((what, build(changed, features()).version().to_owned()));
    }
    for (i, (what, version)) in versions.iter().enumerate() {
        assert_eq!(version.len(), 16);
        for (other, same) in &versions[..i] {
            assert_ne!(
                version, same,
                "changing {what} is the same as changing {other}"
            );
        }
    }
}

#[test]
fn the_version_stays_with_whatever_is_not_published() {
    let before = build(view(), features());
    let mut shuffled = features();
    shuffled.reverse();
    shuffled[0].identity = "another secret".into();
    let after = build(
        LayerView {
            cache_s: 5,
            audience: Audience::Department,
            ..view()
        },
        shuffled,
    );
    assert_eq!(before.version(), after.version());
}

#[test]
fn what_two_audiences_see_alike_is_in_memory_once() {
    let mut more = view();
    more.fields
        .insert(0, samples::field("owner", FieldType::Text));
    let mut all = features();
    for feature in &mut all {
        feature.values.insert(0, Value::Text("someone".into()));
    }
    let public = build(view(), features());
    let department = build(more, all);
    let version = department.version().to_owned();
    let alone = department.bytes(None);
    let shared = department.sharing(&public);
    assert_eq!(shared.version(), version);
    let beside = shared.bytes(Some(&public));
    assert_eq!((beside.geometry, beside.tree, beside.ids), (0, 0, 0));
    assert!(
        0 < beside.values && beside.values < alone.values,
        "{beside:?} {alone:?}"
    );
    assert_eq!(shared.value(0, 0), Value::Text("someone".into()));
}
