//! Letters for maps that do not draw their own.

use std::collections::BTreeMap;

use super::client::get;
use super::worlds::House;

/// The fields of a protobuf message: number, and a number or bytes.
fn fields(mut bytes: &[u8]) -> Vec<(u64, Result<u64, Vec<u8>>)> {
    fn varint(bytes: &mut &[u8]) -> u64 {
        let (mut value, mut shift) = (0, 0);
        loop {
            let (byte, rest) = bytes.split_first().unwrap();
            *bytes = rest;
            value |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                return value;
            }
        }
    }
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let key = varint(&mut bytes);
        let value = varint(&mut bytes);
        if key.is_multiple_of(8) {
            found.push((key >> 3, Ok(value)));
        } else {
            let (own, rest) = bytes.split_at(usize::try_from(value).unwrap());
            bytes = rest;
            found.push((key >> 3, Err(own.to_vec())));
        }
    }
    found
}

fn zigzag(value: u64) -> i64 {
    i64::try_from(value >> 1).unwrap() ^ -i64::try_from(value & 1).unwrap()
}

/// A letter: its numbers by field, and its distance field.
type Letter = (BTreeMap<u64, u64>, Vec<u8>);

/// The letters of a range by their code.
fn letters(house: &House, range: &str) -> BTreeMap<u64, Letter> {
    let reply = get(house.public, &format!("/fonts/Any%20Face/{range}.pbf"));
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), "application/x-protobuf");
    let whole = fields(&reply.plain());
    let [(1, Err(stack))] = whole.as_slice() else {
        panic!("not one stack");
    };
    let stack = fields(stack);
    assert_eq!(stack[0], (1, Err(b"Any Face".to_vec())));
    assert_eq!(stack[1], (2, Err(range.as_bytes().to_vec())));
    let letter = |(field, value): &(u64, Result<u64, Vec<u8>>)| {
        assert_eq!(*field, 3);
        let parts = fields(value.as_ref().unwrap_err());
        let numbers: BTreeMap<u64, u64> = parts
            .iter()
            .filter_map(|(field, value)| Some((*field, *value.as_ref().ok()?)))
            .collect();
        let bitmap = parts.into_iter().find_map(|(_, value)| value.err());
        (numbers[&1], (numbers, bitmap.unwrap_or_default()))
    };
    stack[2..].iter().map(letter).collect()
}

#[test]
fn letters_have_their_shape_and_their_place() {
    let house = House::open();
    let latin = letters(&house, "0-255");
    if latin.is_empty() {
        eprintln!("SKIPPED: the pages, which bring the face, are not built");
        return;
    }
    // DejaVu Sans: a capital is 0.729 of an em high, H is 0.752 wide in all; an em is 24 pixels.
    let (numbers, field) = &latin[&u64::from(u32::from('H'))];
    let (width, height) = (numbers[&3], numbers[&4]);
    assert_eq!(height, 18);
    assert!((14..=16).contains(&width), "{width}");
    assert_eq!(numbers[&7], 18);
    assert_eq!(zigzag(numbers[&6]), 18 - 26);
    assert!((1..=3).contains(&zigzag(numbers[&5])));
    let row = usize::try_from(width + 6).unwrap();
    assert_eq!(field.len(), row * usize::try_from(height + 6).unwrap());
    // Ink at the left stem, none between the stems above the bar, none at the corner.
    let at = |x: usize, y: usize| field[y * row + x];
    assert!(at(4, 7) > 192, "{}", at(4, 7));
    assert!(at(row / 2, 5) < 192, "{}", at(row / 2, 5));
    assert!(at(0, 0) < 160);
    // A space moves on and has no shape.
    let (space, none) = &latin[&32];
    assert!(none.is_empty() && space[&3] == 0 && space[&7] > 5);
    // The shapes that styles use as marks.
    let shapes = letters(&house, "9472-9727");
    for mark in ['■', '▲', '●', '◆', '▸'] {
        assert!(shapes.contains_key(&u64::from(u32::from(mark))), "{mark}");
    }
}

#[test]
fn a_range_without_letters_is_there_and_empty_and_what_is_no_range_is_not() {
    let house = House::open();
    assert!(letters(&house, "19968-20223").is_empty());
    for path in ["/fonts/a/1-256.pbf", "/fonts/a/0-255", "/fonts/a/x.pbf"] {
        assert_eq!(get(house.public, path).status, 404, "{path}");
    }
}
