//! `[[fields]]`: names, types, code lists, and who may see what.

use std::collections::BTreeMap;

use super::around::Around;
use super::sampling;
use crate::layer::definition::{Field, Visibility};
use crate::layer::document::Document;
use crate::layer::file::{FieldTable, FieldWord, VisibilityWord};
use crate::model::FieldType;
use crate::say;
use crate::text::Key;
use crate::text::near::{listed, nearest};

/// Names that the store, the tiles or the features of the API use themselves.
const RESERVED: [&str; 12] = [
    "fid",
    "geom",
    "id",
    "precision_m",
    "valid",
    "valid_from",
    "valid_to",
    "recorded_from",
    "recorded_to",
    "onemap_identity",
    "rowid",
    "point_count",
];

/// Fields that tell a place in words or numbers (Darwin Core terms), in lower case; with them
/// everything that begins with `verbatim`.
const POSITIONS: [&str; 4] = [
    "decimallongitude",
    "decimallatitude",
    "locality",
    "footprintwkt",
];

/// The fields of a layer, as far as they are right.
#[derive(Debug)]
pub(in crate::layer) struct FieldSet {
    fields: Vec<Option<Field>>,
    names: Vec<Option<String>>,
    lost: bool,
}

impl FieldSet {
    /// Checks `[[fields]]`.
    pub(super) fn check(doc: &mut Document, around: &mut Around<'_>) -> Self {
        let count = doc.len("fields");
        let name = |doc: &Document, nth| doc.text(&format!("fields.{nth}.name")).map(str::to_owned);
        let set = Self {
            lost: doc.is_lost("fields"),
            names: (0..count).map(|nth| name(doc, nth)).collect(),
            fields: (0..count).map(|nth| field(doc, nth, around)).collect(),
        };
        set.check_names(doc);
        set
    }

    /// All fields, if each is right.
    pub(super) fn whole(self) -> Option<Vec<Field>> {
        self.fields.into_iter().collect()
    }

    /// The fields that are right.
    pub(in crate::layer) fn sound(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().flatten()
    }

    /// The fields that hold the content of a substance, with its symbol.
    pub(super) fn analytes(&self) -> impl Iterator<Item = (usize, &str)> {
        let fields = self.fields.iter().enumerate();
        fields.filter_map(|(nth, field)| Some((nth, field.as_ref()?.analyte.as_deref()?)))
    }

    /// Whether a name may be that of a field which cannot be told because it is wrong itself.
    pub(in crate::layer) fn is_lost(&self, name: &str) -> bool {
        let base = name.strip_suffix("_lod").unwrap_or(name);
        let wrong = |(field, its_name): (&Option<Field>, &Option<String>)| {
            field.is_none()
                && its_name
                    .as_deref()
                    .is_none_or(|its_name| its_name == name || its_name == base)
        };
        self.lost || self.fields.iter().zip(&self.names).any(wrong)
    }

    /// The field of a name that stands at `path`; a name that no field has is a fault.
    pub(super) fn named(
        &self,
        doc: &mut Document,
        path: &str,
        name: &str,
    ) -> Option<(usize, &Field)> {
        let found = self
            .fields
            .iter()
            .enumerate()
            .filter_map(|(place, field)| Some((place, field.as_ref()?)))
            .find(|(_, field)| field.name == name);
        if found.is_none() && !self.is_lost(name) {
            let known: Vec<&str> = self.sound().map(|field| field.name.as_str()).collect();
            let message = match nearest(name, known.iter().copied()) {
                Some(near) => say!(Key::LayerCheckUnknownFieldNear, name = name, near = near),
                None => {
                    say!(
                        Key::LayerCheckUnknownField,
                        name = name,
                        known = listed(&known)
                    )
                }
            };
            doc.fault(path, message);
        }
        found
    }

    /// Names that are no names, stand twice, or clash with what the program writes itself. SQL does
    /// not tell capitals apart, so neither do we.
    fn check_names(&self, doc: &mut Document) {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (nth, name) in self.names.iter().enumerate() {
            let Some(name) = name else { continue };
            let path = format!("fields.{nth}.name");
            let lower = name.to_lowercase();
            if !is_name(name) {
                doc.fault(&path, say!(Key::LayerCheckFieldName, name = name));
            } else if RESERVED.contains(&lower.as_str()) {
                let known = RESERVED.join(", ");
                doc.fault(
                    &path,
                    say!(Key::LayerCheckFieldReserved, name = name, known = known),
                );
            }
            if let Some(earlier) = seen.get(&lower) {
                let line = doc.line(&format!("fields.{earlier}.name"));
                doc.fault(
                    &path,
                    say!(Key::LayerCheckFieldTwice, name = name, line = line),
                );
            }
            seen.entry(lower).or_insert(nth);
        }
        for field in self.sound().filter(|field| field.detection_limit) {
            let companion = format!("{}_lod", field.name).to_lowercase();
            if let Some(clash) = seen.get(&companion) {
                let path = format!("fields.{clash}.name");
                let name = doc.text(&path).unwrap_or_default().to_owned();
                let message = say!(Key::LayerCheckFieldLod, name = name, of = field.name);
                doc.fault(&path, message);
            }
        }
    }

    /// A generalised layer shows the public no field that tells the place after all.
    pub(super) fn refuse_positions(&self, doc: &mut Document) {
        let mut columns: Vec<String> = Vec::new();
        for table in ["source", "source.points"] {
            for key in ["lon", "lat", "easting", "northing", "wkt"] {
                columns.extend(doc.text(&format!("{table}.{key}")).map(str::to_lowercase));
            }
        }
        for (nth, field) in self.fields.iter().enumerate() {
            let Some(field) = field else { continue };
            if field.visibility != Visibility::Public {
                continue;
            }
            let telling = [&field.name, &field.from].into_iter().any(|name| {
                let name = name.to_lowercase();
                POSITIONS.contains(&name.as_str()) || name.starts_with("verbatim")
            });
            let name = &field.name;
            let message = if columns.contains(&field.from.to_lowercase()) {
                say!(
                    Key::LayerCheckPositionColumn,
                    name = name,
                    column = field.from
                )
            } else if telling {
                say!(Key::LayerCheckPositionField, name = name)
            } else {
                continue;
            };
            doc.fault(&format!("fields.{nth}.visibility"), message);
        }
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && name.len() <= 63
}

fn field(doc: &mut Document, nth: usize, around: &mut Around<'_>) -> Option<Field> {
    let at = format!("fields.{nth}");
    let table: FieldTable = doc.part(&at)?;
    let title = super::words(doc, &format!("{at}.title"))?;
    let kind = match table.kind {
        FieldWord::Text => FieldType::Text,
        FieldWord::Integer => FieldType::Integer,
        FieldWord::Number => FieldType::Number,
        FieldWord::Boolean => FieldType::Boolean,
        FieldWord::Date => FieldType::Date,
        FieldWord::Datetime => FieldType::DateTime,
        FieldWord::Code => FieldType::Code,
    };
    let name = table.name;
    let codes = match (kind, table.codes) {
        (FieldType::Code, Some(list)) => {
            Some(around.code_list(doc, &format!("{at}.codes"), &list)?)
        }
        (FieldType::Code, None) => {
            doc.fault(&at, say!(Key::LayerCheckCodesMissing, name = name));
            return None;
        }
        (_, Some(_)) => {
            doc.fault(
                &format!("{at}.codes"),
                say!(Key::LayerCheckCodesUnused, name = name),
            );
            None
        }
        (_, None) => None,
    };
    if table.detection_limit && kind != FieldType::Number {
        let path = format!("{at}.detection_limit");
        doc.fault(&path, say!(Key::LayerCheckDetectionLimit, name = name));
    }
    for (key, bound) in [("min", table.min), ("max", table.max)] {
        if bound.is_some() && !matches!(kind, FieldType::Number | FieldType::Integer) {
            doc.fault(
                &format!("{at}.{key}"),
                say!(Key::LayerCheckBound, key = key, name = name),
            );
        }
    }
    if let (Some(min), Some(max)) = (table.min, table.max)
        && min > max
    {
        let message = say!(Key::LayerCheckBounds, name = name, min = min, max = max);
        doc.fault(&format!("{at}.min"), message);
    }
    let analyte = table.analyte.as_deref();
    let analyte = analyte.and_then(|symbol| {
        sampling::analyte(doc, &at, symbol, (kind, table.unit.as_deref()), around)
    });
    Some(Field {
        from: table.from.unwrap_or_else(|| name.clone()),
        name,
        kind,
        codes,
        required: table.required,
        visibility: match table.visibility {
            Some(VisibilityWord::Public) => Visibility::Public,
            Some(VisibilityWord::Department) => Visibility::Department,
            Some(VisibilityWord::Internal) | None => Visibility::Internal,
        },
        title,
        unit: table.unit,
        analyte,
        detection_limit: table.detection_limit,
        min: table.min,
        max: table.max,
    })
}
