//! Speaking to a person at a terminal: results to standard output, all else to standard error.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;

use crate::text::{Lang, Message, Problem};

/// Where the command speaks, and in which language. A terminal that is gone is no failure.
#[derive(Debug, Clone)]
pub(super) struct Terminal {
    lang: Lang,
}

impl Terminal {
    pub(super) const fn new(lang: Lang) -> Self {
        Self { lang }
    }

    pub(super) const fn lang(&self) -> Lang {
        self.lang
    }

    /// A result, for standard output.
    pub(super) fn say(&self, message: &Message) {
        self.out(&message.in_lang(self.lang));
    }

    /// Text for standard output, as it is.
    #[expect(clippy::unused_self, reason = "speaking needs a terminal")]
    pub(super) fn out(&self, text: &str) {
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{}", text.trim_end());
        let _ = out.flush();
    }

    /// Something to know that is no result.
    pub(super) fn warn(&self, message: &Message) {
        self.line(&message.in_lang(self.lang));
    }

    /// A line for standard error, as it is.
    #[expect(clippy::unused_self, reason = "speaking needs a terminal")]
    pub(super) fn line(&self, text: &str) {
        let _ = writeln!(std::io::stderr().lock(), "{text}");
    }

    /// A failure, with its causes in brackets.
    pub(super) fn problem(&self, problem: &Problem) {
        let mut text = format!("onemap: {}", problem.message().in_lang(self.lang));
        let mut cause = Error::source(problem);
        while let Some(error) = cause {
            let _ = write!(text, " ({error})");
            cause = error.source();
        }
        self.line(&text);
    }
}
