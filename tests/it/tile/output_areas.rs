//! Real polygons: the small areas of Britain's towns, 126 of them invalid in the file.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead as _, BufReader};

use flate2::read::GzDecoder;
use geo_types::{Coord, Geometry, LineString, MultiPolygon, Polygon};
use onemap::geom::{BBox, TileId, cast};
use onemap::index::Snapshot;
use onemap::layer::Shape;
use onemap::tile::{Counts, encode};
use serde_json::Value;

use super::{decoded, samples};
use crate::support::shared;

/// London within about 25 km.
const LONDON: BBox = BBox {
    west: -0.45,
    south: 51.3,
    east: 0.25,
    north: 51.7,
};

fn ring(value: &Value) -> LineString<f64> {
    let number = |v: &Value| v.as_f64().unwrap();
    let coords = value.as_array().unwrap().iter();
    coords
        .map(|c| Coord {
            x: number(&c[0]),
            y: number(&c[1]),
        })
        .collect()
}

fn polygon(value: &Value) -> Polygon<f64> {
    let mut rings = value.as_array().unwrap().iter().map(ring);
    Polygon::new(rings.next().unwrap(), rings.collect())
}

fn geometry(value: &Value) -> Geometry {
    let coordinates = &value["coordinates"];
    if value["type"] == "Polygon" {
        return Geometry::Polygon(polygon(coordinates));
    }
    let all = coordinates.as_array().unwrap().iter().map(polygon);
    Geometry::MultiPolygon(MultiPolygon(all.collect()))
}

fn london() -> Option<Snapshot> {
    let file = File::open(shared("data/bulk/uk_oa2011_urban_105285.geojsonl.gz")?).unwrap();
    let lines = BufReader::new(GzDecoder::new(file)).lines();
    let geometries = lines.map(|line| {
        let feature: Value = serde_json::from_str(&line.unwrap()).unwrap();
        geometry(&feature["geometry"])
    });
    let near = geometries.filter(|g| BBox::of(g).is_some_and(|bbox| bbox.intersects(&LONDON)));
    Some(samples::layer(Shape::Polygon, near.collect::<Vec<_>>()))
}

/// The tiles of a zoom around Charing Cross.
fn tiles(zoom: u8, reach: u32) -> Vec<TileId> {
    let middle = TileId::at(-0.1276, 51.5072, zoom);
    let columns = middle.x - reach..=middle.x + reach;
    columns
        .flat_map(|x| (middle.y - reach..=middle.y + reach).map(move |y| TileId { x, y, ..middle }))
        .collect()
}

#[test]
fn every_tile_of_london_is_valid_and_nothing_is_lost_unseen() {
    let Some(layer) = london() else { return };
    assert!(layer.len() > 20_000, "{}", layer.len());
    for (zoom, reach) in [(8, 1), (10, 1), (12, 1), (14, 2)] {
        let mut counts = Counts::default();
        let mut shown = BTreeSet::new();
        for tile in tiles(zoom, reach) {
            let encoded = encode(&layer, tile);
            assert_eq!(
                decoded::faults(&encoded.bytes),
                Vec::<String>::new(),
                "{tile}"
            );
            let features = decoded::features(&encoded.bytes);
            assert_eq!(
                cast::usize_to_u64(features.len()),
                encoded.counts.features,
                "{tile}"
            );
            shown.extend(features.iter().filter_map(|feature| feature.id));
            counts = counts.plus(encoded.counts);
        }
        eprintln!(
            "z{zoom}: {} of {} areas, {counts:?}",
            shown.len(),
            layer.len()
        );
        assert_eq!(counts.dropped_broken, 0);
        if zoom >= 12 {
            assert_eq!(
                counts.dropped_zero_area, 0,
                "an area is larger than a unit here"
            );
        }
    }
}
