//! Expressions of a style: within the subset, of the right form, giving what is wanted, and naming
//! only what the tiles carry.

use super::colour::is_colour;
use super::names::{Named, Names, Served};
use super::properties::{Varies, Wanted};
use crate::layer::marked::{Kind, Marked};
use crate::say;
use crate::text::near::nearest;
use crate::text::{Key, Message};

/// The operators of the subset that give what they are asked for, or a number or text.
pub(super) const OPERATORS: [&str; 10] = [
    "literal",
    "get",
    "match",
    "step",
    "interpolate",
    "case",
    "coalesce",
    "zoom",
    "concat",
    "to-string",
];

/// The operators of the subset that give true or false.
pub(super) const TESTS: [&str; 10] = ["has", "==", "!=", "<", "<=", ">", ">=", "all", "any", "!"];

const NUMBER: Wanted = Wanted::Number {
    least: f64::NEG_INFINITY,
    most: f64::INFINITY,
};

/// A fault: its line, and what is wrong.
pub(super) type Found = (usize, Message);

/// One property or filter while it is checked.
#[derive(Debug)]
pub(super) struct Expression<'a> {
    /// The property, or `filter`.
    pub(super) at: &'a str,
    /// What may vary it.
    pub(super) varies: Varies,
    /// The names it may use.
    pub(super) names: &'a Names<'a>,
    /// What is wrong.
    pub(super) found: Vec<Found>,
}

impl Expression<'_> {
    /// A filter: true or false for each feature.
    pub(super) fn filter(&mut self, node: &Marked) {
        if matches!(node.kind, Kind::List(_)) {
            self.operation(node, Wanted::Boolean, true);
        } else {
            self.say(node, say!(Key::LayerCheckStyleFilter));
        }
    }

    /// The value of a property: a constant, or an expression.
    pub(super) fn property(&mut self, node: &Marked, wanted: Wanted) {
        let array = matches!(wanted, Wanted::Pair | Wanted::Numbers)
            && node
                .elements()
                .first()
                .is_none_or(|first| first.text().is_none());
        match &node.kind {
            Kind::Table(_) => self.say(node, say!(Key::LayerCheckStyleStops, at = self.at)),
            Kind::List(_) if array => self.constant(node, wanted),
            Kind::List(_) if self.varies == Varies::Not => {
                self.say(node, say!(Key::LayerCheckStyleConstant, at = self.at));
            }
            Kind::List(elements) => {
                let curve = match elements.first().and_then(Marked::text) {
                    Some("step") => elements.get(1),
                    Some("interpolate") => elements.get(2),
                    _ => None,
                };
                let by_zoom = curve.is_some_and(is_zoom);
                self.operation(node, wanted, by_zoom);
            }
            _ => self.constant(node, wanted),
        }
    }

    fn say(&mut self, node: &Marked, message: Message) {
        self.found.push((node.line, message));
    }

    /// A part of an expression: an operation or a constant. `zoom` tells whether it may be the zoom
    /// itself: in a property only the input of the outermost step or interpolation may.
    fn argument(&mut self, node: &Marked, wanted: Wanted, zoom: bool) {
        match &node.kind {
            Kind::List(_) => self.operation(node, wanted, zoom),
            _ => self.constant(node, wanted),
        }
    }

    fn operation(&mut self, node: &Marked, wanted: Wanted, zoom: bool) {
        let Some((first, args)) = node.elements().split_first() else {
            return self.say(node, say!(Key::LayerCheckStyleEmpty, at = self.at));
        };
        let Some(operator) = first.text() else {
            return self.say(node, say!(Key::LayerCheckStyleNoOperator, at = self.at));
        };
        // In a filter the zoom may stand anywhere.
        let inner = zoom && self.at == "filter";
        let wanted = match (wanted, operator) {
            (Wanted::Any, "case" | "match" | "step" | "coalesce") => self.of_one_kind(node),
            _ => wanted,
        };
        match operator {
            "literal" => match args {
                [value] => self.constant(value, wanted),
                _ => self.count(node, operator, "1"),
            },
            "get" => self.get(node, args, wanted),
            "match" => self.choice(node, args, wanted, inner),
            "step" => self.step(node, args, wanted, zoom),
            "interpolate" => self.interpolate(node, args, wanted, zoom),
            "case" => self.case(node, args, wanted, inner),
            "coalesce" => {
                self.at_least_one(node, operator, args);
                self.arguments(args, wanted, inner);
            }
            "zoom" => {
                self.gives(node, operator, Served::Number, wanted);
                if !args.is_empty() {
                    self.count(node, operator, "0");
                }
                if !zoom {
                    self.say(node, say!(Key::LayerCheckStyleZoom, at = self.at));
                }
            }
            "concat" | "to-string" => {
                self.gives(node, operator, Served::Text, wanted);
                match operator {
                    "to-string" if args.len() != 1 => self.count(node, operator, "1"),
                    _ => self.at_least_one(node, operator, args),
                }
                self.arguments(args, Wanted::Any, inner);
            }
            _ if TESTS.contains(&operator) => {
                self.gives(node, operator, Served::Boolean, wanted);
                self.test(node, operator, args, inner);
            }
            _ => self.unknown(first, operator),
        }
    }

    /// An operator that gives true or false.
    fn test(&mut self, node: &Marked, operator: &str, args: &[Marked], zoom: bool) {
        match operator {
            "has" => {
                self.name(node, operator, args);
            }
            "all" | "any" => {
                self.at_least_one(node, operator, args);
                self.arguments(args, Wanted::Boolean, zoom);
            }
            "!" => {
                if args.len() != 1 {
                    self.count(node, operator, "1");
                }
                self.arguments(args, Wanted::Boolean, zoom);
            }
            _ => self.comparison(node, operator, args, zoom),
        }
    }

    fn arguments(&mut self, args: &[Marked], wanted: Wanted, zoom: bool) {
        for arg in args {
            self.argument(arg, wanted, zoom);
        }
    }

    fn unknown(&mut self, node: &Marked, operator: &str) {
        let message = match nearest(operator, OPERATORS.into_iter().chain(TESTS)) {
            Some(near) if operator.len() > 2 => {
                say!(
                    Key::LayerCheckStyleOperatorNear,
                    at = self.at,
                    name = operator,
                    near = near
                )
            }
            _ => say!(
                Key::LayerCheckStyleOperator,
                at = self.at,
                name = operator,
                known = [OPERATORS.join(", "), TESTS.join(", ")].join(", ")
            ),
        };
        self.say(node, message);
    }

    fn count(&mut self, node: &Marked, operator: &str, want: &str) {
        let found = node.elements().len().saturating_sub(1);
        let message = say!(
            Key::LayerCheckStyleCount,
            at = self.at,
            name = operator,
            want = want,
            found = found
        );
        self.say(node, message);
    }

    fn at_least_one(&mut self, node: &Marked, operator: &str, args: &[Marked]) {
        if args.is_empty() {
            self.count(node, operator, "≥ 1");
        }
    }

    /// The name in `["get", name]` or `["has", name]`.
    fn name(&mut self, node: &Marked, operator: &str, args: &[Marked]) -> Option<&Named<'_>> {
        if self.varies != Varies::Feature {
            self.say(node, say!(Key::LayerCheckStyleNotByFeature, at = self.at));
        }
        let [arg] = args else {
            self.count(node, operator, "1");
            return None;
        };
        let Some(name) = arg.text() else {
            self.say(
                arg,
                say!(Key::LayerCheckStyleName, at = self.at, name = operator),
            );
            return None;
        };
        match self.names.find(name) {
            Ok(named) => named,
            Err(message) => {
                self.say(arg, message);
                None
            }
        }
    }

    fn get(&mut self, node: &Marked, args: &[Marked], wanted: Wanted) {
        let Some(named) = self.name(node, "get", args) else {
            return;
        };
        let (name, kind) = (named.name.clone(), named.kind);
        let sentence = match (wanted, kind) {
            (Wanted::Number { .. } | Wanted::Order, Served::Text | Served::Boolean) => {
                Key::LayerCheckStyleFieldNumber
            }
            (Wanted::Boolean, Served::Number | Served::Text) => Key::LayerCheckStyleFieldBoolean,
            (Wanted::Colour, Served::Number | Served::Boolean) => Key::LayerCheckStyleFieldColour,
            (Wanted::String, Served::Number | Served::Boolean) => Key::LayerCheckStyleFieldText,
            (Wanted::Word(_) | Wanted::Pair | Wanted::Numbers, _) => Key::LayerCheckStyleFieldFree,
            _ => return,
        };
        self.say(node, say!(sentence, at = self.at, name = name));
    }

    /// Whether what an operator always gives is wanted.
    fn gives(&mut self, node: &Marked, operator: &str, kind: Served, wanted: Wanted) {
        let fits = match wanted {
            Wanted::Any => true,
            Wanted::Text | Wanted::String => kind == Served::Text,
            Wanted::Boolean => kind == Served::Boolean,
            Wanted::Number { .. } | Wanted::Order => kind == Served::Number,
            Wanted::Colour | Wanted::Word(_) | Wanted::Pair | Wanted::Numbers => false,
        };
        if !fits {
            let message = say!(
                Key::LayerCheckStyleGives,
                at = self.at,
                name = operator,
                known = wanted.in_words()
            );
            self.say(node, message);
        }
    }

    fn case(&mut self, node: &Marked, args: &[Marked], wanted: Wanted, zoom: bool) {
        let Some((fallback, branches)) = args
            .split_last()
            .filter(|(_, branches)| !branches.is_empty() && branches.len().is_multiple_of(2))
        else {
            return self.count(node, "case", "3, 5, 7…");
        };
        for branch in branches.chunks_exact(2) {
            if let [condition, output] = branch {
                self.argument(condition, Wanted::Boolean, zoom);
                self.argument(output, wanted, zoom);
            }
        }
        self.argument(fallback, wanted, zoom);
    }

    fn choice(&mut self, node: &Marked, args: &[Marked], wanted: Wanted, zoom: bool) {
        let [input, branches @ .., fallback] = args else {
            return self.count(node, "match", "4, 6, 8…");
        };
        if branches.is_empty() || !branches.len().is_multiple_of(2) {
            return self.count(node, "match", "4, 6, 8…");
        }
        self.argument(input, Wanted::Any, zoom);
        let mut seen: Vec<&Marked> = Vec::new();
        for branch in branches.chunks_exact(2) {
            let [label, output] = branch else { continue };
            let labels = match &label.kind {
                Kind::List(labels) => labels.as_slice(),
                _ => std::slice::from_ref(label),
            };
            if labels.is_empty() {
                self.say(label, say!(Key::LayerCheckStyleLabel, at = self.at));
            }
            for label in labels {
                if !matches!(label.kind, Kind::Text(_) | Kind::Integer(_)) {
                    self.say(label, say!(Key::LayerCheckStyleLabel, at = self.at));
                } else if seen.iter().any(|earlier| earlier.kind == label.kind) {
                    let value = label.shown();
                    let message = say!(Key::LayerCheckStyleLabelTwice, at = self.at, value = value);
                    self.say(label, message);
                } else {
                    self.comparable(input, label);
                    seen.push(label);
                }
            }
            self.argument(output, wanted, zoom);
        }
        self.argument(fallback, wanted, zoom);
    }

    fn step(&mut self, node: &Marked, args: &[Marked], wanted: Wanted, zoom: bool) {
        let [input, first, stops @ ..] = args else {
            return self.count(node, "step", "4, 6, 8…");
        };
        if stops.is_empty() || !stops.len().is_multiple_of(2) {
            return self.count(node, "step", "4, 6, 8…");
        }
        self.argument(input, NUMBER, zoom);
        let inner = zoom && self.at == "filter";
        self.argument(first, wanted, inner);
        self.stops(stops, wanted, inner);
    }

    fn interpolate(&mut self, node: &Marked, args: &[Marked], wanted: Wanted, zoom: bool) {
        let [kind, input, stops @ ..] = args else {
            return self.count(node, "interpolate", "4, 6, 8…");
        };
        if stops.is_empty() || !stops.len().is_multiple_of(2) {
            return self.count(node, "interpolate", "4, 6, 8…");
        }
        let linear = matches!(kind.elements(), [word] if word.text() == Some("linear"));
        if !linear {
            self.say(kind, say!(Key::LayerCheckStyleLinear, at = self.at));
        }
        if !matches!(
            wanted,
            Wanted::Number { .. } | Wanted::Colour | Wanted::Pair
        ) {
            self.say(node, say!(Key::LayerCheckStyleNotSmooth, at = self.at));
        }
        self.argument(input, NUMBER, zoom);
        self.stops(stops, wanted, zoom && self.at == "filter");
    }

    fn stops(&mut self, stops: &[Marked], wanted: Wanted, zoom: bool) {
        let mut last = f64::NEG_INFINITY;
        for stop in stops.chunks_exact(2) {
            let [at, output] = stop else { continue };
            match at.number() {
                Some(number) if number > last => last = number,
                _ => self.say(
                    at,
                    say!(Key::LayerCheckStyleStop, at = self.at, value = at.shown()),
                ),
            }
            self.argument(output, wanted, zoom);
        }
    }

    fn comparison(&mut self, node: &Marked, operator: &str, args: &[Marked], zoom: bool) {
        let [left, right] = args else {
            return self.count(node, operator, "2");
        };
        let constant = |side: &Marked| !matches!(side.kind, Kind::List(_));
        if constant(left) && constant(right) {
            return self.say(
                node,
                say!(Key::LayerCheckStyleOldFilter, at = self.at, name = operator),
            );
        }
        let orders = !matches!(operator, "==" | "!=");
        for side in [left, right] {
            self.argument(side, Wanted::Any, zoom);
            if orders && self.kind(side) == Some(Served::Boolean) {
                let value = side.shown();
                let message = say!(
                    Key::LayerCheckStyleOrder,
                    at = self.at,
                    name = operator,
                    value = value
                );
                self.say(side, message);
            }
        }
        if constant(left) || self.read_by(left).is_none() && self.read_by(right).is_some() {
            self.comparable(right, left);
        } else {
            self.comparable(left, right);
        }
    }

    /// Two sides that can never be equal: of different types, or a code that is not in the list.
    fn comparable(&mut self, input: &Marked, other: &Marked) {
        let (Some(kind), Some(other_kind)) = (self.kind(input), self.kind(other)) else {
            return;
        };
        let value = other.shown();
        let Some(named) = self.read_by(input) else {
            if kind != other_kind {
                self.say(other, say!(Key::LayerCheckStyleTypes, at = self.at));
            }
            return;
        };
        let name = named.name.as_str();
        if kind != other_kind {
            let message = say!(
                Key::LayerCheckStyleNeverEqual,
                at = self.at,
                name = name,
                value = value
            );
            self.say(other, message);
        } else if let (Some(list), Some(code)) = (named.codes, other.text())
            && list.words(code).is_none()
        {
            let known: Vec<&str> = list.entries.keys().map(String::as_str).collect();
            let message = match nearest(code, known.iter().copied()) {
                Some(near) => say!(
                    Key::LayerCheckStyleCodeNear,
                    value = value,
                    list = list.name,
                    name = name,
                    near = near
                ),
                None => {
                    say!(
                        Key::LayerCheckStyleCode,
                        value = value,
                        list = list.name,
                        name = name
                    )
                }
            };
            self.say(other, message);
        }
    }

    /// What a part of an expression gives, as far as its form tells.
    fn kind(&self, node: &Marked) -> Option<Served> {
        match &node.kind {
            Kind::Text(_) => return Some(Served::Text),
            Kind::Integer(_) | Kind::Number(_) => return Some(Served::Number),
            Kind::Boolean(_) => return Some(Served::Boolean),
            _ => {}
        }
        let (first, args) = node.elements().split_first()?;
        match first.text()? {
            "get" => self.read_by(node).map(|named| named.kind),
            "zoom" | "interpolate" => Some(Served::Number),
            "concat" | "to-string" => Some(Served::Text),
            "literal" | "coalesce" => self.kind(args.first()?),
            "case" | "step" => self.kind(args.get(1)?),
            "match" => self.kind(args.get(2)?),
            operator => TESTS.contains(&operator).then_some(Served::Boolean),
        }
    }

    /// What all branches of a choice must give where anything may be given: what the first gives.
    fn of_one_kind(&self, node: &Marked) -> Wanted {
        match self.kind(node) {
            Some(Served::Number) => NUMBER,
            Some(Served::Boolean) => Wanted::Boolean,
            Some(Served::Text) => Wanted::String,
            None => Wanted::Any,
        }
    }

    /// The property that `["get", name]` reads.
    fn read_by(&self, node: &Marked) -> Option<&Named<'_>> {
        match node.elements() {
            [operator, name] if operator.text() == Some("get") => {
                self.names.find(name.text()?).ok().flatten()
            }
            _ => None,
        }
    }

    /// A constant that is to be what is wanted.
    fn constant(&mut self, node: &Marked, wanted: Wanted) {
        let numbers = |least: f64| {
            matches!(node.kind, Kind::List(_))
                && node
                    .elements()
                    .iter()
                    .all(|element| element.number().is_some_and(|number| number >= least))
        };
        let fits = match wanted {
            Wanted::Number { least, most } => node
                .number()
                .is_some_and(|number| (least..=most).contains(&number)),
            Wanted::Order => node.number().is_some(),
            Wanted::Colour => node.text().is_some_and(is_colour),
            Wanted::Boolean => matches!(node.kind, Kind::Boolean(_)),
            Wanted::Word(words) => node.text().is_some_and(|word| words.contains(&word)),
            Wanted::Pair => numbers(f64::NEG_INFINITY) && node.elements().len() == 2,
            Wanted::Numbers => numbers(0.0) && !node.elements().is_empty(),
            Wanted::Text | Wanted::String => node.text().is_some(),
            Wanted::Any => self.kind(node).is_some(),
        };
        if !fits {
            let known = wanted.in_words();
            let message = say!(
                wanted.sentence(),
                at = self.at,
                value = node.shown(),
                known = known
            );
            self.say(node, message);
        } else if wanted == Wanted::Text
            && node.text().is_some_and(|text| text.contains(['{', '}']))
        {
            self.say(
                node,
                say!(
                    Key::LayerCheckStyleToken,
                    at = self.at,
                    value = node.shown()
                ),
            );
        }
    }
}

fn is_zoom(node: &Marked) -> bool {
    matches!(node.elements(), [operator] if operator.text() == Some("zoom"))
}
