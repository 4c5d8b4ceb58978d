//! The land-use lists that ship, and what each of their codes means for the soil.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use onemap::layer::{Atlas, OWN_DERIVATION, SoilClass, SurveyTrigger, load};

use crate::support::shared;

const SYSTEMS: [&str; 4] = ["gb50137-2011", "gbt21010-2017", "third-survey", "ydyh-2023"];

fn atlas() -> Atlas {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    load(root, &root.join("layers")).unwrap()
}

/// What a code means: its trigger and class in short.
fn meaning(atlas: &Atlas, system: &str, code: &str) -> String {
    let meaning = atlas.book.crosswalk.of(system, code).unwrap();
    let trigger = match meaning.survey_trigger {
        SurveyTrigger::Yes => "survey",
        SurveyTrigger::No => "no survey",
        SurveyTrigger::Unknown => "survey unknown",
    };
    let class = match meaning.gb36600_class {
        SoilClass::I => "I",
        SoilClass::II => "II",
        SoilClass::Unknown => "class unknown",
    };
    format!("{trigger}, {class}")
}

#[test]
fn the_crosswalk_tells_of_every_code_of_the_four_systems() {
    let atlas = atlas();
    let counts: Vec<(&str, usize)> = atlas
        .book
        .crosswalk
        .systems
        .iter()
        .map(|(system, codes)| (system.as_str(), codes.len()))
        .collect();
    assert_eq!(
        counts,
        SYSTEMS
            .into_iter()
            .zip([47, 85, 71, 175])
            .collect::<Vec<_>>()
    );
    assert!(atlas.book.crosswalk.of("ydyh-2023", "0799").is_none());
    assert!(atlas.book.crosswalk.of("ydyh-2020", "07").is_none());
}

#[test]
fn the_two_axes_are_never_one() {
    let atlas = atlas();
    for (system, code, means) in [
        ("ydyh-2023", "0701", "survey, I"),
        ("ydyh-2023", "0801", "survey, II"),
        // Education as a whole holds schools and universities.
        ("ydyh-2023", "0804", "survey, class unknown"),
        ("ydyh-2023", "080403", "survey, I"),
        ("ydyh-2023", "080401", "survey, II"),
        // A park may be one for children or a community, which is judged by class I.
        ("ydyh-2023", "1401", "no survey, class unknown"),
        ("ydyh-2023", "1402", "no survey, II"),
        // A use not yet decided is judged by the stricter class.
        ("ydyh-2023", "16", "survey unknown, I"),
        ("ydyh-2023", "0101", "no survey, class unknown"),
        // 1001 is industry in one system and railway in the other.
        ("ydyh-2023", "1001", "no survey, II"),
        ("third-survey", "1001", "no survey, II"),
        ("third-survey", "08H1", "survey, II"),
        ("third-survey", "08H2", "survey, class unknown"),
        ("gbt21010-2017", "0803", "survey, class unknown"),
        ("gbt21010-2017", "0805", "survey, I"),
        ("gb50137-2011", "R2", "survey, I"),
        ("gb50137-2011", "A1", "survey, II"),
        ("gb50137-2011", "A33", "survey, I"),
        ("gb50137-2011", "A5", "survey, I"),
        ("gb50137-2011", "G1", "no survey, class unknown"),
        ("gb50137-2011", "G", "no survey, class unknown"),
    ] {
        assert_eq!(meaning(&atlas, system, code), means, "{system} {code}");
    }
}

/// A table's rows, each with these columns.
fn table<const N: usize>(path: &Path, columns: [&str; N]) -> Vec<[String; N]> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let places = columns.map(|name| header.iter().position(|h| h == name));
    let cell = |row: &csv::StringRecord, place: Option<usize>| {
        place.map_or(String::new(), |place| row[place].to_owned())
    };
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| places.map(|place| cell(&row, place)))
        .collect()
}

fn list(system: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join(format!("layers/codes/{system}.csv"))
}

#[test]
fn a_whole_means_nothing_that_one_of_its_parts_does_not() {
    let atlas = atlas();
    for system in SYSTEMS {
        let codes = &atlas.book.crosswalk.systems[system];
        for [code, parent] in table(&list(system), ["code", "parent"]) {
            let Some(above) = codes.get(&parent) else {
                continue;
            };
            let part = &codes[&code];
            let triggers = [above.survey_trigger, part.survey_trigger];
            let classes = [above.gb36600_class, part.gb36600_class];
            let at = format!("{system} {parent} {code}");
            assert!(
                triggers != [SurveyTrigger::Yes, SurveyTrigger::No]
                    && triggers != [SurveyTrigger::No, SurveyTrigger::Yes],
                "{at}: {triggers:?}"
            );
            assert!(
                classes != [SoilClass::I, SoilClass::II]
                    && classes != [SoilClass::II, SoilClass::I],
                "{at}: {classes:?}"
            );
        }
    }
}

#[test]
fn the_lists_hold_what_is_published_and_mark_what_is_not() {
    for (system, published) in [
        ("gb50137-2011", "landuse_gb50137_2011"),
        ("gbt21010-2017", "landuse_gbt21010_2017"),
        ("third-survey", "landuse_third_survey"),
        ("ydyh-2023", "landuse_ydyh_2023"),
    ] {
        let Some(path) = shared(&format!("standards/{published}.csv")) else {
            return;
        };
        let theirs = table(&path, ["code", "name_zh", "verified"]).into_iter();
        // Two lines of the third survey tell of marks beside the codes.
        let theirs = theirs.filter(|[code, ..]| !code.contains(' '));
        let theirs: BTreeMap<String, (String, bool)> = theirs
            .map(|[code, zh, verified]| {
                let zh = zh.replace('(', "（").replace(')', "）");
                (code, (zh, verified == "0"))
            })
            .collect();
        let ours = table(&list(system), ["code", "zh", "basis"]).into_iter();
        let ours: BTreeMap<String, (String, bool)> = ours
            .map(|[code, zh, basis]| (code, (zh, basis == OWN_DERIVATION)))
            .collect();
        assert_eq!(ours, theirs, "{system}");
    }
}
