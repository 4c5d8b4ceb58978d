//! The wall from outside: what is hidden may change as it likes, and what comes through stays equal.

#![cfg(test)]

use std::path::PathBuf;

use geo_types::{point, polygon};
use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::geom::{Crs, Geometry, geodesic};
use crate::layer::{
    Generalise, Identity, LayerSource, PointRule, Provenance, Role, SourceFile, TileRule,
    Visibility,
};
use crate::model::{FeatureId, LayerId, Period, Theme};
use crate::source::Place;

const PUBLIC: Audience = Audience::Public;

fn both(words: &str) -> Bilingual {
    Bilingual {
        zh: words.to_owned(),
        en: words.to_owned(),
    }
}

fn field(name: &str, kind: FieldType, visibility: Visibility) -> Field {
    Field {
        name: name.to_owned(),
        from: name.to_owned(),
        kind,
        codes: None,
        required: false,
        visibility,
        title: both(name),
        unit: None,
        analyte: None,
        detection_limit: false,
        min: None,
        max: None,
    }
}

/// Sites with a public kind, an accuracy, an opening day, and an owner that only departments see.
/// Precision and valid time are read from fields of this visibility.
fn layer(public_form: PublicForm, derived: Visibility) -> Layer {
    Layer {
        id: LayerId::parse("sites").unwrap(),
        theme: Theme::Soil,
        title: both("sites"),
        description: None,
        shape: Some(Shape::Point),
        public_form,
        role: Role::Source,
        source: LayerSource {
            table: SourceFile {
                path: PathBuf::from("sites.geojson"),
                shown: "sites.geojson".to_owned(),
                layer: None,
                crs: Some(Crs::Crs84),
                encoding: None,
                place: Place::Geometry,
            },
            points: None,
        },
        identity: Identity::Content,
        label: None,
        part_of: None,
        series: None,
        sampling: None,
        fields: vec![
            field("kind", FieldType::Text, Visibility::Public),
            field("accuracy_m", FieldType::Number, derived),
            field("opened", FieldType::Date, derived),
            field("owner", FieldType::Text, Visibility::Department),
            field("note", FieldType::Text, Visibility::Internal),
        ],
        precision: PrecisionRule::Field(1),
        coverage: None,
        valid_from: Some(2),
        valid_to: Some(2),
        generalise: Some(Generalise::Grid(0.01)),
        tiles: TileRule {
            minzoom: 0,
            maxzoom: 22,
            points: PointRule::All,
            class: None,
            tessellating: false,
            cache_s: 60,
        },
        provenance: Provenance {
            publisher: both("OneMap"),
            licence: "CC0-1.0".to_owned(),
            updated: "2025-06-30".to_owned(),
            demonstration: true,
            source: None,
        },
        style: vec![serde_json::json!({"id": "all", "type": "circle"})],
        definition_files: Vec::new(),
    }
}

/// A site of which everything that may be hidden follows from `secret`.
fn site(geometry: Geometry, secret: i8) -> Exact<Feature> {
    let day = date(2020, 1, 1 + secret);
    let text = |words: String| Value::Text(words.into());
    Exact::new(Feature {
        id: Some(FeatureId(7)),
        identity: format!("register {secret}").into(),
        geometry: Some(geometry),
        values: vec![
            text("depot".to_owned()),
            Value::Number(f64::from(secret)),
            Value::Date(day),
            text(format!("owner {secret}")),
            text(format!("note {secret}")),
        ],
        precision_m: Some(f64::from(secret)),
        valid: Period {
            from: Some(day),
            to: Some(day),
        },
    })
}

fn published(layer: &Layer, audience: Audience, site: Exact<Feature>) -> Feature {
    publish(layer, audience, site).unwrap().into_inner()
}

#[test]
fn what_is_read_from_a_hidden_field_is_as_hidden_as_the_field() {
    let at: Geometry = point!(x: 116.4, y: 39.9).into();
    for (hidden, open_to_department) in [
        (Visibility::Department, true),
        (Visibility::Internal, false),
    ] {
        for form in [PublicForm::Full, PublicForm::Generalised] {
            let layer = layer(form, hidden);
            let seen = |secret| published(&layer, PUBLIC, site(at.clone(), secret));
            assert_eq!(seen(3), seen(20), "{hidden:?} {form:?}");
            assert_eq!(seen(3).valid, Period::default());
            let inside = published(&layer, Audience::Department, site(at.clone(), 3));
            assert_eq!(inside.precision_m, open_to_department.then_some(3.0));
            assert_eq!(inside.valid.from.is_some(), open_to_department);
        }
    }
    let open = layer(PublicForm::Full, Visibility::Public);
    let seen = published(&open, PUBLIC, site(at, 3));
    assert_eq!(seen.precision_m, Some(3.0));
    assert_eq!(seen.valid.to, Some(date(2020, 1, 4)));
    assert_eq!(seen.values.len(), 3, "neither owner nor note");
}

#[test]
fn nothing_of_a_held_layer_comes_through() {
    let at: Geometry = point!(x: 116.4, y: 39.9).into();
    for form in [PublicForm::Existence, PublicForm::None] {
        let layer = layer(form, Visibility::Public);
        assert!(publish(&layer, PUBLIC, site(at.clone(), 1)).is_none());
        assert!(publish(&layer, Audience::Department, site(at.clone(), 1)).is_some());
    }
    let named = view(
        &layer(PublicForm::Existence, Visibility::Public),
        PUBLIC,
        None,
    )
    .unwrap();
    assert!(named.fields.is_empty() && named.style.is_empty() && named.coverage.is_none());
    assert_eq!(named.provenance.updated, "");
    assert!(view(&layer(PublicForm::None, Visibility::Public), PUBLIC, None).is_none());
    let mut unruled = layer(PublicForm::Generalised, Visibility::Public);
    unruled.generalise = None;
    assert!(
        publish(&unruled, PUBLIC, site(at, 1)).is_none(),
        "no rule: withheld"
    );
}

#[test]
fn a_generalised_polygon_is_a_point_whose_precision_covers_it_in_steps() {
    let mut layer = layer(PublicForm::Generalised, Visibility::Public);
    layer.shape = Some(Shape::Polygon);
    let seen = view(&layer, PUBLIC, None).unwrap();
    assert_eq!((seen.shape, seen.style.len()), (Some(Shape::Point), 0));
    assert_eq!(
        view(&layer, Audience::Department, None).unwrap().shape,
        Some(Shape::Polygon)
    );
    let square = |side: f64| -> Geometry {
        let (west, south) = (116.405 - side / 2.0, 39.905 - side / 2.0);
        let (east, north) = (west + side, south + side);
        polygon![(x: west, y: south), (x: east, y: south), (x: east, y: north), (x: west, y: north)]
            .into()
    };
    let precision = |side| {
        let seen = published(&layer, PUBLIC, site(square(side), 0));
        assert!(matches!(seen.geometry, Some(Geometry::Point(_))));
        assert_eq!(seen.values[1], Value::Number(seen.precision_m.unwrap()));
        seen.precision_m.unwrap()
    };
    assert_eq!(precision(0.001).to_bits(), precision(0.009).to_bits());
    let corner = geodesic::distance_m((116.405, 39.905), (116.355, 39.855));
    assert!(precision(0.1) >= corner && precision(0.1) < corner * 1.3);
}

proptest! {
    #[test]
    fn the_public_cannot_tell_where_in_its_cell_a_record_lies(
        (lon, lat) in (-179.0..179.0_f64, -85.0..85.0_f64),
        (dx, dy) in (0.001..0.999_f64, 0.001..0.999_f64),
        (ex, ey) in (0.001..0.999_f64, 0.001..0.999_f64),
    ) {
        let layer = layer(PublicForm::Generalised, Visibility::Public);
        let (west, south) = ((lon * 100.0).floor(), (lat * 100.0).floor());
        let place = |x, y| point!(x: (west + x) / 100.0, y: (south + y) / 100.0);
        let seen = |x, y| published(&layer, PUBLIC, site(place(x, y).into(), 5));
        prop_assert_eq!(seen(dx, dy), seen(ex, ey));
        let Some(Geometry::Point(shown)) = seen(dx, dy).geometry else {
            return Err(TestCaseError::fail("no point"));
        };
        let truth = place(dx, dy);
        let away = geodesic::distance_m((truth.x(), truth.y()), (shown.x(), shown.y()));
        prop_assert!(away + 5.0 <= seen(dx, dy).precision_m.unwrap_or(0.0));
    }
}
