//! A client that sends exactly what it is told and shows exactly what came back.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// An answer as it came over the wire.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    /// Names in lower case; a header given twice is joined by commas.
    pub(crate) headers: BTreeMap<String, String>,
    /// Without the transfer coding, with the content coding.
    pub(crate) body: Vec<u8>,
}

impl Reply {
    /// A header, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// The body without its content coding, by that coding's own decoder.
    pub(crate) fn plain(&self) -> Vec<u8> {
        let mut out = Vec::new();
        match self.header("content-encoding") {
            "" => out.clone_from(&self.body),
            "gzip" => {
                flate2::read::GzDecoder::new(&*self.body)
                    .read_to_end(&mut out)
                    .unwrap();
            }
            "br" => {
                brotli::Decompressor::new(&*self.body, 4096)
                    .read_to_end(&mut out)
                    .unwrap();
            }
            "zstd" => out = zstd::decode_all(&*self.body).unwrap(),
            other => panic!("an unknown coding: {other}"),
        }
        out
    }

    /// The body as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.plain())
            .unwrap_or_else(|e| panic!("{e}: {}", String::from_utf8_lossy(&self.plain())))
    }

    /// Asserts a problem of this status and kind, and gives its sentence.
    pub(crate) fn problem(&self, status: u16, slug: &str) -> String {
        assert_eq!(
            self.status,
            status,
            "{}",
            String::from_utf8_lossy(&self.body)
        );
        assert_eq!(self.header("content-type"), "application/problem+json");
        assert_eq!(self.header("cache-control"), "no-store");
        let json = self.json();
        assert_eq!(json["type"], format!("/problems/{slug}"));
        assert_eq!(json["status"], status);
        assert!(!json["title"].as_str().unwrap().is_empty());
        let id = self.header("x-request-id");
        assert_eq!(json["instance"], format!("urn:onemap:request:{id}"));
        json["detail"].as_str().unwrap().to_owned()
    }
}

/// A connection that is kept open.
pub(crate) struct Connection {
    stream: BufReader<TcpStream>,
}

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_nodelay(true).unwrap();
        // So that a server that hangs fails the test instead of hanging it.
        stream
            .set_read_timeout(Some(Duration::from_mins(1)))
            .unwrap();
        Self {
            stream: BufReader::new(stream),
        }
    }

    /// Sends bytes as they are.
    pub(crate) fn send(&mut self, bytes: &[u8]) {
        self.stream.get_mut().write_all(bytes).unwrap();
    }

    /// Asks, and reads the answer.
    pub(crate) fn ask(&mut self, method: &str, path: &str, headers: &[(&str, &str)]) -> Reply {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: map.example\r\n");
        for (name, value) in headers {
            write!(head, "{name}: {value}\r\n").unwrap();
        }
        head.push_str("\r\n");
        self.send(head.as_bytes());
        self.read(method == "HEAD").unwrap()
    }

    /// Reads one answer; `None` when the server has closed the connection instead.
    pub(crate) fn read(&mut self, to_head: bool) -> Option<Reply> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).unwrap_or(0) == 0 {
            return None;
        }
        let status: u16 = line.split(' ').nth(1).unwrap().parse().unwrap();
        let headers = self.headers();
        let none = to_head || matches!(status, 204 | 304);
        let mut body = Vec::new();
        if none {
        } else if headers
            .get("transfer-encoding")
            .is_some_and(|coding| coding == "chunked")
        {
            self.chunks(&mut body)?;
        } else {
            body.resize(headers["content-length"].parse().unwrap(), 0);
            self.stream.read_exact(&mut body).unwrap();
        }
        Some(Reply {
            status,
            headers,
            body,
        })
    }

    fn headers(&mut self) -> BTreeMap<String, String> {
        let mut headers: BTreeMap<String, String> = BTreeMap::new();
        loop {
            let mut line = String::new();
            self.stream.read_line(&mut line).unwrap();
            let line = line.trim_end();
            if line.is_empty() {
                return headers;
            }
            let (name, value) = line.split_once(':').unwrap();
            headers
                .entry(name.to_ascii_lowercase())
                .and_modify(|all| *all = format!("{all}, {}", value.trim()))
                .or_insert_with(|| value.trim().to_owned());
        }
    }

    /// A chunked body; `None` when it breaks off.
    fn chunks(&mut self, body: &mut Vec<u8>) -> Option<()> {
        loop {
            let mut line = String::new();
            self.stream
                .read_line(&mut line)
                .ok()
                .filter(|read| *read > 0)?;
            let length = usize::from_str_radix(line.trim(), 16).unwrap();
            let begin = body.len();
            body.resize(begin + length, 0);
            self.stream.read_exact(&mut body[begin..]).ok()?;
            let mut end = [0; 2];
            self.stream.read_exact(&mut end).ok()?;
            if length == 0 {
                return Some(());
            }
        }
    }
}

/// POST of a JSON document on a connection of its own.
pub(crate) fn post(address: SocketAddr, path: &str, body: &str) -> Reply {
    let mut connection = Connection::open(address);
    let length = body.len();
    connection.send(
        format!(
            "POST {path} HTTP/1.1\r\nHost: map.example\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n\r\n{body}"
        )
        .as_bytes(),
    );
    connection.read(false).unwrap()
}

/// GET on a connection of its own.
pub(crate) fn get(address: SocketAddr, path: &str) -> Reply {
    ask(address, "GET", path, &[])
}

/// Any request without a body, on a connection of its own.
pub(crate) fn ask(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
) -> Reply {
    Connection::open(address).ask(method, path, headers)
}
