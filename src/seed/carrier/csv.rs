//! CSV as Excel writes it, in the encodings it writes.

/// A CSV file as Excel writes it: lines end in CR LF, cells are quoted where they must be.
#[derive(Debug, Default)]
pub(in crate::seed) struct Csv {
    /// What is written so far.
    pub(in crate::seed) text: String,
}

impl Csv {
    /// A file with this header.
    pub(in crate::seed) fn new(header: &[&str]) -> Self {
        let mut csv = Self::default();
        csv.row(header);
        csv
    }

    /// Adds a row.
    pub(in crate::seed) fn row<T: AsRef<str>>(&mut self, cells: &[T]) {
        for (i, cell) in cells.iter().enumerate() {
            let cell = cell.as_ref();
            if i > 0 {
                self.text.push(',');
            }
            if cell.contains(['"', ',', '\n']) {
                self.text.push('"');
                self.text.push_str(&cell.replace('"', "\"\""));
                self.text.push('"');
            } else {
                self.text.push_str(cell);
            }
        }
        self.text.push_str("\r\n");
    }

    /// The file in UTF-8.
    pub(in crate::seed) fn into_utf8(self) -> Vec<u8> {
        self.text.into_bytes()
    }

    /// The file in UTF-8 with a byte-order mark, as Excel saves it.
    pub(in crate::seed) fn into_utf8_with_bom(self) -> Vec<u8> {
        ["\u{feff}", &self.text].concat().into_bytes()
    }

    /// The file in GBK.
    pub(in crate::seed) fn into_gbk(self) -> Vec<u8> {
        gbk(&self.text)
    }
}

/// A text in GBK.
pub(in crate::seed) fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GBK.encode(text).0.into_owned()
}
