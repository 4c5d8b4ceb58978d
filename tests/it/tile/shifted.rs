//! Tiles for maps in the shifted degrees of Chinese web maps.

use std::fs;

use geo::{Area as _, BooleanOps as _, unary_union};
use geo_types::{Coord, Geometry, LineString, MultiPolygon, Point, Polygon, Rect, line_string};
use mvt_reader::feature::{Feature, Value};
use onemap::geom::{Datum, TileId, mercator};
use onemap::index::Snapshot;
use onemap::layer::{PointRule, Shape};
use onemap::text::Lang;
use onemap::tile::{Edition, encode, encode_edition, layer_style, tilejson};
use proptest::prelude::*;

use super::{decoded, samples};
use crate::support::shared;

fn edition(datum: Datum) -> Edition {
    Edition {
        datum,
        ..Edition::default()
    }
}

fn features(layer: &Snapshot, tile: TileId, datum: Datum) -> Vec<Feature<i32>> {
    decoded::features(&encode_edition(layer, tile, edition(datum)).bytes)
}

/// The tile at a zoom in which a place is drawn, and the pixel in it, in the tile's units.
fn drawn((lon, lat): (f64, f64), zoom: u8) -> (TileId, Coord<i32>) {
    let tile = TileId::at(lon, lat, zoom);
    let (x, y) = mercator::to_grid(lon, lat, zoom);
    let (west, north) = tile.origin();
    let within = |v: i64| i32::try_from(v).unwrap();
    let pixel = Coord {
        x: within(x - west),
        y: within(y - north),
    };
    (tile, pixel)
}

/// Where the only point of a feature is.
fn spot(feature: &Feature<i32>) -> Coord<i32> {
    match &feature.geometry {
        Geometry::Point(point) => point.0,
        Geometry::MultiPoint(points) => points.0[0].0,
        other => panic!("{other:?}"),
    }
}

/// A place, and where it is drawn in GCJ-02 and in BD-09, as far as that is known.
type Pair = ((f64, f64), Option<(f64, f64)>, Option<(f64, f64)>);

/// Pairs found by others.
fn pairs() -> Vec<Pair> {
    let mut pairs = vec![
        // 朝阳区政府, and a pair published with googollee/eviltransform.
        (
            (116.4435, 39.9219),
            Some((116.449_695_38, 39.923_267_46)),
            Some((116.456_280_38, 39.928_961_65)),
        ),
        (
            (121.527_210_6, 31.177_427_6),
            Some((121.531_541_859_215, 31.175_303_983_646_97)),
            None,
        ),
    ];
    // In the second list others' approximate numbers stand beside those of the formulas.
    for (file, columns) in [
        ("data/boundary/gcj02_test_pairs.csv", [1, 2, 3, 4, 5, 6]),
        ("standards/gcj02_bd09_examples.csv", [1, 2, 3, 4, 9, 10]),
    ] {
        let Some(path) = shared(file) else { continue };
        let mut reader = csv::Reader::from_reader(fs::File::open(path).unwrap());
        for row in reader.records() {
            let row = row.unwrap();
            let number = columns.map(|column| row[column].parse::<f64>().ok());
            let [Some(lon), Some(lat), x, y, bd_x, bd_y] = number else {
                panic!("{row:?}");
            };
            let own = columns[4] == 5 || row[7].contains("reproduced");
            pairs.push(((lon, lat), x.zip(y).filter(|_| own), bd_x.zip(bd_y)));
        }
    }
    pairs
}

#[test]
fn a_place_is_drawn_where_others_draw_it() {
    let pairs = pairs();
    assert!(pairs.len() >= 2);
    for (place, gcj02, bd09) in pairs {
        let layer = samples::layer(Shape::Point, [Point::from(place).into()]);
        let expected = [(Datum::Gcj02, gcj02), (Datum::Bd09, bd09)];
        for (datum, expected) in expected.into_iter().filter_map(|(d, at)| Some((d, at?))) {
            for zoom in [0, 9, 14, 18, 20] {
                let (tile, pixel) = drawn(expected, zoom);
                let [only] = &*features(&layer, tile, datum) else {
                    panic!("{place:?} is not in {tile} in {datum:?}");
                };
                let point = spot(only);
                // The pairs have seven decimals and more: at zoom 20 about a unit.
                let off = (point.x - pixel.x).abs().max((point.y - pixel.y).abs());
                assert!(
                    off <= 1,
                    "{place:?} {datum:?} {tile}: {point:?}, not {pixel:?}"
                );
            }
            // It is not where it would be unshifted.
            let (tile, _) = drawn(place, 18);
            assert!(
                features(&layer, tile, datum).is_empty(),
                "{place:?} {datum:?}"
            );
        }
    }
}

/// Triangles and lines about a place, some with edges of a hundred kilometres.
fn shapes() -> impl Strategy<Value = Vec<Geometry>> {
    let near = || (-2e-4..2e-4_f64, -2e-4..2e-4_f64);
    let far = || (-1.0..1.0_f64, -1.0..1.0_f64);
    let corner = || prop_oneof![4 => near(), 1 => far()];
    let shape = (corner(), corner(), corner(), any::<bool>()).prop_map(|(a, b, c, area)| {
        let at = |(x, y): (f64, f64)| Coord {
            x: 116.46 + x,
            y: 39.92 + y,
        };
        if area {
            let ring = LineString(vec![at(a), at(b), at(c)]);
            Polygon::new(ring, Vec::new()).into()
        } else {
            line_string![at(a), at(b), at(c)].into()
        }
    });
    proptest::collection::vec(shape, 1..8)
}

fn shifted(datum: Datum, geometry: &Geometry) -> Geometry {
    use geo::MapCoords as _;
    geometry.map_coords(|c| datum.shifted(c.x, c.y).into())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// At these zooms vertices are rounded from their degrees alone, shifted or not, so both must
    /// agree to the unit. What holds of tiles of any geometry then holds of these.
    #[test]
    fn a_shifted_tile_is_the_tile_of_shifted_geometry(
        shapes in shapes(),
        datum in prop_oneof![Just(Datum::Gcj02), Just(Datum::Bd09)],
        zoom in 21_u8..=22,
        (east, north) in (-2e-4..2e-4_f64, -2e-4..2e-4_f64),
    ) {
        let (lon, lat) = datum.shifted(116.46 + east, 39.92 + north);
        let tile = TileId::at(lon, lat, zoom);
        let moved = shapes.iter().map(|shape| shifted(datum, shape)).collect::<Vec<_>>();
        let by_id = |mut features: Vec<Feature<i32>>| {
            features.sort_by_key(|feature| feature.id);
            features.into_iter().map(|f| (f.id, f.geometry)).collect::<Vec<_>>()
        };
        let ours = by_id(features(&samples::layer(Shape::Polygon, shapes), tile, datum));
        let theirs = by_id(features(&samples::layer(Shape::Polygon, moved), tile, Datum::Plain));
        prop_assert_eq!(ours, theirs);
    }
}

/// Cells of 0.002° that cover 0.1° about a place.
fn cells() -> Snapshot {
    let corner = |n: i32| f64::from(n) / 500.0;
    let cells = (0..2500_i32).map(|n| {
        let (x, y) = (n % 50, n / 50);
        let at = |x: i32, y: i32| Coord {
            x: 116.4 + corner(x),
            y: 39.85 + corner(y),
        };
        Rect::new(at(x, y), at(x + 1, y + 1)).to_polygon().into()
    });
    samples::layer(Shape::Polygon, cells)
}

fn polygons(layer: &Snapshot, tile: TileId, datum: Datum) -> MultiPolygon<f64> {
    features(layer, tile, datum)
        .iter()
        .flat_map(|feature| decoded::multi_polygon(&decoded::polygons(&feature.geometry).unwrap()))
        .collect()
}

#[test]
fn neighbours_share_their_edges_and_tiles_go_on_in_the_next() {
    let layer = cells();
    for datum in [Datum::Gcj02, Datum::Bd09] {
        for zoom in [12, 14, 16] {
            let (lon, lat) = datum.shifted(116.45, 39.9);
            let tile = TileId::at(lon, lat, zoom);
            let next = TileId {
                x: tile.x + 1,
                ..tile
            };
            let (left, right) = (polygons(&layer, tile, datum), polygons(&layer, next, datum));
            for half in [&left, &right] {
                let whole = unary_union(half);
                // No gap inside, and nothing covered twice.
                assert!(
                    whole.iter().all(|part| part.interiors().is_empty()),
                    "{datum:?} {zoom}"
                );
                assert!((whole.unsigned_area() - half.unsigned_area()).abs() < 1e-6);
            }
            let strip = |polygons: &MultiPolygon<f64>, offset: f64| {
                let strip = Rect::new((offset - 64.0, -64.0), (offset + 64.0, 4160.0));
                polygons
                    .intersection(&MultiPolygon(vec![strip.to_polygon()]))
                    .unsigned_area()
            };
            let (in_left, in_right) = (strip(&left, 4096.0), strip(&right, 0.0));
            assert!((in_left - in_right).abs() < 128.0, "{in_left} {in_right}");
            assert!(
                zoom < 14 || (in_left - 128.0 * 4224.0).abs() < 1e-6,
                "{in_left}"
            );
        }
    }
}

#[test]
fn every_point_is_in_one_tile_alone_or_in_one_cluster() {
    let points: Vec<Geometry> = (0..500_i32)
        .map(|n| {
            let (x, y) = (f64::from(n % 25), f64::from(n / 25));
            Point::new(116.4 + x * 0.0013, 39.9 + y * 0.0007).into()
        })
        .collect();
    for rule in [PointRule::All, PointRule::Cluster] {
        let mut view = samples::view("sample", Shape::Point);
        view.points = rule;
        let layer = samples::snapshot(view, points.clone());
        for datum in [Datum::Plain, Datum::Gcj02, Datum::Bd09] {
            let (west, north) = datum.shifted(116.39, 39.92);
            let (east, south) = datum.shifted(116.44, 39.89);
            let (first, last) = (TileId::at(west, north, 13), TileId::at(east, south, 13));
            let mut count = 0;
            for x in first.x..=last.x {
                for y in first.y..=last.y {
                    let tile = TileId { z: 13, x, y };
                    for feature in features(&layer, tile, datum) {
                        let at = spot(&feature);
                        let inside = |v: i32| (0..4096).contains(&v);
                        if inside(at.x) && inside(at.y) {
                            let stands_for = feature.properties.unwrap();
                            count += match stands_for.get("point_count") {
                                Some(Value::UInt(n)) => *n,
                                Some(Value::Int(n) | Value::SInt(n)) => u64::try_from(*n).unwrap(),
                                _ => 1,
                            };
                        }
                    }
                }
            }
            assert_eq!(count, 500, "{rule:?} {datum:?}");
        }
    }
}

#[test]
fn what_describes_the_tiles_is_shifted_with_them_and_leads_to_them() {
    const BASE: &str = "https://map.example";
    let layer = cells();
    let world = samples::world([]);
    let plain = tilejson(&world, &[&layer], BASE, Lang::En, Edition::default());
    for (datum, name) in [(Datum::Gcj02, "gcj02"), (Datum::Bd09, "bd09")] {
        let described = tilejson(&world, &[&layer], BASE, Lang::En, edition(datum));
        let tiles = format!("{BASE}/tiles/sample/{{z}}/{{x}}/{{y}}.mvt?datum={name}");
        assert_eq!(described["tiles"][0], tiles);
        let bound = |json: &serde_json::Value, n: usize| json["bounds"][n].as_f64().unwrap();
        let (west, south) = datum.shifted(116.4, 39.85);
        let (east, north) = datum.shifted(116.5, 39.95);
        assert!(bound(&described, 0) <= west && bound(&described, 2) >= east);
        assert!(bound(&described, 1) <= south && bound(&described, 3) >= north);
        assert!((bound(&described, 0) - west).abs() < 0.01, "{described}");
        assert_ne!(described["center"], plain["center"]);
        let style = layer_style(&layer, BASE, Lang::En, edition(datum));
        let url = format!("{BASE}/tiles/sample.json?datum={name}");
        assert_eq!(style["sources"]["sample"]["url"], url);
        assert_ne!(
            style["center"],
            layer_style(&layer, BASE, Lang::En, Edition::default())["center"]
        );
    }
    assert_eq!(
        plain["tiles"][0],
        format!("{BASE}/tiles/sample/{{z}}/{{x}}/{{y}}.mvt")
    );
    let tile = TileId::at(116.45, 39.9, 14);
    assert_eq!(
        encode(&layer, tile),
        encode_edition(&layer, tile, edition(Datum::Plain))
    );
}
