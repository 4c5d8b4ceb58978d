//! How far an import or a run over parcels has come: a bar on a terminal, a line now and then elsewhere.

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Terminal;
use crate::say;
use crate::text::{Key, Lang};

/// How many rows go by between two lines where there is no terminal.
const ROWS_A_LINE: u64 = 500;

/// The progress of one layer's import, or over one file of parcels.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    name: String,
    lang: Lang,
    began: Instant,
    read: u64,
    earlier: u64,
    expected: Option<u64>,
}

impl Progress {
    pub(super) fn new(terminal: &Terminal, name: &str) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::no_length();
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
            bar.set_prefix(name.to_owned());
            bar
        });
        Self {
            bar,
            name: name.to_owned(),
            lang: terminal.lang(),
            began: Instant::now(),
            read: 0,
            earlier: 0,
            expected: None,
        }
    }

    /// The file says it has so many rows.
    pub(super) fn total(&mut self, rows: Option<u64>) {
        self.expected = rows;
        let Some(bar) = &self.bar else { return };
        if let Some(rows) = rows {
            bar.set_length(rows);
        }
        let known = "{prefix:24} {bar:30} {pos}/{len} {per_sec} {eta}";
        let unknown = "{prefix:24} {spinner} {pos} {per_sec}";
        if let Ok(style) =
            ProgressStyle::with_template(if rows.is_some() { known } else { unknown })
        {
            bar.set_style(style);
        }
    }

    /// So many rows more.
    pub(super) fn advance(&mut self, rows: u64) {
        let before = self.read;
        self.read += rows;
        match &self.bar {
            Some(bar) => bar.inc(rows),
            None if self.read / ROWS_A_LINE > before / ROWS_A_LINE => self.line(),
            None => {}
        }
    }

    /// These rows were done by an earlier run: they are counted, and tell nothing of the pace.
    pub(super) fn resume(&mut self, rows: u64) {
        self.read += rows;
        self.earlier = rows;
        if let Some(bar) = &self.bar {
            bar.set_position(rows);
            bar.reset_eta();
        }
    }

    fn line(&self) {
        let seconds = self
            .began
            .elapsed()
            .max(Duration::from_millis(1))
            .as_secs_f64();
        #[expect(
            clippy::cast_precision_loss,
            reason = "a rate is shown to three digits"
        )]
        let rate = (self.read - self.earlier) as f64 / seconds;
        let (layer, read, per_second) = (&self.name, self.read, format!("{rate:.0}"));
        let said = match self.expected {
            Some(total) => {
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "a time left is shown to the second"
                )]
                let left = total.saturating_sub(read) as f64 / rate;
                say!(
                    Key::CliProgress,
                    layer = layer,
                    read = read,
                    total = total,
                    rate = per_second,
                    left = format!("{left:.0}")
                )
            }
            None => say!(
                Key::CliProgressOpen,
                layer = layer,
                read = read,
                rate = per_second
            ),
        };
        // A progress line that cannot be written is no reason to stop.
        let _ = writeln!(std::io::stderr(), "{}", said.in_lang(self.lang));
    }

    /// The import is over; the bar goes.
    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
