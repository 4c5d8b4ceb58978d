//! Layers in memory, as one audience may see them at one moment.
//!
//! A [`Snapshot`] is built once and never changed: readers share it behind a pointer, and a new
//! revision is a new snapshot. It holds published features only, packed: coordinates in flat
//! arrays, values in typed columns, boxes in an R-tree without pointers, rows along a Hilbert
//! curve. Nothing here derives `Serialize`.

mod column;
mod geometry;
mod hilbert;
mod names;
mod tree;
mod version;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

pub use self::column::Cell;
use self::column::{Column, Packed};
use self::geometry::Geometries;
pub use self::geometry::{Part, PartKind};
pub use self::names::{Letter, Names, bit, fold, is_separator};
use self::tree::Tree;
use crate::geom::{BBox, Geometry, cast};
use crate::layer::Book;
use crate::model::{
    Audience, Feature, FeatureId, LayerId, Period, Precision, Published, Revision, Theme, Value,
};
pub use crate::publish::{FieldView, Form, LayerView, Uses};
use crate::text::Bilingual;

/// All layers of one audience at one moment.
#[derive(Debug, Clone)]
pub struct World {
    /// For whom.
    pub audience: Audience,
    /// The district.
    pub district: DistrictView,
    /// The revision of the store that it shows. It counts hidden imports too, so it is for the
    /// server alone: what an answer tells is made of the layers' versions.
    pub revision: Revision,
    /// Every layer this audience knows of, by id.
    pub layers: BTreeMap<LayerId, Arc<Snapshot>>,
    /// Those of them whose content it may see, and that have never been read in.
    pub absent: BTreeSet<LayerId>,
    /// What screenings go by.
    pub book: Arc<Book>,
}

/// What every audience may know of the district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistrictView {
    /// What it is called.
    pub name: Bilingual,
    /// Its administrative code.
    pub code: Option<String>,
    /// 审图号; empty: not reviewed.
    pub map_review_number: String,
    /// Who publishes the map.
    pub publisher: Bilingual,
    /// How to reach them.
    pub contact: Option<String>,
    /// The layer whose features are its territory.
    pub boundary: LayerId,
    /// The layer of its parts.
    pub subdistricts: Option<LayerId>,
    /// Where its days begin: days of valid time are days there.
    pub time_zone: TimeZone,
}

impl World {
    /// The box the map is about: that of its base layers, the district's boundary among them; where
    /// there is none, of everything. One record far away, or generalised to a coarse grid, must not
    /// open the map on half a province. `None` when nothing is on the map.
    pub fn bounds(&self) -> Option<BBox> {
        let of = |base: bool| {
            let layers = self.layers.values();
            layers
                .filter(|layer| !base || layer.view().theme == Theme::Base)
                .filter_map(|layer| layer.bounds())
                .reduce(|a, b| a.union(&b))
        };
        of(true).or_else(|| of(false))
    }
}

/// One layer for one audience: immutable. Rows are numbered from 0 along a Hilbert curve; those
/// without geometry come last, by id.
#[derive(Debug, Clone)]
pub struct Snapshot {
    view: Arc<LayerView>,
    version: String,
    bounds: Option<BBox>,
    ids: Arc<[i64]>,
    /// The rows in the order of their ids.
    by_id: Arc<[u32]>,
    geometries: Arc<Geometries>,
    tree: Arc<Tree>,
    columns: Box<[Arc<Column>]>,
    precision_m: Arc<Packed<f64>>,
    valid_from: Arc<Packed<Date>>,
    valid_to: Arc<Packed<Date>>,
    names: Arc<Names>,
}

impl Snapshot {
    /// Packs the features of a layer. A feature that the store has not numbered is not one of the
    /// layer's yet, and is left out.
    pub fn build(view: Arc<LayerView>, features: Vec<Published<Feature>>) -> Self {
        let mut features: Vec<(u64, FeatureId, Feature)> = features
            .into_iter()
            .map(Published::into_inner)
            .filter_map(|feature| Some((place(&feature), feature.id?, feature)))
            .collect();
        features.sort_by_key(|(place, id, _)| (*place, *id));
        let ids: Arc<[i64]> = features.iter().map(|(_, id, _)| id.0).collect();
        let mut by_id: Vec<u32> = (0..cast::usize_to_u32(ids.len())).collect();
        by_id.sort_by_key(|&row| ids[row as usize]);
        let all = || features.iter().map(|(_, _, feature)| feature);
        let geometries = Geometries::of(all().map(|f| f.geometry.as_ref()));
        let tree = Tree::build((0..ids.len()).map(|row| geometries.bbox(row)));
        let columns = (0..view.fields.len()).map(|field| {
            let values: Vec<&Value> = all()
                .map(|f| f.values.get(field).unwrap_or(&Value::Null))
                .collect();
            Arc::new(Column::of(&values))
        });
        let days = |day: fn(&Period) -> Option<Date>| {
            Arc::new(Packed::of(
                &all().map(|f| day(&f.valid)).collect::<Vec<_>>(),
            ))
        };
        let mut snapshot = Self {
            version: String::new(),
            bounds: (0..ids.len())
                .filter_map(|row| geometries.bbox(row))
                .reduce(|a, b| a.union(&b)),
            by_id: by_id.into(),
            geometries: Arc::new(geometries),
            tree: Arc::new(tree),
            columns: columns.collect(),
            precision_m: Arc::new(Packed::of(
                &all().map(|f| f.precision_m).collect::<Vec<_>>(),
            )),
            valid_from: days(|period| period.from),
            valid_to: days(|period| period.to),
            names: Arc::default(),
            ids,
            view,
        };
        snapshot.names = Arc::new(Names::of(&snapshot));
        snapshot.version = version::of(&snapshot);
        snapshot
    }

    /// The same snapshot, with whatever equals `other`'s taken from there, so that it is in memory
    /// once: for the other audience, or the revision before.
    #[must_use]
    pub fn sharing(mut self, other: &Self) -> Self {
        share(&mut self.ids, &other.ids);
        share(&mut self.by_id, &other.by_id);
        share(&mut self.geometries, &other.geometries);
        share(&mut self.tree, &other.tree);
        share(&mut self.precision_m, &other.precision_m);
        share(&mut self.valid_from, &other.valid_from);
        share(&mut self.valid_to, &other.valid_to);
        share(&mut self.names, &other.names);
        for (field, column) in self.view.fields.iter().zip(&mut self.columns) {
            let same = other.view.fields.iter().position(|f| f.name == field.name);
            if let Some(theirs) = same.and_then(|place| other.columns.get(place)) {
                share(column, theirs);
            }
        }
        self
    }

    /// The layer as its audience may know it.
    pub fn view(&self) -> &Arc<LayerView> {
        &self.view
    }

    /// 16 hexadecimal letters that change if, and only if, what is published of the layer changes.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// How many features it has.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// How many vertices its features have; a ring's first is counted once.
    pub fn vertices(&self) -> usize {
        self.geometries.vertices()
    }

    /// The box of all its features; `None` when none has a geometry.
    pub fn bounds(&self) -> Option<BBox> {
        self.bounds
    }

    /// The row of a feature.
    pub fn row_of(&self, id: FeatureId) -> Option<usize> {
        let place = self
            .by_id
            .binary_search_by_key(&id.0, |&row| self.ids[row as usize])
            .ok()?;
        self.by_id.get(place).map(|&row| row as usize)
    }

    /// Every row, in the order of the ids.
    pub fn rows_by_id(&self) -> impl ExactSizeIterator<Item = usize> {
        self.by_id.iter().map(|&row| row as usize)
    }

    /// The rows whose ids come after this one, or every row, in the order of the ids: found by
    /// bisection, none is touched before it is asked for.
    pub fn rows_after(&self, after: Option<FeatureId>) -> impl ExactSizeIterator<Item = usize> {
        let begin = after.map_or(0, |after| {
            self.by_id
                .partition_point(|&row| self.ids[row as usize] <= after.0)
        });
        self.by_id[begin..].iter().map(|&row| row as usize)
    }

    /// The id of a row.
    pub fn id(&self, row: usize) -> FeatureId {
        FeatureId(self.ids[row])
    }

    /// The box of a row.
    pub fn bbox(&self, row: usize) -> Option<BBox> {
        self.geometries.bbox(row)
    }

    /// The geometry of a row, unpacked.
    pub fn geometry(&self, row: usize) -> Option<Geometry> {
        self.geometries.geometry(row)
    }

    /// Whether a row of one part was drawn as a multi-geometry.
    pub fn is_multi(&self, row: usize) -> bool {
        self.geometries.is_multi(row)
    }

    /// The geometry of a row where it lies, part by part.
    pub fn parts(&self, row: usize) -> impl Iterator<Item = Part<'_>> {
        self.geometries.parts(row)
    }

    /// A value of a row where it lies, by the place of its field in the view.
    pub fn cell(&self, row: usize, field: usize) -> Cell<'_> {
        self.columns
            .get(field)
            .map_or(Cell::Null, |column| column.cell(row))
    }

    /// A value of a row, by the place of its field in the view.
    pub fn value(&self, row: usize, field: usize) -> Value {
        self.cell(row, field).to_value()
    }

    /// For a row's text in a field: its place among the field's different texts.
    pub fn word_place(&self, row: usize, field: usize) -> Option<u32> {
        self.columns.get(field)?.word_place(row)
    }

    /// How many different texts a field holds; 0 when it holds no texts.
    pub fn words(&self, field: usize) -> usize {
        self.columns.get(field).map_or(0, |column| column.words())
    }

    /// The names of its features, for search.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// How well the position of a row is known, metres.
    pub fn precision_m(&self, row: usize) -> Precision {
        self.precision_m.get(row)
    }

    /// When a row was so, in the world.
    pub fn valid(&self, row: usize) -> Period {
        Period {
            from: self.valid_from.get(row),
            to: self.valid_to.get(row),
        }
    }

    /// From the first day that any row was so to the last; open to a side where a row is, and `None`
    /// where no row has a day.
    pub fn period(&self) -> Option<Period> {
        let periods = (0..self.len()).map(|row| self.valid(row));
        periods
            .filter(|period| *period != Period::default())
            .reduce(|all, one| Period {
                from: all.from.zip(one.from).map(|(a, b)| a.min(b)),
                to: all.to.zip(one.to).map(|(a, b)| a.max(b)),
            })
    }

    /// The rows whose box may meet `bbox`, ascending: every one that does, and a few that miss it by
    /// a metre or so. To be refined by geometry.
    pub fn candidates(&self, bbox: &BBox) -> Vec<usize> {
        self.tree.candidates(bbox)
    }

    /// The bytes it takes: all of them, or those beyond what it shares with another snapshot.
    pub fn bytes(&self, beside: Option<&Self>) -> Bytes {
        fn of<T: ?Sized>(mine: &Arc<T>, theirs: Option<&Arc<T>>, bytes: usize) -> usize {
            if theirs.is_some_and(|theirs| Arc::ptr_eq(mine, theirs)) {
                0
            } else {
                bytes
            }
        }
        let columns = self.columns.iter().map(|column| {
            let is_shared =
                beside.is_some_and(|b| b.columns.iter().any(|c| Arc::ptr_eq(c, column)));
            if is_shared { 0 } else { column.bytes() }
        });
        let days = |mine, theirs: Option<&Arc<Packed<Date>>>| of(mine, theirs, mine.bytes());
        Bytes {
            geometry: of(
                &self.geometries,
                beside.map(|b| &b.geometries),
                self.geometries.bytes(),
            ),
            tree: of(&self.tree, beside.map(|b| &b.tree), self.tree.bytes()),
            ids: of(&self.ids, beside.map(|b| &b.ids), size_of_val(&*self.ids))
                + of(
                    &self.by_id,
                    beside.map(|b| &b.by_id),
                    size_of_val(&*self.by_id),
                ),
            values: columns.sum::<usize>()
                + of(
                    &self.precision_m,
                    beside.map(|b| &b.precision_m),
                    self.precision_m.bytes(),
                )
                + days(&self.valid_from, beside.map(|b| &b.valid_from))
                + days(&self.valid_to, beside.map(|b| &b.valid_to)),
            names: of(&self.names, beside.map(|b| &b.names), self.names.bytes()),
        }
    }
}

/// What a snapshot takes of memory, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bytes {
    /// Vertices, and where parts and rows begin.
    pub geometry: usize,
    /// Boxes.
    pub tree: usize,
    /// Ids and their order.
    pub ids: usize,
    /// Columns, precision, valid time.
    pub values: usize,
    /// Names for search.
    pub names: usize,
}

impl Bytes {
    /// All of it.
    pub const fn total(&self) -> usize {
        self.geometry + self.tree + self.ids + self.values + self.names
    }
}

fn share<T: PartialEq + ?Sized>(mine: &mut Arc<T>, theirs: &Arc<T>) {
    if **mine == **theirs {
        *mine = Arc::clone(theirs);
    }
}

/// Where a feature stands on the curve: the middle of its box; last without geometry.
fn place(feature: &Feature) -> u64 {
    feature
        .geometry
        .as_ref()
        .and_then(BBox::of)
        .map_or(u64::MAX, |bbox| {
            let [x, y] = geometry::grid(
                f64::midpoint(bbox.west, bbox.east),
                f64::midpoint(bbox.south, bbox.north),
            );
            hilbert::place(x, y)
        })
}
