//! `subdistricts.geojson`: the 43 sub-districts, each the sum of its parcels.

use serde_json::json;

use crate::seed::carrier::{GeoJson, SeedFile, Shape, properties};
use crate::seed::dissolve::{Polygon, dissolve};
use crate::seed::parcels::City;
use crate::seed::place::area_m2;

/// The file.
pub(super) fn files(city: &City) -> Vec<SeedFile> {
    let parcels = city.parcels.iter();
    let areas = dissolve(parcels.map(|parcel| (parcel.subdistrict, &parcel.ring[..])));
    let mut out = GeoJson::new("subdistricts", Some("urn:ogc:def:crs:EPSG::4490"));
    for (i, subdistrict) in city.subdistricts.iter().enumerate() {
        let parts: Vec<Polygon> = areas
            .iter()
            .filter(|(key, _)| *key == i)
            .map(|(_, polygon)| polygon.clone())
            .collect();
        let area: f64 = parts
            .iter()
            .map(|rings| {
                area_m2(&rings[0]) - rings[1..].iter().map(|hole| area_m2(hole)).sum::<f64>()
            })
            .sum();
        let about = properties([
            ("XZQDM", json!(subdistrict.code)),
            ("XZQMC", json!(subdistrict.name)),
            ("NAME_EN", json!(subdistrict.name_en)),
            ("MJ_KM2", json!((area / 10_000.0).round() / 100.0)),
            ("JXLX", json!("演示划分")),
        ]);
        out.feature(about, &Shape::Polygons(&parts));
    }
    vec![SeedFile {
        path: "base/subdistricts.geojson",
        bytes: out.finish(),
    }]
}
