//! `onemap import`: what is stored, what is refused, and what a crash leaves.

use std::io::{BufRead as _, BufReader};
use std::process::Stdio;

use super::{District, get, json};

/// A district of one layer of points with dirt in it.
fn points(rows: &str) -> District {
    let district = District::fixture("points");
    std::fs::write(
        district.path("data/points.csv"),
        format!("id,kind,lon,lat\n{rows}"),
    )
    .unwrap();
    district
}

/// Rows of good points.
fn good(count: usize) -> String {
    let rows = (0..count).map(|i| format!("p{i},well,116.4{:03},39.9\n", i % 1000));
    rows.collect::<Vec<_>>().concat()
}

#[test]
fn a_rejected_row_keeps_its_layer_out_unless_told_to_keep_going() {
    let district =
        points("a,well,116.45,39.92\nb,wel,116.45,39.92\na,well,116.46,39.92\n,well,,x\n");
    let refused = district.run(&["import"]).ended(3);
    assert!(
        refused.err.contains(
            "data/points.csv:3 kind=\"wel\": not in the code list kinds; did you mean well?"
        ),
        "{}",
        refused.err
    );
    assert!(
        refused
            .err
            .contains("data/points.csv:4 id=\"a\": already used by row 2"),
        "{}",
        refused.err
    );
    assert!(
        refused
            .err
            .contains("points: 3 of 4 rows rejected, so nothing was stored"),
        "{}",
        refused.err
    );
    let listed = std::fs::read_to_string(district.path("rejects/points.csv")).unwrap();
    assert!(listed.contains("不在代码表 kinds 中"), "{listed}");

    let kept = district.run(&["import", "--keep-going"]).ended(0);
    assert_eq!(kept.rows("points"), (4, 1, 3));
}

#[test]
fn a_file_of_which_nothing_is_left_does_not_end_what_is_stored() {
    let district = points(&good(2));
    district.run(&["import"]).ended(0);
    let spoilt = "id,kind,lon,lat\np0,wel,116.4,39.9\np1,wel,116.4,39.9\n";
    std::fs::write(district.path("data/points.csv"), spoilt).unwrap();
    let refused = district.run(&["import", "--keep-going"]).ended(3);
    assert!(
        refused.err.contains("points: all 2 rows rejected"),
        "{}",
        refused.err
    );
    let serving = district.serve(&[]);
    let items = json(&format!("{}/collections/points/items", serving.public));
    assert_eq!(items["numberMatched"], 2);
}

#[test]
fn an_import_of_the_same_files_makes_no_revision_and_keeps_numbers_when_they_change() {
    let district = points(&good(3));
    let first = district.run(&["import"]).ended(0);
    assert!(
        first
            .out
            .contains("points: revision 2: 3 read = 3 stored + 0 rejected; 3 new"),
        "{}",
        first.out
    );
    let same = district.run(&["import"]).ended(0);
    assert!(
        same.out.contains("points: unchanged since revision 2"),
        "{}",
        same.out
    );

    std::fs::write(
        district.path("data/points.csv"),
        "id,kind,lon,lat\np2,spring,116.402,39.9\np9,well,116.409,39.9\np0,well,116.4000,39.9\n",
    )
    .unwrap();
    let changed = district.run(&["import", "points"]).ended(0);
    assert!(
        changed.out.contains(
            "points: revision 3: 3 read = 3 stored + 0 rejected; 1 new, 1 changed, 1 ended"
        ),
        "{}",
        changed.out
    );
    let serving = district.serve(&[]);
    let items = json(&format!("{}/collections/points/items", serving.public));
    let numbers: Vec<_> = items["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (f["properties"]["point_id"].clone(), f["id"].clone()))
        .collect();
    assert_eq!(
        serde_json::to_string(&numbers).unwrap(),
        r#"[["p0",1],["p2",3],["p9",4]]"#
    );
}

#[test]
fn a_wrong_reference_system_is_refused_as_a_whole() {
    let district = points(&good(10));
    let toml = district.path("layers/water/points.toml");
    let text = std::fs::read_to_string(&toml).unwrap();
    std::fs::write(
        &toml,
        text.replace(
            "lon = \"lon\", lat = \"lat\"",
            "lon = \"lat\", lat = \"lon\"",
        ),
    )
    .unwrap();
    let refused = district.run(&["import", "--keep-going"]).ended(1);
    assert!(
        refused.err.contains("10 of 10") || refused.err.contains("latitude"),
        "{}",
        refused.err
    );
    assert!(!refused.out.contains("points: revision"), "{}", refused.out);

    std::fs::write(
        &toml,
        text.replace("data/points.csv", "data/territory.geojson")
            .replace("crs = \"EPSG:4490\"", "crs = \"EPSG:4548\"")
            .replace(", lon = \"lon\", lat = \"lat\"", "")
            .replace("geometry = \"point\"", "geometry = \"polygon\"")
            .replace("fields = [\"point_id\"]", "fields = \"content\"")
            .replace("required = true", "required = false"),
    )
    .unwrap();
    let style = district.path("layers/water/points.style.json");
    std::fs::copy(district.path("layers/base/territory.style.json"), style).unwrap();
    let contradicted = district.run(&["import", "points"]).ended(1);
    assert!(
        contradicted.err.contains("EPSG:4548") && contradicted.err.contains("4326"),
        "{}",
        contradicted.err
    );
}

#[test]
fn a_layer_whose_file_is_missing_does_not_keep_the_others_out() {
    let district = points(&good(1));
    std::fs::remove_file(district.path("data/points.csv")).unwrap();
    let run = district.run(&["import"]).ended(1);
    assert!(run.err.contains("data/points.csv"), "{}", run.err);
    assert!(run.out.contains("territory: revision 1"), "{}", run.out);
    assert!(
        district
            .run(&["check"])
            .ended(1)
            .err
            .contains("layers/water/points.toml:")
    );
}

#[test]
fn what_cannot_be_imported_is_said_in_a_sentence() {
    let district = points(&good(1));
    let unknown = district.run(&["import", "pints"]).ended(1);
    assert!(
        unknown
            .err
            .contains("there is no layer pints; there are: points, territory"),
        "{}",
        unknown.err
    );
    let nowhere = district
        .run(&["import", "--store", "/proc/nowhere/onemap.gpkg"])
        .ended(1);
    assert!(
        nowhere.err.starts_with("onemap: ") && nowhere.err.contains("/proc/nowhere"),
        "{}",
        nowhere.err
    );
    std::fs::write(district.path("onemap.gpkg"), "not a store").unwrap();
    let foreign = district.run(&["import"]).ended(1);
    assert!(foreign.err.contains("onemap.gpkg"), "{}", foreign.err);
    assert_eq!(
        std::fs::read_to_string(district.path("onemap.gpkg")).unwrap(),
        "not a store"
    );
}

#[test]
fn a_kill_at_any_progress_line_leaves_what_was_before_or_what_comes_after() {
    let before = good(200);
    let after: String = good(12_000).replace("well", "spring");
    for seed in 0..20 {
        let district = points(&before);
        district.run(&["import"]).ended(0);
        std::fs::write(
            district.path("data/points.csv"),
            format!("id,kind,lon,lat\n{after}"),
        )
        .unwrap();
        let mut child = district
            .onemap(&["import", "points"])
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        for _ in 0..=seed {
            lines.next();
        }
        // It may be done already: then what comes after must be there.
        let _ = child.kill();
        child.wait().unwrap();
        let well = district.run(&["doctor"]).ended(0);
        assert!(well.out.contains("nothing wrong"), "{}", well.out);
        let serving = district.serve(&[]);
        let items = json(&format!(
            "{}/collections/points/items?limit=10000",
            serving.public
        ));
        let kinds: std::collections::BTreeSet<_> = items["features"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| f["properties"]["kind"].as_str().unwrap().to_owned())
            .collect();
        let found = (
            items["numberMatched"].as_u64().unwrap(),
            kinds.into_iter().collect::<Vec<_>>(),
        );
        assert!(
            found == (200, vec!["well".to_owned()]) || found == (12_000, vec!["spring".to_owned()]),
            "after seed {seed}: {found:?}"
        );
        assert_eq!(get(&format!("{}/health/ready", serving.public)).0, 200);
    }
}

#[test]
fn a_backup_is_a_store_of_its_own() {
    let district = points(&good(5));
    district.run(&["import"]).ended(0);
    district.run(&["backup", "copy.gpkg"]).ended(0);
    let again = district.run(&["backup", "copy.gpkg"]).ended(1);
    assert!(again.err.contains("copy.gpkg"), "{}", again.err);
    district.run(&["doctor", "--store", "copy.gpkg"]).ended(0);
    let same = district.run(&["import", "--store", "copy.gpkg"]).ended(0);
    assert!(
        same.out.contains("points: unchanged since revision 2"),
        "{}",
        same.out
    );
}

#[test]
fn an_import_is_unchanged_only_while_every_file_it_rests_on_is() {
    let district = points(&good(3));
    district.run(&["import"]).ended(0);
    let append = |file: &str, more: &str| {
        let path = district.path(file);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text + more).unwrap();
    };
    for (file, more) in [
        ("layers/codes/kinds.csv", "pond,塘,Pond\n"),
        ("layers/water/points.toml", "\n# A remark.\n"),
        ("layers/district.toml", "\n# A remark.\n"),
        // The boundary decides which rows lie too far.
        ("data/territory.geojson", "\n"),
        ("data/points.csv", "p9,well,116.4,39.9\n"),
    ] {
        append(file, more);
        let again = district.run(&["import", "points"]).ended(0);
        assert!(!again.out.contains("unchanged"), "{file}: {}", again.out);
        let same = district.run(&["import", "points"]).ended(0);
        assert!(same.out.contains("unchanged"), "{file}: {}", same.out);
    }
}

#[test]
fn what_was_wrong_is_listed_even_if_the_file_is_refused_and_a_list_goes_with_its_cause() {
    let list = |district: &District| std::fs::read_to_string(district.path("rejects/points.csv"));
    let far = "a,well,16.4,39.9\nb,well,16.4,39.9\nc,well,116.4,39.9\n";
    let district = points(far);
    let refused = district.run(&["import", "--keep-going"]).ended(1);
    assert!(refused.err.contains("2 of 3"), "{}", refused.err);
    assert!(!refused.out.contains("points: revision"), "{}", refused.out);
    let listed = list(&district).unwrap();
    assert_eq!(listed.lines().count(), 3, "{listed}");
    assert!(listed.contains("data/points.csv,2,"), "{listed}");

    std::fs::write(
        district.path("data/points.csv"),
        "id,kind,lon,lat\na,well,116.4,39.9\n",
    )
    .unwrap();
    district.run(&["import"]).ended(0);
    assert!(list(&district).is_err(), "a stale list");
}

/// The points, placed by a second file that is read as `how` says.
fn joined(how: &str) -> District {
    let district = points("");
    let toml = district.path("layers/water/points.toml");
    let text = std::fs::read_to_string(&toml).unwrap();
    let source = "source = { path = \"data/points.csv\", crs = \"EPSG:4490\", lon = \"lon\", lat = \"lat\" }";
    assert!(text.contains(source));
    let other = format!(
        "source = {{ path = \"data/points.csv\", points = {{ path = \"data/places.csv\", key = \"id\", crs = \"EPSG:4490\", lon = \"lon\", lat = \"lat\"{how} }} }}"
    );
    std::fs::write(&toml, text.replace(source, &other)).unwrap();
    std::fs::write(
        district.path("data/points.csv"),
        "id,kind\na,well\nb,well\nc,well\nd,well\n",
    )
    .unwrap();
    district
}

#[test]
fn a_row_is_counted_once_however_its_place_came_to_nothing() {
    let district = joined("");
    let places = district.path("data/places.csv");
    std::fs::write(
        &places,
        "id,lon,lat\na,116.4,39.9\na,116.5,39.9\nb,x,39.9\n,116.4,39.9\nd,116.6,39.9\n",
    )
    .unwrap();
    let run = district.run(&["import", "--keep-going"]).ended(0);
    assert_eq!(run.rows("points"), (4, 2, 2), "{}", run.err);
    for said in [
        "data/places.csv:3 id=\"a\"",
        "data/places.csv:4 lon=\"x\"",
        "data/places.csv:5 id",
        "data/points.csv:3 id=\"b\": no position for this key in data/places.csv",
        "data/points.csv:4 id=\"c\"",
    ] {
        assert!(run.err.contains(said), "{said} is not in: {}", run.err);
    }
    std::fs::write(
        &places,
        "id,lon,lat\na,39.9,116.4\nb,39.9,116.4\nd,39.9,116.4\n",
    )
    .unwrap();
    let swapped = district.run(&["import", "--keep-going"]).ended(1);
    assert!(
        swapped.err.contains("data/places.csv: 3 of 3"),
        "{}",
        swapped.err
    );
    std::fs::write(&places, b"id,\xce\xbb,lat\n").unwrap();
    let undecodable = joined(", encoding = \"utf-16le\"");
    std::fs::write(undecodable.path("data/places.csv"), "id,lon,lat\n").unwrap();
    let refused = undecodable.run(&["import", "points"]).ended(1);
    assert!(refused.err.contains("data/places.csv"), "{}", refused.err);
}

#[test]
fn what_is_wrong_or_mended_in_a_coverage_is_said_with_its_file_and_row() {
    let district = points(&good(1));
    let toml = district.path("layers/water/points.toml");
    let text = std::fs::read_to_string(&toml).unwrap();
    let coverage =
        "[coverage]\npath = \"data/looked.geojson\"\nsurveyed = \"2025\"\n\n[provenance]";
    std::fs::write(&toml, text.replace("[provenance]", coverage)).unwrap();
    let write = |geometry: &str| {
        let feature =
            format!("{{\"type\":\"Feature\",\"properties\":{{}},\"geometry\":{geometry}}}");
        let file = format!("{{\"type\":\"FeatureCollection\",\"features\":[{feature}]}}");
        std::fs::write(district.path("data/looked.geojson"), file).unwrap();
    };
    write(
        "{\"type\":\"Polygon\",\"coordinates\":[[[116.3,39.8],[116.5,39.8],[\"x\",40],[116.3,39.8]]]}",
    );
    let refused = district.run(&["import", "points"]).ended(1);
    assert!(
        refused.err.contains("data/looked.geojson, row 1: "),
        "{}",
        refused.err
    );
    write(
        "{\"type\":\"Polygon\",\"coordinates\":[[[116.3,39.8],[116.5,39.8],[116.5,40],[116.3,40]]]}",
    );
    district.run(&["import", "points"]).ended(0);
    let mended = std::fs::read_to_string(district.path("rejects/points-repairs.csv")).unwrap();
    assert!(mended.contains("data/looked.geojson,1,"), "{mended}");
}
