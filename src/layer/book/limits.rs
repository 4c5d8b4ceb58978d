//! Limits and coefficients: `layers/limits/*.csv`. Each value says where it was met and in how many
//! independent places (`verified`); a value met nowhere is marked own derivation.

use std::collections::BTreeMap;

use crate::text::Bilingual;

/// Everything of `layers/limits`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Limits {
    /// `substances.csv`: what is measured, by symbol (`As`, `Cr6`, `BaP`).
    pub substances: BTreeMap<String, Substance>,
    /// `gb36600-2018.csv`: soil of construction land, by substance.
    pub construction: BTreeMap<String, ConstructionLimit>,
    /// `gb15618-2018.csv`: soil of farmland.
    pub farmland: Vec<FarmlandLimit>,
    /// `farmland-uses.csv`: which uses are farmland, and of which kind; by (system, code).
    pub farmland_uses: BTreeMap<(String, String), FarmlandKind>,
    /// `background.csv`: natural contents of soil, by set.
    pub backgrounds: BTreeMap<String, Background>,
    /// `toxic-response.csv`: Hakanson's factors, by substance.
    pub toxic_response: BTreeMap<String, Cited<f64>>,
    /// `index-grades.csv`: the grades of each index, ascending.
    pub grades: BTreeMap<String, Vec<Grade>>,
}

/// A value and where it was met.
#[derive(Debug, Clone, PartialEq)]
pub struct Cited<T> {
    /// The value.
    pub value: T,
    /// Where.
    pub source: String,
    /// In how many independent published places; 0: in none, an own derivation.
    pub verified: u8,
}

/// A substance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Substance {
    /// Its symbol.
    pub symbol: String,
    /// What people call it.
    pub name: Bilingual,
    /// Its CAS number.
    pub cas: Option<String>,
}

/// The limits of GB 36600-2018 for a substance, mg/kg.
#[derive(Debug, Clone, PartialEq)]
pub struct ConstructionLimit {
    /// Screening value of class I.
    pub screening_1: f64,
    /// Screening value of class II.
    pub screening_2: f64,
    /// Intervention value of class I.
    pub intervention_1: f64,
    /// Intervention value of class II.
    pub intervention_2: f64,
    /// The unit all four are in.
    pub unit: String,
    /// Whether soil above the screening value but within the background is not managed as
    /// contaminated (note a of the standard's tables: As, Co, V).
    pub background_exempt: bool,
    /// Where, and in how many places.
    pub cited: Cited<()>,
}

/// A limit of GB 15618-2018.
#[derive(Debug, Clone, PartialEq)]
pub struct FarmlandLimit {
    /// The substance.
    pub substance: String,
    /// Of which farmland; `None`: of any.
    pub kind: Option<FarmlandKind>,
    /// Above this pH; `None`: from the lowest.
    pub ph_above: Option<f64>,
    /// Up to this pH, itself counted in; `None`: to the highest.
    pub ph_to: Option<f64>,
    /// Screening value.
    pub screening: Option<Cited<f64>>,
    /// Intervention value.
    pub intervention: Option<Cited<f64>>,
    /// The unit.
    pub unit: String,
}

/// The kinds of farmland of GB 15618-2018.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FarmlandKind {
    /// Paddy fields.
    Paddy,
    /// Orchards: other limits for copper.
    Orchard,
    /// Any other.
    Other,
}

/// A set of natural contents.
#[derive(Debug, Clone, PartialEq)]
pub struct Background {
    /// Its name.
    pub id: String,
    /// What people call it, whose it is.
    pub title: Bilingual,
    /// By substance, mg/kg.
    pub values: BTreeMap<String, Cited<f64>>,
}

/// A grade of an index.
#[derive(Debug, Clone, PartialEq)]
pub struct Grade {
    /// Its number or letter in the source.
    pub grade: String,
    /// From here; `None`: from the lowest.
    pub lower: Option<f64>,
    /// Whether the lower end is counted in.
    pub lower_included: bool,
    /// To here; `None`: to the highest.
    pub upper: Option<f64>,
    /// Whether the upper end is counted in.
    pub upper_included: bool,
    /// What it is called.
    pub label: Bilingual,
    /// Where, and in how many places.
    pub cited: Cited<()>,
}
