//! The words that the condition of a rule may use, and what they hold: some of every rule, some of
//! its subject, and of a feature the fields of its layer.
//!
//! What is not known is null, so that a condition on it is unknown and never silently false: a use
//! whose meaning the crosswalk does not know has a null `planned_trigger`, a value that cannot be
//! held against its limit a null `exceeds`.

use std::borrow::Cow;

use super::Book;
use super::rules::Subject;
use crate::filter::{Kind, Property, Row, Scalar, Schema};
use crate::geom::Geometry;
use crate::layer::definition::{Field, Layer, Visibility};
use crate::model::{FieldType, Value};

macro_rules! words {
    ($($(#[$doc:meta])* $word:ident $name:literal $kind:ident;)*) => {
        /// A word of rules.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Word { $($(#[$doc])* $word,)* }

        impl Word {
            /// As conditions write it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$word => $name,)* }
            }

            const fn kind(self) -> Kind {
                match self { $(Self::$word => Kind::$kind,)* }
            }
        }
    };
}

words! {
    /// The classification of a planned use.
    PlannedSystem "planned_system" Text;
    /// Its code there.
    PlannedCode "planned_code" Text;
    /// The code at the top of its own classification, above it.
    PlannedGroup "planned_group" Text;
    /// Whether a change to it calls for a survey first: `yes`, `no`.
    PlannedTrigger "planned_trigger" Text;
    /// The class of GB 36600-2018 its soil is judged by: `I`, `II`.
    PlannedClass "planned_class" Text;
    /// How many uses are planned for the parcel.
    PlannedCount "planned_count" Number;
    /// Whether the use of any of the ground changes; null where the present use is not known.
    UseChanges "use_changes" Boolean;
    /// Whether the present uses are such that call for a survey: `yes` all of them, `no` not all.
    PresentTrigger "present_trigger" Text;
    /// The parcel's area, m².
    ParcelAreaM2 "parcel_area_m2" Number;
    /// The classification of the present use of a piece of the parcel.
    FromSystem "from_system" Text;
    /// Its code there.
    FromCode "from_code" Text;
    /// The code at the top of its own classification, above it.
    FromGroup "from_group" Text;
    /// Whether a change to the present use would call for a survey: `yes`, `no`.
    FromTrigger "from_trigger" Text;
    /// How the map of present use has the piece: `once`, `not_mapped`, `twice`.
    Mapped "mapped" Text;
    /// Whether the use of the piece changes; null where its present use is not known.
    Changes "changes" Boolean;
    /// The piece's area, m².
    AreaM2 "area_m2" Number;
    /// The share of the parcel that it is.
    AreaShare "area_share" Number;
    /// Where it is: `on_site`, `adjoining`, `within`.
    Ring "ring" Text;
    /// How far from the parcel, m.
    DistanceM "distance_m" Number;
    /// The ground shared with the parcel, m²; null of points and lines.
    OverlapM2 "overlap_m2" Number;
    /// The share of the parcel that is.
    OverlapShare "overlap_share" Number;
    /// Whether it may as well be farther away.
    Possible "possible" Boolean;
    /// Whether it shares less ground with the parcel than counts.
    Sliver "sliver" Boolean;
    /// The standard whose limit a value is held against; `none`: none has a limit.
    Standard "standard" Text;
    /// The substance's symbol.
    Substance "substance" Text;
    /// What the value exceeds: `nothing`, `background`, `screening`, `intervention`.
    Exceeds "exceeds" Text;
    /// Value over screening value.
    Ratio "ratio" Number;
    /// The class it is judged by: `I`, `II`, or the kind of farmland and pH band.
    Class "class" Text;
    /// The value, in the limit's unit.
    Measured "value" Number;
}

impl Word {
    /// The words of every rule.
    pub const COMMON: [Self; 9] = [
        Self::PlannedSystem,
        Self::PlannedCode,
        Self::PlannedGroup,
        Self::PlannedTrigger,
        Self::PlannedClass,
        Self::PlannedCount,
        Self::UseChanges,
        Self::PresentTrigger,
        Self::ParcelAreaM2,
    ];
    /// The words of a row of the table of present and planned use.
    pub const CHANGE: [Self; 8] = [
        Self::FromSystem,
        Self::FromCode,
        Self::FromGroup,
        Self::FromTrigger,
        Self::Mapped,
        Self::Changes,
        Self::AreaM2,
        Self::AreaShare,
    ];
    /// The words of a feature.
    pub const FEATURE: [Self; 6] = [
        Self::Ring,
        Self::DistanceM,
        Self::OverlapM2,
        Self::OverlapShare,
        Self::Possible,
        Self::Sliver,
    ];
    /// The words of a measured value.
    pub const SAMPLE: [Self; 8] = [
        Self::Standard,
        Self::Substance,
        Self::Exceeds,
        Self::Ratio,
        Self::Class,
        Self::Ring,
        Self::DistanceM,
        Self::Measured,
    ];

    /// Whether it speaks of what is planned or of the present use.
    pub const fn is_of_use(self) -> bool {
        !matches!(self, Self::PlannedCount | Self::ParcelAreaM2) && (self as u8) < Self::Ring as u8
    }

    /// Whether it differs from one planned use to the next.
    pub const fn is_of_planned_use(self) -> bool {
        matches!(
            self,
            Self::PlannedSystem
                | Self::PlannedCode
                | Self::PlannedGroup
                | Self::PlannedTrigger
                | Self::PlannedClass
        )
    }

    /// What a word may be, where that is a closed list.
    fn codes(self, book: &Book) -> Option<Vec<String>> {
        let words = |list: &[&str]| Some(list.iter().map(|&word| word.to_owned()).collect());
        let known = |codes: Vec<String>| (!codes.is_empty()).then_some(codes);
        let lists = || book.systems.values();
        match self {
            Self::PlannedSystem | Self::FromSystem => known(book.systems.keys().cloned().collect()),
            Self::PlannedCode | Self::FromCode => known(
                lists()
                    .flat_map(|list| list.entries.keys().cloned())
                    .collect(),
            ),
            Self::PlannedGroup | Self::FromGroup => {
                let tops = lists().flat_map(|list| {
                    let codes = list.entries.keys();
                    codes
                        .filter(|code| list.top(code) == Some(code.as_str()))
                        .cloned()
                });
                known(tops.collect())
            }
            Self::PlannedTrigger | Self::PresentTrigger | Self::FromTrigger => {
                words(&["yes", "no"])
            }
            Self::PlannedClass => words(&["I", "II"]),
            Self::Mapped => words(&["once", "not_mapped", "twice"]),
            Self::Ring => words(&["on_site", "adjoining", "within"]),
            Self::Standard => words(&["GB 36600-2018", "GB 15618-2018", "none"]),
            Self::Substance => known(book.limits.substances.keys().cloned().collect()),
            Self::Exceeds => words(&["nothing", "background", "screening", "intervention"]),
            _ => None,
        }
    }
}

/// What a name in a condition stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// A word.
    Word(Word),
    /// The field of that name of the subject's layer.
    Field(String),
}

/// Every name that conditions on a subject may use.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
struct Entry {
    name: String,
    kind: Kind,
    codes: Option<Vec<String>>,
    meaning: Meaning,
}

impl Vocabulary {
    /// The words for a subject, `None`: of steps; of a feature also the fields of its layer that
    /// anyone sees.
    pub(super) fn of(subject: Option<&Subject>, layer: Option<&Layer>, book: &Book) -> Self {
        let own = Self::own(subject);
        let words = Word::COMMON.iter().chain(own).map(|&word| Entry {
            name: word.name().to_owned(),
            kind: word.kind(),
            codes: word.codes(book),
            meaning: Meaning::Word(word),
        });
        let fields = layer.into_iter().flat_map(|layer| &layer.fields);
        let fields = fields.filter(|field| field.visibility != Visibility::Internal);
        Self {
            entries: words.chain(fields.map(entry)).collect(),
        }
    }

    fn own(subject: Option<&Subject>) -> &'static [Word] {
        match subject {
            None | Some(Subject::Parcel) => &[],
            Some(Subject::Change) => &Word::CHANGE,
            Some(Subject::Feature { .. }) => &Word::FEATURE,
            Some(Subject::Sample) => &Word::SAMPLE,
        }
    }

    /// Whether a field of this name would hide a word of features.
    pub(super) fn is_word_of_features(name: &str) -> bool {
        let words = Word::COMMON.iter().chain(&Word::FEATURE);
        words.into_iter().any(|word| word.name() == name)
    }

    /// How many names it has: places are counted from 0.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has no name.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// What stands at a place.
    pub fn meaning(&self, place: usize) -> Option<&Meaning> {
        self.entries.get(place).map(|entry| &entry.meaning)
    }

    /// The name at a place.
    pub fn name(&self, place: usize) -> &str {
        self.entries.get(place).map_or("", |entry| &entry.name)
    }
}

fn entry(field: &Field) -> Entry {
    let codes = field.codes.as_ref();
    Entry {
        name: field.name.clone(),
        kind: match field.kind {
            FieldType::Text | FieldType::Code => Kind::Text,
            FieldType::Integer | FieldType::Number => Kind::Number,
            FieldType::Boolean => Kind::Boolean,
            FieldType::Date => Kind::Date,
            FieldType::DateTime => Kind::DateTime,
        },
        codes: codes.map(|list| list.entries.keys().cloned().collect()),
        meaning: Meaning::Field(field.name.clone()),
    }
}

impl Schema for Vocabulary {
    fn property(&self, name: &str) -> Option<Property> {
        let place = self.entries.iter().position(|entry| entry.name == name)?;
        let entry = self.entries.get(place)?;
        Some(Property {
            place,
            kind: entry.kind,
            codes: entry.codes.clone(),
        })
    }

    fn names(&self) -> Vec<String> {
        self.entries
            .iter()
            .map(|entry| entry.name.clone())
            .collect()
    }
}

/// The values of a vocabulary, place by place; what is left out is null.
#[derive(Debug, Clone, Default)]
pub struct Values(pub Vec<Value>);

impl Row for Values {
    fn value(&self, place: usize) -> Scalar<'_> {
        match self.0.get(place) {
            None | Some(Value::Null) => Scalar::Null,
            Some(Value::Text(text)) => Scalar::Text(text),
            Some(Value::Integer(whole)) => {
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "a filter compares numbers as f64"
                )]
                let number = *whole as f64;
                Scalar::Number(number)
            }
            Some(Value::Number(number)) => Scalar::Number(*number),
            Some(Value::BelowDetection(limit)) => Scalar::BelowDetection(*limit),
            Some(Value::Boolean(yes)) => Scalar::Boolean(*yes),
            Some(Value::Date(day)) => Scalar::Date(*day),
            Some(Value::DateTime(moment)) => Scalar::DateTime(*moment),
        }
    }

    fn geometry(&self) -> Option<Cow<'_, Geometry>> {
        None
    }
}
