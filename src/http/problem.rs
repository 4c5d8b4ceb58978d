//! What goes wrong, as `application/problem+json` (RFC 9457): a stable type, a sentence that helps in
//! the reader's language, and nothing internal.

use std::time::Duration;

use axum::body::Body;
use http::{HeaderValue, Response, StatusCode, header};

use super::pool::Failure;
use super::wire::{ParcelCandidate, Problem, ProblemKind};
use crate::say;
use crate::text::{Key, Lang, Message};

/// A kind of problem.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Kind {
    /// The last part of its `type`, `/problems/<slug>`. Never changed once released.
    pub(super) slug: &'static str,
    /// The status it comes with.
    pub(super) status: StatusCode,
    /// What it is, whatever the request.
    pub(super) title: Key,
}

impl Kind {
    /// As it is told.
    pub(super) fn shown(&self, lang: Lang) -> ProblemKind {
        ProblemKind {
            kind: format!("/problems/{}", self.slug),
            title: say!(self.title).in_lang(lang),
            status: self.status.as_u16(),
        }
    }
}

/// Declares every kind once: its name in code, its slug, its status, its title.
macro_rules! kinds {
    ($($name:ident $slug:literal $status:ident $title:ident;)*) => {
        $(pub(super) static $name: Kind = Kind {
            slug: $slug,
            status: StatusCode::$status,
            title: Key::$title,
        };)*
        /// Every kind of problem.
        pub(super) static KINDS: &[&Kind] = &[$(&$name),*];
    };
}

kinds! {
    NOT_FOUND "not-found" NOT_FOUND HttpTitleNotFound;
    UNKNOWN_LAYER "unknown-layer" NOT_FOUND HttpTitleUnknownLayer;
    UNKNOWN_FEATURE "unknown-feature" NOT_FOUND HttpTitleUnknownFeature;
    HELD_BY_AUTHORITY "held-by-authority" NOT_FOUND HttpTitleHeldByAuthority;
    NO_TILES "no-tiles" NOT_FOUND HttpTitleNoTiles;
    OUT_OF_RANGE "tile-out-of-range" NOT_FOUND HttpTitleOutOfRange;
    BAD_TILE "bad-tile" BAD_REQUEST HttpTitleBadTile;
    BAD_LAYERS "bad-layer-list" BAD_REQUEST HttpTitleBadLayers;
    BAD_PARAMETER "bad-parameter" BAD_REQUEST HttpTitleBadParameter;
    UNKNOWN_PARAMETER "unknown-parameter" BAD_REQUEST HttpTitleUnknownParameter;
    BAD_REQUEST "bad-request" BAD_REQUEST HttpTitleBadRequest;
    METHOD "method-not-allowed" METHOD_NOT_ALLOWED HttpTitleMethod;
    NOT_ACCEPTABLE "not-acceptable" NOT_ACCEPTABLE HttpTitleNotAcceptable;
    BODY_TIME "body-too-slow" REQUEST_TIMEOUT HttpTitleBodyTime;
    BODY_SIZE "body-too-large" PAYLOAD_TOO_LARGE HttpTitleBodySize;
    URI_SIZE "uri-too-long" URI_TOO_LONG HttpTitleUriSize;
    RATE "too-many-requests" TOO_MANY_REQUESTS HttpTitleRate;
    HEADER_SIZE "headers-too-large" REQUEST_HEADER_FIELDS_TOO_LARGE HttpTitleHeaderSize;
    NOT_EMBEDDABLE "not-embeddable" NOT_FOUND HttpTitleNotEmbeddable;
    FORMAT "format-not-supported" NOT_IMPLEMENTED HttpTitleFormat;
    UNKNOWN_PARCEL "unknown-parcel" NOT_FOUND HttpTitleUnknownParcel;
    UNKNOWN_SCREENING "unknown-screening" NOT_FOUND HttpTitleUnknownScreening;
    SEVERAL_PARCELS "several-parcels" CONFLICT HttpTitleSeveralParcels;
    UNKNOWN_USE "unknown-use" BAD_REQUEST HttpTitleUnknownUse;
    UNKNOWN_PROFILE "unknown-profile" BAD_REQUEST HttpTitleUnknownProfile;
    BAD_BODY "bad-body" BAD_REQUEST HttpTitleBadBody;
    BAD_GROUND "bad-outline" BAD_REQUEST HttpTitleBadGround;
    MEDIA "unsupported-media-type" UNSUPPORTED_MEDIA_TYPE HttpTitleMedia;
    NOT_KEPT "nothing-is-kept" NOT_IMPLEMENTED HttpTitleNotKept;
    NO_ROOM "no-room" INSUFFICIENT_STORAGE HttpTitleNoRoom;
    TOO_MANY_REPORTS "too-many-reports" INSUFFICIENT_STORAGE HttpTitleTooManyReports;
    STORE_BUSY "store-busy" SERVICE_UNAVAILABLE HttpTitleStoreBusy;
    INTERNAL "internal" INTERNAL_SERVER_ERROR HttpTitleInternal;
    BUSY "overloaded" SERVICE_UNAVAILABLE HttpTitleBusy;
    TIME "too-slow" SERVICE_UNAVAILABLE HttpTitleTime;
    STARTING "starting" SERVICE_UNAVAILABLE HttpTitleStarting;
}

/// A request that is not granted, and why.
#[derive(Debug)]
pub(super) struct Refusal {
    /// What kind of problem it is.
    pub(super) kind: &'static Kind,
    /// What is wrong with this request, and what would be right.
    pub(super) detail: Message,
    /// When it is worth asking again.
    retry_after: Option<Duration>,
    /// The parcels that answer to what was asked.
    candidates: Vec<ParcelCandidate>,
}

impl Refusal {
    /// A refusal.
    pub(super) const fn new(kind: &'static Kind, detail: Message) -> Self {
        Self {
            kind,
            detail,
            retry_after: None,
            candidates: Vec::new(),
        }
    }

    /// A refusal that need not last: it says after how long to ask again.
    pub(super) const fn for_now(kind: &'static Kind, detail: Message, wait: Duration) -> Self {
        Self {
            kind,
            detail,
            retry_after: Some(wait),
            candidates: Vec::new(),
        }
    }

    /// The same refusal with the parcels among which the client may choose.
    #[must_use]
    pub(super) fn with_candidates(mut self, candidates: Vec<ParcelCandidate>) -> Self {
        self.candidates = candidates;
        self
    }

    /// Something of ours broke down.
    pub(super) fn internal() -> Self {
        Self::new(&INTERNAL, say!(Key::HttpInternal))
    }

    /// The answer. `id` is the request's own.
    pub(super) fn response(&self, lang: Lang, id: &str) -> Response<Body> {
        let problem = Problem {
            kind: self.kind.shown(lang),
            detail: self.detail.in_lang(lang),
            instance: format!("urn:onemap:request:{id}"),
            candidates: self.candidates.clone(),
        };
        // Texts and a number are always JSON.
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.kind.status;
        let headers = response.headers_mut();
        let fixed = HeaderValue::from_static;
        headers.insert(header::CONTENT_TYPE, fixed("application/problem+json"));
        headers.insert(header::CONTENT_LANGUAGE, fixed(lang.code()));
        headers.insert(header::CACHE_CONTROL, fixed("no-store"));
        headers.insert(header::VARY, fixed("Accept-Language"));
        if let Some(wait) = self.retry_after {
            let seconds = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        response
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Busy => Self::for_now(&BUSY, say!(Key::HttpBusy), Duration::from_secs(2)),
            Failure::Broken => Self::internal(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_kind_has_a_slug_of_its_own_and_a_status_of_failure() {
        let slugs: BTreeSet<_> = KINDS.iter().map(|kind| kind.slug).collect();
        assert_eq!(slugs.len(), KINDS.len());
        assert!(
            KINDS
                .iter()
                .all(|k| k.status.is_client_error() || k.status.is_server_error())
        );
    }

    #[test]
    fn a_wait_is_told_in_whole_seconds_never_too_few() {
        for (ms, told) in [(1, "1"), (1000, "1"), (1001, "2"), (0, "1")] {
            let refusal = Refusal::for_now(&RATE, say!(Key::HttpBusy), Duration::from_millis(ms));
            assert_eq!(
                refusal.response(Lang::En, "x").headers()[header::RETRY_AFTER],
                told
            );
        }
    }
}
