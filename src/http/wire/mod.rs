//! The server's JSON answers, field by field in the order in which they are written, and the JSON
//! Schema of them all, which the page's own types are made from.

pub(super) mod collection;
pub(super) mod features;
pub(super) mod fields;
pub(super) mod places;
pub(super) mod screenings;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::json;

use crate::geom::BBox;
use crate::model;
use crate::report::Document;
use crate::text;

/// The JSON Schema of every answer, as it stands in `docs/api.schema.json`.
pub fn api_schema() -> String {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut generator = settings.into_generator();
    let answers = [
        generator.subschema_for::<Landing>(),
        generator.subschema_for::<collection::Collections>(),
        generator.subschema_for::<collection::Collection>(),
        generator.subschema_for::<fields::Schema>(),
        generator.subschema_for::<features::ItemList>(),
        generator.subschema_for::<features::Item>(),
        generator.subschema_for::<places::Places>(),
        generator.subschema_for::<Document>(),
        generator.subschema_for::<screenings::ScreeningOptions>(),
        generator.subschema_for::<Styles>(),
        generator.subschema_for::<ProblemKinds>(),
        generator.subschema_for::<Problem>(),
    ];
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Answer",
        "description": "Any JSON document of the server. Keys may be added to it, so let pass what you do not know.",
        "anyOf": answers,
        "$defs": generator.take_definitions(true),
    });
    format!("{schema:#}\n")
}

/// Where something else is.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Link {
    /// What it is to this document: an IANA relation, or the URI of one.
    pub(super) rel: String,
    /// Its address, absolute.
    pub(super) href: String,
    /// Its media type.
    #[serde(rename = "type")]
    pub(super) media: &'static str,
    /// What it is, in words.
    pub(super) title: String,
}

/// West, south, east, north; degrees.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub(super) struct Bbox(pub(super) [f64; 4]);

impl From<BBox> for Bbox {
    fn from(bbox: BBox) -> Self {
        Self(bbox.to_array())
    }
}

/// A language in which sentences can be had.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Lang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl From<text::Lang> for Lang {
    fn from(lang: text::Lang) -> Self {
        match lang {
            text::Lang::Zh => Self::Zh,
            text::Lang::En => Self::En,
        }
    }
}

/// For whom an answer is.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Audience {
    /// Anyone.
    Public,
    /// The authority's own departments.
    Department,
}

impl From<model::Audience> for Audience {
    fn from(audience: model::Audience) -> Self {
        match audience {
            model::Audience::Public => Self::Public,
            model::Audience::Department => Self::Department,
        }
    }
}

/// `GET /`
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Landing {
    /// The title of the map.
    pub(super) title: String,
    /// What it is.
    pub(super) description: String,
    /// Where its parts are.
    pub(super) links: Vec<Link>,
    /// What is `OneMap`'s own.
    pub(super) onemap: LandingOwn,
}

/// What a landing page says beyond the standard.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct LandingOwn {
    /// The district shown.
    pub(super) district: District,
    /// The number under which the map was reviewed (审图号); empty: not reviewed.
    pub(super) map_review_number: String,
    /// Who publishes it.
    pub(super) publisher: String,
    /// Where to ask; null: not said.
    pub(super) contact: Option<String>,
    /// For whom this is.
    pub(super) audience: Audience,
    /// The languages of its sentences.
    pub(super) languages: Vec<Lang>,
}

/// A district.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct District {
    /// Its name.
    pub(super) name: String,
    /// Its administrative code; null: not said.
    pub(super) code: Option<String>,
    /// Around everything shown; null where nothing is.
    pub(super) bbox: Option<Bbox>,
}

/// `GET /styles`
#[derive(Debug, Serialize, JsonSchema)]
#[expect(clippy::struct_field_names, reason = "so it is called on the wire")]
pub(super) struct Styles {
    /// The style of the whole map.
    pub(super) default: String,
    /// Every style.
    pub(super) styles: Vec<Style>,
    /// Where this is.
    pub(super) links: Vec<Link>,
}

/// A style that can be had.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Style {
    /// Its name in its address.
    pub(super) id: String,
    /// What it shows.
    pub(super) title: String,
    /// Where it is.
    pub(super) links: Vec<Link>,
}

/// `GET /problems`
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ProblemKinds {
    /// Every kind of problem.
    pub(super) problems: Vec<ProblemKind>,
}

/// `GET /problems/{slug}`: a kind of problem.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ProblemKind {
    /// Its address and stable name.
    #[serde(rename = "type")]
    pub(super) kind: String,
    /// What it is, whatever the request.
    pub(super) title: String,
    /// The status it comes with.
    pub(super) status: u16,
}

/// `application/problem+json` (RFC 9457): why a request was not granted.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct Problem {
    #[serde(flatten)]
    pub(super) kind: ProblemKind,
    /// What is wrong with this request, and what would be right.
    pub(super) detail: String,
    /// The request's own name, as in `X-Request-Id`.
    pub(super) instance: String,
    /// The parcels that answer to what was asked; only where there are several.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Option<Vec<ParcelCandidate>>")]
    pub(super) candidates: Vec<ParcelCandidate>,
}

/// A parcel that answers to what was asked.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub(super) struct ParcelCandidate {
    /// What tells it from others.
    pub(super) id: String,
    /// Its number in the layer of parcels.
    pub(super) feature: i64,
}
