//! Delimited text.

use encoding_rs::{GB18030, GBK};
use onemap::source::Place;
use onemap::text::Key;
use proptest::prelude::*;

use super::{Ask, Folder};

fn read(content: impl AsRef<[u8]>) -> super::Gathered {
    let folder = Folder::new();
    Ask::table().read(&folder.write("a.csv", content))
}

fn problem(content: impl AsRef<[u8]>) -> Key {
    let folder = Folder::new();
    Ask::table().problem_key(&folder.write("a.csv", content))
}

#[test]
fn rows_are_counted_as_a_spreadsheet_counts_them() {
    let got = read("id,name\r\n1,甲\r\n\r\n2,\"two\r\nlines, \"\"quoted\"\"\"\r\n3,\r\n");
    let rows: Vec<_> = got.records.iter().map(|record| record.row).collect();
    assert_eq!(rows, [2, 4, 6]);
    assert_eq!(got.value(1, "name"), Some("two\r\nlines, \"quoted\""));
    assert_eq!(got.value(2, "name"), None);
    assert_eq!(got.rejected, 0);
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_name() {
    assert_eq!(read("\u{feff}编号,名称\n1,x\n").columns(), ["编号", "名称"]);
    let folder = Folder::new();
    let path = folder.write("a.csv", "\u{feff}id\n1\n");
    let ask = Ask {
        encoding: Some("GBK"),
        ..Ask::table()
    };
    assert_eq!(ask.problem_key(&path), Key::SourceBomContradicts);
}

#[test]
fn gbk_and_gb18030_are_read_as_declared() {
    let folder = Folder::new();
    let text = "编号,名称\n1,朝阳区化工厂\n2,“旧”厂\n";
    for (label, encoding) in [("GBK", GBK), ("GB18030", GB18030)] {
        let path = folder.write("a.csv", encoding.encode(text).0);
        let got = Ask {
            encoding: Some(label),
            ..Ask::table()
        }
        .read(&path);
        assert_eq!(got.value(0, "名称"), Some("朝阳区化工厂"));
        assert_eq!(
            Ask::table().problem_key(&path),
            Key::SourceHeaderUndecodable
        );
    }
    let rare = GB18030.encode("a\n𠮷镕\n").0.into_owned();
    let path = folder.write("b.csv", rare);
    let got = Ask {
        encoding: Some("GB18030"),
        ..Ask::table()
    }
    .read(&path);
    assert_eq!(got.value(0, "a"), Some("𠮷镕"));
}

#[test]
fn an_undecodable_byte_rejects_its_row_and_names_the_cell() {
    let got = read(b"id,name\n1,ok\n2,\xce\xdb\n3,a\xef\xbf\xbdb\n4,ok\n");
    assert_eq!(got.records.len(), 2);
    assert_eq!(
        got.reasons(),
        [
            (3, Some("name"), Key::SourceUndecodable),
            (4, Some("name"), Key::SourceUndecodable)
        ]
    );
    assert_eq!(got.faults[0].value.as_deref(), Some("\\xCE\\xDB"));
}

#[test]
fn ragged_rows_are_rejected_with_both_counts() {
    let got = read("a,b,c\n1,2\n1,2,3,4\n1,2,3\n");
    assert_eq!(got.records.len(), 1);
    let counts: Vec<_> = got
        .faults
        .iter()
        .map(|f| {
            (
                f.row,
                f.reason.arg("count").unwrap(),
                f.reason.arg("expected").unwrap(),
            )
        })
        .collect();
    assert_eq!(counts, [(2, "2", "3"), (3, "4", "3")]);
}

#[test]
fn an_unclosed_quote_costs_one_row_and_says_where_it_opened() {
    let got = read("a,b\n1,x\n2,\"open\n3,y\n4,z\n");
    assert_eq!(
        got.records.iter().map(|r| r.row).collect::<Vec<_>>(),
        [2, 4, 5]
    );
    assert_eq!(got.reasons(), [(3, None, Key::SourceQuoteUnclosed)]);
    assert_eq!(got.faults[0].reason.arg("opened"), Some("3"));
    assert_eq!(got.faults[0].value.as_deref(), Some("2,\"open"));

    let second = read("a,b\n\"one\ntwo\",\"open\n3,y\n");
    assert_eq!(second.faults[0].reason.arg("opened"), Some("3"));
}

#[test]
fn two_unclosed_quotes_do_not_make_one_row_of_what_is_between_them() {
    let got = read("a,b\n1,\"open\n2,y\n3,\"open too\n4,z\n");
    assert_eq!(
        got.records.iter().map(|r| r.row).collect::<Vec<_>>(),
        [3, 5]
    );
    assert_eq!(
        got.reasons(),
        [
            (2, None, Key::SourceQuoteFollowed),
            (4, None, Key::SourceQuoteUnclosed)
        ]
    );
}

#[test]
fn a_quote_within_a_plain_cell_is_a_letter() {
    assert_eq!(read("a,b\n1,5\" pipe\n").value(0, "b"), Some("5\" pipe"));
}

#[test]
fn the_delimiter_is_taken_from_the_header() {
    for (text, columns) in [
        ("a\tb,c\td\n1\t2\t3\n", vec!["a", "b,c", "d"]),
        ("a;b\n1;2\n", vec!["a", "b"]),
        ("\"a;b\",c\n1,2\n", vec!["a;b", "c"]),
        ("only\n1\n", vec!["only"]),
    ] {
        assert_eq!(read(text).columns(), columns, "{text}");
    }
    assert_eq!(read("\n\n a ; b \n1;2\n").records[0].row, 4);
}

#[test]
fn every_kind_of_line_end_ends_a_line() {
    for text in ["a,b\n1,2\n3,4", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4\r"] {
        let got = read(text);
        assert_eq!(
            got.records.iter().map(|r| r.row).collect::<Vec<_>>(),
            [2, 3],
            "{text:?}"
        );
        assert_eq!(got.value(1, "b"), Some("4"));
    }
}

#[test]
fn a_header_needs_names_that_differ() {
    assert_eq!(problem("a,,b\n1,2,3\n"), Key::SourceHeaderEmpty);
    assert_eq!(problem("a,b, a\n1,2,3\n"), Key::SourceHeaderTwice);
    assert_eq!(problem("a,\"b\n1,2\n"), Key::SourceQuoteUnclosed);
}

#[test]
fn what_is_no_delimited_text_is_refused() {
    assert_eq!(problem(""), Key::SourceEmpty);
    assert_eq!(problem("\n \n"), Key::SourceEmpty);
    assert_eq!(problem("PK\x03\x04 a workbook"), Key::SourceNotText);
    assert_eq!(problem(b"a\0b\n"), Key::SourceNotText);
    assert_eq!(problem(b"\xff\xfea\0,\0"), Key::SourceUtf16);
    let folder = Folder::new();
    assert_eq!(
        Ask::table().problem_key(&folder.path("none.csv")),
        Key::SourceFileMissing
    );
    assert_eq!(
        Ask::table().problem_key(&folder.write("a.xyz", "a")),
        Key::SourceFormatUnknown
    );
    let ask = Ask {
        encoding: Some("klingon"),
        ..Ask::table()
    };
    assert_eq!(
        ask.problem_key(&folder.write("a.csv", "a\n")),
        Key::SourceEncodingUnknown
    );
}

#[test]
fn coordinates_are_read_from_their_columns_or_every_reason_is_given() {
    let folder = Folder::new();
    let text = "id,lon,lat\n1,116.4,39.9\n2,１１６.4,\n3,\"116,400\",39°54′\n4,x,39.9\n";
    let path = folder.write("a.csv", text);
    let got = Ask::columns("lon", "lat").read(&path);
    assert_eq!(got.geometry(0), &geo_types::Point::new(116.4, 39.9).into());
    assert_eq!(
        got.reasons(),
        [
            (3, Some("lon"), Key::SourceCoordinateFullWidth),
            (3, Some("lat"), Key::SourceCoordinateEmpty),
            (4, Some("lon"), Key::SourceCoordinateThousands),
            (4, Some("lat"), Key::SourceCoordinateDegrees),
            (5, Some("lon"), Key::SourceCoordinateNotNumber),
        ]
    );
    assert_eq!(
        (got.rejected, got.faults[0].value.as_deref()),
        (3, Some("１１６.4"))
    );

    let missing = Ask::columns("经度", "lat").problem(&path);
    assert_eq!(super::key_of(&missing), Key::SourceColumnMissing);
    assert_eq!(
        missing.message().why().unwrap().arg("columns"),
        Some("id, lon, lat")
    );
    assert_eq!(Ask::default().problem_key(&path), Key::SourceNoGeometry);
}

#[test]
fn well_known_text_is_read_from_its_column() {
    let folder = Folder::new();
    let path = folder.write(
        "a.csv",
        "id,geom\n1,\"POLYGON((0 0,1 0,1 1,0 0))\"\n2,POINT(1\n3,\n",
    );
    let ask = Ask {
        place: Place::Wkt("geom".to_owned()),
        ..Ask::default()
    };
    let got = ask.read(&path);
    assert!(matches!(
        got.geometry(0),
        onemap::geom::Geometry::Polygon(_)
    ));
    assert_eq!(
        got.reasons(),
        [
            (3, Some("geom"), Key::GeomWktUnreadable),
            (4, Some("geom"), Key::SourceCoordinateEmpty)
        ]
    );
}

#[test]
fn reading_stops_when_it_is_told_to() {
    let folder = Folder::new();
    let path = folder.write("a.csv", "a\n1\n2\n3\n");
    let mut got = super::Gathered {
        most: Some(2),
        ..Default::default()
    };
    Ask::table().read_into(&path, &mut got).unwrap();
    assert_eq!(got.rows(), 2);
}

/// Bytes such as break parsers: quotes, delimiters, line ends, half letters.
fn hostile() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![
        Just(b'"'),
        Just(b','),
        Just(b'\n'),
        Just(b'\r'),
        Just(b'a'),
        Just(0xCE_u8),
        Just(0xDB_u8),
        any::<u8>()
    ];
    proptest::collection::vec(byte, 0..200)
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic_and_rows_go_upwards(bytes in hostile(), gbk in any::<bool>()) {
        let folder = Folder::new();
        let mut content = b"a,b\n".to_vec();
        content.extend_from_slice(&bytes);
        let path = folder.write("a.csv", content);
        let ask = Ask { encoding: gbk.then_some("GBK"), ..Ask::table() };
        if let Ok(got) = ask.try_read(&path) {
            let mut rows: Vec<u64> = got.records.iter().map(|record| record.row).collect();
            rows.extend(got.faults.iter().map(|fault| fault.row));
            rows.sort_unstable();
            rows.dedup();
            // No row is given twice, and none is swallowed by another.
            prop_assert_eq!(u64::try_from(rows.len()).unwrap(), got.rows());
        }
    }

    #[test]
    fn without_quotes_every_line_that_is_not_blank_is_a_row(bytes in hostile()) {
        let body: Vec<u8> =
            bytes.into_iter().filter(|b| *b != b'"' && *b != 0).collect();
        let lines = body
            .split(|b| *b == b'\n' || *b == b'\r')
            .filter(|line| line.iter().any(|b| *b != b',' && !b.is_ascii_whitespace()))
            .count();
        let folder = Folder::new();
        let content = [b"a,b\n", &body[..]].concat();
        let got = Ask::table().read(&folder.write("a.csv", content));
        prop_assert_eq!(got.rows(), u64::try_from(lines).unwrap());
    }

    /// The `csv` crate as the oracle: what it writes, we read, cell by cell.
    #[test]
    fn what_another_writer_writes_is_read_back(
        table in proptest::collection::vec(("x[a-z\",\n\r污 ]{0,6}", "x[\"\n,]{0,4}y"), 1..20)
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["a", "b"]).unwrap();
        for (a, b) in &table {
            writer.write_record([a, b]).unwrap();
        }
        let got = read(writer.into_inner().unwrap());
        prop_assert_eq!(got.rejected, 0);
        let cells: Vec<_> = got
            .records
            .iter()
            .map(|r| (r.cells[0].clone().unwrap(), r.cells[1].clone().unwrap()))
            .collect();
        let expected: Vec<_> =
            table.iter().map(|(a, b)| (a.trim().to_owned(), b.trim().to_owned())).collect();
        prop_assert_eq!(cells, expected);
    }
}
