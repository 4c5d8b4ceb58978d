//! The JSON: what it says, how it is rounded, and when its hash changes.

use std::path::Path;

use jsonschema::Validator;
use onemap::assess::Screening;
use onemap::model::{Audience, Verdict};
use onemap::report::{Around, Document, hash, schema};
use serde_json::{Value, json};

use super::made::{book, district, document, screening};

fn json_of(screening: &Screening) -> Value {
    serde_json::to_value(document(screening)).unwrap()
}

#[test]
fn the_schema_in_docs_is_that_of_the_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/screening.schema.json");
    let stale = std::fs::read_to_string(&path).unwrap_or_default() != schema();
    if stale {
        std::fs::write(&path, schema()).unwrap();
    }
    assert!(
        !stale,
        "docs/screening.schema.json was stale and has been written anew: look at it and commit it"
    );
}

/// The published schema, closed: the program is to send no key that it does not name.
fn validator() -> Validator {
    fn close(schema: &mut Value) {
        match schema {
            Value::Object(object) => {
                if object.get("type") == Some(&json!("object")) {
                    object.insert("additionalProperties".to_owned(), json!(false));
                }
                object.values_mut().for_each(close);
            }
            Value::Array(list) => list.iter_mut().for_each(close),
            _ => {}
        }
    }
    let mut schema: Value = serde_json::from_str(&schema()).unwrap();
    close(&mut schema);
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn a_document_is_as_its_schema_says_and_is_read_back_as_it_was_written() {
    let written = json_of(&screening());
    let validator = validator();
    let faults: Vec<String> = validator
        .iter_errors(&written)
        .map(|e| format!("{}: {e}", e.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let read: Document = serde_json::from_value(written.clone()).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), written);
    let mut bad = written;
    bad["findings"][0]["ring"] = json!(7);
    assert!(!validator.is_valid(&bad));
}

#[test]
fn the_document_reads_as_it_did() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../golden");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        let text = serde_json::to_string_pretty(&document(&screening())).unwrap();
        // The engine's version and what hangs on it change with every release.
        let text = text.replace(env!("CARGO_PKG_VERSION"), "VERSION");
        let hash = document(&screening()).hash;
        let text = text.replace(&hash, "HASH").replace(&hash[..12], "HASH");
        insta::assert_snapshot!("report-screening", text);
    });
}

#[test]
fn source_pathway_and_receptor_are_named_or_said_not_to_be_known() {
    let findings = json_of(&screening())["findings"].clone();
    for finding in findings.as_array().unwrap() {
        for part in ["source", "pathway", "receptor"] {
            let listed = finding["not_known"]
                .as_array()
                .unwrap()
                .contains(&json!(part));
            assert_eq!(finding[part].is_null(), listed, "{part} of {finding:#}");
        }
    }
    assert_eq!(findings[0]["not_known"], json!(["pathway", "receptor"]));
    assert_eq!(findings[1]["not_known"], json!(["source"]));
}

#[test]
fn the_hash_is_that_of_the_text_without_name_moment_and_number() {
    let document = document(&screening());
    let text = serde_json::to_string(&document).unwrap();
    assert_eq!(
        hash(serde_json::from_str(&text).unwrap()).unwrap(),
        document.hash
    );
    assert_eq!(
        document.report_number,
        format!("110105-{}", &document.hash[..12])
    );

    let (book, district) = (book(), district());
    let later = Around {
        audience: Audience::Public,
        district: &district,
        book: &book,
        id: Some("k3".to_owned()),
        made_at: "2031-01-01T00:00:00Z".parse().unwrap(),
    };
    let later = Document::of(&screening(), &later).unwrap();
    assert_eq!(later.hash, document.hash);
    assert_eq!(later.report_number, document.report_number);
    assert_ne!(later.made_at, document.made_at);
}

#[test]
fn whatever_is_said_otherwise_changes_the_hash_and_noise_below_the_rounding_does_not() {
    let sealed = document(&screening()).hash;
    let changes: [fn(&mut Screening); 8] = [
        |it| it.verdict = Verdict::Attention,
        |it| it.complete = true,
        |it| it.area_m2 += 0.01,
        |it| it.findings.swap(0, 1),
        |it| it.layers[0].version = "fedcba9876543210".to_owned(),
        |it| it.samples[0].value += 0.001,
        |it| it.question.valid_on = it.question.valid_on.tomorrow().unwrap(),
        |it| it.unknowns.truncate(1),
    ];
    for (which, change) in changes.iter().enumerate() {
        let mut other = screening();
        change(&mut other);
        assert_ne!(document(&other).hash, sealed, "change {which}");
    }
    let mut noisy = screening();
    noisy.area_m2 += 1e-7;
    noisy.samples[0].value *= 1.0 + 1e-14;
    noisy.findings[1].feature.as_mut().unwrap().distance_m -= 1e-6;
    assert_eq!(document(&noisy).hash, sealed);

    // The revision hangs on layers and their versions alone, in whatever order.
    let revision = document(&screening()).revision;
    let mut other = screening();
    other.layers.reverse();
    other.area_m2 = 1.0;
    assert_eq!(document(&other).revision, revision);
    other.layers[0].version = "fedcba9876543210".to_owned();
    assert_ne!(document(&other).revision, revision);
}

#[test]
fn numbers_that_json_cannot_write_do_not_stop_a_document() {
    let mut broken = screening();
    broken.area_m2 = f64::NAN;
    broken.samples[0].ratio = Some(f64::INFINITY);
    broken
        .question
        .parcel
        .record
        .as_mut()
        .unwrap()
        .registered_area_m2 = Some(f64::NEG_INFINITY);
    let written = json_of(&broken);
    assert_eq!(written["samples"][0]["ratio"], Value::Null);
}

#[test]
fn an_outline_runs_counter_clockwise_and_is_closed() {
    let ring = json_of(&screening())["parcel"]["geometry"]["coordinates"][0][0].clone();
    let ring: Vec<[f64; 2]> = serde_json::from_value(ring).unwrap();
    assert_eq!(ring.first(), ring.last());
    let twice: f64 = ring
        .windows(2)
        .map(|pair| pair[0][0] * pair[1][1] - pair[1][0] * pair[0][1])
        .sum();
    assert!(twice > 0.0, "{ring:?}");
}

#[test]
fn a_validity_beyond_the_calendar_ends_with_the_calendar() {
    let mut long = screening();
    let profile = std::sync::Arc::make_mut(&mut long.question.profile);
    profile.valid_days = u32::MAX;
    assert_eq!(document(&long).valid_until, "9999-12-31");
    assert_eq!(document(&screening()).valid_until, "2025-12-28");
}
