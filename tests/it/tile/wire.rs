//! The wire form of a tile, read strictly: what a lenient decoder lets pass is named here.

use std::collections::BTreeSet;

use onemap::geom::cast;

/// Everything in which bytes are not a Mapbox Vector Tile of version 2 (specification 2.1).
pub(super) fn faults(bytes: &[u8]) -> Vec<String> {
    match tile(bytes) {
        Ok(faults) => faults,
        Err(fault) => vec![fault],
    }
}

/// One field of a message.
enum Field<'a> {
    Number(u64),
    Fixed,
    Bytes(&'a [u8]),
}

type Fields<'a> = Vec<(u64, Field<'a>)>;

fn varint(bytes: &mut &[u8]) -> Result<u64, String> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first().ok_or("a number breaks off")?;
        *bytes = rest;
        value |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Ok(value);
        }
    }
    Err("a number is too long".to_owned())
}

fn fields(mut bytes: &[u8]) -> Result<Fields<'_>, String> {
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let key = varint(&mut bytes)?;
        let mut take = |count: u64| {
            let count = usize::try_from(count).unwrap();
            let (taken, rest) = bytes.split_at_checked(count).ok_or("a field breaks off")?;
            bytes = rest;
            Ok::<_, String>(taken)
        };
        let field = match key & 7 {
            1 => take(8).map(|_| Field::Fixed)?,
            5 => take(4).map(|_| Field::Fixed)?,
            2 => {
                let length = varint(&mut bytes)?;
                let count = usize::try_from(length).unwrap();
                let (taken, rest) = bytes.split_at_checked(count).ok_or("a field breaks off")?;
                bytes = rest;
                Field::Bytes(taken)
            }
            0 => Field::Number(varint(&mut bytes)?),
            other => return Err(format!("wire type {other}")),
        };
        fields.push((key >> 3, field));
    }
    Ok(fields)
}

fn packed(mut bytes: &[u8]) -> Result<Vec<u64>, String> {
    let mut values = Vec::new();
    while !bytes.is_empty() {
        values.push(varint(&mut bytes)?);
    }
    Ok(values)
}

fn tile(bytes: &[u8]) -> Result<Vec<String>, String> {
    let mut faults = Vec::new();
    let mut names = BTreeSet::new();
    for (number, field) in fields(bytes)? {
        match (number, field) {
            (3, Field::Bytes(bytes)) => {
                let name = layer(bytes, &mut faults)?;
                if !names.insert(name.clone()) {
                    faults.push(format!("two layers are called {name}"));
                }
            }
            (number, _) => faults.push(format!("field {number} in a tile")),
        }
    }
    Ok(faults)
}

fn layer(bytes: &[u8], faults: &mut Vec<String>) -> Result<String, String> {
    let (mut name, mut version, mut extent) = (None, None, 4096);
    let (mut keys, mut values, mut features) = (Vec::new(), 0, Vec::new());
    for (number, field) in fields(bytes)? {
        match (number, field) {
            (1, Field::Bytes(text)) => name = Some(String::from_utf8_lossy(text).into_owned()),
            (2, Field::Bytes(feature)) => features.push(feature),
            (3, Field::Bytes(key)) => keys.push(key),
            (4, Field::Bytes(bytes)) => {
                value(bytes)?;
                values += 1;
            }
            (5, Field::Number(size)) => extent = size,
            (15, Field::Number(number)) => version = Some(number),
            (number, _) => return Err(format!("field {number} in a layer")),
        }
    }
    let name = name
        .filter(|name| !name.is_empty())
        .ok_or("a layer without a name")?;
    if version != Some(2) {
        return Err(format!("{name} has version {version:?}"));
    }
    if extent == 0 {
        faults.push(format!("{name} has no extent"));
    }
    if keys.iter().collect::<BTreeSet<_>>().len() != keys.len() {
        faults.push(format!("{name} has a key twice"));
    }
    for bytes in features {
        feature(bytes, keys.len(), values).map_err(|fault| format!("{name}: {fault}"))?;
    }
    Ok(name)
}

fn value(bytes: &[u8]) -> Result<(), String> {
    let fields = fields(bytes)?;
    let [(number, field)] = fields.as_slice() else {
        return Err(format!("a value has {} fields", fields.len()));
    };
    match (number, field) {
        (1, Field::Bytes(text)) => std::str::from_utf8(text)
            .map(|_| ())
            .map_err(|e| format!("a text: {e}")),
        (2 | 3, Field::Fixed) | (4..=7, Field::Number(_)) => Ok(()),
        _ => Err(format!("a value of an unknown type {number}")),
    }
}

fn feature(bytes: &[u8], keys: usize, values: usize) -> Result<(), String> {
    let (mut tags, mut kind, mut geometry) = (Vec::new(), None, Vec::new());
    for (number, field) in fields(bytes)? {
        match (number, field) {
            (1, Field::Number(_)) => {}
            (2, Field::Bytes(bytes)) => tags.extend(packed(bytes)?),
            (3, Field::Number(number)) => kind = Some(number),
            (4, Field::Bytes(bytes)) if geometry.is_empty() => geometry = packed(bytes)?,
            (4, Field::Bytes(_)) => return Err("two geometries".to_owned()),
            (number, _) => return Err(format!("field {number} in a feature")),
        }
    }
    if !tags.len().is_multiple_of(2) {
        return Err("a key without a value".to_owned());
    }
    for tag in tags.chunks(2) {
        if tag[0] >= cast::usize_to_u64(keys) || tag[1] >= cast::usize_to_u64(values) {
            return Err(format!("the tag {tag:?} points nowhere"));
        }
    }
    let kind = kind.ok_or("no geometry type")?;
    // The specification leaves what to do with UNKNOWN (0) to the reader.
    if kind == 0 {
        Ok(())
    } else {
        commands(kind, &geometry)
    }
}

/// The grammar of drawing commands, § 4.3.4 of the specification.
fn commands(kind: u64, mut geometry: &[u64]) -> Result<(), String> {
    const MOVE_TO: u64 = 1;
    const LINE_TO: u64 = 2;
    const CLOSE_PATH: u64 = 7;
    let mut spelled = Vec::new();
    while let Some((&command, rest)) = geometry.split_first() {
        let (id, count) = (command & 7, usize::try_from(command >> 3).unwrap());
        let parameters = if id == CLOSE_PATH { 0 } else { 2 * count };
        geometry = rest
            .get(parameters..)
            .ok_or(format!("{count} steps that do not follow"))?;
        if rest[..parameters].iter().any(|&p| p > u64::from(u32::MAX)) {
            return Err("a step is too wide".to_owned());
        }
        spelled.push((id, count));
    }
    let fits = match kind {
        1 => matches!(spelled.as_slice(), [(MOVE_TO, 1..)]),
        2 => {
            !spelled.is_empty()
                && spelled
                    .chunks(2)
                    .all(|run| matches!(run, [(MOVE_TO, 1), (LINE_TO, 1..)]))
        }
        3 => {
            !spelled.is_empty()
                && spelled
                    .chunks(3)
                    .all(|ring| matches!(ring, [(MOVE_TO, 1), (LINE_TO, 2..), (CLOSE_PATH, 1)]))
        }
        _ => return Err(format!("geometry type {kind}")),
    };
    if fits {
        Ok(())
    } else {
        Err(format!("type {kind} drawn by {spelled:?}"))
    }
}
