//! What is known of the indicators year by year: computed from the demonstration readings where there
//! are any.

use super::indicators::{INDICATORS, Source, id};
use crate::geom::cast::usize_to_f64;
use crate::seed::carrier::{Cell, DEMONSTRATION};
use crate::seed::parcels::City;
use crate::seed::{air, noise, water};

/// The years that may have values.
const YEARS: std::ops::RangeInclusive<u16> = 2021..=2025;

/// A row for each indicator and year that has a value.
pub(super) fn rows(city: &City) -> Vec<Vec<Cell>> {
    let readings = Readings {
        air: air::series(city),
        sections: water::sections(city),
        noise: noise::years(city),
    };
    let mut rows = Vec::new();
    for (number, indicator) in (1..).zip(INDICATORS) {
        for year in YEARS {
            let (value, basis, note) = match indicator.source {
                Source::Nowhere => (None, "", ""),
                Source::MadeUp(values) => {
                    let known = values.iter().find(|(known, _)| *known == year);
                    (known.map(|(_, v)| (*v).to_owned()), "estimate", "演示估计")
                }
                source => (
                    readings.value(source, usize::from(year)),
                    "readings",
                    "自动汇总",
                ),
            };
            let Some(value) = value else { continue };
            rows.push(vec![
                Cell::text(id(number)),
                Cell::Number(year.to_string()),
                Cell::Number(value),
                Cell::text(basis),
                Cell::text(note),
                Cell::text(DEMONSTRATION),
            ]);
        }
    }
    rows
}

/// The demonstration readings.
struct Readings {
    air: Vec<Vec<Option<air::Month>>>,
    sections: Vec<water::Section>,
    noise: Vec<noise::Year>,
}

impl Readings {
    /// An indicator's value in a year, as it is told.
    fn value(&self, source: Source, year: usize) -> Option<String> {
        match source {
            Source::Pm25 => {
                let stations = self.air_means(year, |month| month.pm25);
                mean(&stations).map(|mean| format!("{mean:.0}"))
            }
            Source::GoodDays => {
                let [good, _, valid] = self.air_days(year);
                (valid > 0.0).then(|| format!("{:.1}", 100.0 * good / valid))
            }
            Source::HeavyDays => {
                let [_, heavy, valid] = self.air_days(year);
                (valid > 0.0).then(|| format!("{:.0}", 365.0 * heavy / valid))
            }
            Source::InferiorSections => {
                let known: Vec<bool> = self
                    .sections
                    .iter()
                    .filter_map(|s| s.inferior_in(year))
                    .collect();
                let inferior = known.iter().filter(|inferior| **inferior).count();
                (!known.is_empty()).then(|| inferior.to_string())
            }
            Source::SectionsMet => share(self.sections.iter().filter_map(|s| s.met_in(year))),
            Source::NoiseDay => share(self.noise_of(year).map(|y| y.day_met)),
            Source::NoiseNight => share(self.noise_of(year).map(|y| y.night_met)),
            Source::MadeUp(_) | Source::Nowhere => None,
        }
    }

    /// The mean of each station's months in a year.
    fn air_means(&self, year: usize, value: impl Fn(&air::Month) -> Option<f64>) -> Vec<f64> {
        let means = self.air.iter().filter_map(|series| {
            let months: Vec<f64> = air::months_of(series, year).filter_map(&value).collect();
            mean(&months)
        });
        means.collect()
    }

    /// Good days, days of heavy pollution and valid days of all stations in a year.
    fn air_days(&self, year: usize) -> [f64; 3] {
        let mut sums = [0.0; 3];
        for month in self
            .air
            .iter()
            .flat_map(|series| air::months_of(series, year))
        {
            for (sum, days) in sums.iter_mut().zip(month.days) {
                *sum += f64::from(days);
            }
        }
        sums
    }

    fn noise_of(&self, year: usize) -> impl Iterator<Item = &noise::Year> {
        self.noise.iter().filter(move |known| known.of == year)
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / usize_to_f64(values.len()))
}

/// The share of what holds, in percent.
fn share(all: impl Iterator<Item = bool>) -> Option<String> {
    let all: Vec<bool> = all.collect();
    let held = all.iter().filter(|held| **held).count();
    (!all.is_empty()).then(|| {
        let share = 100.0 * usize_to_f64(held) / usize_to_f64(all.len());
        format!("{share:.1}")
    })
}
