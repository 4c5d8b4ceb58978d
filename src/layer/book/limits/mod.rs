//! Limits and coefficients: `layers/limits/*.csv`. Each value says where it was met and in how many
//! independent places (`verified`); a value met nowhere is marked own derivation.

pub(in crate::layer) mod read;
mod tables;
mod unit;

use std::collections::BTreeMap;

use crate::text::Bilingual;

pub use unit::{UNITS, power_of_mg_per_kg};

/// What stands for the acidity of soil in the place of a substance's symbol.
pub const PH: &str = "pH";

/// Everything of `layers/limits`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Limits {
    /// `substances.csv`: what is measured, by symbol (`As`, `Cr6`, `BaP`).
    pub substances: BTreeMap<String, Substance>,
    /// `gb36600-2018.csv`: soil of construction land, by substance.
    pub construction: BTreeMap<String, ConstructionLimit>,
    /// `gb15618-2018.csv`: soil of farmland.
    pub farmland: Vec<FarmlandLimit>,
    /// `farmland-uses.csv`: which uses are farmland, and of which kinds; by (system, code).
    pub farmland_uses: BTreeMap<(String, String), FarmlandUse>,
    /// `background-sets.csv` and `background.csv`: natural contents of soil, by set.
    pub backgrounds: BTreeMap<String, Background>,
    /// `toxic-response.csv`: Hakanson's factors, by substance.
    pub toxic_response: BTreeMap<String, Cited<f64>>,
    /// `index-grades.csv`: the grades of each index, ascending.
    pub grades: BTreeMap<String, Vec<Grade>>,
    /// `indices.csv`: what each index is called, and where its formula was met.
    pub indices: BTreeMap<String, IndexFormula>,
}

/// What `gb15618-2018.csv` has for a substance, a kind of farmland and a pH.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FarmlandFind<'a> {
    /// The standard has no limit for the substance.
    NoLimit,
    /// It depends on the pH, which is not known.
    NeedsPh,
    /// This.
    Limit(&'a FarmlandLimit),
}

impl Limits {
    /// The limit of farmland for a substance. A kind without rows of its own counts as `other` (paddy
    /// for copper, orchards for all but copper); the upper end of a band of pH belongs to it.
    pub fn farmland_limit(
        &self,
        substance: &str,
        kind: FarmlandKind,
        ph: Option<f64>,
    ) -> FarmlandFind<'_> {
        let of_substance = || self.farmland.iter().filter(|l| l.substance == substance);
        let own = of_substance().any(|limit| limit.kind == Some(kind));
        let counts_as = if own { kind } else { FarmlandKind::Other };
        let mut bands =
            of_substance().filter(|limit| limit.kind.is_none_or(|kind| kind == counts_as));
        let Some(first) = bands.clone().next() else {
            return FarmlandFind::NoLimit;
        };
        let Some(ph) = ph else {
            let any_ph = first.ph_above.is_none() && first.ph_to.is_none();
            return if any_ph {
                FarmlandFind::Limit(first)
            } else {
                FarmlandFind::NeedsPh
            };
        };
        bands
            .find(|band| {
                band.ph_above.is_none_or(|above| ph > above) && band.ph_to.is_none_or(|to| ph <= to)
            })
            .map_or(FarmlandFind::NeedsPh, FarmlandFind::Limit)
    }

    /// The grade of an index's value; `None` where the source has none for it, or made its grades for
    /// more substances than the value was computed from.
    pub fn grade(&self, index: &str, value: f64, substances: usize) -> Option<&Grade> {
        let grades = self.grades.get(index)?;
        grades
            .iter()
            .filter(|grade| {
                grade
                    .least_substances
                    .is_none_or(|least| substances >= least)
            })
            .find(|grade| grade.holds(value))
    }
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

impl FarmlandKind {
    /// Every kind, by its word in files and answers.
    pub const ALL: [(&'static str, Self); 3] = [
        ("paddy", Self::Paddy),
        ("orchard", Self::Orchard),
        ("other", Self::Other),
    ];

    /// Its word in files and answers.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Paddy => "paddy",
            Self::Orchard => "orchard",
            Self::Other => "other",
        }
    }
}

/// That a use of land is farmland.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FarmlandUse {
    /// Of which kind, in their order; several where the code covers them: the stricter limit holds.
    pub kinds: Vec<FarmlandKind>,
    /// What the row rests on: a source, or own derivation.
    pub basis: String,
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
    /// From how many substances the index must have been computed at least; `None`: from any number.
    pub least_substances: Option<usize>,
    /// Where, and in how many places.
    pub cited: Cited<()>,
}

impl Grade {
    /// Whether a value is of this grade.
    pub fn holds(&self, value: f64) -> bool {
        let above = self.lower.is_none_or(|lower| {
            value > lower || self.lower_included && value.total_cmp(&lower).is_eq()
        });
        let below = self.upper.is_none_or(|upper| {
            value < upper || self.upper_included && value.total_cmp(&upper).is_eq()
        });
        above && below
    }
}

/// An index of pollution and its formula.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexFormula {
    /// What people call it.
    pub name: Bilingual,
    /// The formula, as `docs/samples.md` explains it.
    pub formula: String,
    /// Where, and in how many places.
    pub cited: Cited<()>,
}
