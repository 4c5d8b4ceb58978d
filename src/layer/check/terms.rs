//! What a layer's file says about precision, coverage, time, generalisation, tiles and provenance.

use super::around::Around;
use super::fields::FieldSet;
use super::words;
use crate::layer::definition::{
    CoverageSource, Field, Generalise, PrecisionRule, Provenance, Surveyed, TileRule,
};
use crate::layer::document::Document;
use crate::layer::file::{
    CoverageTable, GeneraliseTable, GeometryWord, KindWord, PointsWord, PrecisionTable,
    ProvenanceTable, PublicForm, TilesTable, TimeTable,
};
use crate::layer::sensitivity::GRIDS;
use crate::model::FieldType;
use crate::say;
use crate::text::Key;

/// The last zoom there is.
const LAST_ZOOM: u8 = 22;

/// `[precision]`
pub(super) fn precision(doc: &mut Document, fields: &FieldSet) -> Option<PrecisionRule> {
    if !doc.has("precision") {
        return Some(PrecisionRule::Unknown);
    }
    let table: PrecisionTable = doc.part("precision")?;
    match (table.field, table.metres) {
        (Some(name), None) => {
            let path = "precision.field";
            let (place, field) = fields.named(doc, path, &name)?;
            let number = matches!(field.kind, FieldType::Number | FieldType::Integer);
            if !number || field.unit.as_deref() != Some("m") {
                doc.fault(path, say!(Key::LayerCheckPrecisionField, name = name));
            }
            Some(PrecisionRule::Field(place))
        }
        (None, Some(metres)) => {
            if metres <= 0.0 {
                doc.fault(
                    "precision.metres",
                    say!(Key::LayerCheckPrecisionMetres, value = metres),
                );
            }
            Some(PrecisionRule::Metres(metres))
        }
        _ => {
            doc.fault("precision", say!(Key::LayerCheckPrecisionOne));
            None
        }
    }
}

/// `[coverage]`
pub(super) fn coverage(doc: &mut Document, around: &Around<'_>) -> Option<CoverageSource> {
    let table: CoverageTable = doc.part("coverage")?;
    around.present(doc, "coverage.path", &table.path);
    let surveyed = match (table.surveyed, table.surveyed_field) {
        (Some(when), None) => {
            if !is_day_month_or_year(&when) {
                doc.fault("coverage.surveyed", say!(Key::LayerCheckWhen, value = when));
            }
            Surveyed::When(when)
        }
        (None, Some(column)) => Surveyed::Column(column),
        _ => {
            doc.fault("coverage", say!(Key::LayerCheckSurveyed));
            return None;
        }
    };
    let path = around.root.join(&table.path);
    Some(CoverageSource {
        path,
        shown: table.path,
        surveyed,
    })
}

/// `[time]`
pub(super) fn time(doc: &mut Document, fields: &FieldSet) -> (Option<usize>, Option<usize>) {
    let Some(table) = doc.part::<TimeTable>("time") else {
        return (None, None);
    };
    if table.from.is_none() && table.to.is_none() {
        doc.fault("time", say!(Key::LayerCheckTimeEmpty));
    }
    let mut day = |path: &str, name: Option<String>| {
        of_kind(
            doc,
            fields,
            path,
            &name?,
            &[FieldType::Date],
            Key::LayerCheckTimeField,
        )
    };
    (day("time.from", table.from), day("time.to", table.to))
}

/// `[generalise]`
pub(super) fn generalise(
    doc: &mut Document,
    public_form: Option<PublicForm>,
    geometry: Option<GeometryWord>,
    fields: &FieldSet,
    around: &mut Around<'_>,
) -> Option<Generalise> {
    match (public_form, doc.has("generalise")) {
        (Some(PublicForm::Generalised), false) => {
            doc.fault("public_form", say!(Key::LayerCheckGeneraliseMissing));
        }
        (Some(PublicForm::Full | PublicForm::Existence | PublicForm::None), true) => {
            doc.fault("generalise", say!(Key::LayerCheckGeneraliseUnused));
        }
        _ => {}
    }
    if public_form == Some(PublicForm::Generalised) && geometry == Some(GeometryWord::None) {
        doc.fault("public_form", say!(Key::LayerCheckGeneraliseTable));
    }
    let table: GeneraliseTable = doc.part("generalise")?;
    match (table.grid_deg, &table.taxa) {
        (Some(grid), None) => {
            if !GRIDS.contains(&grid) {
                doc.fault(
                    "generalise.grid_deg",
                    say!(Key::LayerCheckGrid, value = grid),
                );
            }
            let taxon_keys = [
                ("taxon", &table.taxon),
                ("life_stage", &table.life_stage),
                ("date", &table.date),
            ];
            let withheld = (!table.withhold.is_empty()).then_some("withhold");
            let given = taxon_keys.iter().filter(|(_, name)| name.is_some());
            for key in given.map(|(key, _)| *key).chain(withheld) {
                let message = say!(Key::LayerCheckGridKey, key = key);
                doc.fault(&format!("generalise.{key}"), message);
            }
            Some(Generalise::Grid(grid))
        }
        (None, Some(_)) => by_taxon(doc, table, fields, around),
        _ => {
            doc.fault("generalise", say!(Key::LayerCheckGeneraliseOne));
            None
        }
    }
}

fn by_taxon(
    doc: &mut Document,
    table: GeneraliseTable,
    fields: &FieldSet,
    around: &mut Around<'_>,
) -> Option<Generalise> {
    let list = around.taxon_list(doc, "generalise.taxa", &table.taxa?);
    let words = [FieldType::Text, FieldType::Code];
    let days = [FieldType::Date, FieldType::DateTime];
    let mut field = |key: &str, name: Option<String>, kinds: &[FieldType], sentence: Key| {
        of_kind(
            doc,
            fields,
            &format!("generalise.{key}"),
            &name?,
            kinds,
            sentence,
        )
    };
    let has_taxon = table.taxon.is_some();
    let taxon = field("taxon", table.taxon, &words, Key::LayerCheckTaxonField);
    let life_stage = field(
        "life_stage",
        table.life_stage,
        &words,
        Key::LayerCheckTaxonField,
    );
    let date = field("date", table.date, &days, Key::LayerCheckSeasonField);
    let mut withhold = Vec::new();
    for (nth, name) in table.withhold.iter().enumerate() {
        let found = fields.named(doc, &format!("generalise.withhold.{nth}"), name);
        withhold.extend(found.map(|(place, _)| place));
    }
    if !has_taxon {
        doc.fault("generalise", say!(Key::LayerCheckTaxonMissing));
    }
    Some(Generalise::Taxa {
        list: list?,
        taxon: taxon?,
        life_stage,
        date,
        withhold,
    })
}

/// `[tiles]`
pub(super) fn tiles(
    doc: &mut Document,
    geometry: Option<GeometryWord>,
    fields: &FieldSet,
) -> Option<TileRule> {
    let table = if doc.has("tiles") {
        doc.part("tiles")?
    } else {
        TilesTable::default()
    };
    for (key, zoom) in [("minzoom", table.minzoom), ("maxzoom", table.maxzoom)] {
        if zoom > LAST_ZOOM {
            doc.fault(
                &format!("tiles.{key}"),
                say!(Key::LayerCheckZoom, key = key, value = zoom),
            );
        }
    }
    if table.minzoom > table.maxzoom {
        let message = say!(
            Key::LayerCheckZooms,
            min = table.minzoom,
            max = table.maxzoom
        );
        doc.fault("tiles.minzoom", message);
    }
    let class = table
        .class
        .and_then(|name| fields.named(doc, "tiles.class", &name));
    if table.points != PointsWord::All && geometry.is_some_and(|word| word != GeometryWord::Point) {
        doc.fault("tiles.points", say!(Key::LayerCheckTilesPoints));
    }
    if table.tessellating && geometry.is_some_and(|word| word != GeometryWord::Polygon) {
        doc.fault("tiles.tessellating", say!(Key::LayerCheckTilesTessellating));
    }
    Some(TileRule {
        minzoom: table.minzoom,
        maxzoom: table.maxzoom,
        points: table.points,
        class: class.map(|(place, _)| place),
        tessellating: table.tessellating,
        cache_s: table.cache_s,
    })
}

/// `[provenance]`
pub(super) fn provenance(doc: &mut Document) -> Option<Provenance> {
    let table: ProvenanceTable = doc.part("provenance")?;
    let publisher = words(doc, "provenance.publisher")?;
    let source = words(doc, "provenance.source");
    if table.licence.trim().is_empty() {
        doc.fault("provenance.licence", say!(Key::LayerCheckMissingLicence));
    }
    if !is_day_month_or_year(&table.updated) {
        doc.fault(
            "provenance.updated",
            say!(Key::LayerCheckWhen, value = table.updated),
        );
    }
    Some(Provenance {
        publisher,
        licence: table.licence,
        updated: table.updated,
        demonstration: table.kind == KindWord::Demonstration,
        source,
    })
}

/// The place of the field of that name; a field of another kind is a fault, said in `sentence`.
fn of_kind(
    doc: &mut Document,
    fields: &FieldSet,
    path: &str,
    name: &str,
    kinds: &[FieldType],
    sentence: Key,
) -> Option<usize> {
    let (place, field): (usize, &Field) = fields.named(doc, path, name)?;
    if !kinds.contains(&field.kind) {
        doc.fault(path, say!(sentence, name = name));
    }
    Some(place)
}

/// Whether a text is a year, a month or a day as ISO 8601: `2025`, `2025-06`, `2025-06-30`.
fn is_day_month_or_year(text: &str) -> bool {
    let digits = text
        .split('-')
        .all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        10 => text.to_owned(),
        _ => return false,
    };
    digits && whole.parse::<jiff::civil::Date>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_year_a_month_or_a_day() {
        for good in ["2025", "2025-06", "2025-06-30", "2024-02-29"] {
            assert!(is_day_month_or_year(good), "{good}");
        }
        for bad in [
            "",
            "25",
            "2025-13",
            "2025-02-29",
            "2025/06",
            "2025-6-30",
            "June 2025",
            "2025--6",
        ] {
            assert!(!is_day_month_or_year(bad), "{bad}");
        }
    }
}
