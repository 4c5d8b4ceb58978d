//! The demonstration base map.

use super::stored;

#[test]
fn the_layers_of_base_are_as_dense_as_they_are_meant_to_be() {
    insta::assert_debug_snapshot!(stored("base"), @r#"
    {
        "district-boundary": 1,
    }
    "#);
}
