//! Colours: `#rgb`, `#rrggbb` (with or without alpha), `rgb()`, `rgba()`, `hsl()`, `hsla()`.

/// Whether a text is a colour in one of the forms OneMap supports.
pub(super) fn is_colour(text: &str) -> bool {
    if let Some(digits) = text.strip_prefix('#') {
        return matches!(digits.len(), 3 | 4 | 6 | 8)
            && digits.bytes().all(|b| b.is_ascii_hexdigit());
    }
    let Some((form, rest)) = text.split_once('(') else {
        return false;
    };
    let Some(inner) = rest.strip_suffix(')') else {
        return false;
    };
    let parts: Vec<&str> = inner.split(',').map(str::trim).collect();
    match (form, parts.as_slice()) {
        ("rgb", [r, g, b]) => [r, g, b].into_iter().all(|part| within(part, 255.0)),
        ("rgba", [r, g, b, a]) => {
            [r, g, b].into_iter().all(|part| within(part, 255.0)) && within(a, 1.0)
        }
        ("hsl", [h, s, l]) => within(h, 360.0) && share(s) && share(l),
        ("hsla", [h, s, l, a]) => within(h, 360.0) && share(s) && share(l) && within(a, 1.0),
        _ => false,
    }
}

fn within(text: &str, most: f64) -> bool {
    let plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    plain && text.parse::<f64>().is_ok_and(|number| number <= most)
}

fn share(text: &str) -> bool {
    text.strip_suffix('%')
        .is_some_and(|number| within(number, 100.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_a_hex_number_or_a_function_of_numbers() {
        for good in [
            "#fff",
            "#FFF8",
            "#a1b2c3",
            "#a1b2c3d4",
            "rgb(1, 2,255)",
            "rgba(0,0,0,0.5)",
            "hsl(120, 50%, 50%)",
            "hsla(0,0%,0%,1)",
        ] {
            assert!(is_colour(good), "{good}");
        }
        for bad in [
            "",
            "#",
            "#ff",
            "#ggg",
            "red",
            "rgb(1,2)",
            "rgb(1,2,256)",
            "rgba(0,0,0,2)",
            "hsl(120,50,50)",
            "rgb(1,2,3",
            "rgb(-1,2,3)",
        ] {
            assert!(!is_colour(bad), "{bad}");
        }
    }
}
