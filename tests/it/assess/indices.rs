//! Indices of samples: by hand, and their grades.

use onemap::assess::answer::IndexValue;
use onemap::assess::indices::indices;
use onemap::assess::samples::{GB_36600, Yardstick, judge};
use onemap::layer::SoilClass;
use onemap::layer::book::limits::{FarmlandKind, Limits};

use super::{construction, farmland, limits, sample};

fn near(found: f64, wanted: f64) {
    assert!(
        (found - wanted).abs() < 1e-9 * wanted.abs().max(1.0),
        "{found} is not {wanted}"
    );
}

/// The indices of one sample.
fn of(
    limits: &Limits,
    yardstick: &Yardstick<'_>,
    contents: &[(&str, f64, bool, &str)],
) -> Vec<IndexValue> {
    let values = judge(&[sample(1, Some(8.0), contents)], yardstick);
    indices(&values, limits, yardstick.background)
}

fn index<'a>(found: &'a [IndexValue], name: &str, substance: Option<&str>) -> &'a IndexValue {
    let mut named = found
        .iter()
        .filter(|i| i.index == name && i.substance.as_deref() == substance);
    let first = named
        .next()
        .unwrap_or_else(|| panic!("no {name} of {substance:?}: {found:#?}"));
    assert!(named.next().is_none());
    first
}

const EIGHT: [(&str, f64, bool, &str); 8] = [
    ("As", 14.18, false, "mg/kg"),
    ("Cd", 0.476, false, "mg/kg"),
    ("Cr", 29.8, false, "mg/kg"),
    ("Cu", 37.4, false, "mg/kg"),
    ("Hg", 115.2, false, "µg/kg"),
    ("Ni", 13.4, false, "mg/kg"),
    ("Pb", 49.2, false, "mg/kg"),
    ("Zn", 57.5, false, "mg/kg"),
];

#[test]
fn the_indices_of_a_sample_are_those_computed_by_hand() {
    let limits = limits();
    let found = of(&limits, &construction(&limits, SoilClass::I), &EIGHT);
    // Multiples of the background: 2, 4, 1, 2, 2, 0.5, 2, 1.
    near(index(&found, "CF", Some("As")).value, 2.0);
    near(index(&found, "CF", Some("Hg")).value, 2.0);
    let pli = index(&found, "PLI", None);
    near(pli.value, 32_f64.powf(1.0 / 8.0));
    assert_eq!(pli.grade.as_ref().unwrap().en, "grade 2, light");
    assert_eq!(pli.background.as_deref(), Some("beijing"));
    assert_eq!(
        pli.substances,
        ["As", "Cd", "Cr", "Cu", "Hg", "Ni", "Pb", "Zn"]
    );
    let igeo = index(&found, "Igeo", Some("Cd"));
    near(igeo.value, (4.0_f64 / 1.5).log2());
    assert_eq!(igeo.grade.as_ref().unwrap().en, "class 2, moderate");
    assert_eq!((igeo.verified, igeo.remarks.len()), (0, 1));
    assert_eq!(igeo.remarks[0].key().name(), "assess.index_own_derivation");
    near(index(&found, "Er", Some("Cd")).value, 120.0);
    near(index(&found, "Er", Some("Hg")).value, 80.0);
    // On the border of two grades: 80 begins the third.
    let cadmium = index(&found, "Er", Some("Cd"));
    assert_eq!(cadmium.grade.as_ref().unwrap().en, "grade 3, considerable");
    let risk = index(&found, "RI", None);
    // 20 + 120 + 2 + 10 + 80 + 2.5 + 10 + 1.
    near(risk.value, 245.5);
    assert_eq!(risk.grade.as_ref().unwrap().en, "grade 2, moderate");
    assert!(risk.remarks.is_empty());
    // Against GB 36600, class I, which has no Cr and no Zn.
    near(index(&found, "Pi", Some("As")).value, 14.18 / 20.0);
    let ratios = [
        14.18 / 20.0,
        0.476 / 20.0,
        37.4 / 2000.0,
        0.1152 / 8.0,
        13.4 / 150.0,
        49.2 / 400.0,
    ];
    let mean = ratios.iter().sum::<f64>() / 6.0;
    let nemerow = index(&found, "PN", None);
    near(
        nemerow.value,
        f64::midpoint(0.709_f64.powi(2), mean.powi(2)).sqrt(),
    );
    assert_eq!(nemerow.standard, Some(GB_36600));
    assert_eq!(nemerow.substances, ["As", "Cd", "Cu", "Hg", "Ni", "Pb"]);
    assert_eq!(nemerow.grade.as_ref().unwrap().zh, "一级（最低）");
}

#[test]
fn what_was_not_detected_is_not_used_and_that_is_said() {
    let limits = limits();
    let mut contents = EIGHT;
    contents[4] = ("Hg", 2.0, true, "µg/kg");
    let found = of(&limits, &construction(&limits, SoilClass::I), &contents);
    for name in ["PN", "PLI", "RI"] {
        let value = index(&found, name, None);
        assert!(!value.substances.contains(&"Hg".to_owned()), "{name}");
        assert_eq!(value.remarks[0].key().name(), "assess.index_left_out");
        assert_eq!(value.remarks[0].arg("substances"), Some("Hg"), "{name}");
    }
    assert!(found.iter().all(|i| i.substance.as_deref() != Some("Hg")));
    near(index(&found, "RI", None).value, 165.5);
    // The grades of RI are for eight pollutants: from seven it would come out too low.
    assert_eq!(index(&found, "RI", None).grade, None);

    let none = [("As", 0.01, true, "mg/kg"), ("Pb", 0.1, true, "mg/kg")];
    let found = of(&limits, &construction(&limits, SoilClass::I), &none);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_load_index_of_exactly_one_has_no_grade() {
    let limits = limits();
    let natural = [("Cr", 29.8, false, "mg/kg"), ("Zn", 57.5, false, "mg/kg")];
    let found = of(&limits, &construction(&limits, SoilClass::I), &natural);
    let pli = index(&found, "PLI", None);
    assert_eq!((pli.value, pli.grade.as_ref()), (1.0, None));
}

#[test]
fn farmland_has_its_own_ratios_and_the_set_decides_what_can_be_computed() {
    let limits = limits();
    let mut fields = farmland(&limits, &[FarmlandKind::Other]);
    fields.background = limits.backgrounds.get("china");
    let found = of(&limits, &fields, &EIGHT);
    near(index(&found, "Pi", Some("Cr")).value, 29.8 / 250.0);
    near(index(&found, "CF", Some("Cr")).value, 29.8 / 61.0);
    let set: Vec<&str> = found
        .iter()
        .filter(|i| i.index == "CF")
        .filter_map(|i| i.substance.as_deref())
        .collect();
    assert_eq!(set, ["As", "Cr", "Cu", "Hg", "Zn"]);
    assert!(
        found
            .iter()
            .all(|i| i.background.is_none() || i.background.as_deref() == Some("china"))
    );
    fields.background = None;
    let found = of(&limits, &fields, &EIGHT);
    assert!(found.iter().all(|i| ["Pi", "PN"].contains(&i.index)));
}

#[test]
fn the_grades_of_an_index_cover_the_line_once_but_where_the_source_leaves_a_gap() {
    let limits = limits();
    for (index, grades) in &limits.grades {
        let mut ends: Vec<f64> = grades.iter().filter_map(|grade| grade.upper).collect();
        ends.extend(ends.clone().iter().flat_map(|end| [end - 1e-9, end + 1e-9]));
        ends.extend([-1e9, 1e9]);
        for value in ends {
            let holding = grades.iter().filter(|grade| grade.holds(value)).count();
            let gap = index == "PLI" && value.total_cmp(&1.0).is_eq();
            assert_eq!(holding, usize::from(!gap), "{index} {value}");
        }
    }
}
