//! Worlds made by hand, and a server that shows them.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use geo_types::{Geometry, point, polygon};
use onemap::http::{self, Current, Face, Limits, Server, Settings};
use onemap::index::{DistrictView, Snapshot, World};
use onemap::layer::Book;
use onemap::layer::book::{ParcelLayer, Parts};
use onemap::layer::{Identity, Layer, PartOf, PointRule, PublicForm, Series, Shape, Visibility};
use onemap::model::{
    Area, Audience, Coverage, Exact, Feature, FeatureId, FieldType, LayerId, Period, Revision,
    Value,
};
use onemap::publish;
use onemap::text::Bilingual;

use crate::support;

/// A server on ports of its own, and what it shows.
pub(crate) struct House {
    pub(crate) public: SocketAddr,
    pub(crate) department: SocketAddr,
    pub(crate) public_world: Current,
    pub(crate) department_world: Current,
    server: Server,
}

impl House {
    /// Shows the worlds of revision 1.
    pub(crate) fn open() -> Self {
        Self::with(|_| {})
    }

    /// The same with other settings.
    pub(crate) fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let house = Self::empty(change);
        house.show(1);
        house
    }

    /// A server that has no world yet.
    pub(crate) fn empty(change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings {
            limits: Limits {
                work_threads: 2,
                ..Limits::default()
            },
            clock: || "2025-07-01T08:00:00Z".parse().unwrap(),
            ..Settings::default()
        };
        change(&mut settings);
        let (public_world, department_world) = (Current::default(), Current::default());
        let bind = || http::bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let (public, department) = (bind(), bind());
        let addresses = (
            public.local_addr().unwrap(),
            department.local_addr().unwrap(),
        );
        let face = |audience, listener, current: &Current| Face {
            audience,
            listener,
            current: Arc::clone(current),
        };
        let server = Server::start(
            vec![
                face(Audience::Public, public, &public_world),
                face(Audience::Department, department, &department_world),
            ],
            settings,
        );
        Self {
            public: addresses.0,
            department: addresses.1,
            public_world,
            department_world,
            server: server.unwrap(),
        }
    }

    /// Swaps in the worlds of a revision.
    pub(crate) fn show(&self, revision: i64) {
        self.public_world
            .store(Some(Arc::new(world(Audience::Public, revision))));
        self.department_world
            .store(Some(Arc::new(world(Audience::Department, revision))));
    }

    /// Stops the server.
    pub(crate) fn close(self) {
        self.server.stop().unwrap();
    }
}

/// What an audience sees at a revision. Every feature of `parcels` and `sites` carries the revision
/// as `rev`, so that an answer made from two can be told. What is hidden depends on it, too.
pub(crate) fn world(audience: Audience, revision: i64) -> World {
    world_of(audience, &layers(revision))
}

/// A layer with its features, as the authority knows them.
pub(crate) struct Given {
    pub(crate) layer: Layer,
    pub(crate) coverage: Option<Coverage>,
    pub(crate) features: Vec<Feature>,
}

/// What the demonstration goes by, asked about the layer `parcels` here.
pub(crate) fn book() -> Arc<Book> {
    static BOOK: OnceLock<Arc<Book>> = OnceLock::new();
    let made = BOOK.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let atlas = onemap::layer::load(root, &root.join("layers")).unwrap();
        let mut book = Book::clone(&atlas.book);
        book.parts = Parts {
            parcels: Some(ParcelLayer {
                layer: LayerId::parse("parcels").unwrap(),
                current_use: None,
                planned_use: None,
                area_m2: None,
            }),
            ..Parts::default()
        };
        book.default_profile = book.profiles.keys().next().cloned();
        Arc::new(book)
    });
    Arc::clone(made)
}

/// What an audience sees of these layers.
pub(crate) fn world_of(audience: Audience, given: &[Given]) -> World {
    let snapshots = given.iter().filter_map(|given| snapshot(audience, given));
    World {
        absent: std::collections::BTreeSet::new(),
        book: book(),
        audience,
        district: DistrictView {
            name: Bilingual {
                zh: "朝阳区".to_owned(),
                en: "Chaoyang".to_owned(),
            },
            code: Some("110105".to_owned()),
            map_review_number: "京S(2025)001号".to_owned(),
            publisher: Bilingual {
                zh: "生态环境局".to_owned(),
                en: "The bureau".to_owned(),
            },
            contact: Some("map@example.org".to_owned()),
            boundary: LayerId::parse("boundary").unwrap(),
            subdistricts: LayerId::parse("subdistricts").ok(),
            time_zone: jiff::tz::TimeZone::get("Asia/Shanghai").unwrap(),
        },
        revision: Revision(1),
        layers: snapshots
            .map(|s| (s.view().id.clone(), Arc::new(s)))
            .collect(),
    }
}

fn snapshot(audience: Audience, given: &Given) -> Option<Snapshot> {
    let view = publish::view(&given.layer, audience, given.coverage.as_ref())?;
    let features = given.features.iter().cloned();
    let features = features
        .filter_map(|feature| publish::publish(&given.layer, audience, Exact::new(feature)))
        .collect();
    Some(Snapshot::build(Arc::new(view), features))
}

/// The layers of a revision.
pub(crate) fn layers(revision: i64) -> Vec<Given> {
    vec![
        islands(),
        parcels(revision),
        samples(revision),
        hidden("secret", PublicForm::None, revision),
        sites(revision),
        hidden("wells", PublicForm::Existence, revision),
        works(revision),
    ]
}

pub(crate) fn feature(id: i64, geometry: Option<Geometry<f64>>, values: Vec<Value>) -> Feature {
    Feature {
        id: Some(FeatureId(id)),
        identity: id.to_string().into(),
        geometry,
        values,
        precision_m: Some(12.5),
        valid: Period {
            from: Some(jiff::civil::date(2020, 1, 31)),
            to: None,
        },
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

/// 60 points at 116.40–116.459 E, 39.9 N, with a field below detection, one for departments, and a
/// coverage.
fn sites(revision: i64) -> Given {
    let mut layer = support::layer(
        "sites",
        Some(Shape::Point),
        &[
            ("name", FieldType::Text),
            ("rev", FieldType::Integer),
            ("cadmium", FieldType::Number),
            ("owner", FieldType::Text),
        ],
    );
    layer.fields[0].required = true;
    layer.fields[2].unit = Some("mg/kg".to_owned());
    layer.fields[3].visibility = Visibility::Department;
    layer.label = Some(0);
    layer.identity = Identity::Fields(vec![0]);
    layer.title = Bilingual {
        zh: "污染源".to_owned(),
        en: "Sites".to_owned(),
    };
    let features = (0..60_i32).map(|n| {
        let cadmium = match n % 3 {
            0 => Value::BelowDetection(0.05),
            1 => Value::Number(0.25),
            _ => Value::Null,
        };
        let name = format!("site \"{n}\"");
        let at = point!(x: 116.4 + f64::from(n) / 1000.0, y: 39.9);
        let values = vec![
            text(&name),
            Value::Integer(revision),
            cadmium,
            text("the owner"),
        ];
        feature(i64::from(n) + 1, Some(at.into()), values)
    });
    let area = polygon![(x: 116.3, y: 39.8), (x: 116.5, y: 39.8), (x: 116.5, y: 40.0)];
    Given {
        layer,
        coverage: Some(Coverage {
            areas: vec![Area {
                polygons: area.into(),
                surveyed: "2025-06".to_owned(),
            }],
        }),
        features: features.collect(),
    }
}

/// 400 squares of 0.01° from 116.3 E, 39.8 N, served from zoom 8 to 16, with long notes: a page of
/// them is longer than what is written at once.
fn parcels(revision: i64) -> Given {
    let mut layer = support::layer(
        "parcels",
        Some(Shape::Polygon),
        &[("rev", FieldType::Integer), ("note", FieldType::Text)],
    );
    (
        layer.tiles.minzoom,
        layer.tiles.maxzoom,
        layer.tiles.cache_s,
    ) = (8, 16, 30);
    let features = (0..400_i32).map(|n| {
        let west = 116.3 + f64::from(n % 20) / 100.0;
        let south = 39.8 + f64::from(n / 20) / 100.0;
        let (east, north) = (west + 0.01, south + 0.01);
        // Drawn clockwise, which GeoJSON may not show.
        let square = polygon![
            (x: west, y: south), (x: west, y: north), (x: east, y: north), (x: east, y: south)
        ];
        let values = vec![Value::Integer(revision), text(&format!("{n:0>700}"))];
        feature(i64::from(n) + 1, Some(square.into()), values)
    });
    Given {
        layer,
        coverage: None,
        features: features.collect(),
    }
}

/// A table without geometry: values over time of the first site; when they ended is seen by departments alone.
/// What departments alone see of them depends on the revision.
fn samples(revision: i64) -> Given {
    let mut layer = support::layer(
        "samples",
        None,
        &[
            ("depth", FieldType::Number),
            ("site", FieldType::Text),
            ("taken", FieldType::Date),
            ("until", FieldType::Date),
            ("lead", FieldType::Integer),
        ],
    );
    layer.fields[3].visibility = Visibility::Department;
    layer.fields[4].visibility = Visibility::Department;
    (layer.valid_from, layer.valid_to) = (Some(2), Some(3));
    layer.part_of = Some(PartOf {
        layer: LayerId::parse("sites").unwrap(),
        field: 1,
        form: PublicForm::Full,
        identity: Visibility::Public,
    });
    layer.series = Some(Series {
        time: 2,
        values: vec![0, 4],
    });
    let features = (1..=3_i8).map(|n| {
        let year = 2020 + i16::from(n);
        let days = [
            jiff::civil::date(year, 2, n),
            jiff::civil::date(year, 5, last_day(revision)),
        ];
        let values = vec![
            Value::Number(0.2),
            text("site \"0\""),
            Value::Date(days[0]),
            Value::Date(days[1]),
            Value::Integer(revision),
        ];
        let mut sample = feature(i64::from(n), None, values);
        sample.valid = Period {
            from: Some(days[0]),
            to: Some(days[1]),
        };
        sample
    });
    Given {
        layer,
        coverage: None,
        features: features.collect(),
    }
}

/// A day of a month that tells the revision.
fn last_day(revision: i64) -> i8 {
    i8::try_from(revision % 28 + 1).unwrap()
}

/// Five works side by side, clustered, far from everything else: begun one a year from March 2020 on,
/// and ended in June of the same year, which departments alone see.
fn works(revision: i64) -> Given {
    let mut layer = support::layer(
        "works",
        Some(Shape::Point),
        &[("begun", FieldType::Date), ("ended", FieldType::Date)],
    );
    layer.fields[1].visibility = Visibility::Department;
    (layer.valid_from, layer.valid_to) = (Some(0), Some(1));
    layer.tiles.points = PointRule::Cluster;
    let features = (0..5_i16).map(|n| {
        let days = [
            jiff::civil::date(2020 + n, 3, 1),
            jiff::civil::date(2020 + n, 6, last_day(revision)),
        ];
        let at = point!(x: 113.2 + f64::from(n) / 10_000.0, y: 37.2);
        let values = days.map(Value::Date).to_vec();
        let mut work = feature(i64::from(n) + 1, Some(at.into()), values);
        work.valid = Period {
            from: Some(days[0]),
            to: Some(days[1]),
        };
        work
    });
    Given {
        layer,
        coverage: None,
        features: features.collect(),
    }
}

/// Points on both sides of the antimeridian, and a square that spans most of the world between.
fn islands() -> Given {
    let layer = support::layer(
        "islands",
        Some(Shape::Polygon),
        &[("name", FieldType::Text)],
    );
    let square = |id, west: f64, east: f64| {
        let shape = polygon![
            (x: west, y: -18.0), (x: east, y: -18.0), (x: east, y: -17.0), (x: west, y: -17.0)
        ];
        feature(id, Some(shape.into()), vec![text("island")])
    };
    let features = vec![
        square(1, 177.0, 178.0),
        square(2, -179.5, -179.0),
        square(3, 10.0, 20.0),
        square(4, -179.9, 179.9),
    ];
    Given {
        layer,
        coverage: None,
        features,
    }
}

/// A layer the public may not see; what it holds depends on the revision.
fn hidden(id: &str, form: PublicForm, revision: i64) -> Given {
    let mut layer = support::layer(id, Some(Shape::Point), &[("rev", FieldType::Integer)]);
    layer.public_form = form;
    let features = (1..=revision).map(|n| {
        let at = point!(x: 116.4, y: 39.9);
        feature(n, Some(at.into()), vec![Value::Integer(revision)])
    });
    Given {
        layer,
        coverage: Some(Coverage {
            areas: vec![Area {
                polygons: polygon![(x: 116.3, y: 39.8), (x: 116.5, y: 39.8), (x: 116.5, y: 40.0)]
                    .into(),
                surveyed: revision.to_string(),
            }],
        }),
        features: features.collect(),
    }
}
