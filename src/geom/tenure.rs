//! Of a parcel, what each of several polygons covers alone, what two or more cover, and what none
//! does: a table that adds up to the parcel.

use super::plane::{self, Shapes};
use super::{Parts, Target};

/// Polygons that share less than this, square metres, do not overlap.
const CRUMB_M2: f64 = 1e-4;

/// The parts of a parcel, square metres; together they are the parcel.
#[derive(Debug, Clone, PartialEq)]
pub struct Tenure {
    /// For each polygon, what it covers alone.
    pub alone_m2: Vec<f64>,
    /// What two or more cover.
    pub several_m2: f64,
    /// What none covers.
    pub none_m2: f64,
}

impl Target {
    /// Divides its polygons among others (each a polygon or several, that do not overlap within
    /// themselves).
    pub fn tenure(&self, polygons: &[Parts]) -> Tenure {
        let covered: Vec<f64> = polygons
            .iter()
            .map(|polygon| self.meet(polygon.runs()).overlap_m2)
            .collect();
        let here: Vec<usize> = (0..polygons.len())
            .filter(|&at| covered[at] > 0.0)
            .collect();
        let mut alone_m2 = covered;
        let mut several_m2 = 0.0;
        if let Some(common) = self.contested(polygons, &here) {
            several_m2 = plane::area_m2(self.frame(), &common);
            for &at in &here {
                let whole = plane::shapes(self.frame(), polygons[at].runs());
                let shared = plane::area_m2(self.frame(), &plane::common(&whole, &common));
                alone_m2[at] = (alone_m2[at] - shared).max(0.0);
            }
        }
        // What rounding makes too much is taken where there is most.
        let mut none_m2 = self.area_m2() - several_m2 - alone_m2.iter().sum::<f64>();
        if none_m2 < CRUMB_M2 {
            let most = alone_m2.iter_mut().max_by(|a, b| a.total_cmp(b));
            if let Some(most) = most.filter(|most| **most > none_m2.abs()) {
                *most += none_m2;
                none_m2 = 0.0;
            }
        }
        Tenure {
            alone_m2,
            several_m2,
            none_m2: none_m2.max(0.0),
        }
    }

    /// What two or more of some polygons cover of it; `None` where they do not overlap.
    fn contested(&self, polygons: &[Parts], here: &[usize]) -> Option<Shapes> {
        let frame = self.frame();
        let parcel = plane::shapes(frame, self.parts().runs());
        let mut common: Option<Shapes> = None;
        for (place, &one) in here.iter().enumerate() {
            for &other in &here[place + 1..] {
                if !polygons[one].overlap(&polygons[other]) {
                    continue;
                }
                let shapes = |at: usize| plane::shapes(frame, polygons[at].runs());
                let here = plane::common(&plane::common(&parcel, &shapes(one)), &shapes(other));
                common = Some(match common {
                    Some(common) => plane::either(&common, &here),
                    None => here,
                });
            }
        }
        common
    }
}

impl Parts {
    /// Whether they share more area with others than rounding makes.
    pub(super) fn overlap(&self, other: &Self) -> bool {
        Target::of(self.clone()).is_none_or(|one| one.meet(other.runs()).overlap_m2 > CRUMB_M2)
    }
}
