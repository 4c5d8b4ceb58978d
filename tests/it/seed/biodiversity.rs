//! The demonstration biodiversity data: surveys and what they found.

mod wall;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use geo_types::Point;
use onemap::geom::Geometry;
use onemap::layer::{self, Accepted, Generalise, Grid, Layer, Taker, TaxonList};
use onemap::model::{Feature, Value};
use onemap::source::Diagnostic;

use super::{atlas, stored};

/// What an import would store of a layer.
struct Table {
    layer: Arc<Layer>,
    rows: Vec<Row>,
}

/// A stored row: the feature, and its values as texts by the names of their fields.
struct Row {
    feature: Feature,
    texts: BTreeMap<String, String>,
}

impl Row {
    fn text(&self, field: &str) -> &str {
        &self.texts[field]
    }

    fn point(&self) -> Point {
        match self.feature.geometry {
            Some(Geometry::Point(at)) => at,
            ref other => panic!("{other:?}"),
        }
    }
}

impl Taker for Table {
    fn opened(&mut self, _: Option<u64>) {}

    fn row(&mut self, row: Result<Accepted, Vec<Diagnostic>>) -> ControlFlow<()> {
        if let Ok(accepted) = row {
            let feature = accepted.feature.into_inner();
            let names = self.layer.fields.iter().map(|field| field.name.clone());
            let values = feature.values.iter().map(Value::to_plain_text);
            let texts = names.zip(values).collect();
            self.rows.push(Row { feature, texts });
        }
        ControlFlow::Continue(())
    }

    fn aside(&mut self, _: &str, _: Diagnostic) {}
}

impl Table {
    fn of(id: &str) -> Self {
        let (atlas, zone, territory) = atlas();
        let found = atlas.layers.values().find(|layer| layer.id.as_str() == id);
        let mut table = Self {
            layer: Arc::clone(found.unwrap()),
            rows: Vec::new(),
        };
        let layer = Arc::clone(&table.layer);
        layer::read(&layer, &zone, Some(&territory), &mut table).unwrap();
        table
    }

    /// The rows by a field that no two share.
    fn by(&self, field: &str) -> BTreeMap<&str, &Row> {
        self.rows.iter().map(|row| (row.text(field), row)).collect()
    }
}

/// The sensitivity list of the occurrences.
fn sensitivity(occurrences: &Layer) -> Arc<TaxonList> {
    match &occurrences.generalise {
        Some(Generalise::Taxa { list, .. }) => Arc::clone(list),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_layers_of_biodiversity_are_as_dense_as_they_are_meant_to_be() {
    let meant = BTreeMap::from([
        ("biodiversity-parks", 4..8),
        ("genetic-resources", 60..120),
        ("invasive-records", 300..450),
        ("occurrences", 4_000..6_001),
        ("survey-events", 500..900),
        ("survey-sites", 30..50),
    ]);
    let stored = stored("biodiversity");
    assert_eq!(
        stored.keys().collect::<Vec<_>>(),
        meant.keys().collect::<Vec<_>>()
    );
    for (id, count) in &stored {
        assert!(meant[id.as_str()].contains(count), "{id}: {count}");
    }
}

#[test]
fn every_survey_has_its_site_and_every_record_its_survey() {
    let (sites, events) = (Table::of("survey-sites"), Table::of("survey-events"));
    let sites = sites.by("locationID");
    for event in &events.rows {
        let site = sites.get(event.text("locationID"));
        let site = site.unwrap_or_else(|| panic!("{}", event.text("eventID")));
        let day = event.text("eventDate");
        assert!(site.text("establishedOn") <= day);
        assert!(site.text("retiredOn").is_empty() || day <= site.text("retiredOn"));
    }
    let by_id = events.by("eventID");
    let occurrences = Table::of("occurrences");
    let mut linked = 0;
    for record in &occurrences.rows {
        if record.text("eventID").is_empty() {
            continue;
        }
        linked += 1;
        let event = by_id.get(record.text("eventID"));
        let event = event.unwrap_or_else(|| panic!("{}", record.text("occurrenceID")));
        assert_eq!(event.text("eventDate"), record.text("eventDate"));
        assert_eq!(event.text("targetTaxonGroup"), record.text("taxonGroup"));
    }
    assert!(
        (2_000..5_500).contains(&linked),
        "{linked} records of surveys"
    );
    let found: BTreeSet<&str> = occurrences.rows.iter().map(|r| r.text("eventID")).collect();
    let nothing = by_id.keys().filter(|id| !found.contains(*id)).count();
    assert!(
        (5..120).contains(&nothing),
        "{nothing} surveys without a record"
    );
}

#[test]
fn effort_differs_by_place_and_by_year() {
    let events = Table::of("survey-events");
    let count = |key: fn(&Row) -> String| {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for event in &events.rows {
            *counts.entry(key(event)).or_default() += 1;
        }
        counts
    };
    let by_year = count(|event| {
        event
            .text("eventDate")
            .split('-')
            .next()
            .unwrap()
            .to_owned()
    });
    let years: Vec<&str> = by_year.keys().map(String::as_str).collect();
    assert_eq!(years, ["2021", "2022", "2023", "2024", "2025"]);
    assert!(by_year["2024"] > 3 * by_year["2022"], "{by_year:?}");
    let by_site = count(|event| event.text("locationID").to_owned());
    let (least, most) = (by_site.values().min(), by_site.values().max());
    assert!(
        most.unwrap() >= &(8 * least.unwrap()),
        "{least:?} to {most:?}"
    );
    let protocols = count(|event| event.text("samplingProtocol").to_owned());
    assert_eq!(protocols.len(), 5, "{protocols:?}");
    // Each year has its own coverage, and what lies outside every site is not known.
    let (atlas, _, _) = atlas();
    let occurrences = atlas
        .layers
        .values()
        .find(|l| l.id.as_str() == "occurrences");
    let coverage = layer::coverage(occurrences.unwrap().coverage.as_ref().unwrap());
    let mut areas: BTreeMap<String, usize> = BTreeMap::new();
    for area in coverage.unwrap().0.areas {
        *areas.entry(area.surveyed).or_default() += 1;
    }
    assert_eq!(
        areas.keys().collect::<Vec<_>>(),
        by_year.keys().collect::<Vec<_>>()
    );
    assert!(areas["2024"] > areas["2022"], "{areas:?}");
}

#[test]
fn an_absence_is_noted_only_on_a_complete_checklist() {
    let (events, occurrences) = (Table::of("survey-events"), Table::of("occurrences"));
    let events = events.by("eventID");
    let (mut absent, mut noted) = (0, BTreeSet::new());
    for record in &occurrences.rows {
        let pair = (record.text("eventID"), record.text("scientificName"));
        let twice = !pair.0.is_empty() && !noted.insert(pair);
        assert!(!twice, "{pair:?} is noted twice");
        if record.text("occurrenceStatus") == "absent" {
            absent += 1;
            assert_eq!(record.text("individualCount"), "0");
            let event = events[record.text("eventID")];
            assert_eq!(event.text("isTaxonomicScopeFullyReported"), "true");
        }
    }
    assert!((300..3_000).contains(&absent), "{absent} absences");
}

#[test]
fn every_species_has_a_row_in_the_sensitivity_list() {
    let occurrences = Table::of("occurrences");
    let list = sensitivity(&occurrences.layer);
    let taxa: BTreeSet<&str> = occurrences
        .rows
        .iter()
        .map(|r| r.text("scientificName"))
        .collect();
    let unlisted: Vec<&&str> = taxa
        .iter()
        .filter(|t| !list.taxa.contains_key(**t))
        .collect();
    assert_eq!(unlisted, [&"Passer montanu"], "the misspelt one alone");
    assert!(taxa.len() > 150, "{} taxa", taxa.len());
    let rows = || list.taxa.values().flatten().map(|row| row.grid);
    for grid in [
        Grid::Degrees(0.001),
        Grid::Degrees(0.01),
        Grid::Degrees(0.1),
        Grid::Withheld,
    ] {
        assert!(rows().any(|of| of == grid), "{grid:?}");
    }
}

#[test]
fn the_first_record_of_an_invasive_species_is_its_earliest() {
    let records = Table::of("invasive-records");
    let mut earliest: BTreeMap<&str, &str> = BTreeMap::new();
    for record in &records.rows {
        let day = earliest
            .entry(record.text("scientificName"))
            .or_insert("9999");
        *day = (*day).min(record.text("eventDate"));
    }
    let mut firsts = BTreeSet::new();
    for record in records
        .rows
        .iter()
        .filter(|r| r.text("isFirstRecord") == "true")
    {
        let name = record.text("scientificName");
        assert!(firsts.insert(name), "{name} has two first records");
        assert_eq!(record.text("eventDate"), earliest[name], "{name}");
    }
    assert_eq!(firsts.len(), earliest.len());
}
