//! Encodings of text: found by their label, decoded strictly. A byte that does not belong is never
//! replaced.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

use crate::say;
use crate::text::{Key, Message};

/// The encoding of a label of the WHATWG standard, or of a code page as `.cpg` files name it
/// (`936`, `CP936`, `ANSI 936`, `65001`). Only encodings in which a comma, a quote and a line end
/// are single bytes that occur in no other letter.
pub(super) fn by_label(label: &str) -> Result<&'static Encoding, Message> {
    let unknown = || say!(Key::SourceEncodingUnknown, label = label);
    let found = Encoding::for_label_no_replacement(label.as_bytes())
        .or_else(|| {
            let digits = label
                .trim_start_matches(|c: char| !c.is_ascii_digit())
                .trim();
            code_page(digits.parse().ok()?)
        })
        .ok_or_else(unknown)?;
    if found.is_ascii_compatible() {
        Ok(found)
    } else {
        Err(unknown())
    }
}

/// The encoding of a Windows code page.
fn code_page(number: u32) -> Option<&'static Encoding> {
    let label = match number {
        65001 => "UTF-8",
        936 | 54936 => "GB18030",
        950 => "Big5",
        932 => "Shift_JIS",
        949 => "EUC-KR",
        1250..=1258 => return Encoding::for_label(format!("windows-{number}").as_bytes()),
        28591 | 88591 => "ISO-8859-1",
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

/// The encoding that the language byte of a dBASE file names.
pub(super) fn of_dbase(language: u8) -> Option<&'static Encoding> {
    code_page(match language {
        0x03 | 0x57..=0x59 => 1252,
        0x13 | 0x7B => 932,
        0x4D | 0x7A => 936,
        0x4E | 0x79 => 949,
        0x4F | 0x78 => 950,
        0x7D => 1255,
        0x7E => 1256,
        0xC8 => 1250,
        0xC9 => 1251,
        0xCA => 1254,
        0xCB => 1253,
        0xCC => 1257,
        _ => return None,
    })
}

/// The text of the bytes, or `None` where a byte does not belong. A byte order mark is no text and
/// must be gone.
pub(super) fn decode<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Option<Cow<'a, str>> {
    let text = if encoding == UTF_8 {
        Cow::Borrowed(str::from_utf8(bytes).ok()?)
    } else {
        encoding.decode_without_bom_handling_and_without_replacement(bytes)?
    };
    // A U+FFFD in the file itself is what an earlier program left of a letter it could not read.
    (!text.contains(char::REPLACEMENT_CHARACTER)).then_some(text)
}

/// The bytes for a message: what can be read, and `\xNN` for what cannot.
pub(super) fn shown(bytes: &[u8], encoding: &'static Encoding) -> String {
    if let Some(text) = decode(bytes, encoding) {
        return text.into_owned();
    }
    bytes
        .iter()
        .map(|&byte| {
            if byte.is_ascii() && !byte.is_ascii_control() {
                char::from(byte).to_string()
            } else {
                format!("\\x{byte:02X}")
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_found_by_its_label_and_by_its_code_page() {
        for (label, name) in [
            ("GBK", "GBK"),
            ("gb18030", "gb18030"),
            ("utf8", "UTF-8"),
            ("936", "gb18030"),
            ("CP936", "gb18030"),
            ("ANSI 1252", "windows-1252"),
            ("65001", "UTF-8"),
        ] {
            assert_eq!(by_label(label).unwrap().name(), name, "{label}");
        }
        for label in ["", "UTF-16", "ISO-2022-JP", "hz-gb-2312", "klingon"] {
            assert!(by_label(label).is_err(), "{label}");
        }
    }

    #[test]
    fn a_byte_that_does_not_belong_is_never_replaced() {
        let gbk = by_label("GBK").unwrap();
        assert_eq!(decode(b"\xce\xdb\xc8\xbe", gbk).unwrap(), "污染");
        assert_eq!(decode(b"\xce\xdb\xc8", gbk), None);
        assert_eq!(decode(b"\xce\xdb", UTF_8), None);
        assert_eq!(decode("a\u{fffd}".as_bytes(), UTF_8), None);
        assert_eq!(shown(b"a\xce", UTF_8), "a\\xCE");
    }
}
