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
