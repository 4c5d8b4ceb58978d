//! What blocks are made of, and where: the city's quarters.

use super::plane::{length, less, of_degrees};
use super::{Place, Within};
use crate::seed::random::Random;

/// What a block is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::seed) enum Character {
    /// Homes, with what belongs to them.
    Homes,
    /// Houses of a village.
    Village,
    /// Shops and offices.
    Commerce,
    /// Embassies.
    Embassies,
    /// A university, an institute, sports grounds.
    Campus,
    /// Authorities, hospitals, culture.
    Public,
    /// Works.
    Works,
    /// Stores and yards.
    Stores,
    /// Depots and stations.
    Transport,
    /// The airport.
    Airport,
    /// Parks and green belts.
    Green,
    /// Woods.
    Woods,
    /// Fields and orchards.
    Fields,
    /// Land kept free or lying idle.
    Blank,
}
use Character::{
    Airport, Blank, Campus, Commerce, Embassies, Fields, Green, Homes, Public, Stores, Transport,
    Village, Woods, Works,
};

type Mix = &'static [(Character, f64)];

/// Quarters of one character: longitude, latitude, reach in metres, and what their blocks are made of.
const QUARTERS: &[(f64, f64, f64, Mix)] = &[
    // Offices and shops.
    (
        116.4600,
        39.9120,
        1300.0,
        &[(Commerce, 5.0), (Homes, 3.0), (Public, 1.0)],
    ),
    (
        116.4700,
        39.9960,
        1300.0,
        &[(Commerce, 3.0), (Homes, 4.0), (Campus, 1.0)],
    ),
    (
        116.4580,
        39.9420,
        900.0,
        &[(Embassies, 4.0), (Commerce, 2.0), (Homes, 2.0)],
    ),
    (
        116.3930,
        39.9930,
        1200.0,
        &[(Campus, 4.0), (Public, 2.0), (Commerce, 1.0), (Green, 1.0)],
    ),
    // Works and stores.
    (
        116.5150,
        39.8480,
        2300.0,
        &[(Works, 7.0), (Stores, 2.0), (Blank, 0.7), (Transport, 0.5)],
    ),
    (
        116.5550,
        39.8950,
        1500.0,
        &[(Works, 5.0), (Stores, 3.0), (Homes, 2.0)],
    ),
    (
        116.4980,
        39.9790,
        1300.0,
        &[(Works, 6.0), (Campus, 2.0), (Homes, 1.0)],
    ),
    (
        116.5350,
        40.0080,
        1600.0,
        &[(Stores, 4.0), (Works, 4.0), (Village, 2.0)],
    ),
    (
        116.6050,
        39.8850,
        1700.0,
        &[(Works, 4.0), (Stores, 3.0), (Village, 1.0)],
    ),
    // Homes of the new town, and universities.
    (
        116.5950,
        39.9230,
        1500.0,
        &[(Homes, 6.0), (Commerce, 0.6), (Public, 1.0), (Green, 1.0)],
    ),
    (
        116.5500,
        39.9120,
        1100.0,
        &[(Campus, 4.0), (Homes, 3.0), (Public, 1.0)],
    ),
    (
        116.5520,
        39.9690,
        1500.0,
        &[(Homes, 6.0), (Public, 1.0), (Green, 1.0)],
    ),
    // Fields and woods at the edge.
    (
        116.6000,
        39.8450,
        2600.0,
        &[(Fields, 5.0), (Woods, 3.0), (Village, 2.0)],
    ),
    (
        116.6050,
        39.9850,
        2600.0,
        &[(Woods, 5.0), (Fields, 2.0), (Village, 2.0)],
    ),
    (
        116.5450,
        40.0480,
        2400.0,
        &[(Woods, 5.0), (Village, 2.0), (Fields, 1.5), (Green, 1.0)],
    ),
];

/// What blocks elsewhere are made of.
const fn elsewhere(within: Within) -> Mix {
    match within {
        Within::Third | Within::Fourth => &[
            (Homes, 60.0),
            (Commerce, 3.0),
            (Campus, 8.0),
            (Public, 11.0),
            (Works, 4.0),
            (Green, 8.0),
            (Transport, 1.2),
            (Blank, 0.6),
        ],
        Within::Fifth => &[
            (Homes, 42.0),
            (Commerce, 1.6),
            (Campus, 7.0),
            (Public, 9.0),
            (Works, 9.0),
            (Stores, 2.0),
            (Village, 3.6),
            (Green, 14.0),
            (Woods, 7.0),
            (Transport, 1.6),
            (Blank, 2.4),
        ],
        Within::None => &[
            (Homes, 17.0),
            (Village, 11.0),
            (Works, 6.0),
            (Stores, 2.0),
            (Campus, 3.5),
            (Public, 4.0),
            (Commerce, 0.8),
            (Green, 13.0),
            (Woods, 22.0),
            (Fields, 15.0),
            (Transport, 1.2),
            (Blank, 4.0),
        ],
    }
}

/// The box around the exclave, degrees from south-west to north-east: the airport and nothing else.
const EXCLAVE: [(f64, f64); 2] = [(116.5660, 40.0390), (116.6050, 40.1080)];

/// Whether a place lies at the airport.
fn at_airport(at: Place) -> bool {
    let [low, high] = EXCLAVE.map(of_degrees);
    low.0 < at.0 && at.0 < high.0 && low.1 < at.1 && at.1 < high.1
}

/// What a block at a place is made of.
pub(super) fn draw(at: Place, within: Within, dice: &mut Random) -> Character {
    if at_airport(at) {
        return Airport;
    }
    let quarter = QUARTERS.iter().find(|(lon, lat, reach, _)| {
        length(less(at, of_degrees((*lon, *lat)))) < reach * dice.between(0.75, 1.15)
    });
    match quarter {
        Some((_, _, _, mix)) if dice.chance(0.9) => dice.weighted(mix),
        _ => dice.weighted(elsewhere(within)),
    }
}

impl Character {
    /// Up to what size a block has no lane through it, square metres.
    pub(super) const fn block_m2(self, within: Within) -> f64 {
        match self {
            Homes | Public | Commerce => match within {
                Within::Third | Within::Fourth => 125_000.0,
                Within::Fifth => 210_000.0,
                Within::None => 330_000.0,
            },
            Embassies => 60_000.0,
            Village => 130_000.0,
            Campus => 260_000.0,
            Works | Stores | Transport | Blank => 280_000.0,
            Fields | Woods | Green => 500_000.0,
            Airport => 1e12,
        }
    }

    /// How large its lots are, square metres.
    pub(in crate::seed) const fn lot_m2(self, within: Within) -> f64 {
        let inner = matches!(within, Within::Third | Within::Fourth);
        match (self, within) {
            (Homes, Within::Third | Within::Fourth) => 10_800.0,
            (Homes, Within::Fifth) => 27_000.0,
            (Homes, Within::None) => 50_000.0,
            (Commerce | Public, _) if inner => 9_500.0,
            (Commerce | Public, _) => 21_000.0,
            (Embassies, _) => 6_500.0,
            (Village, _) => 6_800.0,
            (Campus, _) => 40_000.0,
            (Works, _) if inner => 22_000.0,
            (Works, _) => 38_000.0,
            (Stores | Transport | Blank, _) => 36_000.0,
            (Green, _) => 46_000.0,
            (Woods, _) => 105_000.0,
            (Fields, _) => 80_000.0,
            (Airport, _) => 420_000.0,
        }
    }

    /// How wide a lane through it is, metres.
    pub(super) const fn lane_m(self) -> f64 {
        match self {
            Village | Fields | Woods => 6.0,
            _ => 11.0,
        }
    }
}
