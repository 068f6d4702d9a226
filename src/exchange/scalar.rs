//! Words in YAML: read and replaced in the form they are written in.

use std::ops::Range;

/// A text of a YAML file.
pub struct Scalar {
    /// Where its words stand with the quotes around them.
    pub range: Range<usize>,
    /// What it says.
    pub value: String,
}

/// The text that stands at a range, with or without its quotes; over several lines too.
pub fn read(text: &str, range: &Range<usize>) -> Option<Scalar> {
    let written = text.get(range.clone())?;
    let quotes = |c: &char| matches!(c, '"' | '\'');
    let own = written.chars().next().filter(quotes).filter(|_| written.len() > 1);
    let around = text[..range.start].chars().next_back().filter(quotes);
    let around = around.filter(|quote| own.is_none() && text[range.end..].starts_with(*quote));
    let range = match around {
        Some(_) => range.start - 1..range.end + 1,
        None => block(text, range.start).unwrap_or(range.start)..range.end,
    };
    let written = text[range.clone()].trim_end();
    let range = range.start..range.start + written.len();
    if written.is_empty() {
        return None;
    }
    let value = serde_yaml::from_str::<serde_yaml::Value>(written).ok()?;
    Some(Scalar { range, value: value.as_str()?.trim_end().to_owned() })
}

/// Where the sign of a block of words stands, `|` or `>`, at the end of the line above them.
fn block(text: &str, words: usize) -> Option<usize> {
    let above = text[..words].trim_end();
    let sign = above.rsplit([' ', '\n']).next()?;
    let is_sign = sign.starts_with(['|', '>']) && sign[1..].chars().all(|c| matches!(c, '+' | '-' | '0'..='9'));
    (is_sign && text[above.len()..words].contains('\n')).then(|| above.len() - sign.len())
}

/// Words in the form of those that they take the place of.
pub fn write(written: &str, words: &str) -> String {
    if !written.starts_with(['"', '\'']) && is_plain(words) {
        return words.to_owned();
    }
    if written.starts_with('\'') && !words.contains('\n') {
        return format!("'{}'", words.replace('\'', "''"));
    }
    format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}

/// Whether words mean themselves without quotes, in lines and in brackets.
fn is_plain(words: &str) -> bool {
    let starts = words.starts_with(|c: char| c.is_alphabetic());
    let signs = words.contains([':', '#', ',', '[', ']', '{', '}', '"', '\'', '\n']) || words.trim() != words;
    starts
        && !signs
        && serde_yaml::from_str::<serde_yaml::Value>(words).is_ok_and(|value| value.as_str() == Some(words))
}

#[cfg(test)]
mod tests {
    use super::{read, write};

    #[test]
    fn words_over_several_lines_are_one_text() {
        for (text, range, value) in [
            ("a: |\n  b c\n  d\ne: f\n", 7..15, "b c\nd"),
            ("a: >-\n  b c\n  d\n\ne: f\n", 8..17, "b c d"),
            ("a: b\n  c\ne: f\n", 3..8, "b c"),
            ("a: \"b\n  c\"\n", 3..10, "b c"),
        ] {
            let scalar = read(text, &range).unwrap();
            assert_eq!(scalar.value, value);
            let new = text.replacen(&text[scalar.range.clone()], &write(&text[scalar.range], "g\nh"), 1);
            let value: serde_yaml::Value = serde_yaml::from_str(&new).unwrap();
            assert_eq!((value["a"].as_str(), value.get("e").is_some()), (Some("g\nh"), text.contains('e')));
        }
    }

    #[test]
    fn words_keep_their_form() {
        for (text, range, value, new) in [
            ("a: b c\n", 3..6, "b c", "d e"),
            ("a: \"b: \\\"c\"\n", 3..11, "b: \"c", "\"d e\""),
            ("a: 'it''s'\n", 4..9, "it's", "'d e'"),
        ] {
            let scalar = read(text, &range).unwrap();
            assert_eq!(scalar.value, value);
            assert_eq!(write(&text[scalar.range], "d e"), new);
        }
        assert_eq!(
            (write("a", "b: c"), write("a", "yes"), write("a", "no #")),
            ("\"b: c\"".into(), "yes".into(), "\"no #\"".into())
        );
    }
}
