//! The style layers and properties that OneMap supports: those which a browser with MapLibre and a
//! drawing on paper show alike. `docs/styles.md` gives the reason for each.

use crate::layer::definition::Shape;
use crate::text::Key;

/// A type of style layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layer) enum LayerType {
    Fill,
    Line,
    Circle,
    Symbol,
}

impl LayerType {
    /// Every type.
    pub(in crate::layer) const ALL: [Self; 4] =
        [Self::Fill, Self::Line, Self::Circle, Self::Symbol];

    /// Its name in a style.
    pub(in crate::layer) const fn as_str(self) -> &'static str {
        match self {
            Self::Fill => "fill",
            Self::Line => "line",
            Self::Circle => "circle",
            Self::Symbol => "symbol",
        }
    }

    /// Whether it draws features of that shape.
    pub(super) const fn draws(self, shape: Shape) -> bool {
        match self {
            Self::Fill => matches!(shape, Shape::Polygon),
            Self::Line => matches!(shape, Shape::Line | Shape::Polygon),
            Self::Circle => matches!(shape, Shape::Point),
            Self::Symbol => true,
        }
    }

    /// Its properties.
    pub(in crate::layer) const fn properties(self) -> &'static [Property] {
        match self {
            Self::Fill => FILL,
            Self::Line => LINE,
            Self::Circle => CIRCLE,
            Self::Symbol => SYMBOL,
        }
    }
}

/// Where in a style layer a property stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layer) enum Part {
    Layout,
    Paint,
}

impl Part {
    /// Its key in a style layer.
    pub(in crate::layer) const fn as_str(self) -> &'static str {
        match self {
            Self::Layout => "layout",
            Self::Paint => "paint",
        }
    }
}

/// What may vary a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::layer) enum Varies {
    /// Nothing: it is a constant.
    Not,
    /// The zoom.
    Zoom,
    /// The zoom and the feature.
    Feature,
}

/// What a property wants, or an expression gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::layer) enum Wanted {
    /// A number within bounds.
    Number { least: f64, most: f64 },
    /// A number that orders; it cannot be interpolated.
    Order,
    /// A colour.
    Colour,
    /// True or false.
    Boolean,
    /// One of these words.
    Word(&'static [&'static str]),
    /// Two numbers.
    Pair,
    /// Numbers, none below 0.
    Numbers,
    /// Any text; a field is written out.
    Text,
    /// A text beside other texts.
    String,
    /// Anything that can be compared.
    Any,
}

/// A property of a style layer.
#[derive(Debug, Clone, Copy)]
pub(in crate::layer) struct Property {
    /// Its name.
    pub(in crate::layer) name: &'static str,
    /// Where it stands.
    pub(in crate::layer) part: Part,
    /// What it wants.
    pub(super) wanted: Wanted,
    /// What may vary it.
    pub(super) varies: Varies,
}

const fn layout(name: &'static str, wanted: Wanted, varies: Varies) -> Property {
    Property {
        name,
        part: Part::Layout,
        wanted,
        varies,
    }
}

const fn paint(name: &'static str, wanted: Wanted, varies: Varies) -> Property {
    Property {
        name,
        part: Part::Paint,
        wanted,
        varies,
    }
}

const SHARE: Wanted = Wanted::Number {
    least: 0.0,
    most: 1.0,
};
const SIZE: Wanted = Wanted::Number {
    least: 0.0,
    most: f64::INFINITY,
};
const NUMBER: Wanted = Wanted::Number {
    least: f64::NEG_INFINITY,
    most: f64::INFINITY,
};
const VISIBILITY: Property = layout(
    "visibility",
    Wanted::Word(&["visible", "none"]),
    Varies::Not,
);
const ANCHORS: &[&str] = &[
    "center",
    "left",
    "right",
    "top",
    "bottom",
    "top-left",
    "top-right",
    "bottom-left",
    "bottom-right",
];

const FILL: &[Property] = &[
    VISIBILITY,
    layout("fill-sort-key", Wanted::Order, Varies::Feature),
    paint("fill-color", Wanted::Colour, Varies::Feature),
    paint("fill-opacity", SHARE, Varies::Feature),
    paint("fill-outline-color", Wanted::Colour, Varies::Feature),
    paint("fill-antialias", Wanted::Boolean, Varies::Zoom),
];

const LINE: &[Property] = &[
    VISIBILITY,
    layout("line-sort-key", Wanted::Order, Varies::Feature),
    layout(
        "line-cap",
        Wanted::Word(&["butt", "round", "square"]),
        Varies::Zoom,
    ),
    layout(
        "line-join",
        Wanted::Word(&["bevel", "round", "miter"]),
        Varies::Zoom,
    ),
    paint("line-color", Wanted::Colour, Varies::Feature),
    paint("line-opacity", SHARE, Varies::Feature),
    paint("line-width", SIZE, Varies::Feature),
    paint("line-dasharray", Wanted::Numbers, Varies::Zoom),
];

const CIRCLE: &[Property] = &[
    VISIBILITY,
    layout("circle-sort-key", Wanted::Order, Varies::Feature),
    paint("circle-radius", SIZE, Varies::Feature),
    paint("circle-color", Wanted::Colour, Varies::Feature),
    paint("circle-opacity", SHARE, Varies::Feature),
    paint("circle-stroke-width", SIZE, Varies::Feature),
    paint("circle-stroke-color", Wanted::Colour, Varies::Feature),
    paint("circle-stroke-opacity", SHARE, Varies::Feature),
];

const SYMBOL: &[Property] = &[
    VISIBILITY,
    layout("symbol-sort-key", Wanted::Order, Varies::Feature),
    layout(
        "symbol-placement",
        Wanted::Word(&["point", "line", "line-center"]),
        Varies::Zoom,
    ),
    layout(
        "symbol-spacing",
        Wanted::Number {
            least: 1.0,
            most: f64::INFINITY,
        },
        Varies::Zoom,
    ),
    layout("text-field", Wanted::Text, Varies::Feature),
    layout("text-size", SIZE, Varies::Feature),
    layout("text-max-width", SIZE, Varies::Feature),
    layout("text-line-height", NUMBER, Varies::Zoom),
    layout("text-letter-spacing", NUMBER, Varies::Feature),
    layout(
        "text-justify",
        Wanted::Word(&["auto", "left", "center", "right"]),
        Varies::Feature,
    ),
    layout("text-anchor", Wanted::Word(ANCHORS), Varies::Feature),
    layout("text-offset", Wanted::Pair, Varies::Feature),
    layout("text-keep-upright", Wanted::Boolean, Varies::Zoom),
    layout("text-padding", SIZE, Varies::Zoom),
    layout("text-allow-overlap", Wanted::Boolean, Varies::Zoom),
    layout("text-ignore-placement", Wanted::Boolean, Varies::Zoom),
    paint("text-color", Wanted::Colour, Varies::Feature),
    paint("text-opacity", SHARE, Varies::Feature),
    paint("text-halo-color", Wanted::Colour, Varies::Feature),
    paint("text-halo-width", SIZE, Varies::Feature),
];

impl Wanted {
    /// The sentence that says what is wanted.
    pub(super) const fn sentence(self) -> Key {
        match self {
            Self::Number { .. } | Self::Order => Key::LayerCheckStyleWantsNumber,
            Self::Colour => Key::LayerCheckStyleWantsColour,
            Self::Boolean => Key::LayerCheckStyleWantsBoolean,
            Self::Word(_) => Key::LayerCheckStyleWantsWord,
            Self::Pair => Key::LayerCheckStyleWantsPair,
            Self::Numbers => Key::LayerCheckStyleWantsNumbers,
            Self::Text | Self::String => Key::LayerCheckStyleWantsText,
            Self::Any => Key::LayerCheckStyleWantsAny,
        }
    }

    /// What is wanted, in no language: a range, the words, or the form.
    pub(super) fn in_words(self) -> String {
        match self {
            Self::Number { least, most } => {
                let open = if least.is_finite() {
                    format!("[{least}")
                } else {
                    "(-∞".to_owned()
                };
                let close = if most.is_finite() {
                    format!("{most}]")
                } else {
                    "∞)".to_owned()
                };
                format!("{open}, {close}")
            }
            Self::Order => "(-∞, ∞)".to_owned(),
            Self::Colour => "#rrggbb".to_owned(),
            Self::Boolean => "true, false".to_owned(),
            Self::Word(words) => words.join(", "),
            Self::Pair => "[x, y]".to_owned(),
            Self::Numbers => "[a, b, …]".to_owned(),
            Self::Text | Self::String | Self::Any => "\"…\"".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layer::style::expression::{OPERATORS, TESTS};

    const PAGE: &str = include_str!("../../../docs/styles.md");

    #[test]
    fn the_page_on_styles_lists_every_property_with_what_may_vary_it_and_no_other() {
        for kind in LayerType::ALL {
            let heading = format!("### `{}`\n", kind.as_str());
            let (_, section) = PAGE.split_once(&heading).unwrap();
            let section = section.split("\n### ").next().unwrap();
            let mut listed: Vec<(&str, &str, &str)> = section
                .lines()
                .filter(|line| line.starts_with("| `"))
                .map(|line| {
                    let cells: Vec<&str> = line.split('|').map(str::trim).collect();
                    (cells[1].trim_matches('`'), cells[2], cells[4])
                })
                .collect();
            let mut held: Vec<(&str, &str, &str)> = kind
                .properties()
                .iter()
                .filter(|property| property.name != "visibility")
                .map(|property| {
                    let varies = match property.varies {
                        Varies::Not => "constant",
                        Varies::Zoom => "zoom",
                        Varies::Feature => "feature",
                    };
                    (property.name, property.part.as_str(), varies)
                })
                .collect();
            listed.sort_unstable();
            held.sort_unstable();
            assert_eq!(listed, held, "{}", kind.as_str());
        }
    }

    #[test]
    fn the_page_on_styles_lists_every_operator() {
        let (_, section) = PAGE.split_once("## Expressions").unwrap();
        let section = section.split("\n## ").next().unwrap();
        for operator in OPERATORS.iter().chain(&TESTS) {
            assert!(section.contains(&format!("`{operator}`")), "{operator}");
        }
    }
}
