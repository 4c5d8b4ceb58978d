//! `/`: what this is and where its parts are; to a browser, the map.

use std::sync::Arc;

use axum::body::Body;
use http::{HeaderValue, Response, StatusCode, header};

use super::answer::{Keep, Speaks, common, document, media, redirect};
use super::call::Call;
use super::negotiate;
use super::problem::Refusal;
use super::wire::{District, Landing, LandingOwn, Link};
use crate::say;
use crate::text::{Key, Lang};

/// The landing page.
pub(super) async fn landing(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    let vary = HeaderValue::from_static("Accept, Accept-Encoding, Accept-Language");
    let mut response = if negotiate::wants_html(call.headers()) {
        let to = match &call.front.base_url {
            Some(base) => format!("{base}/app"),
            None => "/app".to_owned(),
        };
        redirect(
            StatusCode::SEE_OTHER,
            &to,
            common(&call, Keep::Ask, Speaks::Nothing),
        )?
    } else {
        document(call, media::JSON, Keep::Ask, page).await?
    };
    response.headers_mut().insert(header::VARY, vary);
    Ok(response)
}

fn page(call: &Call) -> Result<Landing, Refusal> {
    call.query(&[])?;
    let (world, lang, base) = (call.world()?, call.lang(), call.base_url()?);
    let district = &world.district;
    let name = district.name.in_lang(lang);
    let link =
        |rel: &str, path: &str, media, title: Key| link(&base, rel, path, media, title, lang);
    Ok(Landing {
        title: say!(Key::HttpLandingTitle, district = name).in_lang(lang),
        description: say!(Key::HttpLandingDescription, district = name).in_lang(lang),
        links: vec![
            link("self", "/", media::JSON, Key::HttpLinkSelf),
            link(
                "data",
                "/collections",
                media::JSON,
                Key::HttpLinkCollections,
            ),
            link(
                "http://www.opengis.net/def/rel/ogc/1.0/styles",
                "/styles",
                media::JSON,
                Key::HttpLinkStyles,
            ),
            link("alternate", "/app", "text/html", Key::HttpLinkApp),
        ],
        onemap: LandingOwn {
            district: District {
                name: name.to_owned(),
                code: district.code.clone(),
                bbox: world.bounds().map(Into::into),
            },
            map_review_number: district.map_review_number.clone(),
            publisher: district.publisher.in_lang(lang).to_owned(),
            contact: district.contact.clone(),
            audience: world.audience.into(),
            languages: vec![Lang::Zh.into(), Lang::En.into()],
        },
    })
}

/// A link to a path of this server.
pub(super) fn link(
    base: &str,
    rel: &str,
    path: &str,
    media: &'static str,
    title: Key,
    lang: Lang,
) -> Link {
    Link {
        rel: rel.to_owned(),
        href: format!("{base}{path}"),
        media,
        title: say!(title).in_lang(lang),
    }
}
