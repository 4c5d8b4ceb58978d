//! Repair: a geometry made valid, where that hardly changes it.

use geo::Winding as _;
use geo_types::{
    Geometry as G, GeometryCollection, LineString, MultiLineString, MultiPolygon, Polygon,
};
use i_overlay::core::fill_rule::FillRule;

use super::grid::{self, Grid};
use super::{Report, Wrong, faults, polygons, report};
use crate::geom::{Geometry, geodesic};
use crate::say;
use crate::text::{Key, Message};

/// A repair that would change the area by this share or more is refused.
const MAX_CHANGE: f64 = 0.001;

/// Rings that a repair leaves smaller than this (square metres) and than this share of the whole
/// are what rounding has left.
const CRUMB_M2: f64 = 1e-3;
const CRUMB_SHARE: f64 = 1e-6;

/// A geometry made valid, and what was done to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Repaired {
    /// The geometry: valid, exteriors counter-clockwise and holes clockwise, points, lines or
    /// polygons as it was (one polygon may have become several).
    pub geometry: Geometry,
    /// What was done, in order; empty when nothing was wrong. That a ring was turned round is not
    /// noted.
    pub notes: Vec<Message>,
}

/// Makes a geometry valid, or says every reason why that would not be a repair: the area that its
/// rings state would change by 0.1 % or more (so a bow-tie, whose halves cancel out, is never
/// mended, while a knot of centimetres is), a coordinate is not finite, or nothing would be left.
/// A valid geometry keeps every vertex.
pub fn repair(geometry: Geometry) -> Result<Repaired, Vec<Message>> {
    let mut notes = Vec::new();
    let geometry = match geometry {
        G::Polygon(polygon) => one_or_more(repair_polygons(vec![polygon], &mut notes)?),
        G::MultiPolygon(parts) => {
            G::MultiPolygon(MultiPolygon(repair_polygons(parts.0, &mut notes)?))
        }
        G::Rect(rect) => one_or_more(repair_polygons(vec![rect.to_polygon()], &mut notes)?),
        G::Triangle(triangle) => {
            one_or_more(repair_polygons(vec![triangle.to_polygon()], &mut notes)?)
        }
        G::LineString(line) => {
            let mut lines = repair_lines(vec![line], &mut notes)?;
            G::LineString(lines.swap_remove(0))
        }
        G::MultiLineString(lines) => {
            G::MultiLineString(MultiLineString(repair_lines(lines.0, &mut notes)?))
        }
        G::GeometryCollection(members) => {
            let mut whole = Vec::new();
            for member in members {
                let repaired = repair(member)?;
                notes.extend(repaired.notes);
                whole.push(repaired.geometry);
            }
            G::GeometryCollection(GeometryCollection(whole))
        }
        other => other,
    };
    let left = faults(&geometry);
    if left.is_empty() {
        Ok(Repaired { geometry, notes })
    } else {
        Err(left)
    }
}

fn one_or_more(mut polygons: Vec<Polygon<f64>>) -> Geometry {
    if polygons.len() == 1 {
        G::Polygon(polygons.swap_remove(0))
    } else {
        G::MultiPolygon(MultiPolygon(polygons))
    }
}

/// Never gives an empty list.
fn repair_lines(
    lines: Vec<LineString<f64>>,
    notes: &mut Vec<Message>,
) -> Result<Vec<LineString<f64>>, Vec<Message>> {
    let found = report(&G::MultiLineString(MultiLineString(lines.clone())));
    if found.0.is_empty() {
        return Ok(lines);
    }
    if found.has(Wrong::NotFinite) {
        return Err(found.messages());
    }
    let mut tally = Tally::default();
    let mut whole = lines;
    for line in &mut whole {
        tally.drop_repeated(line);
    }
    let before = whole.len();
    whole.retain(|line| line.0.len() >= 2);
    tally.dropped += before - whole.len();
    if whole.is_empty() {
        return Err(found.messages());
    }
    tally.note(notes);
    Ok(whole)
}

/// What was dropped on the way.
#[derive(Debug, Default)]
struct Tally {
    repeated: usize,
    dropped: usize,
}

impl Tally {
    fn drop_repeated(&mut self, line: &mut LineString<f64>) {
        let before = line.0.len();
        line.0.dedup();
        self.repeated += before - line.0.len();
    }

    fn note(&self, notes: &mut Vec<Message>) {
        if self.repeated > 0 {
            notes.push(say!(Key::GeomRepairRepeated, count = self.repeated));
        }
        if self.dropped > 0 {
            notes.push(say!(Key::GeomRepairDropped, count = self.dropped));
        }
    }
}

fn repair_polygons(
    polygons: Vec<Polygon<f64>>,
    notes: &mut Vec<Message>,
) -> Result<Vec<Polygon<f64>>, Vec<Message>> {
    let found = polygons::report(&polygons);
    if found.has(Wrong::NotFinite) {
        return Err(found.messages());
    }
    if found.0.is_empty() {
        return Ok(oriented(polygons));
    }
    // What any program makes of the rings as they are, exteriors less holes, loops with their sign.
    let stated = area_m2(&polygons);
    let mut tally = Tally::default();
    let cleaned = cleaned(polygons, &mut tally);
    if cleaned.is_empty() {
        return Err(found.messages());
    }
    tally.note(notes);
    if polygons::report(&cleaned).0.is_empty() {
        kept(stated, &cleaned, &found)?;
        return Ok(oriented(cleaned));
    }
    rebuilt(&cleaned, stated, &found, notes)
}

/// Without repeated vertices, and without rings and parts of fewer than three points.
fn cleaned(polygons: Vec<Polygon<f64>>, tally: &mut Tally) -> Vec<Polygon<f64>> {
    let mut kept = Vec::with_capacity(polygons.len());
    for polygon in polygons {
        let (mut exterior, mut holes) = polygon.into_inner();
        tally.drop_repeated(&mut exterior);
        for hole in &mut holes {
            tally.drop_repeated(hole);
        }
        if exterior.0.len() < 4 {
            tally.dropped += 1 + holes.len();
            continue;
        }
        let before = holes.len();
        holes.retain(|hole| hole.0.len() >= 4);
        tally.dropped += before - holes.len();
        kept.push(Polygon::new(exterior, holes));
    }
    kept
}

/// The polygons resolved, if that hardly changes the area that was stated.
fn rebuilt(
    polygons: &[Polygon<f64>],
    stated: f64,
    found: &Report,
    notes: &mut Vec<Message>,
) -> Result<Vec<Polygon<f64>>, Vec<Message>> {
    let Some(whole) = resolved(polygons) else {
        return Err(with_reason(found, say!(Key::GeomRepairFailed)));
    };
    let percent = kept(stated, &whole, found)?;
    let parts = whole.len();
    let area = format!("{:.1}", area_m2(&whole));
    notes.push(say!(
        Key::GeomRepairRebuilt,
        parts = parts,
        area = area,
        percent = percent
    ));
    Ok(oriented(whole))
}

/// By how many per cent the area differs from the one stated, if that is little enough.
fn kept(stated: f64, polygons: &[Polygon<f64>], found: &Report) -> Result<String, Vec<Message>> {
    let after = area_m2(polygons);
    let change = ((after - stated) / stated).abs();
    let percent = format!("{:.4}", change * 100.0);
    if change.is_nan() || change >= MAX_CHANGE {
        let (before, after) = (format!("{stated:.1}"), format!("{after:.1}"));
        let limit = MAX_CHANGE * 100.0;
        let reason = say!(
            Key::GeomRepairArea,
            before = before,
            after = after,
            percent = percent,
            limit = limit
        );
        return Err(with_reason(found, reason));
    }
    Ok(percent)
}

fn with_reason(found: &Report, reason: Message) -> Vec<Message> {
    let mut reasons = found.messages();
    reasons.push(reason);
    reasons
}

/// Each part anew by the even-odd rule: what its exterior encloses, less what its holes do; then all
/// parts together. `None` if nothing valid is left.
pub(super) fn resolved(polygons: &[Polygon<f64>]) -> Option<Vec<Polygon<f64>>> {
    let mut grid = Grid::default();
    let mut shapes = Vec::new();
    for polygon in polygons {
        let exterior = vec![grid.contour(polygon.exterior())];
        let holes: Vec<_> = polygon
            .interiors()
            .iter()
            .map(|hole| grid.contour(hole))
            .collect();
        let solid = grid::filled(&exterior, FillRule::EvenOdd);
        shapes.extend(grid::less(&solid, &grid::filled(&holes, FillRule::NonZero)));
    }
    if polygons.len() > 1 {
        shapes = grid::filled(&shapes.concat(), FillRule::NonZero);
    }
    [true, false]
        .into_iter()
        .map(|as_drawn| without_crumbs(grid.polygons(&shapes, as_drawn)))
        .find(|whole| !whole.is_empty() && polygons::report(whole).0.is_empty())
}

fn area_m2(polygons: &[Polygon<f64>]) -> f64 {
    polygons.iter().map(geodesic::polygon_area_m2).sum()
}

/// Without the rings that rounding has left.
fn without_crumbs(polygons: Vec<Polygon<f64>>) -> Vec<Polygon<f64>> {
    let crumb = CRUMB_M2.min(CRUMB_SHARE * area_m2(&polygons));
    let big =
        |ring: &LineString<f64>| ring.0.len() >= 4 && geodesic::ring_area_m2(ring).abs() > crumb;
    polygons
        .into_iter()
        .filter(|polygon| big(polygon.exterior()))
        .map(|polygon| {
            let (exterior, mut holes) = polygon.into_inner();
            holes.retain(big);
            Polygon::new(exterior, holes)
        })
        .collect()
}

/// Exteriors counter-clockwise, holes clockwise; a ring that is turned keeps its first vertex.
fn oriented(mut polygons: Vec<Polygon<f64>>) -> Vec<Polygon<f64>> {
    for polygon in &mut polygons {
        polygon.exterior_mut(LineString::make_ccw_winding);
        polygon.interiors_mut(|rings| {
            for ring in rings {
                ring.make_cw_winding();
            }
        });
    }
    polygons
}
