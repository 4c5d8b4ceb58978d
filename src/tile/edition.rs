//! Which edition of a layer's tiles is meant.

use crate::query::{LayerView, When};

/// An edition of tiles. The plain one shows everything there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Edition {
    /// Only what was so on one of these days.
    pub when: Option<When>,
}

impl Edition {
    /// This edition of a layer's tiles. A layer without valid time has one for all days.
    #[must_use]
    pub fn of(self, view: &LayerView) -> Self {
        Self {
            when: self.when.filter(|_| view.uses.temporal),
        }
    }

    /// This edition of several layers' tiles in one: that of the layer which differs most from the
    /// plain one.
    #[must_use]
    pub fn of_any<'a>(self, mut views: impl Iterator<Item = &'a LayerView>) -> Self {
        let timed = views.any(|view| view.uses.temporal);
        Self {
            when: self.when.filter(|_| timed),
        }
    }

    /// The query that asks for it, `?datetime=2024-06-01`; empty for the plain one. Each edition has
    /// one, so it is a key for caches, too.
    pub fn query(self) -> String {
        self.when
            .map_or_else(String::new, |when| format!("?datetime={when}"))
    }
}
