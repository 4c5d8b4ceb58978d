//! Every tile is valid, whatever the data.

use std::f64::consts::TAU;

use geo_types::{Geometry, LineString, MultiPolygon, Polygon};
use onemap::geom::{TileId, cast};
use onemap::layer::{PointRule, Shape};
use onemap::tile::encode;
use proptest::prelude::*;

use super::{decoded, samples};

/// A tile somewhere, at any zoom.
pub(super) fn tile() -> impl Strategy<Value = TileId> {
    (0..=22_u8, 0.0..1.0, 0.1..0.9)
        .prop_map(|(z, x, y): (u8, f64, f64)| TileId::at(x * 360.0 - 180.0, y * 160.0 - 80.0, z))
}

/// A length in units, from far below one to beyond a tile.
fn length() -> impl Strategy<Value = f64> {
    (-2.0..4.0).prop_map(|power| 10_f64.powf(power))
}

fn spot() -> impl Strategy<Value = (f64, f64)> {
    (-300.0..4400.0, -300.0..4400.0)
}

/// Corners around the origin, each at its own distance: a ring that never crosses itself.
fn star() -> impl Strategy<Value = Vec<(f64, f64)>> {
    proptest::collection::vec(0.05..1.0, 3..24).prop_map(|radii: Vec<f64>| {
        let step = TAU / cast::usize_to_f64(radii.len());
        let corners = radii.iter().enumerate().map(|(i, r)| {
            let (sin, cos) = (cast::usize_to_f64(i) * step).sin_cos();
            (r * cos, r * sin)
        });
        corners.collect()
    })
}

/// Narrow teeth on a narrow back: what rounding folds over.
fn comb() -> impl Strategy<Value = Vec<(f64, f64)>> {
    (2..12_u8, 0.01..0.5, -0.3..0.3).prop_map(|(teeth, gap, lean): (u8, f64, f64)| {
        let mut ring = vec![(1.0, -1.0), (-1.0, -1.0)];
        let pitch = 2.0 / f64::from(teeth);
        for tooth in 0..teeth {
            let x = pitch.mul_add(f64::from(tooth), -1.0);
            let slit = pitch * (1.0 - gap);
            ring.extend([
                (x + lean, 1.0),
                (x + slit + lean, 1.0),
                (x + slit, -0.99),
                (x + pitch, -0.99),
            ]);
        }
        ring
    })
}

fn placed(ring: &[(f64, f64)], (x, y): (f64, f64), size: f64) -> Vec<(f64, f64)> {
    ring.iter()
        .map(|(u, v)| (size.mul_add(*u, x), size.mul_add(*v, y)))
        .collect()
}

pub(super) fn polygon(tile: TileId) -> impl Strategy<Value = Polygon<f64>> {
    let ring = prop_oneof![3 => star(), 1 => comb()];
    let holes = proptest::collection::vec(0.02..0.97, 0..3);
    (ring, spot(), length(), holes).prop_map(move |(ring, middle, size, holes)| {
        // A smaller star lies within the star, and a still smaller one within that: every other one
        // of such shells would be a polygon of its own, so of two holes the second is beside.
        let holes: Vec<Vec<(f64, f64)>> = holes
            .iter()
            .map(|part| placed(&ring, middle, size * part))
            .collect();
        let holes: Vec<&[(f64, f64)]> = holes.iter().map(Vec::as_slice).collect();
        samples::polygon(tile, &placed(&ring, middle, size), &holes)
    })
}

fn with_polygons() -> impl Strategy<Value = (TileId, Vec<Geometry>)> {
    tile().prop_flat_map(|tile| {
        let one = polygon(tile).prop_map(Geometry::Polygon);
        let several = proptest::collection::vec(polygon(tile), 1..4)
            .prop_map(|all| Geometry::MultiPolygon(MultiPolygon(all)));
        let any = prop_oneof![one, several];
        (Just(tile), proptest::collection::vec(any, 1..8))
    })
}

fn with_lines() -> impl Strategy<Value = (TileId, Vec<Geometry>)> {
    tile().prop_flat_map(|tile| {
        let walk = (
            spot(),
            length(),
            proptest::collection::vec((-1.0..1.0, -1.0..1.0), 1..20),
        );
        let line = walk.prop_map(move |(start, step, steps)| {
            let mut place = start;
            let walked = steps.iter().map(|(u, v)| {
                place = (step.mul_add(*u, place.0), step.mul_add(*v, place.1));
                samples::at(tile, place)
            });
            Geometry::LineString(walked.collect::<LineString<f64>>())
        });
        (Just(tile), proptest::collection::vec(line, 1..8))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn every_tile_of_polygons_is_valid((tile, geometries) in with_polygons()) {
        let encoded = encode(&samples::layer(Shape::Polygon, geometries), tile);
        prop_assert_eq!(decoded::faults(&encoded.bytes), Vec::<String>::new());
        prop_assert_eq!(encoded.counts.dropped_broken, 0);
    }

    #[test]
    fn every_tile_of_lines_is_valid((tile, geometries) in with_lines()) {
        let encoded = encode(&samples::layer(Shape::Line, geometries), tile);
        prop_assert_eq!(decoded::faults(&encoded.bytes), Vec::<String>::new());
    }

    #[test]
    fn every_tile_of_points_is_valid_and_counts_each(
        tile in tile(),
        spots in proptest::collection::vec(spot(), 1..300),
        rule in prop_oneof![Just(PointRule::All), Just(PointRule::Thin), Just(PointRule::Cluster)],
    ) {
        let points = spots.iter().map(|&spot| Geometry::Point(samples::at(tile, spot).into()));
        let view = onemap::publish::LayerView { points: rule, ..samples::view("sample", Shape::Point) };
        let encoded = encode(&samples::snapshot(view, points), tile);
        prop_assert_eq!(decoded::faults(&encoded.bytes), Vec::<String>::new());
        let shown = decoded::features(&encoded.bytes);
        prop_assert_eq!(cast::usize_to_u64(shown.len()), encoded.counts.features);
        let last = (1_u32 << tile.z) - 1;
        let is_inland = (1..last).contains(&tile.x) && (1..last).contains(&tile.y);
        if rule == PointRule::All && is_inland {
            let inside = |v: f64| (-64.0..=4160.0).contains(&v.round());
            let expected = spots.iter().filter(|(x, y)| inside(*x) && inside(*y)).count();
            // A place half a unit from the buffer's border may be rounded to its other side.
            prop_assert!(shown.len().abs_diff(expected) <= 1, "{} {expected}", shown.len());
        }
    }
}
