//! What each page may load and who may frame it: `Content-Security-Policy`, by page.

use http::HeaderValue;

use crate::model::Audience;
use crate::say;
use crate::text::{Key, Problem};

/// Who may put `/embed` into a frame, as the sources of CSP's `frame-ancestors`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrameAncestors(String);

impl FrameAncestors {
    /// What holds for an audience where nothing is said. The public's map is there to be embedded:
    /// the page has no login, no cookie and nothing that a stolen click could do. The department's
    /// holds what others may not see, and tells its frame what was clicked.
    pub fn of(audience: Audience) -> Self {
        Self(match audience {
            Audience::Public => "*".to_owned(),
            Audience::Department => "'self'".to_owned(),
        })
    }

    /// Sources as they are written in a setting, separated by spaces: `*`, `'none'`, `'self'`,
    /// `https:`, `https://portal.example`, `https://*.example:8443`. Our own pages may always frame
    /// it, unless nobody may.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let sources: Vec<&str> = text.split_whitespace().collect();
        if let Some(wrong) = sources.iter().find(|source| !is_source(source)) {
            return Err(say!(Key::HttpBadAncestor, source = wrong).into());
        }
        match sources.as_slice() {
            [] => Err(say!(Key::HttpBadAncestor, source = "").into()),
            ["'none'"] => Ok(Self("'none'".to_owned())),
            many if many.contains(&"'none'") => {
                Err(say!(Key::HttpBadAncestor, source = text).into())
            }
            many if many.contains(&"*") || many.contains(&"'self'") => Ok(Self(many.join(" "))),
            many => Ok(Self(format!("'self' {}", many.join(" ")))),
        }
    }
}

/// Whether a word is a source that `frame-ancestors` knows: nothing that ends the directive or the
/// header.
fn is_source(word: &str) -> bool {
    if matches!(word, "*" | "'self'" | "'none'" | "https:" | "http:") {
        return true;
    }
    // Keywords without their quotes would be hosts.
    if matches!(word, "self" | "none") {
        return false;
    }
    let rest = word
        .strip_prefix("https://")
        .or_else(|| word.strip_prefix("http://"))
        .unwrap_or(word);
    let (host, port) = rest.split_once(':').unwrap_or((rest, "*"));
    let name = host.strip_prefix("*.").unwrap_or(host);
    let named = name
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    let port_fits = port == "*" || port.parse::<u16>().is_ok();
    !name.is_empty() && named && port_fits
}

/// The policies of a listener's pages.
#[derive(Debug)]
pub(super) struct Policies {
    desk: HeaderValue,
    builder: HeaderValue,
    embed: HeaderValue,
    report: HeaderValue,
}

impl Policies {
    /// The policies of a server that is reached at `base_url`, with `/embed` framed by `ancestors`.
    pub(super) fn new(base_url: Option<&str>, ancestors: &FrameAncestors) -> Self {
        let elsewhere = base_url
            .map(|base| format!(" {}", origin(base)))
            .unwrap_or_default();
        let policy = |style: &str, frames: &str, framed: &str| {
            let text = policy(&elsewhere, style, frames, framed);
            HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("default-src 'self'"))
        };
        let frames = format!("frame-src 'self'{elsewhere}; ");
        Self {
            desk: policy("'self' 'unsafe-inline'", "", "'self'"),
            builder: policy("'self'", &frames, "'self'"),
            embed: policy("'self'", "", &ancestors.0),
            report: HeaderValue::from_static(REPORT),
        }
    }

    /// Of the map, and of every file.
    pub(super) const fn desk(&self) -> &HeaderValue {
        &self.desk
    }

    /// Of the page that builds a snippet: it shows `/embed` in a frame.
    pub(super) const fn builder(&self) -> &HeaderValue {
        &self.builder
    }

    /// Of a report: nothing but its own style.
    pub(super) const fn report(&self) -> &HeaderValue {
        &self.report
    }

    /// Of the map in a frame.
    pub(super) const fn embed(&self) -> &HeaderValue {
        &self.embed
    }
}

/// A report loads nothing: it has a style of its own and no script.
const REPORT: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'self'";

/// A page may load itself; the map's worker, which `MapLibre` starts from a blob; pictures it draws;
/// and the server's outer address, where that differs.
fn policy(elsewhere: &str, style: &str, frames: &str, framed: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; worker-src 'self' blob:; child-src blob:; \
         style-src {style}; font-src 'self'; manifest-src 'self'; img-src 'self' data: \
         blob:{elsewhere}; connect-src 'self'{elsewhere}; {frames}base-uri 'none'; \
         form-action 'none'; frame-ancestors {framed}"
    )
}

/// The origin of an address.
fn origin(base: &str) -> &str {
    let end = base.find("://").map_or(0, |at| at + 3);
    let path = base.get(end..).and_then(|rest| rest.find('/'));
    path.and_then(|path| base.get(..end + path)).unwrap_or(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn embed(base: Option<&str>, ancestors: &str) -> String {
        let ancestors = FrameAncestors::parse(ancestors).unwrap();
        let policies = Policies::new(base, &ancestors);
        policies.embed().to_str().unwrap().to_owned()
    }

    #[test]
    fn the_outer_address_is_allowed_by_its_origin_alone() {
        let policy = embed(Some("https://map.example/onemap"), "*");
        assert!(
            policy.contains("connect-src 'self' https://map.example;"),
            "{policy}"
        );
        assert!(embed(None, "*").contains("connect-src 'self';"));
        assert!(embed(Some("http://h:8080"), "*").contains("connect-src 'self' http://h:8080;"));
    }

    #[test]
    fn only_the_framed_page_obeys_the_setting() {
        let ancestors = FrameAncestors::parse("https://portal.example https://*.gov.cn").unwrap();
        let policies = Policies::new(None, &ancestors);
        let ends = |policy: &HeaderValue, end: &str| policy.to_str().unwrap().ends_with(end);
        assert!(ends(
            policies.embed(),
            "frame-ancestors 'self' https://portal.example https://*.gov.cn"
        ));
        assert!(ends(policies.desk(), "frame-ancestors 'self'"));
        assert!(ends(policies.builder(), "frame-ancestors 'self'"));
    }

    #[test]
    fn an_ancestor_that_would_say_something_else_is_refused() {
        for good in [
            "*",
            "'none'",
            "'self'",
            "https:",
            "portal.example",
            "http://localhost:8080 https://a.example:*",
        ] {
            assert!(FrameAncestors::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            " ",
            "self",
            "none",
            "'none' https://a.example",
            "https://a.example;script-src",
            "https://a.example/path",
            "a,b",
            "https://",
            "javascript:",
            "https://a.example:99999",
        ] {
            assert!(FrameAncestors::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn departments_are_framed_by_themselves_unless_it_is_said() {
        assert_eq!(FrameAncestors::of(Audience::Public).0, "*");
        assert_eq!(FrameAncestors::of(Audience::Department).0, "'self'");
    }
}
