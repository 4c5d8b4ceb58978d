//! `/places` with coordinates: in which system and order they are read, and what is said of that.

use serde_json::Value as Json;

use super::client::get;
use super::places::{ask, open, path};
use super::worlds::House;

/// The readings of coordinates, as `(order, crs, inside)`, and where each is.
fn read(house: &House, q: &str, more: &str) -> Vec<(String, String, Json, f64, f64)> {
    let places = ask(house.public, q, more);
    let coordinates = places
        .as_array()
        .unwrap()
        .iter()
        .filter(|place| place["kind"] == "coordinate");
    let text = |json: &Json| json.as_str().unwrap().to_owned();
    let reading = |place: &Json| {
        let reading = &place["reading"];
        let center = |n: usize| place["center"][n].as_f64().unwrap();
        (
            text(&reading["order"]),
            text(&reading["crs"]),
            reading["inside"].clone(),
            center(0),
            center(1),
        )
    };
    coordinates.map(reading).collect()
}

/// What is asked, with which parameters, and how and where it is read.
type Asked = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    f64,
    f64,
);

const COORDINATES: &[Asked] = &[
    ("116.46, 39.92", "", "lon,lat", "CRS84", 116.46, 39.92),
    ("39.92N 116.46E", "", "lat,lon", "CRS84", 116.46, 39.92),
    (
        "39°55′12″N 116°27′36″E",
        "",
        "lat,lon",
        "CRS84",
        116.46,
        39.92,
    ),
    (
        "北纬39.92° 东经116.46°",
        "",
        "lat,lon",
        "CRS84",
        116.46,
        39.92,
    ),
    (
        "CGCS2000 39.92 116.46",
        "",
        "lat,lon",
        "EPSG:4490",
        116.46,
        39.92,
    ),
    (
        "116.46 39.92",
        "&crs=EPSG:4490",
        "lon,lat",
        "EPSG:4490",
        116.46,
        39.92,
    ),
    // gdaltransform 3.6.2; the registry's order, and the other.
    (
        "EPSG:4548 4420123.4 457890.1",
        "",
        "northing,easting",
        "EPSG:4548",
        116.507_491,
        39.914_244_5,
    ),
    (
        "4420123.4, 457890.1",
        "&crs=EPSG:4548",
        "northing,easting",
        "EPSG:4548",
        116.507_491,
        39.914_244_5,
    ),
    (
        "EPSG:4548 457890.1 4420123.4",
        "",
        "easting,northing",
        "EPSG:4548",
        116.507_491,
        39.914_244_5,
    ),
    // The district's government, in the shared list of pairs.
    (
        "GCJ-02 116.44969538,39.92326746",
        "",
        "lon,lat",
        "GCJ-02",
        116.4435,
        39.9219,
    ),
    (
        "bd09 116.45628038 39.92896165",
        "",
        "lon,lat",
        "BD-09",
        116.4435,
        39.9219,
    ),
];

#[test]
fn coordinates_are_read_in_any_system_and_say_how() {
    let house = open();
    for &(q, more, order, crs, lon, lat) in COORDINATES {
        let read = read(&house, q, more);
        let [(read_order, read_crs, inside, x, y)] = &*read else {
            panic!("{q}: {read:?}");
        };
        assert_eq!(
            (&**read_order, &**read_crs, inside),
            (order, crs, &true.into()),
            "{q}"
        );
        assert!(
            (x - lon).abs() < 2e-7 && (y - lat).abs() < 2e-7,
            "{q}: {x} {y}"
        );
    }
    let place = &ask(house.public, "116.415 39.905", "&lang=en")[0];
    assert_eq!(place["title"], "39.905000°N 116.415000°E");
    assert_eq!(
        place["detail"],
        "read as longitude, latitude in CGCS2000 / WGS 84 degrees, as no reference system is named · in 朝外街道"
    );
    let place = &ask(house.public, "EPSG:4548 457890.1 4420123.4", "&lang=en")[0];
    assert_eq!(
        place["detail"],
        "read as easting, northing in EPSG:4548 · not in the registry's order, which makes no sense here · in Chaoyang"
    );
    house.close();
}

#[test]
fn what_is_not_certain_of_coordinates_is_not_picked_silently() {
    let house = open();
    // Both orders: what leads here first, where one does.
    let both = read(&house, "39.92, 45.5", "");
    assert_eq!(
        both.iter().map(|read| &*read.0).collect::<Vec<_>>(),
        ["lon,lat", "lat,lon"]
    );
    assert!(both.iter().all(|read| read.2 == false));
    let place = &ask(house.public, "39.92, 45.5", "&lang=en")[0];
    let detail = place["detail"].as_str().unwrap();
    assert!(detail.contains("the other one is possible"), "{detail}");
    assert!(detail.contains("outside Chaoyang"), "{detail}");
    // Beyond where the system is used, which is said, not hidden.
    let far = &ask(house.public, "EPSG:4548 100 200", "&lang=en")[0];
    assert!(
        far["detail"]
            .as_str()
            .unwrap()
            .contains("outside the area of use of EPSG:4548"),
        "{far}"
    );
    // Metres without a system are no place; neither is one that does not exist.
    for (q, word) in [
        ("4420123.4 457890.1", "EPSG:4548"),
        ("EPSG:999999 1 2", "EPSG:999999"),
        ("GCJ-02 4420123.4 457890.1", "GCJ-02"),
    ] {
        let json = get(house.public, &path(q, "&lang=en")).json();
        assert_eq!(json["places"], serde_json::json!([]));
        assert!(json["note"].as_str().unwrap().contains(word), "{json}");
    }
    // Two numbers may be part of a number: what is here comes before what is elsewhere.
    let places = ask(house.public, "001 001", "");
    assert_eq!(places[0]["kind"], "feature");
    assert_eq!(places[9]["kind"], "coordinate");
    for crs in [
        "wkt:/etc/passwd",
        "proj:local",
        "EPSG:",
        "EPSG:999999",
        "4548",
        "EPSG:5773",
    ] {
        let path = path("1 2", &format!("&crs={crs}"));
        get(house.public, &path).problem(400, "bad-parameter");
    }
    house.close();
}
