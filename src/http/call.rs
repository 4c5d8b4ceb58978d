//! One request, as its handler sees it.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::body::Bytes;
use http::request::Parts;
use http::{HeaderMap, Method, header};

use super::front::Front;
use super::negotiate;
use super::problem::{
    BAD_PARAMETER, BAD_REQUEST, HELD_BY_AUTHORITY, NOT_FOUND, Refusal, STARTING, UNKNOWN_LAYER,
    UNKNOWN_PARAMETER,
};
use crate::query::Form;
use crate::query::{Snapshot, World};
use crate::say;
use crate::text::{Key, Lang};

/// One request.
pub(super) struct Call {
    /// What the listener's requests share.
    pub(super) front: Arc<Front>,
    /// The request, without its body.
    pub(super) parts: Parts,
    /// The body of a POST; of others empty.
    body: OnceLock<Bytes>,
    /// The parameters of its path, decoded, in their order.
    pub(super) params: Vec<String>,
    /// The world at its start. It uses no other.
    world: Option<Arc<World>>,
}

impl Call {
    /// A request at its start.
    pub(super) fn new(front: Arc<Front>, parts: Parts, params: Vec<String>) -> Self {
        let world = front.world();
        Self {
            front,
            parts,
            body: OnceLock::new(),
            params,
            world,
        }
    }

    /// The body of a POST.
    pub(super) fn body(&self) -> &[u8] {
        self.body.get().map_or(&[], |body| body)
    }

    /// The body has been read.
    pub(super) fn has_read(&self, body: Bytes) {
        // A request has one body, so nothing is there yet.
        let _ = self.body.set(body);
    }

    pub(super) const fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// Whether only the head of the answer is wanted.
    pub(super) fn is_head(&self) -> bool {
        self.parts.method == Method::HEAD
    }

    /// The world at the request's start, if there was one.
    pub(super) const fn any_world(&self) -> Option<&Arc<World>> {
        self.world.as_ref()
    }

    /// The world at the request's start.
    pub(super) fn world(&self) -> Result<&Arc<World>, Refusal> {
        self.world.as_ref().ok_or_else(|| {
            Refusal::for_now(&STARTING, say!(Key::HttpStarting), Duration::from_secs(1))
        })
    }

    /// A layer of it. A layer this audience may not know of is as unknown as one that is not there.
    pub(super) fn layer(&self, id: &str) -> Result<&Arc<Snapshot>, Refusal> {
        self.world()?.layers.get(id).ok_or_else(|| {
            let detail = say!(Key::HttpUnknownLayer, layer = shortened(id));
            Refusal::new(&UNKNOWN_LAYER, detail)
        })
    }

    /// A layer of it whose content this audience may see.
    pub(super) fn open_layer(&self, id: &str) -> Result<&Arc<Snapshot>, Refusal> {
        let layer = self.layer(id)?;
        if layer.view().form == Form::Existence {
            return Err(Refusal::new(
                &HELD_BY_AUTHORITY,
                say!(Key::HttpHeld, layer = id),
            ));
        }
        Ok(layer)
    }

    /// The parameter of the path at a place, which the route's template has.
    pub(super) fn param(&self, place: usize) -> &str {
        self.params.get(place).map_or("", String::as_str)
    }

    /// The parameters of the query, all of which must be among `known`; `lang` always is.
    pub(super) fn query(&self, known: &[&str]) -> Result<Query, Refusal> {
        let query = self.any_query()?;
        for (name, _, _) in &query.pairs {
            if name != "lang" && !known.contains(&name.as_str()) {
                let known = known
                    .iter()
                    .copied()
                    .filter(|name| *name != "lang")
                    .chain(["lang"])
                    .collect::<Vec<_>>()
                    .join(", ");
                let detail = say!(
                    Key::HttpUnknownParameter,
                    name = shortened(name),
                    known = known
                );
                return Err(Refusal::new(&UNKNOWN_PARAMETER, detail));
            }
        }
        if let Some(lang) = query.get("lang")
            && !matches!(lang, "zh" | "en")
        {
            return Err(bad_parameter("lang", lang, "zh, en"));
        }
        Ok(query)
    }

    /// The parameters of the query, whatever they are: of addresses that other sites hand out, and to
    /// which they add their own.
    pub(super) fn any_query(&self) -> Result<Query, Refusal> {
        Query::parse(self.parts.uri.query().unwrap_or(""))
    }

    /// One parameter of a query that may hold anything else, as a tile's may.
    pub(super) fn parameter(&self, name: &str) -> Result<Option<String>, Refusal> {
        let Some(raw) = self.parts.uri.query() else {
            return Ok(None);
        };
        let pairs = raw.split('&').filter(|pair| {
            let pair_name = pair.split_once('=').map_or(*pair, |(name, _)| name);
            decoded(pair_name).as_deref() == Some(name)
        });
        let query = Query::parse(&pairs.collect::<Vec<_>>().join("&"))?;
        Ok(query.get(name).map(str::to_owned))
    }

    /// The language of the answer.
    pub(super) fn lang(&self) -> Lang {
        lang(&self.parts)
    }

    /// Where this server is reached, for absolute links: as configured, or as the client says it
    /// reached it. Without a slash at the end.
    pub(super) fn base_url(&self) -> Result<String, Refusal> {
        if let Some(base) = &self.front.base_url {
            return Ok(base.clone());
        }
        let host = match self.parts.uri.authority() {
            Some(authority) => Some(authority.as_str()),
            None => self
                .headers()
                .get(header::HOST)
                .and_then(|host| host.to_str().ok()),
        };
        match host {
            Some(host) if is_host(host) => Ok(format!("http://{host}")),
            _ => Err(Refusal::new(&BAD_REQUEST, say!(Key::HttpBadHost))),
        }
    }
}

/// The language of the answer to a request: `?lang=`, else `Accept-Language`, else Chinese.
pub(super) fn lang(parts: &Parts) -> Lang {
    asked_lang(parts).unwrap_or_else(|| negotiate::lang(&parts.headers))
}

/// The language its query asks for.
pub(super) fn asked_lang(parts: &Parts) -> Option<Lang> {
    let pairs = parts.uri.query()?.split('&');
    pairs
        .filter_map(|pair| pair.split_once('='))
        .filter(|(name, _)| decoded(name).as_deref() == Some("lang"))
        .find_map(|(_, lang)| match decoded(lang)?.as_str() {
            "zh" => Some(Lang::Zh),
            "en" => Some(Lang::En),
            _ => None,
        })
}

/// Whether a `Host` is one: a name or address of plain letters and, if wanted, a port.
fn is_host(host: &str) -> bool {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => match rest.split_once(']') {
            Some((v6, port)) if v6.parse::<std::net::Ipv6Addr>().is_ok() => ("v6", port),
            _ => return false,
        },
        None => host
            .find(':')
            .map_or((host, ""), |colon| host.split_at(colon)),
    };
    let port_fits = port.is_empty()
        || port.strip_prefix(':').is_some_and(|port| {
            port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok()
        });
    !name.is_empty()
        && name.len() <= 253
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
        && port_fits
}

/// There is nothing at a path.
pub(super) fn nothing_at(path: &str) -> Refusal {
    Refusal::new(&NOT_FOUND, say!(Key::HttpNotFound, path = shortened(path)))
}

/// A parameter with a value it cannot have.
pub(super) fn bad_parameter(name: &str, value: &str, right: &str) -> Refusal {
    let detail = say!(
        Key::HttpBadParameter,
        name = name,
        value = shortened(value),
        right = right
    );
    Refusal::new(&BAD_PARAMETER, detail)
}

/// A value as it may stand in a sentence.
pub(super) fn shortened(value: &str) -> String {
    let mut letters = value.chars();
    let mut short: String = letters
        .by_ref()
        .take(80)
        .filter(|c| !c.is_control())
        .collect();
    if letters.next().is_some() {
        short.push('…');
    }
    short
}

/// The parameters of a query, each given once.
#[derive(Debug, Default)]
pub(super) struct Query {
    /// Name and value decoded, and the pair as it was written.
    pairs: Vec<(String, String, String)>,
}

impl Query {
    /// Names and values, in the order of the query.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.pairs.iter();
        pairs.map(|(name, value, _)| (name.as_str(), value.as_str()))
    }

    pub(super) fn parse(raw: &str) -> Result<Self, Refusal> {
        let mut pairs: Vec<(String, String, String)> = Vec::new();
        for pair in raw.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (Some(name), Some(value)) = (decoded(name), decoded(value)) else {
                return Err(Refusal::new(&BAD_REQUEST, say!(Key::HttpBadEscape)));
            };
            if pairs.iter().any(|(known, _, _)| *known == name) {
                let detail = say!(Key::HttpRepeatedParameter, name = shortened(&name));
                return Err(Refusal::new(&BAD_PARAMETER, detail));
            }
            pairs.push((name, value, pair.to_owned()));
        }
        Ok(Self { pairs })
    }

    /// The value of a parameter.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.pairs
            .iter()
            .find(|(n, _, _)| n == name)
            .map(|(_, value, _)| value.as_str())
    }

    /// The query again, each parameter as it was written, with `name` set to a value that needs no
    /// escaping.
    pub(super) fn with(&self, name: &str, value: &str) -> String {
        let others = self
            .pairs
            .iter()
            .filter(|(n, _, _)| n != name)
            .map(|(_, _, raw)| raw.clone());
        others
            .chain([format!("{name}={value}")])
            .collect::<Vec<_>>()
            .join("&")
    }
}

/// A name or value of a query: `+` is a space, `%41` is `A`. `None` where that is broken or not
/// UTF-8.
fn decoded(raw: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(raw.len());
    let mut rest = raw.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |b: u8| char::from(b).to_digit(16);
                let value = digit(rest.next()?)? * 16 + digit(rest.next()?)?;
                u8::try_from(value).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_a_name_or_an_address_with_perhaps_a_port() {
        for good in [
            "localhost",
            "a.example:8080",
            "127.0.0.1:1",
            "[::1]:80",
            "[2001:db8::1]",
        ] {
            assert!(is_host(good), "{good}");
        }
        for bad in [
            "",
            ":80",
            "a b",
            "a/b",
            "a\"b",
            "a:80:80",
            "a:99999",
            "a:x",
            "[::1",
            "[x]",
            "<a>",
            "a@b",
            "地图.example",
        ] {
            assert!(!is_host(bad), "{bad}");
        }
    }

    #[test]
    fn a_query_is_decoded_and_rebuilt_as_it_was_written() {
        let query = Query::parse("bbox=1%2C2,3,4&q=a+b&lang=en").unwrap();
        assert_eq!(query.get("bbox"), Some("1,2,3,4"));
        assert_eq!(query.get("q"), Some("a b"));
        assert_eq!(query.get("none"), None);
        assert_eq!(
            query.with("after", "x"),
            "bbox=1%2C2,3,4&q=a+b&lang=en&after=x"
        );
        assert_eq!(query.with("q", "x"), "bbox=1%2C2,3,4&lang=en&q=x");
        for broken in ["a=%", "a=%4", "a=%zz", "%ff=1", "a=1&a=2", "a=1&%61=2"] {
            assert!(Query::parse(broken).is_err(), "{broken}");
        }
        assert!(Query::parse("").unwrap().pairs.is_empty());
    }

    #[test]
    fn a_hostile_value_is_shown_short_and_without_control_letters() {
        assert_eq!(shortened("a\r\nb"), "ab");
        assert_eq!(shortened(&"污".repeat(200)).chars().count(), 81);
    }
}
