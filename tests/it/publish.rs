//! The privacy wall, for every form and audience: what comes through it and what does not.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use geo_types::{Geometry, Point, polygon};
use jiff::civil::date;
use onemap::geom::BBox;
use onemap::layer::{
    Generalise, Grid, Identity, Layer, PartOf, PrecisionRule, PublicForm, Sampling, SensitivityRow,
    Series, Shape, TaxonList, Visibility,
};
use onemap::model::{
    Area, Audience, Coverage, Exact, Feature, FeatureId, FieldType, LayerId, Period, Value,
};
use onemap::publish::{Form, GENERALISATIONS_FIELD, Uses, form, publish, view};

use crate::support::layer;

const AUDIENCES: [Audience; 2] = [Audience::Public, Audience::Department];

const FORMS: [PublicForm; 4] = [
    PublicForm::Full,
    PublicForm::Generalised,
    PublicForm::Existence,
    PublicForm::None,
];

/// Records of plants: a name anyone may see, the observer for departments, a remark for nobody.
fn plants(public_form: PublicForm) -> Layer {
    let mut plants = layer(
        "plants",
        Some(Shape::Point),
        &[
            ("taxon", FieldType::Text),
            ("observer", FieldType::Text),
            ("remark", FieldType::Text),
            ("accuracy_m", FieldType::Number),
            ("day", FieldType::Date),
            ("stage", FieldType::Text),
        ],
    );
    plants.fields[1].visibility = Visibility::Department;
    plants.fields[2].visibility = Visibility::Internal;
    plants.precision = PrecisionRule::Field(3);
    plants.public_form = public_form;
    if public_form == PublicForm::Generalised {
        plants.generalise = Some(Generalise::Taxa {
            list: Arc::new(sensitive()),
            taxon: 0,
            life_stage: Some(5),
            date: Some(4),
            withhold: vec![5],
        });
    }
    plants
}

/// An orchid is shown coarsely while it flowers, a lily by how it is found, a ginseng never.
fn sensitive() -> TaxonList {
    let row = |life_stage: Option<&str>, months: &[i8], grid| SensitivityRow {
        life_stage: life_stage.map(str::to_owned),
        months: months.to_vec(),
        grid,
    };
    let taxa = [
        (
            "Orchis",
            vec![
                row(None, &[], Grid::Degrees(0.01)),
                row(None, &[4, 5], Grid::Degrees(0.1)),
            ],
        ),
        (
            "Lilium",
            vec![
                row(None, &[], Grid::Degrees(0.001)),
                row(Some("seed"), &[], Grid::Degrees(1.0)),
            ],
        ),
        ("Panax", vec![row(None, &[], Grid::Withheld)]),
    ];
    TaxonList {
        path: PathBuf::from("sensitive.csv"),
        taxa: taxa.map(|(name, rows)| (name.to_owned(), rows)).into(),
        strictest: Grid::Withheld,
    }
}

const HOME: (f64, f64) = (116.443_21, 39.921_34);

fn record(taxon: Value, day: Value, stage: Value) -> Exact<Feature> {
    Exact::new(Feature {
        id: FeatureId(7).into(),
        identity: "register-no-4711".into(),
        geometry: Some(Geometry::Point(Point::new(HOME.0, HOME.1))),
        values: vec![
            taxon,
            text("Li"),
            text("under the third pine"),
            Value::Number(20.0),
            day,
            stage,
        ],
        precision_m: Some(20.0),
        valid: Period::default(),
    })
}

fn text(words: &str) -> Value {
    Value::Text(words.into())
}

fn orchid(month: i8) -> Exact<Feature> {
    record(
        text("Orchis"),
        Value::Date(date(2025, month, 9)),
        Value::Null,
    )
}

fn surveyed() -> Coverage {
    let square = polygon![(x: 116.0, y: 39.0), (x: 117.0, y: 39.0), (x: 117.0, y: 40.0), (x: 116.0, y: 39.0)];
    Coverage {
        areas: vec![Area {
            polygons: vec![square].into(),
            surveyed: "2025".to_owned(),
        }],
    }
}

/// The published values, by the name of the view's field.
fn by_name(layer: &Layer, audience: Audience, feature: &Feature) -> BTreeMap<String, Value> {
    let view = view(layer, audience, None).unwrap();
    assert_eq!(view.fields.len(), feature.values.len());
    let names = view.fields.into_iter().map(|field| field.name);
    names.zip(feature.values.iter().cloned()).collect()
}

fn seen(layer: &Layer, audience: Audience, feature: Exact<Feature>) -> Feature {
    let published = publish(layer, audience, feature).unwrap();
    assert_eq!(published.audience(), audience);
    published.into_inner()
}

#[test]
fn each_audience_has_each_layer_in_the_form_that_is_declared() {
    let public = FORMS.map(|of| form(&plants(of), Audience::Public));
    assert_eq!(
        public,
        [
            Some(Form::Full),
            Some(Form::Generalised),
            Some(Form::Existence),
            None
        ]
    );
    for of in FORMS {
        assert_eq!(form(&plants(of), Audience::Department), Some(Form::Full));
    }
}

#[test]
fn an_internal_field_is_published_to_nobody_in_no_form() {
    for of in FORMS {
        for audience in AUDIENCES {
            let layer = plants(of);
            let told = format!(
                "{:?} {:?}",
                view(&layer, audience, Some(&surveyed())),
                publish(&layer, audience, orchid(9))
            );
            for secret in ["remark", "third pine", "register-no-4711"] {
                assert!(
                    !told.contains(secret),
                    "{of:?} {audience:?} tells {secret}: {told}"
                );
            }
            let department = audience == Audience::Department;
            assert_eq!(told.contains("\"Li\""), department, "{of:?} {audience:?}");
            assert_eq!(told.contains("observer"), department, "{of:?} {audience:?}");
        }
    }
}

#[test]
fn in_full_a_feature_keeps_its_place_its_number_and_every_field_that_may_be_seen() {
    let layer = plants(PublicForm::Full);
    let feature = seen(&layer, Audience::Public, orchid(5));
    assert_eq!(feature.id, Some(FeatureId(7)));
    assert_eq!(
        feature.geometry,
        Some(Geometry::Point(Point::new(HOME.0, HOME.1)))
    );
    assert_eq!(feature.precision_m, Some(20.0));
    let values = by_name(&layer, Audience::Public, &feature);
    assert_eq!(
        values.keys().map(String::as_str).collect::<Vec<_>>(),
        ["accuracy_m", "day", "stage", "taxon"]
    );
    assert_eq!(values["accuracy_m"], Value::Number(20.0));
}

#[test]
fn a_generalised_place_is_the_middle_of_its_cell_with_an_uncertainty_that_covers_both() {
    let layer = plants(PublicForm::Generalised);
    let feature = seen(&layer, Audience::Public, orchid(9));
    let Some(Geometry::Point(at)) = feature.geometry else {
        panic!("no point: {feature:?}")
    };
    assert!(
        (at.x() - 116.445).abs() < 1e-9 && (at.y() - 39.925).abs() < 1e-9,
        "{at:?}"
    );
    // Half the diagonal of 0.01° at 39.92° N: 427 m east by 555 m north, 700 m; and the 20 m before.
    let metres = feature.precision_m.unwrap();
    assert!((718.0..=724.0).contains(&metres), "{metres}");
    assert_eq!(metres.to_bits(), metres.ceil().to_bits());
    let values = by_name(&layer, Audience::Public, &feature);
    assert_eq!(values["accuracy_m"], Value::Number(metres));
    let Value::Text(said) = &values[GENERALISATIONS_FIELD] else {
        panic!("nothing said")
    };
    assert!(said.contains("0.01"), "{said}");

    let exact = seen(&layer, Audience::Department, orchid(9));
    assert_eq!(
        exact.geometry,
        Some(Geometry::Point(Point::new(HOME.0, HOME.1)))
    );
    assert_eq!(exact.precision_m, Some(20.0));
    assert!(
        !by_name(&layer, Audience::Department, &exact).contains_key(GENERALISATIONS_FIELD),
        "nothing was generalised for the department"
    );
}

#[test]
fn wherever_in_a_cell_a_record_lies_the_public_sees_the_same() {
    let layer = plants(PublicForm::Generalised);
    let all: Vec<Feature> = [(116.440_1, 39.920_1), (116.449_9, 39.929_9), HOME]
        .into_iter()
        .map(|(x, y)| {
            let mut feature = orchid(9).into_inner();
            feature.geometry = Some(Geometry::Point(Point::new(x, y)));
            seen(&layer, Audience::Public, Exact::new(feature))
        })
        .collect();
    assert!(all.windows(2).all(|two| two[0] == two[1]), "{all:?}");
}

#[test]
fn a_record_on_a_coarse_grid_comes_without_what_its_neighbours_in_time_would_tell() {
    let mut layer = plants(PublicForm::Generalised);
    (layer.valid_from, layer.valid_to) = (Some(4), Some(4));
    layer.fields[4].required = true;
    let day = date(2025, 9, 9);
    let of = |taxon: &str, stage: Value| {
        let mut feature = record(text(taxon), Value::Date(day), stage).into_inner();
        (feature.valid.from, feature.valid.to) = (Some(day), Some(day));
        seen(&layer, Audience::Public, Exact::new(feature))
    };
    let coarse = of("Orchis", text("flower"));
    let values = by_name(&layer, Audience::Public, &coarse);
    assert_eq!(
        (&values["day"], &values["stage"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(coarse.valid, Period::default());
    // Nor does what is told of it tell whether there was anything to lose.
    assert_eq!(coarse, of("Orchis", Value::Null));
    let said = values[GENERALISATIONS_FIELD].to_plain_text();
    assert!(said.contains("day") && said.contains("stage"), "{said}");

    let fine = of("Lilium", text("flower"));
    let values = by_name(&layer, Audience::Public, &fine);
    assert_eq!(values["day"], Value::Date(day));
    assert_eq!(fine.valid.from, Some(day));
    let required = |audience| view(&layer, audience, None).unwrap().fields[2].required;
    assert!(!required(Audience::Public), "some records lack it");

    // With one grid for all, neighbours in time are no better placed; a parent elsewhere may be.
    layer.generalise = Some(Generalise::Grid(0.01));
    layer.part_of = Some(PartOf {
        layer: LayerId::parse("meadows").unwrap(),
        field: 5,
        form: PublicForm::Full,
        identity: Visibility::Public,
    });
    let tied = seen(&layer, Audience::Public, orchid(9));
    let values = by_name(&layer, Audience::Public, &tied);
    assert_ne!(values["day"], Value::Null);
    assert_eq!(values["stage"], Value::Null);
}

#[test]
fn an_area_or_a_line_is_generalised_to_one_point_and_tells_nothing_of_its_outline() {
    let mut layer = plants(PublicForm::Generalised);
    layer.shape = Some(Shape::Polygon);
    let mut feature = orchid(9).into_inner();
    let square = polygon![(x: 116.442, y: 39.922), (x: 116.444, y: 39.922), (x: 116.444, y: 39.924), (x: 116.442, y: 39.922)];
    feature.geometry = Some(Geometry::Polygon(square));
    let published = seen(&layer, Audience::Public, Exact::new(feature));
    assert!(
        matches!(published.geometry, Some(Geometry::Point(_))),
        "{published:?}"
    );
    let bounds = BBox::of(published.geometry.as_ref().unwrap()).unwrap();
    assert!((bounds.west - 116.445).abs() < 1e-9, "{bounds:?}");
}

#[test]
fn what_is_not_known_of_a_record_is_taken_as_the_strictest() {
    let layer = plants(PublicForm::Generalised);
    let step = |taxon: Value, day: Value, stage: Value| {
        let published = publish(&layer, Audience::Public, record(taxon, day, stage))?;
        let values = by_name(&layer, Audience::Public, published.get());
        let said = values[GENERALISATIONS_FIELD].to_plain_text();
        let digits = |c: char| c.is_ascii_digit() || c == '.';
        let number = said.split(|c| !digits(c)).find(|part| !part.is_empty());
        Some(number.unwrap().parse::<f64>().unwrap())
    };
    let may = || Value::Date(date(2025, 5, 1));
    let september = || Value::Date(date(2025, 9, 1));
    assert_eq!(step(text("Orchis"), september(), Value::Null), Some(0.01));
    assert_eq!(step(text("Orchis"), may(), Value::Null), Some(0.1));
    assert_eq!(step(text("Orchis"), Value::Null, Value::Null), Some(0.1));
    assert_eq!(step(text("Lilium"), may(), text("flower")), Some(0.001));
    assert_eq!(step(text("Lilium"), may(), text("seed")), Some(1.0));
    assert_eq!(step(text("Lilium"), may(), Value::Null), Some(1.0));
    assert_eq!(step(text("Panax"), may(), text("flower")), None);
    assert_eq!(step(text("Quercus"), may(), text("flower")), None);
    assert_eq!(step(Value::Null, may(), text("flower")), None);
}

#[test]
fn a_generalised_layer_without_a_rule_lets_nothing_through() {
    let mut layer = plants(PublicForm::Generalised);
    layer.generalise = None;
    assert_eq!(publish(&layer, Audience::Public, orchid(9)), None);
    assert!(publish(&layer, Audience::Department, orchid(9)).is_some());
}

#[test]
fn of_a_layer_whose_existence_alone_is_public_nothing_else_is() {
    let mut layer = plants(PublicForm::Existence);
    layer.style = vec![serde_json::json!({"id": "dot", "type": "circle"})];
    assert_eq!(publish(&layer, Audience::Public, orchid(9)), None);
    let named = view(&layer, Audience::Public, Some(&surveyed())).unwrap();
    assert_eq!(named.form, Form::Existence);
    assert_eq!(named.title, layer.title);
    assert!(named.fields.is_empty() && named.style.is_empty());
    assert_eq!(named.coverage, None);
    assert_eq!(named.provenance.updated, "");
    let whole = view(&layer, Audience::Department, Some(&surveyed())).unwrap();
    assert_eq!(whole.coverage, Some(surveyed()));
    assert_eq!((whole.fields.len(), whole.style.len()), (5, 1));
}

#[test]
fn what_the_fields_are_for_is_told_as_far_as_they_are_seen() {
    let mut layer = plants(PublicForm::Full);
    layer.identity = Identity::Fields(vec![0, 4]);
    layer.label = Some(0);
    layer.valid_from = Some(4);
    layer.series = Some(Series {
        time: 4,
        values: vec![3, 2],
    });
    layer.sampling = Some(Sampling {
        date: Some(4),
        depth: Some([3, 5]),
    });
    layer.fields[3].analyte = Some("Cd".to_owned());
    let part_of = PartOf {
        layer: LayerId::parse("meadows").unwrap(),
        field: 5,
        form: PublicForm::Full,
        identity: Visibility::Public,
    };
    layer.part_of = Some(part_of.clone());
    let uses = |layer: &Layer, audience| view(layer, audience, None).unwrap().uses;
    let public = uses(&layer, Audience::Public);
    let all = Uses {
        label: Some(0),
        identity: Some(vec![0, 2]),
        part_of: Some((part_of.layer.clone(), 3)),
        // The remark is for nobody.
        series: Some(Series {
            time: 2,
            values: vec![1],
        }),
        sampling: Some(Sampling {
            date: Some(2),
            depth: Some([1, 3]),
        }),
        temporal: true,
    };
    assert_eq!(public, all);
    let fields = view(&layer, Audience::Public, None).unwrap().fields;
    let analytes: Vec<Option<&str>> = fields.iter().map(|f| f.analyte.as_deref()).collect();
    assert_eq!(analytes, [None, Some("Cd"), None, None]);

    for hidden in [0, 3, 4, 5] {
        layer.fields[hidden].visibility = Visibility::Department;
    }
    assert_eq!(uses(&layer, Audience::Public), Uses::default());
    let department = uses(&layer, Audience::Department);
    assert_eq!(
        (department.label, department.identity),
        (Some(0), Some(vec![0, 3]))
    );
    assert!(department.temporal && department.part_of.is_some());
    let existence = Uses::default();
    layer.public_form = PublicForm::Existence;
    assert_eq!(uses(&layer, Audience::Public), existence);
}

#[test]
fn a_layer_that_an_audience_cannot_follow_to_is_not_told() {
    let mut layer = plants(PublicForm::Full);
    for (form, identity, followed) in [
        (PublicForm::Full, Visibility::Public, [true, true]),
        (PublicForm::Generalised, Visibility::Public, [true, true]),
        (PublicForm::Full, Visibility::Department, [false, true]),
        (PublicForm::Existence, Visibility::Public, [false, true]),
        (PublicForm::None, Visibility::Public, [false, true]),
        (PublicForm::Full, Visibility::Internal, [false, false]),
    ] {
        layer.part_of = Some(PartOf {
            layer: LayerId::parse("meadows").unwrap(),
            field: 0,
            form,
            identity,
        });
        let told = AUDIENCES.map(|audience| {
            let view = view(&layer, audience, None).unwrap();
            format!("{view:?}").contains("meadows")
        });
        assert_eq!(told, followed, "{form:?} {identity:?}");
    }
}

#[test]
fn a_layer_that_is_not_named_does_not_exist_for_the_public() {
    let layer = plants(PublicForm::None);
    assert!(view(&layer, Audience::Public, Some(&surveyed())).is_none());
    assert_eq!(publish(&layer, Audience::Public, orchid(9)), None);
    assert!(publish(&layer, Audience::Department, orchid(9)).is_some());
}

#[test]
fn what_is_drawn_from_a_hidden_field_is_hidden_with_it() {
    let mut layer = plants(PublicForm::Full);
    layer.fields[3].visibility = Visibility::Department;
    layer.fields[4].visibility = Visibility::Internal;
    layer.valid_from = Some(4);
    let mut feature = orchid(9).into_inner();
    feature.valid.from = Some(date(2025, 9, 9));
    let public = seen(&layer, Audience::Public, Exact::new(feature.clone()));
    assert_eq!((public.precision_m, public.valid.from), (None, None));
    let department = seen(&layer, Audience::Department, Exact::new(feature.clone()));
    assert_eq!(
        (department.precision_m, department.valid.from),
        (Some(20.0), None)
    );
    layer.fields[4].visibility = Visibility::Public;
    let told = seen(&layer, Audience::Public, Exact::new(feature));
    assert_eq!(told.valid.from, Some(date(2025, 9, 9)));
}
