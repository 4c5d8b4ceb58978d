//! Polygons in a frame's local plane, metres: for what has to be built, such as what several share. Overlays snap to a grid far below a micrometre.

use geo_types::Coord;
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::float::single::SingleFloatOverlay as _;

use super::frame::Frame;
use super::{PartKind, Parts, Run};

/// Polygons in the plane: of each the exterior, counter-clockwise, then its holes, clockwise.
pub(super) type Shapes = Vec<Vec<Vec<[f64; 2]>>>;

/// The polygons among runs.
pub(super) fn shapes<'a>(frame: &Frame, runs: impl Iterator<Item = Run<'a>>) -> Shapes {
    let mut shapes = Shapes::new();
    for run in runs.filter(|run| run.kind.is_ring()) {
        let corners = run.edges().map(|(from, _)| {
            let at = frame.local(from);
            [at.x, at.y]
        });
        let mut contour: Vec<[f64; 2]> = corners.collect();
        let twice: f64 = edges(&contour)
            .map(|(a, b)| a[0] * b[1] - b[0] * a[1])
            .sum();
        if (twice > 0.0) != (run.kind == PartKind::Exterior) {
            contour.reverse();
        }
        match shapes.last_mut() {
            Some(shape) if run.kind == PartKind::Hole => shape.push(contour),
            _ => shapes.push(vec![contour]),
        }
    }
    shapes
}

/// What lies in both; polygons of either may overlap.
pub(super) fn common(a: &Shapes, b: &Shapes) -> Shapes {
    a.overlay_as::<i64>(b, OverlayRule::Intersect, FillRule::NonZero)
}

/// What lies in either.
pub(super) fn either(a: &Shapes, b: &Shapes) -> Shapes {
    a.overlay_as::<i64>(b, OverlayRule::Union, FillRule::NonZero)
}

/// The same in degrees.
pub(super) fn parts(frame: &Frame, shapes: &Shapes) -> Parts {
    let mut parts = Parts::default();
    for shape in shapes {
        let mut kind = PartKind::Exterior;
        for contour in shape {
            let corners = contour.iter().map(|&[x, y]| frame.degrees(Coord { x, y }));
            parts.push(kind, corners.collect());
            kind = PartKind::Hole;
        }
    }
    parts
}

/// Their area on the ellipsoid, square metres.
pub(super) fn area_m2(frame: &Frame, shapes: &Shapes) -> f64 {
    let degrees = |[x, y]: [f64; 2]| frame.degrees(Coord { x, y });
    let contours = shapes.iter().flatten();
    contours
        .flat_map(|contour| edges(contour))
        .map(|(from, to)| frame.beneath_m2(degrees(from), degrees(to)))
        .sum()
}

fn edges(contour: &[[f64; 2]]) -> impl Iterator<Item = ([f64; 2], [f64; 2])> {
    let closing = contour.last().copied().zip(contour.first().copied());
    contour
        .windows(2)
        .map(|pair| (pair[0], pair[1]))
        .chain(closing)
}
