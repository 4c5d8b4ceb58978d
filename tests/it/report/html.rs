//! The page: the facts of the JSON and no others, nothing that a name could smuggle in.

use std::collections::BTreeSet;

use onemap::assess::Screening;
use onemap::report::html;
use onemap::text::Lang;
use serde_json::Value;

use super::made::{document, screening};

fn page(screening: &Screening, lang: Lang) -> String {
    html(&document(screening), lang)
}

/// What a reader sees of a page: its text without style and markup, entities resolved.
fn seen(page: &str) -> String {
    let (head, rest) = page.split_once("<style>").unwrap();
    let (_, body) = rest.split_once("</style>").unwrap();
    let mut text = String::new();
    let mut inside = false;
    for letter in format!("{head}{body}").chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            other if !inside => text.push(other),
            _ => {}
        }
    }
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
    ];
    let resolved = entities
        .iter()
        .fold(text, |text, (entity, letter)| text.replace(entity, letter));
    resolved.replace("&amp;", "&")
}

/// The numbers in a text, and whether a percent sign follows.
fn numbers(text: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let letters: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < letters.len() {
        let begin = at;
        while letters.get(at).is_some_and(char::is_ascii_digit) {
            at += 1;
        }
        if at == begin {
            at += 1;
            continue;
        }
        let fraction =
            letters.get(at) == Some(&'.') && letters.get(at + 1).is_some_and(char::is_ascii_digit);
        if fraction {
            at += 1;
            while letters.get(at).is_some_and(char::is_ascii_digit) {
                at += 1;
            }
        }
        let number: String = letters[begin..at].iter().collect();
        found.push((number, letters.get(at) == Some(&'%')));
    }
    found
}

/// Every number of a JSON document, in numbers and in texts.
fn known(json: &Value, into: &mut BTreeSet<String>) {
    match json {
        Value::Number(number) => {
            into.insert(number.as_f64().unwrap().abs().to_string());
        }
        Value::String(text) => into.extend(numbers(text).into_iter().map(|(number, _)| number)),
        Value::Array(list) => list.iter().for_each(|one| known(one, into)),
        Value::Object(object) => object.values().for_each(|one| known(one, into)),
        Value::Bool(_) | Value::Null => {}
    }
}

#[test]
fn every_number_of_the_page_stands_in_the_json() {
    let json = serde_json::to_value(document(&screening())).unwrap();
    let mut known_numbers = BTreeSet::new();
    known(&json, &mut known_numbers);
    for lang in [Lang::Zh, Lang::En] {
        let mut strangers = Vec::new();
        for (number, percent) in numbers(&seen(&page(&screening(), lang))) {
            let mut is_known = known_numbers.contains(&number);
            if percent {
                let share = number.parse::<f64>().unwrap() / 100.0;
                let share = (share * 10_000.0).round() / 10_000.0;
                is_known |= known_numbers.contains(&share.to_string());
            }
            if !is_known {
                strangers.push(number);
            }
        }
        assert!(strangers.is_empty(), "{lang:?}: {strangers:?}");
    }
}

/// The words of a document in one language, wherever they stand.
fn words(json: &Value, lang: &str, into: &mut Vec<String>) {
    match json {
        Value::Object(object) => match object.get(lang) {
            Some(Value::String(text)) => into.push(text.clone()),
            _ => object.values().for_each(|one| words(one, lang, into)),
        },
        Value::Array(list) => list.iter().for_each(|one| words(one, lang, into)),
        _ => {}
    }
}

#[test]
fn every_sentence_of_the_json_stands_on_the_page_of_its_language_and_on_no_other() {
    let json = serde_json::to_value(document(&screening())).unwrap();
    for (lang, other) in [(Lang::Zh, "en"), (Lang::En, "zh")] {
        let seen = seen(&page(&screening(), lang));
        let mut own = Vec::new();
        words(&json, lang.code(), &mut own);
        for sentence in &own {
            assert!(seen.contains(sentence.as_str()), "{lang:?}: {sentence}");
        }
        let mut foreign = Vec::new();
        words(&json, other, &mut foreign);
        // Names are the same in both; sentences are not.
        foreign.retain(|sentence| !own.iter().any(|known| known.contains(sentence.as_str())));
        for sentence in foreign
            .iter()
            .filter(|sentence| sentence.chars().count() > 12)
        {
            assert!(!seen.contains(sentence.as_str()), "{lang:?}: {sentence}");
        }
    }
}

#[test]
fn nothing_that_others_have_named_becomes_markup() {
    for lang in [Lang::Zh, Lang::En] {
        let page = page(&screening(), lang);
        let lower = page.to_lowercase();
        for markup in [
            "<script",
            "<i>",
            "<b>",
            "javascript:",
            "http://",
            "https://",
            "onerror=",
        ] {
            assert!(!lower.contains(markup), "{markup}");
        }
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        for attribute in [" src=", " href=", " style=", " onclick="] {
            assert!(!lower.contains(attribute), "{attribute}");
        }
    }
}

#[test]
fn the_first_page_says_the_verdict_the_mark_and_what_is_not_known() {
    for (lang, unknown, parcel) in [
        (Lang::Zh, "未知事项", "地块编号"),
        (Lang::En, "What is not known", "Registered area"),
    ] {
        let document = document(&screening());
        let seen = seen(&html(&document, lang));
        let at = |text: &str| {
            seen.find(text)
                .unwrap_or_else(|| panic!("{text} in {seen}"))
        };
        let order = [
            at(match lang {
                Lang::Zh => "演示数据：",
                Lang::En => "Demonstration data:",
            }),
            at(document.verdict_sentence.in_lang(lang)),
            at(&document.valid_until),
            at(unknown),
            at(parcel),
        ];
        assert!(order.is_sorted(), "{order:?}");
        assert!(seen.contains(&document.report_number) && seen.contains(&document.hash));
    }
    let mut real = screening();
    for layer in &mut real.layers {
        layer.demonstration = false;
    }
    assert!(!page(&real, Lang::En).contains("Demonstration data:"));
}

#[test]
fn tables_have_captions_and_their_heads_say_what_they_head() {
    let page = page(&screening(), Lang::En);
    let count = |what: &str| page.matches(what).count();
    assert!(count("<table>") >= 6);
    assert_eq!(count("<table>"), count("<caption>"));
    assert_eq!(
        count("<th>") + count("<th "),
        count("<th scope=\"col\">") + count("<th scope=\"row\">")
    );
    assert_eq!(count("<h1>"), 1);
    for tag in [
        "section", "article", "table", "dl", "dd", "dt", "ul", "ol", "li", "td", "bdi", "p", "main",
    ] {
        let open = count(&format!("<{tag}>")) + count(&format!("<{tag} "));
        assert_eq!(open, count(&format!("</{tag}>")), "{tag}");
    }
}

#[test]
fn no_page_calls_land_clean_or_safe() {
    for lang in [Lang::Zh, Lang::En] {
        let seen = seen(&page(&screening(), lang)).to_lowercase();
        for word in [
            "clean",
            "unpolluted",
            "uncontaminated",
            "无污染",
            "未污染",
            "安全",
            "洁净",
        ] {
            assert!(!seen.contains(word), "{word}");
        }
        assert!(
            !seen
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| word == "safe")
        );
    }
}
