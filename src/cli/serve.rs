//! `onemap serve`: the store published to each audience, kept fresh while requests go on.

use std::io::IsTerminal as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use arc_swap::ArcSwapOption;
use tracing_subscriber::EnvFilter;

use super::past::{Archive, Shelves, Standing};
use super::worlds::Worlds;
use super::{Exit, Terminal, check};
use crate::config::LimitsFile;
use crate::http::{self, Current, Face, FrameAncestors, Limits, Settings};
use crate::layer::Atlas;
use crate::model::Audience;
use crate::query::Past;
use crate::report::Shelf;
use crate::say;
use crate::store::geopackage::GeoPackage;
use crate::store::{Store as _, StoreError};
use crate::text::{Key, Problem};

/// How often another process's import is looked for.
const WATCH_EVERY: Duration = Duration::from_millis(500);

/// Where to serve, and how it is reached.
#[derive(Debug, Clone)]
pub(super) struct Addresses {
    pub(super) public: SocketAddr,
    pub(super) department: Option<SocketAddr>,
    pub(super) base_url: Option<String>,
}

/// What to serve, and what holds while it is served.
pub(super) struct Serving<'a> {
    pub(super) terminal: &'a Terminal,
    pub(super) layers: PathBuf,
    pub(super) atlas: Atlas,
    pub(super) store: GeoPackage,
    pub(super) addresses: Addresses,
    pub(super) frame_ancestors: FrameAncestors,
    pub(super) frame_ancestors_department: FrameAncestors,
    pub(super) limits: &'a LimitsFile,
    pub(super) log: Option<&'a str>,
}

/// Serves until told to stop.
pub(super) fn run(serving: Serving<'_>) -> Result<Exit, Problem> {
    let Serving {
        terminal,
        layers,
        atlas,
        store,
        addresses,
        frame_ancestors,
        frame_ancestors_department,
        limits,
        log,
    } = serving;
    start_log(log);
    let mut audiences = vec![(Audience::Public, addresses.public)];
    audiences.extend(
        addresses
            .department
            .map(|address| (Audience::Department, address)),
    );
    let mut faces = Vec::new();
    let mut published: Vec<(Audience, Current)> = Vec::new();
    for &(audience, address) in &audiences {
        if !atlas.district.audiences.contains_key(&audience) {
            return Err(say!(Key::CliAudienceUnknown, audience = audience.as_str()).into());
        }
        let current = Current::new(ArcSwapOption::empty());
        published.push((audience, Arc::clone(&current)));
        faces.push(Face {
            audience,
            listener: http::bind(address)?,
            current,
        });
    }

    let mut worlds = Worlds::empty(audiences.iter().map(|(audience, _)| *audience));
    let mark = store.change_mark().map_err(StoreError::into_problem)?;
    worlds
        .refresh(&atlas, &store)
        .map_err(StoreError::into_problem)?;
    let standing = Standing {
        atlas: Arc::new(atlas),
        store: Arc::new(store),
        worlds,
    };
    let archive = Arc::new(Archive::new(standing.clone()));
    let past: Arc<dyn Past> = Arc::clone(&archive) as _;
    let (most, days) = limits.kept();
    let shelf: Arc<dyn Shelf> = Arc::new(Shelves {
        archive: Arc::clone(&archive),
        most,
        days,
    });
    let show = move |standing: &Standing| {
        archive.stand(standing.clone());
        for (audience, current) in &published {
            let world = standing.worlds.world(&standing.atlas, *audience);
            current.store(Some(Arc::new(world)));
        }
    };
    show(&standing);
    for face in &faces {
        announce(terminal, face);
    }

    let (stop, stopped) = mpsc::channel();
    let watcher = Watcher {
        layers,
        standing,
        mark: Some(mark),
        terminal: terminal.clone(),
    };
    let watching = std::thread::Builder::new()
        .name("onemap-watch".to_owned())
        .spawn(move || watcher.watch(&stopped, &show))
        .map_err(|error| Problem::because(say!(Key::HttpNoThreads), error))?;
    let settings = Settings {
        limits: limits.over(&Limits::default()),
        base_url: addresses.base_url,
        frame_ancestors,
        frame_ancestors_department,
        past: Some(past),
        shelf: Some(shelf),
        ..Settings::default()
    };
    let outcome = http::run(faces, settings);
    drop(stop);
    // A watcher that broke has said why; the store it held is closed either way.
    let _ = watching.join();
    outcome.map(|()| Exit::Done)
}

/// Prints where a face is reached: `OneMap is ready: http://127.0.0.1:8080`.
fn announce(terminal: &Terminal, face: &Face) {
    let Ok(address) = face.listener.local_addr() else {
        return;
    };
    let url = format!("http://{address}");
    terminal.say(&match face.audience {
        Audience::Public => say!(Key::CliServeReady, url = url),
        Audience::Department => say!(Key::CliServeReadyDepartment, url = url),
    });
}

/// Structured lines to standard error. At a terminal only what is amiss, in short; elsewhere every
/// request, as JSON. `ONEMAP_LOG` says otherwise.
fn start_log(filter: Option<&str>) {
    let at_terminal = std::io::stderr().is_terminal();
    let usual = if at_terminal { "warn" } else { "info" };
    let filter = EnvFilter::new(filter.unwrap_or(usual));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    // A second start in one process (a test) keeps the first.
    let _ = if at_terminal {
        log.compact().try_init()
    } else {
        log.json().try_init()
    };
}

/// Publishes anew when another process has changed the store.
struct Watcher {
    layers: PathBuf,
    standing: Standing,
    /// What the store said of itself when it was last published; `None`: not yet.
    mark: Option<i64>,
    terminal: Terminal,
}

impl Watcher {
    /// Watches until the other end of `stopped` is gone.
    fn watch(mut self, stopped: &mpsc::Receiver<()>, show: &dyn Fn(&Standing)) {
        while stopped.recv_timeout(WATCH_EVERY) == Err(RecvTimeoutError::Timeout) {
            match self.look() {
                Ok(true) => show(&self.standing),
                Ok(false) => {}
                Err(failure) => {
                    let problem = failure.into_problem();
                    tracing::error!(%problem, "the store could not be read again");
                }
            }
        }
    }

    /// Whether there is something new to show. An import may follow a change of the layer's
    /// definition, so that is read again, too; a faulty one is told and the last good one kept.
    fn look(&mut self) -> Result<bool, StoreError> {
        let standing = &mut self.standing;
        if standing.store.is_replaced() {
            let store = GeoPackage::open(standing.store.path())?.keeping();
            standing.store = Arc::new(store);
            standing.worlds.forget();
            self.mark = None;
        }
        let mark = Some(standing.store.change_mark()?);
        if mark == self.mark {
            return Ok(false);
        }
        match check::load(&self.terminal, &self.layers) {
            Ok(atlas) => standing.atlas = Arc::new(atlas),
            Err(problem) => tracing::error!(%problem, "the layers were not read again"),
        }
        standing
            .worlds
            .refresh(&standing.atlas, standing.store.as_ref())?;
        self.mark = mark;
        Ok(true)
    }
}
