//! `/collections/{id}/items`: features as `GeoJSON`, page by page, and one by one.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use axum::body::{Body, Bytes, HttpBody};
use futures_util::future::BoxFuture;
use http::{HeaderValue, Response, StatusCode, header};
use http_body::Frame;
use serde_json::{Value, json};
use tokio::time::{Sleep, sleep};
use xxhash_rust::xxh3::Xxh3;

use super::answer::{self, Keep, Speaks, media};
use super::call::{Call, Query, bad_parameter, shortened};
use super::encode::{Coding, Encoder};
use super::filters;
use super::front::Front;
use super::landing::link;
use super::negotiate;
use super::pool::Failure;
use super::problem::{Refusal, UNKNOWN_FEATURE};
use super::wire::features::{FeatureCollectionType, PageHead};
use crate::export::geojson;
use crate::geom::BBox;
use crate::model::FeatureId;
use crate::query::Snapshot;
use crate::query::{self, Filter, PageRequest};
use crate::say;
use crate::text::Key;

/// Features on a page when none is said.
const LIMIT: usize = 10;
/// Most features on a page. Who asks for more gets so many.
const MOST: usize = 10_000;
/// The parameters of a page that are no fields. A field of such a name cannot be asked for.
const OWN: [&str; 5] = ["bbox", "datetime", "limit", "after", "lang"];
/// Bytes of text written before they are sent.
const PIECE: usize = 128 * 1024;

/// What a page was asked for.
struct Asked {
    boxes: Vec<BBox>,
    filter: Filter,
    after: Option<FeatureId>,
    limit: usize,
    query: Query,
}

/// A page of features.
pub(super) async fn list(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    let layer = Arc::clone(call.open_layer(call.param(0))?);
    let asked = asked(&call, &layer)?;
    let base = call.base_url()?;
    let coding = answer::coding(&call)?;
    let etag = tag(&call, &layer, &base, coding);
    let keep = Keep::Seconds(layer.view().cache_s);
    let mut headers = answer::common(&call, keep, Speaks::Sentences);
    if negotiate::none_match(call.headers(), etag.to_str().unwrap_or("")) {
        headers.insert(header::ETAG, etag);
        return Ok(answer::with(
            StatusCode::NOT_MODIFIED,
            headers,
            Body::empty(),
        ));
    }
    headers.insert(header::ETAG, etag);
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(media::GEOJSON),
    );
    if let Some(coding) = coding.header() {
        headers.insert(header::CONTENT_ENCODING, coding);
    }
    if call.is_head() {
        return Ok(answer::with(StatusCode::OK, headers, Body::empty()));
    }
    let front = Arc::clone(&call.front);
    let begin = move || {
        let mut writing = Writing::begin(&call, layer, &asked, &base, coding)?;
        let first = writing.piece()?;
        Ok::<_, io::Error>((first, writing))
    };
    let (first, writing) = front
        .pool
        .run(begin)
        .await?
        .map_err(|error| broken(&error))?;
    let body = if writing.is_done() {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(first.len()));
        Body::from(first)
    } else {
        Body::new(Stream::new(front, first, writing))
    };
    Ok(answer::with(StatusCode::OK, headers, body))
}

fn broken(error: &io::Error) -> Refusal {
    tracing::error!(%error, "features could not be encoded");
    Refusal::internal()
}

fn asked(call: &Call, layer: &Snapshot) -> Result<Asked, Refusal> {
    let fields = layer.view().fields.iter().map(|field| field.name.as_str());
    let known: Vec<&str> = OWN.into_iter().chain(fields).collect();
    let query = call.query(&known)?;
    let filter = filters::filter(call, layer.view(), &query, &OWN)?;
    let boxes = query
        .get("bbox")
        .map(boxes)
        .transpose()?
        .unwrap_or_default();
    let limit = match query.get("limit") {
        None => LIMIT,
        Some(text) => {
            let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            // A number too long to read is more than the most.
            let limit = if plain {
                text.parse().unwrap_or(MOST)
            } else {
                0
            };
            if limit == 0 {
                return Err(bad_parameter("limit", text, "1–10000"));
            }
            limit.min(MOST)
        }
    };
    let after = query
        .get("after")
        .map(|text| {
            let right = || bad_parameter("after", text, &say!(Key::HttpAfter).in_lang(call.lang()));
            cursor(text).ok_or_else(right)
        })
        .transpose()?;
    Ok(Asked {
        boxes,
        filter,
        after,
        limit,
        query,
    })
}

/// `west,south,east,north` in degrees. West beyond east goes across the antimeridian and is two
/// boxes.
fn boxes(text: &str) -> Result<Vec<BBox>, Refusal> {
    let wrong = || bad_parameter("bbox", text, "west,south,east,north");
    let numbers: Vec<f64> = text
        .split(',')
        .map(|number| {
            number
                .trim()
                .parse()
                .map_err(|_no: std::num::ParseFloatError| wrong())
        })
        .collect::<Result<_, _>>()?;
    let &[west, south, east, north] = numbers.as_slice() else {
        return Err(wrong());
    };
    let lon = -180.0..=180.0;
    let lat = -90.0..=90.0;
    let on_globe = lon.contains(&west) && lon.contains(&east) && lat.contains(&south);
    if !on_globe || !lat.contains(&north) {
        return Err(bad_parameter(
            "bbox",
            text,
            "-180 ≤ lon ≤ 180, -90 ≤ lat ≤ 90",
        ));
    }
    if south > north {
        return Err(bad_parameter("bbox", text, "south ≤ north"));
    }
    Ok(if west <= east {
        vec![BBox {
            west,
            south,
            east,
            north,
        }]
    } else {
        vec![
            BBox {
                west,
                south,
                east: 180.0,
                north,
            },
            BBox {
                west: -180.0,
                south,
                east,
                north,
            },
        ]
    })
}

/// Where the next page begins: after this feature. It names the version it was made from, too; the
/// features after an id are the same question in every version, so a token stays good.
fn token(layer: &Snapshot, after: FeatureId) -> String {
    format!("{}-{:x}", layer.version(), after.0)
}

fn cursor(text: &str) -> Option<FeatureId> {
    let (version, id) = text.split_once('-')?;
    let plain = |hex: &str| !hex.is_empty() && hex.bytes().all(|b| b.is_ascii_hexdigit());
    if !plain(version) || !plain(id) {
        return None;
    }
    i64::from_str_radix(id, 16).ok().map(FeatureId)
}

/// A weak tag of what was asked of which version of the layer and of the program: two answers to it
/// say the same, though each carries the time at which it was given.
fn tag(call: &Call, layer: &Snapshot, base: &str, coding: Coding) -> HeaderValue {
    let mut hash = Xxh3::new();
    let query = call.parts.uri.query().unwrap_or("");
    for part in [
        env!("CARGO_PKG_VERSION"),
        layer.version(),
        base,
        query,
        call.lang().code(),
        coding.name(),
    ] {
        hash.update(part.as_bytes());
        hash.update(&[0]);
    }
    HeaderValue::try_from(format!("W/\"{:032x}\"", hash.digest128()))
        .unwrap_or(HeaderValue::from_static("W/\"\""))
}

/// A feature collection being written.
struct Writing {
    layer: Arc<Snapshot>,
    rows: std::vec::IntoIter<usize>,
    first: bool,
    /// `None` when all has been written.
    encoder: Option<Encoder>,
    text: Vec<u8>,
}

impl Writing {
    /// Finds the page and writes what stands before its features.
    fn begin(
        call: &Call,
        layer: Arc<Snapshot>,
        asked: &Asked,
        base: &str,
        coding: Coding,
    ) -> io::Result<Self> {
        let request = PageRequest {
            boxes: &asked.boxes,
            filter: &asked.filter,
            after: asked.after,
            limit: asked.limit,
        };
        let page = query::page(&layer, &request);
        let path = format!("/collections/{}/items", layer.view().id);
        let lang = call.lang();
        let asked_query = call.parts.uri.query().map(|query| format!("?{query}"));
        let own = format!("{path}{}", asked_query.unwrap_or_default());
        let mut links = vec![link(
            base,
            "self",
            &own,
            media::GEOJSON,
            Key::HttpLinkSelf,
            lang,
        )];
        if let Some(after) = page.next {
            let next = format!(
                "{path}?{}",
                asked.query.with("after", &token(&layer, after))
            );
            links.push(link(
                base,
                "next",
                &next,
                media::GEOJSON,
                Key::HttpLinkNext,
                lang,
            ));
        }
        let now = (call.front.clock)();
        let head = PageHead {
            kind: FeatureCollectionType::FeatureCollection,
            time_stamp: format!("{now:.3}"),
            number_matched: page.matched,
            number_returned: page.rows.len(),
            links,
        };
        let mut text = serde_json::to_vec(&head)?;
        text.pop();
        text.extend_from_slice(b",\"features\":[");
        Ok(Self {
            layer,
            rows: page.rows.into_iter(),
            first: true,
            encoder: Some(Encoder::new(coding)?),
            text,
        })
    }

    const fn is_done(&self) -> bool {
        self.encoder.is_none()
    }

    /// The next bytes; empty only when there are no more.
    fn piece(&mut self) -> io::Result<Vec<u8>> {
        loop {
            let Some(mut encoder) = self.encoder.take() else {
                return Ok(Vec::new());
            };
            while self.text.len() < PIECE {
                let Some(row) = self.rows.next() else { break };
                if !self.first {
                    self.text.push(b',');
                }
                self.first = false;
                geojson::feature(&self.layer, row, &mut self.text);
            }
            let last = self.rows.len() == 0;
            if last {
                self.text.extend_from_slice(b"]}");
            }
            encoder.write(&self.text)?;
            self.text.clear();
            let ready = encoder.take();
            if last {
                let mut ready = ready;
                ready.extend(encoder.finish()?);
                return Ok(ready);
            }
            self.encoder = Some(encoder);
            if !ready.is_empty() {
                return Ok(ready);
            }
        }
    }
}

type Piece = BoxFuture<'static, Result<io::Result<(Vec<u8>, Writing)>, Failure>>;

/// A feature collection being sent: the next piece is written when the client has taken the last, so
/// a slow client holds no thread, and one that hangs up ends the work.
struct Stream {
    front: Arc<Front>,
    ready: Option<Vec<u8>>,
    writing: Option<Writing>,
    piece: Option<Piece>,
    end: Pin<Box<Sleep>>,
}

impl Stream {
    fn new(front: Arc<Front>, first: Vec<u8>, writing: Writing) -> Self {
        let end = Box::pin(sleep(front.limits.stream_time));
        Self {
            front,
            ready: Some(first),
            writing: Some(writing),
            piece: None,
            end,
        }
    }
}

impl HttpBody for Stream {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(ready) = self.ready.take() {
            return Poll::Ready(Some(Ok(Frame::data(ready.into()))));
        }
        if self.end.as_mut().poll(cx).is_ready() {
            self.writing = None;
            return Poll::Ready(Some(Err(io::ErrorKind::TimedOut.into())));
        }
        if self.piece.is_none() {
            let Some(mut writing) = self.writing.take().filter(|writing| !writing.is_done()) else {
                return Poll::Ready(None);
            };
            let front = Arc::clone(&self.front);
            self.piece = Some(Box::pin(async move {
                front
                    .pool
                    .go_on(move || writing.piece().map(|piece| (piece, writing)))
                    .await
            }));
        }
        let Some(piece) = self.piece.as_mut() else {
            return Poll::Ready(None);
        };
        let outcome = ready!(piece.as_mut().poll(cx));
        self.piece = None;
        Poll::Ready(Some(match outcome {
            Ok(Ok((bytes, writing))) => {
                self.writing = Some(writing);
                Ok(Frame::data(bytes.into()))
            }
            Ok(Err(error)) => Err(error),
            Err(_failure) => Err(io::ErrorKind::Other.into()),
        }))
    }
}

/// One feature.
pub(super) async fn one(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    let keep = Keep::Seconds(call.open_layer(call.param(0))?.view().cache_s);
    answer::document(call, media::GEOJSON, keep, |call| {
        call.query(&[])?;
        let layer = call.open_layer(call.param(0))?;
        let (id, text) = (layer.view().id.as_str(), call.param(1));
        let plain = text
            .strip_prefix('-')
            .unwrap_or(text)
            .bytes()
            .all(|b| b.is_ascii_digit());
        let number: Option<i64> = text.parse().ok().filter(|_| plain);
        let row = number
            .and_then(|number| layer.row_of(FeatureId(number)))
            .ok_or_else(|| {
                let detail = say!(
                    Key::HttpUnknownFeature,
                    layer = id,
                    feature = shortened(text)
                );
                Refusal::new(&UNKNOWN_FEATURE, detail)
            })?;
        let mut bytes = Vec::new();
        geojson::feature(layer, row, &mut bytes);
        let mut feature: Value =
            serde_json::from_slice(&bytes).map_err(|_unreadable| Refusal::internal())?;
        let (base, lang) = (call.base_url()?, call.lang());
        let (own, whole) = (
            format!("/collections/{id}/items/{text}"),
            format!("/collections/{id}"),
        );
        feature["links"] = json!([
            link(&base, "self", &own, media::GEOJSON, Key::HttpLinkSelf, lang),
            link(
                &base,
                "collection",
                &whole,
                media::JSON,
                Key::HttpLinkCollection,
                lang
            ),
        ]);
        Ok(feature)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_four_numbers_on_the_globe_and_two_boxes_across_the_antimeridian() {
        assert_eq!(boxes("1,2,3,4").unwrap().len(), 1);
        assert_eq!(boxes(" -180,-90, 180,90").unwrap().len(), 1);
        assert_eq!(boxes("1,2,1,2").unwrap().len(), 1);
        let two = boxes("170,-10,-170,10").unwrap();
        let expected = |west, east| BBox {
            west,
            south: -10.0,
            east,
            north: 10.0,
        };
        assert_eq!(two, [expected(170.0, 180.0), expected(-180.0, -170.0)]);
        for bad in [
            "",
            "1,2,3",
            "1,2,3,4,5",
            "1,2,3,4,5,6",
            "a,2,3,4",
            "1,4,3,2",
            "NaN,0,1,1",
            "0,0,inf,1",
            "-181,0,1,1",
            "0,0,1,91",
            "0,0,1e400,1",
            "1,,2,3",
        ] {
            assert!(boxes(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_cursor_reads_what_a_token_wrote_and_nothing_else() {
        assert_eq!(cursor("00ff00ff00ff00ff-1a"), Some(FeatureId(26)));
        for bad in [
            "",
            "1",
            "-1",
            "x-1",
            "1-",
            "1--1",
            "1-+1",
            "1-ffffffffffffffffff",
            "1-g",
        ] {
            assert_eq!(cursor(bad), None, "{bad}");
        }
    }
}
