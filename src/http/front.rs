//! What all requests to one listener share.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use arc_swap::ArcSwapOption;
use jiff::Timestamp;
use tokio::sync::Semaphore;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::cache::Cache;
use super::clients::Clients;
use super::limits::Limits;
use super::metrics::Metrics;
use super::policy::Policies;
use super::pool::Pool;
use crate::model::Audience;
use crate::query::{Past, World};
use crate::report::Shelf;

/// The world one audience is shown now: swapped whole when data change; `None` until the first one
/// is ready. A request loads it once and keeps to it.
pub type Current = Arc<ArcSwapOption<World>>;

/// What all requests to one listener share. Nothing here is shared with another audience's listener
/// but the threads.
pub(super) struct Front {
    /// For whom. Fixed by the listener.
    pub(super) audience: Audience,
    /// The world now.
    pub(super) current: Current,
    /// Encoded answers.
    pub(super) cache: Cache,
    /// Where work is done.
    pub(super) pool: Arc<Pool>,
    /// Counters.
    pub(super) metrics: Metrics,
    /// How fast each client asks.
    pub(super) clients: Option<Clients>,
    /// What is refused.
    pub(super) limits: Limits,
    /// Where the server is reached from outside, without a slash at the end.
    pub(super) base_url: Option<String>,
    /// What the pages may load, and who may frame them.
    pub(super) policies: Policies,
    /// What was on record before.
    pub(super) past: Option<Arc<dyn Past>>,
    /// Where reports are kept.
    pub(super) shelf: Option<Arc<dyn Shelf>>,
    /// Turns at what may wait for a disk or an import.
    pub(super) slow: Arc<Semaphore>,
    /// What time it is.
    pub(super) clock: fn() -> Timestamp,
    /// Whether the server has been told to stop.
    pub(super) stopping: Arc<AtomicBool>,
    /// Numbers for requests.
    pub(super) ids: RequestIds,
}

impl Front {
    /// The world now; `None` before the first. A world made for another audience is never shown:
    /// it counts as none.
    pub(super) fn world(&self) -> Option<Arc<World>> {
        let world = self.current.load_full()?;
        if world.audience == self.audience {
            return Some(world);
        }
        tracing::error!(
            listener = self.audience.as_str(),
            world = world.audience.as_str(),
            "a world made for another audience was put before this listener: not shown"
        );
        None
    }

    /// Whether the server has been told to stop.
    pub(super) fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }
}

/// Ids of requests: 16 hexadecimal letters, different in every process.
#[derive(Debug)]
pub(super) struct RequestIds {
    seed: u64,
    next: AtomicU64,
}

impl RequestIds {
    pub(super) const fn new(seed: u64) -> Self {
        Self {
            seed,
            next: AtomicU64::new(0),
        }
    }

    pub(super) fn next(&self) -> String {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        format!(
            "{:016x}",
            xxh3_64_with_seed(&number.to_le_bytes(), self.seed)
        )
    }
}
