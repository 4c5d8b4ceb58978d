//! The shape of a layer's TOML file, as written. The JSON Schema that `onemap check` holds files
//! against and that editors use is generated from these types; `definition` gives them meaning.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::book::file::ScreeningTable;

/// Words in both languages.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// `layers/<theme>/<id>.toml`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "OneMap layer")]
pub struct LayerFile {
    /// Kebab-case and unique: the collection, the tile layer, the style's source layer.
    pub id: String,
    /// The part of the one map it belongs to.
    pub theme: ThemeWord,
    /// What people call it.
    pub title: Words,
    /// A sentence or two on what it holds.
    pub description: Option<Words>,
    /// What its features are.
    pub geometry: GeometryWord,
    /// In what form the public may see it. There is no default.
    pub public_form: PublicForm,
    /// Its part in a risk answer.
    pub role: Role,
    /// Where it is read from.
    pub source: SourceTable,
    /// What makes a feature the same in the next import.
    pub identity: IdentityTable,
    /// The field that names a feature: the title of its card, and what a search finds it by.
    pub label: Option<String>,
    /// The layer whose features its rows belong to.
    pub part_of: Option<PartOfTable>,
    /// That its rows are values over time, to be drawn as a chart.
    pub series: Option<SeriesTable>,
    /// That the rows are samples of soil: when and how deep they were taken.
    pub sampling: Option<SamplingTable>,
    /// Its fields. A column that is not named here is not stored.
    #[serde(default)]
    pub fields: Vec<FieldTable>,
    /// How well positions are known.
    pub precision: Option<PrecisionTable>,
    /// What was looked at, and when; without it: not known.
    pub coverage: Option<CoverageTable>,
    /// Valid time in the world.
    pub time: Option<TimeTable>,
    /// How the public sees a layer with `public_form = "generalised"`.
    pub generalise: Option<GeneraliseTable>,
    /// How it goes into tiles.
    #[serde(default)]
    pub tiles: TilesTable,
    /// Who made it, under which licence, and whether it is real.
    pub provenance: ProvenanceTable,
}

/// A theme.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words of the file")]
pub enum ThemeWord {
    Soil,
    Land,
    Ecology,
    Biodiversity,
    Water,
    Air,
    Noise,
    Plan,
    Base,
}

/// What the features of a layer are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words of the file")]
pub enum GeometryWord {
    Point,
    Line,
    Polygon,
    None,
}

/// In what form the public may see a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PublicForm {
    /// Every feature, with its public fields.
    Full,
    /// Every feature on a grid, as `[generalise]` says.
    Generalised,
    /// That the layer exists, and nothing of its content.
    Existence,
    /// Not even its name.
    None,
}

/// The part a layer plays in a risk answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words of the file")]
pub enum Role {
    Source,
    Pathway,
    Receptor,
    Constraint,
    Context,
}

/// `[source]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceTable {
    /// The file (or `.gdb` folder, or zipped Shapefile), from the folder that holds `layers/`.
    pub path: String,
    /// The layer or sheet within it, where it holds several.
    pub layer: Option<String>,
    /// Its reference system: `EPSG:4548`, `CRS84`, `GCJ-02`, `BD-09`, `wkt:FILE`, `proj:FILE`.
    /// Required unless the rows carry no coordinates of their own.
    pub crs: Option<String>,
    /// The encoding of a text file: `UTF-8` (default), `GBK`, `GB18030`.
    pub encoding: Option<String>,
    /// Column with the longitude, degrees.
    pub lon: Option<String>,
    /// Column with the latitude, degrees.
    pub lat: Option<String>,
    /// Column with the easting, metres. Chinese surveyors call it Y.
    pub easting: Option<String>,
    /// Column with the northing, metres. Chinese surveyors call it X.
    pub northing: Option<String>,
    /// Column with well-known text.
    pub wkt: Option<String>,
    /// Where the positions are, when the rows themselves have none.
    pub points: Option<PointsTable>,
}

/// `[source.points]`: a second file that gives the rows of the first their positions.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointsTable {
    /// The file, from the folder that holds `layers/`.
    pub path: String,
    /// The layer or sheet within it.
    pub layer: Option<String>,
    /// Its reference system.
    pub crs: String,
    /// The encoding of a text file.
    pub encoding: Option<String>,
    /// Column with the longitude, degrees.
    pub lon: Option<String>,
    /// Column with the latitude, degrees.
    pub lat: Option<String>,
    /// Column with the easting, metres.
    pub easting: Option<String>,
    /// Column with the northing, metres.
    pub northing: Option<String>,
    /// Column with well-known text.
    pub wkt: Option<String>,
    /// The column, in both files, by which a row finds its position.
    pub key: String,
}

/// `[identity]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IdentityTable {
    /// The fields that identify a feature, or `"content"`: all of it does.
    pub fields: IdentityFields,
}

/// `fields = ["site_id"]` or `fields = "content"`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum IdentityFields {
    /// These fields together.
    Names(Vec<String>),
    /// The whole content.
    Content(ContentWord),
}

/// The word `content`.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the word of the file")]
pub enum ContentWord {
    Content,
}

/// `[part_of]`: each row belongs to a feature of another layer.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartOfTable {
    /// The other layer. It is identified by one field.
    pub layer: String,
    /// The field of this layer that holds the value of the other's identity field.
    pub field: String,
}

/// `[series]`: the rows are values over time.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SeriesTable {
    /// The field that says when: a date, a datetime, a whole number (a year) or a text (`2024-03`).
    pub time: String,
    /// The fields with the values: numbers.
    pub values: Vec<String>,
}

/// `[sampling]`: the rows are samples; a field with `analyte` is a content of theirs.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SamplingTable {
    /// The date field of the day they were taken.
    pub date: Option<String>,
    /// The number field of the depth from which they were taken, metres.
    pub depth_top: Option<String>,
    /// The number field of the depth to which they were taken, metres.
    pub depth_bottom: Option<String>,
}

/// `[[fields]]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FieldTable {
    /// As it is served: letters, digits and underscores.
    pub name: String,
    /// As it is in the file, if different.
    pub from: Option<String>,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: FieldWord,
    /// The code list of a `code` field: `layers/codes/<codes>.csv`.
    pub codes: Option<String>,
    /// Whether a row without it is rejected.
    #[serde(default)]
    pub required: bool,
    /// Who may see it; without it, nobody outside the store.
    pub visibility: Option<VisibilityWord>,
    /// What people call it.
    pub title: Words,
    /// Its unit, as standards write it (`mg/kg`, `m`, `ha`).
    pub unit: Option<String>,
    /// The substance whose content in soil it holds, by its symbol in `layers/limits/substances.csv`;
    /// `pH`: the acidity. It is then held against the limits of soil.
    pub analyte: Option<String>,
    /// Whether a number may be written `<0.05`: below the limit of detection.
    #[serde(default)]
    pub detection_limit: bool,
    /// Least value of a number that is not a mistake.
    pub min: Option<f64>,
    /// Greatest value of a number that is not a mistake.
    pub max: Option<f64>,
}

/// The type of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words of the file")]
pub enum FieldWord {
    Text,
    Integer,
    Number,
    Boolean,
    Date,
    Datetime,
    Code,
}

/// Who may see a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VisibilityWord {
    /// Anyone.
    Public,
    /// The authority's departments.
    Department,
    /// Nobody outside the store; the same as leaving it out.
    Internal,
}

/// `[precision]`: one of the two.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrecisionTable {
    /// The field that holds it, metres.
    pub field: Option<String>,
    /// The same for all, metres.
    pub metres: Option<f64>,
}

/// `[coverage]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoverageTable {
    /// A file of polygons in degrees (EPSG:4326 / 4490).
    pub path: String,
    /// When, for all polygons: a year, month or day.
    pub surveyed: Option<String>,
    /// The column that says when, for each polygon.
    pub surveyed_field: Option<String>,
}

/// `[time]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeTable {
    /// The date field of the first day.
    pub from: Option<String>,
    /// The date field of the last day.
    pub to: Option<String>,
}

/// `[generalise]`: a grid for all, or a list of taxa with theirs.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GeneraliseTable {
    /// Cell size in degrees for every feature: 0.001, 0.01, 0.1 or 1.
    pub grid_deg: Option<f64>,
    /// `layers/codes/<taxa>.csv` with the columns `taxon,life_stage,months,grid`. What it does not
    /// list is treated as its strictest row.
    pub taxa: Option<String>,
    /// The field with the scientific name.
    pub taxon: Option<String>,
    /// The field with the life stage.
    pub life_stage: Option<String>,
    /// The date field that tells the season.
    pub date: Option<String>,
    /// Further fields that are not shown with a record on a grid coarser than 0.001°. Dates and the
    /// field of `[part_of]` never are.
    #[serde(default)]
    pub withhold: Vec<String>,
}

/// `[tiles]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TilesTable {
    /// First zoom with features.
    pub minzoom: u8,
    /// Last zoom served.
    pub maxzoom: u8,
    /// What becomes of points that crowd.
    pub points: PointsWord,
    /// The attribute by which small polygons may merge.
    pub class: Option<String>,
    /// Whether neighbours share their edges.
    pub tessellating: bool,
    /// How long a client may keep a tile or item without asking, seconds.
    pub cache_s: u32,
}

impl Default for TilesTable {
    fn default() -> Self {
        Self {
            minzoom: 0,
            maxzoom: 22,
            points: PointsWord::All,
            class: None,
            tessellating: false,
            cache_s: 300,
        }
    }
}

/// What becomes of points that crowd.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words of the file")]
pub enum PointsWord {
    All,
    Thin,
    Cluster,
}

/// `[provenance]`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProvenanceTable {
    /// Who publishes it.
    pub publisher: Words,
    /// An SPDX identifier, or the name of the terms.
    pub licence: String,
    /// When the data were last brought up to date: a year, month or day.
    pub updated: String,
    /// Real or demonstration.
    pub kind: KindWord,
    /// Where it comes from.
    pub source: Option<Words>,
}

/// Whether data are real.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words of the file")]
pub enum KindWord {
    Real,
    Demonstration,
}

/// `layers/district.toml`
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "OneMap district")]
pub struct DistrictFile {
    /// What it is called.
    pub name: Words,
    /// Its administrative code, e.g. `110105`.
    pub code: Option<String>,
    /// The layer whose features are its territory.
    pub boundary: String,
    /// The layer of its parts (街道、乡), by which a place is told where it lies.
    pub subdistricts: Option<String>,
    /// How far beyond the boundary data are still normal, kilometres.
    #[serde(default = "DistrictFile::margin_km")]
    pub margin_km: f64,
    /// IANA time zone.
    pub time_zone: String,
    /// 审图号, the map review number; empty: not reviewed.
    #[serde(default)]
    pub map_review_number: String,
    /// Who publishes the map.
    pub publisher: Words,
    /// How to reach them.
    pub contact: Option<String>,
    /// The land-use classification meant when only a code is given.
    pub land_use_system: String,
    /// The screening profile used when none is named.
    pub profile: Option<String>,
    /// The soil background set.
    pub soil_background: Option<String>,
    /// Which layers a screening knows by their part in it.
    pub screening: Option<ScreeningTable>,
    /// For whom, in which words: `public` and, if wanted, `department`.
    pub audiences: BTreeMap<AudienceWord, Words>,
}

impl DistrictFile {
    /// The margin where the file names none, kilometres.
    pub const fn margin_km() -> f64 {
        10.0
    }
}

/// An audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the words of the file")]
pub enum AudienceWord {
    Public,
    Department,
}
