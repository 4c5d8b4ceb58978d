//! Layer definitions and what they accept.

mod acceptor;
mod anything;
mod documents;
mod folder;
mod limits;
mod lists;
mod meaning;
mod rules;
mod shape;
mod styles;
mod uses;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use onemap::layer::{Fault, PartOf, PublicForm, Series, Visibility, load};
use onemap::model::LayerId;
use onemap::text::{KEYS, Lang};

use self::folder::{BOUNDARY, BOUNDARY_STYLE, Folder, SITES, SITES_STYLE, Spoilt};

#[test]
fn a_wholly_good_folder_loads() {
    let folder = Folder::good();
    let atlas = load(folder.root(), &folder.layers()).unwrap();
    let ids: Vec<&str> = atlas.layers.keys().map(LayerId::as_str).collect();
    assert_eq!(ids, ["boundary", "orchids", "sites"]);
    assert!(atlas.absent.is_empty(), "{:?}", atlas.absent);
    assert_eq!(atlas.district.boundary.as_str(), "boundary");
}

#[test]
fn several_faults_of_a_file_come_at_once_in_the_order_of_its_lines() {
    let folder = Folder::good();
    let text = SITES
        .replace("theme = \"soil\"", "theme = \"sol\"")
        .replace("crs = \"GCJ-02\"", "crs = \"GCJ-2\"")
        .replace("field = \"accuracy_m\"", "field = \"accuracy\"")
        .replace("minzoom = 8", "minzom = 8");
    folder.write("layers/soil/sites.toml", &text);
    let faults = load(folder.root(), &folder.layers()).unwrap_err();
    let lines: Vec<Option<usize>> = faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [Some(2), Some(9), Some(48), Some(55)], "{faults:#?}");
}

/// Faults of a spoilt folder: those of its definitions and the files that are absent.
fn faults(spoilt: &Spoilt) -> (Vec<Fault>, String) {
    let (folder, text) = spoilt.folder();
    (faults_of(&folder), text)
}

/// A good folder spoilt in ways that no exchange of text in a file tells: what is done to it.
type Deed = (&'static str, fn(&Folder));

const DEEDS: &[Deed] = &[
    ("the district's file is missing", |folder| {
        folder.remove("layers/district.toml");
    }),
    ("there is no folder of layers", |folder| {
        std::fs::remove_dir_all(folder.layers()).unwrap();
    }),
    ("a layer lies beside the themes", |folder| {
        folder.write("layers/x.toml", BOUNDARY);
    }),
    ("a style has no layer", |folder| {
        folder.write("layers/soil/x.style.json", "[]");
    }),
    ("examples have no layer", |folder| {
        folder.write("layers/soil/x.examples.toml", "");
    }),
    ("a visible layer has no style", |folder| {
        folder.remove("layers/soil/sites.style.json");
    }),
    ("a style is empty", |folder| {
        folder.write("layers/soil/sites.style.json", "[\n]\n");
    }),
    ("a style layer is no object", |folder| {
        folder.write("layers/base/boundary.style.json", "[\n\n  3]\n");
    }),
    ("a layer is GBK", |folder| {
        folder.write(
            "layers/soil/sites.toml",
            b"id = \"sites\"\ntitle = \"\xce\xdb\"\n",
        );
    }),
    ("the boundary's layer is no TOML", |folder| {
        folder.write("layers/base/boundary.toml", "id\n");
    }),
    ("a code list is GBK", |folder| {
        folder.write(
            "layers/codes/site-status.csv",
            b"code,zh,en\nopen,\xd4\xda,Open\n",
        );
    }),
    ("a table of limits has another name", |folder| {
        folder.write("layers/limits/gb36600.csv", "");
    }),
    ("a code list is blank", |folder| {
        folder.write("layers/codes/site-status.csv", "\n\n");
    }),
    ("a layer's file is a folder", |folder| {
        folder.write("layers/soil/x.toml/y", "");
    }),
    ("a layer takes the name of the whole map", |folder| {
        let text = BOUNDARY.replace("id = \"boundary\"", "id = \"onemap\"");
        folder.write("layers/base/onemap.toml", text);
        folder.write("layers/base/onemap.style.json", BOUNDARY_STYLE);
    }),
    ("two themes hold a layer of one name", |folder| {
        folder.write(
            "layers/land/boundary.toml",
            BOUNDARY.replace("\"base\"", "\"land\""),
        );
        folder.write("layers/land/boundary.style.json", BOUNDARY_STYLE);
    }),
    (
        "a style names a department's field of a layer that departments see",
        |folder| {
            let text = SITES.replace("public_form = \"full\"", "public_form = \"existence\"");
            folder.write("layers/soil/sites.toml", text);
            let style = SITES_STYLE
                .replace(
                    "\"circle-stroke-width\": 1",
                    "\"circle-stroke-width\": [\"get\", \"opened\"]",
                )
                .replace("[\"get\", \"cd_lod\"]", "[\"get\", \"accuracy_m\"]");
            folder.write("layers/soil/sites.style.json", style);
        },
    ),
];

fn faults_of(folder: &Folder) -> Vec<Fault> {
    match load(folder.root(), &folder.layers()) {
        Ok(atlas) => atlas.absent,
        Err(faults) => faults,
    }
}

/// What each case says, in both languages, with the line that it blames.
fn told(cases: &[Spoilt]) -> String {
    let mut told = String::new();
    for case in cases {
        let (faults, text) = faults(case);
        assert!(!faults.is_empty(), "nothing is wrong: {case:?}");
        writeln!(told, "{:?} → {:?}", case.1, case.2).unwrap();
        for fault in faults {
            let line = fault.line.filter(|_| fault.file.to_str() == Some(case.0));
            let blamed = line.and_then(|line| text.lines().nth(line - 1));
            let blamed = blamed.unwrap_or_default().trim();
            writeln!(told, "  {}", fault.in_lang(Lang::En)).unwrap();
            writeln!(told, "  {}", fault.in_lang(Lang::Zh)).unwrap();
            writeln!(told, "  | {blamed}").unwrap();
        }
        told.push('\n');
    }
    told
}

/// Compares with `tests/golden/layer-<name>.snap`, in which each case is followed by its faults and
/// by the line each of them blames.
fn golden(name: &str, told: &str) {
    insta::with_settings!({
        snapshot_path => "../golden",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(format!("layer-{name}"), told);
    });
}

#[test]
fn each_fault_of_shape_is_told_with_its_line() {
    golden("shape", &told(shape::CASES));
}

#[test]
fn each_fault_of_meaning_is_told_with_its_line() {
    golden("meaning", &told(meaning::CASES));
}

#[test]
fn each_fault_of_a_list_is_told_with_its_line() {
    golden("lists", &told(lists::CASES));
}

#[test]
fn each_fault_of_a_limit_or_a_sample_is_told_with_its_line() {
    golden("limits", &told(limits::CASES));
}

#[test]
fn each_fault_of_a_style_is_told_with_its_line() {
    golden("styles", &told(styles::CASES));
}

#[test]
fn each_fault_of_the_folder_is_told_with_its_file() {
    let mut told = String::new();
    for (deed, spoil) in DEEDS {
        let folder = Folder::good();
        spoil(&folder);
        writeln!(told, "{deed}").unwrap();
        for fault in faults_of(&folder) {
            writeln!(told, "  {}", fault.in_lang(Lang::En)).unwrap();
            writeln!(told, "  {}", fault.in_lang(Lang::Zh)).unwrap();
        }
        told.push('\n');
    }
    golden("folder", &told);
}

/// Every fault of every case.
fn every_fault() -> Vec<Fault> {
    let cases = [
        shape::CASES,
        meaning::CASES,
        lists::CASES,
        limits::CASES,
        styles::CASES,
    ]
    .concat();
    let mut every: Vec<Fault> = cases.iter().flat_map(|case| faults(case).0).collect();
    for (_, spoil) in DEEDS {
        let folder = Folder::good();
        spoil(&folder);
        every.extend(faults_of(&folder));
    }
    every
}

#[test]
fn every_sentence_of_the_check_has_a_case_and_each_case_fills_it() {
    let every = every_fault();
    let told: BTreeSet<&str> = every
        .iter()
        .map(|fault| fault.message.key().name())
        .collect();
    // What no file brings about as long as the schema and the types of the file say the same.
    let untold = "layer.check_unreadable";
    let lacking: Vec<&str> = KEYS
        .iter()
        .map(|key| key.name())
        .filter(|name| name.starts_with("layer.check_"))
        .filter(|name| !told.contains(name) && *name != untold)
        .collect();
    assert!(lacking.is_empty(), "no case for {lacking:#?}");

    let sentences: toml::Table = include_str!("../../src/text/en.toml").parse().unwrap();
    for fault in &every {
        let (room, key) = fault.message.key().name().split_once('.').unwrap();
        let sentence = sentences[room][key].as_str().unwrap();
        for placeholder in sentence.split('{').skip(1) {
            let name = placeholder.split('}').next().unwrap();
            assert!(fault.message.arg(name).is_some(), "{key} lacks {name}");
        }
    }
}

#[test]
fn a_source_file_that_is_absent_does_not_stop_the_other_layers() {
    let folder = Folder::good();
    folder.remove("seeds/sites.csv");
    let atlas = load(folder.root(), &folder.layers()).unwrap();
    assert_eq!(atlas.layers.len(), 3);
    let told: Vec<String> = atlas.absent.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "layers/soil/sites.toml:8: the file seeds/sites.csv is not there (paths start at the \
          folder that holds layers/)"
        ]
    );
}

#[test]
fn a_label_a_series_and_the_layer_that_rows_belong_to_are_part_of_the_definition() {
    let folder = Folder::good();
    let text = SITES
        .replace("role = \"source\"", "role = \"source\"\nlabel = \"status\"")
        .replace(
            "[tiles]",
            "[part_of]\nlayer = \"orchids\"\nfield = \"site_id\"\n\
             [series]\ntime = \"opened\"\nvalues = [\"accuracy_m\", \"cd\"]\n[tiles]",
        );
    folder.write("layers/soil/sites.toml", text);
    let atlas = load(folder.root(), &folder.layers()).unwrap();
    let sites = &atlas.layers[&LayerId::parse("sites").unwrap()];
    assert_eq!(sites.label, Some(1));
    assert_eq!(
        sites.part_of,
        Some(PartOf {
            layer: LayerId::parse("orchids").unwrap(),
            field: 0,
            form: PublicForm::Generalised,
            identity: Visibility::Public,
        })
    );
    let series = Series {
        time: 4,
        values: vec![3, 2],
    };
    assert_eq!(sites.series, Some(series));
}

#[test]
fn what_a_change_of_would_change_an_import_is_named() {
    let folder = Folder::good();
    let atlas = load(folder.root(), &folder.layers()).unwrap();
    let named = |id: &str| -> Vec<String> {
        let layer = &atlas.layers[&LayerId::parse(id).unwrap()];
        let shown = |path: &std::path::PathBuf| {
            path.strip_prefix(folder.root())
                .unwrap()
                .display()
                .to_string()
        };
        layer.definition_files.iter().map(shown).collect()
    };
    assert_eq!(
        named("sites"),
        ["layers/soil/sites.toml", "layers/codes/site-status.csv"]
    );
    assert_eq!(
        named("orchids"),
        [
            "layers/biodiversity/orchids.toml",
            "layers/codes/orchid-sensitivity.csv",
        ]
    );
}
