//! A JSON text as a tree that knows the line of each part. `serde_json` knows positions only of what
//! it refuses; so it judges the text, and this reads what it has found right.

use serde_json::Value;

use super::marked::{Entry, Kind, Lines, Marked};

/// A JSON text: its value, and the same with lines. The error has its line and the parser's words.
pub(super) fn parse(text: &str) -> Result<(Value, Marked), (usize, String)> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let place = format!(" at line {} column {}", error.line(), error.column());
        (error.line().max(1), error.to_string().replace(&place, ""))
    })?;
    let mut scanner = Scanner {
        text,
        at: 0,
        lines: Lines::of(text),
    };
    scanner
        .value()
        .map(|marked| (value, marked))
        .ok_or_else(|| (1, String::new()))
}

/// Reads a text that is known to be JSON.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
    lines: Lines,
}

impl Scanner<'_> {
    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        let rest = self.text.as_bytes().get(self.at..)?;
        self.at += rest
            .iter()
            .take_while(|byte| byte.is_ascii_whitespace())
            .count();
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes `byte` if it is next.
    fn pass(&mut self, byte: u8) -> bool {
        let here = self.peek() == Some(byte);
        self.at += usize::from(here);
        here
    }

    fn value(&mut self) -> Option<Marked> {
        let first = self.peek()?;
        let line = self.lines.line(self.at);
        let kind = match first {
            b'{' => self.table()?,
            b'[' => self.list()?,
            _ => self.scalar()?,
        };
        Some(Marked { line, kind })
    }

    fn table(&mut self) -> Option<Kind> {
        let mut entries = Vec::new();
        self.pass(b'{');
        while !self.pass(b'}') {
            self.pass(b',');
            self.peek()?;
            let line = self.lines.line(self.at);
            let Kind::Text(key) = self.scalar()? else {
                return None;
            };
            self.pass(b':');
            entries.push(Entry {
                key,
                line,
                value: self.value()?,
            });
        }
        Some(Kind::Table(entries))
    }

    fn list(&mut self) -> Option<Kind> {
        let mut elements = Vec::new();
        self.pass(b'[');
        while !self.pass(b']') {
            self.pass(b',');
            elements.push(self.value()?);
        }
        Some(Kind::List(elements))
    }

    fn scalar(&mut self) -> Option<Kind> {
        let rest = self.text.get(self.at..)?;
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        let value = stream.next()?.ok()?;
        self.at += stream.byte_offset();
        Some(match value {
            Value::Null => Kind::Null,
            Value::Bool(value) => Kind::Boolean(value),
            Value::Number(number) => match number.as_i64() {
                Some(whole) => Kind::Integer(whole),
                None => Kind::Number(number.as_f64()?),
            },
            Value::String(text) => Kind::Text(text),
            Value::Array(_) | Value::Object(_) => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn each_part_knows_its_line() {
        let text = "[\n  {\"id\": \"a\",\n   \"paint\": {\n     \"x\": [\"get\",\n\n \"f\\\"\\u4e2d\"]}},\n 2.5e1, true,null]\n";
        let (_, tree) = parse(text).unwrap();
        for (path, line) in [
            ("0", 2),
            ("0.id", 2),
            ("0.paint", 3),
            ("0.paint.x", 4),
            ("0.paint.x.1", 6),
            ("2", 7),
        ] {
            assert_eq!(tree.find(path).1, line, "{path}");
        }
        assert_eq!(tree.find("0.paint.x.1").0.unwrap().text(), Some("f\"中"));
        assert_eq!(tree.find("1").0.unwrap().number(), Some(25.0));
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            (-1e9..1e9).prop_map(Value::from),
            ".{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map(".{0,5}", inner, 0..5)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_stands_there(value in any_json(), pretty in any::<bool>()) {
            let text = if pretty { format!("{value:#}") } else { value.to_string() };
            let (read, marked) = parse(&text).unwrap();
            prop_assert_eq!(marked.to_json(), read);
        }
    }
}
