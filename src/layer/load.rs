//! The whole of `layers/`: every file read, every fault of every file found in one go.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::book::known::Layers;
use super::book::load::{Text, Texts};
use super::book::{self, Book};
use super::check::around::Around;
use super::check::{self, Filed};
use super::definition::Layer;
use super::district::{Atlas, District};
use super::document::Document;
use super::fault::Fault;
use super::file::{DistrictFile, LayerFile};
use super::schema;
use super::style::StyleFile;
use crate::model::LayerId;
use crate::say;
use crate::text::{Key, Message};

/// Folders of `layers/` that hold other things than layers.
const NOT_THEMES: [&str; 4] = ["codes", "limits", "rules", "profiles"];

/// Reads `layers_dir`; the paths in its files start at `root`, and faults name files from there.
///
/// Every fault of every file comes at once, sorted by file and line. A source or coverage file that
/// is not there is a fault too, but not one of the definitions: if nothing else is wrong the atlas
/// is given, with those faults in [`Atlas::absent`], so that `serve` and the import of other layers
/// may go on while `check` tells of them.
pub fn load(root: &Path, layers_dir: &Path) -> Result<Atlas, Vec<Fault>> {
    let mut folder = Folder {
        root,
        faults: Vec::new(),
        absent: Vec::new(),
        district_file: layers_dir.join("district.toml"),
    };
    let files = folder.walk(layers_dir);
    let mut around = Around::new(root, layers_dir);
    around.read_limits(&files.limits);
    let schema = schema::of::<LayerFile>();

    let mut checked: Vec<(Document, Option<Layer>)> = Vec::new();
    let mut ids: BTreeMap<String, (PathBuf, Option<String>)> = BTreeMap::new();
    // What a file that cannot be read would most likely have said.
    let mut unread: check::district::Geometries = BTreeMap::new();
    for path in &files.layers {
        let filed = filed(path);
        let Some(text) = folder.text(path) else {
            unread.insert(filed.stem.to_owned(), None);
            continue;
        };
        let mut doc = Document::parse(&folder.shown(path), &text, &schema);
        let style = files.styles.get(path).and_then(|path| {
            let text = folder.text(path)?;
            Some(StyleFile {
                shown: folder.shown(path),
                text,
            })
        });
        if let Some(id) = doc.text("id").map(str::to_owned) {
            if let Some((earlier, _)) = ids.get(&id) {
                let earlier = earlier.display();
                doc.fault(
                    "id",
                    say!(Key::LayerCheckIdTwice, id = id, earlier = earlier),
                );
            } else {
                let geometry = doc.text("geometry").map(str::to_owned);
                ids.insert(id, (doc.file().to_owned(), geometry));
            }
        } else {
            unread.insert(filed.stem.to_owned(), None);
        }
        let layer = check::layer(&mut doc, filed, &mut around, style.as_ref());
        checked.push((doc, layer));
    }
    let mut geometries = unread;
    geometries.extend(ids.into_iter().map(|(id, (_, geometry))| (id, geometry)));
    check::kinship::resolve(&mut checked, &geometries);
    let mut layers: BTreeMap<LayerId, Arc<Layer>> = BTreeMap::new();
    for (doc, layer) in checked {
        layers.extend(layer.map(|layer| (layer.id.clone(), Arc::new(layer))));
        folder.take(doc);
    }
    let district_file = folder.district_file.clone();
    let mut book = Book::default();
    around.land_uses(&mut book);
    book.limits = Arc::new(std::mem::take(&mut around.limits));
    let texts = folder.texts(&files, &mut around);
    let known = Layers {
        right: &layers,
        named: &geometries,
    };
    let district = folder.district(&district_file, &mut book, &texts, &known);
    if let Some(district) = &district {
        book.default_system.clone_from(&district.land_use_system);
        book.default_profile.clone_from(&district.profile);
    }
    book.digest = around.book_files.all();

    folder.faults.append(&mut around.faults);
    folder.finish(district, layers, book)
}

/// The folder while it is read.
struct Folder<'a> {
    root: &'a Path,
    faults: Vec<Fault>,
    absent: Vec<Fault>,
    district_file: PathBuf,
}

/// The files of a layers' folder.
#[derive(Default)]
struct Files {
    layers: Vec<PathBuf>,
    /// The style of a layer's file.
    styles: BTreeMap<PathBuf, PathBuf>,
    profiles: Vec<PathBuf>,
    rules: Vec<PathBuf>,
    limits: Vec<PathBuf>,
}

impl Folder<'_> {
    fn shown(&self, path: &Path) -> PathBuf {
        path.strip_prefix(self.root).unwrap_or(path).to_owned()
    }

    fn fault(&mut self, path: &Path, line: Option<usize>, message: Message) {
        let file = self.shown(path);
        self.faults.push(Fault {
            file,
            line,
            message,
        });
    }

    fn take(&mut self, doc: Document) {
        let (faults, absent) = doc.into_faults();
        self.faults.extend(faults);
        self.absent.extend(absent);
    }

    /// What lies in a folder, sorted, hidden files left out.
    fn list(&mut self, dir: &Path) -> Vec<PathBuf> {
        let listed = std::fs::read_dir(dir).and_then(|entries| {
            entries
                .map(|entry| Ok(entry?.path()))
                .collect::<Result<_, _>>()
        });
        let mut paths: Vec<PathBuf> = match listed {
            Ok(paths) => paths,
            Err(error) => {
                self.fault(dir, None, say!(Key::LayerCheckFolder, reason = error));
                return Vec::new();
            }
        };
        paths.retain(|path| !name(path).starts_with('.'));
        paths.sort();
        paths
    }

    fn walk(&mut self, layers_dir: &Path) -> Files {
        let mut files = Files::default();
        for path in self.list(layers_dir) {
            if path.is_dir() {
                match name(&path) {
                    "profiles" => files.profiles = self.definitions(&path),
                    "rules" => files.rules = self.definitions(&path),
                    "limits" => {
                        let limits = self.list(&path);
                        files.limits = limits.into_iter().filter(|p| is(p, ".csv")).collect();
                    }
                    other if NOT_THEMES.contains(&other) => {}
                    _ => self.theme(&path, &mut files),
                }
            } else if is(&path, ".toml") && name(&path) != "district.toml" {
                self.fault(&path, None, say!(Key::LayerCheckNoFolder));
            }
        }
        files
    }

    /// The TOML files of a folder.
    fn definitions(&mut self, dir: &Path) -> Vec<PathBuf> {
        let mut paths = self.list(dir);
        paths.retain(|path| is(path, ".toml"));
        paths
    }

    /// The texts of profiles and rules, counted into the book's digest.
    fn texts(&mut self, files: &Files, around: &mut Around<'_>) -> Texts {
        let mut read = |paths: &[PathBuf]| {
            let texts = paths.iter().filter_map(|path| {
                let text = self.text(path)?;
                around.count_in(path, text.as_bytes());
                Some(Text {
                    shown: self.shown(path),
                    stem: filed(path).stem.to_owned(),
                    content: text,
                })
            });
            texts.collect()
        };
        Texts {
            profiles: read(&files.profiles),
            rules: read(&files.rules),
        }
    }

    fn theme(&mut self, dir: &Path, files: &mut Files) {
        let paths = self.list(dir);
        let is_layer = |path: &Path| is(path, ".toml") && !is(path, ".examples.toml");
        for path in &paths {
            if is_layer(path) {
                files.layers.push(path.clone());
                continue;
            }
            for ending in [".style.json", ".examples.toml"] {
                let Some(stem) = name(path).strip_suffix(ending) else {
                    continue;
                };
                let layer = dir.join(format!("{stem}.toml"));
                if !paths.contains(&layer) {
                    let message = say!(Key::LayerCheckOrphan, stem = stem);
                    self.fault(path, None, message);
                } else if ending == ".style.json" {
                    files.styles.insert(layer, path.clone());
                }
            }
        }
    }

    /// The text of a file, or a fault: with its line where it is not UTF-8.
    fn text(&mut self, path: &Path) -> Option<String> {
        match std::fs::read(path) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Some(text),
                Err(error) => {
                    let good = error.utf8_error().valid_up_to();
                    let before = error.as_bytes().iter().take(good);
                    let line = before.filter(|byte| **byte == b'\n').count() + 1;
                    self.fault(path, Some(line), say!(Key::LayerCheckNotUtf8));
                    None
                }
            },
            Err(error) => {
                self.fault(path, None, say!(Key::LayerCheckFile, reason = error));
                None
            }
        }
    }

    fn district(
        &mut self,
        path: &Path,
        book: &mut Book,
        texts: &Texts,
        layers: &Layers<'_>,
    ) -> Option<District> {
        if !path.try_exists().unwrap_or(true) {
            self.fault(path, None, say!(Key::LayerCheckDistrictAbsent));
            return None;
        }
        let text = self.text(path)?;
        let mut doc = Document::parse(&self.shown(path), &text, &schema::of::<DistrictFile>());
        let district = check::district::check(&mut doc, layers.named, &book.crosswalk);
        for other in book::load::read(book, &mut doc, texts, layers) {
            self.take(other);
        }
        self.take(doc);
        district
    }

    fn finish(
        mut self,
        district: Option<District>,
        layers: BTreeMap<LayerId, Arc<Layer>>,
        book: Book,
    ) -> Result<Atlas, Vec<Fault>> {
        self.absent.sort();
        match district {
            Some(district) if self.faults.is_empty() => Ok(Atlas {
                root: self.root.to_owned(),
                district_file: self.district_file,
                district,
                layers,
                book: Arc::new(book),
                absent: self.absent,
            }),
            _ => {
                self.faults.append(&mut self.absent);
                self.faults.sort();
                self.faults.dedup();
                Err(self.faults)
            }
        }
    }
}

fn name(path: &Path) -> &str {
    path.file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default()
}

fn is(path: &Path, ending: &str) -> bool {
    name(path).ends_with(ending)
}

/// Where a layer's file lies, and what it is called.
fn filed(path: &Path) -> Filed<'_> {
    Filed {
        path,
        folder: path.parent().map(name).unwrap_or_default(),
        stem: name(path).strip_suffix(".toml").unwrap_or_default(),
    }
}
