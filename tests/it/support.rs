//! What several rooms' tests need.

use std::path::PathBuf;

/// The folder of shared reference data, or `None` with a loud note when it is not there.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../shared")
        .join(path);
    if path.try_exists().unwrap() {
        Some(path)
    } else {
        eprintln!(
            "SKIPPED: {} is absent, so this test proved nothing",
            path.display()
        );
        None
    }
}
