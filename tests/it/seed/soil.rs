//! The demonstration soil data.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::ControlFlow;
use std::sync::Arc;

use geo::BooleanOps as _;
use geo_types::{MultiPolygon, Point};
use onemap::geom::{Geometry, geodesic};
use onemap::layer::{self, Accepted, Layer, Taker};
use onemap::model::{Feature, Value};
use onemap::source::Diagnostic;

use super::{atlas, root, stored};

/// What an import would store of a layer.
#[derive(Debug)]
struct Stored {
    layer: Arc<Layer>,
    features: Vec<Feature>,
}

impl Taker for Stored {
    fn opened(&mut self, _: Option<u64>) {}

    fn row(&mut self, row: Result<Accepted, Vec<Diagnostic>>) -> ControlFlow<()> {
        self.features
            .extend(row.ok().map(|accepted| accepted.feature.into_inner()));
        ControlFlow::Continue(())
    }

    fn aside(&mut self, _: &str, _: Diagnostic) {}
}

impl Stored {
    fn of(id: &str) -> Self {
        let (atlas, zone, territory) = atlas();
        let layer = atlas
            .layers
            .values()
            .find(|layer| layer.id.as_str() == id)
            .unwrap()
            .clone();
        let mut stored = Self {
            layer: Arc::clone(&layer),
            features: Vec::new(),
        };
        layer::read(&layer, &zone, Some(&territory), &mut stored).unwrap();
        stored
    }

    fn value<'f>(&self, feature: &'f Feature, field: &str) -> &'f Value {
        &feature.values[self.layer.field(field).unwrap().0]
    }

    fn text<'f>(&self, feature: &'f Feature, field: &str) -> Option<&'f str> {
        match self.value(feature, field) {
            Value::Text(text) => Some(text),
            Value::Null => None,
            other => panic!("{field} is {other:?}"),
        }
    }

    fn number(&self, feature: &Feature, field: &str) -> Option<f64> {
        match self.value(feature, field) {
            Value::Number(number) => Some(*number),
            Value::Null | Value::BelowDetection(_) => None,
            other => panic!("{field} is {other:?}"),
        }
    }

    fn texts(&self, field: &str) -> BTreeSet<&str> {
        self.features
            .iter()
            .filter_map(|feature| self.text(feature, field))
            .collect()
    }
}

fn point(feature: &Feature) -> Point {
    match feature.geometry {
        Some(Geometry::Point(at)) => at,
        ref other => panic!("{other:?}"),
    }
}

fn area_m2(feature: &Feature) -> f64 {
    geodesic::area_m2(feature.geometry.as_ref().unwrap())
}

#[test]
fn the_layers_of_soil_are_as_dense_as_they_are_meant_to_be() {
    let stored = stored("soil");
    let meant = BTreeMap::from([
        ("farmland-classes", 20..2_000),
        ("non-point-sources", 60..320),
        ("pollution-sites", 300..500),
        ("regulated-enterprises", 40..70),
        ("risk-control-list", 22..28),
        ("soil-samples", 3_000..5_000),
        ("soil-survey-points", 150..300),
        ("unused-land", 30..1_500),
        ("waste-facilities", 40..60),
    ]);
    assert_eq!(
        stored.keys().collect::<Vec<_>>(),
        meant.keys().collect::<Vec<_>>()
    );
    for (id, count) in &stored {
        assert!(meant[id.as_str()].contains(count), "{id}: {count}");
    }
}

#[test]
fn the_files_of_soil_stay_small() {
    let bytes: u64 = super::files(&root().join("seeds/soil"))
        .values()
        .map(|bytes| bytes.len() as u64)
        .sum();
    assert!(bytes < 3_000_000, "{bytes} bytes");
}

#[test]
fn one_outline_of_the_risk_control_list_is_told_apart_because_it_is_not_closed() {
    let (_, all) = super::outcomes();
    assert_eq!(all["risk-control-list"].asides, 1);
}

/// A CSV file's rows, by the names of its columns.
fn rows(path: &str) -> Vec<BTreeMap<String, String>> {
    let bytes = fs::read(root().join(path)).unwrap();
    let mut reader = csv::ReaderBuilder::new().from_reader(bytes.as_slice());
    reader.deserialize().map(Result::unwrap).collect()
}

#[test]
fn every_samples_point_was_surveyed_but_for_the_two_that_are_listed_as_faults() {
    let points: BTreeSet<String> = rows("seeds/soil/sampling-points.csv")
        .into_iter()
        .map(|row| row["point_id"].clone())
        .collect();
    let samples = rows("seeds/soil/soil-samples.csv");
    let lost: Vec<&str> = samples
        .iter()
        .map(|row| row["point_id"].as_str())
        .filter(|id| !points.contains(*id))
        .collect();
    assert_eq!(lost, ["P9990", "P9991"]);
    let used: BTreeSet<&String> = samples.iter().map(|row| &row["point_id"]).collect();
    assert!(points.iter().all(|point| used.contains(point)));
}

#[test]
fn the_site_of_every_sample_is_in_the_register_and_near() {
    let (sites, samples) = (Stored::of("pollution-sites"), Stored::of("soil-samples"));
    let by_id: BTreeMap<&str, Point> = sites
        .features
        .iter()
        .filter_map(|site| Some((sites.text(site, "site_id")?, point(site))))
        .collect();
    let mut of_sites = 0;
    for sample in &samples.features {
        let surveyed = samples.text(sample, "purpose") == Some("site-survey");
        let site = samples.text(sample, "site_id");
        assert_eq!(site.is_some(), surveyed);
        if let Some(site) = site {
            let (at, from) = (point(sample), by_id[site]);
            let apart = geodesic::distance_m(at.x_y(), from.x_y());
            assert!(apart < 200.0, "{site}: {apart} m");
            of_sites += 1;
        }
    }
    assert!(of_sites * 2 > samples.features.len(), "{of_sites}");
}

/// Screening values of GB 36600-2018 for land of the first class; mercury in µg/kg, the others in
/// mg/kg.
const FIRST_CLASS: [(&str, f64); 9] = [
    ("as", 20.0),
    ("cd", 20.0),
    ("cr6", 3.0),
    ("cu", 2_000.0),
    ("pb", 400.0),
    ("hg", 8_000.0),
    ("ni", 150.0),
    ("bap", 0.55),
    ("tph", 826.0),
];

#[test]
fn some_samples_exceed_screening_values_but_most_do_not() {
    let samples = Stored::of("soil-samples");
    let above = |sample: &Feature| {
        FIRST_CLASS
            .iter()
            .any(|(field, value)| samples.number(sample, field).is_some_and(|n| n > *value))
    };
    let all = samples.features.len();
    let exceeding: Vec<&Feature> = samples.features.iter().filter(|s| above(s)).collect();
    assert!(exceeding.len() > 60, "{} of {all}", exceeding.len());
    assert!(exceeding.len() * 10 < all, "{} of {all}", exceeding.len());
    for (field, value) in FIRST_CLASS {
        let found = exceeding
            .iter()
            .filter(|s| samples.number(s, field).is_some_and(|n| n > value))
            .count();
        assert!(found > 0, "{field} is nowhere above {value}");
    }
    // Most of it beside sites; some arsenic is there by nature, deep, where nobody left any.
    let sites: Vec<(f64, f64)> = Stored::of("pollution-sites")
        .features
        .iter()
        .map(|site| point(site).x_y())
        .collect();
    let near = |sample: &Feature| {
        let at = point(sample).x_y();
        sites
            .iter()
            .any(|site| geodesic::distance_m(*site, at) < 300.0)
    };
    let natural: Vec<&&Feature> = exceeding
        .iter()
        .filter(|s| samples.text(s, "purpose") == Some("background") && !near(s))
        .collect();
    assert!(!natural.is_empty());
    assert!(natural.len() * 3 < exceeding.len(), "{}", natural.len());
    for sample in natural {
        assert!(samples.number(sample, "as") > Some(20.0), "{sample:?}");
        assert!(
            samples.number(sample, "depth_top_m") > Some(1.0),
            "{sample:?}"
        );
    }
}

#[test]
fn the_background_lies_about_what_is_published_for_beijing() {
    // Chen Tongbin et al. 2004; mercury (µg/kg) Yang Jun et al. 2005.
    let published = [
        ("as", 7.09),
        ("cr", 29.8),
        ("cu", 18.7),
        ("hg", 57.6),
        ("ni", 26.8),
        ("pb", 24.6),
        ("zn", 57.5),
    ];
    let samples = Stored::of("soil-samples");
    for (field, value) in published {
        let mut found: Vec<f64> = samples
            .features
            .iter()
            .filter(|s| samples.text(s, "purpose") == Some("background"))
            .filter(|s| samples.number(s, "depth_top_m") == Some(0.0))
            .filter_map(|s| samples.number(s, field))
            .collect();
        found.sort_by(f64::total_cmp);
        let median = found[found.len() / 2];
        assert!((median / value - 1.0).abs() < 0.12, "{field}: {median}");
    }
}

#[test]
fn some_results_lie_below_limits_of_detection_that_differ_between_laboratories() {
    let samples = Stored::of("soil-samples");
    for field in ["cd", "cr6", "bap", "tph"] {
        let limits: BTreeSet<String> = samples
            .features
            .iter()
            .filter_map(|s| match samples.value(s, field) {
                Value::BelowDetection(limit) => Some(limit.to_string()),
                _ => None,
            })
            .collect();
        assert_eq!(limits.len(), 2, "{field}: {limits:?}");
    }
}

#[test]
fn farmland_is_of_the_first_class_alone_and_every_field_of_the_district_was_looked_at() {
    let farmland = Stored::of("farmland-classes");
    assert_eq!(farmland.texts("class"), BTreeSet::from(["priority"]));
    // The layer knows the other two: that they are not there was found.
    let codes = farmland
        .layer
        .field("class")
        .unwrap()
        .1
        .codes
        .as_ref()
        .unwrap();
    for code in ["priority", "safe-use", "strict-control"] {
        assert!(codes.words(code).is_some(), "{code}");
    }
    let coverage = layer::coverage(farmland.layer.coverage.as_ref().unwrap()).unwrap();
    let covered = MultiPolygon(
        coverage
            .0
            .areas
            .into_iter()
            .flat_map(|a| a.polygons)
            .collect(),
    );
    let Some(Geometry::MultiPolygon(district)) =
        Stored::of("district-boundary").features.remove(0).geometry
    else {
        panic!("the district has parts");
    };
    let whole = geodesic::area_m2(&Geometry::MultiPolygon(district.clone()));
    let missed = geodesic::area_m2(&Geometry::MultiPolygon(district.difference(&covered)));
    assert!(
        missed < 100.0,
        "{missed} m² of {whole} m² were not looked at"
    );
    let beyond = geodesic::area_m2(&Geometry::MultiPolygon(covered.difference(&district)));
    assert!(
        beyond < whole * 0.005,
        "{beyond} m² lie outside the district"
    );
    // And every arable parcel is a unit of it.
    let parcels = Stored::of("parcels");
    let arable: f64 = parcels
        .features
        .iter()
        .filter(|p| {
            parcels
                .text(p, "current_use")
                .is_some_and(|u| u.starts_with("01"))
        })
        .map(area_m2)
        .sum();
    let classed: f64 = farmland.features.iter().map(area_m2).sum();
    assert!(
        (classed / arable - 1.0).abs() < 1e-5,
        "{classed} of {arable} m²"
    );
}

#[test]
fn no_field_was_found_above_the_screening_values_for_farmland() {
    // GB 15618-2018, land other than paddies and orchards, the strictest of all bands of pH; mercury
    // in µg/kg, the others in mg/kg.
    let limits = [
        ("as", 25.0),
        ("cd", 0.3),
        ("cr", 150.0),
        ("cu", 50.0),
        ("hg", 1_300.0),
        ("ni", 60.0),
        ("pb", 70.0),
        ("zn", 200.0),
    ];
    let samples = Stored::of("soil-samples");
    let mut fields = 0;
    for sample in &samples.features {
        if samples.text(sample, "purpose") != Some("farmland") {
            continue;
        }
        fields += 1;
        for (field, limit) in limits {
            let found = samples.number(sample, field);
            assert!(found.is_none_or(|n| n <= limit), "{field}: {found:?}");
        }
    }
    assert!(fields > 20, "{fields}");
}

#[test]
fn every_name_says_that_it_is_made_up() {
    let names = [
        ("farmland-classes", &["name"][..]),
        ("non-point-sources", &["name", "holder"]),
        ("pollution-sites", &["name", "operator"]),
        ("regulated-enterprises", &["name", "contact"]),
        ("risk-control-list", &["name", "liable_party"]),
        ("soil-samples", &["laboratory"]),
        ("soil-survey-points", &["surveyor"]),
        ("unused-land", &["name"]),
        ("waste-facilities", &["name", "licence_no", "contact"]),
    ];
    let layers: BTreeSet<String> = stored("soil").into_keys().collect();
    assert_eq!(
        layers,
        names.iter().map(|(id, _)| (*id).to_owned()).collect()
    );
    for (id, fields) in names {
        let layer = Stored::of(id);
        for field in fields {
            let texts = layer.texts(field);
            assert!(!texts.is_empty(), "{id} {field}");
            for text in texts {
                assert!(text.starts_with("演示"), "{id} {field}: {text}");
            }
        }
    }
}

#[test]
fn what_has_a_period_begins_before_it_ends() {
    let mut ended = 0;
    for id in [
        "non-point-sources",
        "pollution-sites",
        "regulated-enterprises",
        "risk-control-list",
        "waste-facilities",
    ] {
        for feature in Stored::of(id).features {
            if let (Some(from), Some(to)) = (feature.valid.from, feature.valid.to) {
                assert!(from < to, "{id} {}: {from} to {to}", feature.identity);
                ended += 1;
            }
        }
    }
    assert!(ended > 100, "{ended}");
}

#[test]
fn no_listed_parcel_is_a_regulated_enterprise_and_each_has_its_site() {
    let (list, works) = (
        Stored::of("risk-control-list"),
        Stored::of("regulated-enterprises"),
    );
    let sites = Stored::of("pollution-sites");
    for parcel in &list.features {
        let Some(Geometry::Polygon(outline)) = &parcel.geometry else {
            panic!("{parcel:?}");
        };
        let here = |at: &Point| geo::Contains::contains(outline, at);
        let found = sites
            .features
            .iter()
            .filter(|site| here(&point(site)))
            .count();
        assert!(found > 0, "{} has no site", parcel.identity);
        for enterprise in &works.features {
            let Some(Geometry::Polygon(land)) = &enterprise.geometry else {
                panic!("{enterprise:?}");
            };
            let middle = geo::InteriorPoint::interior_point(land).unwrap();
            assert!(
                !here(&middle),
                "{} {}",
                parcel.identity,
                enterprise.identity
            );
        }
    }
}
