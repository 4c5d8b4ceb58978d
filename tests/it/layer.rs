//! Layer definitions and what they accept.

mod folder;

use onemap::layer::load;

use self::folder::{Folder, SITES};

#[test]
fn a_wholly_good_folder_loads() {
    let folder = Folder::good();
    let atlas = load(folder.root(), &folder.layers()).unwrap();
    let ids: Vec<&str> = atlas
        .layers
        .keys()
        .map(onemap::model::LayerId::as_str)
        .collect();
    assert_eq!(ids, ["boundary", "orchids", "sites"]);
    assert!(atlas.absent.is_empty(), "{:?}", atlas.absent);
    assert_eq!(atlas.district.boundary.as_str(), "boundary");
}

#[test]
fn several_faults_of_a_file_come_at_once_in_the_order_of_its_lines() {
    let folder = Folder::good();
    let text = SITES
        .replace("theme = \"soil\"", "theme = \"sol\"")
        .replace("crs = \"GCJ-02\"", "crs = \"GCJ-2\"")
        .replace("field = \"accuracy_m\"", "field = \"accuracy\"")
        .replace("minzoom = 8", "minzom = 8");
    folder.write("layers/soil/sites.toml", &text);
    let faults = load(folder.root(), &folder.layers()).unwrap_err();
    let lines: Vec<Option<usize>> = faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [Some(2), Some(9), Some(48), Some(55)], "{faults:#?}");
}
