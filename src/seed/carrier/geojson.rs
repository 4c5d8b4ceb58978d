//! GeoJSON, one feature a line.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::DEMONSTRATION;
use crate::seed::arrangement::Node;
use crate::seed::place::degree_text;

/// What a feature looks like.
#[derive(Debug, Clone, Copy)]
pub(in crate::seed) enum Shape<'a> {
    /// It has no geometry.
    Nothing,
    /// A point.
    Point(Node),
    /// One polygon, or several: each its outer ring and its holes, which are closed in the file.
    Polygons(&'a [Vec<Vec<Node>>]),
    /// A polygon of one ring as it is given, closed or not.
    AsDrawn(&'a [Node]),
}

/// A GeoJSON file, one feature a line.
#[derive(Debug)]
pub(in crate::seed) struct GeoJson {
    text: String,
    first: bool,
}

impl GeoJson {
    /// A collection of that name; `crs` only where it must be said.
    pub(in crate::seed) fn new(name: &str, crs: Option<&str>) -> Self {
        let mut text = format!(
            "{{\n\"type\": \"FeatureCollection\",\n\"name\": \"{name}\",\n\
             \"data_kind\": \"{DEMONSTRATION} / demonstration data\",\n"
        );
        if let Some(crs) = crs {
            // Writing to a text does not fail.
            _ = writeln!(
                text,
                "\"crs\": {{\"type\": \"name\", \"properties\": {{\"name\": \"{crs}\"}}}},"
            );
        }
        text += "\"features\": [\n";
        Self { text, first: true }
    }

    /// Adds a feature.
    pub(in crate::seed) fn feature(&mut self, properties: Map<String, Value>, shape: &Shape<'_>) {
        if !self.first {
            self.text.push_str(",\n");
        }
        self.first = false;
        let properties = Value::Object(properties);
        // Writing to a text does not fail.
        _ = write!(
            self.text,
            "{{\"type\":\"Feature\",\"properties\":{properties},\"geometry\":"
        );
        self.shape(shape);
        self.text.push('}');
    }

    /// Adds a polygon of one ring, which is closed here, or a feature without geometry.
    pub(in crate::seed) fn polygon(
        &mut self,
        properties: Map<String, Value>,
        ring: Option<&[Node]>,
    ) {
        match ring {
            Some(ring) => self.feature(properties, &Shape::Polygons(&[vec![ring.to_vec()]])),
            None => self.feature(properties, &Shape::Nothing),
        }
    }

    /// Adds a polygon of one ring as it is given, closed or not.
    pub(in crate::seed) fn as_drawn(&mut self, properties: Map<String, Value>, ring: &[Node]) {
        self.feature(properties, &Shape::AsDrawn(ring));
    }

    fn shape(&mut self, shape: &Shape<'_>) {
        let (kind, depth) = match shape {
            Shape::Nothing => return self.text.push_str("null"),
            Shape::Point(_) => ("Point", 0),
            Shape::AsDrawn(_) | Shape::Polygons([_]) => ("Polygon", 2),
            Shape::Polygons(_) => ("MultiPolygon", 3),
        };
        _ = write!(self.text, "{{\"type\":\"{kind}\",\"coordinates\":");
        match shape {
            Shape::Nothing => {}
            Shape::Point(at) => self.position(*at),
            Shape::AsDrawn(ring) => self.list(true, &[ring], |out, ring| out.line(ring, false)),
            Shape::Polygons(polygons) => self.list(depth == 3, polygons, |out, rings| {
                out.list(true, rings, |out, ring| out.line(ring, true));
            }),
        }
        self.text.push('}');
    }

    /// Things between commas, in brackets where they are a list of their own.
    fn list<T>(&mut self, brackets: bool, things: &[T], mut write: impl FnMut(&mut Self, &T)) {
        if brackets {
            self.text.push('[');
        }
        for (i, thing) in things.iter().enumerate() {
            if i > 0 {
                self.text.push(',');
            }
            write(self, thing);
        }
        if brackets {
            self.text.push(']');
        }
    }

    fn line(&mut self, line: &[Node], close: bool) {
        let again = if close { line.first() } else { None };
        let line: Vec<Node> = line.iter().chain(again).copied().collect();
        self.list(true, &line, |out, at| out.position(*at));
    }

    fn position(&mut self, (lon, lat): Node) {
        _ = write!(self.text, "[{},{}]", degree_text(lon), degree_text(lat));
    }

    /// The whole file.
    pub(in crate::seed) fn finish(mut self) -> Vec<u8> {
        self.text.push_str("\n]\n}\n");
        self.text.into_bytes()
    }
}

/// Properties of a feature, in this order.
pub(in crate::seed) fn properties<const N: usize>(pairs: [(&str, Value); N]) -> Map<String, Value> {
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
