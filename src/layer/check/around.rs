//! What stands around a layer's file while it is checked: the folder, the lists already read, the
//! reference systems already known.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::geom::Crs;
use crate::layer::book::Book;
use crate::layer::book::digest::FileDigests;
use crate::layer::book::limits::{self, Limits};
use crate::layer::codes::{self, CodeList};
use crate::layer::crosswalk::{self, System};
use crate::layer::document::Document;
use crate::layer::fault::Fault;
use crate::layer::sensitivity::{self, TaxonList};
use crate::say;
use crate::text::{Key, Message};

/// The folder, and what has been read for the layers before this one.
#[derive(Debug)]
pub(in crate::layer) struct Around<'a> {
    /// The folder that holds `layers/`.
    pub(in crate::layer) root: &'a Path,
    /// The layers' folder.
    layers_dir: &'a Path,
    code_lists: BTreeMap<String, Listed<CodeList>>,
    taxon_lists: BTreeMap<String, Listed<TaxonList>>,
    reference_systems: BTreeMap<String, Result<Crs, Message>>,
    /// What contents of soil are held against; fields name its substances.
    pub(in crate::layer) limits: Limits,
    /// The files of the book.
    pub(in crate::layer) book_files: FileDigests,
    /// What is wrong with the lists.
    pub(in crate::layer) faults: Vec<Fault>,
}

/// A list that layers name.
#[derive(Debug)]
enum Listed<T> {
    Absent,
    Wrong,
    Right(Arc<T>),
}

impl<T> Clone for Listed<T> {
    fn clone(&self) -> Self {
        match self {
            Self::Absent => Self::Absent,
            Self::Wrong => Self::Wrong,
            Self::Right(list) => Self::Right(Arc::clone(list)),
        }
    }
}

impl<'a> Around<'a> {
    /// The surroundings of the layers in a folder.
    pub(in crate::layer) fn new(root: &'a Path, layers_dir: &'a Path) -> Self {
        Self {
            root,
            layers_dir,
            code_lists: BTreeMap::new(),
            taxon_lists: BTreeMap::new(),
            reference_systems: BTreeMap::new(),
            limits: Limits::default(),
            book_files: FileDigests::default(),
            faults: Vec::new(),
        }
    }

    /// A path as messages show it: from the folder that holds `layers/`.
    pub(in crate::layer) fn shown(&self, path: &Path) -> PathBuf {
        path.strip_prefix(self.root).unwrap_or(path).to_owned()
    }

    /// The code list of that name, which stands at `at`.
    pub(super) fn code_list(
        &mut self,
        doc: &mut Document,
        at: &str,
        name: &str,
    ) -> Option<Arc<CodeList>> {
        let path = self.list_path(doc, at, name)?;
        let listed = self.listed(name, &path);
        given(
            doc,
            at,
            &self.shown(&path),
            listed,
            Key::LayerCheckCodeListAbsent,
        )
    }

    fn listed(&mut self, name: &str, path: &Path) -> Listed<CodeList> {
        let listed = match self.code_lists.get(name) {
            Some(listed) => listed.clone(),
            None => self.read(path, |shown, bytes| codes::parse(name, path, shown, bytes)),
        };
        self.code_lists.insert(name.to_owned(), listed.clone());
        listed
    }

    /// Reads what each use of land means for the soil, and the classifications of land use, into the
    /// book: `layers/codes/crosswalk.csv` and the lists it names. Without the file nothing is known
    /// of any use.
    pub(in crate::layer) fn land_uses(&mut self, book: &mut Book) {
        let codes = self.layers_dir.join("codes");
        let path = codes.join("crosswalk.csv");
        let Ok(bytes) = std::fs::read(&path) else {
            return;
        };
        self.count_in(&path, &bytes);
        let parsed = crosswalk::parse(&self.shown(&path), &bytes, |name| {
            let system = self.system(name);
            if let System::Listed(list, _) = &system {
                book.systems.insert(name.to_owned(), Arc::clone(list));
            }
            system
        });
        match parsed {
            Ok(crosswalk) => book.crosswalk = crosswalk,
            Err(faults) => self.faults.extend(faults),
        }
        for list in book.systems.values() {
            if let Ok(bytes) = std::fs::read(&list.path) {
                self.count_in(&list.path, &bytes);
            }
        }
    }

    /// The code list of a classification of land use.
    fn system(&mut self, name: &str) -> System {
        let path = self.layers_dir.join("codes").join(format!("{name}.csv"));
        let plain = is_list_name(name) && name != "crosswalk";
        match plain.then(|| self.listed(name, &path)) {
            Some(Listed::Right(list)) => System::Listed(list, self.shown(&path)),
            Some(Listed::Wrong) => System::Wrong,
            Some(Listed::Absent) | None => System::Absent,
        }
    }

    /// Reads `layers/limits`: before the layers, whose fields name its substances.
    pub(in crate::layer) fn read_limits(&mut self, paths: &[PathBuf]) {
        let mut files = limits::read::Files::new();
        for path in paths {
            let name = path.file_name().and_then(|name| name.to_str());
            let known = limits::read::FILES
                .iter()
                .find(|known| Some(**known) == name);
            let read = std::fs::read(path);
            let message = match (known, read) {
                (Some(known), Ok(bytes)) => {
                    self.count_in(path, &bytes);
                    files.insert(known, (self.shown(path), bytes));
                    continue;
                }
                (Some(_), Err(error)) => say!(Key::LayerCheckFile, reason = error),
                (None, _) => {
                    let known = limits::read::FILES.join(", ");
                    say!(Key::LayerCheckLimitFile, known = known)
                }
            };
            self.faults.push(Fault {
                file: self.shown(path),
                line: None,
                message,
            });
        }
        let (limits, faults) = limits::read::limits(&files, |name| self.system(name));
        self.limits = limits;
        self.faults.extend(faults);
    }

    /// Counts a file among those of the book: a change of it makes another digest.
    pub(in crate::layer) fn count_in(&mut self, path: &Path, bytes: &[u8]) {
        let shown = self.shown(path);
        self.book_files.add(&shown, bytes);
    }

    /// The sensitivity list of that name, which stands at `at`.
    pub(super) fn taxon_list(
        &mut self,
        doc: &mut Document,
        at: &str,
        name: &str,
    ) -> Option<Arc<TaxonList>> {
        let path = self.list_path(doc, at, name)?;
        let listed = match self.taxon_lists.get(name) {
            Some(listed) => listed.clone(),
            None => self.read(&path, |shown, bytes| {
                sensitivity::parse(&path, shown, bytes)
            }),
        };
        self.taxon_lists.insert(name.to_owned(), listed.clone());
        given(
            doc,
            at,
            &self.shown(&path),
            listed,
            Key::LayerCheckTaxonListAbsent,
        )
    }

    /// A list is a file of `layers/codes`, not of anywhere.
    fn list_path(&self, doc: &mut Document, at: &str, name: &str) -> Option<PathBuf> {
        if !is_list_name(name) {
            doc.fault(at, say!(Key::LayerCheckListName, name = name));
            return None;
        }
        Some(self.layers_dir.join("codes").join(format!("{name}.csv")))
    }

    fn read<T>(
        &mut self,
        path: &Path,
        parse: impl FnOnce(&Path, &[u8]) -> Result<T, Vec<Fault>>,
    ) -> Listed<T> {
        let Ok(bytes) = std::fs::read(path) else {
            return Listed::Absent;
        };
        match parse(&self.shown(path), &bytes) {
            Ok(list) => Listed::Right(Arc::new(list)),
            Err(faults) => {
                self.faults.extend(faults);
                Listed::Wrong
            }
        }
    }

    /// The reference system of a text that stands at `at`.
    pub(super) fn crs(&mut self, doc: &mut Document, at: &str, text: &str) -> Option<Crs> {
        let root = self.root;
        let parsed = self
            .reference_systems
            .entry(text.to_owned())
            .or_insert_with(|| Crs::parse(text, root))
            .clone();
        parsed.map_err(|message| doc.fault(at, message)).ok()
    }

    /// Notes a source file that is not there.
    pub(super) fn present(&self, doc: &mut Document, at: &str, path: &str) {
        if path.trim().is_empty() {
            doc.fault(at, say!(Key::LayerCheckEmpty, key = at));
        } else if !self.root.join(path).try_exists().unwrap_or(false) {
            doc.absence(at, say!(Key::LayerCheckSourceAbsent, path = path));
        }
    }
}

fn is_list_name(name: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    !name.is_empty() && name.chars().all(plain)
}

fn given<T>(
    doc: &mut Document,
    at: &str,
    shown: &Path,
    listed: Listed<T>,
    absent: Key,
) -> Option<Arc<T>> {
    match listed {
        Listed::Right(list) => Some(list),
        // Its own faults are said where they are.
        Listed::Wrong => None,
        Listed::Absent => {
            doc.fault(at, say!(absent, path = shown.display()));
            None
        }
    }
}
