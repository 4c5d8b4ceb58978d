//! `/styles`: `MapLibre` styles, of the whole map and of each layer.

use std::sync::Arc;

use axum::body::Body;
use http::Response;

use super::answer::{Keep, document, media};
use super::call::Call;
use super::landing::link;
use super::problem::{NO_TILES, Refusal};
use super::tiles;
use super::wire::{Style, Styles};
use crate::say;
use crate::text::Key;
use crate::tile;

/// The style of the whole map. A layer of this name would have none of its own.
const WHOLE: &str = "onemap";

/// Every style.
pub(super) async fn all(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    document(call, media::JSON, Keep::Ask, |call| {
        call.query(&[])?;
        let (world, lang, base) = (call.world()?, call.lang(), call.base_url()?);
        let entry = |id: &str, title: &str| {
            let path = format!("/styles/{id}");
            let stylesheet = link(
                &base,
                "stylesheet",
                &path,
                media::JSON,
                Key::HttpLinkStyle,
                lang,
            );
            Style {
                id: id.to_owned(),
                title: title.to_owned(),
                links: vec![stylesheet],
            }
        };
        let whole = entry(WHOLE, world.district.name.in_lang(lang));
        let layers = world.layers.values().map(|layer| layer.view());
        let layers = layers
            .filter(|view| tile::has_tiles(view))
            .map(|view| entry(view.id.as_str(), view.title.in_lang(lang)));
        Ok(Styles {
            default: WHOLE.to_owned(),
            styles: std::iter::once(whole).chain(layers).collect(),
            links: vec![link(
                &base,
                "self",
                "/styles",
                media::JSON,
                Key::HttpLinkSelf,
                lang,
            )],
        })
    })
    .await
}

/// One style.
pub(super) async fn one(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    document(call, media::JSON, Keep::Ask, |call| {
        call.query(&tiles::EDITION)?;
        let edition = tiles::edition(call)?;
        let (lang, base) = (call.lang(), call.base_url()?);
        let id = call.param(0);
        if id == WHOLE {
            return Ok(tile::map_style(call.world()?, &base, lang, edition));
        }
        let layer = call.open_layer(id)?;
        if !tile::has_tiles(layer.view()) {
            return Err(Refusal::new(&NO_TILES, say!(Key::HttpNoTiles, layer = id)));
        }
        Ok(tile::layer_style(layer, &base, lang, edition))
    })
    .await
}
