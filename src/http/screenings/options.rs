//! `/screenings/options`: what can be asked for.

use std::sync::Arc;

use axum::body::Body;
use http::Response;

use crate::http::answer::{Keep, document, media};
use crate::http::call::Call;
use crate::http::problem::Refusal;
use crate::http::wire::screenings::{ProfileOption, ScreeningOptions, UseOption, UseSystem};
use crate::layer::book::Profile;
use crate::layer::{Book, CodeList};
use crate::report::document::Words;
use crate::text::Bilingual;

/// The uses, classifications and profiles that a screening knows.
pub(crate) async fn options(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    document(call, media::JSON, Keep::Ask, |call| {
        call.query(&[])?;
        Ok(all(&call.world()?.book))
    })
    .await
}

fn all(book: &Book) -> ScreeningOptions {
    ScreeningOptions {
        default_system: book.default_system.clone(),
        default_profile: book.default_profile.clone(),
        systems: book.systems.values().map(|list| system(list)).collect(),
        profiles: book.profiles.values().map(|one| profile(one)).collect(),
    }
}

fn system(list: &CodeList) -> UseSystem {
    let uses = list.entries.iter().map(|(code, title)| UseOption {
        code: code.clone(),
        title: words(title),
        parent: list.parents.get(code).cloned(),
    });
    UseSystem {
        id: list.name.clone(),
        uses: uses.collect(),
    }
}

fn profile(profile: &Profile) -> ProfileOption {
    ProfileOption {
        id: profile.id.clone(),
        version: profile.version,
        title: words(&profile.title),
        note: words(&profile.note),
        rings_m: profile.rings_m.clone(),
        valid_days: profile.valid_days,
    }
}

fn words(words: &Bilingual) -> Words {
    Words {
        zh: words.zh.clone(),
        en: words.en.clone(),
    }
}
