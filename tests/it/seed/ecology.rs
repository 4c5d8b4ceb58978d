//! The demonstration ecological spaces.

use super::stored;

#[test]
fn the_layers_of_ecology_are_as_dense_as_they_are_meant_to_be() {
    insta::assert_debug_snapshot!(stored("ecology"), @r#"
    {
        "ecological-spaces": 65,
    }
    "#);
}
