//! Tables as CSV: RFC 4180, UTF-8 with a byte order mark, without which Excel takes Chinese for the
//! system's own encoding. A text that a spreadsheet would run as a formula is made plain text by an
//! apostrophe before it.

use super::table::Cell;

/// What a file begins with.
pub const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Writes one record and the end of its line.
pub fn record<'a>(cells: impl IntoIterator<Item = &'a Cell>, out: &mut Vec<u8>) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        match cell {
            Cell::Null => {}
            Cell::Text(words) => text(words, out),
            Cell::Integer(number) => out.extend_from_slice(number.to_string().as_bytes()),
            Cell::Number(number) => out.extend_from_slice(number.to_string().as_bytes()),
            Cell::Boolean(yes) => out.extend_from_slice(if *yes { b"true" } else { b"false" }),
        }
    }
    out.extend_from_slice(b"\r\n");
}

fn text(words: &str, out: &mut Vec<u8>) {
    let guarded = runs(words);
    let quoted = words.contains(['"', ',', '\r', '\n']) || words.trim() != words;
    if quoted {
        out.push(b'"');
    }
    if guarded {
        out.push(b'\'');
    }
    for byte in words.bytes() {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    if quoted {
        out.push(b'"');
    }
}

/// Whether a spreadsheet would take the text for a formula. A plain number is none.
fn runs(words: &str) -> bool {
    let begins = words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let number = words
        .strip_prefix(['+', '-'])
        .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
        && words.parse::<f64>().is_ok();
    begins && !number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(cells: &[Cell]) -> String {
        let mut out = Vec::new();
        record(cells, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn no_text_reaches_a_spreadsheet_as_a_formula() {
        for formula in [
            "=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "＝1+1", "-", "+",
        ] {
            let cell = written(&[Cell::text(formula)]);
            let cell = cell.trim_start_matches('"');
            assert!(cell.starts_with('\''), "{formula}: {cell}");
        }
        for plain in ["-5", "+5.25", "a=b", "'x", "0701", "住宅"] {
            assert_eq!(written(&[Cell::text(plain)]), format!("{plain}\r\n"));
        }
    }

    #[test]
    fn any_cells_are_read_back_as_they_were() {
        let cells = [
            Cell::text("a \"b\", c\nd"),
            Cell::Null,
            Cell::Integer(-7),
            Cell::Number(0.1),
            Cell::Boolean(true),
            Cell::text(" led by a space"),
        ];
        let text = written(&cells);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.as_bytes());
        let row = reader.records().next().unwrap().unwrap();
        let read: Vec<&str> = row.iter().collect();
        let expected = ["a \"b\", c\nd", "", "-7", "0.1", "true", " led by a space"];
        assert_eq!(read, expected);
    }
}
