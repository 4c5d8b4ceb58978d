//! The reference system that the attributes of a parcel file name: a datum, the width of its zones,
//! a zone. Whether the easting carries the zone before it, the points show.

use geo_types::Coord;

use crate::say;
use crate::source::{FileCrs, crs};
use crate::text::{Key, Message};

/// An easting from which on the zone's number stands before it: no zone is a thousand kilometres
/// wide.
const WITH_ZONE: f64 = 1_000_000.0;

/// The entries of a datum in the EPSG registry: degrees; then, for zones of three degrees and of six,
/// the first zone with its number before the easting, and the first without.
struct Datum {
    degrees: u32,
    three: (u32, u32),
    six: (u32, u32),
}

const CGCS2000: Datum = Datum {
    degrees: 4490,
    three: (4513, 4534),
    six: (4491, 4502),
};
const XIAN_1980: Datum = Datum {
    degrees: 4610,
    three: (2349, 2370),
    six: (2327, 2338),
};
const BEIJING_1954: Datum = Datum {
    degrees: 4214,
    three: (2401, 2422),
    six: (21413, 21453),
};

/// What a file claims; `None` if it names no datum. A zone that the eastings contradict is an error.
pub(super) fn of(
    attributes: &[(String, String)],
    first: Option<Coord>,
) -> Result<Option<FileCrs>, Message> {
    let value = |names: &[&str]| {
        attributes
            .iter()
            .find(|(name, value)| names.contains(&name.as_str()) && !value.is_empty())
            .map(|(_, value)| value.as_str())
    };
    let Some(name) = value(&["坐标系", "坐标系统"]) else {
        return Ok(None);
    };
    let datum = if name.contains("2000") {
        Some(CGCS2000)
    } else if name.contains("80") {
        Some(XIAN_1980)
    } else if name.contains("54") {
        Some(BEIJING_1954)
    } else {
        None
    };
    let zone = value(&["带号"]).and_then(|zone| zone.parse::<u32>().ok());
    let before = first.and_then(|at| zone_before(at.x));
    if let (Some(zone), Some(before)) = (zone, before)
        && zone != before
    {
        return Err(say!(Key::SourceParcelsZone, zone = zone, before = before));
    }
    let width = value(&["几度分带", "分带"]).and_then(|width| {
        [('3', 3), ('三', 3), ('6', 6), ('六', 6)]
            .into_iter()
            .find_map(|(letter, degrees)| width.starts_with(letter).then_some(degrees))
    });
    let in_degrees = value(&["计量单位"]).is_some_and(|unit| unit.contains('度'));
    let epsg = datum.and_then(|datum| {
        if in_degrees {
            return Some(datum.degrees);
        }
        let (zones, (with, without)) = match width? {
            3 => (25..=45, datum.three),
            _ => (13..=23, datum.six),
        };
        let zone = zone.or(before).filter(|zone| zones.contains(zone))?;
        let from = if before.is_some() { with } else { without };
        Some(from + zone - zones.start())
    });
    Ok(Some(match epsg {
        Some(code) => crs::of_epsg(code),
        None => FileCrs {
            name: name.to_owned(),
            epsg: None,
            wkt: String::new(),
        },
    }))
}

/// The number of the zone before an easting.
fn zone_before(easting: f64) -> Option<u32> {
    (1..=60).find(|&zone| {
        let begin = f64::from(zone) * WITH_ZONE;
        (begin..begin + WITH_ZONE).contains(&easting)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(attributes: &[(&str, &str)], x: f64) -> Option<FileCrs> {
        let attributes: Vec<_> = attributes
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect();
        of(&attributes, Some(Coord { x, y: 4_420_000.0 })).unwrap()
    }

    /// The registry's own names are the oracle for the arithmetic on its codes.
    #[test]
    fn every_zone_is_the_one_the_registry_calls_so() {
        for (datum, english) in [
            ("2000国家大地坐标系", "CGCS2000"),
            ("1980西安坐标系", "Xian 1980"),
            ("北京54坐标系", "Beijing 1954"),
        ] {
            for (width, zones, kind, span) in [
                ("3", 25..=45, "3-degree Gauss-Kruger", 3),
                ("6度带", 13..=23, "Gauss-Kruger", 6),
            ] {
                for zone in zones {
                    let text = zone.to_string();
                    let about = [("坐标系", datum), ("几度分带", width), ("带号", &text)];
                    let with = claim(&about, f64::from(zone) * 1e6 + 5e5).unwrap();
                    assert_eq!(with.name, format!("{english} / {kind} zone {zone}"));
                    let without = claim(&about, 5e5).unwrap();
                    let meridian = if span == 3 { zone * 3 } else { zone * 6 - 3 };
                    assert_eq!(without.name, format!("{english} / {kind} CM {meridian}E"));
                    assert_eq!(claim(&about[..2], f64::from(zone) * 1e6 + 5e5), Some(with));
                }
            }
        }
    }

    #[test]
    fn what_is_not_said_is_not_guessed() {
        assert_eq!(claim(&[("带号", "39")], 39_500_000.0), None);
        let local = claim(
            &[("坐标系", "北京地方坐标系"), ("几度分带", "3")],
            500_000.0,
        )
        .unwrap();
        assert_eq!((local.epsg, local.name.as_str()), (None, "北京地方坐标系"));
        let degrees = claim(
            &[("坐标系", "2000国家大地坐标系"), ("计量单位", "度")],
            116.4,
        )
        .unwrap();
        assert_eq!(degrees.epsg, Some(4490));
        let no_zone = claim(
            &[("坐标系", "2000国家大地坐标系"), ("几度分带", "3")],
            500_000.0,
        )
        .unwrap();
        assert_eq!(no_zone.epsg, None);
        let contradiction = [
            ("坐标系".to_owned(), "2000".to_owned()),
            ("带号".to_owned(), "40".to_owned()),
        ];
        let at = Coord {
            x: 39_500_000.0,
            y: 4_420_000.0,
        };
        assert!(of(&contradiction, Some(at)).is_err());
    }
}
