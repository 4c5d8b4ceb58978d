//! Where tiles meet, and where polygons meet: nothing opens.

use geo::{Area as _, BooleanOps as _, Euclidean, Length as _, Translate as _, unary_union};
use geo_types::{Geometry, MultiPolygon, Polygon, Rect};
use onemap::geom::{TileId, cast};
use onemap::layer::Shape;
use onemap::tile::encode;
use proptest::prelude::*;

use super::{decoded, samples, valid_tiles};

/// All polygons of a tile as one list, in its units.
fn polygons(bytes: &[u8]) -> MultiPolygon<f64> {
    decoded::features(bytes)
        .iter()
        .flat_map(|feature| decoded::multi_polygon(&decoded::polygons(&feature.geometry).unwrap()))
        .collect()
}

/// What lies in the strip that both of two tiles show, in the units of the eastern one.
fn strip(polygons: &MultiPolygon<f64>, x_offset: f64) -> MultiPolygon<f64> {
    let strip = Rect::new((-64.0, -64.0), (64.0, 4160.0)).to_polygon();
    polygons
        .translate(-x_offset, 0.0)
        .intersection(&MultiPolygon(vec![strip]))
}

fn outline(polygons: &MultiPolygon<f64>) -> f64 {
    let rings = polygons
        .iter()
        .flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()));
    rings.map(|ring| Euclidean.length(ring)).sum()
}

/// Two tiles side by side, away from the edge of the world.
fn neighbours() -> impl Strategy<Value = (TileId, TileId)> {
    valid_tiles::tile().prop_filter_map("needs a neighbour", |west| {
        let last = (1_u32 << west.z) - 1;
        let inland = west.x > 0 && west.x + 1 < last;
        inland.then_some((
            west,
            TileId {
                x: west.x + 1,
                ..west
            },
        ))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_polygon_goes_on_in_the_next_tile_where_it_left_the_last(
        ((west, east), polygons_in) in neighbours()
            .prop_flat_map(|tiles| (Just(tiles), proptest::collection::vec(valid_tiles::polygon(tiles.0), 1..3))),
    ) {
        for polygon in polygons_in {
            let layer = samples::layer(Shape::Polygon, [Geometry::Polygon(polygon)]);
            let left = polygons(&encode(&layer, west).bytes);
            let right = polygons(&encode(&layer, east).bytes);
            let (left, right) = (strip(&left, 4096.0), strip(&right, 0.0));
            // An edge that both windows cut is rounded by each: half a unit at the cut, and less
            // where the other tile begins.
            let apart = left.xor(&right).unsigned_area();
            prop_assert!(apart <= 0.5 * outline(&left).max(outline(&right)), "{apart}");
        }
    }
}

type Pair = (f64, f64);

/// Cells that tile a part of the plane: a leaning lattice whose inner corners were shaken, some
/// cells far smaller than a unit, some turned inside out.
fn shaken_lattice(tile: TileId) -> impl Strategy<Value = Vec<Geometry>> {
    const SIDE: usize = 12;
    let shakes = proptest::collection::vec((-0.49..0.49, -0.49..0.49), (SIDE + 1) * (SIDE + 1));
    let lean = (-0.6..0.6, -0.6..0.6);
    (shakes, 0.3..40.0, (100.0..3900.0, 100.0..3900.0), lean).prop_map(
        move |(shakes, pitch, corner, lean): (Vec<Pair>, f64, Pair, Pair)| {
            let number = cast::usize_to_f64;
            let spot = |column: usize, row: usize| {
                let is_inner = |v: usize| (1..SIDE).contains(&v);
                let shake = if is_inner(column) && is_inner(row) {
                    shakes[row * (SIDE + 1) + column]
                } else {
                    (0.0, 0.0)
                };
                let (u, v) = (number(column) + shake.0, number(row) + shake.1);
                samples::at(
                    tile,
                    (
                        pitch.mul_add(lean.0.mul_add(v, u), corner.0),
                        pitch.mul_add(lean.1.mul_add(u, v), corner.1),
                    ),
                )
            };
            let cells = (0..SIDE * SIDE).map(|cell| {
                let (x, y) = (cell % SIDE, cell / SIDE);
                let ring = [
                    spot(x, y),
                    spot(x + 1, y),
                    spot(x + 1, y + 1),
                    spot(x, y + 1),
                ];
                Geometry::Polygon(Polygon::new(ring.to_vec().into(), Vec::new()))
            });
            cells.collect()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn polygons_that_tile_the_plane_leave_no_place_uncovered(
        (tile, cells) in
            valid_tiles::tile().prop_flat_map(|tile| (Just(tile), shaken_lattice(tile))),
    ) {
        let encoded = encode(&samples::layer(Shape::Polygon, cells), tile);
        prop_assert_eq!(encoded.counts.dropped_broken, 0);
        let whole = unary_union(&polygons(&encoded.bytes));
        let gaps: f64 = whole
            .iter()
            .flat_map(Polygon::interiors)
            .map(|gap| Polygon::new(gap.clone(), Vec::new()).unsigned_area())
            .sum();
        // Polygons that had to be put right may have new corners, which their neighbours lack and
        // which are rounded: a sliver at most a unit wide and as long as an edge, which here is at
        // most 130 units. Without such, nothing opens at all, however many polygons are too small
        // to show.
        let most = 130.0 * cast::u64_to_f64(encoded.counts.repaired) + 1e-6;
        prop_assert!(gaps <= most, "{gaps} open, {:?}", encoded.counts);
    }
}
