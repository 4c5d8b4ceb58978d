//! `onemap screen`, `verify` and `rules diff`: the real binary, on a district small enough to know.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use serde_json::Value;

use super::{District, copy_file, repository};

const PROFILE: &str = r#"
id = "near"
version = 1
title = { zh = "近", en = "Near" }
rules = "wells"
rings_m = [100]
road_width_m = 40
sliver_m2 = 1
precise_to_m = 10
least_share_on_site = 1.0
least_share_rings = 0.9
valid_days = 90
note = { zh = "测试", en = "Test" }

[road_uses]
ydyh-2023 = ["1207"]
"#;

/// A set of one rule: on a well, the planned use changes the verdict.
fn rules(id: &str, kind: &str, verdict: &str) -> String {
    let other = if kind == "well" { "spring" } else { "well" };
    format!(
        r#"
id = "{id}"
version = 1
title = {{ zh = "井", en = "Wells" }}

[[rules]]
id = "W-{verdict}"
version = 1
kind = "trigger"
title = {{ zh = "有井", en = "A well" }}
sentence = {{ zh = "地块上有井。", en = "There is a well on the parcel." }}
article = {{ zh = "测试", en = "Test" }}
source = "test"
read = "primary"
subject = "feature"
layer = "points"
rings = ["on_site"]
when = "kind = '{kind}'"
verdict = "{verdict}"

[[rules.examples]]
title = "yes"
given = {{ kind = "{kind}" }}
fires = "yes"

[[rules.examples]]
title = "no"
given = {{ kind = "{other}" }}
fires = "no"
"#
    )
}

/// A district of wells, with a profile and two sets of rules; imported.
pub(super) fn district() -> District {
    let district = District::fixture("points");
    for part in ["codes", "limits"] {
        fs::create_dir_all(district.path(&format!("layers/{part}"))).unwrap();
    }
    let from = repository().join("layers");
    for list in [
        "ydyh-2023",
        "gb50137-2011",
        "gbt21010-2017",
        "third-survey",
        "crosswalk",
    ] {
        copy_file(&from, &district, &format!("codes/{list}.csv"));
    }
    for list in fs::read_dir(from.join("limits")).unwrap() {
        let name = list.unwrap().file_name().into_string().unwrap();
        copy_file(&from, &district, &format!("limits/{name}"));
    }
    for (folder, file, text) in [
        ("profiles", "near.toml", PROFILE.to_owned()),
        (
            "rules",
            "wells.toml",
            rules("wells", "well", "survey_required"),
        ),
        (
            "rules",
            "strict.toml",
            rules("strict", "well", "prohibited"),
        ),
    ] {
        let folder = district.path(&format!("layers/{folder}"));
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(file), text).unwrap();
    }
    let file = district.path("layers/district.toml");
    let text = fs::read_to_string(&file).unwrap();
    let more = "profile = \"near\"\nsoil_background = \"beijing\"\n";
    fs::write(&file, format!("{more}{text}")).unwrap();
    wells(&district, 40);
    district.run(&["import"]).ended(0);
    district
}

/// One well in every tenth parcel.
fn wells(district: &District, count: usize) {
    let mut text = "id,kind,lon,lat\n".to_owned();
    for well in 0..count {
        let (lon, lat) = corner(well * 10);
        writeln!(text, "w{well},well,{:.6},{:.6}", lon + 0.0002, lat + 0.0002).unwrap();
    }
    fs::write(district.path("data/points.csv"), text).unwrap();
}

fn corner(number: usize) -> (f64, f64) {
    let (column, row) = (number % 60, number / 60);
    let along = |cells: usize| f64::from(u32::try_from(cells).unwrap()) * 0.001;
    (116.4 + along(column), 39.85 + along(row))
}

fn square(number: usize) -> String {
    let (lon, lat) = corner(number);
    let (east, north) = (lon + 0.0005, lat + 0.0005);
    format!("[[[{lon},{lat}],[{east},{lat}],[{east},{north}],[{lon},{north}],[{lon},{lat}]]]")
}

/// A file of parcels: each a square, with a name and a use.
fn parcels(path: &Path, count: usize) {
    let features: Vec<String> = (0..count)
        .map(|number| {
            let coordinates = square(number);
            format!(
                "{{\"type\":\"Feature\",\"properties\":{{\"name\":\"地块 {number}\",\
                 \"use\":\"0701\"}},\"geometry\":{{\"type\":\"Polygon\",\
                 \"coordinates\":{coordinates}}}}}"
            )
        })
        .collect();
    let all = features.join(",\n");
    let text = format!("{{\"type\":\"FeatureCollection\",\"features\":[{all}]}}");
    fs::write(path, text).unwrap();
}

/// A CSV file's rows, by the names of its columns.
fn table(path: &Path) -> Vec<std::collections::BTreeMap<String, String>> {
    let bytes = fs::read(path).unwrap();
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap();
    let mut reader = csv::Reader::from_reader(bytes);
    let head = reader.headers().unwrap().clone();
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| {
        let named = head.iter().zip(row.iter());
        named
            .map(|(name, cell)| (name.to_owned(), cell.to_owned()))
            .collect()
    })
    .collect()
}

const USE: [&str; 2] = ["--planned-use", "0701"];

fn screen<'a>(parcels: &'a str, output: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut arguments = vec!["screen", parcels, "-o", output];
    arguments.extend(more);
    arguments
}

#[test]
fn a_run_that_was_killed_goes_on_and_ends_with_the_same_bytes() {
    let district = district();
    parcels(&district.path("p.geojson"), 2_000);
    let whole = district
        .run(&screen("p.geojson", "whole.csv", &USE))
        .ended(0);
    assert!(
        whole.out.contains("2000 of 2000 parcels screened"),
        "{}",
        whole.out
    );

    let mut child = district
        .onemap(&screen("p.geojson", "killed.csv", &USE))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let state = district.path("killed.csv.state");
    while !state.try_exists().unwrap() {
        assert!(
            child.try_wait().unwrap().is_none(),
            "it ended before it was killed"
        );
        std::thread::sleep(Duration::from_millis(2));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let begun: Value = serde_json::from_slice(&fs::read(&state).unwrap()).unwrap();
    assert!(begun["rows"].as_u64().unwrap() < 2_000, "{begun}");
    assert!(!district.path("killed.csv").try_exists().unwrap());

    // Other options, other parcels, other rules: no.
    let other = district
        .run(&screen(
            "p.geojson",
            "killed.csv",
            &["--planned-use", "0901"],
        ))
        .ended(1);
    assert!(
        other.err.contains("options") && other.err.contains("--anew"),
        "{}",
        other.err
    );
    let file = fs::read(district.path("p.geojson")).unwrap();
    parcels(&district.path("p.geojson"), 1_999);
    let other = district
        .run(&screen("p.geojson", "killed.csv", &USE))
        .ended(1);
    assert!(other.err.contains("parcels"), "{}", other.err);
    fs::write(district.path("p.geojson"), file).unwrap();

    // An import in between is no obstacle: the run goes on from what was on record.
    wells(&district, 0);
    fs::write(
        district.path("data/points.csv"),
        "id,kind,lon,lat\nx,well,116.4003,39.8503\n",
    )
    .unwrap();
    district.run(&["import"]).ended(0);
    let resumed = district
        .run(&screen("p.geojson", "killed.csv", &USE))
        .ended(0);
    assert!(
        resumed.err.contains("went on with an interrupted run"),
        "{}",
        resumed.err
    );
    let bytes = |name: &str| fs::read(district.path(name)).unwrap();
    assert!(
        bytes("killed.csv") == bytes("whole.csv"),
        "other bytes than an uninterrupted run"
    );
    for left in [
        "killed.csv.part",
        "killed.csv.state",
        "killed-rejects.csv.part",
    ] {
        assert!(!district.path(left).try_exists().unwrap(), "{left} is left");
    }
    // Anew, it is of today.
    district
        .run(&screen("p.geojson", "killed.csv", &USE))
        .ended(0);
    assert!(bytes("killed.csv") != bytes("whole.csv"));
}

#[test]
fn bad_rows_are_told_and_the_rest_is_done() {
    let district = district();
    let row = |use_code: &str, geometry: &str| {
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"name\":\"=1+1\",\"use\":{use_code}}},\
             \"geometry\":{geometry}}}"
        )
    };
    let polygon = |number: usize| {
        let coordinates = square(number);
        format!("{{\"type\":\"Polygon\",\"coordinates\":{coordinates}}}")
    };
    let line = "{\"type\":\"LineString\",\"coordinates\":[[116.4,39.9],[116.41,39.9]]}";
    let rows = [
        row("\"0701\"", &polygon(0)),
        row("\"9999\"", &polygon(1)),
        row("\"701\"", &polygon(2)),
        row("\"0701\"", "null"),
        row("\"0701\"", line),
        row("\"gb50137-2011:R2; 0901\"", &polygon(10)),
        row("null", &polygon(4)),
    ];
    let text = format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[{}]}}",
        rows.join(",")
    );
    fs::write(district.path("p.geojson"), text).unwrap();
    let run = district
        .run(&screen(
            "p.geojson",
            "out.csv",
            &["--planned-use-field", "use"],
        ))
        .ended(3);
    assert!(
        run.out.contains("4 of 7 parcels screened, 3 could not be"),
        "{}",
        run.out
    );
    assert!(run.err.contains("p.geojson:2 use=\"9999\""), "{}", run.err);
    let rows = table(&district.path("out.csv"));
    let numbers: Vec<&str> = rows.iter().map(|row| row["row"].as_str()).collect();
    assert_eq!(numbers, ["1", "3", "6", "7"]);
    assert_eq!(rows[0]["name"], "'=1+1", "a formula is made plain");
    assert_eq!(
        (rows[0]["verdict"].as_str(), rows[0]["on_site"].as_str()),
        ("survey_required", "1")
    );
    assert_eq!(rows[0]["rules"], "W-survey_required");
    assert_eq!(rows[1]["planned_use"], "ydyh-2023:0701");
    assert!(
        rows[1]["notes"].contains("701 was taken as 0701"),
        "{:?}",
        rows[1]
    );
    assert_eq!(rows[2]["planned_use"], "gb50137-2011:R2;ydyh-2023:0901");
    assert_eq!(rows[3]["planned_use"], "");
    let bad = table(&district.path("out-rejects.csv"));
    let told: Vec<(&str, &str)> = bad
        .iter()
        .map(|row| (row["row"].as_str(), row["value"].as_str()))
        .collect();
    assert_eq!(told, [("2", "9999"), ("4", ""), ("5", "")]);
    assert!(
        bad.iter().all(|row| !row["reason_zh"].is_empty()),
        "{bad:?}"
    );

    for (arguments, expected) in [
        (&["--planned-use", "9999"][..], "9999"),
        (&["--planned-use-field", "no"], "has no column no"),
        (
            &["--crs", "EPSG:4548", "--planned-use", "0701"],
            "one of them is wrong",
        ),
        (&["--audience", "friends"], "no audience 'friends'"),
        (&["--profile", "far"], "far"),
        (&["--as-of", "2999-01-01"], "future"),
        (&["--as-of", "1999-01-01"], "before the first import"),
    ] {
        let run = district
            .run(&screen("p.geojson", "no.csv", arguments))
            .ended(1);
        assert!(run.err.contains(expected), "{arguments:?}: {}", run.err);
        assert!(!district.path("no.csv").try_exists().unwrap());
    }
    let run = district.run(&screen("p.geojson", "no.pdf", &USE)).ended(1);
    assert!(run.err.contains(".gpkg"), "{}", run.err);
}

#[test]
fn a_row_of_many_is_the_row_alone_in_every_form() {
    let district = district();
    parcels(&district.path("many.geojson"), 300);
    let hashes = |name: &str| -> Vec<String> {
        let rows = table(&district.path(name));
        rows.iter().map(|row| row["hash"].clone()).collect()
    };
    district
        .run(&screen("many.geojson", "many.csv", &USE))
        .ended(0);
    let many = hashes("many.csv");
    let text = fs::read_to_string(district.path("many.geojson")).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    for number in [0, 1, 299] {
        let mut alone = all.clone();
        alone["features"] = Value::Array(vec![all["features"][number].clone()]);
        fs::write(district.path("one.geojson"), alone.to_string()).unwrap();
        district
            .run(&screen("one.geojson", "one.csv", &USE))
            .ended(0);
        assert_eq!(hashes("one.csv"), [many[number].clone()], "parcel {number}");
    }

    district
        .run(&screen("many.geojson", "many.out.geojson", &USE))
        .ended(0);
    let text = fs::read_to_string(district.path("many.out.geojson")).unwrap();
    let features: Value = serde_json::from_str(&text).unwrap();
    let features = features["features"].as_array().unwrap();
    let said = |feature: &Value| feature["properties"]["hash"].as_str().unwrap().to_owned();
    assert_eq!(features.iter().map(said).collect::<Vec<_>>(), many);
    assert_eq!(features[0]["geometry"]["type"], "Polygon");

    for name in ["a.gpkg", "b.gpkg"] {
        district.run(&screen("many.geojson", name, &USE)).ended(0);
    }
    let bytes = |name: &str| fs::read(district.path(name)).unwrap();
    assert!(
        bytes("a.gpkg") == bytes("b.gpkg"),
        "equal rows make equal files"
    );
    let connection = rusqlite::Connection::open(district.path("a.gpkg")).unwrap();
    let mut rows = connection
        .prepare("SELECT hash FROM screening ORDER BY fid")
        .unwrap();
    let packed: Vec<String> = rows
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert_eq!(packed, many);
    // The answers screen again as parcels: what was written can be read.
    district.run(&screen("a.gpkg", "again.csv", &USE)).ended(0);
    assert_eq!(hashes("again.csv"), many);
}

#[test]
fn rules_are_held_against_each_other_parcel_by_parcel() {
    let district = district();
    parcels(&district.path("p.geojson"), 30);
    let diff = |a: &str, b: &str, more: &[&str]| {
        let mut arguments = vec!["rules", "diff", a, b, "--parcels", "p.geojson"];
        arguments.extend(USE);
        arguments.extend(more);
        district.run(&arguments)
    };
    let run = diff("wells", "strict", &[]).ended(0);
    assert!(
        run.out.contains("survey_required → prohibited: 3"),
        "{}",
        run.out
    );
    assert!(run.out.contains("3 of 30 parcels"), "{}", run.out);
    assert!(
        run.out.contains("−W-survey_required +W-prohibited"),
        "{}",
        run.out
    );
    let run = diff("wells", "wells", &[]).ended(0);
    assert!(run.out.contains("0 of 30 parcels"), "{}", run.out);
    // Another folder of definitions, of which the rule looks for something else.
    let other = district.path("other");
    super::copy(&district.path("layers"), &other.join("layers"));
    let text = rules("wells", "spring", "survey_required");
    fs::write(other.join("layers/rules/wells.toml"), text).unwrap();
    let run = diff("wells", "other/layers", &["-o", "diff.csv"]).ended(0);
    assert!(run.out.contains("3 of 30 parcels"), "{}", run.out);
    let rows = table(&district.path("diff.csv"));
    assert_eq!(rows.len(), 30);
    assert_eq!(rows[10]["only_a"], "W-survey_required");
    assert_eq!(
        (rows[10]["changed"].as_str(), rows[11]["changed"].as_str()),
        ("true", "false")
    );
    let run = diff("wells", "nothing", &[]).ended(1);
    assert!(run.err.contains("strict, wells"), "{}", run.err);
}

#[test]
fn a_moment_is_answered_from_what_was_on_record_then() {
    let district = district();
    parcels(&district.path("p.geojson"), 1);
    let verdict = |more: &[&str]| {
        let mut arguments = USE.to_vec();
        arguments.extend(more);
        district
            .run(&screen("p.geojson", "out.csv", &arguments))
            .ended(0);
        let rows = table(&district.path("out.csv"));
        rows[0]["on_site"].clone()
    };
    let between = jiff::Timestamp::now().to_string();
    std::thread::sleep(Duration::from_millis(5));
    fs::write(
        district.path("data/points.csv"),
        "id,kind,lon,lat\nx,well,116.6,39.9\n",
    )
    .unwrap();
    district.run(&["import"]).ended(0);
    assert_eq!(verdict(&[]), "0");
    assert_eq!(verdict(&["--as-of", &between]), "1");
}
