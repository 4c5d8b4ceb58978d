//! The demonstration data: made from the district's real boundary and a few dice, byte for byte the
//! same each time. Everything but the boundary is made up, and every file says so.

mod air;
mod arrangement;
mod base;
mod biodiversity;
mod boundary;
mod carrier;
mod city;
mod dirt;
mod dissolve;
mod ecology;
mod ground;
mod land;
mod noise;
mod parcels;
mod place;
mod plan;
mod random;
mod soil;
mod water;

use std::fs;
use std::path::{Path, PathBuf};

use self::boundary::Boundary;
use self::carrier::SeedFile;
pub use self::dirt::{Dirt, Outcome};
use self::parcels::City;
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

/// A theme of the data: a folder of `seeds`, made by the room of the same name here.
struct Theme {
    /// Where its page goes.
    page: &'static str,
    /// The page's words, before the list of its faults.
    readme: &'static str,
    /// The faults that are in its data on purpose.
    dirt: &'static [Dirt],
    /// Its files, without the page.
    files: fn(&City) -> Result<Vec<SeedFile>, Problem>,
}

/// A theme: its room, and the page of its folder.
macro_rules! theme {
    ($room:ident, $page:literal) => {
        Theme {
            page: $page,
            readme: $room::README,
            dirt: $room::DIRT,
            files: $room::files,
        }
    };
}

/// All themes.
const THEMES: &[Theme] = &[
    theme!(base, "base/README.md"),
    theme!(land, "land/README.md"),
    theme!(soil, "soil/README.md"),
    theme!(ecology, "ecology/README.md"),
    theme!(biodiversity, "biodiversity/README.md"),
    theme!(water, "water/README.md"),
    theme!(air, "air/README.md"),
    theme!(noise, "noise/README.md"),
    theme!(plan, "plan/README.md"),
];

/// Every fault that is in the data on purpose.
pub fn dirt() -> impl Iterator<Item = &'static Dirt> {
    THEMES.iter().flat_map(|theme| theme.dirt)
}

/// Every file of the data, in the order of their names.
fn generate() -> Result<Vec<SeedFile>, Problem> {
    let city = City::draw(Boundary::read()?);
    let mut files = Vec::new();
    for theme in THEMES {
        files.extend((theme.files)(&city)?);
        files.push(SeedFile {
            path: theme.page,
            bytes: [theme.readme, &dirt::table(theme.dirt)]
                .concat()
                .into_bytes(),
        });
    }
    files.sort_by_key(|file| file.path);
    Ok(files)
}
