//! The JSON Schemas of the files of `layers/`, made from the types of [`super::file`]: what
//! [`load`](super::load) holds a file against, and what an editor completes from.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

use super::book::file::{ProfileFile, RuleSetFile};
use super::file::{DistrictFile, LayerFile};

/// The JSON Schemas as texts, as they stand in `docs/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schemas {
    /// Of `layers/<theme>/<id>.toml`.
    pub layer: String,
    /// Of `layers/district.toml`.
    pub district: String,
    /// Of `layers/profiles/<id>.toml`.
    pub profile: String,
    /// Of `layers/rules/<id>.toml`.
    pub rules: String,
}

/// The JSON Schemas of the files of a layer, the district, a profile and a rule set.
pub fn schema() -> Schemas {
    let text = |schema: &Value| format!("{schema:#}\n");
    Schemas {
        layer: text(&of::<LayerFile>()),
        district: text(&of::<DistrictFile>()),
        profile: text(&of::<ProfileFile>()),
        rules: text(&of::<RuleSetFile>()),
    }
}

/// The JSON Schema of a file. TOML has no null, so an optional key is one that may be left out.
pub(super) fn of<T: JsonSchema>() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    without_null(&mut schema);
    schema
}

fn without_null(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            drop_null(object);
            object.values_mut().for_each(without_null);
        }
        Value::Array(list) => list.iter_mut().for_each(without_null),
        _ => {}
    }
}

fn drop_null(object: &mut Map<String, Value>) {
    if object.get("default") == Some(&Value::Null) {
        object.shift_remove("default");
    }
    if let Some(Value::Array(types)) = object.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            object.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(options)) = object.get_mut("anyOf") {
        options.retain(|option| option.get("type").is_none_or(|kind| kind != "null"));
        if let [Value::Object(only)] = options.as_slice() {
            let only = only.clone();
            object.shift_remove("anyOf");
            object.extend(only);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_knows_no_null() {
        let Schemas {
            layer,
            district,
            profile,
            rules,
        } = schema();
        for text in [&layer, &district, &profile, &rules] {
            assert!(!text.contains("null"));
        }
        assert!(layer.contains("\"public_form\"") && district.contains("\"audiences\""));
    }
}
