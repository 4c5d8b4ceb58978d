//! What the server refuses to carry: every limit, with its default.

use std::time::Duration;

/// How much one client, one request and the whole may ask of the server. `docs/http.md` lists the
/// defaults; a test compares them.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Longest request target (path and query), bytes. Beyond: 414.
    pub uri_bytes: usize,
    /// Most bytes of request headers, names and values together. Beyond: 431.
    pub header_bytes: usize,
    /// Longest request body, bytes. Beyond: 413.
    pub body_bytes: usize,
    /// Longest time from a request's head to the head of its answer. Beyond: 503.
    pub request_time: Duration,
    /// Longest time a client may take to send a request's head, and to begin the next one on a kept
    /// connection. Beyond: the connection is closed.
    pub header_time: Duration,
    /// Longest time a client may leave an answer unread. Beyond: the connection is closed.
    pub stall_time: Duration,
    /// Longest time a streamed answer may take as a whole. Beyond: it breaks off, and the client can
    /// tell.
    pub stream_time: Duration,
    /// Connections served at once; more wait in the system's backlog.
    pub connections: usize,
    /// Threads that cut tiles, build answers and compress.
    pub work_threads: usize,
    /// Pieces of work that may wait for those threads. Beyond: 503. What is in the cache is served
    /// all the same.
    pub work_queue: usize,
    /// How fast one client may ask; `None`: as fast as it likes.
    pub client_rate: Option<Rate>,
    /// Whether a client on the same machine is taken for a proxy that speaks for many, and not
    /// limited.
    pub loopback_unlimited: bool,
    /// Most bytes of encoded answers kept for one audience.
    pub cache_bytes: u64,
    /// How long requests in flight may take to finish once the server has been told to stop.
    pub grace: Duration,
}

/// A token bucket: so many requests a second for as long as one likes, and so many at once.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// Requests a second.
    pub per_second: u32,
    /// Requests at once after a pause.
    pub burst: u32,
}

impl Default for Limits {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            uri_bytes: 8 * 1024,
            header_bytes: 32 * 1024,
            body_bytes: 1024 * 1024,
            request_time: Duration::from_secs(30),
            header_time: Duration::from_secs(30),
            stall_time: Duration::from_secs(30),
            stream_time: Duration::from_mins(5),
            connections: 4096,
            work_threads: cores,
            work_queue: 1024,
            client_rate: Some(Rate {
                per_second: 500,
                burst: 2000,
            }),
            loopback_unlimited: true,
            cache_bytes: 256 * 1024 * 1024,
            grace: Duration::from_secs(10),
        }
    }
}
