//! Coordinates against published answers.

use std::path::Path;

use onemap::geom::{Crs, FromLonLat, ToLonLat, bd09, gcj02};

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
