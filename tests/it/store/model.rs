//! The store against a model so plain that it cannot be wrong: each revision is a list of features.

use std::collections::BTreeMap;
use std::sync::Arc;

use geo_types::{Geometry, MultiPoint, MultiPolygon, Rect, point};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use onemap::geom::{BBox, cast};
use onemap::layer::{Layer, Shape};
use onemap::model::{Exact, Feature, FeatureId, Period, Revision, Value};
use onemap::store::{At, Counts, Store};
use proptest::prelude::*;

use super::suite::{EVERY_TYPE, Engine, feature, header, read};
use crate::support::layer;

/// Any random sequence of imports, some of them dropped half-way, reads at every revision as the
/// model has it: all of it, in boxes, under the numbers the contract promises.
pub(crate) fn every_revision_reads_as_a_plain_model_says(engine: fn() -> Engine) {
    let config = ProptestConfig {
        cases: 32,
        max_shrink_iters: 200,
        ..ProptestConfig::default()
    };
    let layers = [
        ("marks", Some(Shape::Point)),
        ("areas", Some(Shape::Polygon)),
        ("rows", None),
    ];
    let layers = layers.map(|(id, shape)| Arc::new(layer(id, shape, &EVERY_TYPE)));
    let steps = prop::collection::vec((0..3_usize, prop::bool::weighted(0.2)), 1..9)
        .prop_flat_map(|plan| plan.into_iter().map(one_step).collect::<Vec<_>>());
    proptest!(config, |(steps in steps)| {
        let engine = engine();
        let mut model = Model::default();
        for step in &steps {
            run(engine.store.as_ref(), &layers[step.layer], step, &mut model);
        }
        let reopened = (engine.again)();
        for (at, layer) in layers.iter().enumerate() {
            check(reopened.as_ref(), layer, at, &model);
        }
        prop_assert!(reopened.doctor().unwrap().is_empty(), "{:?}", reopened.doctor());
    });
}

/// One import.
#[derive(Debug, Clone)]
struct Step {
    layer: usize,
    dropped: bool,
    /// Each with whether it is put as it stands in the store, if it does.
    features: Vec<(Feature, bool)>,
}

fn one_step((layer, dropped): (usize, bool)) -> impl Strategy<Value = Step> {
    prop::sample::subsequence((0..6_u8).collect::<Vec<_>>(), 0..=6)
        .prop_shuffle()
        .prop_flat_map(move |who| {
            who.into_iter()
                .map(|n| (any_feature(layer, n), any::<bool>()))
                .collect::<Vec<_>>()
        })
        .prop_map(move |features| Step {
            layer,
            dropped,
            features,
        })
}

fn any_feature(layer: usize, who: u8) -> impl Strategy<Value = Feature> {
    // Few places, so that often only the values change, and often nothing.
    let place =
        (0..3_u8, any::<bool>(), prop::bool::weighted(0.1)).prop_map(move |(n, many, none)| {
            let x = f64::from(n) * 0.3 + 116.0;
            let square = |x: f64| Rect::new((x, 39.0), (x + 0.25, 39.25)).to_polygon();
            let geometry: Geometry = match (layer, many) {
                (0, false) => point!(x: x, y: 39.1).into(),
                (0, true) => MultiPoint::from(vec![(x, 39.1), (x + 0.1, 39.2)]).into(),
                (1, false) => square(x).into(),
                (1, true) => MultiPolygon::new(vec![square(x), square(x + 0.5)]).into(),
                _ => return None,
            };
            (!none).then_some(geometry)
        });
    let precision = prop::option::of((0.0..1e4_f64).prop_filter("finite", |x| x.is_finite()));
    (
        place,
        any_values(),
        precision,
        prop::option::of(any_day()),
        prop::option::of(any_day()),
    )
        .prop_map(move |(place, values, precision_m, from, to)| Feature {
            precision_m,
            valid: Period { from, to },
            ..feature(&format!("feature {who}"), place, values)
        })
}

/// A value of each type in turn, each from a small set beside the random ones.
fn any_values() -> impl Strategy<Value = Vec<Value>> {
    let or_null =
        |some: BoxedStrategy<Value>| prop_oneof![1 => Just(Value::Null), 4 => some].boxed();
    let words = prop_oneof![
        Just(String::new()),
        Just("土壤".to_owned()),
        any::<String>()
    ];
    let number = prop_oneof![Just(0.0), Just(-0.0), Just(3.0), prop::num::f64::NORMAL];
    let measured = prop_oneof![
        number.prop_map(Value::Number),
        (1e-9..1e3_f64).prop_map(Value::BelowDetection),
    ];
    let millis = prop_oneof![Just(0_i64), -62_000_000_000_000..250_000_000_000_000_i64];
    let moment = millis.prop_map(|ms| Value::DateTime(Timestamp::from_millisecond(ms).unwrap()));
    vec![
        or_null(words.clone().prop_map(|w| Value::Text(w.into())).boxed()),
        or_null(
            prop_oneof![Just(0), Just(i64::MAX), any::<i64>()]
                .prop_map(Value::Integer)
                .boxed(),
        ),
        or_null(measured.boxed()),
        or_null(any::<bool>().prop_map(Value::Boolean).boxed()),
        or_null(any_day().prop_map(Value::Date).boxed()),
        or_null(moment.boxed()),
        or_null(words.prop_map(|w| Value::Text(w.into())).boxed()),
    ]
}

fn any_day() -> impl Strategy<Value = Date> {
    (-5_000_i32..60_000).prop_map(|days| jiff::civil::date(1970, 1, 1) + days.days())
}

/// What should be in the store.
#[derive(Debug, Default)]
struct Model {
    /// For each layer, every number that was given to an identity.
    numbers: [BTreeMap<Arc<str>, i64>; 3],
    /// For each revision, each layer's features by their numbers. At 0: nothing.
    revisions: Vec<[BTreeMap<i64, Feature>; 3]>,
}

impl Model {
    fn now(&self) -> [BTreeMap<i64, Feature>; 3] {
        self.revisions.last().cloned().unwrap_or_default()
    }

    /// The features of an import, one by one.
    fn put_by(&self, step: &Step) -> Vec<Feature> {
        let now = self.now();
        let standing = |one: &Feature| {
            now[step.layer]
                .values()
                .find(|stands| stands.identity == one.identity)
                .cloned()
        };
        let put = |(one, stay): &(Feature, bool)| {
            stay.then(|| standing(one))
                .flatten()
                .unwrap_or_else(|| one.clone())
        };
        step.features.iter().map(put).collect()
    }

    fn import(&mut self, step: &Step) -> Counts {
        let features = self.put_by(step);
        let mut now = self.now();
        let before = std::mem::take(&mut now[step.layer]);
        let numbers = &mut self.numbers[step.layer];
        let mut counts = Counts::default();
        for one in &features {
            let next = cast::usize_to_i64(numbers.len()) + 1;
            let number = *numbers.entry(Arc::clone(&one.identity)).or_insert(next);
            let stored = Feature {
                id: Some(FeatureId(number)),
                ..one.clone()
            };
            match before.get(&number) {
                None => counts.added += 1,
                Some(old) if *old == stored => counts.unchanged += 1,
                Some(_) => counts.changed += 1,
            }
            now[step.layer].insert(number, stored);
        }
        let gone = before
            .keys()
            .filter(|number| !now[step.layer].contains_key(number));
        counts.ended = cast::usize_to_u64(gone.count());
        self.revisions.push(now);
        counts
    }
}

fn run(store: &dyn Store, layer: &Arc<Layer>, step: &Step, model: &mut Model) {
    let mut import = store.begin(layer).unwrap();
    for one in model.put_by(step) {
        import.put(Exact::new(one)).unwrap();
    }
    if step.dropped {
        drop(import);
    } else {
        let expected = model.import(step);
        let revision = Revision(cast::usize_to_i64(model.revisions.len()));
        assert_eq!(import.commit(header()).unwrap(), (revision, expected));
    }
}

fn check(store: &dyn Store, layer: &Layer, at: usize, model: &Model) {
    let expected = |revision: usize, within: Option<BBox>| -> Vec<Feature> {
        let Some(before) = revision.checked_sub(1) else {
            return Vec::new();
        };
        let meets = |one: &&Feature| {
            let bbox = one.geometry.as_ref().and_then(BBox::of);
            within.is_none_or(|w| bbox.is_some_and(|b| b.intersects(&w)))
        };
        model.revisions[before][at]
            .values()
            .filter(meets)
            .cloned()
            .collect()
    };
    let boxes = [
        None,
        Some(BBox::WORLD),
        Some(BBox {
            west: 116.3,
            south: 39.0,
            east: 116.4,
            north: 39.1,
        }),
        Some(BBox {
            west: 116.25,
            south: 39.25,
            east: 116.25,
            north: 39.25,
        }),
        Some(BBox {
            west: 0.0,
            south: 0.0,
            east: 1.0,
            north: 1.0,
        }),
    ];
    for within in boxes {
        for (revision, number) in (0..=model.revisions.len()).zip(0..) {
            let read = read(store, layer, At::Revision(Revision(number)), within);
            assert_eq!(read, expected(revision, within), "{} r{revision}", layer.id);
        }
        let now = read(store, layer, At::Now, within);
        assert_eq!(
            now,
            expected(model.revisions.len(), within),
            "{} now",
            layer.id
        );
    }
}
