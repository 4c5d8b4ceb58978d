//! Workbooks as Excel writes them (ECMA-376, Office Open XML), every text within its cell.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

use crate::say;
use crate::text::{Key, Problem};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::seed) enum Cell {
    /// Nothing.
    Empty,
    /// A text.
    Text(String),
    /// A number, as it is to be written.
    Number(String),
}

impl Cell {
    /// A text; nothing if it is empty.
    pub(in crate::seed) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }
}

/// A workbook of several sheets.
#[derive(Debug, Default)]
pub(in crate::seed) struct Workbook {
    sheets: Vec<(&'static str, String)>,
}

impl Workbook {
    /// Adds a sheet: a name that is no longer than Excel allows, its header, its rows.
    pub(in crate::seed) fn sheet(
        &mut self,
        name: &'static str,
        header: &[&str],
        rows: &[Vec<Cell>],
    ) {
        let mut xml = format!("{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetData>");
        let header: Vec<Cell> = header.iter().map(|name| Cell::text(*name)).collect();
        for (number, row) in (1..).zip([&header].into_iter().chain(rows)) {
            // Writing to a text does not fail.
            _ = write!(xml, "<row r=\"{number}\">");
            for (column, cell) in ('A'..='Z').zip(row) {
                _ = match cell {
                    Cell::Empty => Ok(()),
                    Cell::Number(number_text) => {
                        write!(xml, "<c r=\"{column}{number}\"><v>{number_text}</v></c>")
                    }
                    Cell::Text(text) => {
                        let text = escaped(text);
                        write!(
                            xml,
                            "<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"
                        )
                    }
                };
            }
            xml.push_str("</row>");
        }
        xml.push_str("</sheetData></worksheet>");
        self.sheets.push((name, xml));
    }

    /// The whole file; not compressed, so that it is the same everywhere.
    pub(in crate::seed) fn finish(self, path: &'static str) -> Result<Vec<u8>, Problem> {
        let failed = |cause: zip::result::ZipError| {
            Problem::because(say!(Key::SeedFileNotWritten, path = path), cause)
        };
        let options = SimpleFileOptions::default()
            .compression_method(zip::CompressionMethod::Stored)
            .last_modified_time(zip::DateTime::default())
            .unix_permissions(0o644);
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in self.entries() {
            archive.start_file(name, options).map_err(failed)?;
            archive
                .write_all(text.as_bytes())
                .map_err(|cause| failed(cause.into()))?;
        }
        Ok(archive.finish().map_err(failed)?.into_inner())
    }

    fn entries(self) -> Vec<(String, String)> {
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
        let (mut types, mut parts, mut links) = (String::new(), String::new(), String::new());
        for (number, (name, _)) in (1..).zip(&self.sheets) {
            _ = write!(
                types,
                "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{kind}.worksheet+xml\"/>"
            );
            _ = write!(
                parts,
                "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>"
            );
            _ = write!(
                links,
                "<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
            );
        }
        let mut entries = vec![
            (
                "[Content_Types].xml".to_owned(),
                format!(
                    "{HEAD}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
                     ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
                     <Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/>{types}</Types>"
                ),
            ),
            (
                "_rels/.rels".to_owned(),
                format!(
                    "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" \
                     Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                ),
            ),
            (
                "xl/workbook.xml".to_owned(),
                format!(
                    "{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{parts}</sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels".to_owned(),
                format!(
                    "{HEAD}<Relationships xmlns=\"{PACKAGE}/relationships\">{links}</Relationships>"
                ),
            ),
        ];
        let sheets = (1..).zip(self.sheets);
        entries.extend(
            sheets.map(|(number, (_, xml))| (format!("xl/worksheets/sheet{number}.xml"), xml)),
        );
        entries
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
