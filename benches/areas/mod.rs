//! The 105,285 real polygons that the benches measure on: Output Areas of 2011 (Office for National
//! Statistics, OGL v3).

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench that cannot go on stops, and says what it found"
)]

use std::error::Error;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use geo_types::{Coord, Geometry, LineString, MultiPolygon, Polygon};
use onemap::layer::{PointRule, Provenance, Role, Shape};
use onemap::model::{
    Audience, Feature, FeatureId, FieldType, LayerId, Period, Published, Theme, Value,
};
use onemap::publish::{FieldView, Form, LayerView, Uses};
use onemap::text::Bilingual;
use serde_json::Value as Json;

/// Their file; `None`, said loudly, where it is absent.
pub(crate) fn file() -> Result<Option<PathBuf>, Box<dyn Error>> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data/bulk/uk_oa2011_urban_105285.geojsonl.gz");
    if file.try_exists()? {
        return Ok(Some(file));
    }
    println!(
        "SKIPPED: {} is absent, so nothing was measured",
        file.display()
    );
    Ok(None)
}

/// Features, and how long their text was.
pub(crate) type Read = (Vec<Published<Feature>>, usize);

/// The features of a file of GeoJSON lines.
pub(crate) fn read(path: &Path) -> Result<Read, Box<dyn Error>> {
    let mut features = Vec::new();
    let mut text_bytes = 0;
    for (id, line) in (1..).zip(BufReader::new(GzDecoder::new(File::open(path)?)).lines()) {
        let line = line?;
        text_bytes += line.len() + 1;
        let json: Json = serde_json::from_str(&line)?;
        let text = |name: &str| {
            json["properties"][name]
                .as_str()
                .map_or(Value::Null, |text| Value::Text(text.into()))
        };
        let feature = Feature {
            id: Some(FeatureId(id)),
            identity: "".into(),
            geometry: Some(geometry(&json["geometry"])),
            values: vec![text("oa"), text("lad")],
            precision_m: None,
            valid: Period::default(),
        };
        features.push(Published::new(feature, Audience::Public));
    }
    Ok((features, text_bytes))
}

fn geometry(value: &Json) -> Geometry {
    let coordinates = &value["coordinates"];
    if value["type"] == "Polygon" {
        return Geometry::Polygon(polygon(coordinates));
    }
    let all = coordinates.as_array().unwrap().iter().map(polygon);
    Geometry::MultiPolygon(MultiPolygon(all.collect()))
}

fn polygon(value: &Json) -> Polygon<f64> {
    let mut rings = value.as_array().unwrap().iter().map(ring);
    Polygon::new(rings.next().unwrap(), rings.collect())
}

fn ring(value: &Json) -> LineString<f64> {
    let number = |v: &Json| v.as_f64().unwrap();
    let coords = value.as_array().unwrap().iter();
    coords
        .map(|c| Coord {
            x: number(&c[0]),
            y: number(&c[1]),
        })
        .collect()
}

/// Their layer.
pub(crate) fn view() -> LayerView {
    let words = |text: &str| Bilingual {
        zh: text.to_owned(),
        en: text.to_owned(),
    };
    let field = |name: &str| FieldView {
        name: name.to_owned(),
        kind: FieldType::Text,
        codes: None,
        title: words(name),
        unit: None,
        analyte: None,
        required: false,
        detection_limit: false,
    };
    LayerView {
        id: LayerId::parse("output-areas").unwrap(),
        audience: Audience::Public,
        form: Form::Full,
        theme: Theme::Land,
        title: words("Output Areas 2011"),
        description: None,
        shape: Some(Shape::Polygon),
        role: Role::Context,
        fields: vec![field("oa"), field("lad")],
        uses: Uses::default(),
        coverage: None,
        minzoom: 0,
        maxzoom: 22,
        points: PointRule::All,
        cache_s: 300,
        provenance: Provenance {
            publisher: words("Office for National Statistics"),
            licence: "OGL-UK-3.0".to_owned(),
            updated: "2011".to_owned(),
            demonstration: false,
            source: None,
        },
        style: Vec::new(),
    }
}
