//! The checker itself, against Mapbox's fixtures: what they call valid passes, what they call
//! invalid does not.

use std::fs;

use serde_json::Value;

use super::{decoded, wire};
use crate::support::shared;

/// Valid, but nothing that OneMap may send: the checker is stricter, or is not asked.
const BEYOND_OUR_OWN: [(&str, &str); 6] = [
    ("016", "its geometry type is UNKNOWN: to use or refuse"),
    ("039", "it is of version 1"),
    ("049", "it leaves 32 bits on purpose"),
    ("050", "it leaves 32 bits on purpose"),
    ("057", "it announces more points than it has"),
    ("056", "its buffer is 200 units wide"),
];

#[test]
fn the_checker_agrees_with_mapbox_about_every_fixture() {
    let Some(folder) = shared("data/osm/mvt-fixtures/fixtures") else {
        return;
    };
    let mut seen = (0, 0);
    for entry in fs::read_dir(folder).unwrap() {
        let folder = entry.unwrap().path();
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let bytes = fs::read(folder.join("tile.mvt")).unwrap();
        let info: Value =
            serde_json::from_slice(&fs::read(folder.join("info.json")).unwrap()).unwrap();
        if BEYOND_OUR_OWN.iter().any(|(beyond, _)| *beyond == name) {
            continue;
        }
        let faults = decoded::faults(&bytes);
        if info["validity"]["v2"] == true {
            seen.0 += 1;
            assert_eq!(wire::faults(&bytes), Vec::<String>::new(), "{name}: {info}");
            assert_eq!(faults, Vec::<String>::new(), "{name}: {info}");
        } else {
            seen.1 += 1;
            assert_ne!(faults, Vec::<String>::new(), "{name}: {info}");
        }
    }
    assert_eq!(seen, (40, 28));
}
