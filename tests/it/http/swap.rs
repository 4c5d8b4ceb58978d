//! A new revision is swapped in while requests go on: none fails, none sees a mix.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use mvt_reader::Reader;
use mvt_reader::feature::Value;

use super::client::{Connection, Reply};
use super::worlds::House;

const REVISIONS: i64 = 60;

/// The revisions that the features of a tile carry, over all its layers.
fn revisions_of_tile(reply: &Reply) -> BTreeSet<i64> {
    let reader = Reader::new(reply.plain()).unwrap();
    let layers = reader.get_layer_names().unwrap().len();
    assert_eq!(layers, 2);
    let features = (0..layers).flat_map(|layer| reader.get_features(layer).unwrap());
    features
        .map(|feature| match feature.properties.unwrap().get("rev") {
            Some(Value::Int(rev) | Value::SInt(rev)) => *rev,
            Some(Value::UInt(rev)) => i64::try_from(*rev).unwrap(),
            other => panic!("{other:?}"),
        })
        .collect()
}

/// The revisions that the features of a page carry.
fn revisions_of_page(reply: &Reply) -> BTreeSet<i64> {
    let page = reply.json();
    let features = page["features"].as_array().unwrap().iter();
    features
        .map(|feature| feature["properties"]["rev"].as_i64().unwrap())
        .collect()
}

#[test]
fn a_swap_under_load_fails_nothing_and_mixes_nothing() {
    let house = House::open();
    let done = AtomicBool::new(false);
    let (asked, seen) = (AtomicUsize::new(0), std::sync::Mutex::new(BTreeSet::new()));
    let address = house.public;
    let client = |number: usize| {
        let mut connection = Connection::open(address);
        let coding = ["identity", "gzip", "br", "zstd"][number % 4];
        while !done.load(Ordering::Relaxed) {
            let asked_with = [("Accept-Encoding", coding)];
            let tile = connection.ask("GET", "/tiles/parcels,sites/10/843/388.mvt", &asked_with);
            let page = connection.ask("GET", "/collections/parcels/items?limit=10000", &asked_with);
            for (reply, revisions) in [
                (&tile, revisions_of_tile as fn(&Reply) -> BTreeSet<i64>),
                (&page, revisions_of_page),
            ] {
                assert_eq!(reply.status, 200);
                let revisions = revisions(reply);
                assert_eq!(
                    revisions.len(),
                    1,
                    "one answer of two revisions: {revisions:?}"
                );
                seen.lock().unwrap().extend(revisions);
            }
            asked.fetch_add(1, Ordering::Relaxed);
        }
    };
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..4)
            .map(|number| scope.spawn(move || client(number)))
            .collect();
        for revision in 2..=REVISIONS {
            let before = asked.load(Ordering::Relaxed);
            house.show(revision);
            // On to the next when some requests have met this one, or a client has failed.
            while asked.load(Ordering::Relaxed) < before + 2
                && !clients
                    .iter()
                    .any(std::thread::ScopedJoinHandle::is_finished)
            {
                std::thread::yield_now();
            }
        }
        done.store(true, Ordering::Relaxed);
    });
    let seen = seen.into_inner().unwrap();
    assert!(seen.len() > 20, "the swaps were met: {seen:?}");
    // Once swapped in, it is what everyone sees.
    let mut connection = Connection::open(address);
    let tile = connection.ask("GET", "/tiles/parcels,sites/10/843/388.mvt", &[]);
    assert_eq!(revisions_of_tile(&tile), BTreeSet::from([REVISIONS]));
    house.close();
}
