//! Samples as a layer has them.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::date;
use onemap::assess::samples::{SampleHit, of_layer};
use onemap::layer::load;
use onemap::model::{Audience, Feature, FeatureId, LayerId, Period, Published, Ring, Value};
use onemap::publish::view;
use onemap::query::Snapshot;

/// The layer of samples that ships, with one sample of these values, by field.
fn snapshot(values: &[(&str, Value)]) -> Snapshot {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let atlas = load(root, &root.join("layers")).unwrap();
    let layer = &atlas.layers[&LayerId::parse("soil-samples").unwrap()];
    let view = view(layer, Audience::Public, None).unwrap();
    let value = |name: &str| {
        let given = values.iter().find(|(field, _)| *field == name);
        given.map_or(Value::Null, |(_, value)| value.clone())
    };
    let feature = Feature {
        id: Some(FeatureId(7)),
        identity: "S-7".into(),
        geometry: None,
        values: view.fields.iter().map(|field| value(&field.name)).collect(),
        precision_m: None,
        valid: Period::default(),
    };
    Snapshot::build(
        Arc::new(view),
        vec![Published::new(feature, Audience::Public)],
    )
}

#[test]
fn a_row_becomes_a_sample_with_what_is_recorded_of_it_and_no_more() {
    let snapshot = snapshot(&[
        ("sample_id", Value::Text("S-7".into())),
        ("sampled_on", Value::Date(date(2024, 5, 6))),
        ("depth_top_m", Value::Number(0.0)),
        ("depth_bottom_m", Value::Number(0.5)),
        ("as", Value::Number(8.1)),
        ("hg", Value::Number(61.0)),
        ("cr6", Value::BelowDetection(0.5)),
        ("ph", Value::Number(8.05)),
    ]);
    let hit = SampleHit {
        row: 0,
        ring: Ring::Within(500),
        distance_m: 12.5,
    };
    let samples = of_layer(&snapshot, &[hit]);
    assert_eq!(samples.len(), 1);
    let sample = &samples[0];
    assert_eq!((sample.id, sample.name.as_str()), (FeatureId(7), "S-7"));
    assert_eq!((sample.ring, sample.distance_m), (Ring::Within(500), 12.5));
    assert_eq!(
        (sample.depth_m, sample.date),
        (Some([0.0, 0.5]), Some(date(2024, 5, 6)))
    );
    assert_eq!(sample.ph, Some(8.05));
    let contents: Vec<(&str, f64, bool, &str)> = sample
        .contents
        .iter()
        .map(|c| {
            (
                c.substance.as_str(),
                c.value,
                c.below_detection,
                c.unit.as_str(),
            )
        })
        .collect();
    assert_eq!(
        contents,
        [
            ("As", 8.1, false, "mg/kg"),
            ("Cr6", 0.5, true, "mg/kg"),
            ("Hg", 61.0, false, "µg/kg"),
        ]
    );
}
