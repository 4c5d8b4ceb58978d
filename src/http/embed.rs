//! `/embed`: the map as another site frames it. The page reads its address in the browser; what is
//! written here is what is seen without scripts: a link, and the layers as a table.

use std::fmt::Write as _;

use super::call::{Call, Query};
use crate::query::{Form, LayerView, Snapshot, World};
use crate::say;
use crate::text::{Key, Lang};

/// What an embedded map shows, as its address says it: the parameters it knows, in this order.
const KNOWN: [&str; 9] = [
    "layers", "map", "bbox", "feature", "time", "datum", "controls", "theme", "lang",
];

/// Those of them that the whole map at `/app` reads, too, behind its `#`.
const SHARED: [&str; 5] = ["map", "layers", "feature", "time", "lang"];

/// A view of the map, from an address of ours. What makes no sense in it is left out: an address
/// that other sites have stored must not break when it grows.
#[derive(Debug, Default)]
pub(super) struct View(Vec<(&'static str, String)>);

impl View {
    /// From the parameters of a query, and of what follows `#`; the latter wins.
    pub(super) fn of(queries: &[&Query]) -> Self {
        let value = |name: &str| {
            let given = queries.iter().rev().find_map(|query| query.get(name));
            given.filter(|value| is_plain(value)).map(str::to_owned)
        };
        let pairs = KNOWN.iter().filter_map(|name| Some((*name, value(name)?)));
        Self(pairs.collect())
    }

    /// The value of a parameter.
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The language it asks for.
    pub(super) fn lang(&self) -> Option<Lang> {
        match self.get("lang")? {
            "zh" => Some(Lang::Zh),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// As `?layers=…&map=…`; empty if it says nothing.
    pub(super) fn query(&self) -> String {
        self.joined('?', &KNOWN)
    }

    /// As `#map=…&layers=…` of the whole map; empty if it says nothing.
    fn hash(&self) -> String {
        self.joined('#', &SHARED)
    }

    fn joined(&self, first: char, names: &[&str]) -> String {
        let mut text = String::new();
        for name in names {
            let Some(value) = self.get(name) else {
                continue;
            };
            let sign = if text.is_empty() { first } else { '&' };
            let value = value.replace('+', "%2B");
            text.push(sign);
            text.push_str(name);
            text.push('=');
            text.push_str(&value);
        }
        text
    }
}

/// Whether a value is made of the letters that ours are made of.
fn is_plain(value: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.,/:+".contains(&b);
    !value.is_empty() && value.len() <= 2000 && value.bytes().all(plain)
}

/// `/app` with the address at which other sites learn how to embed it.
pub(super) fn announced(call: &Call, page: &str) -> String {
    // Where a server does not know its own address, the page is there all the same.
    let Ok(base) = call.base_url() else {
        return page.to_owned();
    };
    page.replacen(
        "</head>",
        &format!("{}</head>", discovery(&base, "/app", call)),
        1,
    )
}

/// The link by which oEmbed is found.
fn discovery(base: &str, path: &str, call: &Call) -> String {
    let title = call.any_world().map(|world| title(world, call.lang()));
    format!(
        "<link rel=\"alternate\" type=\"application/json+oembed\" \
         href=\"{base}/oembed?format=json&amp;url={}\" title=\"{}\">",
        escaped(&in_query(&format!("{base}{path}"))),
        escaped(&title.unwrap_or_default()),
        base = escaped(base),
    )
}

/// What the map is called.
pub(super) fn title(world: &World, lang: Lang) -> String {
    let district = world.district.name.in_lang(lang);
    say!(Key::HttpLandingTitle, district = district).in_lang(lang)
}

/// `/embed` with its title and what is seen without scripts.
pub(super) fn filled(call: &Call, page: &str) -> String {
    // A query that cannot be read says nothing.
    let view = View::of(&[&call.any_query().unwrap_or_default()]);
    let lang = call.lang();
    let title = match call.any_world() {
        Some(world) => title(world, lang),
        None => "OneMap".to_owned(),
    };
    let link = match call.base_url() {
        Ok(base) => discovery(&base, &format!("/embed{}", view.query()), call),
        Err(_unknown) => String::new(),
    };
    let tag = match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    page.replacen("lang=\"zh-CN\"", &format!("lang=\"{tag}\""), 1)
        .replacen(
            "<title>OneMap</title>",
            &format!("<title>{}</title>", escaped(&title)),
            1,
        )
        .replacen("</head>", &format!("{link}</head>"), 1)
        .replacen("<!--layers-->", &without_scripts(call, &view, &title), 1)
}

/// What stands where the map would be.
fn without_scripts(call: &Call, view: &View, title: &str) -> String {
    let lang = call.lang();
    let words = |key: Key| escaped(&say!(key).in_lang(lang));
    let mut html = format!(
        "<h1>{}</h1><p>{}</p><p><a href=\"./app{}\" target=\"_blank\" rel=\"noopener\">{}</a></p>",
        escaped(title),
        words(Key::HttpEmbedNoScripts),
        escaped(&view.hash()),
        words(Key::HttpEmbedWholeMap),
    );
    let Some(world) = call.any_world() else {
        return html;
    };
    let number = &world.district.map_review_number;
    let reviewed = if number.is_empty() {
        say!(Key::HttpEmbedNotReviewed)
    } else {
        say!(Key::HttpEmbedReviewed, number = number)
    };
    let layers = shown(world, view);
    let mut notes = vec![reviewed.in_lang(lang)];
    if layers
        .iter()
        .any(|layer| layer.view().provenance.demonstration)
    {
        notes.push(say!(Key::HttpEmbedDemonstration).in_lang(lang));
    }
    for note in notes {
        // A String takes whatever is written.
        let _ = write!(html, "<p>{}</p>", escaped(&note));
    }
    html.push_str(&table(&layers, lang));
    html
}

/// The layers that a view names; naming none, all that can be drawn.
fn shown<'a>(world: &'a World, view: &View) -> Vec<&'a Snapshot> {
    let named: Option<Vec<&str>> = view.get("layers").map(|layers| layers.split(',').collect());
    let layers = world.layers.values().map(AsRef::as_ref);
    layers
        .filter(|layer: &&Snapshot| match &named {
            Some(ids) => ids.contains(&layer.view().id.as_str()),
            None => layer.view().shape.is_some(),
        })
        .collect()
}

fn table(layers: &[&Snapshot], lang: Lang) -> String {
    let words = |key: Key| escaped(&say!(key).in_lang(lang));
    let heads = [
        Key::HttpEmbedLayer,
        Key::HttpEmbedTheme,
        Key::HttpEmbedCount,
        Key::HttpEmbedUpdated,
        Key::HttpEmbedPublisher,
        Key::HttpEmbedData,
    ];
    let mut html = format!(
        "<table><caption>{}</caption><thead><tr>",
        words(Key::HttpEmbedLayers)
    );
    for head in heads {
        let _ = write!(html, "<th scope=\"col\">{}</th>", words(head));
    }
    html.push_str("</tr></thead><tbody>");
    for layer in layers {
        let view = layer.view();
        let (count, data) = match view.form {
            Form::Existence => (words(Key::HttpEmbedHeld), String::new()),
            Form::Full | Form::Generalised => (layer.len().to_string(), data_link(view)),
        };
        let _ = write!(
            html,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{count}</td><td>{}</td><td>{}</td><td>{data}</td></tr>",
            escaped(view.title.in_lang(lang)),
            escaped(&view.theme.title().in_lang(lang)),
            escaped(&view.provenance.updated),
            escaped(view.provenance.publisher.in_lang(lang)),
        );
    }
    html.push_str("</tbody></table>");
    html
}

fn data_link(view: &LayerView) -> String {
    let id = escaped(view.id.as_str());
    format!("<a href=\"./collections/{id}/items?limit=100\">GeoJSON</a>")
}

/// Text as it may stand between tags and in a quoted attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
    html
}

/// Text as it may stand as a value in a query.
fn in_query(text: &str) -> String {
    let mut query = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            query.push(char::from(byte));
        } else {
            let _ = write!(query, "%{byte:02X}");
        }
    }
    query
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(query: &str, hash: &str) -> View {
        View::of(&[&Query::parse(query).unwrap(), &Query::parse(hash).unwrap()])
    }

    #[test]
    fn a_view_keeps_what_it_knows_in_one_order_and_drops_the_rest() {
        let seen = view(
            "utm_source=x&lang=en&layers=a%2Cb&controls=none",
            "map=12/39.9/116.4&coverage=a",
        );
        assert_eq!(
            seen.query(),
            "?layers=a,b&map=12/39.9/116.4&controls=none&lang=en"
        );
        assert_eq!(seen.hash(), "#map=12/39.9/116.4&layers=a,b&lang=en");
        assert_eq!(seen.lang(), Some(Lang::En));
        assert_eq!(view("", "").query(), "");
    }

    #[test]
    fn what_follows_the_hash_wins_and_hostile_values_are_dropped() {
        assert_eq!(view("layers=a", "layers=b").query(), "?layers=b");
        for hostile in [
            "layers=%22%3E",
            "layers=a%20b",
            "layers=",
            "map=%0d%0a",
            "feature=污/1",
        ] {
            assert_eq!(view(hostile, "").query(), "", "{hostile}");
        }
        assert_eq!(
            view("time=2024-06-01T00:00:00%2B08:00", "").query(),
            "?time=2024-06-01T00:00:00%2B08:00"
        );
    }

    #[test]
    fn words_cannot_become_markup() {
        assert_eq!(
            escaped("<a href='\"&'>"),
            "&lt;a href=&#39;&quot;&amp;&#39;&gt;"
        );
        assert_eq!(
            in_query("http://h/a?b=污"),
            "http%3A%2F%2Fh%2Fa%3Fb%3D%E6%B1%A1"
        );
    }
}
