//! The demonstration ecological data.

use std::collections::BTreeMap;

use onemap::layer::{Visibility, load};

use super::{root, stored};

#[test]
fn the_layers_of_ecology_are_as_dense_as_they_are_meant_to_be() {
    let meant = BTreeMap::from([
        ("ecological-spaces", 50..120),
        ("green-spaces", 250..700),
        ("restoration-projects", 30..70),
    ]);
    let stored = stored("ecology");
    assert_eq!(
        stored.keys().collect::<Vec<_>>(),
        meant.keys().collect::<Vec<_>>()
    );
    for (id, count) in &stored {
        assert!(meant[id.as_str()].contains(count), "{id}: {count}");
    }
}

#[test]
fn every_ecological_space_names_its_law_and_no_audience_sees_the_funds() {
    let atlas = load(&root(), &root().join("layers")).unwrap();
    let field = |id: &str, name: &str| {
        let layer = atlas.layers.values().find(|l| l.id.as_str() == id).unwrap();
        layer.field(name).unwrap().1.clone()
    };
    let basis = field("ecological-spaces", "legal_basis");
    assert!(basis.required && basis.visibility == Visibility::Public);
    let funds = field("restoration-projects", "funding_cny_10k");
    assert_eq!(funds.visibility, Visibility::Internal);
}
