//! Workbooks.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use onemap::text::Key;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::{Ask, Folder, ogr, ogr2ogr};

/// Writes a workbook by hand: each sheet is its name, its rows and what follows them.
fn workbook(folder: &Folder, name: &str, sheets: &[(&str, &str, &str)]) -> PathBuf {
    let path = folder.path(name);
    let mut zip = ZipWriter::new(std::fs::File::create(&path).unwrap());
    let mut put = |name: &str, content: &str| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    };
    let (mut list, mut relations) = (String::new(), String::new());
    for (i, (name, rows, rest)) in sheets.iter().enumerate() {
        let state = if name.starts_with("hidden") {
            " state=\"hidden\""
        } else {
            ""
        };
        write!(
            list,
            "<sheet name=\"{name}\" sheetId=\"{0}\"{state} r:id=\"r{0}\"/>",
            i + 1
        )
        .unwrap();
        write!(relations, "<Relationship Id=\"r{0}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet{0}.xml\"/>", i + 1).unwrap();
        let sheet = format!(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData>{rest}</worksheet>"
        );
        put(&format!("xl/worksheets/sheet{}.xml", i + 1), &sheet);
    }
    put(
        "_rels/.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
    );
    put(
        "xl/workbook.xml",
        &format!(
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>{list}</sheets></workbook>"
        ),
    );
    put(
        "xl/_rels/workbook.xml.rels",
        &format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>"
        ),
    );
    put(
        "xl/styles.xml",
        "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>",
    );
    zip.finish().unwrap();
    path
}

/// A row of cells, each already with its type; `@` stands for the row's number.
fn row(number: u32, cells: &[&str]) -> String {
    let cells = cells.concat().replace('@', &number.to_string());
    format!("<row r=\"{number}\">{cells}</row>")
}

fn text(column: &str, value: &str) -> String {
    format!("<c r=\"{column}@\" t=\"inlineStr\"><is><t>{value}</t></is></c>")
}

fn number(column: &str, value: &str) -> String {
    format!("<c r=\"{column}@\"><v>{value}</v></c>")
}

fn header(names: &[&str]) -> String {
    let cells: Vec<String> = ["A", "B", "C", "D"]
        .iter()
        .zip(names)
        .map(|(column, name)| text(column, name))
        .collect();
    row(1, &cells.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn a_workbook_of_another_writer_gives_whole_numbers_dates_and_text_as_they_are() {
    let folder = Folder::new();
    let path = folder.path("sites.xlsx");
    ogr2ogr(
        &path,
        &folder.write("sites.geojson", ogr::SITES),
        &["-f", "XLSX"],
    );
    let got = Ask::table().read(&path);
    assert_eq!(got.faults, []);
    assert_eq!(got.value(0, "编号"), Some("0701"));
    assert_eq!(got.value(1, "编号"), Some("朝阳区化工厂"));
    assert_eq!(got.value(0, "面积"), Some("0.1"));
    assert_eq!(got.value(1, "面积"), Some("3"));
    assert_eq!(got.value(1, "大数"), Some("-1"));
    assert_eq!(got.value(0, "日期"), Some("2025-06-30"));
    assert_eq!(
        got.records.iter().map(|r| r.row).collect::<Vec<_>>(),
        [2, 3]
    );
}

#[test]
fn an_old_workbook_is_read_and_a_merged_cell_hides_no_value() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/source/sites.xls");
    let got = Ask::columns("经度", "纬度").read(&path);
    assert_eq!(
        got.records.iter().map(|r| r.row).collect::<Vec<_>>(),
        [2, 4, 6]
    );
    assert_eq!(got.value(0, "编号"), Some("0701"));
    assert_eq!(got.value(0, "日期"), Some("2025-06-30"));
    assert_eq!(got.value(0, "数量"), Some("12"));
    assert_eq!(got.value(1, "编号"), Some("701"));
    assert_eq!(got.value(1, "数量"), Some("0.1"));
    assert_eq!(got.geometry(1), &geo_types::Point::new(116.5, 40.0).into());
    assert_eq!(got.reasons(), [(7, Some("名称"), Key::SourceMerged)]);
    assert_eq!(got.faults[0].reason.arg("first"), Some("B6"));
}

#[test]
fn errors_uncomputed_formulas_and_impossible_dates_reject_their_row() {
    let folder = Folder::new();
    let rows = [
        header(&["id", "v"]),
        row(
            2,
            &[&number("A", "1"), "<c r=\"B@\" t=\"e\"><v>#REF!</v></c>"],
        ),
        row(3, &[&number("A", "2"), "<c r=\"B@\"><f>SUM(A1:A2)</f></c>"]),
        row(
            4,
            &[
                &number("A", "3"),
                "<c r=\"B@\"><f>SUM(A1:A2)</f><v>7</v></c>",
            ],
        ),
        row(5, &[&number("A", "4"), "<c r=\"B@\" s=\"1\"><v>-5</v></c>"]),
        row(6, &[&number("A", "5"), &text("B", "a\u{fffd}")]),
        row(9, &[&number("A", "6"), "<c r=\"B@\" t=\"b\"><v>1</v></c>"]),
        row(12, &["<c r=\"A@\"/>", &text("B", " ")]),
    ];
    let path = workbook(&folder, "a.xlsx", &[("s", &rows.concat(), "")]);
    let got = Ask::table().read(&path);
    assert_eq!(
        got.reasons(),
        [
            (2, Some("v"), Key::SourceCellError),
            (3, Some("v"), Key::SourceFormulaEmpty),
            (5, Some("v"), Key::SourceDateOut),
            (6, Some("v"), Key::SourceReplacementCharacter),
        ]
    );
    assert_eq!(got.faults[0].value.as_deref(), Some("#REF!"));
    assert_eq!(got.value(0, "v"), Some("7"));
    assert_eq!((got.records[1].row, got.value(1, "v")), (9, Some("true")));
    assert_eq!(got.rows(), 6);
}

#[test]
fn a_header_of_merged_or_empty_cells_is_a_problem() {
    let folder = Folder::new();
    let data = row(
        2,
        &[&number("A", "1"), &number("B", "2"), &number("C", "3")],
    );
    let merged = format!("{}{data}", row(1, &[&text("A", "标题")]));
    let path = workbook(
        &folder,
        "a.xlsx",
        &[(
            "s",
            &merged,
            "<mergeCells><mergeCell ref=\"A1:C1\"/></mergeCells>",
        )],
    );
    assert_eq!(Ask::table().problem_key(&path), Key::SourceMerged);
    let empty = format!("{}{data}", row(1, &[&text("A", "a"), &text("C", "c")]));
    let path = workbook(&folder, "b.xlsx", &[("s", &empty, "")]);
    assert_eq!(Ask::table().problem_key(&path), Key::SourceHeaderEmpty);
    let twice = format!("{}{data}", header(&["a", "b", "a"]));
    let path = workbook(&folder, "c.xlsx", &[("s", &twice, "")]);
    assert_eq!(Ask::table().problem_key(&path), Key::SourceHeaderTwice);
}

#[test]
fn a_sheet_is_chosen_by_name_or_is_the_only_visible_one_with_anything_in_it() {
    let folder = Folder::new();
    let one = format!("{}{}", header(&["a"]), row(2, &[&number("A", "1.0")]));
    let two = format!("{}{}", header(&["b"]), row(2, &[&number("A", "2")]));
    let path = workbook(
        &folder,
        "a.xlsx",
        &[("空", "", ""), ("甲", &one, ""), ("hidden", &two, "")],
    );
    let got = Ask::table().read(&path);
    assert_eq!(got.value(0, "a"), Some("1"));
    let got = Ask {
        layer: Some("hidden"),
        ..Ask::table()
    }
    .read(&path);
    assert_eq!(got.value(0, "b"), Some("2"));
    let missing = Ask {
        layer: Some("丙"),
        ..Ask::table()
    }
    .problem(&path);
    assert_eq!(super::key_of(&missing), Key::SourceLayerMissing);
    assert_eq!(missing.message().arg("layers"), Some("空, 甲, hidden"));

    let path = workbook(&folder, "b.xlsx", &[("甲", &one, ""), ("乙", &two, "")]);
    let several = Ask::table().problem(&path);
    assert_eq!(super::key_of(&several), Key::SourceSheetUnnamed);
    assert_eq!(several.message().arg("sheets"), Some("甲, 乙"));
    let path = workbook(&folder, "c.xlsx", &[("空", "", "")]);
    assert_eq!(Ask::table().problem_key(&path), Key::SourceEmpty);
}

#[test]
fn what_is_no_workbook_or_is_cut_short_is_refused() {
    let folder = Folder::new();
    let rows = header(&["a"]);
    let whole = std::fs::read(workbook(&folder, "a.xlsx", &[("s", &rows, "")])).unwrap();
    for (name, content) in [
        ("b.xlsx", &whole[..whole.len() / 2]),
        ("c.xlsx", b"id,name\n1,2\n".as_slice()),
        ("d.xls", b"<html><table></table></html>".as_slice()),
    ] {
        let path = folder.write(name, content);
        assert_eq!(
            Ask::table().problem_key(&path),
            Key::SourceNotOpened,
            "{name}"
        );
    }
    assert_eq!(
        Ask::default().problem_key(&folder.path("a.xlsx")),
        Key::SourceNoGeometry
    );
}
