//! The answer that tells the fields of a layer, itself a JSON Schema.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

/// `GET /collections/{id}/schema`: the fields of a layer, as JSON Schema.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct Schema {
    /// The dialect.
    #[serde(rename = "$schema")]
    pub(in crate::http) dialect: &'static str,
    /// Its address.
    #[serde(rename = "$id")]
    pub(in crate::http) id: String,
    /// The layer's title.
    pub(in crate::http) title: String,
    /// Properties are an object.
    #[serde(rename = "type")]
    pub(in crate::http) kind: SchemaType,
    /// The fields in their order; beside one that may be below detection, its companion `<name>_lod`.
    #[serde(serialize_with = "in_order")]
    #[schemars(with = "BTreeMap<String, SchemaProperty>")]
    pub(in crate::http) properties: Vec<(String, SchemaProperty)>,
}

/// Writes a list of names and values as an object.
fn in_order<S: Serializer>(
    list: &[(String, SchemaProperty)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(list.iter().map(|(name, property)| (name, property)))
}

/// What properties are.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::http) enum SchemaType {
    /// Names and values.
    Object,
}

/// A field.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct SchemaProperty {
    /// What people call it.
    pub(in crate::http) title: String,
    /// What a companion holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub(in crate::http) description: Option<String>,
    /// What its values are.
    #[serde(rename = "type")]
    pub(in crate::http) kind: ValueTypes,
    /// That its texts are days or moments.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "TextFormat")]
    pub(in crate::http) format: Option<TextFormat>,
    /// The unit of its numbers.
    #[serde(rename = "x-onemap-unit", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub(in crate::http) unit: Option<String>,
    /// What each code of a code list means.
    #[serde(rename = "oneOf", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Code>")]
    pub(in crate::http) codes: Option<Vec<Code>>,
}

/// What the values of a field are.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub(in crate::http) enum ValueTypes {
    /// Always this.
    Always(ValueType),
    /// This or null, not recorded.
    OrNull([ValueType; 2]),
}

/// What a value is.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::http) enum ValueType {
    /// Text, a code, a day or a moment.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Yes or no.
    Boolean,
    /// Not recorded.
    Null,
}

/// What a text is.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::http) enum TextFormat {
    /// A day.
    Date,
    /// A moment.
    DateTime,
}

/// A code and what it means.
#[derive(Debug, Serialize, JsonSchema)]
pub(in crate::http) struct Code {
    /// The code; null: not recorded.
    #[serde(rename = "const")]
    pub(in crate::http) value: Option<String>,
    /// What it means.
    pub(in crate::http) title: String,
    /// Where the meaning is from when no published source confirms it.
    #[serde(rename = "x-onemap-basis", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    pub(in crate::http) basis: Option<&'static str>,
}
