//! Coordinates as people write them: `116.46, 39.92`, `39°55′12″N 116°27′36″E`, `EPSG:4548 4420123.4
//! 457890.1`.
//!
//! What is not certain is not guessed: every order of the two numbers that makes sense is a reading
//! of its own, and a reading says which order it took.

use std::ops::Range;

use super::{BBox, Crs, ToLonLat};
use crate::text::Message;

/// How far beyond a system's area of use a reading still makes sense, degrees.
const BEYOND_DEG: f64 = 1.0;

/// Two coordinates, as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The reference system that is named before them, or why what is named is none.
    pub crs: Option<Result<Crs, Message>>,
    /// The numbers, degrees and minutes put together.
    numbers: [f64; 2],
    /// Their order, where letters say it.
    said: Option<Order>,
    /// Whether the numbers are marked as degrees.
    pub degrees: bool,
}

/// Which comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Longitude or easting.
    EastNorth,
    /// Latitude or northing.
    NorthEast,
}

/// Where the numbers are when they are taken in one order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// Longitude, degrees.
    pub lon: f64,
    /// Latitude, degrees.
    pub lat: f64,
    /// The order that was taken.
    pub order: Order,
    /// Whether that order is the registry's, or said with letters.
    pub usual: bool,
    /// Whether the numbers are degrees, not metres.
    pub degrees: bool,
    /// Whether that is where the system is meant to be used; true if nothing is said of that.
    pub in_area: bool,
}

impl Written {
    /// Reads a text that is nothing but a pair of coordinates, with a reference system's name before
    /// it or without. `None` when it is anything else.
    pub fn read(text: &str) -> Option<Self> {
        let text: String = text.trim().chars().flat_map(plain).collect();
        let (crs, rest) = named(&text);
        let tokens = tokens(rest)?;
        let split = (1..tokens.len()).find_map(|at| {
            let first = component(without_comma(&tokens, 0..at))?;
            let second = component(without_comma(&tokens, at..tokens.len()))?;
            Some((first, second))
        });
        let (first, second) = split?;
        let said = match (first.axis, second.axis) {
            (None, None) => None,
            (Some(Axis::East), None | Some(Axis::North)) | (None, Some(Axis::North)) => {
                Some(Order::EastNorth)
            }
            (Some(Axis::North), None | Some(Axis::East)) | (None, Some(Axis::East)) => {
                Some(Order::NorthEast)
            }
            _ => return None,
        };
        Some(Self {
            crs,
            numbers: [first.value, second.value],
            said,
            degrees: first.degrees || second.degrees,
        })
    }

    /// Whether one of the numbers is too large for degrees by far, as metres are.
    pub fn is_large(&self) -> bool {
        self.numbers.iter().any(|number| number.abs() >= 100_000.0)
    }

    /// Every reading in this system that makes sense, the likelier first: in the order that letters
    /// say; else in the registry's, and in the other if that makes sense, too. When none lies where
    /// the system is used, the first that lies anywhere; if none does, why.
    pub fn readings(&self, crs: &Crs) -> Result<Vec<Reading>, Message> {
        let habits = crs.habits();
        let usual = if habits.north_first {
            Order::NorthEast
        } else {
            Order::EastNorth
        };
        let other = match usual {
            Order::EastNorth => Order::NorthEast,
            Order::NorthEast => Order::EastNorth,
        };
        let orders = match self.said {
            Some(said) => vec![said],
            None => vec![usual, other],
        };
        let way = ToLonLat::new(crs).map_err(|problem| problem.message().clone())?;
        let mut refusal = None;
        let mut readings = Vec::new();
        for order in orders {
            let [first, second] = self.numbers;
            let (x, y) = match order {
                Order::EastNorth => (first, second),
                Order::NorthEast => (second, first),
            };
            match way.coord(x, y) {
                Ok((lon, lat)) => readings.push(Reading {
                    lon,
                    lat,
                    order,
                    usual: self.said.is_some() || order == usual,
                    degrees: habits.degrees,
                    in_area: habits
                        .area
                        .is_none_or(|area| widened(area).contains(lon, lat)),
                }),
                Err(why) => refusal = refusal.or(Some(why)),
            }
        }
        if readings.iter().any(|reading| reading.in_area) {
            readings.retain(|reading| reading.in_area);
        } else {
            readings.truncate(1);
        }
        match refusal {
            Some(why) if readings.is_empty() => Err(why),
            _ => Ok(readings),
        }
    }
}

fn widened(area: BBox) -> BBox {
    BBox {
        west: area.west - BEYOND_DEG,
        south: area.south - BEYOND_DEG,
        east: area.east + BEYOND_DEG,
        north: area.north + BEYOND_DEG,
    }
}

/// A letter as the reader knows it: full-width as plain, every kind of mark as one.
fn plain(letter: char) -> Vec<char> {
    match letter {
        '\u{ff01}'..='\u{ff5e}' => {
            char::from_u32(u32::from(letter) - 0xfee0).map_or_else(Vec::new, plain)
        }
        '、' | ';' => vec![','],
        'º' | '˚' | '度' => vec!['°'],
        '′' | '’' | '‘' | 'ʹ' | '´' | '`' | '分' => vec!['\''],
        '″' | '”' | '“' | 'ʺ' | '秒' => vec!['"'],
        '−' | '–' => vec!['-'],
        '\u{3000}' | '\t' | '\u{a0}' => vec![' '],
        '东' | '東' => vec!['E'],
        '西' => vec!['W'],
        '南' => vec!['S'],
        '北' => vec!['N'],
        // 东经 116°, 北纬 39°: the direction has been said.
        '经' | '經' | '纬' | '緯' => Vec::new(),
        other => vec![other.to_ascii_uppercase()],
    }
}

/// The reference system at the beginning of a text, and the rest.
fn named(text: &str) -> (Option<Result<Crs, Message>>, &str) {
    // The longest beginning that is a name, as `CGCS2000` is and `CGCS2` is not; `EPSG:4548` ends
    // where its digits do.
    let begins_with_letters = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let name = ends
        .filter(|&end| begins_with_letters && end <= 20)
        .filter(|&end| !text[end..].starts_with(|c: char| c.is_ascii_alphanumeric()))
        .filter(|&end| text[..end].ends_with(|c: char| c.is_ascii_alphanumeric()))
        .find_map(|end| Some((Crs::named(&text[..end])?, end)));
    match name {
        Some((crs, end)) => (Some(crs), text[end..].trim_start_matches([' ', ',', ':'])),
        None => (None, text),
    }
}

use Token::{Mark, Number};

#[derive(Debug, Clone, Copy, PartialEq)]
enum Token {
    Number(f64),
    /// `°`, `'` or `"`.
    Mark(char),
    /// `E`, `W`, `N` or `S`.
    Side(char),
    Comma,
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let mut length = letter.len_utf8();
        match letter {
            ' ' => {}
            ',' => tokens.push(Token::Comma),
            '\'' if rest[1..].starts_with('\'') => {
                length = 2;
                tokens.push(Mark('"'));
            }
            '°' | '\'' | '"' => tokens.push(Mark(letter)),
            'E' | 'W' | 'N' | 'S' => tokens.push(Token::Side(letter)),
            '0'..='9' | '.' | '-' | '+' => {
                let signed = rest.strip_prefix(['-', '+']).unwrap_or(rest);
                let digits = signed.find(|c: char| !c.is_ascii_digit() && c != '.');
                length = rest.len() - signed.len() + digits.unwrap_or(signed.len());
                let value: f64 = rest[..length].parse().ok()?;
                tokens.push(Number(value));
            }
            _ => return None,
        }
        // Far more than any pair has.
        if tokens.len() > 20 {
            return None;
        }
        rest = &rest[length..];
    }
    Some(tokens)
}

/// The tokens of one component: a comma may stand between the two, at the end of the first.
fn without_comma(tokens: &[Token], run: Range<usize>) -> &[Token] {
    let part = &tokens[run.clone()];
    match part {
        [before @ .., Token::Comma] if run.start == 0 => before,
        _ => part,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Axis {
    East,
    North,
}

struct Component {
    value: f64,
    axis: Option<Axis>,
    degrees: bool,
}

/// One of the two: a number, or degrees, minutes and seconds; before or behind it the side.
fn component(tokens: &[Token]) -> Option<Component> {
    let (side, rest) = match tokens {
        [Token::Side(side), rest @ ..] | [rest @ .., Token::Side(side)] => (Some(*side), rest),
        rest => (None, rest),
    };
    let (parts, marked): (&[f64], bool) = match *rest {
        [Number(d)] => (&[d], false),
        [Number(d), Mark('°')] => (&[d], true),
        [Number(d), Mark('°'), Number(m)] | [Number(d), Mark('°'), Number(m), Mark('\'')] => {
            (&[d, m], true)
        }
        [Number(d), Mark('°'), Number(m), Mark('\''), Number(s)]
        | [
            Number(d),
            Mark('°'),
            Number(m),
            Mark('\''),
            Number(s),
            Mark('"'),
        ] => (&[d, m, s], true),
        [Number(d), Number(m)] if side.is_some() => (&[d, m], true),
        [Number(d), Number(m), Number(s)] if side.is_some() => (&[d, m, s], true),
        _ => return None,
    };
    let value = together(parts)?;
    if side.is_some() && value < 0.0 {
        return None;
    }
    let (axis, sign) = match side {
        None => (None, 1.0),
        Some('E') => (Some(Axis::East), 1.0),
        Some('W') => (Some(Axis::East), -1.0),
        Some('N') => (Some(Axis::North), 1.0),
        Some(_) => (Some(Axis::North), -1.0),
    };
    Some(Component {
        value: sign * value,
        axis,
        degrees: marked || side.is_some(),
    })
}

/// Degrees, minutes and seconds as degrees. Only the last may have a fraction, and minutes and
/// seconds stay below 60.
fn together(parts: &[f64]) -> Option<f64> {
    let [degrees, smaller @ ..] = parts else {
        return None;
    };
    if !degrees.is_finite() {
        return None;
    }
    let whole = parts.iter().rev().skip(1).all(|part| part.fract() == 0.0);
    let below = smaller.iter().all(|part| (0.0..60.0).contains(part));
    if !whole || !below {
        return None;
    }
    let fraction: f64 = smaller
        .iter()
        .zip([60.0, 3600.0])
        .map(|(part, unit)| part / unit)
        .sum();
    Some(if degrees.is_sign_negative() {
        degrees - fraction
    } else {
        degrees + fraction
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(text: &str) -> Vec<(f64, f64)> {
        let written = Written::read(text).unwrap_or_else(|| panic!("{text}"));
        let rounded = |v: f64| (v * 1e6).round() / 1e6;
        let readings = written.readings(&Crs::Crs84).unwrap();
        readings
            .iter()
            .map(|r| (rounded(r.lon), rounded(r.lat)))
            .collect()
    }

    #[test]
    fn a_pair_of_degrees_is_read_however_it_is_written() {
        for text in [
            "116.46, 39.92",
            "116.46 39.92",
            "116.46,39.92",
            "39.92 116.46",
            "39.92N 116.46E",
            "N39.92 E116.46",
            "116.46E, 39.92",
            "39.92, 116.46E",
            "116.46°E 39.92°N",
            "116.46°, 39.92°",
            "39°55′12″N 116°27′36″E",
            "39°55'12\"N, 116°27'36\"E",
            "39°55'12'' 116°27'36''",
            "39 55 12 N 116 27 36 E",
            "N 39 55.2 E 116 27.6",
            "39°55.2′ 116°27.6′",
            "东经116.46度，北纬39.92度",
            "北纬39度55分12秒 东经116度27分36秒",
            "１１６．４６，３９．９２",
            "+116.46 +39.92",
        ] {
            assert_eq!(bare(text), [(116.46, 39.92)], "{text}");
        }
        assert_eq!(bare("33.8S 70.65W"), [(-70.65, -33.8)]);
        assert_eq!(bare("-0°30'0\", 100"), [(100.0, -0.5)]);
    }

    #[test]
    fn an_order_that_is_not_certain_gives_both_readings() {
        assert_eq!(bare("39.92, 45.5"), [(39.92, 45.5), (45.5, 39.92)]);
        assert_eq!(bare("39.92N, 45.5"), [(45.5, 39.92)]);
        let readings = Written::read("39.92 45.5")
            .unwrap()
            .readings(&Crs::Crs84)
            .unwrap();
        assert!(readings[0].usual && !readings[1].usual);
    }

    #[test]
    fn what_is_no_pair_of_coordinates_is_none() {
        for text in [
            "",
            "朝阳",
            "116.46",
            "110105001",
            "1 2 3",
            "1,2,3",
            "1,,2",
            ",1 2",
            "S-0001 2",
            "39°75' 116°27'",
            "39.5°30' 116°",
            "39N 40N",
            "-39N 116E",
            "N39N 116",
            "a 1 2",
            "116.46 39.92 x",
            "1.2.3 4",
            "- 3 4",
            "39°55′12″ 7″ 1 2",
            "GB 1 2",
        ] {
            assert!(
                Written::read(text).is_none(),
                "{text}: {:?}",
                Written::read(text)
            );
        }
        assert!(Written::read(&"1 ".repeat(50)).is_none());
    }

    #[test]
    fn a_system_is_named_before_the_numbers() {
        for (text, crs) in [
            ("EPSG:4548 4420123.4 457890.1", "EPSG:4548"),
            ("epsg4548, 4420123.4, 457890.1", "EPSG:4548"),
            ("GCJ-02 116.466,39.921", "GCJ-02"),
            ("gcj02:116.466,39.921", "GCJ-02"),
            ("BD-09 116.47 39.93", "BD-09"),
            ("BD09 116.47 39.93", "BD-09"),
            ("CGCS2000 39.92 116.46", "EPSG:4490"),
            ("WGS 84 116.46 39.92", "CRS84"),
            ("WGS84 116.46 39.92", "CRS84"),
            ("CRS84 116.46 39.92", "CRS84"),
            ("ＥＰＳＧ：4326　39.92，116.46", "EPSG:4326"),
        ] {
            let written = Written::read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(written.crs.unwrap().unwrap().to_string(), crs, "{text}");
        }
        let unknown = Written::read("EPSG:999999 1 2").unwrap();
        assert!(unknown.crs.unwrap().is_err());
        // No file of the server's is read for a stranger.
        for text in ["wkt:/etc/passwd 1 2", "proj:x 1 2", "PROJ:x"] {
            assert!(Written::read(text).is_none(), "{text}");
        }
        assert!(Crs::named("wkt:local.prj").is_none() && Crs::named("EPSG:").is_none());
    }

    #[test]
    fn metres_are_read_in_the_order_of_the_registry_and_in_the_other_if_only_that_fits() {
        let crs = Crs::Epsg(4548);
        let registry = Written::read("4420123.4 457890.1")
            .unwrap()
            .readings(&crs)
            .unwrap();
        let other = Written::read("457890.1 4420123.4")
            .unwrap()
            .readings(&crs)
            .unwrap();
        assert_eq!((registry.len(), other.len()), (1, 1));
        assert_eq!(
            (registry[0].order, registry[0].usual),
            (Order::NorthEast, true)
        );
        assert_eq!((other[0].order, other[0].usual), (Order::EastNorth, false));
        assert!(!registry[0].degrees && registry[0].in_area);
        // gdaltransform 3.6.2, EPSG:4548 → EPSG:4326, of (457890.1, 4420123.4).
        for reading in [registry[0], other[0]] {
            assert!((reading.lon - 116.507_490_999).abs() < 1e-9, "{reading:?}");
            assert!((reading.lat - 39.914_244_499).abs() < 1e-9, "{reading:?}");
        }
        // The registry puts latitude first, but nobody's latitude is 116°.
        let degrees = Written::read("116.46 39.92")
            .unwrap()
            .readings(&Crs::Epsg(4326))
            .unwrap();
        assert_eq!(degrees.len(), 1);
        assert!(!degrees[0].usual && (degrees[0].lon - 116.46).abs() < 1e-12);
        let far = Written::read("100 200").unwrap().readings(&crs).unwrap();
        assert!(far.len() == 1 && !far[0].in_area, "{far:?}");
        assert!(
            Written::read("4420123.4 457890.1")
                .unwrap()
                .readings(&Crs::Crs84)
                .is_err()
        );
    }
}
