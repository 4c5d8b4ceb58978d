//! Generalisation to a grid: a record is shown as the centre of the cell it lies in, always the
//! same cell, with an uncertainty that covers the whole of it and what was uncertain before.

use geo_types::Point;

use crate::geom::{BBox, Geometry, geodesic};
use crate::layer::{Generalise, Grid, Layer};
use crate::model::{Feature, Value};
use crate::say;
use crate::text::{Key, Lang};

/// Generalises a feature in place and says what was done; `None`: it is withheld.
///
/// The geometry becomes one point whatever it was: that of the cell which the middle of its box lies
/// in. The precision becomes the recorded one plus half the diagonal of the cell, rounded up to a
/// metre; a precision that was not recorded stays within the statement, which then is about the cell
/// alone. Of a line or a polygon it covers the whole, in steps of half a diagonal, so that it does
/// not tell the size.
pub(super) fn apply(layer: &Layer, feature: &mut Feature) -> Option<Value> {
    let cell_deg = match grid(layer, feature) {
        Grid::Degrees(degrees) => degrees,
        Grid::Withheld => return None,
    };
    if let Some(geometry) = &feature.geometry {
        let bounds = BBox::of(geometry)?;
        let lon = centre(f64::midpoint(bounds.west, bounds.east), cell_deg);
        let lat = centre(f64::midpoint(bounds.south, bounds.north), cell_deg);
        let corner = (lon + cell_deg / 2.0, (lat.abs() - cell_deg / 2.0).max(0.0));
        let half_diagonal_m = geodesic::distance_m((lon, lat.abs()), corner);
        let reach_m =
            geodesic::distance_m((bounds.west, bounds.south), (bounds.east, bounds.north)) / 2.0;
        let steps = 1.0 + (reach_m / half_diagonal_m).ceil();
        let known_m = feature.precision_m.unwrap_or(0.0);
        feature.precision_m = Some((known_m + half_diagonal_m * steps).ceil());
        feature.geometry = Some(Geometry::Point(Point::new(lon, lat)));
        super::restate_precision(layer, feature);
    }
    let said = say!(Key::PublishGeneralisedTo, degrees = cell_deg);
    Some(Value::Text(
        format!("{} / {}", said.in_lang(Lang::Zh), said.in_lang(Lang::En)).into(),
    ))
}

fn grid(layer: &Layer, feature: &Feature) -> Grid {
    let text = |index: usize| match feature.values.get(index) {
        Some(Value::Text(text)) => Some(text.as_ref()),
        _ => None,
    };
    match &layer.generalise {
        // A generalised layer without a rule would be a hole in the wall.
        None => Grid::Withheld,
        Some(Generalise::Grid(degrees)) => Grid::Degrees(*degrees),
        Some(Generalise::Taxa {
            list,
            taxon,
            life_stage,
            date,
        }) => {
            let month = date.and_then(|index| match feature.values.get(index) {
                Some(Value::Date(day)) => Some(day.month()),
                _ => None,
            });
            list.grid(text(*taxon), life_stage.and_then(text), month)
        }
    }
}

/// The centre of the cell that a coordinate lies in, written with no more digits than the grid has.
fn centre(degrees: f64, cell_deg: f64) -> f64 {
    let cells = (1.0 / cell_deg).round();
    // In units of half a cell, all whole numbers, so that a cell has one centre and not several that
    // differ in the last bit.
    ((degrees * cells).floor() * 2.0 + 1.0) / (2.0 * cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_in_a_cell_has_the_same_centre() {
        for cell in [0.001, 0.01, 0.1, 1.0] {
            let home = centre(116.443_21, cell);
            assert!((home - 116.443_21).abs() <= cell / 2.0 + 1e-12);
            for step in 0..100 {
                let inside = home - cell / 2.0 + cell * (f64::from(step) + 0.5) / 100.0;
                assert_eq!(
                    centre(inside, cell).to_bits(),
                    home.to_bits(),
                    "{cell} {inside}"
                );
            }
            assert!((centre(-0.000_1, cell) + cell / 2.0).abs() < 1e-12);
        }
    }
}
