//! Which features bear a name like the one asked for.
//!
//! Every name is looked at: a signature of its letters rules most out, the rest are compared letter
//! by letter. A Chinese character is met by itself, by any of its readings, or by the beginning of
//! one, in any mixture: `朝阳`, `chaoyang`, `chao yang`, `cháo yáng`, `chao2yang2`, `cy`, `朝y`, `chaoy`.

use std::sync::Arc;

use geo::InteriorPoint as _;

use crate::geom::{BBox, cast};
use crate::index::{Letter, Names, Snapshot, World, bit, fold, is_separator};
use crate::layer::Shape;
use crate::model::Theme;

/// Letters of a question that are compared; a longer one finds nothing.
pub const MOST_LETTERS: usize = 100;
/// Features of one name that are listed one by one. More are one place.
const MOST_ALIKE: usize = 3;
/// Names that are kept for each place asked for: a feature may bear several.
const NAMES_A_PLACE: usize = 8;

/// One thing found: features of a layer that bear the same name.
#[derive(Debug, Clone)]
pub struct Place<'a> {
    /// The layer.
    pub layer: &'a Arc<Snapshot>,
    /// The field with the name, by its place in the view.
    pub field: usize,
    /// The features: one, or all of the many that bear it, in the order of their ids.
    pub rows: Vec<usize>,
}

impl Place<'_> {
    /// The box of its features.
    pub fn bbox(&self) -> Option<BBox> {
        let boxes = self.rows.iter().filter_map(|&row| self.layer.bbox(row));
        boxes.reduce(|a, b| a.union(&b))
    }

    /// Where it is, longitude and latitude: a point of its only feature, within it if it is an area;
    /// of many the middle of their box.
    pub fn at(&self) -> Option<(f64, f64)> {
        if let [row] = *self.rows
            && let Some(point) = self.layer.geometry(row)?.interior_point()
        {
            return Some(point.x_y());
        }
        let bbox = self.bbox()?;
        Some((
            f64::midpoint(bbox.west, bbox.east),
            f64::midpoint(bbox.south, bbox.north),
        ))
    }
}

/// How well a name fits. The least is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Whole,
    Prefix,
    WordStart,
    Within,
}

/// How it is written in the question. The least is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Literal,
    Readings,
    Initials,
}

/// The place of a name among all found: how well it fits, base layers and areas before others, then
/// by theme, how it is written, layer, length, text.
type Rank = (Fit, (u8, u8), Way, usize, usize, usize);

/// The features whose name fits, the best first, at most `limit`. Only features with a place on the
/// map are found.
pub fn places<'a>(world: &'a World, asked: &str, limit: usize) -> Vec<Place<'a>> {
    let Some(question) = Question::of(asked) else {
        return Vec::new();
    };
    let layers: Vec<&Arc<Snapshot>> = world.layers.values().collect();
    let mut found: Vec<Rank> = Vec::new();
    for (number, layer) in layers.iter().enumerate() {
        let order = order(layer);
        question.each(layer.names(), |name, fit, way| {
            let length = layer.names().letters(name).len();
            found.push((fit, order, way, number, length, name));
        });
    }
    let most = limit.saturating_mul(NAMES_A_PLACE);
    if found.len() > most {
        found.select_nth_unstable(most);
        found.truncate(most);
    }
    found.sort_unstable();
    let mut places: Vec<Place<'a>> = Vec::new();
    for (_, _, _, number, _, name) in found {
        let layer = layers[number];
        let names = layer.names();
        let rows = names.rows(name).iter().map(|&row| cast::u32_to_usize(row));
        let fresh: Vec<usize> = rows
            .filter(|row| {
                let same = |place: &Place<'_>| Arc::ptr_eq(place.layer, layer);
                !places
                    .iter()
                    .any(|place| same(place) && place.rows.contains(row))
            })
            .collect();
        let field = names.field(name);
        let place = |rows| Place { layer, field, rows };
        if fresh.len() > MOST_ALIKE {
            places.push(place(fresh));
        } else {
            places.extend(fresh.into_iter().map(|row| place(vec![row])));
        }
        if places.len() >= limit {
            places.truncate(limit);
            break;
        }
    }
    places
}

/// Base layers before others, then the themes in their order; areas before lines before points.
fn order(layer: &Snapshot) -> (u8, u8) {
    let view = layer.view();
    let theme = match view.theme {
        Theme::Base => 0,
        other => {
            1 + (0..)
                .zip(Theme::ALL)
                .find(|(_, theme)| *theme == other)
                .map_or(0, |(n, _)| n)
        }
    };
    let shape = match view.shape {
        Some(Shape::Polygon) => 0,
        Some(Shape::Line) => 1,
        Some(Shape::Point) => 2,
        None => 3,
    };
    (theme, shape)
}

/// What is asked for.
struct Question {
    /// All of it.
    whole: Words,
    /// Its words, where there are several: a name that has each of them somewhere fits, too.
    words: Vec<Words>,
    /// The signature that a name must have.
    needs: u64,
}

impl Question {
    /// `None` when there is nothing to compare in it.
    fn of(asked: &str) -> Option<Self> {
        let letters: Vec<char> = fold(asked.trim()).collect();
        if letters.len() > MOST_LETTERS || letters.iter().all(|&c| is_separator(c)) {
            return None;
        }
        let words: Vec<Words> = letters
            .split(|&c| c == ' ')
            .filter(|word| !word.iter().all(|&c| is_separator(c)))
            .map(Words::of)
            .collect();
        let tone = |n: usize| {
            matches!(letters[n], '1'..='5') && n > 0 && letters[n - 1].is_ascii_lowercase()
        };
        let needed = (0..letters.len()).filter(|&n| !tone(n));
        Some(Self {
            needs: needed
                .map(|n| bit(letters[n]))
                .fold(0, |all, one| all | one),
            whole: Words::of(&letters),
            words: if words.len() > 1 { words } else { Vec::new() },
        })
    }

    /// Tells every name that fits, and how.
    fn each(&self, names: &Names, mut found: impl FnMut(usize, Fit, Way)) {
        let begins = |words: &Words| -> Vec<Met> {
            let letters = names.alphabet().iter();
            letters.map(|letter| words.met(letter)).collect()
        };
        let whole = begins(&self.whole);
        let words: Vec<Vec<Met>> = self.words.iter().map(begins).collect();
        for name in 0..names.len() {
            if names.signature(name) & self.needs != self.needs {
                continue;
            }
            let each = || {
                let words = self.words.iter().zip(&words);
                let ways = words.map(|(words, begins)| Some(words.fit(names, name, begins)?.1));
                let ways: Option<Vec<Way>> = ways.collect();
                Some((Fit::Within, ways?.into_iter().max()?))
            };
            if let Some((fit, way)) = self.whole.fit(names, name, &whole).or_else(each) {
                found(name, fit, way);
            }
        }
    }
}

/// Where in a question one may be after some letters of a name, as bits: by letters alone, by whole
/// readings too, by beginnings of readings too. Each holds the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Reached([u128; 3]);

/// What a letter of a name meets in a question.
#[derive(Debug, Clone, Copy)]
struct Met {
    /// Where it stands itself, as bits.
    literal: u128,
    /// Whether a name may begin to fit at it.
    begins: bool,
}

/// Letters that are looked for one after the other.
struct Words {
    letters: Vec<char>,
    /// Where a separator stands, as bits.
    separators: u128,
}

impl Words {
    fn of(letters: impl AsRef<[char]>) -> Self {
        let letters = letters.as_ref().to_vec();
        let separators = letters.iter().enumerate();
        Self {
            separators: separators
                .filter(|(_, c)| is_separator(**c))
                .fold(0, |all, (place, _)| all | 1 << place),
            letters,
        }
    }

    /// What a letter meets.
    fn met(&self, letter: &Letter) -> Met {
        let same = self.letters.iter().enumerate();
        let mut met = Met {
            literal: same
                .filter(|(_, c)| **c == letter.letter)
                .fold(0, |all, (place, _)| all | 1 << place),
            begins: false,
        };
        met.begins = self.step(letter, met, self.start()) != Reached::default();
        met
    }

    fn start(&self) -> Reached {
        self.past_separators(Reached([1; 3]))
    }

    /// The same, and behind the separators there: they may be missing in the name.
    fn past_separators(&self, Reached(reached): Reached) -> Reached {
        if self.separators == 0 {
            return Reached(reached);
        }
        Reached(reached.map(|mut places| {
            loop {
                let more = places | (places & self.separators) << 1;
                if more == places {
                    return places;
                }
                places = more;
            }
        }))
    }

    /// Where one may be after one more letter of a name.
    fn step(&self, letter: &Letter, met: Met, Reached(from): Reached) -> Reached {
        let mut to = from.map(|places| (places & met.literal) << 1);
        let mut places = if letter.readings.is_empty() {
            0
        } else {
            from[2]
        };
        while places != 0 {
            let place = places.trailing_zeros();
            places &= places - 1;
            let [whole, begun] = self.after(letter, cast::u32_to_usize(place));
            let reaches = [0, whole, whole | begun];
            for ((to, from), reaches) in to.iter_mut().zip(from).zip(reaches) {
                if from >> place & 1 == 1 {
                    *to |= reaches;
                }
            }
        }
        self.past_separators(Reached(to))
    }

    /// Where one may be when a letter is met at a place of the question by a reading, or by the
    /// beginning of one.
    fn after(&self, letter: &Letter, place: usize) -> [u128; 2] {
        let mut to = [0; 2];
        let Some(rest) = self.letters.get(place..).filter(|rest| !rest.is_empty()) else {
            return to;
        };
        for reading in &letter.readings {
            let same = rest
                .iter()
                .zip(reading.chars())
                .take_while(|(a, b)| **a == *b)
                .count();
            if same == reading.len() {
                to[0] |= 1 << (place + same);
                // A tone, as a number.
                if matches!(rest.get(same), Some('1'..='5')) {
                    to[0] |= 1 << (place + same + 1);
                }
            } else if same == rest.len() {
                to[1] |= 1 << (place + same);
            }
            if same > 0 {
                to[1] |= 1 << (place + 1);
            }
            let double = ["zh", "ch", "sh"]
                .iter()
                .any(|begin| reading.starts_with(begin));
            if same > 1 && double {
                to[1] |= 1 << (place + 2);
            }
        }
        to
    }

    /// How a name fits, if it does. `met` says what each letter of its alphabet meets.
    fn fit(&self, names: &Names, name: usize, met: &[Met]) -> Option<(Fit, Way)> {
        let letters = names.letters(name);
        let letter = |place: usize| &names.alphabet()[usize::from(letters[place])];
        let mut best: Option<(Fit, Way)> = None;
        for start in (0..letters.len()).filter(|&n| met[usize::from(letters[n])].begins) {
            let Some((end, way)) = self.meets(start..letters.len(), |n| {
                (letter(n), met[usize::from(letters[n])])
            }) else {
                continue;
            };
            let whole = (end..letters.len()).all(|n| letter(n).is_separator());
            let leading = (0..start).all(|n| letter(n).is_separator());
            let fit = match (leading, whole) {
                (true, true) if way < Way::Initials => Fit::Whole,
                (true, _) => Fit::Prefix,
                _ if begins_word(letter(start - 1), letter(start)) => Fit::WordStart,
                _ => Fit::Within,
            };
            if best.is_none_or(|best| (fit, way) < best) {
                best = Some((fit, way));
            }
            if leading {
                break;
            }
        }
        best
    }

    /// Follows a name from one of its letters on until the question is at its end: where the name is
    /// then, and in which way it was followed.
    fn meets<'l>(
        &self,
        run: std::ops::Range<usize>,
        letter: impl Fn(usize) -> (&'l Letter, Met),
    ) -> Option<(usize, Way)> {
        let end = 1_u128 << self.letters.len();
        let mut reached = self.start();
        for place in run {
            let (next, met) = letter(place);
            let mut to = self.step(next, met, reached);
            if next.is_separator() {
                // It may be missing in the question.
                for (to, from) in to.0.iter_mut().zip(reached.0) {
                    *to |= from;
                }
            }
            let ways = [Way::Literal, Way::Readings, Way::Initials];
            let ended =
                to.0.iter()
                    .zip(ways)
                    .find(|(places, _)| **places & end != 0);
            if let Some((_, way)) = ended {
                return Some((place + 1, way));
            }
            if to == Reached::default() {
                return None;
            }
            reached = to;
        }
        None
    }
}

/// Whether a word begins between two letters: behind a separator, and where Chinese characters meet
/// other letters.
fn begins_word(before: &Letter, letter: &Letter) -> bool {
    before.is_separator() || before.readings.is_empty() != letter.readings.is_empty()
}
