//! What a layer's file says of samples of soil: which fields are contents of which substances, and
//! which tell the day and the depth.

use super::around::Around;
use super::fields::FieldSet;
use crate::layer::book::limits::{PH, UNITS, power_of_mg_per_kg};
use crate::layer::definition::Sampling;
use crate::layer::document::Document;
use crate::layer::file::SamplingTable;
use crate::model::FieldType;
use crate::say;
use crate::text::Key;
use crate::text::near::{listed, nearest};

/// The symbol of a field's `analyte`, if the substance is known and its content can be compared with
/// limits.
pub(super) fn analyte(
    doc: &mut Document,
    field: &str,
    symbol: &str,
    (kind, unit): (FieldType, Option<&str>),
    around: &Around<'_>,
) -> Option<String> {
    let at = format!("{field}.analyte");
    let known = || {
        around
            .limits
            .substances
            .keys()
            .map(String::as_str)
            .chain([PH])
    };
    if !known().any(|known| known == symbol) {
        let message = match nearest(symbol, known()) {
            Some(near) => say!(Key::LayerCheckAnalyteNear, value = symbol, near = near),
            None => say!(Key::LayerCheckAnalyte, value = symbol),
        };
        doc.fault(&at, message);
        return None;
    }
    if kind != FieldType::Number {
        doc.fault(&at, say!(Key::LayerCheckAnalyteType, value = symbol));
    } else if symbol == PH {
        if unit.is_some() {
            doc.fault(&at, say!(Key::LayerCheckAnalytePh));
        }
    } else if unit.and_then(power_of_mg_per_kg).is_none() {
        let units: Vec<&str> = UNITS.iter().map(|(name, _)| *name).collect();
        let known = listed(&units);
        let message = say!(Key::LayerCheckAnalyteUnit, value = symbol, known = known);
        doc.fault(&at, message);
    }
    Some(symbol.to_owned())
}

/// `[sampling]`, and that no substance stands twice.
pub(super) fn check(doc: &mut Document, fields: &FieldSet) -> Option<Sampling> {
    let mut seen: Vec<&str> = Vec::new();
    for (nth, analyte) in fields.analytes() {
        if seen.contains(&analyte) {
            let path = format!("fields.{nth}.analyte");
            doc.fault(&path, say!(Key::LayerCheckAnalyteTwice, value = analyte));
        }
        seen.push(analyte);
    }
    let table: SamplingTable = doc.part("sampling")?;
    let date = table.date.and_then(|name| {
        let (place, field) = fields.named(doc, "sampling.date", &name)?;
        if field.kind != FieldType::Date {
            doc.fault(
                "sampling.date",
                say!(Key::LayerCheckSamplingDate, name = name),
            );
        }
        Some(place)
    });
    let depth = match (table.depth_top, table.depth_bottom) {
        (Some(top), Some(bottom)) => {
            let top = depth(doc, fields, "sampling.depth_top", &top);
            let bottom = depth(doc, fields, "sampling.depth_bottom", &bottom);
            top.zip(bottom).map(|(top, bottom)| [top, bottom])
        }
        (None, None) => None,
        _ => {
            doc.fault("sampling", say!(Key::LayerCheckSamplingDepths));
            None
        }
    };
    Some(Sampling { date, depth })
}

fn depth(doc: &mut Document, fields: &FieldSet, path: &str, name: &str) -> Option<usize> {
    let (place, field) = fields.named(doc, path, name)?;
    if field.kind != FieldType::Number || field.unit.as_deref() != Some("m") {
        doc.fault(path, say!(Key::LayerCheckSamplingDepth, name = name));
    }
    Some(place)
}
