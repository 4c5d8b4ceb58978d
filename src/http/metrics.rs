//! What one audience's listener has done, as Prometheus text. Labels are bounded: route templates,
//! classes of status, layers of the audience's own world.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::StatusCode;

use super::cache::Cache;
use super::pool::Pool;
use super::routes::ROUTES;
use crate::model::LayerId;
use crate::query::{Form, World};
use crate::tile;

/// Upper ends of the histogram's buckets, microseconds.
const BUCKETS_US: [u64; 12] = [
    100, 500, 1_000, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000,
    30_000_000,
];

/// How a request ended: by class of its status, or by the client's going away.
const OUTCOMES: [&str; 5] = ["2xx", "3xx", "4xx", "5xx", "hangup"];

/// The route of a request that met none.
pub(super) const NO_ROUTE: usize = ROUTES.len();

#[derive(Debug, Default)]
struct RouteCounts {
    outcomes: [AtomicU64; OUTCOMES.len()],
    buckets: [AtomicU64; BUCKETS_US.len() + 1],
    total_us: AtomicU64,
    bytes: AtomicU64,
}

/// Counters of one listener.
#[derive(Debug)]
pub(super) struct Metrics {
    routes: Vec<RouteCounts>,
    layers: Mutex<BTreeMap<LayerId, (u64, tile::Counts)>>,
    /// Connections open now.
    pub(super) connections: AtomicI64,
    /// Requests being answered now.
    pub(super) in_flight: AtomicI64,
}

/// Takes one of a layer's counts: of tiles cut, and of what went into them.
type Take = fn(&(u64, tile::Counts)) -> u64;

impl Metrics {
    pub(super) fn new() -> Self {
        Self {
            routes: (0..=NO_ROUTE).map(|_| RouteCounts::default()).collect(),
            layers: Mutex::default(),
            connections: AtomicI64::new(0),
            in_flight: AtomicI64::new(0),
        }
    }

    /// Counts a request by its route (its place in [`ROUTES`], or [`NO_ROUTE`]). `status` is `None`
    /// when the client went away before there was one.
    pub(super) fn count(&self, route: usize, status: Option<StatusCode>, took: Duration) {
        let Some(counts) = self.routes.get(route) else {
            return;
        };
        let outcome = match status.map(|status| status.as_u16() / 100) {
            Some(0..=2) => 0,
            Some(3) => 1,
            Some(4) => 2,
            Some(_) => 3,
            None => 4,
        };
        let us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let bucket = BUCKETS_US.partition_point(|end| *end < us);
        counts.outcomes[outcome].fetch_add(1, Ordering::Relaxed);
        counts.buckets[bucket].fetch_add(1, Ordering::Relaxed);
        counts.total_us.fetch_add(us, Ordering::Relaxed);
    }

    /// Counts bytes of bodies sent.
    pub(super) fn sent(&self, route: usize, bytes: u64) {
        if let Some(counts) = self.routes.get(route) {
            counts.bytes.fetch_add(bytes, Ordering::Relaxed);
        }
    }

    /// Counts a tile that was cut.
    pub(super) fn tile(&self, layer: &LayerId, counts: &tile::Counts) {
        let mut layers = self.layers.lock().unwrap_or_else(PoisonError::into_inner);
        let (tiles, sum) = layers.entry(layer.clone()).or_default();
        *tiles += 1;
        *sum = sum.plus(*counts);
    }

    /// Everything, as Prometheus text format 0.0.4.
    pub(super) fn text(&self, world: Option<&World>, cache: &Cache, pool: &Pool) -> String {
        let mut text = Text::default();
        self.requests(&mut text);
        text.head("onemap_connections", "gauge", "Connections open now.");
        text.line(
            "onemap_connections",
            "",
            self.connections.load(Ordering::Relaxed),
        );
        text.head(
            "onemap_requests_in_flight",
            "gauge",
            "Requests being answered now.",
        );
        text.line(
            "onemap_requests_in_flight",
            "",
            self.in_flight.load(Ordering::Relaxed),
        );
        text.head(
            "onemap_work_waiting",
            "gauge",
            "Pieces of work that wait for a thread.",
        );
        text.line("onemap_work_waiting", "", pool.own_waiting());
        caching(&mut text, cache);
        self.tiles(&mut text, world);
        if let Some(world) = world {
            snapshots(&mut text, world);
        }
        text.0
    }

    fn requests(&self, text: &mut Text) {
        let name = "onemap_http_requests_total";
        text.head(name, "counter", "Requests by route and outcome.");
        for (route, counts) in self.named() {
            for (outcome, count) in OUTCOMES.iter().zip(&counts.outcomes) {
                let count = count.load(Ordering::Relaxed);
                if count > 0 {
                    let labels = format!("route=\"{route}\",status=\"{outcome}\"");
                    text.line(name, &labels, count);
                }
            }
        }
        let name = "onemap_http_response_bytes_total";
        text.head(name, "counter", "Bytes of bodies sent, as encoded.");
        for (route, counts) in self.named() {
            text.line(
                name,
                &format!("route=\"{route}\""),
                counts.bytes.load(Ordering::Relaxed),
            );
        }
        let name = "onemap_http_request_seconds";
        text.head(
            name,
            "histogram",
            "Time from a request's head to its answer's.",
        );
        for (route, counts) in self.named() {
            let mut sum = 0;
            let ends = BUCKETS_US
                .iter()
                .map(|us| seconds(*us))
                .chain(["+Inf".to_owned()]);
            for (end, bucket) in ends.zip(&counts.buckets) {
                sum += bucket.load(Ordering::Relaxed);
                let labels = format!("route=\"{route}\",le=\"{end}\"");
                text.line("onemap_http_request_seconds_bucket", &labels, sum);
            }
            let labels = format!("route=\"{route}\"");
            let total = seconds(counts.total_us.load(Ordering::Relaxed));
            text.line("onemap_http_request_seconds_sum", &labels, total);
            text.line("onemap_http_request_seconds_count", &labels, sum);
        }
    }

    /// The routes that have been asked for.
    fn named(&self) -> impl Iterator<Item = (&'static str, &RouteCounts)> {
        let templates = ROUTES.iter().map(|route| route.template).chain(["none"]);
        templates.zip(&self.routes).filter(|(_, counts)| {
            counts
                .outcomes
                .iter()
                .any(|count| count.load(Ordering::Relaxed) > 0)
        })
    }

    fn tiles(&self, text: &mut Text, world: Option<&World>) {
        let layers = self.layers.lock().unwrap_or_else(PoisonError::into_inner);
        let shown: Vec<_> = layers
            .iter()
            .filter(|(id, _)| world.is_some_and(|world| world.layers.contains_key(*id)))
            .collect();
        let families: [(&str, &str, Take); 5] = [
            (
                "onemap_tiles_cut_total",
                "Tiles cut, not taken from the cache.",
                |c| c.0,
            ),
            (
                "onemap_tile_features_total",
                "Features written into tiles.",
                |c| c.1.features,
            ),
            (
                "onemap_tile_repaired_total",
                "Polygons mended after snapping.",
                |c| c.1.repaired,
            ),
            (
                "onemap_tile_thinned_total",
                "Points another stands for.",
                |c| c.1.thinned,
            ),
            (
                "onemap_tile_clustered_total",
                "Points a cluster stands for.",
                |c| c.1.clustered,
            ),
        ];
        for (name, help, take) in families {
            text.head(name, "counter", help);
            for (id, counts) in &shown {
                text.line(name, &format!("layer=\"{id}\""), take(counts));
            }
        }
        let name = "onemap_tile_dropped_total";
        text.head(
            name,
            "counter",
            "Features left out of tiles, by the reason.",
        );
        for (id, (_, counts)) in &shown {
            for (reason, count) in [
                ("zero_area", counts.dropped_zero_area),
                ("short", counts.dropped_short),
                ("broken", counts.dropped_broken),
            ] {
                text.line(name, &format!("layer=\"{id}\",reason=\"{reason}\""), count);
            }
        }
    }
}

fn caching(text: &mut Text, cache: &Cache) {
    let counts = cache.counts();
    let name = "onemap_cache_lookups_total";
    text.head(
        name,
        "counter",
        "Look-ups of encoded answers: found, made, or made for another.",
    );
    for (result, count) in [
        ("hit", &counts.hits),
        ("miss", &counts.misses),
        ("joined", &counts.joined),
    ] {
        text.line(
            name,
            &format!("result=\"{result}\""),
            count.load(Ordering::Relaxed),
        );
    }
    let (entries, bytes) = cache.size();
    text.head("onemap_cache_entries", "gauge", "Encoded answers kept.");
    text.line("onemap_cache_entries", "", entries);
    text.head(
        "onemap_cache_bytes",
        "gauge",
        "Bytes of encoded answers kept.",
    );
    text.line("onemap_cache_bytes", "", bytes);
}

fn snapshots(text: &mut Text, world: &World) {
    let shown = || {
        world
            .layers
            .iter()
            .filter(|(_, l)| l.view().form != Form::Existence)
    };
    text.head(
        "onemap_layer_features",
        "gauge",
        "Features of a layer in memory.",
    );
    for (id, layer) in shown() {
        text.line(
            "onemap_layer_features",
            &format!("layer=\"{id}\""),
            layer.len(),
        );
    }
    text.head(
        "onemap_layer_info",
        "gauge",
        "The version of a layer that is served.",
    );
    for (id, layer) in shown() {
        let labels = format!("layer=\"{id}\",version=\"{}\"", layer.version());
        text.line("onemap_layer_info", &labels, 1);
    }
}

/// Microseconds as decimal seconds, without rounding.
fn seconds(us: u64) -> String {
    let text = format!("{}.{:06}", us / 1_000_000, us % 1_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[derive(Default)]
struct Text(String);

impl Text {
    fn head(&mut self, name: &str, kind: &str, help: &str) {
        // Writing into a string does not fail.
        let _ = writeln!(self.0, "# HELP {name} {help}\n# TYPE {name} {kind}");
    }

    fn line(&mut self, name: &str, labels: &str, value: impl std::fmt::Display) {
        let _ = if labels.is_empty() {
            writeln!(self.0, "{name} {value}")
        } else {
            writeln!(self.0, "{name}{{{labels}}} {value}")
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_exact_decimals() {
        assert_eq!(seconds(100), "0.0001");
        assert_eq!(seconds(30_000_000), "30");
        assert_eq!(seconds(1_234_567), "1.234567");
    }

    #[test]
    fn a_request_is_counted_once_in_every_bucket_that_holds_it() {
        let metrics = Metrics::new();
        metrics.count(0, Some(StatusCode::OK), Duration::from_micros(500));
        metrics.count(NO_ROUTE, None, Duration::from_secs(100));
        let text = metrics.text(None, &Cache::new(1000), &Pool::new(1, 1).unwrap());
        let route = ROUTES[0].template;
        for line in [
            format!("onemap_http_requests_total{{route=\"{route}\",status=\"2xx\"}} 1"),
            "onemap_http_requests_total{route=\"none\",status=\"hangup\"} 1".to_owned(),
            format!("onemap_http_request_seconds_bucket{{route=\"{route}\",le=\"0.0001\"}} 0"),
            format!("onemap_http_request_seconds_bucket{{route=\"{route}\",le=\"0.0005\"}} 1"),
            format!("onemap_http_request_seconds_count{{route=\"{route}\"}} 1"),
            "onemap_http_request_seconds_bucket{route=\"none\",le=\"30\"} 0".to_owned(),
            "onemap_http_request_seconds_bucket{route=\"none\",le=\"+Inf\"} 1".to_owned(),
        ] {
            assert!(text.lines().any(|l| l == line), "{line}\n{text}");
        }
    }
}
