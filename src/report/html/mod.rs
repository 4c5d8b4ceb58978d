//! A screening as a page that can be read and printed, in one language: made of its document alone,
//! so it can say nothing that the JSON does not. No scripts, nothing from elsewhere.

mod findings;
mod labels;
mod parts;
mod tables;

use super::document::{Document, Words};
use crate::say;
use crate::text::{Key, Lang, Message};

const STYLE: &str = include_str!("page.css");

/// The page of a screening.
pub fn html(document: &Document, lang: Lang) -> String {
    let mut page = Page {
        lang,
        text: String::with_capacity(32 * 1024),
    };
    page.head(document);
    page.raw("<body><main>");
    page.summary(document);
    page.not_known(document);
    page.parcel(document);
    page.findings(document);
    page.looked_at(document);
    page.changes(document);
    page.measured(document);
    page.lineage(document);
    page.basis(document);
    page.raw("</main></body></html>\n");
    page.text
}

/// A page that is being written.
struct Page {
    lang: Lang,
    text: String,
}

/// What stands in a place of a page: lines, one below the other.
type Lines = Vec<String>;

impl Page {
    /// Markup of our own.
    fn raw(&mut self, markup: &'static str) {
        self.text.push_str(markup);
    }

    /// Text, whoever wrote it: nothing of it is markup.
    fn write(&mut self, text: &str) {
        for letter in text.chars() {
            match letter {
                '&' => self.text.push_str("&amp;"),
                '<' => self.text.push_str("&lt;"),
                '>' => self.text.push_str("&gt;"),
                '"' => self.text.push_str("&quot;"),
                '\'' => self.text.push_str("&#x27;"),
                control if control.is_control() => self.text.push(' '),
                other => self.text.push(other),
            }
        }
    }

    /// A sentence of ours in the page's language.
    fn say(&self, message: &Message) -> String {
        message.in_lang(self.lang)
    }

    /// A sentence of ours without values.
    fn key(&self, key: Key) -> String {
        self.say(&say!(key))
    }

    /// Words of the document in the page's language.
    fn words<'a>(&self, words: &'a Words) -> &'a str {
        words.in_lang(self.lang)
    }

    /// Words of the document, or that they are not known.
    fn words_or_unknown(&self, words: Option<&Words>) -> String {
        match words {
            Some(words) => self.words(words).to_owned(),
            None => self.key(Key::ReportUnknown),
        }
    }

    /// A text, or that it is not known.
    fn or_unknown(&self, text: Option<String>) -> String {
        text.unwrap_or_else(|| self.key(Key::ReportUnknown))
    }

    /// An element with text in it; what others have named keeps its own direction.
    fn element(&mut self, open: &'static str, text: &str, close: &'static str) {
        self.raw(open);
        self.raw("<bdi>");
        self.write(text);
        self.raw("</bdi>");
        self.raw(close);
    }

    /// A heading of a section.
    fn heading(&mut self, key: Key) {
        let words = self.key(key);
        self.element("<h2>", &words, "</h2>");
    }

    /// A paragraph of ours.
    fn note(&mut self, key: Key) {
        let words = self.key(key);
        self.element("<p class=\"dim\">", &words, "</p>");
    }

    /// Names and what they are; what has no lines is left out.
    fn list_of(&mut self, entries: Vec<(Key, Lines)>) {
        self.raw("<dl>");
        for (name, lines) in entries {
            if lines.is_empty() {
                continue;
            }
            let name = self.key(name);
            self.element("<dt>", &name, "</dt>");
            self.raw("<dd>");
            self.lines(&lines);
            self.raw("</dd>");
        }
        self.raw("</dl>");
    }

    fn lines(&mut self, lines: &[String]) {
        for (place, line) in lines.iter().enumerate() {
            if place > 0 {
                self.raw("<br>");
            }
            self.element("", line, "");
        }
    }

    /// A bulleted list.
    fn bullets(&mut self, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
        self.raw("<ul>");
        for line in lines {
            self.element("<li>", line, "</li>");
        }
        self.raw("</ul>");
    }

    /// A table: the first cell of a row names it.
    fn table(&mut self, caption: Key, heads: &[Key], rows: Vec<Vec<Lines>>) {
        let caption = self.key(caption);
        self.raw("<div class=\"wide\"><table>");
        self.element("<caption>", &caption, "</caption>");
        self.raw("<thead><tr>");
        for head in heads {
            let head = self.key(*head);
            self.element("<th scope=\"col\">", &head, "</th>");
        }
        self.raw("</tr></thead><tbody>");
        for row in rows {
            self.raw("<tr>");
            for (place, cell) in row.iter().enumerate() {
                self.raw(if place == 0 {
                    "<th scope=\"row\">"
                } else {
                    "<td>"
                });
                self.lines(cell);
                self.raw(if place == 0 { "</th>" } else { "</td>" });
            }
            self.raw("</tr>");
        }
        self.raw("</tbody></table></div>");
    }

    fn head(&mut self, document: &Document) {
        self.raw(match self.lang {
            Lang::Zh => "<!doctype html><html lang=\"zh-CN\">",
            Lang::En => "<!doctype html><html lang=\"en\">",
        });
        self.raw("<head><meta charset=\"utf-8\">");
        self.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        self.raw("<meta name=\"robots\" content=\"noindex\"><title>");
        let title = self.title(document);
        self.write(&title);
        self.raw(" · ");
        self.write(&document.report_number);
        self.raw("</title><style>");
        self.raw(STYLE);
        self.raw("</style></head>");
    }

    /// What the page is called.
    fn title(&self, document: &Document) -> String {
        match &document.parcel.title {
            Some(parcel) => self.say(&say!(Key::ReportTitleParcel, parcel = parcel)),
            None => self.key(Key::ReportTitleDrawn),
        }
    }
}

/// A share in percent, to 0.01.
fn percent(share: f64) -> String {
    format!("{}%", (share * 10_000.0).round() / 100.0)
}

/// Metres.
fn metres(metres: f64) -> String {
    format!("{metres} m")
}

/// Square metres.
fn square_metres(area: f64) -> String {
    format!("{area} m²")
}
