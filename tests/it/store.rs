//! The store suite, run through each engine, and what is the GeoPackage's own.

#[macro_use]
mod suite;
mod model;
mod promises;
mod redefined;
mod kept;
mod file;
mod gdal;
mod crash;
mod formats;

use onemap::store::Store;
use onemap::store::geopackage::GeoPackage;

use self::suite::Engine;

/// An empty store in a GeoPackage of its own.
fn geopackage() -> Engine {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("onemap.gpkg");
    Engine::new(folder, move || {
        Box::new(GeoPackage::create_or_open(&path).unwrap()) as Box<dyn Store>
    })
}

store_suite!(in_a_geopackage, super::geopackage);
