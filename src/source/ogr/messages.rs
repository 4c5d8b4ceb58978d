//! What GDAL says while it reads. It tells of loss in words on standard error and goes on; here the
//! words are kept, by thread, so that each becomes a problem or a row's diagnostic.

use std::cell::RefCell;
use std::sync::Once;

use gdal::config;
use gdal::errors::CplErrType;

/// The most words kept at a time; what repeats beyond is the same fault.
const MOST: usize = 64;

thread_local! {
    static HEARD: RefCell<Vec<Heard>> = const { RefCell::new(Vec::new()) };
}

/// One thing GDAL said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heard {
    /// An error, and not a warning.
    pub(super) error: bool,
    /// In GDAL's words, English.
    pub(super) text: String,
}

/// Warnings that tell of no loss in the data.
const HARMLESS: [&str; 3] = [
    // How long it takes, not what comes of it.
    "organizePolygons() received a polygon with more than 100 parts",
    // The ring is closed, and noted, when the geometry is taken over.
    "Non closed ring detected",
    // Feature ids of the file, which are not read.
    "Several features with id",
];

/// Makes GDAL speak to [`heard`] instead of standard error, and leave no files beside those it reads.
pub(super) fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        config::set_error_handler(|class, _, text| {
            let error = match class {
                CplErrType::None | CplErrType::Debug => return,
                CplErrType::Warning => false,
                CplErrType::Failure | CplErrType::Fatal => true,
            };
            HEARD.with_borrow_mut(|heard| {
                if heard.len() < MOST {
                    heard.push(Heard {
                        error,
                        text: text.to_owned(),
                    });
                }
            });
        });
    });
    HEARD.with_borrow_mut(Vec::clear);
}

/// What GDAL has said on this thread since it was last asked, less what is harmless.
pub(super) fn heard() -> Vec<Heard> {
    let mut all = HEARD.with_borrow_mut(std::mem::take);
    all.retain(|one| one.error || !HARMLESS.iter().any(|harmless| one.text.contains(harmless)));
    all
}

/// The words, in one line.
pub(super) fn joined(heard: &[Heard]) -> String {
    let texts: Vec<_> = heard.iter().map(|one| one.text.trim()).collect();
    texts.join("; ")
}
