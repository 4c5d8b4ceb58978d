//! What the parcels are used for, and what they are to become (`ydyh-2023`).

use super::faces::Kind;
use crate::seed::city::{Character, Class, Within};
use crate::seed::random::Random;

/// A use: its code, how usual it is, and the least and the most area of such a lot, square metres.
type Use = (&'static str, f64, f64, f64);

const ANY: f64 = 1e9;

const HOMES: &[Use] = &[
    ("070102", 66.0, 900.0, ANY),
    ("0701", 12.0, 900.0, ANY),
    ("070101", 2.0, 4_000.0, ANY),
    ("0702", 3.0, 300.0, 5_000.0),
    ("080404", 5.0, 1_500.0, 7_000.0),
    ("080403", 6.0, 7_000.0, 45_000.0),
    ("080602", 1.0, 500.0, 5_000.0),
    ("080701", 1.2, 2_000.0, 15_000.0),
    ("0801", 1.0, 1_000.0, 12_000.0),
    ("0803", 1.0, 1_000.0, 12_000.0),
    ("090101", 1.0, 500.0, 7_000.0),
    ("090105", 0.5, 800.0, 5_000.0),
    ("120803", 0.8, 800.0, 6_000.0),
    ("1303", 0.5, 400.0, 5_000.0),
    ("1305", 0.7, 1_500.0, 12_000.0),
    ("1310", 0.3, 1_500.0, 7_000.0),
    ("1401", 9.0, 1_500.0, 25_000.0),
    ("1402", 2.0, 800.0, 20_000.0),
    ("1503", 0.15, 1_000.0, 9_000.0),
];
const VILLAGE: &[Use] = &[
    ("0703", 78.0, 200.0, 12_000.0),
    ("070301", 8.0, 200.0, 12_000.0),
    ("0704", 3.0, 300.0, 5_000.0),
    ("090101", 1.5, 300.0, 4_000.0),
    ("080404", 0.7, 1_200.0, 6_000.0),
    ("2301", 3.0, 300.0, 12_000.0),
    ("1704", 0.8, 1_000.0, ANY),
    ("060202", 1.0, 1_200.0, ANY),
    ("0304", 4.0, 1_000.0, ANY),
];
const COMMERCE: &[Use] = &[
    ("0902", 6.0, 1_500.0, ANY),
    ("0901", 3.0, 1_000.0, ANY),
    ("090101", 2.0, 800.0, 30_000.0),
    ("090104", 1.2, 1_500.0, 25_000.0),
    ("0903", 0.5, 1_500.0, 25_000.0),
    ("1403", 0.9, 800.0, 12_000.0),
    ("1401", 1.0, 1_500.0, 20_000.0),
    ("120803", 0.7, 800.0, 8_000.0),
    ("120802", 0.5, 1_500.0, 12_000.0),
    ("070102", 2.0, 2_000.0, ANY),
];
const EMBASSIES: &[Use] = &[
    ("1502", 9.0, 1_500.0, ANY),
    ("070101", 1.0, 1_500.0, ANY),
    ("1401", 0.6, 1_000.0, ANY),
];
const CAMPUS: &[Use] = &[
    ("080401", 5.0, 9_000.0, ANY),
    ("0802", 5.0, 2_000.0, ANY),
    ("080402", 1.0, 6_000.0, ANY),
    ("080501", 2.0, 6_000.0, ANY),
    ("0803", 1.5, 2_000.0, ANY),
    ("1401", 2.0, 2_000.0, ANY),
    ("070102", 1.2, 3_000.0, ANY),
];
const PUBLIC: &[Use] = &[
    ("0801", 5.0, 1_500.0, ANY),
    ("080601", 2.5, 6_000.0, ANY),
    ("080301", 1.0, 2_000.0, ANY),
    ("080302", 1.2, 2_000.0, ANY),
    ("080403", 3.0, 7_000.0, ANY),
    ("080501", 1.5, 6_000.0, ANY),
    ("0802", 3.0, 2_000.0, ANY),
    ("080701", 1.0, 2_000.0, ANY),
    ("1501", 1.5, 5_000.0, ANY),
    ("080603", 0.5, 2_000.0, ANY),
    ("1303", 0.6, 1_000.0, 20_000.0),
    ("1302", 0.4, 5_000.0, ANY),
    ("1401", 3.0, 2_000.0, ANY),
    ("1306", 0.3, 500.0, 9_000.0),
];
const WORKS: &[Use] = &[
    ("100101", 3.0, 2_000.0, ANY),
    ("100102", 6.0, 3_000.0, ANY),
    ("100103", 1.2, 6_000.0, ANY),
    ("1101", 0.8, 3_000.0, ANY),
    ("1309", 0.25, 1_500.0, 40_000.0),
    ("1302", 0.2, 8_000.0, ANY),
    ("1303", 0.3, 1_000.0, 30_000.0),
    ("1402", 0.8, 1_000.0, ANY),
    ("090105", 0.15, 1_000.0, 6_000.0),
    ("16", 0.4, 2_000.0, ANY),
];
const STORES: &[Use] = &[
    ("1101", 5.0, 2_000.0, ANY),
    ("110101", 2.0, 2_000.0, ANY),
    ("110102", 1.4, 4_000.0, ANY),
    ("1102", 0.3, 9_000.0, ANY),
    ("090102", 0.6, 6_000.0, ANY),
    ("120803", 0.5, 1_500.0, 30_000.0),
    ("1402", 0.5, 1_000.0, ANY),
];
const TRANSPORT: &[Use] = &[
    ("1201", 2.0, 6_000.0, ANY),
    ("1206", 2.0, 5_000.0, ANY),
    ("120801", 1.0, 6_000.0, ANY),
    ("120802", 3.0, 2_000.0, ANY),
    ("120803", 1.5, 1_000.0, 30_000.0),
];
const AIRPORT: &[Use] = &[
    ("1203", 11.0, 20_000.0, ANY),
    ("120801", 0.8, 2_000.0, ANY),
    ("0902", 0.4, 2_000.0, 150_000.0),
    ("1402", 1.0, 800.0, ANY),
];
const GREEN: &[Use] = &[
    ("1401", 11.0, 800.0, ANY),
    ("1402", 6.0, 500.0, ANY),
    ("080501", 0.4, 8_000.0, ANY),
    ("1403", 0.3, 800.0, 12_000.0),
    ("1702", 0.3, 5_000.0, ANY),
];
const WOODS: &[Use] = &[
    ("0301", 10.0, 500.0, ANY),
    ("0304", 2.0, 500.0, ANY),
    ("0303", 0.8, 500.0, ANY),
    ("0403", 1.4, 500.0, ANY),
    ("1704", 0.5, 2_000.0, 60_000.0),
    ("0501", 0.15, 6_000.0, ANY),
    ("0504", 0.3, 6_000.0, ANY),
];
const FIELDS: &[Use] = &[
    ("0103", 2.0, 500.0, ANY),
    ("0102", 5.0, 500.0, ANY),
    ("0201", 3.0, 500.0, ANY),
    ("0205", 0.5, 500.0, ANY),
    ("060201", 0.8, 800.0, 40_000.0),
    ("1704", 0.6, 1_500.0, 60_000.0),
    ("1705", 0.2, 800.0, 20_000.0),
];
const BLANK: &[Use] = &[
    ("16", 5.0, 500.0, ANY),
    ("2301", 3.0, 500.0, ANY),
    ("2306", 0.6, 500.0, ANY),
];

const fn uses(character: Character) -> &'static [Use] {
    match character {
        Character::Homes => HOMES,
        Character::Village => VILLAGE,
        Character::Commerce => COMMERCE,
        Character::Embassies => EMBASSIES,
        Character::Campus => CAMPUS,
        Character::Public => PUBLIC,
        Character::Works => WORKS,
        Character::Stores => STORES,
        Character::Transport => TRANSPORT,
        Character::Airport => AIRPORT,
        Character::Green => GREEN,
        Character::Woods => WOODS,
        Character::Fields => FIELDS,
        Character::Blank => BLANK,
    }
}

/// The present use of a parcel.
pub(super) fn present(kind: Kind, area_m2: f64, within: Within, dice: &mut Random) -> &'static str {
    match kind {
        Kind::Road(Class::Trunk) if within == Within::None => "1202",
        Kind::Road(_) => "1207",
        Kind::River => "1701",
        Kind::Lake => "1702",
        Kind::Park => "1401",
        Kind::Green | Kind::Left if within == Within::None => {
            dice.weighted(&[("1402", 2.0), ("0301", 1.0)])
        }
        Kind::Green | Kind::Left => dice.weighted(&[("1402", 4.0), ("1401", 1.0)]),
        Kind::Lot(block) => {
            let fitting: Vec<(&str, f64)> = uses(block.character)
                .iter()
                .filter(|(_, _, least, most)| (*least..*most).contains(&area_m2))
                .map(|(code, weight, _, _)| (*code, *weight))
                .collect();
            if fitting.is_empty() {
                uses(block.character)[0].0
            } else {
                dice.weighted(&fitting)
            }
        }
    }
}

/// What a block is to become; `None`: what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Future {
    /// Made anew as a block of another character.
    Renewed(Character),
    /// Left as it is.
    Kept,
    /// Nobody has planned it, or the plan is not at hand.
    NotKnown,
}

/// What a block is to become.
pub(super) fn future(character: Character, dice: &mut Random) -> Future {
    use Character::{
        Blank, Campus, Commerce, Fields, Green, Homes, Public, Stores, Village, Woods, Works,
    };
    if dice.chance(0.025) {
        return Future::NotKnown;
    }
    let renewed = match character {
        Works | Stores => 0.5,
        Blank => 0.9,
        Village => 0.6,
        Homes | Commerce | Public | Campus => 0.03,
        Fields => 0.08,
        _ => 0.0,
    };
    if !dice.chance(renewed) {
        return Future::Kept;
    }
    Future::Renewed(dice.weighted(match character {
        Village | Blank => &[
            (Homes, 5.0),
            (Green, 3.0),
            (Commerce, 0.8),
            (Public, 1.0),
            (Works, 0.5),
        ],
        Fields => &[(Woods, 2.0), (Green, 2.0)],
        _ => &[
            (Homes, 5.0),
            (Commerce, 1.5),
            (Public, 1.0),
            (Campus, 1.5),
            (Green, 2.0),
            (Works, 0.7),
        ],
    }))
}

/// The planned use of a parcel in a block of that future; `None`: not known.
pub(super) fn planned(
    future: Future,
    current_use: &'static str,
    area_m2: f64,
    dice: &mut Random,
) -> Option<&'static str> {
    match future {
        _ if dice.chance(0.012) => None,
        Future::NotKnown => None,
        Future::Kept if matches!(current_use, "2301" | "2306") => Some("16"),
        Future::Kept => Some(current_use),
        // Ponds and streets stay.
        Future::Renewed(_) if current_use.starts_with("17") => Some(current_use),
        Future::Renewed(character) => {
            let fitting: Vec<(&str, f64)> = uses(character)
                .iter()
                .filter(|(code, _, least, most)| {
                    (*least..*most).contains(&area_m2) && !code.starts_with("23")
                })
                .map(|(code, weight, _, _)| (*code, *weight))
                .collect();
            Some(if fitting.is_empty() {
                uses(character)[0].0
            } else {
                dice.weighted(&fitting)
            })
        }
    }
}
