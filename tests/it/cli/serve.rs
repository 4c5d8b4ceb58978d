//! `onemap serve`: what it refuses to start with, who sees what, and what a running server does when
//! the store changes.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use super::{District, get, json};

/// A district of points, all of one kind.
fn points(kind: &str, count: usize) -> District {
    let district = District::fixture("points");
    write_points(&district, kind, count);
    district.run(&["import"]).ended(0);
    district
}

fn write_points(district: &District, kind: &str, count: usize) {
    let rows = (0..count).map(|i| format!("p{i},{kind},116.4{i:03},39.9\n"));
    let rows = rows.collect::<Vec<_>>().concat();
    std::fs::write(
        district.path("data/points.csv"),
        format!("id,kind,lon,lat\n{rows}"),
    )
    .unwrap();
}

#[test]
fn what_it_cannot_start_with_is_said_in_a_sentence() {
    let district = points("well", 3);
    let serving = district.serve(&[]);
    let taken = serving.public.trim_start_matches("http://");
    let refused = district.run(&["serve", "--listen", taken]).ended(1);
    assert!(refused.err.contains(taken), "{}", refused.err);
    let framed = district.run(&["serve", "--frame-ancestors", "https://a.example;x"]);
    let framed = framed.ended(1);
    assert!(framed.err.contains("https://a.example;x"), "{}", framed.err);
    let absent = district.run(&["serve", "--store", "absent.gpkg"]).ended(1);
    assert!(absent.err.contains("absent.gpkg"), "{}", absent.err);
    let nowhere = district.run(&["serve", "--layers", "nowhere"]).ended(1);
    assert!(nowhere.err.contains("nowhere"), "{}", nowhere.err);
    std::fs::write(district.path("onemap.toml"), "stroe = \"x\"\n").unwrap();
    let misspelt = district.run(&["serve"]).ended(1);
    assert!(
        misspelt.err.contains("onemap.toml:1") && misspelt.err.contains("stroe"),
        "{}",
        misspelt.err
    );
}

#[test]
fn a_store_that_changes_is_swapped_in_while_requests_go_on() {
    let district = points("well", 400);
    let serving = district.serve(&[]);
    let url = format!("{}/collections/points/items?limit=1000", serving.public);
    let (done, asked, swaps) = (AtomicBool::new(false), AtomicU64::new(0), AtomicU64::new(0));
    std::thread::scope(|scope| {
        // However this ends, the askers end with it.
        let _ended = Ended(&done);
        for _ in 0..4 {
            scope.spawn(|| {
                let mut last = String::new();
                while !done.load(Ordering::Relaxed) {
                    let answer = json(&url);
                    let features = answer["features"].as_array().unwrap();
                    let kinds: BTreeSet<_> = features
                        .iter()
                        .map(|f| f["properties"]["kind"].as_str().unwrap())
                        .collect();
                    let told = format!("{} {kinds:?}", features.len());
                    let whole = ["400 {\"well\"}", "300 {\"spring\"}"].contains(&told.as_str());
                    assert!(whole, "a mix: {told}");
                    if !last.is_empty() && last != told {
                        swaps.fetch_add(1, Ordering::Relaxed);
                    }
                    last = told;
                    asked.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for (kind, count) in [("spring", 300), ("well", 400), ("spring", 300)] {
            write_points(&district, kind, count);
            district.run(&["import", "points"]).ended(0);
            let patience = Instant::now() + Duration::from_secs(30);
            while json(&url)["numberMatched"] != count && Instant::now() < patience {
                std::thread::sleep(Duration::from_millis(50));
            }
            assert_eq!(
                json(&url)["numberMatched"],
                count,
                "the server did not take it in"
            );
        }
    });
    assert!(asked.load(Ordering::Relaxed) > 20);
    assert!(swaps.load(Ordering::Relaxed) >= 3);
    let log = serving.stop();
    assert!(
        !log.contains("\"level\":\"ERROR\"") && !log.contains("\"level\":\"WARN\""),
        "{log}"
    );
}

/// Says so when it goes.
struct Ended<'a>(&'a AtomicBool);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// What an answer tells: all of it but its moment and the number of its request.
fn told(text: &str) -> Vec<u8> {
    let mut text = text.to_owned();
    for passing in ["\"timeStamp\":\"", "\"instance\":\""] {
        if let Some(at) = text.find(passing) {
            let value = at + passing.len();
            let end = value + text[value..].find('"').unwrap();
            text.replace_range(value..end, "");
        }
    }
    text.into_bytes()
}

/// Every public answer that could tell something about a layer.
fn public_face(base: &str) -> Vec<(String, u16, Vec<u8>)> {
    let mut paths = vec!["/", "/collections", "/styles", "/styles/onemap"]
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    let collections = json(&format!("{base}/collections"));
    for collection in collections["collections"].as_array().unwrap() {
        let id = collection["id"].as_str().unwrap();
        for path in ["", "/schema", "/items?limit=10000"] {
            paths.push(format!("/collections/{id}{path}"));
        }
        paths.push(format!("/tiles/{id}.json"));
        paths.push(format!("/styles/{id}"));
        for (z, x, y) in [
            (0, 0, 0),
            (8, 210, 96),
            (10, 843, 388),
            (12, 3372, 1552),
            (14, 13489, 6209),
        ] {
            paths.push(format!("/tiles/{id}/{z}/{x}/{y}.mvt"));
        }
    }
    paths
        .into_iter()
        .map(|path| {
            let (status, body) = get(&format!("{base}{path}"));
            let body = match String::from_utf8(body) {
                Ok(text) => told(&text.replace(base, "")),
                Err(tile) => tile.into_bytes(),
            };
            (path, status, body)
        })
        .collect()
}

/// Changes what the public does not see of the demonstration's occurrences: where in its cell each
/// lies, who saw it, and that there is one more which is withheld.
fn hide_other_occurrences(district: &District) {
    let path = district.path("seeds/biodiversity/occurrences.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    let mut lines = text.lines();
    let header = lines.next().unwrap();
    let place = |name: &str| header.split(',').position(|column| column == name).unwrap();
    let [lon, lat] = ["decimalLongitude", "decimalLatitude"].map(place);
    let observer = place("recordedBy");
    let mut other = format!("{header}\n");
    let mut moved = 0;
    for line in lines {
        let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        for at in [lon, lat] {
            // The middle of its cell of a thousandth of a degree, and so within every coarser one.
            if let Some((whole, decimals)) = cells[at].split_once('.')
                && decimals.len() > 3
            {
                cells[at] = format!("{whole}.{}5", &decimals[..3]);
                moved += 1;
            }
        }
        cells[observer].push_str(" and a friend");
        other.push_str(&cells.join(","));
        other.push('\n');
    }
    assert!(moved > 1000, "{moved}");
    other.push_str(
        "CY-OCC-99999,HumanObservation,Cypripedium macranthos,大花杓兰,plant,2022-05-20,,1,present,\
         116.5,39.95,5,演示观察者,演示数据,样线法\n",
    );
    std::fs::write(path, other).unwrap();
}

#[test]
fn the_public_sees_the_same_bytes_whatever_is_hidden() {
    let before = District::demonstration();
    before.run(&["import", "--keep-going"]).ended(0);
    let after = District::demonstration();
    hide_other_occurrences(&after);
    // Others who are liable.
    let list = after.path("seeds/soil/risk-control-list.csv");
    let text = std::fs::read_to_string(&list).unwrap();
    std::fs::write(&list, text.replace("演示责任人", "另一责任人")).unwrap();
    // Other intakes, elsewhere.
    let intakes = after.path("seeds/water/drinking-water-intakes.csv");
    let text = std::fs::read_to_string(&intakes).unwrap();
    let header = text.lines().next().unwrap().to_owned();
    let rows: Vec<&str> = text.lines().skip(1).collect();
    let fewer: String = rows
        .iter()
        .take(rows.len() / 2)
        .map(|row| format!("{row}\n").replace("116.", "116.0"))
        .collect();
    std::fs::write(&intakes, format!("{header}\n{fewer}")).unwrap();
    after.run(&["import", "--keep-going"]);
    let (one, other) = (
        before.serve(&["--listen-department", "127.0.0.1:0"]),
        after.serve(&["--listen-department", "127.0.0.1:0"]),
    );

    let (face, other_face) = (public_face(&one.public), public_face(&other.public));
    assert!(face.len() > 60);
    for (a, b) in face.iter().zip(&other_face) {
        assert_eq!(a.0, b.0);
        assert!(a == b, "{} tells of what is hidden", a.0);
    }
    let hidden = |base: &str| {
        json(&format!(
            "{base}/collections/drinking-water-intakes/items?limit=1"
        ))["numberMatched"]
            .as_u64()
    };
    let (here, there) = (
        hidden(one.department.as_ref().unwrap()),
        hidden(other.department.as_ref().unwrap()),
    );
    assert_ne!(
        here, there,
        "the test changed nothing that the department sees"
    );
    for id in ["occurrences", "risk-control-list"] {
        let seen = |base: &Option<String>| {
            let base = base.as_ref().unwrap();
            json(&format!("{base}/collections/{id}/items?limit=10000"))["features"].clone()
        };
        assert!(
            seen(&one.department) != seen(&other.department),
            "nothing changed in {id}"
        );
    }
    assert_eq!(
        get(&format!(
            "{}/collections/drinking-water-intakes/items",
            one.public
        ))
        .0,
        404
    );
}

#[test]
fn the_binary_alone_in_an_empty_folder_says_what_it_lacks_and_needs_nothing_else() {
    let district = points("well", 3);
    // In metres, so that PROJ has something to do.
    let toml = district.path("layers/water/points.toml");
    let text = std::fs::read_to_string(&toml).unwrap();
    let text = text.replace("EPSG:4490", "EPSG:4548");
    let text = text.replace(
        "lon = \"lon\", lat = \"lat\"",
        "easting = \"lon\", northing = \"lat\"",
    );
    std::fs::write(&toml, text).unwrap();
    let rows = "id,kind,lon,lat\np0,well,448688.856,4418598.001\n";
    std::fs::write(district.path("data/points.csv"), rows).unwrap();
    let alone = district.path("alone");
    std::fs::create_dir(&alone).unwrap();
    std::fs::copy(env!("CARGO_BIN_EXE_onemap"), alone.join("onemap")).unwrap();
    let onemap = |arguments: &[&str]| {
        let mut command = std::process::Command::new(alone.join("onemap"));
        command
            .current_dir(&alone)
            .env_clear()
            .env("HOME", &alone)
            .args(["--lang", "en"])
            .args(arguments);
        command.output().unwrap()
    };
    let lacking = onemap(&["serve"]);
    let said = String::from_utf8(lacking.stderr).unwrap();
    assert!(said.contains("layers"), "{said}");
    assert!(said.lines().count() <= 2, "{said}");
    let layers = district.path("layers");
    let layers = layers.to_str().unwrap();
    let imported = onemap(&["import", "--layers", layers]);
    assert!(
        imported.status.success(),
        "{}",
        String::from_utf8_lossy(&imported.stderr)
    );
    assert!(
        alone.join(".cache/onemap").try_exists().unwrap(),
        "PROJ's database was laid out"
    );
}

#[test]
fn a_store_that_another_file_takes_the_place_of_is_served_from_that_file() {
    let district = District::fixture("points");
    let fill = |kind: &str, store: &str| {
        let rows = format!("id,kind,lon,lat\na,{kind},116.4,39.9\n");
        std::fs::write(district.path("data/points.csv"), rows).unwrap();
        district.run(&["import", "--store", store]).ended(0);
    };
    fill("well", "onemap.gpkg");
    // Another store, with the same number of revisions.
    fill("spring", "other.gpkg");
    let serving = district.serve(&[]);
    let kind = || {
        let items = json(&format!("{}/collections/points/items", serving.public));
        items["features"][0]["properties"]["kind"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert_eq!(kind(), "well");
    std::fs::rename(district.path("other.gpkg"), district.path("onemap.gpkg")).unwrap();
    let found = (0..200).find(|_| {
        std::thread::sleep(Duration::from_millis(50));
        kind() == "spring"
    });
    assert!(found.is_some(), "the other file was not noticed");
    serving.stop();
}
