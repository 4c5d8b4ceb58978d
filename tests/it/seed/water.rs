//! The demonstration water data.

use super::stored;

#[test]
fn the_layers_of_water_are_as_dense_as_they_are_meant_to_be() {
    insta::assert_debug_snapshot!(stored("water"), @r#"
    {
        "drinking-water-intakes": 12,
    }
    "#);
}
