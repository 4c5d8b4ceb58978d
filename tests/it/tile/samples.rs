//! Layers made up for tests, in degrees or in the units of a tile.

use std::sync::Arc;

use geo_types::{Coord, Geometry, LineString, Polygon};
use onemap::geom::{TileId, mercator};
use onemap::index::{DistrictView, Snapshot, World};
use onemap::layer::{PointRule, Provenance, Role, Shape};
use onemap::model::{
    Audience, Feature, FeatureId, FieldType, LayerId, Period, Published, Revision, Theme, Value,
};
use onemap::publish::{FieldView, Form, LayerView, Uses};
use onemap::text::Bilingual;

pub(super) fn words(zh: &str, en: &str) -> Bilingual {
    Bilingual {
        zh: zh.to_owned(),
        en: en.to_owned(),
    }
}

pub(super) fn view(id: &str, shape: Shape) -> LayerView {
    LayerView {
        id: LayerId::parse(id).unwrap(),
        audience: Audience::Public,
        form: Form::Full,
        theme: Theme::Soil,
        title: words("样例", "Sample"),
        description: None,
        shape: Some(shape),
        role: Role::Context,
        fields: Vec::new(),
        uses: Uses::default(),
        coverage: None,
        minzoom: 0,
        maxzoom: 22,
        points: PointRule::All,
        cache_s: 300,
        provenance: Provenance {
            publisher: words("测试", "Tests"),
            licence: "CC0-1.0".to_owned(),
            updated: "2025-06-30".to_owned(),
            demonstration: true,
            source: None,
        },
        style: Vec::new(),
    }
}

pub(super) fn field(name: &str, kind: FieldType) -> FieldView {
    FieldView {
        name: name.to_owned(),
        kind,
        codes: None,
        title: words(name, name),
        unit: None,
        analyte: None,
        required: false,
        detection_limit: false,
    }
}

pub(super) fn feature(
    id: i64,
    geometry: Option<Geometry>,
    values: Vec<Value>,
) -> Published<Feature> {
    let feature = Feature {
        id: Some(FeatureId(id)),
        identity: id.to_string().into(),
        geometry,
        values,
        precision_m: None,
        valid: Period::default(),
    };
    Published::new(feature, Audience::Public)
}

/// A layer without fields; ids count from 1.
pub(super) fn layer(shape: Shape, geometries: impl IntoIterator<Item = Geometry>) -> Snapshot {
    snapshot(view("sample", shape), geometries)
}

pub(super) fn snapshot(
    view: LayerView,
    geometries: impl IntoIterator<Item = Geometry>,
) -> Snapshot {
    let features = (1..)
        .zip(geometries)
        .map(|(id, g)| feature(id, Some(g), Vec::new()));
    Snapshot::build(Arc::new(view), features.collect())
}

pub(super) fn world(layers: impl IntoIterator<Item = Snapshot>) -> World {
    World {
        absent: std::collections::BTreeSet::new(),
        book: Arc::default(),
        audience: Audience::Public,
        district: DistrictView {
            name: words("样例区", "Sample District"),
            code: None,
            map_review_number: String::new(),
            publisher: words("测试", "Tests"),
            contact: None,
            boundary: LayerId::parse("boundary").unwrap(),
            subdistricts: LayerId::parse("subdistricts").ok(),
            time_zone: jiff::tz::TimeZone::get("Asia/Shanghai").unwrap(),
        },
        revision: Revision(1),
        layers: layers
            .into_iter()
            .map(|l| (l.view().id.clone(), Arc::new(l)))
            .collect(),
    }
}

/// A place given in the units of a tile, as degrees; at the edge of the square world if it lies
/// beyond.
pub(super) fn at(tile: TileId, (x, y): (f64, f64)) -> Coord<f64> {
    let side = f64::from(mercator::EXTENT);
    let world = |corner: u32, v: f64| {
        side.mul_add(f64::from(corner), v)
            .clamp(0.0, mercator::world_size(tile.z))
    };
    let (lon, lat) = mercator::from_world(world(tile.x, x), world(tile.y, y), tile.z);
    Coord { x: lon, y: lat }
}

pub(super) fn line(tile: TileId, spots: &[(f64, f64)]) -> LineString<f64> {
    spots.iter().map(|&spot| at(tile, spot)).collect()
}

pub(super) fn polygon(
    tile: TileId,
    exterior: &[(f64, f64)],
    holes: &[&[(f64, f64)]],
) -> Polygon<f64> {
    let holes = holes.iter().map(|hole| line(tile, hole)).collect();
    Polygon::new(line(tile, exterior), holes)
}
