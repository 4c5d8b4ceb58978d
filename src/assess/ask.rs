//! From what somebody wrote to a [`Question`]: which parcel, which use, which profile.

use std::sync::Arc;

use geo_types::{Geometry as G, MultiPolygon};
use jiff::Timestamp;
use jiff::civil::Date;

use super::question::{Meaning, Parcel, ParcelRecord, Planned, PlannedOrigin, Question};
use crate::geom::{BBox, geodesic};
use crate::layer::book::{ParcelLayer, Profile};
use crate::layer::{Book, CodeList, SoilClass, SurveyTrigger, nearest};
use crate::model::{CodedUse, FeatureId};
use crate::query::{self, Cell, Snapshot, World};
use crate::say;
use crate::text::{Key, Message};

/// The word, in place of a code, for a planned use that is not decided, whatever is on record.
pub const UNDECIDED: &str = "undecided";

/// Most corners of an outline that is drawn or stands in a file.
pub const MOST_CORNERS: usize = 10_000;

/// Places that a name may mean: more are not told apart.
const MOST_PLACES: usize = 8;

/// A point nearer to a border than this, metres, lies on it: which side it is on would be a guess.
const BORDER_M: f64 = 0.1;

/// A question as it was asked.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Which parcel.
    pub parcel: ParcelAsked,
    /// What it is to become; empty: what is on record, else not decided; [`UNDECIDED`] alone: not
    /// decided, whatever is on record.
    pub planned: Vec<UseAsked>,
    /// What it is used for now; `None`: as the map has it.
    pub current: Option<UseAsked>,
    /// The profile; `None`: the district's.
    pub profile: Option<String>,
    /// The moment whose records are asked for.
    pub as_of: Option<Timestamp>,
    /// Today, in the district.
    pub today: Date,
}

/// How a parcel was asked for.
#[derive(Debug, Clone, PartialEq)]
pub enum ParcelAsked {
    /// By what tells it from others.
    Id(String),
    /// By a point in it: longitude, latitude.
    Point(f64, f64),
    /// By the name of a place: the parcel itself, or where the place is.
    Place(String),
    /// By its outline, degrees, valid.
    Drawn(MultiPolygon<f64>),
}

/// A use as it was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UseAsked {
    /// The classification; `None`: the district's.
    pub system: Option<String>,
    /// The code.
    pub code: String,
}

impl UseAsked {
    /// `0701`, or `gb50137-2011:R2`.
    pub fn parse(text: &str) -> Self {
        match text.split_once(':') {
            Some((system, code)) => Self {
                system: Some(system.trim().to_owned()),
                code: code.trim().to_owned(),
            },
            None => Self {
                system: None,
                code: text.trim().to_owned(),
            },
        }
    }
}

/// Why a question cannot be asked so.
#[derive(Debug, Clone, PartialEq)]
pub enum AskFault {
    /// The district shows no parcels: only a drawn one can be screened.
    NoParcels,
    /// There is no such parcel.
    UnknownParcel {
        /// What was asked for.
        asked: String,
        /// The one that was probably meant.
        nearest: Option<String>,
    },
    /// Nothing lies there that could be screened.
    NothingThere,
    /// The parcel has no ground, or lies too near a pole to be measured.
    NoGround,
    /// Several parcels answer to it.
    Several(Vec<Candidate>),
    /// There is no such classification.
    UnknownSystem {
        /// What was asked for.
        asked: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// The classification has no such code.
    UnknownUse {
        /// The classification.
        system: String,
        /// The code.
        code: String,
        /// Codes that were probably meant, the nearest first.
        nearest: Vec<String>,
        /// Classifications that do have the code.
        elsewhere: Vec<String>,
    },
    /// There is no such profile.
    UnknownProfile {
        /// What was asked for.
        asked: String,
        /// Those there are.
        known: Vec<String>,
    },
}

/// A parcel that answers to a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What tells it from others.
    pub id: String,
    /// Its number in its layer.
    pub feature: FeatureId,
}

impl AskFault {
    /// What is wrong and what would be right, in a sentence.
    pub fn message(&self) -> Message {
        let listed = |words: &[String]| {
            if words.is_empty() {
                "–".to_owned()
            } else {
                words.join(", ")
            }
        };
        match self {
            Self::NoParcels => say!(Key::AssessNoParcels),
            Self::UnknownParcel { asked, nearest } => match nearest {
                Some(nearest) => {
                    say!(
                        Key::AssessUnknownParcelNear,
                        asked = asked,
                        nearest = nearest
                    )
                }
                None => say!(Key::AssessUnknownParcel, asked = asked),
            },
            Self::NothingThere => say!(Key::AssessNothingThere),
            Self::NoGround => say!(Key::AssessNoGround),
            Self::Several(candidates) => {
                let ids: Vec<String> = candidates.iter().map(|c| c.id.clone()).collect();
                say!(Key::AssessSeveral, candidates = listed(&ids))
            }
            Self::UnknownSystem { asked, known } => {
                say!(
                    Key::AssessUnknownSystem,
                    asked = asked,
                    known = listed(known)
                )
            }
            Self::UnknownUse {
                system,
                code,
                nearest,
                elsewhere,
            } => {
                let (nearest, others) = (listed(nearest), listed(elsewhere));
                if elsewhere.is_empty() {
                    say!(
                        Key::AssessUnknownUse,
                        system = system,
                        code = code,
                        nearest = nearest
                    )
                } else {
                    say!(
                        Key::AssessUseElsewhere,
                        system = system,
                        code = code,
                        nearest = nearest,
                        others = others
                    )
                }
            }
            Self::UnknownProfile { asked, known } => {
                say!(
                    Key::AssessUnknownProfile,
                    asked = asked,
                    known = listed(known)
                )
            }
        }
    }
}

/// The question, or why it cannot be asked so. `world` is that of the moment asked for.
pub fn question(world: &World, book: &Book, asked: &Asked) -> Result<Question, AskFault> {
    let profile = profile(book, asked.profile.as_deref())?;
    let undecided = matches!(asked.planned.as_slice(), [one] if one.code == UNDECIDED);
    let uses: Vec<CodedUse> = asked
        .planned
        .iter()
        .filter(|_| !undecided)
        .map(|planned| coded_use(book, planned))
        .collect::<Result<_, _>>()?;
    let current = asked
        .current
        .as_ref()
        .map(|current| coded_use(book, current))
        .transpose()?;
    let parcel = parcel(world, book, &asked.parcel)?;
    let planned = if undecided {
        Planned {
            uses,
            origin: PlannedOrigin::Asked,
        }
    } else {
        planned(uses, &parcel)
    };
    let zone = &world.district.time_zone;
    Ok(Question {
        parcel,
        planned,
        current,
        profile,
        as_of: asked.as_of,
        valid_on: asked
            .as_of
            .map_or(asked.today, |at| zone.to_datetime(at).date()),
    })
}

/// The profile of that name, or the district's.
pub fn profile(book: &Book, asked: Option<&str>) -> Result<Arc<Profile>, AskFault> {
    let name = asked.or(book.default_profile.as_deref());
    let found = name.and_then(|name| book.profiles.get(name));
    found.cloned().ok_or_else(|| AskFault::UnknownProfile {
        asked: shortened(name.unwrap_or_default()),
        known: book.profiles.keys().cloned().collect(),
    })
}

/// The classification of that name.
pub fn system<'a>(book: &'a Book, name: &str) -> Result<&'a CodeList, AskFault> {
    let found = book.systems.get(name).map(|list| &**list);
    found.ok_or_else(|| AskFault::UnknownSystem {
        asked: shortened(name),
        known: book.systems.keys().cloned().collect(),
    })
}

/// The use that was meant: of its own classification only, since codes collide.
pub fn coded_use(book: &Book, asked: &UseAsked) -> Result<CodedUse, AskFault> {
    let system = asked.system.as_deref().unwrap_or(&book.default_system);
    let list = self::system(book, system)?;
    if list.entries.contains_key(&asked.code) {
        return Ok(CodedUse {
            system: system.to_owned(),
            code: asked.code.clone(),
        });
    }
    let said = |code: &str| match list.words(code) {
        Some(words) => format!("{code} {}", words.zh),
        None => code.to_owned(),
    };
    let mut near: Vec<String> = list
        .padded(&asked.code)
        .into_iter()
        .chain(list.parent_of_unlisted(&asked.code).map(str::to_owned))
        .chain(nearest(&asked.code, list.entries.keys().map(String::as_str)).map(str::to_owned))
        .map(|code| said(&code))
        .collect();
    near.dedup();
    let others = book
        .systems
        .iter()
        .filter(|(name, list)| *name != system && list.entries.contains_key(&asked.code));
    Err(AskFault::UnknownUse {
        system: system.to_owned(),
        code: shortened(&asked.code),
        nearest: near,
        elsewhere: others.map(|(name, _)| name.clone()).collect(),
    })
}

/// What was asked, as a sentence repeats it: the beginning.
fn shortened(asked: &str) -> String {
    asked.chars().take(80).collect()
}

/// What the parcel is to become: as asked, else as on record.
fn planned(mut uses: Vec<CodedUse>, parcel: &Parcel) -> Planned {
    let mut seen = Vec::new();
    uses.retain(|planned| {
        let fresh = !seen.contains(planned);
        seen.push(planned.clone());
        fresh
    });
    if !uses.is_empty() {
        return Planned {
            uses,
            origin: PlannedOrigin::Asked,
        };
    }
    let record = parcel.record.as_ref();
    match record.and_then(|record| record.planned_use.clone()) {
        Some(planned) => Planned {
            uses: vec![planned],
            origin: PlannedOrigin::Record,
        },
        None => Planned::default(),
    }
}

/// What planned uses mean for the soil, taken together.
pub fn meaning(book: &Book, planned: &Planned) -> Meaning {
    let classes: Vec<_> = planned
        .uses
        .iter()
        .map(|planned| book.crosswalk.of(&planned.system, &planned.code))
        .collect();
    let triggers = || {
        classes
            .iter()
            .map(|class| class.map_or(SurveyTrigger::Unknown, |class| class.survey_trigger))
    };
    let survey_trigger = if triggers().any(|trigger| trigger == SurveyTrigger::Yes) {
        SurveyTrigger::Yes
    } else if classes.is_empty() || triggers().any(|t| t == SurveyTrigger::Unknown) {
        SurveyTrigger::Unknown
    } else {
        SurveyTrigger::No
    };
    let soil = || {
        classes
            .iter()
            .map(|class| class.map_or(SoilClass::Unknown, |class| class.gb36600_class))
    };
    let known_first = soil().any(|class| class == SoilClass::I);
    let unknown = classes.is_empty() || soil().any(|class| class == SoilClass::Unknown);
    Meaning {
        survey_trigger,
        limit_class: if known_first || unknown {
            SoilClass::I
        } else {
            SoilClass::II
        },
        class_assumed: unknown && !known_first,
        basis: classes
            .iter()
            .map(|class| class.map_or_else(String::new, |class| class.basis.clone()))
            .collect(),
    }
}

/// The parcel that was asked for.
pub fn parcel(world: &World, book: &Book, asked: &ParcelAsked) -> Result<Parcel, AskFault> {
    if let ParcelAsked::Drawn(geometry) = asked {
        return Ok(Parcel {
            geometry: geometry.clone(),
            record: None,
        });
    }
    let known = book.parts.parcels.as_ref();
    let parcels = known.and_then(|known| Some((known, world.layers.get(&known.layer)?)));
    let Some((known, layer)) = parcels else {
        return Err(AskFault::NoParcels);
    };
    let row = match asked {
        ParcelAsked::Id(id) => by_id(layer, id)?,
        ParcelAsked::Point(lon, lat) => at_point(layer, *lon, *lat)?,
        ParcelAsked::Place(name) => by_place(world, known, layer, name)?,
        ParcelAsked::Drawn(_) => return Err(AskFault::NothingThere),
    };
    of_row(known, layer, row).ok_or(AskFault::NothingThere)
}

/// A row of the layer of parcels as a parcel; `None` where it is no area.
pub fn of_row(known: &ParcelLayer, layer: &Snapshot, row: usize) -> Option<Parcel> {
    let geometry = match layer.geometry(row)? {
        G::Polygon(polygon) => MultiPolygon(vec![polygon]),
        G::MultiPolygon(polygons) => polygons,
        _ => return None,
    };
    let field = |name: Option<&String>| {
        let fields = &layer.view().fields;
        name.and_then(|name| fields.iter().position(|field| field.name == *name))
    };
    let coded = |name: Option<&String>| {
        let place = field(name)?;
        let system = layer.view().fields.get(place)?.codes.as_ref()?.name.clone();
        let code = layer.value(row, place).to_plain_text();
        (!code.is_empty()).then_some(CodedUse { system, code })
    };
    let area = field(known.area_m2.as_ref()).map(|place| layer.value(row, place));
    Some(Parcel {
        geometry,
        record: Some(ParcelRecord {
            layer: layer.view().id.clone(),
            feature: layer.id(row),
            name: identity(layer, row),
            registered_area_m2: area.and_then(|area| match area {
                crate::model::Value::Number(area) => Some(area),
                #[expect(clippy::cast_precision_loss, reason = "an area in whole square metres")]
                crate::model::Value::Integer(area) => Some(area as f64),
                _ => None,
            }),
            current_use: coded(known.current_use.as_ref()),
            planned_use: coded(known.planned_use.as_ref()),
        }),
    })
}

/// The field that tells parcels from each other.
fn identity_field(layer: &Snapshot) -> Option<usize> {
    let uses = &layer.view().uses;
    match uses.identity.as_deref() {
        Some([field]) => Some(*field),
        _ => uses.label,
    }
}

/// What a parcel is called: its identity, else its number.
fn identity(layer: &Snapshot, row: usize) -> String {
    let named = identity_field(layer).map(|field| layer.value(row, field).to_plain_text());
    named
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| layer.id(row).to_string())
}

fn by_id(layer: &Snapshot, id: &str) -> Result<usize, AskFault> {
    let field = identity_field(layer);
    let named = |row: usize| field.map(|field| layer.value(row, field).to_plain_text());
    // Most numbers are texts, and are compared where they lie.
    let bears = |row: usize| match field.map(|field| layer.cell(row, field)) {
        Some(Cell::Text(text)) => text == id,
        Some(Cell::Null) | None => false,
        Some(_) => named(row).as_deref() == Some(id),
    };
    if let Some(row) = (0..layer.len()).find(|&row| bears(row)) {
        return Ok(row);
    }
    let names: Vec<String> = (0..layer.len()).filter_map(named).collect();
    // The whole list is read only for a name of some length: any short word is near to something.
    let near = (id.chars().count() >= 4).then(|| nearest(id, names.iter().map(String::as_str)));
    Err(AskFault::UnknownParcel {
        asked: shortened(id),
        nearest: near.flatten().map(str::to_owned),
    })
}

fn at_point(layer: &Snapshot, lon: f64, lat: f64) -> Result<usize, AskFault> {
    match spots(layer, lon, lat).as_slice() {
        [] => Err(AskFault::NothingThere),
        [row] => Ok(*row),
        several => Err(AskFault::Several(candidates(layer, several))),
    }
}

/// The parcels at a point: several where it is nearer to their borders than can be told apart.
fn spots(layer: &Snapshot, lon: f64, lat: f64) -> Vec<usize> {
    let metre = |to: (f64, f64)| geodesic::distance_m((lon, lat), to);
    // A hundredth of a degree, measured, gives the scale of degrees here.
    let east = BORDER_M * 0.01 / metre((lon + 0.01, lat)).max(1.0);
    let north = BORDER_M * 0.01 / metre((lon, lat + 0.01)).max(1.0);
    let spot = BBox {
        west: lon - east,
        south: lat - north,
        east: lon + east,
        north: lat + north,
    };
    query::in_box(layer, &spot)
}

fn candidates(layer: &Snapshot, rows: &[usize]) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = rows
        .iter()
        .map(|&row| Candidate {
            id: identity(layer, row),
            feature: layer.id(row),
        })
        .collect();
    candidates.sort_by(|a, b| a.id.cmp(&b.id));
    candidates
}

/// The parcel of that name, else the parcel where the place of that name is; where the name may mean
/// several, all of them.
fn by_place(
    world: &World,
    known: &ParcelLayer,
    layer: &Snapshot,
    name: &str,
) -> Result<usize, AskFault> {
    let found = query::places(world, name, MOST_PLACES);
    // Of places that are called exactly so, not of those whose names only begin alike.
    let is_exact = |place: &&query::Place<'_>| {
        let rows = place.rows.first();
        rows.is_some_and(|&row| place.layer.value(row, place.field).to_plain_text() == name)
    };
    let exact: Vec<&query::Place<'_>> = found.iter().filter(is_exact).collect();
    let meant = if exact.is_empty() {
        found.iter().collect()
    } else {
        exact
    };
    let mut rows = Vec::new();
    for place in meant {
        if place.layer.view().id == known.layer {
            rows.extend(&place.rows);
            continue;
        }
        let here = place.at().map(|(lon, lat)| spots(layer, lon, lat));
        rows.extend(here.into_iter().flatten());
    }
    rows.sort_unstable();
    rows.dedup();
    match rows.as_slice() {
        [row] => Ok(*row),
        [] if found.is_empty() => Err(AskFault::UnknownParcel {
            asked: shortened(name),
            nearest: None,
        }),
        [] => Err(AskFault::NothingThere),
        several => Err(AskFault::Several(candidates(layer, several))),
    }
}
