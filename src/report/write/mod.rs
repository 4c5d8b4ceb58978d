//! From a screening to its document: every number rounded, every code given its words.

mod findings;
mod ground;
mod measured;
mod round;
mod said;

use jiff::civil::Date;
use jiff::{Span, Timestamp};

use self::round::{metres, share};
use self::said::words;
use super::document as wire;
use super::document::{Document, Words};
use super::seal;
use crate::assess::Screening;
use crate::assess::answer::{LayerUsed, Unknown, Unplaced};
use crate::layer::{Book, SoilClass, SurveyTrigger};
use crate::model::{Audience, CodedUse, LayerId, Verdict};
use crate::query::DistrictView;
use crate::say;
use crate::text::{Bilingual, Key, Lang, Problem};

/// What a document says besides the screening itself.
#[derive(Debug, Clone)]
pub struct Around<'a> {
    /// For whom it was made.
    pub audience: Audience,
    /// For which district.
    pub district: &'a DistrictView,
    /// By what it went.
    pub book: &'a Book,
    /// Its name, where it is kept.
    pub id: Option<String>,
    /// When it was made.
    pub made_at: Timestamp,
}

impl Document {
    /// The document of a screening, sealed with its hash.
    pub fn of(screening: &Screening, around: &Around<'_>) -> Result<Self, Problem> {
        let mut document = Writer { screening, around }.document();
        let json = serde_json::to_value(&document)
            .map_err(|e| Problem::because(say!(Key::ReportNotSealed), e))?;
        document.hash = seal::hash(json)?;
        let short = document.hash.get(..12).unwrap_or_default();
        document.report_number = match &around.district.code {
            Some(code) => format!("{code}-{short}"),
            None => short.to_owned(),
        };
        Ok(document)
    }
}

/// Writes the parts of a document.
struct Writer<'a> {
    screening: &'a Screening,
    around: &'a Around<'a>,
}

impl Writer<'_> {
    /// The document, not yet sealed.
    fn document(&self) -> Document {
        let screening = self.screening;
        let question = &screening.question;
        Document {
            id: self.around.id.clone(),
            made_at: self.around.made_at.to_string(),
            engine: concat!("onemap ", env!("CARGO_PKG_VERSION")).to_owned(),
            revision: revision(&screening.layers),
            as_of: question.as_of.map(|moment| moment.to_string()),
            valid_on: question.valid_on.to_string(),
            rules: self.rules(),
            profile: self.profile(),
            audience: match self.around.audience {
                Audience::Public => wire::Audience::Public,
                Audience::Department => wire::Audience::Department,
            },
            district: self.district(),
            demonstration: screening.layers.iter().any(|layer| layer.demonstration),
            report_number: String::new(),
            valid_until: self.valid_until().to_string(),
            parcel: self.parcel(),
            planned_use: self.planned_use(),
            survey_trigger: match screening.meaning.survey_trigger {
                SurveyTrigger::Yes => wire::SurveyTrigger::Yes,
                SurveyTrigger::No => wire::SurveyTrigger::No,
                SurveyTrigger::Unknown => wire::SurveyTrigger::Unknown,
            },
            limit_class: wire::LimitClass {
                class: match screening.meaning.limit_class {
                    SoilClass::I => wire::SoilClass::I,
                    SoilClass::II => wire::SoilClass::II,
                    SoilClass::Unknown => wire::SoilClass::Unknown,
                },
                assumed: screening.meaning.class_assumed,
                basis: screening.meaning.basis.clone(),
            },
            verdict: verdict(screening.verdict),
            complete: screening.complete,
            verdict_sentence: said::verdict(screening.verdict, screening.complete),
            themes: screening.themes.iter().map(Self::theme).collect(),
            findings: screening.findings.iter().map(|f| self.finding(f)).collect(),
            land_use_change: screening.changes.iter().map(|c| self.change(c)).collect(),
            samples: screening.samples.iter().map(|s| self.sample(s)).collect(),
            samples_passed: screening
                .samples_passed
                .iter()
                .map(measured::passed)
                .collect(),
            indices: screening.indices.iter().map(measured::index).collect(),
            unplaced: screening
                .unplaced
                .iter()
                .map(|u| self.unplaced(u))
                .collect(),
            unknowns: screening.unknowns.iter().map(unknown).collect(),
            provenance: screening.layers.iter().map(layer_used).collect(),
            hash: String::new(),
        }
    }

    fn rules(&self) -> wire::RulesUsed {
        let id = &self.screening.question.profile.rules;
        let set = self.around.book.rule_sets.get(id);
        wire::RulesUsed {
            id: id.clone(),
            version: set.map(|set| set.version),
            title: set.map(|set| both(&set.title)),
            notes: set.map_or_else(Vec::new, |set| set.notes.iter().map(both).collect()),
            digest: self.around.book.digest.clone(),
        }
    }

    fn profile(&self) -> wire::ProfileUsed {
        let profile = &self.screening.question.profile;
        wire::ProfileUsed {
            id: profile.id.clone(),
            version: profile.version,
            title: both(&profile.title),
            note: both(&profile.note),
            rings_m: profile.rings_m.clone(),
            road_width_m: metres(profile.road_width_m),
            sliver_m2: metres(profile.sliver_m2),
            least_share_on_site: share(profile.least_share_on_site),
            least_share_rings: share(profile.least_share_rings),
            survey_age_years: profile.survey_age_years,
            background: profile.background.clone(),
        }
    }

    fn district(&self) -> wire::District {
        let district = self.around.district;
        wire::District {
            name: both(&district.name),
            code: district.code.clone(),
            publisher: both(&district.publisher),
            contact: district.contact.clone(),
        }
    }

    /// The last day of validity: the profile's days from the day that was judged.
    fn valid_until(&self) -> Date {
        let question = &self.screening.question;
        Span::new()
            .try_days(question.profile.valid_days)
            .and_then(|days| question.valid_on.checked_add(days))
            .unwrap_or(Date::MAX)
    }

    /// What people call a layer; its id where the answer does not tell.
    fn layer_title(&self, id: &LayerId) -> Words {
        let used = self.screening.layers.iter();
        let looked_at = self.screening.themes.iter().flat_map(|theme| &theme.layers);
        let mut titles = used
            .map(|layer| (&layer.layer, &layer.title))
            .chain(looked_at.map(|layer| (&layer.layer, &layer.title)));
        match titles.find(|(layer, _)| *layer == id) {
            Some((_, title)) => both(title),
            None => Words {
                zh: id.to_string(),
                en: id.to_string(),
            },
        }
    }

    /// A use with what it means.
    fn land_use(&self, land_use: &CodedUse) -> wire::LandUse {
        let list = self.around.book.systems.get(&land_use.system);
        wire::LandUse {
            system: land_use.system.clone(),
            code: land_use.code.clone(),
            title: list.and_then(|list| list.words(&land_use.code)).map(both),
        }
    }

    fn unplaced(&self, unplaced: &Unplaced) -> wire::Unplaced {
        wire::Unplaced {
            layer: unplaced.layer.to_string(),
            layer_title: self.layer_title(&unplaced.layer),
            feature: unplaced.id.0,
            name: unplaced.name.clone(),
            precision_m: metres(unplaced.precision_m),
        }
    }
}

/// 16 hexadecimal letters that are the same as long as the same layers have the same visible content.
fn revision(layers: &[LayerUsed]) -> String {
    let mut pairs: Vec<String> = layers
        .iter()
        .map(|layer| format!("{}={}\n", layer.layer, layer.version))
        .collect();
    pairs.sort_unstable();
    let mut digest = seal::hex(pairs.concat().as_bytes());
    digest.truncate(16);
    digest
}

fn unknown(unknown: &Unknown) -> wire::Unknown {
    wire::Unknown {
        theme: unknown.theme.map(|theme| theme.as_str().to_owned()),
        layer: unknown.layer.as_ref().map(ToString::to_string),
        ring: unknown.ring.as_ref().map(ToString::to_string),
        rule: unknown.rule.clone(),
        reason: ground::reason(unknown.reason),
        sentence: words(&unknown.sentence),
    }
}

fn layer_used(layer: &LayerUsed) -> wire::LayerUsed {
    wire::LayerUsed {
        layer: layer.layer.to_string(),
        title: both(&layer.title),
        version: layer.version.clone(),
        updated: layer.updated.clone(),
        publisher: both(&layer.publisher),
        licence: layer.licence.clone(),
        demonstration: layer.demonstration,
    }
}

const fn verdict(verdict: Verdict) -> wire::Verdict {
    match verdict {
        Verdict::NoKnownTrigger => wire::Verdict::NoKnownTrigger,
        Verdict::Incomplete => wire::Verdict::Incomplete,
        Verdict::Attention => wire::Verdict::Attention,
        Verdict::SurveyRequired => wire::Verdict::SurveyRequired,
        Verdict::ConstructionBarred => wire::Verdict::ConstructionBarred,
        Verdict::Prohibited => wire::Verdict::Prohibited,
    }
}

fn both(words: &Bilingual) -> Words {
    Words {
        zh: words.in_lang(Lang::Zh).to_owned(),
        en: words.in_lang(Lang::En).to_owned(),
    }
}
