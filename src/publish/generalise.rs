//! Generalisation to a grid: a record is shown as the centre of the cell it lies in, always the
//! same cell, with an uncertainty that covers the whole of it and what was uncertain before.

use geo_types::Point;

use crate::geom::{BBox, Geometry, geodesic};
use crate::layer::{Field, Generalise, Grid, Layer};
use crate::model::{Audience, Feature, FieldType, Value};
use crate::say;
use crate::text::{Bilingual, Key, Lang};

/// Generalises a feature in place and says what was done; `None`: it is withheld.
///
/// The geometry becomes one point whatever it was: that of the cell which the middle of its box lies
/// in. The precision becomes the recorded one plus half the diagonal of the cell, rounded up to a
/// metre; a precision that was not recorded stays within the statement, which then is about the cell
/// alone. Of a line or a polygon it covers the whole, in steps of half a diagonal, so that it does
/// not tell the size.
///
/// A record on a coarse grid loses the fields that [`goes_with_the_place`] names: the day, the survey
/// or the parent that it shares with a record or feature placed more closely would tell its place.
/// What it lost is told by the fields' titles alone, whether they held something or not.
pub(super) fn apply(layer: &Layer, audience: Audience, feature: &mut Feature) -> Option<Value> {
    let grid = grid(layer, feature);
    let Grid::Degrees(cell_deg) = grid else {
        return None;
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
    let lost = if grid.is_coarse() {
        withhold(layer, audience, feature)
    } else {
        Vec::new()
    };
    let said = [Lang::Zh, Lang::En].map(|lang| said(cell_deg, &lost, lang));
    Some(Value::Text(said.join(" / ").into()))
}

/// Whether a record on a coarse grid comes without a field: one that ties it to a feature of another
/// layer, one that the layer's file says, and, where the grid hangs on the taxon, so that others of
/// the same day may be placed more closely, any day or time.
pub(super) fn goes_with_the_place(layer: &Layer, index: usize, field: &Field) -> bool {
    let ties = layer.part_of.as_ref().is_some_and(|p| p.field == index);
    let said = match &layer.generalise {
        Some(Generalise::Taxa { withhold, .. }) => {
            matches!(field.kind, FieldType::Date | FieldType::DateTime) || withhold.contains(&index)
        }
        Some(Generalise::Grid(_)) | None => false,
    };
    ties || said
}

/// Empties the fields that go with the place, and what was drawn from them; the titles of those that
/// the audience would have seen.
fn withhold<'a>(layer: &'a Layer, audience: Audience, feature: &mut Feature) -> Vec<&'a Bilingual> {
    let mut lost = Vec::new();
    for (index, field) in layer.fields.iter().enumerate() {
        if !goes_with_the_place(layer, index, field) {
            continue;
        }
        if let Some(value) = feature.values.get_mut(index) {
            *value = Value::Null;
        }
        if layer.valid_from == Some(index) {
            feature.valid.from = None;
        }
        if layer.valid_to == Some(index) {
            feature.valid.to = None;
        }
        if field.visibility.allows(audience) {
            lost.push(&field.title);
        }
    }
    lost
}

/// What was done to a record, in a language.
fn said(cell_deg: f64, lost: &[&Bilingual], lang: Lang) -> String {
    if lost.is_empty() {
        return say!(Key::PublishGeneralisedTo, degrees = cell_deg).in_lang(lang);
    }
    let (comma, title): (_, fn(&Bilingual) -> &str) = match lang {
        Lang::Zh => ("、", |title| &title.zh),
        Lang::En => (", ", |title| &title.en),
    };
    let titles: Vec<&str> = lost.iter().copied().map(title).collect();
    let fields = titles.join(comma);
    say!(
        Key::PublishGeneralisedWithout,
        degrees = cell_deg,
        fields = fields
    )
    .in_lang(lang)
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
            ..
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
