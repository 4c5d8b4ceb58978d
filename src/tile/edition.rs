//! Which edition of a layer's tiles is meant.

use crate::geom::Datum;
use crate::query::{LayerView, When};

/// An edition of tiles. The plain one shows everything there is, where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Edition {
    /// Only what was so on one of these days.
    pub when: Option<When>,
    /// The degrees of the map that the tiles are for.
    pub datum: Datum,
}

impl Edition {
    /// This edition of a layer's tiles. A layer without valid time has one for all days.
    #[must_use]
    pub fn of(self, view: &LayerView) -> Self {
        self.of_any(std::iter::once(view))
    }

    /// This edition of several layers' tiles in one: that of the layer which differs most from the
    /// plain one.
    #[must_use]
    pub fn of_any<'a>(self, mut views: impl Iterator<Item = &'a LayerView>) -> Self {
        let timed = views.any(|view| view.uses.temporal);
        Self {
            when: self.when.filter(|_| timed),
            ..self
        }
    }

    /// The query that asks for it, `?datetime=2024-06-01&datum=gcj02`; empty for the plain one. Each
    /// edition has one, so it is a key for caches, too.
    pub fn query(self) -> String {
        let when = self.when.map(|when| format!("datetime={when}"));
        let shifted = self.datum != Datum::Plain;
        let datum = shifted.then(|| format!("datum={}", self.datum.as_str()));
        let asked: Vec<String> = when.into_iter().chain(datum).collect();
        if asked.is_empty() {
            return String::new();
        }
        format!("?{}", asked.join("&"))
    }
}
