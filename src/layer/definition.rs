//! What a layer is, once its files have been read and found right.

use std::path::PathBuf;
use std::sync::Arc;

use super::codes::CodeList;
pub use super::file::{PointsWord as PointRule, PublicForm, Role};
use super::sensitivity::TaxonList;
use crate::geom::Crs;
use crate::model::{Audience, FieldType, LayerId, Theme};
use crate::text::Bilingual;

/// One layer of the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// The collection, the tile layer, the style's source layer.
    pub id: LayerId,
    /// The part of the one map it belongs to.
    pub theme: Theme,
    /// What people call it.
    pub title: Bilingual,
    /// What it holds, in a sentence or two.
    pub description: Option<Bilingual>,
    /// What its features are; `None`: a table.
    pub shape: Option<Shape>,
    /// In what form the public may see it.
    pub public_form: PublicForm,
    /// Its part in a risk answer.
    pub role: Role,
    /// Where it is read from.
    pub source: LayerSource,
    /// What makes a feature the same in the next import.
    pub identity: Identity,
    /// The field (index) that names a feature.
    pub label: Option<usize>,
    /// The layer whose features its rows belong to.
    pub part_of: Option<PartOf>,
    /// That its rows are values over time.
    pub series: Option<Series>,
    /// That its rows are samples of soil.
    pub sampling: Option<Sampling>,
    /// Its fields, in the order of the file.
    pub fields: Vec<Field>,
    /// How well positions are known.
    pub precision: PrecisionRule,
    /// What was looked at; `None`: not known.
    pub coverage: Option<CoverageSource>,
    /// The field (index) of the first day it was so.
    pub valid_from: Option<usize>,
    /// The field (index) of the last day it was so.
    pub valid_to: Option<usize>,
    /// How it is generalised for the public.
    pub generalise: Option<Generalise>,
    /// How it goes into tiles.
    pub tiles: TileRule,
    /// Who made it, under which terms.
    pub provenance: Provenance,
    /// Its style: MapLibre layers, each without `source` (the server adds it). Empty: no style.
    pub style: Vec<serde_json::Value>,
    /// Every file of the definition that a change of would change an import: the TOML, always first;
    /// then code lists and definitions of reference systems, sorted. (Source and coverage
    /// files are named by `source` and `coverage`.)
    pub definition_files: Vec<PathBuf>,
}

impl Layer {
    /// The field of that name and its place.
    pub fn field(&self, name: &str) -> Option<(usize, &Field)> {
        self.fields
            .iter()
            .enumerate()
            .find(|(_, field)| field.name == name)
    }
}

/// What the features of a layer are. A layer of points may hold multipoints, and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Shape {
    Point,
    Line,
    Polygon,
}

/// Where a layer is read from.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerSource {
    /// The table of its rows.
    pub table: SourceFile,
    /// The second file that gives rows their positions, and the column that joins them.
    pub points: Option<(SourceFile, String)>,
}

/// One file to read, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceFile {
    /// Absolute, or relative to the process's folder.
    pub path: PathBuf,
    /// As the layer's file names it: for messages.
    pub shown: String,
    /// The layer or sheet within it.
    pub layer: Option<String>,
    /// Its reference system; `None` only for a table whose positions come from elsewhere.
    pub crs: Option<Crs>,
    /// The encoding of a text file, by the name of the WHATWG Encoding Standard.
    pub encoding: Option<String>,
    /// Where its coordinates stand.
    pub place: crate::source::Place,
}

/// What makes a feature the same in the next import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    /// These fields (indices) together.
    Fields(Vec<usize>),
    /// All of its content.
    Content,
}

/// To which features of another layer the rows of one belong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartOf {
    /// The other layer.
    pub layer: LayerId,
    /// The field (index) of this layer that holds the value of the other's identity field.
    pub field: usize,
    /// In what form the public has the other layer.
    pub form: PublicForm,
    /// Who may see the other layer's identity field.
    pub identity: Visibility,
}

/// Which fields (indices) of a layer are values over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// When.
    pub time: usize,
    /// What was so then: numbers.
    pub values: Vec<usize>,
}

/// Which fields (indices) of a layer tell of its samples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sampling {
    /// The day they were taken.
    pub date: Option<usize>,
    /// From and to which depth, metres.
    pub depth: Option<[usize; 2]>,
}

/// Who may see a field. Ordered from the widest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Visibility {
    /// Anyone.
    Public,
    /// The authority's departments.
    Department,
    /// Nobody outside the store.
    Internal,
}

impl Visibility {
    /// Whether an audience may see it.
    pub const fn allows(self, audience: Audience) -> bool {
        match self {
            Self::Public => true,
            Self::Department => matches!(audience, Audience::Department),
            Self::Internal => false,
        }
    }
}

/// A field of a layer.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// As it is served.
    pub name: String,
    /// The column of the file.
    pub from: String,
    /// Its type.
    pub kind: FieldType,
    /// The list of a code field.
    pub codes: Option<Arc<CodeList>>,
    /// Whether a row without it is rejected.
    pub required: bool,
    /// Who may see it.
    pub visibility: Visibility,
    /// What people call it.
    pub title: Bilingual,
    /// Its unit.
    pub unit: Option<String>,
    /// The substance whose content in soil it holds, by its symbol; `pH`: the acidity.
    pub analyte: Option<String>,
    /// Whether it may hold a value below the limit of detection. At rest and on every wire it then
    /// has a companion `<name>_lod`.
    pub detection_limit: bool,
    /// Least value that is not a mistake.
    pub min: Option<f64>,
    /// Greatest value that is not a mistake.
    pub max: Option<f64>,
}

impl Field {
    /// The name of its companion, which carries the limit of detection.
    pub fn lod_name(&self) -> Option<String> {
        self.detection_limit.then(|| format!("{}_lod", self.name))
    }
}

/// How well the positions of a layer are known.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PrecisionRule {
    /// As this field (index) says, metres.
    Field(usize),
    /// The same for all, metres.
    Metres(f64),
    /// Not stated.
    Unknown,
}

/// Where a layer's coverage is read from.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverageSource {
    /// A file of polygons in degrees.
    pub path: PathBuf,
    /// As the layer's file names it.
    pub shown: String,
    /// When each was surveyed.
    pub surveyed: Surveyed,
}

/// When a coverage's polygons were surveyed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Surveyed {
    /// All at once.
    When(String),
    /// As this column says.
    Column(String),
}

/// How a layer is generalised for the public.
#[derive(Debug, Clone, PartialEq)]
pub enum Generalise {
    /// On one grid, degrees.
    Grid(f64),
    /// On the grid that a list gives the taxon, life stage and season.
    Taxa {
        /// The list.
        list: Arc<TaxonList>,
        /// Field (index) of the scientific name.
        taxon: usize,
        /// Field (index) of the life stage.
        life_stage: Option<usize>,
        /// Field (index) of the date.
        date: Option<usize>,
        /// Fields (indices) that a record on a coarse grid comes without; its dates and the field
        /// that ties it to another layer's feature it comes without in any case.
        withhold: Vec<usize>,
    },
}

/// How a layer goes into tiles.
#[derive(Debug, Clone, PartialEq)]
pub struct TileRule {
    /// First zoom with features.
    pub minzoom: u8,
    /// Last zoom served.
    pub maxzoom: u8,
    /// What becomes of points that crowd.
    pub points: PointRule,
    /// Field (index) by which small polygons may merge.
    pub class: Option<usize>,
    /// Whether neighbours share their edges.
    pub tessellating: bool,
    /// How long a client may keep a tile or item without asking, seconds.
    pub cache_s: u32,
}

/// Who made a layer, under which terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Provenance {
    /// Who publishes it.
    pub publisher: Bilingual,
    /// An SPDX identifier, or the name of the terms.
    pub licence: String,
    /// When the data were last brought up to date.
    pub updated: String,
    /// Whether it is demonstration data.
    pub demonstration: bool,
    /// Where it comes from.
    pub source: Option<Bilingual>,
}
