//! `<id>.style.json`: how a layer is drawn. MapLibre style layers within a subset that a browser and
//! a drawing on paper show alike; `docs/styles.md` lists it.

mod colour;
mod expression;
mod names;
mod properties;

use std::path::{Path, PathBuf};

use serde_json::Value;

use self::expression::Expression;
use self::names::Names;
pub(super) use self::properties::{LayerType, Part};
use self::properties::{Property, Varies};
use super::check::around::Around;
use super::check::fields::FieldSet;
use super::definition::{PublicForm, Shape};
use super::document::Document;
use super::fault::Fault;
use super::json;
use super::marked::{Kind, Marked};
use crate::say;
use crate::text::near::nearest;
use crate::text::{Key, Message};

/// The keys of a style layer.
const KEYS: [&str; 8] = [
    "id", "type", "filter", "layout", "paint", "minzoom", "maxzoom", "metadata",
];

/// The last zoom a style layer may name.
const LAST_ZOOM: f64 = 24.0;

/// A style's file.
#[derive(Debug)]
pub(super) struct StyleFile {
    /// The file, as shown.
    pub(super) shown: PathBuf,
    /// What it holds.
    pub(super) text: String,
}

/// What is drawn.
#[derive(Debug)]
pub(super) struct Canvas<'a> {
    /// What the features are.
    pub(super) shape: Option<Shape>,
    /// In what form the public sees them.
    pub(super) form: PublicForm,
    /// The layer's fields.
    pub(super) fields: &'a FieldSet,
    /// Whether its tiles hold clusters.
    pub(super) clusters: bool,
}

/// The style layers of a layer's file, if nothing in them is wrong; none where it needs none.
pub(super) fn check(
    doc: &mut Document,
    canvas: &Canvas<'_>,
    file: Option<&StyleFile>,
    around: &mut Around<'_>,
) -> Option<Vec<Value>> {
    let Some(file) = file else {
        let shown = matches!(canvas.form, PublicForm::Full | PublicForm::Generalised);
        if shown && canvas.shape.is_some() {
            let style = doc.file().with_extension("style.json");
            let message = say!(Key::LayerCheckStyleMissing, path = style.display());
            doc.fault("geometry", message);
        }
        return Some(Vec::new());
    };
    let mut checker = Checker {
        shown: &file.shown,
        faults: Vec::new(),
    };
    let layers = match (canvas.shape, json::parse(&file.text)) {
        (None, _) => {
            checker.say(None, say!(Key::LayerCheckStyleTable));
            None
        }
        (_, Err((line, reason))) => {
            checker.say(Some(line), say!(Key::LayerCheckJsonSyntax, reason = reason));
            None
        }
        (Some(shape), Ok((value, tree))) => {
            checker.repeated_keys(&tree);
            let names = Names::of(canvas.fields, canvas.form, canvas.clusters);
            checker.file(&tree, shape, &names);
            match value {
                Value::Array(layers) => Some(layers),
                _ => None,
            }
        }
    };
    let sound = checker.faults.is_empty();
    around.faults.append(&mut checker.faults);
    layers.filter(|_| sound)
}

struct Checker<'a> {
    shown: &'a Path,
    faults: Vec<Fault>,
}

impl Checker<'_> {
    fn say(&mut self, line: Option<usize>, message: Message) {
        self.faults.push(Fault {
            file: self.shown.to_owned(),
            line,
            message,
        });
    }

    fn repeated_keys(&mut self, node: &Marked) {
        let entries = node.entries();
        for (nth, entry) in entries.iter().enumerate() {
            if entries
                .iter()
                .take(nth)
                .any(|earlier| earlier.key == entry.key)
            {
                self.say(
                    Some(entry.line),
                    say!(Key::LayerCheckStyleKeyTwice, key = entry.key),
                );
            }
            self.repeated_keys(&entry.value);
        }
        node.elements()
            .iter()
            .for_each(|element| self.repeated_keys(element));
    }

    fn file(&mut self, tree: &Marked, shape: Shape, names: &Names<'_>) {
        if !matches!(tree.kind, Kind::List(_)) || tree.elements().is_empty() {
            return self.say(Some(tree.line), say!(Key::LayerCheckStyleList));
        }
        let mut ids: Vec<(&str, usize)> = Vec::new();
        for layer in tree.elements() {
            if !matches!(layer.kind, Kind::Table(_)) {
                self.say(Some(layer.line), say!(Key::LayerCheckStyleLayer));
                continue;
            }
            self.keys(layer);
            match layer.get("id").map(|id| (id.text(), id.line)) {
                Some((Some(id), line)) if !id.trim().is_empty() => {
                    if let Some((_, earlier)) = ids.iter().find(|(earlier, _)| *earlier == id) {
                        let message = say!(Key::LayerCheckStyleIdTwice, id = id, line = earlier);
                        self.say(Some(line), message);
                    }
                    ids.push((id, line));
                }
                Some((_, line)) => self.say(Some(line), say!(Key::LayerCheckStyleId)),
                None => self.say(Some(layer.line), say!(Key::LayerCheckStyleId)),
            }
            self.zooms(layer);
            if let Some(filter) = layer.get("filter") {
                self.expression("filter", Varies::Feature, names, |e| e.filter(filter));
            }
            if let Some(kind) = self.kind(layer, shape) {
                self.properties(layer, kind, names);
            }
        }
    }

    fn keys(&mut self, layer: &Marked) {
        for entry in layer.entries() {
            let key = entry.key.as_str();
            let message = match key {
                "source" | "source-layer" => say!(Key::LayerCheckStyleSource, key = key),
                "metadata" if !matches!(entry.value.kind, Kind::Table(_)) => {
                    say!(Key::LayerCheckStyleMetadata)
                }
                _ if KEYS.contains(&key) => continue,
                _ => match nearest(key, KEYS) {
                    Some(near) => say!(Key::LayerCheckUnknownKeyNear, key = key, near = near),
                    None => {
                        say!(
                            Key::LayerCheckUnknownKey,
                            key = key,
                            known = KEYS.join(", ")
                        )
                    }
                },
            };
            self.say(Some(entry.line), message);
        }
    }

    fn zooms(&mut self, layer: &Marked) {
        let mut zooms = Vec::new();
        for key in ["minzoom", "maxzoom"] {
            let Some(node) = layer.get(key) else { continue };
            match node.number() {
                Some(zoom) if (0.0..=LAST_ZOOM).contains(&zoom) => zooms.push((zoom, node.line)),
                _ => {
                    let message = say!(
                        Key::LayerCheckStyleZoomLevel,
                        key = key,
                        value = node.shown()
                    );
                    self.say(Some(node.line), message);
                }
            }
        }
        if let [(min, line), (max, _)] = zooms.as_slice()
            && min >= max
        {
            self.say(
                Some(*line),
                say!(Key::LayerCheckStyleZooms, min = min, max = max),
            );
        }
    }

    fn kind(&mut self, layer: &Marked, shape: Shape) -> Option<LayerType> {
        let known = LayerType::ALL.map(LayerType::as_str).join(", ");
        let Some(node) = layer.get("type") else {
            self.say(
                Some(layer.line),
                say!(Key::LayerCheckStyleNoType, known = known),
            );
            return None;
        };
        let found = LayerType::ALL
            .into_iter()
            .find(|kind| node.text() == Some(kind.as_str()));
        match found {
            Some(kind) if !kind.draws(shape) => {
                let message = say!(
                    Key::LayerCheckStyleShape,
                    name = kind.as_str(),
                    shape = match shape {
                        Shape::Point => "point",
                        Shape::Line => "line",
                        Shape::Polygon => "polygon",
                    }
                );
                self.say(Some(node.line), message);
            }
            Some(_) => {}
            None => {
                let value = node.shown();
                let message = say!(Key::LayerCheckStyleType, value = value, known = known);
                self.say(Some(node.line), message);
            }
        }
        found
    }

    fn properties(&mut self, layer: &Marked, kind: LayerType, names: &Names<'_>) {
        for part in [Part::Layout, Part::Paint] {
            let Some(table) = layer.get(part.as_str()) else {
                continue;
            };
            if !matches!(table.kind, Kind::Table(_)) {
                let message = say!(Key::LayerCheckStylePart, key = part.as_str());
                self.say(Some(table.line), message);
            }
            for entry in table.entries() {
                let all = kind.properties();
                match all.iter().find(|property| property.name == entry.key) {
                    Some(property) if property.part != part => {
                        let message = say!(
                            Key::LayerCheckStyleOtherPart,
                            name = entry.key,
                            key = property.part.as_str()
                        );
                        self.say(Some(entry.line), message);
                    }
                    Some(property) => {
                        self.expression(property.name, property.varies, names, |e| {
                            e.property(&entry.value, property.wanted);
                        });
                    }
                    None => {
                        let message = unknown_property(&entry.key, kind, all, part);
                        self.say(Some(entry.line), message);
                    }
                }
            }
        }
        let writes = layer
            .get("layout")
            .is_some_and(|layout| layout.get("text-field").is_some());
        if kind == LayerType::Symbol && !writes {
            self.say(Some(layer.line), say!(Key::LayerCheckStyleNoText));
        }
    }

    fn expression(
        &mut self,
        at: &str,
        varies: Varies,
        names: &Names<'_>,
        check: impl FnOnce(&mut Expression<'_>),
    ) {
        let mut expression = Expression {
            at,
            varies,
            names,
            found: Vec::new(),
        };
        check(&mut expression);
        for (line, message) in expression.found {
            self.say(Some(line), message);
        }
    }
}

fn unknown_property(name: &str, kind: LayerType, all: &[Property], part: Part) -> Message {
    let known = all.iter().filter(|property| property.part == part);
    let known: Vec<&str> = known.map(|property| property.name).collect();
    let (kind, part) = (kind.as_str(), part.as_str());
    match nearest(name, all.iter().map(|property| property.name)) {
        Some(near) => {
            say!(
                Key::LayerCheckStylePropertyNear,
                name = name,
                kind = kind,
                near = near
            )
        }
        None => say!(
            Key::LayerCheckStyleProperty,
            name = name,
            kind = kind,
            part = part,
            known = known.join(", ")
        ),
    }
}
