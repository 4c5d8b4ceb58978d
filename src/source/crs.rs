//! The reference system a file claims.

use gdal::spatial_ref::SpatialRef;
use serde_json::Value;

use super::FileCrs;
use crate::say;
use crate::text::{Key, Message};

/// Degrees of WGS 84: what a GeoJSON file means that says nothing.
const WGS84: u32 = 4326;

/// An entry of the EPSG registry.
pub(super) fn of_epsg(code: u32) -> FileCrs {
    SpatialRef::from_epsg(code).map_or_else(
        |_| FileCrs {
            name: format!("EPSG:{code}"),
            epsg: Some(code),
            wkt: String::new(),
        },
        |found| FileCrs {
            epsg: Some(code),
            ..of_gdal(&found)
        },
    )
}

/// What GDAL made of a file's reference system. Its registry code is the one it names, or the one
/// GDAL recognises it as.
pub(super) fn of_gdal(found: &SpatialRef) -> FileCrs {
    let mut identified = found.clone();
    let epsg = registered(found).or_else(|| {
        identified.auto_identify_epsg().ok()?;
        registered(&identified)
    });
    let wkt = found.to_wkt().unwrap_or_default();
    let name = found
        .name()
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "-".to_owned());
    FileCrs { name, epsg, wkt }
}

/// The EPSG code that a reference system names. OGC's CRS84 is 4326 in the order in which every file
/// has its coordinates anyway, east before north.
fn registered(found: &SpatialRef) -> Option<u32> {
    match found.auth_name().as_deref() {
        Some("EPSG") => u32::try_from(found.auth_code().ok()?)
            .ok()
            .map(without_height),
        Some("OGC") if found.authority().is_ok_and(|name| name == "OGC:CRS84") => Some(WGS84),
        _ => None,
    }
}

/// The entry for longitude and latitude alone of one that has a height too, which is not read.
const fn without_height(code: u32) -> u32 {
    match code {
        4979 => WGS84,
        4480 => 4490,
        other => other,
    }
}

/// What a GeoJSON object means by its `crs` member: none is WGS 84, `null` is none.
pub(super) fn of_geojson(member: Option<&Value>) -> Result<Option<FileCrs>, Message> {
    let Some(member) = member else {
        return Ok(Some(of_epsg(WGS84)));
    };
    if member.is_null() {
        return Ok(None);
    }
    let properties = &member["properties"];
    let name = match (properties["name"].as_str(), properties["code"].as_u64()) {
        (Some(name), _) => name.to_owned(),
        (None, Some(code)) => format!("EPSG:{code}"),
        (None, None) => return Err(say!(Key::SourceGeojsonCrs, value = member)),
    };
    let upper = name.to_uppercase();
    let epsg = if upper.ends_with(":CRS84") {
        Some(WGS84)
    } else if upper.contains("EPSG") {
        upper
            .rsplit([':', '/'])
            .next()
            .and_then(|code| code.parse().ok())
    } else {
        None
    };
    Ok(Some(epsg.map_or_else(
        || FileCrs {
            name,
            epsg: None,
            wkt: String::new(),
        },
        of_epsg,
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn epsg(json: &str) -> Option<u32> {
        let member: Value = serde_json::from_str(json).unwrap();
        of_geojson(Some(&member)).unwrap().and_then(|crs| crs.epsg)
    }

    #[test]
    fn a_geojson_file_is_wgs84_unless_it_says_otherwise() {
        let silent = of_geojson(None).unwrap().unwrap();
        assert_eq!((silent.epsg, silent.name.as_str()), (Some(4326), "WGS 84"));
        assert_eq!(
            epsg(r#"{"properties":{"name":"urn:ogc:def:crs:EPSG::4490"}}"#),
            Some(4490)
        );
        assert_eq!(epsg(r#"{"properties":{"name":"EPSG:4548"}}"#), Some(4548));
        assert_eq!(
            epsg(r#"{"properties":{"name":"urn:ogc:def:crs:OGC:1.3:CRS84"}}"#),
            Some(4326)
        );
        assert_eq!(
            epsg(r#"{"type":"EPSG","properties":{"code":4547}}"#),
            Some(4547)
        );
        assert_eq!(epsg(r#"{"properties":{"name":"Beijing local"}}"#), None);
        assert_eq!(of_geojson(Some(&Value::Null)).unwrap(), None);
        assert!(of_geojson(Some(&Value::from(7))).is_err());
    }
}
