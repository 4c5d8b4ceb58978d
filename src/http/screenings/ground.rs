//! The parcel that a body asks for: by name, by point, or as an outline somebody drew.

use geo::{BoundingRect as _, RemoveRepeatedPoints as _};
use geo_types::{Coord, Geometry as G, LineString, MultiPolygon, Polygon};
use serde_json::Value;

use super::asked::{object, text};
use crate::assess::ask::{MOST_CORNERS, ParcelAsked};
use crate::geom::{Crs, ToLonLat, geodesic, validity};
use crate::http::call::shortened;
use crate::http::problem::{BAD_BODY, BAD_GROUND, Refusal};
use crate::say;
use crate::text::{Key, Message};

/// Largest outline, m²: a hundred square kilometres are no parcel, and near everything.
const MOST_AREA_M2: f64 = 1e8;
/// Smallest outline, m²: below it an area is told as 0.00, and nothing can lie on it.
const LEAST_AREA_M2: f64 = 0.01;
/// Reference systems whose numbers are met where none is named.
const LIKELY: [&str; 7] = [
    "EPSG:4548",
    "EPSG:4549",
    "EPSG:4547",
    "EPSG:4527",
    "EPSG:4528",
    "EPSG:4526",
    "EPSG:3857",
];

/// The parcel of a body.
pub(super) fn parcel(value: &Value) -> Result<ParcelAsked, Refusal> {
    let known = ["id", "point", "place", "geometry", "crs"];
    let parcel = object(value, "parcel", &known)?;
    let ways = ["id", "point", "place", "geometry"];
    let given = ways
        .iter()
        .filter(|way| parcel.get(**way).is_some_and(|v| !v.is_null()));
    if given.count() != 1 {
        return Err(Refusal::new(&BAD_BODY, say!(Key::HttpBodyParcel)));
    }
    let crs = match text(parcel, "crs")? {
        None => Crs::Crs84,
        Some(named) => match Crs::named(&named) {
            Some(Ok(crs)) => crs,
            Some(Err(why)) => return Err(Refusal::new(&BAD_BODY, why)),
            None => {
                let detail = say!(Key::HttpBodyCrs, crs = shortened(&named));
                return Err(Refusal::new(&BAD_BODY, detail));
            }
        },
    };
    if let Some(id) = text(parcel, "id")? {
        return Ok(ParcelAsked::Id(id.trim().to_owned()));
    }
    if let Some(place) = text(parcel, "place")? {
        return Ok(ParcelAsked::Place(place.trim().to_owned()));
    }
    if let Some(point) = parcel.get("point").filter(|point| !point.is_null()) {
        let point = corner(point)?;
        let mut there = G::Point(point.into());
        to_degrees(&mut there, &crs)?;
        return match there {
            G::Point(point) => Ok(ParcelAsked::Point(point.x(), point.y())),
            _ => Err(Refusal::internal()),
        };
    }
    let drawn = outline(parcel.get("geometry").unwrap_or(&Value::Null))?;
    Ok(ParcelAsked::Drawn(ground(&drawn, &crs)?))
}

/// A drawn outline in degrees, if a parcel can be so.
fn ground(drawn: &MultiPolygon<f64>, crs: &Crs) -> Result<MultiPolygon<f64>, Refusal> {
    let bad = |detail: Message| Refusal::new(&BAD_GROUND, detail);
    // A double click leaves a corner twice; nothing is lost with it.
    let mut geometry = G::MultiPolygon(drawn.remove_repeated_points());
    to_degrees(&mut geometry, crs)?;
    if let Some(bounds) = geometry.bounding_rect()
        && bounds.width() > 180.0
    {
        return Err(bad(say!(Key::HttpGroundAntimeridian)));
    }
    if let Some(fault) = validity::faults(&geometry).into_iter().next() {
        return Err(bad(say!(Key::HttpGroundInvalid).with_why(fault)));
    }
    let area = geodesic::area_m2(&geometry);
    if area > MOST_AREA_M2 {
        let (area, most) = (format!("{area:.0}"), format!("{MOST_AREA_M2:.0}"));
        return Err(bad(say!(Key::HttpGroundLarge, area = area, most = most)));
    }
    if area < LEAST_AREA_M2 {
        return Err(bad(say!(Key::HttpGroundSmall, least = LEAST_AREA_M2)));
    }
    match geometry {
        G::MultiPolygon(ground) => Ok(ground),
        _ => Err(Refusal::internal()),
    }
}

/// Turns a geometry into degrees. Numbers that cannot be of this reference system are refused, with
/// one that they may be of.
fn to_degrees(geometry: &mut G<f64>, crs: &Crs) -> Result<(), Refusal> {
    let first = geometry.bounding_rect().map(geo_types::Rect::min);
    let as_drawn = geometry.clone();
    let turned = ToLonLat::new(crs)
        .map_err(|problem| problem.message().clone())
        .and_then(|way| way.geometry(geometry));
    let inside = |geometry: &G<f64>| {
        geometry.bounding_rect().is_none_or(|bounds| {
            let (low, high) = (bounds.min(), bounds.max());
            low.x >= -180.0 && high.x <= 180.0 && low.y >= -90.0 && high.y <= 90.0
        })
    };
    // Degrees taken for metres lie, each of them, a few steps from the origin of the system.
    let strays = |geometry: &G<f64>| {
        let (drawn, turned) = (as_drawn.bounding_rect(), geometry.bounding_rect());
        drawn.zip(turned).is_some_and(|(drawn, turned)| {
            let (from, to) = (drawn.min(), turned.min());
            from.x.abs().max(from.y.abs()) <= 180.0
                && (from.x - to.x).abs().max((from.y - to.y).abs()) > 1.0
        })
    };
    match turned {
        Ok(()) if inside(geometry) && !strays(geometry) => Ok(()),
        outcome => {
            let Coord { x, y } = first.unwrap_or_default();
            let looks = looks_like(&as_drawn, crs).unwrap_or_else(|| "?".to_owned());
            let detail = say!(Key::HttpGroundCrs, x = x, y = y, crs = crs, looks = looks);
            let detail = match outcome {
                Err(why) if looks == "?" => why,
                _ => detail,
            };
            Err(Refusal::new(&BAD_GROUND, detail))
        }
    }
}

/// A reference system, or another order, in which these numbers lie in China or beside it.
fn looks_like(drawn: &G<f64>, declared: &Crs) -> Option<String> {
    let first = drawn.bounding_rect()?.min();
    let in_china = |lon: f64, lat: f64| (70.0..140.0).contains(&lon) && (3.0..55.0).contains(&lat);
    if in_china(first.y, first.x) {
        return Some("CRS84 (lat, lon → lon, lat)".to_owned());
    }
    if in_china(first.x, first.y) {
        return Some("CRS84".to_owned());
    }
    for name in LIKELY {
        let Some(Ok(crs)) = Crs::named(name) else {
            continue;
        };
        let Ok(way) = ToLonLat::new(&crs) else {
            continue;
        };
        let lies = |x, y| way.coord(x, y).is_ok_and(|(lon, lat)| in_china(lon, lat));
        if crs.to_string() != declared.to_string() && lies(first.x, first.y) {
            return Some(name.to_owned());
        }
        if lies(first.y, first.x) {
            return Some(format!("{name} (northing, easting → easting, northing)"));
        }
    }
    None
}

/// A `Polygon` or `MultiPolygon` of `GeoJSON`.
fn outline(value: &Value) -> Result<MultiPolygon<f64>, Refusal> {
    let bad = || Refusal::new(&BAD_BODY, say!(Key::HttpBodyGeometry));
    let geometry = value.as_object().ok_or_else(bad)?;
    // An old way of GeoJSON: passed over, the parcel would be another.
    if geometry.get("crs").is_some_and(|crs| !crs.is_null()) {
        return Err(Refusal::new(&BAD_BODY, say!(Key::HttpGroundCrsWithin)));
    }
    let kind = geometry
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let coordinates = geometry
        .get("coordinates")
        .and_then(Value::as_array)
        .ok_or_else(bad)?;
    let mut corners = 0;
    let polygons = match kind {
        "Polygon" => vec![polygon(coordinates, &mut corners)?],
        "MultiPolygon" => coordinates
            .iter()
            .map(|rings| polygon(rings.as_array().ok_or_else(bad)?, &mut corners))
            .collect::<Result<_, _>>()?,
        _ => return Err(bad()),
    };
    if corners == 0 {
        return Err(Refusal::new(&BAD_GROUND, say!(Key::HttpGroundEmpty)));
    }
    Ok(MultiPolygon::new(polygons))
}

fn polygon(rings: &[Value], corners: &mut usize) -> Result<Polygon<f64>, Refusal> {
    let bad = || Refusal::new(&BAD_BODY, say!(Key::HttpBodyGeometry));
    let mut lines = Vec::with_capacity(rings.len());
    for ring in rings {
        let ring = ring.as_array().ok_or_else(bad)?;
        *corners += ring.len();
        if *corners > MOST_CORNERS {
            let detail = say!(Key::HttpGroundCorners, most = MOST_CORNERS);
            return Err(Refusal::new(&BAD_GROUND, detail));
        }
        let line: Vec<Coord<f64>> = ring.iter().map(corner).collect::<Result<_, _>>()?;
        lines.push(LineString::new(line));
    }
    let mut lines = lines.into_iter();
    let exterior = lines.next().unwrap_or_else(|| LineString::new(Vec::new()));
    Ok(Polygon::new(exterior, lines.collect()))
}

/// A position: two numbers, a height let pass.
fn corner(value: &Value) -> Result<Coord<f64>, Refusal> {
    let numbers = value
        .as_array()
        .filter(|numbers| matches!(numbers.len(), 2 | 3));
    let number = |place: usize| numbers?.get(place)?.as_f64();
    match (number(0), number(1)) {
        (Some(x), Some(y)) => Ok(Coord { x, y }),
        _ => Err(Refusal::new(&BAD_BODY, say!(Key::HttpBodyPosition))),
    }
}
