//! What stands in `docs/` about layers is what the program does.

use std::path::{Path, PathBuf};

use onemap::layer::{load, run_examples, schema};

use super::folder::{BOUNDARY, BOUNDARY_STYLE, DISTRICT, Folder};

fn docs(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(name)
}

/// The file must hold `text`; if it does not, it is written, and the test fails this once.
fn holds(name: &str, text: &str) {
    let stale = std::fs::read_to_string(docs(name)).unwrap_or_default() != text;
    if stale {
        std::fs::write(docs(name), text).unwrap();
    }
    assert!(
        !stale,
        "docs/{name} was stale and has been written anew: look at it and commit it"
    );
}

#[test]
fn the_schemas_in_docs_are_those_that_files_are_held_against() {
    let schemas = schema();
    holds("layer.schema.json", &schemas.layer);
    holds("district.schema.json", &schemas.district);
    holds("profile.schema.json", &schemas.profile);
    holds("rules.schema.json", &schemas.rules);
}

/// The fenced blocks of a page that follow a line with the name of a file in bold: path and text.
fn files_of(page: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let mut caption = None;
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(path) = line
            .strip_prefix("**`")
            .and_then(|rest| rest.strip_suffix("`**"))
        {
            caption = Some(path.to_owned());
        } else if line.starts_with("```") {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            if let Some(path) = caption.take() {
                files.push((path, block.join("\n") + "\n"));
            }
        }
    }
    files
}

#[test]
fn the_example_of_adding_a_layer_loads_as_it_stands_there() {
    let page = std::fs::read_to_string(docs("adding-a-layer.md")).unwrap();
    let files = files_of(&page);
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "seeds/water/wells.csv",
            "layers/codes/well-use.csv",
            "layers/water/wells.toml",
            "layers/water/wells.style.json",
            "layers/water/wells.examples.toml",
        ]
    );
    loads_beside_a_boundary(&files);
}

fn loads_beside_a_boundary(files: &[(String, String)]) {
    let folder = Folder::empty();
    folder.write("layers/district.toml", DISTRICT);
    folder.write("layers/base/boundary.toml", BOUNDARY);
    folder.write("layers/base/boundary.style.json", BOUNDARY_STYLE);
    folder.write("seeds/boundary.geojson", "");
    for (path, text) in files {
        folder.write(path, text);
    }
    let atlas = load(folder.root(), &folder.layers()).unwrap();
    assert!(atlas.absent.is_empty(), "{:?}", atlas.absent);
    assert_eq!(atlas.layers.len(), 2);
    assert_eq!(run_examples(&atlas), []);
}

#[test]
fn the_layer_in_the_readme_loads_as_it_stands_there() {
    let page = std::fs::read_to_string(docs("../README.md")).unwrap();
    let (_, from_toml) = page.split_once("```toml\n").unwrap();
    let (toml, after) = from_toml.split_once("```").unwrap();
    let (_, from_style) = after.split_once("my-points.style.json` is `").unwrap();
    let (style, _) = from_style.split_once('`').unwrap();
    loads_beside_a_boundary(&[
        ("layers/soil/my-points.toml".to_owned(), toml.to_owned()),
        (
            "layers/soil/my-points.style.json".to_owned(),
            style.to_owned(),
        ),
        ("my/points.csv".to_owned(), "id,name,lon,lat\n".to_owned()),
    ]);
}
