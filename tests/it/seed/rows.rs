//! What an import would store of a layer, row by row, its values by name.

use std::ops::ControlFlow;
use std::sync::Arc;

use geo_types::{Coord, LineString};
use onemap::geom::{Geometry, geodesic};
use onemap::layer::{self, Accepted, Layer, Taker};
use onemap::model::{Feature, Value};
use onemap::source::Diagnostic;

use super::atlas;

/// The stored rows of a layer.
pub(super) struct Rows {
    layer: Arc<Layer>,
    features: Vec<Feature>,
}

impl Taker for Rows {
    fn opened(&mut self, _: Option<u64>) {}

    fn row(&mut self, row: Result<Accepted, Vec<Diagnostic>>) -> ControlFlow<()> {
        self.features
            .extend(row.ok().map(|accepted| accepted.feature.into_inner()));
        ControlFlow::Continue(())
    }

    fn aside(&mut self, _: &str, _: Diagnostic) {}
}

impl Rows {
    pub(super) fn of(id: &str) -> Self {
        let (atlas, zone, territory) = atlas();
        let found = atlas.layers.values().find(|layer| layer.id.as_str() == id);
        let layer = Arc::clone(found.unwrap());
        let features = Vec::new();
        let mut rows = Self {
            layer: Arc::clone(&layer),
            features,
        };
        layer::read(&layer, &zone, Some(&territory), &mut rows).unwrap();
        assert!(!rows.features.is_empty(), "{id}");
        rows
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        let layer = &*self.layer;
        self.features.iter().map(|feature| Row { layer, feature })
    }

    /// The row in which a field has that text.
    pub(super) fn find(&self, field: &str, text: &str) -> Option<Row<'_>> {
        self.iter().find(|row| row.text(field) == text)
    }
}

/// A row.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    layer: &'a Layer,
    feature: &'a Feature,
}

impl<'a> Row<'a> {
    fn value(self, field: &str) -> &'a Value {
        &self.feature.values[self.layer.field(field).unwrap().0]
    }

    /// A text or code; empty if there is none.
    pub(super) fn text(self, field: &str) -> &'a str {
        match self.value(field) {
            Value::Text(text) => text,
            Value::Null => "",
            other => panic!("{field} is {other:?}"),
        }
    }

    /// A number; of what is below the limit of detection half the limit.
    pub(super) fn number(self, field: &str) -> Option<f64> {
        match self.value(field) {
            Value::Number(number) => Some(*number),
            Value::Integer(number) => Some(onemap::geom::cast::i64_to_f64(*number)),
            Value::BelowDetection(limit) => Some(limit / 2.0),
            Value::Null => None,
            other => panic!("{field} is {other:?}"),
        }
    }

    /// A day: year, month, day.
    pub(super) fn day(self, field: &str) -> (i16, i8, i8) {
        match self.value(field) {
            Value::Date(day) => (day.year(), day.month(), day.day()),
            other => panic!("{field} is {other:?}"),
        }
    }

    pub(super) fn geometry(self) -> &'a Geometry {
        self.feature.geometry.as_ref().unwrap()
    }

    pub(super) fn line(self) -> &'a LineString<f64> {
        match self.geometry() {
            Geometry::LineString(line) => line,
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn point(self) -> Coord<f64> {
        match self.geometry() {
            Geometry::Point(point) => point.0,
            other => panic!("{other:?}"),
        }
    }
}

/// Metres from a place to the nearest point of a line, and metres along the line to there.
pub(super) fn beside(line: &LineString<f64>, at: Coord<f64>) -> (f64, f64) {
    let (mut best, mut gone) = ((f64::INFINITY, 0.0), 0.0);
    for part in line.lines() {
        let plane = |c: Coord<f64>| ((c.x - at.x) * 85_390.0, (c.y - at.y) * 111_040.0);
        let ((ax, ay), (bx, by)) = (plane(part.start), plane(part.end));
        let (dx, dy) = (bx - ax, by - ay);
        let t = (-(ax * dx + ay * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
        let length = geodesic::distance_m((part.start.x, part.start.y), (part.end.x, part.end.y));
        let away = (ax + t * dx).hypot(ay + t * dy);
        if away < best.0 {
            best = (away, gone + t * length);
        }
        gone += length;
    }
    best
}
