//! One short text that changes if, and only if, what is published of a layer changes.

use xxhash_rust::xxh3::Xxh3;

use super::column::Cell;
use super::{PartKind, Snapshot};
use crate::model::{Coverage, Period};
use crate::publish::LayerView;
use crate::text::Bilingual;

/// The version of a snapshot: 16 hexadecimal letters. Features count in the order of their numbers,
/// so the order in which they were given does not matter.
pub(super) fn of(snapshot: &Snapshot) -> String {
    let mut digest = Digest(Xxh3::new());
    digest.view(snapshot.view());
    digest.count(snapshot.len());
    for row in snapshot.rows_by_id() {
        digest.int(snapshot.id(row).0);
        digest.geometry(snapshot, row);
        for field in 0..snapshot.view().fields.len() {
            digest.cell(snapshot.cell(row, field));
        }
        digest.option(snapshot.precision_m(row), |digest, metres| {
            digest.float(metres);
        });
        let Period { from, to } = snapshot.valid(row);
        for day in [from, to] {
            digest.option(day, |digest, day| digest.text(&day.to_string()));
        }
    }
    format!("{:016x}", digest.0.digest())
}

/// A hash into which everything goes with its length or kind before it, so that no two contents
/// read the same.
struct Digest(Xxh3);

impl Digest {
    fn int(&mut self, value: i64) {
        self.0.update(&value.to_le_bytes());
    }

    fn count(&mut self, value: usize) {
        self.0.update(&value.to_le_bytes());
    }

    fn float(&mut self, value: f64) {
        self.0.update(&value.to_bits().to_le_bytes());
    }

    fn text(&mut self, value: &str) {
        self.count(value.len());
        self.0.update(value.as_bytes());
    }

    fn option<T>(&mut self, value: Option<T>, some: impl FnOnce(&mut Self, T)) {
        self.0.update(&[u8::from(value.is_some())]);
        if let Some(value) = value {
            some(self, value);
        }
    }

    fn words(&mut self, words: &Bilingual) {
        self.text(&words.zh);
        self.text(&words.en);
    }

    /// Everything of the view but its audience, which is no content, and how long a client may keep
    /// it, which is no content either.
    fn view(&mut self, view: &LayerView) {
        self.text(view.id.as_str());
        self.text(view.theme.as_str());
        self.text(&format!("{:?} {:?} {:?}", view.form, view.shape, view.role));
        self.words(&view.title);
        self.option(view.description.as_ref(), Self::words);
        self.count(view.fields.len());
        for field in &view.fields {
            self.text(&field.name);
            self.text(&format!("{:?} {}", field.kind, field.detection_limit));
            self.words(&field.title);
            self.option(field.unit.as_deref(), Self::text);
            self.option(field.codes.as_ref(), |digest, codes| {
                digest.count(codes.entries.len());
                for (code, words) in &codes.entries {
                    digest.text(code);
                    let derived = codes.own_derivations.contains(code);
                    digest.0.update(&[u8::from(derived)]);
                    digest.words(words);
                }
            });
        }
        self.text(&format!("{:?}", view.uses));
        self.option(view.coverage.as_ref(), Self::coverage);
        self.text(&format!(
            "{} {} {:?}",
            view.minzoom, view.maxzoom, view.points
        ));
        let provenance = &view.provenance;
        self.words(&provenance.publisher);
        self.text(&provenance.licence);
        self.text(&provenance.updated);
        self.0.update(&[u8::from(provenance.demonstration)]);
        self.option(provenance.source.as_ref(), Self::words);
        self.count(view.style.len());
        for layer in &view.style {
            self.text(&layer.to_string());
        }
    }

    fn coverage(&mut self, coverage: &Coverage) {
        self.count(coverage.areas.len());
        for area in &coverage.areas {
            self.text(&area.surveyed);
            self.count(area.polygons.0.len());
            for polygon in &area.polygons {
                self.count(polygon.interiors().len());
                for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
                    self.count(ring.0.len());
                    for coord in ring {
                        self.float(coord.x);
                        self.float(coord.y);
                    }
                }
            }
        }
    }

    fn geometry(&mut self, snapshot: &Snapshot, row: usize) {
        self.0.update(&[u8::from(snapshot.is_multi(row))]);
        for part in snapshot.parts(row) {
            self.0.update(&[match part.kind {
                PartKind::Point => 1,
                PartKind::Line => 2,
                PartKind::Exterior => 3,
                PartKind::Hole => 4,
            }]);
            self.count(part.coords.len());
            for coord in part.coords {
                self.float(coord.x);
                self.float(coord.y);
            }
        }
        self.0.update(&[0]);
    }

    fn cell(&mut self, cell: Cell<'_>) {
        let kind = match cell {
            Cell::Null => 0,
            Cell::Text(_) => 1,
            Cell::Integer(_) => 2,
            Cell::Number(_) => 3,
            Cell::BelowDetection(_) => 4,
            Cell::Boolean(_) => 5,
            Cell::Date(_) => 6,
            Cell::DateTime(_) => 7,
        };
        self.0.update(&[kind]);
        match cell {
            Cell::Null => {}
            Cell::Text(text) => self.text(text),
            Cell::Integer(i) => self.int(i),
            Cell::Number(x) | Cell::BelowDetection(x) => self.float(x),
            Cell::Boolean(b) => self.0.update(&[u8::from(b)]),
            Cell::Date(day) => self.text(&day.to_string()),
            Cell::DateTime(moment) => {
                self.int(moment.as_second());
                self.int(i64::from(moment.subsec_nanosecond()));
            }
        }
    }
}
