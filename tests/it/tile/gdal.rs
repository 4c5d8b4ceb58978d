//! GDAL as a second reader, and GEOS as a second judge of validity.

use std::fs;

use gdal::vector::LayerAccess as _;
use gdal::{Dataset, DatasetOptions, GdalOpenFlags};
use geo_types::Geometry;
use onemap::geom::TileId;
use onemap::layer::Shape;
use onemap::tile::encode;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

use super::{samples, valid_tiles};

#[test]
fn gdal_reads_every_feature_and_geos_finds_every_polygon_valid() {
    let folder = tempfile::tempdir().unwrap();
    let tile = TileId {
        z: 12,
        x: 3372,
        y: 1551,
    };
    let mut random = TestRunner::deterministic();
    let polygons: Vec<Geometry> = (0..400)
        .map(|_| {
            valid_tiles::polygon(tile)
                .new_tree(&mut random)
                .unwrap()
                .current()
        })
        .map(Geometry::Polygon)
        .collect();
    let encoded = encode(&samples::layer(Shape::Polygon, polygons), tile);
    let path = folder.path().join("tile.mvt");
    fs::write(&path, &encoded.bytes).unwrap();
    let options = DatasetOptions {
        open_flags: GdalOpenFlags::GDAL_OF_VECTOR,
        allowed_drivers: Some(&["MVT"]),
        open_options: Some(&["CLIP=NO"]),
        ..DatasetOptions::default()
    };
    let dataset = Dataset::open_ex(&path, options).unwrap();
    let mut layer = dataset.layer(0).unwrap();
    assert_eq!(layer.name(), "sample");
    assert_eq!(layer.feature_count(), encoded.counts.features);
    assert!(
        encoded.counts.features > 100 && encoded.counts.repaired > 10,
        "{:?}",
        encoded.counts
    );
    for feature in layer.features() {
        let geometry = feature.geometry().unwrap();
        assert!(geometry.is_valid(), "{}", geometry.wkt().unwrap());
    }
}
