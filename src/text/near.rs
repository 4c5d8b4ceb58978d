//! The word that was probably meant.

/// The longest word that is looked for: what people mistype is shorter.
const LONGEST: usize = 80;

/// The word of `known` that `word` most likely is, mistyped: at most one letter in three is wrong.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Words come from strangers: one of a hundred thousand letters is compared with nothing.
    let letters = word.chars().take(LONGEST + 1).count();
    if letters > LONGEST {
        return None;
    }
    let lower = word.to_lowercase();
    known
        .into_iter()
        .filter_map(|candidate| {
            let length = candidate.chars().count();
            let most = (length / 3).max(1);
            // As many letters as one is longer must be wrong at least.
            let wrong = (length.abs_diff(letters) <= most)
                .then(|| distance(&lower, &candidate.to_lowercase()))?;
            (wrong <= most).then_some((wrong, candidate))
        })
        .min_by_key(|(wrong, _)| *wrong)
        .map(|(_, candidate)| candidate)
}

/// Words as a sentence lists them; a dash where there are none.
pub fn listed(words: &[&str]) -> String {
    if words.is_empty() {
        "–".to_owned()
    } else {
        words.join(", ")
    }
}

/// How many letters must be put in, left out or exchanged (neighbours may swap) to turn one word
/// into the other.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let exchanged = above[j] + usize::from(from != to);
            let mut least = exchanged.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && a[i - 1] == *to && *from == b[j - 1] {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_of_two_words_counts_the_letters_to_change() {
        assert_eq!(distance("remediated", "remidiated"), 1);
        assert_eq!(distance("stauts", "status"), 1);
        assert_eq!(distance("", "abc"), 3);
    }

    #[test]
    fn a_mistyped_word_is_recognised_and_a_strange_one_is_not() {
        let known = ["public_form", "geometry", "min", "max", "precision"];
        for (typed, meant) in [
            ("publicform", Some("public_form")),
            ("geomerty", Some("geometry")),
            ("Precission", Some("precision")),
            ("mni", Some("min")),
            ("colour", None),
        ] {
            assert_eq!(nearest(typed, known), meant, "{typed}");
        }
    }

    #[test]
    fn what_is_far_longer_than_any_word_is_near_to_none_and_costs_nothing() {
        let known: Vec<String> = (0..20_000)
            .map(|n| format!("110105001000GB{n:05}"))
            .collect();
        let known = || known.iter().map(String::as_str);
        for letters in [81, 100_000] {
            assert_eq!(nearest(&"地".repeat(letters), known()), None);
        }
        assert_eq!(
            nearest("110105001000GB0712", known()),
            Some("110105001000GB00712")
        );
    }
}
