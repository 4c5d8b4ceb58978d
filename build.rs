//! What must exist before the crate compiles: the sentences of `src/text` as a Rust enum, PROJ's
//! database, and a web page to embed (a placeholder when npm has not run).

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    #[expect(
        clippy::disallowed_methods,
        reason = "a build is told where to write by its environment"
    )]
    let out = PathBuf::from(env::var("OUT_DIR")?);
    sentences(&out)?;
    proj_database(&out)?;
    web_page()?;
    Ok(())
}

/// `src/text/{zh,en}.toml` → `text_keys.rs`: an enum with one variant a sentence. A key or a
/// placeholder that one language lacks stops the build and is named.
fn sentences(out: &Path) -> Result<(), Box<dyn Error>> {
    let read = |lang: &str| -> Result<BTreeMap<String, String>, Box<dyn Error>> {
        let path = format!("src/text/{lang}.toml");
        println!("cargo:rerun-if-changed={path}");
        let table: toml::Table = fs::read_to_string(&path)?
            .parse()
            .map_err(|e| format!("{path}: {e}"))?;
        let mut flat = BTreeMap::new();
        for (room, sentences) in table {
            let sentences = sentences
                .as_table()
                .ok_or(format!("{path}: [{room}] is no table"))?;
            for (key, sentence) in sentences {
                let text = sentence
                    .as_str()
                    .ok_or(format!("{path}: {room}.{key} is no text"))?;
                flat.insert(format!("{room}.{key}"), text.to_owned());
            }
        }
        Ok(flat)
    };
    let (zh, en) = (read("zh")?, read("en")?);
    for key in zh.keys().chain(en.keys()) {
        let (Some(z), Some(e)) = (zh.get(key), en.get(key)) else {
            let lacking = if zh.contains_key(key) { "en" } else { "zh" };
            return Err(format!("src/text/{lacking}.toml lacks the key {key}").into());
        };
        if placeholders(z) != placeholders(e) {
            return Err(format!("src/text: {key} has other placeholders in zh than in en").into());
        }
    }
    let mut code = String::from(
        "/// A sentence of `src/text/{zh,en}.toml`, named by its room and key.\n\
         #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]\npub enum Key {\n",
    );
    for key in en.keys() {
        writeln!(code, "    /// `{key}`\n    {},", variant(key))?;
    }
    code.push_str("}\n");
    let keys = en.keys().map(|key| format!("Key::{}", variant(key)));
    table(
        &mut code,
        "pub const KEYS: &[Key]",
        "Every key, in the order of its name.",
        keys,
    )?;
    let quoted = |text: &String| format!("{text:?}");
    table(
        &mut code,
        "const NAMES: &[&str]",
        "The names of the keys.",
        en.keys().map(quoted),
    )?;
    table(
        &mut code,
        "const ZH: &[&str]",
        "The sentences in Chinese.",
        zh.values().map(quoted),
    )?;
    table(
        &mut code,
        "const EN: &[&str]",
        "The sentences in English.",
        en.values().map(quoted),
    )?;
    fs::write(out.join("text_keys.rs"), code)?;
    Ok(())
}

/// Writes one list, in the order of the keys.
fn table(
    code: &mut String,
    declared: &str,
    doc: &str,
    rows: impl Iterator<Item = String>,
) -> std::fmt::Result {
    writeln!(code, "\n/// {doc}\n{declared} = &[")?;
    for row in rows {
        writeln!(code, "    {row},")?;
    }
    writeln!(code, "];")
}

fn variant(key: &str) -> String {
    key.split(['.', '_', '-'])
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_uppercase().collect::<String>() + letters.as_str()
            })
        })
        .collect()
}

fn placeholders(sentence: &str) -> Vec<&str> {
    let mut found: Vec<&str> = sentence
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// PROJ's database, built by `proj-sys` beside its library, copied to where `geom` embeds it.
fn proj_database(out: &Path) -> Result<(), Box<dyn Error>> {
    let builds = out
        .parent()
        .and_then(Path::parent)
        .ok_or("OUT_DIR has no build folder")?;
    let newest = fs::read_dir(builds)?
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("proj-sys-"))
        .map(|entry| entry.path().join("out/share/proj/proj.db"))
        .filter_map(|db| {
            fs::metadata(&db)
                .and_then(|m| m.modified())
                .ok()
                .map(|t| (t, db))
        })
        .max();
    let (_, db) = newest.ok_or("proj-sys left no proj.db beside its build")?;
    fs::copy(&db, out.join("proj.db"))?;
    println!("cargo:rerun-if-changed={}", db.display());
    Ok(())
}

/// `web/dist` must exist to be embedded. Without npm's output placeholders say what to do.
fn web_page() -> Result<(), Box<dyn Error>> {
    let dist = Path::new("web/dist");
    println!("cargo:rerun-if-changed=web/dist");
    fs::create_dir_all(dist)?;
    let page = "<!doctype html><meta charset=utf-8><title>OneMap</title>\
                <p data-onemap-placeholder>网页尚未构建，请运行 make web。/ \
                The web page is not built yet: run <code>make web</code>.\n";
    let module = "throw new Error(\"网页尚未构建 / the web pages are not built: make web\");\n";
    for (name, content) in [
        ("index.html", page),
        ("embed.html", page),
        ("builder.html", page),
        ("plan.html", page),
        ("widget.js", module),
    ] {
        if !dist.join(name).try_exists()? {
            fs::write(dist.join(name), content)?;
        }
    }
    Ok(())
}
