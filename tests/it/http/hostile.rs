//! Clients that ask too much, too long, too fast, or go away.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use onemap::http::{self, Rate};

use super::client::{Connection, ask, get};
use super::worlds::House;

#[test]
fn an_address_or_a_head_that_is_too_long_is_told_so_and_the_server_goes_on() {
    let house = House::with(|settings| {
        (settings.limits.uri_bytes, settings.limits.header_bytes) = (200, 1000);
    });
    let long = format!("/collections?lang={}", "x".repeat(300));
    get(house.public, &long).problem(414, "uri-too-long");
    let cookie = "x".repeat(2000);
    ask(house.public, "GET", "/", &[("Cookie", &cookie)]).problem(431, "headers-too-large");
    // Beyond what is read at all there is only the status.
    let huge = "x".repeat(100_000);
    let refused = ask_raw(
        &house,
        &format!("GET / HTTP/1.1\r\nHost: a\r\nX: {huge}\r\n\r\n"),
    );
    assert!(refused.starts_with("HTTP/1.1 431"), "{refused}");
    let many = "X-Many: 1\r\n".repeat(500);
    let refused = ask_raw(&house, &format!("GET / HTTP/1.1\r\nHost: a\r\n{many}\r\n"));
    assert!(refused.starts_with("HTTP/1.1 431"), "{refused}");
    assert_eq!(get(house.public, "/").status, 200);
    house.close();
}

/// Sends bytes and gives what comes back until the connection is closed.
fn ask_raw(house: &House, request: &str) -> String {
    let mut stream = TcpStream::connect(house.public).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_mins(1)))
        .unwrap();
    // The server may close before it has read everything.
    let _ = stream.write_all(request.as_bytes());
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn a_body_is_read_away_while_it_is_small_and_refused_when_it_is_not() {
    let house = House::with(|settings| settings.limits.body_bytes = 1000);
    let mut connection = Connection::open(house.public);
    connection.send(b"GET /health/live HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
    assert_eq!(connection.read(false).unwrap().status, 200);
    // The same connection goes on: the body was not taken for a request.
    assert_eq!(connection.ask("GET", "/health/live", &[]).status, 200);
    connection.send(b"GET /health/live HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\n");
    connection
        .read(false)
        .unwrap()
        .problem(413, "body-too-large");

    let mut connection = Connection::open(house.public);
    connection.send(b"GET /health/live HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    let chunk = format!("{:x}\r\n{}\r\n", 2000, "x".repeat(2000));
    connection.send(chunk.as_bytes());
    connection
        .read(false)
        .unwrap()
        .problem(413, "body-too-large");
    house.close();
}

#[test]
fn a_body_that_does_not_come_is_not_waited_for() {
    let house = House::with(|settings| {
        settings.limits.request_time = Duration::from_millis(200);
    });
    let mut connection = Connection::open(house.public);
    connection.send(b"GET /health/live HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhe");
    connection
        .read(false)
        .unwrap()
        .problem(408, "body-too-slow");
    house.close();
}

#[test]
fn a_head_that_does_not_come_closes_the_connection() {
    let house = House::with(|settings| {
        settings.limits.header_time = Duration::from_millis(200);
    });
    let mut slow = Connection::open(house.public);
    slow.send(b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow:");
    assert!(slow.read(false).is_none_or(|reply| reply.status == 408));
    assert!(slow.read(false).is_none(), "closed");
    house.close();
}

#[test]
fn what_is_no_request_is_400_and_harms_nobody() {
    let house = House::open();
    for nonsense in [
        "\r\n\r\n\r\nnonsense\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    ] {
        let mut stream = TcpStream::connect(house.public).unwrap();
        stream.write_all(nonsense.as_bytes()).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 400"),
            "{nonsense:?}: {answer}"
        );
    }
    for escape in [
        "/collections/%ff",
        "/collections/%",
        "/collections/%zz",
        "/tiles/%c3%28.json",
    ] {
        let reply = get(house.public, escape);
        assert!(
            matches!(reply.status, 400 | 404),
            "{escape}: {}",
            reply.status
        );
        assert_eq!(
            reply.header("content-type"),
            "application/problem+json",
            "{escape}"
        );
    }
    assert_eq!(get(house.public, "/").status, 200);
    house.close();
}

#[test]
fn a_client_that_asks_too_fast_is_told_when_to_come_back() {
    let house = House::with(|settings| {
        settings.limits.client_rate = Some(Rate {
            per_second: 1,
            burst: 5,
        });
        settings.limits.loopback_unlimited = false;
    });
    let mut connection = Connection::open(house.public);
    let replies: Vec<_> = (0..20)
        .map(|_| connection.ask("GET", "/problems", &[]))
        .collect();
    assert!(replies[..5].iter().all(|reply| reply.status == 200));
    let refused = replies.iter().find(|reply| reply.status == 429).unwrap();
    refused.problem(429, "too-many-requests");
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(
        connection.ask("GET", "/health/live", &[]).status,
        200,
        "health is always told"
    );
    house.close();

    let house = House::with(|settings| {
        settings.limits.client_rate = Some(Rate {
            per_second: 1,
            burst: 1,
        });
    });
    for _ in 0..5 {
        assert_eq!(
            get(house.public, "/problems").status,
            200,
            "a proxy on this machine"
        );
    }
    house.close();
}

#[test]
fn more_connections_than_allowed_wait_their_turn() {
    let house = House::with(|settings| settings.limits.connections = 2);
    let mut first = Connection::open(house.public);
    let mut second = Connection::open(house.public);
    assert_eq!(first.ask("GET", "/health/live", &[]).status, 200);
    assert_eq!(second.ask("GET", "/health/live", &[]).status, 200);
    let mut third = Connection::open(house.public);
    third.send(b"GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
    drop(first);
    assert_eq!(third.read(false).unwrap().status, 200);
    house.close();
}

/// A figure of `/metrics`.
fn figure(house: &House, name: &str) -> u64 {
    let text = String::from_utf8(get(house.public, "/metrics").body).unwrap();
    text.lines()
        .find_map(|line| line.strip_prefix(name))
        .unwrap()
        .trim()
        .parse()
        .unwrap()
}

/// Asks for more than the sockets' buffers hold and does not read it.
fn unread(house: &House) -> Connection {
    let mut connection = Connection::open(house.public);
    let page = "GET /collections/parcels/items?limit=10000 HTTP/1.1\r\nHost: a\r\n\r\n";
    connection.send(page.repeat(100).as_bytes());
    connection
}

#[test]
fn a_client_that_does_not_read_is_cut_off() {
    let house = House::with(|settings| {
        settings.limits.stall_time = Duration::from_millis(100);
    });
    let idle = unread(&house);
    // The connection that asks for the figure is one.
    while figure(&house, "onemap_connections") > 1 {
        std::thread::yield_now();
    }
    drop(idle);
    house.close();
}

#[test]
fn a_client_that_goes_away_in_the_middle_of_a_stream_leaves_nothing_behind() {
    let house = House::open();
    for _ in 0..4 {
        let mut leaving = unread(&house);
        assert_eq!(leaving.read(false).unwrap().status, 200);
    }
    while figure(&house, "onemap_connections") > 1
        || figure(&house, "onemap_requests_in_flight") > 1
    {
        std::thread::yield_now();
    }
    assert_eq!(figure(&house, "onemap_work_waiting"), 0);
    house.close();
}

#[test]
fn a_stream_that_takes_too_long_breaks_off_so_that_the_client_can_tell() {
    let house = House::with(|settings| settings.limits.stream_time = Duration::ZERO);
    let mut connection = Connection::open(house.public);
    connection.send(b"GET /collections/parcels/items?limit=10000 HTTP/1.1\r\nHost: a\r\n\r\n");
    assert!(connection.read(false).is_none(), "it has no proper end");
    house.close();
}

#[test]
fn stopping_closes_idle_connections() {
    let house = House::open();
    let mut idle = Connection::open(house.public);
    assert_eq!(idle.ask("GET", "/health/live", &[]).status, 200);
    house.close();
    assert!(idle.read(false).is_none());
}

#[test]
fn a_port_in_use_is_said_with_its_number() {
    let taken = http::bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = taken.local_addr().unwrap();
    let problem = http::bind(address).unwrap_err();
    assert!(
        problem.to_string().contains(&address.to_string()),
        "{problem}"
    );
    assert!(problem.to_string().contains("--listen"), "{problem}");
}
