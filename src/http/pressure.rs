//! What happens when work piles up or breaks down: the one working thread is held, and requests
//! come.

#![cfg(test)]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use http_body_util::BodyExt as _;
use tokio::sync::oneshot;

use super::pipeline;
use super::pool::Pool;
use super::routes::Route;
use super::server::{front, serve_with};
use super::{Current, Face, Limits, Settings, bind};
use crate::layer::{PointRule, Provenance, Role, Shape};
use crate::model::{Audience, Feature, FeatureId, LayerId, Period, Published, Revision, Theme};
use crate::query::{DistrictView, Form, LayerView, Snapshot, Uses, World};
use crate::text::Bilingual;

/// A server with one working thread.
struct House {
    address: SocketAddr,
    pool: Arc<Pool>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl House {
    fn open(limits: Limits) -> Self {
        let pool = Arc::new(Pool::new(1, limits.work_queue).unwrap());
        let listener = bind("127.0.0.1:0".parse().unwrap()).unwrap();
        let address = listener.local_addr().unwrap();
        let current = Current::default();
        current.store(Some(Arc::new(world())));
        let face = Face {
            audience: Audience::Public,
            listener,
            current,
        };
        let settings = Settings {
            limits,
            ..Settings::default()
        };
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn({
            let pool = Arc::clone(&pool);
            move || {
                let runtime = tokio::runtime::Runtime::new().unwrap();
                let stopped = async {
                    let _ = stopped.await;
                };
                runtime
                    .block_on(serve_with(&pool, vec![face], settings, stopped))
                    .unwrap();
            }
        });
        Self {
            address,
            pool,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// Holds the working thread until what comes back is dropped.
    fn hold(&self) -> Sender<()> {
        let (go, held) = channel::<()>();
        let (begun, has_begun) = channel();
        let pool = Arc::clone(&self.pool);
        let held = Mutex::new(held);
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .build()
                .unwrap();
            let work = pool.go_on(move || {
                begun.send(()).unwrap();
                let _ = held.lock().unwrap().recv();
            });
            runtime.block_on(work).unwrap();
        });
        has_begun.recv().unwrap();
        go
    }

    /// Sends a request and leaves the answer to be read.
    fn ask(&self, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_mins(1)))
            .unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        stream
    }

    fn get(&self, path: &str) -> String {
        answer(self.ask(path))
    }

    /// A figure of `/metrics`.
    fn figure(&self, name: &str) -> u64 {
        let text = self.get("/metrics");
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.map_or(0, |figure| figure.trim().parse().unwrap())
    }

    /// Waits until a figure has a value.
    fn until(&self, name: &str, value: u64) {
        while self.figure(name) != value {
            std::thread::yield_now();
        }
    }
}

impl Drop for House {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

fn answer(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// One layer with a point in the middle of the map.
fn world() -> World {
    let both = |words: &str| Bilingual {
        zh: words.to_owned(),
        en: words.to_owned(),
    };
    let id = LayerId::parse("points").unwrap();
    let view = LayerView {
        id: id.clone(),
        audience: Audience::Public,
        form: Form::Full,
        theme: Theme::Soil,
        title: both("points"),
        description: None,
        shape: Some(Shape::Point),
        role: Role::Context,
        fields: Vec::new(),
        uses: Uses::default(),
        coverage: None,
        minzoom: 0,
        maxzoom: 22,
        points: PointRule::All,
        cache_s: 60,
        provenance: Provenance {
            publisher: both("OneMap"),
            licence: "CC0-1.0".to_owned(),
            updated: "2025".to_owned(),
            demonstration: true,
            source: None,
        },
        style: Vec::new(),
    };
    let point = Feature {
        id: Some(FeatureId(1)),
        identity: "1".into(),
        geometry: Some(geo_types::point!(x: 0.1, y: 0.1).into()),
        values: Vec::new(),
        precision_m: None,
        valid: Period::default(),
    };
    let published = vec![Published::new(point, Audience::Public)];
    let snapshot = Arc::new(Snapshot::build(Arc::new(view), published));
    World {
        absent: std::collections::BTreeSet::new(),
        book: Arc::default(),
        audience: Audience::Public,
        district: DistrictView {
            name: both("here"),
            code: None,
            map_review_number: String::new(),
            publisher: both("OneMap"),
            contact: None,
            boundary: LayerId::parse("boundary").unwrap(),
            subdistricts: None,
            time_zone: jiff::tz::TimeZone::UTC,
        },
        revision: Revision(1),
        layers: [(id, snapshot)].into(),
    }
}

#[test]
fn when_the_queue_is_full_new_work_is_503_and_what_is_kept_is_served() {
    let house = House::open(Limits {
        work_queue: 2,
        ..Limits::default()
    });
    assert!(
        house
            .get("/tiles/points/0/0/0.mvt")
            .starts_with("HTTP/1.1 200")
    );
    let held = house.hold();
    let waiting = [
        house.ask("/tiles/points/1/1/0.mvt"),
        house.ask("/tiles/points/2/2/1.mvt"),
    ];
    house.until("onemap_work_waiting", 2);
    let refused = house.get("/tiles/points/3/4/3.mvt");
    assert!(refused.starts_with("HTTP/1.1 503"), "{refused}");
    assert!(refused.contains("retry-after: 2") && refused.contains("/problems/overloaded"));
    assert!(
        house
            .get("/tiles/points/0/0/0.mvt")
            .starts_with("HTTP/1.1 200"),
        "it is kept"
    );
    assert!(house.get("/health/live").starts_with("HTTP/1.1 200"));
    drop(held);
    for stream in waiting {
        assert!(answer(stream).starts_with("HTTP/1.1 200"));
    }
    assert!(
        house
            .get("/tiles/points/3/4/3.mvt")
            .starts_with("HTTP/1.1 200"),
        "it has recovered"
    );
}

#[test]
fn what_takes_too_long_is_503_and_given_up() {
    let time = Duration::from_millis(100);
    let house = House::open(Limits {
        request_time: time,
        ..Limits::default()
    });
    let held = house.hold();
    let refused = house.get("/tiles/points/1/1/0.mvt");
    assert!(refused.starts_with("HTTP/1.1 503"), "{refused}");
    assert!(refused.contains("/problems/too-slow") && refused.contains("retry-after: 5"));
    drop(held);
    house.until("onemap_work_waiting", 0);
    assert_eq!(
        house.figure("onemap_tiles_cut_total{layer=\"points\"}"),
        0,
        "nobody waited"
    );
}

#[test]
fn a_client_that_hangs_up_leaves_no_work_behind() {
    let house = House::open(Limits::default());
    let held = house.hold();
    let streams: Vec<_> = (0..8)
        .map(|x| house.ask(&format!("/tiles/points/4/{x}/7.mvt")))
        .collect();
    house.until("onemap_work_waiting", 8);
    drop(streams);
    // The request for the figure is itself one that is being answered.
    house.until("onemap_requests_in_flight", 1);
    drop(held);
    house.until("onemap_work_waiting", 0);
    assert_eq!(house.figure("onemap_tiles_cut_total{layer=\"points\"}"), 0);
    let route = "/tiles/{layers}/{z}/{x}/{y}";
    let hangups = format!("onemap_http_requests_total{{route=\"{route}\",status=\"hangup\"}}");
    assert_eq!(house.figure(&hangups), 8);
}

#[test]
fn who_asks_for_what_is_being_made_waits_for_it_even_if_the_first_hangs_up() {
    let house = House::open(Limits::default());
    let held = house.hold();
    let first = house.ask("/tiles/points/1/1/0.mvt");
    house.until("onemap_cache_lookups_total{result=\"miss\"}", 1);
    let others: Vec<_> = (0..20)
        .map(|_| house.ask("/tiles/points/1/1/0.mvt"))
        .collect();
    house.until("onemap_cache_lookups_total{result=\"joined\"}", 20);
    drop(first);
    house.until("onemap_requests_in_flight", 21);
    assert_eq!(
        house.figure("onemap_work_waiting"),
        1,
        "one piece of work for all"
    );
    drop(held);
    for stream in others {
        assert!(answer(stream).starts_with("HTTP/1.1 200"));
    }
    assert_eq!(house.figure("onemap_tiles_cut_total{layer=\"points\"}"), 1);
}

#[test]
fn stopping_waits_for_what_is_being_answered() {
    let mut house = House::open(Limits::default());
    let held = house.hold();
    let stream = house.ask("/tiles/points/1/1/0.mvt");
    house.until("onemap_work_waiting", 1);
    drop(house.stop.take());
    // Nobody is let in any more; only then may the work go on.
    while TcpStream::connect(house.address).is_ok() {
        std::thread::yield_now();
    }
    drop(held);
    assert!(answer(stream).starts_with("HTTP/1.1 200"));
}

#[test]
fn stopping_cuts_off_what_outlasts_the_grace_time() {
    let grace = Duration::from_millis(100);
    let house = House::open(Limits {
        grace,
        ..Limits::default()
    });
    let held = house.hold();
    let stream = house.ask("/tiles/points/1/1/0.mvt");
    house.until("onemap_work_waiting", 1);
    drop(house);
    assert_eq!(answer(stream), "");
    drop(held);
}

#[tokio::test]
async fn a_handler_that_panics_is_500_with_the_request_s_id_and_nothing_internal() {
    static BREAKS: Route = Route {
        template: "/",
        get: |_| Box::pin(async { panic!("a secret of the house") }),
        post: None,
    };
    let pool = Arc::new(Pool::new(1, 1).unwrap());
    let settings = Settings::default();
    let front = front(
        Audience::Public,
        Current::default(),
        &settings,
        &pool,
        &Arc::default(),
    );
    let request = http::Request::new(axum::body::Body::empty());
    let response = pipeline::run(Arc::new(front), 0, &BREAKS, Ok(Vec::new()), request).await;
    assert_eq!(response.status(), 500);
    let body = response.into_body().collect().await.unwrap().to_bytes();
    let body = String::from_utf8(body.to_vec()).unwrap();
    assert!(
        body.contains("/problems/internal") && body.contains("urn:onemap:request:"),
        "{body}"
    );
    assert!(
        !body.contains("secret") && !body.contains("panic"),
        "{body}"
    );
}

/// What is logged, shared between the log and the test.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn every_request_is_one_line_of_the_log_without_what_it_asked_about() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_writer(move || writer.clone())
        .finish();
    let (listener, current) = (
        bind("127.0.0.1:0".parse().unwrap()).unwrap(),
        Current::default(),
    );
    current.store(Some(Arc::new(world())));
    let address = listener.local_addr().unwrap();
    let ask = move |path: &'static str| {
        tokio::task::spawn_blocking(move || {
            let mut stream = TcpStream::connect(address).unwrap();
            let request = format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            stream.write_all(request.as_bytes()).unwrap();
            answer(stream)
        })
    };
    // On one thread, so that the log is this test's own.
    tracing::subscriber::with_default(subscriber, || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let asked = async {
            // Whether a line is logged at all is decided once for all threads, by the first that
            // comes to it. That may have been another test's: so let it be decided again, here.
            ask("/health/live").await.unwrap();
            tracing::callsite::rebuild_interest_cache();
            for path in [
                "/collections/points/items?bbox=1,2,3,4",
                "/tiles/points/0/0/0.mvt",
                "/nope",
            ] {
                ask(path).await.unwrap();
            }
        };
        let pool = Arc::new(Pool::new(1, 8).unwrap());
        let face = Face {
            audience: Audience::Public,
            listener,
            current,
        };
        let settings = Settings::default();
        runtime
            .block_on(serve_with(&pool, vec![face], settings, asked))
            .unwrap();
    });
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let lines: Vec<serde_json::Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|line: &serde_json::Value| line["target"] == "onemap::http::request")
        .filter(|line| line["fields"]["route"] != "/health/live")
        .collect();
    let seen: Vec<_> = lines
        .iter()
        .map(|line| {
            (
                line["fields"]["route"].as_str().unwrap(),
                &line["fields"]["status"],
            )
        })
        .collect();
    let expected = [
        ("/collections/{id}/items", 200),
        ("/tiles/{layers}/{z}/{x}/{y}", 200),
        ("none", 404),
    ];
    assert!(
        seen.iter()
            .zip(expected)
            .all(|(line, one)| line.0 == one.0 && *line.1 == one.1)
    );
    assert_eq!(seen.len(), 3, "{log}");
    assert!(
        lines
            .iter()
            .all(|line| line["fields"]["request_id"].as_str().unwrap().len() == 16)
    );
    assert!(
        lines
            .iter()
            .all(|line| line["fields"]["bytes"].as_u64().unwrap() > 0)
    );
    assert!(
        lines
            .iter()
            .all(|line| line["fields"]["ms"].is_number() && line["level"] == "INFO")
    );
    assert!(!log.contains("1,2,3,4"), "{log}");
}
