//! The science: contents of soil against limits, and indices.

mod indices;
mod rows;
mod samples;
mod standards;

use onemap::assess::answer::SampleValue;
use onemap::assess::samples::{ConstructionClass, Content, Sample, Yardstick, judge};
use onemap::layer::book::limits::{FarmlandKind, FarmlandUse, Limits};
use onemap::layer::{OWN_DERIVATION, SoilClass, load};
use onemap::model::{FeatureId, LayerId, Ring};

use std::path::Path;
use std::sync::Arc;

/// The limits that ship.
fn limits() -> Arc<Limits> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    Arc::clone(&load(root, &root.join("layers")).unwrap().book.limits)
}

/// A sample on site with these contents: substance, value, whether below detection, unit.
fn sample(id: i64, ph: Option<f64>, contents: &[(&str, f64, bool, &str)]) -> Sample {
    let contents = contents
        .iter()
        .map(|(substance, value, below, unit)| Content {
            substance: (*substance).to_owned(),
            value: *value,
            below_detection: *below,
            unit: (*unit).to_owned(),
        });
    Sample {
        layer: LayerId::parse("samples").unwrap(),
        id: FeatureId(id),
        name: format!("S-{id}"),
        ring: Ring::OnSite,
        distance_m: 0.0,
        depth_m: Some([0.0, 0.2]),
        date: None,
        ph,
        contents: contents.collect(),
    }
}

/// Construction land of a class.
fn construction(limits: &Limits, class: SoilClass) -> Yardstick<'_> {
    Yardstick {
        limits,
        construction: Some(ConstructionClass {
            class,
            assumed: class == SoilClass::Unknown,
        }),
        farmland: None,
        background: limits.backgrounds.get("beijing"),
    }
}

/// Farmland of these kinds.
fn farmland<'a>(limits: &'a Limits, kinds: &[FarmlandKind]) -> Yardstick<'a> {
    Yardstick {
        limits,
        construction: None,
        farmland: Some(FarmlandUse {
            kinds: kinds.to_vec(),
            basis: OWN_DERIVATION.to_owned(),
        }),
        background: limits.backgrounds.get("beijing"),
    }
}

/// The one value that a content becomes.
fn one(
    yardstick: &Yardstick<'_>,
    ph: Option<f64>,
    content: (&str, f64, bool, &str),
) -> SampleValue {
    let values = judge(&[sample(1, ph, &[content])], yardstick);
    assert_eq!(values.len(), 1, "{values:#?}");
    values.into_iter().next().unwrap()
}
