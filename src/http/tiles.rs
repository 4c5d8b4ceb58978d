//! Tiles: one layer or several joined, cut on the pool, kept encoded.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use futures_util::future::try_join_all;
use http::{Response, StatusCode};

use super::answer::{self, Keep, Speaks, media};
use super::cache::{self, Entry, Key as CacheKey};
use super::call::{Call, bad_parameter, nothing_at, shortened};
use super::encode::Coding;
use super::filters;
use super::front::Front;
use super::pool::Failure;
use super::problem::{BAD_LAYERS, BAD_TILE, NO_TILES, OUT_OF_RANGE, Refusal};
use crate::geom::{Datum, TileId};
use crate::query::Snapshot;
use crate::say;
use crate::text::Key;
use crate::tile::{self, Edition};

/// What chooses an edition of tiles.
pub(super) const EDITION: [&str; 2] = ["datetime", "datum"];
/// Most layers of a list.
const MOST_LAYERS: usize = 16;

/// `/tiles/{layers}/{z}/{x}/{y}.mvt`
pub(super) async fn xyz(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    let Some(y) = call.param(3).strip_suffix(".mvt") else {
        return Err(nothing_at(call.parts.uri.path()));
    };
    let id = tile_id(call.param(1), call.param(2), y)?;
    match listed(&call, call.param(0))? {
        Listed::Sorted(layers) => tile(&call, layers, id?).await,
        Listed::Unsorted(names) => {
            let (z, x) = (call.param(1), call.param(2));
            moved(&call, &format!("/tiles/{names}/{z}/{x}/{y}.mvt"))
        }
    }
}

/// `/collections/{id}/tiles/WebMercatorQuad/{z}/{row}/{col}`
pub(super) async fn of_collection(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    let id = tile_id(call.param(1), call.param(3), call.param(2))?;
    let layer = Arc::clone(tiled(&call, call.param(0))?);
    tile(&call, vec![layer], id?).await
}

/// `/tiles/WebMercatorQuad/{z}/{row}/{col}`: all layers that have tiles.
pub(super) async fn of_all(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    let id = tile_id(call.param(0), call.param(2), call.param(1))?;
    let layers = call
        .world()?
        .layers
        .values()
        .filter(|layer| tile::has_tiles(layer.view()));
    let layers = layers.cloned().collect();
    tile(&call, layers, id?).await
}

/// `/tiles/{layers}.json`
pub(super) async fn tilejson(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    let Some(names) = call.param(0).strip_suffix(".json") else {
        return Err(nothing_at(call.parts.uri.path()));
    };
    call.query(&EDITION)?;
    let edition = edition(&call)?;
    let layers = match listed(&call, names)? {
        Listed::Sorted(layers) => layers,
        Listed::Unsorted(names) => return moved(&call, &format!("/tiles/{names}.json")),
    };
    answer::document(call, media::JSON, Keep::Ask, move |call| {
        let layers: Vec<&Snapshot> = layers.iter().map(AsRef::as_ref).collect();
        Ok(tile::tilejson(
            call.world()?,
            &layers,
            &call.base_url()?,
            call.lang(),
            edition,
        ))
    })
    .await
}

/// The edition of the tiles that a request asks for: `datetime` and `datum`.
pub(super) fn edition(call: &Call) -> Result<Edition, Refusal> {
    let zone = &call.world()?.district.time_zone;
    let when = call.parameter("datetime")?;
    let datum = match call.parameter("datum")? {
        None => Datum::Plain,
        Some(name) => Datum::parse(&name)
            .ok_or_else(|| bad_parameter("datum", &name, "wgs84, gcj02, bd09"))?,
    };
    Ok(Edition {
        when: when.map(|text| filters::when(&text, zone)).transpose()?,
        datum,
    })
}

/// The tile of three numbers. The outer refusal: they are no numbers. The inner: there is no such
/// tile, which is said only after the layers have been found.
fn tile_id(z: &str, x: &str, y: &str) -> Result<Result<TileId, Refusal>, Refusal> {
    let number = |name: &str, text: &str| -> Result<u32, Refusal> {
        let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|_| plain).ok_or_else(|| {
            let detail = say!(Key::HttpBadTile, name = name, value = shortened(text));
            Refusal::new(&BAD_TILE, detail)
        })
    };
    let (z, x, y) = (number("z", z)?, number("x", x)?, number("y", y)?);
    if z > u32::from(TileId::MAX_ZOOM) {
        let detail = say!(Key::HttpNoZoom, z = z, most = TileId::MAX_ZOOM);
        return Ok(Err(Refusal::new(&OUT_OF_RANGE, detail)));
    }
    let side = 1_u32 << z;
    let id = u8::try_from(z).ok().and_then(|z| TileId::new(z, x, y).ok());
    Ok(id.ok_or_else(|| {
        let detail = say!(Key::HttpOutOfRange, z = z, x = x, y = y, most = side - 1);
        Refusal::new(&OUT_OF_RANGE, detail)
    }))
}

/// A layer this audience may have tiles of.
fn tiled<'a>(call: &'a Call, id: &str) -> Result<&'a Arc<Snapshot>, Refusal> {
    let layer = call.open_layer(id)?;
    if layer.view().shape.is_none() {
        return Err(Refusal::new(&NO_TILES, say!(Key::HttpNoTiles, layer = id)));
    }
    Ok(layer)
}

/// The layers of a list.
enum Listed {
    /// In the order of their names.
    Sorted(Vec<Arc<Snapshot>>),
    /// Not so; here are the names as they should be.
    Unsorted(String),
}

/// The layers of `a,b,c`: all there, none twice, at most [`MOST_LAYERS`].
fn listed(call: &Call, names: &str) -> Result<Listed, Refusal> {
    let mut names: Vec<&str> = names.split(',').collect();
    if names.len() > MOST_LAYERS {
        let detail = say!(Key::HttpManyLayers, count = names.len(), most = MOST_LAYERS);
        return Err(Refusal::new(&BAD_LAYERS, detail));
    }
    if names.contains(&"") {
        return Err(Refusal::new(&BAD_LAYERS, say!(Key::HttpLayerEmpty)));
    }
    let sorted = names.is_sorted();
    names.sort_unstable();
    if let Some([twice, _]) = names.windows(2).find(|pair| pair[0] == pair[1]) {
        let detail = say!(Key::HttpLayerTwice, layer = shortened(twice));
        return Err(Refusal::new(&BAD_LAYERS, detail));
    }
    let layers = names.iter().map(|name| tiled(call, name).cloned());
    let layers = layers.collect::<Result<Vec<_>, _>>()?;
    Ok(if sorted {
        Listed::Sorted(layers)
    } else {
        Listed::Unsorted(names.join(","))
    })
}

/// Sends the client to the one address that a tile of these layers has.
fn moved(call: &Call, path: &str) -> Result<Response<Body>, Refusal> {
    let base = call.front.base_url.as_deref().unwrap_or("");
    let query = call
        .parts
        .uri
        .query()
        .map(|query| format!("?{query}"))
        .unwrap_or_default();
    let headers = answer::common(call, Keep::Seconds(3600), Speaks::Nothing);
    answer::redirect(
        StatusCode::PERMANENT_REDIRECT,
        &format!("{base}{path}{query}"),
        headers,
    )
}

/// The answer: the tile of these layers, sorted by name.
async fn tile(
    call: &Call,
    layers: Vec<Arc<Snapshot>>,
    id: TileId,
) -> Result<Response<Body>, Refusal> {
    let most = layers
        .iter()
        .map(|layer| layer.view().maxzoom)
        .max()
        .unwrap_or(0);
    if id.z > most {
        let detail = say!(Key::HttpNoZoom, z = id.z, most = most);
        return Err(Refusal::new(&OUT_OF_RANGE, detail));
    }
    let keep = layers
        .iter()
        .map(|layer| layer.view().cache_s)
        .min()
        .unwrap_or(0);
    let headers = answer::common(call, Keep::Seconds(keep), Speaks::Nothing);
    let edition = edition(call)?;
    let mut shown = layers;
    // To its own last zoom a layer is cut alone; beside one that goes on, it goes on with it.
    shown.retain(|layer| layer.view().minzoom <= id.z);
    if shown.is_empty() {
        return Ok(answer::nothing(headers));
    }
    let coding = answer::coding(call)?;
    let front = &call.front;
    let wanted = Wanted { id, edition };
    let entry = match front.cache.get(&key(&shown, wanted, coding)) {
        Some(entry) => entry,
        None => made(Arc::clone(front), shown, wanted, coding).await?,
    };
    if entry.body.is_empty() {
        return Ok(answer::nothing(headers));
    }
    Ok(answer::entry_as(call, &entry, media::TILE, headers))
}

/// Which tile of some layers is wanted.
#[derive(Debug, Clone, Copy)]
struct Wanted {
    id: TileId,
    edition: Edition,
}

fn key(layers: &[Arc<Snapshot>], wanted: Wanted, coding: Coding) -> CacheKey {
    let named = layers.iter().map(|layer| {
        let edition = wanted.edition.of(layer.view()).query();
        (layer.view().id.as_str(), layer.version(), edition)
    });
    let id = wanted.id;
    CacheKey::tile(named, (id.z, id.x, id.y), coding)
}

/// The tile of these layers in a coding, made once however many ask.
async fn made(
    front: Arc<Front>,
    layers: Vec<Arc<Snapshot>>,
    wanted: Wanted,
    coding: Coding,
) -> Result<Arc<Entry>, Failure> {
    if coding == Coding::Identity {
        return joined(front, layers, wanted).await;
    }
    let making = {
        let front = Arc::clone(&front);
        let key = key(&layers, wanted, coding);
        (key, async move {
            let plain = joined(Arc::clone(&front), layers, wanted).await?;
            if plain.body.is_empty() {
                return Ok(Entry::new(Bytes::new(), coding));
            }
            cache::compress(&front.pool, plain.body.clone(), coding).await
        })
    };
    front.cache.get_or_make(making.0, making.1).await
}

/// The tile of these layers as it is: theirs end to end, which is what a tile of several layers is.
async fn joined(
    front: Arc<Front>,
    layers: Vec<Arc<Snapshot>>,
    wanted: Wanted,
) -> Result<Arc<Entry>, Failure> {
    if let [layer] = layers.as_slice() {
        return cut(&front, layer, wanted).await;
    }
    let key = key(&layers, wanted, Coding::Identity);
    let making = {
        let front = Arc::clone(&front);
        async move {
            let parts = try_join_all(layers.iter().map(|layer| cut(&front, layer, wanted))).await?;
            let whole: Vec<u8> = parts
                .iter()
                .flat_map(|part| part.body.iter().copied())
                .collect();
            Ok(Entry::new(whole.into(), Coding::Identity))
        }
    };
    front.cache.get_or_make(key, making).await
}

/// The tile of one layer as it is.
async fn cut(
    front: &Arc<Front>,
    layer: &Arc<Snapshot>,
    wanted: Wanted,
) -> Result<Arc<Entry>, Failure> {
    let key = key(std::slice::from_ref(layer), wanted, Coding::Identity);
    let making = {
        let (front, layer) = (Arc::clone(front), Arc::clone(layer));
        async move {
            let work = {
                let layer = Arc::clone(&layer);
                move || tile::encode_edition(&layer, wanted.id, wanted.edition)
            };
            let tile = front.pool.run(work).await?;
            front.metrics.tile(&layer.view().id, &tile.counts);
            Ok(Entry::new(tile.bytes.into(), Coding::Identity))
        }
    };
    front.cache.get_or_make(key, making).await
}
