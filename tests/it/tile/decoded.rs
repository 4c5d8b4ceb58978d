//! A tile read by a decoder that is not ours, and everything that is wrong with it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use geo::Validation as _;
use geo_types::{Coord, Geometry, LineString, MultiPolygon, Polygon};
use mvt_reader::Reader;
use mvt_reader::feature::{Feature, Value};
use onemap::tile::BUFFER;

use super::wire;

pub(super) type Ints = LineString<i32>;

/// The features of the only layer of a tile; none for no bytes.
pub(super) fn features(bytes: &[u8]) -> Vec<Feature<i32>> {
    if bytes.is_empty() {
        return Vec::new();
    }
    Reader::new(bytes.to_vec())
        .unwrap()
        .get_features_as::<i32>(0)
        .unwrap()
}

/// The polygons of a feature, grouped by exact areas: the decoder groups rings by areas in single
/// precision, which misjudges slivers.
pub(super) fn polygons(geometry: &Geometry<i32>) -> Result<Vec<(Ints, Vec<Ints>)>, String> {
    let rings: Vec<Ints> = match geometry {
        Geometry::Polygon(polygon) => rings(polygon),
        Geometry::MultiPolygon(polygons) => polygons.iter().flat_map(rings).collect(),
        _ => Vec::new(),
    };
    let mut polygons: Vec<(Ints, Vec<Ints>)> = Vec::new();
    for ring in rings {
        match (area2(&ring), polygons.last_mut()) {
            (0, _) => return Err(format!("a ring without area: {ring:?}")),
            (1.., _) => polygons.push((ring, Vec::new())),
            (_, Some((_, holes))) => holes.push(ring),
            (_, None) => return Err(format!("the first ring is a hole: {ring:?}")),
        }
    }
    Ok(polygons)
}

fn rings(polygon: &Polygon<i32>) -> Vec<Ints> {
    std::iter::once(polygon.exterior())
        .chain(polygon.interiors())
        .cloned()
        .collect()
}

/// Twice the area by the surveyor's formula on tile coordinates.
pub(super) fn area2(ring: &Ints) -> i64 {
    ring.lines()
        .map(|l| {
            i64::from(l.start.x) * i64::from(l.end.y) - i64::from(l.end.x) * i64::from(l.start.y)
        })
        .sum()
}

/// The polygons of a feature in floating point, for `geo` and GEOS.
pub(super) fn multi_polygon(polygons: &[(Ints, Vec<Ints>)]) -> MultiPolygon<f64> {
    let float = |ring: &Ints| -> LineString<f64> {
        ring.coords()
            .map(|c| Coord {
                x: f64::from(c.x),
                y: f64::from(c.y),
            })
            .collect()
    };
    let polygons = polygons
        .iter()
        .map(|(exterior, holes)| Polygon::new(float(exterior), holes.iter().map(float).collect()));
    MultiPolygon(polygons.collect())
}

/// Everything that is wrong with a tile: its wire form, its geometry, its reach.
pub(super) fn faults(bytes: &[u8]) -> Vec<String> {
    let mut faults = wire::faults(bytes);
    if !faults.is_empty() {
        return faults;
    }
    let reader = Reader::new(bytes.to_vec()).unwrap();
    let layers = reader.get_layer_metadata().unwrap();
    for layer in &layers {
        for feature in reader.get_features_as::<i32>(layer.layer_index).unwrap() {
            let name = format!("{} {:?}", layer.name, feature.id);
            faults.extend(
                geometry_faults(&feature.geometry)
                    .into_iter()
                    .map(|fault| format!("{name}: {fault}")),
            );
        }
    }
    faults
}

fn geometry_faults(geometry: &Geometry<i32>) -> Vec<String> {
    use geo::CoordsIter as _;

    let mut faults = Vec::new();
    let reach = -i32::try_from(BUFFER).unwrap()..=4096 + i32::try_from(BUFFER).unwrap();
    if let Some(c) = geometry
        .coords_iter()
        .find(|c| !reach.contains(&c.x) || !reach.contains(&c.y))
    {
        faults.push(format!("{c:?} lies beyond the buffer"));
    }
    match geometry {
        Geometry::LineString(line) => faults.extend(line_fault(line)),
        Geometry::MultiLineString(lines) => faults.extend(lines.iter().filter_map(line_fault)),
        Geometry::Polygon(_) | Geometry::MultiPolygon(_) => match polygons(geometry) {
            Err(fault) => faults.push(fault),
            Ok(polygons) => {
                let all = polygons
                    .iter()
                    .flat_map(|(e, holes)| std::iter::once(e).chain(holes));
                faults.extend(all.filter_map(ring_fault));
                let errors = multi_polygon(&polygons).validation_errors();
                faults.extend(errors.iter().map(ToString::to_string));
            }
        },
        _ => {}
    }
    faults
}

fn line_fault(line: &Ints) -> Option<String> {
    let repeats = line.0.windows(2).any(|pair| pair[0] == pair[1]);
    (line.0.len() < 2 || repeats).then(|| format!("a line stands still: {line:?}"))
}

/// A ring passes each spot once: no spike, no figure of eight.
fn ring_fault(ring: &Ints) -> Option<String> {
    let mut spots: Vec<(i32, i32)> = ring.0[1..].iter().map(|c| (c.x, c.y)).collect();
    spots.sort_unstable();
    spots
        .windows(2)
        .find(|pair| pair[0] == pair[1])
        .map(|pair| format!("a ring passes {:?} twice", pair[0]))
}

/// A tile as text: layers, features, tags, integer geometry.
pub(super) fn dump(bytes: &[u8]) -> String {
    let mut text = String::new();
    let reader = Reader::new(bytes.to_vec()).unwrap();
    for layer in reader.get_layer_metadata().unwrap() {
        writeln!(
            text,
            "layer {} (version {}, extent {}, {} features)",
            layer.name, layer.version, layer.extent, layer.feature_count
        )
        .unwrap();
        for feature in reader.get_features_as::<i32>(layer.layer_index).unwrap() {
            let id = feature
                .id
                .map_or_else(|| "without id".to_owned(), |id| id.to_string());
            writeln!(text, "  feature {id}").unwrap();
            for (key, value) in sorted(&feature) {
                writeln!(text, "    {key} = {value:?}").unwrap();
            }
            dump_geometry(&feature.geometry, &mut text);
        }
    }
    text
}

fn sorted(feature: &Feature<i32>) -> BTreeMap<String, Value> {
    feature
        .properties
        .clone()
        .unwrap_or_default()
        .into_iter()
        .collect()
}

fn dump_geometry(geometry: &Geometry<i32>, text: &mut String) {
    let mut run = |what: &str, coords: &[Coord<i32>]| {
        let spots: Vec<String> = coords.iter().map(|c| format!("{},{}", c.x, c.y)).collect();
        writeln!(text, "    {what} {}", spots.join(" ")).unwrap();
    };
    match geometry {
        Geometry::MultiPoint(points) => {
            run("points", &points.iter().map(|p| p.0).collect::<Vec<_>>());
        }
        Geometry::LineString(line) => run("line", &line.0),
        Geometry::MultiLineString(lines) => lines.iter().for_each(|line| run("line", &line.0)),
        other => {
            for (exterior, holes) in polygons(other).unwrap() {
                run("exterior", &exterior.0);
                for hole in &holes {
                    run("hole", &hole.0);
                }
            }
        }
    }
}
