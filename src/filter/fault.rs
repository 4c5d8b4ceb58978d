//! What is wrong with a filter, and what would be right.

use std::fmt;

use crate::text::{Lang, Message};

/// Why a filter is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, where, and what would be right.
    pub message: Message,
}

impl Fault {
    /// The fault as a person reads it.
    pub fn in_lang(&self, lang: Lang) -> String {
        self.message.in_lang(lang)
    }
}

impl From<Message> for Fault {
    fn from(message: Message) -> Self {
        Self { message }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message.fmt(f)
    }
}

/// `Err` of a message.
pub(super) fn refuse<T>(message: Message) -> Result<T, Fault> {
    Err(Fault { message })
}
