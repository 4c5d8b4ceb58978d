//! How far an import has come: a bar on a terminal, a line now and then elsewhere.

use std::io::{IsTerminal as _, Write as _};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Terminal;
use crate::model::LayerId;
use crate::say;
use crate::text::{Key, Lang};

/// How many rows go by between two lines where there is no terminal.
const ROWS_A_LINE: u64 = 500;

/// The progress of one layer's import.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    layer: LayerId,
    lang: Lang,
    began: Instant,
    read: u64,
    expected: Option<u64>,
}

impl Progress {
    pub(super) fn new(terminal: &Terminal, layer: &LayerId) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::no_length();
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
            bar.set_prefix(layer.to_string());
            bar
        });
        Self {
            bar,
            layer: layer.clone(),
            lang: terminal.lang(),
            began: Instant::now(),
            read: 0,
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

    /// One row more.
    pub(super) fn advance(&mut self) {
        self.read += 1;
        match &self.bar {
            Some(bar) => bar.inc(1),
            None if self.read.is_multiple_of(ROWS_A_LINE) => self.line(),
            None => {}
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
        let rate = self.read as f64 / seconds;
        let (layer, read, per_second) = (&self.layer, self.read, format!("{rate:.0}"));
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
