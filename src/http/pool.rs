//! The few threads on which tiles are cut, answers built and bodies compressed, and the bounded
//! queue before them. The threads that talk to clients only wait.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::oneshot;

use crate::say;
use crate::text::{Key, Problem};

/// Why a piece of work gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// The queue is full.
    Busy,
    /// It broke down; the log says how.
    Broken,
}

/// Threads and their queue.
pub(super) struct Pool {
    threads: Arc<rayon::ThreadPool>,
    /// All that waits for the threads.
    waiting: Arc<AtomicUsize>,
    /// What waits of this listener's.
    own: Arc<AtomicUsize>,
    most_waiting: usize,
}

impl Pool {
    /// So many threads, and so many pieces of work that may wait for them.
    pub(super) fn new(threads: usize, most_waiting: usize) -> Result<Self, Problem> {
        let threads = rayon::ThreadPoolBuilder::new()
            .num_threads(threads.max(1))
            .thread_name(|n| format!("onemap-work-{n}"))
            .build()
            .map_err(|e| Problem::because(say!(Key::HttpNoThreads), e))?;
        Ok(Self {
            threads: Arc::new(threads),
            waiting: Arc::default(),
            own: Arc::default(),
            most_waiting,
        })
    }

    /// The same threads and queue for another listener, whose work is counted apart: what one
    /// audience asks for is not told to another.
    pub(super) fn beside(&self) -> Self {
        Self {
            threads: Arc::clone(&self.threads),
            waiting: Arc::clone(&self.waiting),
            own: Arc::default(),
            most_waiting: self.most_waiting,
        }
    }

    /// Pieces of this listener's work that wait for a thread.
    pub(super) fn own_waiting(&self) -> usize {
        self.own.load(Ordering::Relaxed)
    }

    /// Pieces of work of every listener that wait for a thread.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// Does a piece of work, unless the queue is full. Who stops waiting before it has begun spares
    /// it altogether.
    pub(super) async fn run<T, F>(&self, work: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: FnOnce() -> T + Send + 'static,
    {
        if self.waiting() >= self.most_waiting {
            return Err(Failure::Busy);
        }
        self.go_on(work).await
    }

    /// As [`run`](Self::run), for what has been begun and must not stop half-way: it queues even
    /// when the queue is full. The number of connections bounds how many do.
    pub(super) async fn go_on<T, F>(&self, work: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: FnOnce() -> T + Send + 'static,
    {
        let (give, result) = oneshot::channel();
        let counters = [Arc::clone(&self.waiting), Arc::clone(&self.own)];
        for counter in &counters {
            counter.fetch_add(1, Ordering::Relaxed);
        }
        self.threads.spawn(move || {
            for counter in &counters {
                counter.fetch_sub(1, Ordering::Relaxed);
            }
            if give.is_closed() {
                return;
            }
            // The hook has already logged what went wrong; a dropped sender says that it did.
            if let Ok(done) = catch_unwind(AssertUnwindSafe(work)) {
                // Nobody waits any more: the work is lost, which is what hanging up means.
                drop(give.send(done));
            }
        });
        result.await.map_err(|_closed| Failure::Broken)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::sync::atomic::AtomicBool;

    use super::*;

    #[tokio::test]
    async fn a_panic_in_the_work_is_a_failure_and_the_pool_goes_on() {
        let pool = Pool::new(1, 4).unwrap();
        assert_eq!(
            pool.run(|| panic!("broken")).await,
            Err::<(), _>(Failure::Broken)
        );
        assert_eq!(pool.run(|| 3).await, Ok(3));
    }

    #[tokio::test]
    async fn a_full_queue_refuses_and_abandoned_work_is_never_begun() {
        let pool = Arc::new(Pool::new(1, 1).unwrap());
        let (begun, go) = (Arc::new(Barrier::new(2)), Arc::new(Barrier::new(2)));
        let holder = tokio::spawn({
            let (pool, begun, go) = (Arc::clone(&pool), Arc::clone(&begun), Arc::clone(&go));
            async move {
                pool.run(move || {
                    begun.wait();
                    go.wait();
                })
                .await
            }
        });
        tokio::task::spawn_blocking(move || begun.wait())
            .await
            .unwrap();
        let ran = Arc::new(AtomicBool::new(false));
        let abandoned = tokio::spawn({
            let (pool, ran) = (Arc::clone(&pool), Arc::clone(&ran));
            async move { pool.run(move || ran.store(true, Ordering::Relaxed)).await }
        });
        while pool.waiting() == 0 {
            tokio::task::yield_now().await;
        }
        let other = pool.beside();
        assert_eq!((other.waiting(), other.own_waiting()), (1, 0));
        assert_eq!(other.run(|| ()).await, Err(Failure::Busy));
        assert_eq!(pool.run(|| ()).await, Err(Failure::Busy));
        abandoned.abort();
        assert!(abandoned.await.is_err());
        tokio::task::spawn_blocking(move || go.wait())
            .await
            .unwrap();
        assert_eq!(holder.await.unwrap(), Ok(()));
        while pool.waiting() > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(pool.run(|| ()).await, Ok(()));
        assert!(!ran.load(Ordering::Relaxed), "nobody waited for it");
    }
}
