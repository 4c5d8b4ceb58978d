//! Profiles, rule sets, and the parts of a screening: what is wrong with them is told where it is.

use std::collections::BTreeSet;
use std::path::Path;

use onemap::layer::book::rules::{Read, RuleKind};
use onemap::layer::book::vocabulary::Word;
use onemap::layer::{Atlas, load};
use onemap::model::Verdict;
use onemap::text::Lang;

use super::folder::{DISTRICT, Folder};

fn atlas() -> Atlas {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    load(root, &root.join("layers")).unwrap()
}

const PROFILE: &str = r#"id = "near"
version = 1
title = { zh = "近", en = "Near" }
note = { zh = "演示", en = "Demonstration" }
rules = "local"
rings_m = [100, 300]
road_width_m = 40
sliver_m2 = 1
precise_to_m = 10
least_share_on_site = 1.0
least_share_rings = 0.9
valid_days = 180
leave_out = ["orchids"]
[road_uses]
ydyh-2023 = ["10"]
"#;

const LOCAL: &str = r#"id = "local"
version = 1
title = { zh = "本地", en = "Local" }
includes = ["law"]
[[rules]]
id = "L1"
version = 1
kind = "trigger"
title = { zh = "附近有污染源", en = "A site nearby" }
sentence = { zh = "附近有污染源。", en = "There is a site nearby." }
article = { zh = "惯例", en = "Practice" }
source = "惯例"
read = "secondary"
subject = "feature"
layer = "sites"
rings = ["adjoining", "within"]
when = "status = 'open' AND distance_m < 200"
verdict = "attention"
[[rules.examples]]
title = "near"
given = { status = "open", distance_m = 10 }
fires = "yes"
[[rules.examples]]
title = "far"
given = { status = "open", distance_m = 300 }
fires = "no"
"#;

const LAW: &str = r#"id = "law"
version = 1
title = { zh = "法", en = "Law" }
[[rules]]
id = "R1"
version = 1
kind = "trigger"
title = { zh = "变更", en = "Change" }
sentence = { zh = "变更前调查。", en = "Survey before a change." }
article = { zh = "第五十九条", en = "Article 59" }
source = "原文"
read = "primary"
subject = "parcel"
when = "planned_trigger = 'yes' AND use_changes = TRUE"
verdict = "survey_required"
[[rules.examples]]
title = "yes"
given = { planned_trigger = "yes", use_changes = true }
fires = "yes"
[[rules.examples]]
title = "unknown"
given = { planned_trigger = "yes" }
fires = "unknown"
[[rules]]
id = "R3"
version = 1
kind = "procedure"
title = { zh = "评审", en = "Review" }
sentence = { zh = "报告须评审。", en = "The report is reviewed." }
article = { zh = "第五十九条", en = "Article 59" }
source = "原文"
read = "primary"
follows = ["R1"]
"#;

/// A good folder with a profile, two rule sets and parts.
fn good() -> Folder {
    let folder = Folder::good();
    folder.write("layers/profiles/near.toml", PROFILE);
    folder.write("layers/rules/local.toml", LOCAL);
    folder.write("layers/rules/law.toml", LAW);
    let (top, audiences) = DISTRICT.split_once("[audiences]").unwrap();
    folder.write(
        "layers/district.toml",
        format!("{top}profile = \"near\"\n[audiences]{audiences}[screening]\n"),
    );
    folder
}

#[test]
fn a_set_has_the_rules_of_those_it_includes_before_its_own() {
    let folder = good();
    let atlas = load(folder.root(), &folder.layers()).unwrap();
    let set = &atlas.book.rule_sets["local"];
    let ids: Vec<&str> = set.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids, ["R1", "R3", "L1"]);
    let profile = &atlas.book.profiles["near"];
    assert_eq!(profile.rings_m, [100, 300]);
    assert_eq!(atlas.book.default_profile.as_deref(), Some("near"));
    assert!(profile.leave_out.iter().any(|id| id.as_str() == "orchids"));
}

/// What is spoilt: in which file which text gives way to which; and where and how it is told: the
/// text on whose line, and what the English sentence holds.
type Spoilt = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const SPOILT: &[Spoilt] = &[
    // Rule sets.
    (
        "rules/law.toml",
        "title = { zh = \"法\", en = \"Law\" }",
        "title = { zh = \"法\", en = \"Law\" }\nincludes = [\"local\"]",
        "includes = [\"local\"]",
        "law → local → law",
    ),
    (
        "rules/local.toml",
        "includes = [\"law\"]",
        "includes = [\"lav\"]",
        "includes",
        "did you mean 'law'?",
    ),
    (
        "rules/law.toml",
        "id = \"law\"",
        "id = \"laws\"",
        "id = \"laws\"",
        "not the file's name",
    ),
    (
        "rules/local.toml",
        "id = \"L1\"",
        "id = \"R1\"",
        "id = \"R1\"",
        "already stands in layers/rules/law.toml, line 5",
    ),
    (
        "rules/law.toml",
        "follows = [\"R1\"]",
        "follows = [\"R3\"]",
        "follows",
        "R3 → R3",
    ),
    (
        "rules/law.toml",
        "follows = [\"R1\"]",
        "follows = [\"R9\"]",
        "follows",
        "there is no rule 'R9'",
    ),
    (
        "rules/law.toml",
        "follows = [\"R1\"]",
        "subject = \"parcel\"\nfollows = [\"R1\"]",
        "subject = \"parcel\"\nfollows",
        "'subject' has no meaning",
    ),
    (
        "rules/law.toml",
        "subject = \"parcel\"\n",
        "",
        "[[rules]]",
        "needs a 'subject'",
    ),
    (
        "rules/local.toml",
        "layer = \"sites\"",
        "layer = \"site\"",
        "layer",
        "there is no layer 'site'; did you mean 'sites'?",
    ),
    (
        "rules/local.toml",
        "layer = \"sites\"\n",
        "",
        "[[rules]]",
        "so it needs 'layer'",
    ),
    (
        "rules/law.toml",
        "subject = \"parcel\"",
        "subject = \"parcel\"\nlayer = \"sites\"",
        "layer = \"sites\"",
        "only with subject = \"feature\"",
    ),
    (
        "rules/law.toml",
        "read = \"primary\"\nsubject",
        "read = \"perhaps\"\nsubject",
        "read = \"perhaps\"",
        "primary, secondary, recalled",
    ),
    (
        "rules/law.toml",
        "article = { zh = \"第五十九条\", en = \"Article 59\" }\nsource = \"原文\"\nread = \"primary\"\nsubject",
        "source = \"原文\"\nread = \"primary\"\nsubject",
        "[[rules]]",
        "article",
    ),
    // Conditions.
    (
        "rules/local.toml",
        "status = 'open' AND",
        "state = 'open' AND",
        "when",
        "state",
    ),
    (
        "rules/local.toml",
        "distance_m < 200",
        "distance_m < 'near'",
        "when",
        "distance_m",
    ),
    (
        "rules/local.toml",
        "status = 'open' AND",
        "status = 'opem' AND",
        "when",
        "opem",
    ),
    (
        "rules/law.toml",
        "planned_trigger = 'yes' AND",
        "planned_group = '7' AND",
        "when",
        "7",
    ),
    (
        "rules/law.toml",
        "planned_trigger = 'yes' AND",
        "planned_trigger = 'yes' AMD",
        "when",
        "the condition of the rule 'R1' is not right",
    ),
    // Examples.
    (
        "rules/law.toml",
        "fires = \"unknown\"",
        "fires = \"no\"",
        "fires = \"no\"",
        "gives unknown",
    ),
    (
        "rules/local.toml",
        "given = { status = \"open\", distance_m = 10 }",
        "given = { state = \"open\", distance_m = 10 }",
        "given = { state",
        "knows no 'state'",
    ),
    (
        "rules/local.toml",
        "given = { status = \"open\", distance_m = 10 }",
        "given = { status = \"shut\", distance_m = 10 }",
        "given = { status = \"shut\"",
        "'status' is never 'shut'",
    ),
    (
        "rules/local.toml",
        "given = { status = \"open\", distance_m = 10 }",
        "given = { status = \"open\", distance_m = true }",
        "distance_m = true",
        "of type number",
    ),
    (
        "rules/law.toml",
        "fires = \"unknown\"",
        "fires = \"yes\"",
        "[[rules]]",
        "needs examples",
    ),
    // Profiles.
    (
        "profiles/near.toml",
        "rules = \"local\"",
        "rules = \"lokal\"",
        "rules",
        "did you mean 'local'?",
    ),
    (
        "profiles/near.toml",
        "rings_m = [100, 300]",
        "rings_m = [300, 100]",
        "rings_m",
        "each farther out",
    ),
    (
        "profiles/near.toml",
        "ydyh-2023 = [\"10\"]",
        "ydyh-2023 = [\"1207\"]",
        "ydyh-2023",
        "'1207' is not a code of ydyh-2023",
    ),
    (
        "profiles/near.toml",
        "ydyh-2023 = [\"10\"]",
        "ydyh-2020 = [\"10\"]",
        "ydyh-2020",
        "did you mean 'ydyh-2023'?",
    ),
    (
        "profiles/near.toml",
        "least_share_rings = 0.9",
        "least_share_rings = 90",
        "least_share_rings",
        "from 0 to 1, not 90",
    ),
    (
        "profiles/near.toml",
        "sliver_m2 = 1",
        "sliver_m2 = -1",
        "sliver_m2",
        "0 or more, not -1",
    ),
    (
        "profiles/near.toml",
        "leave_out = [\"orchids\"]",
        "leave_out = [\"orchid\"]",
        "leave_out",
        "did you mean 'orchids'?",
    ),
    (
        "profiles/near.toml",
        "valid_days = 180",
        "valid_day = 180",
        "valid_day =",
        "did you mean 'valid_days'?",
    ),
    // The district.
    (
        "district.toml",
        "profile = \"near\"",
        "profile = \"far\"",
        "profile",
        "there is no profile 'far'",
    ),
    (
        "district.toml",
        "[screening]\n",
        "[screening]\nparcels = { layer = \"sites\" }\n",
        "parcels",
        "only if it holds polygons",
    ),
    (
        "district.toml",
        "[screening]\n",
        "[screening]\ncurrent_use = { layer = \"boundary\", field = \"use\" }\n",
        "current_use",
        "the layer 'boundary' has no field 'use'",
    ),
    (
        "district.toml",
        "[screening]\n",
        "[screening]\nformer_parcels = { layer = \"borders\" }\n",
        "former_parcels",
        "there is no layer 'borders'",
    ),
];

#[test]
fn what_is_wrong_with_a_profile_a_rule_or_a_part_is_told_on_its_line() {
    for (path, old, new, at, says) in SPOILT {
        let folder = good();
        let path = format!("layers/{path}");
        let text = std::fs::read_to_string(folder.root().join(&path)).unwrap();
        assert!(text.contains(old), "{path}: {old}");
        let text = text.replacen(old, new, 1);
        folder.write(&path, &text);
        let faults = load(folder.root(), &folder.layers()).expect_err(new);
        let lines: BTreeSet<usize> = text
            .match_indices(at)
            .map(|(at, _)| 1 + text[..at].matches('\n').count())
            .collect();
        let told = faults.iter().any(|fault| {
            let named = fault.file == Path::new(&path);
            let on_line = fault.line.is_some_and(|line| lines.contains(&line));
            named && on_line && fault.message.in_lang(Lang::En).contains(says)
        });
        assert!(told, "{path}: {old} → {new}: {faults:#?}");
        for fault in &faults {
            assert!(!fault.in_lang(Lang::Zh).contains('{'), "{fault}");
        }
    }
}

#[test]
fn a_field_named_like_a_word_of_rules_is_refused() {
    let folder = good();
    let path = "layers/soil/sites.toml";
    let text = std::fs::read_to_string(folder.root().join(path)).unwrap();
    let text = text.replace("name = \"cd\"\n", "name = \"distance_m\"\nfrom = \"cd\"\n");
    folder.write(path, &text);
    let style = std::fs::read_to_string(folder.root().join("layers/soil/sites.style.json"));
    let style = style.unwrap().replace("\"cd", "\"distance_m");
    folder.write("layers/soil/sites.style.json", style);
    let faults = load(folder.root(), &folder.layers()).unwrap_err();
    let told = |fault: &onemap::layer::Fault| {
        fault.file == Path::new("layers/rules/local.toml")
            && fault.in_lang(Lang::En).contains("also a word of rules")
    };
    assert!(faults.iter().any(told), "{faults:#?}");
}

#[test]
fn every_rule_that_ships_says_where_it_is_from_and_shows_what_it_does() {
    let atlas = atlas();
    let set = &atlas.book.rule_sets["beijing"];
    for rule in &set.rules {
        let id = &rule.id;
        assert!(
            !rule.article.zh.is_empty() && !rule.article.en.is_empty(),
            "{id}"
        );
        assert!(!rule.source.is_empty(), "{id}");
        assert!(rule.next_step.is_some(), "{id}");
        if let Some(condition) = &rule.condition {
            assert!(rule.examples.len() >= 2, "{id}: {}", condition.text);
        }
        // What is derived says so in its own words.
        if rule.read == Read::Recalled && rule.kind == RuleKind::Trigger {
            let said = ["推", "未核对", "未逐一读过", "提示"];
            assert!(
                said.iter().any(|word| rule.sentence.zh.contains(word)),
                "{id}"
            );
        }
    }
}

#[test]
fn every_rule_of_the_list_ships() {
    let atlas = atlas();
    let set = &atlas.book.rule_sets["beijing"];
    for number in 1..=24 {
        let id = format!("R{number}");
        let variant = format!("{id}-");
        let ships = |rule: &str| rule == id || rule.starts_with(&variant);
        assert!(set.rules.iter().any(|rule| ships(&rule.id)), "{id}");
    }
    let verdict = |id: &str| set.rule(id).and_then(|rule| rule.verdict);
    assert_eq!(verdict("R1"), Some(Verdict::SurveyRequired));
    assert_eq!(verdict("R6"), Some(Verdict::Prohibited));
    assert_eq!(verdict("R7"), Some(Verdict::ConstructionBarred));
    assert_eq!(verdict("R13-listed"), Some(Verdict::Attention));
    assert_eq!(verdict("R24"), Some(Verdict::Prohibited));
    assert_eq!(verdict("R20-background"), None);
}

#[test]
fn what_was_read_for_the_nation_alone_does_not_rest_on_other_provinces() {
    let atlas = atlas();
    let national = &atlas.book.rule_sets["national"];
    assert!(national.rule("R1").is_some() && national.rule("R9").is_none());
    assert!(!national.notes.is_empty());
    let beijing = &atlas.book.rule_sets["beijing"];
    assert_eq!(
        beijing.rule("R9").map(|rule| rule.read),
        Some(Read::Secondary)
    );
}

#[test]
fn the_profiles_that_ship_differ_and_say_that_their_distances_are_not_statutory() {
    let atlas = atlas();
    let profiles = &atlas.book.profiles;
    assert_eq!(profiles["local-500-1000"].rings_m, [500, 1000]);
    assert_eq!(profiles["plan-100"].rings_m, [100, 300]);
    for profile in profiles.values() {
        assert!(profile.note.en.contains("not statutory"), "{}", profile.id);
        assert!(profile.note.zh.contains("不是法定距离"), "{}", profile.id);
        assert!(profile.road_uses["ydyh-2023"].contains("1207"));
        assert_eq!(profile.background, "beijing");
    }
    let parts = &atlas.book.parts;
    assert_eq!(parts.parcels.as_ref().unwrap().layer.as_str(), "parcels");
    let (layer, field) = parts.current_use.as_ref().unwrap();
    assert_eq!(
        (layer.as_str(), field.as_str()),
        ("land-use-current", "use_ydyh")
    );
}

#[test]
fn the_page_on_rules_names_every_word_and_every_set() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md");
    let page = std::fs::read_to_string(page).unwrap();
    let words = Word::COMMON.iter().chain(&Word::CHANGE);
    for word in words.chain(&Word::FEATURE).chain(&Word::SAMPLE) {
        let name = word.name();
        assert!(page.contains(&format!("`{name}`")), "{name}");
    }
    for set in atlas().book.rule_sets.keys() {
        assert!(page.contains(&format!("| `{set}` |")), "{set}");
    }
}
