//! The demonstration district, imported and published as `serve` does, and the same in PostGIS.

use std::sync::Arc;

use geo_types::Geometry;
use onemap::geom::wkb;
use onemap::index::Snapshot;
use onemap::layer::load;
use onemap::model::Audience;
use onemap::publish::{self, Form};
use onemap::store::geopackage::GeoPackage;
use onemap::store::{At, Store as _};

use super::postgis::Postgis;
use crate::cli::District;

/// Every layer with a place on the map, as departments see it: that is the most anybody sees.
pub(super) fn spatial_layers() -> Vec<Arc<Snapshot>> {
    let district = District::demonstration();
    district.run(&["import", "--keep-going"]).ended(0);
    let atlas = load(&district.path("."), &district.path("layers")).unwrap();
    let store = GeoPackage::open(&district.path("onemap.gpkg")).unwrap();
    let audience = Audience::Department;
    let mut layers = Vec::new();
    for layer in atlas.layers.values().filter(|layer| layer.shape.is_some()) {
        let Some(view) = publish::view(layer, audience, None) else {
            continue;
        };
        assert_ne!(view.form, Form::Existence, "{}", layer.id);
        let mut features = Vec::new();
        let mut take = |feature| features.extend(publish::publish(layer, audience, feature));
        store.features(layer, At::Now, None, &mut take).unwrap();
        layers.push(Arc::new(Snapshot::build(Arc::new(view), features)));
    }
    layers
}

/// A geometry as PostGIS reads it.
fn hex(geometry: &Geometry) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    for byte in wkb::to_vec(geometry) {
        write!(text, "{byte:02x}").unwrap();
    }
    text
}

/// Edges are straight in longitude and latitude with us and geodesics in `geography`: cut into
/// pieces of at most 0.0045° (500 m from south to north) they stay within 4 mm of one another; in
/// pieces of 0.0009°, as they are laid into the plane, within 0.2 mm.
const PIECE_DEG: f64 = 0.0045;
const FINE_PIECE_DEG: f64 = 0.0009;

/// Makes tables `feature` and `parcel` of the layers and parcels: `layer` and `row` as they are
/// numbered here; `g` in degrees, `geog` on the ellipsoid, and `m` in metres in the azimuthal
/// equidistant plane about the district's middle, which stretches no distance by more than
/// r²/6R² (Snyder 1987, § 25): 2e-6 at 20 km.
pub(super) fn fill(postgis: &Postgis, layers: &[Arc<Snapshot>], parcels: &[Geometry]) {
    for table in ["feature", "parcel"] {
        let columns = "layer int, row int, g geometry, geog geography, m geometry";
        postgis.run(&[
            &format!("CREATE TABLE {table} ({columns})"),
            &format!("CREATE TABLE {table}_given (layer int, row int, g geometry)"),
        ]);
    }
    let features = layers.iter().enumerate().flat_map(|(place, layer)| {
        (0..layer.len()).filter_map(move |row| {
            let geometry = layer.geometry(row)?;
            Some(format!("{place}\t{row}\t{}", hex(&geometry)))
        })
    });
    postgis.fill("feature_given", features);
    let numbered = parcels.iter().enumerate();
    let lines = numbered.map(|(row, parcel)| format!("0\t{row}\t{}", hex(parcel)));
    postgis.fill("parcel_given", lines);
    for table in ["feature", "parcel"] {
        postgis.run(&[
            &format!(
                "INSERT INTO {table} SELECT layer, row, g,
                    ST_Segmentize(g, {PIECE_DEG})::geography,
                    ST_Transform(ST_Segmentize(g, {FINE_PIECE_DEG}), '{PLANE}')
                FROM (SELECT layer, row, ST_SetSRID(g, 4326) AS g FROM {table}_given) given"
            ),
            &format!("CREATE INDEX ON {table} USING gist (m)"),
            &format!("CREATE INDEX ON {table} (row)"),
            &format!("ANALYZE {table}"),
        ]);
    }
    let invalid = postgis.run(&[
        "SELECT layer, row, ST_IsValidReason(g) FROM feature WHERE NOT ST_IsValid(g)",
        "SELECT 'parcel', row, ST_IsValidReason(g), ST_AsText(g) FROM parcel
            WHERE NOT ST_IsValid(g)",
    ]);
    assert_eq!(invalid, Vec::<String>::new());
}

/// The plane about the district's middle.
const PLANE: &str = "+proj=aeqd +lat_0=39.95 +lon_0=116.5 +datum=WGS84 +units=m";
