//! Tiles as readable text, which a change must not change unseen.

use std::sync::Arc;

use geo_types::{Geometry, MultiPoint, MultiPolygon, Point};
use jiff::Timestamp;
use jiff::civil::date;
use onemap::geom::TileId;
use onemap::index::Snapshot;
use onemap::layer::{PointRule, Shape};
use onemap::model::{FieldType, Value};
use onemap::publish::LayerView;
use onemap::tile::encode;

use super::{decoded, samples};

/// A tile in Chaoyang.
const TILE: TileId = TileId {
    z: 12,
    x: 3372,
    y: 1551,
};

fn assert_tile(name: &str, snapshot: &Snapshot, tile: TileId) {
    let encoded = encode(snapshot, tile);
    assert_eq!(decoded::faults(&encoded.bytes), Vec::<String>::new());
    let text = format!("{}{:#?}\n", decoded::dump(&encoded.bytes), encoded.counts);
    insta::with_settings!({
        snapshot_path => "../../golden",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(format!("tile-{name}"), text);
    });
}

#[test]
fn points_carry_every_type_of_value() {
    let fields = [
        ("name", FieldType::Text),
        ("status", FieldType::Code),
        ("count", FieldType::Integer),
        ("lead", FieldType::Number),
        ("open", FieldType::Boolean),
        ("since", FieldType::Date),
        ("seen", FieldType::DateTime),
    ];
    let view = LayerView {
        fields: fields
            .map(|(name, kind)| samples::field(name, kind))
            .to_vec(),
        ..samples::view("points", Shape::Point)
    };
    let point = |x, y| Some(Geometry::Point(samples::at(TILE, (x, y)).into()));
    let text = |text: &str| Value::Text(text.into());
    let moment = Timestamp::from_second(1_750_000_000).unwrap();
    let features = vec![
        samples::feature(
            1,
            point(100.0, 200.0),
            vec![
                text("化工厂"),
                text("a"),
                Value::Integer(-5),
                Value::Number(400.5),
                Value::Boolean(true),
                Value::Date(date(2019, 3, 1)),
                Value::DateTime(moment),
            ],
        ),
        samples::feature(
            2,
            point(4096.0, 4159.6),
            vec![
                text("加油站"),
                text("a"),
                Value::Integer(5),
                Value::BelowDetection(0.05),
                Value::Boolean(false),
                Value::Null,
                Value::Null,
            ],
        ),
        samples::feature(3, point(-65.0, 10.0), vec![text("beyond the buffer")]),
        samples::feature(
            4,
            Some(Geometry::MultiPoint(MultiPoint(
                [(5.0, 5.0), (9000.0, 5.0), (7.0, 6.0)]
                    .map(|s| Point(samples::at(TILE, s)))
                    .to_vec(),
            ))),
            Vec::new(),
        ),
        samples::feature(5, None, vec![text("a row without a place")]),
    ];
    assert_tile("points", &Snapshot::build(Arc::new(view), features), TILE);
}

#[test]
fn lines_are_cut_and_straightened() {
    let line = |spots: &[(f64, f64)]| Geometry::LineString(samples::line(TILE, spots));
    let layer = samples::layer(
        Shape::Line,
        [
            line(&[
                (0.0, 0.0),
                (10.0, 10.0),
                (20.0, 20.0),
                (20.0, 20.3),
                (30.0, 0.0),
            ]),
            line(&[(4000.0, 100.0), (5000.0, 600.0), (4000.0, 1100.0)]),
            line(&[(50.0, 50.0), (50.2, 50.3)]),
            line(&[(-2000.0, 2000.0), (6000.0, 2001.0)]),
        ],
    );
    assert_tile("lines", &layer, TILE);
}

#[test]
fn polygons_are_cut_wound_and_mended() {
    let polygon = |ring: &[(f64, f64)], holes: &[&[(f64, f64)]]| {
        Geometry::Polygon(samples::polygon(TILE, ring, holes))
    };
    let square =
        |x: f64, y: f64, size: f64| [(x, y), (x + size, y), (x + size, y + size), (x, y + size)];
    let layer = samples::layer(
        Shape::Polygon,
        [
            // Around the tile, with a hole in it.
            polygon(
                &square(-9000.0, -9000.0, 20000.0),
                &[&square(1000.0, 1000.0, 500.0)],
            ),
            // Two fingers from the west: cut apart.
            polygon(
                &[
                    (-300.0, 2000.0),
                    (300.0, 2000.0),
                    (300.0, 2100.0),
                    (-200.0, 2100.0),
                    (-200.0, 2200.0),
                    (300.0, 2200.0),
                    (300.0, 2300.0),
                    (-300.0, 2300.0),
                ],
                &[],
            ),
            // A waist narrower than a unit: rounded shut.
            polygon(
                &[
                    (3000.0, 3000.0),
                    (3100.0, 3050.2),
                    (3200.0, 3000.0),
                    (3200.0, 3100.0),
                    (3100.0, 3050.4),
                    (3000.0, 3100.0),
                ],
                &[],
            ),
            // Smaller than a unit: nothing, and as small as one: a triangle.
            polygon(&square(500.1, 500.1, 0.3), &[]),
            polygon(&[(600.0, 600.0), (601.0, 600.0), (601.0, 601.0)], &[]),
            Geometry::MultiPolygon(MultiPolygon(vec![
                samples::polygon(TILE, &square(700.0, 3500.0, 10.0), &[]),
                samples::polygon(TILE, &square(720.0, 3500.0, 10.0), &[]),
            ])),
        ],
    );
    assert_tile("polygons", &layer, TILE);
}

/// Eleven points: nine close together, one a little apart, one far away.
fn crowd(points: PointRule) -> Snapshot {
    let near = (0..9).map(|i| (f64::from(i).mul_add(3.0, 600.0), 700.0));
    let spots = near.chain([(900.0, 900.0), (3000.0, 3000.0)]);
    let places = spots.map(|spot| Geometry::Point(samples::at(TILE, spot).into()));
    samples::snapshot(
        LayerView {
            points,
            ..samples::view("crowd", Shape::Point)
        },
        places,
    )
}

#[test]
fn points_that_crowd_are_thinned_or_clustered_below_zoom_15() {
    assert_tile("thinned", &crowd(PointRule::Thin), TILE);
    assert_tile("clustered", &crowd(PointRule::Cluster), TILE);
    for rule in [PointRule::Thin, PointRule::Cluster] {
        let here = samples::at(TILE, (612.0, 700.0));
        let shown = encode(&crowd(rule), TileId::at(here.x, here.y, 15)).counts;
        assert_eq!((shown.features, shown.thinned, shown.clustered), (10, 0, 0));
    }
}

#[test]
fn below_its_zooms_a_layer_is_empty_and_beyond_them_it_goes_on() {
    let view = LayerView {
        minzoom: 8,
        maxzoom: 13,
        ..samples::view("sample", Shape::Point)
    };
    let place = samples::at(TILE, (2000.0, 2000.0));
    let layer = samples::snapshot(view, [Geometry::Point(place.into())]);
    for zoom in 0..=22 {
        let tile = encode(&layer, TileId::at(place.x, place.y, zoom));
        assert_eq!(tile.bytes.is_empty(), zoom < 8, "{zoom}");
    }
}
