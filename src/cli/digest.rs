//! The digests of every file an import rests on.

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::layer::{Atlas, Layer};
use crate::say;
use crate::source;
use crate::store::FileDigest;
use crate::text::{Key, Problem};

/// The digests of a layer's sources, coverage and definition, and of the boundary
/// that decides which rows lie too far, sorted by name. Two imports with
/// equal digests have equal content.
pub(super) fn of_layer(atlas: &Atlas, layer: &Layer) -> Result<Vec<FileDigest>, Problem> {
    let mut files = rests_on(layer)?;
    files.push(atlas.district_file.clone());
    // Which rows lie beyond the margin depends on where the boundary runs.
    let boundary = atlas.layers.get(&atlas.district.boundary);
    if let Some(boundary) = boundary.filter(|_| layer.shape.is_some()) {
        files.extend(rests_on(boundary)?);
    }
    if let Some(coverage) = &layer.coverage {
        files.extend(source::files(&coverage.path)?);
    }
    files.sort();
    files.dedup();
    files
        .iter()
        .map(|path| of_file(path, &atlas.root))
        .collect()
}

/// The files that say what the rows of a layer are.
fn rests_on(layer: &Layer) -> Result<Vec<PathBuf>, Problem> {
    let mut files = layer.definition_files.clone();
    files.extend(source::files(&layer.source.table.path)?);
    if let Some((points, _)) = &layer.source.points {
        files.extend(source::files(&points.path)?);
    }
    Ok(files)
}

/// One digest over every file a source consists of.
pub(super) fn of_source(path: &Path) -> Result<String, Problem> {
    let mut hash = Sha256::new();
    for file in source::files(path)? {
        hash.update(of_file(&file, Path::new(""))?.sha256);
    }
    Ok(letters(&hash.finalize()))
}

/// Bytes as lower-case hexadecimal letters.
pub(super) fn letters(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn of_file(path: &Path, root: &Path) -> Result<FileDigest, Problem> {
    let shown = path
        .strip_prefix(root)
        .unwrap_or(path)
        .display()
        .to_string();
    let unreadable =
        |error| Problem::because(say!(Key::CliFileUnreadable, file = shown.as_str()), error);
    let mut file = std::fs::File::open(path).map_err(unreadable)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer).map_err(unreadable)? {
            0 => break,
            read => hash.update(buffer.get(..read).unwrap_or_default()),
        }
    }
    let sha256 = letters(&hash.finalize());
    Ok(FileDigest { shown, sha256 })
}
