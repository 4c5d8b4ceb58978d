//! The species of the demonstration: facts of what lives around Beijing, where and when.

use crate::seed::random::Random;

/// Names, groups, habitats, months, how often a species is met and how many at a time, and whether it
/// is on the list whose absence is noted, too.
const TABLE: &str = include_str!("species.csv");

/// What a place is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Habitat {
    Woodland,
    Wetland,
    Riverside,
    Grassland,
    Farmland,
    UrbanGreen,
}

impl Habitat {
    /// Its code (`habitat`) and its Chinese name.
    pub(super) const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Woodland => ("woodland", "林地"),
            Self::Wetland => ("wetland", "湿地"),
            Self::Riverside => ("riverside", "河岸"),
            Self::Grassland => ("grassland", "草地"),
            Self::Farmland => ("farmland", "田园"),
            Self::UrbanGreen => ("urban-green", "城镇绿地"),
        }
    }

    const fn of(letter: char) -> Option<Self> {
        Some(match letter {
            'W' => Self::Woodland,
            'L' => Self::Wetland,
            'R' => Self::Riverside,
            'G' => Self::Grassland,
            'F' => Self::Farmland,
            'U' => Self::UrbanGreen,
            _ => return None,
        })
    }
}

/// A species.
#[derive(Debug, Clone)]
pub(super) struct Species {
    /// Its scientific name.
    pub(super) name: &'static str,
    /// Its Chinese name.
    pub(super) zh: &'static str,
    /// Its group (`taxon-group`).
    pub(super) group: &'static str,
    /// Where it is met.
    pub(super) habitats: Vec<Habitat>,
    /// The months (1–12) in which it is met.
    pub(super) months: Vec<usize>,
    /// How often it is met, beside the others.
    pub(super) weight: f64,
    /// How many at most.
    pub(super) most: usize,
    /// Whether a complete checklist notes its absence. Only of taxa that are on the finest grid in
    /// every stage and season: a gap among them would tell the place of a sensitive one.
    pub(super) target: bool,
}

impl Species {
    /// All of them, in the order of the table.
    pub(super) fn all() -> Vec<Self> {
        TABLE.lines().skip(1).filter_map(Self::parse).collect()
    }

    fn parse(line: &'static str) -> Option<Self> {
        let cells: Vec<&'static str> = line.split(',').collect();
        let [name, zh, group, habitats, months, weight, most, target] = cells.as_slice() else {
            return None;
        };
        Some(Self {
            name,
            zh,
            group,
            habitats: habitats.chars().filter_map(Habitat::of).collect(),
            months: months.split(' ').filter_map(span).flatten().collect(),
            weight: weight.parse().ok()?,
            most: most.parse().ok()?,
            target: *target == "x",
        })
    }

    /// Whether it is met in a habitat in a month.
    pub(super) fn is_about(&self, habitat: Habitat, month: usize) -> bool {
        self.habitats.contains(&habitat) && self.months.contains(&month)
    }

    /// A stage of life for a record of that month; empty: not noted.
    pub(super) fn stage(&self, month: usize, dice: &mut Random) -> &'static str {
        match self.group {
            "plant" if dice.chance(0.6) => "flowering",
            "plant" => "vegetative",
            "fungus" => "fruiting",
            "amphibian" if month < 7 && dice.chance(0.4) => "larva",
            "bird" if (5..8).contains(&month) && dice.chance(0.08) => "nestling",
            _ if dice.chance(0.15) => "",
            _ if dice.chance(0.12) => "juvenile",
            _ => "adult",
        }
    }
}

/// `4-7`, as all its months.
fn span(months: &str) -> Option<std::ops::RangeInclusive<usize>> {
    let (first, last) = months.split_once('-')?;
    Some(first.parse().ok()?..=last.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_species_with_a_place_and_a_season() {
        let species = Species::all();
        assert_eq!(species.len(), TABLE.lines().count() - 1);
        for one in species {
            assert!(
                !one.habitats.is_empty() && !one.months.is_empty(),
                "{one:?}"
            );
            assert!(one.months.iter().all(|m| (1..=12).contains(m)), "{one:?}");
            assert!(one.weight > 0.0 && one.most > 0, "{one:?}");
        }
    }
}
