//! One layer of a Mapbox Vector Tile 2.1: features with their tags, keys and values written once.

use std::collections::BTreeMap;

use super::pbf::{Message, zigzag32};
use super::polygon::Ring;
use super::snap::Spot;
use crate::geom::{cast, mercator};
use crate::query::{Cell, Snapshot};

/// A value as a tile holds it. Ordered, so that each is found and written once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum TileValue {
    Text(String),
    Int(i64),
    /// The bits of a double.
    Double(u64),
    Bool(bool),
}

/// The geometry of a feature of a tile, in the tile's units, x east, y down.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape<'a> {
    Points(&'a [Spot]),
    Lines(&'a [Vec<Spot>]),
    /// Rings, each exterior before its holes, without the first spot repeated.
    Polygons(&'a [Ring]),
}

/// A layer of a tile under construction.
pub(super) struct TileLayer<'a> {
    snapshot: &'a Snapshot,
    features: Message,
    count: u64,
    keys: Vec<String>,
    /// For each field, and for its limit of detection, its place in `keys` plus one.
    key_places: Vec<[u32; 2]>,
    values: Message,
    value_places: BTreeMap<TileValue, u32>,
    /// For each field, for each of its different texts, its place in `values` plus one.
    word_places: Vec<Vec<u32>>,
    tags: Vec<u32>,
    commands: Vec<u32>,
    feature: Message,
    scratch: Message,
}

impl<'a> TileLayer<'a> {
    pub(super) fn new(snapshot: &'a Snapshot) -> Self {
        let fields = snapshot.view().fields.len();
        Self {
            snapshot,
            features: Message::default(),
            count: 0,
            keys: Vec::new(),
            key_places: vec![[0; 2]; fields],
            values: Message::default(),
            value_places: BTreeMap::new(),
            word_places: (0..fields)
                .map(|field| vec![0; snapshot.words(field)])
                .collect(),
            tags: Vec::new(),
            commands: Vec::new(),
            feature: Message::default(),
            scratch: Message::default(),
        }
    }

    /// A row of the layer, with its id and its values.
    pub(super) fn add_row(&mut self, row: usize, shape: Shape<'_>) {
        self.tags.clear();
        for field in 0..self.key_places.len() {
            self.tag(row, field);
        }
        self.add(u64::try_from(self.snapshot.id(row).0).ok(), shape);
    }

    /// A cluster of points: no id, for it is no feature of the layer, and how many it stands for.
    pub(super) fn add_cluster(&mut self, at: Spot, point_count: usize) {
        let key = self.key("point_count");
        let value = self.value(TileValue::Int(cast::usize_to_i64(point_count)));
        self.tags.clear();
        self.tags.extend([key, value]);
        self.add(None, Shape::Points(&[at]));
    }

    fn add(&mut self, id: Option<u64>, shape: Shape<'_>) {
        self.commands.clear();
        let kind = commands(shape, &mut self.commands);
        self.feature.clear();
        if let Some(id) = id {
            self.feature.uint(1, id);
        }
        self.feature.packed(2, &self.tags, &mut self.scratch);
        self.feature.uint(3, kind);
        self.feature.packed(4, &self.commands, &mut self.scratch);
        self.features.bytes(2, self.feature.as_bytes());
        self.count += 1;
    }

    /// How many features it has.
    pub(super) const fn features(&self) -> u64 {
        self.count
    }

    /// The bytes of a tile that holds this layer alone; such tiles may be put end to end. Empty when
    /// there are no features.
    pub(super) fn into_tile(self) -> Vec<u8> {
        if self.count == 0 {
            return Vec::new();
        }
        let mut layer = Message::default();
        layer.uint(15, 2);
        layer.bytes(1, self.snapshot.view().id.as_str().as_bytes());
        let mut bytes = layer.into_bytes();
        bytes.extend_from_slice(self.features.as_bytes());
        let mut rest = Message::default();
        for key in &self.keys {
            rest.bytes(3, key.as_bytes());
        }
        bytes.extend_from_slice(rest.as_bytes());
        bytes.extend_from_slice(self.values.as_bytes());
        rest.clear();
        rest.uint(5, u64::from(mercator::EXTENT));
        bytes.extend_from_slice(rest.as_bytes());
        let mut tile = Message::default();
        tile.bytes(3, &bytes);
        tile.into_bytes()
    }

    /// Adds the tags of one field of a row: none when it is null.
    fn tag(&mut self, row: usize, field: usize) {
        let word = self.snapshot.word_place(row, field).map(cast::u32_to_usize);
        if let Some(&known) = word.and_then(|word| self.word_places[field].get(word))
            && known > 0
        {
            let key = self.field_key(field, false);
            self.tags.extend([key, known - 1]);
            return;
        }
        let (value, is_limit) = match self.snapshot.cell(row, field) {
            Cell::Null => return,
            Cell::Text(text) => (TileValue::Text(text.to_owned()), false),
            Cell::Integer(i) => (TileValue::Int(i), false),
            Cell::Number(x) => (TileValue::Double(x.to_bits()), false),
            Cell::BelowDetection(limit) => (TileValue::Double(limit.to_bits()), true),
            Cell::Boolean(b) => (TileValue::Bool(b), false),
            Cell::Date(day) => (TileValue::Text(day.to_string()), false),
            Cell::DateTime(moment) => (TileValue::Text(moment.to_string()), false),
        };
        let value = self.value(value);
        if let Some(place) = word.and_then(|word| self.word_places[field].get_mut(word)) {
            *place = value + 1;
        }
        let key = self.field_key(field, is_limit);
        self.tags.extend([key, value]);
    }

    fn field_key(&mut self, field: usize, is_limit: bool) -> u32 {
        let known = self.key_places[field][usize::from(is_limit)];
        if known > 0 {
            return known - 1;
        }
        let name = &self.snapshot.view().fields[field].name;
        let key = if is_limit {
            self.key(&format!("{name}_lod"))
        } else {
            self.key(name)
        };
        self.key_places[field][usize::from(is_limit)] = key + 1;
        key
    }

    fn key(&mut self, name: &str) -> u32 {
        let place = self
            .keys
            .iter()
            .position(|key| key == name)
            .unwrap_or_else(|| {
                self.keys.push(name.to_owned());
                self.keys.len() - 1
            });
        cast::usize_to_u32(place)
    }

    fn value(&mut self, value: TileValue) -> u32 {
        let next = cast::usize_to_u32(self.value_places.len());
        let Self {
            value_places,
            values,
            scratch,
            ..
        } = self;
        *value_places.entry(value).or_insert_with_key(|value| {
            scratch.clear();
            match value {
                TileValue::Text(text) => scratch.bytes(1, text.as_bytes()),
                TileValue::Double(bits) => scratch.double(3, f64::from_bits(*bits)),
                TileValue::Int(i) => match u64::try_from(*i) {
                    Ok(natural) => scratch.uint(4, natural),
                    Err(_) => scratch.sint(6, *i),
                },
                TileValue::Bool(b) => scratch.uint(7, u64::from(*b)),
            }
            values.bytes(4, scratch.as_bytes());
            next
        })
    }
}

/// Writes the drawing commands of a geometry; its type as the format numbers it.
fn commands(shape: Shape<'_>, out: &mut Vec<u32>) -> u64 {
    const MOVE_TO: u32 = 1;
    const LINE_TO: u32 = 2;
    const CLOSE_PATH: u32 = 7;
    let mut cursor = Spot { x: 0, y: 0 };
    let mut step = |out: &mut Vec<u32>, to: Spot| {
        // Both lie in the window, so 32 bits hold the step.
        for delta in [to.x - cursor.x, to.y - cursor.y] {
            out.push(zigzag32(cast::i64_to_i32(delta)));
        }
        cursor = to;
    };
    let times = |command: u32, count: usize| command | cast::usize_to_u32(count) << 3;
    let mut path = |out: &mut Vec<u32>, spots: &[Spot]| {
        if let [first, rest @ ..] = spots {
            out.push(times(MOVE_TO, 1));
            step(out, *first);
            out.push(times(LINE_TO, rest.len()));
            for &spot in rest {
                step(out, spot);
            }
        }
    };
    match shape {
        Shape::Points(points) => {
            out.push(times(MOVE_TO, points.len()));
            for &point in points {
                step(out, point);
            }
            1
        }
        Shape::Lines(lines) => {
            for line in lines {
                path(out, line);
            }
            2
        }
        Shape::Polygons(rings) => {
            for ring in rings {
                path(out, &ring.spots);
                out.push(times(CLOSE_PATH, 1));
            }
            3
        }
    }
}
