//! Names of things: layers, features, revisions, audiences, themes.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use crate::say;
use crate::text::{Key, Message};

/// A layer's name: kebab-case ASCII, at most 64 letters; cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LayerId(Arc<str>);

impl LayerId {
    /// The id, if it is kebab-case: lower-case letters and digits in words joined by single
    /// hyphens, beginning with a letter.
    pub fn parse(value: &str) -> Result<Self, Message> {
        let well_formed = value.len() <= 64
            && value.starts_with(|c: char| c.is_ascii_lowercase())
            && value.split('-').all(|word| {
                !word.is_empty()
                    && word
                        .bytes()
                        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            });
        if well_formed {
            Ok(Self(value.into()))
        } else {
            Err(say!(Key::ModelLayerIdInvalid, value = value))
        }
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// So that a map from ids can be asked with text. Ids are ordered as their text is.
impl Borrow<str> for LayerId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LayerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A feature's number within its layer: given by the store, kept across imports, never reused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeatureId(pub i64);

impl fmt::Display for FeatureId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A revision of the store: store-wide, counted from 1; 0 is the empty store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Revision(pub i64);

impl fmt::Display for Revision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// For whom something is published. A closed list, one listener each; nothing in a request can
/// change it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Anyone.
    Public,
    /// The authority's own departments, behind its own login.
    Department,
}

impl Audience {
    /// Every audience, the widest first.
    pub const ALL: [Self; 2] = [Self::Public, Self::Department];

    /// Its name in settings and files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Department => "department",
        }
    }

    /// The audience of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|audience| audience.as_str() == name)
    }
}

/// The part of the one map a layer belongs to, in the order in which themes are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(
    missing_docs,
    reason = "the names say it; their titles stand in src/text"
)]
pub enum Theme {
    Base,
    Soil,
    Land,
    Ecology,
    Biodiversity,
    Water,
    Air,
    Noise,
    Plan,
}

impl Theme {
    /// Every theme, in the order in which they are listed.
    pub const ALL: [Self; 9] = [
        Self::Soil,
        Self::Land,
        Self::Ecology,
        Self::Biodiversity,
        Self::Water,
        Self::Air,
        Self::Noise,
        Self::Plan,
        Self::Base,
    ];

    /// Its name in layer files and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Soil => "soil",
            Self::Land => "land",
            Self::Ecology => "ecology",
            Self::Biodiversity => "biodiversity",
            Self::Water => "water",
            Self::Air => "air",
            Self::Noise => "noise",
            Self::Plan => "plan",
        }
    }

    /// Its title, for people.
    pub fn title(self) -> Message {
        say!(match self {
            Self::Base => Key::ModelThemeBase,
            Self::Soil => Key::ModelThemeSoil,
            Self::Land => Key::ModelThemeLand,
            Self::Ecology => Key::ModelThemeEcology,
            Self::Biodiversity => Key::ModelThemeBiodiversity,
            Self::Water => Key::ModelThemeWater,
            Self::Air => Key::ModelThemeAir,
            Self::Noise => Key::ModelThemeNoise,
            Self::Plan => Key::ModelThemePlan,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_id_is_kebab_case() {
        for good in ["a", "pollution-sites", "oa2011"] {
            assert!(LayerId::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "A", "a_b", "2a", "污染", "a b"] {
            assert!(LayerId::parse(bad).is_err(), "{bad}");
        }
    }
}
