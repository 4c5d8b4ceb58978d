//! The digests of every file an import rests on.

use std::fmt::Write as _;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use crate::geom::Crs;
use crate::layer::{Atlas, Layer};
use crate::say;
use crate::source;
use crate::store::FileDigest;
use crate::text::{Key, Problem};

/// The digests of a layer's sources, coverage and definition, sorted by name. Two imports with
/// equal digests have equal content.
pub(super) fn of_layer(atlas: &Atlas, layer: &Layer) -> Result<Vec<FileDigest>, Problem> {
    let mut files: Vec<PathBuf> = layer.definition_files.clone();
    files.push(atlas.district_file.clone());
    let tables =
        std::iter::once(&layer.source.table).chain(layer.source.points.iter().map(|p| &p.0));
    for table in tables {
        files.extend(source::files(&table.path)?);
        if let Some(Crs::Definition { path, .. }) = &table.crs {
            files.push(path.clone());
        }
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
    let sha256 = hash
        .finalize()
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
    Ok(FileDigest { shown, sha256 })
}
