//! A record against its layer: every reason why it may be rejected, said in both languages, and
//! what is taken all the same.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use geo_types::{Geometry, MultiPolygon, Point, line_string, polygon};
use jiff::tz::TimeZone;
use onemap::geom::Crs;
use onemap::layer::{
    Acceptor, CodeList, Identity, Layer, Levels, Positions, PrecisionRule, Shape, Territory,
};
use onemap::model::{FieldType, Value};
use onemap::source::{Diagnostic, FileCrs, Opened, Record};
use onemap::text::{Key, Lang};

use crate::support::{both, layer};

/// Sites with a field of each type.
fn sites() -> Layer {
    let mut sites = layer(
        "sites",
        Some(Shape::Point),
        &[
            ("id", FieldType::Text),
            ("use", FieldType::Code),
            ("depth", FieldType::Integer),
            ("lead", FieldType::Number),
            ("active", FieldType::Boolean),
            ("opened", FieldType::Date),
            ("closed", FieldType::Date),
            ("seen", FieldType::DateTime),
            ("accuracy", FieldType::Number),
        ],
    );
    sites.identity = Identity::Fields(vec![0]);
    let codes = [
        ("07", "居住用地"),
        ("0701", "城镇住宅用地"),
        ("shop", "商店"),
    ];
    let parents = BTreeMap::from([("0701".to_owned(), "07".to_owned())]);
    sites.fields[1].codes = Some(Arc::new(CodeList {
        name: "uses".to_owned(),
        path: PathBuf::from("uses.csv"),
        entries: codes
            .map(|(code, words)| (code.to_owned(), both(words)))
            .into(),
        own_derivations: BTreeSet::new(),
        parents: BTreeMap::default(),
        levels: Levels::of(&["07", "0701"], &parents),
        lines: BTreeMap::new(),
    }));
    sites.fields[2].min = Some(0.0);
    sites.fields[2].max = Some(100.0);
    sites.fields[8].detection_limit = false;
    sites.valid_from = Some(5);
    sites.valid_to = Some(6);
    sites.precision = PrecisionRule::Field(8);
    sites
}

fn opened(layer: &Layer) -> Opened {
    Opened {
        columns: layer.fields.iter().map(|f| f.from.clone()).collect(),
        rows: None,
        crs: None,
    }
}

const HOME: Geometry = Geometry::Point(Point(geo_types::Coord { x: 116.4, y: 39.9 }));

/// A row of a layer: some cells by the names of their columns, the rest empty.
fn row(layer: &Layer, row: u64, cells: &[(&str, &str)], geometry: Option<Geometry>) -> Record {
    let cells: BTreeMap<_, _> = cells.iter().copied().collect();
    let of = |name: &str| cells.get(name).map(|cell| (*cell).to_owned());
    Record {
        row,
        cells: layer.fields.iter().map(|f| of(&f.from)).collect(),
        geometry,
        notes: Vec::new(),
    }
}

fn acceptor(layer: &Layer) -> Acceptor<'_> {
    Acceptor::new(layer, &opened(layer), &TimeZone::UTC, None, None).unwrap()
}

/// The reasons, each said in two languages that differ and with nothing left to fill in.
fn keys(faults: &[Diagnostic]) -> Vec<Key> {
    for fault in faults {
        let (zh, en) = (
            fault.reason.in_lang(Lang::Zh),
            fault.reason.in_lang(Lang::En),
        );
        assert_ne!(zh, en);
        assert!(!zh.is_ascii(), "{zh}");
        for said in [zh, en] {
            assert!(
                !said.contains(['{', '}', '?']) || said.contains("mean") || said.ends_with('?'),
                "{said}"
            );
        }
    }
    faults.iter().map(|fault| fault.reason.key()).collect()
}

/// Why a site with one cell otherwise good is rejected.
fn why(cells: &[(&str, &str)]) -> Vec<Key> {
    let sites = sites();
    let mut cells = cells.to_vec();
    if !cells.iter().any(|(name, _)| *name == "id") {
        cells.push(("id", "a"));
    }
    let record = row(&sites, 2, &cells, Some(HOME));
    keys(&acceptor(&sites).accept(&record).unwrap_err())
}

#[test]
fn each_bad_value_has_its_reason() {
    for (column, value, reason) in [
        ("id", "", Key::LayerIdentityMissing),
        ("use", "shopp", Key::LayerValueCodeUnknownNear),
        ("use", "zzzzzzzz", Key::LayerValueCodeUnknown),
        ("use", "07O1", Key::LayerValueCodeUnknownNear),
        ("use", "2501", Key::LayerValueCodeUnknown),
        ("depth", "1.5", Key::LayerValueNotInteger),
        ("depth", "-1", Key::LayerValueTooSmall),
        ("depth", "101", Key::LayerValueTooLarge),
        ("lead", "n.d.", Key::LayerValueNotMeasurement),
        ("lead", "<0", Key::LayerValueDetectionLimitUnclear),
        ("accuracy", "<5", Key::LayerValueBelowDetectionNotAllowed),
        ("accuracy", "ten", Key::LayerValueNotNumber),
        ("accuracy", "-1", Key::LayerValueTooSmall),
        ("active", "perhaps", Key::LayerValueNotBoolean),
        ("opened", "30/06/2025", Key::LayerValueNotDate),
        ("seen", "noon", Key::LayerValueNotMoment),
    ] {
        assert_eq!(why(&[(column, value)]), [reason], "{column} = {value:?}");
    }
    assert_eq!(
        why(&[("opened", "2025-02-01"), ("closed", "2025-01-31")]),
        [Key::LayerPeriodUpsideDown]
    );
}

#[test]
fn a_row_is_told_every_reason_with_its_row_column_and_value() {
    let mut sites = sites();
    sites.fields[4].required = true;
    sites.fields[1].from = "USE".to_owned();
    let cells = [("id", "a"), ("USE", "nothing"), ("lead", "x")];
    let faults = acceptor(&sites)
        .accept(&row(&sites, 17, &cells, None))
        .unwrap_err();
    let told: Vec<_> = faults
        .iter()
        .map(|f| {
            (
                f.row,
                f.column.as_deref(),
                f.value.as_deref(),
                f.reason.key(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (17, Some("USE"), Some("nothing"), Key::LayerValueCodeUnknown),
            (17, Some("lead"), Some("x"), Key::LayerValueNotMeasurement),
            (17, Some("active"), None, Key::LayerValueMissing),
            (17, None, None, Key::LayerPlaceMissing),
        ]
    );
}

#[test]
fn a_code_that_lost_its_zero_is_mended_and_told() {
    let sites = sites();
    let cells = [
        ("id", "a"),
        ("use", "701"),
        ("lead", "<0.05"),
        ("accuracy", "5"),
    ];
    let accepted = acceptor(&sites)
        .accept(&row(&sites, 2, &cells, Some(HOME)))
        .unwrap();
    assert_eq!(keys(&accepted.notes), [Key::LayerNoteCodePadded]);
    assert_eq!(accepted.notes[0].value.as_deref(), Some("701"));
    let feature = accepted.feature.get();
    assert_eq!(feature.values[1], Value::Text("0701".into()));
    assert_eq!(feature.values[3], Value::BelowDetection(0.05));
    assert_eq!(feature.precision_m, Some(5.0));
}

#[test]
fn an_unlisted_child_of_a_listed_code_is_taken_as_its_parent_and_told() {
    let sites = sites();
    let cells = [("id", "a"), ("use", "0799")];
    let accepted = acceptor(&sites)
        .accept(&row(&sites, 2, &cells, Some(HOME)))
        .unwrap();
    assert_eq!(keys(&accepted.notes), [Key::LayerNoteCodeParent]);
    let said = accepted.notes[0].reason.in_lang(Lang::En);
    assert!(said.contains("0799") && said.ends_with("07"), "{said}");
    assert_eq!(accepted.feature.get().values[1], Value::Text("07".into()));
}

#[test]
fn an_identity_is_taken_by_the_row_that_is_stored_and_by_no_other() {
    let sites = sites();
    let mut acceptor = acceptor(&sites);
    let mut accept =
        |number, cells: &[(&str, &str)]| acceptor.accept(&row(&sites, number, cells, Some(HOME)));
    let spoilt = accept(2, &[("id", "a"), ("depth", "deep")]).unwrap_err();
    assert_eq!(keys(&spoilt), [Key::LayerValueNotInteger]);
    assert!(accept(3, &[("id", "a")]).is_ok());
    let repeated = accept(4, &[("id", "a"), ("depth", "deep")]).unwrap_err();
    assert_eq!(
        keys(&repeated),
        [Key::LayerValueNotInteger, Key::LayerIdentityRepeated]
    );
    assert_eq!(repeated[1].reason.arg("row"), Some("3"));
    assert_eq!(repeated[1].value.as_deref(), Some("a"));
}

#[test]
fn an_identity_that_cannot_be_read_is_one_fault_and_not_two() {
    let mut sites = sites();
    sites.identity = Identity::Fields(vec![2, 5]);
    sites.fields[2].required = true;
    let mut acceptor = acceptor(&sites);
    let mut accept =
        |number, cells: &[(&str, &str)]| acceptor.accept(&row(&sites, number, cells, Some(HOME)));
    let missing = accept(2, &[]).unwrap_err();
    assert_eq!(keys(&missing), [Key::LayerValueMissing]);
    // A part may be empty where it is not required: 7 alone and 7 with a day are two.
    assert!(accept(3, &[("depth", "7")]).is_ok());
    assert!(accept(4, &[("depth", "7"), ("opened", "2025-01-01")]).is_ok());
    let unread = accept(5, &[("depth", "7"), ("opened", "once")]).unwrap_err();
    assert_eq!(keys(&unread), [Key::LayerValueNotDate]);
    assert_eq!(
        keys(&accept(6, &[("depth", "7")]).unwrap_err()),
        [Key::LayerIdentityRepeated]
    );
}

#[test]
fn rows_without_a_place_are_told_apart_by_what_they_say() {
    let table = layer(
        "table",
        None,
        &[("a", FieldType::Text), ("b", FieldType::Text)],
    );
    let mut acceptor = acceptor(&table);
    let mut accept =
        |number, cells: &[(&str, &str)]| acceptor.accept(&row(&table, number, cells, None));
    assert!(accept(2, &[("a", "x")]).is_ok());
    assert!(accept(3, &[("b", "x")]).is_ok());
    assert!(accept(4, &[]).is_ok());
    for (number, cells) in [(5, &[("b", "x")][..]), (6, &[])] {
        assert_eq!(
            keys(&accept(number, cells).unwrap_err()),
            [Key::LayerIdentityRepeated]
        );
    }
}

#[test]
fn a_geometry_of_another_kind_is_named() {
    let point = || HOME;
    let line = || Geometry::from(line_string![(x: 116.4, y: 39.9), (x: 116.5, y: 39.9)]);
    let area = || {
        Geometry::from(
            polygon![(x: 116.4, y: 39.9), (x: 116.5, y: 39.9), (x: 116.5, y: 40.0), (x: 116.4, y: 39.9)],
        )
    };
    for (shape, wrong, reason) in [
        (Shape::Point, line(), Key::LayerPlaceNoPoint),
        (Shape::Line, area(), Key::LayerPlaceNoLine),
        (Shape::Polygon, point(), Key::LayerPlaceNoPolygon),
    ] {
        let layer = layer("any", Some(shape), &[("a", FieldType::Text)]);
        let record = row(&layer, 1, &[("a", "x")], Some(wrong));
        assert_eq!(
            keys(&acceptor(&layer).accept(&record).unwrap_err()),
            [reason]
        );
    }
}

/// A district of one square, 116.4–116.5 E, 39.9–40.0 N, with a margin of 10 km.
fn territory() -> Territory {
    let square = polygon![
        (x: 116.4, y: 39.9), (x: 116.5, y: 39.9), (x: 116.5, y: 40.0), (x: 116.4, y: 40.0), (x: 116.4, y: 39.9)
    ];
    Territory::new(&MultiPolygon::new(vec![square]), 10.0).unwrap()
}

#[test]
fn within_the_margin_is_normal_and_what_crosses_or_holds_the_district_is_not_beyond() {
    let territory = territory();
    let square = |half: f64| {
        let (x, y) = (116.45, 39.95);
        Geometry::from(polygon![
            (x: x - half, y: y - half), (x: x + half, y: y - half), (x: x + half, y: y + half),
            (x: x - half, y: y + half), (x: x - half, y: y - half)
        ])
    };
    let line =
        |south: f64| Geometry::from(line_string![(x: 115.0, y: south), (x: 118.0, y: south)]);
    for (shape, geometry, near) in [
        (
            Shape::Point,
            Geometry::from(Point::new(116.51, 40.05)),
            true,
        ),
        (
            Shape::Point,
            Geometry::from(Point::new(116.45, 40.10)),
            false,
        ),
        (
            Shape::Point,
            Geometry::from(Point::new(116.65, 39.95)),
            false,
        ),
        (Shape::Line, line(39.95), true),
        (Shape::Line, line(40.05), true),
        (Shape::Line, line(40.15), false),
        (Shape::Polygon, square(0.01), true),
        (Shape::Polygon, square(2.0), true),
    ] {
        let layer = layer("any", Some(shape), &[("a", FieldType::Text)]);
        let mut acceptor = Acceptor::new(
            &layer,
            &opened(&layer),
            &TimeZone::UTC,
            Some(&territory),
            None,
        )
        .unwrap();
        let accepted = acceptor.accept(&row(&layer, 1, &[("a", "x")], Some(geometry.clone())));
        match accepted {
            Ok(_) => assert!(near, "{geometry:?}"),
            Err(faults) => {
                assert_eq!(keys(&faults), [Key::LayerPlaceBeyond]);
                assert!(!near, "{geometry:?}");
            }
        }
        assert_eq!(acceptor.looks_misplaced().is_none(), near);
    }
}

#[test]
fn a_file_is_misplaced_when_more_than_half_lies_beyond_and_not_at_half() {
    let territory = territory();
    let sites = sites();
    for (far, near, refused) in [(2, 2, false), (3, 2, true), (0, 0, false)] {
        let mut acceptor = Acceptor::new(
            &sites,
            &opened(&sites),
            &TimeZone::UTC,
            Some(&territory),
            None,
        )
        .unwrap();
        for number in 0..far + near {
            // The first cannot be on the globe at all.
            let lat = if number == 0 && far > 0 { 139.0 } else { 20.0 };
            let place = if number < far {
                Geometry::from(Point::new(116.4, lat))
            } else {
                HOME
            };
            let id = number.to_string();
            let _ = acceptor.accept(&row(&sites, number, &[("id", id.as_str())], Some(place)));
        }
        let told = acceptor.looks_misplaced();
        assert_eq!(told.is_some(), refused);
        if let Some(told) = told {
            assert_eq!(told.arg("file"), Some("sites.geojson"));
            assert_eq!(
                (told.arg("beyond"), told.arg("placed")),
                (Some("3"), Some("5"))
            );
        }
    }
}

/// Positions of the sites `a` (a point), `b` (a line) and `a` again; the first two are taken.
fn positions() -> (Positions, Vec<Key>) {
    let mut positions = Positions::new("key".to_owned(), "places.csv".to_owned());
    let opened = Opened {
        columns: vec!["key".to_owned()],
        rows: None,
        crs: None,
    };
    let (column, to_lonlat) = positions.prepare(&opened, &Crs::Crs84).unwrap();
    let line = Geometry::from(line_string![(x: 116.4, y: 39.9), (x: 116.5, y: 39.9)]);
    let mut faults = Vec::new();
    for (number, key, geometry) in [
        (2, Some("a"), Some(HOME)),
        (3, Some("b"), Some(line)),
        (4, Some("a"), Some(HOME)),
        (5, None, Some(HOME)),
        (6, Some("c"), None),
    ] {
        let record = Record {
            row: number,
            cells: vec![key.map(str::to_owned)],
            geometry,
            notes: Vec::new(),
        };
        faults.extend(positions.take(record, column, &to_lonlat).err());
    }
    let keys = keys(&faults);
    (positions, keys)
}

#[test]
fn a_joined_position_is_looked_at_like_any_other() {
    let (positions, told) = positions();
    assert_eq!(
        told,
        [
            Key::LayerPositionRepeated,
            Key::LayerValueMissing,
            Key::LayerPlaceMissing
        ]
    );
    let mut sites = sites();
    let file = sites.source.table.clone();
    sites.source.points = Some((file, "id".to_owned()));
    let mut acceptor = Acceptor::new(
        &sites,
        &opened(&sites),
        &TimeZone::UTC,
        None,
        Some(&positions),
    )
    .unwrap();
    assert!(
        acceptor
            .accept(&row(&sites, 2, &[("id", "a")], None))
            .is_ok()
    );
    for (id, reason) in [
        ("b", Key::LayerPlaceNoPoint),
        ("z", Key::LayerPlaceNotJoined),
    ] {
        let faults = acceptor
            .accept(&row(&sites, 3, &[("id", id)], None))
            .unwrap_err();
        assert_eq!(keys(&faults), [reason], "{id}");
        assert_eq!(faults[0].value.as_deref(), Some(id));
    }
}

#[test]
fn positions_that_are_not_on_the_globe_refuse_their_file() {
    let mut positions = Positions::new("key".to_owned(), "places.csv".to_owned());
    let opened = Opened {
        columns: vec!["key".to_owned()],
        rows: None,
        crs: None,
    };
    let (column, to_lonlat) = positions.prepare(&opened, &Crs::Crs84).unwrap();
    for (number, key) in [(2, "a"), (3, "b")] {
        let record = Record {
            row: number,
            cells: vec![Some(key.to_owned())],
            geometry: Some(Geometry::from(Point::new(500_000.0, 4_420_000.0))),
            notes: Vec::new(),
        };
        assert!(positions.take(record, column, &to_lonlat).is_err());
    }
    let told = positions.looks_misplaced(&Crs::Crs84).unwrap();
    assert_eq!(told.arg("file"), Some("places.csv"));
}

#[test]
fn a_reference_system_that_the_file_contradicts_is_named_beside_the_files_own() {
    let claims = FileCrs {
        name: "CGCS2000 / 3-degree Gauss-Kruger CM 117E".to_owned(),
        epsg: Some(4548),
        wkt: String::new(),
    };
    let mut said = Vec::new();
    let sites = sites();
    let opened = Opened {
        crs: Some(claims),
        ..opened(&sites)
    };
    said.push(Acceptor::new(&sites, &opened, &TimeZone::UTC, None, None).unwrap_err());
    let positions = Positions::new("id".to_owned(), "places.csv".to_owned());
    said.push(positions.prepare(&opened, &Crs::Crs84).unwrap_err());
    for (problem, file) in said.iter().zip(["sites.geojson", "places.csv"]) {
        let told = problem.message().in_lang(Lang::En);
        assert_eq!(problem.message().key(), Key::LayerCrsContradicts);
        assert!(
            told.contains(file) && told.contains("4548") && told.contains("CRS84"),
            "{told}"
        );
    }
}
