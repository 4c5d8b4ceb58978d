//! What must hold of every screening, tried on worlds drawn at random.

use std::collections::{BTreeMap, BTreeSet};

use onemap::assess::Screening;
use onemap::model::{FeatureId, LayerId};
use proptest::prelude::*;

use super::case::{Case, Expect, Given, Seen};

/// Sources and constraints of every kind that rules decide about, with values that fire them.
const KINDS: &[(&str, &[(&str, &str)])] = &[
    (
        "pollution-sites",
        &[("kind", "chemical"), ("status", "suspected")],
    ),
    (
        "pollution-sites",
        &[("kind", "printing"), ("status", "remediating")],
    ),
    ("regulated-enterprises", &[("status", "listed")]),
    ("risk-control-list", &[("status", "control")]),
    ("waste-facilities", &[("kind", "hazardous-storage")]),
    (
        "ecological-spaces",
        &[
            ("kind", "redline"),
            ("legal_basis", "environmental-protection-law"),
        ],
    ),
    ("noise-sensitive-zones", &[("kind", "homes")]),
    ("farmland-classes", &[("class", "priority")]),
];

const USES: [&str; 5] = ["0701", "0801", "0901", "1001", "1401"];

/// A feature of one of the kinds, about (`east`, `north`): a point, or a square with this side.
fn given(kind: usize, east: i32, north: i32, side: i32) -> Given {
    let (layer, values) = KINDS[kind % KINDS.len()];
    let is_point = matches!(layer, "pollution-sites" | "waste-facilities");
    let at = if is_point {
        format!("point {east} {north}")
    } else {
        format!("rect {east} {north} {side} {side}")
    };
    let value = |text: &str| toml::Value::String(text.to_owned());
    Given {
        layer: layer.to_owned(),
        at,
        precision_m: Some(5.0),
        from: None,
        to: None,
        values: values
            .iter()
            .map(|(name, text)| ((*name).to_owned(), value(text)))
            .collect(),
    }
}

fn case(parcel: &str, planned: &str, current: &str, features: Vec<Given>) -> Case {
    Case {
        title: String::new(),
        shows: Vec::new(),
        parcel: Some(parcel.to_owned()),
        ask: None,
        planned: vec![planned.to_owned()],
        said_current: None,
        current: Some(current.to_owned()),
        audience: Seen::Department,
        profile: None,
        territory: None,
        on: None,
        coverage: BTreeMap::new(),
        surveyed: BTreeMap::new(),
        background: BTreeMap::new(),
        absent: Vec::new(),
        features,
        expect: Expect::default(),
    }
}

fn screened(case: &Case) -> Screening {
    case.answer(&case.world()).unwrap()
}

/// A feature, and the rule it fired.
type Pair = (Option<String>, Option<(LayerId, FeatureId)>);

fn pairs(screening: &Screening) -> BTreeSet<Pair> {
    let findings = screening.findings.iter();
    findings
        .map(|finding| {
            let rule = finding.rule.as_ref().map(|rule| rule.id.clone());
            let feature = finding.feature.as_ref();
            (
                rule,
                feature.map(|feature| (feature.layer.clone(), feature.id)),
            )
        })
        .collect()
}

/// For each feature its distance, and the ground it shares.
fn measures(screening: &Screening) -> BTreeMap<(LayerId, FeatureId), (f64, f64)> {
    let features = screening
        .findings
        .iter()
        .filter_map(|finding| finding.feature.as_ref());
    features
        .map(|feature| {
            let shared = feature.overlap_m2.unwrap_or(0.0);
            (
                (feature.layer.clone(), feature.id),
                (feature.distance_m, shared),
            )
        })
        .collect()
}

fn a_use() -> impl Strategy<Value = &'static str> {
    prop::sample::select(&USES[..])
}

fn features() -> impl Strategy<Value = Vec<Given>> {
    let one = (0..KINDS.len(), -1300..1300_i32, -1300..1300_i32, 5..400_i32);
    prop::collection::vec(
        one.prop_map(|(kind, x, y, side)| given(kind, x, y, side)),
        1..6,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn moving_a_parcel_away_from_its_only_source_never_makes_the_verdict_severer(
        kind in 0..KINDS.len(), planned in a_use(), current in a_use(), side in 5..200_i32,
        step in 1..400_i32,
    ) {
        let source = given(kind, 0, 0, side);
        let mut before = None;
        for nth in 0..6 {
            let parcel = format!("rect {} 10 60 60", nth * step);
            let screening = screened(&case(&parcel, planned, current, vec![source.clone()]));
            if let Some(before) = before {
                prop_assert!(screening.verdict <= before, "{parcel}: {:?} after {before:?}", screening.verdict);
            }
            before = Some(screening.verdict);
        }
    }

    #[test]
    fn a_parcel_in_two_parts_is_found_the_same_as_undivided(
        features in features(), planned in a_use(), current in a_use(), cut in 10..90_i32,
    ) {
        let whole = screened(&case("rect 0 0 100 80", planned, current, features.clone()));
        let parted = format!("rect 0 0 {cut} 80 + rect {cut} 0 {} 80", 100 - cut);
        let parted = screened(&case(&parted, planned, current, features));
        prop_assert_eq!(pairs(&whole), pairs(&parted));
        prop_assert_eq!(whole.verdict, parted.verdict);
        prop_assert!((whole.area_m2 - parted.area_m2).abs() < 0.1);
        let (whole, parted) = (measures(&whole), measures(&parted));
        for (feature, (far, shared)) in &whole {
            let (far_in_parts, shared_in_parts) = parted[feature];
            prop_assert!((far - far_in_parts).abs() < 0.01, "{feature:?}: {far} {far_in_parts}");
            prop_assert!((shared - shared_in_parts).abs() < 0.1);
        }
    }

    #[test]
    fn two_halves_asked_apart_find_what_the_whole_does_and_their_areas_add_up(
        features in features(), planned in a_use(), current in a_use(), cut in 10..90_i32,
    ) {
        let of = |parcel: &str| screened(&case(parcel, planned, current, features.clone()));
        let whole = of("rect 0 0 100 80");
        let halves = [
            of(&format!("rect 0 0 {cut} 80")),
            of(&format!("rect {cut} 0 {} 80", 100 - cut)),
        ];
        let together: BTreeSet<Pair> = halves.iter().flat_map(pairs).collect();
        let missing: Vec<Pair> = pairs(&whole).difference(&together).cloned().collect();
        prop_assert!(missing.is_empty(), "{missing:?}");
        let measured = halves.each_ref().map(measures);
        for (feature, (far, shared)) in measures(&whole) {
            let each = || measured.iter().filter_map(|half| half.get(&feature));
            let nearest = each().map(|(far, _)| *far).fold(f64::INFINITY, f64::min);
            let sum: f64 = each().map(|(_, shared)| *shared).sum();
            prop_assert!((far - nearest).abs() < 0.01, "{feature:?}: {far} {nearest}");
            prop_assert!((shared - sum).abs() < 0.1, "{feature:?}: {shared} {sum}");
        }
    }

    #[test]
    fn taking_coverage_away_never_makes_a_verdict_milder(
        features in features(), planned in a_use(), current in a_use(),
        taken in prop::collection::vec((0..KINDS.len(), -1500..200_i32), 1..5),
    ) {
        let full = case("rect 0 0 100 80", planned, current, features);
        let mut less = full.clone();
        for (kind, west) in taken {
            let covered = format!("rect {west} -3000 6000 6000");
            less.coverage.insert(KINDS[kind].0.to_owned(), covered);
        }
        let (full, less) = (screened(&full), screened(&less));
        prop_assert!(less.verdict >= full.verdict, "{:?} {:?}", full.verdict, less.verdict);
        prop_assert!(full.complete || !less.complete);
        prop_assert_eq!(pairs(&full), pairs(&less));
    }

    #[test]
    fn what_the_public_may_not_see_changes_nothing_of_its_answer(
        features in features(), planned in a_use(), current in a_use(),
        hidden in prop::collection::vec((-500..500_i32, -500..500_i32), 0..5),
    ) {
        let mut without = case("rect 0 0 100 80", planned, current, features);
        without.audience = Seen::Public;
        let mut with = without.clone();
        with.features.extend(hidden.into_iter().map(|(x, y)| Given {
            layer: "drinking-water-intakes".to_owned(),
            at: format!("point {x} {y}"),
            precision_m: None,
            from: None,
            to: None,
            values: BTreeMap::new(),
        }));
        let (without, with) = (screened(&without), screened(&with));
        prop_assert_eq!(format!("{without:?}"), format!("{with:?}"));
    }
}
