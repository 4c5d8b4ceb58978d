//! What is not known is neither true nor false.

use onemap::filter::Kind::{Boolean, Number, Text};
use onemap::filter::Scalar;
use onemap::filter::Truth::{False, True, Unknown};

use super::table::{Fields, Values};

#[test]
fn three_valued_logic_holds_for_every_pair_of_truths() {
    let fields = Fields::of(&[("a", Boolean), ("b", Boolean)]);
    let truths = [
        (Scalar::Boolean(false), False),
        (Scalar::Null, Unknown),
        (Scalar::Boolean(true), True),
    ];
    let not = fields.read("NOT a = TRUE");
    let and = fields.read("a = TRUE AND b = TRUE");
    let or = fields.read("a = TRUE OR b = TRUE");
    for (a, left) in truths {
        for (b, right) in truths {
            let row = Values(vec![a, b], None);
            assert_eq!(not.holds(&row), !left);
            assert_eq!(and.holds(&row), left.min(right), "{left:?} and {right:?}");
            assert_eq!(or.holds(&row), left.max(right), "{left:?} or {right:?}");
        }
    }
}

#[test]
fn what_is_below_detection_is_compared_with_nothing_and_is_not_null() {
    let fields = Fields::of(&[("pb", Number), ("name", Text)]);
    let row = Values(vec![Scalar::BelowDetection(0.05), Scalar::Null], None);
    for (filter, truth) in [
        ("pb < 1000", Unknown),
        ("pb > 0", Unknown),
        ("pb = pb", Unknown),
        ("pb BETWEEN 0 AND 1", Unknown),
        ("pb IN (0, 1)", Unknown),
        ("pb * 2 < 3", Unknown),
        ("pb IS NULL", False),
        ("pb IS NOT NULL", True),
        ("pb + 1 IS NULL", False),
        ("name = 'x'", Unknown),
        ("name <> 'x'", Unknown),
        ("name LIKE '%'", Unknown),
        ("name NOT LIKE '%'", Unknown),
        ("name IN ('x')", Unknown),
        ("CASEI(name) = 'x'", Unknown),
        ("name IS NULL", True),
        ("(name = 'x') IS NULL", True),
        ("(name IS NULL) IS NULL", False),
        ("1 / 0 = 1", Unknown),
        ("1 / 0 IS NULL", True),
        ("name = 'x' OR pb IS NOT NULL", True),
        ("name = 'x' AND pb IS NULL", False),
        ("NOT (name = 'x' OR pb IS NULL)", Unknown),
    ] {
        assert_eq!(fields.read(filter).holds(&row), truth, "{filter}");
    }
}

#[test]
fn a_list_that_does_not_hold_the_value_but_something_unknown_is_unknown() {
    let fields = Fields::of(&[("a", Number), ("b", Number)]);
    let row = Values(vec![Scalar::Number(1.0), Scalar::Null], None);
    assert_eq!(fields.read("a IN (1, b)").holds(&row), True);
    assert_eq!(fields.read("a IN (2, b)").holds(&row), Unknown);
    assert_eq!(fields.read("a NOT IN (2, b)").holds(&row), Unknown);
    assert_eq!(fields.read("a BETWEEN 2 AND b").holds(&row), False);
}
