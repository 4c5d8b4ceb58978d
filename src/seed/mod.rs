//! The demonstration data: made from the district's real boundary and a few dice, byte for byte the
//! same each time. Everything but the boundary is made up, and every file says so.

mod arrangement;
mod biodiversity;
mod boundary;
mod carrier;
mod city;
mod ecology;
mod land;
mod list;
mod parcels;
mod place;
mod random;
mod readme;
mod samples;
mod sites;
mod water;

use std::fs;
use std::path::{Path, PathBuf};

use self::boundary::Boundary;
use self::carrier::SeedFile;
use self::parcels::City;
pub use self::readme::{DIRT, Dirt, Outcome};
use crate::geom::cast::usize_to_u64;
use crate::say;
use crate::text::{Key, Message, Problem};

/// What [`write()`] wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The folder.
    pub dir: PathBuf,
    /// Each file, from the folder, with its size in bytes; in the order of their names.
    pub files: Vec<(String, u64)>,
}

impl Report {
    /// The size of all files, bytes.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|(_, bytes)| bytes).sum()
    }

    /// What was written, in a sentence.
    pub fn message(&self) -> Message {
        say!(
            Key::SeedWritten,
            files = self.files.len(),
            bytes = self.bytes(),
            path = self.dir.display()
        )
    }
}

/// Writes the demonstration data to a folder, usually `seeds`. What stands there under the same
/// names is replaced. An error names the file that could not be written.
pub fn write(dir: &Path) -> Result<Report, Problem> {
    let mut report = Report {
        dir: dir.to_owned(),
        files: Vec::new(),
    };
    for file in generate()? {
        let path = dir.join(file.path);
        let failed =
            |cause| Problem::because(say!(Key::SeedFileNotWritten, path = path.display()), cause);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        fs::write(&path, &file.bytes).map_err(failed)?;
        report
            .files
            .push((file.path.to_owned(), usize_to_u64(file.bytes.len())));
    }
    Ok(report)
}

/// Every file of the data, in the order of their names.
fn generate() -> Result<Vec<SeedFile>, Problem> {
    let city = City::draw(Boundary::read()?);
    let sites = sites::sites(&city);
    let mut files = vec![SeedFile {
        path: "base/district-boundary.geojson",
        bytes: boundary::FILE.as_bytes().to_vec(),
    }];
    files.extend(land::files(&city));
    files.extend(sites::files(&sites));
    files.extend(samples::files(&city, &sites)?);
    files.extend(list::files(&city)?);
    files.extend(ecology::files(&city)?);
    files.extend(biodiversity::files(&city));
    files.extend(water::files(&city));
    files.extend(readme::files());
    files.sort_by_key(|file| file.path);
    Ok(files)
}
