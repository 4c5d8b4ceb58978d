//! The limits that ship are those that were found: value by value, against the tables of the standards.

#![expect(
    clippy::float_cmp,
    reason = "the shipped numbers must be the standards' own, to the last bit"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use onemap::layer::OWN_DERIVATION;
use onemap::layer::book::limits::{FarmlandFind, FarmlandKind, Limits};

use super::limits;
use crate::support::shared;

type Row = BTreeMap<String, String>;

/// The rows of a table, by the names of its columns.
fn rows(path: &Path) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(Result::unwrap).collect()
}

fn number(row: &Row, column: &str) -> f64 {
    row[column].parse().unwrap()
}

/// The symbol of a substance by its CAS number, or by its Chinese name up to a bracket.
fn symbol(limits: &Limits, row: &Row) -> String {
    let cas = &row["cas"];
    let start = |name: &str| name.split('（').next().unwrap().to_owned();
    let found: Vec<&String> = limits
        .substances
        .values()
        .filter(|s| match &s.cas {
            Some(known) => known == cas,
            None => cas.is_empty() && start(&s.name.zh) == start(&row["pollutant_zh"]),
        })
        .map(|s| &s.symbol)
        .collect();
    assert_eq!(found.len(), 1, "{row:?}: {found:?}");
    found[0].clone()
}

#[test]
fn all_85_limits_of_construction_land_are_those_of_the_table() {
    let Some(path) = shared("standards/gb36600_2018_values.csv") else {
        return;
    };
    let limits = limits();
    let mut seen = BTreeSet::new();
    for row in rows(&path) {
        let symbol = symbol(&limits, &row);
        let limit = &limits.construction[&symbol];
        let found = [
            limit.screening_1,
            limit.screening_2,
            limit.intervention_1,
            limit.intervention_2,
        ];
        let wanted = [
            number(&row, "screening_class1"),
            number(&row, "screening_class2"),
            number(&row, "intervention_class1"),
            number(&row, "intervention_class2"),
        ];
        assert_eq!(found, wanted, "{symbol}");
        assert_eq!(limit.unit, row["unit"], "{symbol}");
        assert_eq!(
            limit.cited.verified.to_string(),
            row["verified"],
            "{symbol}"
        );
        assert_eq!(
            limit.background_exempt,
            row["note"].contains("note a"),
            "{symbol}"
        );
        seen.insert(symbol);
    }
    assert_eq!((seen.len(), limits.construction.len()), (85, 85));
    let exempt = limits
        .construction
        .iter()
        .filter(|(_, l)| l.background_exempt);
    let exempt: Vec<&str> = exempt.map(|(symbol, _)| symbol.as_str()).collect();
    assert_eq!(exempt, ["As", "Co", "V"]);
}

/// A pH within a band as the tables write it, and the upper end of the band, if it has one.
fn acidities(band: &str) -> Vec<Option<f64>> {
    match band {
        "pH<=5.5" => vec![Some(3.0), Some(5.5)],
        "5.5<pH<=6.5" => vec![Some(5.500_001), Some(6.5)],
        "6.5<pH<=7.5" => vec![Some(6.500_001), Some(7.5)],
        "pH>7.5" => vec![Some(7.500_001), Some(9.0)],
        "all" => vec![None, Some(5.5), Some(9.0)],
        other => panic!("{other}"),
    }
}

fn farmland_symbol(item: &str) -> &str {
    match item {
        "HCH" => "HCHs",
        "DDT" => "DDTs",
        other => other,
    }
}

#[test]
fn every_limit_of_farmland_is_that_of_the_tables_and_a_band_ends_with_its_upper_edge() {
    let (Some(screening), Some(intervention)) = (
        shared("standards/gb15618_2018_screening.csv"),
        shared("standards/gb15618_2018_intervention.csv"),
    ) else {
        return;
    };
    let limits = limits();
    let mut compared = 0;
    for row in rows(&screening) {
        let kinds: Vec<FarmlandKind> = match row["farmland_type"].as_str() {
            "all" => FarmlandKind::ALL.iter().map(|(_, kind)| *kind).collect(),
            word => FarmlandKind::ALL
                .iter()
                .filter(|(known, _)| *known == word)
                .map(|(_, kind)| *kind)
                .collect(),
        };
        assert!(!kinds.is_empty(), "{row:?}");
        for kind in kinds {
            for ph in acidities(&row["ph_band"]) {
                let symbol = farmland_symbol(&row["item"]);
                let FarmlandFind::Limit(limit) = limits.farmland_limit(symbol, kind, ph) else {
                    panic!("{row:?} {kind:?} {ph:?}");
                };
                let found = limit.screening.as_ref().unwrap();
                assert_eq!(
                    found.value,
                    number(&row, "screening_value"),
                    "{row:?} {ph:?}"
                );
                assert_eq!(found.verified.to_string(), row["verified"], "{row:?}");
                compared += 1;
            }
        }
    }
    for row in rows(&intervention) {
        for (_, kind) in FarmlandKind::ALL {
            for ph in acidities(&row["ph_band"]) {
                let FarmlandFind::Limit(limit) = limits.farmland_limit(&row["item"], kind, ph)
                else {
                    panic!("{row:?} {kind:?} {ph:?}");
                };
                let found = limit.intervention.as_ref().unwrap();
                assert_eq!(
                    found.value,
                    number(&row, "intervention_value"),
                    "{row:?} {ph:?}"
                );
                compared += 1;
            }
        }
    }
    assert!(compared > 250, "{compared}");
    assert_eq!(limits.farmland.len(), 59);
    // Without a pH nothing is said, but where the limit is the same for every pH.
    let cd = limits.farmland_limit("Cd", FarmlandKind::Other, None);
    assert_eq!(cd, FarmlandFind::NeedsPh);
    let cyanide = limits.farmland_limit("CN", FarmlandKind::Other, Some(7.0));
    assert_eq!(cyanide, FarmlandFind::NoLimit);
}

#[test]
fn factors_backgrounds_and_grades_are_what_was_met_and_nothing_recalled() {
    let (Some(factors), Some(backgrounds), Some(grades)) = (
        shared("standards/hakanson_toxic_response.csv"),
        shared("standards/soil_background.csv"),
        shared("standards/pollution_index_grades.csv"),
    ) else {
        return;
    };
    let limits = limits();
    let met = |row: &Row| row["verified"] != "0";
    let met_factors: Vec<Row> = rows(&factors).into_iter().filter(met).collect();
    assert_eq!(met_factors.len(), limits.toxic_response.len());
    for row in met_factors {
        let factor = &limits.toxic_response[&row["element"]];
        assert_eq!(factor.value, number(&row, "Tr"), "{row:?}");
        assert_eq!(factor.verified.to_string(), row["verified"], "{row:?}");
    }
    let met_backgrounds: Vec<Row> = rows(&backgrounds).into_iter().filter(met).collect();
    let shipped: usize = limits
        .backgrounds
        .values()
        .map(|set| set.values.len())
        .sum();
    assert_eq!(met_backgrounds.len(), shipped);
    for row in met_backgrounds {
        let set = match row["area"].as_str() {
            "Beijing" => &limits.backgrounds["beijing"],
            _ => &limits.backgrounds["china"],
        };
        assert_eq!(
            set.values[&row["element"]].value,
            number(&row, "value"),
            "{row:?}"
        );
    }
    let whole = rows(&grades).into_iter();
    let whole: Vec<Row> = whole
        .filter(|row| !row["variant"].starts_with("adjusted"))
        .collect();
    assert_eq!(
        whole.len(),
        limits.grades.values().map(Vec::len).sum::<usize>()
    );
    for row in whole {
        let mut of = limits.grades[&row["index"]].iter();
        let grade = of.find(|grade| grade.grade == row["grade"]).unwrap();
        let end = |value: Option<f64>| value.map(|v| v.to_string()).unwrap_or_default();
        let as_number = |column: &str| row[column].parse::<f64>().ok();
        assert_eq!(
            grade.lower,
            as_number("lower"),
            "{row:?} {}",
            end(grade.lower)
        );
        assert_eq!(
            grade.upper,
            as_number("upper"),
            "{row:?} {}",
            end(grade.upper)
        );
        assert_eq!(grade.lower_included, row["lower_incl"] == "y", "{row:?}");
        assert_eq!(grade.upper_included, row["upper_incl"] == "y", "{row:?}");
    }
}

#[test]
fn what_was_met_nowhere_says_so() {
    let limits = limits();
    let recalled = limits.indices.iter().filter(|(_, i)| i.cited.verified == 0);
    let recalled: Vec<&str> = recalled.map(|(index, _)| index.as_str()).collect();
    assert_eq!(recalled, ["Igeo"]);
    for (index, formula) in &limits.indices {
        let own = formula.cited.source == OWN_DERIVATION;
        assert_eq!(own, formula.cited.verified == 0, "{index}");
    }
    assert!(
        limits
            .construction
            .values()
            .all(|limit| limit.cited.verified > 0)
    );
    let uses = limits.farmland_uses.values();
    assert!(
        uses.clone()
            .all(|farmland| farmland.basis == OWN_DERIVATION)
    );
    assert!(uses.clone().all(|farmland| !farmland.kinds.is_empty()));
}

#[test]
fn no_name_of_a_grade_promises_too_much() {
    let limits = limits();
    for grade in limits.grades.values().flatten() {
        let english = grade.label.en.to_lowercase();
        for word in ["clean", "safe", "unpolluted", "none", "no pollution"] {
            assert!(!english.contains(word), "{english}");
        }
        for word in ["清洁", "安全", "无污染", "未污染"] {
            assert!(!grade.label.zh.contains(word), "{}", grade.label.zh);
        }
    }
}
