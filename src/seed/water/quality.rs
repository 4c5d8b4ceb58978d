//! What water shows in a month, and the class it has by it.

use crate::geom::cast::usize_to_f64;
use crate::seed::random::Random;

/// What is measured: usual content where a river fares well and badly, how much more there is in the
/// coldest and in the wettest month, limit of detection, decimals, and the limits of class Ⅰ to Ⅴ of
/// GB 3838-2002, table 1 (total phosphorus: rivers).
struct Item {
    well: f64,
    badly: f64,
    winter: f64,
    summer: f64,
    detection: f64,
    decimals: usize,
    limits: [f64; 5],
}

const ITEMS: [Item; 3] = [
    Item {
        well: 9.0,
        badly: 36.0,
        winter: 0.05,
        summer: 0.30,
        detection: 4.0,
        decimals: 0,
        limits: [15.0, 15.0, 20.0, 30.0, 40.0],
    },
    Item {
        well: 0.09,
        badly: 2.1,
        winter: 0.55,
        summer: 0.10,
        detection: 0.025,
        decimals: 3,
        limits: [0.15, 0.5, 1.0, 1.5, 2.0],
    },
    Item {
        well: 0.035,
        badly: 0.40,
        winter: 0.0,
        summer: 0.35,
        detection: 0.01,
        decimals: 2,
        limits: [0.02, 0.1, 0.2, 0.3, 0.4],
    },
];

/// The classes, from the best (`water-class`).
pub(super) const CLASSES: [&str; 6] = ["I", "II", "III", "IV", "V", "inferior-V"];

/// What one sample showed.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    /// COD, ammonia nitrogen and total phosphorus as the laboratory writes them, mg/L.
    pub(super) written: [String; 3],
    /// The same as numbers: half the limit of detection where the content is below it.
    pub(super) counted: [f64; 3],
    /// The class of the worst of them, its place in [`CLASSES`].
    pub(super) class: usize,
}

/// A sample of a month (0 to 11) from water that fares so, 0 (well) to 1 (badly).
pub(super) fn sample(burden: f64, month: usize, dice: &mut Random) -> Sample {
    let round = (usize_to_f64(month) + 0.5) / 12.0 * std::f64::consts::TAU;
    // The coldest month is January, the wettest July.
    let (cold, wet) = (
        f64::midpoint(1.0, round.cos()),
        f64::midpoint(1.0, -round.cos()),
    );
    let mut written = [const { String::new() }; 3];
    let mut counted = [0.0; 3];
    let mut class = 0;
    for (place, item) in ITEMS.iter().enumerate() {
        let usual = item.well * (item.badly / item.well).powf(burden);
        let season = 1.0 + item.winter * cold + item.summer * wet * wet;
        let content = usual * season * (0.24 * dice.normal()).exp();
        if content < item.detection {
            written[place] = format!("<{}", item.detection);
            counted[place] = item.detection / 2.0;
        } else {
            written[place] = format!("{content:.*}", item.decimals);
            counted[place] = written[place].parse().unwrap_or(content);
        }
        class = class.max(item.class(counted[place]));
    }
    Sample {
        written,
        counted,
        class,
    }
}

/// The class of means, by the worst.
pub(super) fn class_of(means: &[f64; 3]) -> usize {
    let classes = ITEMS
        .iter()
        .zip(means)
        .map(|(item, mean)| item.class(*mean));
    classes.max().unwrap_or(0)
}

impl Item {
    fn class(&self, content: f64) -> usize {
        self.limits.iter().filter(|limit| content > **limit).count()
    }
}
