//! No public field, and no join of public fields, tells the place of a record more closely than its
//! grid does.

use std::collections::{BTreeMap, BTreeSet};

use geo::{Contains as _, Intersects as _};
use geo_types::{Point, Rect, coord};
use onemap::geom::cast::{f64_to_i64, usize_to_f64};
use onemap::geom::{BBox, Geometry, geodesic};
use onemap::layer::{Grid, Layer, Visibility};
use onemap::model::{Audience, Exact, Feature, Period, Value};
use onemap::publish::{publish, view};

use super::{Row, Table, sensitivity};

/// A record as the public sees it, beside the truth.
struct Seen<'a> {
    truth: &'a Row,
    grid_deg: f64,
    shown: Feature,
    texts: BTreeMap<String, String>,
}

impl Seen<'_> {
    fn cell(&self) -> Rect {
        let Some(Geometry::Point(at)) = self.shown.geometry else {
            panic!("{:?}", self.shown)
        };
        let half = self.grid_deg / 2.0;
        Rect::new(
            coord! { x: at.x() - half, y: at.y() - half },
            coord! { x: at.x() + half, y: at.y() + half },
        )
    }

    fn is_coarse(&self) -> bool {
        self.grid_deg > 0.001
    }

    fn of_a_survey(&self) -> bool {
        !self.truth.text("eventID").is_empty()
    }
}

/// The grid that the list gives a record, worked out from the record itself.
fn grid(layer: &Layer, record: &Row) -> Grid {
    let stage = Some(record.text("lifeStage")).filter(|stage| !stage.is_empty());
    let month = record.text("eventDate").get(5..7).unwrap().parse().ok();
    sensitivity(layer).grid(Some(record.text("scientificName")), stage, month)
}

/// The names of the fields that the public sees of a layer.
fn public(layer: &Layer) -> Vec<String> {
    let view = view(layer, Audience::Public, None).unwrap();
    view.fields.into_iter().map(|field| field.name).collect()
}

fn seen(occurrences: &Table) -> Vec<Seen<'_>> {
    let layer = &*occurrences.layer;
    let names = public(layer);
    let mut all = Vec::new();
    for truth in &occurrences.rows {
        let published = publish(layer, Audience::Public, Exact::new(truth.feature.clone()));
        let Grid::Degrees(grid_deg) = grid(layer, truth) else {
            assert_eq!(
                published,
                None,
                "{} is withheld",
                truth.text("occurrenceID")
            );
            continue;
        };
        let shown = published.unwrap().into_inner();
        let values = shown.values.iter().map(Value::to_plain_text);
        let texts = names.iter().cloned().zip(values).collect();
        all.push(Seen {
            truth,
            grid_deg,
            shown,
            texts,
        });
    }
    all
}

#[test]
fn every_record_is_shown_in_the_middle_of_its_cell_with_an_uncertainty_that_covers_it() {
    let occurrences = Table::of("occurrences");
    let seen = seen(&occurrences);
    for record in &seen {
        let truth = record.truth.point();
        assert!(record.cell().intersects(&truth));
        let middle = Point::from(record.cell().center());
        let away = geodesic::distance_m((truth.x(), truth.y()), (middle.x(), middle.y()));
        assert!(record.shown.precision_m.unwrap() >= away);
    }
    let coarse = seen.iter().filter(|record| record.is_coarse()).count();
    assert!((150..1_000).contains(&coarse), "{coarse} sensitive records");
    assert!(seen.len() < occurrences.rows.len(), "some are withheld");
}

#[test]
fn a_sensitive_record_shows_the_public_no_day_no_survey_and_nothing_that_tells_how_it_was_met() {
    let occurrences = Table::of("occurrences");
    for name in ["recordedBy", "decimalLongitude", "locality"] {
        assert!(!public(&occurrences.layer).iter().any(|field| field == name));
    }
    for record in seen(&occurrences) {
        let shown: Vec<&str> = record
            .texts
            .iter()
            .filter(|(_, text)| !text.is_empty())
            .map(|(name, _)| name.as_str())
            .collect();
        if record.is_coarse() {
            let few = [
                "coordinateUncertaintyInMeters",
                "dataGeneralizations",
                "occurrenceID",
                "occurrenceStatus",
                "scientificName",
                "taxonGroup",
                "vernacularName",
            ];
            assert_eq!(shown, few, "{:?}", record.texts);
            assert_eq!(record.shown.valid, Period::default());
        } else {
            assert!(shown.contains(&"eventDate"));
            assert_eq!(shown.contains(&"eventID"), record.of_a_survey());
        }
    }
}

/// The site that a survey went to, as the public sees it.
fn outline(site: &Row) -> BBox {
    BBox::of(site.feature.geometry.as_ref().unwrap()).unwrap()
}

#[test]
fn a_site_is_made_of_whole_cells_so_that_its_records_gain_nothing_from_it() {
    let (sites, events) = (Table::of("survey-sites"), Table::of("survey-events"));
    for site in &sites.rows {
        let bounds = outline(site);
        for edge in [bounds.west, bounds.south, bounds.east, bounds.north] {
            let cells = edge * 1000.0;
            assert!((cells - cells.round()).abs() < 1e-6, "{edge}");
        }
        let whole = Rect::new(
            coord! { x: bounds.west, y: bounds.south },
            coord! { x: bounds.east, y: bounds.north },
        );
        let area = geodesic::area_m2(site.feature.geometry.as_ref().unwrap());
        let all = geodesic::polygon_area_m2(&whole.to_polygon());
        assert!((area / all - 1.0).abs() < 1e-9, "a block has no notch");
    }
    let (sites, events) = (sites.by("locationID"), events.by("eventID"));
    let occurrences = Table::of("occurrences");
    let mut joined = 0;
    for record in seen(&occurrences) {
        let Some(event) = events.get(record.texts["eventID"].as_str()) else {
            continue;
        };
        joined += 1;
        let (site, cell) = (outline(sites[event.text("locationID")]), record.cell());
        let eps = 1e-9;
        assert!(
            site.west <= cell.min().x + eps
                && site.south <= cell.min().y + eps
                && site.east >= cell.max().x - eps
                && site.north >= cell.max().y - eps,
            "{}: the site cuts the cell",
            record.truth.text("occurrenceID")
        );
    }
    assert!(joined > 2_000, "{joined}");
}

#[test]
fn what_the_public_may_know_of_surveys_and_sites_tells_nothing_of_what_was_found() {
    let fields = |id: &str| public(&Table::of(id).layer);
    assert_eq!(
        fields("survey-events"),
        [
            "eventID",
            "locationID",
            "eventDate",
            "samplingProtocol",
            "targetTaxonGroup",
            "sampleSizeValue",
            "sampleSizeUnit",
            "samplingEffort",
            "observerCount",
            "isTaxonomicScopeFullyReported",
        ]
    );
    assert_eq!(
        fields("survey-sites"),
        [
            "locationID",
            "name",
            "habitat",
            "establishedOn",
            "retiredOn",
            "area_ha"
        ]
    );
}

/// For every sensitive record: where it could have been, for one who knows all public surveys and
/// joins on all that both sides tell (the group; the year would lead to one site), is not one small place.
#[test]
fn no_join_of_public_fields_leads_from_a_sensitive_record_to_one_place() {
    let (sites, events) = (Table::of("survey-sites"), Table::of("survey-events"));
    let sites = sites.by("locationID");
    let whole = sites
        .values()
        .map(|site| outline(site))
        .reduce(hull)
        .unwrap();
    let occurrences = Table::of("occurrences");
    for record in seen(&occurrences)
        .iter()
        .filter(|record| record.is_coarse())
    {
        let candidates = events
            .rows
            .iter()
            .filter(|event| event.text("targetTaxonGroup") == record.texts["taxonGroup"]);
        let outlines = candidates.map(|event| outline(sites[event.text("locationID")]));
        let Some(place) = outlines.reduce(hull) else {
            continue;
        };
        // No closer than the grid, or than half the district of all sites, where that is less.
        let wide = |of: &BBox| (of.east - of.west, of.north - of.south);
        let ((x, y), (all_x, all_y)) = (wide(&place), wide(&whole));
        assert!(
            x >= record.grid_deg.min(all_x / 2.0) && y >= record.grid_deg.min(all_y / 2.0),
            "{:?}: {place:?}",
            record.texts
        );
    }
}

fn hull(one: BBox, other: BBox) -> BBox {
    BBox {
        west: one.west.min(other.west),
        south: one.south.min(other.south),
        east: one.east.max(other.east),
        north: one.north.max(other.north),
    }
}

#[test]
fn a_sensitive_record_of_a_survey_looks_like_one_made_by_the_way() {
    let occurrences = Table::of("occurrences");
    let seen = seen(&occurrences);
    let sites = Table::of("survey-sites");
    let coarse = || seen.iter().filter(|record| record.is_coarse());
    // Where a survey's site lies within the cell, so do places where people met things by the way.
    for grid_deg in [0.01, 0.1] {
        let of_grid = || coarse().filter(|r| r.grid_deg.to_bits() == f64::to_bits(grid_deg));
        let surveyed = of_grid().filter(|r| r.of_a_survey()).count();
        let by_the_way = of_grid().filter(|r| !r.of_a_survey()).count();
        assert!(
            surveyed > 5 && 2 * by_the_way > surveyed,
            "{surveyed} of surveys, {by_the_way} not"
        );
    }
    // In a site, too, there are both: neither the outline nor what is public tells them apart.
    let inside = |r: &&Seen<'_>| {
        let at = r.truth.point();
        sites.rows.iter().any(|site| match &site.feature.geometry {
            Some(Geometry::Polygon(polygon)) => polygon.contains(&at),
            _ => false,
        })
    };
    assert!(coarse().filter(|r| !r.of_a_survey()).filter(inside).count() > 20);
    let stated = |survey: bool| -> BTreeSet<(i64, i64)> {
        // (A cell of 1° is more than the district.)
        let of_kind = coarse().filter(|r| r.grid_deg < 1.0 && r.of_a_survey() == survey);
        let key = |r: &Seen<'_>| {
            let metres = r.shown.precision_m.unwrap();
            (f64_to_i64(r.grid_deg * 1e3), f64_to_i64(metres / 50.0))
        };
        of_kind.map(key).collect()
    };
    let only_surveys: Vec<_> = stated(true).difference(&stated(false)).copied().collect();
    assert_eq!(only_surveys, [], "an uncertainty that only surveys have");
}

#[test]
fn neither_number_nor_order_of_a_record_tells_its_survey() {
    let occurrences = Table::of("occurrences");
    let rows = &occurrences.rows;
    let same = |i: usize, j: usize| {
        let (one, other) = (rows[i].text("eventID"), rows[j].text("eventID"));
        !one.is_empty() && one == other
    };
    let near = |i: usize| {
        (1..=3)
            .filter(|step| i >= *step && same(i, i - step))
            .count()
    };
    let neighbours: usize = (0..rows.len()).map(near).sum();
    // By chance: about as many pairs of one survey as there are at any distance.
    let far = |i: usize| {
        (901..=903)
            .filter(|step| i >= *step && same(i, i - step))
            .count()
    };
    let chance: usize = (0..rows.len()).map(far).sum();
    assert!(
        usize_to_f64(neighbours) < 3.0 * usize_to_f64(chance) + 20.0,
        "{neighbours} neighbours of one survey, {chance} by chance"
    );
    let ids: Vec<&str> = rows.iter().map(|row| row.text("occurrenceID")).collect();
    let (numbered, dirty): (Vec<&str>, Vec<&str>) =
        ids.into_iter().partition(|id| !id.starts_with("CY-OCC-9"));
    assert!(numbered.is_sorted() && dirty.len() == 1, "{dirty:?}");
}

#[test]
fn a_gap_in_a_complete_checklist_is_never_one_of_a_sensitive_record() {
    let occurrences = Table::of("occurrences");
    let list = sensitivity(&occurrences.layer);
    let absent = |row: &&Row| row.text("occurrenceStatus") == "absent";
    let targets: BTreeSet<&str> = occurrences
        .rows
        .iter()
        .filter(absent)
        .map(|row| row.text("scientificName"))
        .collect();
    assert!(targets.len() > 15, "{targets:?}");
    for taxon in targets {
        for row in &list.taxa[taxon] {
            assert_eq!(row.grid, Grid::Degrees(0.001), "{taxon}");
        }
    }
}

#[test]
fn a_genetic_resource_shows_the_public_its_cell_and_neither_site_nor_holder() {
    let resources = Table::of("genetic-resources");
    let layer = &*resources.layer;
    for hidden in ["individualCount", "siteName", "holder"] {
        assert_ne!(
            layer.field(hidden).unwrap().1.visibility,
            Visibility::Public
        );
    }
    for row in &resources.rows {
        let shown = publish(layer, Audience::Public, Exact::new(row.feature.clone()));
        let Some(Geometry::Point(at)) = shown.unwrap().into_inner().geometry else {
            panic!("no point")
        };
        let (x, y) = (at.x() * 100.0 - 0.5, at.y() * 100.0 - 0.5);
        assert!((x - x.round()).abs() < 1e-6 && (y - y.round()).abs() < 1e-6);
    }
}
