//! Every sentence the program says to a person, in Chinese and English.
//!
//! The sentences stand in `zh.toml` and `en.toml`; `build.rs` turns their keys into [`Key`], so a
//! sentence that one language lacks does not compile. Below every other room: all may speak.

pub mod near;

use std::error::Error;
use std::fmt;

include!(concat!(env!("OUT_DIR"), "/text_keys.rs"));

impl Key {
    /// The key as it stands in the files: `room.key`, stable for machines.
    pub fn name(self) -> &'static str {
        NAMES[self as usize]
    }

    /// The sentence, its placeholders not yet filled.
    fn sentence(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => ZH[self as usize],
            Lang::En => EN[self as usize],
        }
    }
}

/// A language OneMap speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Lang {
    /// Chinese, the default.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Its BCP 47 code: `zh` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }

    /// The language of a code, a locale or an `Accept-Language` value: the first of ours that it
    /// names (`en-GB;q=0.8, zh` is English, `zh_CN.UTF-8` Chinese); none of ours is `None`.
    pub fn of(locale: &str) -> Option<Self> {
        locale.split([',', ';']).find_map(|part| {
            let word = part.trim().get(..2)?;
            if word.eq_ignore_ascii_case("zh") {
                Some(Self::Zh)
            } else if word.eq_ignore_ascii_case("en") {
                Some(Self::En)
            } else {
                None
            }
        })
    }
}

/// A title or sentence given in both languages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Bilingual {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Bilingual {
    /// The words in one language.
    pub fn in_lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// A sentence with its values filled in, still in no language. `Display` is English, for logs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    key: Key,
    args: Vec<(&'static str, String)>,
    words: Vec<(&'static str, Bilingual)>,
    why: Option<Box<Self>>,
}

impl Message {
    /// The sentence `key` with a value for each of its placeholders. Prefer [`say!`](crate::say).
    pub fn new(key: Key, args: Vec<(&'static str, String)>) -> Self {
        Self {
            key,
            args,
            words: Vec::new(),
            why: None,
        }
    }

    /// The sentence with words for one of its placeholders that differ from language to language.
    #[must_use]
    pub fn with_words(mut self, name: &'static str, words: Bilingual) -> Self {
        self.words.push((name, words));
        self
    }

    /// The sentence with another one for its placeholder `{why}`, in whichever language it is said.
    #[must_use]
    pub fn with_why(mut self, why: Self) -> Self {
        self.why = Some(Box::new(why));
        self
    }

    /// The sentence that stands for the placeholder `{why}`.
    pub fn why(&self) -> Option<&Self> {
        self.why.as_deref()
    }

    /// Which sentence it is.
    pub const fn key(&self) -> Key {
        self.key
    }

    /// The value of one placeholder.
    pub fn arg(&self, name: &str) -> Option<&str> {
        self.args
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, value)| value.as_str())
    }

    /// The sentence in both languages.
    pub fn both(&self) -> Bilingual {
        Bilingual {
            zh: self.in_lang(Lang::Zh),
            en: self.in_lang(Lang::En),
        }
    }

    /// The sentence in one language.
    pub fn in_lang(&self, lang: Lang) -> String {
        let mut rest = self.key.sentence(lang);
        let mut said = String::with_capacity(rest.len() + 32);
        while let Some((before, from_name)) = rest.split_once('{') {
            said.push_str(before);
            let Some((name, after)) = from_name.split_once('}') else {
                break;
            };
            match &self.why {
                Some(why) if name == "why" => said.push_str(&why.in_lang(lang)),
                _ => match self.words.iter().find(|(n, _)| *n == name) {
                    Some((_, words)) => said.push_str(words.in_lang(lang)),
                    None => said.push_str(self.arg(name).unwrap_or("?")),
                },
            }
            rest = after;
        }
        said.push_str(rest);
        said
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_lang(Lang::En))
    }
}

/// `say!(Key::StoreNewer, path = p.display(), version = 3)`: a [`Message`] with its values.
#[macro_export]
macro_rules! say {
    ($key:expr $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::text::Message::new($key, vec![$((stringify!($name), $value.to_string())),*])
    };
}

/// A failure: what is said to a person, and under it the cause, which only logs may show.
#[derive(Debug)]
pub struct Problem {
    message: Message,
    cause: Option<Box<dyn Error + Send + Sync>>,
}

impl Problem {
    /// A failure with nothing beneath it.
    pub const fn new(message: Message) -> Self {
        Self {
            message,
            cause: None,
        }
    }

    /// A failure whose cause is another error.
    pub fn because(message: Message, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self {
            message,
            cause: Some(cause.into()),
        }
    }

    /// What is said to a person.
    pub const fn message(&self) -> &Message {
        &self.message
    }

    /// The same failure, said in other words.
    #[must_use]
    pub fn restated(self, message: Message) -> Self {
        Self {
            message,
            cause: self.cause,
        }
    }
}

impl From<Message> for Problem {
    fn from(message: Message) -> Self {
        Self::new(message)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message.fmt(f)
    }
}

impl Error for Problem {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.cause
            .as_deref()
            .map(|cause| cause as &(dyn Error + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_fills_its_placeholders_in_both_languages() {
        let message = say!(Key::ModelLayerIdInvalid, value = "Bad Id");
        assert!(
            message
                .in_lang(Lang::En)
                .starts_with("'Bad Id' is not a layer id")
        );
        assert!(message.in_lang(Lang::Zh).contains("“Bad Id”"));
    }

    #[test]
    fn a_language_is_read_from_codes_locales_and_headers() {
        assert_eq!(Lang::of("zh_CN.UTF-8"), Some(Lang::Zh));
        assert_eq!(Lang::of("fr, en-GB;q=0.8, zh;q=0.5"), Some(Lang::En));
        assert_eq!(Lang::of("C"), None);
    }
}
