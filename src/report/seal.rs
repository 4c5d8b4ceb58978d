//! The hash by which a screening is told from another: SHA-256 of its canonical JSON.

use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::say;
use crate::text::{Key, Problem};

/// What is left out of the hash: what differs between two makings of the same answer, and what is
/// made from the hash.
const LEFT_OUT: [&str; 4] = ["id", "made_at", "report_number", "hash"];

/// The hash of a screening's JSON: SHA-256, lower-case hexadecimal, of its canonical form (RFC 8785)
/// without `id`, `made_at`, `report_number` and `hash`. What else it holds counts, whether this
/// version of the program knows it or not.
pub fn hash(mut screening: Value) -> Result<String, Problem> {
    if let Some(object) = screening.as_object_mut() {
        for key in LEFT_OUT {
            object.remove(key);
        }
    }
    let canonical = serde_json_canonicalizer::to_vec(&screening)
        .map_err(|e| Problem::because(say!(Key::ReportNotSealed), e))?;
    Ok(hex(&canonical))
}

/// SHA-256, lower-case hexadecimal.
pub(super) fn hex(bytes: &[u8]) -> String {
    letters(&Sha256::digest(bytes))
}

/// Bytes as lower-case hexadecimal letters.
pub(super) fn letters(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            text.push(char::from_digit(u32::from(nibble), 16).unwrap_or('0'));
        }
    }
    text
}

/// The bytes that hexadecimal letters are; `None`: they are none.
pub(super) fn bytes(letters: &str) -> Option<Vec<u8>> {
    let digit = |letter: &u8| char::from(*letter).to_digit(16);
    letters
        .as_bytes()
        .chunks(2)
        .map(|pair| match pair {
            [high, low] => u8::try_from(digit(high)? * 16 + digit(low)?).ok(),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_hash_is_that_of_the_canonical_json_whatever_the_order_of_keys() {
        let screening = json!({"b": 1.0, "id": "x", "a": [0.10, "é\n"], "hash": "", "made_at": 1});
        let other = json!({"a": [0.1, "é\n"], "b": 1, "report_number": "7"});
        let canonical = "{\"a\":[0.1,\"é\\n\"],\"b\":1}";
        assert_eq!(hash(screening).unwrap(), hex(canonical.as_bytes()));
        assert_eq!(hash(other).unwrap(), hex(canonical.as_bytes()));
    }

    #[test]
    fn sha_256_is_that_of_the_standard() {
        assert_eq!(
            hex(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
