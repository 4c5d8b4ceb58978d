//! Listeners, connections, and the way to stop.

use std::future::Future;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use axum::Router;
use http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use jiff::Timestamp;
use tokio::sync::{Semaphore, oneshot, watch};
use tokio::task::JoinSet;

use super::cache::Cache;
use super::clients::Clients;
use super::front::{Current, Front, RequestIds};
use super::limits::Limits;
use super::metrics::Metrics;
use super::policy::{FrameAncestors, Policies};
use super::pool::Pool;
use super::socket::Patient;
use super::{pipeline, routes};
use crate::model::Audience;
use crate::query::Past;
use crate::report::Shelf;
use crate::say;
use crate::text::{Key, Problem};

/// Pieces of work of one listener that may wait for a disk or an import at the same time.
const SLOW: usize = 4;

/// One listener and the audience whose world it shows. Nothing in a request can change which.
#[derive(Debug)]
pub struct Face {
    /// For whom.
    pub audience: Audience,
    /// Where it listens.
    pub listener: TcpListener,
    /// What it shows.
    pub current: Current,
}

/// How the server is set up.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What it refuses to carry.
    pub limits: Limits,
    /// Where it is reached from outside, e.g. `https://map.example/onemap`: for absolute links.
    /// Without it they are made from the host the client asked for.
    pub base_url: Option<String>,
    /// Who may frame the public's `/embed`.
    pub frame_ancestors: FrameAncestors,
    /// Who may frame the department's.
    pub frame_ancestors_department: FrameAncestors,
    /// What was on record before; `None`: only the present can be asked for.
    pub past: Option<Arc<dyn Past>>,
    /// Where reports are kept; `None`: nowhere.
    pub shelf: Option<Arc<dyn Shelf>>,
    /// What time it is.
    pub clock: fn() -> Timestamp,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            base_url: None,
            frame_ancestors: FrameAncestors::of(Audience::Public),
            frame_ancestors_department: FrameAncestors::of(Audience::Department),
            past: None,
            shelf: None,
            clock: Timestamp::now,
        }
    }
}

/// Takes an address to listen at. A port of 0 is any that is free.
pub fn bind(address: SocketAddr) -> Result<TcpListener, Problem> {
    TcpListener::bind(address).map_err(|error| {
        let message = match error.kind() {
            std::io::ErrorKind::AddrInUse => say!(Key::HttpPortInUse, address = address),
            std::io::ErrorKind::PermissionDenied => {
                say!(Key::HttpPortNotAllowed, address = address)
            }
            _ => say!(Key::HttpCannotListen, address = address),
        };
        Problem::because(message, error)
    })
}

/// A server on threads of its own.
#[derive(Debug)]
pub struct Server {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<Result<(), Problem>>>,
}

impl Server {
    /// Starts serving. The listeners already accept connections when this returns.
    pub fn start(faces: Vec<Face>, settings: Settings) -> Result<Self, Problem> {
        let cannot = |error: std::io::Error| Problem::because(say!(Key::HttpNoThreads), error);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .thread_name("onemap-http")
            .enable_all()
            .build()
            .map_err(cannot)?;
        let (stop, stopped) = oneshot::channel();
        let serving = move || {
            runtime.block_on(serve(faces, settings, async {
                // A sender that is gone means stop, too.
                let _ = stopped.await;
            }))
        };
        let thread = std::thread::Builder::new()
            .name("onemap-serve".to_owned())
            .spawn(serving);
        Ok(Self {
            stop: Some(stop),
            thread: Some(thread.map_err(cannot)?),
        })
    }

    /// Stops accepting, lets what is in flight finish within the grace time, and returns.
    pub fn stop(mut self) -> Result<(), Problem> {
        self.halt()
    }

    fn halt(&mut self) -> Result<(), Problem> {
        if let Some(stop) = self.stop.take() {
            // It may have stopped by itself.
            let _ = stop.send(());
        }
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(result)) => result,
            Some(Err(_panic)) => Err(say!(Key::HttpBrokeDown).into()),
            None => Ok(()),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Err(problem) = self.halt() {
            tracing::error!(%problem, "the server did not stop cleanly");
        }
    }
}

/// Serves until the process is told to stop: by Ctrl-C or SIGTERM.
pub fn run(faces: Vec<Face>, settings: Settings) -> Result<(), Problem> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .thread_name("onemap-http")
        .enable_all()
        .build()
        .map_err(|error| Problem::because(say!(Key::HttpNoThreads), error))?;
    runtime.block_on(serve(faces, settings, told_to_stop()))
}

async fn told_to_stop() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}

/// Serves until `stop` is ready, then lets what is in flight finish within the grace time.
pub async fn serve(
    faces: Vec<Face>,
    settings: Settings,
    stop: impl Future<Output = ()>,
) -> Result<(), Problem> {
    let pool = Pool::new(settings.limits.work_threads, settings.limits.work_queue)?;
    serve_with(&Arc::new(pool), faces, settings, stop).await
}

/// Serves with work done on these threads.
pub(super) async fn serve_with(
    pool: &Arc<Pool>,
    faces: Vec<Face>,
    settings: Settings,
    stop: impl Future<Output = ()>,
) -> Result<(), Problem> {
    let stopping = Arc::new(AtomicBool::new(false));
    let (tell, told) = watch::channel(false);
    let mut listening = JoinSet::new();
    for face in faces {
        let cannot = |error| Problem::because(say!(Key::HttpNoThreads), error);
        face.listener.set_nonblocking(true).map_err(cannot)?;
        let listener = tokio::net::TcpListener::from_std(face.listener).map_err(cannot)?;
        let front = Arc::new(front(
            face.audience,
            face.current,
            &settings,
            pool,
            &stopping,
        ));
        listening.spawn(listen(front, listener, told.clone()));
    }
    stop.await;
    stopping.store(true, Ordering::Relaxed);
    // Without listeners there is nobody to tell.
    let _ = tell.send(true);
    while listening.join_next().await.is_some() {}
    Ok(())
}

/// What a listener's requests share, at its start.
pub(super) fn front(
    audience: Audience,
    current: Current,
    settings: &Settings,
    pool: &Arc<Pool>,
    stopping: &Arc<AtomicBool>,
) -> Front {
    let limits = settings.limits.clone();
    let base_url = settings
        .base_url
        .as_deref()
        .map(|url| url.trim_end_matches('/').to_owned());
    let ancestors = match audience {
        Audience::Public => &settings.frame_ancestors,
        Audience::Department => &settings.frame_ancestors_department,
    };
    Front {
        audience,
        current,
        cache: Cache::new(limits.cache_bytes),
        pool: Arc::new(pool.beside()),
        metrics: Metrics::new(),
        clients: limits.client_rate.map(Clients::new),
        policies: Policies::new(base_url.as_deref(), ancestors),
        base_url,
        past: settings.past.clone(),
        shelf: settings.shelf.clone(),
        slow: Arc::new(Semaphore::new(SLOW)),
        clock: settings.clock,
        stopping: Arc::clone(stopping),
        // The one source of chance in the standard library.
        ids: RequestIds::new(RandomState::new().build_hasher().finish()),
        limits,
    }
}

/// Accepts connections until told to stop, then waits for those that are open.
async fn listen(
    front: Arc<Front>,
    listener: tokio::net::TcpListener,
    mut told: watch::Receiver<bool>,
) {
    let router = routes::router(&front);
    let places = Arc::new(Semaphore::new(front.limits.connections.max(1)));
    let mut open = JoinSet::new();
    loop {
        // A place first: while there is none, clients wait in the system's backlog.
        let accepted = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (listener.accept().await, place)
        };
        tokio::select! {
            () = told_so(&mut told) => break,
            Some(_finished) = open.join_next(), if !open.is_empty() => {}
            (accepted, place) = accepted => match accepted {
                Ok((stream, peer)) => {
                    // Small answers go at once.
                    let _ = stream.set_nodelay(true);
                    let (front, router) = (Arc::clone(&front), router.clone());
                    let stop = told.clone();
                    open.spawn(async move {
                        connection(front, router, stream, peer, stop).await;
                        drop(place);
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
        }
    }
    drop(listener);
    let closing = async { while open.join_next().await.is_some() {} };
    if tokio::time::timeout(front.limits.grace, closing)
        .await
        .is_err()
    {
        tracing::warn!(
            connections = open.len(),
            "still open after the grace time: cut off"
        );
    }
}

/// Serves one connection to its end.
async fn connection(
    front: Arc<Front>,
    router: Router,
    stream: tokio::net::TcpStream,
    peer: SocketAddr,
    mut told: watch::Receiver<bool>,
) {
    let limits = front.limits.clone();
    front.metrics.connections.fetch_add(1, Ordering::Relaxed);
    let _closing = Closing(Arc::clone(&front));
    let io = TokioIo::new(Patient::new(stream, limits.stall_time));
    let service = service_fn(move |request: Request<Incoming>| {
        let (front, router) = (Arc::clone(&front), router.clone());
        async move {
            Ok::<_, std::convert::Infallible>(pipeline::answer(front, router, peer, request).await)
        }
    });
    // Room for a head that is a little too large, so that it can be told so in words.
    let head = (limits.uri_bytes + limits.header_bytes + 16 * 1024).max(8192);
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_time)
        .max_buf_size(head)
        .serve_connection(io, service);
    let mut serving = std::pin::pin!(serving);
    let ended = tokio::select! {
        ended = serving.as_mut() => ended,
        () = told_so(&mut told) => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = ended {
        // A client that hangs up, dawdles or talks nonsense is no fault of ours.
        tracing::debug!(%error, "a connection ended early");
    }
}

/// Waits until the server is told to stop. A teller that is gone means stop, too.
async fn told_so(told: &mut watch::Receiver<bool>) {
    let _ = told.wait_for(|stop| *stop).await;
}

struct Closing(Arc<Front>);

impl Drop for Closing {
    fn drop(&mut self) {
        self.0.metrics.connections.fetch_sub(1, Ordering::Relaxed);
    }
}
