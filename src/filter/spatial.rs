//! How two geometries lie to each other, planar in degrees: the standard's eight relations.

use std::borrow::Cow;

use geo::{Intersects as _, Relate as _};

use super::expression::Place;
use super::row::{Row, Truth};
use crate::geom::{BBox, Geometry};

/// A relation of the left geometry to the right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relation {
    Contains,
    Crosses,
    Disjoint,
    Equals,
    Intersects,
    Overlaps,
    Touches,
    Within,
}

impl Relation {
    /// All of them, with their names in CQL2 JSON; text has them in capitals.
    pub(super) const ALL: [(Self, &'static str); 8] = [
        (Self::Contains, "s_contains"),
        (Self::Crosses, "s_crosses"),
        (Self::Disjoint, "s_disjoint"),
        (Self::Equals, "s_equals"),
        (Self::Intersects, "s_intersects"),
        (Self::Overlaps, "s_overlaps"),
        (Self::Touches, "s_touches"),
        (Self::Within, "s_within"),
    ];

    /// Its name in CQL2 JSON.
    pub(super) fn name(self) -> &'static str {
        let found = Self::ALL
            .into_iter()
            .find(|(relation, _)| *relation == self);
        found.map_or("", |(_, name)| name)
    }

    /// Whether it holds between two geometries whose boxes meet.
    fn holds(self, left: &Geometry, right: &Geometry) -> bool {
        match self {
            Self::Intersects => left.intersects(right),
            Self::Disjoint => !left.intersects(right),
            Self::Contains => left.relate(right).is_contains(),
            Self::Crosses => left.relate(right).is_crosses(),
            Self::Equals => left.relate(right).is_equal_topo(),
            Self::Overlaps => left.relate(right).is_overlaps(),
            Self::Touches => left.relate(right).is_touches(),
            Self::Within => left.relate(right).is_within(),
        }
    }

    /// Whether it holds between two places of a row.
    pub(super) fn between(self, left: &Place, right: &Place, row: &dyn Row) -> Truth {
        let (Some((left, left_box)), Some((right, right_box))) = (left.at(row), right.at(row))
        else {
            return Truth::Unknown;
        };
        if left_box.intersects(&right_box) {
            self.holds(&left, &right).into()
        } else {
            (self == Self::Disjoint).into()
        }
    }
}

impl Place {
    /// The geometry and its box; `None` where the row has none.
    fn at<'a>(&'a self, row: &'a dyn Row) -> Option<(Cow<'a, Geometry>, BBox)> {
        match self {
            Self::Own(_) => {
                let geometry = row.geometry()?;
                let bounds = BBox::of(&geometry)?;
                Some((geometry, bounds))
            }
            Self::Written(shape) => Some((Cow::Borrowed(&shape.geometry), shape.bounds)),
        }
    }
}
