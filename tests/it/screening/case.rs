//! A small world as a case tells it: the real layer definitions, profiles, rules and limits, a few
//! features in metres about one point, and a question.
//!
//! Shapes are written in metres east and north of 116.45 E, 39.92 N: `point 0 0`,
//! `line 0 0, 100 0`, `rect 0 0 100 50` (south-west corner, width, height), `ring 0 0, 100 0, 50 80`,
//! several joined by `+`, a hole cut by `-`.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use geo_types::{Coord, Geometry, LineString, MultiPolygon, Point, Polygon};
use jiff::civil::Date;
use onemap::assess::ask::{self, AskFault, Asked, ParcelAsked, UseAsked};
use onemap::assess::{Screening, screen};
use onemap::geom::frame::Frame;
use onemap::index::{DistrictView, Snapshot, World};
use onemap::layer::book::limits::{Cited, Limits};
use onemap::layer::{self, Atlas, Book, Layer, Role};
use onemap::model::{
    Area, Audience, Coverage, Exact, Feature, FeatureId, FieldType, LayerId, Period, Revision,
    Value,
};
use onemap::publish;
use serde::Deserialize;

/// The map's own definitions.
pub(crate) static ATLAS: LazyLock<Atlas> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    layer::load(root, &root.join("layers")).unwrap()
});

/// Where the metres of a case begin.
const ORIGIN: Coord<f64> = Coord {
    x: 116.45,
    y: 39.92,
};
/// The territory where a case names none: 40 km square.
const TERRITORY: &str = "rect -20000 -20000 40000 40000";

/// A case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    /// What it shows, in a sentence.
    pub(crate) title: String,
    /// The rules and traps it stands for.
    pub(crate) shows: Vec<String>,
    /// The parcel as drawn.
    pub(crate) parcel: Option<String>,
    /// The parcel by its id, a point in it, or a place, where it is not drawn.
    pub(crate) ask: Option<Ask>,
    /// The planned uses, `0701` or `gb50137-2011:R2`; none: not decided.
    #[serde(default)]
    pub(crate) planned: Vec<String>,
    /// The present use, as the one who asks says it.
    pub(crate) said_current: Option<String>,
    /// The present use on the map, over all of the parcel and about it.
    pub(crate) current: Option<String>,
    #[serde(default)]
    pub(crate) audience: Seen,
    pub(crate) profile: Option<String>,
    pub(crate) territory: Option<String>,
    /// The day of the question.
    pub(crate) on: Option<toml::value::Datetime>,
    /// What each layer's survey covered: a shape, or `none`; where nothing is said, the territory.
    #[serde(default)]
    pub(crate) coverage: BTreeMap<String, String>,
    /// When the layers were surveyed.
    #[serde(default)]
    pub(crate) surveyed: BTreeMap<String, String>,
    /// The soil background, mg/kg, in place of the profile's.
    #[serde(default)]
    pub(crate) background: BTreeMap<String, f64>,
    /// Layers that were never read in.
    #[serde(default)]
    pub(crate) absent: Vec<String>,
    #[serde(default)]
    pub(crate) features: Vec<Given>,
    pub(crate) expect: Expect,
}

/// A parcel that is not drawn.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) enum Ask {
    Id(String),
    Point(String),
    Place(String),
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Seen {
    #[default]
    Department,
    Public,
}

/// A feature of a case.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Given {
    pub(crate) layer: String,
    pub(crate) at: String,
    pub(crate) precision_m: Option<f64>,
    pub(crate) from: Option<toml::value::Datetime>,
    pub(crate) to: Option<toml::value::Datetime>,
    #[serde(default)]
    pub(crate) values: BTreeMap<String, toml::Value>,
}

/// What must come out. What is not named is not looked at.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expect {
    /// The question's fault, where it cannot be asked so.
    pub(crate) fault: Option<String>,
    pub(crate) verdict: Option<String>,
    pub(crate) complete: Option<bool>,
    /// `I`, `II`, `I assumed`.
    pub(crate) class: Option<String>,
    /// Every finding that fired a rule: `R6 risk-control-list/1 on_site`, `R1`; `possible`, `sliver`
    /// and `across_road` follow where they hold.
    pub(crate) fired: Option<Vec<String>>,
    /// Rules that must not have fired.
    #[serde(default)]
    pub(crate) silent: Vec<String>,
    /// Steps that hang on findings: `R1 > R3`.
    #[serde(default)]
    pub(crate) steps: Vec<String>,
    /// Features found, fired or not: `pollution-sites/1 within_500m`.
    #[serde(default)]
    pub(crate) found: Vec<String>,
    /// Reasons and layers that must be among the unknowns: `outside_coverage pollution-sites`, `use`.
    #[serde(default)]
    pub(crate) unknown: Vec<String>,
    /// States of layers: `pollution-sites none_found`.
    #[serde(default)]
    pub(crate) states: Vec<String>,
    /// The table of uses: `ydyh-2023:1001 5000.00`, `not_mapped 12.00`.
    pub(crate) changes: Option<Vec<String>>,
    /// Former parcels and the share each covers: `former-parcels/1 0.6000`.
    pub(crate) lineage: Option<Vec<String>>,
    /// Values against limits: `As 25 screening I`, `Pb 400 nothing I`.
    #[serde(default)]
    pub(crate) samples: Vec<String>,
}

/// A shape in degrees.
pub(crate) fn shape(text: &str) -> Geometry<f64> {
    let mut polygons: Vec<Polygon<f64>> = Vec::new();
    let mut others: Vec<Geometry<f64>> = Vec::new();
    for piece in text.replace(" - ", " + !").split(" + ") {
        let (hole, piece) = match piece.trim().strip_prefix('!') {
            Some(piece) => (true, piece.trim()),
            None => (false, piece.trim()),
        };
        let (kind, rest) = piece.split_once(' ').unwrap();
        let numbers: Vec<f64> = rest
            .split([' ', ','])
            .filter(|word| !word.is_empty())
            .map(|word| word.parse().unwrap_or_else(|_| panic!("{word} in {text}")))
            .collect();
        let coords = || numbers.chunks(2).map(|at| degrees(at[0], at[1])).collect();
        match kind {
            "point" => others.push(Point(degrees(numbers[0], numbers[1])).into()),
            "line" => others.push(LineString::new(coords()).into()),
            "ring" | "rect" => {
                let ring = if kind == "ring" {
                    LineString::new(coords())
                } else {
                    let [x, y, wide, high] = numbers[..] else {
                        panic!("{text}")
                    };
                    let corners = [(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)];
                    LineString::new(corners.map(|(x, y)| degrees(x, y)).to_vec())
                };
                if hole {
                    polygons.last_mut().unwrap().interiors_push(ring);
                } else {
                    polygons.push(Polygon::new(ring, Vec::new()));
                }
            }
            _ => panic!("no such shape: {text}"),
        }
    }
    match (polygons.len(), others.pop()) {
        (0, Some(other)) => other,
        (1, None) => polygons.remove(0).into(),
        _ => MultiPolygon(polygons).into(),
    }
}

fn degrees(east_m: f64, north_m: f64) -> Coord<f64> {
    Frame::at(ORIGIN).degrees(Coord {
        x: east_m,
        y: north_m,
    })
}

pub(crate) fn polygons(text: &str) -> MultiPolygon<f64> {
    match shape(text) {
        Geometry::Polygon(polygon) => MultiPolygon(vec![polygon]),
        Geometry::MultiPolygon(polygons) => polygons,
        other => panic!("{text} is no area: {other:?}"),
    }
}

impl Case {
    pub(crate) fn audience(&self) -> Audience {
        match self.audience {
            Seen::Department => Audience::Department,
            Seen::Public => Audience::Public,
        }
    }

    /// The world of a case: the layers that have a part in screenings, with its features.
    pub(crate) fn world(&self) -> World {
        let atlas = &*ATLAS;
        let audience = self.audience();
        let mut features: BTreeMap<&str, Vec<Feature>> = BTreeMap::new();
        for given in &self.features {
            let layer = atlas.layers.get(given.layer.as_str());
            let layer = layer.unwrap_or_else(|| panic!("no layer {}", given.layer));
            let of_layer = features.entry(given.layer.as_str()).or_default();
            of_layer.push(feature(layer, given, of_layer.len()));
        }
        let territory = self.territory.as_deref().unwrap_or(TERRITORY);
        let boundary = &atlas.district.boundary;
        features.insert(
            boundary.as_str(),
            vec![plain(&atlas.layers[boundary], shape(territory))],
        );
        if let Some(current) = &self.current {
            map_current(current, &mut features);
        }
        let mut layers = BTreeMap::new();
        for layer in atlas.layers.values() {
            let id = layer.id.as_str();
            let coverage = self.coverage_of(layer, territory);
            let Some(view) = publish::view(layer, audience, coverage.as_ref()) else {
                continue;
            };
            let published = features.remove(id).unwrap_or_default().into_iter();
            let published = published
                .filter_map(|feature| publish::publish(layer, audience, Exact::new(feature)))
                .collect();
            let snapshot = Snapshot::build(Arc::new(view), published);
            layers.insert(layer.id.clone(), Arc::new(snapshot));
        }
        World {
            audience,
            revision: Revision(1),
            district: DistrictView {
                name: atlas.district.name.clone(),
                code: atlas.district.code.clone(),
                map_review_number: String::new(),
                publisher: atlas.district.publisher.clone(),
                contact: None,
                boundary: boundary.clone(),
                subdistricts: None,
                time_zone: atlas.district.time_zone.clone(),
            },
            layers,
            absent: self
                .absent
                .iter()
                .map(|id| LayerId::parse(id).unwrap())
                .collect(),
            book: self.book(),
        }
    }

    /// The map's book, with the background that the case gives.
    fn book(&self) -> Arc<Book> {
        if self.background.is_empty() {
            return Arc::clone(&ATLAS.book);
        }
        let mut book = Book::clone(&ATLAS.book);
        let mut limits = Limits::clone(&book.limits);
        for set in limits.backgrounds.values_mut() {
            for (substance, value) in &self.background {
                let cited = Cited {
                    value: *value,
                    source: "a case".to_owned(),
                    verified: 1,
                };
                set.values.insert(substance.clone(), cited);
            }
        }
        book.limits = Arc::new(limits);
        Arc::new(book)
    }

    fn coverage_of(&self, layer: &Layer, territory: &str) -> Option<Coverage> {
        let said = self.coverage.get(layer.id.as_str()).map(String::as_str);
        let covered = match said {
            Some("none") => return None,
            Some("empty") => return Some(Coverage::default()),
            Some(covered) => covered,
            None if layer.role == Role::Context => return None,
            None => territory,
        };
        let surveyed = self.surveyed.get(layer.id.as_str());
        Some(Coverage {
            areas: vec![Area {
                polygons: polygons(covered),
                surveyed: surveyed.map_or_else(|| "2025-06".to_owned(), String::clone),
            }],
        })
    }

    /// The question in a world, or what is wrong with it; then the answer.
    #[expect(
        clippy::panic_in_result_fn,
        reason = "the result is the product's; a case that is written wrongly fails the test"
    )]
    pub(crate) fn answer(&self, world: &World) -> Result<Screening, AskFault> {
        let parcel = match (&self.parcel, &self.ask) {
            (Some(drawn), None) => ParcelAsked::Drawn(polygons(drawn)),
            (None, Some(Ask::Id(id))) => ParcelAsked::Id(id.clone()),
            (None, Some(Ask::Place(name))) => ParcelAsked::Place(name.clone()),
            (None, Some(Ask::Point(at))) => {
                let Geometry::Point(at) = shape(at) else {
                    panic!("{at} is no point")
                };
                ParcelAsked::Point(at.x(), at.y())
            }
            _ => unreachable!("{}: one of `parcel` and `ask`", self.title),
        };
        let asked = Asked {
            parcel,
            planned: self
                .planned
                .iter()
                .map(|code| UseAsked::parse(code))
                .collect(),
            current: self.said_current.as_deref().map(UseAsked::parse),
            profile: self.profile.clone(),
            as_of: None,
            today: self.on.as_ref().map_or(jiff::civil::date(2025, 7, 1), date),
        };
        let question = ask::question(world, &world.book, &asked)?;
        screen(world, &world.book, &question)
    }
}

fn date(at: &toml::value::Datetime) -> Date {
    at.to_string().parse().unwrap()
}

/// A feature of which nothing is recorded but where it is.
fn plain(layer: &Layer, geometry: Geometry<f64>) -> Feature {
    Feature {
        id: Some(FeatureId(1)),
        identity: "1".into(),
        geometry: Some(geometry),
        values: vec![Value::Null; layer.fields.len()],
        precision_m: Some(0.5),
        valid: Period::default(),
    }
}

fn feature(layer: &Layer, given: &Given, before: usize) -> Feature {
    let number = i64::try_from(before + 1).unwrap();
    let mut feature = plain(layer, shape(&given.at));
    feature.id = Some(FeatureId(number));
    feature.identity = number.to_string().into();
    feature.precision_m = given.precision_m.or(feature.precision_m);
    feature.valid = Period {
        from: given.from.as_ref().map(date),
        to: given.to.as_ref().map(date),
    };
    for (name, value) in &given.values {
        let (place, field) = layer
            .field(name)
            .unwrap_or_else(|| panic!("{} has no field {name}", layer.id));
        feature.values[place] = match (field.kind, value) {
            (FieldType::Number, toml::Value::String(text)) => {
                Value::BelowDetection(text.strip_prefix('<').unwrap().parse().unwrap())
            }
            (FieldType::Number, toml::Value::Float(number)) => Value::Number(*number),
            #[expect(clippy::cast_precision_loss, reason = "small numbers of a case")]
            (FieldType::Number, toml::Value::Integer(number)) => Value::Number(*number as f64),
            (FieldType::Integer, toml::Value::Integer(number)) => Value::Integer(*number),
            (FieldType::Boolean, toml::Value::Boolean(yes)) => Value::Boolean(*yes),
            (FieldType::Date, toml::Value::Datetime(day)) => Value::Date(date(day)),
            (FieldType::Code, toml::Value::String(code)) => {
                let codes = field.codes.as_ref().unwrap();
                assert!(
                    codes.words(code).is_some(),
                    "{code} is not in {}",
                    codes.name
                );
                Value::Text(code.as_str().into())
            }
            (FieldType::Text, toml::Value::String(text)) => Value::Text(text.as_str().into()),
            (kind, value) => panic!("{name} is {kind:?}, not {value}"),
        };
    }
    feature
}

/// Puts a present use over all of the parcel's surroundings.
fn map_current(code: &str, features: &mut BTreeMap<&str, Vec<Feature>>) {
    let book = &ATLAS.book;
    let (id, field) = book.parts.current_use.as_ref().unwrap();
    let layer = &ATLAS.layers[id];
    let mut spot = plain(layer, shape("rect -3000 -3000 6000 6000"));
    let (place, _) = layer.field(field).unwrap();
    spot.values[place] = Value::Text(code.into());
    let id = ATLAS.layers.get_key_value(id).unwrap().0.as_str();
    features.entry(id).or_default().push(spot);
}
