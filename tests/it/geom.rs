//! Coordinates against published answers.

use std::io::BufRead as _;
use std::path::Path;

use geo::BooleanOps as _;
use geo_types::{LineString, MultiPolygon, Polygon};
use onemap::geom::{Crs, FromLonLat, Geometry, ToLonLat, bd09, gcj02, geodesic, validity, wkt};
use onemap::text::Key;

use super::support;

/// The rows of a CSV file of the shared reference data, its header aside.
fn rows(path: &str) -> Option<Vec<csv::StringRecord>> {
    let path = support::shared(path)?;
    Some(
        csv::Reader::from_path(path)
            .unwrap()
            .records()
            .map(Result::unwrap)
            .collect(),
    )
}

fn number(row: &csv::StringRecord, column: usize) -> f64 {
    row[column].parse().unwrap()
}

fn crs(text: &str) -> Crs {
    Crs::parse(text, Path::new("/")).unwrap()
}

#[test]
fn the_epsg_test_points_are_met_to_a_millimetre_both_ways() {
    let Some(rows) = rows("standards/crs_test_points.csv") else {
        return;
    };
    assert_eq!(rows.len(), 24);
    for row in rows {
        let (lon, lat) = (number(&row, 0), number(&row, 1));
        let (east, north) = (number(&row, 3), number(&row, 4));
        let crs = crs(&format!("EPSG:{}", &row[2]));
        let (x, y) = FromLonLat::new(&crs).unwrap().coord(lon, lat).unwrap();
        assert!(
            (x - east).abs() < 1e-3 && (y - north).abs() < 1e-3,
            "{crs}: {x} {y}"
        );
        let (lon2, lat2) = ToLonLat::new(&crs).unwrap().coord(east, north).unwrap();
        assert!(
            (lon2 - lon).abs() < 1e-8 && (lat2 - lat).abs() < 1e-8,
            "{crs}: {lon2} {lat2}"
        );
    }
}

#[test]
fn the_published_gcj_02_pairs_are_met_to_1e_9_degrees() {
    let Some(rows) = rows("standards/gcj02_bd09_examples.csv") else {
        return;
    };
    let published = rows
        .iter()
        .filter(|row| row[7].contains("reproduced to 1e-12"));
    let mut met = 0;
    for row in published {
        let (lon, lat) = gcj02::from_wgs84(number(row, 1), number(row, 2));
        assert!((lon - number(row, 3)).abs() < 1e-9 && (lat - number(row, 4)).abs() < 1e-9);
        let (lon, lat) = gcj02::to_wgs84(number(row, 3), number(row, 4));
        assert!((lon - number(row, 1)).abs() < 1e-9 && (lat - number(row, 2)).abs() < 1e-9);
        let (lon, lat) = bd09::from_wgs84(number(row, 1), number(row, 2));
        assert!((lon - number(row, 9)).abs() < 1e-7 && (lat - number(row, 10)).abs() < 1e-7);
        met += 1;
    }
    assert_eq!(met, 3);
}

#[test]
fn the_quadruples_of_another_library_are_met_to_their_eighth_decimal() {
    let Some(rows) = rows("data/boundary/gcj02_test_pairs.csv") else {
        return;
    };
    for row in &rows {
        let near = |(lon, lat): (f64, f64), column: usize| {
            let (theirs_lon, theirs_lat) = (number(row, column), number(row, column + 1));
            assert!((lon - theirs_lon).abs() < 1e-8, "{lon} {theirs_lon}");
            assert!((lat - theirs_lat).abs() < 1e-8, "{lat} {theirs_lat}");
        };
        let (lon, lat) = (number(row, 1), number(row, 2));
        near(gcj02::from_wgs84(lon, lat), 3);
        near(bd09::from_wgs84(lon, lat), 5);
        near(gcj02::to_wgs84(number(row, 3), number(row, 4)), 1);
        near(bd09::to_wgs84(number(row, 5), number(row, 6)), 1);
    }
    assert_eq!(rows.len(), 4);
}

/// The polygons of one feature of a GeoJSON file, chosen by a property.
fn district(path: &Path, adcode: &str) -> MultiPolygon<f64> {
    let text = std::fs::read_to_string(path).unwrap();
    let file: serde_json::Value = serde_json::from_str(&text).unwrap();
    let features = file["features"].as_array().unwrap();
    let feature = features
        .iter()
        .find(|f| f["properties"]["adcode"] == adcode)
        .unwrap();
    match geometry(&feature["geometry"]) {
        Geometry::MultiPolygon(parts) => parts,
        Geometry::Polygon(polygon) => polygon.into(),
        other => unreachable!("{other:?}"),
    }
}

/// A polygon or multipolygon of GeoJSON.
fn geometry(json: &serde_json::Value) -> Geometry {
    let ring = |json: &serde_json::Value| -> LineString<f64> {
        let at = |c: &serde_json::Value| (c[0].as_f64().unwrap(), c[1].as_f64().unwrap());
        json.as_array().unwrap().iter().map(at).collect()
    };
    let polygon = |json: &serde_json::Value| {
        let mut rings: Vec<_> = json.as_array().unwrap().iter().map(ring).collect();
        Polygon::new(rings.remove(0), rings)
    };
    let coordinates = &json["coordinates"];
    match json["type"].as_str() {
        Some("Polygon") => Geometry::Polygon(polygon(coordinates)),
        Some("MultiPolygon") => Geometry::MultiPolygon(
            coordinates
                .as_array()
                .unwrap()
                .iter()
                .map(polygon)
                .collect(),
        ),
        other => unreachable!("{other:?}"),
    }
}

fn area_km2(parts: &MultiPolygon<f64>) -> f64 {
    geodesic::area_m2(&Geometry::MultiPolygon(parts.clone())) / 1e6
}

/// Shared area over joint area.
fn overlap(one: &MultiPolygon<f64>, other: &MultiPolygon<f64>) -> f64 {
    area_km2(&one.intersection(other)) / area_km2(&one.union(other))
}

#[test]
fn chaoyang_has_its_area_in_two_parts_once_gcj_02_is_undone() {
    let Some(folder) = support::shared("data/boundary") else {
        return;
    };
    let undone = district(&folder.join("chaoyang_110105_wgs84.geojson"), "110105");
    assert_eq!(undone.0.len(), 2);
    let area = area_km2(&undone);
    assert!((area / 463.87 - 1.0).abs() < 0.005, "{area}");
    // pyproj 3.7.2, Geod.polygon_area_perimeter, each edge cut into 50 pieces.
    assert!((area - 464.224_452_616_769).abs() < 1e-6, "{area}");

    let shifted = district(&folder.join("chaoyang_110105_gcj02.geojson"), "110105");
    let mut ours = Geometry::MultiPolygon(shifted.clone());
    ToLonLat::new(&crs("GCJ-02"))
        .unwrap()
        .geometry(&mut ours)
        .unwrap();
    assert!(validity::faults(&ours).is_empty());
    let Geometry::MultiPolygon(ours) = ours else {
        unreachable!()
    };
    assert!((area_km2(&ours) / 463.87 - 1.0).abs() < 0.005);

    let outlines = folder.join("beijing_districts_cgcs2000_tianditu_simplified.geojson");
    let other = district(&outlines, "110105");
    let (before, after) = (overlap(&shifted, &other), overlap(&ours, &other));
    assert!((before - 0.906).abs() < 0.002, "{before}");
    assert!(after >= 0.97, "{after}");
}

#[test]
fn the_126_invalid_output_areas_are_found_and_each_is_repaired_or_named() {
    let Some(path) = support::shared("data/bulk/uk_oa2011_urban_105285.geojsonl.gz") else {
        return;
    };
    let file = flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap());
    let (mut read, mut invalid, mut repaired, mut named) = (0, 0, 0, 0);
    for line in std::io::BufReader::new(file).lines() {
        let feature: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let geometry = geometry(&feature["geometry"]);
        read += 1;
        let faults = validity::faults(&geometry);
        if faults.is_empty() {
            continue;
        }
        invalid += 1;
        match validity::repair(geometry) {
            Ok(mended) => {
                assert!(validity::faults(&mended.geometry).is_empty());
                assert!(!mended.notes.is_empty());
                repaired += 1;
            }
            Err(reasons) => {
                assert!(!reasons.is_empty());
                named += 1;
            }
        }
    }
    // As many as GEOS 3.13 (shapely 2.2) finds, all of them self-touching rings.
    assert_eq!((read, invalid), (105_285, 126));
    assert_eq!((repaired, named), (126, 0));
}

/// Of the point 116.4° E 39.9° N: pyproj 3.7.2 / PROJ 9.5.1, east first.
const ONE_POINT: [(&str, f64, f64); 7] = [
    ("EPSG:4326", 116.4, 39.9),
    ("EPSG:4490", 116.4, 39.9),
    ("EPSG:4547", 705_254.660, 4_421_184.039),
    ("EPSG:4527", 39_448_688.856, 4_418_598.001),
    ("EPSG:4498", 20_448_688.856, 4_418_598.001),
    ("EPSG:32650", 448_709.380, 4_416_830.562),
    ("EPSG:3857", 12_957_588.728, 4_851_421.175),
];

#[test]
fn x_is_east_and_y_north_whatever_order_the_registry_has() {
    for (code, east, north) in ONE_POINT {
        let (x, y) = FromLonLat::new(&crs(code))
            .unwrap()
            .coord(116.4, 39.9)
            .unwrap();
        assert!(
            (x - east).abs() < 1e-3 && (y - north).abs() < 1e-3,
            "{code}: {x} {y}"
        );
        let (lon, lat) = ToLonLat::new(&crs(code)).unwrap().coord(x, y).unwrap();
        assert!(
            (lon - 116.4).abs() < 1e-10 && (lat - 39.9).abs() < 1e-10,
            "{code}: {lon} {lat}"
        );
    }
}

#[test]
fn a_proj_data_of_another_version_does_no_harm() {
    // GDAL's own PROJ, in this process too, obeys PROJ_DATA; a database of another version there
    // must not be taken for ours. The environment is a process's own, so another one tries it.
    let damaged = tempfile::tempdir().unwrap();
    std::fs::write(damaged.path().join("proj.db"), "no database").unwrap();
    let folders = [
        Path::new("/usr/share/proj"),
        Path::new("/nonexistent"),
        damaged.path(),
    ];
    for folder in folders {
        let child = std::process::Command::new(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "geom::x_is_east_and_y_north_whatever_order_the_registry_has",
            ])
            .env("PROJ_DATA", folder)
            .env("PROJ_LIB", folder)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&child.stdout);
        assert!(
            child.status.success() && said.contains("1 passed"),
            "{}: {said}",
            folder.display()
        );
    }
}

#[test]
fn gdals_own_proj_gives_the_same_metre() {
    use gdal::spatial_ref::{AxisMappingStrategy, CoordTransform, SpatialRef};
    let degrees = |code| {
        let mut srs = SpatialRef::from_epsg(code).unwrap();
        srs.set_axis_mapping_strategy(AxisMappingStrategy::TraditionalGisOrder);
        srs
    };
    for (code, from) in [
        (4547, 4490),
        (4548, 4490),
        (4527, 4490),
        (4498, 4490),
        (32650, 4326),
        (3857, 4326),
    ] {
        let theirs = CoordTransform::new(&degrees(from), &degrees(code)).unwrap();
        let ours = FromLonLat::new(&crs(&format!("EPSG:{code}"))).unwrap();
        for step in 0..100 {
            let (lon, lat) = (
                115.5 + f64::from(step) * 0.02,
                41.0 - f64::from(step) * 0.015,
            );
            let (mut x, mut y) = ([lon], [lat]);
            theirs.transform_coords(&mut x, &mut y, &mut [0.0]).unwrap();
            let (east, north) = ours.coord(lon, lat).unwrap();
            assert!(
                (east - x[0]).abs() < 1e-6 && (north - y[0]).abs() < 1e-6,
                "{code} {lon} {lat}"
            );
        }
    }
}

#[test]
fn coordinates_that_are_nowhere_are_refused() {
    let refusal = |code: &str, x: f64, y: f64| {
        ToLonLat::new(&crs(code))
            .unwrap()
            .coord(x, y)
            .unwrap_err()
            .key()
    };
    assert_eq!(refusal("EPSG:4548", f64::NAN, 0.0), Key::GeomCoordNotFinite);
    assert_eq!(
        refusal("CRS84", f64::INFINITY, 0.0),
        Key::GeomCoordNotFinite
    );
    // Metres that were declared as degrees; north before east.
    assert_eq!(
        refusal("CRS84", 448_688.0, 4_418_598.0),
        Key::GeomCoordOffGlobe
    );
    assert_eq!(refusal("GCJ-02", 39.9, 116.4), Key::GeomCoordOffGlobe);
    assert_eq!(refusal("EPSG:3857", 1e9, 0.0), Key::GeomCoordOffGlobe);
    assert_eq!(refusal("EPSG:4548", 1e30, 1e30), Key::GeomCoordRefused);
}

#[test]
fn a_datum_without_a_known_way_to_wgs_84_is_refused_not_guessed() {
    // Xian 1980: its parameters are not public.
    let problem = ToLonLat::new(&crs("EPSG:2385")).unwrap_err();
    assert_eq!(problem.message().key(), Key::GeomCrsNoWay);
    assert!(
        ToLonLat::new(&crs("EPSG:2437")).is_ok(),
        "Beijing 1954 has public parameters"
    );
}

#[test]
fn a_local_system_is_read_from_its_definition() {
    let folder = tempfile::tempdir().unwrap();
    let axes =
        r#"CS[Cartesian,2],AXIS["north (X)",north],AXIS["east (Y)",east],LENGTHUNIT["metre",1]]"#;
    let wkt = format!(
        r#"PROJCRS["local",BASEGEOGCRS["CGCS2000",DATUM["China 2000",ELLIPSOID["CGCS2000",6378137,298.257222101]],ID["EPSG",4490]],CONVERSION["m",METHOD["Transverse Mercator",ID["EPSG",9807]],PARAMETER["Latitude of natural origin",0],PARAMETER["Longitude of natural origin",117],PARAMETER["Scale factor at natural origin",1],PARAMETER["False easting",39500000],PARAMETER["False northing",0]],{axes}"#
    );
    std::fs::write(folder.path().join("local.wkt"), wkt).unwrap();
    std::fs::write(
        folder.path().join("local.txt"),
        "+proj=tmerc +lat_0=0 +lon_0=117 +k=1 +x_0=39500000 +y_0=0 +ellps=GRS80 +towgs84=0,0,0 +units=m",
    )
    .unwrap();
    for text in ["wkt:local.wkt", "proj:local.txt"] {
        let local = Crs::parse(text, folder.path()).unwrap();
        let (lon, lat) = ToLonLat::new(&local)
            .unwrap()
            .coord(39_448_688.856, 4_418_598.001)
            .unwrap();
        assert!(
            (lon - 116.4).abs() < 1e-8 && (lat - 39.9).abs() < 1e-8,
            "{text}: {lon} {lat}"
        );
        assert_eq!(local.accepts(Some(4527), ""), text.starts_with("wkt"));
    }
}

#[test]
fn geos_finds_the_same_polygons_valid() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/validity_geos.tsv"
    );
    let text = std::fs::read_to_string(path).unwrap();
    let (mut valid, mut invalid) = (0, 0);
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (theirs, text) = line.split_once('\t').unwrap();
        // GEOS does not mind a vertex repeated in a row.
        let mut faults = validity::faults(&wkt::read(text).unwrap());
        faults.retain(|fault| fault.key() != Key::GeomFaultRepeated);
        assert_eq!(
            faults.is_empty(),
            theirs == "Valid Geometry",
            "{theirs}: {text}: {faults:?}"
        );
        *(if faults.is_empty() {
            &mut valid
        } else {
            &mut invalid
        }) += 1;
    }
    assert!(valid > 100 && invalid > 300, "{valid} {invalid}");
}
