//! Settings: what the environment, `onemap.toml` and the command line say, resolved once.
//!
//! The command line wins over `onemap.toml`; what neither says has a default that is written here.
//! Nothing else in the program reads the environment.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::Deserialize;

use crate::http::{Limits, Rate};
use crate::say;
use crate::text::{Key, Lang, Problem};

/// `onemap.toml`, as written. Every key is optional; an unknown one is refused.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingsFile {
    /// The folder of layer definitions.
    pub layers: Option<PathBuf>,
    /// The store.
    pub store: Option<PathBuf>,
    /// Where the public is served.
    pub listen: Option<SocketAddr>,
    /// Where the department is served.
    pub listen_department: Option<SocketAddr>,
    /// The address under which clients reach the server, without a slash at its end.
    pub base_url: Option<String>,
    /// Who may frame `/embed`, as in CSP's `frame-ancestors`: `*` (the default), `'none'`, or origins
    /// separated by spaces.
    pub frame_ancestors: Option<String>,
    /// Who may frame the department's, by default itself alone.
    pub frame_ancestors_department: Option<String>,
    /// The language of what the command says: `zh` or `en`.
    pub lang: Option<String>,
    /// Bounds on what a client may ask; see `docs/http.md`.
    #[serde(default)]
    pub limits: LimitsFile,
}

/// `[limits]` of `onemap.toml`: what differs from the defaults that `docs/http.md` lists.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LimitsFile {
    /// Longest request target, bytes.
    pub uri_bytes: Option<usize>,
    /// Most bytes of request headers.
    pub header_bytes: Option<usize>,
    /// Longest request body, bytes.
    pub body_bytes: Option<usize>,
    /// Longest time to the head of an answer, seconds.
    pub request_s: Option<u64>,
    /// Connections served at once.
    pub connections: Option<usize>,
    /// Requests a second of one client; 0: as many as it likes.
    pub client_per_second: Option<u32>,
    /// Most bytes of encoded answers kept for one audience.
    pub cache_bytes: Option<u64>,
    /// Most reports kept for one audience.
    pub screenings_kept: Option<u64>,
    /// For how many days a report is kept.
    pub screenings_days: Option<u32>,
}

impl LimitsFile {
    /// How many reports are kept for one audience, and for how many days.
    pub fn kept(&self) -> (u64, u32) {
        let most = self.screenings_kept.unwrap_or(10_000);
        (most, self.screenings_days.unwrap_or(365))
    }

    /// The limits with what is said here over those given.
    pub fn over(&self, limits: &Limits) -> Limits {
        let client_rate = match self.client_per_second {
            None => limits.client_rate,
            Some(0) => None,
            Some(per_second) => Some(Rate {
                per_second,
                burst: per_second.saturating_mul(4),
            }),
        };
        Limits {
            uri_bytes: self.uri_bytes.unwrap_or(limits.uri_bytes),
            header_bytes: self.header_bytes.unwrap_or(limits.header_bytes),
            body_bytes: self.body_bytes.unwrap_or(limits.body_bytes),
            request_time: self
                .request_s
                .map_or(limits.request_time, Duration::from_secs),
            connections: self.connections.unwrap_or(limits.connections),
            cache_bytes: self.cache_bytes.unwrap_or(limits.cache_bytes),
            client_rate,
            ..limits.clone()
        }
    }
}

impl SettingsFile {
    /// Reads the file. One that was not asked for may be absent.
    pub fn read(path: Option<&Path>) -> Result<Self, Problem> {
        let shown = path.unwrap_or_else(|| Path::new("onemap.toml"));
        let text = match std::fs::read_to_string(shown) {
            Ok(text) => text,
            Err(error) if path.is_none() && error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            Err(error) => {
                let said = say!(Key::CliSettingsUnreadable, file = shown.display());
                return Err(Problem::because(said, error));
            }
        };
        toml::from_str(&text).map_err(|error| {
            let line = error.span().map_or(1, |span| {
                1 + text
                    .bytes()
                    .take(span.start)
                    .filter(|byte| *byte == b'\n')
                    .count()
            });
            let said = say!(
                Key::CliSettingsInvalid,
                file = shown.display(),
                line = line,
                reason = error.message()
            );
            Problem::because(said, error)
        })
    }
}

/// What the environment says.
#[derive(Debug, Clone)]
pub struct Environment {
    /// The language of the terminal.
    pub lang: Option<Lang>,
    /// Where caches belong.
    pub cache_dir: Option<PathBuf>,
    /// Who runs the command.
    pub actor: String,
    /// Who may frame `/embed` (`ONEMAP_FRAME_ANCESTORS`).
    pub frame_ancestors: Option<String>,
    /// What is logged (`ONEMAP_LOG`, in the syntax of `tracing`'s filters).
    pub log: Option<String>,
}

impl Environment {
    /// Reads it.
    pub fn read() -> Self {
        #[expect(
            clippy::disallowed_methods,
            reason = "the one place that reads the environment"
        )]
        let var = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let lang = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(var);
        let cache_dir = var("XDG_CACHE_HOME")
            .map(PathBuf::from)
            .or_else(|| var("HOME").map(|home| PathBuf::from(home).join(".cache")))
            .map(|caches| caches.join("onemap"));
        Self {
            lang: lang.as_deref().and_then(Lang::of),
            cache_dir,
            actor: var("USER")
                .or_else(|| var("LOGNAME"))
                .unwrap_or_else(|| "unknown".to_owned()),
            frame_ancestors: var("ONEMAP_FRAME_ANCESTORS"),
            log: var("ONEMAP_LOG"),
        }
    }
}
