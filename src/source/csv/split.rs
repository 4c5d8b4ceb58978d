//! Lines of delimited text into rows of cells (RFC 4180). Unlike other splitters it can go back: a
//! row whose quote does not end as it should gives up its first line only, and splitting goes on
//! with the second.

use std::collections::VecDeque;
use std::io::{self, BufRead};

/// The most lines one quoted cell may span; beyond it the quote counts as unclosed.
const MOST_LINES: u64 = 1_000;

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Split {
    /// Its cells can be had; it begins on this line.
    Row(u64),
    /// It has a flaw.
    Flawed { line: u64, flaw: Flaw },
}

/// Why a row has no cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flaw {
    /// A quote that opens on this line never closes.
    Unclosed { opened: u64 },
    /// A closing quote is followed by neither a delimiter nor the line's end, on this line.
    AfterQuote { at: u64 },
}

/// Splits lines into rows. A line ends with LF, CR LF or CR; blank ones and rows in which every
/// cell is empty are no rows, but count as lines.
#[derive(Debug)]
pub(super) struct Splitter<R> {
    input: R,
    /// Lines given back, each with its end.
    again: VecDeque<Vec<u8>>,
    delimiter: u8,
    /// How many lines have been taken.
    line: u64,
    /// The lines of the row at hand, and where each begins.
    row: Vec<u8>,
    begins: Vec<usize>,
    /// The cells, unquoted, one behind the other, and where each ends.
    text: Vec<u8>,
    ends: Vec<usize>,
}

/// Where in a row the splitter stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Begin,
    Plain,
    Quoted,
    /// Behind a quote in a quoted cell: its end, or the first half of a doubled quote.
    Quote,
}

impl<R: BufRead> Splitter<R> {
    /// A splitter at the beginning of a text.
    pub(super) const fn new(input: R, delimiter: u8) -> Self {
        Self {
            input,
            again: VecDeque::new(),
            delimiter,
            line: 0,
            row: Vec::new(),
            begins: Vec::new(),
            text: Vec::new(),
            ends: Vec::new(),
        }
    }

    /// Takes as delimiter whichever of comma, tab and semicolon the first line that is not blank
    /// has most of, outside quotes; the comma if none.
    pub(super) fn choose_delimiter(&mut self) -> io::Result<()> {
        let mut taken = Vec::new();
        let mut line = Vec::new();
        while self.take_line(&mut line)? {
            let blank = line.trim_ascii().is_empty();
            taken.push(std::mem::take(&mut line));
            if !blank {
                break;
            }
        }
        let mut counts = [(b',', 0_usize), (b'\t', 0), (b';', 0)];
        let mut quoted = false;
        for &byte in taken.last().map_or(&[][..], Vec::as_slice) {
            quoted ^= byte == b'"';
            if let Some((_, count)) = counts.iter_mut().find(|(d, _)| *d == byte && !quoted) {
                *count += 1;
            }
        }
        // The first of the greatest: `max_by_key` would take the last.
        let most = counts.iter().map(|(_, count)| *count).max();
        if let Some((delimiter, _)) = counts.iter().find(|(_, count)| Some(*count) == most) {
            self.delimiter = *delimiter;
        }
        self.line = 0;
        self.again.extend(taken);
        Ok(())
    }

    /// The next row; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Split>> {
        loop {
            self.row.clear();
            self.begins.clear();
            if !self.take_into_row()? {
                return Ok(None);
            }
            let line = self.line;
            let flaw = self.split(line)?;
            if let Some(flaw) = flaw {
                self.give_back(line);
                return Ok(Some(Split::Flawed { line, flaw }));
            }
            if !self.text.trim_ascii().is_empty() {
                return Ok(Some(Split::Row(line)));
            }
        }
    }

    /// The cells of the last row.
    pub(super) fn cells(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.ends.iter().enumerate().map(|(i, &end)| {
            let begin = i.checked_sub(1).map_or(0, |before| self.ends[before]);
            &self.text[begin..end]
        })
    }

    /// The last line of the last row.
    pub(super) const fn last_line(&self) -> u64 {
        self.line
    }

    /// The line that was given up for its flaw.
    pub(super) fn flawed(&self) -> &[u8] {
        self.row.trim_ascii_end()
    }

    /// Splits the row at hand, taking further lines while a quote is open.
    fn split(&mut self, first: u64) -> io::Result<Option<Flaw>> {
        self.text.clear();
        self.ends.clear();
        let mut state = State::Begin;
        let mut at = 0;
        let mut opened = first;
        loop {
            let Some(&byte) = self.row.get(at) else {
                if state == State::Quoted {
                    if self.line - first + 1 >= MOST_LINES || !self.take_into_row()? {
                        return Ok(Some(Flaw::Unclosed { opened }));
                    }
                    continue;
                }
                self.ends.push(self.text.len());
                return Ok(None);
            };
            at += 1;
            let ends_line = byte == b'\n' || byte == b'\r';
            state = match state {
                State::Begin if byte == b'"' => {
                    opened = self.line;
                    State::Quoted
                }
                State::Quoted if byte == b'"' => State::Quote,
                State::Quote if byte == b'"' => {
                    self.text.push(byte);
                    State::Quoted
                }
                State::Quoted => {
                    self.text.push(byte);
                    State::Quoted
                }
                _ if byte == self.delimiter => {
                    self.ends.push(self.text.len());
                    State::Begin
                }
                _ if ends_line => {
                    self.ends.push(self.text.len());
                    return Ok(None);
                }
                State::Quote => return Ok(Some(Flaw::AfterQuote { at: self.line })),
                State::Begin | State::Plain => {
                    self.text.push(byte);
                    State::Plain
                }
            };
        }
    }

    /// Gives back every line of the row at hand but the first.
    fn give_back(&mut self, first: u64) {
        let mut end = self.row.len();
        for &begin in self.begins.iter().skip(1).rev() {
            self.again.push_front(self.row[begin..end].to_vec());
            end = begin;
        }
        self.row.truncate(end);
        self.line = first;
    }

    fn take_into_row(&mut self) -> io::Result<bool> {
        self.begins.push(self.row.len());
        let mut row = std::mem::take(&mut self.row);
        let taken = self.take_line(&mut row);
        self.row = row;
        taken
    }

    /// Appends the next line, with its end, to `to`; `false` at the end of the text.
    fn take_line(&mut self, to: &mut Vec<u8>) -> io::Result<bool> {
        if let Some(line) = self.again.pop_front() {
            to.extend_from_slice(&line);
            self.line += 1;
            return Ok(true);
        }
        let before = to.len();
        loop {
            let available = self.input.fill_buf()?;
            if available.is_empty() {
                break;
            }
            let Some(end) = available.iter().position(|&b| b == b'\n' || b == b'\r') else {
                let count = available.len();
                to.extend_from_slice(available);
                self.input.consume(count);
                continue;
            };
            let carriage_return = available[end] == b'\r';
            to.extend_from_slice(&available[..=end]);
            self.input.consume(end + 1);
            if carriage_return && self.input.fill_buf()?.first() == Some(&b'\n') {
                to.push(b'\n');
                self.input.consume(1);
            }
            break;
        }
        let taken = to.len() > before;
        self.line += u64::from(taken);
        Ok(taken)
    }
}
