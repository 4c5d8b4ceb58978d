//! Polygons on an integer grid, where overlays are exact.
//!
//! The step of the grid is 2⁻⁴³ degrees, 10 nanometres or less, and every point of it is an exact
//! coordinate: what is valid on the grid is valid in degrees.

use std::collections::BTreeMap;

use geo_types::{Coord, LineString, Polygon};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::core::solver::Solver;
use i_overlay::i_float::int::point::IntPoint;

use crate::geom::cast;

/// A ring on the grid, without its closing vertex.
pub(super) type Contour = Vec<IntPoint<i64>>;
/// Polygons on the grid: of each the exterior, then its holes.
pub(super) type Shapes = Vec<Vec<Contour>>;

/// Steps of the grid to a degree: 2⁴³. With 180° below 2⁸, its points need at most 51 of a
/// floating-point number's 53 bits.
const STEPS: f64 = 8_796_093_022_208.0;

/// The grid, and the vertices that were on it before they were rounded.
#[derive(Debug, Default)]
pub(super) struct Grid {
    vertices: BTreeMap<(i64, i64), Coord<f64>>,
}

impl Grid {
    /// A ring on the grid.
    pub(super) fn contour(&mut self, ring: &LineString<f64>) -> Contour {
        let open = ring.0.len().saturating_sub(1);
        let points = ring.0[..open].iter().map(|&at| {
            let (x, y) = (
                cast::f64_to_i64(at.x * STEPS),
                cast::f64_to_i64(at.y * STEPS),
            );
            self.vertices.entry((x, y)).or_insert(at);
            IntPoint::new(x, y)
        });
        let mut contour: Contour = points.collect();
        contour.dedup();
        contour
    }

    /// Polygons in degrees again: with `as_drawn`, a point of the grid where a vertex was rounded to
    /// becomes that vertex, so that a border shared with a neighbour stays shared.
    pub(super) fn polygons(&self, shapes: &Shapes, as_drawn: bool) -> Vec<Polygon<f64>> {
        let at = |point: &IntPoint<i64>| {
            let drawn = self.vertices.get(&(point.x, point.y)).filter(|_| as_drawn);
            drawn.copied().unwrap_or(Coord {
                x: cast::i64_to_f64(point.x) / STEPS,
                y: cast::i64_to_f64(point.y) / STEPS,
            })
        };
        let ring = |contour: &Contour| {
            let mut line: Vec<_> = contour.iter().map(at).collect();
            line.dedup();
            LineString(line)
        };
        shapes
            .iter()
            .filter_map(|shape| {
                let (exterior, holes) = shape.split_first()?;
                Some(Polygon::new(
                    ring(exterior),
                    holes.iter().map(ring).collect(),
                ))
            })
            .collect()
    }
}

/// What the contours enclose by a fill rule.
pub(super) fn filled(contours: &[Contour], rule: FillRule) -> Shapes {
    Overlay::from_subj_custom(contours, options(), Solver::default())
        .overlay(OverlayRule::Subject, rule)
}

/// Clean shapes less other clean shapes.
pub(super) fn less(shapes: &Shapes, without: &Shapes) -> Shapes {
    let (shapes, without) = (shapes.as_slice(), without.as_slice());
    Overlay::from_subj_and_clip_custom(shapes, without, options(), Solver::default())
        .overlay(OverlayRule::Difference, FillRule::EvenOdd)
}

/// Valid polygons that keep every vertex, those on a straight line too.
fn options() -> IntOverlayOptions<u128> {
    IntOverlayOptions {
        ogc: true,
        ..IntOverlayOptions::keep_all_points()
    }
}
