//! What must never be, read from the sources: the arrow between rooms, the wall, and the habits that
//! a compiler does not see.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// DESIGN's arrow: for each room the rooms it may name. All may speak (`text`).
const ARROW: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("geom", &[]),
    ("model", &["geom"]),
    ("filter", &["geom", "model"]),
    ("source", &["geom", "model"]),
    ("layer", &["geom", "model", "filter", "source"]),
    ("store", &["geom", "model", "layer"]),
    ("publish", &["geom", "model", "layer", "store"]),
    ("index", &["geom", "model", "layer", "publish"]),
    ("query", &["geom", "model", "filter", "layer", "index"]),
    ("assess", &["geom", "model", "filter", "layer", "query"]),
    ("tile", &["geom", "model", "layer", "query"]),
    ("export", &["geom", "model", "layer", "query"]),
    ("report", &["geom", "model", "layer", "query", "assess"]),
    (
        "batch",
        &[
            "geom", "model", "source", "layer", "query", "assess", "export", "report",
        ],
    ),
    (
        "http",
        &[
            "geom", "model", "layer", "query", "assess", "tile", "export", "report",
        ],
    ),
];

/// Rooms that wire the others and may name all.
const WIRING: &[&str] = &["seed", "config", "cli"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder with one of these endings, sorted; what npm and the build made is left
/// out.
fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = fs::read_dir(&folder) else {
            continue;
        };
        for path in entries.map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                if !["node_modules", "dist", "target", ".git"].contains(&name.as_str()) {
                    folders.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The room a source file belongs to: `src/tile/encode.rs` → `tile`.
fn room(path: &Path) -> String {
    let inside = path.strip_prefix(root().join("src")).unwrap();
    let first = inside
        .components()
        .next()
        .unwrap()
        .as_os_str()
        .to_string_lossy()
        .into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The lines of a file that are code, numbered: no comment lines, nothing from the file's own tests
/// on, whether a module's or the whole file's, and nothing of a file `tests.rs`.
fn code_lines(path: &Path) -> Vec<(usize, String)> {
    if path.ends_with("tests.rs") {
        return Vec::new();
    }
    let text = fs::read_to_string(path).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    // Tests in the file itself come last; tests in a file of their own are only named here.
    let begins_tests = |at: usize| match lines[at].trim_end() {
        "#![cfg(test)]" => true,
        "#[cfg(test)]" => !lines.get(at + 1).is_some_and(|next| next.ends_with(';')),
        _ => false,
    };
    lines
        .iter()
        .enumerate()
        .take_while(|(at, _)| !begins_tests(*at))
        .map(|(at, line)| (at + 1, (*line).to_owned()))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .collect()
}

/// Fails with every place at once.
fn none(what: &str, places: &[String]) {
    assert!(places.is_empty(), "{what}:\n{}", places.join("\n"));
}

/// Whether `word` stands in `line` as a whole word.
fn names(line: &str, word: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        !line[..at].ends_with(is_word) && !line[at + word.len()..].starts_with(is_word)
    })
}

/// Every place in `src` where a whole word stands in code, outside the rooms that may use it.
fn word_outside(word: &str, allowed: &[&str]) -> Vec<String> {
    let mut places = Vec::new();
    for path in files("src", &[".rs"]) {
        if allowed.contains(&room(&path).as_str()) {
            continue;
        }
        for (number, line) in code_lines(&path) {
            if names(&line, word) {
                places.push(format!("{}:{number}: {}", path.display(), line.trim()));
            }
        }
    }
    places
}

#[test]
fn no_room_names_a_room_that_the_arrow_does_not_allow() {
    let allowed: BTreeMap<&str, &[&str]> = ARROW.iter().copied().collect();
    let mut places = Vec::new();
    for path in files("src", &[".rs"]) {
        let room = room(&path);
        if WIRING.contains(&room.as_str()) || ["lib", "main"].contains(&room.as_str()) {
            continue;
        }
        let may = allowed
            .get(room.as_str())
            .unwrap_or_else(|| panic!("no arrow for {room}"));
        for (number, line) in code_lines(&path) {
            for (at, _) in line.match_indices("crate::") {
                let rest = &line[at + "crate::".len()..];
                let end = rest
                    .find(|c: char| !c.is_alphanumeric() && c != '_')
                    .unwrap_or(rest.len());
                let named = &rest[..end];
                let is_room = allowed.contains_key(named) || WIRING.contains(&named);
                if is_room && named != room && named != "text" && !may.contains(&named) {
                    places.push(format!("{}:{number}: {room} names {named}", path.display()));
                }
            }
            if line.contains("use crate::{") {
                places.push(format!(
                    "{}:{number}: write one `use crate::room` a line",
                    path.display()
                ));
            }
        }
    }
    none("arrows that the design does not allow", &places);
}

#[test]
fn the_rooms_stand_in_the_order_of_the_arrow() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let order: Vec<&str> = lib
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    let expected: Vec<&str> = ARROW
        .iter()
        .map(|(room, _)| *room)
        .chain(WIRING.iter().copied())
        .collect();
    assert_eq!(order, expected);
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut last = 0;
    for room in &expected {
        let row = format!("| `{room}` |");
        let at = architecture
            .find(&row)
            .unwrap_or_else(|| panic!("ARCHITECTURE.md has no row {row}"));
        assert!(at > last, "ARCHITECTURE.md lists {room} out of order");
        last = at;
    }
}

#[test]
fn what_is_exact_stays_before_the_wall() {
    none(
        "`Exact` behind the wall",
        &word_outside("Exact", &["model", "layer", "store", "publish"]),
    );
}

#[test]
fn nothing_of_the_model_or_the_index_can_be_serialised() {
    let places: Vec<String> = word_outside("Serialize", &[])
        .into_iter()
        .filter(|place| place.contains("/src/model/") || place.contains("/src/index/"))
        .collect();
    none("`Serialize` in model or index", &places);
}

#[test]
fn each_engine_is_named_in_its_own_room_only() {
    for (word, rooms) in [
        ("rusqlite", &["store"] as &[&str]),
        ("gdal", &["source", "export"]),
        ("gdal_sys", &["source", "export"]),
        ("axum", &["http"]),
        ("hyper", &["http"]),
        ("proj_sys", &["geom"]),
        ("clap", &["cli"]),
    ] {
        none(
            &format!("`{word}` outside {rooms:?}"),
            &word_outside(word, rooms),
        );
    }
    let sql = ["SELECT ", "INSERT INTO", "DELETE FROM", "PRAGMA "];
    let mut places = Vec::new();
    for word in sql {
        let outside = |path: &PathBuf| room(path) != "store";
        for path in files("src", &[".rs", ".sql"]).into_iter().filter(outside) {
            for (number, line) in code_lines(&path) {
                if line.contains(word) {
                    places.push(format!("{}:{number}: {}", path.display(), line.trim()));
                }
            }
        }
    }
    none("SQL outside store", &places);
}

#[test]
fn the_program_never_gives_up_on_data() {
    let mut places = Vec::new();
    for path in files("src", &[".rs"]) {
        for (number, line) in code_lines(&path) {
            for word in [
                ".unwrap()",
                ".expect(",
                "panic!(",
                "unreachable!(",
                "todo!(",
                "should_panic",
            ] {
                if line.contains(word) {
                    places.push(format!("{}:{number}: {}", path.display(), line.trim()));
                }
            }
        }
    }
    none("a way to give up", &places);
}

#[test]
fn every_file_opens_with_its_purpose_and_is_short_enough_to_read() {
    let mut places = Vec::new();
    for path in files("src", &[".rs"])
        .iter()
        .chain(&files("tests", &[".rs"]))
    {
        let text = fs::read_to_string(path).unwrap();
        if !text.starts_with("//!") {
            places.push(format!("{}: no //! line", path.display()));
        }
        if text.contains(concat!("super::", "super")) {
            places.push(format!("{}: climbs two rooms at once", path.display()));
        }
    }
    let readable = [".rs", ".ts", ".css", ".mjs", ".html", ".sh", ".sql"];
    for folder in ["src", "tests", "benches", "web", "scripts"] {
        for path in files(folder, &readable) {
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            // What a program has written nobody reads from end to end.
            if lines > 600 && !path.to_string_lossy().ends_with(".gen.ts") {
                places.push(format!("{}: {lines} lines", path.display()));
            }
        }
    }
    none("files to mend", &places);
}

#[test]
fn no_sentence_calls_land_clean_or_safe() {
    let mut places = Vec::new();
    for lang in ["zh", "en"] {
        let path = root().join(format!("src/text/{lang}.toml"));
        for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            let sentence = line
                .split_once('=')
                .map_or("", |(_, sentence)| sentence)
                .to_lowercase();
            let english = ["clean", "safe", "unpolluted", "uncontaminated", "harmless"];
            let chinese = ["无污染", "未污染", "安全", "无害", "洁净"];
            if english.iter().any(|word| names(&sentence, word))
                || chinese.iter().any(|word| sentence.contains(word))
            {
                places.push(format!("{}:{}: {sentence}", path.display(), number + 1));
            }
        }
    }
    none("words that promise too much", &places);
}

#[test]
fn nothing_of_a_machine_or_a_registry_stands_in_the_project() {
    let hosts = ["crates", "npmjs", "pypi", "pythonhosted", "debian"]
        .map(|h| format!("{h}.{}", if h == "crates" { "io" } else { "org" }));
    let mut places = Vec::new();
    let endings = [
        ".rs", ".toml", ".md", ".ts", ".mjs", ".json", ".css", ".html", "Makefile", "run", "setup",
    ];
    for path in files(".", &endings) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with("package-lock.json") {
            continue;
        }
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        for (number, line) in text.lines().enumerate() {
            let machine = ["/root/", "/home/"].iter().any(|start| {
                line.match_indices(start).any(|(at, _)| {
                    !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '/' || c == '.')
                })
            });
            let open = [
                concat!("TO", "DO"),
                concat!("FIX", "ME"),
                concat!("XX", "X"),
            ]
            .iter()
            .any(|word| names(line, word));
            let host = !path.ends_with("tests/it/house.rs")
                && hosts.iter().any(|host| line.contains(host.as_str()));
            if host || open || (machine && !path.ends_with("tests/it/house.rs")) {
                places.push(format!(
                    "{}:{}: {}",
                    path.display(),
                    number + 1,
                    line.trim()
                ));
            }
        }
    }
    none("what must not stand in the project", &places);
}

#[test]
fn every_direct_dependency_has_its_reason_in_the_architecture() {
    let manifest: toml::Table = fs::read_to_string(root().join("Cargo.toml"))
        .unwrap()
        .parse()
        .unwrap();
    let architecture = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let mut places = Vec::new();
    for section in ["dependencies", "build-dependencies", "dev-dependencies"] {
        for name in manifest[section].as_table().unwrap().keys() {
            if !architecture.contains(&format!("`{name}`")) {
                places.push(format!("{name} ({section})"));
            }
        }
    }
    none(
        "dependencies that ARCHITECTURE.md does not explain",
        &places,
    );
}
