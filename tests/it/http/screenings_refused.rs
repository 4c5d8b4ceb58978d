//! What cannot be screened, each said in words, and none a fault of the server's.

use serde_json::{Value, json};

use super::client::{Connection, get, post};
use super::screenings::{drawn, keeping};
use super::worlds::House;

/// A body with this outline.
fn outline(geometry: Value) -> Value {
    let mut body = drawn();
    body["parcel"]["geometry"] = geometry;
    body
}

fn ring(corners: &[[f64; 2]]) -> Value {
    json!({"type": "Polygon", "coordinates": [corners]})
}

fn refused(house: &House, body: &str, slug: &str) -> String {
    post(house.public, "/screenings?keep=no&lang=en", body).problem(400, slug)
}

#[test]
fn uses_profiles_and_parcels_that_are_not_there_are_named_with_those_that_are() {
    let house = House::open();
    let said = |query: &str, status: u16, slug: &str| {
        let reply = get(house.public, &format!("/screenings?lang=en&{query}"));
        reply.problem(status, slug)
    };
    let place = "lon=116.305&lat=39.805";
    for (query, word) in [
        ("planned=701", "0701"),
        ("planned=0701,R2", "gb50137-2011"),
        ("planned=0701&current=9999", "9999"),
        ("planned=gb50137:R2", "gb50137-2011"),
        ("planned=R2&system=gbt", "gb50137-2011"),
        ("system=gbt", "gb50137-2011"),
    ] {
        let said = said(&format!("{place}&{query}"), 400, "unknown-use");
        assert!(said.contains(word), "{query}: {said}");
    }
    let fit = get(
        house.public,
        &format!("/screenings?{place}&planned=R2&system=gb50137-2011"),
    );
    assert_eq!(fit.json()["planned_use"]["system"], "gb50137-2011");
    let none = said(&format!("{place}&profile=mine"), 400, "unknown-profile");
    assert!(none.contains("local-500-1000"), "{none}");
    said("parcel=P-0001", 404, "unknown-parcel");
    said("place=nowhere", 404, "unknown-parcel");
    said("lon=100&lat=39.9", 404, "unknown-parcel");
    for query in [
        "",
        "parcel=1&place=x",
        "lon=116.3",
        "lon=200&lat=39.9",
        "lon=NaN&lat=39.9",
        "lon=inf&lat=39.9",
        "lon=116.3&lat=x",
        "parcel=",
    ] {
        said(query, 400, "bad-parameter");
    }
    said(&format!("{place}&colour=red"), 400, "unknown-parameter");
    house.close();
}

#[test]
fn a_point_on_a_border_names_the_parcels_on_both_sides() {
    let house = House::open();
    let reply = get(
        house.public,
        "/screenings?lon=116.31&lat=39.805&planned=0701",
    );
    reply.problem(409, "several-parcels");
    let candidates = reply.json()["candidates"].clone();
    let features: Vec<i64> = candidates
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["feature"].as_i64().unwrap())
        .collect();
    assert_eq!(features, [1, 2]);
    let body = json!({"parcel": {"point": [116.31, 39.81]}}).to_string();
    let reply = post(house.public, "/screenings?keep=no", &body);
    reply.problem(409, "several-parcels");
    assert_eq!(reply.json()["candidates"].as_array().unwrap().len(), 4);
    house.close();
}

#[test]
fn an_outline_that_is_none_is_refused_in_words() {
    let house = House::open();
    let crossing = ring(&[
        [116.3, 39.8],
        [116.31, 39.81],
        [116.31, 39.8],
        [116.3, 39.81],
    ]);
    let across = ring(&[[179.9, 39.8], [-179.9, 39.8], [-179.9, 39.9], [179.9, 39.9]]);
    let huge = ring(&[[116.0, 39.0], [118.0, 39.0], [118.0, 41.0], [116.0, 41.0]]);
    for (geometry, word) in [
        (crossing, "crosses itself"),
        (across, "antimeridian"),
        (huge, "at most"),
        (json!({"type": "Polygon", "coordinates": []}), "empty"),
        (
            json!({"type": "MultiPolygon", "coordinates": [[[]]]}),
            "empty",
        ),
        (ring(&[[116.3, 39.8], [116.31, 39.8]]), "too few"),
        (
            ring(&[[116.3, 39.8], [116.300_000_1, 39.8], [116.3, 39.800_000_1]]),
            "less than 0.01",
        ),
    ] {
        let said = refused(&house, &outline(geometry).to_string(), "bad-outline");
        assert!(said.contains(word), "{word}: {said}");
    }
    for corners in [10_001_u32, 100_000] {
        let circle: Vec<[f64; 2]> = (0..corners)
            .map(|n| {
                let turn = f64::from(n) / f64::from(corners) * std::f64::consts::TAU;
                let round = |x: f64| (x * 1e4).round() / 1e4;
                [
                    round(116.3 + turn.cos() / 1e3),
                    round(39.8 + turn.sin() / 1e3),
                ]
            })
            .collect();
        let body = outline(ring(&circle)).to_string();
        let reply = post(house.public, "/screenings?keep=no&lang=en", &body);
        if body.len() > 1024 * 1024 {
            reply.problem(413, "body-too-large");
        } else {
            assert!(reply.problem(400, "bad-outline").contains("10000"));
        }
    }
    house.close();
}

#[test]
fn coordinates_of_another_reference_system_are_told_which_they_look_like() {
    let house = House::open();
    let metres = [
        [457_890.0, 4_420_123.0],
        [457_990.0, 4_420_123.0],
        [457_990.0, 4_420_223.0],
    ];
    let swapped = metres.map(|[x, y]| [y, x]);
    let latitude = [[39.8, 116.3], [39.8, 116.31], [39.81, 116.31]];
    for (corners, word) in [
        (metres, "EPSG:45"),
        (swapped, "northing"),
        (latitude, "lat, lon"),
    ] {
        let said = refused(&house, &outline(ring(&corners)).to_string(), "bad-outline");
        assert!(said.contains(word), "{word}: {said}");
    }
    let mut declared = outline(ring(&metres));
    declared["parcel"]["crs"] = json!("EPSG:4548");
    let reply = post(house.public, "/screenings?keep=no", &declared.to_string());
    assert_eq!(reply.status, 200, "{}", reply.json());
    let area = reply.json()["parcel"]["area_m2"].as_f64().unwrap();
    assert!((area - 5000.0).abs() < 5.0, "{area}");
    let mut degrees = drawn();
    degrees["parcel"]["crs"] = json!("EPSG:4548");
    refused(&house, &degrees.to_string(), "bad-outline");
    for crs in ["EPSG:1", "Paris", "wkt:/etc/passwd", ""] {
        degrees["parcel"]["crs"] = json!(crs);
        refused(&house, &degrees.to_string(), "bad-body");
    }
    house.close();
}

#[test]
fn an_outline_outside_the_district_is_answered_as_incomplete() {
    let house = House::open();
    let away = ring(&[
        [100.0, 30.0],
        [100.01, 30.0],
        [100.01, 30.01],
        [100.0, 30.01],
    ]);
    let body = outline(away).to_string();
    let screening = post(house.public, "/screenings?keep=no", &body).json();
    assert_eq!(screening["complete"], false);
    assert!(!screening["unknowns"].as_array().unwrap().is_empty());
    house.close();
}

#[test]
fn a_body_that_is_not_as_it_should_be_is_told_where() {
    let house = House::open();
    let nested = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for (body, word) in [
        ("", "line"),
        ("{", "line 1"),
        ("[]", "parcel, planned_use"),
        (nested.as_str(), "line 1"),
        (r#"{"parcel": {"point": [NaN, 1]}}"#, "column"),
        (r#"{"parcel": {"point": [1e999, 1]}}"#, "line 1"),
        (r#"{"parcel": {"point": ["116", "39"]}}"#, "two numbers"),
        (r#"{"parcel": {"id": 7}}"#, "'id' must be a text"),
        (r#"{"parcel": {"id": "a", "place": "b"}}"#, "one only"),
        (r#"{"planned_use": "0701"}"#, "'parcel'"),
        (r#"{"parcel": {"id": "a"}, "colour": 1}"#, "'colour'"),
        (r#"{"parcel": {"id": "a", "colour": 1}}"#, "'colour'"),
        (
            r#"{"parcel": {"id": "a"}, "planned_use": 701}"#,
            "planned_use",
        ),
        (
            r#"{"parcel": {"id": "a"}, "planned_use": {"system": "x"}}"#,
            "'code'",
        ),
        (
            r#"{"parcel": {"geometry": {"type": "Point", "coordinates": [1, 2]}}}"#,
            "MultiPolygon",
        ),
        (
            r#"{"parcel": {"geometry": {"type": "Polygon", "coordinates": [], "crs": "EPSG:4548"}}}"#,
            "beside 'geometry'",
        ),
    ] {
        let said = refused(&house, body, "bad-body");
        assert!(said.contains(word), "{word}: {said}");
    }
    house.close();
}

#[test]
fn a_body_of_another_kind_or_too_large_is_refused_before_it_is_read() {
    let house = keeping(None);
    let head = |headers: &str| {
        let mut connection = Connection::open(house.public);
        connection
            .send(format!("POST /screenings HTTP/1.1\r\nHost: a\r\n{headers}\r\n").as_bytes());
        connection.read(false).unwrap()
    };
    head("Content-Type: application/json\r\nContent-Length: 52428800\r\n")
        .problem(413, "body-too-large");
    for media in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    ] {
        head(&format!(
            "Content-Type: {media}\r\nContent-Length: 2\r\n\r\n{{}}"
        ))
        .problem(415, "unsupported-media-type");
    }
    head("Content-Length: 2\r\n\r\n{}").problem(415, "unsupported-media-type");
    let packed =
        "Content-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n";
    head(&format!("{packed}\r\n{{}}")).problem(415, "unsupported-media-type");
    post(house.public, "/screenings?keep=perhaps", "{}").problem(400, "bad-parameter");
    house.close();
}

#[test]
fn a_name_as_long_as_a_book_is_refused_at_once_and_repeated_in_part() {
    let house = House::open();
    let long = "字".repeat(100_000);
    let id = json!({"parcel": {"id": long}}).to_string();
    let place = json!({"parcel": {"place": long}}).to_string();
    for body in [id, place] {
        let reply = post(house.public, "/screenings?keep=no", &body);
        assert!(reply.problem(404, "unknown-parcel").len() < 600);
    }
    for (key, slug) in [
        ("planned_use", "unknown-use"),
        ("current_use", "unknown-use"),
        ("profile", "unknown-profile"),
    ] {
        let mut body = drawn();
        body[key] = json!(long);
        let said = refused(&house, &body.to_string(), slug);
        assert!(said.len() < 1000, "{key}: {}", said.len());
    }
    house.close();
}

#[test]
fn who_hangs_up_leaves_nothing_broken_behind() {
    let house = keeping(None);
    let body = drawn().to_string();
    let head = format!(
        "POST /screenings HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    for sent in [
        head.len() / 2,
        head.len(),
        head.len() + body.len() / 2,
        head.len() + body.len(),
    ] {
        for _ in 0..8 {
            let whole = format!("{head}{body}");
            Connection::open(house.public).send(&whole.as_bytes()[..sent]);
        }
    }
    let made = post(house.public, "/screenings", &body);
    assert_eq!(made.status, 201);
    let metrics = get(house.public, "/metrics").plain();
    let metrics = String::from_utf8(metrics).unwrap();
    assert!(!metrics.contains("status=\"500\""), "{metrics}");
    house.close();
}
