//! What is left when an import is killed: what was before, or what came after, never between.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use geo_types::{Geometry, Rect};
use onemap::layer::{Layer, Shape};
use onemap::model::{Exact, Feature, FieldType, Revision, Value};
use onemap::store::geopackage::GeoPackage;
use onemap::store::{At, Store as _, StoreError};
use rusqlite::Connection;

use super::suite::{feature, header, import, numbered, read};
use crate::support::layer;

/// The child's features, and every how many of them it says so.
const COUNT: i64 = 3_000;
const STEP: i64 = 150;

/// The lines a child prints before it begins to commit.
const LINES: u64 = COUNT.unsigned_abs() / STEP.unsigned_abs();

fn parcels() -> Arc<Layer> {
    Arc::new(layer(
        "parcels",
        Some(Shape::Polygon),
        &[("n", FieldType::Integer)],
    ))
}

/// The features of one import: those of another differ in place, in value, and in who is there.
fn generation(number: i64) -> Vec<Feature> {
    (number * 500..number * 500 + COUNT)
        .map(|n| {
            let west = f64::from(i32::try_from(n % 977).unwrap()) / 100.0;
            let square = Rect::new((west, 39.0), (west + 0.01, 39.01)).to_polygon();
            feature(
                &n.to_string(),
                Geometry::from(square),
                vec![Value::Integer(number * n % 7)],
            )
        })
        .collect()
}

/// The child's file, in the folder it is started in, says which generation it is to import. It is
/// absent when this runs among the other tests.
const ORDER: &str = "import-this-generation";

/// Not a test of anything: the process that is killed.
#[test]
fn child() {
    let Ok(order) = fs::read_to_string(ORDER) else {
        return;
    };
    let store = GeoPackage::create_or_open(Path::new("onemap.gpkg")).unwrap();
    let layer = parcels();
    let mut import = store.begin(&layer).unwrap();
    for (done, one) in (1..).zip(generation(order.parse().unwrap())) {
        import.put(Exact::new(one)).unwrap();
        if done % STEP == 0 {
            println!("progress: {done}");
        }
    }
    println!("progress: committing");
    import.commit(header()).unwrap();
    println!("progress: committed");
}

/// Starts the child in a folder and kills it after so many lines of progress and so long a time.
/// Whether it said before that it had committed.
fn killed_after(folder: &Path, lines: u64, wait: Duration) -> bool {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "store::crash::child", "--nocapture"])
        .current_dir(folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok);
    let mut seen = 0;
    while seen < lines {
        let line = out.next().unwrap();
        seen += u64::from(line.contains("progress: "));
    }
    std::thread::sleep(wait);
    child.kill().unwrap();
    child.wait().unwrap();
    out.any(|line| line.contains("progress: committed"))
}

fn sound(path: &Path) {
    let connection = Connection::open(path).unwrap();
    let integrity: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(integrity, "ok");
    let mut keys = connection.prepare("PRAGMA foreign_key_check").unwrap();
    assert!(!keys.exists([]).unwrap());
}

/// Kills an import, looks at what is left, and imports again. Whether the import had been kept.
fn crash(seed: u64) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("onemap.gpkg");
    // Of three, one has no store before, one an empty layer, one a layer with features.
    let before = match seed % 3 {
        0 => Vec::new(),
        1 => {
            import(&GeoPackage::create_or_open(&path).unwrap(), &parcels(), &[]);
            Vec::new()
        }
        _ => {
            let all = generation(1);
            import(
                &GeoPackage::create_or_open(&path).unwrap(),
                &parcels(),
                &all,
            );
            all
        }
    };
    fs::write(folder.path().join(ORDER), "2").unwrap();
    // Half of them while features are put, half while the import is committed.
    let (lines, wait) = if seed.is_multiple_of(2) {
        (seed * 7 % LINES, Duration::ZERO)
    } else {
        (LINES + 1, Duration::from_micros(seed * seed * 97 % 60_000))
    };
    let said_so = killed_after(folder.path(), lines, wait);
    if seed.is_multiple_of(3)
        && let Err(error) = GeoPackage::open(&path)
    {
        // Killed before there was a store: the next import makes it.
        assert!(matches!(error, StoreError::Missing(_)), "{error:?}");
        assert!(!said_so);
        import(
            &GeoPackage::create_or_open(&path).unwrap(),
            &parcels(),
            &generation(2),
        );
        sound(&path);
        return false;
    }
    let store = GeoPackage::open(&path).unwrap();
    let now = read(&store, &parcels(), At::Now, None);
    let first = Revision(i64::from(!seed.is_multiple_of(3)));
    let kept = store.revision().unwrap() != first;
    assert!(kept || !said_so, "seed {seed}: committed, and gone");
    let mut expected = if kept { generation(2) } else { before.clone() };
    // Numbers: those of the first generation, then on as they come.
    let number = |one: &Feature| -> i64 {
        let n: i64 = one.identity.parse().unwrap();
        if before.is_empty() && kept {
            n - 999
        } else {
            n - 499
        }
    };
    let numbers: Vec<i64> = expected.iter().map(number).collect();
    expected = numbered(&expected, &numbers);
    assert!(now == expected, "seed {seed}: neither before nor after");
    assert!(
        store.doctor().unwrap().is_empty(),
        "seed {seed}: {:?}",
        store.doctor()
    );
    drop(store);
    sound(&path);

    let store = GeoPackage::create_or_open(&path).unwrap();
    import(&store, &parcels(), &generation(2));
    assert_eq!(
        read(&store, &parcels(), At::Now, None).len(),
        generation(2).len()
    );
    assert!(store.doctor().unwrap().is_empty());
    kept
}

#[test]
fn an_import_that_is_killed_leaves_before_or_after_never_between() {
    let kept = (0..30).filter(|seed| crash(*seed)).count();
    println!("{kept} of 30 killed imports had been kept");
}
