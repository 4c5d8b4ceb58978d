//! The demonstration biodiversity data.

use super::stored;

#[test]
fn the_layers_of_biodiversity_are_as_dense_as_they_are_meant_to_be() {
    insta::assert_debug_snapshot!(stored("biodiversity"), @r#"
    {
        "occurrences": 1501,
    }
    "#);
}
