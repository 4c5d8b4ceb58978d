//! A GeoJSON object, its features one at a time.

use std::fmt;
use std::io::BufRead;
use std::ops::ControlFlow;

use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::Value;
use serde_json::value::RawValue;

/// What an object says about itself beside its features.
#[derive(Debug, Default)]
pub(super) struct Root {
    /// Its `type`.
    name: Option<String>,
    has_features: bool,
    /// Its `crs`, of which `null` says "none". Left out of the standard since 2016.
    pub(super) crs: Option<Value>,
}

/// What an object is.
#[derive(Debug)]
pub(super) enum Kind<'a> {
    /// A collection of features.
    Collection,
    /// A feature, or a geometry.
    Single,
    /// Something else, by its type.
    Other(&'a str),
}

impl Root {
    /// What the object is.
    pub(super) fn kind(&self) -> Kind<'_> {
        match self.name.as_deref() {
            Some("FeatureCollection") if self.has_features => Kind::Collection,
            Some(
                "Feature" | "Point" | "MultiPoint" | "LineString" | "MultiLineString" | "Polygon"
                | "MultiPolygon" | "GeometryCollection",
            ) => Kind::Single,
            Some(other) => Kind::Other(other),
            None => Kind::Other("-"),
        }
    }
}

/// Reads an object and calls `each` for every member of its `features`, until it breaks.
pub(super) fn features(
    input: impl BufRead,
    each: &mut dyn FnMut(&RawValue) -> ControlFlow<()>,
) -> serde_json::Result<Root> {
    let mut root = Root::default();
    let mut broken = false;
    let mut json = serde_json::Deserializer::from_reader(input);
    let read = json
        .deserialize_map(RootVisitor {
            root: &mut root,
            each,
            broken: &mut broken,
        })
        .and_then(|()| json.end());
    match read {
        Err(error) if !broken => Err(error),
        _ => Ok(root),
    }
}

struct RootVisitor<'a> {
    root: &'a mut Root,
    each: &'a mut dyn FnMut(&RawValue) -> ControlFlow<()>,
    broken: &'a mut bool,
}

impl<'de> Visitor<'de> for RootVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a GeoJSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "type" => self.root.name = Some(map.next_value()?),
                "crs" => self.root.crs = Some(map.next_value()?),
                "features" => {
                    self.root.has_features = true;
                    map.next_value_seed(Features {
                        each: self.each,
                        broken: self.broken,
                    })?;
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(())
    }
}

struct Features<'a> {
    each: &'a mut dyn FnMut(&RawValue) -> ControlFlow<()>,
    broken: &'a mut bool,
}

impl<'de> DeserializeSeed<'de> for Features<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Features<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut features: A) -> Result<(), A::Error> {
        while let Some(feature) = features.next_element::<Box<RawValue>>()? {
            if (self.each)(&feature) == ControlFlow::Break(()) {
                *self.broken = true;
                return Err(A::Error::custom("reading was stopped"));
            }
        }
        Ok(())
    }
}
