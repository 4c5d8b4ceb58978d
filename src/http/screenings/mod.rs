//! `/screenings`: a parcel screened, kept or not, and what is kept.

mod asked;
mod ground;
mod options;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use http::{HeaderValue, Response, StatusCode, header};
use jiff::Timestamp;

pub(super) use options::options;

use self::asked::Wanted;
use super::answer::{self, Keep, Speaks, media};
use super::call::{self, Call, bad_parameter, nothing_at};
use super::negotiate;
use super::problem::{
    BAD_GROUND, NO_ROOM, NOT_ACCEPTABLE, NOT_KEPT, Refusal, SEVERAL_PARCELS, STORE_BUSY,
    TOO_MANY_REPORTS, UNKNOWN_PARCEL, UNKNOWN_PROFILE, UNKNOWN_SCREENING, UNKNOWN_USE,
};
use super::wire::ParcelCandidate;
use crate::assess::ask::{self, AskFault};
use crate::assess::{self, Question};
use crate::query::{PastFault, World};
use crate::report::{Around, Document, Kept, ShelfFault, html, shelf};
use crate::say;
use crate::text::{Key, Lang, Problem};

/// In which form a screening is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    Html,
}

impl Form {
    /// The form a client likes best.
    fn of(call: &Call) -> Self {
        if negotiate::wants_html(call.headers()) {
            Self::Html
        } else {
            Self::Json
        }
    }
}

/// `GET /screenings`: computes, and keeps nothing.
pub(super) async fn compute(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    let now = (call.front.clock)();
    let wanted = Wanted::of_query(&call, now)?;
    let form = Form::of(&call);
    let world = world_of(&call, &wanted, now).await?;
    let (lang, on_pool) = (call.lang(), Arc::clone(&world));
    let work = move || {
        let (_, document) = screened(&on_pool, &wanted, None, now)?;
        written(&document, form, lang)
    };
    let text = call.front.pool.run(work).await??;
    sent(&call, form, text, StatusCode::OK, true).await
}

/// `POST /screenings`: computes, and keeps what it has found, unless `keep=no`.
pub(super) async fn make(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    let now = (call.front.clock)();
    let query = call.query(&["keep"])?;
    let keep = match query.get("keep") {
        None | Some("yes") => true,
        Some("no") => false,
        Some(other) => return Err(bad_parameter("keep", other, "yes, no")),
    };
    let shelf = call.front.shelf.clone();
    if keep && shelf.is_none() {
        return Err(Refusal::new(&NOT_KEPT, say!(Key::HttpNotKept)));
    }
    let world = call.world()?;
    let (on_pool, zone) = (Arc::clone(&call), world.district.time_zone.clone());
    let wanted = call
        .front
        .pool
        .run(move || Wanted::of_body(&on_pool, &zone, now))
        .await??;
    let form = Form::of(&call);
    let world = world_of(&call, &wanted, now).await?;
    let id = if keep {
        Some(shelf::new_id().map_err(|problem| broken(&problem))?)
    } else {
        None
    };
    let (lang, on_pool, name) = (call.lang(), Arc::clone(&world), id.clone());
    let work = move || {
        let (question, document) = screened(&on_pool, &wanted, name, now)?;
        let kept = match document.id {
            Some(_) => {
                Some(Kept::of(&question, &document, now).map_err(|problem| broken(&problem))?)
            }
            None => None,
        };
        Ok::<_, Refusal>((written(&document, form, lang)?, kept))
    };
    let (text, kept) = call.front.pool.run(work).await??;
    let (Some(kept), Some(shelf), Some(id)) = (kept, shelf, id) else {
        return sent(&call, form, text, StatusCode::OK, false).await;
    };
    // It may wait for an import: not on the threads that everything else needs.
    let work = move || shelf.keep(&world, &kept);
    slowly(&call, work).await?.map_err(not_kept)?;
    let mut response = sent(&call, form, text, StatusCode::CREATED, false).await?;
    let location = format!("{}/screenings/{id}", call.base_url()?);
    if let Ok(location) = HeaderValue::try_from(location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    Ok(response)
}

/// `GET /screenings/{id}`, `.json`, `.html`: what is kept, if this audience keeps it.
pub(super) async fn one(call: Arc<Call>) -> Result<Response<Body>, Refusal> {
    call.query(&[])?;
    let asked = call.param(0);
    let (id, form) = match asked.rsplit_once('.') {
        Some((id, "json")) => (id, Form::Json),
        Some((id, "html")) => (id, Form::Html),
        Some(_) => return Err(nothing_at(call.parts.uri.path())),
        None => (asked, Form::of(&call)),
    };
    let unknown = || {
        let detail = say!(Key::HttpUnknownScreening, id = call::shortened(id));
        Refusal::new(&UNKNOWN_SCREENING, detail)
    };
    let is_name = id.len() == 32
        && id
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let Some(shelf) = call.front.shelf.clone().filter(|_| is_name) else {
        return Err(unknown());
    };
    let (audience, now, name) = (call.front.audience, (call.front.clock)(), id.to_owned());
    let found = slowly(&call, move || shelf.kept(audience, &name, now)).await?;
    let kept = found.map_err(not_kept)?.ok_or_else(unknown)?;
    let lang = call.lang();
    let text = match form {
        Form::Json => kept.document,
        Form::Html => {
            let work = move || match serde_json::from_str::<Document>(&kept.document) {
                Ok(document) => Ok(html(&document, lang)),
                Err(_other_version) => Err(Refusal::new(
                    &NOT_ACCEPTABLE,
                    say!(Key::HttpScreeningOtherVersion),
                )),
            };
            call.front.pool.run(work).await??
        }
    };
    sent(&call, form, text, StatusCode::OK, !asked.contains('.')).await
}

/// The world of the moment that was asked for.
async fn world_of(
    call: &Arc<Call>,
    wanted: &Wanted,
    now: Timestamp,
) -> Result<Arc<World>, Refusal> {
    let present = call.world()?;
    let Some(moment) = wanted.asked.as_of else {
        return Ok(Arc::clone(present));
    };
    let told = wanted.as_of.as_deref().unwrap_or_default();
    let wrong = |why: Key| bad_parameter("as_of", told, &say!(why).in_lang(call.lang()));
    let Some(past) = call.front.past.clone() else {
        return Err(wrong(Key::HttpAsOfNone));
    };
    let audience = call.front.audience;
    let found = slowly(call, move || past.world_at(audience, moment, now)).await?;
    let world = found.map_err(|fault| match fault {
        PastFault::Future => wrong(Key::HttpAsOfFuture),
        PastFault::BeforeFirst => wrong(Key::HttpAsOfBefore),
        PastFault::Unreadable(problem) => {
            tracing::error!(%problem, "the records of before cannot be read");
            store_busy()
        }
    })?;
    // A world made for others is never shown, whoever made the mistake.
    if world.audience == audience {
        Ok(world)
    } else {
        Err(Refusal::internal())
    }
}

/// Work that may wait for a disk or an import: few at a time, and none of the threads that tiles
/// are cut on. Who hangs up before it has begun spares it.
async fn slowly<T: Send + 'static>(
    call: &Arc<Call>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Refusal> {
    let turn = Arc::clone(&call.front.slow).acquire_owned().await;
    let doing = tokio::task::spawn_blocking(move || {
        let done = work();
        drop(turn);
        done
    });
    doing.await.map_err(|_broke| Refusal::internal())
}

/// The answer to a question.
fn screened(
    world: &World,
    wanted: &Wanted,
    id: Option<String>,
    made_at: Timestamp,
) -> Result<(Question, Document), Refusal> {
    let book = &world.book;
    let question = ask::question(world, book, &wanted.asked).map_err(refused)?;
    let screening = assess::screen(world, book, &question).map_err(refused)?;
    let around = Around {
        audience: world.audience,
        district: &world.district,
        book,
        id,
        made_at,
    };
    let document = Document::of(&screening, &around).map_err(|problem| broken(&problem))?;
    Ok((question, document))
}

/// A document in the form it is wanted in.
fn written(document: &Document, form: Form, lang: Lang) -> Result<String, Refusal> {
    match form {
        Form::Json => serde_json::to_string(document).map_err(|_no_json| Refusal::internal()),
        Form::Html => Ok(html(document, lang)),
    }
}

/// Sends a document.
async fn sent(
    call: &Call,
    form: Form,
    text: String,
    status: StatusCode,
    negotiated: bool,
) -> Result<Response<Body>, Refusal> {
    let (media, speaks) = match form {
        Form::Json => (media::JSON, Speaks::Nothing),
        Form::Html => ("text/html; charset=utf-8", Speaks::Sentences),
    };
    let mut response = answer::body(call, media, text, Keep::Ask, speaks).await?;
    if response.status() == StatusCode::OK {
        *response.status_mut() = status;
    }
    let headers = response.headers_mut();
    if negotiated {
        headers.append(header::VARY, HeaderValue::from_static("Accept"));
    }
    if form == Form::Html {
        let policy = call.front.policies.report();
        headers.insert(header::CONTENT_SECURITY_POLICY, policy.clone());
        let referrer = HeaderValue::from_static("no-referrer");
        headers.insert(header::REFERRER_POLICY, referrer);
    }
    Ok(response)
}

/// Why a question cannot be asked so.
fn refused(fault: AskFault) -> Refusal {
    let detail = fault.message();
    match fault {
        AskFault::NoParcels | AskFault::UnknownParcel { .. } | AskFault::NothingThere => {
            Refusal::new(&UNKNOWN_PARCEL, detail)
        }
        AskFault::Several(candidates) => {
            let candidates = candidates.into_iter().map(|candidate| ParcelCandidate {
                id: candidate.id,
                feature: candidate.feature.0,
            });
            Refusal::new(&SEVERAL_PARCELS, detail).with_candidates(candidates.collect())
        }
        AskFault::UnknownSystem { .. } | AskFault::UnknownUse { .. } => {
            Refusal::new(&UNKNOWN_USE, detail)
        }
        AskFault::UnknownProfile { .. } => Refusal::new(&UNKNOWN_PROFILE, detail),
        AskFault::NoGround => Refusal::new(&BAD_GROUND, detail),
    }
}

/// Why a report was not kept, or not found.
fn not_kept(fault: ShelfFault) -> Refusal {
    match fault {
        ShelfFault::TooMany => Refusal::new(&TOO_MANY_REPORTS, say!(Key::HttpTooManyReports)),
        ShelfFault::NoRoom(problem) => {
            tracing::error!(%problem, "a report could not be kept: no room");
            Refusal::new(&NO_ROOM, say!(Key::HttpNoRoom))
        }
        ShelfFault::Busy(problem) => {
            tracing::warn!(%problem, "a report could not be kept now");
            store_busy()
        }
        ShelfFault::Broken(problem) => {
            tracing::error!(%problem, "kept reports cannot be read");
            store_busy()
        }
    }
}

fn store_busy() -> Refusal {
    let wait = Duration::from_secs(5);
    Refusal::for_now(&STORE_BUSY, say!(Key::HttpStoreBusy), wait)
}

fn broken(problem: &Problem) -> Refusal {
    tracing::error!(%problem, "a screening could not be written");
    Refusal::internal()
}
