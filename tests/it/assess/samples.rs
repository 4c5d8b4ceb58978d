//! Contents of soil against their limits.

use std::collections::BTreeMap;

use onemap::assess::answer::{Exceeds, SampleValue};
use onemap::assess::question::{Meaning, Planned, PlannedOrigin};
use onemap::assess::samples::{GB_15618, GB_36600, Yardstick, judge};
use onemap::layer::book::limits::{Background, Cited, FarmlandKind};
use onemap::layer::{SoilClass, SurveyTrigger};
use onemap::model::{CodedUse, Ring};
use onemap::text::Bilingual;
use proptest::prelude::*;

use super::{construction, farmland, limits, one, sample};
use crate::support::shared;

/// The names of the remarks of a value.
fn remarks(value: &SampleValue) -> Vec<&'static str> {
    value
        .remarks
        .iter()
        .map(|message| message.key().name())
        .collect()
}

#[test]
fn a_value_equal_to_a_limit_passes_it_whatever_its_unit() {
    let limits = limits();
    let second = construction(&limits, SoilClass::II);
    for (value, unit, exceeds) in [
        (38.0, "mg/kg", Exceeds::Nothing),
        (38_000.0, "µg/kg", Exceeds::Nothing),
        (38_000_000.0, "ng/kg", Exceeds::Nothing),
        (0.038, "g/kg", Exceeds::Nothing),
        (0.0038, "%", Exceeds::Nothing),
        (38.000_001, "mg/kg", Exceeds::Screening),
        (38_000.001, "µg/kg", Exceeds::Screening),
        (82_000.0, "µg/kg", Exceeds::Screening),
        (82_000.1, "µg/kg", Exceeds::Intervention),
        (0.0082, "%", Exceeds::Screening),
    ] {
        let held = one(&second, None, ("Hg", value, false, unit));
        assert_eq!(held.exceeds, exceeds, "{value} {unit}");
        assert_eq!(held.unit, "mg/kg");
        let converted = (unit != "mg/kg").then(|| unit.to_owned());
        assert_eq!(held.recorded_unit, converted, "{value} {unit}");
        assert_eq!(
            (held.screening, held.intervention),
            (Some(38.0), Some(82.0))
        );
        assert_eq!(held.standard, Some(GB_36600));
        assert_eq!(held.class.as_deref(), Some("II"));
        assert_eq!(held.verified, 4);
    }
    let dioxins = one(&second, None, ("TEQ", 40.0, false, "ng/kg"));
    assert_eq!(
        (dioxins.value, dioxins.exceeds),
        (0.000_04, Exceeds::Nothing)
    );
    assert_eq!(dioxins.ratio, Some(1.0));
}

#[test]
fn a_class_that_is_not_known_is_the_first_and_says_so() {
    let limits = limits();
    let held = |class| {
        one(
            &construction(&limits, class),
            None,
            ("Pb", 500.0, false, "mg/kg"),
        )
    };
    let first = held(SoilClass::I);
    assert_eq!(
        (first.exceeds, first.screening),
        (Exceeds::Screening, Some(400.0))
    );
    assert!(first.remarks.is_empty());
    let second = held(SoilClass::II);
    assert_eq!(
        (second.exceeds, second.ratio),
        (Exceeds::Nothing, Some(0.625))
    );
    let unknown = held(SoilClass::Unknown);
    assert_eq!(
        (unknown.exceeds, unknown.class.as_deref()),
        (Exceeds::Screening, Some("I"))
    );
    assert_eq!(remarks(&unknown), ["assess.class_assumed"]);
}

#[test]
fn below_detection_is_neither_zero_nor_an_exceedance_and_not_known_above_the_limit() {
    let limits = limits();
    let first = construction(&limits, SoilClass::I);
    for (lod, unit, exceeds) in [
        (0.1, "mg/kg", Exceeds::Nothing),
        (0.55, "mg/kg", Exceeds::Nothing),
        (550.0, "µg/kg", Exceeds::Nothing),
        (0.56, "mg/kg", Exceeds::NotKnown),
        (100.0, "mg/kg", Exceeds::NotKnown),
    ] {
        let held = one(&first, None, ("BaP", lod, true, unit));
        assert_eq!(held.exceeds, exceeds, "<{lod} {unit}");
        assert_eq!(held.ratio, None);
        assert!(held.below_detection);
        let said = remarks(&held).contains(&"assess.sample_detection");
        assert_eq!(said, exceeds == Exceeds::NotKnown);
    }
}

#[test]
fn total_chromium_is_never_held_against_the_limit_of_hexavalent_chromium() {
    let limits = limits();
    for class in [SoilClass::I, SoilClass::II] {
        let total = one(
            &construction(&limits, class),
            None,
            ("Cr", 5000.0, false, "mg/kg"),
        );
        assert_eq!((total.standard, total.screening), (None, None));
        assert_eq!((total.ratio, total.exceeds), (None, Exceeds::Nothing));
        assert_eq!(remarks(&total), ["assess.sample_no_limit"]);
    }
    let first = construction(&limits, SoilClass::I);
    let hexavalent = one(&first, None, ("Cr6", 5.0, false, "mg/kg"));
    assert_eq!(hexavalent.exceeds, Exceeds::Screening);
    let fields = farmland(&limits, &[FarmlandKind::Other]);
    let total = one(&fields, Some(7.0), ("Cr", 250.0, false, "mg/kg"));
    assert_eq!(
        (total.exceeds, total.screening),
        (Exceeds::Screening, Some(200.0))
    );
    let hexavalent = one(&fields, Some(7.0), ("Cr6", 5.0, false, "mg/kg"));
    assert_eq!(hexavalent.standard, None);
}

/// A background set with one substance.
fn background(substance: &str, value: f64) -> Background {
    let cited = Cited {
        value,
        source: "a paper".to_owned(),
        verified: 1,
    };
    Background {
        id: "red-earth".to_owned(),
        title: Bilingual {
            zh: "红壤".to_owned(),
            en: "red earth".to_owned(),
        },
        values: BTreeMap::from([(substance.to_owned(), cited)]),
    }
}

#[test]
fn arsenic_cobalt_and_vanadium_within_the_background_are_not_managed_as_contaminated() {
    let limits = limits();
    for (substance, screening, above, natural, exceeds) in [
        ("As", 20.0, 25.0, 30.0, Exceeds::WithinBackground),
        ("As", 20.0, 30.0, 30.0, Exceeds::WithinBackground),
        ("As", 20.0, 30.1, 30.0, Exceeds::Screening),
        ("As", 20.0, 125.0, 30.0, Exceeds::Intervention),
        ("Co", 20.0, 21.0, 22.0, Exceeds::WithinBackground),
        ("V", 165.0, 170.0, 180.0, Exceeds::WithinBackground),
        // No other substance is exempt.
        ("Pb", 400.0, 410.0, 500.0, Exceeds::Screening),
    ] {
        let set = background(substance, natural);
        let mut yardstick = construction(&limits, SoilClass::I);
        yardstick.background = Some(&set);
        let held = one(&yardstick, None, (substance, above, false, "mg/kg"));
        assert_eq!(held.screening, Some(screening));
        assert_eq!(held.exceeds, exceeds, "{substance} {above}");
        assert_eq!(held.ratio, Some(above / screening));
        if exceeds == Exceeds::WithinBackground {
            assert!(held.remarks[0].to_string().contains("red earth"));
        }
    }
    // Beijing's set has no cobalt.
    let beijing = construction(&limits, SoilClass::I);
    let cobalt = one(&beijing, None, ("Co", 21.0, false, "mg/kg"));
    assert_eq!(cobalt.exceeds, Exceeds::Screening);
    assert_eq!(remarks(&cobalt), ["assess.sample_no_background"]);
}

#[test]
fn farmland_is_judged_by_kind_and_ph_and_without_ph_it_is_not_known() {
    let limits = limits();
    let held = |kinds: &[FarmlandKind], ph, content| one(&farmland(&limits, kinds), ph, content);
    let (paddy, orchard, other) = (
        FarmlandKind::Paddy,
        FarmlandKind::Orchard,
        FarmlandKind::Other,
    );
    let cadmium = |value| ("Cd", value, false, "mg/kg");
    let copper = |value| ("Cu", value, false, "mg/kg");
    for (kind, ph, content, screening) in [
        (paddy, 5.5, cadmium(0.3), 0.3),
        (paddy, 5.6, cadmium(0.3), 0.4),
        (other, 7.5, cadmium(0.3), 0.3),
        (other, 7.6, cadmium(0.3), 0.6),
        (orchard, 7.6, cadmium(0.3), 0.6),
        // Paddy counts as other for copper; orchards have limits of their own.
        (paddy, 6.5, copper(60.0), 50.0),
        (other, 6.5, copper(60.0), 50.0),
        (orchard, 6.5, copper(60.0), 150.0),
    ] {
        let found = held(&[kind], Some(ph), content);
        assert_eq!(
            found.screening,
            Some(screening),
            "{kind:?} {ph} {content:?}"
        );
        assert_eq!(found.standard, Some(GB_15618));
        assert_eq!(found.exceeds == Exceeds::Screening, content.1 > screening);
        assert_eq!(remarks(&found), ["assess.sample_farmland_derived"]);
    }
    let edge = held(&[other], Some(6.5), cadmium(0.3));
    assert_eq!(edge.class.as_deref(), Some("other, 5.5 < pH ≤ 6.5"));

    let unknown = held(&[other], None, cadmium(100.0));
    assert_eq!((unknown.exceeds, unknown.ratio), (Exceeds::NotKnown, None));
    assert_eq!(
        (unknown.standard, unknown.screening),
        (Some(GB_15618), None)
    );
    assert!(remarks(&unknown).contains(&"assess.sample_no_ph"));
    let any_ph = held(&[other], None, ("BaP", 0.6, false, "mg/kg"));
    assert_eq!(any_ph.exceeds, Exceeds::Screening);
    // Copper, nickel and zinc have no intervention value.
    let zinc = held(&[other], Some(8.0), ("Zn", 100_000.0, false, "mg/kg"));
    assert_eq!(
        (zinc.exceeds, zinc.intervention),
        (Exceeds::Screening, None)
    );

    // A code that covers several kinds: the stricter limit, whichever kind it is of.
    let both = held(&[paddy, other], Some(6.0), ("Hg", 0.6, false, "mg/kg"));
    assert_eq!(
        (both.screening, both.exceeds),
        (Some(0.5), Exceeds::Screening)
    );
    let both = held(&[paddy, other], Some(6.0), ("Pb", 95.0, false, "mg/kg"));
    assert_eq!(
        (both.screening, both.exceeds),
        (Some(90.0), Exceeds::Screening)
    );
    assert!(remarks(&both).contains(&"assess.sample_farmland_kinds"));
}

#[test]
fn what_is_planned_says_which_standard_and_a_mixed_parcel_is_judged_by_both() {
    let limits = limits();
    let meaning = Meaning {
        survey_trigger: SurveyTrigger::Yes,
        limit_class: SoilClass::I,
        class_assumed: false,
        basis: Vec::new(),
    };
    let planned = |codes: &[&str]| Planned {
        uses: codes
            .iter()
            .map(|code| CodedUse {
                system: "ydyh-2023".to_owned(),
                code: (*code).to_owned(),
            })
            .collect(),
        origin: PlannedOrigin::Asked,
    };
    let standards = |codes: &[&str]| {
        let yardstick = Yardstick::of(&limits, &planned(codes), &meaning, None);
        let samples = [sample(1, Some(7.0), &[("Pb", 130.0, false, "mg/kg")])];
        let values = judge(&samples, &yardstick);
        let each = values
            .iter()
            .map(|value| (value.standard.unwrap(), value.exceeds));
        each.collect::<Vec<_>>()
    };
    assert_eq!(standards(&["0701"]), [(GB_36600, Exceeds::Nothing)]);
    assert_eq!(standards(&[]), [(GB_36600, Exceeds::Nothing)]);
    assert_eq!(standards(&["0102"]), [(GB_15618, Exceeds::Screening)]);
    assert_eq!(standards(&["0101"]), [(GB_15618, Exceeds::Nothing)]);
    assert_eq!(
        standards(&["0102", "0701"]),
        [(GB_15618, Exceeds::Screening), (GB_36600, Exceeds::Nothing)]
    );
    // Forest is not farmland: GB 36600, whose class is for the meaning to say.
    assert_eq!(standards(&["0301"]), [(GB_36600, Exceeds::Nothing)]);
}

#[test]
fn what_exceeds_most_comes_first_and_then_what_is_nearest() {
    let limits = limits();
    let first = construction(&limits, SoilClass::I);
    let mut far = sample(1, None, &[("Pb", 900.0, false, "mg/kg")]);
    (far.ring, far.distance_m) = (Ring::Within(500), 320.0);
    let contents = [
        ("As", 5.0, false, "mg/kg"),
        ("BaP", 3.0, true, "mg/kg"),
        ("Pb", 500.0, false, "mg/kg"),
    ];
    let near = sample(2, None, &contents);
    let values = judge(&[far, near], &first);
    let order: Vec<(i64, &str)> = values
        .iter()
        .map(|v| (v.id.0, v.substance.as_str()))
        .collect();
    assert_eq!(order, [(1, "Pb"), (2, "Pb"), (2, "BaP"), (2, "As")]);
}

#[test]
fn what_is_no_content_is_not_known_and_says_what_stands_there() {
    let limits = limits();
    let first = construction(&limits, SoilClass::I);
    for (value, unit) in [(-1.0, "mg/kg"), (5.0, "mg/L"), (f64::NAN, "mg/kg")] {
        let held = one(&first, None, ("Pb", value, false, unit));
        assert_eq!((held.exceeds, held.ratio), (Exceeds::NotKnown, None));
        assert_eq!(remarks(&held), ["assess.sample_unusable"]);
    }
}

#[test]
fn the_exceedances_of_the_meuse_are_those_that_are_known() {
    let Some(path) = shared("data/soil/meuse.csv") else {
        return;
    };
    let mut reader = csv::Reader::from_path(path).unwrap();
    let columns = [
        ("cadmium", "Cd"),
        ("copper", "Cu"),
        ("lead", "Pb"),
        ("zinc", "Zn"),
    ];
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(Result::unwrap).collect();
    let samples = |unit: &str, power: i32| -> Vec<_> {
        let of = |(id, row): (usize, &BTreeMap<String, String>)| {
            let contents = columns.map(|(column, substance)| {
                let recorded = format!("{}e{power}", row[column]).parse().unwrap();
                (substance, recorded, false, unit)
            });
            sample(i64::try_from(id).unwrap(), Some(8.0), &contents)
        };
        rows.iter().enumerate().map(of).collect()
    };
    let limits = limits();
    for (unit, power) in [("mg/kg", 0), ("µg/kg", 3), ("g/kg", -3)] {
        let above = |yardstick: &Yardstick<'_>| {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            for value in judge(&samples(unit, power), yardstick) {
                let exceeds = matches!(value.exceeds, Exceeds::Screening | Exceeds::Intervention);
                *counts.entry(value.substance).or_default() += usize::from(exceeds);
            }
            counts.into_values().collect::<Vec<_>>()
        };
        // Cd, Cu, Pb, Zn: GB 36600 class I has no zinc; GB 15618 other, pH > 7.5.
        assert_eq!(
            above(&construction(&limits, SoilClass::I)),
            [0, 0, 8, 0],
            "{unit}"
        );
        let fields = farmland(&limits, &[FarmlandKind::Other]);
        assert_eq!(above(&fields), [124, 4, 52, 80], "{unit}");
    }
}

proptest! {
    #[test]
    fn a_change_of_unit_changes_nothing(
        digits in 1_u32..1_000_000,
        places in 0_i32..5,
        below in any::<bool>(),
        substance in prop::sample::select(vec!["As", "Cd", "Hg", "Pb", "BaP", "TEQ", "Zn"]),
        class in prop::sample::select(vec![SoilClass::I, SoilClass::II]),
    ) {
        let limits = limits_once();
        let yardstick = construction(limits, class);
        let number = |power: i32| format!("{digits}e{}", power - places).parse::<f64>().unwrap();
        let plain = one(&yardstick, None, (substance, number(0), below, "mg/kg"));
        for (unit, power) in [("µg/kg", 3), ("ng/kg", 6), ("g/kg", -3), ("%", -4)] {
            let held = one(&yardstick, None, (substance, number(power), below, unit));
            prop_assert_eq!(held.exceeds, plain.exceeds);
            prop_assert_eq!(held.ratio, plain.ratio);
            if held.standard.is_some() {
                prop_assert!(held.value.to_bits() == plain.value.to_bits());
            }
        }
    }
}

fn limits_once() -> &'static onemap::layer::book::limits::Limits {
    static LIMITS: std::sync::OnceLock<std::sync::Arc<onemap::layer::book::limits::Limits>> =
        std::sync::OnceLock::new();
    LIMITS.get_or_init(limits)
}
