//! The demonstration soil data.

use super::stored;

#[test]
fn the_layers_of_soil_are_as_dense_as_they_are_meant_to_be() {
    insta::assert_debug_snapshot!(stored("soil"), @r#"
    {
        "pollution-sites": 120,
        "risk-control-list": 13,
        "soil-samples": 1011,
    }
    "#);
}

#[test]
fn one_outline_of_the_risk_control_list_is_told_apart_because_it_is_not_closed() {
    let (_, all) = super::outcomes();
    assert_eq!(all["risk-control-list"].asides, 1);
}
