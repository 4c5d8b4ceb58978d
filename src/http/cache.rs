//! Encoded answers, kept: each made once however many ask for it at the same moment, and bounded by
//! bytes.
//!
//! A key holds the versions of everything the bytes came from, so an entry is never stale: when a
//! layer changes, nobody asks for the old key again and it ages out.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::body::Bytes;
use futures_util::FutureExt as _;
use futures_util::future::{Shared, WeakShared};
use http::HeaderValue;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

use super::encode::{self, Coding};
use super::pool::{Failure, Pool};

/// What an entry is found by: a 128-bit hash of all that went into it, and its coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key {
    what: u128,
    coding: Coding,
}

impl Key {
    /// The tile of these layers, each as `(id, version, edition)`, in the order in which they are
    /// joined.
    pub(super) fn tile<'a>(
        layers: impl IntoIterator<Item = (&'a str, &'a str, String)>,
        (z, x, y): (u8, u32, u32),
        coding: Coding,
    ) -> Self {
        let mut hash = Xxh3::new();
        hash.update(b"tile");
        hash.update(&[z]);
        hash.update(&x.to_le_bytes());
        hash.update(&y.to_le_bytes());
        for (id, version, edition) in layers {
            for part in [id, version, &edition] {
                hash.update(part.as_bytes());
                hash.update(&[0]);
            }
        }
        Self {
            what: hash.digest128(),
            coding,
        }
    }

    /// A body whose bytes are at hand, in a coding.
    fn body(bytes: &[u8], coding: Coding) -> Self {
        Self {
            what: xxh3_128(bytes),
            coding,
        }
    }
}

/// An encoded body, ready to be sent.
#[derive(Debug)]
pub(super) struct Entry {
    /// The bytes as they go over the wire.
    pub(super) body: Bytes,
    /// Their coding.
    pub(super) coding: Coding,
    /// Their strong entity tag: a hash of exactly these bytes.
    pub(super) etag: HeaderValue,
}

impl Entry {
    /// An entry of bytes that are already encoded.
    pub(super) fn new(body: Bytes, coding: Coding) -> Self {
        let tag = format!("\"{:032x}\"", xxh3_128(&body));
        let etag = HeaderValue::try_from(tag).unwrap_or(HeaderValue::from_static("\"\""));
        Self { body, coding, etag }
    }
}

type Outcome = Result<Arc<Entry>, Failure>;
type Making = Shared<Pin<Box<dyn Future<Output = Outcome> + Send>>>;
type WeakMaking = WeakShared<Pin<Box<dyn Future<Output = Outcome> + Send>>>;

/// What is being made now: the future all who ask for it wait on. When the last of them goes, it is
/// dropped, and the work behind it with it.
#[derive(Default)]
struct InFlight {
    next: u64,
    makings: BTreeMap<Key, (u64, WeakMaking)>,
}

/// Encoded answers of one audience.
pub(super) struct Cache {
    kept: moka::sync::Cache<Key, Arc<Entry>>,
    in_flight: Arc<Mutex<InFlight>>,
    counts: Counts,
}

/// How often the cache was asked, and with what success.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Found.
    pub(super) hits: AtomicU64,
    /// Not found, and nobody was making it.
    pub(super) misses: AtomicU64,
    /// Not found, but being made for somebody else.
    pub(super) joined: AtomicU64,
}

/// Bytes an entry takes beside its body.
const OVERHEAD: usize = 256;

impl Cache {
    /// A cache that keeps at most so many bytes.
    pub(super) fn new(most_bytes: u64) -> Self {
        let kept = moka::sync::Cache::builder()
            .max_capacity(most_bytes)
            .weigher(|_key, entry: &Arc<Entry>| {
                u32::try_from(entry.body.len() + OVERHEAD).unwrap_or(u32::MAX)
            })
            .build();
        Self {
            kept,
            in_flight: Arc::default(),
            counts: Counts::default(),
        }
    }

    /// How often it was asked.
    pub(super) const fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Entries and bytes kept, as of the last housekeeping.
    pub(super) fn size(&self) -> (u64, u64) {
        self.kept.run_pending_tasks();
        (self.kept.entry_count(), self.kept.weighted_size())
    }

    /// The entry of a key, if it is kept.
    pub(super) fn get(&self, key: &Key) -> Option<Arc<Entry>> {
        let found = self.kept.get(key);
        if found.is_some() {
            self.counts.hits.fetch_add(1, Ordering::Relaxed);
        }
        found
    }

    /// The entry of a key: kept, or being made for somebody else, or made now.
    pub(super) async fn get_or_make<F>(&self, key: Key, make: F) -> Outcome
    where
        F: Future<Output = Result<Entry, Failure>> + Send + 'static,
    {
        if let Some(entry) = self.get(&key) {
            return Ok(entry);
        }
        self.making(key, make).await
    }

    /// The future all who ask for `key` wait on.
    fn making<F>(&self, key: Key, make: F) -> Making
    where
        F: Future<Output = Result<Entry, Failure>> + Send + 'static,
    {
        let mut in_flight = lock(&self.in_flight);
        // It may have been finished between the look at the cache and the lock.
        if let Some(entry) = self.kept.get(&key) {
            self.counts.hits.fetch_add(1, Ordering::Relaxed);
            let ready: Pin<Box<dyn Future<Output = Outcome> + Send>> =
                Box::pin(std::future::ready(Ok(entry)));
            return ready.shared();
        }
        if let Some(making) = in_flight
            .makings
            .get(&key)
            .and_then(|(_, weak)| weak.upgrade())
        {
            self.counts.joined.fetch_add(1, Ordering::Relaxed);
            return making;
        }
        self.counts.misses.fetch_add(1, Ordering::Relaxed);
        in_flight.next += 1;
        let number = in_flight.next;
        let landing = Landing {
            in_flight: Arc::clone(&self.in_flight),
            key,
            number,
        };
        let kept = self.kept.clone();
        let future: Pin<Box<dyn Future<Output = Outcome> + Send>> = Box::pin(async move {
            let _landing = landing;
            let entry = Arc::new(make.await?);
            kept.insert(key, Arc::clone(&entry));
            Ok(entry)
        });
        let making = future.shared();
        if let Some(weak) = making.downgrade() {
            in_flight.makings.insert(key, (number, weak));
        }
        making
    }

    /// A body in a coding: kept under a hash of its bytes, so it needs no version.
    pub(super) async fn encoded(&self, pool: &Arc<Pool>, body: Bytes, coding: Coding) -> Outcome {
        if coding == Coding::Identity {
            return Ok(Arc::new(Entry::new(body, coding)));
        }
        let key = Key::body(&body, coding);
        if let Some(entry) = self.get(&key) {
            return Ok(entry);
        }
        let pool = Arc::clone(pool);
        self.making(key, async move { compress(&pool, body, coding).await })
            .await
    }
}

/// A body compressed on the pool.
pub(super) async fn compress(pool: &Pool, body: Bytes, coding: Coding) -> Result<Entry, Failure> {
    let encoded = pool.run(move || encode::encode(&body, coding)).await?;
    match encoded {
        Ok(bytes) => Ok(Entry::new(bytes.into(), coding)),
        Err(error) => {
            tracing::error!(%error, coding = coding.name(), "a body could not be encoded");
            Err(Failure::Broken)
        }
    }
}

/// Takes a key out of what is in flight: when it has been made, has failed, or nobody waits.
struct Landing {
    in_flight: Arc<Mutex<InFlight>>,
    key: Key,
    number: u64,
}

impl Drop for Landing {
    fn drop(&mut self) {
        let mut in_flight = lock(&self.in_flight);
        // Another may have begun the same key since this one was given up.
        if in_flight
            .makings
            .get(&self.key)
            .is_some_and(|(number, _)| *number == self.number)
        {
            in_flight.makings.remove(&self.key);
        }
    }
}

fn lock(in_flight: &Mutex<InFlight>) -> MutexGuard<'_, InFlight> {
    in_flight.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;

    fn key(x: u32) -> Key {
        Key::tile([("a", "1", String::new())], (5, x, 0), Coding::Identity)
    }

    fn entry(length: usize) -> Entry {
        Entry::new(vec![7; length].into(), Coding::Identity)
    }

    #[test]
    fn every_part_of_a_key_tells_two_tiles_apart() {
        let tile = |layers: &[(&str, &str)], zxy, coding| {
            // What stands behind `?` is the edition.
            let layers = layers.iter().map(|(id, version)| {
                let (version, edition) = version.split_once('?').unwrap_or((version, ""));
                (*id, version, edition.to_owned())
            });
            Key::tile(layers, zxy, coding)
        };
        let keys = [
            tile(&[("a", "1")], (5, 1, 2), Coding::Gzip),
            tile(&[("a", "1")], (5, 1, 2), Coding::Br),
            tile(&[("a", "1")], (5, 2, 1), Coding::Gzip),
            tile(&[("a", "1")], (4, 1, 2), Coding::Gzip),
            tile(&[("a", "2")], (5, 1, 2), Coding::Gzip),
            tile(&[("b", "1")], (5, 1, 2), Coding::Gzip),
            tile(&[("a", "1"), ("b", "1")], (5, 1, 2), Coding::Gzip),
            tile(&[("a", "1?2024-06-01")], (5, 1, 2), Coding::Gzip),
            tile(&[("a", "1?2024-06-02")], (5, 1, 2), Coding::Gzip),
            tile(&[("a1", ""), ("b", "1")], (5, 1, 2), Coding::Gzip),
        ];
        for (n, one) in keys.iter().enumerate() {
            assert!(keys.iter().skip(n + 1).all(|other| one != other), "{n}");
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_hundred_who_ask_at_once_make_it_once() {
        let cache = Arc::new(Cache::new(1 << 20));
        let made = Arc::new(AtomicUsize::new(0));
        let (open, gate) = tokio::sync::watch::channel(false);
        let asking: Vec<_> = (0..100)
            .map(|_| {
                let (cache, made, mut gate) = (Arc::clone(&cache), Arc::clone(&made), gate.clone());
                tokio::spawn(async move {
                    cache
                        .get_or_make(key(1), async move {
                            made.fetch_add(1, Ordering::Relaxed);
                            gate.wait_for(|open| *open).await.unwrap();
                            Ok(entry(10))
                        })
                        .await
                })
            })
            .collect();
        while cache.counts.joined.load(Ordering::Relaxed) < 99 {
            tokio::task::yield_now().await;
        }
        open.send(true).unwrap();
        for one in asking {
            assert_eq!(one.await.unwrap().unwrap().body.len(), 10);
        }
        assert_eq!(made.load(Ordering::Relaxed), 1);
        assert_eq!(lock(&cache.in_flight).makings.len(), 0);
    }

    #[tokio::test]
    async fn what_nobody_waits_for_is_given_up_and_a_failure_is_not_kept() {
        let cache = Cache::new(1 << 20);
        let (held, dropped) = tokio::sync::oneshot::channel::<()>();
        {
            let making = cache.get_or_make(key(1), async move {
                let _held = held;
                std::future::pending().await
            });
            assert!(
                making.now_or_never().is_none(),
                "it was polled, and is dropped"
            );
        }
        assert!(
            dropped.await.is_err(),
            "the work was dropped with its last waiter"
        );
        assert_eq!(lock(&cache.in_flight).makings.len(), 0);
        let failed = cache
            .get_or_make(key(1), async { Err(Failure::Busy) })
            .await;
        assert_eq!(failed.err(), Some(Failure::Busy));
        assert!(
            cache
                .get_or_make(key(1), async { Ok(entry(1)) })
                .await
                .is_ok()
        );
    }

    #[tokio::test]
    async fn the_bytes_kept_stay_within_the_bound() {
        let cache = Cache::new(100_000);
        for x in 0..1000 {
            cache
                .get_or_make(key(x), async { Ok(entry(1000)) })
                .await
                .unwrap();
        }
        let (entries, bytes) = cache.size();
        assert!(bytes <= 100_000, "{bytes}");
        assert!(entries > 50, "it keeps what fits: {entries}");
    }

    #[tokio::test]
    async fn a_body_has_one_strong_tag_for_each_coding() {
        let pool = Arc::new(Pool::new(1, 8).unwrap());
        let cache = Cache::new(1 << 20);
        let body = Bytes::from("a".repeat(5000));
        let mut tags = Vec::new();
        for coding in Coding::ALL {
            let entry = cache.encoded(&pool, body.clone(), coding).await.unwrap();
            assert_eq!(encode::tests::decode(&entry.body, coding), body);
            let again = cache.encoded(&pool, body.clone(), coding).await.unwrap();
            assert_eq!(entry.etag, again.etag);
            tags.push(entry.etag.to_str().unwrap().to_owned());
        }
        tags.dedup();
        assert_eq!(tags.len(), 4);
        assert!(
            tags.iter()
                .all(|tag| tag.starts_with('"') && tag.len() == 34)
        );
    }
}
