//! What only the inside can see: the plans of the queries, and a disk that is full.

#![cfg(test)]

use std::path::PathBuf;
use std::sync::Arc;

use geo_types::{Geometry, point};

use super::import::Writing;
use super::names::Tables;
use super::{GeoPackage, kept, open, read};
use crate::geom::BBox;
use crate::layer::{
    Identity, Layer, LayerSource, PointRule, PrecisionRule, Provenance, PublicForm, Role, Shape,
    SourceFile, TileRule,
};
use crate::model::{Audience, Exact, Feature, LayerId, Period, Revision, Theme};
use crate::source::Place;
use crate::store::{At, Import as _, ImportHeader, KeepBounds, KeptReport, Store as _, StoreError};
use crate::text::Bilingual;

fn points() -> Layer {
    let table = SourceFile {
        path: PathBuf::new(),
        shown: String::new(),
        layer: None,
        crs: None,
        encoding: None,
        place: Place::Geometry,
    };
    Layer {
        id: LayerId::parse("some-points").unwrap(),
        theme: Theme::Soil,
        title: Bilingual::default(),
        description: None,
        shape: Some(Shape::Point),
        public_form: PublicForm::Full,
        role: Role::Context,
        source: LayerSource {
            table,
            points: None,
        },
        identity: Identity::Content,
        label: None,
        part_of: None,
        series: None,
        sampling: None,
        fields: Vec::new(),
        precision: PrecisionRule::Unknown,
        coverage: None,
        valid_from: None,
        valid_to: None,
        generalise: None,
        tiles: TileRule {
            minzoom: 0,
            maxzoom: 22,
            points: PointRule::All,
            class: None,
            tessellating: false,
            cache_s: 0,
        },
        provenance: Provenance {
            publisher: Bilingual::default(),
            licence: String::new(),
            updated: String::new(),
            demonstration: true,
            source: None,
        },
        style: Vec::new(),
        definition_files: Vec::new(),
    }
}

fn some(count: u32, lat: f64) -> impl Iterator<Item = Exact<Feature>> {
    (0..count).map(move |n| {
        Exact::new(Feature {
            id: None,
            identity: format!("{n}").into(),
            geometry: Some(Geometry::from(point!(x: f64::from(n) / 100.0, y: lat))),
            values: Vec::new(),
            precision_m: None,
            valid: Period::default(),
        })
    })
}

fn header() -> ImportHeader {
    ImportHeader {
        at: jiff::Timestamp::UNIX_EPOCH,
        actor: String::new(),
        files: Vec::new(),
        coverage: None,
        read: 0,
        rejected: 0,
    }
}

fn plan(store: &GeoPackage, layer: &Layer, at: At, boxed: bool) -> Vec<String> {
    let connection = open::reader(&store.path, store.patience).unwrap();
    let sql = read::query(&connection, layer, &Tables::of(&layer.id), at, boxed)
        .unwrap()
        .unwrap();
    let mut explain = connection
        .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
        .unwrap();
    let mut rows = explain.raw_query();
    let mut lines = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        lines.push(row.get("detail").unwrap());
    }
    lines
}

#[test]
fn a_query_with_a_box_scans_no_table_and_none_sorts_the_whole_layer() {
    let folder = tempfile::tempdir().unwrap();
    let store = GeoPackage::create_or_open(&folder.path().join("onemap.gpkg")).unwrap();
    let layer = Arc::new(points());
    for lat in [1.0, 2.0] {
        let mut import = store.begin(&layer).unwrap();
        for one in some(2_000, lat) {
            import.put(one).unwrap();
        }
        import.commit(header()).unwrap();
    }
    for at in [At::Now, At::Revision(Revision(1))] {
        let boxed = plan(&store, &layer, at, true);
        let scans: Vec<_> = boxed
            .iter()
            .filter(|line| line.starts_with("SCAN"))
            .collect();
        assert!(!scans.is_empty(), "{boxed:#?}");
        for scan in scans {
            assert!(scan.contains("VIRTUAL TABLE INDEX 2:"), "{boxed:#?}");
        }
        let searched = "SEARCH some_points USING INTEGER PRIMARY KEY (rowid=?)";
        assert!(boxed.iter().any(|line| line == searched), "{boxed:#?}");

        let whole = plan(&store, &layer, at, false);
        assert!(
            !whole.iter().any(|line| line.contains("TEMP B-TREE")),
            "{whole:#?}"
        );
    }
    let past = plan(&store, &layer, At::Revision(Revision(1)), true);
    let searched = "SEARCH some_points_history USING INTEGER PRIMARY KEY (rowid=?)";
    assert!(past.iter().any(|line| line == searched), "{past:#?}");
}

#[test]
fn a_full_disk_ends_an_import_and_leaves_the_store_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let store = GeoPackage::create_or_open(&folder.path().join("onemap.gpkg")).unwrap();
    let layer = points();
    let import = |count: u32, lat: f64, pages: Option<i64>| -> Result<(), (bool, StoreError)> {
        let mut import = Writing::begin(&store, &layer).unwrap();
        if let Some(pages) = pages {
            let used: i64 = import
                .connection
                .query_row("PRAGMA page_count", [], |row| row.get(0))
                .unwrap();
            let room = format!("PRAGMA max_page_count = {}", used + pages);
            import.connection.query_row(&room, [], |_| Ok(())).unwrap();
        }
        for one in some(count, lat) {
            import.put(one).map_err(|error| (false, error))?;
        }
        Box::new(import)
            .commit(header())
            .map(drop)
            .map_err(|error| (true, error))
    };
    let contents = || {
        let mut all = Vec::new();
        let world = Some(BBox::WORLD);
        store
            .features(&layer, At::Now, world, &mut |one| {
                all.push(one.into_inner());
            })
            .unwrap();
        (store.revision().unwrap(), all)
    };
    for (round, lat) in [1.0, 2.0].into_iter().enumerate() {
        let before = contents();
        let (mut at_put, mut at_commit) = (0, 0);
        // More and more room, until it is enough.
        let enough = (0..10_000)
            .step_by(7)
            .find(|pages| match import(2_000, lat, Some(*pages)) {
                Ok(()) => true,
                Err((commit, error)) => {
                    assert!(matches!(error, StoreError::Full(_)), "{error:?}");
                    assert!(error.to_string().contains("no more room"), "{error}");
                    assert_eq!(contents(), before);
                    at_put += u32::from(!commit);
                    at_commit += u32::from(commit);
                    false
                }
            });
        assert!(enough.unwrap() > 7);
        // The first import builds its R-tree when it commits; the second needs all room before.
        assert!(
            at_put > 0 && (round > 0 || at_commit > 0),
            "{at_put} {at_commit}"
        );
        assert_eq!(contents().1.len(), 2_000);
        assert!(store.doctor().unwrap().is_empty());
    }
}

#[test]
fn a_full_disk_while_a_report_is_kept_leaves_the_store_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let store = GeoPackage::create_or_open(&folder.path().join("onemap.gpkg")).unwrap();
    let bounds = KeepBounds {
        most: 10,
        since: jiff::Timestamp::UNIX_EPOCH,
    };
    let report = |id: &str, bytes: usize| KeptReport {
        id: id.to_owned(),
        audience: Audience::Public,
        made_at: jiff::Timestamp::UNIX_EPOCH,
        revision: Revision(0),
        question: "{}".to_owned(),
        document: "x".repeat(bytes),
        hash: String::new(),
    };
    let small = report("small", 10);
    store.keep(&small, bounds).unwrap();
    let large = report("large", 100_000);
    // More and more room, until it is enough.
    let enough = (0..10_000)
        .find(|pages| {
            let connection = open::writer(&store).unwrap();
            let used: i64 = connection
                .query_row("PRAGMA page_count", [], |row| row.get(0))
                .unwrap();
            let room = format!("PRAGMA max_page_count = {}", used + pages);
            connection.query_row(&room, [], |_| Ok(())).unwrap();
            let kept = kept::keep(&connection, &large, bounds);
            drop(connection);
            let there = store.kept("large", Audience::Public).unwrap();
            match kept.map_err(|fault| fault.at(&store.path)) {
                Ok(()) => {
                    assert_eq!(there.as_ref(), Some(&large));
                    true
                }
                Err(error) => {
                    assert!(matches!(error, StoreError::Full(_)), "{error:?}");
                    assert_eq!(there, None);
                    false
                }
            }
        })
        .unwrap();
    assert!(enough > 20, "{enough}");
    assert_eq!(store.kept("small", Audience::Public).unwrap(), Some(small));
    assert!(store.doctor().unwrap().is_empty());
}
