//! Whatever stands in the files, loading them ends with faults on lines that exist, never a panic.

use onemap::layer::load;
use proptest::prelude::*;

use super::folder::{DISTRICT, Folder, ORCHIDS, SENSITIVITY, SITES, SITES_STYLE, STATUS};

/// Anything at all; what looks like TOML, JSON or CSV; or a good text with a piece cut out and
/// another put in.
fn spoilt(good: &'static str) -> impl Strategy<Value = String> {
    let bits = prop::sample::select(vec![
        "[",
        "]",
        "[[",
        "{",
        "}",
        "\"",
        "'",
        "=",
        ",",
        ".",
        ":",
        "\n",
        " ",
        "#",
        "\\",
        "1",
        "-1",
        "1e999",
        "99999999999999999999",
        "true",
        "null",
        "fields",
        "source",
        "points",
        "id",
        "name",
        "type",
        "code",
        "[source.points]",
        "get",
        "match",
        "污",
        "\u{feff}",
        "\u{0}",
        "2025-06-30",
        "inf",
        "nan",
    ]);
    let soup = prop::collection::vec(bits, 0..24).prop_map(|bits| bits.concat());
    let edit = (any::<prop::sample::Index>(), 0..40_usize, soup.clone()).prop_map(
        move |(at, length, put)| {
            let letters: Vec<char> = good.chars().collect();
            let at = at.index(letters.len());
            let rest = letters.iter().skip(at + length);
            letters
                .iter()
                .take(at)
                .chain(&put.chars().collect::<Vec<_>>())
                .chain(rest)
                .collect()
        },
    );
    prop_oneof![1 => ".{0,60}", 2 => soup, 5 => edit]
}

fn ends_well(path: &str, text: &str) -> Result<(), TestCaseError> {
    let folder = Folder::good();
    folder.write(path, text);
    let faults = match load(folder.root(), &folder.layers()) {
        Ok(atlas) => atlas.absent,
        Err(faults) => faults,
    };
    let lines = text.split('\n').count();
    for fault in faults
        .iter()
        .filter(|fault| fault.file.to_str() == Some(path))
    {
        let line = fault.line.unwrap_or(1);
        prop_assert!((1..=lines).contains(&line), "{fault}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_layer_is_judged(text in spoilt(SITES)) {
        ends_well("layers/soil/sites.toml", &text)?;
    }

    #[test]
    fn any_generalised_layer_is_judged(text in spoilt(ORCHIDS)) {
        ends_well("layers/biodiversity/orchids.toml", &text)?;
    }

    #[test]
    fn any_district_is_judged(text in spoilt(DISTRICT)) {
        ends_well("layers/district.toml", &text)?;
    }

    #[test]
    fn any_style_is_judged(text in spoilt(SITES_STYLE)) {
        ends_well("layers/soil/sites.style.json", &text)?;
    }

    #[test]
    fn any_code_list_is_judged(text in spoilt(STATUS)) {
        ends_well("layers/codes/site-status.csv", &text)?;
    }

    #[test]
    fn any_sensitivity_list_is_judged(text in spoilt(SENSITIVITY)) {
        ends_well("layers/codes/orchid-sensitivity.csv", &text)?;
    }
}

#[test]
fn a_text_nested_beyond_reason_is_judged() {
    for (path, deep) in [
        (
            "layers/soil/sites.toml",
            "a = ".to_owned() + &"[".repeat(100_000),
        ),
        (
            "layers/soil/sites.toml",
            "a".to_owned() + &".a".repeat(50_000) + " = 1",
        ),
        ("layers/soil/sites.style.json", "[".repeat(100_000)),
        (
            "layers/soil/sites.style.json",
            "[".repeat(120) + &"]".repeat(120),
        ),
    ] {
        ends_well(path, &deep).unwrap();
    }
}
