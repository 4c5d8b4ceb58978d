//! Every case of `tests/golden/screening`: at least one for each rule that decides, and for every
//! trap that is known.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use onemap::assess::Screening;
use onemap::assess::answer::{Exceeds, Finding, FromUse, Reason, State};
use onemap::layer::SoilClass;
use onemap::layer::book::rules::RuleKind;

use super::case::{ATLAS, Case};

/// The cases, by file and name.
fn cases() -> BTreeMap<String, Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/screening");
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    files.sort();
    let mut cases = BTreeMap::new();
    for path in files {
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path).unwrap();
        let of_file: BTreeMap<String, Case> =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{stem}: {error}"));
        cases.extend(
            of_file
                .into_iter()
                .map(|(name, case)| (format!("{stem}/{name}"), case)),
        );
    }
    cases
}

#[test]
fn every_case_comes_out_as_it_is_written_down() {
    let mut wrong = Vec::new();
    for (name, case) in cases() {
        assert!(!case.shows.is_empty(), "{name} stands for nothing");
        let world = case.world();
        let departures = match (case.answer(&world), &case.expect.fault) {
            (Ok(screening), None) => departures(&case, &screening),
            (Err(fault), Some(expected)) => {
                let said = fault.message().key().name().to_owned();
                (said != *expected).then_some(said).into_iter().collect()
            }
            (Ok(_), Some(fault)) => vec![format!("could be asked, though {fault}")],
            (Err(fault), None) => vec![format!("could not be asked: {}", fault.message())],
        };
        if !departures.is_empty() {
            wrong.push(format!(
                "{name} ({})\n  {}",
                case.title,
                departures.join("\n  ")
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} cases\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn there_are_cases_enough_and_one_for_every_rule_that_decides() {
    let cases = cases();
    assert!(cases.len() >= 80, "{} cases", cases.len());
    let fired: BTreeSet<&str> = cases
        .values()
        .flat_map(|case| case.expect.fired.iter().flatten())
        .filter_map(|fired| fired.split(' ').next())
        .collect();
    let book = &ATLAS.book;
    let profile = &book.profiles[book.default_profile.as_ref().unwrap()];
    let deciding = book.rule_sets[&profile.rules].rules.iter().filter(|rule| {
        rule.verdict.is_some() && matches!(rule.kind, RuleKind::Trigger | RuleKind::Limit)
    });
    let without: Vec<&str> = deciding
        .map(|rule| rule.id.as_str())
        .filter(|id| !fired.contains(id))
        .collect();
    assert!(without.is_empty(), "no case fires {without:?}");
}

/// What differs from what is expected, in words.
fn departures(case: &Case, screening: &Screening) -> Vec<String> {
    let expect = &case.expect;
    let mut wrong = Vec::new();
    let mut same = |what: &str, is: String, expected: Option<String>| {
        if let Some(expected) = expected
            && is != expected
        {
            wrong.push(format!("{what}: {is}, not {expected}"));
        }
    };
    same(
        "verdict",
        screening.verdict.as_str().to_owned(),
        expect.verdict.clone(),
    );
    same(
        "complete",
        screening.complete.to_string(),
        expect.complete.map(|complete| complete.to_string()),
    );
    same("class", class(screening), expect.class.clone());
    let fired: Vec<String> = screening.findings.iter().filter_map(fired).collect();
    let sorted = |mut words: Vec<String>| {
        words.sort();
        format!("{words:#?}")
    };
    same(
        "fired",
        sorted(fired.clone()),
        expect.fired.clone().map(sorted),
    );
    same(
        "changes",
        format!("{:#?}", changes(screening)),
        expect.changes.as_ref().map(|c| format!("{c:#?}")),
    );
    same(
        "lineage",
        format!("{:#?}", lineage(screening)),
        expect.lineage.as_ref().map(|l| format!("{l:#?}")),
    );
    for rule in &expect.silent {
        if fired
            .iter()
            .any(|fired| fired.split(' ').next() == Some(rule))
        {
            wrong.push(format!("{rule} fired"));
        }
    }
    let all = [
        ("step", steps(screening), &expect.steps),
        ("found", found(screening), &expect.found),
        ("unknown", unknowns(screening), &expect.unknown),
        ("state", states(screening), &expect.states),
        ("sample", samples(screening), &expect.samples),
    ];
    for (what, is, expected) in all {
        for missing in expected.iter().filter(|word| !is.contains(word)) {
            wrong.push(format!("no {what} {missing} among {is:#?}"));
        }
    }
    wrong
}

fn class(screening: &Screening) -> String {
    let class = match screening.meaning.limit_class {
        SoilClass::I => "I",
        SoilClass::II => "II",
        SoilClass::Unknown => "unknown",
    };
    let assumed = if screening.meaning.class_assumed {
        " assumed"
    } else {
        ""
    };
    format!("{class}{assumed}")
}

fn place(finding: &Finding) -> String {
    finding
        .feature
        .as_ref()
        .map_or_else(String::new, |feature| {
            let flags = [
                (feature.possible, " possible"),
                (feature.sliver, " sliver"),
                (feature.across_road, " across_road"),
            ];
            let flags: String = flags
                .iter()
                .filter(|(is, _)| *is)
                .map(|(_, word)| *word)
                .collect();
            format!(" {}/{} {}{flags}", feature.layer, feature.id, feature.ring)
        })
}

fn fired(finding: &Finding) -> Option<String> {
    let rule = finding.rule.as_ref()?;
    Some(format!("{}{}", rule.id, place(finding)))
}

fn found(screening: &Screening) -> Vec<String> {
    let of = |finding| place(finding).trim().to_owned();
    screening.findings.iter().map(of).collect()
}

fn steps(screening: &Screening) -> Vec<String> {
    let findings = screening.findings.iter();
    findings
        .filter_map(|finding| Some((finding.rule.as_ref()?, &finding.steps)))
        .flat_map(|(rule, steps)| {
            steps
                .iter()
                .map(move |step| format!("{} > {}", rule.id, step.id))
        })
        .collect()
}

fn unknowns(screening: &Screening) -> Vec<String> {
    let words = |reason: Reason| format!("{reason:?}");
    let of = |unknown: &onemap::assess::answer::Unknown| {
        let mut said = snake(&words(unknown.reason));
        if let Some(layer) = &unknown.layer {
            said = format!("{said} {layer}");
        }
        said
    };
    screening.unknowns.iter().map(of).collect()
}

fn snake(camel: &str) -> String {
    let mut snake = String::new();
    for letter in camel.chars() {
        if letter.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

fn states(screening: &Screening) -> Vec<String> {
    let layers = screening.themes.iter().flat_map(|theme| &theme.layers);
    let word = |state: State| snake(&format!("{state:?}"));
    layers
        .map(|layer| format!("{} {}", layer.layer, word(layer.state)))
        .collect()
}

fn changes(screening: &Screening) -> Vec<String> {
    let from = |from: &FromUse| match from {
        FromUse::Use(code) => code.to_string(),
        FromUse::NotMapped => "not_mapped".to_owned(),
        FromUse::MappedTwice => "mapped_twice".to_owned(),
    };
    let rows = screening.changes.iter();
    rows.map(|row| format!("{} {:.2}", from(&row.from), row.area_m2))
        .collect()
}

fn lineage(screening: &Screening) -> Vec<String> {
    let former = screening.lineage.iter();
    former
        .map(|f| format!("{}/{} {:.4}", f.layer, f.id, f.covers_share))
        .collect()
}

fn samples(screening: &Screening) -> Vec<String> {
    let word = |exceeds: Exceeds| snake(&format!("{exceeds:?}"));
    let of = |sample: &onemap::assess::answer::SampleValue| {
        let below = if sample.below_detection { "<" } else { "" };
        let class = sample.class.as_deref().unwrap_or("-");
        format!(
            "{} {below}{} {} {class}",
            sample.substance,
            sample.value,
            word(sample.exceeds)
        )
    };
    screening.samples.iter().map(of).collect()
}
