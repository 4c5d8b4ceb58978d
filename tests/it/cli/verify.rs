//! `onemap verify`: a kept report made anew, by the real binary.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use jiff::Timestamp;
use onemap::assess::ask::{self, Asked, ParcelAsked, UseAsked};
use onemap::index::{DistrictView, Snapshot, World};
use onemap::layer;
use onemap::model::{Audience, LayerId};
use onemap::publish;
use onemap::report::{Around, Document, Kept};
use onemap::store::geopackage::GeoPackage;
use onemap::store::{At, ImportRecord, KeepBounds, KeptReport, Store as _};

use super::District;
use super::screen::district;

/// The public's world, as the store has it now.
fn world(district: &District, store: &GeoPackage) -> World {
    let atlas = layer::load(&district.path(""), &district.path("layers")).unwrap();
    let imports: BTreeMap<LayerId, ImportRecord> = store.imports().unwrap().into_iter().collect();
    let mut layers = BTreeMap::new();
    for (id, layer) in &atlas.layers {
        let coverage = imports.get(id).and_then(|i| i.header.coverage.as_ref());
        let view = publish::view(layer, Audience::Public, coverage).unwrap();
        let mut features = Vec::new();
        let mut take = |one| features.extend(publish::publish(layer, Audience::Public, one));
        store.features(layer, At::Now, None, &mut take).unwrap();
        layers.insert(
            id.clone(),
            Arc::new(Snapshot::build(Arc::new(view), features)),
        );
    }
    let about = &atlas.district;
    World {
        audience: Audience::Public,
        district: DistrictView {
            name: about.name.clone(),
            code: about.code.clone(),
            map_review_number: about.map_review_number.clone(),
            publisher: about.publisher.clone(),
            contact: about.contact.clone(),
            boundary: about.boundary.clone(),
            subdistricts: about.subdistricts.clone(),
            time_zone: about.time_zone.clone(),
        },
        revision: store.revision().unwrap(),
        layers,
        absent: std::collections::BTreeSet::new(),
        book: Arc::clone(&atlas.book),
    }
}

/// Keeps the report of a parcel with a well on it. Its name.
fn keep(district: &District) -> String {
    let store = GeoPackage::create_or_open(&district.path("onemap.gpkg")).unwrap();
    let world = world(district, &store);
    let square = geo_types::Rect::new((116.4, 39.85), (116.4005, 39.8505)).to_polygon();
    let asked = Asked {
        parcel: ParcelAsked::Drawn(vec![square].into()),
        planned: vec![UseAsked::parse("0701")],
        current: None,
        profile: None,
        as_of: None,
        today: "2026-11-20".parse().unwrap(),
    };
    let question = ask::question(&world, &world.book, &asked).unwrap();
    let screening = onemap::assess::screen(&world, &world.book, &question).unwrap();
    let id = onemap::report::shelf::new_id().unwrap();
    let made_at: Timestamp = "2026-11-20T01:02:03Z".parse().unwrap();
    let around = Around {
        audience: Audience::Public,
        district: &world.district,
        book: &world.book,
        id: Some(id.clone()),
        made_at,
    };
    let document = Document::of(&screening, &around).unwrap();
    let kept = Kept::of(&question, &document, made_at).unwrap();
    let report = KeptReport {
        id: kept.id,
        audience: Audience::Public,
        made_at,
        revision: world.revision,
        question: kept.question,
        document: kept.document,
        hash: kept.hash,
    };
    let bounds = KeepBounds {
        most: 9,
        since: Timestamp::UNIX_EPOCH,
    };
    store.keep(&report, bounds).unwrap();
    id
}

#[test]
fn a_kept_report_is_the_same_after_later_imports_and_says_what_made_it_another() {
    let district = district();
    let id = keep(&district);
    let same = district.run(&["verify", &id]).ended(0);
    assert!(same.out.contains("the same"), "{}", same.out);

    // What is imported later changes nothing.
    let later = "id,kind,lon,lat\nnew,well,116.4101,39.8601\n";
    fs::write(district.path("data/points.csv"), later).unwrap();
    district.run(&["import"]).ended(0);
    let same = district.run(&["verify", &id]).ended(0);
    assert!(same.out.contains("the same"), "{}", same.out);

    // Other rules are another report, and that is said.
    let file = district.path("layers/rules/wells.toml");
    let before = fs::read_to_string(&file).unwrap();
    let stricter = before
        .replace("verdict = \"survey_required\"", "verdict = \"prohibited\"")
        .replacen("version = 1", "version = 2", 1);
    fs::write(&file, stricter).unwrap();
    let other = district.run(&["verify", &id]).ended(1);
    assert!(other.out.contains("Other rules made it"), "{}", other.out);
    assert!(other.out.contains("version 1 then, 2 now"), "{}", other.out);
    let change = "verdict: \"survey_required\" → \"prohibited\"";
    assert!(other.out.contains(change), "{}", other.out);
    fs::write(&file, before).unwrap();
    district.run(&["verify", &id]).ended(0);

    // A definition that publishes something else.
    let file = district.path("layers/water/points.toml");
    let definition = fs::read_to_string(&file).unwrap();
    fs::write(&file, definition.replace("Water points", "Wells")).unwrap();
    let other = district.run(&["verify", &id]).ended(1);
    assert!(other.out.contains("another"), "{}", other.out);
    fs::write(&file, definition).unwrap();

    let absent = district.run(&["verify", &"0".repeat(32)]).ended(1);
    assert!(absent.err.contains("no report"), "{}", absent.err);
    let theirs = district
        .run(&["verify", &id, "--audience", "department"])
        .ended(1);
    assert!(theirs.err.contains("department"), "{}", theirs.err);
}
