//! What a request says it can take: codings, languages, the version it already has.

use http::{HeaderMap, HeaderName, header};

use super::encode::Coding;
use crate::text::Lang;

/// A list header as `(lower-case name, quality in thousandths)`, in the order given. A member whose
/// quality cannot be read counts as 1, as if it had none.
fn qualities(headers: &HeaderMap, name: &HeaderName) -> Vec<(String, u16)> {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(|member| {
            let mut parts = member.split(';');
            let word = parts.next()?.trim();
            if word.is_empty() {
                return None;
            }
            let quality = parts
                .filter_map(|part| part.split_once('='))
                .find(|(key, _)| key.trim().eq_ignore_ascii_case("q"))
                .map_or(1000, |(_, q)| thousandths(q.trim()));
            Some((word.to_ascii_lowercase(), quality))
        })
        .collect()
}

/// `0`, `1`, `0.25`, `1.000` in thousandths; nonsense is 1.
fn thousandths(q: &str) -> u16 {
    let (whole, decimals) = q.split_once('.').unwrap_or((q, ""));
    let plain = decimals.len() <= 3 && decimals.bytes().all(|b| b.is_ascii_digit());
    match (whole, plain) {
        ("0", true) => format!("{decimals:0<3}").parse().unwrap_or(0),
        _ => 1000,
    }
}

/// The coding to answer in: the one of highest quality, ours first among equals. Without
/// `Accept-Encoding` the body goes as it is. `None`: the client refuses every coding and identity
/// too (RFC 9110 § 12.5.3).
pub(super) fn coding(headers: &HeaderMap) -> Option<Coding> {
    if !headers.contains_key(header::ACCEPT_ENCODING) {
        return Some(Coding::Identity);
    }
    let asked = qualities(headers, &header::ACCEPT_ENCODING);
    let named = |name: &str| asked.iter().find(|(word, _)| word == name).map(|(_, q)| *q);
    let star = named("*");
    let quality = |coding: Coding| match coding {
        Coding::Gzip => named("gzip")
            .or_else(|| named("x-gzip"))
            .or(star)
            .unwrap_or(0),
        // Identity is acceptable unless refused by name or by `*;q=0`; unless named it comes last.
        Coding::Identity => named("identity").unwrap_or_else(|| u16::from(star != Some(0))),
        other => named(other.name()).or(star).unwrap_or(0),
    };
    let mut best: Option<(Coding, u16)> = None;
    for coding in Coding::ALL {
        let q = quality(coding);
        if q > 0 && best.is_none_or(|(_, highest)| q > highest) {
            best = Some((coding, q));
        }
    }
    best.map(|(coding, _)| coding)
}

/// The language of `Accept-Language`: of ours the one of highest quality, Chinese among equals of
/// the same place in the list; nothing of ours is Chinese.
pub(super) fn lang(headers: &HeaderMap) -> Lang {
    let mut best: Option<(Lang, u16)> = None;
    for (range, q) in qualities(headers, &header::ACCEPT_LANGUAGE) {
        let Some(lang) = Lang::of(&range) else {
            continue;
        };
        if q > 0 && best.is_none_or(|(_, highest)| q > highest) {
            best = Some((lang, q));
        }
    }
    best.map_or_else(Lang::default, |(lang, _)| lang)
}

/// Whether the client is a browser asking for a page: it names `text/html` and likes it at least as
/// well as JSON.
pub(super) fn wants_html(headers: &HeaderMap) -> bool {
    let asked = qualities(headers, &header::ACCEPT);
    let of = |names: &[&str]| {
        asked
            .iter()
            .filter(|(word, _)| names.contains(&word.as_str()))
            .map(|(_, q)| *q)
            .max()
    };
    match (
        of(&["text/html", "application/xhtml+xml"]),
        of(&["application/json"]),
    ) {
        (Some(html), json) => html > 0 && json.is_none_or(|json| html >= json),
        (None, _) => false,
    }
}

/// Whether `If-None-Match` names this entity tag (`"…"` or `W/"…"`), by weak comparison, or is `*`.
pub(super) fn none_match(headers: &HeaderMap, etag: &str) -> bool {
    let bare = |tag: &str| tag.strip_prefix("W/").unwrap_or(tag).to_owned();
    let etag = bare(etag);
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .any(|value| value.trim() == "*" || tags(value).any(|tag| bare(tag) == etag))
}

/// The entity tags of a list; a tag may hold commas.
fn tags(list: &str) -> impl Iterator<Item = &str> {
    let mut rest = list;
    std::iter::from_fn(move || {
        let start = rest.find('"')?;
        let weak = rest.get(..start)?.ends_with("W/");
        let length = rest.get(start + 1..)?.find('"')?;
        let (from, to) = (if weak { start - 2 } else { start }, start + length + 2);
        let tag = rest.get(from..to)?;
        rest = rest.get(to..)?;
        Some(tag)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name.clone(), value.parse().unwrap())])
    }

    #[test]
    fn the_coding_follows_the_clients_qualities_then_our_preference() {
        let cases = [
            ("gzip", Some(Coding::Gzip)),
            ("x-gzip", Some(Coding::Gzip)),
            ("GZIP;q=0.5, br;q=0.4", Some(Coding::Gzip)),
            ("gzip, deflate, br, zstd", Some(Coding::Zstd)),
            ("gzip, deflate, br", Some(Coding::Br)),
            ("*", Some(Coding::Zstd)),
            ("*;q=0.1, br;q=0", Some(Coding::Zstd)),
            ("", Some(Coding::Identity)),
            ("deflate", Some(Coding::Identity)),
            ("identity, gzip;q=0.5", Some(Coding::Identity)),
            ("gzip;q=0, *;q=0", None),
            ("identity;q=0", None),
            ("identity;q=0, gzip", Some(Coding::Gzip)),
            ("deflate, identity;q=0", None),
            ("*;q=0", None),
            ("*;q=0, identity", Some(Coding::Identity)),
            ("gzip;q=0.000", Some(Coding::Identity)),
            ("gzip;q=nonsense", Some(Coding::Gzip)),
        ];
        for (asked, expected) in cases {
            assert_eq!(
                coding(&with(&header::ACCEPT_ENCODING, asked)),
                expected,
                "{asked:?}"
            );
        }
        assert_eq!(coding(&HeaderMap::new()), Some(Coding::Identity));
    }

    #[test]
    fn the_language_follows_the_clients_qualities_and_falls_back_to_chinese() {
        for (asked, expected) in [
            ("en;q=0.1, zh;q=0.9", Lang::Zh),
            ("zh;q=0.1, en-GB;q=0.9", Lang::En),
            ("fr, de", Lang::Zh),
            ("zh;q=0, en;q=0.1", Lang::En),
            ("en, zh", Lang::En),
        ] {
            assert_eq!(
                lang(&with(&header::ACCEPT_LANGUAGE, asked)),
                expected,
                "{asked:?}"
            );
        }
    }

    #[test]
    fn a_known_tag_is_found_in_a_list_weak_or_strong_and_with_commas_inside() {
        let matches = |value: &str| none_match(&with(&header::IF_NONE_MATCH, value), "\"a,b\"");
        for yes in [
            "\"a,b\"",
            "W/\"a,b\"",
            "\"x\", W/\"a,b\"",
            "*",
            "\"x\",\"a,b\",\"y\"",
        ] {
            assert!(matches(yes), "{yes}");
        }
        for no in ["\"a\"", "\"b\"", "a,b", "\"x\", \"y\"", ""] {
            assert!(!matches(no), "{no}");
        }
    }

    #[test]
    fn a_browser_is_told_from_a_program_by_what_it_accepts() {
        for (asked, expected) in [
            (
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                true,
            ),
            ("*/*", false),
            ("application/json, text/html;q=0.5", false),
            ("application/json;q=0.5, text/html", true),
        ] {
            assert_eq!(
                wants_html(&with(&header::ACCEPT, asked)),
                expected,
                "{asked}"
            );
        }
    }
}
