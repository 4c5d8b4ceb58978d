//! Questions to a snapshot about a parcel, against known answers and against asking every row.

use std::sync::Arc;

use gdal::Dataset;
use gdal::vector::LayerAccess as _;
use geo::{Distance as _, Euclidean};
use geo_types::{Coord, Geometry, MultiPolygon, Polygon};
use onemap::filter::{Expression, Schema as _, Truth};
use onemap::geom::{Crs, FromLonLat, Parts, Target, validity, wkb, wkt};
use onemap::index::Snapshot;
use onemap::layer::Shape;
use onemap::model::{Audience, Exact, Feature, FeatureId, FieldType, Period, Value};
use onemap::publish;
use onemap::query::{Contact, Fields, RowView, near};
use proptest::prelude::*;

use crate::support;

/// A snapshot of geometries; their places are their ids.
fn snapshot(geometries: impl IntoIterator<Item = Geometry<f64>>) -> Snapshot {
    let layer = support::layer("near", Some(Shape::Polygon), &[("use", FieldType::Text)]);
    let feature = |(id, geometry)| Feature {
        id: Some(FeatureId(id)),
        identity: "".into(),
        geometry: Some(geometry),
        values: vec![Value::Null],
        precision_m: None,
        valid: Period::default(),
    };
    let features = (0..).zip(geometries).map(feature);
    let published = features
        .map(|feature| publish::publish(&layer, Audience::Public, Exact::new(feature)).unwrap());
    let view = publish::view(&layer, Audience::Public, None).unwrap();
    Snapshot::build(Arc::new(view), published.collect())
}

#[test]
fn a_filter_is_evaluated_over_a_row_as_its_layer_says() {
    let layer = support::layer(
        "samples",
        Some(Shape::Point),
        &[
            ("use", FieldType::Text),
            ("lead", FieldType::Number),
            ("depth", FieldType::Integer),
        ],
    );
    let feature = |(id, lead)| Feature {
        id: Some(FeatureId(id)),
        identity: "".into(),
        geometry: Some(Geometry::Point((116.4, 39.9).into())),
        values: vec![Value::Text("0701".into()), lead, Value::Integer(2)],
        precision_m: None,
        valid: Period::default(),
    };
    let leads = [
        Value::Number(500.0),
        Value::BelowDetection(5.0),
        Value::Null,
    ];
    let features = (1..).zip(leads).map(feature);
    let published = features
        .map(|feature| publish::publish(&layer, Audience::Public, Exact::new(feature)).unwrap());
    let view = publish::view(&layer, Audience::Public, None).unwrap();
    let fields = Fields(&view);
    let snapshot = Snapshot::build(Arc::new(view.clone()), published.collect());
    for (filter, truths) in [
        ("lead > 400", [Truth::True, Truth::Unknown, Truth::Unknown]),
        ("use = '0701' AND depth <= 2", [Truth::True; 3]),
        ("lead IS NULL", [Truth::False, Truth::False, Truth::True]),
        (
            "S_INTERSECTS(geometry, BBOX(116, 39, 117, 40))",
            [Truth::True; 3],
        ),
        (
            "S_INTERSECTS(geometry, BBOX(0, 0, 1, 1))",
            [Truth::False; 3],
        ),
    ] {
        let read = Expression::parse(filter, &fields).unwrap();
        for (id, truth) in (1..).zip(truths) {
            let row = snapshot.row_of(FeatureId(id)).unwrap();
            let snapshot = &snapshot;
            assert_eq!(
                read.holds(&RowView { snapshot, row }),
                truth,
                "{filter} {id}"
            );
        }
    }
    assert!(Expression::parse("leed > 400", &fields).is_err());
    assert!(Expression::parse("lead = 'much'", &fields).is_err());
    assert_eq!(fields.names(), ["use", "lead", "depth", "geometry"]);
}

/// A parcel of Cambridge: in degrees, and in the plane of EPSG:26986.
struct Parcel {
    degrees: Geometry<f64>,
    plane: MultiPolygon<f64>,
}

/// The parcels whose use is one of those, valid.
fn parcels(path: &str, is_wanted: impl Fn(&str) -> bool) -> Vec<Parcel> {
    let crs = Crs::parse("EPSG:26986", std::path::Path::new(".")).unwrap();
    let plane = FromLonLat::new(&crs).unwrap();
    let dataset = Dataset::open(format!("/vsigzip/{path}")).unwrap();
    let mut layer = dataset.layer_by_name("parcels").unwrap();
    let field = layer.defn().field_index("UseDesc").unwrap();
    let wanted = layer.features().filter_map(|feature| {
        let used = feature.field_as_string(field).unwrap()?;
        let geometry = wkb::read(&feature.geometry()?.wkb().unwrap()).unwrap();
        is_wanted(&used).then_some(geometry)
    });
    wanted
        .map(|geometry| {
            let degrees = validity::repair(geometry.clone()).map_or(geometry, |done| done.geometry);
            let mut projected = degrees.clone();
            plane.geometry(&mut projected).unwrap();
            let plane = match projected {
                Geometry::MultiPolygon(polygons) => polygons,
                Geometry::Polygon(polygon) => polygon.into(),
                other => panic!("a parcel is {other:?}"),
            };
            Parcel { degrees, plane }
        })
        .collect()
}

#[test]
fn as_many_homes_in_cambridge_lie_near_a_gas_station_as_in_the_plane() {
    let file = "data/landuse/cambridge_ma_parcels_fy2013_landuse.gpkg.gz";
    let Some(path) = support::shared(file) else {
        return;
    };
    let path = path.to_str().unwrap();
    let homes = parcels(path, |used| {
        ["FAM", "FM-RES", "APT", "CONDO", "MULTIPLE-RES"]
            .iter()
            .any(|word| used.contains(word))
    });
    let stations = parcels(path, |used| used == "GAS-STATION");
    assert_eq!((homes.len(), stations.len()), (10_933, 22));
    let layer = snapshot(homes.iter().map(|home| home.degrees.clone()));
    // For each home the least distance to a station: on the ellipsoid, as far as 110 m, and in the
    // plane.
    let mut geodesic = vec![f64::INFINITY; homes.len()];
    let mut planar = vec![f64::INFINITY; homes.len()];
    for station in &stations {
        let target = Target::new(&station.degrees).unwrap();
        for hit in near(&layer, &target, 110.0) {
            let home = usize::try_from(layer.id(hit.row).0).unwrap();
            geodesic[home] = geodesic[home].min(hit.distance_m);
            let metres = Euclidean.distance(&homes[home].plane, &station.plane);
            planar[home] = planar[home].min(metres);
            // The plane stretches by up to 4 parts in 100 000 there.
            assert!(
                (metres - hit.distance_m).abs() < 1e-6 + 5e-5 * metres,
                "{metres} {hit:?}"
            );
        }
    }
    for (limit, expected) in [(50.0, 220), (100.0, 677)] {
        let within = |metres: &[f64]| metres.iter().filter(|m| **m <= limit).count();
        assert_eq!(within(&planar), expected, "in the plane, {limit} m");
        let differing: Vec<(f64, f64)> = planar
            .iter()
            .zip(&geodesic)
            .map(|(plane, ground)| (*plane, *ground))
            .filter(|(plane, ground)| (*plane <= limit) != (*ground <= limit))
            .collect();
        println!(
            "{limit} m: {} on the ellipsoid; differing {differing:?}",
            within(&geodesic)
        );
        // Each that differs lies so near the limit that the plane's scale carries it across.
        for (plane, ground) in &differing {
            assert!((plane - limit).abs() < 5e-5 * limit, "{plane} {ground}");
            assert!((ground - limit).abs() < 5e-5 * limit, "{plane} {ground}");
        }
    }
}

#[test]
fn what_lies_across_the_antimeridian_is_as_near_as_it_is() {
    let layer = snapshot(
        [
            "POINT(-179.999 10.0005)",
            "POINT(179.99 10.0005)",
            "POLYGON((-180 10,-179.99 10,-179.99 10.01,-180 10.01,-180 10))",
            "POINT(0 10)",
        ]
        .map(|text| wkt::read(text).unwrap()),
    );
    let parcel = "POLYGON((179.999 10,180 10,180 10.001,179.999 10.001,179.999 10))";
    let target = Target::new(&wkt::read(parcel).unwrap()).unwrap();
    let mut hits = near(&layer, &target, 2000.0);
    hits.sort_by_key(|hit| layer.id(hit.row));
    let distance = onemap::geom::geodesic::distance_m;
    assert_eq!(hits.len(), 3, "{hits:?}");
    let east = distance((180.0, 10.0005), (180.001, 10.0005));
    assert!((hits[0].distance_m - east).abs() < 1e-4, "{hits:?}");
    assert!(
        (hits[0].bearing_deg.unwrap() - 90.0).abs() < 0.01,
        "{hits:?}"
    );
    assert!((hits[0].nearest[1].x + 179.999).abs() < 1e-9, "{hits:?}");
    let west = distance((179.999, 10.0005), (179.99, 10.0005));
    assert!((hits[1].distance_m - west).abs() < 1e-4, "{hits:?}");
    assert_eq!(hits[2].contact, Contact::Touching);
    assert!(hits[2].overlap_m2 < 1e-6, "{hits:?}");
}

#[test]
fn a_parcel_at_a_pole_is_refused_and_one_in_the_far_north_is_right() {
    for text in [
        "POLYGON((0 89,10 89,10 89.5,0 89))",
        "POLYGON((0 -90,10 -89,10 -90,0 -90))",
        "MULTIPOLYGON EMPTY",
    ] {
        assert!(Target::new(&wkt::read(text).unwrap()).is_none(), "{text}");
    }
    let layer = snapshot([wkt::read("POINT(20.1 83.01)").unwrap()]);
    let north = wkt::read("POLYGON((20 83,20.05 83,20.05 83.002,20 83.002,20 83))").unwrap();
    let hits = near(&layer, &Target::new(&north).unwrap(), 2000.0);
    let corner = onemap::geom::geodesic::distance_m((20.05, 83.002), (20.1, 83.01));
    assert!(
        (hits[0].distance_m - corner).abs() < 1e-4,
        "{hits:?} {corner}"
    );
}

/// A point, a line or a polygon of a few hundred metres somewhere about a place.
fn anything() -> impl Strategy<Value = Geometry<f64>> {
    let place = (116.40..116.48f64, 39.90..39.96f64);
    let turns = proptest::collection::vec((-0.003..0.003f64, -0.003..0.003f64), 2..6);
    (place, turns, 0..3u8).prop_map(|((lon, lat), turns, kind)| {
        let corners = turns.iter().map(|(x, y)| Coord {
            x: lon + x,
            y: lat + y,
        });
        match kind {
            0 => Geometry::Point(Coord { x: lon, y: lat }.into()),
            1 => Geometry::LineString(corners.collect()),
            _ => {
                let hull =
                    geo::ConvexHull::convex_hull(&corners.collect::<geo_types::LineString>());
                Geometry::Polygon(Polygon::new(hull.exterior().clone(), vec![]))
            }
        }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn near_finds_what_asking_every_row_finds(
        rows in proptest::collection::vec(anything(), 1..80),
        parcel in anything().prop_filter("a parcel has ground", |g| matches!(g, Geometry::Polygon(_))),
        reach in 0.0..2500.0f64,
    ) {
        let layer = snapshot(rows.clone());
        let target = Target::new(&parcel).unwrap();
        let mut found: Vec<_> = near(&layer, &target, reach)
            .into_iter()
            .map(|hit| (layer.id(hit.row).0, hit))
            .collect();
        prop_assert!(found.is_sorted_by_key(|(_, hit)| hit.row));
        found.sort_by_key(|(id, _)| *id);
        let mut found = found.into_iter().peekable();
        for (id, row) in (0..).zip(&rows) {
            let hit = found.next_if(|(found, _)| *found == id).map(|(_, hit)| hit);
            // The other way round: the row is asked about the parcel.
            let asked = Target::new(row).unwrap();
            let parts = Parts::of(&parcel);
            let meeting = asked.meet(parts.runs());
            let metres = if meeting.contact == Contact::Apart {
                asked.nearest(parts.runs(), 20_000.0).unwrap().distance_m
            } else {
                0.0
            };
            prop_assume!((metres - reach).abs() > 1e-4);
            prop_assert_eq!(hit.is_some(), metres <= reach, "{} {:?}", metres, hit);
            if let Some(hit) = hit {
                prop_assert!((hit.distance_m - metres).abs() < 1e-4, "{} {:?}", metres, hit);
                prop_assert!((hit.overlap_m2 - meeting.overlap_m2).abs() < 1e-5, "{:?} {:?}", meeting, hit);
            }
        }
        prop_assert!(found.next().is_none());
        prop_assert!(near(&layer, &target, -1.0).is_empty());
    }
}
